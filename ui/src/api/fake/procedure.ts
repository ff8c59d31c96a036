// A rough likeness of the procedure, enough to walk through the pages. The real one is in the domain crate.
import type { NextStep, Status, StepInput, StepKind, StepOffer } from "@/api/generated";
import { addDays } from "@/lib/dates";
import type { FakeComplaint } from "@/api/fake/world";

const KINDS: StepKind[] = [
  "accepted",
  "refused",
  "transferred",
  "mediation",
  "agreement",
  "settled",
  "withdrawn",
  "terminated",
  "suspended",
  "resumed",
  "performed",
  "court_confirmation",
  "visit_back",
  "archived",
];
const ENDED: Status[] = ["refused", "transferred", "settled", "withdrawn", "terminated", "performed", "archived"];

export function statusAfter(status: Status, step: StepInput): Status {
  switch (step.kind) {
    case "accepted":
    case "refused":
    case "transferred":
    case "settled":
    case "withdrawn":
    case "terminated":
    case "suspended":
    case "performed":
    case "archived":
      return step.kind;
    case "agreement":
      return step.performance === "PF01" ? "performed" : "agreed";
    case "resumed":
      return "accepted";
    case "mediation":
    case "court_confirmation":
    case "visit_back":
      return status;
  }
}

export function nextOf(complaint: FakeComplaint): NextStep | null {
  const visited = complaint.steps.some((step) => step.kind === "visit_back");
  const next: Record<Status, NextStep | null> = {
    registered: "decide",
    accepted: "mediate",
    suspended: "resume",
    agreed: "perform",
    settled: visited ? "archive" : "visit_back",
    performed: visited ? "archive" : "visit_back",
    refused: "archive",
    transferred: "archive",
    withdrawn: "archive",
    terminated: "archive",
    archived: null,
  };
  return next[complaint.status];
}

export function dueOf(complaint: FakeComplaint): string | null {
  if (complaint.status === "registered") return addDays(complaint.input.received_on, 9);
  const accepted = complaint.steps.find((step) => step.kind === "accepted");
  return complaint.status === "accepted" && accepted !== undefined ? addDays(accepted.on, 60) : null;
}

export function urgencyOf(due: string | null, today: string): "overdue" | "soon" | "calm" | "none" {
  if (due === null) return "none";
  if (due < today) return "overdue";
  return due <= addDays(today, 7) ? "soon" : "calm";
}

function whyNot(complaint: FakeComplaint, kind: StepKind): string | null {
  const { status } = complaint;
  const ended = ENDED.includes(status);
  switch (kind) {
    case "accepted":
    case "refused":
    case "transferred":
      return ended ? "already_closed" : status === "registered" ? null : "already_decided";
    case "mediation":
    case "agreement":
    case "terminated":
    case "suspended":
      return ended ? "already_closed" : status === "registered" ? "not_accepted" : null;
    case "settled":
    case "withdrawn":
      return ended ? "already_closed" : null;
    case "resumed":
      return status === "suspended" ? null : "not_suspended";
    case "performed":
    case "court_confirmation":
      return status === "agreed" ? null : "no_agreement";
    case "visit_back":
    case "archived":
      return status === "archived" ? "already_archived" : ended ? null : "still_open";
  }
}

export function offersOf(complaint: FakeComplaint): StepOffer[] {
  return KINDS.map((kind) => {
    const why_not = whyNot(complaint, kind);
    return { kind, possible: why_not === null, why_not };
  });
}

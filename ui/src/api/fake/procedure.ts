// A rough likeness of the procedure, enough to walk through the pages. The real one is in the domain crate.
import type { Agreement, FileItem, NextStep, Status, StepInput, StepKind, StepOffer } from "@/api/generated";
import { addDays } from "@/lib/dates";
import type { FakeComplaint } from "@/api/fake/world";

const KINDS: StepKind[] = [
  "accepted",
  "refused",
  "transferred",
  "delegated",
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
    case "archived":
      return step.kind;
    case "performed":
      return ["PF03", "PF04"].includes(step.performance) ? status : "performed";
    case "agreement":
      return step.performance === "PF01" ? "performed" : "agreed";
    case "delegated":
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
    case "delegated":
      return ended ? "already_closed" : complaint.steps.some((step) => step.kind === "delegated") ? "already_recorded" : null;
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

/** What must lie in the file: shorter than the real table. */
export function fileOf(complaint: FakeComplaint): FileItem[] {
  const has = (kind: StepKind) => complaint.steps.some((step) => step.kind === kind);
  const mediated = has("mediation") || has("agreement");
  const items: [string, boolean | null][] = [
    ["FI01", true],
    ["FI21", has("refused") || null],
    ["FI02", mediated],
    ["FI03", mediated],
    ["FI06", false],
    ["FI07", mediated],
    ["FI08", has("agreement") || null],
    ["FI09", false],
    ["FI10", false],
    ["FI13", true],
  ];
  return items.flatMap(([code, must]) => (must === null ? [] : [{ code, must }]));
}

export function agreementOf(complaint: FakeComplaint): Agreement | null {
  const at = complaint.steps.map((step) => ["agreement", "settled"].includes(step.kind)).lastIndexOf(true);
  const step = complaint.steps[at];
  if (step === undefined) return null;
  const written = step.agreement_form === "AF01";
  const marks = { consumer: step.signed_consumer_on, respondent: step.signed_respondent_on } as const;
  const missing = (["consumer", "respondent"] as const).filter((mark) => written && marks[mark] === "");
  const effective_on = missing.length > 0 ? null : written ? [marks.consumer, marks.respondent].sort().at(-1) ?? null : step.on;
  return {
    step: `${complaint.id}-step-${at}`,
    effective_on,
    missing,
    confirm_by: effective_on !== null && step.kind === "agreement" ? addDays(effective_on, 30) : null,
    confirm_estimated: false,
    confirm_basis: "人民调解法第33条",
    remind: false,
  };
}

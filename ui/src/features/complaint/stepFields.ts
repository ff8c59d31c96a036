// Which questions each kind of step asks, and where a recovered loss may be written down with it.
import type { LossRoute, NextStep, StepInput, StepKind, TimelineItem } from "@/api/generated";

export type StepField = Exclude<keyof StepInput, "complaint" | "kind" | "loss">;
type StepForm = { main: StepField[]; folded: StepField[]; required: StepField[]; loss: LossRoute | null };

const told: StepField[] = ["told_how", "document_number", "note"];

export const STEP_FORMS: Record<StepKind, StepForm> = {
  accepted: { main: ["on", "told_how", "note"], folded: ["document_number"], required: ["on"], loss: null },
  refused: {
    main: ["on", "ground", "ground_text", "told_how"],
    folded: ["document_number", "note"],
    required: ["on", "ground"],
    loss: null,
  },
  transferred: { main: ["on", "receiver", "told_how"], folded: ["document_number", "note"], required: ["on", "receiver"], loss: null },
  mediation: {
    main: ["outcome", "on", "mediator", "place", "people", "method", "note"],
    folded: [],
    required: ["on", "outcome"],
    loss: "station_mediation",
  },
  agreement: {
    main: ["on", "mediator", "agreement_form", "performance", "agreed", "perform_by", "terms"],
    folded: ["signed_consumer_on", "signed_respondent_on", "signed_mediator_on", "sealed_on", "document_number", "note"],
    required: ["on", "agreement_form"],
    loss: "station_mediation",
  },
  settled: {
    main: ["on", "agreed", "performance", "perform_by", "terms"],
    folded: ["people", "note"],
    required: ["on"],
    loss: "settlement",
  },
  withdrawn: { main: ["on", "note"], folded: [], required: ["on"], loss: null },
  terminated: { main: ["on", "ground", "ground_text", ...told], folded: [], required: ["on", "ground"], loss: null },
  suspended: { main: ["on", "note"], folded: [], required: ["on", "note"], loss: null },
  resumed: { main: ["on", "note"], folded: [], required: ["on"], loss: null },
  performed: { main: ["on", "note"], folded: [], required: ["on"], loss: "station_mediation" },
  court_confirmation: { main: ["on", "receiver", "document_number", "note"], folded: [], required: ["on"], loss: null },
  visit_back: { main: ["satisfaction", "on", "told_how", "note"], folded: [], required: ["on", "satisfaction"], loss: null },
  archived: { main: ["on", "document_number", "note"], folded: [], required: ["on"], loss: null },
};

/** The code list behind a field; `ground` differs by kind of step. */
export function listOf(field: StepField, kind: StepKind): string | null {
  if (field === "ground") return kind === "refused" ? "refusal_ground" : "termination_ground";
  const lists: Partial<Record<StepField, string>> = {
    agreement_form: "agreement_form",
    performance: "performance",
    method: "mediation_method",
    satisfaction: "satisfaction",
  };
  return lists[field] ?? null;
}

export const DATE_FIELDS: ReadonlySet<StepField> = new Set([
  "on",
  "perform_by",
  "signed_consumer_on",
  "signed_respondent_on",
  "signed_mediator_on",
  "sealed_on",
]);

export function emptyStep(complaint: string, kind: StepKind, today: string, operator: string): StepInput {
  const mediated = kind === "mediation" || kind === "agreement";
  return {
    complaint,
    kind,
    on: today,
    note: "",
    ground: "",
    ground_text: "",
    told_how: "",
    receiver: "",
    place: "",
    people: "",
    mediator: mediated ? operator : "",
    method: "",
    outcome: "",
    agreement_form: "",
    performance: "",
    terms: "",
    perform_by: "",
    agreed: "",
    signed_consumer_on: "",
    signed_respondent_on: "",
    signed_mediator_on: "",
    sealed_on: "",
    satisfaction: "",
    document_number: "",
    loss: null,
  };
}

/** The one step behind the primary button. A mediation that ended in agreement is followed by the agreement itself. */
export function primaryStep(next: NextStep | null, timeline: readonly TimelineItem[]): StepKind | null {
  if (next === null) return null;
  const kinds: Record<NextStep, StepKind> = {
    decide: "accepted",
    mediate: "mediation",
    resume: "resumed",
    perform: "performed",
    visit_back: "visit_back",
    archive: "archived",
  };
  const agreed = timeline.some(
    (item) => item.step === "mediation" && item.fields.some((field) => field.field === "outcome" && field.value === "agreed"),
  );
  return next === "mediate" && agreed ? "agreement" : kinds[next];
}

// Which questions each kind of step asks, and where a recovered loss may be written down with it.
import type { LossRoute, NextStep, StepInput, StepKind, TimelineItem } from "@/api/generated";

export type StepField = Exclude<keyof StepInput, "complaint" | "kind" | "loss" | "contents">;
type StepForm = { main: StepField[]; folded: StepField[]; required: StepField[]; loss: LossRoute | null };

const told: StepField[] = ["told_on", "told_how"];
const signed: StepField[] = ["signed_consumer_on", "signed_respondent_on", "signed_mediator_on", "sealed_on"];

export const STEP_FORMS: Record<StepKind, StepForm> = {
  accepted: { main: ["on", ...told, "note"], folded: ["document_number"], required: ["on"], loss: null },
  refused: {
    main: ["ground", "ground_text", "on", ...told],
    folded: ["document_number", "note"],
    required: ["on", "ground"],
    loss: null,
  },
  transferred: {
    main: ["receiver", "receiver_contact", "on", ...told],
    folded: ["enclosures", "pages", "reply_by", "document_number", "note"],
    required: ["on", "receiver"],
    loss: null,
  },
  delegated: {
    main: ["receiver", "on", "delegator_accepted_on", "consent_consumer_on", "consent_respondent_on"],
    folded: ["document_number", "reply_by", "note"],
    required: ["on", "receiver", "consent_consumer_on", "consent_respondent_on"],
    loss: null,
  },
  mediation: {
    main: ["outcome", "on", "time", "mediator", "place", "people", "method", "account"],
    folded: ["recorder", "note"],
    required: ["on", "outcome"],
    loss: "station_mediation",
  },
  agreement: {
    main: ["agreement_form", "performance", "agreed", "perform_by", "on", "mediator", "mediated_as", "terms"],
    folded: [...signed, "effective_on", "document_number", "note"],
    required: ["on", "agreement_form"],
    loss: "station_mediation",
  },
  settled: {
    main: ["on", "agreed", "performance", "perform_by", "terms"],
    folded: ["agreement_form", "signed_consumer_on", "signed_respondent_on", "people", "note"],
    required: ["on"],
    loss: "settlement",
  },
  withdrawn: { main: ["on", ...told, "note"], folded: [], required: ["on"], loss: null },
  terminated: {
    main: ["ground", "ground_text", "on", ...told],
    folded: ["document_number", "note"],
    required: ["on", "ground"],
    loss: null,
  },
  suspended: { main: ["on", "note"], folded: ["receiver"], required: ["on", "note"], loss: null },
  resumed: { main: ["on", "note"], folded: [], required: ["on"], loss: null },
  performed: { main: ["performance", "performed", "on", "note"], folded: [], required: ["on"], loss: "station_mediation" },
  court_confirmation: { main: ["on", "receiver", "document_number", "note"], folded: [], required: ["on"], loss: null },
  visit_back: { main: ["satisfaction", "on", "told_how", "mediator", "note"], folded: [], required: ["on", "satisfaction"], loss: null },
  archived: { main: ["on", "document_number", "note"], folded: [], required: ["on"], loss: null },
};

/** Steps after which the other ways of the law are told. */
export const TELLS_ROUTES: ReadonlySet<StepKind> = new Set(["refused", "terminated"]);

/** The code list behind a field; `ground` differs by kind of step. */
export function listOf(field: StepField, kind: StepKind): string | null {
  if (field === "ground") return kind === "refused" ? "refusal_ground" : "termination_ground";
  const lists: Partial<Record<StepField, string>> = {
    agreement_form: "agreement_form",
    performance: "performance",
    method: "mediation_method",
    satisfaction: "satisfaction",
    told_how: "told_how",
    mediated_as: "route",
  };
  return lists[field] ?? null;
}

const PERFORMANCES: Partial<Record<StepKind, readonly string[]>> = {
  agreement: ["PF01", "PF02"],
  settled: ["PF01", "PF02"],
  performed: ["PF05", "PF03", "PF04"],
};

/** The codes of a list that suit this kind of step; `null` when all do. */
export function suitable(field: StepField, kind: StepKind): readonly string[] | null {
  if (field === "performance") return PERFORMANCES[kind] ?? null;
  return field === "mediated_as" ? ["RO03", "RO01", "RO02", "RO04"] : null;
}

/** Another word for a field where the step gives it another meaning. */
export function labelKey(field: StepField, kind: StepKind): string {
  const special: Partial<Record<StepKind, Partial<Record<StepField, string>>>> = {
    delegated: { receiver: "delegator", on: "delegated_on" },
    court_confirmation: { receiver: "court", on: "applied_on", document_number: "court_number" },
    suspended: { receiver: "tester", note: "why_suspended" },
    visit_back: { mediator: "visitor", told_how: "visit_way", note: "visit_note" },
    archived: { document_number: "file_number", note: "file_note" },
    settled: { people: "witness" },
  };
  return special[kind]?.[field] ?? field;
}

export const DATE_FIELDS: ReadonlySet<StepField> = new Set([
  "on",
  "told_on",
  "reply_by",
  "delegator_accepted_on",
  "consent_consumer_on",
  "consent_respondent_on",
  "perform_by",
  ...signed,
  "effective_on",
]);
export const NUMBER_FIELDS: ReadonlySet<StepField> = new Set(["enclosures", "pages"]);

export function emptyStep(complaint: string, kind: StepKind, today: string, operator: string): StepInput {
  const mediated = kind === "mediation" || kind === "agreement" || kind === "visit_back";
  return {
    complaint,
    kind,
    on: today,
    note: "",
    ground: "",
    ground_text: "",
    told_how: "",
    told_on: "",
    receiver: "",
    receiver_contact: "",
    enclosures: "",
    pages: "",
    reply_by: "",
    delegator_accepted_on: "",
    consent_consumer_on: "",
    consent_respondent_on: "",
    time: "",
    place: "",
    people: "",
    mediator: mediated ? operator : "",
    recorder: "",
    account: "",
    method: "",
    outcome: "",
    mediated_as: kind === "agreement" ? "RO03" : "",
    agreement_form: "",
    performance: kind === "performed" ? "PF05" : "",
    terms: "",
    perform_by: "",
    agreed: "",
    signed_consumer_on: "",
    signed_respondent_on: "",
    signed_mediator_on: "",
    sealed_on: "",
    effective_on: "",
    performed: "",
    satisfaction: "",
    document_number: "",
    contents: [],
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

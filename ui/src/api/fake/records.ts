// Writing and reading records of the in-memory host.
import type {
  ComplaintInput,
  ComplaintPage,
  ComplaintRow,
  FieldError,
  FormCheck,
  LossInput,
  OfficeView,
  Status,
  SearchHit,
  SimilarCase,
  StepInput,
  TimelineItem,
  TypedForm,
} from "@/api/generated";
import { CallError } from "@/api/errors";
import { agreementOf, dueOf, fileOf, nextOf, offersOf, statusAfter, urgencyOf } from "@/api/fake/procedure";
import { linksOf } from "@/api/fake/road";
import { nextId, stamp, TODAY, type FakeComplaint, type World } from "@/api/fake/world";
import { addDays, echoDate } from "@/lib/dates";
import { echoYuan, formatFen } from "@/lib/money";

export function fail(code: string, params: Record<string, string> = {}, fields: FieldError[] = []): never {
  throw new CallError({ code, params, fields });
}

export function fenOf(typed: string): number | null {
  const yuan = echoYuan(typed);
  return yuan === null ? null : Number(yuan.replace(/[,.]/g, ""));
}

type Rule = (value: string) => string | null;
const required: Rule = (value) => (value.trim() === "" ? "required" : null);
const phone: Rule = (value) => (/^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|)$/.test(value.replace(/\s/g, "")) ? null : "phone_invalid");
const amount: Rule = (value) => (value.trim() === "" || fenOf(value) !== null ? null : "amount_invalid");
const date: Rule = (value) => {
  if (value.trim() === "") return null;
  return echoDate(value, TODAY) === null ? "date_invalid" : null;
};

function check(input: Record<string, unknown>, rules: Record<string, Rule[]>, prefix = ""): FieldError[] {
  return Object.entries(rules).flatMap(([field, list]) => {
    const code = list.map((rule) => rule(String(input[field] ?? ""))).find((found) => found !== null);
    return code ? [{ field: prefix + field, code, params: {} }] : [];
  });
}

const COMPLAINT_RULES: Record<string, Rule[]> = {
  received_on: [required, date],
  channel: [required],
  consumer_name: [required],
  consumer_phone: [required, phone],
  respondent_name: [required],
  goods_name: [required],
  class: [required],
  nature: [required],
  facts: [required],
  request: [required],
  price: [amount],
  dispute: [amount],
  bought_on: [date],
  happened_on: [date],
  respondent_phone: [phone],
  agent_phone: [phone],
};
const LOSS_RULES: Record<string, Rule[]> = { amount: [required, amount], on: [required, date] };

function refuse(fields: FieldError[]): void {
  if (fields.length > 0) fail("invalid_input", {}, fields);
}

function item(world: World, kind: TimelineItem["kind"], fields: Record<string, unknown>, more: Partial<TimelineItem> = {}): TimelineItem {
  return {
    entry: nextId(world, "entry"),
    record: nextId(world, "record"),
    kind,
    action: "created",
    step: null,
    on: null,
    at: stamp(),
    operator: world.operator?.name ?? "李和平",
    office: world.office?.name ?? "索镇分会",
    confirmed: false,
    clock_doubtful: false,
    outcome: null,
    fields: Object.entries(fields)
      .filter(([, value]) => value !== "" && value !== null && value !== false)
      .map(([field, value]) => ({ field, value })),
    ...more,
  };
}

const DATES = ["received_on", "bought_on", "happened_on", "asked_on", "on", "since", "until", "follow_up_by", "from", "to"];
const AMOUNTS = ["price", "dispute", "amount", "agreed"];

/** What the core says of a form while it is typed, as far as this host can tell. */
export function checkForm(world: World, typed: TypedForm): FormCheck {
  const input: Record<string, unknown> = { ...typed.input };
  const text = (field: string) => String(input[field] ?? "").trim();
  const rules = Object.fromEntries([...DATES.map((field) => [field, [date]]), ...AMOUNTS.map((field) => [field, [amount]])]);
  const said: FormCheck = { errors: check(input, rules as Record<string, Rule[]>), warnings: [], understood: {} };
  for (const field of [...DATES, ...AMOUNTS].filter((name) => text(name) !== "")) {
    const read = DATES.includes(field) ? echoDate(text(field), TODAY) : echoYuan(text(field));
    if (read !== null) said.understood[field] = read;
    if (read !== null && DATES.includes(field) && read > TODAY) {
      said.warnings.push({ field, code: "date_in_future", params: { today: TODAY } });
    }
  }
  if (text("consumer_id_type") === "IT01" && ![0, 15, 18].includes(text("consumer_id_number").length)) {
    said.warnings.push({ field: "consumer_id_number", code: "check_length", params: {} });
  }
  if (typed.form === "loss") {
    const dispute = fenOf(find(world, typed.input.complaint).input.dispute);
    const sum = fenOf(typed.input.amount);
    if (dispute !== null && sum !== null && sum > dispute) {
      said.warnings.push({ field: "amount", code: "loss_over_dispute", params: { dispute: formatFen(dispute), sum: formatFen(sum) } });
    }
  }
  return said;
}

/** Earlier cases of the same phone or business. */
export function similarTo(world: World, query: { phone: string; respondent: string }): SimilarCase[] {
  const of = (one: FakeComplaint) => ({
    same_phone: query.phone !== "" && one.input.consumer_phone === query.phone,
    same_business:
      query.respondent !== "" && one.input.respondent_name === query.respondent && one.input.received_on >= addDays(TODAY, -90),
  });
  return world.complaints
    .filter((one) => of(one).same_phone || of(one).same_business)
    .slice(0, 5)
    .map((one) => ({
      id: one.id,
      number: one.number,
      received_on: one.input.received_on,
      consumer_name: one.input.consumer_name,
      respondent_name: one.input.respondent_name,
      goods_name: one.input.goods_name,
      status: one.status,
      ...of(one),
    }));
}

/** A complaint as a search shows it, with the places of `wanted` marked. */
export function hitOf(one: FakeComplaint, wanted: string): SearchHit {
  const marks = (text: string) => {
    const from = text.indexOf(wanted);
    return from < 0 ? [] : [{ from, to: from + wanted.length }];
  };
  const title = `${one.input.consumer_name} · ${one.input.respondent_name}`;
  return {
    id: one.id,
    kind: "complaint",
    number: one.number,
    title,
    excerpt: one.input.facts,
    on: one.input.received_on,
    number_marks: marks(one.number),
    title_marks: marks(title),
    excerpt_marks: marks(one.input.facts),
  };
}

export function validateComplaint(input: ComplaintInput): void {
  refuse(check(input, COMPLAINT_RULES));
}

export function register(world: World, typed: ComplaintInput, office: OfficeView, operator: string): FakeComplaint {
  validateComplaint(typed);
  const input = { ...typed, received_on: echoDate(typed.received_on, TODAY) ?? TODAY };
  const id = nextId(world, "complaint");
  const seq = String(world.complaints.length + 1).padStart(4, "0");
  const born = item(world, "complaint", {}, { on: input.received_on, at: stamp(input.received_on), operator, office: office.name });
  const complaint: FakeComplaint = {
    id,
    number: `370321-${office.code}-${input.received_on.slice(0, 4)}-${seq}-K`,
    office,
    input,
    status: "registered",
    steps: [],
    ledger: [],
    timeline: [born],
    heads: [born.entry],
    withdrawn: null,
    confirmed: false,
  };
  world.complaints.push(complaint);
  const asked = world.consultations.find((one) => one.id === input.consultation);
  if (asked !== undefined) asked.complaint = id;
  return complaint;
}

export function find(world: World, id: string): FakeComplaint {
  return world.complaints.find((complaint) => complaint.id === id) ?? fail("record_missing");
}

export function recordStep(world: World, step: StepInput): string {
  const complaint = find(world, step.complaint);
  if (!offersOf(complaint).some((offer) => offer.kind === step.kind && offer.possible)) fail("step_impossible");
  const fields = check(step, { on: [required, date], agreed: [amount] });
  if (step.loss !== null) fields.push(...check(step.loss, LOSS_RULES, "loss."));
  if (step.kind === "archived" && step.note.trim() === "") {
    const count = fileOf(complaint).filter((one) => one.must && !step.contents.includes(one.code)).length;
    if (count > 0) fields.push({ field: "contents", code: "file_incomplete", params: { count: String(count) } });
  }
  refuse(fields);
  const { kind, on, loss } = step;
  complaint.timeline.push(
    item(world, "step", told(step), { step: kind, on: echoDate(on, TODAY), record: `${complaint.id}-step-${complaint.steps.length}` }),
  );
  complaint.steps.push({ ...step, on: echoDate(on, TODAY) ?? TODAY });
  complaint.status = statusAfter(complaint.status, step);
  if (loss !== null) recordLoss(world, loss);
  return `${complaint.id}-step-${complaint.steps.length - 1}`;
}

function told(step: StepInput): Record<string, unknown> {
  const { complaint: _complaint, kind: _kind, on: _on, loss: _loss, agreed, performed, ...rest } = step;
  const fen = (typed: string) => (typed === "" ? "" : fenOf(typed));
  return { ...rest, contents: rest.contents.length > 0 ? rest.contents : "", agreed_fen: fen(agreed), performed_fen: fen(performed) };
}

export function amendStep(world: World, id: string, step: StepInput): string {
  const complaint = find(world, step.complaint);
  const at = complaint.steps.findIndex((_, n) => `${complaint.id}-step-${n}` === id);
  const before = complaint.steps[at] ?? fail("record_missing");
  refuse(check(step, { on: [required, date], agreed: [amount] }));
  const now = told(step);
  const changed = Object.entries(now).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(told(before)[field]));
  complaint.steps[at] = step;
  complaint.timeline.push(item(world, "step", Object.fromEntries(changed), { step: step.kind, record: id, action: "amended" }));
  return id;
}

/** Takes a step or a link out; false when it is neither. */
export function withdrawPart(world: World, id: string): boolean {
  const links = world.links.length;
  world.links = world.links.filter((link) => link.id !== id);
  const complaint = world.complaints.find((one) => id.startsWith(`${one.id}-step-`));
  if (complaint !== undefined) {
    complaint.timeline.push(item(world, "step", {}, { record: id, action: "withdrawn" }));
    complaint.steps = complaint.steps.filter((_, n) => `${complaint.id}-step-${n}` !== id);
    complaint.status = complaint.steps.reduce<Status>((status, step) => statusAfter(status, step), "registered");
  }
  return complaint !== undefined || world.links.length < links;
}

export function recordLoss(world: World, loss: LossInput): string {
  refuse(check(loss, LOSS_RULES));
  const complaint = find(world, loss.complaint);
  const id = nextId(world, "loss");
  const amount_fen = fenOf(loss.amount) ?? 0;
  complaint.ledger.push({
    id,
    kind: loss.kind,
    route: loss.route,
    amount_fen,
    said_fen: amount_fen,
    state: "counted",
    on: echoDate(loss.on, TODAY) ?? TODAY,
    evidence: loss.evidence,
    reverses: null,
    reversed_by: null,
    reason: "",
    operator: world.operator?.name ?? "李和平",
    at: stamp(),
  });
  complaint.timeline.push(
    item(world, "loss", { amount_fen, loss_kind: "", evidence_note: loss.evidence }, { on: echoDate(loss.on, TODAY) }),
  );
  return id;
}

export function reverseLoss(world: World, id: string, on: string, reason: string): string {
  refuse(check({ on, reason }, { on: [required, date], reason: [required] }));
  const complaint = world.complaints.find((one) => one.ledger.some((line) => line.id === id)) ?? fail("record_missing");
  const line = complaint.ledger.find((one) => one.id === id) ?? fail("record_missing");
  if (line.reversed_by !== null) fail("loss_already_reversed");
  const reversal = nextId(world, "loss");
  line.reversed_by = reversal;
  complaint.ledger.push({
    ...line,
    id: reversal,
    amount_fen: -line.amount_fen,
    said_fen: -line.amount_fen,
    on: echoDate(on, TODAY) ?? TODAY,
    reverses: id,
    reversed_by: null,
    reason,
  });
  complaint.timeline.push(item(world, "loss", { amount_fen: -line.amount_fen, reason }, { on: echoDate(on, TODAY) }));
  return reversal;
}

export function recoveredOf(complaint: FakeComplaint): number {
  return complaint.ledger.reduce((sum, line) => sum + line.amount_fen, 0);
}

export function rowOf(world: World, complaint: FakeComplaint): ComplaintRow {
  const { input } = complaint;
  const due_on = dueOf(complaint);
  return {
    id: complaint.id,
    number: complaint.number,
    received_on: input.received_on,
    consumer_name: input.consumer_name,
    respondent_name: input.respondent_name,
    goods_name: input.goods_name,
    nature: input.nature,
    class: input.class,
    status: complaint.status,
    due_on,
    urgency: urgencyOf(due_on, TODAY),
    dispute_fen: fenOf(input.dispute),
    recovered_fen: recoveredOf(complaint),
    office_name: complaint.office.name,
    conflicts: world.decisions.filter((decision) => decision.complaint === complaint.id).length,
    confirmed: complaint.confirmed,
  };
}

export function titleOf(complaint: FakeComplaint): string {
  return `${complaint.input.consumer_name} · ${complaint.input.respondent_name}`;
}

const evidenceOf = (world: World, id: string, taken: boolean) =>
  world.evidence.filter((one) => one.complaint === id && (one.item.withdrawn !== null) === taken).map((one) => one.item);

export function pageOf(world: World, id: string): ComplaintPage {
  const complaint = find(world, id);
  const due_on = dueOf(complaint);
  return {
    id,
    masked: false,
    number: complaint.number,
    office: complaint.office,
    status: complaint.status,
    next: nextOf(complaint),
    due_on,
    due_rule: due_on === null ? null : "SD-CA-ACCEPT",
    due_basis: due_on === null ? null : "山东省消费者权益保护条例第七十四条",
    due_estimated: false,
    urgency: urgencyOf(due_on, TODAY),
    input: complaint.input,
    price_fen: fenOf(complaint.input.price),
    dispute_fen: fenOf(complaint.input.dispute),
    heads: complaint.heads,
    confirmed: complaint.confirmed,
    withdrawn: complaint.withdrawn,
    conflicts: world.decisions.flatMap((decision) => (decision.complaint === id && decision.conflict !== null ? [decision.conflict] : [])),
    timeline: complaint.timeline,
    steps: offersOf(complaint),
    recorded: complaint.steps.map((input, n) => ({ id: `${id}-step-${n}`, heads: [`${id}-step-${n}-entry`], input })),
    agreement: agreementOf(complaint),
    file: fileOf(complaint),
    ledger: complaint.ledger,
    recovered_fen: recoveredOf(complaint),
    evidence: evidenceOf(world, id, false),
    evidence_withdrawn: evidenceOf(world, id, true),
    contradictions: [],
    links: linksOf(world, id),
    counted: complaint.withdrawn === null,
    transfer: world.transfers.find((one) => one.complaint === id) ?? null,
    additions: world.decisions.some((decision) => decision.kind === "addition" && decision.record === id),
    owner_name: complaint.office.name,
  };
}

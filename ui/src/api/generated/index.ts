// The seam between window and core: generated, never edited by hand.
export type Touched = "state" | "complaint" | "consultation" | "step" | "loss" | "office" | "bundle" | "decision" | "draft" | "department";
export type ApiError = { code: string; params: Record<string, string>; fields: FieldError[] };
export type FieldError = { field: string; code: string; params: Record<string, string> };
export type OfficeKind = "county" | "branch" | "station";
export type Role = "clerk" | "mediator" | "supervisor" | "reader";
export type Status =
  | "registered"
  | "accepted"
  | "suspended"
  | "refused"
  | "transferred"
  | "agreed"
  | "settled"
  | "withdrawn"
  | "terminated"
  | "performed"
  | "archived";
export type StepKind =
  | "accepted"
  | "refused"
  | "transferred"
  | "mediation"
  | "agreement"
  | "settled"
  | "withdrawn"
  | "terminated"
  | "suspended"
  | "resumed"
  | "performed"
  | "court_confirmation"
  | "visit_back"
  | "archived";
export type LossKind = "recovered" | "punitive" | "mental" | "advance";
export type LossRoute = "settlement" | "station_mediation" | "people_mediation" | "administrative" | "judicial";
export type AppState = {
  stage: "first" | "locked" | "open";
  today: string;
  version: string;
  data_dir: string;
  stores: StoreListing[];
  office: OfficeView | null;
  operator: OperatorView | null;
};
export type StoreListing = { dir: string; office_name: string; office_kind: OfficeKind; operators: string[]; sample: boolean };
export type OfficeView = { id: string; code: string; kind: OfficeKind; name: string; county_name: string; area_code: string };
export type OperatorView = { id: string; name: string; role: Role };
export type CreateCounty = { name: string; area_code: string; operator_name: string; passphrase: string; dir: string | null };
export type InviteOffice = { kind: "branch" | "station"; code: string; name: string; out: string };
export type Invited = { path: string; office: OfficeView; compare_code: string };
export type JoinOffice = { invitation: string; operator_name: string; passphrase: string; dir: string | null };
export type InvitationView = {
  office_name: string;
  office_code: string;
  office_kind: OfficeKind;
  county_name: string;
  compare_code: string;
  expires_on: string;
};
export type SampleCreated = {
  dir: string;
  passphrase: string;
  stores: StoreListing[];
  complaints: number;
  consultations: number;
  recovered_fen: number;
};
export type Progress = {
  task: "merge" | "export" | "sample" | "rebuild" | "check";
  stage: string;
  done: number;
  total: number | null;
  detail: string;
};
export type CodeLists = { lists: Record<string, Code[]> };
export type Code = { code: string; parent: string | null; label_zh: string; label_en: string };
export type Home = {
  today: string;
  overdue: number;
  due_soon: number;
  open: number;
  tasks: Task[];
  unconfirmed: number;
  unconfirmed_since: string | null;
  carry_by: string | null;
  last_export: string | null;
  decisions: number;
  waiting: number;
  quarantined: number;
  clock_doubtful: boolean;
  month: { complaints: number; consultations: number; recovered_fen: number };
};
export type Task = {
  complaint: string;
  number: string;
  consumer_name: string;
  respondent_name: string;
  status: Status;
  next: NextStep | null;
  due_on: string | null;
  due_estimated: boolean;
  urgency: "overdue" | "soon" | "calm";
};
export type NextStep = "decide" | "mediate" | "resume" | "perform" | "visit_back" | "archive";
export type ComplaintInput = {
  received_on: string;
  channel: string;
  external_number: string;
  urgent: boolean;
  consumer_name: string;
  consumer_phone: string;
  consumer_address: string;
  consumer_id_type: string;
  consumer_id_number: string;
  agent_name: string;
  agent_phone: string;
  joint_count: string;
  consent_notice: boolean;
  consent_publish: boolean;
  consent_delegate: boolean;
  off_site: boolean;
  respondent_name: string;
  respondent_type: string;
  respondent_contact: string;
  respondent_phone: string;
  respondent_address: string;
  respondent_uscc: string;
  goods_name: string;
  goods_brand: string;
  goods_model: string;
  goods_quantity: string;
  goods_unit: string;
  price: string;
  class: string;
  nature: string;
  happened_on: string;
  bought_on: string;
  dispute: string;
  facts: string;
  request: string;
  request_kinds: string[];
  evidence: string[];
  evidence_note: string;
  elsewhere: boolean;
  elsewhere_note: string;
  consultation: string | null;
};
export type ComplaintQuery = {
  status: Status | null;
  office: string | null;
  nature: string | null;
  class: string | null;
  from: string | null;
  to: string | null;
  open_only: boolean;
  after: string | null;
  limit: number;
};
export type Page<T> = { rows: T[]; next: string | null; total: number };
export type ComplaintRow = {
  id: string;
  number: string;
  received_on: string;
  consumer_name: string;
  respondent_name: string;
  goods_name: string;
  nature: string;
  class: string;
  status: Status;
  due_on: string | null;
  urgency: "overdue" | "soon" | "calm" | "none";
  dispute_fen: number | null;
  recovered_fen: number;
  office_name: string;
  conflicts: number;
  confirmed: boolean;
};
export type ComplaintPage = {
  id: string;
  number: string;
  office: OfficeView;
  status: Status;
  next: NextStep | null;
  due_on: string | null;
  due_rule: string | null;
  due_basis: string | null;
  due_estimated: boolean;
  urgency: "overdue" | "soon" | "calm" | "none";
  input: ComplaintInput;
  price_fen: number | null;
  dispute_fen: number | null;
  heads: string[];
  confirmed: boolean;
  withdrawn: string | null;
  conflicts: FieldConflict[];
  timeline: TimelineItem[];
  steps: StepOffer[];
  ledger: LedgerLine[];
  recovered_fen: number;
  contradictions: string[];
};
export type FieldConflict = {
  record: string;
  kind: string;
  field: string;
  versions: VersionView[];
  provisional: number;
  complaint: string | null;
  title: string;
};
export type VersionView = { value: unknown; entry: string; operator: string; office: string; at: string };
export type TimelineItem = {
  entry: string;
  record: string;
  kind: "complaint" | "step" | "loss" | "consultation";
  action: "created" | "amended" | "withdrawn" | "settled_conflict";
  step: StepKind | null;
  on: string | null;
  at: string;
  operator: string;
  office: string;
  fields: { field: string; value: unknown }[];
  confirmed: boolean;
  clock_doubtful: boolean;
};
export type StepOffer = { kind: StepKind; possible: boolean; why_not: string | null };
export type LedgerLine = {
  id: string;
  kind: LossKind;
  route: LossRoute;
  amount_fen: number;
  on: string;
  evidence: string;
  reverses: string | null;
  reversed_by: string | null;
  reason: string;
  operator: string;
  at: string;
};
export type StepInput = {
  complaint: string;
  kind: StepKind;
  on: string;
  note: string;
  ground: string;
  ground_text: string;
  told_how: string;
  receiver: string;
  place: string;
  people: string;
  mediator: string;
  method: string;
  outcome: "" | "agreed" | "failed" | "adjourned";
  agreement_form: string;
  performance: string;
  terms: string;
  perform_by: string;
  agreed: string;
  signed_consumer_on: string;
  signed_respondent_on: string;
  signed_mediator_on: string;
  sealed_on: string;
  satisfaction: string;
  document_number: string;
  loss: LossInput | null;
};
export type LossInput = { complaint: string; kind: LossKind; route: LossRoute; amount: string; on: string; evidence: string };
export type ConsultationInput = {
  asked_on: string;
  way: string;
  asker_name: string;
  asker_phone: string;
  persons: string;
  topic: string;
  content: string;
  answer: string;
  basis: string;
};
export type ConsultationRow = {
  id: string;
  asked_on: string;
  way: string;
  asker_name: string;
  persons: number;
  topic: string;
  content: string;
  complaint: string | null;
  office_name: string;
};
export type ConsultationView = { id: string; input: ConsultationInput; complaint: string | null; operator: string; at: string };
export type CarryPlace = { path: string; label: string; removable: boolean; free_bytes: number | null; bundles: number };
export type Exported = {
  path: string;
  file_name: string;
  to_name: string;
  bytes: number;
  entries: number;
  complaints: number;
  number: number;
  compare_code: string;
  verified: boolean;
};
export type ScannedBundle = {
  path: string;
  file_name: string;
  from_name: string;
  from_code: string;
  number: number;
  created_at: string;
  bytes: number;
  for_us: boolean;
  already_merged: boolean;
  problem: ApiError | null;
};
export type MergeReport = {
  bundles: MergedBundle[];
  new_entries: number;
  new_complaints: number;
  new_consultations: number;
  already_had: number;
  waiting: number;
  quarantined: number;
  conflicts: number;
  refused: number;
  cancelled: boolean;
  confirmed_now: number;
};
export type MergedBundle = {
  path: string;
  file_name: string;
  from_name: string;
  from_code: string;
  number: number;
  outcome: "merged" | "already_merged" | "refused";
  new_entries: number;
  already_had: number;
  waiting: number;
  quarantined: number;
  conflicts: number;
  problem: ApiError | null;
};
export type BundleFacts = {
  file_name: string;
  format: number;
  from_office: string;
  from_name: string;
  from_device: string;
  to_office: string;
  to_name: string;
  number: number;
  created_at: string;
  bytes: number;
  signature: "valid" | "unknown_sender" | "invalid";
  readable: boolean;
  entries: number | null;
};
export type OfficeBoardRow = {
  id: string;
  code: string;
  kind: OfficeKind;
  name: string;
  joined: boolean;
  last_bundle: number | null;
  last_bundle_at: string | null;
  complaints: number;
  overdue: number;
  unconfirmed: number;
  program: string | null;
};
export type Decision = {
  kind: "conflict" | "contradiction" | "withdrawn_and_edited";
  conflict: FieldConflict | null;
  complaint: string | null;
  number: string | null;
  title: string;
  heads: string[];
};
export type Totals = {
  from: string;
  to: string;
  complaints: number;
  accepted: number;
  refused: number;
  closed: number;
  agreed: number;
  settled: number;
  terminated: number;
  withdrawn: number;
  consultations: number;
  consultation_persons: number;
  dispute_fen: number;
  recovered_fen: number;
  by_kind: MoneyRow[];
  by_route: MoneyRow[];
  previous: { complaints: number; consultations: number; recovered_fen: number };
  by_office: OfficeTotals[];
  by_nature: CountRow[];
  by_class: CountRow[];
  by_channel: CountRow[];
  by_month: MonthRow[];
  departments: DepartmentRow[];
  department_complaints: number;
  activities: ActivityRow[];
  completeness: { offices: number; reporting: number; missing: string[]; oldest_bundle_at: string | null };
};
export type MoneyRow = { code: string; count: number; amount_fen: number };
export type OfficeTotals = {
  office: string;
  code: string;
  name: string;
  complaints: number;
  closed: number;
  consultations: number;
  recovered_fen: number;
};
export type CountRow = { code: string; count: number; share: string; recovered_fen: number };
export type MonthRow = { month: string; complaints: number; recovered_fen: number };
export type DepartmentRow = { id: string; department: string; year: number; complaints: number };
export type ActivityRow = { kind: string; count: number; people: number; materials: number; firms: number; units: number };
export type SearchHit = { id: string; kind: "complaint" | "consultation"; number: string; title: string; excerpt: string; on: string };
export type CheckReport = { entries: number; records: number; ok: boolean; differences: string[]; chains_broken: string[] };

export type Commands = {
  "app.state": { input: Record<string, never>; output: AppState };
  "county.create": { input: CreateCounty; output: AppState };
  "office.invite": { input: InviteOffice; output: Invited };
  "office.join": { input: JoinOffice; output: AppState };
  "invitation.read": { input: { path: string }; output: InvitationView };
  "store.open": { input: { dir: string; passphrase: string; operator: string | null }; output: AppState };
  "store.lock": { input: Record<string, never>; output: AppState };
  "sample.create": { input: Record<string, never>; output: SampleCreated };
  "task.cancel": { input: Record<string, never>; output: null };
  "codes.list": { input: Record<string, never>; output: CodeLists };
  "home.today": { input: Record<string, never>; output: Home };
  "complaint.register": { input: ComplaintInput; output: { id: string; number: string } };
  "complaint.amend": { input: { id: string; seen: string[]; input: ComplaintInput }; output: { id: string; number: string } };
  "complaint.list": { input: ComplaintQuery; output: Page<ComplaintRow> };
  "complaint.get": { input: { id: string }; output: ComplaintPage };
  "step.record": { input: StepInput; output: { id: string } };
  "loss.record": { input: LossInput; output: { id: string } };
  "loss.reverse": { input: { loss: string; on: string; reason: string; replacement: LossInput | null }; output: { id: string } };
  "record.withdraw": { input: { id: string; seen: string[]; reason: string }; output: { id: string } };
  "consultation.register": { input: ConsultationInput; output: { id: string } };
  "consultation.list": {
    input: { from: string | null; to: string | null; after: string | null; limit: number };
    output: Page<ConsultationRow>;
  };
  "consultation.get": { input: { id: string }; output: ConsultationView };
  "draft.put": { input: { key: string; body: unknown }; output: null };
  "draft.get": { input: { key: string }; output: { body: unknown | null; saved_at: string | null } };
  "draft.drop": { input: { key: string }; output: null };
  "carry.places": { input: Record<string, never>; output: CarryPlace[] };
  "bundle.export": { input: { out: string; office: string | null }; output: Exported };
  "bundle.export_all": { input: { out: string }; output: Exported[] };
  "bundle.scan": { input: { paths: string[] }; output: ScannedBundle[] };
  "bundle.merge": { input: { paths: string[] }; output: MergeReport };
  "bundle.inspect": { input: { path: string }; output: BundleFacts };
  "office.list": { input: Record<string, never>; output: OfficeBoardRow[] };
  "decision.list": { input: Record<string, never>; output: Decision[] };
  "decision.settle": { input: { record: string; field: string; entry: string; seen: string[] }; output: { id: string } };
  "report.totals": { input: { from: string; to: string; office: string | null }; output: Totals };
  "department.record": { input: { department: string; year: string; complaints: string }; output: { id: string } };
  search: { input: { text: string; limit: number }; output: SearchHit[] };
  check: { input: Record<string, never>; output: CheckReport };
  rebuild: { input: Record<string, never>; output: CheckReport };
};

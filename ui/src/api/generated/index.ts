// Written by `cargo xtask gen` from src-tauri/crates/app/src/contract. Never edited by hand.

export type AccessView = { way: AccessWay | null, 
/**
 * Who set it.
 */
by: string, at: string, 
/**
 * Who at the county agreed.
 */
agreed_by: string, };

export type AccessWay = "supervisor" | "card" | "county";

export type Action = "created" | "amended" | "withdrawn" | "restored" | "settled_conflict" | "erased";

export type ActivityInput = { kind: string, on: string, until: string, title: string, place: string, setting: string, people: string, materials: string, firms: string, units: string, consultations: string, complaints: string, posts: string, business_name: string, business: string | null, attended: string, content: string, result: string, review_result: string, follow_up_by: string, };

export type ActivityListed = { id: string, kind: string, on: CivilDate | null, title: string, place: string, business_name: string, people: number, materials: number, firms: number, units: number, office_name: string, };

export type ActivityQuery = { kind: string | null, from: string | null, to: string | null, 
/**
 * `next` of the page before.
 */
after: string | null, limit: number, };

export type ActivityRow = { kind: string, count: number, people: number, materials: number, firms: number, units: number, };

export type ActivityView = { id: string, heads: Array<string>, input: ActivityInput, 
/**
 * The reason, when it has been withdrawn.
 */
withdrawn: string | null, office_name: string, };

export type ActivityWritten = { at: Written, input: ActivityInput, };

export type AddEvidence = { about: AttachmentInput, 
/**
 * The bytes of the file in base64; else `path` says where it lies.
 */
content?: string, path?: string, };

export type AddOperator = { name: string, role: Role, passphrase: Secret, };

export type Agreement = { 
/**
 * The step that it is.
 */
step: string, 
/**
 * Since when it binds.
 */
effective_on: CivilDate | null, 
/**
 * What its effect waits for.
 */
missing: Array<Mark>, 
/**
 * The last day for asking a court.
 */
confirm_by: CivilDate | null, 
/**
 * A year without calendar was counted Monday to Friday.
 */
confirm_estimated: boolean, 
/**
 * The law behind that day.
 */
confirm_basis: string | null, 
/**
 * The parties should be reminded now.
 */
remind: boolean, };

export type AmendComplaint = { id: string, 
/**
 * The heads that the form was filled from.
 */
seen: Array<string>, input: ComplaintInput, };

export type AmendEvidence = { id: string, 
/**
 * The heads that the sheet was filled from.
 */
seen: Array<string>, note: string, taken_on: string, };

export type AmendOffice = { id: string, name: string, 
/**
 * The office above it; none: the county.
 */
parent: string | null, contact: string, phone: string, note: string, };

export type AmendOperator = { id: string, name: string, role: Role, };

export type AmendStep = { id: string, 
/**
 * The heads that the form was filled from.
 */
seen: Array<string>, input: StepInput, };

export type AnswerJoin = { device: string, 
/**
 * The code of the request that was compared. May be left out while only one request is in this device's name.
 */
compare_code: string | null, admit: boolean, };

export type AnswerRecovery = { path: string, out: string, };

export type AnswerTransfer = { id: string, accept: boolean, note: string, seen: Array<string>, };

export type ApiError = { 
/**
 * Stable code: `errors.<code>` says what happened, `advice.<code>` what to do.
 */
code: string, 
/**
 * What the sentences need.
 */
params: { [key in string]: string }, 
/**
 * Filled when the code is `invalid_input`: every field that is wrong.
 */
fields: Array<FieldError>, };

export type AppState = { stage: Stage, today: string, version: string, data_dir: string, stores: Array<StoreListing>, office: OfficeView | null, operator: OperatorView | null, 
/**
 * The window locks itself after so many idle minutes; 0 while nobody is signed in.
 */
lock_after_min: number, 
/**
 * The commands that whoever is signed in may run.
 */
may: Array<string>, 
/**
 * What was noticed when the store was opened.
 */
notices: Array<Notice>, 
/**
 * The clock cannot be believed.
 */
clock: ClockDoubt | null, 
/**
 * The store has come to another PC, or the PC has a new part, and nobody has said which.
 */
moved: boolean, 
/**
 * The store is damaged: it can be looked at, printed and rescued, and nothing can be written.
 */
read_only: ReadOnly | null, };

export type Aside = { waiting: Array<WaitingItem>, quarantined: Array<QuarantinedItem>, undone: Array<ImportView>, };

export type AttachmentInput = { 
/**
 * The complaint's id.
 */
complaint: string, 
/**
 * The name of the file, or a path that ends with it.
 */
name: string, note: string, taken_on: string, };

export type AttachmentKind = "photo" | "document";

export type BackupFound = { path: string, office_name: string, office_kind: OfficeKind, operators: Array<string>, sample: boolean, 
/**
 * Empty when the copy does not say.
 */
made_at: string, entries: number, 
/**
 * Why it cannot be brought back.
 */
problem: ApiError | null, };

export type BackupMade = { path: string, entries: number, at: string, };

export type BackupProof = { 
/**
 * It is time for a trial, and a copy is at hand.
 */
due: boolean, 
/**
 * When the last one was.
 */
at: string | null, 
/**
 * Code of why it failed.
 */
problem: string | null, };

export type BrokenLog = { office_name: string, 
/**
 * This PC wrote it.
 */
own: boolean, 
/**
 * Everything below this number is proven.
 */
from: number, 
/**
 * The change is not above this number.
 */
upto: number, };

export type BundleFacts = { file_name: string, format: number, from_office: string, from_name: string, from_device: string, to_office: string, to_name: string, number: number, created_at: string, bytes: number, compare_code: string, signature: SignatureState, 
/**
 * Made for this PC.
 */
readable: boolean, entries: number | null, };

export type BundleOutcome = "merged" | "already_merged" | "refused";

export type BusinessInput = { id: string | null, seen: Array<string>, name: string, uscc: string, kind: string, phone: string, address: string, aliases: Array<string>, };

export type BusinessKey = { id: string | null, name: string, };

export type BusinessPage = { 
/**
 * Its record with what was merged into it; absent for a name that nobody wrote down as a business yet.
 */
business: BusinessRow | null, name: string, 
/**
 * The names under which it was complained about.
 */
names: Array<string>, complaints: number, open: number, 
/**
 * Ended by agreement or settlement.
 */
settled: number, 
/**
 * Ended in any way but refused, transferred, withdrawn.
 */
ended: number, dispute_fen: number, recovered_fen: number, 
/**
 * The newest cases.
 */
cases: Array<ComplaintRow>, 
/**
 * Talks and reviews, the newest first.
 */
talks: Array<ActivityListed>, };

export type BusinessQuery = { text: string, limit: number, };

export type BusinessRow = { id: string, name: string, uscc: string, phone: string, address: string, aliases: Array<string>, office_name: string, complaints: number, merged_into: string | null, merged_name: string, merged: Array<MergedBusiness>, cycle: boolean, heads: Array<string>, };

export type ByDir = { dir: string, };

export type ById = { 
/**
 * The record.
 */
id: string, };

export type ByPath = { path: string, };

export type ByPaths = { paths: Array<string>, };

export type CardMade = { groups: Array<string>, office_name: string, made_on: string, };

export type CarryPlace = { path: string, label: string, removable: boolean, free_bytes: number | null, 
/**
 * How the stick is formatted on which it lies; none for a folder of this PC.
 */
format: MediumFormat | null, 
/**
 * Bundles that lie there.
 */
bundles: number, };

export type ChangePassphrase = { old: Secret, new: Secret, };

export type CheckFault = "empty" | "length" | "character" | "area" | "birth_date" | "check" | "inner_check" | "form";

export type CheckKind = "resident-id" | "uscc" | "organisation-code" | "old-registration" | "phone" | "area-code" | "case-no";

export type CheckReport = { entries: number, records: number, ok: boolean, differences: Array<string>, 
/**
 * Logs that somebody changed behind the program's back.
 */
chains_broken: Array<BrokenLog>, 
/**
 * The log of views is not what was written, from this row on.
 */
views_broken: number | null, 
/**
 * Photos and documents that are kept.
 */
attachments: number, 
/**
 * Those of them that are not what they were.
 */
attachments_broken: number, };

export type Checked = { 
/**
 * As it was given.
 */
text: string, 
/**
 * Its plain form, when it can be right.
 */
plain: string | null, 
/**
 * Why it cannot be right.
 */
fault: CheckFault | null, };

export type CivilDate = string;

export type ClockDoubt = { 
/**
 * The day that it shows.
 */
shows: CivilDate, 
/**
 * The day that is reckoned with, because somebody has said which it is; none while nobody has.
 */
reckons: CivilDate | null, };

export type CloseOffice = { id: string, 
/**
 * The day (ISO, or as it is typed).
 */
on: string, reason: string, };

export type Code = { 
/**
 * The stable code.
 */
code: string, 
/**
 * The code above it in the same list; `None` at the top.
 */
parent: string | null, 
/**
 * Chinese label.
 */
label_zh: string, 
/**
 * English label.
 */
label_en: string, 
/**
 * The pinyin initials of the Chinese label, a group of possible letters for each character: "d j".
 */
initials: string, 
/**
 * It can no longer be chosen; what was recorded with it keeps its name.
 */
over: boolean, };

export type CodeLists = { 
/**
 * Codes by the name of their list.
 */
lists: { [key in string]: Array<Code> }, };

export type ComplaintInput = { received_on: string, channel: string, external_number: string, urgent: boolean, consumer_name: string, consumer_phone: string, consumer_address: string, consumer_id_type: string, consumer_id_number: string, agent_name: string, agent_phone: string, joint_count: string, consent_notice: boolean, consent_publish: boolean, consent_delegate: boolean, off_site: boolean, respondent_name: string, respondent_type: string, respondent_contact: string, respondent_phone: string, respondent_address: string, respondent_uscc: string, goods_name: string, goods_brand: string, goods_model: string, goods_quantity: string, goods_unit: string, 
/**
 * Yuan.
 */
price: string, class: string, nature: string, happened_on: string, bought_on: string, 
/**
 * Yuan.
 */
dispute: string, facts: string, request: string, request_kinds: Array<string>, evidence: Array<string>, evidence_note: string, elsewhere: boolean, elsewhere_note: string, 
/**
 * The consultation it came from.
 */
consultation: string | null, };

export type ComplaintPage = { id: string, 
/**
 * Phone, identity number or address are not shown in full.
 */
masked: boolean, number: string, office: OfficeView, status: Status, next: NextStep | null, due_on: CivilDate | null, due_rule: string | null, due_basis: string | null, due_estimated: boolean, urgency: Urgency, 
/**
 * The provisional values, in the form's own shape.
 */
input: ComplaintInput, price_fen: number | null, dispute_fen: number | null, heads: Array<string>, confirmed: boolean, 
/**
 * The reason, when the record has been withdrawn.
 */
withdrawn: string | null, conflicts: Array<FieldConflict>, timeline: Array<TimelineItem>, steps: Array<StepOffer>, 
/**
 * The steps that were recorded and stand, oldest first, in the form's own shape.
 */
recorded: Array<RecordedStep>, 
/**
 * The agreement or settlement that ended the matter.
 */
agreement: Agreement | null, 
/**
 * What must lie in the file, and what as needed.
 */
file: Array<FileItem>, ledger: Array<LedgerLine>, recovered_fen: number, 
/**
 * Photos and documents in the file.
 */
evidence: Array<EvidenceItem>, 
/**
 * What was taken out of the file, and can be brought back.
 */
evidence_withdrawn: Array<EvidenceItem>, 
/**
 * Kinds of steps that contradict each other.
 */
contradictions: Array<StepKind>, 
/**
 * Comparisons with other complaints.
 */
links: Array<LinkView>, 
/**
 * Whether it counts in sums: not when it is withdrawn or another complaint stands for the same matter.
 */
counted: boolean, 
/**
 * The newest transfer.
 */
transfer: TransferView | null, 
/**
 * Something was added after the case had been filed, and nobody has reviewed it.
 */
additions: boolean, 
/**
 * The office that owns it.
 */
owner_name: string, };

export type ComplaintQuery = { status: Status | null, office: string | null, nature: string | null, class: string | null, from: string | null, to: string | null, open_only: boolean, 
/**
 * A business by one of its names.
 */
business: string | null, 
/**
 * How the due date looks from today.
 */
due: Urgency | null, 
/**
 * `next` of the page before.
 */
after: string | null, limit: number, };

export type ComplaintRow = { id: string, number: string, received_on: CivilDate | null, consumer_name: string, respondent_name: string, goods_name: string, nature: string, class: string, status: Status, due_on: CivilDate | null, urgency: Urgency, dispute_fen: number | null, recovered_fen: number, office_name: string, conflicts: number, confirmed: boolean, };

export type Completeness = { offices: number, reporting: number, 
/**
 * Names of the offices that have never sent a bundle.
 */
missing: Array<string>, 
/**
 * The oldest of the newest bundles.
 */
oldest_bundle_at: string | null, };

export type ConfirmDay = { 
/**
 * The day (ISO, or as it is typed).
 */
day: string, };

export type ConsultationInput = { asked_on: string, way: string, asker_name: string, asker_phone: string, 
/**
 * "" is one.
 */
persons: string, topic: string, content: string, answer: string, basis: string, };

export type ConsultationQuery = { from: string | null, to: string | null, after: string | null, limit: number, };

export type ConsultationRow = { id: string, asked_on: CivilDate | null, way: string, asker_name: string, persons: number, topic: string, content: string, complaint: string | null, office_name: string, };

export type ConsultationView = { id: string, 
/**
 * The phone number is not shown in full.
 */
masked: boolean, input: ConsultationInput, complaint: string | null, operator: string, at: string, };

export type CopyPerson = { records: Array<string>, 
/**
 * Noted with every record that is shown.
 */
reason: string, 
/**
 * A folder, if the copy is to be written to a file too.
 */
out: string | null, };

export type CountDiffers = { which: Counted, here: number, there: number, };

export type CountRow = { code: string, count: number, 
/**
 * Percent of all complaints, two decimals.
 */
share: string, recovered_fen: number, };

export type Counted = "complaints" | "consultations" | "recovered_fen";

export type CountsDiffer = { from_name: string, 
/**
 * The office whose records are counted.
 */
about_name: string, number: number, 
/**
 * The ledger of this PC does not follow from what it holds; else it is the other side's.
 */
own_fault: boolean, counts: Array<CountDiffers>, 
/**
 * The records whose rows here are not what was written; at most 20.
 */
records: Array<DifferingRecord>, 
/**
 * So many more.
 */
more: number, };

export type CreateCounty = { name: string, area_code: string, operator_name: string, passphrase: Secret, dir: string | null, };

export type Deadline = { rule: string, 
/**
 * Who must act, and what must be done.
 */
actor: string, step: string, 
/**
 * The event, and its day.
 */
counted_from: string, on: CivilDate, period: number, unit: PeriodUnit, 
/**
 * The last day on which it is still in time.
 */
due: CivilDate, 
/**
 * The last day before it was moved off a rest day.
 */
raw_due: CivilDate, 
/**
 * A year without calendar data was counted Monday to Friday.
 */
estimated: boolean, basis: string, in_force_from: CivilDate | null, in_force_to: CivilDate | null, time_not_counted: string, extension: string, 
/**
 * The text of the law was found and says so.
 */
checked: boolean, };

export type DeadlineQuery = { 
/**
 * Name of a rule, as `SD-CA-ACCEPT`.
 */
rule: string, 
/**
 * The day of the event, as people write it.
 */
on: string, 
/**
 * Calendar days that do not count.
 */
excluded_days: number, };

export type Decision = { kind: DecisionKind, conflict: FieldConflict | null, complaint: string | null, number: string | null, title: string, heads: Array<string>, 
/**
 * The record that a decision is written about.
 */
record: string, 
/**
 * Steps that contradict each other.
 */
steps: Array<DecisionStep>, other: OtherComplaint | null, 
/**
 * Why two complaints may be one matter.
 */
reasons: Array<string>, note: string, params: { [key in string]: string }, };

export type DecisionKind = "conflict" | "contradiction" | "correction" | "withdrawn_and_edited" | "fork" | "addition" | "same_matter" | "late_edit" | "alias_cycle";

export type DecisionStep = { record: string, kind: string, on: string | null, operator: string, office: string, heads: Array<string>, };

export type DepartmentInput = { department: string, year: string, complaints: string, };

export type DepartmentRow = { id: string, department: string, year: number, complaints: number, };

export type DeviceView = { id: string, label: string, 
/**
 * This very PC.
 */
own: boolean, 
/**
 * A device that others were copied from: nothing is sent to it.
 */
former: boolean, admitted_at: string, 
/**
 * The number of its newest bundle that was merged here, and when it was written.
 */
last_bundle: number | null, last_bundle_at: string | null, program: string | null, revoked: RevokedView | null, 
/**
 * How far its entries have come here, life by life; the newest first.
 */
points: Array<PointView>, };

export type DifferingRecord = { id: string, 
/**
 * A complaint; else a consultation.
 */
complaint: boolean, 
/**
 * Case number, or the day of a consultation.
 */
label: string, };

export type Draft = { body: unknown, saved_at: string | null, };

export type DraftKey = { key: string, };

export type EntryOutcome = { 
/**
 * `waiting`, `quarantined`, `conflict` or `same_matter`.
 */
kind: string, reason: string, };

export type ErasePerson = { records: Array<string>, ground: ErasureGround, reason: string, };

export type ErasureGround = "retention_over" | "request" | "order";

export type EscrowRestored = { set: string, path: string | null, keys: KeysView, };

export type EscrowShares = { set: string, key_id: string, at: string, shares: Array<ShareView>, };

export type EscrowView = { key_id: string, 
/**
 * Name of the set of shares.
 */
set: string, at: string, };

export type EvidenceAdded = { id: string, 
/**
 * Bytes that are kept of it.
 */
bytes: number, 
/**
 * It lay in the file already.
 */
known: boolean, };

export type EvidenceContent = { id: string, media_type: string, 
/**
 * In base64.
 */
content: string, };

export type EvidenceItem = { id: string, kind: AttachmentKind | null, name: string, media_type: string, bytes: number, note: string, taken_on: CivilDate | null, state: EvidenceState, 
/**
 * The other side has said that it holds the bytes.
 */
confirmed: boolean, heads: Array<string>, 
/**
 * The reason, when it was taken out of the file.
 */
withdrawn: string | null, };

export type EvidenceState = "here" | "missing" | "erased";

export type ExportAll = { out: string, 
/**
 * Records now, photos and documents another time.
 */
without_attachments?: boolean, };

export type ExportAudit = { 
/**
 * Folder.
 */
out: string, };

export type ExportBundle = { 
/**
 * Folder.
 */
out: string, 
/**
 * At the county: for which office.
 */
office: string | null, 
/**
 * At most so many entries in one file, for small sticks; more files are written when they do not suffice.
 */
entries_a_file?: number, 
/**
 * Records now, photos and documents another time.
 */
without_attachments?: boolean, };

export type Exported = { path: string, file_name: string, to_name: string, bytes: number, entries: number, complaints: number, number: number, 
/**
 * The other screen shows the same.
 */
compare_code: string, 
/**
 * It was read back from the medium and is what was written.
 */
verified: boolean, 
/**
 * How the stick is formatted; none when it lies on no stick.
 */
format: MediumFormat | null, 
/**
 * Files that were written.
 */
parts: number, 
/**
 * Names of the further files.
 */
more: Array<string>, 
/**
 * Photos and documents that travel with it.
 */
attachments: number, 
/**
 * Those that stay for the next time: there is no room for them, or they were not wanted.
 */
attachments_left: number, };

export type FieldConflict = { record: string, kind: string, field: string, versions: Array<VersionView>, 
/**
 * Index of the version that is shown until somebody decides.
 */
provisional: number, complaint: string | null, title: string, };

export type FieldError = { 
/**
 * Name of the field as in the input; "loss.amount" inside a nested input.
 */
field: string, 
/**
 * Stable code: required, too_long, amount_invalid, date_in_future, code_unknown, phone_invalid, …
 */
code: string, 
/**
 * What the sentence needs, as `max`.
 */
params: { [key in string]: string }, };

export type FieldValue = { field: string, value: unknown, };

export type FileItem = { 
/**
 * Code of list `file_item`.
 */
code: string, 
/**
 * 必须; otherwise 按需.
 */
must: boolean, };

export type ForceWaiting = { entry: string, reason: string, };

export type FormCheck = { 
/**
 * What must be put right before it can be recorded.
 */
errors: Array<FieldError>, 
/**
 * What looks wrong and may be right: it is shown, and blocks nothing.
 */
warnings: Array<FieldError>, 
/**
 * How an amount, a date or a number was understood, by field: "1,234.50", "2026-03-02".
 */
understood: { [key in string]: string }, };

export type FormerKeyView = { key_id: string, 
/**
 * When it was put away or put together; empty when that is not known.
 */
at: string, 
/**
 * Put together from shares.
 */
escrow: boolean, };

export type GetEvidence = { id: string, 
/**
 * A small picture, for a list.
 */
small: boolean, };

export type HitKind = "complaint" | "consultation";

export type Home = { today: string, overdue: number, due_soon: number, open: number, 
/**
 * The most urgent first.
 */
tasks: Array<Task>, 
/**
 * Entries of this office that the other side has not confirmed.
 */
unconfirmed: number, unconfirmed_since: string | null, 
/**
 * The day by which the stick should travel, so that what is due can still be seen in time.
 */
carry_by: string | null, last_export: string | null, decisions: number, waiting: number, quarantined: number, 
/**
 * Entries that are missing below others that are here.
 */
gaps: number, 
/**
 * Photos and documents that records name and that have not come.
 */
attachments_missing: number, 
/**
 * Cases that somebody here must take over or decline.
 */
transfers: number, 
/**
 * When the last verified copy outside this store's own folder was made.
 */
last_backup: string | null, 
/**
 * Why the last copy that was to be made by itself was not made: the code of an error.
 */
backup_problem: string | null, 
/**
 * Whether the newest copy could be brought back.
 */
backup_proof: BackupProof, clock_doubtful: boolean, month: MonthFigures, };

export type ImportUndone = { entries: number, records: number, };

export type ImportView = { id: string, from_name: string, from_code: string, number: number, created_at: string, merged_at: string, entries: number, undone_at: string | null, undone_by: string, undone_reason: string, };

export type InvitationView = { office_name: string, office_code: string, office_kind: OfficeKind, county_name: string, compare_code: string, expires_on: string, };

export type InviteOffice = { kind: OfficeKind, 
/**
 * Four digits: branch and station.
 */
code: string, name: string, 
/**
 * Folder for the file.
 */
out: string, };

export type Invited = { path: string, office: OfficeView, 
/**
 * Both screens show it: compare by phone.
 */
compare_code: string, };

export type JoinAnswered = { merged: MergeReport | null, };

export type JoinOffice = { 
/**
 * Path of the invitation file.
 */
invitation: string, operator_name: string, passphrase: Secret, dir: string | null, };

export type JoinRequestView = { device: string, office_name: string, office_code: string, 
/**
 * The other screen shows the same.
 */
compare_code: string, 
/**
 * `used`, `unknown`, `other_office` or `wrong_secret`: what is wrong with its invitation.
 */
reason: string, number: number, created_at: string, asked_at: string, };

export type KeysView = { 
/**
 * The key that bundles for this PC are made for now.
 */
key_id: string, 
/**
 * Keys that still read, the newest first.
 */
former: Array<FormerKeyView>, 
/**
 * The county's escrow key.
 */
escrow: EscrowView | null, 
/**
 * When keys were written to files, the newest first.
 */
exports: Array<string>, 
/**
 * The day on which the recovery card was made that opens this store.
 */
card_made_on: string | null, };

export type LabelDevice = { device: string, label: string, };

export type LedgerLine = { id: string, kind: LossKind, route: LossRoute, 
/**
 * What it counts.
 */
amount_fen: number, 
/**
 * What was typed.
 */
said_fen: number, state: LedgerState, on: CivilDate | null, evidence: string, reverses: string | null, reversed_by: string | null, reason: string, operator: string, at: string, };

export type LedgerState = "counted" | "duplicate" | "waiting" | "invalid";

export type LinkInput = { a: string, b: string, same: boolean, reason: string, };

export type LinkView = { id: string, other: string, number: string, title: string, same: boolean, reason: string, by: string, at: string, heads: Array<string>, };

export type LongTask = "merge" | "export" | "sample" | "rebuild" | "check" | "backup" | "undo";

export type LossInput = { 
/**
 * The complaint's id; inside a step, "" is the step's.
 */
complaint: string, kind: LossKind, route: LossRoute, 
/**
 * Yuan, above zero.
 */
amount: string, on: string, evidence: string, };

export type LossKind = "recovered" | "punitive" | "mental" | "advance";

export type LossRoute = "settlement" | "station_mediation" | "people_mediation" | "administrative" | "judicial";

export type MakeBackup = { 
/**
 * Folder; the chosen one when it is not given.
 */
out: string | null, };

export type Mark = "consumer" | "respondent" | "mediator" | "seal";

export type MatchMark = { from: number, 
/**
 * Behind the last.
 */
to: number, };

export type MediumFormat = { 
/**
 * As people know it, for example `FAT32`; else as the system calls it.
 */
name: string, readers: MediumReaders, };

export type MediumReaders = "everybody" | "newer" | "linux" | "apple" | "unknown";

export type MergeBusiness = { loser: string, survivor: string, reason: string, seen: Array<string>, };

export type MergeReport = { bundles: Array<MergedBundle>, new_entries: number, new_complaints: number, new_consultations: number, already_had: number, waiting: number, quarantined: number, conflicts: number, refused: number, cancelled: boolean, 
/**
 * Entries of this office that the other side has confirmed by these bundles.
 */
confirmed_now: number, 
/**
 * Photos and documents that came.
 */
attachments: number, 
/**
 * Those of them that had changed on the way: they are asked for again.
 */
attachments_damaged: number, 
/**
 * Photos and documents that records name and that have not come yet: they are asked for with the next bundle.
 */
attachments_missing: number, 
/**
 * Both sides hold the same, and count differently.
 */
counts_differ: Array<CountsDiffer>, 
/**
 * The verified copy that was made before.
 */
backup: string | null, notices: Array<Notice>, };

export type MergedBundle = { path: string, file_name: string, from_name: string, from_code: string, number: number, outcome: BundleOutcome, new_entries: number, already_had: number, waiting: number, quarantined: number, conflicts: number, 
/**
 * When it had been merged before.
 */
merged_at: string | null, 
/**
 * Its clock is more than a day ahead of this PC's.
 */
clock_ahead: boolean, 
/**
 * The device that wrote it has been revoked: what it wrote after the point is quarantined.
 */
revoked: boolean, 
/**
 * Which file of how many that belong together, and which have not been merged.
 */
part: number, parts: number, missing_parts: Array<number>, problem: ApiError | null, };

export type MergedBusiness = { id: string, name: string, heads: Array<string>, };

export type MoneyRow = { code: string, count: number, amount_fen: number, };

export type MonthFigures = { complaints: number, consultations: number, recovered_fen: number, };

export type MonthRow = { 
/**
 * `2026-03`.
 */
month: string, complaints: number, recovered_fen: number, };

export type NextStep = "decide" | "mediate" | "resume" | "perform" | "visit_back" | "archive";

export type Nothing = Record<string, never>;

export type Notice = { code: string, params: { [key in string]: string }, };

export type NumbersToCheck = { kind: CheckKind, lines: Array<string>, };

export type OfferTransfer = { complaint: string, to: string, note: string, };

export type OfficeBoardRow = { id: string, code: string, kind: OfficeKind, name: string, joined: boolean, last_bundle: number | null, last_bundle_at: string | null, complaints: number, overdue: number, unconfirmed: number, program: string | null, 
/**
 * Entries that are missing below others that are here.
 */
gaps: number, 
/**
 * Photos and documents that its records name and that have not come.
 */
attachments_missing: number, waiting: number, quarantined: number, 
/**
 * Lives of its devices' stores: more than there are devices after a restore or a copy.
 */
lives: number, };

export type OfficeDevices = { id: string, code: string, kind: OfficeKind, name: string, 
/**
 * The office above it: a branch, or the county.
 */
parent: string | null, parent_name: string, 
/**
 * Whom to ask for there.
 */
contact: string, phone: string, closed_on: CivilDate | null, 
/**
 * Why it was closed, moved, or handed over the last time.
 */
note: string, devices: Array<DeviceView>, };

export type OfficeKind = "county" | "branch" | "station";

export type OfficeTotals = { office: string, code: string, name: string, complaints: number, closed: number, consultations: number, recovered_fen: number, };

export type OfficeView = { id: string, code: string, kind: OfficeKind, name: string, county_name: string, area_code: string, };

export type OpenStore = { dir: string, passphrase: Secret, operator: string | null, };

export type OperatorListed = { id: string, name: string, role: Role, retired_on: CivilDate | null, 
/**
 * Has a passphrase on this PC.
 */
signs_in: boolean, 
/**
 * Is the one who is signed in.
 */
is_self: boolean, 
/**
 * How they last got a new passphrase without the old one.
 */
access: AccessView | null, heads: Array<string>, };

export type OperatorView = { id: string, name: string, role: Role, };

export type OtherComplaint = { id: string, number: string, title: string, };

export type PackKind = "calendar" | "deadlines" | "codes";

export type PackView = { kind: PackKind, 
/**
 * "2027" of calendars.
 */
name: string, };

export type Packs = { 
/**
 * The last year whose calendar is known; later days are estimated.
 */
calendar_until: number, rules: number, 
/**
 * Working days to decide on acceptance, by the newest rule.
 */
accept_days: number, sent: Array<PackView>, };

export type Page<T> = { rows: Array<T>, next: string | null, total: number, };

export type PeriodUnit = "WD" | "CD" | "M" | "Y";

export type PersonCopy = { at: string, office_name: string, complaints: Array<ComplaintPage>, consultations: Array<ConsultationView>, path: string | null, };

export type PersonErased = { records: number, entries: number, };

export type PersonQuery = { text: string, };

export type PersonRecord = { id: string, 
/**
 * `complaint` or `consultation`.
 */
kind: string, number: string, title: string, on: CivilDate | null, role: PersonRole, office_name: string, 
/**
 * When the case was closed.
 */
closed_on: CivilDate | null, 
/**
 * From this day on it may be erased because it is no longer needed; none while the case is open.
 */
kept_until: CivilDate | null, };

export type PersonRole = "consumer" | "agent" | "asker" | "mentioned";

export type PointView = { epoch: string, seq: number, };

export type PreviousTotals = { complaints: number, consultations: number, recovered_fen: number, };

export type Progress = { task: LongTask, 
/**
 * Key of a sentence.
 */
stage: string, done: number, total: number | null, detail: string, };

export type PutDraft = { key: string, body: unknown, };

export type QuarantineReason = "fork" | "unsealed" | "unreadable" | "undone" | "revoked" | "misplaced" | "rescued";

export type QuarantinedItem = { entry: string, reason: QuarantineReason, since: string | null, from_name: string, office_name: string, seq: number, kind: string, 
/**
 * The entry as it was written.
 */
raw: string, };

export type ReadOnly = { 
/**
 * Folder of the store, for rescuing what can be read.
 */
dir: string, 
/**
 * Entries that can be read.
 */
entries: number, 
/**
 * Entries that can be read, but not what stood before them: they are shown apart.
 */
aside: number, 
/**
 * Entries that cannot be read.
 */
lost: number, };

export type Recorded = { 
/**
 * The record.
 */
id: string, };

export type RecordedStep = { id: string, 
/**
 * The heads that the form is filled from.
 */
heads: Array<string>, input: StepInput, };

export type RecoverByCard = { dir: string, operator: string, code: Secret, passphrase: Secret, };

export type RecoverByCounty = { dir: string, 
/**
 * The answer's file.
 */
path: string, operator: string, passphrase: Secret, };

export type RecoveryFile = { path: string, 
/**
 * Both screens show it: compare by phone.
 */
compare_code: string, };

export type RecoveryRequestView = { 
/**
 * From the directory, not from the file.
 */
office_name: string, office_code: string, made_at: string, compare_code: string, };

export type RecoveryWays = { 
/**
 * The day on which the card was made.
 */
card_made_on: string | null, 
/**
 * The county can help.
 */
county: boolean, 
/**
 * A request to the county waits for its answer.
 */
requested: boolean, operators: Array<string>, };

export type Registered = { id: string, number: string, };

export type ReinstateDevice = { device: string, reason: string, };

export type ReopenOffice = { id: string, reason: string, };

export type RequestRecovery = { dir: string, 
/**
 * Folder for the file.
 */
out: string, };

export type RescueReport = { 
/**
 * A store that can be brought back like a backup.
 */
path: string, 
/**
 * Entries that stand in their places again.
 */
entries: number, 
/**
 * Entries above a hole, kept aside.
 */
aside: number, 
/**
 * Entries that cannot be read.
 */
lost: number, 
/**
 * At a station: a bundle for the county with all that it lacks.
 */
bundle: string | null, };

export type RescueStore = { dir: string, operator: string | null, passphrase: Secret, 
/**
 * Folder for what is rescued.
 */
out: string, };

export type ResetPassphrase = { id: string, passphrase: Secret, };

export type RestoreBackup = { path: string, operator: string | null, passphrase: Secret, 
/**
 * A folder that does not exist yet; one under the data folder when it is not given.
 */
dir: string | null, };

export type RestoreEscrow = { 
/**
 * At least two shares of one set, as they stand on paper.
 */
shares: Array<string>, 
/**
 * A folder, if the key is to be written to a file too.
 */
out: string | null, };

export type RestoreRecord = { id: string, seen: Array<string>, reason: string, };

export type RetireOperator = { id: string, };

export type Reveal = { id: string, 
/**
 * What for; may be left out.
 */
reason: string, };

export type ReverseLoss = { loss: string, on: string, reason: string, replacement: LossInput | null, };

export type ReviewRecord = { id: string, seen: Array<string>, };

export type RevokeDevice = { device: string, reason: string, 
/**
 * The last trusted entry: the life of the store, and the number.
 */
point: PointView | null, };

export type RevokedView = { at: string, reason: string, 
/**
 * Up to here it is trusted.
 */
points: Array<PointView>, 
/**
 * Entries that are kept aside for it here.
 */
barred: number, };

export type Role = "clerk" | "mediator" | "supervisor" | "reader";

export type SampleCreated = { dir: string, passphrase: string, stores: Array<StoreListing>, complaints: number, consultations: number, recovered_fen: number, };

export type SaveEvidence = { id: string, out: string, 
/**
 * What for.
 */
reason: string, };

export type ScannedBundle = { path: string, file_name: string, from_name: string, from_code: string, number: number, created_at: string, bytes: number, for_us: boolean, already_merged: boolean, 
/**
 * Which file of how many that belong together.
 */
part: number, parts: number, 
/**
 * The other screen shows the same.
 */
compare_code: string, 
/**
 * New, for this PC and sound as far as can be seen: taken unless somebody says otherwise.
 */
default: boolean, problem: ApiError | null, };

export type SearchHit = { id: string, kind: HitKind, number: string, title: string, excerpt: string, on: CivilDate | null, 
/**
 * What was matched, to be marked where it is shown.
 */
number_marks: Array<MatchMark>, title_marks: Array<MatchMark>, excerpt_marks: Array<MatchMark>, };

export type SearchQuery = { text: string, limit: number, };

export type Secret = string;

export type Settings = { 
/**
 * The window locks itself after so many idle minutes.
 */
lock_after_min: number, 
/**
 * A copy is made here by itself whenever the folder or stick is there.
 */
backup_folder: string | null, };

export type SettleDecision = { record: string, field: string, 
/**
 * The entry whose value is kept.
 */
entry: string, 
/**
 * The heads that the decision was made on.
 */
seen: Array<string>, };

export type SettleMoved = { 
/**
 * The same PC with a new part; else a copy on another PC.
 */
same_pc: boolean, };

export type ShareView = { number: number, set: string, 
/**
 * Sixteen groups of four.
 */
text: string, };

export type SignatureState = "valid" | "unknown_sender" | "invalid";

export type SimilarCase = { id: string, number: string, received_on: CivilDate | null, consumer_name: string, respondent_name: string, goods_name: string, status: Status, same_phone: boolean, same_business: boolean, };

export type SimilarQuery = { phone: string, respondent: string, };

export type Stage = "first" | "locked" | "open";

export type Status = "registered" | "accepted" | "suspended" | "refused" | "transferred" | "agreed" | "settled" | "withdrawn" | "terminated" | "performed" | "archived";

export type StepInput = { complaint: string, kind: StepKind, on: string, note: string, ground: string, ground_text: string, told_how: string, told_on: string, receiver: string, receiver_contact: string, enclosures: string, pages: string, reply_by: string, delegator_accepted_on: string, consent_consumer_on: string, consent_respondent_on: string, time: string, place: string, people: string, mediator: string, recorder: string, account: string, method: string, outcome: "" | "agreed" | "failed" | "adjourned", mediated_as: string, agreement_form: string, performance: string, terms: string, perform_by: string, 
/**
 * Yuan.
 */
agreed: string, signed_consumer_on: string, signed_respondent_on: string, signed_mediator_on: string, sealed_on: string, effective_on: string, 
/**
 * Yuan.
 */
performed: string, satisfaction: string, document_number: string, contents: Array<string>, loss: LossInput | null, };

export type StepKind = "accepted" | "refused" | "transferred" | "delegated" | "mediation" | "agreement" | "settled" | "withdrawn" | "terminated" | "suspended" | "resumed" | "performed" | "court_confirmation" | "visit_back" | "archived";

export type StepOffer = { 
/**
 * The step.
 */
kind: StepKind, 
/**
 * Whether it makes sense now.
 */
possible: boolean, 
/**
 * Why not: already_decided, already_closed, already_archived, already_suspended, already_performed,
 * already_recorded, delegated, not_accepted, not_suspended, suspended, no_agreement, still_open, not_performed.
 */
why_not: string | null, };

export type StoreListing = { dir: string, office_name: string, office_kind: OfficeKind, operators: Array<string>, sample: boolean, };

export type TakeBackTransfer = { id: string, reason: string, seen: Array<string>, };

export type Task = { complaint: string, number: string, consumer_name: string, respondent_name: string, status: Status, next: NextStep | null, due_on: CivilDate | null, due_estimated: boolean, urgency: Urgency, 
/**
 * Until when a court may still be asked, once it is time to remind the parties of it.
 */
confirm_by: CivilDate | null, };

export type Telephone = { phone: string, };

export type TimelineItem = { entry: string, record: string, kind: string, action: Action, step: StepKind | null, 
/**
 * The day that it is about.
 */
on: CivilDate | null, 
/**
 * When it was written, by that PC's clock.
 */
at: string, operator: string, office: string, fields: Array<FieldValue>, confirmed: boolean, clock_doubtful: boolean, 
/**
 * What the other side said of the entry when it did not simply apply it.
 */
outcome: EntryOutcome | null, };

export type Totals = { from: string, to: string, complaints: number, accepted: number, refused: number, closed: number, agreed: number, settled: number, terminated: number, withdrawn: number, consultations: number, consultation_persons: number, dispute_fen: number, recovered_fen: number, by_kind: Array<MoneyRow>, by_route: Array<MoneyRow>, 
/**
 * The same period of the year before.
 */
previous: PreviousTotals, by_office: Array<OfficeTotals>, by_nature: Array<CountRow>, by_class: Array<CountRow>, by_channel: Array<CountRow>, by_month: Array<MonthRow>, 
/**
 * Member departments: a total of their own, never added.
 */
departments: Array<DepartmentRow>, department_complaints: number, activities: Array<ActivityRow>, completeness: Completeness, };

export type TotalsQuery = { from: string, to: string, office: string | null, };

export type Touched = "state" | "complaint" | "consultation" | "step" | "loss" | "office" | "bundle" | "decision" | "draft" | "department" | "activity" | "volunteer" | "operator" | "settings" | "backup" | "view" | "pack";

export type TransferState = "offered" | "accepted" | "declined" | "taken_back";

export type TransferView = { id: string, complaint: string, number: string, title: string, from_name: string, to_name: string, state: TransferState, note: string, answer: string, offered_at: string, 
/**
 * Days since it was offered.
 */
days: number, can_answer: boolean, can_take_back: boolean, heads: Array<string>, };

export type TypedForm = { "form": "complaint", input: ComplaintInput, } | { "form": "consultation", input: ConsultationInput, } | { "form": "step", input: StepInput, } | { "form": "loss", input: LossInput, } | { "form": "activity", input: ActivityInput, } | { "form": "volunteer", input: VolunteerInput, } | { "form": "period", input: TypedPeriod, };

export type TypedPeriod = { from: string, to: string, };

export type UndoImport = { id: string, reason: string, };

export type UnmergeBusiness = { id: string, reason: string, seen: Array<string>, };

export type Urgency = "overdue" | "soon" | "calm" | "none";

export type VersionView = { value: unknown, entry: string, operator: string, office: string, at: string, };

export type ViewListed = { at: string, operator: string, record: string, kind: string, 
/**
 * The case number, if it has one.
 */
number: string, title: string, reason: string, };

export type VolunteerInput = { name: string, roles: Array<string>, phone: string, unit: string, since: string, until: string, note: string, };

export type VolunteerView = { id: string, heads: Array<string>, input: VolunteerInput, 
/**
 * Still a volunteer today.
 */
serves: boolean, office_name: string, };

export type VolunteerWritten = { at: Written, input: VolunteerInput, };

export type WaitingItem = { entry: string, record: string, kind: string, complaint: string | null, number: string | null, title: string, reason: WaitingReason, since: string | null, from_name: string, can_force: boolean, 
/**
 * A supervisor has put in force what it says; it waits on for its place.
 */
forced: boolean, 
/**
 * The entry as it was written.
 */
raw: string, };

export type WaitingReason = "predecessor" | "newer" | "reference";

export type WithdrawRecord = { id: string, seen: Array<string>, reason: string, };

export type Written = { id: string | null, 
/**
 * The heads that the form was filled from.
 */
seen: Array<string>, };

export type WrittenFile = { path: string, };

export type Commands = {
  "app.state": { input: Nothing; output: AppState };
  "county.create": { input: CreateCounty; output: AppState };
  "office.invite": { input: InviteOffice; output: Invited };
  "office.join": { input: JoinOffice; output: AppState };
  "device.settle": { input: SettleMoved; output: AppState };
  "office.list": { input: Nothing; output: Array<OfficeBoardRow> };
  "device.list": { input: Nothing; output: Array<OfficeDevices> };
  "office.amend": { input: AmendOffice; output: Recorded };
  "office.close": { input: CloseOffice; output: Recorded };
  "office.reopen": { input: ReopenOffice; output: Recorded };
  "device.revoke": { input: RevokeDevice; output: Recorded };
  "device.reinstate": { input: ReinstateDevice; output: Recorded };
  "device.label": { input: LabelDevice; output: Recorded };
  "person.find": { input: PersonQuery; output: Array<PersonRecord> };
  "person.copy": { input: CopyPerson; output: PersonCopy };
  "person.erase": { input: ErasePerson; output: PersonErased };
  "join.list": { input: Nothing; output: Array<JoinRequestView> };
  "join.answer": { input: AnswerJoin; output: JoinAnswered };
  "key.list": { input: Nothing; output: KeysView };
  "key.export_audit": { input: ExportAudit; output: WrittenFile };
  "county.rotate_key": { input: Nothing; output: KeysView };
  "escrow.create": { input: Nothing; output: EscrowShares };
  "escrow.restore": { input: RestoreEscrow; output: EscrowRestored };
  "invitation.read": { input: ByPath; output: InvitationView };
  "store.open": { input: OpenStore; output: AppState };
  "store.lock": { input: Nothing; output: AppState };
  "sample.create": { input: Nothing; output: SampleCreated };
  "codes.list": { input: Nothing; output: CodeLists };
  "home.today": { input: Nothing; output: Home };
  "complaint.register": { input: ComplaintInput; output: Registered };
  "complaint.amend": { input: AmendComplaint; output: Registered };
  "complaint.list": { input: ComplaintQuery; output: Page<ComplaintRow> };
  "complaint.get": { input: ById; output: ComplaintPage };
  "complaint.reveal": { input: Reveal; output: ComplaintPage };
  "consultation.reveal": { input: Reveal; output: ConsultationView };
  "phone.reveal": { input: Reveal; output: Telephone };
  "view.list": { input: Nothing; output: Array<ViewListed> };
  "step.record": { input: StepInput; output: Recorded };
  "step.amend": { input: AmendStep; output: Recorded };
  "loss.record": { input: LossInput; output: Recorded };
  "loss.reverse": { input: ReverseLoss; output: Recorded };
  "record.withdraw": { input: WithdrawRecord; output: Recorded };
  "record.restore": { input: RestoreRecord; output: Recorded };
  "record.review": { input: ReviewRecord; output: Recorded };
  "evidence.add": { input: AddEvidence; output: EvidenceAdded };
  "evidence.get": { input: GetEvidence; output: EvidenceContent };
  "evidence.save": { input: SaveEvidence; output: WrittenFile };
  "evidence.amend": { input: AmendEvidence; output: Recorded };
  "evidence.withdraw": { input: WithdrawRecord; output: Recorded };
  "evidence.restore": { input: RestoreRecord; output: Recorded };
  "link.record": { input: LinkInput; output: Recorded };
  "transfer.list": { input: Nothing; output: Array<TransferView> };
  "transfer.offer": { input: OfferTransfer; output: Recorded };
  "transfer.answer": { input: AnswerTransfer; output: Recorded };
  "transfer.take_back": { input: TakeBackTransfer; output: Recorded };
  "business.list": { input: BusinessQuery; output: Array<BusinessRow> };
  "business.get": { input: BusinessKey; output: BusinessPage };
  "business.record": { input: BusinessInput; output: Recorded };
  "business.merge": { input: MergeBusiness; output: Recorded };
  "business.unmerge": { input: UnmergeBusiness; output: Recorded };
  "activity.record": { input: ActivityWritten; output: Recorded };
  "activity.list": { input: ActivityQuery; output: Page<ActivityListed> };
  "activity.get": { input: ById; output: ActivityView };
  "volunteer.record": { input: VolunteerWritten; output: Recorded };
  "volunteer.list": { input: Nothing; output: Array<VolunteerView> };
  "consultation.register": { input: ConsultationInput; output: Recorded };
  "consultation.list": { input: ConsultationQuery; output: Page<ConsultationRow> };
  "consultation.get": { input: ById; output: ConsultationView };
  "operator.list": { input: Nothing; output: Array<OperatorListed> };
  "operator.add": { input: AddOperator; output: Recorded };
  "operator.amend": { input: AmendOperator; output: Recorded };
  "operator.retire": { input: RetireOperator; output: Recorded };
  "operator.reset": { input: ResetPassphrase; output: Recorded };
  "passphrase.change": { input: ChangePassphrase; output: null };
  "card.make": { input: Nothing; output: CardMade };
  "access.ways": { input: ByDir; output: RecoveryWays };
  "access.by_card": { input: RecoverByCard; output: AppState };
  "access.by_county": { input: RecoverByCounty; output: AppState };
  "recovery.request": { input: RequestRecovery; output: RecoveryFile };
  "recovery.read": { input: ByPath; output: RecoveryRequestView };
  "recovery.answer": { input: AnswerRecovery; output: RecoveryFile };
  "settings.get": { input: Nothing; output: Settings };
  "settings.put": { input: Settings; output: Settings };
  "clock.confirm": { input: ConfirmDay; output: AppState };
  "backup.make": { input: MakeBackup; output: BackupMade };
  "backup.prove": { input: Nothing; output: BackupProof };
  "backup.find": { input: ByPath; output: Array<BackupFound> };
  "backup.rescue": { input: RescueStore; output: RescueReport };
  "backup.restore": { input: RestoreBackup; output: AppState };
  "form.check": { input: TypedForm; output: FormCheck };
  "deadline.compute": { input: DeadlineQuery; output: Deadline };
  "complaint.similar": { input: SimilarQuery; output: Array<SimilarCase> };
  "pack.list": { input: Nothing; output: Packs };
  "pack.import": { input: ByPath; output: PackView };
  "number.check": { input: NumbersToCheck; output: Array<Checked> };
  "draft.put": { input: PutDraft; output: null };
  "draft.get": { input: DraftKey; output: Draft };
  "draft.drop": { input: DraftKey; output: null };
  "carry.places": { input: Nothing; output: Array<CarryPlace> };
  "bundle.export": { input: ExportBundle; output: Exported };
  "bundle.export_all": { input: ExportAll; output: Array<Exported> };
  "bundle.scan": { input: ByPaths; output: Array<ScannedBundle> };
  "bundle.merge": { input: ByPaths; output: MergeReport };
  "bundle.inspect": { input: ByPath; output: BundleFacts };
  "bundle.verify": { input: ByPath; output: BundleFacts };
  "import.list": { input: Nothing; output: Array<ImportView> };
  "import.undo": { input: UndoImport; output: ImportUndone };
  "import.redo": { input: UndoImport; output: ImportUndone };
  "aside.list": { input: Nothing; output: Aside };
  "waiting.force": { input: ForceWaiting; output: Recorded };
  "decision.list": { input: Nothing; output: Array<Decision> };
  "decision.settle": { input: SettleDecision; output: Recorded };
  "report.totals": { input: TotalsQuery; output: Totals };
  "department.record": { input: DepartmentInput; output: Recorded };
  "search": { input: SearchQuery; output: Array<SearchHit> };
  "check": { input: Nothing; output: CheckReport };
  "rebuild": { input: Nothing; output: CheckReport };
  "task.cancel": { input: Nothing; output: null };
};

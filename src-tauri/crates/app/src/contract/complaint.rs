//! Types around complaints, their steps and their ledger.

use redress_domain::CivilDate;
use redress_domain::agreement::AgreementView;
use redress_domain::file::FileItem;
use redress_domain::ledger::LineState;
use redress_domain::procedure::{NextStep, Status, StepOffer, Urgency};
use redress_domain::record::{ComplaintInput, LossInput, LossKind, LossRoute, StepInput, StepKind};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{BackupProof, EvidenceItem, FieldConflict, LinkView, OfficeView, TransferView};

/// What to do today.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Home {
    pub today: String,
    pub overdue: u64,
    pub due_soon: u64,
    pub open: u64,
    /// The most urgent first.
    pub tasks: Vec<HomeTask>,
    /// Entries of this office that the other side has not confirmed.
    pub unconfirmed: u64,
    pub unconfirmed_since: Option<String>,
    /// The day by which the stick should travel, so that what is due can still be seen in time.
    pub carry_by: Option<String>,
    pub last_export: Option<String>,
    pub decisions: u64,
    pub waiting: u64,
    pub quarantined: u64,
    /// Entries that are missing below others that are here.
    pub gaps: u64,
    /// Photos and documents that records name and that have not come.
    pub attachments_missing: u64,
    /// Cases that somebody here must take over or decline.
    pub transfers: u64,
    /// When the last verified copy outside this store's own folder was made.
    pub last_backup: Option<String>,
    /// Why the last copy that was to be made by itself was not made: the code of an error.
    pub backup_problem: Option<String>,
    /// Whether the newest copy could be brought back.
    pub backup_proof: BackupProof,
    pub clock_doubtful: bool,
    pub month: MonthFigures,
}

/// This month's figures.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MonthFigures {
    pub complaints: u64,
    pub consultations: u64,
    pub recovered_fen: i64,
}

/// One thing to do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(rename = "Task")]
pub struct HomeTask {
    pub complaint: String,
    pub number: String,
    pub consumer_name: String,
    pub respondent_name: String,
    pub status: Status,
    pub next: Option<NextStep>,
    pub due_on: Option<CivilDate>,
    pub due_estimated: bool,
    pub urgency: Urgency,
    /// Until when a court may still be asked, once it is time to remind the parties of it.
    pub confirm_by: Option<CivilDate>,
}

/// A complaint that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Registered {
    pub id: String,
    pub number: String,
}

/// Changes a complaint as the form says now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AmendComplaint {
    pub id: String,
    /// The heads that the form was filled from.
    pub seen: Vec<String>,
    pub input: ComplaintInput,
}

/// Which complaints to list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ComplaintQuery {
    pub status: Option<Status>,
    pub office: Option<String>,
    pub nature: Option<String>,
    pub class: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub open_only: bool,
    /// A business by one of its names.
    pub business: Option<String>,
    /// How the due date looks from today.
    pub due: Option<Urgency>,
    /// `next` of the page before.
    pub after: Option<String>,
    pub limit: u32,
}

/// A page of a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub next: Option<String>,
    pub total: u64,
}

/// A complaint in a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ComplaintRow {
    pub id: String,
    pub number: String,
    pub received_on: Option<CivilDate>,
    pub consumer_name: String,
    pub respondent_name: String,
    pub goods_name: String,
    pub nature: String,
    pub class: String,
    pub status: Status,
    pub due_on: Option<CivilDate>,
    pub urgency: Urgency,
    pub dispute_fen: Option<i64>,
    pub recovered_fen: i64,
    pub office_name: String,
    pub conflicts: u64,
    pub confirmed: bool,
}

/// Everything about one complaint.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ComplaintPage {
    pub id: String,
    /// Phone, identity number or address are not shown in full.
    pub masked: bool,
    pub number: String,
    pub office: OfficeView,
    pub status: Status,
    pub next: Option<NextStep>,
    pub due_on: Option<CivilDate>,
    pub due_rule: Option<String>,
    pub due_basis: Option<String>,
    pub due_estimated: bool,
    pub urgency: Urgency,
    /// The provisional values, in the form's own shape.
    pub input: ComplaintInput,
    pub price_fen: Option<i64>,
    pub dispute_fen: Option<i64>,
    pub heads: Vec<String>,
    pub confirmed: bool,
    /// The reason, when the record has been withdrawn.
    pub withdrawn: Option<String>,
    pub conflicts: Vec<FieldConflict>,
    pub timeline: Vec<TimelineItem>,
    pub steps: Vec<StepOffer>,
    /// The steps that were recorded and stand, oldest first, in the form's own shape.
    pub recorded: Vec<RecordedStep>,
    /// The agreement or settlement that ended the matter.
    pub agreement: Option<AgreementView>,
    /// What must lie in the file, and what as needed.
    pub file: Vec<FileItem>,
    pub ledger: Vec<LedgerLine>,
    pub recovered_fen: i64,
    /// Photos and documents in the file.
    pub evidence: Vec<EvidenceItem>,
    /// What was taken out of the file, and can be brought back.
    pub evidence_withdrawn: Vec<EvidenceItem>,
    /// Kinds of steps that contradict each other.
    pub contradictions: Vec<StepKind>,
    /// Comparisons with other complaints.
    pub links: Vec<LinkView>,
    /// Whether it counts in sums: not when it is withdrawn or another complaint stands for the same matter.
    pub counted: bool,
    /// The newest transfer.
    pub transfer: Option<TransferView>,
    /// Something was added after the case had been filed, and nobody has reviewed it.
    pub additions: bool,
    /// The office that owns it.
    pub owner_name: String,
}

/// A step that was recorded.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecordedStep {
    pub id: String,
    /// The heads that the form is filled from.
    pub heads: Vec<String>,
    pub input: StepInput,
}

/// Completes or corrects a step as the form says now; its kind and its complaint stay.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AmendStep {
    pub id: String,
    /// The heads that the form was filled from.
    pub seen: Vec<String>,
    pub input: StepInput,
}

/// What an entry did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Created,
    Amended,
    Withdrawn,
    Restored,
    SettledConflict,
    /// What it said of a person was erased by law.
    Erased,
}

/// One entry in the story of a complaint.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TimelineItem {
    pub entry: String,
    pub record: String,
    pub kind: String,
    pub action: Action,
    pub step: Option<StepKind>,
    /// The day that it is about.
    pub on: Option<CivilDate>,
    /// When it was written, by that PC's clock.
    pub at: String,
    pub operator: String,
    pub office: String,
    pub fields: Vec<FieldValue>,
    pub confirmed: bool,
    pub clock_doubtful: bool,
    /// What the other side said of the entry when it did not simply apply it.
    pub outcome: Option<EntryOutcome>,
}

/// What became of an entry at the other side.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EntryOutcome {
    /// `waiting`, `quarantined`, `conflict` or `same_matter`.
    pub kind: String,
    pub reason: String,
}

/// A field that an entry set.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FieldValue {
    pub field: String,
    #[ts(type = "unknown")]
    pub value: Value,
}

/// A line of the ledger.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LedgerLine {
    pub id: String,
    pub kind: LossKind,
    pub route: LossRoute,
    /// What it counts.
    pub amount_fen: i64,
    /// What was typed.
    pub said_fen: i64,
    pub state: LedgerState,
    pub on: Option<CivilDate>,
    pub evidence: String,
    pub reverses: Option<String>,
    pub reversed_by: Option<String>,
    pub reason: String,
    pub operator: String,
    pub at: String,
}

/// Why a line of the ledger counts what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LedgerState {
    Counted,
    /// The same loss was reversed before, by somebody else.
    Duplicate,
    /// What it is about has not arrived yet.
    Waiting,
    Invalid,
}

impl From<LineState> for LedgerState {
    fn from(state: LineState) -> Self {
        match state {
            LineState::Counted => Self::Counted,
            LineState::Duplicate => Self::Duplicate,
            LineState::Waiting => Self::Waiting,
            LineState::Invalid => Self::Invalid,
        }
    }
}

/// Takes a loss back, and may record the right one in its place.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReverseLoss {
    pub loss: String,
    pub on: String,
    pub reason: String,
    pub replacement: Option<LossInput>,
}

/// Takes a record out of lists and totals.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WithdrawRecord {
    pub id: String,
    pub seen: Vec<String>,
    pub reason: String,
}

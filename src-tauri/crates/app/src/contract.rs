//! The contract: every command, declared once. The router, the TypeScript types and `redress rpc` follow from here.

mod backup;
mod carry;
mod complaint;
mod consultation;
mod decide;
mod desk;
mod directory;
mod evidence;
mod keys;
mod people;
mod person;
mod recovery;
mod report;
mod start;
mod typescript;
mod work;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

pub use backup::*;
pub use carry::*;
pub use complaint::*;
pub use consultation::*;
pub use decide::*;
pub use desk::*;
pub use directory::*;
pub use evidence::*;
pub use keys::*;
pub use people::*;
pub use person::*;
pub use recovery::*;
pub use report::*;
pub use start::*;
pub use typescript::typescript;
pub use work::*;

use crate::error::{AppError, Result};
use crate::{
    App, Reply, activity, backup as backups, business, care, carry as carrying, clock, complaint as complaints,
    consultation as consultations,
};
use crate::{
    decide as decisions, desk as desks, directory as directories, evidence as evidences, keys as reading_keys,
    people as persons, person as one_person, recovery as recovering, report as reports, roles, sample, settings,
    start as starting, telephone, transfer, views,
};

/// No input.
#[derive(Debug, Clone, Default, Deserialize, Serialize, TS)]
#[ts(type = "Record<string, never>")]
pub struct Nothing {}

/// A record by its id.
#[derive(Debug, Clone, Deserialize, Serialize, TS)]
pub struct ById {
    /// The record.
    pub id: String,
}

/// The record that was written.
#[derive(Debug, Clone, Deserialize, Serialize, TS)]
pub struct Recorded {
    /// The record.
    pub id: String,
}

/// What a command changed, as nouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Touched {
    /// Who is signed in where.
    State,
    /// Complaints.
    Complaint,
    /// Consultations.
    Consultation,
    /// Steps.
    Step,
    /// The ledger.
    Loss,
    /// The directory.
    Office,
    /// Bundles, and what is confirmed.
    Bundle,
    /// What is to be decided.
    Decision,
    /// Drafts.
    Draft,
    /// What member departments report.
    Department,
    /// The work besides complaints.
    Activity,
    /// Volunteers.
    Volunteer,
    /// Who works here, and how they sign in.
    Operator,
    /// What is set for this PC.
    Settings,
    /// Copies of the store.
    Backup,
    /// Who looked at what in full.
    View,
    /// Calendars and rules.
    Pack,
}

/// What a use case gives back.
pub(crate) struct Done<T> {
    pub output: T,
    pub touched: &'static [Touched],
}

impl<T> Done<T> {
    /// Something was read.
    pub fn read(output: T) -> Result<Self> {
        Ok(Self { output, touched: &[] })
    }

    /// Something was written.
    pub fn wrote(output: T, touched: &'static [Touched]) -> Result<Self> {
        Ok(Self { output, touched })
    }
}

/// The code of an error that may be about the open store, or about another file.
const DAMAGED: &str = "store_damaged";

fn answer<I: DeserializeOwned, O: Serialize>(
    app: &mut App,
    payload: Value,
    handler: fn(&mut App, I) -> Result<Done<O>>,
) -> Result<Reply> {
    let input = serde_json::from_value(payload).map_err(|error| AppError::new("bad_payload").with("detail", error))?;
    let done = handler(app, input)?;
    let touched = done.touched.iter().filter_map(|noun| Some(serde_json::to_value(noun).ok()?.as_str()?.to_owned()));
    Ok(Reply { output: serde_json::to_value(done.output).map_err(AppError::internal)?, touched: touched.collect() })
}

/// Answers a command. When something of the open store could not be read, the store is looked through, and a damaged one
/// goes on as one that is only read.
pub(crate) fn dispatch(app: &mut App, command: &str, payload: Value) -> Result<Reply> {
    let outcome = route(app, command, payload);
    if outcome.as_ref().is_err_and(|error| error.code == DAMAGED) {
        app.look_again();
    }
    outcome
}

/// Declares the commands: name, input, output, use case.
macro_rules! commands {
    ($($name:literal: $input:ty => $output:ty, $handler:path;)*) => {
        /// The names of all commands.
        pub const NAMES: &[&str] = &[$($name),*];

        $(const _: () = assert!(roles::has_row($name), concat!("roles.rs has no row for ", $name));)*

        fn route(app: &mut App, command: &str, payload: Value) -> Result<Reply> {
            roles::check(app, command)?;
            match command {
                $($name => answer::<$input, $output>(app, payload, $handler),)*
                _ => Err(AppError::new("unknown_command").with("command", command)),
            }
        }

        pub(crate) fn describe(types: &mut typescript::Types) {
            $(types.command::<$input, $output>($name);)*
        }
    };
}

commands! {
    "app.state": Nothing => AppState, starting::state;
    "county.create": CreateCounty => AppState, starting::create_county;
    "office.invite": InviteOffice => Invited, starting::invite;
    "office.join": JoinOffice => AppState, starting::join;
    "device.settle": SettleMoved => AppState, starting::settle_moved;
    "office.list": Nothing => Vec<OfficeBoardRow>, carrying::board;
    "device.list": Nothing => Vec<OfficeDevices>, directories::devices;
    "office.amend": AmendOffice => Recorded, directories::amend;
    "office.close": CloseOffice => Recorded, directories::close;
    "office.reopen": ReopenOffice => Recorded, directories::reopen;
    "device.revoke": RevokeDevice => Recorded, directories::revoke;
    "device.reinstate": ReinstateDevice => Recorded, directories::reinstate;
    "device.label": LabelDevice => Recorded, directories::label;
    "person.find": PersonQuery => Vec<PersonRecord>, one_person::find;
    "person.copy": CopyPerson => PersonCopy, one_person::copy;
    "person.erase": ErasePerson => PersonErased, one_person::erase;
    "join.list": Nothing => Vec<JoinRequestView>, carrying::join_requests;
    "join.answer": AnswerJoin => JoinAnswered, carrying::answer_join;
    "key.list": Nothing => KeysView, reading_keys::show;
    "key.export_audit": ExportAudit => WrittenFile, reading_keys::export_audit;
    "county.rotate_key": Nothing => KeysView, reading_keys::rotate;
    "escrow.create": Nothing => EscrowShares, reading_keys::create_escrow;
    "escrow.restore": RestoreEscrow => EscrowRestored, reading_keys::restore_escrow;
    "invitation.read": ByPath => InvitationView, starting::read_invitation;
    "store.open": OpenStore => AppState, starting::open;
    "store.lock": Nothing => AppState, starting::lock;
    "sample.create": Nothing => SampleCreated, sample::create;
    "codes.list": Nothing => redress_domain::codes::CodeListsView, starting::codes;
    "home.today": Nothing => Home, complaints::today;
    "complaint.register": redress_domain::record::ComplaintInput => Registered, complaints::register;
    "complaint.amend": AmendComplaint => Registered, complaints::amend;
    "complaint.list": ComplaintQuery => Page<ComplaintRow>, complaints::list;
    "complaint.get": ById => ComplaintPage, complaints::get;
    "complaint.reveal": Reveal => ComplaintPage, complaints::reveal;
    "consultation.reveal": Reveal => ConsultationView, consultations::reveal;
    "phone.reveal": Reveal => Telephone, telephone::reveal;
    "view.list": Nothing => Vec<ViewListed>, views::list;
    "step.record": redress_domain::record::StepInput => Recorded, complaints::record_step;
    "step.amend": AmendStep => Recorded, complaints::amend_step;
    "loss.record": redress_domain::record::LossInput => Recorded, complaints::record_loss;
    "loss.reverse": ReverseLoss => Recorded, complaints::reverse_loss;
    "record.withdraw": WithdrawRecord => Recorded, complaints::withdraw;
    "record.restore": RestoreRecord => Recorded, complaints::restore;
    "record.review": ReviewRecord => Recorded, decisions::review;
    "evidence.add": AddEvidence => EvidenceAdded, evidences::add;
    "evidence.get": GetEvidence => EvidenceContent, evidences::get;
    "evidence.save": SaveEvidence => WrittenFile, evidences::save;
    "evidence.amend": AmendEvidence => Recorded, evidences::amend;
    "evidence.withdraw": WithdrawRecord => Recorded, evidences::withdraw;
    "evidence.restore": RestoreRecord => Recorded, evidences::restore;
    "link.record": LinkInput => Recorded, decisions::link;
    "transfer.list": Nothing => Vec<TransferView>, transfer::list;
    "transfer.offer": OfferTransfer => Recorded, transfer::offer;
    "transfer.answer": AnswerTransfer => Recorded, transfer::answer;
    "transfer.take_back": TakeBackTransfer => Recorded, transfer::take_back;
    "business.list": BusinessQuery => Vec<BusinessView>, business::list;
    "business.get": BusinessKey => BusinessPage, business::get;
    "business.record": BusinessInput => Recorded, business::record;
    "business.merge": MergeBusiness => Recorded, business::merge;
    "business.unmerge": UnmergeBusiness => Recorded, business::unmerge;
    "activity.record": ActivityWritten => Recorded, activity::record;
    "activity.list": ActivityQuery => Page<ListedActivity>, activity::list;
    "activity.get": ById => ActivityView, activity::get;
    "volunteer.record": VolunteerWritten => Recorded, activity::record_volunteer;
    "volunteer.list": Nothing => Vec<VolunteerView>, activity::volunteers;
    "consultation.register": redress_domain::record::ConsultationInput => Recorded, consultations::register;
    "consultation.list": ConsultationQuery => Page<ConsultationRow>, consultations::list;
    "consultation.get": ById => ConsultationView, consultations::get;
    "operator.list": Nothing => Vec<OperatorListed>, persons::list;
    "operator.add": AddOperator => Recorded, persons::add;
    "operator.amend": AmendOperator => Recorded, persons::amend;
    "operator.retire": RetireOperator => Recorded, persons::retire;
    "operator.reset": ResetPassphrase => Recorded, persons::reset;
    "passphrase.change": ChangePassphrase => (), persons::change;
    "card.make": Nothing => CardMade, recovering::make_card;
    "access.ways": ByDir => RecoveryWays, recovering::ways;
    "access.by_card": RecoverByCard => AppState, recovering::recover_by_card;
    "access.by_county": RecoverByCounty => AppState, recovering::recover_by_county;
    "recovery.request": RequestRecovery => RecoveryFile, recovering::request;
    "recovery.read": ByPath => RecoveryRequestView, recovering::read;
    "recovery.answer": AnswerRecovery => RecoveryFile, recovering::answer;
    "settings.get": Nothing => Settings, settings::get;
    "settings.put": Settings => Settings, settings::put;
    "clock.confirm": ConfirmDay => AppState, clock::confirm;
    "backup.make": MakeBackup => BackupMade, backups::make;
    "backup.prove": Nothing => BackupProof, backups::prove;
    "backup.find": ByPath => Vec<BackupFound>, backups::find;
    "backup.rescue": RescueStore => RescueReport, backups::rescue;
    "backup.restore": RestoreBackup => AppState, backups::restore;
    "form.check": TypedForm => CheckedForm, desks::check_form;
    "deadline.compute": DeadlineQuery => Deadline, desks::deadline;
    "complaint.similar": SimilarQuery => Vec<SimilarCase>, desks::similar;
    "pack.list": Nothing => Packs, desks::packs;
    "pack.import": ByPath => PackView, desks::import_pack;
    "number.check": NumbersToCheck => CheckedNumbers, desks::check_numbers;
    "draft.put": PutDraft => (), care::put_draft;
    "draft.get": DraftKey => Draft, care::get_draft;
    "draft.drop": DraftKey => (), care::drop_draft;
    "carry.places": Nothing => Vec<CarryPlace>, carrying::places;
    "bundle.export": ExportBundle => Exported, carrying::export;
    "bundle.export_all": ExportAll => Vec<Exported>, carrying::export_all;
    "bundle.scan": ByPaths => Vec<ScannedBundle>, carrying::scan;
    "bundle.merge": ByPaths => MergeReport, carrying::merge;
    "bundle.inspect": ByPath => BundleFacts, carrying::inspect;
    "bundle.verify": ByPath => BundleFacts, carrying::verify;
    "import.list": Nothing => Vec<ImportView>, carrying::imports;
    "import.undo": UndoImport => ImportUndone, carrying::undo;
    "import.redo": UndoImport => ImportUndone, carrying::redo;
    "aside.list": Nothing => Aside, carrying::aside;
    "waiting.force": ForceWaiting => Recorded, carrying::force;
    "decision.list": Nothing => Vec<Decision>, decisions::list;
    "decision.settle": SettleDecision => Recorded, decisions::settle;
    "report.totals": TotalsQuery => Totals, reports::totals;
    "department.record": redress_domain::record::DepartmentInput => Recorded, reports::record_department;
    "search": SearchQuery => Vec<SearchHit>, care::search;
    "check": Nothing => CheckReport, care::check;
    "rebuild": Nothing => CheckReport, care::rebuild;
}

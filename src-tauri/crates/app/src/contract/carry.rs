//! Types around bundles: where they are carried, what is in them, what a merge did.

use redress_domain::case_no::OfficeKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Notice;
use crate::AppError;
use crate::media::format_of;

/// A place that a bundle can be carried on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CarryPlace {
    pub path: String,
    pub label: String,
    pub removable: bool,
    pub free_bytes: Option<u64>,
    /// How the stick is formatted on which it lies; none for a folder of this PC.
    pub format: Option<MediumFormat>,
    /// Bundles that lie there.
    pub bundles: u64,
}

impl CarryPlace {
    /// A stick or card that is plugged in; `told` is the system's name of its file system.
    pub fn removable(path: String, free_bytes: Option<u64>, told: &str) -> Self {
        let label = path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(&path).to_owned();
        Self { path, label, removable: true, free_bytes, format: Some(format_of(told)), bundles: 0 }
    }
}

/// How a medium is formatted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MediumFormat {
    /// As people know it, for example `FAT32`; else as the system calls it.
    pub name: String,
    pub readers: MediumReaders,
}

/// Which PCs read a medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MediumReaders {
    /// All that offices have.
    Everybody,
    /// Windows, and Linux unless it is old.
    Newer,
    /// Linux only.
    Linux,
    /// Apple's only.
    Apple,
    /// Nobody can say.
    Unknown,
}

/// Files or folders.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ByPaths {
    pub paths: Vec<String>,
}

/// Writes a bundle.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportBundle {
    /// Folder.
    pub out: String,
    /// At the county: for which office.
    pub office: Option<String>,
    /// At most so many entries in one file, for small sticks; more files are written when they do not suffice.
    #[serde(default)]
    #[ts(optional)]
    pub entries_a_file: Option<u32>,
    /// Records now, photos and documents another time.
    #[serde(default)]
    #[ts(optional)]
    pub without_attachments: Option<bool>,
}

/// Writes a bundle for every office that has joined.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportAll {
    pub out: String,
    /// Records now, photos and documents another time.
    #[serde(default)]
    #[ts(optional)]
    pub without_attachments: Option<bool>,
}

/// A bundle that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Exported {
    pub path: String,
    pub file_name: String,
    pub to_name: String,
    pub bytes: u64,
    pub entries: u64,
    pub complaints: u64,
    pub number: u64,
    /// The other screen shows the same.
    pub compare_code: String,
    /// It was read back from the medium and is what was written.
    pub verified: bool,
    /// How the stick is formatted; none when it lies on no stick.
    pub format: Option<MediumFormat>,
    /// Files that were written.
    pub parts: u64,
    /// Names of the further files.
    pub more: Vec<String>,
    /// Photos and documents that travel with it.
    pub attachments: u64,
    /// Those that stay for the next time: there is no room for them, or they were not wanted.
    pub attachments_left: u64,
}

/// A bundle that was found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ScannedBundle {
    pub path: String,
    pub file_name: String,
    pub from_name: String,
    pub from_code: String,
    pub number: u64,
    pub created_at: String,
    pub bytes: u64,
    pub for_us: bool,
    pub already_merged: bool,
    /// Which file of how many that belong together.
    pub part: u64,
    pub parts: u64,
    /// The other screen shows the same.
    pub compare_code: String,
    /// New, for this PC and sound as far as can be seen: taken unless somebody says otherwise.
    pub default: bool,
    pub problem: Option<AppError>,
}

/// What a merge did.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct MergeReport {
    pub bundles: Vec<MergedBundle>,
    pub new_entries: u64,
    pub new_complaints: u64,
    pub new_consultations: u64,
    pub already_had: u64,
    pub waiting: u64,
    pub quarantined: u64,
    pub conflicts: u64,
    pub refused: u64,
    pub cancelled: bool,
    /// Entries of this office that the other side has confirmed by these bundles.
    pub confirmed_now: u64,
    /// Photos and documents that came.
    pub attachments: u64,
    /// Those of them that had changed on the way: they are asked for again.
    pub attachments_damaged: u64,
    /// Photos and documents that records name and that have not come yet: they are asked for with the next bundle.
    pub attachments_missing: u64,
    /// Both sides hold the same, and count differently.
    pub counts_differ: Vec<CountsDiffer>,
    /// The verified copy that was made before.
    pub backup: Option<String>,
    pub notices: Vec<Notice>,
}

/// What both sides of the road count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    Complaints,
    Consultations,
    RecoveredFen,
}

impl Counted {
    /// Its name in a bundle.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complaints => "complaints",
            Self::Consultations => "consultations",
            Self::RecoveredFen => "recovered_fen",
        }
    }
}

/// A number that is not the same on both sides.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CountDiffers {
    pub which: Counted,
    pub here: u64,
    pub there: u64,
}

/// A record whose row is not what its entries say.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DifferingRecord {
    pub id: String,
    /// A complaint; else a consultation.
    pub complaint: bool,
    /// Case number, or the day of a consultation.
    pub label: String,
}

/// After a merge both sides hold the same logs of an office, and count differently.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CountsDiffer {
    pub from_name: String,
    /// The office whose records are counted.
    pub about_name: String,
    pub number: u64,
    /// The ledger of this PC does not follow from what it holds; else it is the other side's.
    pub own_fault: bool,
    pub counts: Vec<CountDiffers>,
    /// The records whose rows here are not what was written; at most 20.
    pub records: Vec<DifferingRecord>,
    /// So many more.
    pub more: u64,
}

/// What became of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BundleOutcome {
    Merged,
    AlreadyMerged,
    Refused,
}

/// One bundle of a merge.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MergedBundle {
    pub path: String,
    pub file_name: String,
    pub from_name: String,
    pub from_code: String,
    pub number: u64,
    pub outcome: BundleOutcome,
    pub new_entries: u64,
    pub already_had: u64,
    pub waiting: u64,
    pub quarantined: u64,
    pub conflicts: u64,
    /// When it had been merged before.
    pub merged_at: Option<String>,
    /// Its clock is more than a day ahead of this PC's.
    pub clock_ahead: bool,
    /// The device that wrote it has been revoked: what it wrote after the point is quarantined.
    pub revoked: bool,
    /// Which file of how many that belong together, and which have not been merged.
    pub part: u64,
    pub parts: u64,
    pub missing_parts: Vec<u64>,
    pub problem: Option<AppError>,
}

/// A bundle that was merged.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportView {
    pub id: String,
    pub from_name: String,
    pub from_code: String,
    pub number: u64,
    pub created_at: String,
    pub merged_at: String,
    pub entries: u64,
    pub undone_at: Option<String>,
    pub undone_by: String,
    pub undone_reason: String,
}

/// Takes an import back, or brings it back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UndoImport {
    pub id: String,
    pub reason: String,
}

/// What undoing touched.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportUndone {
    pub entries: u64,
    pub records: u64,
}

/// Why an entry is not in force yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WaitingReason {
    Predecessor,
    Newer,
    Reference,
}

/// An entry that is not in force yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WaitingItem {
    pub entry: String,
    pub record: String,
    pub kind: String,
    pub complaint: Option<String>,
    pub number: Option<String>,
    pub title: String,
    pub reason: WaitingReason,
    pub since: Option<String>,
    pub from_name: String,
    pub can_force: bool,
    /// A supervisor has put in force what it says; it waits on for its place.
    pub forced: bool,
    /// The entry as it was written.
    pub raw: String,
}

/// Why an entry is kept aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QuarantineReason {
    Fork,
    Unsealed,
    Unreadable,
    Undone,
    /// Written by a revoked device after the point up to which it is trusted.
    Revoked,
    /// Tells of the county's directory in a log that is not the county's.
    Misplaced,
    Rescued,
}

/// An entry that is kept aside.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct QuarantinedItem {
    pub entry: String,
    pub reason: QuarantineReason,
    pub since: Option<String>,
    pub from_name: String,
    pub office_name: String,
    pub seq: u64,
    pub kind: String,
    /// The entry as it was written.
    pub raw: String,
}

/// Everything that is held and not in force.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Aside {
    pub waiting: Vec<WaitingItem>,
    pub quarantined: Vec<QuarantinedItem>,
    pub undone: Vec<ImportView>,
}

/// Puts an entry in force that waits for its predecessors.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ForceWaiting {
    pub entry: String,
    pub reason: String,
}

/// How a bundle's signature stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignatureState {
    Valid,
    UnknownSender,
    Invalid,
}

/// What a bundle's header says.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BundleFacts {
    pub file_name: String,
    pub format: u32,
    pub from_office: String,
    pub from_name: String,
    pub from_device: String,
    pub to_office: String,
    pub to_name: String,
    pub number: u64,
    pub created_at: String,
    pub bytes: u64,
    pub compare_code: String,
    pub signature: SignatureState,
    /// Made for this PC.
    pub readable: bool,
    pub entries: Option<u64>,
}

/// An office on the county's board.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OfficeBoardRow {
    pub id: String,
    pub code: String,
    pub kind: OfficeKind,
    pub name: String,
    pub joined: bool,
    pub last_bundle: Option<u64>,
    pub last_bundle_at: Option<String>,
    pub complaints: u64,
    pub overdue: u64,
    pub unconfirmed: u64,
    pub program: Option<String>,
    /// Entries that are missing below others that are here.
    pub gaps: u64,
    /// Photos and documents that its records name and that have not come.
    pub attachments_missing: u64,
    pub waiting: u64,
    pub quarantined: u64,
    /// Lives of its devices' stores: more than there are devices after a restore or a copy.
    pub lives: u64,
}

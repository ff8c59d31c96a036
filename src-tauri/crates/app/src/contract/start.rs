//! Types of the first screens.

use std::collections::BTreeMap;

use redress_domain::CivilDate;
use redress_domain::case_no::OfficeKind;
use redress_domain::record::Role;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Secret;

/// Where the program stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No store is known.
    First,
    /// Stores are known, none is open.
    Locked,
    /// Somebody is signed in.
    Open,
}

/// What the window needs to know first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AppState {
    pub stage: Stage,
    pub today: String,
    pub version: String,
    pub data_dir: String,
    pub stores: Vec<StoreListing>,
    pub office: Option<OfficeView>,
    pub operator: Option<OperatorView>,
    /// The window locks itself after so many idle minutes; 0 while nobody is signed in.
    pub lock_after_min: u32,
    /// The commands that whoever is signed in may run.
    pub may: Vec<String>,
    /// What was noticed when the store was opened.
    pub notices: Vec<Notice>,
    /// The clock cannot be believed.
    pub clock: Option<ClockDoubt>,
    /// The store has come to another PC, or the PC has a new part, and nobody has said which.
    pub moved: bool,
    /// The store is damaged: it can be looked at, printed and rescued, and nothing can be written.
    pub read_only: Option<ReadOnly>,
}

/// A clock that cannot be right, or of which somebody has said that it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClockDoubt {
    /// The day that it shows.
    pub shows: CivilDate,
    /// The day that is reckoned with, because somebody has said which it is; none while nobody has.
    pub reckons: Option<CivilDate>,
}

/// Says which day it is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConfirmDay {
    /// The day (ISO, or as it is typed).
    pub day: String,
}

/// Something the user is told once: `notices.<code>` is the sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Notice {
    pub code: String,
    pub params: BTreeMap<String, String>,
}

impl Notice {
    /// A notice without parameters.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), params: BTreeMap::new() }
    }

    /// The same with one more parameter.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

/// A damaged store, of which what can be read is shown and into which nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReadOnly {
    /// Folder of the store, for rescuing what can be read.
    pub dir: String,
    /// Entries that can be read.
    pub entries: u64,
    /// Entries that can be read, but not what stood before them: they are shown apart.
    pub aside: u64,
    /// Entries that cannot be read.
    pub lost: u64,
}

/// Says what happened when a store found itself on another PC.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SettleMoved {
    /// The same PC with a new part; else a copy on another PC.
    pub same_pc: bool,
}

/// A store that can be opened.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StoreListing {
    pub dir: String,
    pub office_name: String,
    pub office_kind: OfficeKind,
    pub operators: Vec<String>,
    pub sample: bool,
}

/// An office.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OfficeView {
    pub id: String,
    pub code: String,
    pub kind: OfficeKind,
    pub name: String,
    pub county_name: String,
    pub area_code: String,
}

/// Who is signed in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OperatorView {
    pub id: String,
    pub name: String,
    pub role: Role,
}

/// Sets up a county office in a new store.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CreateCounty {
    pub name: String,
    pub area_code: String,
    pub operator_name: String,
    pub passphrase: Secret,
    pub dir: Option<String>,
}

/// Makes an invitation file for an office; county only.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct InviteOffice {
    pub kind: OfficeKind,
    /// Four digits: branch and station.
    pub code: String,
    pub name: String,
    /// Folder for the file.
    pub out: String,
}

/// An invitation that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Invited {
    pub path: String,
    pub office: OfficeView,
    /// Both screens show it: compare by phone.
    pub compare_code: String,
}

/// Joins as the office of an invitation.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct JoinOffice {
    /// Path of the invitation file.
    pub invitation: String,
    pub operator_name: String,
    pub passphrase: Secret,
    pub dir: Option<String>,
}

/// A file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ByPath {
    pub path: String,
}

/// An invitation, before it is used.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct InvitationView {
    pub office_name: String,
    pub office_code: String,
    pub office_kind: OfficeKind,
    pub county_name: String,
    pub compare_code: String,
    pub expires_on: String,
}

/// Signs in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpenStore {
    pub dir: String,
    pub passphrase: Secret,
    pub operator: Option<String>,
}

/// The sample county that was made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SampleCreated {
    pub dir: String,
    pub passphrase: String,
    pub stores: Vec<StoreListing>,
    pub complaints: u64,
    pub consultations: u64,
    pub recovered_fen: i64,
}

/// A long work that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "LongTask")]
pub enum Task {
    Merge,
    Export,
    Sample,
    Rebuild,
    Check,
    Backup,
    Undo,
}

/// How far a long work is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Progress {
    pub task: Task,
    /// Key of a sentence.
    pub stage: String,
    pub done: u64,
    pub total: Option<u64>,
    pub detail: String,
}

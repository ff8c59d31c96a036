//! Types around decisions.

use std::collections::BTreeMap;

use redress_domain::record::TransferState;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// A field with several values.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FieldConflict {
    pub record: String,
    pub kind: String,
    pub field: String,
    pub versions: Vec<VersionView>,
    /// Index of the version that is shown until somebody decides.
    pub provisional: u32,
    pub complaint: Option<String>,
    pub title: String,
}

/// One of the values: what, by whom, where, when.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VersionView {
    #[ts(type = "unknown")]
    pub value: Value,
    pub entry: String,
    pub operator: String,
    pub office: String,
    pub at: String,
}

/// What is to be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    Conflict,
    Contradiction,
    /// Two people corrected one recovered loss without knowing of each other.
    Correction,
    WithdrawnAndEdited,
    /// One device wrote two entries with one number: both are kept.
    Fork,
    /// Something was added after the case had been filed.
    Addition,
    /// Two complaints may be one matter.
    SameMatter,
    /// A former owner changed a case after it was handed over.
    LateEdit,
    /// Two businesses were merged into each other.
    AliasCycle,
}

/// One of several steps that contradict each other.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DecisionStep {
    pub record: String,
    pub kind: String,
    pub on: Option<String>,
    pub operator: String,
    pub office: String,
    pub heads: Vec<String>,
}

/// A complaint named beside another.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OtherComplaint {
    pub id: String,
    pub number: String,
    pub title: String,
}

/// One line of the decision list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Decision {
    pub kind: DecisionKind,
    pub conflict: Option<FieldConflict>,
    pub complaint: Option<String>,
    pub number: Option<String>,
    pub title: String,
    pub heads: Vec<String>,
    /// The record that a decision is written about.
    pub record: String,
    /// Steps that contradict each other.
    pub steps: Vec<DecisionStep>,
    pub other: Option<OtherComplaint>,
    /// Why two complaints may be one matter.
    pub reasons: Vec<String>,
    pub note: String,
    pub params: BTreeMap<String, String>,
}

/// Brings a withdrawn record back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestoreRecord {
    pub id: String,
    pub seen: Vec<String>,
    pub reason: String,
}

/// Somebody has looked at what was added, forked or changed late, and agrees.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReviewRecord {
    pub id: String,
    pub seen: Vec<String>,
}

/// Says that two complaints are one matter, or that they are not.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LinkInput {
    pub a: String,
    pub b: String,
    pub same: bool,
    pub reason: String,
}

/// A comparison of a complaint with another.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LinkView {
    pub id: String,
    pub other: String,
    pub number: String,
    pub title: String,
    pub same: bool,
    pub reason: String,
    pub by: String,
    pub at: String,
    pub heads: Vec<String>,
}

/// A case that is handed over.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TransferView {
    pub id: String,
    pub complaint: String,
    pub number: String,
    pub title: String,
    pub from_name: String,
    pub to_name: String,
    pub state: TransferState,
    pub note: String,
    pub answer: String,
    pub offered_at: String,
    /// Days since it was offered.
    pub days: i32,
    pub can_answer: bool,
    pub can_take_back: bool,
    pub heads: Vec<String>,
}

/// Offers a case to another office.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OfferTransfer {
    pub complaint: String,
    pub to: String,
    pub note: String,
}

/// Takes a case over, or declines it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnswerTransfer {
    pub id: String,
    pub accept: bool,
    pub note: String,
    pub seen: Vec<String>,
}

/// Takes an offer back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TakeBackTransfer {
    pub id: String,
    pub reason: String,
    pub seen: Vec<String>,
}

/// Writes a business, or changes one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BusinessInput {
    pub id: Option<String>,
    pub seen: Vec<String>,
    pub name: String,
    pub uscc: String,
    pub kind: String,
    pub phone: String,
    pub address: String,
    pub aliases: Vec<String>,
}

/// Which businesses to list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BusinessQuery {
    pub text: String,
    pub limit: u32,
}

/// A business that was merged into another.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MergedBusiness {
    pub id: String,
    pub name: String,
    pub heads: Vec<String>,
}

/// A business in the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(rename = "BusinessRow")]
pub struct BusinessView {
    pub id: String,
    pub name: String,
    pub uscc: String,
    pub phone: String,
    pub address: String,
    pub aliases: Vec<String>,
    pub office_name: String,
    pub complaints: u64,
    pub merged_into: Option<String>,
    pub merged_name: String,
    pub merged: Vec<MergedBusiness>,
    pub cycle: bool,
    pub heads: Vec<String>,
}

/// Says that one business is another.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MergeBusiness {
    pub loser: String,
    pub survivor: String,
    pub reason: String,
    pub seen: Vec<String>,
}

/// Says that a business is its own again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UnmergeBusiness {
    pub id: String,
    pub reason: String,
    pub seen: Vec<String>,
}

/// Keeps one version of a field.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SettleDecision {
    pub record: String,
    pub field: String,
    /// The entry whose value is kept.
    pub entry: String,
    /// The heads that the decision was made on.
    pub seen: Vec<String>,
}

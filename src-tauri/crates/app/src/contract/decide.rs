//! Types around decisions.

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
    WithdrawnAndEdited,
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

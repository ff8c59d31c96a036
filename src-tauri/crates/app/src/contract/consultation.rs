//! Types around consultations, drafts and search.

use redress_domain::CivilDate;
use redress_domain::record::ConsultationInput;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// Which consultations to list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConsultationQuery {
    pub from: Option<String>,
    pub to: Option<String>,
    pub after: Option<String>,
    pub limit: u32,
}

/// A consultation in a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConsultationRow {
    pub id: String,
    pub asked_on: Option<CivilDate>,
    pub way: String,
    pub asker_name: String,
    pub persons: i64,
    pub topic: String,
    pub content: String,
    pub complaint: Option<String>,
    pub office_name: String,
}

/// A consultation.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConsultationView {
    pub id: String,
    /// The phone number is not shown in full.
    pub masked: bool,
    pub input: ConsultationInput,
    pub complaint: Option<String>,
    pub operator: String,
    pub at: String,
}

/// Keeps what is being typed, on this PC only.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PutDraft {
    pub key: String,
    #[ts(type = "unknown")]
    pub body: Value,
}

/// Which draft.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftKey {
    pub key: String,
}

/// A draft, or none.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Draft {
    #[ts(type = "unknown")]
    pub body: Value,
    pub saved_at: Option<String>,
}

/// What to find.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchQuery {
    pub text: String,
    pub limit: u32,
}

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    Complaint,
    Consultation,
}

/// Something that was found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchHit {
    pub id: String,
    pub kind: HitKind,
    pub number: String,
    pub title: String,
    pub excerpt: String,
    pub on: Option<CivilDate>,
    /// What was matched, to be marked where it is shown.
    pub number_marks: Vec<MatchMark>,
    pub title_marks: Vec<MatchMark>,
    pub excerpt_marks: Vec<MatchMark>,
}

/// A run of characters, counted in UTF-16 units as a window does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MatchMark {
    pub from: u32,
    /// Behind the last.
    pub to: u32,
}

/// What a check of the store found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CheckReport {
    pub entries: u64,
    pub records: u64,
    pub ok: bool,
    pub differences: Vec<String>,
    /// Logs that somebody changed behind the program's back.
    pub chains_broken: Vec<BrokenLog>,
    /// The log of views is not what was written, from this row on.
    pub views_broken: Option<u64>,
    /// Photos and documents that are kept.
    pub attachments: u64,
    /// Those of them that are not what they were.
    pub attachments_broken: u64,
}

/// Where a log is not what was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BrokenLog {
    pub office_name: String,
    /// This PC wrote it.
    pub own: bool,
    /// Everything below this number is proven.
    pub from: u64,
    /// The change is not above this number.
    pub upto: u64,
}

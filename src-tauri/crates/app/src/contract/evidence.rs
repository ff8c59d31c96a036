//! Types around photos and documents.

use redress_domain::CivilDate;
use redress_domain::record::{AttachmentInput, AttachmentKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Adds a photo or a document to the file of a complaint.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AddEvidence {
    pub about: AttachmentInput,
    /// The bytes of the file in base64; else `path` says where it lies.
    #[serde(default)]
    #[ts(optional)]
    pub content: Option<String>,
    #[serde(default)]
    #[ts(optional)]
    pub path: Option<String>,
}

/// What was added.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EvidenceAdded {
    pub id: String,
    /// Bytes that are kept of it.
    pub bytes: u64,
    /// It lay in the file already.
    pub known: bool,
}

/// Whether something can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceState {
    Here,
    /// It has not come yet; the next bundle asks for it.
    Missing,
    /// It was erased by law.
    Erased,
}

/// A photo or a document in the file of a complaint.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EvidenceItem {
    pub id: String,
    pub kind: Option<AttachmentKind>,
    pub name: String,
    pub media_type: String,
    pub bytes: u64,
    pub note: String,
    pub taken_on: Option<CivilDate>,
    pub state: EvidenceState,
    /// The other side has said that it holds the bytes.
    pub confirmed: bool,
    pub heads: Vec<String>,
    /// The reason, when it was taken out of the file.
    pub withdrawn: Option<String>,
}

/// Says what a photo or a document shows, and when it was taken.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AmendEvidence {
    pub id: String,
    /// The heads that the sheet was filled from.
    pub seen: Vec<String>,
    pub note: String,
    pub taken_on: String,
}

/// Asks for the bytes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GetEvidence {
    pub id: String,
    /// A small picture, for a list.
    pub small: bool,
}

/// The bytes, for the window.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EvidenceContent {
    pub id: String,
    pub media_type: String,
    /// In base64.
    pub content: String,
}

/// Writes a copy into a folder.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveEvidence {
    pub id: String,
    pub out: String,
    /// What for.
    pub reason: String,
}

//! Types around what is held about one person.

use redress_domain::CivilDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ComplaintPage, ConsultationView};

/// Finds what is held about a person: by name, telephone or number of a document.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PersonQuery {
    pub text: String,
}

/// Where a person stands in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PersonRole {
    Consumer,
    Agent,
    Asker,
    /// Somewhere in the words.
    Mentioned,
}

/// A record in which a person stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PersonRecord {
    pub id: String,
    /// `complaint` or `consultation`.
    pub kind: String,
    pub number: String,
    pub title: String,
    pub on: Option<CivilDate>,
    pub role: PersonRole,
    pub office_name: String,
    /// When the case was closed.
    pub closed_on: Option<CivilDate>,
    /// From this day on it may be erased because it is no longer needed; none while the case is open.
    pub kept_until: Option<CivilDate>,
}

/// Asks for a copy of everything that is held in some records.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CopyPerson {
    pub records: Vec<String>,
    /// Noted with every record that is shown.
    #[serde(default)]
    pub reason: String,
    /// A folder, if the copy is to be written to a file too.
    pub out: Option<String>,
}

/// Everything that is held: the records with their whole history.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonCopy {
    pub at: String,
    pub office_name: String,
    pub complaints: Vec<ComplaintPage>,
    pub consultations: Vec<ConsultationView>,
    pub path: Option<String>,
}

/// Why something is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErasureGround {
    /// It was kept as long as it had to be.
    RetentionOver,
    /// The person asked for it.
    Request,
    /// An authority ordered it.
    Order,
}

/// Erases what some records say of a person.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ErasePerson {
    pub records: Vec<String>,
    pub ground: ErasureGround,
    pub reason: String,
}

/// What was erased.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PersonErased {
    pub records: u64,
    pub entries: u64,
}

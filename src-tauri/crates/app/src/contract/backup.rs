//! Types around backups: making them, finding them, bringing them back.

use redress_domain::case_no::OfficeKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Secret;
use crate::AppError;

/// Makes a verified copy.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MakeBackup {
    /// Folder; the chosen one when it is not given.
    pub out: Option<String>,
}

/// A copy that was opened and counted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupMade {
    pub path: String,
    pub entries: u64,
    pub at: String,
}

/// Whether the newest copy was brought back for a trial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupProof {
    /// It is time for a trial, and a copy is at hand.
    pub due: bool,
    /// When the last one was.
    pub at: Option<String>,
    /// Code of why it failed.
    pub problem: Option<String>,
}

/// A copy that was found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupFound {
    pub path: String,
    pub office_name: String,
    pub office_kind: OfficeKind,
    pub operators: Vec<String>,
    pub sample: bool,
    /// Empty when the copy does not say.
    pub made_at: String,
    pub entries: u64,
    /// Why it cannot be brought back.
    pub problem: Option<AppError>,
}

/// Brings a copy back beside whatever is there.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestoreBackup {
    pub path: String,
    pub operator: Option<String>,
    pub passphrase: Secret,
    /// A folder that does not exist yet; one under the data folder when it is not given.
    pub dir: Option<String>,
}

/// Reads what can be read of a damaged store.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RescueStore {
    pub dir: String,
    pub operator: Option<String>,
    pub passphrase: Secret,
    /// Folder for what is rescued.
    pub out: String,
}

/// What could be rescued.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RescueReport {
    /// A store that can be brought back like a backup.
    pub path: String,
    /// Entries that stand in their places again.
    pub entries: u64,
    /// Entries above a hole, kept aside.
    pub aside: u64,
    /// Entries that cannot be read.
    pub lost: u64,
    /// At a station: a bundle for the county with all that it lacks.
    pub bundle: Option<String>,
}

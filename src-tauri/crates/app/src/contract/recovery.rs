//! Types around a forgotten passphrase: the recovery card, and the county's help.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Secret;

/// A recovery card, to be printed now: its code is never shown again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CardMade {
    pub groups: Vec<String>,
    pub office_name: String,
    pub made_on: String,
}

/// Who and what can help, besides the passphrases.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecoveryWays {
    /// The day on which the card was made.
    pub card_made_on: Option<String>,
    /// The county can help.
    pub county: bool,
    /// A request to the county waits for its answer.
    pub requested: bool,
    pub operators: Vec<String>,
}

/// A store's folder.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ByDir {
    pub dir: String,
}

/// A new passphrase by the code of the card.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecoverByCard {
    pub dir: String,
    pub operator: String,
    pub code: Secret,
    pub passphrase: Secret,
}

/// Writes a request to the county.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RequestRecovery {
    pub dir: String,
    /// Folder for the file.
    pub out: String,
}

/// A file of a recovery that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecoveryFile {
    pub path: String,
    /// Both screens show it: compare by phone.
    pub compare_code: String,
}

/// A request, as the county reads it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecoveryRequestView {
    /// From the directory, not from the file.
    pub office_name: String,
    pub office_code: String,
    pub made_at: String,
    pub compare_code: String,
}

/// Answers a request.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnswerRecovery {
    pub path: String,
    pub out: String,
}

/// A new passphrase by the county's answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecoverByCounty {
    pub dir: String,
    /// The answer's file.
    pub path: String,
    pub operator: String,
    pub passphrase: Secret,
}

//! Types of the keys that read bundles.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The keys of this PC, by their ids.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KeysView {
    /// The key that bundles for this PC are made for now.
    pub key_id: String,
    /// Keys that still read, the newest first.
    pub former: Vec<FormerKeyView>,
    /// The county's escrow key.
    pub escrow: Option<EscrowView>,
    /// When keys were written to files, the newest first.
    pub exports: Vec<String>,
    /// The day on which the recovery card was made that opens this store.
    pub card_made_on: Option<String>,
}

/// A key that still reads.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FormerKeyView {
    pub key_id: String,
    /// When it was put away or put together; empty when that is not known.
    pub at: String,
    /// Put together from shares.
    pub escrow: bool,
}

/// The county's escrow key.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EscrowView {
    pub key_id: String,
    /// Name of the set of shares.
    pub set: String,
    pub at: String,
}

/// A new set of shares: shown once, kept nowhere.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EscrowShares {
    pub set: String,
    pub key_id: String,
    pub at: String,
    pub shares: Vec<ShareView>,
}

/// One share, for one envelope.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShareView {
    pub number: u8,
    pub set: String,
    /// Sixteen groups of four.
    pub text: String,
}

/// Puts the escrow key together.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestoreEscrow {
    /// At least two shares of one set, as they stand on paper.
    pub shares: Vec<String>,
    /// A folder, if the key is to be written to a file too.
    pub out: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EscrowRestored {
    pub set: String,
    pub path: Option<String>,
    pub keys: KeysView,
}

/// Writes the keys of this PC to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportAudit {
    /// Folder.
    pub out: String,
}

/// A file that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WrittenFile {
    pub path: String,
}

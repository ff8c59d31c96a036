//! A device of the directory: an entry by the county is its certificate. Keys are text here; nobody signs in this crate.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::record;

/// The last entry of a revoked device that is still trusted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Revocation {
    /// The life of the store it was written in.
    pub epoch: String,
    /// Its number in the log.
    pub seq: u64,
}

record! {
    /// 设备
    pub struct Device {
        office: Option<Uuid>,
        /// Ed25519 public key, hex.
        signing_key: String,
        /// age recipient, "age1…".
        recipient: String,
        label: String,
        /// RFC 3339.
        admitted_on: String,
        revoked_at: Option<Revocation>,
        /// The county's device that certified it, and its signature.
        certified_by: Option<Uuid>,
        certificate: String,
        /// Forks of its logs that somebody at the county has looked at: epoch, office and branch point of each.
        forks_seen: Vec<String>,
    }
}

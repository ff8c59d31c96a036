//! A device of the directory: an entry by the county is its certificate. Keys are text here; nobody signs in this crate.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::record;

/// The last entry of one life of a device's store that is still trusted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TrustedPoint {
    /// The life of the store.
    pub epoch: String,
    /// Number in the log; 0: nothing of that life.
    pub seq: u64,
    /// The chain value after it, hex, when whoever revoked held the entry: then no other story counts.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub chain: String,
}

/// How far a revoked device is still trusted: up to these points, and nothing of any other life of its store.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Revocation {
    /// The life that was the newest.
    #[serde(flatten)]
    pub point: TrustedPoint,
    /// Other lives of its store, and other stories of the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<TrustedPoint>,
}

impl Revocation {
    /// All points, in the order that they are written.
    pub fn points(&self) -> impl Iterator<Item = &TrustedPoint> {
        std::iter::once(&self.point).chain(&self.also)
    }
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
        /// When and why (RFC 3339; words).
        revoked_on: String,
        revoked_why: String,
        /// The county's device that certified it, and its signature.
        certified_by: Option<Uuid>,
        certificate: String,
        /// Forks of its logs that somebody at the county has looked at: epoch, office and branch point of each.
        forks_seen: Vec<String>,
    }
}

//! Logs: the entries of one device in one life of its store about one office, numbered from 1 without holes.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::digest::{Chain, EntryId};

/// The office of records that belong to everybody: the directory, code lists, calendars. Only the county writes them.
pub const PUBLIC: Uuid = Uuid::nil();

/// Names a log. With a sequence number it is the *place* of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LogId {
    /// The device that wrote the entries.
    pub device: Uuid,
    /// The life of that device's store in which it wrote them.
    pub epoch: Uuid,
    /// The office whose records the entries describe, or [`PUBLIC`].
    pub office: Uuid,
}

impl LogId {
    /// The 48 bytes that are hashed and signed: device, epoch, office, each 16 bytes in network order.
    pub fn to_bytes(&self) -> [u8; 48] {
        let mut bytes = [0; 48];
        bytes[..16].copy_from_slice(self.device.as_bytes());
        bytes[16..32].copy_from_slice(self.epoch.as_bytes());
        bytes[32..].copy_from_slice(self.office.as_bytes());
        bytes
    }
}

static CHAIN_KEY: LazyLock<[u8; 32]> = LazyLock::new(|| *blake3::hash(b"redress chain v1").as_bytes());

impl Chain {
    /// The value before a log's first entry.
    pub fn start(log: &LogId) -> Self {
        Self(*blake3::keyed_hash(&CHAIN_KEY, &log.to_bytes()).as_bytes())
    }

    /// The value after one more entry.
    pub fn next(&self, id: &EntryId) -> Self {
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&self.0);
        bytes[32..].copy_from_slice(&id.0);
        Self(*blake3::keyed_hash(&CHAIN_KEY, &bytes).as_bytes())
    }
}

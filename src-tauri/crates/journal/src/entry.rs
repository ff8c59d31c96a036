//! The body of an entry: a UTF-8 JSON object that is stored, hashed and carried byte for byte as first written.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::digest::EntryId;
use crate::erased::erased_id;
use crate::log::LogId;

/// The version of the body that this program writes and the highest that it applies.
pub const BODY_VERSION: u32 = 1;

/// A body may not be longer, so that one entry never fills a reader's memory.
pub const BODY_BYTES_MAX: usize = 512 * 1024;

static ENTRY_KEY: LazyLock<[u8; 32]> = LazyLock::new(|| *blake3::hash(b"redress entry v1").as_bytes());

/// The id of the entry at a place: keyed BLAKE3 over device, epoch, office, the number as 8 bytes in network order, body.
/// An entry that was erased by law keeps the id that it had.
pub fn entry_id(log: &LogId, seq: u64, body: &[u8]) -> EntryId {
    if let Some(id) = erased_id(body) {
        return id;
    }
    let mut hasher = blake3::Hasher::new_keyed(&ENTRY_KEY);
    hasher.update(&log.to_bytes());
    hasher.update(&seq.to_be_bytes());
    hasher.update(body);
    EntryId(*hasher.finalize().as_bytes())
}

/// A body that has been read; texts and fields borrow from the bytes.
#[derive(Debug, Deserialize)]
pub struct Body<'a> {
    /// Version of the body's own form.
    pub v: u32,
    /// The kind of the record, as text: a newer program may know kinds that this one does not.
    #[serde(borrow)]
    pub kind: Cow<'a, str>,
    /// The record that the entry describes (a UUIDv7).
    pub id: Uuid,
    /// The heads of the record that the writer saw; empty for a new record.
    #[serde(default)]
    pub was: Vec<EntryId>,
    /// The fields it sets, unread.
    #[serde(borrow, default)]
    pub set: Option<&'a RawValue>,
    /// The entry says the whole record and stands alone: it is applied although what its writer had seen is not here.
    #[serde(default)]
    pub whole: bool,
    /// Takes the record out of lists and totals, with this reason.
    #[serde(borrow, default)]
    pub withdraw: Option<Cow<'a, str>>,
    /// Takes a withdrawal back, with this reason.
    #[serde(borrow, default)]
    pub restore: Option<Cow<'a, str>>,
    /// The operator who wrote it.
    pub op: Uuid,
    /// The wall clock with its offset (RFC 3339), to be shown and never compared.
    #[serde(borrow)]
    pub at: Cow<'a, str>,
}

/// Why bytes are not a body that this program can apply. The bytes are kept all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// Not JSON, or without kind, id, operator or time.
    #[error("the entry cannot be read")]
    Unreadable,
    /// Longer than [`BODY_BYTES_MAX`].
    #[error("the entry is too long")]
    TooLong,
}

impl<'a> Body<'a> {
    /// Reads the envelope of a body; the fields stay raw.
    pub fn read(bytes: &'a [u8]) -> Result<Self, BodyError> {
        if bytes.len() > BODY_BYTES_MAX {
            return Err(BodyError::TooLong);
        }
        serde_json::from_slice(bytes).map_err(|_| BodyError::Unreadable)
    }

    /// Whether this program knows what the entry's form means.
    pub fn is_understood(&self) -> bool {
        self.v <= BODY_VERSION
    }

    /// The fields as text of a JSON object; `{}` for a withdrawal.
    pub fn set_text(&self) -> &'a str {
        self.set.map_or("{}", RawValue::get)
    }
}

/// What an entry does to its record.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Sets fields.
    Set(Map<String, Value>),
    /// Says the whole record, for somebody who does not have, or may never get, what the writer had seen.
    Whole(Map<String, Value>),
    /// Withdraws the record, with a reason.
    Withdraw(String),
    /// Takes a withdrawal back, with a reason.
    Restore(String),
}

/// An entry that is about to be written: everything but its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Kind of the record.
    pub kind: &'static str,
    /// The record.
    pub id: Uuid,
    /// The heads that the writer saw.
    pub was: Vec<EntryId>,
    /// What it does.
    pub change: Change,
    /// Who writes.
    pub op: Uuid,
    /// RFC 3339 with offset.
    pub at: String,
}

#[derive(Serialize)]
struct Written<'a> {
    v: u32,
    kind: &'a str,
    id: Uuid,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    was: &'a [EntryId],
    #[serde(skip_serializing_if = "Option::is_none")]
    set: Option<&'a Map<String, Value>>,
    #[serde(skip_serializing_if = "is_false")]
    whole: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdraw: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    restore: Option<&'a str>,
    op: Uuid,
    at: &'a str,
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Draft {
    /// The bytes of the body: written here once, and from then on never again.
    pub fn to_body(&self) -> Vec<u8> {
        let (set, withdraw, restore) = match &self.change {
            Change::Set(fields) | Change::Whole(fields) => (Some(fields), None, None),
            Change::Withdraw(reason) => (None, Some(reason.as_str()), None),
            Change::Restore(reason) => (None, None, Some(reason.as_str())),
        };
        let written = Written {
            v: BODY_VERSION,
            kind: self.kind,
            id: self.id,
            was: &self.was,
            set,
            whole: matches!(self.change, Change::Whole(_)),
            withdraw,
            restore,
            op: self.op,
            at: &self.at,
        };
        serde_json::to_vec(&written).expect("texts, ids and JSON values always serialise")
    }
}

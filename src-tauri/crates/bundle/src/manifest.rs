//! The control lines of the text inside a bundle, as values. What they mean together is the reader's and writer's business.

use std::collections::BTreeMap;

use redress_journal::{Chain, EntryId, Have, LogId, Seal};
use serde::de::{Error, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

use crate::attachment::Attachments;
use crate::hex::Digest;
use crate::limits;

/// The first line: what the sender has, and what follows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// What the sender's device has of every log. It replaces what that device said before.
    pub have: Have,
    /// Entries that follow.
    pub entries: u64,
    /// Groups that follow.
    pub groups: u64,
    /// What became of the receiver's entries that were not simply applied.
    #[serde(default)]
    pub outcomes: Vec<Outcome>,
    /// Version of the program that wrote the bundle.
    #[serde(default)]
    pub program: String,
    /// What that program can read.
    #[serde(default)]
    pub understands: Understands,
    /// The newest bundle of each of the receiver's devices that the sender has merged: a device that was brought back to an
    /// earlier state learns how far it had counted.
    #[serde(default)]
    pub seen: Vec<LastSeen>,
    /// Numbers by name, to compare after a merge: what the records come to of the office that the bundle speaks of. Names that
    /// a reader does not know are left alone.
    #[serde(default)]
    pub totals: BTreeMap<String, u64>,
    /// What the sender has of the attachments; none where its program knows nothing of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachments: Option<Attachments>,
}

impl Manifest {
    /// The first limit that it exceeds, if any.
    pub(crate) fn excess(&self) -> Option<&'static str> {
        let ranges = self.have.0.values().map(|held| held.above.len() + held.forks.len()).sum::<usize>();
        let words = self.outcomes.iter().map(|outcome| &outcome.reason).chain(self.totals.keys());
        let longest = words.chain([&self.program]).map(String::len).max().unwrap_or(0);
        let excesses = [
            (self.entries > limits::ENTRIES_MAX, "entries"),
            (self.groups > limits::GROUPS_MAX, "groups"),
            (self.have.0.len() > limits::LOGS_MAX, "logs"),
            (ranges > limits::RANGES_MAX, "ranges"),
            (self.outcomes.len() > limits::OUTCOMES_MAX, "outcomes"),
            (self.seen.len() > limits::SEEN_MAX, "seen"),
            (self.totals.len() > limits::TOTALS_MAX, "totals"),
            (self.attachments.as_ref().map_or(0, Attachments::count) > limits::ATTACHMENTS_MAX, "attachments"),
            (longest > limits::WORD_BYTES_MAX, "word"),
        ];
        excesses.into_iter().find(|(exceeds, _)| *exceeds).map(|(_, which)| which)
    }

    /// What is wrong with its numbers, if anything.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        let held = self.have.0.values().all(|held| {
            let tips = held.forks.iter().map(|tip| tip.upto);
            tips.chain([held.highest()]).all(|number| number <= limits::NUMBER_MAX)
        });
        let outcomes = self.outcomes.iter().map(|outcome| outcome.seq);
        let named = outcomes.chain(self.seen.iter().map(|seen| seen.number)).all(is_number);
        (!held || !named).then_some("a manifest has no such numbers")
    }
}

/// Whether an entry or a bundle may have this number.
pub(crate) fn is_number(number: u64) -> bool {
    (1..=limits::NUMBER_MAX).contains(&number)
}

/// An entry of the receiver that the sender did not simply apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its log.
    pub log: LogId,
    /// Its number.
    pub seq: u64,
    /// What became of it.
    pub outcome: OutcomeKind,
    /// Why: a code of the program that wrote it.
    pub reason: String,
}

/// What became of an entry that was not applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// Stored until its predecessor or a newer program arrives.
    Waiting,
    /// Stored apart: it cannot be trusted or read.
    Quarantined,
    /// Applied, and it stands against what somebody else wrote.
    Conflict,
    /// Applied, and its complaint is counted under another one of the same matter.
    SameMatter,
    /// Something that only a newer program knows.
    #[serde(other)]
    Other,
}

/// The highest versions that a program reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understands {
    /// Of the bundle.
    pub format: u32,
    /// Of the body of an entry.
    pub entry: u32,
}

impl Default for Understands {
    /// What every program ever released understands.
    fn default() -> Self {
        Self { format: 1, entry: 1 }
    }
}

/// Names a bundle of the receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastSeen {
    /// The device that wrote it.
    pub device: Uuid,
    /// Its number.
    pub number: u64,
}

/// The line before the entries of one log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupHead {
    /// The log.
    #[serde(flatten)]
    pub log: LogId,
    /// Number of the first entry that follows.
    pub from: u64,
    /// The log's chain value before that entry.
    pub prev: Chain,
    /// Entries that follow; at least 1.
    pub count: u64,
}

impl GroupHead {
    /// Number of the last entry of the group; none when the numbers make no sense.
    pub fn last(&self) -> Option<u64> {
        let last = self.from.checked_add(self.count.checked_sub(1)?)?;
        (is_number(self.from) && is_number(last)).then_some(last)
    }

    /// What is wrong with it, if anything.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        match self.last() {
            None => Some("a group has no such numbers"),
            Some(_) if self.from == 1 && self.prev != Chain::start(&self.log) => Some("a log has another beginning"),
            Some(_) => None,
        }
    }
}

/// An entry as it comes out of a bundle, with what the reader computed.
#[derive(Debug, Clone, Copy)]
pub struct CarriedEntry<'a> {
    /// The log.
    pub log: &'a LogId,
    /// Its number in the log.
    pub seq: u64,
    /// Its id.
    pub id: EntryId,
    /// The log's chain value after it, if the group's `prev` is true: a seal or the store must say so.
    pub chain: Chain,
    /// Its body: UTF-8, one object, not read further.
    pub body: &'a [u8],
}

/// The last line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct End {
    pub entries: u64,
    pub groups: u64,
    pub seals: u64,
    pub blake3: Digest,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ManifestLine<T> {
    pub manifest: T,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupLine {
    pub group: GroupHead,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SealLine {
    pub seal: Seal,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndLine {
    pub end: End,
}

/// A line of a kind that this version does not know: its only key is none of those that it does know.
pub(crate) struct OtherLine;

impl<'de> Deserialize<'de> for OtherLine {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = BTreeMap::<String, IgnoredAny>::deserialize(deserializer)?;
        let mut keys = fields.keys();
        match (keys.next(), keys.next()) {
            (Some(key), None) if !["manifest", "group", "seal", "end"].contains(&key.as_str()) => Ok(Self),
            _ => Err(D::Error::custom("one key that names the kind of the line")),
        }
    }
}

/// How each kind of control line begins. Only the compact form counts, so that no line can be read in two ways.
pub(crate) const MANIFEST_PREFIX: &[u8] = b"{\"manifest\":";
pub(crate) const GROUP_PREFIX: &[u8] = b"{\"group\":";
pub(crate) const SEAL_PREFIX: &[u8] = b"{\"seal\":";
pub(crate) const END_PREFIX: &[u8] = b"{\"end\":";

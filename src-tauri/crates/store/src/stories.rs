//! Which story of a log somebody else tells, judged by chain values. A log has more than one only after a restore or a
//! copy; then each side sends the other what it cannot know, from where the stories part. Whoever holds more of a log than
//! is here is taken to tell the same story, but for a log that this device writes: then it is this store that was rewound,
//! and what it has written since is its own.

use redress_journal::{Held, LogId, Tip};
use rusqlite::Connection;
use uuid::Uuid;

use crate::error::Result;
use crate::journal::{self, LogRow};

/// Whose log it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writer {
    /// This device.
    Here,
    /// Another one.
    Elsewhere,
}

impl Writer {
    /// The writer of a log, as this device sees it.
    pub fn of(log: &LogId, device: &Uuid) -> Self {
        if log.device == *device { Self::Here } else { Self::Elsewhere }
    }
}

/// The first entry of a story that somebody lacks; none when nothing is lacking up to `provable`.
pub(crate) fn first_lacking(
    conn: &Connection,
    row: &LogRow,
    family: &[LogRow],
    (held, provable, writer): (&Held, u64, Writer),
) -> Result<Option<u64>> {
    if held.chain.is_none() && held.forks.is_empty() {
        // From the first hole on, though some of it may be held: a seal proves a stretch up to the seal only.
        let from_hole = held.missing(provable).first().map(|(first, _)| *first);
        return Ok(from_hole.filter(|_| row.parent.is_none()).or((row.parent.is_some()).then_some(row.base + 1)));
    }
    let mut known = 0;
    for tip in held.tips().filter(|tip| tip.upto <= row.head) {
        if is_within(conn, row, &tip)? {
            known = known.max(tip.upto);
        }
    }
    if known > 0 || held.upto == 0 {
        return Ok((known < provable).then_some(known.max(row.base) + 1));
    }
    let ahead = held.tips().any(|tip| tip.upto > row.head) && writer == Writer::Elsewhere;
    if ahead && family.len() == 1 {
        return Ok(None);
    }
    Ok(Some(row.base + 1))
}

/// Whether a story goes through this point.
fn is_within(conn: &Connection, row: &LogRow, tip: &Tip) -> Result<bool> {
    Ok(tip.upto <= row.head && journal::chain_at(conn, row, tip.upto)? == tip.chain)
}

/// What somebody holds of this very story.
pub(crate) fn same_story(conn: &Connection, row: &LogRow, held: &Held, writer: Writer) -> Result<Held> {
    let mut known: Option<Tip> = None;
    for tip in held.tips() {
        if is_within(conn, row, &tip)? && known.is_none_or(|best| best.upto < tip.upto) {
            known = Some(tip);
        }
    }
    let ahead = held.upto > row.head && held.forks.is_empty() && writer == Writer::Elsewhere;
    match known {
        _ if held.chain.is_none() || ahead => Ok(held.clone()),
        Some(tip) if tip.upto == held.upto => Ok(held.clone()),
        Some(tip) => Ok(Held { upto: tip.upto, chain: Some(tip.chain), ..Held::default() }),
        None => Ok(Held::default()),
    }
}

//! Receiving entries that a bundle brought: verified stretches of logs go into the journal, each entry once.
//!
//! Whoever calls has checked the bundle and the seals. What is decided here is where a stretch meets what is held:
//! it follows on, it overlaps, it stands above a hole, or it tells a different story (a fork), which is kept aside.

use redress_journal::{Chain, EntryId, LogId, Seal, entry_id};
use rusqlite::Connection;
use uuid::Uuid;

use crate::apply::At;
use crate::error::Result;
use crate::journal::{self, LogRow, SEQ_MAX, body_at};
use crate::typed::Parsed;
use crate::write::{Gate, put_seal, set_head};

/// A run of entries of one log, with the chain values around it, as its seal confirms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The log.
    pub log: LogId,
    /// First number.
    pub first: u64,
    /// Last number.
    pub last: u64,
    /// Chain value before the first entry.
    pub before: Chain,
    /// Chain value after the last.
    pub after: Chain,
}

/// How a stretch meets what is held here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meeting {
    /// Follows directly on what is held.
    Follows,
    /// Begins with entries that are held.
    Overlaps,
    /// Stands above a hole.
    AboveHole,
    /// Claims another past than the one that is held.
    OtherPast,
}

fn meet(row: &LogRow, stretch: &Stretch) -> Meeting {
    if stretch.first == row.head + 1 {
        if stretch.before == row.chain { Meeting::Follows } else { Meeting::OtherPast }
    } else if stretch.first <= row.head {
        Meeting::Overlaps
    } else {
        Meeting::AboveHole
    }
}

/// Why an entry is kept aside. The words are keys in the catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// Its place holds another entry.
    Fork,
    /// Its log has no seal by a device that is known here.
    Unsealed,
    /// Its body cannot be read.
    Unreadable,
}

impl Aside {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fork => "fork",
            Self::Unsealed => "unsealed",
            Self::Unreadable => "unreadable",
        }
    }
}

/// What an import did to the journal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Received {
    /// Entries that were not held before.
    pub new: u64,
    /// Entries that were held.
    pub had: u64,
    /// Entries kept aside.
    pub quarantined: u64,
}

/// An entry on its way in; parsed on another thread.
#[derive(Debug)]
pub struct Incoming {
    /// Its number.
    pub seq: u64,
    /// Its body.
    pub body: Vec<u8>,
    /// What the body says; none when it cannot be read.
    pub parsed: Option<Parsed>,
}

/// A stretch that is being received.
pub struct Receiving {
    row: LogRow,
    stretch: Stretch,
    meeting: Meeting,
    import: i64,
    /// Set at the first entry that differs from the one held: everything after it is another story.
    forked: bool,
    held: redress_journal::Held,
}

impl Gate<'_> {
    /// Begins a stretch. Its entries follow in order through [`Gate::receive`], then [`Gate::end_stretch`].
    pub fn begin_stretch(&mut self, stretch: Stretch, import: i64) -> Result<Receiving> {
        let conn = self.applier.conn;
        let row = journal::ensure_log(conn, &stretch.log)?;
        let meeting = meet(&row, &stretch);
        let held = journal::held(conn, &row)?;
        Ok(Receiving { row, stretch, meeting, import, forked: meeting == Meeting::OtherPast, held })
    }

    /// Takes one entry of the stretch.
    pub fn receive(&mut self, receiving: &mut Receiving, entry: Incoming, tally: &mut Received) -> Result<()> {
        if receiving.forked || entry.seq > SEQ_MAX {
            return self.set_aside(receiving, &entry, Aside::Fork, tally);
        }
        let may_be_held = receiving.meeting != Meeting::Follows || !receiving.held.above.is_empty();
        if may_be_held && receiving.held.contains(entry.seq) {
            let held = body_at(self.applier.conn, receiving.row.id, entry.seq)?;
            if held.as_deref() == Some(entry.body.as_slice()) {
                tally.had += 1;
                return Ok(());
            }
            receiving.forked = true;
            return self.set_aside(receiving, &entry, Aside::Fork, tally);
        }
        let at = At {
            log: receiving.row.id,
            seq: entry.seq,
            office: receiving.stretch.log.office,
            import: receiving.import,
        };
        tally.new += 1;
        match entry.parsed {
            Some(parsed) => self.applier.entry(at, parsed, &entry.body),
            None => {
                self.applier.unreadable(at, &entry.body)?;
                self.quarantine(receiving, &entry, Aside::Unreadable)?;
                tally.quarantined += 1;
                Ok(())
            }
        }
    }

    /// Ends a stretch: moves the head of the log, or notes the stretch above its hole.
    pub fn end_stretch(&mut self, receiving: &Receiving) -> Result<()> {
        let (conn, row, stretch) = (self.applier.conn, &receiving.row, &receiving.stretch);
        if receiving.forked {
            return Ok(());
        }
        match receiving.meeting {
            Meeting::OtherPast => Ok(()),
            Meeting::AboveHole => note_above_hole(conn, row.id, stretch),
            Meeting::Follows | Meeting::Overlaps if stretch.last <= row.head => Ok(()),
            Meeting::Follows | Meeting::Overlaps => {
                set_head(conn, row.id, stretch.last, &stretch.after)?;
                close_hole(conn, row.id)
            }
        }
    }

    /// Keeps the seal of a log that is held up to the seal, or of a stretch above a hole that ends with it.
    pub fn receive_seal(&mut self, seal: &Seal) -> Result<()> {
        let conn = self.applier.conn;
        let row = journal::ensure_log(conn, &seal.log)?;
        let holds = if seal.seq <= row.head {
            journal::chain_at(conn, &row, seal.seq)? == seal.chain
        } else {
            conn.prepare_cached("SELECT 1 FROM held WHERE log = ?1 AND last = ?2 AND after = ?3")?.exists((
                row.id,
                seal.seq,
                seal.chain.0,
            ))?
        };
        if holds {
            put_seal(conn, row.id, seal)?;
        }
        Ok(())
    }

    /// Keeps an entry aside whose log cannot be trusted.
    pub fn distrust(&mut self, log: &LogId, entry: &Incoming, import: i64, tally: &mut Received) -> Result<()> {
        let id = entry_id(log, entry.seq, &entry.body);
        tally.quarantined += u64::from(put_aside(self.applier.conn, log, entry, (&id, Aside::Unsealed, import))?);
        Ok(())
    }

    fn set_aside(&mut self, receiving: &Receiving, entry: &Incoming, why: Aside, tally: &mut Received) -> Result<()> {
        tally.quarantined += u64::from(self.quarantine(receiving, entry, why)?);
        Ok(())
    }

    fn quarantine(&mut self, receiving: &Receiving, entry: &Incoming, why: Aside) -> Result<bool> {
        let log = &receiving.stretch.log;
        let id = entry_id(log, entry.seq, &entry.body);
        put_aside(self.applier.conn, log, entry, (&id, why, receiving.import))
    }
}

fn put_aside(
    conn: &Connection,
    log: &LogId,
    entry: &Incoming,
    (id, why, import): (&EntryId, Aside, i64),
) -> Result<bool> {
    let rows = conn
        .prepare_cached(
            "INSERT INTO quarantine (device, epoch, office, seq, entry, reason, import, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
        )?
        .execute(rusqlite::params![
            log.device.as_bytes(),
            log.epoch.as_bytes(),
            log.office.as_bytes(),
            entry.seq & SEQ_MAX,
            id.0,
            why.as_str(),
            import,
            entry.body,
        ])?;
    Ok(rows == 1)
}

/// Notes a stretch above a hole; stretches that touch or overlap become one.
fn note_above_hole(conn: &Connection, log: i64, stretch: &Stretch) -> Result<()> {
    let mut whole = *stretch;
    let mut touching = conn.prepare_cached(
        "SELECT first, last, before, after FROM held WHERE log = ?1 AND first <= ?2 + 1 AND last + 1 >= ?3",
    )?;
    let rows = touching.query_map((log, stretch.last, stretch.first), |row| {
        Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get::<_, i64>(1)?.unsigned_abs(), row.get(2)?, row.get(3)?))
    })?;
    for row in rows {
        let (first, last, before, after) = row?;
        if first < whole.first {
            (whole.first, whole.before) = (first, Chain(before));
        }
        if last > whole.last {
            (whole.last, whole.after) = (last, Chain(after));
        }
    }
    conn.prepare_cached("DELETE FROM held WHERE log = ?1 AND first BETWEEN ?2 AND ?3")?.execute((
        log,
        whole.first,
        whole.last,
    ))?;
    conn.prepare_cached("INSERT INTO held (log, first, last, before, after) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute((log, whole.first, whole.last, whole.before.0, whole.after.0))?;
    Ok(())
}

/// When the head has reached what stood above the hole, the hole is closed.
fn close_hole(conn: &Connection, log: i64) -> Result<()> {
    let row = journal::log_by_id(conn, log)?;
    let mut next = conn.prepare_cached(
        "SELECT first, last, before, after FROM held WHERE log = ?1 AND first <= ?2 + 1 ORDER BY first",
    )?;
    let stretches: Vec<(u64, u64, Chain, Chain)> = next
        .query_map((log, row.head), |found| {
            Ok((
                found.get::<_, i64>(0)?.unsigned_abs(),
                found.get::<_, i64>(1)?.unsigned_abs(),
                Chain(found.get(2)?),
                Chain(found.get(3)?),
            ))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (first, last, before, after) in stretches {
        let goes_on = last > row.head;
        if goes_on && !joins(conn, &row, (first, last), (&before, &after))? {
            continue;
        }
        conn.prepare_cached("DELETE FROM held WHERE log = ?1 AND first = ?2")?.execute((log, first))?;
        if goes_on {
            set_head(conn, log, last, &after)?;
            return close_hole(conn, log);
        }
    }
    Ok(())
}

/// Whether a stretch that stood above a hole tells the same story as the head that has reached it or stands within it.
fn joins(
    conn: &Connection,
    row: &LogRow,
    (first, last): (u64, u64),
    (before, after): (&Chain, &Chain),
) -> Result<bool> {
    if first == row.head + 1 {
        return Ok(*before == row.chain);
    }
    let mut chain = row.chain;
    journal::walk(conn, row, (row.head + 1, last), |_, id, _| {
        chain = chain.next(id);
        Ok::<_, crate::error::StoreError>(())
    })?;
    Ok(chain == *after)
}

/// The record under which unreadable entries stand in the journal.
pub(crate) const NO_RECORD: Uuid = Uuid::nil();

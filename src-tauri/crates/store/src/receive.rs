//! Receiving entries that a bundle brought: verified stretches of logs go into the journal, each entry once.
//!
//! Whoever calls has checked the bundle and the seals. What is decided here is where a stretch meets what is held: it
//! follows on, it overlaps, it stands above a hole, or it tells another story of the log (a fork). Every story is kept
//! and applied; only what has no known place in any of them is kept aside until it is sent whole.

use redress_domain::CaseNo;
use redress_journal::{Body, Chain, EntryId, LogId, Seal, entry_id};
use rusqlite::Connection;
use uuid::Uuid;

use crate::apply::At;
use crate::erase::is_ordered;
use crate::error::Result;
use crate::journal::{self, LogRow, SEQ_MAX, body_at};
use crate::typed::{Parsed, Typed};
use crate::write::{Gate, case_counter, put_seal, set_head};

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
    /// Follows directly on what is held of a story.
    Follows,
    /// Begins with entries that a story holds.
    Overlaps,
    /// Stands above a hole.
    AboveHole,
    /// Claims a past that none of the stories here has.
    OtherPast,
}

/// The story that a stretch belongs to, and how it meets it.
fn meet(conn: &Connection, trunk: &LogRow, stretch: &Stretch) -> Result<(LogRow, Meeting)> {
    if stretch.first == trunk.head + 1 && stretch.before == trunk.chain {
        return Ok((*trunk, Meeting::Follows));
    }
    let mut past_is_known = false;
    for row in journal::family(conn, trunk)? {
        if stretch.first == row.head + 1 && stretch.before == row.chain {
            return Ok((row, Meeting::Follows));
        }
        if row.base < stretch.first && stretch.first <= row.head {
            past_is_known = true;
            if journal::chain_at(conn, &row, stretch.first - 1)? == stretch.before {
                return Ok((row, Meeting::Overlaps));
            }
        }
    }
    let above = !past_is_known && stretch.first > trunk.head + 1;
    Ok((*trunk, if above { Meeting::AboveHole } else { Meeting::OtherPast }))
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
    /// The story that it goes to; another one from the first entry on that differs.
    row: LogRow,
    /// The last entry that was added to `row`.
    added: u64,
    stretch: Stretch,
    meeting: Meeting,
    import: i64,
    /// Something of this log stands above a hole, or stood there and turned out to be another story.
    torn: bool,
}

impl Receiving {
    fn is_lost(&self, seq: u64) -> bool {
        self.meeting == Meeting::OtherPast || seq > SEQ_MAX
    }

    fn is_plain(&self) -> bool {
        self.meeting == Meeting::Follows && self.row.parent.is_none() && !self.torn
    }
}

impl Gate<'_> {
    /// Begins a stretch. Its entries follow in order through [`Gate::receive`], then [`Gate::end_stretch`].
    pub fn begin_stretch(&mut self, stretch: Stretch, import: i64) -> Result<Receiving> {
        let conn = self.applier.conn;
        let trunk = journal::ensure_log(conn, &stretch.log)?;
        let (row, meeting) = meet(conn, &trunk, &stretch)?;
        let torn = conn.prepare_cached("SELECT 1 FROM held WHERE log = ?1")?.exists([row.id])?;
        Ok(Receiving { row, added: row.head, stretch, meeting, import, torn })
    }

    /// Takes one entry of the stretch.
    pub fn receive(&mut self, receiving: &mut Receiving, entry: Incoming, tally: &mut Received) -> Result<()> {
        if receiving.is_lost(entry.seq) {
            return self.set_aside(receiving, &entry, Aside::Fork, tally);
        }
        if !receiving.is_plain() {
            match self.place(receiving, &entry)? {
                Placed::New => {}
                Placed::Had => {
                    tally.had += 1;
                    return Ok(());
                }
                Placed::Nowhere => {
                    self.leave_off(receiving, entry.seq)?;
                    return self.set_aside(receiving, &entry, Aside::Fork, tally);
                }
            }
        }
        self.add(receiving, entry, tally)
    }

    /// Finds out whether an entry is held in the story at hand; goes over to another story where it differs.
    fn place(&mut self, receiving: &mut Receiving, entry: &Incoming) -> Result<Placed> {
        let conn = self.applier.conn;
        let (row, seq) = (receiving.row, entry.seq);
        if seq > row.head && !receiving.torn {
            return Ok(Placed::New);
        }
        let holder = journal::holder(conn, &row, seq)?;
        match body_at(conn, holder.id, seq)? {
            None => return Ok(Placed::New),
            Some(held) if is_same(&row, seq, &held, &entry.body) => return Ok(Placed::Had),
            Some(_) => {}
        }
        if receiving.meeting == Meeting::AboveHole {
            return Ok(Placed::Nowhere);
        }
        self.close_story(receiving)?;
        for branch in journal::branches(conn, &receiving.row)?.into_iter().filter(|branch| branch.base == seq - 1) {
            let held = body_at(conn, branch.id, seq)?;
            if held.is_some_and(|held| is_same(&branch, seq, &held, &entry.body)) {
                receiving.go_over(branch);
                return Ok(Placed::Had);
            }
        }
        let branch = branch_off(conn, &receiving.row, seq - 1)?;
        receiving.go_over(branch);
        Ok(Placed::New)
    }

    /// Above a hole a stretch meets an entry of another story: it is noted up to there, and what follows is kept aside, so
    /// that no stretch is made of both.
    fn leave_off(&mut self, receiving: &mut Receiving, seq: u64) -> Result<()> {
        let (conn, stretch) = (self.applier.conn, receiving.stretch);
        receiving.meeting = Meeting::OtherPast;
        if seq == stretch.first {
            return Ok(());
        }
        let mut after = stretch.before;
        journal::walk(conn, &receiving.row, (stretch.first, seq - 1), |_, id, _| {
            after = after.next(id);
            Ok::<_, crate::error::StoreError>(())
        })?;
        note_above_hole(conn, receiving.row.id, &Stretch { last: seq - 1, after, ..stretch })
    }

    /// Moves the head of the story to the last entry that was added to it.
    fn close_story(&mut self, receiving: &mut Receiving) -> Result<()> {
        let (conn, added) = (self.applier.conn, receiving.added);
        if added > receiving.row.head {
            let mut chain = receiving.row.chain;
            let row = LogRow { head: added, ..receiving.row };
            journal::walk(conn, &row, (receiving.row.head + 1, added), |_, id, _| {
                chain = chain.next(id);
                Ok::<_, crate::error::StoreError>(())
            })?;
            set_head(conn, row.id, added, &chain)?;
            receiving.row = LogRow { chain, ..row };
        }
        Ok(())
    }

    fn add(&mut self, receiving: &mut Receiving, entry: Incoming, tally: &mut Received) -> Result<()> {
        let log = &receiving.stretch.log;
        let at = At { log: receiving.row.id, seq: entry.seq, office: log.office, import: receiving.import };
        if receiving.meeting != Meeting::AboveHole {
            receiving.added = entry.seq;
        }
        tally.new += 1;
        self.note_own(log);
        if log.office == self.identity().office {
            self.note_number(entry.parsed.as_ref())?;
        }
        match entry.parsed {
            Some(parsed) => self.applier.entry(at, parsed, &entry.body)?,
            None => {
                self.applier.unreadable(at, &entry.body)?;
                self.quarantine(receiving, &entry, Aside::Unreadable)?;
                tally.quarantined += 1;
                return Ok(());
            }
        }
        self.release(log, entry.seq)
    }

    /// A number that another PC of this office has given, or this one before it was lost, is not given again.
    fn note_number(&mut self, parsed: Option<&Parsed>) -> Result<()> {
        let Some(Typed::Complaint(complaint)) = parsed.and_then(|parsed| parsed.first.as_ref()) else { return Ok(()) };
        match CaseNo::parse(&complaint.number) {
            Ok(number) => self.raise(&case_counter(number.office(), number.year()), number.sequence().into()),
            Err(_) => Ok(()),
        }
    }

    /// Ends a stretch: moves the head of its story, or notes the stretch above its hole.
    pub fn end_stretch(&mut self, receiving: &mut Receiving) -> Result<()> {
        let (conn, stretch) = (self.applier.conn, receiving.stretch);
        match receiving.meeting {
            Meeting::OtherPast => Ok(()),
            Meeting::AboveHole => note_above_hole(conn, receiving.row.id, &stretch),
            Meeting::Follows | Meeting::Overlaps if receiving.row.parent.is_some() => self.close_story(receiving),
            Meeting::Follows | Meeting::Overlaps if stretch.last <= receiving.row.head => Ok(()),
            Meeting::Follows | Meeting::Overlaps => {
                set_head(conn, receiving.row.id, stretch.last, &stretch.after)?;
                close_hole(conn, receiving.row.id)
            }
        }
    }

    /// Keeps the seal of a log that is held up to the seal, or of a stretch above a hole that ends with it.
    pub fn receive_seal(&mut self, seal: &Seal) -> Result<()> {
        let conn = self.applier.conn;
        let trunk = journal::ensure_log(conn, &seal.log)?;
        for row in journal::family(conn, &trunk)? {
            let within = row.base < seal.seq && seal.seq <= row.head;
            if within && journal::chain_at(conn, &row, seal.seq)? == seal.chain {
                return put_seal(conn, row.id, seal);
            }
        }
        let above = conn.prepare_cached("SELECT 1 FROM held WHERE log = ?1 AND last = ?2 AND after = ?3")?.exists((
            trunk.id,
            seal.seq,
            seal.chain.0,
        ))?;
        if above { put_seal(conn, trunk.id, seal) } else { Ok(()) }
    }

    /// Keeps an entry aside whose log cannot be trusted.
    pub fn distrust(&mut self, log: &LogId, entry: &Incoming, import: i64, tally: &mut Received) -> Result<()> {
        let id = entry_id(log, entry.seq, &entry.body);
        self.note_aside(log)?;
        tally.quarantined += u64::from(put_aside(self.applier.conn, log, entry, (&id, Aside::Unsealed, import))?);
        Ok(())
    }

    /// What was kept aside at a place for want of a seal or of its past is let go once the place is settled.
    fn release(&mut self, log: &LogId, seq: u64) -> Result<()> {
        if self.is_partly_aside(log)? {
            self.applier
                .conn
                .prepare_cached(
                    "DELETE FROM quarantine WHERE device = ?1 AND epoch = ?2 AND office = ?3 AND seq = ?4
                     AND body IN (SELECT body FROM journal, log WHERE log.device = ?1 AND log.epoch = ?2
                                  AND log.office = ?3 AND journal.place = (log.id << 40 | ?4))",
                )?
                .execute((log.device.as_bytes(), log.epoch.as_bytes(), log.office.as_bytes(), seq))?;
        }
        Ok(())
    }

    fn set_aside(&mut self, receiving: &Receiving, entry: &Incoming, why: Aside, tally: &mut Received) -> Result<()> {
        tally.quarantined += u64::from(self.quarantine(receiving, entry, why)?);
        Ok(())
    }

    fn quarantine(&mut self, receiving: &Receiving, entry: &Incoming, why: Aside) -> Result<bool> {
        let log = &receiving.stretch.log;
        self.note_aside(log)?;
        let id = entry_id(log, entry.seq, &entry.body);
        put_aside(self.applier.conn, log, entry, (&id, why, receiving.import))
    }
}

/// Where an entry of a stretch belongs.
enum Placed {
    /// At the end of the story.
    New,
    /// It is held.
    Had,
    /// Another entry stands in its place, and no story is known that it could belong to.
    Nowhere,
}

impl Receiving {
    fn go_over(&mut self, row: LogRow) {
        self.added = row.head;
        self.row = row;
        self.torn = false;
    }
}

/// Whether two bodies are of one entry. One that was erased by law is still the same entry.
fn is_same(row: &LogRow, seq: u64, held: &[u8], came: &[u8]) -> bool {
    held == came || entry_id(&row.log, seq, held) == entry_id(&row.log, seq, came)
}

/// Begins another story of a log, from the entry after `base` on.
fn branch_off(conn: &Connection, row: &LogRow, base: u64) -> Result<LogRow> {
    let parent = journal::holder(conn, row, base)?;
    let chain = journal::chain_at(conn, row, base)?;
    let log = row.log;
    conn.prepare_cached(
        "INSERT INTO log (parent, base, device, epoch, office, head, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?2, ?6)",
    )?
    .execute((parent.id, base, log.device.as_bytes(), log.epoch.as_bytes(), log.office.as_bytes(), chain.0))?;
    Ok(LogRow { id: conn.last_insert_rowid(), log, head: base, chain, parent: Some(parent.id), base })
}

/// Keeps an entry raw, unless it is there already or somebody has ordered that it be erased; gives whether it was new.
fn put_aside(
    conn: &Connection,
    log: &LogId,
    entry: &Incoming,
    (id, why, import): (&EntryId, Aside, i64),
) -> Result<bool> {
    let record = Body::read(&entry.body).map(|body| body.id);
    if let Ok(record) = record
        && is_ordered(conn, id, (&record, &log.office))?
    {
        return Ok(false);
    }
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

/// Notes a stretch above a hole; stretches that touch or overlap become one, unless they meet at a place of which they tell
/// two stories: then each is judged for itself when the head comes up to it.
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
        let parts = (last + 1 == whole.first && Chain(after) != whole.before)
            || (whole.last + 1 == first && whole.after != Chain(before));
        if parts {
            continue;
        }
        if first < whole.first {
            (whole.first, whole.before) = (first, Chain(before));
        }
        if last > whole.last {
            (whole.last, whole.after) = (last, Chain(after));
        }
    }
    conn.prepare_cached("DELETE FROM held WHERE log = ?1 AND first >= ?2 AND last <= ?3")?.execute((
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

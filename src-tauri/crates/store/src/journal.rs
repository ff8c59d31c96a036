//! Reading the journal: places, logs, bodies, chains. Writing happens in `write.rs` and `receive.rs` only.

use std::collections::{HashMap, HashSet};

use redress_domain::record::ERASURE;
use redress_journal::{Body, Chain, EntryId, Fold, Have, Held, LogId, Seal, Signature, Tip, entry_id, erased_id, fold};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::erase;
use crate::error::{Result, StoreError};
use crate::misplaced;
use crate::open::Store;

/// Bits of a place that hold the number within its log.
const SEQ_BITS: u32 = 40;
/// The greatest number within a log.
pub const SEQ_MAX: u64 = (1 << SEQ_BITS) - 1;

/// The key of a journal row: log and number in one integer, so that a log's entries stand together.
pub(crate) fn place(log: i64, seq: u64) -> i64 {
    (log << SEQ_BITS) | i64::try_from(seq & SEQ_MAX).unwrap_or(0)
}

pub(crate) fn seq_of(place: i64) -> u64 {
    u64::try_from(place).unwrap_or(0) & SEQ_MAX
}

pub(crate) fn log_of(place: i64) -> i64 {
    place >> SEQ_BITS
}

/// A row of `log`: a log, or another story of one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LogRow {
    pub id: i64,
    pub log: LogId,
    pub head: u64,
    pub chain: Chain,
    /// The story that this one branched off from, and the last entry that both share.
    pub parent: Option<i64>,
    pub base: u64,
}

const LOG_COLUMNS: &str = "id, device, epoch, office, head, chain, parent, base";

pub(crate) fn uuid_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    Ok(Uuid::from_bytes(row.get::<_, [u8; 16]>(column)?))
}

fn log_row(row: &Row<'_>) -> rusqlite::Result<LogRow> {
    Ok(LogRow {
        id: row.get(0)?,
        log: LogId { device: uuid_at(row, 1)?, epoch: uuid_at(row, 2)?, office: uuid_at(row, 3)? },
        head: row.get::<_, i64>(4)?.unsigned_abs(),
        chain: Chain(row.get(5)?),
        parent: row.get(6)?,
        base: row.get::<_, i64>(7)?.unsigned_abs(),
    })
}

/// The row of a log that is known here.
pub(crate) fn find_log(conn: &Connection, log: &LogId) -> Result<Option<LogRow>> {
    let mut get = conn.prepare_cached(&format!(
        "SELECT {LOG_COLUMNS} FROM log WHERE device = ?1 AND epoch = ?2 AND office = ?3 AND parent IS NULL"
    ))?;
    let key = (log.device.as_bytes(), log.epoch.as_bytes(), log.office.as_bytes());
    Ok(get.query_row(key, log_row).optional()?)
}

/// The row of a log, made now when it is new.
pub(crate) fn ensure_log(conn: &Connection, log: &LogId) -> Result<LogRow> {
    if let Some(row) = find_log(conn, log)? {
        return Ok(row);
    }
    let chain = Chain::start(log);
    conn.prepare_cached("INSERT INTO log (device, epoch, office, head, chain) VALUES (?1, ?2, ?3, 0, ?4)")?
        .execute((log.device.as_bytes(), log.epoch.as_bytes(), log.office.as_bytes(), chain.0))?;
    Ok(LogRow { id: conn.last_insert_rowid(), log: *log, head: 0, chain, parent: None, base: 0 })
}

/// All logs, and all other stories of them.
pub(crate) fn stories(conn: &Connection) -> Result<Vec<LogRow>> {
    let mut all = conn.prepare_cached(&format!("SELECT {LOG_COLUMNS} FROM log ORDER BY id"))?;
    Ok(all.query_map([], log_row)?.collect::<rusqlite::Result<_>>()?)
}

/// All logs, each once: the story of it that was known first.
pub(crate) fn logs(conn: &Connection) -> Result<Vec<LogRow>> {
    let mut all = stories(conn)?;
    all.retain(|row| row.parent.is_none());
    Ok(all)
}

/// The stories that branched off from this one.
pub(crate) fn branches(conn: &Connection, row: &LogRow) -> Result<Vec<LogRow>> {
    let mut all = conn.prepare_cached(&format!("SELECT {LOG_COLUMNS} FROM log WHERE parent = ?1 ORDER BY id"))?;
    Ok(all.query_map([row.id], log_row)?.collect::<rusqlite::Result<_>>()?)
}

/// A log with all its other stories.
pub(crate) fn family(conn: &Connection, trunk: &LogRow) -> Result<Vec<LogRow>> {
    let mut all = vec![*trunk];
    let mut next = 0;
    while let Some(row) = all.get(next).copied() {
        all.extend(branches(conn, &row)?);
        next += 1;
    }
    Ok(all)
}

pub(crate) fn log_by_id(conn: &Connection, id: i64) -> Result<LogRow> {
    let mut get = conn.prepare_cached(&format!("SELECT {LOG_COLUMNS} FROM log WHERE id = ?1"))?;
    Ok(get.query_row([id], log_row)?)
}

/// The row that holds an entry of a story: its own, or the one that it branched off from.
pub(crate) fn holder(conn: &Connection, row: &LogRow, seq: u64) -> Result<LogRow> {
    let mut row = *row;
    while let Some(parent) = row.parent.filter(|_| seq <= row.base) {
        row = log_by_id(conn, parent)?;
    }
    Ok(row)
}

pub(crate) fn body_at(conn: &Connection, log: i64, seq: u64) -> Result<Option<Vec<u8>>> {
    let mut get = conn.prepare_cached("SELECT body FROM journal WHERE place = ?1")?;
    Ok(get.query_row([place(log, seq)], |row| row.get(0)).optional()?)
}

/// An entry as it stands in the store.
#[derive(Debug, Clone)]
pub struct StoredEntry {
    /// The log it stands in.
    pub log: LogId,
    /// Its number there.
    pub seq: u64,
    /// Its id.
    pub id: EntryId,
    /// Its body, as first written.
    pub body: Vec<u8>,
    /// Where it stands in the journal.
    pub(crate) place: i64,
}

/// A record: all its entries and what they say.
#[derive(Debug)]
pub struct Record {
    /// The record's id.
    pub id: Uuid,
    /// Kind of the record, from its first entry.
    pub kind: String,
    /// The office that it belongs to, from its first entry.
    pub office: Uuid,
    /// In the order of their places here; `state` points into this.
    pub entries: Vec<StoredEntry>,
    /// The fold of them.
    pub state: Fold,
}

/// A mark that the program sets beside what people type; who set it and who took it away never contradict each other.
const MARK: &str = "added_on";
/// What the program writes by itself: nobody has to choose between two of these.
/// A county that came back from a backup lets a station in a second time: both times are true, and nobody is asked.
const NO_CHOICE: [&str; 6] = [MARK, ERASURE, "admitted_on", "certified_by", "certificate", "forks_seen"];

impl Record {
    /// The fields that several people set to different values.
    pub fn conflicts(&self) -> impl Iterator<Item = (&str, &redress_journal::Versions)> {
        self.state.conflicts().filter(|(field, _)| !NO_CHOICE.contains(field))
    }

    /// How many things about this record a person must decide.
    pub fn open_questions(&self) -> usize {
        self.conflicts().count() + usize::from(self.state.withdrawn_and_edited)
    }

    /// Whether something was added after the case was filed, and nobody who has seen it has reviewed it.
    pub fn has_addition(&self) -> bool {
        let versions = self.state.fields.get(MARK).map(|versions| versions.all()).unwrap_or_default();
        versions.iter().any(|version| !version.value.is_null())
    }

    /// The provisional values as somebody knew them who had these heads before his eyes: of the entries that they had
    /// seen, and nothing that came beside or after.
    pub fn values_seen_by(&self, heads: &[EntryId]) -> Map<String, Value> {
        let seen = self.past(heads);
        let bodies: Vec<_> = self
            .entries
            .iter()
            .filter(|entry| seen.contains(&entry.id))
            .filter_map(|entry| Some(redress_journal::Entry { id: entry.id, body: Body::read(&entry.body).ok()? }))
            .collect();
        fold(&bodies).values()
    }

    /// These heads, and the newest entries below them in some of the logs: whoever holds only those logs has no other way
    /// to know what had been seen, because the entries between may be missing there.
    pub fn heads_within(&self, heads: &[EntryId], visible: impl Fn(&LogId) -> bool) -> Vec<EntryId> {
        let seen = self.past(heads);
        let within = |entry: &&StoredEntry| seen.contains(&entry.id) && visible(&entry.log);
        let known: HashSet<EntryId> = self
            .entries
            .iter()
            .filter(within)
            .filter_map(|entry| Some(Body::read(&entry.body).ok()?.was))
            .flatten()
            .collect();
        let newest = self.entries.iter().filter(within).map(|entry| entry.id).filter(|id| !known.contains(id));
        let more: Vec<EntryId> = newest.filter(|id| !heads.contains(id)).collect();
        [heads, &more].concat()
    }

    /// Everything that somebody had seen who had these heads before his eyes.
    fn past(&self, heads: &[EntryId]) -> HashSet<EntryId> {
        let read = |entry: &'_ StoredEntry| Body::read(&entry.body).ok().map(|body| (entry.id, body.was));
        let known: HashMap<EntryId, Vec<EntryId>> = self.entries.iter().filter_map(read).collect();
        let (mut seen, mut open) = (HashSet::new(), heads.to_vec());
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                open.extend(known.get(&id).into_iter().flatten());
            }
        }
        seen
    }
}

/// All entries of a record; entries whose envelope cannot be read are left out (they are quarantined).
pub(crate) fn entries_of(conn: &Connection, record: &Uuid) -> Result<Vec<StoredEntry>> {
    let mut find = conn.prepare_cached(
        "SELECT place, body FROM journal WHERE record = ?1
         AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.place = journal.place)
         AND NOT EXISTS (SELECT 1 FROM barred WHERE barred.place = journal.place) ORDER BY place",
    )?;
    let rows = find.query_map([record.as_bytes()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    let mut entries: Vec<StoredEntry> = Vec::new();
    let mut current: Option<LogRow> = None;
    for row in rows {
        let (at, body) = row?;
        let log = match current.filter(|row| row.id == log_of(at)) {
            Some(row) => row,
            None => log_by_id(conn, log_of(at))?,
        };
        current = Some(log);
        let seq = seq_of(at);
        entries.push(StoredEntry { log: log.log, seq, id: entry_id(&log.log, seq, &body), body, place: at });
    }
    Ok(entries)
}

/// Folds the entries of a record; none when no entry of it is here.
pub(crate) fn record(conn: &Connection, id: &Uuid) -> Result<Option<Record>> {
    let mut entries = Vec::new();
    for entry in entries_of(conn, id)? {
        let known = erased_id(&entry.body).is_none() || erase::is_ordered(conn, &entry.id, (id, &entry.log.office))?;
        if known && Body::read(&entry.body).is_ok() {
            entries.push(entry);
        }
    }
    let entries = misplaced::in_place(entries);
    let bodies: Vec<_> = entries
        .iter()
        .filter_map(|entry| Some(redress_journal::Entry { id: entry.id, body: Body::read(&entry.body).ok()? }))
        .collect();
    let state = fold(&bodies);
    drop(bodies);
    finish(id, entries, state)
}

fn finish(id: &Uuid, entries: Vec<StoredEntry>, state: Fold) -> Result<Option<Record>> {
    let first = state.applied.first().copied().or(if entries.is_empty() { None } else { Some(0) });
    let Some(first) = first.and_then(|at| entries.get(at)) else { return Ok(None) };
    let office = first.log.office;
    let kind = Body::read(&first.body).map(|body| body.kind.into_owned()).unwrap_or_default();
    Ok(Some(Record { id: *id, kind, office, entries, state }))
}

/// The chain value of a story after `seq`, walked from the nearest seal below.
pub(crate) fn chain_at(conn: &Connection, row: &LogRow, seq: u64) -> Result<Chain> {
    if seq == row.head {
        return Ok(row.chain);
    }
    let row = holder(conn, row, seq)?;
    if seq == row.head {
        return Ok(row.chain);
    }
    let mut nearest =
        conn.prepare_cached("SELECT seq, chain FROM seal WHERE log = ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT 1")?;
    let sealed = nearest
        .query_row((row.id, seq), |found| Ok((found.get::<_, i64>(0)?.unsigned_abs(), Chain(found.get(1)?))))
        .optional()?;
    let (from, mut chain) = match (sealed, row.parent) {
        (Some(sealed), _) => sealed,
        (None, Some(parent)) => (row.base, chain_at(conn, &log_by_id(conn, parent)?, row.base)?),
        (None, None) => (0, Chain::start(&row.log)),
    };
    walk(conn, &row, (from + 1, seq), |_, id, _| {
        chain = chain.next(id);
        Ok::<_, StoreError>(())
    })?;
    Ok(chain)
}

/// Visits the entries first..=last of a story; a missing one is damage.
pub(crate) fn walk<E: From<StoreError>>(
    conn: &Connection,
    row: &LogRow,
    (first, last): (u64, u64),
    mut visit: impl FnMut(u64, &EntryId, &[u8]) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let mut next = first;
    while next <= last {
        let holder = holder(conn, row, next)?;
        let until = upper_end(conn, row, &holder, last)?;
        walk_within(conn, &holder, (next, until), &mut visit)?;
        next = until + 1;
    }
    Ok(())
}

/// The last entry up to `last` that a story takes from one of the rows it is made of.
fn upper_end(conn: &Connection, row: &LogRow, holder: &LogRow, last: u64) -> Result<u64> {
    let (mut row, mut until) = (*row, last);
    while let Some(parent) = row.parent.filter(|_| row.id != holder.id) {
        until = until.min(row.base);
        row = log_by_id(conn, parent)?;
    }
    Ok(until)
}

fn walk_within<E: From<StoreError>>(
    conn: &Connection,
    row: &LogRow,
    (first, last): (u64, u64),
    visit: &mut impl FnMut(u64, &EntryId, &[u8]) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let sql = "SELECT place, body FROM journal WHERE place BETWEEN ?1 AND ?2 ORDER BY place";
    let mut range = conn.prepare_cached(sql).map_err(StoreError::from)?;
    let mut rows = range.query((place(row.id, first), place(row.id, last))).map_err(StoreError::from)?;
    let mut expected = first;
    while let Some(found) = rows.next().map_err(StoreError::from)? {
        let seq = seq_of(found.get(0).map_err(StoreError::from)?);
        let body = found.get_ref(1).and_then(|value| value.as_blob().map_err(Into::into)).map_err(StoreError::from)?;
        if seq != expected {
            break;
        }
        visit(seq, &entry_id(&row.log, seq, body), body)?;
        expected += 1;
    }
    if expected <= last {
        return Err(StoreError::Damaged(format!("entry {expected} of a log is missing")).into());
    }
    Ok(())
}

/// What is held of every log. Of several stories the longest stands first, so that everybody who holds the same says the
/// same, whichever came first.
pub(crate) fn have(conn: &Connection) -> Result<Have> {
    let mut have = Have::default();
    for row in logs(conn)? {
        let mut held = held(conn, &row)?;
        let branches = family(conn, &row)?;
        if branches.len() > 1 {
            let mut tips: Vec<Tip> = branches.iter().map(|row| Tip { upto: row.head, chain: row.chain }).collect();
            tips.sort_unstable_by(|one, two| two.cmp(one));
            held = Held { upto: tips[0].upto, chain: Some(tips[0].chain), forks: tips.split_off(1), above: Vec::new() };
        }
        have.0.insert(row.log, held);
    }
    have.0.retain(|_, held| held.highest() > 0);
    Ok(have)
}

/// What is held of one story: its beginning, and what stands above a hole.
pub(crate) fn held(conn: &Connection, row: &LogRow) -> Result<Held> {
    let mut held = Held { upto: row.head, ..Held::default() };
    let mut stretches = conn.prepare_cached("SELECT first, last FROM held WHERE log = ?1 ORDER BY first")?;
    let rows = stretches.query_map([row.id], |found| Ok((found.get::<_, i64>(0)?, found.get::<_, i64>(1)?)))?;
    for stretch in rows {
        let (first, last) = stretch?;
        // One that touches the head and was not joined to it belongs to a story whose beginning is not here.
        if first.unsigned_abs() > row.head + 1 {
            held.insert(first.unsigned_abs(), last.unsigned_abs());
        }
    }
    held.chain = (row.head > 0).then_some(row.chain);
    Ok(held)
}

/// The newest seal of a log at or below `seq`.
pub(crate) fn newest_seal(conn: &Connection, row: &LogRow, seq: u64) -> Result<Option<Seal>> {
    let mut get = conn.prepare_cached(
        "SELECT seq, chain, signature FROM seal WHERE log = ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT 1",
    )?;
    let found = get
        .query_row((row.id, seq), |found| {
            Ok((found.get::<_, i64>(0)?.unsigned_abs(), Chain(found.get(1)?), found.get::<_, [u8; 64]>(2)?))
        })
        .optional()?;
    Ok(found.and_then(|(seq, chain, signature)| {
        Some(Seal { log: row.log, seq, chain, signature: Signature::from_bytes(signature)? })
    }))
}

impl Store {
    /// What this store holds, per log.
    pub fn have(&self) -> Result<Have> {
        have(&self.conn)
    }

    /// A record with all its entries; none when nothing of it is here.
    pub fn record(&self, id: &Uuid) -> Result<Option<Record>> {
        record(&self.conn, id)
    }
}

//! Rebuilding the projections, and checking a store: what was kept step by step must equal what is made anew.

use std::collections::{BTreeMap, HashSet};

use redress_journal::{Chain, LogId, PUBLIC, Seal, Signature, SigningKey, VerifyingKey};
use rusqlite::Connection;
use rusqlite::types::Value;
use uuid::Uuid;

use crate::apply::{Applier, At};
use crate::barred;
use crate::damaged;
use crate::error::{Result, StoreError};
use crate::journal::{self, LogRow, log_of, seq_of, uuid_at};
use crate::open::{Store, projection_tables};
use crate::receive::NO_RECORD;
use crate::typed::Parsed;
use crate::write::{Keep, transaction};

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Entries in the journal.
    pub entries: u64,
    /// Records.
    pub records: u64,
    /// Tables whose rows differ from recomputed ones.
    pub differences: Vec<String>,
    /// Logs that are not what was written and sealed.
    pub chains_broken: Vec<Broken>,
    /// The first row of the log of views that is missing or is not what was written.
    pub views_broken: Option<u64>,
    /// Photos and documents whose bytes are kept.
    pub attachments: u64,
    /// Those of them that are not what they were, by their BLAKE3.
    pub attachments_broken: Vec<String>,
}

/// Where a log is not what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// Which.
    pub log: LogId,
    /// The first number that can have been changed: everything below is proven.
    pub from: u64,
    /// The number at which it shows: the change is not above it.
    pub upto: u64,
}

impl Checked {
    /// Whether everything holds.
    pub fn is_ok(&self) -> bool {
        self.differences.is_empty()
            && self.chains_broken.is_empty()
            && self.views_broken.is_none()
            && self.attachments_broken.is_empty()
    }
}

/// What whoever is told of a long work answers: nothing, or whether it goes on.
pub trait GoesOn {
    /// Whether the work goes on.
    fn goes_on(self) -> bool;
}

impl GoesOn for () {
    fn goes_on(self) -> bool {
        true
    }
}

impl GoesOn for bool {
    fn goes_on(self) -> bool {
        self
    }
}

/// Tables that the check leaves out: local numbers, and what the search does in its own time.
const NOT_COMPARED: [&str; 3] = ["office_number", "search", "search_todo"];

/// After so many entries somebody is told, and may stop it.
const TOLD_EVERY: u64 = 4096;

impl Store {
    /// Drops every projection and makes it anew from the journal. Stopped in the middle, it changes nothing.
    pub fn rebuild<G: GoesOn>(&mut self, mut progress: impl FnMut(u64) -> G) -> Result<()> {
        self.require_sound()?;
        self.set_import_cache(true)?;
        let outcome = transaction(&self.conn, Keep::OnSuccess, || self.project_anew(&mut progress));
        self.set_import_cache(false)?;
        outcome
    }

    /// Drops every projection and makes it anew, inside a transaction that somebody else began.
    pub(crate) fn project_anew<G: GoesOn>(&self, progress: &mut impl FnMut(u64) -> G) -> Result<()> {
        self.reset_projections()?;
        replay(&self.conn, progress)
    }

    /// Reads every page, recomputes every chain and every projection and compares. The store itself stays as it is.
    pub fn check<G: GoesOn>(&mut self, mut progress: impl FnMut(u64) -> G) -> Result<Checked> {
        self.require_sound()?;
        self.read_every_page()?;
        let (entries, records) = self.journal_counts()?;
        let chains_broken = self.broken_chains()?;
        let kept = dump(&self.conn)?;
        let anew = transaction(&self.conn, Keep::Never, || {
            self.project_anew(&mut progress)?;
            dump(&self.conn)
        })?;
        let differences = kept
            .iter()
            .filter(|(table, rows)| anew.get(*table) != Some(rows))
            .map(|(table, _)| table.clone())
            .collect();
        let views_broken = self.first_broken_view()?;
        let (attachments, attachments_broken) = self.check_attachments()?;
        let found = Checked { entries, records, differences, chains_broken, views_broken, ..Checked::default() };
        Ok(Checked { attachments, attachments_broken, ..found })
    }

    fn read_every_page(&self) -> Result<()> {
        // The pages are read from the file; what is newer stands beside it until now, and may have been half moved into it
        // when the power failed.
        self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        damaged::first_fault(&self.conn)?.map_or(Ok(()), |fault| Err(StoreError::Damaged(fault)))
    }

    fn broken_chains(&self) -> Result<Vec<Broken>> {
        let mut broken = Vec::new();
        for row in journal::stories(&self.conn)? {
            broken.extend(self.first_fault(&row)?);
        }
        Ok(broken)
    }

    /// Where what this device itself wrote is not what was written: looked at before its head is signed once more.
    pub fn broken_own_log(&self) -> Result<Option<Broken>> {
        let own = self.identity().device;
        for row in journal::stories(&self.conn)?.into_iter().filter(|row| row.log.device == own) {
            if let Some(broken) = self.first_fault(&row)? {
                return Ok(Some(broken));
            }
        }
        Ok(None)
    }

    /// The key that seals a device's logs, if it is known here.
    fn sealing_key(&self, device: &Uuid) -> Result<Option<VerifyingKey>> {
        if *device == self.identity().device {
            return Ok(Some(SigningKey::from_seed(&self.identity().signing_seed).verifying_key()));
        }
        Ok(self.device(device)?.map(|row| row.key))
    }

    fn first_fault(&self, row: &LogRow) -> Result<Option<Broken>> {
        let key = self.sealing_key(&row.log.device)?;
        let fault = chain_fault(&self.conn, row, key.as_ref())?;
        Ok(fault.map(|(from, upto)| Broken { log: row.log, from, upto }))
    }

    /// All projections as text rows, independent of local numbers: two stores with the same journal give the same.
    pub fn dump_projections(&self) -> Result<BTreeMap<String, Vec<String>>> {
        dump(&self.conn)
    }
}

/// Walks a log and compares it with its seals and its head; gives between which numbers it is not what was written.
fn chain_fault(conn: &Connection, row: &LogRow, key: Option<&VerifyingKey>) -> Result<Option<(u64, u64)>> {
    let seals = seals_of(conn, row)?;
    let mut chain = match row.parent {
        Some(parent) => journal::chain_at(conn, &journal::log_by_id(conn, parent)?, row.base)?,
        None => Chain::start(&row.log),
    };
    let (mut proven, mut last, mut fault) = (row.base, row.base, None);
    let walked = journal::walk(conn, row, (row.base + 1, row.head), |seq, id, _| {
        chain = chain.next(id);
        last = seq;
        if let Some(seal) = seals.get(&seq) {
            if seal.chain == chain && key.is_none_or(|key| seal.verify(key)) {
                proven = seq;
            } else {
                fault = fault.or(Some((proven + 1, seq)));
            }
        }
        Ok(())
    });
    match walked {
        Ok(()) if fault.is_some() => Ok(fault),
        Ok(()) if chain == row.chain => Ok(None),
        Ok(()) => Ok(Some((proven + 1, row.head))),
        Err(StoreError::Damaged(_)) => Ok(fault.or(Some((last + 1, last + 1)))),
        Err(error) => Err(error),
    }
}

fn seals_of(conn: &Connection, row: &LogRow) -> Result<BTreeMap<u64, Seal>> {
    let mut all = conn.prepare_cached("SELECT seq, chain, signature FROM seal WHERE log = ?1")?;
    let mut rows = all.query([row.id])?;
    let mut seals = BTreeMap::new();
    while let Some(found) = rows.next()? {
        let (seq, chain) = (found.get::<_, i64>(0)?.unsigned_abs(), Chain(found.get(1)?));
        if let Some(signature) = Signature::from_bytes(found.get(2)?) {
            seals.insert(seq, Seal { log: row.log, seq, chain, signature });
        }
    }
    Ok(seals)
}

/// Projects the whole journal into empty tables.
pub(crate) fn replay_all(conn: &Connection) -> Result<()> {
    replay(conn, &mut |_| ())
}

/// Projects the whole journal.
fn replay<G: GoesOn>(conn: &Connection, progress: &mut impl FnMut(u64) -> G) -> Result<()> {
    barred::mark(conn, &barred::revocations_written(conn)?)?;
    let logs: BTreeMap<i64, Uuid> = journal::stories(conn)?.into_iter().map(|row| (row.id, row.log.office)).collect();
    let mut several = conn.prepare("SELECT record FROM journal GROUP BY record HAVING count(*) > 1")?;
    let several: HashSet<Uuid> = several.query_map([], |row| uuid_at(row, 0))?.collect::<rusqlite::Result<_>>()?;
    // A record of several entries is folded once, with all of them; its other entries then have nothing to add.
    let mut folded: HashSet<Uuid> = HashSet::new();
    let mut applier = Applier::new(conn)?;
    applier.indexes.lay_aside(conn)?;
    let mut all = conn.prepare(
        "SELECT place, record, body FROM journal
         WHERE NOT EXISTS (SELECT 1 FROM undone WHERE undone.place = journal.place)
         AND NOT EXISTS (SELECT 1 FROM barred WHERE barred.place = journal.place) ORDER BY place",
    )?;
    let mut rows = all.query([])?;
    let mut done = 0;
    while let Some(row) = rows.next()? {
        if done % TOLD_EVERY == 0 && !progress(done).goes_on() {
            return Err(StoreError::Stopped);
        }
        let (place, record) = (row.get::<_, i64>(0)?, uuid_at(row, 1)?);
        let body = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        let Some(parsed) = Parsed::read(body).ok().filter(|_| record != NO_RECORD) else { continue };
        let office = logs.get(&log_of(place)).copied().unwrap_or_default();
        let at = At { log: log_of(place), seq: seq_of(place), office, import: 0 };
        if parsed.of_directory && office != PUBLIC {
            barred::put(conn, place, &record, barred::MISPLACED)?;
            continue;
        }
        let known = several.contains(&record);
        if !parsed.understood || !known || folded.insert(record) {
            applier.project(at, parsed, known)?;
        }
        done += 1;
    }
    applier.flush()
}

/// Rows of every projection table as sorted text; row ids and office numbers are replaced by what they stand for.
fn dump(conn: &Connection) -> Result<BTreeMap<String, Vec<String>>> {
    let offices: BTreeMap<i64, Uuid> = conn
        .prepare("SELECT id, uuid FROM office_number")?
        .query_map([], |row| Ok((row.get(0)?, uuid_at(row, 1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut tables = BTreeMap::new();
    for table in projection_tables().filter(|table| !NOT_COMPARED.contains(table)) {
        tables.insert(table.to_owned(), dump_table(conn, table, &offices)?);
    }
    Ok(tables)
}

fn dump_table(conn: &Connection, table: &str, offices: &BTreeMap<i64, Uuid>) -> Result<Vec<String>> {
    let mut all = conn.prepare(&format!("SELECT * FROM {table}"))?;
    let columns: Vec<String> = all.column_names().map(str::to_owned).collect();
    let mut rows = all.query([])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let mut cells = Vec::with_capacity(columns.len());
        let by_office = row.get::<_, Value>(0)?;
        for (at, column) in columns.iter().enumerate() {
            cells.push(cell(table, column, row.get(at)?, (&by_office, offices)));
        }
        lines.push(cells.join("|"));
    }
    lines.sort_unstable();
    Ok(lines)
}

fn cell(table: &str, column: &str, value: Value, (first, offices): (&Value, &BTreeMap<i64, Uuid>)) -> String {
    let office = |number: i64| offices.get(&number).map(Uuid::to_string).unwrap_or_default();
    let summed_by_office = matches!(first, Value::Text(cube) if ["received", "accepted", "closed", "consultation", "recovered_office"].contains(&cube.as_str()));
    match (table, column, value) {
        ("complaint" | "consultation", "id", Value::Integer(id)) => (id >> 24).to_string(),
        (_, "office", Value::Integer(number)) => office(number),
        ("summary", "a", Value::Text(number)) if summed_by_office => office(number.parse().unwrap_or(-1)),
        ("waiting" | "barred", "place", _) => String::new(),
        (_, _, Value::Blob(bytes)) => redress_journal::hex(&bytes),
        (_, _, Value::Null) => "-".to_owned(),
        (_, _, Value::Integer(number)) => number.to_string(),
        (_, _, Value::Real(number)) => number.to_string(),
        (_, _, Value::Text(text)) => text,
    }
}

//! A store with bad sectors: everything that can still be read goes into a new store beside it. The damaged one is only read.
//!
//! What stands in its place goes on counting: of every log the entries from the first up to the first that cannot be read.
//! What stands above such a hole is kept aside, raw; whoever holds the missing entries sends them again, because the new store
//! says that it has less.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use redress_journal::{Chain, entry_id};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::attachments::{self, Blake3};
use crate::check::replay_all;
use crate::damaged::copy_for_reading;
use crate::error::{Result, StoreError};
use crate::journal::{self, LogRow, place};
use crate::keys::{DataKey, SlotFile};
use crate::migrate::truth_tables;
use crate::open::{DATABASE, PROJECTIONS, SCHEMA, TRUTH, connect_file};
use crate::write::{Keep, transaction};

/// The copy that is read; it goes when everything has been read.
const COPY: &str = "copy";

/// Tables that are read together with the journal, log by log, and the bytes of attachments, which are read one by one.
const READ_APART: [&str; 5] = ["log", "journal", "held", "seal", "attachment_bytes"];

/// What could be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rescued {
    /// Entries that stand in their places again.
    pub entries: u64,
    /// Entries above a hole, kept aside.
    pub aside: u64,
    /// Entries that cannot be read.
    pub lost: u64,
    /// Tables beside the journal of which something may be missing.
    pub tables: u64,
}

impl Rescued {
    /// Whether nothing of the truth is missing.
    pub fn is_whole(&self) -> bool {
        self.aside == 0 && self.lost == 0 && self.tables == 0
    }
}

/// Makes a store in the new folder `to` of whatever can be read of the one in `dir`.
pub fn rescue(dir: &Path, (operator, passphrase): (Option<&str>, &str), to: &Path) -> Result<Rescued> {
    if to.exists() {
        return Err(StoreError::Exists);
    }
    let slots = SlotFile::read(dir)?;
    let (key, _) = slots.open(operator, passphrase)?;
    fs::create_dir_all(to)?;
    let outcome = salvage(dir, to, &key).and_then(|rescued| {
        slots.write(to)?;
        Ok(rescued)
    });
    if outcome.is_err() {
        let _ = fs::remove_dir_all(to);
    }
    outcome
}

/// Makes a database in the folder `to` of whatever can be read of the one in `dir`.
pub(crate) fn salvage(dir: &Path, to: &Path, key: &DataKey) -> Result<Rescued> {
    let copy = to.join(COPY);
    fs::create_dir_all(&copy)?;
    let old = copy_for_reading(dir, &copy, key)?;
    let again = || connect_file(&copy.join(DATABASE), key);
    let new = connect_file(&to.join(DATABASE), key)?;
    let rescued = transaction(&new, Keep::OnSuccess, || {
        new.execute_batch(TRUTH)?;
        new.execute_batch(PROJECTIONS)?;
        let mut salvage = Salvage { old, again: &again, new: &new, rescued: Rescued::default() };
        salvage.journal()?;
        for table in truth_tables().filter(|table| !READ_APART.contains(table)) {
            let whole = salvage.table(table)?;
            salvage.rescued.tables += u64::from(!whole);
        }
        replay_all(&new)?;
        let whole = salvage.attachments()?;
        salvage.rescued.tables += u64::from(!whole);
        new.pragma_update(None, "user_version", SCHEMA)?;
        Ok::<_, StoreError>(salvage.rescued)
    })?;
    new.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    new.close().map_err(|(_, error)| error)?;
    let _ = fs::remove_dir_all(&copy);
    Ok(rescued)
}

/// An entry as it stands in its row: record, import, body.
type Row = ([u8; 16], i64, Vec<u8>);

/// A seal: the number it is about, the chain value there, the signature.
type SealRow = (i64, [u8; 32], Vec<u8>);

/// A stretch above a hole: first, last, and the chain values before and after it.
type Stretch = (u64, u64, [u8; 32], [u8; 32]);

struct Salvage<'c> {
    old: Connection,
    /// Opens the damaged one anew.
    again: &'c dyn Fn() -> Result<Connection>,
    new: &'c Connection,
    rescued: Rescued,
}

impl Salvage<'_> {
    /// A connection that has met a damaged page goes on failing, also at pages that are good.
    fn renew(&mut self) -> Result<()> {
        self.old = (self.again)()?;
        Ok(())
    }

    /// Log by log, entry by entry: one that cannot be read does not hide the next.
    fn journal(&mut self) -> Result<()> {
        let mut chains: BTreeMap<i64, Vec<Chain>> = BTreeMap::new();
        for row in journal::stories(&self.old)? {
            let begins = match row.parent {
                None => Some(Chain::start(&row.log)),
                Some(parent) => {
                    chains.get(&parent).and_then(|chain| chain.get(usize::try_from(row.base).ok()?)).copied()
                }
            };
            chains.insert(row.id, self.log(&row, begins)?);
        }
        Ok(())
    }

    /// Gives the chain after each entry that stands in its place; for a story of its own, of those before it nothing.
    fn log(&mut self, row: &LogRow, begins: Option<Chain>) -> Result<Vec<Chain>> {
        self.put_log(row)?;
        let start = begins.unwrap_or_else(|| Chain::start(&row.log));
        let mut chains = vec![start; usize::try_from(row.base).unwrap_or(0) + 1];
        let (mut head, mut whole) = (row.base, begins.is_some());
        for seq in row.base + 1..=row.head {
            let Some(found) = self.entry_at(row, seq)? else {
                self.rescued.lost += 1;
                whole = false;
                continue;
            };
            if whole {
                chains.push(chains[chains.len() - 1].next(&entry_id(&row.log, seq, &found.2)));
                head = seq;
                self.put(row, seq, found)?;
            } else {
                self.set_aside(row, seq, found)?;
            }
        }
        self.above(row, whole)?;
        // Of a log that is all there the chain stays as it was kept: a check must go on saying that it was edited.
        let chain = if whole { row.chain } else { chains[chains.len() - 1] };
        self.new.execute("UPDATE log SET head = ?2, chain = ?3 WHERE id = ?1", (row.id, head, chain.0))?;
        self.seals(row, (!whole).then_some(&chains))?;
        Ok(chains)
    }

    fn put_log(&self, row: &LogRow) -> Result<()> {
        let (device, epoch, office) = (row.log.device, row.log.epoch, row.log.office);
        self.new
            .prepare_cached(
                "INSERT INTO log (id, parent, base, device, epoch, office, head, chain)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?3, ?7)",
            )?
            .execute((
                row.id,
                row.parent,
                row.base,
                device.as_bytes(),
                epoch.as_bytes(),
                office.as_bytes(),
                row.chain.0,
            ))?;
        Ok(())
    }

    fn entry_at(&mut self, row: &LogRow, seq: u64) -> Result<Option<Row>> {
        match self.read_entry(row, seq) {
            Ok(found) => Ok(Some(found)),
            Err(rusqlite::Error::QueryReturnedNoRows) => Ok(None),
            Err(_) => {
                self.renew()?;
                Ok(None)
            }
        }
    }

    fn read_entry(&self, row: &LogRow, seq: u64) -> rusqlite::Result<Row> {
        let mut get = self.old.prepare_cached("SELECT record, import, body FROM journal WHERE place = ?1")?;
        get.query_row([place(row.id, seq)], |found| Ok((found.get(0)?, found.get(1)?, found.get(2)?)))
    }

    fn put(&mut self, row: &LogRow, seq: u64, (record, import, body): Row) -> Result<()> {
        self.new
            .prepare_cached("INSERT INTO journal (place, record, import, body) VALUES (?1, ?2, ?3, ?4)")?
            .execute((place(row.id, seq), record, import, body))?;
        self.rescued.entries += 1;
        Ok(())
    }

    fn set_aside(&mut self, row: &LogRow, seq: u64, (_, import, body): Row) -> Result<()> {
        let (log, id) = (&row.log, entry_id(&row.log, seq, &body));
        self.new
            .prepare_cached(
                "INSERT OR IGNORE INTO quarantine (device, epoch, office, seq, entry, reason, import, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, 'rescued', ?6, ?7)",
            )?
            .execute((log.device.as_bytes(), log.epoch.as_bytes(), log.office.as_bytes(), seq, id.0, import, body))?;
        self.rescued.aside += 1;
        Ok(())
    }

    /// What was held above a hole before anything was damaged: it stays there when all of its log can be read.
    fn above(&mut self, row: &LogRow, whole: bool) -> Result<()> {
        let Ok(stretches) = self.stretches(row) else {
            self.rescued.tables += 1;
            return self.renew();
        };
        for (first, last, before, after) in stretches {
            let found: Vec<(u64, Option<Row>)> =
                (first..=last).map(|seq| Ok((seq, self.entry_at(row, seq)?))).collect::<Result<_>>()?;
            let complete = whole && found.iter().all(|(_, found)| found.is_some());
            if complete {
                self.new
                    .prepare_cached("INSERT INTO held (log, first, last, before, after) VALUES (?1, ?2, ?3, ?4, ?5)")?
                    .execute((row.id, first, last, before, after))?;
            }
            for (seq, found) in found {
                match found {
                    Some(found) if complete => self.put(row, seq, found)?,
                    Some(found) => self.set_aside(row, seq, found)?,
                    None => self.rescued.lost += 1,
                }
            }
        }
        Ok(())
    }

    fn stretches(&self, row: &LogRow) -> rusqlite::Result<Vec<Stretch>> {
        let mut all = self.old.prepare_cached("SELECT first, last, before, after FROM held WHERE log = ?1")?;
        let number = |found: &rusqlite::Row<'_>, at| found.get::<_, i64>(at).map(i64::unsigned_abs);
        all.query_map([row.id], |found| Ok((number(found, 0)?, number(found, 1)?, found.get(2)?, found.get(3)?)))?
            .collect()
    }

    /// The seals of a log; of one that is not whole those that prove what was rescued: others prove nothing here.
    fn seals(&mut self, row: &LogRow, chains: Option<&Vec<Chain>>) -> Result<()> {
        let Ok(seals) = self.read_seals(row) else {
            self.rescued.tables += 1;
            return self.renew();
        };
        for (seq, chain, signature) in seals {
            let at = |chains: &Vec<Chain>| usize::try_from(seq).ok().and_then(|seq| chains.get(seq)).copied();
            if chains.is_none_or(|chains| at(chains).is_some_and(|known| known.0 == chain)) {
                self.new
                    .prepare_cached("INSERT INTO seal (log, seq, chain, signature) VALUES (?1, ?2, ?3, ?4)")?
                    .execute((row.id, seq, chain, signature))?;
            }
        }
        Ok(())
    }

    fn read_seals(&self, row: &LogRow) -> rusqlite::Result<Vec<SealRow>> {
        let mut all = self.old.prepare_cached("SELECT seq, chain, signature FROM seal WHERE log = ?1 ORDER BY seq")?;
        all.query_map([row.id], |found| Ok((found.get(0)?, found.get(1)?, found.get(2)?)))?.collect()
    }

    /// The bytes of attachments, one by one: one that cannot be read does not hide the next. Says whether nothing is lost:
    /// what somebody else has said that he has is missing here, and is asked for again.
    fn attachments(&mut self) -> Result<bool> {
        let elsewhere = attachments::held_elsewhere(self.new)?;
        let (kept, mut whole) = self.attachments_kept()?;
        for (id, blake3) in kept {
            let bytes: rusqlite::Result<Vec<u8>> =
                self.old.query_row("SELECT bytes FROM attachment_bytes WHERE id = ?1", [id], |row| row.get(0));
            if let Ok(bytes) = bytes {
                let mut put = self
                    .new
                    .prepare_cached("INSERT OR IGNORE INTO attachment_bytes (id, blake3, bytes) VALUES (?1, ?2, ?3)")?;
                put.execute((id, blake3, bytes))?;
            } else {
                whole &= elsewhere.contains(&blake3);
                self.renew()?;
            }
        }
        Ok(whole)
    }

    /// Which attachments were kept, by the index or by the table, and whether these are all.
    fn attachments_kept(&mut self) -> Result<(BTreeMap<i64, Blake3>, bool)> {
        let mut kept = BTreeMap::new();
        for order in ["blake3", "id", "id DESC"] {
            if self.attachments_by(order, &mut kept).is_ok() {
                return Ok((kept, true));
            }
            self.renew()?;
        }
        Ok((kept, false))
    }

    fn attachments_by(&self, order: &str, kept: &mut BTreeMap<i64, Blake3>) -> rusqlite::Result<()> {
        let mut all = self.old.prepare(&format!("SELECT id, blake3 FROM attachment_bytes ORDER BY {order}"))?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            kept.insert(row.get(0)?, row.get(1)?);
        }
        Ok(())
    }

    /// The rows of a table from its beginning up to what cannot be read, and from its end down to it. Says whether all of
    /// them could be read.
    fn table(&mut self, table: &str) -> Result<bool> {
        for order in ["ASC", "DESC"] {
            if self.rows(table, order)? {
                return Ok(order == "ASC");
            }
            self.renew()?;
        }
        Ok(false)
    }

    fn rows(&self, table: &str, order: &str) -> Result<bool> {
        let Ok(mut all) = self.old.prepare(&format!("SELECT * FROM {table} ORDER BY 1 {order}")) else {
            return Ok(false);
        };
        let columns: Vec<String> = all.column_names().map(str::to_owned).collect();
        let columns = columns.join(", ");
        let count = all.column_count();
        let places: Vec<String> = (1..=count).map(|at| format!("?{at}")).collect();
        let put = format!("INSERT OR IGNORE INTO {table} ({columns}) VALUES ({})", places.join(", "));
        let Ok(mut rows) = all.query([]) else { return Ok(false) };
        loop {
            let row = match rows.next() {
                Ok(Some(row)) => row,
                Ok(None) => return Ok(true),
                Err(_) => return Ok(false),
            };
            let cells: rusqlite::Result<Vec<Value>> = (0..count).map(|at| row.get(at)).collect();
            let Ok(cells) = cells else { return Ok(false) };
            self.new.prepare_cached(&put)?.execute(params_from_iter(cells))?;
        }
    }
}

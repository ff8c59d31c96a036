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

use crate::check::replay_all;
use crate::error::{Result, StoreError};
use crate::files;
use crate::journal::{self, LogRow, place};
use crate::keys::{DataKey, SlotFile};
use crate::migrate::truth_tables;
use crate::open::{DATABASE, PROJECTIONS, SCHEMA, TRUTH, WRITE_AHEAD, connect_file};
use crate::write::{Keep, transaction};

const READING: &str = "reading";

/// What could be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rescued {
    /// Entries that stand in their places again.
    pub entries: u64,
    /// Entries above a hole, kept aside.
    pub aside: u64,
    /// Entries that cannot be read.
    pub lost: u64,
}

/// Makes a store in the new folder `to` of whatever can be read of the one in `dir`.
pub fn rescue(dir: &Path, (operator, passphrase): (Option<&str>, &str), to: &Path) -> Result<Rescued> {
    if to.exists() {
        return Err(StoreError::Exists);
    }
    let slots = SlotFile::read(dir)?;
    let (key, _) = slots.open(operator, passphrase)?;
    let reading = to.join(READING);
    fs::create_dir_all(&reading)?;
    let outcome = salvage(dir, &reading, to, &key).and_then(|rescued| {
        slots.write(to)?;
        Ok(rescued)
    });
    let _ = fs::remove_dir_all(&reading);
    if outcome.is_err() {
        let _ = fs::remove_dir_all(to);
    }
    outcome
}

fn salvage(dir: &Path, reading: &Path, to: &Path, key: &DataKey) -> Result<Rescued> {
    // A copy is read, so that the damaged file stays as it is, also what its write-ahead log still holds.
    for name in [DATABASE, WRITE_AHEAD] {
        if dir.join(name).exists() {
            files::copy(&dir.join(name), &reading.join(name))?;
        }
    }
    let old = connect_file(&reading.join(DATABASE), key)?;
    let new = connect_file(&to.join(DATABASE), key)?;
    let rescued = transaction(&new, Keep::OnSuccess, || {
        new.execute_batch(TRUTH)?;
        new.execute_batch(PROJECTIONS)?;
        let rescued = salvage_journal(&old, &new)?;
        for table in truth_tables().filter(|table| !["log", "journal", "held", "seal"].contains(table)) {
            salvage_table(&old, &new, table)?;
        }
        replay_all(&new)?;
        new.pragma_update(None, "user_version", SCHEMA)?;
        Ok::<_, StoreError>(rescued)
    })?;
    new.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    new.close().map_err(|(_, error)| error)?;
    Ok(rescued)
}

/// Log by log, entry by entry: one that cannot be read does not hide the next.
fn salvage_journal(old: &Connection, new: &Connection) -> Result<Rescued> {
    let mut rescued = Rescued::default();
    let mut chains: BTreeMap<i64, Vec<Chain>> = BTreeMap::new();
    for row in journal::stories(old)? {
        let begins = match row.parent {
            None => Some(Chain::start(&row.log)),
            Some(parent) => chains.get(&parent).and_then(|chain| chain.get(usize::try_from(row.base).ok()?)).copied(),
        };
        chains.insert(row.id, salvage_log(old, new, (&row, begins), &mut rescued)?);
    }
    Ok(rescued)
}

/// Gives the chain after each entry that stands in its place; for a story of its own, of those before it nothing.
fn salvage_log(
    old: &Connection,
    new: &Connection,
    (row, begins): (&LogRow, Option<Chain>),
    rescued: &mut Rescued,
) -> Result<Vec<Chain>> {
    put_log(new, row)?;
    let mut chains = Vec::new();
    let (mut head, mut whole) = (row.base, begins.is_some());
    chains.resize(usize::try_from(row.base).unwrap_or(0), Chain::start(&row.log));
    chains.push(begins.unwrap_or_else(|| Chain::start(&row.log)));
    for seq in row.base + 1..=last_known(old, row)? {
        let Some((record, import, body)) = entry_at(old, row, seq) else {
            rescued.lost += u64::from(seq <= row.head);
            whole = false;
            continue;
        };
        let id = entry_id(&row.log, seq, &body);
        if whole {
            new.prepare_cached("INSERT INTO journal (place, record, import, body) VALUES (?1, ?2, ?3, ?4)")?
                .execute((place(row.id, seq), record, import, body))?;
            chains.push(chains[chains.len() - 1].next(&id));
            head = seq;
            rescued.entries += 1;
        } else {
            new.prepare_cached(
                "INSERT OR IGNORE INTO quarantine (device, epoch, office, seq, entry, reason, import, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, 'rescued', ?6, ?7)",
            )?
            .execute((
                row.log.device.as_bytes(),
                row.log.epoch.as_bytes(),
                row.log.office.as_bytes(),
                seq,
                id.0,
                import,
                body,
            ))?;
            rescued.aside += 1;
        }
    }
    let chain = chains[chains.len() - 1];
    new.execute("UPDATE log SET head = ?2, chain = ?3 WHERE id = ?1", (row.id, head, chain.0))?;
    salvage_seals(old, new, row, &chains)?;
    Ok(chains)
}

fn put_log(new: &Connection, row: &LogRow) -> Result<()> {
    let (device, epoch, office) = (row.log.device, row.log.epoch, row.log.office);
    new.prepare_cached(
        "INSERT INTO log (id, parent, base, device, epoch, office, head, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?3, ?7)",
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

/// The last number of a log that there may be an entry of, also above a hole.
fn last_known(old: &Connection, row: &LogRow) -> Result<u64> {
    let held =
        old.query_row("SELECT max(last) FROM held WHERE log = ?1", [row.id], |found| found.get::<_, Option<i64>>(0));
    Ok(row.head.max(held.ok().flatten().map_or(0, i64::unsigned_abs)))
}

fn entry_at(old: &Connection, row: &LogRow, seq: u64) -> Option<([u8; 16], i64, Vec<u8>)> {
    let mut get = old.prepare_cached("SELECT record, import, body FROM journal WHERE place = ?1").ok()?;
    get.query_row([place(row.id, seq)], |found| Ok((found.get(0)?, found.get(1)?, found.get(2)?))).ok()
}

/// Seals that prove what was rescued; others prove nothing here.
fn salvage_seals(old: &Connection, new: &Connection, row: &LogRow, chains: &[Chain]) -> Result<()> {
    let Ok(mut all) = old.prepare_cached("SELECT seq, chain, signature FROM seal WHERE log = ?1 ORDER BY seq") else {
        return Ok(());
    };
    let mut rows = all.query([row.id])?;
    while let Ok(Some(found)) = rows.next() {
        let (seq, chain, signature): (i64, [u8; 32], Vec<u8>) = (found.get(0)?, found.get(1)?, found.get(2)?);
        let proves = usize::try_from(seq).ok().and_then(|seq| chains.get(seq)).is_some_and(|known| known.0 == chain);
        if proves {
            new.prepare_cached("INSERT INTO seal (log, seq, chain, signature) VALUES (?1, ?2, ?3, ?4)")?
                .execute((row.id, seq, chain, signature))?;
        }
    }
    Ok(())
}

/// The rows of a table from its beginning up to what cannot be read, and from its end down to it.
fn salvage_table(old: &Connection, new: &Connection, table: &str) -> Result<()> {
    for order in ["ASC", "DESC"] {
        let Ok(mut all) = old.prepare(&format!("SELECT * FROM {table} ORDER BY 1 {order}")) else { return Ok(()) };
        let columns: Vec<String> = all.column_names().map(str::to_owned).collect();
        let columns = columns.join(", ");
        let count = all.column_count();
        let places: Vec<String> = (1..=count).map(|at| format!("?{at}")).collect();
        let put = format!("INSERT OR IGNORE INTO {table} ({columns}) VALUES ({})", places.join(", "));
        let mut rows = all.query([])?;
        while let Ok(Some(row)) = rows.next() {
            let cells: rusqlite::Result<Vec<Value>> = (0..count).map(|at| row.get(at)).collect();
            if let Ok(cells) = cells {
                new.prepare_cached(&put)?.execute(params_from_iter(cells))?;
            }
        }
    }
    Ok(())
}

//! What is held and not applied, or not trusted: with the reason, since when, and from whom.

use redress_journal::{EntryId, LogId, entry_id};
use rusqlite::Row;
use uuid::Uuid;

use crate::error::Result;
use crate::journal::{self, log_of, seq_of, uuid_at};
use crate::open::Store;
use crate::query::lists::parts_of;

/// More than so many are not listed; the counts say how many there are.
const LISTED: i64 = 500;

/// Something that is held and not in force.
#[derive(Debug, Clone)]
pub struct AsideRow {
    /// Its log.
    pub log: LogId,
    /// Its number.
    pub seq: u64,
    /// Its id.
    pub entry: EntryId,
    /// The record that it is about; nil when its body cannot be read.
    pub record: Uuid,
    /// `predecessor`, `newer`, `reference`, `fork`, `unsealed`, `unreadable`, `undone` or `revoked`.
    pub reason: String,
    /// When the bundle that brought it was merged, and the office that sent the bundle; none: it was written here.
    pub brought: Option<(String, Uuid)>,
    /// Its body.
    pub body: Vec<u8>,
}

/// A log of which two stories are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForkRow {
    /// The log.
    pub log: LogId,
    /// The last entry that both share.
    pub base: u64,
    /// How many entries follow in the one and in the other.
    pub entries: (u64, u64),
}

impl Store {
    /// Entries that wait for a predecessor or a newer program, and steps and losses whose complaint is not here.
    pub fn waiting(&self) -> Result<Vec<AsideRow>> {
        let mut rows = self.places("SELECT place, reason FROM waiting ORDER BY place LIMIT ?1")?;
        rows.extend(self.orphaned()?);
        Ok(rows)
    }

    /// Entries of imports that were taken back.
    pub fn undone(&self) -> Result<Vec<AsideRow>> {
        self.places("SELECT place, 'undone' FROM undone ORDER BY place LIMIT ?1")
    }

    /// Entries that revoked devices wrote after the point up to which they are trusted.
    pub fn barred(&self) -> Result<Vec<AsideRow>> {
        self.places("SELECT place, why FROM barred ORDER BY place LIMIT ?1")
    }

    /// Entries that cannot be trusted or read.
    pub fn quarantined(&self) -> Result<Vec<AsideRow>> {
        let mut all = self.conn.prepare_cached(
            "SELECT quarantine.device, quarantine.epoch, quarantine.office, seq, entry, reason, body, merged_at, import.office
             FROM quarantine LEFT JOIN import ON import.id = quarantine.import
             ORDER BY quarantine.device, quarantine.epoch, quarantine.office, seq, entry LIMIT ?1",
        )?;
        Ok(all.query_map([LISTED], quarantined)?.collect::<rusqlite::Result<_>>()?)
    }

    fn places(&self, sql: &str) -> Result<Vec<AsideRow>> {
        let mut all = self.conn.prepare_cached(sql)?;
        let places: Vec<(i64, String)> =
            all.query_map([LISTED], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        places.into_iter().map(|(place, reason)| self.entry_at(place, reason)).collect()
    }

    fn orphaned(&self) -> Result<Vec<AsideRow>> {
        let mut all = self.conn.prepare_cached("SELECT complaint FROM orphan ORDER BY complaint LIMIT ?1")?;
        let orphans: Vec<Uuid> = all.query_map([LISTED], |row| uuid_at(row, 0))?.collect::<rusqlite::Result<_>>()?;
        let mut rows = Vec::new();
        for complaint in orphans {
            for part in parts_of(&self.conn, &complaint)? {
                let first = journal::record(&self.conn, &part)?.and_then(|record| {
                    let first = record.state.applied.first()?;
                    Some(record.entries[*first].place)
                });
                rows.extend(first.map(|place| self.entry_at(place, "reference".to_owned())).transpose()?);
            }
        }
        Ok(rows)
    }

    fn entry_at(&self, place: i64, reason: String) -> Result<AsideRow> {
        let log = journal::log_by_id(&self.conn, log_of(place))?.log;
        let seq = seq_of(place);
        let mut get = self.conn.prepare_cached(
            "SELECT record, body, merged_at, office FROM journal LEFT JOIN import ON import.id = journal.import
             WHERE place = ?1",
        )?;
        Ok(get.query_row([place], |row| {
            let body: Vec<u8> = row.get(1)?;
            let entry = entry_id(&log, seq, &body);
            Ok(AsideRow { log, seq, entry, record: uuid_at(row, 0)?, reason, brought: brought(row, 2)?, body })
        })?)
    }

    /// Holes in what is held about an office: entries that are missing below others that are here.
    pub fn missing_entries(&self) -> Result<Vec<(Uuid, u64)>> {
        let mut missing: Vec<(Uuid, u64)> = Vec::new();
        let torn = |row: &journal::LogRow| journal::held(&self.conn, row).map(|held| (row.log.office, held));
        for found in journal::logs(&self.conn)?.iter().map(torn) {
            let (office, held) = found?;
            let count: u64 = held.missing(held.highest()).iter().map(|(first, last)| last - first + 1).sum();
            if count > 0 {
                missing.push((office, count));
            }
        }
        Ok(missing)
    }

    /// Lives of an office's devices: more than it has devices after a restore or a copy.
    pub fn lives(&self, office: &Uuid) -> Result<u64> {
        let mut count = self.conn.prepare_cached(
            "SELECT count(DISTINCT epoch) FROM log WHERE device IN (SELECT uuid FROM device WHERE office = ?1)",
        )?;
        Ok(count.query_row([office.as_bytes()], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// Logs that tell more than one story.
    pub fn forks(&self) -> Result<Vec<ForkRow>> {
        let mut forks = Vec::new();
        for branch in journal::stories(&self.conn)? {
            if let Some(parent) = branch.parent {
                let parent = journal::log_by_id(&self.conn, parent)?;
                forks.push(ForkRow {
                    log: branch.log,
                    base: branch.base,
                    entries: (parent.head.saturating_sub(branch.base), branch.head - branch.base),
                });
            }
        }
        Ok(forks)
    }
}

fn brought(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<(String, Uuid)>> {
    Ok(match row.get::<_, Option<String>>(column)? {
        Some(at) => Some((at, uuid_at(row, column + 1)?)),
        None => None,
    })
}

fn quarantined(row: &Row<'_>) -> rusqlite::Result<AsideRow> {
    let log = LogId { device: uuid_at(row, 0)?, epoch: uuid_at(row, 1)?, office: uuid_at(row, 2)? };
    let body: Vec<u8> = row.get(6)?;
    Ok(AsideRow {
        log,
        seq: row.get::<_, i64>(3)?.unsigned_abs(),
        entry: EntryId(row.get(4)?),
        record: redress_journal::Body::read(&body).map(|body| body.id).unwrap_or_default(),
        reason: row.get(5)?,
        brought: brought(row, 7)?,
        body,
    })
}

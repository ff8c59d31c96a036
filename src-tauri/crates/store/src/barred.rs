//! What a revoked device wrote after the point up to which it is trusted, and what stands where it cannot: it keeps its
//! place in the journal and is never in force. Computed from the journal alone, so that it does not matter what came first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use redress_domain::Kind;
use redress_domain::record::{Device, Revocation, TrustedPoint, read_map};
use redress_journal::{Body, Chain, PUBLIC};
use rusqlite::Connection;
use uuid::Uuid;

use crate::apply::At;
use crate::error::Result;
use crate::journal::{self, LogRow, SEQ_MAX, place, uuid_at};
use crate::misplaced;
use crate::typed::{Parsed, Typed};

/// Revoked devices, with how far each is trusted.
pub(crate) type Revocations = HashMap<Uuid, Revocation>;

/// Why an entry is barred; the words are keys in the catalogues.
const REVOKED: &str = "revoked";
pub(crate) const MISPLACED: &str = "misplaced";

/// What a write must know of revocations, and whether it touched what they are about.
pub(crate) struct Bars {
    revoked: Revocations,
    /// For each log row that was asked about: the last trusted number, if its device is revoked.
    limits: HashMap<i64, Option<u64>>,
    touched: bool,
    /// A public log has told of a record of which another log had told before.
    overtaken: bool,
}

impl Bars {
    pub fn load(conn: &Connection) -> Result<Self> {
        Ok(Self { revoked: revocations(conn)?, limits: HashMap::new(), touched: false, overtaken: false })
    }

    /// Bars an entry that was just stored, if it stands beyond every point of its log. Which of several stories a point is
    /// about is looked at when the write ends.
    pub fn bar(&mut self, conn: &Connection, at: At, parsed: &Parsed, known: bool) -> Result<bool> {
        let record = &parsed.record;
        if at.office == PUBLIC {
            self.overtaken |= known && misplaced::is_about_an_office(conn, record)?;
        } else if parsed.of_directory || known && misplaced::is_public(conn, record)? {
            put(conn, place(at.log, at.seq), record, MISPLACED)?;
            return Ok(true);
        }
        if self.revoked.is_empty() {
            return Ok(false);
        }
        if !self.limits.contains_key(&at.log) {
            let limit = self.limit(&journal::log_by_id(conn, at.log)?);
            self.limits.insert(at.log, limit);
        }
        let Some(limit) = self.limits.get(&at.log).copied().flatten() else { return Ok(false) };
        self.touched = true;
        if at.seq > limit {
            put(conn, place(at.log, at.seq), record, REVOKED)?;
        }
        Ok(at.seq > limit)
    }

    fn limit(&self, row: &LogRow) -> Option<u64> {
        let revocation = self.revoked.get(&row.log.device).filter(|_| row.log.office != PUBLIC)?;
        Some(points_of(revocation, row).map(|point| point.seq).max().unwrap_or(0))
    }

    /// Notes that a device of the directory was written, which may have revoked it or taken that back.
    pub fn note(&mut self, typed: &Typed) {
        if let Typed::Device(device) = typed {
            self.touched |= device.revoked_at.is_some() || !self.revoked.is_empty();
        }
    }

    pub fn are_touched(&self) -> bool {
        self.touched
    }

    pub fn are_overtaken(&self) -> bool {
        self.overtaken
    }
}

pub(crate) fn put(conn: &Connection, place: i64, record: &Uuid, why: &str) -> Result<()> {
    conn.prepare_cached("INSERT OR IGNORE INTO barred (place, record, why) VALUES (?1, ?2, ?3)")?.execute((
        place,
        record.as_bytes(),
        why,
    ))?;
    Ok(())
}

/// The revocations that are projected.
fn revocations(conn: &Connection) -> Result<Revocations> {
    let mut all = conn.prepare_cached("SELECT uuid, revoked FROM device WHERE revoked IS NOT NULL")?;
    let rows = all.query_map([], |row| Ok((uuid_at(row, 0)?, row.get::<_, String>(1)?)))?;
    let mut found = Revocations::new();
    for row in rows {
        let (device, revoked) = row?;
        found.insert(device, serde_json::from_str(&revoked).unwrap_or_default());
    }
    Ok(found)
}

/// The revocations as the public logs say, before anything is projected.
pub(crate) fn revocations_written(conn: &Connection) -> Result<Revocations> {
    let mut devices = BTreeSet::new();
    for row in journal::stories(conn)?.into_iter().filter(|row| row.log.office == PUBLIC) {
        let mut all = conn.prepare_cached("SELECT body FROM journal WHERE place BETWEEN ?1 AND ?2")?;
        let bodies = all.query_map((place(row.id, 0), place(row.id, SEQ_MAX)), |row| row.get::<_, Vec<u8>>(0))?;
        for body in bodies {
            let body = body?;
            let Ok(body) = Body::read(&body) else { continue };
            if body.kind == Kind::Device.as_str() && body.set_text().contains("\"revoked_at\"") {
                devices.insert(body.id);
            }
        }
    }
    let mut found = Revocations::new();
    for id in devices {
        let Some(record) = journal::record(conn, &id)? else { continue };
        let device: Device = read_map(record.state.values()).value;
        found.extend(device.revoked_at.map(|revocation| (id, revocation)));
    }
    Ok(found)
}

/// Fills the empty table, but for entries about the directory in other logs: whoever replays the journal reads those anyhow.
pub(crate) fn mark(conn: &Connection, revoked: &Revocations) -> Result<()> {
    misplaced::mark(conn)?;
    for (at, record) in beyond(conn, revoked)? {
        put(conn, at, &record, REVOKED)?;
    }
    Ok(())
}

/// Whether the table is not what the revocations and the journal say now. What is misplaced is not beyond a point as well.
pub(crate) fn is_outdated(conn: &Connection) -> Result<bool> {
    let mut all = conn.prepare_cached("SELECT place, record FROM barred WHERE why = ?1")?;
    let mut barred_for = |why: &str| -> Result<BTreeMap<i64, Uuid>> {
        let rows = all.query_map([why], |row| Ok((row.get(0)?, uuid_at(row, 1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    };
    let (revoked, misplaced) = (barred_for(REVOKED)?, barred_for(MISPLACED)?);
    let mut beyond = beyond(conn, &revocations(conn)?)?;
    beyond.retain(|place, _| !misplaced.contains_key(place));
    Ok(revoked != beyond)
}

/// Every entry beyond the points: its place and its record.
fn beyond(conn: &Connection, revoked: &Revocations) -> Result<BTreeMap<i64, Uuid>> {
    let mut found = BTreeMap::new();
    if revoked.is_empty() {
        return Ok(found);
    }
    let mut rest = conn.prepare_cached("SELECT place, record FROM journal WHERE place > ?1 AND place <= ?2")?;
    for trunk in journal::logs(conn)?.into_iter().filter(|row| row.log.office != PUBLIC) {
        let Some(revocation) = revoked.get(&trunk.log.device) else { continue };
        for (row, limit) in limits(conn, revocation, &trunk)? {
            let range = (place(row, limit), place(row, SEQ_MAX));
            let rows = rest.query_map(range, |row| Ok((row.get(0)?, uuid_at(row, 1)?)))?;
            for row in rows {
                let (at, record) = row?;
                found.insert(at, record);
            }
        }
    }
    Ok(found)
}

fn points_of<'r>(revocation: &'r Revocation, row: &LogRow) -> impl Iterator<Item = &'r TrustedPoint> {
    let epoch = row.log.epoch.to_string();
    revocation.points().filter(move |point| point.epoch == epoch)
}

/// The last trusted number of each story of a log. A point that names a chain value is about the story that goes through
/// it; while no story here has come so far, it may be any of them.
fn limits(conn: &Connection, revocation: &Revocation, trunk: &LogRow) -> Result<BTreeMap<i64, u64>> {
    let family = journal::family(conn, trunk)?;
    let mut limits: BTreeMap<i64, u64> = family.iter().map(|row| (row.id, 0)).collect();
    for point in points_of(revocation, trunk) {
        let mut through = Vec::new();
        for row in &family {
            if row.base < point.seq && point.seq <= row.head && goes_through(conn, row, point)? {
                through.push(*row);
            }
        }
        if through.is_empty() {
            through = family.iter().filter(|row| row.head < point.seq).copied().collect();
        }
        for row in through {
            trust(conn, &mut limits, (&row, point.seq))?;
        }
    }
    Ok(limits)
}

fn goes_through(conn: &Connection, row: &LogRow, point: &TrustedPoint) -> Result<bool> {
    match point.chain.parse::<Chain>() {
        Ok(chain) => Ok(journal::chain_at(conn, row, point.seq)? == chain),
        Err(_) => Ok(true),
    }
}

/// A story is trusted together with those that it branched off from, up to where it did.
fn trust(conn: &Connection, limits: &mut BTreeMap<i64, u64>, (row, seq): (&LogRow, u64)) -> Result<()> {
    let (mut row, mut seq) = (*row, seq);
    loop {
        let limit = limits.entry(row.id).or_default();
        *limit = seq.max(*limit);
        let Some(parent) = row.parent else { return Ok(()) };
        seq = seq.min(row.base);
        row = journal::log_by_id(conn, parent)?;
    }
}

impl crate::open::Store {
    /// How far the logs of a device have come here: each story of each life, with the chain value after the last entry
    /// that is held. The directory is not among them.
    pub fn points_of(&self, device: &Uuid) -> Result<Vec<TrustedPoint>> {
        let mut points = Vec::new();
        let own = |row: &LogRow| row.log.device == *device && row.log.office != PUBLIC;
        for row in journal::stories(&self.conn)?.into_iter().filter(own) {
            let (mut seq, mut chain) = (row.head, row.chain);
            let mut above = self.conn.prepare_cached("SELECT last, after FROM held WHERE log = ?1 AND last > ?2")?;
            let held = above.query_map((row.id, row.head), |found| {
                Ok((found.get::<_, i64>(0)?.unsigned_abs(), Chain(found.get(1)?)))
            })?;
            for stretch in held {
                let (last, after) = stretch?;
                if last > seq {
                    (seq, chain) = (last, after);
                }
            }
            points.push(TrustedPoint { epoch: row.log.epoch.to_string(), seq, chain: chain.to_string() });
        }
        Ok(points)
    }

    /// The chain value of a life of a device's store after an entry, when it is held and there is only one story of it.
    pub fn chain_of(&self, device: &Uuid, epoch: &Uuid, seq: u64) -> Result<Option<Chain>> {
        let own = |row: &&LogRow| row.log.device == *device && row.log.epoch == *epoch && row.log.office != PUBLIC;
        let rows = journal::stories(&self.conn)?;
        let rows: Vec<&LogRow> = rows.iter().filter(own).collect();
        match rows[..] {
            [row] if seq <= row.head => Ok(Some(journal::chain_at(&self.conn, row, seq)?)),
            _ => Ok(None),
        }
    }

    /// How many entries are not in force because their device was revoked.
    pub fn barred_count(&self) -> Result<u64> {
        let mut count = self.conn.prepare_cached("SELECT count(*) FROM barred")?;
        Ok(count.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }
}

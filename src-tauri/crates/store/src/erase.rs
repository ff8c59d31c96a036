//! Erasure by law: an entry of a record orders that earlier entries of the same record lose what they said of a person. They
//! keep their places and their ids; every store that the order reaches carries it out, whatever comes first.

use std::borrow::Cow;
use std::collections::HashMap;

use redress_domain::Kind;
use redress_domain::record::{can_be_erased, stays};
use redress_journal::{Body, EntryId, entry_id, erase, erased_id};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde::Deserialize;
use uuid::Uuid;

use crate::apply::At;
use crate::error::Result;
use crate::journal::{self, LogRow, log_of, seq_of, uuid_at};
use crate::open::Store;
use crate::typed::Parsed;
use crate::write::{Keep, transaction};

/// Set while what was erased may still stand in free pages.
const LEFTOVERS: &str = "erasure_leftovers";

/// An order as it stands in the fields of an entry.
#[derive(Deserialize, Default)]
struct Fields {
    #[serde(default)]
    erasure: Order,
}

#[derive(Deserialize, Default)]
struct Order {
    #[serde(default)]
    entries: Vec<EntryId>,
}

/// The entries that a body orders to be erased; most bodies order nothing.
pub(crate) fn ordered_by(body: &Body<'_>) -> Vec<EntryId> {
    let text = body.set_text();
    if !text.contains("\"erasure\"") {
        return Vec::new();
    }
    serde_json::from_str::<Fields>(text).unwrap_or_default().erasure.entries
}

/// The orders that are known here.
pub(crate) struct Erasures {
    /// For each entry: the record that it must belong to, and the office about which it must be.
    ordered: HashMap<EntryId, (Uuid, Uuid)>,
}

impl Erasures {
    pub fn load(conn: &Connection) -> Result<Self> {
        let mut all = conn.prepare_cached("SELECT entry, record, office FROM erasure")?;
        let rows = all.query_map([], |row| Ok((EntryId(row.get(0)?), (uuid_at(row, 1)?, uuid_at(row, 2)?))))?;
        Ok(Self { ordered: rows.collect::<rusqlite::Result<_>>()? })
    }

    /// An entry as it is to be stored: without what was ordered to be erased before it came.
    pub fn as_ordered<'b>(&self, conn: &Connection, at: At, body: &'b [u8]) -> Result<Cow<'b, [u8]>> {
        if self.ordered.is_empty() || erased_id(body).is_some() {
            return Ok(Cow::Borrowed(body));
        }
        let id = entry_id(&journal::log_by_id(conn, at.log)?.log, at.seq, body);
        let left = Body::read(body).ok().filter(|read| self.ordered.get(&id) == Some(&(read.id, at.office)));
        Ok(left.and_then(|read| left_of(&id, &read)).map_or(Cow::Borrowed(body), Cow::Owned))
    }

    /// Carries out what an entry orders. It reaches entries of its own record about its own office, and nothing else.
    pub fn carry_out(&mut self, conn: &Connection, at: At, parsed: &Parsed) -> Result<()> {
        if parsed.erases.is_empty() {
            return Ok(());
        }
        for id in &parsed.erases {
            conn.prepare_cached("INSERT OR IGNORE INTO erasure (entry, record, office) VALUES (?1, ?2, ?3)")?
                .execute((id.0, parsed.record.as_bytes(), at.office.as_bytes()))?;
            conn.prepare_cached("DELETE FROM quarantine WHERE entry = ?1")?.execute([id.0])?;
            self.ordered.entry(*id).or_insert((parsed.record, at.office));
        }
        conn.prepare_cached("INSERT OR IGNORE INTO local (key, value) VALUES (?1, x'')")?.execute([LEFTOVERS])?;
        let mut all = conn.prepare_cached("SELECT place, body FROM journal WHERE record = ?1")?;
        let rows: Vec<(i64, Vec<u8>)> = all
            .query_map([parsed.record.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (place, body) in rows {
            let row = journal::log_by_id(conn, log_of(place))?;
            if let Some(left) = self.left_at(&row, (place, body.as_slice()), &parsed.record) {
                conn.prepare_cached("UPDATE journal SET body = ?2 WHERE place = ?1")?.execute((place, left))?;
            }
        }
        Ok(())
    }

    fn left_at(&self, row: &LogRow, (place, body): (i64, &[u8]), record: &Uuid) -> Option<Vec<u8>> {
        let id = entry_id(&row.log, seq_of(place), body);
        let ordered = self.ordered.get(&id) == Some(&(*record, row.log.office)) && erased_id(body).is_none();
        let body = Body::read(body).ok().filter(|_| ordered)?;
        left_of(&id, &body)
    }
}

fn left_of(id: &EntryId, body: &Body<'_>) -> Option<Vec<u8>> {
    let kind = Kind::parse(&body.kind).filter(|kind| can_be_erased(*kind))?;
    Some(erase(id, body, |field| stays(kind, field)))
}

/// Whether somebody has ordered that this entry of a record be erased. What says so of itself without an order is not
/// believed: it could say anything.
pub(crate) fn is_ordered(conn: &Connection, entry: &EntryId, record: &Uuid) -> Result<bool> {
    let mut known = conn.prepare_cached("SELECT 1 FROM erasure WHERE entry = ?1 AND record = ?2")?;
    Ok(known.exists((entry.0, record.as_bytes()))?)
}

impl Store {
    /// Records of which some entry contains this text, as far as they are in force.
    pub fn records_containing(&self, text: &str) -> Result<Vec<Uuid>> {
        let mut all = self.conn.prepare_cached(
            "SELECT DISTINCT record FROM journal WHERE instr(body, CAST(?1 AS BLOB)) > 0 ORDER BY record",
        )?;
        Ok(all.query_map([text], |row| uuid_at(row, 0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Takes what was erased out of the search and out of the free pages of the file, where it stands until they are used
    /// again. Done once after every erasure, also when the program ended in between.
    pub(crate) fn wipe_leftovers(&mut self) -> Result<()> {
        let waits = self.conn.prepare_cached("SELECT 1 FROM local WHERE key = ?1")?.exists([LEFTOVERS])?;
        if waits {
            transaction(&self.conn, Keep::OnSuccess, || -> Result<()> {
                self.conn.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
                self.conn.execute("DELETE FROM local WHERE key = ?1", [LEFTOVERS])?;
                Ok(())
            })?;
            self.conn.execute_batch("VACUUM")?;
            self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(())
    }

    /// Every value of every table, one after the other: for whoever wants to see that something is nowhere.
    pub fn every_value(&self) -> Result<Vec<u8>> {
        let mut tables = self.conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
        let tables: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut bytes = Vec::new();
        // The search has no content of its own; what it is made of stands in tables beside it.
        for table in tables.iter().filter(|table| *table != "search") {
            let mut all = self.conn.prepare(&format!("SELECT * FROM \"{table}\""))?;
            let columns = all.column_count();
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    if let ValueRef::Text(value) | ValueRef::Blob(value) = row.get_ref(column)? {
                        bytes.extend_from_slice(value);
                    }
                    bytes.push(0);
                }
            }
        }
        Ok(bytes)
    }
}

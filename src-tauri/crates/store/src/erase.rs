//! Erasure by law: an entry of a record orders that earlier entries of the same record lose what they said of a person. They
//! keep their places and their ids; every store that the order reaches carries it out, whatever comes first.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs;

use redress_domain::Kind;
use redress_domain::record::{self, Attachment, can_be_erased, stays};
use redress_journal::{Body, EntryId, entry_id, erase, erased_id};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde::Deserialize;
use uuid::Uuid;

use crate::apply::At;
use crate::attachments::{self, Blake3};
use crate::error::Result;
use crate::journal::{self, LogRow, log_of, seq_of, uuid_at};
use crate::migrate;
use crate::open::{SCHEMA, Store};
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
    /// Entries, each with the record that it must belong to and the office about which it must be. The log of another
    /// office may repeat an order; the true one counts beside it.
    ordered: HashSet<(EntryId, Uuid, Uuid)>,
    /// Bytes that records named which have been erased since this was loaded.
    loosened: Vec<Blake3>,
}

impl Erasures {
    pub fn load(conn: &Connection) -> Result<Self> {
        let mut all = conn.prepare_cached("SELECT entry, record, office FROM erasure")?;
        let rows = all.query_map([], |row| Ok((EntryId(row.get(0)?), uuid_at(row, 1)?, uuid_at(row, 2)?)))?;
        Ok(Self { ordered: rows.collect::<rusqlite::Result<_>>()?, loosened: Vec::new() })
    }

    /// An entry as it is to be stored: without what was ordered to be erased before it came.
    pub fn as_ordered<'b>(&self, conn: &Connection, at: At, body: &'b [u8]) -> Result<Cow<'b, [u8]>> {
        if self.ordered.is_empty() || erased_id(body).is_some() {
            return Ok(Cow::Borrowed(body));
        }
        let id = entry_id(&journal::log_by_id(conn, at.log)?.log, at.seq, body);
        let left = Body::read(body).ok().filter(|read| self.ordered.contains(&(id, read.id, at.office)));
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
            forget_aside(conn, (id, &parsed.record, &at.office))?;
            self.ordered.insert((*id, parsed.record, at.office));
        }
        conn.prepare_cached("INSERT OR IGNORE INTO local (key, value) VALUES (?1, x'')")?.execute([LEFTOVERS])?;
        let mut all = conn.prepare_cached("SELECT place, body FROM journal WHERE record = ?1")?;
        let rows: Vec<(i64, Vec<u8>)> = all
            .query_map([parsed.record.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (place, body) in rows {
            let row = journal::log_by_id(conn, log_of(place))?;
            if let Some(left) = self.left_at(&row, (place, body.as_slice()), &parsed.record) {
                self.loosened.extend(bytes_named(&body));
                conn.prepare_cached("UPDATE journal SET body = ?2 WHERE place = ?1")?.execute((place, left))?;
            }
        }
        Ok(())
    }

    /// Removes the bytes that nobody names any more; called when all rows are written.
    pub fn let_bytes_go(&mut self, conn: &Connection) -> Result<()> {
        self.loosened.drain(..).try_for_each(|blake3| attachments::let_go(conn, &blake3))
    }

    fn left_at(&self, row: &LogRow, (place, body): (i64, &[u8]), record: &Uuid) -> Option<Vec<u8>> {
        let id = entry_id(&row.log, seq_of(place), body);
        let ordered = self.ordered.contains(&(id, *record, row.log.office)) && erased_id(body).is_none();
        let body = Body::read(body).ok().filter(|_| ordered)?;
        left_of(&id, &body)
    }
}

/// The bytes that an entry of an attachment names.
fn bytes_named(body: &[u8]) -> Option<Blake3> {
    let body = Body::read(body).ok().filter(|body| body.kind == Kind::Attachment.as_str())?;
    record::read::<Attachment>(body.set_text()).value.digest()
}

fn left_of(id: &EntryId, body: &Body<'_>) -> Option<Vec<u8>> {
    let kind = Kind::parse(&body.kind).filter(|kind| can_be_erased(*kind))?;
    Some(erase(id, body, |field| stays(kind, field)))
}

/// What was put aside of an entry before the order came goes: it comes again with its whole log, and is erased then.
fn forget_aside(conn: &Connection, (entry, record, office): (&EntryId, &Uuid, &Uuid)) -> Result<()> {
    let mut aside = conn.prepare_cached("SELECT rowid, body FROM quarantine WHERE entry = ?1 AND office = ?2")?;
    let rows: Vec<(i64, Vec<u8>)> = aside
        .query_map((entry.0, office.as_bytes()), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (row, body) in rows {
        if Body::read(&body).is_ok_and(|body| body.id == *record) {
            conn.prepare_cached("DELETE FROM quarantine WHERE rowid = ?1")?.execute([row])?;
        }
    }
    Ok(())
}

/// Whether somebody has ordered that this entry of a record about an office be erased. What says so of itself without an
/// order is not believed: it could say anything.
pub(crate) fn is_ordered(conn: &Connection, entry: &EntryId, (record, office): (&Uuid, &Uuid)) -> Result<bool> {
    let mut known = conn.prepare_cached("SELECT 1 FROM erasure WHERE entry = ?1 AND record = ?2 AND office = ?3")?;
    Ok(known.exists((entry.0, record.as_bytes(), office.as_bytes()))?)
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
    /// again. Done once after every erasure: the note that it is to be done goes last, so that a power cut or a full disk
    /// on the way means that it is done at the next start. Until then nobody's work stops for it.
    pub(crate) fn wipe_leftovers(&mut self) -> Result<()> {
        let waits = self.conn.prepare_cached("SELECT 1 FROM local WHERE key = ?1")?.exists([LEFTOVERS])?;
        if waits && self.rewrite().unwrap_or(false) {
            transaction(&self.conn, Keep::OnSuccess, || -> Result<()> {
                self.conn.execute("DELETE FROM local WHERE key = ?1", [LEFTOVERS])?;
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Writes the search and the whole file anew, and lets go of the one from before an earlier program's store was brought
    /// up to date; gives whether nothing of what was before stands in the store any more.
    fn rewrite(&mut self) -> Result<bool> {
        transaction(&self.conn, Keep::OnSuccess, || -> Result<()> {
            self.conn.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
            Ok(())
        })?;
        self.conn.execute_batch("VACUUM")?;
        let somebody_reads = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0))?;
        self.let_go_of_former()?;
        Ok(!somebody_reads)
    }

    /// The databases that [`migrate::up_to_date`] left open with the same key as this one. They go by their exact names, and
    /// only once a verified copy of the store as it is now stands in their place.
    fn let_go_of_former(&mut self) -> Result<()> {
        let former: Vec<_> =
            (1..SCHEMA).map(|schema| migrate::kept_file(self.dir(), schema)).filter(|file| file.is_file()).collect();
        if !former.is_empty() {
            self.back_up()?;
        }
        for file in former {
            fs::remove_file(file)?;
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

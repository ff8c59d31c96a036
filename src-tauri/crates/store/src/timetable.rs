//! The rules, the calendar and the code lists of this store: those of the program, with the packs that the county has sent over them.
//! It must not judge a pack: one that cannot be read changes nothing and stays in the journal.

use std::sync::{Arc, LazyLock};

use redress_domain::CodeLists;
use redress_domain::record::Pack;
use redress_domain::timetable::{PackKind, Timetable};
use rusqlite::Connection;
use uuid::Uuid;

use crate::error::Result;
use crate::open::Store;

static BUILT_IN: LazyLock<Arc<Timetable>> = LazyLock::new(|| Arc::new(Timetable::built_in()));
static BUILT_IN_CODES: LazyLock<Arc<CodeLists>> = LazyLock::new(|| Arc::new(CodeLists::built_in()));

/// A pack that is in force here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRow {
    /// Its record.
    pub id: Uuid,
    /// What it holds.
    pub kind: String,
    /// Which one of its kind.
    pub name: String,
}

/// The timetable as the tables have it. Packs lie over the program's own in an order that every store agrees on.
pub(crate) fn read(conn: &Connection) -> Result<Arc<Timetable>> {
    let mut all = conn.prepare_cached("SELECT kind, content FROM pack ORDER BY kind, name, uuid")?;
    let packs = all.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let packs: Vec<(String, String)> = packs.collect::<rusqlite::Result<_>>()?;
    if packs.is_empty() {
        return Ok(BUILT_IN.clone());
    }
    let known = packs.iter().filter_map(|(kind, content)| Some((PackKind::parse(kind)?, content.as_str())));
    Ok(Arc::new(known.fold(Timetable::built_in(), |timetable, (kind, content)| timetable.with(kind, content))))
}

/// Writes the row of a pack.
pub(crate) fn put(conn: &Connection, id: &Uuid, pack: &Pack, withdrawn: bool) -> Result<()> {
    conn.prepare_cached("DELETE FROM pack WHERE uuid = ?1")?.execute([id.as_bytes()])?;
    if !withdrawn {
        conn.prepare_cached("INSERT INTO pack (uuid, kind, name, content) VALUES (?1, ?2, ?3, ?4)")?.execute((
            id.as_bytes(),
            &pack.kind,
            &pack.name,
            &pack.content,
        ))?;
    }
    Ok(())
}

impl Store {
    /// The rules and the calendar in force here.
    pub fn timetable(&self) -> Result<Arc<Timetable>> {
        read(&self.conn)
    }

    /// The code lists in force here. A list that cannot be read changes nothing.
    pub fn code_lists(&self) -> Result<Arc<CodeLists>> {
        let mut all = self.conn.prepare_cached("SELECT content FROM pack WHERE kind = ?1 ORDER BY name, uuid")?;
        let packs = all.query_map([PackKind::Codes.as_str()], |row| row.get::<_, String>(0))?;
        let packs: Vec<String> = packs.collect::<rusqlite::Result<_>>()?;
        if packs.is_empty() {
            return Ok(BUILT_IN_CODES.clone());
        }
        let readable = packs.iter().filter_map(|content| CodeLists::from_csv(content).ok());
        Ok(Arc::new(readable.fold(CodeLists::built_in(), CodeLists::with)))
    }

    /// The packs that the county has sent.
    pub fn packs(&self) -> Result<Vec<PackRow>> {
        let mut all = self.conn.prepare_cached("SELECT uuid, kind, name FROM pack ORDER BY kind, name, uuid")?;
        let rows = all.query_map([], |row| {
            Ok(PackRow { id: crate::journal::uuid_at(row, 0)?, kind: row.get(1)?, name: row.get(2)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

//! The log of views: who looked at somebody's data in full. It belongs to this PC and is never carried, so nothing in it can
//! contradict anything. Rows are only added, and each is chained to the one before it.

use blake3::Hasher;
use rusqlite::{Connection, Row};
use uuid::Uuid;

use crate::error::Result;
use crate::journal::uuid_at;
use crate::open::Store;
use crate::write::Gate;

/// One look at a record in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// When, by this PC's clock.
    pub at: String,
    /// Who.
    pub operator: Uuid,
    /// At what.
    pub record: Uuid,
    /// What for, if they said.
    pub reason: String,
}

impl View {
    fn chained(&self, before: &[u8; 32]) -> [u8; 32] {
        let mut hasher = Hasher::new_derive_key("redress 2026 log of views");
        hasher.update(before).update(self.operator.as_bytes()).update(self.record.as_bytes());
        for text in [&self.at, &self.reason] {
            hasher.update(&(text.len() as u64).to_be_bytes()).update(text.as_bytes());
        }
        *hasher.finalize().as_bytes()
    }
}

/// How many views there are, and the chain value after the last, kept apart from them: rows that were cut off are missed.
const TIP: &str = "view_log";

fn view_row(row: &Row<'_>) -> rusqlite::Result<(i64, View, [u8; 32])> {
    let view = View { at: row.get(1)?, operator: uuid_at(row, 2)?, record: uuid_at(row, 3)?, reason: row.get(4)? };
    Ok((row.get(0)?, view, row.get(5)?))
}

const COLUMNS: &str = "id, at, operator, record, reason, chain";

impl Gate<'_> {
    /// Notes a view.
    pub fn note_view(&mut self, view: &View) -> Result<()> {
        let conn = self.applier.conn;
        let (count, before) = tip(conn)?;
        let chain = view.chained(&before);
        conn.prepare_cached(
            "INSERT INTO view_log (id, at, operator, record, reason, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            count + 1,
            &view.at,
            view.operator.as_bytes(),
            view.record.as_bytes(),
            &view.reason,
            chain,
        ))?;
        let kept = [&(count + 1).to_be_bytes()[..], &chain].concat();
        self.put_local(TIP, &kept)
    }
}

fn tip(conn: &Connection) -> Result<(i64, [u8; 32])> {
    let mut last = conn.prepare_cached("SELECT id, chain FROM view_log ORDER BY id DESC LIMIT 1")?;
    let mut rows = last.query([])?;
    Ok(match rows.next()? {
        Some(row) => (row.get(0)?, row.get(1)?),
        None => (0, [0; 32]),
    })
}

impl Store {
    /// The newest views.
    pub fn views(&self, limit: u32) -> Result<Vec<View>> {
        let sql = format!("SELECT {COLUMNS} FROM view_log ORDER BY id DESC LIMIT ?1");
        let mut all = self.conn.prepare_cached(&sql)?;
        let rows = all.query_map([limit], view_row)?;
        Ok(rows.map(|row| Ok(row?.1)).collect::<rusqlite::Result<_>>()?)
    }

    /// The first view that is missing or is not what was written.
    pub(crate) fn first_broken_view(&self) -> Result<Option<u64>> {
        let mut all = self.conn.prepare(&format!("SELECT {COLUMNS} FROM view_log ORDER BY id"))?;
        let mut rows = all.query([])?;
        let (mut expected, mut chain) = (0_i64, [0; 32]);
        while let Some(row) = rows.next()? {
            let (id, view, kept) = view_row(row)?;
            chain = view.chained(&chain);
            expected += 1;
            if id != expected || chain != kept {
                return Ok(Some(expected.unsigned_abs()));
            }
        }
        let kept = self.local(TIP)?;
        let whole = [&expected.to_be_bytes()[..], &chain].concat();
        Ok(if expected == 0 && kept.is_none() || kept.as_deref() == Some(&whole) {
            None
        } else {
            Some(expected.unsigned_abs() + 1)
        })
    }
}

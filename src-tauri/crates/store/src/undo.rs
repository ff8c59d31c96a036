//! Taking an import back: its entries keep their places in the journal and count for nothing until it is brought back.
//! Later work stays; what stands on an entry that is gone waits for it. The directory is the county's and is never undone.

use redress_journal::PUBLIC;
use rusqlite::{Connection, OptionalExtension};

use crate::check::GoesOn;
use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::peers::Undone;
use crate::write::{Keep, transaction};

/// What undoing touched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Touched {
    /// Entries that count for nothing now, or count again.
    pub entries: u64,
    /// Records that they are about.
    pub records: u64,
}

impl Store {
    /// Takes an import back. Every projection is made anew from what is left. [`StoreError::RecordMissing`]: there is no such
    /// import; [`StoreError::Settled`]: it has been taken back already.
    pub fn undo_import<G: GoesOn>(
        &mut self,
        import: i64,
        undone: &Undone,
        progress: impl FnMut(u64) -> G,
    ) -> Result<Touched> {
        let change = |conn: &Connection| {
            conn.execute(
                "INSERT INTO undone (place, import) SELECT place, ?1 FROM journal WHERE import = ?1
                 AND place >> 40 NOT IN (SELECT id FROM log WHERE office = ?2)",
                (import, PUBLIC.as_bytes()),
            )?;
            let touched = touched(conn, import)?;
            conn.execute(
                "UPDATE import SET undone_at = ?2, undone_by = ?3, undone_why = ?4 WHERE id = ?1",
                (import, &undone.at, undone.by.as_bytes(), &undone.why),
            )?;
            Ok(touched)
        };
        self.change_import((import, false), change, progress)
    }

    /// Brings an import back that was taken back.
    pub fn redo_import<G: GoesOn>(&mut self, import: i64, progress: impl FnMut(u64) -> G) -> Result<Touched> {
        let change = |conn: &Connection| {
            let touched = touched(conn, import)?;
            conn.execute("DELETE FROM undone WHERE import = ?1", [import])?;
            conn.execute(
                "UPDATE import SET undone_at = NULL, undone_by = NULL, undone_why = NULL WHERE id = ?1",
                [import],
            )?;
            Ok(touched)
        };
        self.change_import((import, true), change, progress)
    }

    fn change_import<G: GoesOn>(
        &mut self,
        (import, is_undone): (i64, bool),
        change: impl FnOnce(&Connection) -> Result<Touched>,
        mut progress: impl FnMut(u64) -> G,
    ) -> Result<Touched> {
        self.require_sound()?;
        self.set_import_cache(true)?;
        let outcome = transaction(&self.conn, Keep::OnSuccess, || {
            let found: Option<bool> = self
                .conn
                .query_row("SELECT undone_at IS NOT NULL FROM import WHERE id = ?1", [import], |row| row.get(0))
                .optional()?;
            if found.ok_or(StoreError::RecordMissing)? != is_undone {
                return Err(StoreError::Settled);
            }
            let touched = change(&self.conn)?;
            self.project_anew(&mut progress)?;
            Ok(touched)
        });
        self.set_import_cache(false)?;
        outcome
    }
}

fn touched(conn: &Connection, import: i64) -> Result<Touched> {
    let sql = "SELECT count(*), count(DISTINCT record) FROM undone JOIN journal USING (place) WHERE undone.import = ?1";
    let counts = conn.query_row(sql, [import], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
    Ok(Touched { entries: counts.0.unsigned_abs(), records: counts.1.unsigned_abs() })
}

//! Indexes while very many cases are written: an index that is made from all rows at once costs a fraction of one that
//! grows row by row in the order of the road. So they are laid aside when a store that had few cases is given many, and
//! made again, by the words that they were made with, in the same transaction.

use rusqlite::Connection;

use crate::error::Result;

/// A table with so many rows keeps its indexes: making them anew would cost more than is saved.
const FEW_ROWS: i64 = 8192;
/// From so many rows on they are made again: what sorts them holds them in memory.
const ROWS_MAX: u64 = 250_000;

/// The indexes of `complaint`, aside or in place.
#[derive(Default)]
pub(crate) struct Indexes {
    /// The statements that make those which are aside.
    aside: Vec<String>,
    /// Rows written since.
    rows: u64,
    /// Whether to lay them aside is asked once a write.
    decided: bool,
}

impl Indexes {
    /// A full batch of cases is about to be written: perhaps the first of many.
    pub fn before_batch(&mut self, conn: &Connection, rows: usize) -> Result<()> {
        if !std::mem::replace(&mut self.decided, true) && !holds_many(conn)? {
            self.lay_aside(conn)?;
        }
        self.rows += rows as u64;
        if self.rows > ROWS_MAX { self.put_back(conn) } else { Ok(()) }
    }

    /// Lays them aside, unless somebody is reading: then none can be dropped. Those that a table has for its keys stay.
    pub fn lay_aside(&mut self, conn: &Connection) -> Result<()> {
        self.decided = true;
        if conn.is_busy() {
            return Ok(());
        }
        let mut all = conn.prepare(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'complaint' AND sql IS NOT NULL ORDER BY rowid",
        )?;
        let found = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let found: Vec<(String, String)> = found.collect::<rusqlite::Result<_>>()?;
        drop(all);
        for (name, sql) in found {
            conn.execute_batch(&format!("DROP INDEX \"{name}\""))?;
            self.aside.push(sql);
        }
        Ok(())
    }

    /// Makes those again that are aside.
    pub fn put_back(&mut self, conn: &Connection) -> Result<()> {
        self.aside.drain(..).try_for_each(|sql| Ok(conn.execute_batch(&sql)?))
    }
}

fn holds_many(conn: &Connection) -> Result<bool> {
    Ok(conn.prepare("SELECT 1 FROM complaint LIMIT 1 OFFSET ?1")?.exists([FEW_ROWS])?)
}

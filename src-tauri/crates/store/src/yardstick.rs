//! The yardstick of the benches: the rows of a store put into a fresh database by nothing but prepared inserts.
//!
//! Same schema, same indexes, same encryption, one transaction, rows already in memory. No use case calls this.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::error::Result;
use crate::open::{Store, bare_database};
use crate::write::{Keep, transaction};

/// The search is measured apart, and SQLite keeps these by itself.
const LEFT_OUT: [&str; 2] = ["search", "search_todo"];

/// All rows of a store, in memory.
pub struct Yardstick {
    tables: Vec<(String, Vec<Vec<Value>>)>,
}

impl Yardstick {
    /// Reads every row of a store.
    pub fn of(store: &Store) -> Result<Self> {
        let names: Vec<String> = store
            .conn
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY rowid")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut tables = Vec::new();
        for name in names.into_iter().filter(|name| !LEFT_OUT.contains(&name.as_str())) {
            let rows = rows_of(&store.conn, &name)?;
            tables.push((name, rows));
        }
        Ok(Self { tables })
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.tables.iter().map(|(_, rows)| rows.len()).sum()
    }

    /// Makes the empty database that [`Yardstick::insert`] fills, in an empty folder.
    pub fn prepare(&self, dir: &Path, key: [u8; 32]) -> Result<Blank> {
        let conn = bare_database(dir, key)?;
        conn.pragma_update(None, "foreign_keys", false)?;
        Ok(Blank(conn))
    }

    /// Inserts every row, in one transaction.
    pub fn insert(&self, blank: &Blank) -> Result<()> {
        transaction(&blank.0, Keep::OnSuccess, || {
            for (name, rows) in self.tables.iter().filter(|(_, rows)| !rows.is_empty()) {
                let marks = vec!["?"; rows[0].len()].join(", ");
                let mut insert = blank.0.prepare(&format!("INSERT INTO {name} VALUES ({marks})"))?;
                for row in rows {
                    insert.execute(params_from_iter(row))?;
                }
            }
            Ok(())
        })
    }
}

/// An empty database with the schema of a store.
pub struct Blank(Connection);

fn rows_of(conn: &Connection, table: &str) -> Result<Vec<Vec<Value>>> {
    let mut all = conn.prepare(&format!("SELECT * FROM {table}"))?;
    let columns = all.column_count();
    let rows = all.query_map([], |row| (0..columns).map(|at| row.get(at)).collect::<rusqlite::Result<Vec<Value>>>())?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

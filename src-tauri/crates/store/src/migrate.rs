//! Stores of earlier programs: brought up to date on a copy, which takes the old one's place by a rename.
//!
//! The truth is copied column by column into a new database and counted; projections are made anew from it. The old
//! database is kept beside the new one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use redress_journal::hex;
use rusqlite::Connection;

use crate::check::replay_all;
use crate::error::{Result, StoreError};
use crate::files;
use crate::keys::DataKey;
use crate::open::{DATABASE, PROJECTIONS, SCHEMA, TRUTH, connect_file, damaged};
use crate::write::{Keep, transaction};

/// Opens the database of a store, brought up to date if need be.
pub(crate) fn up_to_date(dir: &Path, key: &DataKey) -> Result<Connection> {
    let file = dir.join(DATABASE);
    let conn = connect_file(&file, key)?;
    let found: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(damaged)?;
    if found > SCHEMA {
        return Err(StoreError::Newer { found, known: SCHEMA });
    }
    if found == SCHEMA {
        return Ok(conn);
    }
    // Everything goes back into the one file, so that a rename moves all of it.
    conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    conn.close().map_err(|(_, error)| error)?;
    let fresh = dir.join("store.db.new");
    for leftover in [fresh.clone(), dir.join("store.db.new-wal"), dir.join("store.db.new-shm")] {
        let _ = fs::remove_file(leftover);
    }
    bring_up(&file, &fresh, key)?;
    let kept = kept_file(dir, found);
    if !kept.exists() {
        files::copy(&file, &kept)?;
    }
    files::rename(&fresh, &file)?;
    connect_file(&file, key)
}

/// Where the database of a store is kept as an earlier program left it; until the first erasure, see `erase.rs`.
pub(crate) fn kept_file(dir: &Path, schema: i64) -> PathBuf {
    dir.join(format!("store-schema-{schema}.db"))
}

fn bring_up(old: &Path, fresh: &Path, key: &DataKey) -> Result<()> {
    let conn = connect_file(fresh, key)?;
    let key_text = zeroize::Zeroizing::new(format!("x'{}'", hex(key.as_slice())));
    conn.execute("ATTACH DATABASE ?1 AS old KEY ?2", (old.to_string_lossy(), key_text.as_str()))?;
    transaction(&conn, Keep::OnSuccess, || {
        conn.execute_batch(TRUTH)?;
        conn.execute_batch(PROJECTIONS)?;
        for table in truth_tables() {
            copy_table(&conn, table)?;
        }
        replay_all(&conn)?;
        Ok::<_, StoreError>(conn.pragma_update(None, "user_version", SCHEMA)?)
    })?;
    conn.execute_batch("DETACH DATABASE old; PRAGMA wal_checkpoint(TRUNCATE)")?;
    conn.close().map_err(|(_, error)| error)?;
    File::open(fresh)?.sync_all()?;
    Ok(())
}

pub(crate) fn truth_tables() -> impl Iterator<Item = &'static str> {
    TRUTH.lines().filter_map(|line| line.strip_prefix("CREATE TABLE ")?.split([' ', '(']).next())
}

/// Copies the columns that both have; as many rows must arrive as there were.
fn copy_table(conn: &Connection, table: &str) -> Result<()> {
    let columns = |schema: &str| -> Result<Vec<String>> {
        let mut all = conn.prepare("SELECT name FROM pragma_table_info(?1, ?2)")?;
        Ok(all.query_map([table, schema], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    };
    let (before, now) = (columns("old")?, columns("main")?);
    let both: Vec<String> = now.into_iter().filter(|column| before.contains(column)).collect();
    if both.is_empty() {
        return Ok(());
    }
    let list = both.join(", ");
    conn.execute(&format!("INSERT INTO main.{table} ({list}) SELECT {list} FROM old.{table}"), [])?;
    let count = |schema: &str| -> Result<i64> {
        Ok(conn.query_row(&format!("SELECT count(*) FROM {schema}.{table}"), [], |row| row.get(0))?)
    };
    if count("old")? == count("main")? { Ok(()) } else { Err(StoreError::Damaged(format!("rows of {table}"))) }
}

//! Copies of a store that can be trusted: made by the database itself while it is in use, then opened and counted.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::error::{Result, StoreError};
use crate::keys::{DataKey, SlotFile};
use crate::open::{DATABASE, PAGE_BYTES, Store, connect_file};
use crate::outside::Label;
use crate::{files, outside};

const FOLDER: &str = "backups";
/// Counts the copies of this store, wherever they are.
const COUNTER: &str = "backup";
const UNFINISHED: &str = "unfinished";
/// The folder for copies on a stick or another disk.
pub(crate) const OUTSIDE: &str = "redress-backup";
/// So many automatic copies are kept; the oldest goes when a newer one has been verified.
const KEPT: usize = 3;
/// Pages copied at a time.
const PAGES: i32 = 4096;

/// A copy that was opened and counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Its folder: the database and its key slots, ready to be opened.
    pub path: PathBuf,
    /// Entries in it: as many as in the store.
    pub entries: u64,
}

impl Store {
    /// Makes a verified copy inside the store's own folder, named by a number that only grows. Older ones go, once this
    /// one is known to be good.
    pub fn back_up(&mut self) -> Result<Copied> {
        let folder = self.dir().join(FOLDER);
        fs::create_dir_all(&folder)?;
        let number = self.next_number(&folder)?;
        sweep_unfinished(self.dir());
        let unfinished = folder.join(UNFINISHED);
        let path = folder.join(format!("{number:06}"));
        let copied = self.copy_to(&unfinished);
        if copied.is_err() {
            sweep_unfinished(self.dir());
        }
        let entries = copied?;
        files::flush_names(&unfinished);
        files::rename(&unfinished, &path)?;
        sweep(&folder, &path);
        Ok(Copied { path, entries })
    }

    /// Makes a verified copy in a folder of the user's choice, with a label that says whose it is. Older ones of the same
    /// store go once this one is known to be good, so that a stick does not fill up.
    pub fn back_up_to(&mut self, folder: &Path, label: &Label) -> Result<Copied> {
        let all = folder.join(OUTSIDE);
        fs::create_dir_all(&all)?;
        let number = self.next_number(&all)?;
        let unfinished = all.join(format!("{UNFINISHED}-{}", label.stem));
        let _ = fs::remove_dir_all(&unfinished);
        let outcome = self.copy_to(&unfinished).and_then(|entries| {
            label.write(&unfinished, entries)?;
            Ok(entries)
        });
        if outcome.is_err() {
            let _ = fs::remove_dir_all(&unfinished);
        }
        let entries = outcome?;
        let path = all.join(format!("{}-{number:06}", label.stem));
        files::flush_names(&unfinished);
        files::rename(&unfinished, &path)?;
        outside::keep_newest(&all, (&path, label));
        Ok(Copied { path, entries })
    }

    /// A number above every one that this store gave and that stands in a place: a store that was brought back has
    /// forgotten how far it was, and another PC of the office counts by itself.
    fn next_number(&mut self, all: &Path) -> Result<u64> {
        let highest = outside::highest(all);
        self.write(|gate| {
            gate.raise(COUNTER, highest)?;
            gate.count_up(COUNTER)
        })
    }

    /// Bytes that a copy needs.
    pub fn copy_bytes(&self) -> Result<u64> {
        let pages = self.conn.pragma_query_value(None, "page_count", |row| row.get::<_, i64>(0))?;
        Ok(pages.unsigned_abs() * PAGE_BYTES)
    }

    /// Copies the store into a new folder, opens the copy and counts it; gives the number of its entries.
    fn copy_to(&self, folder: &Path) -> Result<u64> {
        fs::create_dir_all(folder)?;
        let file = folder.join(DATABASE);
        copy_database(&self.conn, &file, &self.key)?;
        SlotFile::read(self.dir())?.write(folder)?;
        let (here, there) = (count(&self.conn)?, count(&connect_file(&file, &self.key)?)?);
        if here != there {
            return Err(StoreError::Io(format!("the copy has {} of {} entries", there.0, here.0)));
        }
        Ok(there.0)
    }

    /// The newest automatic copy, by its number.
    pub fn newest_backup(&self) -> Option<PathBuf> {
        copies(&self.dir().join(FOLDER)).pop()
    }
}

/// Copies a whole database page by page, and flushes the copy.
pub(crate) fn copy_database(from: &Connection, file: &Path, key: &DataKey) -> Result<()> {
    let mut to = connect_file(file, key)?;
    let copy = Backup::new(from, &mut to)?;
    while copy.step(PAGES)? == StepResult::More {}
    drop(copy);
    to.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    to.close().map_err(|(_, error)| error)?;
    File::open(file)?.sync_all()?;
    Ok(())
}

/// Entries, records' places and bundles: what a copy must have as many of.
fn count(conn: &Connection) -> Result<(u64, u64, u64)> {
    let one = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs);
    Ok((one("SELECT count(*) FROM journal")?, one("SELECT count(*) FROM log")?, one("SELECT count(*) FROM import")?))
}

fn copies(folder: &Path) -> Vec<PathBuf> {
    let is_number = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().bytes().all(|byte| byte.is_ascii_digit()))
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut copies: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_number).collect();
    copies.sort();
    copies
}

/// Removes what an interrupted copy left: it is ours, and is no copy.
pub(crate) fn sweep_unfinished(dir: &Path) {
    let _ = fs::remove_dir_all(dir.join(FOLDER).join(UNFINISHED));
}

fn sweep(folder: &Path, made: &Path) {
    let older: Vec<PathBuf> = copies(folder).into_iter().filter(|copy| copy != made).collect();
    for old in older.iter().take(older.len().saturating_sub(KEPT - 1)) {
        let _ = fs::remove_dir_all(old);
    }
}

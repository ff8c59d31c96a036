//! Opening a store whose database is damaged. What can be read is put into a database of its own; the damaged file is only
//! read. When nothing of the truth is lost, that database takes its place and the damaged one is kept beside it; else it is
//! shown for reading only, and goes away when it is closed.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use crate::error::{Result, StoreError};
use crate::files::Temporary;
use crate::journal::{self, LogRow};
use crate::keys::DataKey;
use crate::open::{DATABASE, Identity, WRITE_AHEAD, connect_file, load_identity};
use crate::rescue::{Rescued, salvage};
use crate::search;
use crate::write::{Keep, transaction};
use crate::{files, witness};

/// What could be read, for as long as it is looked at.
const READING: &str = "reading";
const KEPT: &str = "store-damaged";
/// What was made anew, from the moment on in which it is the store: nothing but names is left to be changed.
pub(crate) const ANEW: &str = "store-anew.db";
const SHARED: &str = "store.db-shm";
/// A larger database is not read whole each time somebody signs in: that would take longer than they wait.
const LOOKED_THROUGH_BYTES_MAX: u64 = 64 * 1024 * 1024;
const SEARCH_STEP: u32 = 2000;

/// In what state a store was found when it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Condition {
    /// Nothing was found.
    #[default]
    Sound,
    /// The database was damaged where everything could be made anew, and was. Nothing is lost.
    Healed {
        /// Where the damaged one is kept.
        kept: PathBuf,
    },
    /// Something is lost. What can be read is shown, and nothing can be written.
    ReadOnly(Rescued),
}

/// How closely a database is looked at when it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// As far as nobody has to wait for it.
    Quick,
    /// Every page: something could not be read just now.
    Every,
}

/// What a damaged store was opened as.
pub(crate) struct Opened {
    pub conn: Connection,
    pub identity: Identity,
    pub condition: Condition,
    /// What is read, for as long as it is.
    pub reading: Option<Temporary>,
}

/// Removes what a program that was killed while it showed a damaged store left.
pub(crate) fn sweep(dir: &Path) {
    let _ = fs::remove_dir_all(dir.join(READING));
}

/// Says which page is not as it was written, if one is not: also pages that no query touches today carry a code.
pub(crate) fn first_fault(conn: &Connection) -> Result<Option<String>> {
    let mut all = conn.prepare("PRAGMA cipher_integrity_check")?;
    let mut faults = all.query_map([], |row| row.get(0))?;
    Ok(faults.next().transpose()?)
}

/// Looks through a database that has just been opened. What stands in its write-ahead log may have been half moved when the
/// power failed, and heals the pages that it is about: that is tried on a copy.
pub(crate) fn look_through(dir: &Path, key: &DataKey, (conn, look): (&Connection, Look)) -> Result<()> {
    let bytes = fs::metadata(dir.join(DATABASE)).map_or(0, |database| database.len());
    if look == Look::Quick && bytes > LOOKED_THROUGH_BYTES_MAX {
        return Ok(());
    }
    let Some(fault) = first_fault(conn)? else { return Ok(()) };
    if fs::metadata(dir.join(WRITE_AHEAD)).is_ok_and(|log| log.len() > 0) {
        let reading = Temporary::at(dir.join(READING));
        fs::create_dir_all(reading.path())?;
        let copy = copy_for_reading(dir, reading.path(), key)?;
        copy.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        if first_fault(&copy)?.is_none() {
            return Ok(());
        }
    }
    Err(StoreError::Damaged(fault))
}

/// A copy of the database and of its write-ahead log, so that not even closing it changes the damaged one.
pub(crate) fn copy_for_reading(dir: &Path, to: &Path, key: &DataKey) -> Result<Connection> {
    for name in [DATABASE, WRITE_AHEAD] {
        if dir.join(name).exists() {
            files::copy(&dir.join(name), &to.join(name))?;
        }
    }
    connect_file(&to.join(DATABASE), key)
}

/// Opens whatever can be read of the store in a folder.
pub(crate) fn open(dir: &Path, key: &DataKey) -> Result<Opened> {
    let reading = Temporary::at(dir.join(READING));
    let rescued = salvage(dir, reading.path(), key)?;
    let conn = connect_file(&reading.path().join(DATABASE), key)?;
    let own = load_identity(&conn);
    if rescued.is_whole() && own.is_ok() {
        conn.close().map_err(|(_, error)| error)?;
        return heal(dir, &reading, key);
    }
    let identity = own.or_else(|_| identity_for_reading(&conn, dir))?;
    while transaction(&conn, Keep::OnSuccess, || search::catch_up(&conn, SEARCH_STEP))? == SEARCH_STEP {}
    Ok(Opened { conn, identity, condition: Condition::ReadOnly(rescued), reading: Some(reading) })
}

/// Puts the database that was made anew into its place. The damaged one gets another name and stays.
fn heal(dir: &Path, reading: &Temporary, key: &DataKey) -> Result<Opened> {
    files::rename(&reading.path().join(DATABASE), &dir.join(ANEW))?;
    let condition = finish(dir)?.map_or(Condition::Sound, |kept| Condition::Healed { kept });
    let conn = connect_file(&dir.join(DATABASE), key)?;
    let identity = load_identity(&conn)?;
    Ok(Opened { conn, identity, condition, reading: None })
}

/// Gives what was made anew its place, also when the power failed on the way: the write-ahead log of the damaged database
/// would be taken for the new one's and has to go first, and what was typed last may stand in it alone. Gives where the
/// damaged one is kept; none when nothing is to be finished.
pub(crate) fn finish(dir: &Path) -> Result<Option<PathBuf>> {
    if !dir.join(ANEW).exists() {
        return Ok(None);
    }
    let kept = free_name(dir);
    name_also(&dir.join(WRITE_AHEAD), &kept.with_extension("db-wal"))?;
    name_also(&dir.join(DATABASE), &kept)?;
    for file in [WRITE_AHEAD, SHARED].map(|name| dir.join(name)).iter().filter(|file| file.exists()) {
        fs::remove_file(file)?;
    }
    files::flush_names(dir);
    files::rename(&dir.join(ANEW), &dir.join(DATABASE))?;
    Ok(Some(kept))
}

/// Gives a file that is there a second name; where a file can have only one, it is copied.
fn name_also(file: &Path, also: &Path) -> Result<()> {
    if file.exists() && fs::hard_link(file, also).is_err() {
        files::copy(file, also)?;
    }
    Ok(())
}

fn free_name(dir: &Path) -> PathBuf {
    let mut names = (1_u32..).map(|number| dir.join(format!("{KEPT}-{number}.db")));
    names.find(|name| !name.exists()).unwrap_or_else(|| dir.join(format!("{KEPT}.db")))
}

/// Who the store is, as far as it can be told without its keys: enough for reading. Nothing can be signed or opened by it.
fn identity_for_reading(conn: &Connection, dir: &Path) -> Result<Identity> {
    let unknown = || StoreError::Damaged("it is not known whose store it is".into());
    let device = witness::device_beside(dir).ok_or_else(unknown)?;
    let own = |row: &LogRow| row.log.device == device && !row.log.office.is_nil();
    let newest = journal::stories(conn)?.into_iter().rfind(own).ok_or_else(unknown)?;
    let county: Option<Uuid> = conn
        .query_row("SELECT uuid FROM office WHERE kind = 'county'", [], |row| journal::uuid_at(row, 0))
        .optional()?;
    let office = newest.log.office;
    Ok(Identity {
        device,
        epoch: newest.log.epoch,
        office,
        county: county.unwrap_or(office),
        signing_seed: [0; 32],
        age_secret: String::new(),
    })
}

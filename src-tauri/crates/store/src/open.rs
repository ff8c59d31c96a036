//! Opening a store: one folder with the encrypted database, its key slots and a lock.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;

use redress_journal::hex;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::create::MAKING;
use crate::damaged::{self, Condition, Look, Opened};
use crate::error::{Result, StoreError};
use crate::files::Temporary;
use crate::keys::{self, DataKey, SlotFile, SlotKind};
use crate::lock::Lock;
use crate::{backup, files, migrate, prove, tries, witness};

pub(crate) const DATABASE: &str = "store.db";
/// What was committed and does not stand in the database file yet; there while a store is open, and after a power cut.
pub(crate) const WRITE_AHEAD: &str = "store.db-wal";
const STAGING: &str = "staging";
/// SQLCipher's page: no database is shorter.
pub(crate) const PAGE_BYTES: u64 = 4096;
/// The schema that this program writes.
pub const SCHEMA: i64 = 2;
pub(crate) const TRUTH: &str = include_str!("sql/truth.sql");
pub(crate) const PROJECTIONS: &str = include_str!("sql/projections.sql");
/// Page cache while somebody works at the desk, and during an import.
const CACHE_KIB_DESK: i64 = 32 * 1024;
const CACHE_KIB_IMPORT: i64 = 192 * 1024;

/// Who this store is. The secrets are wiped when it is dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Identity {
    /// This installation.
    #[zeroize(skip)]
    pub device: Uuid,
    /// This life of its store.
    #[zeroize(skip)]
    pub epoch: Uuid,
    /// The office whose desk it stands on.
    #[zeroize(skip)]
    pub office: Uuid,
    /// The county office; the same as `office` at the county.
    #[zeroize(skip)]
    pub county: Uuid,
    /// Seed of the Ed25519 key.
    pub signing_seed: [u8; 32],
    /// The age secret key as text (`AGE-SECRET-KEY-1…`).
    pub age_secret: String,
}

/// What can be known of a store without its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreFacts {
    /// Name of the office.
    pub office_name: String,
    /// `county`, `branch` or `station`.
    pub office_kind: String,
    /// Names of those who can sign in.
    pub operators: Vec<String>,
    /// Made for trying out.
    pub sample: bool,
    /// Somebody printed a recovery card.
    pub has_card: bool,
    /// The county can help.
    pub has_county: bool,
}

/// An open store. Only one program has it at a time.
pub struct Store {
    pub(crate) conn: Connection,
    pub(crate) identity: Identity,
    pub(crate) dir: PathBuf,
    /// The witness outside the store's folder, once its place is known.
    pub(crate) outside: Option<PathBuf>,
    /// Opens copies of this store: backups are looked at before anybody trusts them.
    pub(crate) key: DataKey,
    pub(crate) condition: Condition,
    pub(crate) _reading: Option<Temporary>,
    pub(crate) _lock: Lock,
}

/// What a folder says about the store in it, without opening it.
pub fn facts(dir: &Path) -> Result<StoreFacts> {
    let file = SlotFile::read(dir)?;
    let has = |kind| file.slots.iter().any(|slot| slot.kind == kind);
    let theirs = file.slots.iter().filter(|slot| slot.kind == SlotKind::Passphrase);
    Ok(StoreFacts {
        operators: theirs.map(|slot| slot.name.clone()).collect(),
        has_card: has(SlotKind::Card),
        has_county: has(SlotKind::County),
        office_name: file.office_name,
        office_kind: file.office_kind,
        sample: file.sample,
    })
}

impl Store {
    /// Opens a store with an operator's passphrase; gives the store and the operator.
    pub fn open(dir: &Path, operator: Option<&str>, passphrase: &str) -> Result<(Self, Uuid)> {
        if dir.join(DATABASE).exists() && !SlotFile::exists(dir) {
            return Err(StoreError::Damaged("the key slots are missing".into()));
        }
        let slots = SlotFile::read(dir)?;
        let (key, slot) = slots.open(operator, passphrase)?;
        Ok((Self::open_with(dir, key)?, slot.operator))
    }

    /// Tries a passphrase against the slots of a folder, and opens nothing.
    pub fn proves(dir: &Path, operator: Option<&str>, passphrase: &str) -> Result<()> {
        SlotFile::read(dir)?.open(operator, passphrase).map(|_| ())
    }

    /// Opens a store whose key is in hand.
    pub(crate) fn open_with(dir: &Path, key: DataKey) -> Result<Self> {
        // SQLite would make a new database of an empty file, and write into it.
        if fs::metadata(dir.join(DATABASE)).map_or(0, |database| database.len()) < PAGE_BYTES {
            return Err(StoreError::Damaged("the database file is missing or empty".into()));
        }
        let lock = Lock::take(dir)?;
        let healed = damaged::finish(dir)?;
        sweep(dir);
        let mut store = Self::open_as_it_is(dir, key, (lock, Look::Quick))?;
        if let (Some(kept), Condition::Sound) = (healed, &store.condition) {
            store.condition = Condition::Healed { kept };
        }
        Ok(store)
    }

    /// A sound store as it is, and of a damaged one what can be read.
    fn open_as_it_is(dir: &Path, key: DataKey, (lock, look): (Lock, Look)) -> Result<Self> {
        let opened = match open_sound(dir, &key, look) {
            Err(StoreError::Damaged(fault)) => damaged::open(dir, &key).map_err(|error| match error {
                StoreError::DiskFull | StoreError::ReadOnly => error,
                _ => StoreError::Damaged(fault),
            })?,
            outcome => outcome?,
        };
        let Opened { conn, identity, condition, reading } = opened;
        let dir = dir.to_owned();
        Ok(Self { conn, identity, dir, outside: None, key, condition, _reading: reading, _lock: lock })
    }

    /// Looks at a store of which something could not be read just now: sound, it goes on; damaged, it is opened as that.
    pub fn look_again(self) -> Result<Self> {
        if matches!(self.condition, Condition::ReadOnly(_)) {
            return Ok(self);
        }
        let Self { conn, dir, key, outside, _lock: lock, .. } = self;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        drop(conn);
        Ok(Self { outside, ..Self::open_as_it_is(&dir, key, (lock, Look::Every))? })
    }

    /// In what state the store was found.
    pub fn condition(&self) -> &Condition {
        &self.condition
    }

    /// Refuses what would write into a store of which only a part can be read.
    pub(crate) fn require_sound(&self) -> Result<()> {
        match self.condition {
            Condition::ReadOnly(_) => Err(StoreError::OnlyRead),
            Condition::Sound | Condition::Healed { .. } => Ok(()),
        }
    }

    /// Who this store is.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Where it is.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// A folder inside the store for bundles on their way in or out; emptied by whoever fills it, and when the store is
    /// opened.
    pub fn staging(&self) -> Result<PathBuf> {
        let staging = self.dir.join(STAGING);
        fs::create_dir_all(&staging)?;
        Ok(staging)
    }

    /// More page cache while a merge runs.
    pub(crate) fn set_import_cache(&self, import: bool) -> Result<()> {
        let kib = if import { CACHE_KIB_IMPORT } else { CACHE_KIB_DESK };
        self.conn.pragma_update(None, "cache_size", -kib)?;
        Ok(())
    }

    /// Drops every projection and makes the empty tables anew.
    pub(crate) fn reset_projections(&self) -> Result<()> {
        for table in projection_tables() {
            self.conn.execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
        }
        self.conn.execute_batch(PROJECTIONS)?;
        Ok(())
    }
}

/// The names of all projection tables, read off the schema itself so that none can be forgotten.
pub(crate) fn projection_tables() -> impl Iterator<Item = &'static str> {
    PROJECTIONS.lines().filter_map(|line| {
        let rest = line.strip_prefix("CREATE TABLE ").or_else(|| line.strip_prefix("CREATE VIRTUAL TABLE "))?;
        rest.split([' ', '(']).next()
    })
}

pub(crate) fn damaged(error: rusqlite::Error) -> StoreError {
    match StoreError::from(error) {
        StoreError::Sql(text) | StoreError::Io(text) => StoreError::Damaged(text),
        other => other,
    }
}

/// Opens a database and looks whether all of it is as it was written.
fn open_sound(dir: &Path, key: &DataKey, look: Look) -> Result<Opened> {
    let conn = migrate::up_to_date(dir, key)?;
    // Closing a database folds its write-ahead log into it: not into one that turns out to be damaged.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let identity = load_identity(&conn).map_err(|error| match error {
        StoreError::Damaged(_) => error,
        other => StoreError::Damaged(other.to_string()),
    })?;
    damaged::look_through(dir, key, (&conn, look))?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(Opened { conn, identity, condition: Condition::Sound, reading: None })
}

/// Removes what an interrupted export, merge, backup or write of a small file left in the folders of the store.
fn sweep(dir: &Path) {
    for file in [keys::FILE, witness::BESIDE, tries::FILE] {
        files::sweep(&dir.join(file));
    }
    for left in fs::read_dir(dir.join(STAGING)).into_iter().flatten().flatten() {
        let _ = fs::remove_file(left.path());
    }
    // Only when it is empty: the power failed after the new store had been moved out of it.
    let _ = fs::remove_dir(dir.join(MAKING));
    backup::sweep_unfinished(dir);
    damaged::sweep(dir);
    prove::sweep(dir);
}

fn connect(dir: &Path, key: &DataKey) -> Result<Connection> {
    connect_file(&dir.join(DATABASE), key)
}

/// Opens an encrypted database file; makes it when it is not there.
pub(crate) fn connect_file(path: &Path, key: &DataKey) -> Result<Connection> {
    library_ready();
    let conn = Connection::open(path)?;
    let mut spelled = format!("x'{}'", hex(key.as_slice()));
    let keyed = conn.pragma_update(None, "key", &spelled);
    spelled.zeroize();
    keyed?;
    // What goes wrong is an error with a code; SQLCipher would also write it to the terminal.
    conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
    conn.pragma_update(None, "cache_size", -CACHE_KIB_DESK)?;
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(damaged)?;
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "recursive_triggers", true)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(conn)
}

/// Whoever opens the first database of a program sets the library up, and SQLite says that it is ready before SQLCipher
/// is: another thread that opens one in that moment is told that its key is none. So the first is opened alone.
fn library_ready() {
    static READY: Once = Once::new();
    READY.call_once(|| drop(Connection::open_in_memory()));
}

/// A database with the schema of a store and nothing in it, for the yardstick.
pub(crate) fn bare_database(dir: &Path, key: [u8; 32]) -> Result<Connection> {
    fs::create_dir_all(dir)?;
    let conn = connect(dir, &zeroize::Zeroizing::new(key))?;
    conn.pragma_update(None, "cache_size", -CACHE_KIB_IMPORT)?;
    conn.execute_batch(TRUTH)?;
    conn.execute_batch(PROJECTIONS)?;
    Ok(conn)
}

pub(crate) fn save_identity(conn: &Connection, identity: &Identity) -> Result<()> {
    let mut put =
        conn.prepare("INSERT INTO local (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2")?;
    put.execute(("device", identity.device.as_bytes().as_slice()))?;
    put.execute(("epoch", identity.epoch.as_bytes().as_slice()))?;
    put.execute(("office", identity.office.as_bytes().as_slice()))?;
    put.execute(("county", identity.county.as_bytes().as_slice()))?;
    put.execute(("signing_seed", identity.signing_seed.as_slice()))?;
    put.execute(("age_secret", identity.age_secret.as_bytes()))?;
    Ok(())
}

pub(crate) fn load_identity(conn: &Connection) -> Result<Identity> {
    let mut get = conn.prepare("SELECT value FROM local WHERE key = ?1")?;
    let mut bytes = |key: &str| -> Result<Vec<u8>> { Ok(get.query_row([key], |row| row.get(0))?) };
    let id = |bytes: Vec<u8>| Uuid::from_slice(&bytes).map_err(|error| StoreError::Damaged(error.to_string()));
    Ok(Identity {
        device: id(bytes("device")?)?,
        epoch: id(bytes("epoch")?)?,
        office: id(bytes("office")?)?,
        county: id(bytes("county")?)?,
        signing_seed: bytes("signing_seed")?.try_into().map_err(|_| StoreError::Damaged("signing seed".into()))?,
        age_secret: String::from_utf8(bytes("age_secret")?).map_err(|error| StoreError::Damaged(error.to_string()))?,
    })
}

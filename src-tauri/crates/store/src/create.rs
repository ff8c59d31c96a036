//! Making a store: in a folder of its own, moved into its place when everything that belongs to it is written. A store
//! whose making was interrupted is none, and the next attempt begins anew.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use uuid::Uuid;

use crate::damaged::Condition;
use crate::error::{Result, StoreError};
use crate::files;
use crate::keys::{self, DataKey, Holder, KeyCost, Slot, SlotFile, SlotKind};
use crate::lock::Lock;
use crate::open::{DATABASE, Identity, PROJECTIONS, SCHEMA, Store, TRUTH, connect_file, save_identity};
use crate::write::{Keep, transaction};

pub(crate) const MAKING: &str = "making";

/// Everything that a new store needs from outside.
pub struct NewStore<'a> {
    /// Who it is.
    pub identity: Identity,
    /// Shown before anybody signs in.
    pub office_name: &'a str,
    /// `county`, `branch` or `station`.
    pub office_kind: &'a str,
    /// Made for trying out.
    pub sample: bool,
    /// The first operator.
    pub operator: (Uuid, &'a str),
    /// The first operator's passphrase.
    pub passphrase: &'a str,
    /// What it costs to try a passphrase.
    pub cost: KeyCost,
    /// Random bytes: 32 for the key, 16 for the salt, 24 for the nonce.
    pub random: [u8; 72],
}

impl NewStore<'_> {
    fn key(&self) -> DataKey {
        let (key, _) = self.random.split_at(32);
        zeroize::Zeroizing::new(key.try_into().expect("32 of 72 bytes"))
    }

    fn slots(&self) -> Result<SlotFile> {
        let (_, wrapping) = self.random.split_at(32);
        let (operator, name) = (self.operator.0, self.operator.1.to_owned());
        let holder = Holder { operator, name, kind: SlotKind::Passphrase };
        let secret = (self.passphrase.as_bytes(), self.cost);
        let slot = Slot::seal(&self.key(), &holder, secret, wrapping.try_into().expect("40 of 72 bytes"))?;
        Ok(SlotFile {
            format: 1,
            office_name: self.office_name.to_owned(),
            office_kind: self.office_kind.to_owned(),
            sample: self.sample,
            slots: vec![slot],
            digest: String::new(),
        })
    }
}

impl Store {
    /// Creates a store in a folder that has none; `fill` writes what belongs to it from the beginning. Afterwards it is
    /// there with all of it, or not at all. Never touches a store that is there.
    pub fn create<E: From<StoreError>>(
        dir: &Path,
        new: &NewStore<'_>,
        fill: impl FnOnce(&mut Self) -> std::result::Result<(), E>,
    ) -> std::result::Result<Self, E> {
        fs::create_dir_all(dir).map_err(StoreError::from)?;
        let making = dir.join(MAKING);
        if SlotFile::exists(dir) || (dir.join(DATABASE).exists() && !SlotFile::exists(&making)) {
            return Err(StoreError::Exists.into());
        }
        let lock = Lock::take(dir)?;
        sweep(dir, &making);
        let conn = begin(&making, new)?;
        let identity = new.identity.clone();
        let mut store = Self {
            conn,
            identity,
            dir: dir.to_owned(),
            outside: None,
            key: new.key(),
            condition: Condition::Sound,
            _reading: None,
            _lock: lock,
        };
        let outcome = fill(&mut store).and_then(|()| Ok(store.settle(&making)?));
        if outcome.is_err() {
            sweep(dir, &making);
        }
        outcome.map(|()| store)
    }

    /// Moves what was made into its place. The key slots come last: where they are, there is a store.
    fn settle(&mut self, making: &Path) -> Result<()> {
        let aside = std::mem::replace(&mut self.conn, Connection::open_in_memory()?);
        aside.close().map_err(|(_, error)| error)?;
        files::flush_names(making);
        files::rename(&making.join(DATABASE), &self.dir.join(DATABASE))?;
        files::rename(&making.join(keys::FILE), &self.dir.join(keys::FILE))?;
        let _ = fs::remove_dir(making);
        self.conn = connect_file(&self.dir.join(DATABASE), &self.key)?;
        Ok(())
    }
}

fn begin(making: &Path, new: &NewStore<'_>) -> Result<Connection> {
    fs::create_dir_all(making)?;
    let conn = connect_file(&making.join(DATABASE), &new.key())?;
    transaction(&conn, Keep::OnSuccess, || lay_out(&conn, &new.identity))?;
    new.slots()?.write(making)?;
    Ok(conn)
}

/// The schema, and who the store is.
fn lay_out(conn: &Connection, identity: &Identity) -> Result<()> {
    conn.execute_batch(TRUTH)?;
    conn.execute_batch(PROJECTIONS)?;
    save_identity(conn, identity)?;
    conn.pragma_update(None, "user_version", SCHEMA)?;
    Ok(())
}

/// Removes what an interrupted attempt left; nobody has typed anything into it, and it never had key slots in its place.
fn sweep(dir: &Path, making: &Path) {
    if SlotFile::exists(making) && !SlotFile::exists(dir) {
        let _ = fs::remove_file(dir.join(DATABASE));
    }
    files::sweep(&making.join(keys::FILE));
    for name in [DATABASE, "store.db-wal", "store.db-shm", keys::FILE] {
        let _ = fs::remove_file(making.join(name));
    }
    let _ = fs::remove_dir(making);
}

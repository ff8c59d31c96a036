//! Witnesses: how far this store's own numbers have gone, noted outside the database, so that a database that was brought
//! back from a backup, or copied, is noticed when it is opened. Numbers that have left this PC must never be given again.
//!
//! A witness is a help and never a judge: one that is missing, unreadable or behind says nothing.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{Result, StoreError};
use crate::files;
use crate::open::Store;
use crate::write::Gate;

pub(crate) const BESIDE: &str = "witness.json";
const MACHINE: &str = "machine";
/// Kept while nobody has said whether this is the old PC with a new part, or another one.
const MOVED: &str = "moved";

/// Where a store is opened.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// What tells this PC from another; empty when the system does not say.
    pub machine: String,
    /// A folder of the user that lies outside all stores; none: the witness beside the database must do.
    pub witness_dir: Option<PathBuf>,
}

/// What opening a store showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// The store is the one that was closed last, on the same PC.
    Same,
    /// It was brought back to an earlier state, or it is an older copy of itself.
    Rewound {
        /// The number of the last bundle that it is known to have written.
        bundles: u64,
    },
    /// It stands on another PC than before, or the PC has a new part.
    Moved,
}

/// Whether a witness must be on the disk before anything else happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sync {
    Now,
    Later,
}

/// How far a life of a store has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    device: Uuid,
    epoch: Uuid,
    /// Entries written by this life.
    entries: u64,
    /// Bundles written by this store.
    bundles: u64,
}

impl Mark {
    fn of(store: &Store) -> Result<Self> {
        let identity = store.identity();
        let entries = store
            .conn
            .prepare_cached(
                "SELECT coalesce(sum(head), 0) FROM log WHERE device = ?1 AND epoch = ?2 AND parent IS NULL",
            )?
            .query_row((identity.device.as_bytes(), identity.epoch.as_bytes()), |row| row.get::<_, i64>(0))?;
        let bundles = store.counter("bundle")?;
        Ok(Self { device: identity.device, epoch: identity.epoch, entries: entries.unsigned_abs(), bundles })
    }

    fn read(path: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(path).ok()?).ok()
    }

    /// Writes the mark beside the old one and renames it.
    fn write(self, path: &Path, sync: Sync) -> Result<()> {
        let bytes = serde_json::to_vec(&self).map_err(|error| StoreError::Io(error.to_string()))?;
        let fresh = path.with_extension(files::FRESH);
        let mut file = File::create(&fresh)?;
        file.write_all(&bytes)?;
        if sync == Sync::Now {
            file.sync_all()?;
        }
        fs::rename(&fresh, path)?;
        Ok(())
    }

    /// Whether this life had gone further when the witness was written than it has now.
    fn is_behind(self, witness: Self) -> bool {
        let same_life = witness.device == self.device && witness.epoch == self.epoch;
        same_life && (witness.entries > self.entries || witness.bundles > self.bundles)
    }
}

impl Store {
    /// Looks at the witnesses and at the PC, and has a witness left outside from now on. Whatever is not
    /// [`Arrival::Same`] must be answered with [`Gate::renew`] before anything else is written.
    pub fn arrive(&mut self, surroundings: &Surroundings) -> Result<Arrival> {
        let device = self.identity().device;
        if let Some(dir) = &surroundings.witness_dir {
            // A folder that cannot be made is a witness that is missing.
            let _ = fs::create_dir_all(dir);
            self.outside = Some(dir.join(format!("{device}.json")));
        }
        let mark = Mark::of(self)?;
        let seen = self.witnesses().into_iter().filter_map(|path| Mark::read(&path));
        let bundles = seen.filter(|seen| mark.is_behind(*seen)).map(|seen| seen.bundles.max(mark.bundles)).max();
        let bound = self.local(MACHINE)?;
        let here = surroundings.machine.as_bytes();
        if bound.is_none() && !here.is_empty() {
            self.write(|gate| gate.put_local(MACHINE, here))?;
        }
        let moved = bound.is_some_and(|bound| !here.is_empty() && bound != here) && !self.is_moved()?;
        Ok(match (moved, bundles) {
            (true, _) => Arrival::Moved,
            (false, Some(bundles)) => Arrival::Rewound { bundles },
            (false, None) => Arrival::Same,
        })
    }

    /// Whether nobody has said yet if this is the old PC with a new part, or another one.
    pub fn is_moved(&self) -> Result<bool> {
        Ok(self.local(MOVED)?.is_some_and(|kept| !kept.is_empty()))
    }

    /// Leaves the witnesses on the disk before numbers leave this PC.
    pub fn witness_now(&self) {
        self.leave_witness(Sync::Now);
    }

    /// A witness that cannot be written must not stop anybody's work.
    pub(crate) fn leave_witness(&self, sync: Sync) {
        if let Ok(mark) = Mark::of(self) {
            for path in self.witnesses() {
                if sync == Sync::Now || Mark::read(&path) != Some(mark) {
                    let _ = mark.write(&path, sync);
                }
            }
        }
    }

    fn witnesses(&self) -> Vec<PathBuf> {
        [Some(self.dir().join(BESIDE)), self.outside.clone()].into_iter().flatten().collect()
    }
}

impl Gate<'_> {
    /// Notes that the store has come to another PC: somebody will be asked what happened.
    pub fn note_moved(&mut self) -> Result<()> {
        self.put_local(MOVED, b"1")
    }

    /// Binds the store to this PC: the question is answered.
    pub fn settle_moved(&mut self, surroundings: &Surroundings) -> Result<()> {
        self.put_local(MOVED, b"")?;
        self.put_local(MACHINE, surroundings.machine.as_bytes())
    }
}

//! Witnesses: how far this store's own numbers have gone, noted outside the database, so that a database that was brought
//! back from a backup, or copied, is noticed when it is opened. Numbers that have left this PC must never be given again.
//!
//! A witness is a help and never a judge: one that is missing, unreadable or behind says nothing.

use std::collections::BTreeMap;
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    /// Entries written by this life.
    entries: u64,
    /// Bundles written by this store until then.
    bundles: u64,
}

/// How far each life of a device's store has gone: a copy can be brought back more than once, and each time into a life
/// that has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Witness {
    device: Uuid,
    lives: BTreeMap<Uuid, Mark>,
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
        Ok(Self { entries: entries.unsigned_abs(), bundles: store.counter("bundle")? })
    }

    fn is_behind(self, other: Self) -> bool {
        other.entries > self.entries || other.bundles > self.bundles
    }
}

impl Witness {
    /// What stands at a place about this device.
    fn read(path: &Path, device: Uuid) -> Option<Self> {
        let witness: Self = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        (witness.device == device).then_some(witness)
    }

    /// Writes the witness beside the old one and renames it.
    fn write(&self, path: &Path, sync: Sync) -> Result<()> {
        let bytes = serde_json::to_vec(self).map_err(|error| StoreError::Io(error.to_string()))?;
        let fresh = path.with_extension(files::FRESH);
        let mut file = File::create(&fresh)?;
        file.write_all(&bytes)?;
        if sync == Sync::Now {
            file.sync_all()?;
        }
        fs::rename(&fresh, path)?;
        Ok(())
    }

    /// The number of the last bundle that any life is known to have written.
    fn bundles(&self) -> u64 {
        self.lives.values().map(|mark| mark.bundles).max().unwrap_or(0)
    }
}

/// The device that the witness beside a store is about.
pub(crate) fn device_beside(dir: &Path) -> Option<Uuid> {
    let witness: Witness = serde_json::from_slice(&fs::read(dir.join(BESIDE)).ok()?).ok()?;
    Some(witness.device)
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
        let rewound = self.rewound_from()?;
        let bound = self.local(MACHINE)?;
        let here = surroundings.machine.as_bytes();
        if bound.is_none() && !here.is_empty() {
            self.write(|gate| gate.put_local(MACHINE, here))?;
        }
        let moved = bound.is_some_and(|bound| !here.is_empty() && bound != here) && !self.is_moved()?;
        Ok(match (moved, rewound) {
            (true, _) => Arrival::Moved,
            (false, Some(bundles)) => Arrival::Rewound { bundles },
            (false, None) => Arrival::Same,
        })
    }

    /// The number of the last bundle that was written, when this life had gone further than it has now.
    fn rewound_from(&self) -> Result<Option<u64>> {
        let (identity, mark) = (self.identity(), Mark::of(self)?);
        let paths = self.witnesses();
        let all = paths.iter().filter_map(|path| Witness::read(path, identity.device));
        let behind = |witness: &Witness| witness.lives.get(&identity.epoch).is_some_and(|seen| mark.is_behind(*seen));
        Ok(all.filter(behind).map(|witness| witness.bundles()).max())
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
        let Ok(mark) = Mark::of(self) else { return };
        let identity = self.identity();
        for path in self.witnesses() {
            let known = Witness::read(&path, identity.device);
            let mut witness = known.unwrap_or(Witness { device: identity.device, lives: BTreeMap::new() });
            if witness.lives.insert(identity.epoch, mark) != Some(mark) || sync == Sync::Now {
                let _ = witness.write(&path, sync);
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

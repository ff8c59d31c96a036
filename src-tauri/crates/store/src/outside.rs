//! Copies outside a store's own folder: what their label says, finding them, and bringing one back beside whatever is there.
//!
//! Nothing here overwrites anything: a store is brought back into a folder that is new.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::backup::OUTSIDE;
use crate::damaged::ANEW;
use crate::error::{Result, StoreError};
use crate::files;
use crate::keys::{self, SlotFile};
use crate::lock::Lock;
use crate::open::{DATABASE, WRITE_AHEAD};

const LABEL: &str = "backup.json";
/// The newest form of a label that this program reads.
const FORMAT: u32 = 1;
const RESTORING: &str = "restoring";
/// So many copies of one store are kept in one place.
const KEPT: usize = 10;

/// What a copy says of itself. No personal data beyond the names that the key slots show anyway.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Form of the label.
    pub redress_backup: u32,
    /// Beginning of the folder's name: area and office code.
    pub stem: String,
    /// Name of the office.
    pub office_name: String,
    /// The device whose store it is.
    pub device: Uuid,
    /// When it was made, by that PC's clock.
    pub made_at: String,
    /// Version of the program that made it.
    pub program: String,
    /// Entries in it, as counted after writing.
    pub entries: u64,
    /// Size of the database file.
    pub size_bytes: u64,
    /// BLAKE3 of the database file.
    pub blake3: String,
}

impl Label {
    /// Writes the label beside a finished copy.
    pub(crate) fn write(&self, copy: &Path, entries: u64) -> Result<()> {
        let (size_bytes, hash) = files::digest(&copy.join(DATABASE))?;
        let whole =
            Self { redress_backup: FORMAT, entries, size_bytes, blake3: hash.to_hex().to_string(), ..self.clone() };
        let bytes = serde_json::to_vec_pretty(&whole).map_err(|error| StoreError::Io(error.to_string()))?;
        files::replace(&copy.join(LABEL), &bytes)
    }

    /// The label of a copy; none when the folder has none, as the copies inside a store's own folder.
    pub fn read(copy: &Path) -> Result<Option<Self>> {
        let bytes = match fs::read(copy.join(LABEL)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let label: Self = serde_json::from_slice(&bytes).map_err(|error| StoreError::Damaged(error.to_string()))?;
        match label.redress_backup {
            FORMAT => Ok(Some(label)),
            found => Err(StoreError::Newer { found: found.into(), known: FORMAT.into() }),
        }
    }

    /// Whether the database of a copy is what was written.
    pub fn fits(&self, copy: &Path) -> Result<bool> {
        let (size_bytes, hash) = files::digest(&copy.join(DATABASE))?;
        Ok(size_bytes == self.size_bytes && hash.to_hex().as_str() == self.blake3)
    }
}

/// The copies in a folder that somebody chose: the folder itself, those below it, those in our own folder on a stick, and
/// those inside a store's own folder.
pub fn find(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let places = [folder.to_owned(), folder.join(OUTSIDE), folder.join("backups")];
    for place in [folder.to_owned()].into_iter().chain(places.iter().flat_map(|place| folders(place))) {
        if SlotFile::exists(&place) && place.join(DATABASE).is_file() && !found.contains(&place) {
            found.push(place);
        }
    }
    found.sort();
    found
}

/// The newest copy of a device's store in a place. Copies of one store are numbered; no clock is asked.
pub fn newest_of(folder: &Path, device: &Uuid) -> Option<PathBuf> {
    let own = |path: &PathBuf| Label::read(path).is_ok_and(|found| found.is_some_and(|found| found.device == *device));
    find(folder).into_iter().filter(own).max_by_key(|copy| number_of(copy))
}

fn folders(place: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(place).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// The number at the end of a copy's name.
fn number_of(copy: &Path) -> Option<u32> {
    copy.file_name()?.to_str()?.rsplit('-').next()?.parse().ok()
}

/// The highest number that any copy in this place has, whoever made it; 0 when there is none.
pub(crate) fn highest(all: &Path) -> u64 {
    folders(all).iter().filter_map(|copy| number_of(copy)).max().unwrap_or(0).into()
}

/// Copies of the same store beyond the newest go, and never the one just made. Whatever has no label of ours, or
/// another's, stays.
pub(crate) fn keep_newest(all: &Path, (made, label): (&Path, &Label)) {
    let own =
        |path: &PathBuf| Label::read(path).is_ok_and(|found| found.is_some_and(|found| found.device == label.device));
    let mut older: Vec<PathBuf> = folders(all).into_iter().filter(|path| path != made).filter(own).collect();
    older.sort_by_key(|copy| number_of(copy));
    for old in older.iter().take(older.len().saturating_sub(KEPT - 1)) {
        let _ = fs::remove_dir_all(old);
    }
}

/// Brings a copy back into a folder that does not exist yet, whole or not at all. The copy itself is only read.
pub fn restore(copy: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        return Err(StoreError::Exists);
    }
    let label = Label::read(copy)?;
    let making = to.with_extension(RESTORING);
    let _ = fs::remove_dir_all(&making);
    let outcome = bring_back(copy, &making, label.as_ref()).and_then(|()| files::rename(&making, to));
    if outcome.is_err() {
        let _ = fs::remove_dir_all(&making);
    }
    outcome
}

fn bring_back(copy: &Path, making: &Path, label: Option<&Label>) -> Result<()> {
    // It may be a store in which somebody works, or one whose PC lost its power: then its newest entries stand beside it.
    let _lock = Lock::take_as_it_is(copy)?;
    fs::create_dir_all(making)?;
    for file in [DATABASE, WRITE_AHEAD, ANEW, keys::FILE] {
        if ![WRITE_AHEAD, ANEW].contains(&file) || copy.join(file).exists() {
            files::copy(&copy.join(file), &making.join(file))?;
        }
    }
    files::flush_names(making);
    match label {
        Some(label) if !label.fits(making)? => Err(StoreError::Damaged("the copy is not what was written".into())),
        _ => Ok(()),
    }
}

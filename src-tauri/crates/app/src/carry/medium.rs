//! Writing to a medium so that it is really there: under a temporary name, flushed, read back, renamed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use redress_store::digest;

use super::held::{self, Deed, gone, patiently};
use crate::error::{AppError, Result};
use crate::host::Host;

/// Unfinished files have this ending; they are swept before the next one is written.
const UNFINISHED: &str = "part";

/// Sweeps what was left unfinished, and makes sure before anything is written that all the files fit into a folder.
pub(crate) fn make_room<'a>(host: &dyn Host, folder: &Path, staged: impl Iterator<Item = &'a Path>) -> Result<()> {
    sweep(folder);
    let mut need = 0;
    for file in staged {
        need += fs::metadata(file)?.len();
    }
    match host.free_bytes(folder).filter(|free| *free < need) {
        Some(free) => Err(AppError::new("medium_full").with("need", need).with("free", free)),
        None => Ok(()),
    }
}

/// Copies a finished file to a folder under `name`; gives its path there once it has been read back and is the same. A
/// file that already has the name stays: after a restore numbers may come again, and what lies there may be unread.
pub(crate) fn carry_over(staged: &Path, folder: &Path, name: &str) -> Result<PathBuf> {
    let place = free_name(folder, name);
    let unfinished = unfinished(&place);
    let outcome = copy(staged, &unfinished).and_then(|()| settle(staged, &unfinished, &place));
    if outcome.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    outcome.map(|()| place)
}

/// As [`carry_over`], for bytes that are at hand.
pub(crate) fn write_checked(place: &Path, bytes: &[u8]) -> Result<()> {
    let unfinished = place.with_extension(UNFINISHED);
    let outcome = write_and_settle(&unfinished, place, bytes);
    if outcome.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    outcome
}

fn write_and_settle(unfinished: &Path, place: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = create(unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    if held::read(unfinished).map_err(|error| gone(error, place))? != bytes {
        return Err(AppError::new("verify_failed").with("path", place.display()));
    }
    held::rename(unfinished, place)?;
    sync_folder(place);
    Ok(())
}

fn unfinished(place: &Path) -> PathBuf {
    place.with_extension(format!("{}.{UNFINISHED}", super::EXTENSION))
}

/// The name itself, or with a number behind it when another file has it.
fn free_name(folder: &Path, name: &str) -> PathBuf {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, super::EXTENSION));
    let mut place = folder.join(name);
    let mut others = 2_u32..;
    while let (true, Some(number)) = (fs::symlink_metadata(&place).is_ok(), others.next()) {
        place = folder.join(format!("{stem}-{number}.{ending}"));
    }
    place
}

fn create(path: &Path) -> Result<File> {
    patiently(path, Deed::Write, || OpenOptions::new().write(true).create(true).truncate(true).open(path))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let mut input = File::open(from)?;
    let mut output = create(to)?;
    io::copy(&mut input, &mut output)?;
    output.sync_all()?;
    Ok(())
}

fn settle(staged: &Path, unfinished: &Path, place: &Path) -> Result<()> {
    forget_cached(unfinished);
    let written = patiently(place, Deed::Read, || digest(unfinished)).map_err(|error| gone(error, place))?;
    if digest(staged)? != written {
        return Err(AppError::new("verify_failed").with("path", place.display()));
    }
    held::rename(unfinished, place)?;
    sync_folder(place);
    Ok(())
}

/// Asks the system to forget what it remembers of a file, so that it is read from the medium: a stick that lies about its
/// size swallows what it cannot hold, and only the medium itself knows.
#[cfg(target_os = "linux")]
fn forget_cached(path: &Path) {
    if let Ok(file) = File::open(path) {
        // Where the system does not do it, the file is compared all the same.
        let _ = rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed);
    }
}

#[cfg(not(target_os = "linux"))]
fn forget_cached(_: &Path) {}

/// Makes the new name last. Some file systems cannot flush a folder: the file itself has been flushed.
fn sync_folder(place: &Path) {
    if let Some(folder) = place.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
}

/// Removes our own unfinished files; never anything else.
fn sweep(folder: &Path) {
    let ending = format!(".{}.{UNFINISHED}", super::EXTENSION);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().ends_with(&ending) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hard case 33: a stick that lies about its size takes everything and keeps a part of it.
    #[test]
    fn what_a_medium_has_swallowed_is_noticed_and_never_gets_the_name() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (staged, place) = (folder.path().join("staged"), folder.path().join("370321-0101-0001.redress"));
        fs::write(&staged, [7; 100_000]).expect("the temporary folder can be written");
        let mut kept = vec![7; 100_000];
        kept[65_536..].fill(0);
        fs::write(unfinished(&place), kept).expect("the temporary folder can be written");
        let refused = settle(&staged, &unfinished(&place), &place).expect_err("the end is missing");
        assert_eq!(refused.code, "verify_failed");
        assert!(!place.exists(), "what is not there has no name");
        // Case 39: a scanner has taken it away.
        fs::remove_file(unfinished(&place)).expect("a file");
        assert_eq!(settle(&staged, &unfinished(&place), &place).expect_err("nothing is there").code, "file_vanished");

        carry_over(&staged, folder.path(), "370321-0101-0001.redress").expect("a medium that keeps what it takes");
        assert_eq!(fs::read(place).expect("a file"), [7; 100_000]);
    }
}

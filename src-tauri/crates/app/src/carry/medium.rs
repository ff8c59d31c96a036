//! Writing to a medium so that it is really there: under a temporary name, flushed, read back, renamed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::error::{AppError, Result};

/// Unfinished files have this ending; they are swept before the next one is written.
const UNFINISHED: &str = "part";

/// Copies a finished file to a folder under `name`; gives its path there once it has been read back and is the same.
pub(crate) fn carry_over(staged: &Path, folder: &Path, name: &str) -> Result<PathBuf> {
    sweep(folder);
    let place = folder.join(name);
    let unfinished = folder.join(format!("{name}.{UNFINISHED}"));
    let outcome = copy(staged, &unfinished).and_then(|()| settle(staged, &unfinished, &place));
    if outcome.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    outcome.map(|()| place)
}

/// As [`carry_over`], for bytes that are at hand.
pub(crate) fn write_checked(place: &Path, bytes: &[u8]) -> Result<()> {
    let unfinished = place.with_extension(UNFINISHED);
    let mut file = create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    if fs::read(&unfinished)? != bytes {
        return Err(AppError::new("verify_failed").with("path", place.display()));
    }
    fs::rename(&unfinished, place)?;
    sync_folder(place);
    Ok(())
}

fn create(path: &Path) -> Result<File> {
    Ok(OpenOptions::new().write(true).create(true).truncate(true).open(path)?)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let mut input = File::open(from)?;
    let mut output = create(to)?;
    io::copy(&mut input, &mut output)?;
    output.sync_all()?;
    Ok(())
}

fn settle(staged: &Path, unfinished: &Path, place: &Path) -> Result<()> {
    if digest(staged)? != digest(unfinished)? {
        return Err(AppError::new("verify_failed").with("path", place.display()));
    }
    fs::rename(unfinished, place)?;
    sync_folder(place);
    Ok(())
}

/// BLAKE3 of a file's content.
pub(crate) fn digest(path: &Path) -> Result<blake3::Hash> {
    let mut file = File::open(path)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 256 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finalize()),
            count => hasher.update(&buffer[..count]),
        };
    }
}

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

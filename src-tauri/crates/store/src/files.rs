//! Files and names that are there after a power cut too.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::error::Result;

/// Files that are being written have this ending.
pub(crate) const FRESH: &str = "new";

/// A folder that is removed when nobody needs it any more. What a program that was killed left in it goes first.
pub(crate) struct Temporary(PathBuf);

impl Temporary {
    pub fn at(folder: PathBuf) -> Self {
        let _ = fs::remove_dir_all(&folder);
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Removes what an interrupted write of this file left.
pub(crate) fn sweep(path: &Path) {
    let _ = fs::remove_file(path.with_extension(FRESH));
}

/// Writes a file whole, beside what has its name so far, and gives it the name: a power cut leaves the old or the new.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let fresh = path.with_extension(FRESH);
    let mut file = File::create(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    rename(&fresh, path)
}

/// Copies a file under a name that nobody has, whole or not at all.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    let fresh = to.with_extension(FRESH);
    fs::copy(from, &fresh)?;
    File::open(&fresh)?.sync_all()?;
    rename(&fresh, to)
}

/// How long a file is, and BLAKE3 of its content.
pub fn digest(file: &Path) -> io::Result<(u64, blake3::Hash)> {
    let mut file = File::open(file)?;
    let (mut hasher, mut buffer) = (blake3::Hasher::new(), vec![0; 256 * 1024]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((hasher.count(), hasher.finalize())),
            count => hasher.update(&buffer[..count]),
        };
    }
}

/// Gives a file or folder its name, for good.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to)?;
    to.parent().into_iter().for_each(flush_names);
    Ok(())
}

/// Makes the names in a folder last. Some file systems cannot flush a folder: the files themselves have been flushed.
pub(crate) fn flush_names(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

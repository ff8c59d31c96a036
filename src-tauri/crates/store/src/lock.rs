//! One program at a time: a lock on a file in the store's folder, let go by whoever closes the store or dies.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::error::{Result, StoreError};

const LOCK: &str = "lock";

/// Held as long as the store is open.
pub(crate) struct Lock(File);

impl Lock {
    /// Takes the lock of a folder, or says that another program has it.
    pub(crate) fn take(dir: &Path) -> Result<Self> {
        Self::of(OpenOptions::new().create(true).truncate(false).write(true).open(dir.join(LOCK))?)
    }

    /// Takes the lock of a folder in which nothing may be written; none when nobody has ever worked in it, or where the
    /// file system knows no locks. Only a program that has the lock is in the way.
    pub(crate) fn take_as_it_is(dir: &Path) -> Result<Option<Self>> {
        match File::open(dir.join(LOCK)).map(Self::of) {
            Ok(Err(StoreError::LockedByOther)) => Err(StoreError::LockedByOther),
            Ok(lock) => Ok(lock.ok()),
            Err(_) => Ok(None),
        }
    }

    fn of(file: File) -> Result<Self> {
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::LockedByOther),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

impl Drop for Lock {
    /// Closing the file would do, but for a process that is just being started: until it has become another program it
    /// holds this file too, and the store would be said to be in use by nobody.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

//! Wrong passphrases slow down whoever types them: how many there were stands in a small file beside the database.
//!
//! The wait is short, never destroys anything, and is no judge: a file that is missing or unreadable says nothing. What
//! keeps a thief out is what each try costs, see [`crate::KeyCost`].

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::files;

pub(crate) const FILE: &str = "tries.json";
/// So many slips of the finger cost nothing.
const FREE: u32 = 3;
/// The first wait; each further wrong passphrase doubles it.
const WAIT_SECONDS: i64 = 5;
const WAIT_SECONDS_MAX: i64 = 300;

/// Wrong passphrases since the last right one. Times are seconds of the wall clock, as the caller reads it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tries {
    /// How many.
    pub wrong: u32,
    /// When the last one was typed.
    at: i64,
}

impl Tries {
    /// What is noted in a store's folder.
    pub fn read(dir: &Path) -> Self {
        let bytes = fs::read(dir.join(FILE)).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Seconds until the next passphrase may be tried. A clock that was set back begins the wait anew, once: nobody is
    /// locked out by it for longer than the wait itself.
    pub fn wait(mut self, dir: &Path, now: i64) -> u64 {
        if self.at > now {
            self.at = now;
            self.write(dir);
        }
        self.at.saturating_add(self.whole_wait()).saturating_sub(now).max(0).unsigned_abs()
    }

    fn whole_wait(self) -> i64 {
        match self.wrong.checked_sub(FREE) {
            None | Some(0) => 0,
            Some(over) => (WAIT_SECONDS << (over - 1).min(16)).min(WAIT_SECONDS_MAX),
        }
    }

    /// Notes one more wrong passphrase; gives the seconds until the next may be tried.
    pub fn note(self, dir: &Path, now: i64) -> u64 {
        let noted = Self { wrong: self.wrong.saturating_add(1), at: now };
        noted.write(dir);
        noted.whole_wait().unsigned_abs()
    }

    /// A right passphrase ends it.
    pub fn forget(dir: &Path) {
        let _ = fs::remove_file(dir.join(FILE));
    }

    /// A note that cannot be written must not keep anybody from their work.
    fn write(self, dir: &Path) {
        if let Ok(bytes) = serde_json::to_vec(&self) {
            let _ = files::replace(&dir.join(FILE), &bytes);
        }
    }
}

//! What the use cases need from outside: the time, randomness, places, and somebody to tell how far they are.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, FixedOffset};
use redress_domain::CivilDate;
use redress_store::{KeyCost, Surroundings};
use uuid::{Builder, Uuid};

use crate::contract::{CarryPlace, Progress, Task};
use crate::error::{AppError, Result};

/// The outside world. The shell, the command line and the tests each bring their own.
pub trait Host: Send + Sync {
    /// The wall clock with its offset. Shown to people; nothing is ordered by it.
    fn now(&self) -> DateTime<FixedOffset>;
    /// Fills bytes from the system's secure source.
    fn fill_random(&self, bytes: &mut [u8]) -> Result<()>;
    /// Told while something long runs.
    fn progress(&self, progress: &Progress);
    /// Whether the user wants the long work to stop.
    fn cancelled(&self) -> bool;
    /// Sticks and cards that are plugged in.
    fn carry_places(&self) -> Vec<CarryPlace>;
    /// The folder for stores of this user.
    fn data_dir(&self) -> PathBuf;
    /// A folder of this user that is not restored together with the stores: how far they had gone is noted there.
    fn witness_dir(&self) -> PathBuf {
        self.data_dir().join("witness")
    }
    /// What tells this PC from another; empty when nothing is known.
    fn machine(&self) -> String {
        String::new()
    }
    /// What it costs to try a passphrase of a store that is made now.
    fn key_cost(&self) -> KeyCost {
        KeyCost::STANDARD
    }
    /// Free bytes where a folder lies; none when the system does not say.
    fn free_bytes(&self, folder: &Path) -> Option<u64> {
        crate::machine::free_bytes(folder)
    }
}

/// What the use cases make of a host.
pub(crate) trait HostExt {
    fn now_text(&self) -> String;
    /// The day that the clock shows. Which day it is: [`crate::clock::today`].
    fn clock_day(&self) -> Result<CivilDate>;
    fn random<const N: usize>(&self) -> Result<[u8; N]>;
    fn new_id(&self) -> Result<Uuid>;
    fn surroundings(&self) -> Surroundings;
    /// Says how far a long work is, and whether it goes on.
    fn tell(&self, task: Task, stage: &str, done: u64) -> bool;
}

impl HostExt for dyn Host + '_ {
    fn now_text(&self) -> String {
        self.now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    fn clock_day(&self) -> Result<CivilDate> {
        let today = self.now().date_naive();
        CivilDate::new(today.year(), today.month(), today.day()).map_err(|_| AppError::new("clock_impossible"))
    }

    fn random<const N: usize>(&self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.fill_random(&mut bytes)?;
        Ok(bytes)
    }

    fn surroundings(&self) -> Surroundings {
        Surroundings { machine: self.machine(), witness_dir: Some(self.witness_dir()) }
    }

    fn tell(&self, task: Task, stage: &str, done: u64) -> bool {
        self.progress(&Progress { task, stage: stage.to_owned(), done, total: None, detail: String::new() });
        !self.cancelled()
    }

    /// A UUIDv7. Its time part only keeps new rows together; nothing is ordered by it.
    fn new_id(&self) -> Result<Uuid> {
        let millis = u64::try_from(self.now().timestamp_millis()).unwrap_or(0);
        Ok(Builder::from_unix_timestamp_millis(millis, &self.random()?).into_uuid())
    }
}

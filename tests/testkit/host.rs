//! The outside world of a test: nothing in it moves by itself.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use chrono::{DateTime, FixedOffset, TimeDelta};
use redress_app::contract::{CarryPlace, Progress};
use redress_app::{Host, Result};
use redress_store::KeyCost;

/// A host with a clock to set, randomness from a seed, and a switch to cancel.
pub struct TestHost {
    clock: Mutex<DateTime<FixedOffset>>,
    seed: AtomicU64,
    drawn: AtomicU64,
    cancelled: AtomicBool,
    told: Mutex<Vec<Progress>>,
    data_dir: PathBuf,
    /// What the host says of the PC; a copy on another PC says something else.
    machine: Mutex<String>,
    /// A folder that is not restored with the stores.
    witness_dir: Mutex<PathBuf>,
    /// How much room every medium has, when a test says so.
    free_bytes: Mutex<Option<u64>>,
    /// What is plugged in, when a test says so.
    places: Mutex<Vec<CarryPlace>>,
    /// How much room a folder and what lies in it have, when a test says so.
    free_bytes_in: Mutex<Option<(PathBuf, u64)>>,
}

impl TestHost {
    /// A host whose clock stands at `now` (RFC 3339) and whose stores lie in `data_dir`.
    pub fn new(seed: u64, now: &str, data_dir: PathBuf) -> Self {
        Self {
            clock: Mutex::new(parse(now)),
            seed: AtomicU64::new(seed),
            drawn: AtomicU64::new(0),
            cancelled: AtomicBool::new(false),
            told: Mutex::new(Vec::new()),
            witness_dir: Mutex::new(data_dir.join(format!("witness-{seed}"))),
            data_dir,
            machine: Mutex::new("pc-1".to_owned()),
            free_bytes: Mutex::new(None),
            places: Mutex::new(Vec::new()),
            free_bytes_in: Mutex::new(None),
        }
    }

    /// From now on this is another PC.
    pub fn set_machine(&self, machine: &str) {
        *self.machine.lock().expect("no test holds the name and fails") = machine.to_owned();
    }

    /// From now on nothing is known of how far stores had gone: as after restoring a whole disk.
    pub fn forget_witnesses(&self, fresh: PathBuf) {
        *self.witness_dir.lock().expect("no test holds the folder and fails") = fresh;
    }

    /// From now on every medium has so much room; none: as much as it has.
    pub fn set_free_bytes(&self, free: Option<u64>) {
        *self.free_bytes.lock().expect("no test holds the number and fails") = free;
    }

    /// From now on a folder is a stick; `told` is the system's name of its file system.
    pub fn plug_in(&self, folder: &Path, told: &str) {
        let place = CarryPlace::removable(folder.display().to_string(), None, told);
        self.places.lock().expect("no test holds the list and fails").push(place);
    }

    /// From now on a folder has so much room, and every other medium as much as it has.
    pub fn set_free_bytes_in(&self, folder: &Path, free: u64) {
        *self.free_bytes_in.lock().expect("no test holds the number and fails") = Some((folder.to_owned(), free));
    }

    /// Sets the clock, forwards or back.
    pub fn set_clock(&self, now: &str) {
        *self.clock.lock().expect("no test holds the clock and fails") = parse(now);
    }

    /// Moves the clock on.
    pub fn pass_seconds(&self, seconds: u32) {
        *self.clock.lock().expect("no test holds the clock and fails") += TimeDelta::seconds(i64::from(seconds));
    }

    /// From now on randomness comes from another seed, whatever was drawn before.
    pub fn reseed(&self, seed: u64) {
        self.seed.store(seed, Ordering::SeqCst);
        self.drawn.store(0, Ordering::SeqCst);
    }

    /// From now on the user wants long work to stop, or not any more.
    pub fn cancel(&self, cancelled: bool) {
        self.cancelled.store(cancelled, Ordering::SeqCst);
    }

    /// Everything that was told about long work since the last time.
    pub fn told(&self) -> Vec<Progress> {
        std::mem::take(&mut self.told.lock().expect("no test holds the notes and fails"))
    }
}

fn parse(now: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(now).expect("tests set clocks in RFC 3339")
}

impl Host for TestHost {
    fn now(&self) -> DateTime<FixedOffset> {
        *self.clock.lock().expect("no test holds the clock and fails")
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<()> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.seed.load(Ordering::SeqCst).to_be_bytes());
        hasher.update(&self.drawn.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        hasher.finalize_xof().fill(bytes);
        Ok(())
    }

    fn progress(&self, progress: &Progress) {
        self.told.lock().expect("no test holds the notes and fails").push(progress.clone());
    }

    fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }

    fn carry_places(&self) -> Vec<CarryPlace> {
        self.places.lock().expect("no test holds the list and fails").clone()
    }

    fn data_dir(&self) -> PathBuf {
        self.data_dir.clone()
    }

    fn witness_dir(&self) -> PathBuf {
        self.witness_dir.lock().expect("no test holds the folder and fails").clone()
    }

    /// Tests open stores all day; what a passphrase costs is measured elsewhere.
    fn key_cost(&self) -> KeyCost {
        KeyCost { memory_kib: 64, passes: 1 }
    }

    fn machine(&self) -> String {
        self.machine.lock().expect("no test holds the name and fails").clone()
    }

    fn free_bytes(&self, folder: &Path) -> Option<u64> {
        let set = *self.free_bytes.lock().expect("no test holds the number and fails");
        let known = self.free_bytes_in.lock().expect("no test holds the number and fails");
        let own = known.as_ref().filter(|(known, _)| folder.starts_with(known)).map(|(_, free)| *free);
        own.or(set).or_else(|| redress_app::machine::free_bytes(folder))
    }
}

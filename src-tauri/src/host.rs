//! What the use cases need from a desktop: the time, randomness, sticks, a folder for data, and somebody to tell
//! how far they are. It decides nothing.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, FixedOffset, Local};
use redress_app::contract::{CarryPlace, Progress};
use redress_app::{AppError, Host, machine, media};
use tauri::AppHandle;

use crate::events::Events;

/// The desktop as the use cases see it.
pub struct DesktopHost {
    events: Events,
    data_dir: PathBuf,
    witness_dir: PathBuf,
    cancelled: AtomicBool,
}

impl DesktopHost {
    /// A desktop that keeps its stores under one folder and notes how far they have gone in the other.
    pub fn new(app: AppHandle, (data_dir, witness_dir): (PathBuf, PathBuf)) -> Self {
        Self { events: Events::new(app), data_dir, witness_dir, cancelled: AtomicBool::new(false) }
    }

    /// Asks the command that runs to stop at its next step.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Forgets a cancellation that came after its command had ended.
    pub fn begin(&self) {
        self.cancelled.store(false, Ordering::Relaxed);
    }

    /// Tells the window what a command changed.
    pub fn changed(&self, touched: &[String]) {
        self.events.changed(touched);
    }
}

impl Host for DesktopHost {
    #[expect(clippy::disallowed_methods, reason = "this is where the time comes in")]
    fn now(&self) -> DateTime<FixedOffset> {
        Local::now().fixed_offset()
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), AppError> {
        getrandom::fill(bytes).map_err(|error| AppError::internal(error.to_string()))
    }

    fn progress(&self, progress: &Progress) {
        self.events.progress(progress);
    }

    fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    fn carry_places(&self) -> Vec<CarryPlace> {
        media::removable()
    }

    fn data_dir(&self) -> PathBuf {
        self.data_dir.clone()
    }

    fn witness_dir(&self) -> PathBuf {
        self.witness_dir.clone()
    }

    fn machine(&self) -> String {
        machine::fingerprint()
    }
}

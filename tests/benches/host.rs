//! A host for benches: the real time, the system's randomness, and nobody to tell.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};
use redress_app::contract::{CarryPlace, Progress};
use redress_app::{AppError, Host};

pub struct Quiet;

impl Host for Quiet {
    fn now(&self) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-24T09:00:00+08:00").expect("a fixed time")
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), AppError> {
        getrandom::fill(bytes).map_err(AppError::internal)
    }

    fn progress(&self, _: &Progress) {}

    fn cancelled(&self) -> bool {
        false
    }

    fn carry_places(&self) -> Vec<CarryPlace> {
        Vec::new()
    }

    fn data_dir(&self) -> PathBuf {
        std::env::temp_dir()
    }
}

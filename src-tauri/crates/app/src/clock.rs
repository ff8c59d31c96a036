//! The PC's clock, as far as it can be believed. A wrong one is said and marked, and keeps nobody from working.

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::error::Result;
use crate::session::Session;

/// The program was not written before this day: a clock that says so is wrong.
const EARLIEST_DAY: &str = "2026-11-01";

/// Clocks of one PC may differ by so much from one day to the next, by zones and by hand.
const HOURS_BACK_MAX: i64 = 24;

/// Whether a time cannot have been right when it was written.
pub(crate) fn is_doubtful(at: &str) -> bool {
    at < EARLIEST_DAY
}

/// Whether a time is before one that had passed already.
pub(crate) fn runs_backwards(at: &str, before: &str) -> bool {
    let read = |at: &str| DateTime::parse_from_rfc3339(at).ok();
    read(at).zip(read(before)).is_some_and(|(at, before)| before - at > TimeDelta::hours(HOURS_BACK_MAX))
}

/// Whether the clock cannot be right: it stands before the program was written, or before what was written here last.
pub(crate) fn is_wrong(session: &Session, now: DateTime<FixedOffset>) -> Result<bool> {
    let now = now.to_rfc3339();
    let last = session.store.last_written()?;
    Ok(is_doubtful(&now) || last.is_some_and(|last| runs_backwards(&now, &last)))
}

//! The PC's clock, as far as it can be believed. A wrong one is said and marked, and keeps nobody from working: whoever sits
//! there says which day it is, and until the clock is right again what is due is reckoned from that. No time that is written
//! into an entry follows from it.

use std::cmp::Ordering;

use chrono::{DateTime, FixedOffset, TimeDelta};
use redress_domain::CivilDate;
use serde::{Deserialize, Serialize};

use crate::App;
use crate::contract::{AppState, ClockDoubt, ConfirmDay, Done, Touched};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::session::Session;
use crate::start::current;

/// The program was not written before this day: a clock that says so is wrong.
const EARLIEST_DAY: &str = "2026-11-01";

/// Clocks of one PC may differ by so much from one day to the next, by zones and by hand.
const HOURS_BACK_MAX: i64 = 24;

/// Two PCs may differ by so much.
const HOURS_AHEAD_MAX: i64 = 24;

/// Whoever has just said that the clock is right is not asked again for the next bundle of a PC that is ahead.
const DAYS_VOUCHED: i32 = 7;

/// A clock that is wrong and runs carries the day along; one that has gone on further than this was set to something.
const DAYS_RUN_MAX: i32 = 60;

/// Where it is kept what somebody said.
const SAID: &str = "day_said";
/// Where it is kept when the bundle was written that is furthest ahead; empty when somebody has looked since.
const AHEAD: &str = "clock_ahead";

/// Whether a time cannot have been right when it was written.
pub(crate) fn is_doubtful(at: &str) -> bool {
    at < EARLIEST_DAY
}

/// Whether a time is before one that had passed already.
pub(crate) fn runs_backwards(at: &str, before: &str) -> bool {
    let read = |at: &str| DateTime::parse_from_rfc3339(at).ok();
    read(at).zip(read(before)).is_some_and(|(at, before)| before - at > TimeDelta::hours(HOURS_BACK_MAX))
}

/// Whether a bundle says that it was written more than a day after now: one of the two clocks is wrong.
pub(crate) fn is_ahead(created_at: &str, now: DateTime<FixedOffset>) -> bool {
    DateTime::parse_from_rfc3339(created_at).is_ok_and(|written| written > now + TimeDelta::hours(HOURS_AHEAD_MAX))
}

/// Whether the clock cannot be right: it stands before the program was written, or before what was written here last.
fn is_wrong(session: &Session, now: DateTime<FixedOffset>) -> Result<bool> {
    let now = now.to_rfc3339();
    let last = session.store.last_written()?;
    Ok(is_doubtful(&now) || last.is_some_and(|last| runs_backwards(&now, &last)))
}

/// Which day somebody said it was, and which day the clock showed then.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Said {
    day: CivilDate,
    clock: CivilDate,
}

impl Said {
    /// The day to reckon with while the clock goes on as wrong as it was; none once it can have been set right.
    fn reckons(self, shows: CivilDate) -> Option<CivilDate> {
        let still_wrong = match self.clock.cmp(&self.day) {
            Ordering::Equal => false,
            Ordering::Less => shows < self.day,
            Ordering::Greater => shows < self.day || shows >= self.clock,
        };
        let passed = shows.day_number() - self.clock.day_number();
        let run = if (0..=DAYS_RUN_MAX).contains(&passed) { passed } else { 0 };
        still_wrong.then(|| self.day.add_days(run))
    }

    /// Whether what the clock shows follows on what was said.
    fn bears_out(self, shows: CivilDate) -> bool {
        shows >= self.day
    }
}

fn said(session: &Session) -> Result<Option<Said>> {
    Ok(session.store.local(SAID)?.and_then(|kept| serde_json::from_slice(&kept).ok()))
}

/// Which day it is: what the clock shows, unless somebody has said that it shows another.
pub(crate) fn today(session: &Session, host: &dyn Host) -> Result<CivilDate> {
    let shows = host.clock_day()?;
    Ok(said(session)?.and_then(|said| said.reckons(shows)).unwrap_or(shows))
}

/// What is to be said of the clock; none while it can be believed.
pub(crate) fn doubt(session: &Session, host: &dyn Host) -> Result<Option<ClockDoubt>> {
    let (now, shows) = (host.now(), host.clock_day()?);
    let said = said(session)?;
    let reckons = said.and_then(|said| said.reckons(shows));
    let doubtful = match (reckons, said) {
        (Some(_), _) => true,
        (None, Some(said)) if said.bears_out(shows) => ahead_of(session, now)?,
        (None, _) => ahead_of(session, now)? || is_wrong(session, now)?,
    };
    Ok(doubtful.then_some(ClockDoubt { shows, reckons }))
}

/// Whether a bundle came from more than a day after now, and nobody has looked at the clock since.
fn ahead_of(session: &Session, now: DateTime<FixedOffset>) -> Result<bool> {
    let kept = session.store.local(AHEAD)?.and_then(|kept| String::from_utf8(kept).ok());
    Ok(kept.is_some_and(|created_at| is_ahead(&created_at, now)))
}

/// Keeps that bundles came from more than a day ahead: whose clock is right is for a person to say.
pub(crate) fn note_ahead(session: &mut Session, host: &dyn Host, written: &[String]) -> Result<()> {
    let shows = host.clock_day()?;
    let vouched = |said: Said| {
        said.reckons(shows).is_some() || (said.bears_out(shows) && shows <= said.day.add_days(DAYS_VOUCHED))
    };
    let Some(furthest) = written.iter().max() else { return Ok(()) };
    if said(session)?.is_some_and(vouched) {
        return Ok(());
    }
    session.store.write(|gate| -> Result<()> { Ok(gate.put_local(AHEAD, furthest.as_bytes())?) })
}

/// `clock.confirm`: which day it is, typed as any day. Said to be the day that the clock shows, the clock is believed.
pub(crate) fn confirm(app: &mut App, input: ConfirmDay) -> Result<Done<AppState>> {
    let (session, host) = app.working()?;
    let clock = host.clock_day()?;
    if input.day.trim().is_empty() {
        return Err(AppError::field("day", "required"));
    }
    let day = CivilDate::parse_typed(&input.day, clock).map_err(|error| AppError::field("day", error.code()))?;
    if is_doubtful(&day.to_string()) {
        return Err(AppError::field("day", "date_before_program"));
    }
    let kept = serde_json::to_vec(&Said { day, clock }).map_err(AppError::internal)?;
    session.store.write(|gate| -> Result<()> {
        gate.put_local(SAID, &kept)?;
        Ok(gate.put_local(AHEAD, b"")?)
    })?;
    let touched = &[
        Touched::State,
        Touched::Complaint,
        Touched::Consultation,
        Touched::Office,
        Touched::Activity,
        Touched::Volunteer,
        Touched::Pack,
    ];
    Done::wrote(current(app)?, touched)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).expect("a day")
    }

    #[test]
    fn a_day_that_was_said_holds_until_the_clock_can_have_been_set_right() {
        // What was said, what the clock showed then, what it shows now, and what is reckoned with.
        let table = [
            ("2026-11-26", "2001-01-01", "2001-01-01", Some("2026-11-26")),
            ("2026-11-26", "2001-01-01", "2001-01-03", Some("2026-11-28")),
            ("2026-11-26", "2001-01-03", "2001-01-01", Some("2026-11-26")),
            ("2026-11-26", "2001-01-01", "2026-11-05", Some("2026-11-26")),
            ("2026-11-26", "2001-01-01", "2026-11-26", None),
            ("2026-11-26", "2001-01-01", "2027-02-01", None),
            ("2026-11-26", "2026-11-20", "2026-11-22", Some("2026-11-28")),
            ("2026-11-26", "2099-06-01", "2099-06-02", Some("2026-11-27")),
            ("2026-11-26", "2099-06-01", "2026-11-27", None),
            ("2026-11-26", "2099-06-01", "2001-01-01", Some("2026-11-26")),
            ("2026-11-26", "2026-11-26", "2026-11-26", None),
            ("2026-11-26", "2026-11-26", "2001-01-01", None),
        ];
        for (said, clock, shows, expected) in table {
            let reckons = Said { day: day(said), clock: day(clock) }.reckons(day(shows));
            assert_eq!(reckons, expected.map(day), "{said} at {clock}, now {shows}");
        }
    }
}

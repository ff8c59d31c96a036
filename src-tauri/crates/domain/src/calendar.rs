//! Which days are working days. It must not guess silently: a day without data is answered with `estimated`.

use chrono::Weekday;
use serde::Deserialize;
use std::collections::BTreeMap;

use crate::date::CivilDate;
use crate::packs::{self, PackError};

/// Years a calendar pack may span: a damaged pack must not make us allocate without end.
const SPAN_YEARS_MAX: i32 = 300;

/// Working days of the years a pack knows; Monday to Friday everywhere else.
#[derive(Debug, Clone)]
pub struct Calendar {
    first_day: i32,
    /// `None`: a year between known ones that no pack knows.
    working: Vec<Option<bool>>,
}

#[derive(Deserialize)]
struct Pack {
    years: [i32; 2],
    off: BTreeMap<CivilDate, String>,
    work: BTreeMap<CivilDate, String>,
}

impl Calendar {
    /// The calendar shipped with the program.
    pub fn built_in() -> Calendar {
        Calendar::from_json(packs::WORKING_DAYS).expect("the calendar shipped with the program is tested")
    }

    /// Reads a pack: `years` [first, last], `off` rest days and `work` make-up working days by date.
    pub fn from_json(json: &str) -> Result<Calendar, PackError> {
        let pack: Pack = serde_json::from_str(json).map_err(|e| PackError::new("working-days", e))?;
        let [from, to] = pack.years;
        if from > to || to - from >= SPAN_YEARS_MAX {
            return Err(PackError::new("working-days", "years"));
        }
        let bound = |date: Result<CivilDate, _>| date.map_err(|e| PackError::new("working-days", e));
        let first_day = bound(CivilDate::new(from, 1, 1))?.day_number();
        let last_day = bound(CivilDate::new(to, 12, 31))?.day_number();
        let mut working: Vec<Option<bool>> = (first_day..=last_day).map(|day| Some(is_monday_to_friday(day))).collect();
        let mut set = |date: &CivilDate, value: bool| {
            if let Ok(index) = usize::try_from(date.day_number() - first_day)
                && let Some(slot) = working.get_mut(index)
            {
                *slot = Some(value);
            }
        };
        pack.off.keys().for_each(|date| set(date, false));
        pack.work.keys().for_each(|date| set(date, true));
        Ok(Calendar { first_day, working })
    }

    /// The same with the years that `other` knows in place of its own.
    pub fn with(&self, other: &Calendar) -> Calendar {
        let first_day = self.first_day.min(other.first_day);
        let mut working = vec![None; (self.end().max(other.end()) - first_day).unsigned_abs() as usize];
        for calendar in [self, other] {
            let from = (calendar.first_day - first_day).unsigned_abs() as usize;
            for (slot, day) in working[from..].iter_mut().zip(&calendar.working) {
                *slot = day.or(*slot);
            }
        }
        Calendar { first_day, working }
    }

    /// The day behind the last one known.
    fn end(&self) -> i32 {
        self.first_day + self.working.len() as i32
    }

    /// The first year known.
    pub fn first_year(&self) -> i32 {
        CivilDate::from_day_number(self.first_day).map_or(0, CivilDate::year)
    }

    /// The last year known.
    pub fn last_year(&self) -> i32 {
        CivilDate::from_day_number(self.end() - 1).map_or(0, CivilDate::year)
    }

    /// (whether people work on `date`, whether that is only estimated because the pack does not know the year).
    pub fn is_working_day(&self, date: CivilDate) -> (bool, bool) {
        let day = date.day_number();
        let known = usize::try_from(day - self.first_day).ok().and_then(|i| self.working.get(i).copied().flatten());
        match known {
            Some(working) => (working, false),
            None => (is_monday_to_friday(day), true),
        }
    }
}

/// 1970-01-01 was a Thursday.
fn is_monday_to_friday(day_number: i32) -> bool {
    const MONDAY_OFFSET: i32 = Weekday::Thu as i32;
    (day_number + MONDAY_OFFSET).rem_euclid(7) < 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_make_up_days_and_unknown_years() {
        let calendar = Calendar::built_in();
        let table = [
            ("2026-10-09", (true, false)),
            ("2026-10-10", (true, false)),
            ("2026-10-11", (false, false)),
            ("2026-10-01", (false, false)),
            ("2026-02-14", (true, false)),
            ("2007-01-01", (false, false)),
            ("2006-12-29", (true, true)),
            ("2027-01-01", (true, true)),
            ("2027-01-02", (false, true)),
            ("2026-12-31", (true, false)),
        ];
        for (date, expected) in table {
            assert_eq!(calendar.is_working_day(CivilDate::parse_iso(date).unwrap()), expected, "{date}");
        }
    }

    #[test]
    fn a_damaged_pack_is_an_error() {
        for json in ["", "{}", r#"{"years":[2026,2025],"off":{},"work":{}}"#, r#"{"years":[1,2],"off":{},"work":{}}"#] {
            assert!(Calendar::from_json(json).is_err(), "{json}");
        }
    }
}

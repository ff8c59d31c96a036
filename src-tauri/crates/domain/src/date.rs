//! Civil dates: a day as people write it, without a time or a zone. It must not know what day it is today.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use thiserror::Error;
use ts_rs::TS;

use crate::typed_date::{self, Side};

const YEAR_MIN: i32 = 1900;
const YEAR_MAX: i32 = 2199;
const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("1970-01-01 is a date");

/// A day between 1900-01-01 and 2199-12-31. In JSON "2026-03-02".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(type = "string")]
pub struct CivilDate(NaiveDate);

/// Why a typed date was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DateError {
    /// No day has this name.
    #[error("date_invalid")]
    Invalid,
    /// A day, but outside 1900..=2199: most likely a slip of the finger, as in 20266.
    #[error("date_out_of_range")]
    OutOfRange,
    /// A day of the old calendar: 初三, 正月十五, 中秋.
    #[error("date_lunar")]
    Lunar,
    /// Several days could be meant: 上周, 月底, 前几天.
    #[error("date_ambiguous")]
    Ambiguous,
}

impl DateError {
    /// The stable code the window turns into a sentence.
    pub fn code(self) -> &'static str {
        match self {
            DateError::Invalid => "date_invalid",
            DateError::OutOfRange => "date_out_of_range",
            DateError::Lunar => "date_lunar",
            DateError::Ambiguous => "date_ambiguous",
        }
    }
}

impl CivilDate {
    /// The day `year`-`month`-`day`.
    pub fn new(year: i32, month: u32, day: u32) -> Result<CivilDate, DateError> {
        if !(YEAR_MIN..=YEAR_MAX).contains(&year) {
            return Err(DateError::OutOfRange);
        }
        NaiveDate::from_ymd_opt(year, month, day).map(CivilDate).ok_or(DateError::Invalid)
    }

    /// Exactly "YYYY-MM-DD".
    pub fn parse_iso(text: &str) -> Result<CivilDate, DateError> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(DateError::Invalid);
        }
        let part = |a: usize, b: usize| text.get(a..b).and_then(typed_date::figures).ok_or(DateError::Invalid);
        CivilDate::new(part(0, 4)? as i32, part(5, 7)?, part(8, 10)?)
    }

    /// What a person types: 2026-03-02, 2026/3/2, 2026.3.2, 20260302, 2026年3月2日, 3月2日, 三月二号, 今天, 大前天, 上周三, 三天前.
    /// Without a year it is this year's day, or last year's where this year's is still to come; 周三 is the last one.
    pub fn parse_typed(text: &str, today: CivilDate) -> Result<CivilDate, DateError> {
        typed_date::read(text, today, Side::Behind)
    }

    /// As [`CivilDate::parse_typed`] for a day that lies ahead (perform by …): without a year it is the next such day.
    pub fn parse_typed_ahead(text: &str, today: CivilDate) -> Result<CivilDate, DateError> {
        typed_date::read(text, today, Side::Ahead)
    }

    /// The year, 1900..=2199.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1..=12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1..=31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// Days since 1970-01-01 (negative before).
    pub fn day_number(self) -> i32 {
        i32::try_from((self.0 - EPOCH).num_days()).unwrap_or(i32::MAX)
    }

    /// The day that is `number` days after 1970-01-01.
    pub fn from_day_number(number: i32) -> Result<CivilDate, DateError> {
        let days = Days::new(u64::from(number.unsigned_abs()));
        let date = if number < 0 { EPOCH.checked_sub_days(days) } else { EPOCH.checked_add_days(days) };
        let date = date.ok_or(DateError::OutOfRange)?;
        CivilDate::new(date.year(), date.month(), date.day())
    }

    /// year * 12 + (month - 1): consecutive months are consecutive numbers.
    pub fn month_key(self) -> i32 {
        self.year() * 12 + self.0.month0() as i32
    }

    /// `days` later (earlier when negative), held at the ends of the range.
    pub fn add_days(self, days: i32) -> CivilDate {
        let number = self.day_number().saturating_add(days);
        CivilDate::from_day_number(number).unwrap_or(if days < 0 { CivilDate::MIN } else { CivilDate::MAX })
    }

    /// `months` later; where the month is shorter, its last day.
    pub fn add_months(self, months: i32) -> CivilDate {
        let key = self.month_key() + months;
        let (year, month) = (key.div_euclid(12), key.rem_euclid(12) as u32 + 1);
        (1..=self.day()).rev().find_map(|day| CivilDate::new(year, month, day).ok()).unwrap_or(if months < 0 {
            CivilDate::MIN
        } else {
            CivilDate::MAX
        })
    }

    /// The same day one year earlier; 29 February becomes 28 February.
    pub fn same_day_last_year(self) -> CivilDate {
        self.add_months(-12)
    }

    /// 1900-01-01.
    pub const MIN: CivilDate = CivilDate(NaiveDate::from_ymd_opt(YEAR_MIN, 1, 1).expect("the first day is a date"));
    /// 2199-12-31.
    pub const MAX: CivilDate = CivilDate(NaiveDate::from_ymd_opt(YEAR_MAX, 12, 31).expect("the last day is a date"));
}

/// "2026-03-02".
impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for CivilDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CivilDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CivilDate, D::Error> {
        struct Iso;
        impl serde::de::Visitor<'_> for Iso {
            type Value = CivilDate;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date as YYYY-MM-DD")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<CivilDate, E> {
                CivilDate::parse_iso(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Iso)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).unwrap()
    }

    #[test]
    fn day_numbers_and_months_go_both_ways() {
        assert_eq!(day("1970-01-01").day_number(), 0);
        assert_eq!(day("1969-12-31").day_number(), -1);
        for text in ["1900-01-01", "2000-02-29", "2026-11-23", "2199-12-31"] {
            assert_eq!(CivilDate::from_day_number(day(text).day_number()), Ok(day(text)));
        }
        assert_eq!(day("2026-01-31").add_months(1), day("2026-02-28"));
        assert_eq!(day("2024-02-29").same_day_last_year(), day("2023-02-28"));
        assert_eq!(day("2026-01-15").month_key() - day("2025-12-15").month_key(), 1);
        assert_eq!(CivilDate::MAX.add_days(1), CivilDate::MAX);
    }

    #[test]
    fn json_is_strict() {
        assert_eq!(serde_json::to_string(&day("2026-03-02")).unwrap(), "\"2026-03-02\"");
        for text in ["\"2026-3-2\"", "\"2026-02-30\"", "20260302", "\"２026-03-0\""] {
            assert!(serde_json::from_str::<CivilDate>(text).is_err(), "{text}");
        }
    }
}

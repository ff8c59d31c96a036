//! Case numbers given offline, and the four-digit office codes inside them. It must not decide which number is free.
//!
//! "370321-0107-2026-0007-C": area, office, year, sequence, and an ISO 7064 MOD 37,36 check character over all the
//! letters and digits before it. A number is for people; the record id is what makes a record unique.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use thiserror::Error;
use ts_rs::TS;

use crate::digits::squeeze;

const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;
/// Four digits hold a thousand years of a village station; a busy county office may need a fifth and a sixth.
const SEQUENCE_MAX: u32 = 999_999;

/// What is wrong with a number or an office code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CaseNoError {
    /// Not of the form area-office-year-sequence-check.
    #[error("case_no_invalid")]
    Invalid,
    /// The form is right, the check character is not: a digit was misread.
    #[error("case_no_check_wrong")]
    WrongCheck,
    /// Not four digits, or a station of no branch.
    #[error("office_code_invalid")]
    OfficeCode,
}

impl CaseNoError {
    /// The stable code the window turns into a sentence.
    pub fn code(self) -> &'static str {
        match self {
            CaseNoError::Invalid => "case_no_invalid",
            CaseNoError::WrongCheck => "case_no_check_wrong",
            CaseNoError::OfficeCode => "office_code_invalid",
        }
    }
}

/// What an office is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OfficeKind {
    /// 县消保委
    County,
    /// 分会
    Branch,
    /// 联络站
    Station,
}

impl OfficeKind {
    /// The stable word, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            OfficeKind::County => "county",
            OfficeKind::Branch => "branch",
            OfficeKind::Station => "station",
        }
    }
}

/// Branch (two digits) and station (two digits): "0000" the county, "0100" a branch, "0107" a station of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfficeCode {
    branch: u8,
    station: u8,
}

impl OfficeCode {
    /// The county office, "0000".
    pub const COUNTY: OfficeCode = OfficeCode { branch: 0, station: 0 };

    /// Branch and station 0..=99; a station (not 0) needs a branch.
    pub fn new(branch: u8, station: u8) -> Result<OfficeCode, CaseNoError> {
        if branch > 99 || station > 99 || (branch == 0 && station != 0) {
            return Err(CaseNoError::OfficeCode);
        }
        Ok(OfficeCode { branch, station })
    }

    /// Exactly four digits.
    pub fn parse(text: &str) -> Result<OfficeCode, CaseNoError> {
        let digits: [u8; 4] = text.as_bytes().try_into().map_err(|_| CaseNoError::OfficeCode)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(CaseNoError::OfficeCode);
        }
        let two = |tens: u8, ones: u8| (tens - b'0') * 10 + (ones - b'0');
        OfficeCode::new(two(digits[0], digits[1]), two(digits[2], digits[3]))
    }

    /// What the code stands for.
    pub fn kind(self) -> OfficeKind {
        match (self.branch, self.station) {
            (0, _) => OfficeKind::County,
            (_, 0) => OfficeKind::Branch,
            _ => OfficeKind::Station,
        }
    }

    /// The office above: a station's branch, a branch's county; `None` for the county.
    pub fn parent(self) -> Option<OfficeCode> {
        match self.kind() {
            OfficeKind::County => None,
            OfficeKind::Branch => Some(OfficeCode::COUNTY),
            OfficeKind::Station => Some(OfficeCode { branch: self.branch, station: 0 }),
        }
    }

    /// The branch number, 0 at the county.
    pub fn branch(self) -> u8 {
        self.branch
    }

    /// The station number, 0 at a branch and at the county.
    pub fn station(self) -> u8 {
        self.station
    }
}

impl fmt::Display for OfficeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}{:02}", self.branch, self.station)
    }
}

impl Serialize for OfficeCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for OfficeCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<OfficeCode, D::Error> {
        let text = String::deserialize(deserializer)?;
        OfficeCode::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// A complaint's number, with a right check character.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseNo {
    area: String,
    office: OfficeCode,
    year: i32,
    sequence: u32,
}

impl CaseNo {
    /// The number `sequence` (from 1) of an office in a year. `area` is the county's six-digit code.
    pub fn issue(area: &str, office: &OfficeCode, year: i32, sequence: u32) -> Result<CaseNo, CaseNoError> {
        let area_ok = area.len() == 6 && area.bytes().all(|b| b.is_ascii_digit());
        if !area_ok || !YEARS.contains(&year) || !(1..=SEQUENCE_MAX).contains(&sequence) {
            return Err(CaseNoError::Invalid);
        }
        Ok(CaseNo { area: area.to_owned(), office: *office, year, sequence })
    }

    /// Reads a number as a person copies it: spaces, full-width and small letters are fine, a wrong check is not.
    pub fn parse(text: &str) -> Result<CaseNo, CaseNoError> {
        let text = squeeze(text).to_ascii_uppercase();
        let parts: Vec<&str> = text.split('-').collect();
        let [area, office, year, sequence, check] = parts.as_slice() else {
            return Err(CaseNoError::Invalid);
        };
        let digits = |s: &str, len: std::ops::RangeInclusive<usize>| {
            len.contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit())
        };
        if !digits(year, 4..=4) || !digits(sequence, 4..=6) || check.len() != 1 {
            return Err(CaseNoError::Invalid);
        }
        let year = year.parse().map_err(|_| CaseNoError::Invalid)?;
        let sequence = sequence.parse().map_err(|_| CaseNoError::Invalid)?;
        let number = CaseNo::issue(area, &OfficeCode::parse(office)?, year, sequence)?;
        if number.check() != check.as_bytes()[0] {
            return Err(CaseNoError::WrongCheck);
        }
        Ok(number)
    }

    /// The county's area code.
    pub fn area(&self) -> &str {
        &self.area
    }

    /// The office that gave the number.
    pub fn office(&self) -> OfficeCode {
        self.office
    }

    /// The year it was given in.
    pub fn year(&self) -> i32 {
        self.year
    }

    /// The running number within the office and year, from 1.
    pub fn sequence(&self) -> u32 {
        self.sequence
    }

    fn body(&self) -> String {
        format!("{}-{}-{:04}-{:04}", self.area, self.office, self.year, self.sequence)
    }

    fn check(&self) -> u8 {
        check_character(&self.body())
    }
}

impl fmt::Display for CaseNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.body(), char::from(self.check()))
    }
}

/// ISO 7064 MOD 37,36 (hybrid) over the letters and digits of `text`; everything else is skipped.
fn check_character(text: &str) -> u8 {
    let mut product: usize = 36;
    for value in text.bytes().filter_map(|b| ALPHABET.iter().position(|a| *a == b)) {
        let sum = match (product + value) % 36 {
            0 => 36,
            s => s,
        };
        product = sum * 2 % 37;
    }
    ALPHABET[(37 - product) % 36]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number() -> CaseNo {
        CaseNo::issue("370321", &OfficeCode::parse("0107").unwrap(), 2026, 7).unwrap()
    }

    #[test]
    fn the_check_character_agrees_with_the_published_example() {
        assert_eq!(check_character("A12425GABC1234002"), b'M');
    }

    #[test]
    fn a_number_is_read_back_as_it_was_written() {
        let text = number().to_string();
        assert_eq!(CaseNo::parse(&text), Ok(number()));
        assert_eq!(CaseNo::parse(&format!(" {} ", text.to_lowercase())), Ok(number()));
        assert!(text.starts_with("370321-0107-2026-0007-"), "{text}");
        let large = CaseNo::issue("370321", &OfficeCode::COUNTY, 2026, 12_345).unwrap();
        assert_eq!(CaseNo::parse(&large.to_string()), Ok(large));
    }

    #[test]
    fn every_single_wrong_digit_and_every_swap_of_neighbours_is_noticed() {
        let text = number().to_string();
        for i in text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(i, _)| i).filter(|i| *i < 22) {
            for digit in '0'..='9' {
                let mut wrong = text.clone();
                wrong.replace_range(i..=i, &digit.to_string());
                if wrong != text {
                    assert!(CaseNo::parse(&wrong).is_err(), "{wrong}");
                }
            }
        }
        for wrong in ["370321-0170-2026-0007", "370312-0107-2026-0007", "370321-0107-2026-0070"] {
            let swapped = format!("{wrong}{}", &text[21..]);
            assert_eq!(CaseNo::parse(&swapped), Err(CaseNoError::WrongCheck));
        }
    }

    #[test]
    fn what_is_not_a_number_is_refused_with_its_own_error() {
        for text in
            ["", "370321-0107-2026-0007", "37032-0107-2026-0007-1", "370321-0107-26-0007-1", "370321-0107-2026-7-1"]
        {
            assert_eq!(CaseNo::parse(text), Err(CaseNoError::Invalid), "{text}");
        }
        assert_eq!(CaseNo::parse("370321-0007-2026-0007-1"), Err(CaseNoError::OfficeCode));
    }

    #[test]
    fn office_codes_tell_what_they_are() {
        let kind = |text| OfficeCode::parse(text).map(OfficeCode::kind);
        assert_eq!(kind("0000"), Ok(OfficeKind::County));
        assert_eq!(kind("0100"), Ok(OfficeKind::Branch));
        assert_eq!(kind("0107"), Ok(OfficeKind::Station));
        assert_eq!(kind("0007"), Err(CaseNoError::OfficeCode));
        assert_eq!(kind("１２３"), Err(CaseNoError::OfficeCode));
        assert_eq!(OfficeCode::parse("0107").unwrap().parent().unwrap().to_string(), "0100");
    }
}

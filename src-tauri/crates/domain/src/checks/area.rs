//! GB/T 2260 codes of counties. The list of counties changes every year; the first two digits do not.

use super::{CheckFault, all_digits};

/// The provinces, municipalities, autonomous and special administrative regions.
const PROVINCES: [&str; 34] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
];

pub(super) fn check(code: &str) -> Result<(), CheckFault> {
    if code.chars().count() != 6 {
        return Err(CheckFault::Length);
    }
    if !all_digits(code) {
        return Err(CheckFault::Character);
    }
    let no_county = code[2..4] == *"00" && code[4..] != *"00";
    if !begins_with_province(code) || no_county { Err(CheckFault::Area) } else { Ok(()) }
}

/// Whether the first two digits are those of a province.
pub(super) fn begins_with_province(digits: &str) -> bool {
    digits.get(..2).is_some_and(|first| PROVINCES.contains(&first))
}

//! GB 11643: area, birth date, sequence, and since 1999 a check by ISO 7064 MOD 11-2. Numbers of the first generation
//! have fifteen digits, a year of two, and no check.

use super::area::begins_with_province;
use super::{CheckFault, all_digits};
use crate::date::CivilDate;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";
/// Permanent residents from abroad have a number of the same build that begins with 9 and the province after it.
const FROM_ABROAD: char = '9';

pub(super) fn check(number: &str) -> Result<(), CheckFault> {
    let digits = match number.chars().count() {
        15 => number,
        18 => number.strip_suffix('X').unwrap_or(number),
        _ => return Err(CheckFault::Length),
    };
    if !all_digits(digits) {
        return Err(CheckFault::Character);
    }
    let area = digits.strip_prefix(FROM_ABROAD).unwrap_or(digits);
    if !begins_with_province(area) {
        return Err(CheckFault::Area);
    }
    let birth = if number.len() == 15 {
        format!("19{}-{}-{}", &number[6..8], &number[8..10], &number[10..12])
    } else {
        format!("{}-{}-{}", &number[6..10], &number[10..12], &number[12..14])
    };
    if CivilDate::parse_iso(&birth).is_err() {
        return Err(CheckFault::BirthDate);
    }
    if number.len() == 15 || check_of(&number.as_bytes()[..17]) == number.as_bytes()[17] {
        Ok(())
    } else {
        Err(CheckFault::Check)
    }
}

fn check_of(digits: &[u8]) -> u8 {
    let sum: u32 = WEIGHTS.iter().zip(digits).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
    CHECKS[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named() {
        let table = [
            ("11010519491231002X", Ok(())),
            ("110105491231002", Ok(())),
            ("110105194912310021", Err(CheckFault::Check)),
            ("11010519491331002X", Err(CheckFault::BirthDate)),
            ("110105190002290020", Err(CheckFault::BirthDate)),
            ("01010519491231002X", Err(CheckFault::Area)),
            ("1101051949123100X2", Err(CheckFault::Character)),
            ("11010519491231002", Err(CheckFault::Length)),
            ("1101054912310021", Err(CheckFault::Length)),
        ];
        for (number, expected) in table {
            assert_eq!(check(number), expected, "{number}");
        }
    }
}

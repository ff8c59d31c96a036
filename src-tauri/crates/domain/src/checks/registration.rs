//! Registration numbers of businesses before the unified code: fifteen digits, ISO 7064 MOD 11,10.

use super::{CheckFault, all_digits};

pub(super) fn check(number: &str) -> Result<(), CheckFault> {
    if number.chars().count() != 15 {
        return Err(CheckFault::Length);
    }
    if !all_digits(number) {
        return Err(CheckFault::Character);
    }
    if is_registration(number) { Ok(()) } else { Err(CheckFault::Check) }
}

/// Whether fifteen digits fit their check.
pub fn is_registration(number: &str) -> bool {
    if number.len() != 15 || !all_digits(number) {
        return false;
    }
    let mut digits = number.bytes().map(|digit| u32::from(digit - b'0'));
    let product = digits.clone().take(14).fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    digits.next_back().is_some_and(|check| (product + check) % 10 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_one_last_digit_fits() {
        for first in ["37032100000001", "11010800000002", "00000000000000", "99999999999999"] {
            let fitting = (0..10).filter(|last| is_registration(&format!("{first}{last}"))).count();
            assert_eq!(fitting, 1, "{first}");
        }
        assert_eq!(check("110108000000016"), Ok(()));
        assert_eq!(check("11010800000001A"), Err(CheckFault::Character));
        assert_eq!(check("11010800000001"), Err(CheckFault::Length));
    }
}

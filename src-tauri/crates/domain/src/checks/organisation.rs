//! GB 32100, the unified social credit code of eighteen characters, and GB 11714, the organisation code of nine that
//! stands inside it. Each has a check of its own.

use super::{CheckFault, values_in};

/// Without I, O, S, V and Z, which look like digits.
const CREDIT: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const ORGANISATION: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

pub(super) fn check_credit(code: &str) -> Result<(), CheckFault> {
    if code.chars().count() != 18 {
        return Err(CheckFault::Length);
    }
    let values = values_in(CREDIT, code).ok_or(CheckFault::Character)?;
    if !code[2..8].bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CheckFault::Character);
    }
    if !credit_check_fits(&values) {
        return Err(CheckFault::Check);
    }
    if is_organisation_code(&code[8..17]) { Ok(()) } else { Err(CheckFault::InnerCheck) }
}

/// Whether a code of eighteen characters is right.
pub fn is_credit_code(code: &str) -> bool {
    check_credit(code).is_ok()
}

/// Weights 3^i mod 31.
fn credit_check_fits(values: &[u32]) -> bool {
    let mut weight = 1;
    let mut sum = 0;
    for value in &values[..17] {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    (31 - sum % 31) % 31 == values[17]
}

/// Nine characters, also written with a hyphen before the last.
pub(super) fn check(code: &str) -> Result<(), CheckFault> {
    let plain = match code.chars().count() {
        9 => code.to_owned(),
        10 if code.is_ascii() && code.as_bytes()[8] == b'-' => code.replacen('-', "", 1),
        _ => return Err(CheckFault::Length),
    };
    if values_in(ORGANISATION, &plain).is_none() {
        return Err(CheckFault::Character);
    }
    if is_organisation_code(&plain) { Ok(()) } else { Err(CheckFault::Check) }
}

/// Whether nine characters fit their check: digits, and X for ten.
pub fn is_organisation_code(code: &str) -> bool {
    let Some(values) = values_in(ORGANISATION, code).filter(|values| values.len() == 9) else {
        return false;
    };
    let sum: u32 = ORGANISATION_WEIGHTS.iter().zip(&values).map(|(weight, value)| weight * value).sum();
    let expected = match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + digit as u8,
    };
    code.as_bytes()[8] == expected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named() {
        let table = [
            ("91350100M000100Y43", Ok(())),
            ("91350100M000100Y44", Err(CheckFault::Check)),
            ("91350100M000100Y4", Err(CheckFault::Length)),
            ("91350100M000100I43", Err(CheckFault::Character)),
            ("9135010AM000100Y43", Err(CheckFault::Character)),
        ];
        for (code, expected) in table {
            assert_eq!(check_credit(code), expected, "{code}");
        }
        assert_eq!(check("M000100Y-4"), Ok(()));
        assert_eq!(check("M000100Y5"), Err(CheckFault::Check));
    }

    #[test]
    fn a_credit_code_around_a_wrong_organisation_code_is_noticed() {
        let letters = |last: u8| format!("91350100M000100Y5{}", char::from(last));
        let fitting = CREDIT
            .iter()
            .map(|last| letters(*last))
            .find(|code| values_in(CREDIT, code).is_some_and(|values| credit_check_fits(&values)));
        assert_eq!(fitting.map(|code| check_credit(&code)), Some(Err(CheckFault::InnerCheck)));
    }
}

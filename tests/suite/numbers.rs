//! Numbers with a check: what is right is taken, and one wrong digit or two swapped neighbours never are.

use proptest::prelude::*;
use redress_domain::checks::{CheckFault, CheckKind, check};
use redress_domain::{CaseNo, OfficeCode};

const CREDIT: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// `first` and the last character of `letters` with which it is right.
fn completed(kind: CheckKind, first: &str, letters: &[u8]) -> Option<String> {
    let whole = |last: &u8| format!("{first}{}", char::from(*last));
    let right: Vec<String> = letters.iter().map(whole).filter(|number| check(kind, number).is_ok()).collect();
    assert!(right.len() <= 1, "{right:?}");
    right.into_iter().next()
}

/// A number with its character at `at` replaced.
fn with(number: &str, at: usize, letter: u8) -> String {
    let mut letters = number.as_bytes().to_vec();
    letters[at] = letter;
    String::from_utf8(letters).expect("numbers are ASCII")
}

fn swapped(number: &str, at: usize) -> String {
    let mut letters = number.as_bytes().to_vec();
    letters.swap(at, at + 1);
    String::from_utf8(letters).expect("numbers are ASCII")
}

fn resident() -> impl Strategy<Value = String> {
    (1900..2026_u32, 1..13_u32, 1..29_u32, 0..1000_u32).prop_map(|(year, month, day, sequence)| {
        let first = format!("370321{year:04}{month:02}{day:02}{sequence:03}");
        completed(CheckKind::ResidentId, &first, b"0123456789X").expect("every sequence has one check")
    })
}

/// A credit code around an organisation code, both right.
fn credit() -> impl Strategy<Value = String> {
    proptest::collection::vec(0..CREDIT.len(), 8).prop_filter_map(
        "one of the checks is a letter the code lacks",
        |at| {
            let organisation: String = at.iter().map(|at| char::from(CREDIT[*at])).collect();
            let organisation = completed(CheckKind::OrganisationCode, &organisation, b"0123456789X")?;
            completed(CheckKind::Uscc, &format!("91370321{organisation}"), CREDIT)
        },
    )
}

proptest! {
    #[test]
    fn a_wrong_digit_or_swapped_neighbours_in_a_resident_number_are_noticed(
        number in resident(), at in 0..17_usize, other in b'0'..=b'9',
    ) {
        prop_assert_eq!(check(CheckKind::ResidentId, &number.to_lowercase()), Ok(number.clone()));
        if number.as_bytes()[at] != other {
            prop_assert!(check(CheckKind::ResidentId, &with(&number, at, other)).is_err());
        }
        if at < 16 && number.as_bytes()[at] != number.as_bytes()[at + 1] {
            prop_assert!(check(CheckKind::ResidentId, &swapped(&number, at)).is_err());
        }
    }

    #[test]
    fn a_wrong_character_in_a_credit_code_is_noticed(code in credit(), at in 0..18_usize, other in 0..31_usize) {
        prop_assert_eq!(check(CheckKind::Uscc, &format!(" {code} ")), Ok(code.clone()));
        if code.as_bytes()[at] != CREDIT[other] {
            prop_assert!(check(CheckKind::Uscc, &with(&code, at, CREDIT[other])).is_err());
        }
    }

    #[test]
    fn a_wrong_digit_in_an_old_registration_number_is_noticed(
        first in "[0-9]{14}", at in 0..15_usize, other in b'0'..=b'9',
    ) {
        let number = completed(CheckKind::OldRegistration, &first, b"0123456789").expect("one digit fits");
        if number.as_bytes()[at] != other {
            prop_assert_eq!(
                check(CheckKind::OldRegistration, &with(&number, at, other)), Err(CheckFault::Check)
            );
        }
    }

    #[test]
    fn a_wrong_digit_in_a_case_number_is_noticed(sequence in 1..9999_u32, at in 0..21_usize, other in b'0'..=b'9') {
        let office = OfficeCode::parse("0107").expect("a station");
        let number = CaseNo::issue("370321", &office, 2026, sequence).expect("a number").to_string();
        prop_assert_eq!(check(CheckKind::CaseNo, &number), Ok(number.clone()));
        let letter = number.as_bytes()[at];
        if letter.is_ascii_digit() && letter != other {
            prop_assert!(check(CheckKind::CaseNo, &with(&number, at, other)).is_err());
        }
    }

    #[test]
    fn whatever_is_typed_is_answered(text in any::<String>()) {
        for kind in CheckKind::ALL {
            if let Ok(plain) = check(*kind, &text) {
                prop_assert_eq!(check(*kind, &plain), Ok(plain.clone()));
            }
        }
    }
}

#[test]
fn every_kind_names_what_is_wrong() {
    let table = [
        (CheckKind::ResidentId, "37032119800101001", Err(CheckFault::Length)),
        (CheckKind::ResidentId, "370321800101001", Ok("370321800101001")),
        (CheckKind::AreaCode, "３７０３２１", Ok("370321")),
        (CheckKind::AreaCode, "990321", Err(CheckFault::Area)),
        (CheckKind::AreaCode, "37032", Err(CheckFault::Length)),
        (CheckKind::AreaCode, "37032X", Err(CheckFault::Character)),
        (CheckKind::Phone, "(0533) 8000000", Ok("05338000000")),
        (CheckKind::Phone, "1990000", Err(CheckFault::Form)),
        (CheckKind::CaseNo, "370321-0107-2026", Err(CheckFault::Form)),
        (CheckKind::Uscc, "", Err(CheckFault::Empty)),
    ];
    for (kind, text, expected) in table {
        assert_eq!(check(kind, text), expected.map(str::to_owned), "{text}");
    }
}

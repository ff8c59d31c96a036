//! The code on a recovery card: ten groups of four digits that were drawn, each followed by a check digit, so that somebody who
//! types it is told which group to look at again.
//!
//! Forty decimal digits are a little more than 132 bits: nobody guesses them, and everybody can read them out.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Groups on a card.
pub const GROUPS: usize = 10;
const DRAWN: usize = 4;
const GROUP: usize = DRAWN + 1;

/// Damm's quasigroup of order ten: notices every wrong digit and every swap of neighbours.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// What is wrong with a code that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecoveryCodeError {
    /// So many digits were typed, and that is not the right number.
    Length(usize),
    /// The first group (from 1) whose check digit does not fit.
    Group(usize),
}

/// The code of a card; wiped when it is dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode {
    digits: [u8; GROUPS * DRAWN],
}

impl RecoveryCode {
    /// From random numbers, drawn again where a number would make some digits likelier than others.
    pub fn draw<E>(mut random: impl FnMut() -> Result<u16, E>) -> Result<Self, E> {
        let mut digits = [0; GROUPS * DRAWN];
        for group in digits.chunks_exact_mut(DRAWN) {
            let number = loop {
                let drawn = random()?;
                if drawn < 60_000 {
                    break drawn % 10_000;
                }
            };
            let spelled = [number / 1000, number / 100 % 10, number / 10 % 10, number % 10];
            group.iter_mut().zip(spelled).for_each(|(digit, drawn)| *digit = drawn.to_le_bytes()[0]);
        }
        Ok(Self { digits })
    }

    /// Reads what somebody typed: digits of both widths, in groups or not.
    pub fn parse(text: &str) -> Result<Self, RecoveryCodeError> {
        let half: String = text.chars().map(crate::digits::half_width).collect();
        let typed: Vec<u8> = half.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        if typed.len() != GROUPS * GROUP {
            return Err(RecoveryCodeError::Length(typed.len()));
        }
        let mut digits = [0; GROUPS * DRAWN];
        for (at, group) in typed.chunks_exact(GROUP).enumerate() {
            if check_digit(at, &group[..DRAWN]) != group[DRAWN] {
                return Err(RecoveryCodeError::Group(at + 1));
            }
            digits[at * DRAWN..(at + 1) * DRAWN].copy_from_slice(&group[..DRAWN]);
        }
        Ok(Self { digits })
    }

    /// The secret that the card carries.
    pub fn secret(&self) -> &[u8] {
        &self.digits
    }

    /// The groups as they are printed.
    pub fn groups(&self) -> Vec<String> {
        let spell = |(at, group): (usize, &[u8])| {
            let check = check_digit(at, group);
            group.iter().chain([&check]).map(|digit| char::from(b'0' + digit)).collect()
        };
        self.digits.chunks_exact(DRAWN).enumerate().map(spell).collect()
    }
}

/// The place of a group goes in, so that two groups in each other's place are noticed as well.
fn check_digit(at: usize, group: &[u8]) -> u8 {
    let place = u8::try_from(at % 10).unwrap_or(0);
    std::iter::once(&place).chain(group).fold(0, |interim, digit| DAMM[usize::from(interim)][usize::from(digit % 10)])
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("RecoveryCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> RecoveryCode {
        let mut next = 7_u16;
        RecoveryCode::draw(|| {
            next = next.wrapping_mul(25_173).wrapping_add(13_849);
            Ok::<_, ()>(next)
        })
        .unwrap()
    }

    #[test]
    fn a_code_is_read_back_as_it_was_printed_however_it_is_spaced() {
        let groups = code().groups();
        assert_eq!((groups.len(), groups[0].len()), (GROUPS, GROUP));
        for text in [groups.join(" "), groups.concat(), groups.join("－"), groups.join(" ").replace('1', "１")] {
            assert_eq!(RecoveryCode::parse(&text), Ok(code()), "{text}");
        }
    }

    #[test]
    fn every_wrong_digit_and_every_swap_of_neighbours_names_its_group() {
        let printed = code().groups().concat();
        for at in 0..printed.len() {
            for digit in b'0'..=b'9' {
                let mut typed = printed.clone().into_bytes();
                if typed[at] == digit {
                    continue;
                }
                typed[at] = digit;
                let read = RecoveryCode::parse(std::str::from_utf8(&typed).unwrap());
                assert_eq!(read, Err(RecoveryCodeError::Group(at / GROUP + 1)));
            }
        }
        for at in (0..printed.len() - 1).filter(|at| at % GROUP != GROUP - 1) {
            let mut typed = printed.clone().into_bytes();
            typed.swap(at, at + 1);
            if typed != printed.as_bytes() {
                let read = RecoveryCode::parse(std::str::from_utf8(&typed).unwrap());
                assert_eq!(read, Err(RecoveryCodeError::Group(at / GROUP + 1)));
            }
        }
    }

    #[test]
    fn groups_in_each_others_place_and_missing_digits_are_noticed() {
        let mut groups = code().groups();
        groups.swap(2, 5);
        assert_eq!(RecoveryCode::parse(&groups.join(" ")), Err(RecoveryCodeError::Group(3)));
        assert_eq!(RecoveryCode::parse("12345 6789"), Err(RecoveryCodeError::Length(9)));
        assert_eq!(RecoveryCode::parse(""), Err(RecoveryCodeError::Length(0)));
    }
}

//! `number.check`: whether numbers can be right. Nothing is kept of them.

use redress_domain::checks::Checked;

use crate::App;
use crate::contract::{CheckedNumbers, Done, NumbersToCheck};
use crate::error::{AppError, Result};

/// So many at a time; whoever has more asks again.
const NUMBERS_MAX: usize = 10_000;

/// `number.check`.
pub(crate) fn check_numbers(_: &mut App, input: NumbersToCheck) -> Result<Done<CheckedNumbers>> {
    if input.lines.len() > NUMBERS_MAX {
        return Err(AppError::field("lines", "number_too_large"));
    }
    Done::read(input.lines.iter().map(|line| Checked::of(input.kind, line)).collect())
}

//! Totals for a period, with last year beside, and the member departments apart.

mod department;
mod totals;

pub(crate) use department::record_department;
pub(crate) use totals::{sum_of, totals, totals_of};

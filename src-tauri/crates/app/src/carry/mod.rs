//! The road: writing bundles to a medium, finding them there, merging them, and who has heard what from whom.

mod board;
mod export;
mod incoming;
mod inspect;
mod medium;
mod merge;
mod places;
mod scan;
mod trust;

pub(crate) use board::board;
pub(crate) use export::{export, export_all, export_to};
pub(crate) use inspect::inspect;
pub(crate) use medium::write_checked;
pub(crate) use merge::{merge, merge_paths};
pub(crate) use places::places;
pub(crate) use scan::{bundles_in, scan};

/// How bundles are named on a medium.
pub(crate) const EXTENSION: &str = "redress";

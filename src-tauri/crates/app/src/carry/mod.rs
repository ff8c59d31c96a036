//! The road: writing bundles to a medium, finding them there, merging them, and who has heard what from whom.

mod admit;
mod aside;
mod attachments;
mod board;
mod counted;
mod export;
mod held;
mod imports;
mod incoming;
mod inspect;
mod medium;
mod merge;
mod outcomes;
mod places;
mod request;
mod scan;
mod trust;

pub(crate) use admit::{answer as answer_join, requests as join_requests};
pub(crate) use aside::{force, list as aside};
pub(crate) use board::board;
pub(crate) use export::{ENTRIES_A_FILE, To, export, export_all, export_to};
pub(crate) use held::{open as open_patiently, read as read_patiently};
pub(crate) use imports::{imports, redo, undo};
pub(crate) use inspect::{inspect, verify};
pub(crate) use medium::write_checked;
pub(crate) use merge::{LAST_BACKUP, merge, merge_paths};
pub(crate) use outcomes::outcomes_from;
pub(crate) use places::places;
pub(crate) use scan::{bundles_in, scan};

/// How bundles are named on a medium.
pub(crate) const EXTENSION: &str = "redress";

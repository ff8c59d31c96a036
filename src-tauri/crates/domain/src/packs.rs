//! The packs shipped inside the program, as text. A newer pack carried in a bundle replaces one by being parsed instead.
//! This module must not interpret them.

/// Rest days and make-up working days (JSON).
pub const WORKING_DAYS: &str = include_str!("../../../../assets/packs/working-days.json");
/// Deadline rules (CSV).
pub const DEADLINES: &str = include_str!("../../../../assets/packs/deadlines.csv");
/// Code lists (CSV).
pub const CATEGORIES: &str = include_str!("../../../../assets/packs/categories.csv");

/// A pack that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("pack_invalid: {pack}, {detail}")]
pub struct PackError {
    /// Which pack.
    pub pack: &'static str,
    /// What is wrong, for the log.
    pub detail: String,
}

impl PackError {
    pub(crate) fn new(pack: &'static str, detail: impl std::fmt::Display) -> PackError {
        PackError { pack, detail: detail.to_string() }
    }
}

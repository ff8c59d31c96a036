//! The keys that read bundles: the one in use, those that were in use before, and the county's escrow key on paper.

mod audit;
mod escrow;
mod former;
mod restore;
mod rotate;
mod share;
mod show;

pub(crate) use audit::export_audit;
pub(crate) use escrow::{create_escrow, escrow_recipient};
pub(crate) use former::{former_age_identities, kept_with};
pub(crate) use restore::restore_escrow;
pub(crate) use rotate::rotate;
pub(crate) use show::show;

/// Key of the age secrets that this PC had before, one a line: bundles on the road may be made for them.
pub(crate) const FORMER_AGE: &str = "former_age";

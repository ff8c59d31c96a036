//! Photos and documents as evidence: taken in, shown, described, taken out and brought back. The record says what one is; its bytes are kept once.
//!
//! * `picture`, `document`: what a file must be to be taken in, and what is made of it
//! * `list`: what the page of a complaint shows

mod add;
mod amend;
mod document;
mod get;
mod intake;
mod list;
mod picture;
mod withdraw;

pub(crate) use add::add;
pub(crate) use amend::amend;
pub(crate) use get::{get, save};
pub(crate) use list::evidence_of;
pub(crate) use withdraw::{restore, withdraw};

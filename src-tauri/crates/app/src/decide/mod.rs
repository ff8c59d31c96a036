//! What only a person can decide. A decision is an ordinary entry that has seen the versions it settles: it travels.

mod link;
mod list;
mod review;
mod settle;

pub(crate) use link::{link, links_of};
pub(crate) use list::{conflicts_of, list, open_decisions};
pub(crate) use review::review;
pub(crate) use settle::settle;

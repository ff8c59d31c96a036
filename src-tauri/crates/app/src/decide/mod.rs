//! What only a person can decide. A decision is an ordinary entry that has seen the versions it settles: it travels.

mod list;
mod settle;

pub(crate) use list::{conflicts_of, list};
pub(crate) use settle::settle;

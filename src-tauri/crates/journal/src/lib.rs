//! The journal: immutable entries, the logs they stand in, and what a set of entries says about a record.
//!
//! Bytes in, values out. This crate must never open a file, speak SQL, read a clock or draw a random number:
//! whoever calls it brings those. Everything here gives the same answer for the same set of entries, in whatever
//! order and however often they arrive.
//!
//! * [`entry`]: the body of an entry and its id · [`log`]: places, logs and their hash chains
//! * [`seal`]: keys, signatures and seals · [`have`]: which entries somebody holds
//! * [`hex`]: bytes as text
//! * [`fold`]: from the entries of one record to its state, its heads and its conflicts

mod digest;
pub mod entry;
mod erased;
pub mod fold;
pub mod have;
pub mod hex;
pub mod log;
pub mod seal;

pub use digest::{Chain, EntryId};
pub use entry::{BODY_VERSION, Body, BodyError, Change, Draft, entry_id};
pub use erased::{erase, erased_id};
pub use fold::{Entry, Fold, Version, Versions, fold};
pub use have::{Have, Held, Tip};
pub use hex::{hex, unhex};
pub use log::{LogId, PUBLIC};
pub use seal::{Seal, Signature, SigningKey, VerifyingKey};

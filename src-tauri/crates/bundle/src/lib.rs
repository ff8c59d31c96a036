//! The bundle: the file that is carried from office to office. FORMAT.md beside this crate is binding.
//!
//! Bytes in, values out, in both directions, streaming and within [`limits`]. This crate must never open, name or rename a
//! file, speak SQL, read a clock, or decide whom to trust: whoever calls it brings streams and keys, and judges senders.
//!
//! * [`Header::read`] → [`verify_rest`] → (the caller trusts `sender_key`?) → [`read`] into a [`Sink`]
//! * [`write()`] with a closure that fills a [`PayloadWriter`]
//!
//! Whatever a reader refuses, it refuses whole: a [`Sink`] must be able to roll back.

mod attachment;
mod error;
mod header;
mod hex;
pub mod limits;
mod line;
mod manifest;
mod origin;
mod reader;
mod strict;
mod ticket;
mod writer;

pub use attachment::{Attachments, Piece};
pub use error::{BundleError, ReadError, WriteError};
pub use header::{
    Certificate, FORMAT_VERSION, Former, Header, HeaderFields, Join, Part, SUITE, Succession, compare_code, key_id,
    verify_rest,
};
pub use hex::{Digest, Hex, KeyId};
pub use manifest::{CarriedEntry, GroupHead, LastSeen, Manifest, Outcome, OutcomeKind, Understands};
pub use origin::{Destination, Origin};
pub use reader::{Sink, Summary, read};
pub use ticket::{ShownTicket, Ticket};
pub use writer::{JoinRequest, Meta, PayloadWriter, SuccessionRequest, Written, write};

//! The bytes of attachments inside a bundle: a line for each piece, behind all the records. What a piece belongs to is said by
//! its BLAKE3 alone. A piece that cannot be understood stops nothing: the attachment stays missing and is asked for again.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::hex::Digest;
use crate::limits;

/// A piece of an attachment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece<'a> {
    /// BLAKE3 of the whole attachment.
    pub blake3: Digest,
    /// Bytes of the whole attachment.
    pub size: u64,
    /// Bytes of it that stand before this piece.
    pub at: u64,
    #[serde(borrow)]
    base64: Cow<'a, str>,
}

impl<'a> Piece<'a> {
    /// The pieces of an attachment, in order; of an empty one none.
    pub(crate) fn of(blake3: Digest, bytes: &'a [u8]) -> impl Iterator<Item = Self> {
        let size = bytes.len() as u64;
        let starts = (0..).step_by(limits::PIECE_BYTES);
        bytes.chunks(limits::PIECE_BYTES).zip(starts).map(move |(piece, at)| Self {
            blake3,
            size,
            at,
            base64: STANDARD.encode(piece).into(),
        })
    }

    /// Its bytes; none when they cannot be read or are not within the attachment.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let bytes = STANDARD.decode(self.base64.as_bytes()).ok()?;
        let end = self.at.checked_add(bytes.len() as u64)?;
        (end <= self.size && self.size <= limits::ATTACHMENT_BYTES_MAX).then_some(bytes)
    }
}

/// The control line of a piece.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PieceLine<'a> {
    #[serde(borrow)]
    pub attachment: Piece<'a>,
}

/// What a device has of the bytes that records name. It replaces what the device said before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachments {
    /// Attachments whose bytes it holds.
    #[serde(default)]
    pub have: Vec<Digest>,
    /// Attachments that its records name and whose bytes it asks for.
    #[serde(default)]
    pub missing: Vec<Digest>,
}

impl Attachments {
    /// How many it speaks of.
    pub(crate) fn count(&self) -> usize {
        self.have.len() + self.missing.len()
    }
}

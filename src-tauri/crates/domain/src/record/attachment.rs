//! A photo or a document that lies in the file of a complaint. The record says what it is; its bytes lie and travel apart, are
//! found by their BLAKE3 alone, and may be missing without anything else being missed.

use uuid::Uuid;

use super::{record, words};
use crate::date::CivilDate;

words! {
    /// What it is to people.
    pub enum AttachmentKind {
        /// 照片
        Photo = "photo",
        /// 文件
        Document = "document",
    }
}

record! {
    /// 证据材料
    pub struct Attachment {
        complaint: Option<Uuid>,
        kind: Option<AttachmentKind>,
        /// The name of the file that it was taken from. May name somebody.
        name: String,
        /// As in `Content-Type`.
        media_type: String,
        size_bytes: u64,
        /// BLAKE3 of the bytes, 64 lower-case hexadecimal digits.
        blake3: String,
        /// What it shows.
        note: String,
        taken_on: Option<CivilDate>,
    }
}

impl Attachment {
    /// BLAKE3 of its bytes; none when it names none, or was erased.
    pub fn digest(&self) -> Option<[u8; 32]> {
        let digits = self.blake3.as_bytes();
        let mut digest = [0; 32];
        if digits.len() != 2 * digest.len() {
            return None;
        }
        for (byte, pair) in digest.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(digest)
    }
}

/// Upper-case digits are refused: one value has one text.
fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sixty_four_small_digits_name_bytes() {
        let of = |blake3: &str| Attachment { blake3: blake3.into(), ..Attachment::default() }.digest();
        assert_eq!(of(&"0f".repeat(32)), Some([15; 32]));
        for text in [String::new(), "0f".repeat(31), "0F".repeat(32), "0g".repeat(32), "证".repeat(64)] {
            assert_eq!(of(&text), None, "{text}");
        }
    }
}

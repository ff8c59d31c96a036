//! Byte arrays whose text form is lower-case hexadecimal. Nothing else belongs here.

use std::fmt;
use std::str::FromStr;

use redress_journal::hex::{Digits, unhex_exact};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// `N` bytes, written as 2 × `N` lower-case hexadecimal digits in text and JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hex<const N: usize>(pub [u8; N]);

/// A BLAKE3 value.
pub type Digest = Hex<32>;

/// Names an age recipient: the first 8 bytes of BLAKE3 of its `age1…` text.
pub type KeyId = Hex<8>;

impl<const N: usize> fmt::Display for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Digits(&self.0), f)
    }
}

impl<const N: usize> fmt::Debug for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<const N: usize> FromStr for Hex<N> {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Upper-case digits are refused: one value has one text.
        let plain = !text.bytes().any(|letter| letter.is_ascii_uppercase());
        unhex_exact(text).filter(|_| plain).map(Self).ok_or("not so many lower-case hexadecimal digits")
    }
}

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

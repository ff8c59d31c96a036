//! 32-byte BLAKE3 values with names of their own, written as 64 hexadecimal digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::hex::{Digits, unhex_exact};

/// Gives a fixed-size byte newtype its text form (hexadecimal) in `Display`, `FromStr` and serde.
macro_rules! hex_text {
    ($name:ident, $bytes:literal, $what:literal) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&Digits(&self.to_bytes()), f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = &'static str;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                unhex_exact::<$bytes>(text).and_then(Self::from_bytes).ok_or($what)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    };
}
pub(crate) use hex_text;

/// The identity of an entry: BLAKE3 over its place and its body. Two entries with one place and different ids are a fork.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub [u8; 32]);

impl EntryId {
    /// The 32 bytes themselves.
    pub fn to_bytes(self) -> [u8; 32] {
        self.0
    }

    fn from_bytes(bytes: [u8; 32]) -> Option<Self> {
        Some(Self(bytes))
    }
}

hex_text!(EntryId, 32, "an entry id has 64 hexadecimal digits");

/// The value that stands for a log up to one entry: BLAKE3 over the value before and the entry's id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chain(pub [u8; 32]);

impl Chain {
    /// The 32 bytes themselves.
    pub fn to_bytes(self) -> [u8; 32] {
        self.0
    }

    fn from_bytes(bytes: [u8; 32]) -> Option<Self> {
        Some(Self(bytes))
    }
}

hex_text!(Chain, 32, "a chain value has 64 hexadecimal digits");

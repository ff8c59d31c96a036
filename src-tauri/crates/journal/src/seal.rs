//! Keys, signatures and seals. A seal signs the head of a log, so nobody can alter what stands before it unnoticed.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::Signer;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::digest::{Chain, hex_text};
use crate::hex::{Digits, unhex_exact};
use crate::log::LogId;

/// An Ed25519 key that signs (RFC 8032). Wiped from memory when dropped; it has no text form on purpose.
pub struct SigningKey(ed25519_dalek::SigningKey);

/// The public half of a [`SigningKey`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct VerifyingKey(ed25519_dalek::VerifyingKey);

/// An Ed25519 signature.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; 64]);

impl SigningKey {
    /// From 32 random bytes.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The public half.
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.0.verifying_key())
    }

    /// Signs `domain`, a zero byte and the message. The domain keeps a signature from being used for something else.
    pub fn sign(&self, domain: &str, message: &[u8]) -> Signature {
        Signature(self.0.sign(&framed(domain, message)).to_bytes())
    }
}

impl VerifyingKey {
    /// The 32 bytes of the key.
    pub fn to_bytes(self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// From the 32 bytes of a key; none when they are no point of the curve.
    pub fn from_bytes(bytes: [u8; 32]) -> Option<Self> {
        ed25519_dalek::VerifyingKey::from_bytes(&bytes).ok().map(Self)
    }

    /// Whether the holder of the key signed the message in this domain. Weak keys never verify.
    pub fn verify(&self, domain: &str, message: &[u8], signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        self.0.verify_strict(&framed(domain, message), &signature).is_ok()
    }
}

impl Signature {
    /// The 64 bytes.
    pub fn to_bytes(self) -> [u8; 64] {
        self.0
    }

    /// From the 64 bytes.
    pub fn from_bytes(bytes: [u8; 64]) -> Option<Self> {
        Some(Self(bytes))
    }
}

hex_text!(VerifyingKey, 32, "a signing key has 64 hexadecimal digits");
hex_text!(Signature, 64, "a signature has 128 hexadecimal digits");

fn framed(domain: &str, message: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(domain.len() + 1 + message.len());
    bytes.extend_from_slice(domain.as_bytes());
    bytes.push(0);
    bytes.extend_from_slice(message);
    bytes
}

const SEAL_DOMAIN: &str = "redress seal v1";

/// The signed head of a log: up to `seq` the log is what `chain` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// The log.
    #[serde(flatten)]
    pub log: LogId,
    /// The last entry that it covers.
    pub seq: u64,
    /// The chain value after that entry.
    pub chain: Chain,
    /// By the key of the device that wrote the log.
    pub signature: Signature,
}

impl Seal {
    /// Signs the head of a log of one's own.
    pub fn sign(key: &SigningKey, log: LogId, seq: u64, chain: Chain) -> Self {
        let signature = key.sign(SEAL_DOMAIN, &message(&log, seq, &chain));
        Self { log, seq, chain, signature }
    }

    /// Whether the device with this key made the seal.
    pub fn verify(&self, key: &VerifyingKey) -> bool {
        key.verify(SEAL_DOMAIN, &message(&self.log, self.seq, &self.chain), &self.signature)
    }
}

fn message(log: &LogId, seq: u64, chain: &Chain) -> [u8; 88] {
    let mut bytes = [0; 88];
    bytes[..48].copy_from_slice(&log.to_bytes());
    bytes[48..56].copy_from_slice(&seq.to_be_bytes());
    bytes[56..].copy_from_slice(&chain.0);
    bytes
}

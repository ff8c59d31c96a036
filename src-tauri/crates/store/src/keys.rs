//! Key slots: the random key that opens a store, wrapped once for every operator's passphrase.
//!
//! The slots stand in a small file beside the database, so that a wrong passphrase and a damaged database are told
//! apart before the database is touched. Each slot names its algorithms: a second suite can be added beside them.

use std::fs;
use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::{Result, StoreError};
use crate::files;

pub(crate) const FILE: &str = "keys.json";
const KDF: &str = "argon2id-v19";
const WRAP: &str = "xchacha20poly1305";
/// What a passphrase costs to try, once for everybody who signs in and every time for whoever guesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl KeyCost {
    /// RFC 9106, second recommended option for machines with little memory: 64 MiB, three passes.
    pub const STANDARD: Self = Self { memory_kib: 64 * 1024, passes: 3 };
}

/// A slot file may not ask for more than this, so that a planted one cannot stall an old PC.
const MEMORY_KIB_MAX: u32 = 1024 * 1024;
const PASSES_MAX: u32 = 20;

/// The 32 bytes that open the database; wiped when dropped.
pub(crate) type DataKey = Zeroizing<[u8; 32]>;

/// One way to open the store.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Slot {
    pub operator: Uuid,
    pub name: String,
    kdf: String,
    memory_kib: u32,
    passes: u32,
    salt: String,
    wrap: String,
    nonce: String,
    wrapped: String,
}

/// The slot file: what can be known about a store without opening it.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SlotFile {
    pub format: u32,
    pub office_name: String,
    pub office_kind: String,
    pub sample: bool,
    pub slots: Vec<Slot>,
    /// BLAKE3 of everything above, so that a damaged slot does not look like a wrong passphrase.
    #[serde(default)]
    pub digest: String,
}

impl Slot {
    /// Wraps the key for a passphrase. `random` gives 40 random bytes: salt and nonce.
    pub fn seal(
        key: &DataKey,
        operator: (Uuid, &str),
        (passphrase, cost): (&str, KeyCost),
        random: &[u8; 40],
    ) -> Result<Self> {
        let (salt, nonce) = random.split_at(16);
        let cipher = cipher(passphrase, salt, cost.memory_kib, cost.passes)?;
        let payload = Payload { msg: key.as_slice(), aad: operator.0.as_bytes() };
        let wrapped = cipher.encrypt(XNonce::from_slice(nonce), payload).map_err(|_| StoreError::WrongPassphrase)?;
        Ok(Self {
            operator: operator.0,
            name: operator.1.to_owned(),
            kdf: KDF.into(),
            memory_kib: cost.memory_kib,
            passes: cost.passes,
            salt: hex(salt),
            wrap: WRAP.into(),
            nonce: hex(nonce),
            wrapped: hex(&wrapped),
        })
    }

    fn open(&self, passphrase: &str) -> Result<DataKey> {
        let damaged = || StoreError::Damaged("key slot".into());
        let known = self.kdf == KDF && self.wrap == WRAP;
        if !known || self.memory_kib > MEMORY_KIB_MAX || self.passes > PASSES_MAX {
            return Err(damaged());
        }
        let bytes = |text: &str| unhex(text).ok_or_else(damaged);
        let (salt, nonce, wrapped) = (bytes(&self.salt)?, bytes(&self.nonce)?, bytes(&self.wrapped)?);
        if nonce.len() != 24 {
            return Err(damaged());
        }
        let cipher = cipher(passphrase, &salt, self.memory_kib, self.passes)?;
        let payload = Payload { msg: &wrapped, aad: self.operator.as_bytes() };
        let opened = cipher.decrypt(XNonce::from_slice(&nonce), payload).map_err(|_| StoreError::WrongPassphrase)?;
        let opened = Zeroizing::new(opened);
        let mut key = DataKey::default();
        if opened.len() != key.len() {
            return Err(damaged());
        }
        key.copy_from_slice(&opened);
        Ok(key)
    }
}

fn cipher(passphrase: &str, salt: &[u8], memory_kib: u32, passes: u32) -> Result<XChaCha20Poly1305> {
    let refused = |error: argon2::Error| StoreError::Damaged(error.to_string());
    let params = Params::new(memory_kib, passes, 1, Some(32)).map_err(refused)?;
    let mut wrapping = Zeroizing::new([0_u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, wrapping.as_mut_slice())
        .map_err(refused)?;
    Ok(XChaCha20Poly1305::new(wrapping.as_slice().into()))
}

impl SlotFile {
    /// Whether there is a slot file, readable or not.
    pub fn exists(dir: &Path) -> bool {
        dir.join(FILE).exists()
    }

    pub fn read(dir: &Path) -> Result<Self> {
        let bytes = fs::read(dir.join(FILE))?;
        let file: Self = serde_json::from_slice(&bytes).map_err(|error| StoreError::Damaged(error.to_string()))?;
        if file.digest != file.recomputed()? {
            return Err(StoreError::Damaged("the key slots are not what was written".into()));
        }
        Ok(file)
    }

    fn recomputed(&self) -> Result<String> {
        let bare = Self { digest: String::new(), ..self.clone() };
        let bytes = serde_json::to_vec(&bare).map_err(|error| StoreError::Io(error.to_string()))?;
        Ok(blake3::hash(&bytes).to_hex().to_string())
    }

    /// Writes the file beside the old one and renames it, so that a power cut leaves one of the two.
    pub fn write(&self, dir: &Path) -> Result<()> {
        let whole = Self { digest: self.recomputed()?, ..self.clone() };
        let bytes = serde_json::to_vec_pretty(&whole).map_err(|error| StoreError::Io(error.to_string()))?;
        files::replace(&dir.join(FILE), &bytes)
    }

    /// The key and the operator whose slot the passphrase opens; only that operator's slots when a name is given.
    pub fn open(&self, operator: Option<&str>, passphrase: &str) -> Result<(DataKey, &Slot)> {
        let mut outcome = Err(StoreError::WrongPassphrase);
        for slot in self.slots.iter().filter(|slot| operator.is_none_or(|name| name == slot.name)) {
            match slot.open(passphrase) {
                Ok(key) => return Ok((key, slot)),
                Err(StoreError::WrongPassphrase) => {}
                Err(error) => outcome = Err(error),
            }
        }
        outcome
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

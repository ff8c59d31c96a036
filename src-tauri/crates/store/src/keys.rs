//! Key slots: the random key that opens a store, wrapped once for every operator's passphrase, for a recovery card, and
//! for the county.
//!
//! The slots stand in a small file beside the database, so that a wrong passphrase and a damaged database are told
//! apart before the database is touched. Each slot names its algorithms: a second suite can be added beside them.

use std::fs;
use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use redress_journal::{hex, unhex};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::{Result, StoreError};
use crate::files;

pub(crate) const FILE: &str = "keys.json";
/// The newest form of the file that this program reads.
const FORMAT: u32 = 1;
const KDF: &str = "argon2id-v19";
/// For secrets that a machine drew: nobody guesses them, so trying one needs to cost nothing.
const KDF_DRAWN: &str = "blake3-derive-key";
const KDF_DRAWN_CONTEXT: &str = "redress 2026 recovery card wraps store key";
const WRAP: &str = "xchacha20poly1305";
/// Wrapped by others, for X25519 recipients; this crate keeps it and cannot open it.
const WRAP_SEALED: &str = "age-v1-x25519";

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

/// What a slot asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// An operator's passphrase.
    #[default]
    Passphrase,
    /// The secret that is printed on the recovery card.
    Card,
    /// The county's key.
    County,
}

impl SlotKind {
    fn is_passphrase(&self) -> bool {
        *self == Self::Passphrase
    }
}

/// Whose slot it is. A card and the county's slot belong to nobody: their operator is the nil id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The operator.
    pub operator: Uuid,
    /// Shown before anybody signs in.
    pub name: String,
    /// What the slot asks for.
    pub kind: SlotKind,
}

/// One way to open the store.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Slot {
    pub operator: Uuid,
    pub name: String,
    #[serde(default, skip_serializing_if = "SlotKind::is_passphrase")]
    pub kind: SlotKind,
    kdf: String,
    memory_kib: u32,
    passes: u32,
    salt: String,
    wrap: String,
    nonce: String,
    wrapped: String,
    /// The public keys that a sealed slot was made for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<String>,
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
    /// Wraps the key for a secret. `random` gives 40 random bytes: salt and nonce.
    pub fn seal(key: &DataKey, holder: &Holder, (secret, cost): (&[u8], KeyCost), random: &[u8; 40]) -> Result<Self> {
        let (salt, nonce) = random.split_at(16);
        let (kdf, cost) = match holder.kind {
            SlotKind::Passphrase => (KDF, cost),
            SlotKind::Card | SlotKind::County => (KDF_DRAWN, KeyCost { memory_kib: 0, passes: 0 }),
        };
        let mut slot = Self {
            operator: holder.operator,
            name: holder.name.clone(),
            kind: holder.kind,
            kdf: kdf.into(),
            memory_kib: cost.memory_kib,
            passes: cost.passes,
            salt: hex(salt),
            wrap: WRAP.into(),
            nonce: hex(nonce),
            wrapped: String::new(),
            recipients: Vec::new(),
        };
        let payload = Payload { msg: key.as_slice(), aad: slot.operator.as_bytes() };
        let wrapped = slot.cipher(secret, salt)?.encrypt(XNonce::from_slice(nonce), payload);
        slot.wrapped = hex(&wrapped.map_err(|_| StoreError::WrongPassphrase)?);
        Ok(slot)
    }

    /// A slot that somebody else wrapped, for these public keys.
    pub fn sealed(wrapped: &[u8], recipients: Vec<String>) -> Self {
        Self {
            operator: Uuid::nil(),
            name: String::new(),
            kind: SlotKind::County,
            kdf: String::new(),
            memory_kib: 0,
            passes: 0,
            salt: String::new(),
            wrap: WRAP_SEALED.into(),
            nonce: String::new(),
            wrapped: hex(wrapped),
            recipients,
        }
    }

    /// The bytes of a sealed slot.
    pub fn sealed_bytes(&self) -> Result<Vec<u8>> {
        let bytes = unhex(&self.wrapped).filter(|_| self.wrap == WRAP_SEALED);
        bytes.ok_or_else(|| StoreError::Damaged("key slot".into()))
    }

    /// The key, when this is the secret.
    pub fn open(&self, secret: &[u8]) -> Result<DataKey> {
        let damaged = || StoreError::Damaged("key slot".into());
        if self.wrap != WRAP || self.memory_kib > MEMORY_KIB_MAX || self.passes > PASSES_MAX {
            return Err(damaged());
        }
        let bytes = |text: &str| unhex(text).ok_or_else(damaged);
        let (salt, nonce, wrapped) = (bytes(&self.salt)?, bytes(&self.nonce)?, bytes(&self.wrapped)?);
        if nonce.len() != 24 {
            return Err(damaged());
        }
        let payload = Payload { msg: &wrapped, aad: self.operator.as_bytes() };
        let opened = self.cipher(secret, &salt)?.decrypt(XNonce::from_slice(&nonce), payload);
        let opened = Zeroizing::new(opened.map_err(|_| StoreError::WrongPassphrase)?);
        let mut key = DataKey::default();
        if opened.len() != key.len() {
            return Err(damaged());
        }
        key.copy_from_slice(&opened);
        Ok(key)
    }

    fn cipher(&self, secret: &[u8], salt: &[u8]) -> Result<XChaCha20Poly1305> {
        let refused = |error: argon2::Error| StoreError::Damaged(error.to_string());
        let mut wrapping = Zeroizing::new([0_u8; 32]);
        match self.kdf.as_str() {
            KDF => {
                let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).map_err(refused)?;
                Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                    .hash_password_into(secret, salt, wrapping.as_mut_slice())
                    .map_err(refused)?;
            }
            KDF_DRAWN => {
                let mut hasher = blake3::Hasher::new_derive_key(KDF_DRAWN_CONTEXT);
                hasher.update(salt).update(secret);
                hasher.finalize_xof().fill(wrapping.as_mut_slice());
            }
            _ => return Err(StoreError::Damaged("key slot".into())),
        }
        Ok(XChaCha20Poly1305::new(wrapping.as_slice().into()))
    }
}

impl SlotFile {
    /// Whether there is a slot file, readable or not.
    pub fn exists(dir: &Path) -> bool {
        dir.join(FILE).exists()
    }

    pub fn read(dir: &Path) -> Result<Self> {
        let bytes = fs::read(dir.join(FILE))?;
        let damaged = |error: serde_json::Error| StoreError::Damaged(error.to_string());
        let found = serde_json::from_slice::<Form>(&bytes).map_err(damaged)?.format;
        if found > FORMAT {
            return Err(StoreError::Newer { found: found.into(), known: FORMAT.into() });
        }
        let file: Self = serde_json::from_slice(&bytes).map_err(damaged)?;
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
        let asked = |slot: &&Slot| slot.kind.is_passphrase() && operator.is_none_or(|name| name == slot.name);
        for slot in self.slots.iter().filter(asked) {
            match slot.open(passphrase.as_bytes()) {
                Ok(key) => return Ok((key, slot)),
                Err(StoreError::WrongPassphrase) => {}
                Err(error) => outcome = Err(error),
            }
        }
        outcome
    }

    /// The key, by the secret of a recovery card.
    pub fn open_card(&self, secret: &[u8]) -> Result<DataKey> {
        let mut cards = self.slots.iter().filter(|slot| slot.kind == SlotKind::Card);
        cards.find_map(|slot| slot.open(secret).ok()).ok_or(StoreError::WrongPassphrase)
    }

    /// The operator of a passphrase slot with this id.
    pub fn of_operator(&self, operator: &Uuid) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.kind.is_passphrase() && slot.operator == *operator)
    }

    /// Puts a slot in the place of the one that its holder had; the order of the others stays.
    pub fn put(&mut self, slot: Slot) {
        match self.slots.iter_mut().find(|old| old.kind == slot.kind && old.operator == slot.operator) {
            Some(old) => *old = slot,
            None => self.slots.push(slot),
        }
    }
}

/// What is read of a slot file first.
#[derive(Deserialize)]
struct Form {
    format: u32,
}

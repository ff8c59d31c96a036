//! What stands in the files of a recovery, and how it is sealed: age, for X25519 keys, as everything that leaves a PC.

use std::io::{Read, Write};
use std::path::Path;

use age::x25519::{Identity, Recipient};
use redress_bundle::compare_code;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::carry::open_patiently;
use crate::error::{AppError, Result};

/// A request or an answer is small; whatever is larger is something else.
const BYTES_MAX: u64 = 64 * 1024;
pub(super) const FORMAT: u32 = 1;

/// What the county's slot holds, sealed for the county.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct SlotContent {
    #[zeroize(skip)]
    pub device: Uuid,
    pub key: [u8; 32],
}

/// The file that asks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Request {
    pub redress_recovery: u32,
    pub id: Uuid,
    pub made_at: String,
    /// The county's slot as it stands in the slot file, hex.
    pub slot: String,
    /// The answer is for this key alone, which was made for it.
    pub reply_to: String,
}

/// The file that answers: its content is sealed for the request's key.
#[derive(Serialize, Deserialize)]
pub(super) struct Answer {
    pub redress_recovery_answer: u32,
    pub id: Uuid,
    pub sealed: String,
}

/// What an answer holds.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct AnswerContent {
    #[zeroize(skip)]
    pub id: Uuid,
    pub key: [u8; 32],
    /// Who at the county agreed.
    pub agreed_by: String,
}

/// Kept beside the store until the answer has come.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct Pending {
    #[zeroize(skip)]
    pub id: Uuid,
    pub secret: String,
}

/// Seals something for everybody who holds one of these keys.
pub(super) fn seal(content: &impl Serialize, recipients: &[Recipient]) -> Result<Vec<u8>> {
    let plain = Zeroizing::new(serde_json::to_vec(content).map_err(AppError::internal)?);
    let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients).map_err(AppError::internal)?;
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed)?;
    writer.write_all(&plain)?;
    writer.finish()?;
    Ok(sealed)
}

/// Opens what was sealed for one of these keys; none when it was for others, or is not what was sealed.
pub(super) fn open<T: DeserializeOwned>(sealed: &[u8], identities: &[Identity]) -> Option<T> {
    let decryptor = age::Decryptor::new_buffered(sealed).ok()?;
    let identities = identities.iter().map(|identity| identity as &dyn age::Identity);
    let mut plain = Zeroizing::new(Vec::new());
    decryptor.decrypt(identities).ok()?.take(BYTES_MAX).read_to_end(&mut plain).ok()?;
    serde_json::from_slice(&plain).ok()
}

/// Reads a small file of this program.
pub(super) fn read_small(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_patiently(path)?.take(BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(AppError::new("recovery_invalid"));
    }
    Ok(bytes)
}

impl Request {
    /// Reads a request; refuses what is none.
    pub fn read(path: &Path) -> Result<(Self, String)> {
        let bytes = read_small(path)?;
        let request: Self = serde_json::from_slice(&bytes).map_err(|_| AppError::new("recovery_invalid"))?;
        if request.redress_recovery != FORMAT {
            return Err(AppError::new("recovery_invalid"));
        }
        let code = compare_code(&bytes);
        Ok((request, code))
    }
}

//! The invitation file: the county's keys and directory, the office it is for, and a one-time secret, signed.
//!
//! Two lines: the payload as JSON, then the county's signature over the payload's bytes in hexadecimal digits.

use redress_bundle::{Ticket, compare_code};
use redress_domain::case_no::OfficeKind;
use redress_journal::{Chain, LogId, Seal, Signature, SigningKey, VerifyingKey};
use redress_store::receive::Stretch;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{AppError, Result};

const DOMAIN: &str = "redress invitation v1";
/// An invitation is small; whatever is larger is something else.
const BYTES_MAX: usize = 64 * 1024 * 1024;

/// What an invitation says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Invitation {
    pub redress_invitation: u32,
    pub id: Uuid,
    pub office: Uuid,
    pub office_code: String,
    pub office_kind: OfficeKind,
    pub office_name: String,
    pub county: Uuid,
    pub county_name: String,
    pub county_key: VerifyingKey,
    /// 32 bytes in hexadecimal digits.
    pub secret: Secret,
    /// The county's word for it, which the county knows again even if it has forgotten the invitation.
    pub ticket: Ticket,
    /// Last day it can be used (ISO).
    pub expires_on: String,
    /// The public logs, with the bodies as text, byte for byte.
    pub public: Vec<PublicLog>,
}

/// The one-time secret, as 64 hexadecimal digits. Has the same text form as a chain value.
pub(crate) type Secret = Chain;

/// A public log up to its seal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PublicLog {
    pub log: LogId,
    pub bodies: Vec<String>,
    pub seal: Seal,
}

impl PublicLog {
    /// The log as a stretch, when its chain is what its seal says.
    pub fn stretch(&self) -> Option<Stretch> {
        let before = Chain::start(&self.log);
        let mut after = before;
        let mut seq = 0;
        for body in &self.bodies {
            seq += 1;
            after = after.next(&redress_journal::entry_id(&self.log, seq, body.as_bytes()));
        }
        let proven = self.seal.log == self.log && self.seal.seq == seq && self.seal.chain == after;
        proven.then_some(Stretch { log: self.log, first: 1, last: seq, before, after })
    }
}

impl Invitation {
    /// The file's text and its comparison code.
    pub fn seal(&self, key: &SigningKey) -> Result<(String, String)> {
        let payload = serde_json::to_string(self).map_err(AppError::internal)?;
        let signature = key.sign(DOMAIN, payload.as_bytes());
        let code = compare_code(payload.as_bytes());
        Ok((format!("{payload}\n{signature}\n"), code))
    }

    /// Reads a file; refuses one that is altered or not signed by the county key in it.
    pub fn read(bytes: &[u8]) -> Result<(Self, String)> {
        let invalid = || AppError::new("invitation_invalid");
        if bytes.len() > BYTES_MAX {
            return Err(invalid());
        }
        let text = std::str::from_utf8(bytes).map_err(|_| invalid())?;
        let (payload, rest) = text.split_once('\n').ok_or_else(invalid)?;
        let invitation: Self = serde_json::from_str(payload).map_err(|_| invalid())?;
        if invitation.redress_invitation != 1 {
            return Err(invalid());
        }
        let signature: Signature = rest.trim_end().parse().map_err(|_| AppError::new("invitation_wrong_signature"))?;
        if !invitation.county_key.verify(DOMAIN, payload.as_bytes(), &signature) {
            return Err(AppError::new("invitation_wrong_signature"));
        }
        let code = compare_code(payload.as_bytes());
        Ok((invitation, code))
    }
}

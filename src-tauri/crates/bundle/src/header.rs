//! The first 4096 bytes: who sends what to whom, signed. Everything is checked here before a byte behind it is parsed.
//! Whether the sender's key is *trusted* is not decided here: the caller asks its directory.

use std::io::Read;
use std::ops::Deref;

use age::x25519::{Identity, Recipient};
use redress_journal::{Signature, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{BundleError, WriteError};
use crate::hex::{Digest, Hex, KeyId};
use crate::limits::{CREATED_AT_BYTES_MAX, FILE_BYTES_MAX, HEADER_BYTES, PARTS_MAX, RECIPIENTS_MAX};
use crate::line::{self, read_some};
use crate::manifest::is_number;
use crate::origin::{Destination, Origin};
use crate::strict;
use crate::ticket::ShownTicket;

/// The version of the format that this program writes, and the highest that it reads.
pub const FORMAT_VERSION: u32 = 1;

/// The algorithms of version 1.
pub const SUITE: &str = "ed25519-x25519-blake3-zstd";

const DOMAIN: &str = "redress bundle v1";
const JOIN_DOMAIN: &[u8] = b"redress join v1\0";
const PREFIX: &[u8] = b"{\"redress\":";
const SIGNATURE_FIELD: &[u8] = b",\"signature\":\"";

/// A new device's request to belong to its office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// The invitation that it answers.
    pub invitation: Uuid,
    /// The device's own age key (`age1…`), for the bundles that it will be sent.
    pub recipient: String,
    /// Shows that the device holds the invitation's secret; see [`Header::join_is_proven_by`].
    pub proof: Digest,
    /// Shows the same to a county that has forgotten the invitation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ticket: Option<ShownTicket>,
}

/// A device that goes on from a copy of another device's store, and asks to belong to the same office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// The device that it was copied from.
    pub device: Uuid,
    /// That device's key, for a county that has never heard of it.
    pub key: VerifyingKey,
    /// The new device's own age key (`age1…`).
    pub recipient: String,
    /// Copies of copies: the devices between the two, that the county may never hear of.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub between: Vec<Former>,
    /// By the key of the former device, over the new one's names and keys and those between.
    pub signature: Signature,
}

/// A device whose store was copied on before the county had heard of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// The device.
    pub device: Uuid,
    /// Its key.
    pub key: VerifyingKey,
}

/// The county's word that a device belongs to its office: with it a county that was restored from an older backup knows
/// the device again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The county's device that signed it.
    pub by: Uuid,
    /// The device's age key (`age1…`).
    pub recipient: String,
    /// By that device's key, over the certified device's names and keys.
    pub signature: Signature,
}

/// Which file of a set this is. The files of a set carry consecutive numbers, and each is a bundle by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Counted from 1.
    pub number: u64,
    /// Files in the set; at least 2.
    pub of: u64,
}

/// What a header says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeaderFields {
    /// Version of the format.
    pub redress: u32,
    /// The algorithms.
    pub suite: String,
    /// Who wrote the bundle.
    pub from: Origin,
    /// Counts the bundles of that device and epoch, from 1.
    pub number: u64,
    /// For whom it is.
    pub to: Destination,
    /// Ids of the keys that open it; see [`key_id`].
    pub keys: Vec<KeyId>,
    /// Bytes after the header.
    pub size: u64,
    /// BLAKE3 of those bytes.
    pub blake3: Digest,
    /// The sender's clock, RFC 3339 with offset: to be shown, never compared.
    pub created_at: String,
    /// The key that signed the header.
    pub sender_key: VerifyingKey,
    /// A new device's request to belong to its office.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub join: Option<Join>,
    /// A copy's request to belong to its office as a device of its own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub succeeds: Option<Succession>,
    /// The county's word for the device that wrote the bundle, once it has been given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub certificate: Option<Certificate>,
    /// Only when what was to be carried did not fit into one file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub part: Option<Part>,
}

/// A header whose form and signature are right. Read its fields through it: `header.from.office`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    fields: HeaderFields,
    signature: Signature,
    /// The bytes that the signature covers, as they stood in the file.
    signed: Vec<u8>,
}

impl Deref for Header {
    type Target = HeaderFields;

    fn deref(&self) -> &HeaderFields {
        &self.fields
    }
}

/// The id under which a header names an age recipient.
pub fn key_id(recipient: &Recipient) -> KeyId {
    Hex(first_8(blake3::hash(recipient.to_string().as_bytes())))
}

fn first_8(hash: blake3::Hash) -> [u8; 8] {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    bytes
}

impl Header {
    /// Reads and checks a header from the beginning of a file of `file_bytes` bytes, in the order that FORMAT.md gives.
    pub fn read(input: &mut impl Read, file_bytes: u64) -> Result<Self, BundleError> {
        let mut page = Vec::with_capacity(HEADER_BYTES);
        input.take(HEADER_BYTES as u64).read_to_end(&mut page).map_err(BundleError::Io)?;
        let known = page.len().min(PREFIX.len());
        if page[..known] != PREFIX[..known] {
            return Err(BundleError::NotABundle);
        }
        if page.len() < HEADER_BYTES {
            return Err(BundleError::Truncated { have: page.len() as u64, want: HEADER_BYTES as u64 });
        }
        check_version(&page)?;
        let header = Self::parse(&page).ok_or(BundleError::HeaderDamaged)?;
        if !header.verify_signature() {
            return Err(BundleError::BadSignature);
        }
        header.check_length(file_bytes)?;
        Ok(header)
    }

    fn parse(page: &[u8]) -> Option<Self> {
        let line = page.strip_suffix(b"\n")?.trim_ascii_end();
        let padding = &page[line.len()..HEADER_BYTES - 1];
        if padding.iter().any(|byte| *byte != b' ') || !line.iter().all(|byte| (b' '..=b'~').contains(byte)) {
            return None;
        }
        if line::fault(line).or_else(|| strict::fault(line)).is_some() {
            return None;
        }
        let body = line.strip_suffix(b"\"}")?;
        let (head, digits) = body.split_at_checked(body.len().checked_sub(128)?)?;
        let signature: Hex<64> = std::str::from_utf8(digits).ok()?.parse().ok()?;
        let mut signed = head.strip_suffix(SIGNATURE_FIELD)?.to_vec();
        signed.push(b'}');
        let fields: HeaderFields = serde_json::from_slice(&signed).ok()?;
        fields.are_possible().then_some(())?;
        Some(Self { fields, signature: Signature::from_bytes(signature.0)?, signed })
    }

    fn check_length(&self, file_bytes: u64) -> Result<(), BundleError> {
        if self.size > FILE_BYTES_MAX - HEADER_BYTES as u64 {
            return Err(BundleError::Limit { which: "file" });
        }
        let want = self.file_bytes();
        match file_bytes.cmp(&want) {
            std::cmp::Ordering::Less => Err(BundleError::Truncated { have: file_bytes, want }),
            std::cmp::Ordering::Greater => Err(BundleError::TooLong { have: file_bytes, want }),
            std::cmp::Ordering::Equal => Ok(()),
        }
    }

    /// Signs a header that is about to be written.
    pub(crate) fn sign(fields: HeaderFields, key: &SigningKey) -> Result<Self, WriteError> {
        if !fields.are_possible() {
            return Err(WriteError::Grammar { what: "a header with a number, recipients and a short time" });
        }
        let signed = serde_json::to_vec(&fields).map_err(std::io::Error::from)?;
        let signature = key.sign(DOMAIN, &signed);
        Ok(Self { fields, signature, signed })
    }

    /// The 4096 bytes; none when the fields do not fit.
    pub(crate) fn to_page(&self) -> Option<Vec<u8>> {
        let mut page = self.signed.strip_suffix(b"}")?.to_vec();
        page.extend_from_slice(SIGNATURE_FIELD);
        page.extend_from_slice(self.signature.to_string().as_bytes());
        page.extend_from_slice(b"\"}");
        if page.len() >= HEADER_BYTES {
            return None;
        }
        page.resize(HEADER_BYTES - 1, b' ');
        page.push(b'\n');
        Some(page)
    }

    /// Whether the holder of `sender_key` wrote this header. True of every header that [`Header::read`] returned.
    pub fn verify_signature(&self) -> bool {
        self.sender_key.verify(DOMAIN, &self.signed, &self.signature)
    }

    /// The signature: different for any two bundles, so it can stand for this one.
    pub fn signature(&self) -> Signature {
        self.signature
    }

    /// Bytes of the whole file.
    pub fn file_bytes(&self) -> u64 {
        self.size.saturating_add(HEADER_BYTES as u64)
    }

    /// Eight digits that people compare by phone or on the hand-over slip: `0417-2290`.
    pub fn compare_code(&self) -> String {
        compare_code(&self.signed)
    }

    /// Whether one of these keys is named as a recipient. Cheap: nothing is decrypted.
    pub fn names_a_key_of(&self, identities: &[Identity]) -> bool {
        identities.iter().any(|identity| self.keys.contains(&key_id(&identity.to_public())))
    }

    /// Whether the request to join, if there is one, was made with the 32-byte secret of its invitation.
    pub fn join_is_proven_by(&self, secret: &[u8; 32]) -> bool {
        self.join.as_ref().is_some_and(|join| {
            // `blake3::Hash` compares in constant time.
            join_proof(secret, &self.from, &self.sender_key, &join.recipient) == blake3::Hash::from_bytes(join.proof.0)
        })
    }
}

impl Header {
    /// The request to succeed another device, if it was signed with the key that it names for that device.
    pub fn signed_succession(&self) -> Option<&Succession> {
        self.succeeds.as_ref().filter(|succession| {
            let new = (&self.sender_key, succession.recipient.as_str());
            let message = succession_message(&self.from, new, &succession.between);
            succession.key.verify(SUCCESSION_DOMAIN, &message, &succession.signature)
        })
    }
}

impl Certificate {
    /// Signs that a device with these keys belongs to an office.
    pub fn sign(
        key: &SigningKey,
        by: Uuid,
        (device, office): (Uuid, Uuid),
        (sender_key, recipient): (&VerifyingKey, &str),
    ) -> Self {
        let message = certificate_message((device, office), sender_key, recipient);
        Self { by, recipient: recipient.to_owned(), signature: key.sign(CERTIFICATE_DOMAIN, &message) }
    }
}

impl Header {
    /// The sender's certificate, if the device with this key gave it.
    pub fn certified_by(&self, by: &Uuid, key: &VerifyingKey) -> Option<&Certificate> {
        self.certificate.as_ref().filter(|certificate| {
            let named = (self.from.device, self.from.office);
            let message = certificate_message(named, &self.sender_key, &certificate.recipient);
            certificate.by == *by && key.verify(CERTIFICATE_DOMAIN, &message, &certificate.signature)
        })
    }
}

const CERTIFICATE_DOMAIN: &str = "redress certificate v1";

fn certificate_message((device, office): (Uuid, Uuid), sender_key: &VerifyingKey, recipient: &str) -> Vec<u8> {
    let mut message = Vec::new();
    message.extend_from_slice(device.as_bytes());
    message.extend_from_slice(office.as_bytes());
    message.extend_from_slice(&sender_key.to_bytes());
    message.extend_from_slice(recipient.as_bytes());
    message
}

const SUCCESSION_DOMAIN: &str = "redress succession v1";

/// A former device's word for its successor.
pub(crate) fn sign_succession(
    key: &SigningKey,
    from: &Origin,
    new: (&VerifyingKey, &str),
    between: &[Former],
) -> Signature {
    key.sign(SUCCESSION_DOMAIN, &succession_message(from, new, between))
}

fn succession_message(from: &Origin, (sender_key, recipient): (&VerifyingKey, &str), between: &[Former]) -> Vec<u8> {
    let mut message = Vec::new();
    for id in [from.device, from.epoch, from.office] {
        message.extend_from_slice(id.as_bytes());
    }
    message.extend_from_slice(&sender_key.to_bytes());
    message.extend_from_slice(recipient.as_bytes());
    for former in between {
        message.extend_from_slice(former.device.as_bytes());
        message.extend_from_slice(&former.key.to_bytes());
    }
    message
}

impl Header {
    /// Whether the request to join shows a ticket that the county's device with this key gave.
    pub fn shows_ticket_of(&self, by: &Uuid, county: &VerifyingKey) -> bool {
        self.join.as_ref().is_some_and(|join| {
            let device = (&self.from, &self.sender_key, join.recipient.as_str());
            join.ticket.is_some_and(|ticket| ticket.holds((by, county), join.invitation, device))
        })
    }
}

impl HeaderFields {
    /// What version 1 allows and the type does not say.
    fn are_possible(&self) -> bool {
        self.redress == FORMAT_VERSION
            && self.suite == SUITE
            && is_number(self.number)
            && (1..=RECIPIENTS_MAX).contains(&self.keys.len())
            && self.created_at.len() <= CREATED_AT_BYTES_MAX
            && self.part.is_none_or(|part| self.can_be(part))
    }

    /// Whether this can be such a part of a set: the files of a set have consecutive numbers.
    fn can_be(&self, part: Part) -> bool {
        (2..=PARTS_MAX).contains(&part.of) && (1..=part.of.min(self.number)).contains(&part.number)
    }

    /// Which part of how many this is: 1 of 1 for a bundle that stands alone.
    pub fn place_in_set(&self) -> (u64, u64) {
        self.part.map_or((1, 1), |part| (part.number, part.of))
    }
}

/// Eight digits that two people can compare by phone; they stand for every one of these bytes: `0417-2290`.
pub fn compare_code(bytes: &[u8]) -> String {
    let code = u64::from_be_bytes(first_8(blake3::hash(bytes))) % 100_000_000;
    format!("{:04}-{:04}", code / 10_000, code % 10_000)
}

/// The proof that the device `from`, with these keys, holds the secret of an invitation.
pub(crate) fn join_proof(secret: &[u8; 32], from: &Origin, sender_key: &VerifyingKey, recipient: &str) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new_keyed(secret);
    hasher.update(JOIN_DOMAIN);
    for id in [from.device, from.epoch, from.office] {
        hasher.update(id.as_bytes());
    }
    hasher.update(&sender_key.to_bytes());
    hasher.update(recipient.as_bytes());
    hasher.finalize()
}

/// Tells a newer format before anything else of the header is looked at.
fn check_version(page: &[u8]) -> Result<(), BundleError> {
    let digits: Vec<u8> = page[PREFIX.len()..].iter().copied().take_while(u8::is_ascii_digit).take(10).collect();
    let version = std::str::from_utf8(&digits).ok().and_then(|text| text.parse::<u32>().ok());
    let followed_by_comma = page.get(PREFIX.len() + digits.len()) == Some(&b',');
    match version.filter(|_| followed_by_comma && digits[0] != b'0') {
        Some(version) if version > FORMAT_VERSION => Err(BundleError::NewerFormat { version }),
        Some(_) => Ok(()),
        None => Err(BundleError::HeaderDamaged),
    }
}

/// Compares what follows the header with the size and digest in it. `rest` stands behind the header.
pub fn verify_rest(header: &Header, rest: &mut impl Read) -> Result<(), BundleError> {
    let mut digest = blake3::Hasher::new();
    let mut buffer = vec![0; 256 * 1024];
    let mut bytes = 0_u64;
    loop {
        let count = read_some(rest, &mut buffer)?;
        if count == 0 {
            break;
        }
        bytes += count as u64;
        if bytes > header.size {
            let have = bytes.saturating_add(HEADER_BYTES as u64);
            return Err(BundleError::TooLong { have, want: header.file_bytes() });
        }
        digest.update(&buffer[..count]);
    }
    if bytes < header.size {
        return Err(BundleError::Truncated { have: bytes + HEADER_BYTES as u64, want: header.file_bytes() });
    }
    if digest.finalize() != blake3::Hash::from_bytes(header.blake3.0) {
        return Err(BundleError::ContentDamaged);
    }
    Ok(())
}

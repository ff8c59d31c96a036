//! Writes a bundle in one pass and in constant memory: text, zstd, age, digest, and at last the signed header in front.
//! It keeps every limit and every rule that the reader checks. Staging, flushing and renaming files is the caller's business.

use std::io::{self, Seek, SeekFrom, Write};

use age::x25519::Recipient;
use redress_journal::{Seal, SigningKey};
use serde::Serialize;
use uuid::Uuid;
use zstd::stream::write::Encoder;

use crate::attachment::{Piece, PieceLine};
use crate::error::WriteError;
use crate::header::{
    Certificate, FORMAT_VERSION, Former, Header, HeaderFields, Join, Part, SUITE, Succession, join_proof, key_id,
    sign_succession,
};
use crate::hex::{Digest, Hex};
use crate::limits;
use crate::line;
use crate::manifest::{End, EndLine, GroupHead, GroupLine, Manifest, ManifestLine, SealLine, is_number};
use crate::origin::{Destination, Origin};
use crate::ticket::Ticket;

/// Better than 3 costs more time than a stick gains.
const ZSTD_LEVEL: i32 = 3;

/// Text is hashed and compressed in pieces of this size.
const BUFFER_BYTES: usize = 128 * 1024;

/// What the header of a new bundle says, and the keys that make it.
pub struct Meta<'a> {
    /// Who writes it.
    pub from: Origin,
    /// Number among the bundles of that device and epoch, from 1.
    pub number: u64,
    /// For whom it is.
    pub to: Destination,
    /// RFC 3339 with offset.
    pub created_at: String,
    /// Only in a new device's first bundles.
    pub join: Option<JoinRequest<'a>>,
    /// Only while a copy asks to be a device of its own.
    pub succeeds: Option<SuccessionRequest<'a>>,
    /// The county's word for the writing device, once it has been given.
    pub certificate: Option<Certificate>,
    /// Which file of a set it is, when there are several.
    pub part: Option<Part>,
    /// The keys that can open it: the office's devices, or the county's key and its escrow key.
    pub recipients: &'a [Recipient],
    /// The writing device's key.
    pub key: &'a SigningKey,
}

/// Asks the county to take a copy in as a device of its own.
pub struct SuccessionRequest<'a> {
    /// The device that it was copied from.
    pub device: Uuid,
    /// That device's key.
    pub key: &'a SigningKey,
    /// This device's own age key.
    pub recipient: &'a Recipient,
    /// Devices between the two.
    pub between: Vec<Former>,
}

/// Asks the county to take this device in.
pub struct JoinRequest<'a> {
    /// The invitation.
    pub invitation: Uuid,
    /// The invitation's secret; only proofs of it are written.
    pub secret: &'a [u8; 32],
    /// The county's word for the invitation.
    pub ticket: Option<Ticket>,
    /// This device's own age key.
    pub recipient: &'a Recipient,
}

/// A finished bundle.
#[derive(Debug, Clone)]
pub struct Written {
    /// Its header.
    pub header: Header,
    /// Bytes of the whole file.
    pub size_bytes: u64,
    /// Entries in it.
    pub entries: u64,
}

/// Writes a bundle to `out` at its present position; `fill` writes the manifest, then groups with their entries, then seals.
/// After an error `out` holds no bundle: the header is written last.
pub fn write<W, E>(
    out: &mut W,
    meta: &Meta<'_>,
    fill: impl FnOnce(&mut PayloadWriter<'_>) -> Result<(), E>,
) -> Result<Written, E>
where
    W: Write + Seek,
    E: From<WriteError>,
{
    let start = begin(out, meta)?;
    let rest = Rest { out: &mut *out, digest: blake3::Hasher::new(), size: 0 };
    let mut encoder = encoder(rest, meta.recipients)?;
    let mut payload = PayloadWriter::new(&mut encoder);
    fill(&mut payload)?;
    let counts = payload.finish()?;
    let rest = encoder.finish().and_then(AgeWriter::finish).map_err(WriteError::Io)?;
    check_sizes(rest.size, counts.bytes)?;
    let header = Header::sign(meta.fields(rest.size, Hex(*rest.digest.finalize().as_bytes())), meta.key)?;
    place_header(out, start, &header)?;
    Ok(Written { size_bytes: header.file_bytes(), header, entries: counts.entries })
}

impl Meta<'_> {
    fn fields(&self, size: u64, digest: Hex<32>) -> HeaderFields {
        let sender_key = self.key.verifying_key();
        let join = self.join.as_ref().map(|request| {
            let recipient = request.recipient.to_string();
            let proof = Hex(*join_proof(request.secret, &self.from, &sender_key, &recipient).as_bytes());
            let shown = |ticket: Ticket| ticket.show(request.secret, &self.from, (&sender_key, &recipient));
            let ticket = request.ticket.map(shown);
            Join { invitation: request.invitation, recipient, proof, ticket }
        });
        let succeeds = self.succeeds.as_ref().map(|request| {
            let recipient = request.recipient.to_string();
            let signature = sign_succession(request.key, &self.from, (&sender_key, &recipient), &request.between);
            let (device, key) = (request.device, request.key.verifying_key());
            Succession { device, key, recipient, between: request.between.clone(), signature }
        });
        HeaderFields {
            redress: FORMAT_VERSION,
            suite: SUITE.to_owned(),
            from: self.from,
            number: self.number,
            to: self.to,
            keys: self.recipients.iter().map(key_id).collect(),
            size,
            blake3: digest,
            created_at: self.created_at.clone(),
            sender_key,
            join,
            succeeds,
            certificate: self.certificate.clone(),
            part: self.part,
        }
    }
}

/// Leaves room for the header. Returns where it belongs.
fn begin(out: &mut (impl Write + Seek), meta: &Meta<'_>) -> Result<u64, WriteError> {
    if meta.recipients.is_empty() {
        return Err(WriteError::NoRecipient);
    }
    if meta.recipients.len() > limits::RECIPIENTS_MAX {
        return Err(WriteError::Limit { which: "recipients" });
    }
    let start = out.stream_position()?;
    out.write_all(&[b' '; limits::HEADER_BYTES])?;
    Ok(start)
}

type AgeWriter<'a, W> = age::stream::StreamWriter<Rest<'a, W>>;

fn encoder<'a, W: Write>(
    rest: Rest<'a, W>,
    recipients: &[Recipient],
) -> Result<Encoder<'static, AgeWriter<'a, W>>, WriteError> {
    let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients).map_err(io::Error::other)?;
    Ok(Encoder::new(encryptor.wrap_output(rest)?, ZSTD_LEVEL)?)
}

fn check_sizes(size: u64, text_bytes: u64) -> Result<(), WriteError> {
    if size > limits::FILE_BYTES_MAX - limits::HEADER_BYTES as u64 {
        return Err(WriteError::Limit { which: "file" });
    }
    if text_bytes > limits::payload_bytes_max(size) {
        return Err(WriteError::Limit { which: "payload" });
    }
    Ok(())
}

fn place_header(out: &mut (impl Write + Seek), start: u64, header: &Header) -> Result<(), WriteError> {
    let page = header.to_page().ok_or(WriteError::Limit { which: "header" })?;
    let end = out.stream_position()?;
    out.seek(SeekFrom::Start(start))?;
    out.write_all(&page)?;
    out.seek(SeekFrom::Start(end))?;
    out.flush()?;
    Ok(())
}

/// Counts and hashes what goes behind the header.
struct Rest<'a, W> {
    out: &'a mut W,
    digest: blake3::Hasher,
    size: u64,
}

impl<W: Write> Write for Rest<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.digest.update(&bytes[..count]);
        self.size += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Manifest,
    Groups,
    Seals,
    Attachments,
}

struct Counts {
    entries: u64,
    bytes: u64,
}

/// Takes the text of a bundle, line by line.
pub struct PayloadWriter<'a> {
    out: &'a mut dyn Write,
    buffer: Vec<u8>,
    digest: blake3::Hasher,
    bytes: u64,
    stage: Stage,
    promised: (u64, u64),
    entries: u64,
    groups: u64,
    seals: u64,
    pieces: u64,
    left_in_group: u64,
}

impl<'a> PayloadWriter<'a> {
    fn new(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            buffer: Vec::with_capacity(BUFFER_BYTES + 4096),
            digest: blake3::Hasher::new(),
            bytes: 0,
            stage: Stage::Manifest,
            promised: (0, 0),
            entries: 0,
            groups: 0,
            seals: 0,
            pieces: 0,
            left_in_group: 0,
        }
    }

    /// The manifest, first and once. The counts in it are a promise.
    pub fn manifest(&mut self, manifest: &Manifest) -> Result<(), WriteError> {
        if self.stage != Stage::Manifest {
            return Err(WriteError::Grammar { what: "one manifest" });
        }
        if let Some(which) = manifest.excess() {
            return Err(WriteError::Limit { which });
        }
        if let Some(what) = manifest.fault() {
            return Err(WriteError::Grammar { what });
        }
        self.stage = Stage::Groups;
        self.promised = (manifest.entries, manifest.groups);
        self.control(&ManifestLine { manifest }, limits::MANIFEST_BYTES_MAX)
    }

    /// Begins a group; `head.count` entries must follow.
    pub fn group(&mut self, head: &GroupHead) -> Result<(), WriteError> {
        self.advance(Stage::Groups)?;
        if let Some(what) = head.fault() {
            return Err(WriteError::Grammar { what });
        }
        self.groups += 1;
        self.left_in_group = head.count;
        self.control(&GroupLine { group: *head }, limits::LINE_BYTES_MAX)
    }

    /// The body of the group's next entry, byte for byte as it was first written.
    pub fn entry(&mut self, body: &[u8]) -> Result<(), WriteError> {
        if self.left_in_group == 0 {
            return Err(WriteError::Grammar { what: "an entry within the count of its group" });
        }
        if body.len() > limits::LINE_BYTES_MAX {
            return Err(WriteError::Limit { which: "line" });
        }
        if let Some(what) = line::fault(body) {
            return Err(WriteError::Grammar { what });
        }
        self.left_in_group -= 1;
        self.entries += 1;
        self.buffer.extend_from_slice(body);
        self.end_line()
    }

    /// A seal, after all groups.
    pub fn seal(&mut self, seal: &Seal) -> Result<(), WriteError> {
        self.advance(Stage::Seals)?;
        if !is_number(seal.seq) {
            return Err(WriteError::Grammar { what: "a seal of an entry that can be" });
        }
        self.seals += 1;
        at_most(self.seals, limits::SEALS_MAX, "seals")?;
        self.control(&SealLine { seal: *seal }, limits::LINE_BYTES_MAX)
    }

    /// An attachment, after all seals: in as many lines as it needs.
    pub fn attachment(&mut self, blake3: Digest, bytes: &[u8]) -> Result<(), WriteError> {
        self.advance(Stage::Attachments)?;
        at_most(bytes.len() as u64, limits::ATTACHMENT_BYTES_MAX, "attachment")?;
        for attachment in Piece::of(blake3, bytes) {
            self.pieces += 1;
            at_most(self.pieces, limits::OTHER_LINES_MAX, "other_lines")?;
            self.control(&PieceLine { attachment }, limits::LINE_BYTES_MAX)?;
        }
        Ok(())
    }

    fn advance(&mut self, stage: Stage) -> Result<(), WriteError> {
        if self.stage == Stage::Manifest || self.stage > stage {
            return Err(WriteError::Grammar { what: "manifest, groups, seals and attachments in this order" });
        }
        if self.left_in_group > 0 {
            return Err(WriteError::Grammar { what: "as many entries as the group promised" });
        }
        self.stage = stage;
        Ok(())
    }

    fn finish(mut self) -> Result<Counts, WriteError> {
        self.advance(Stage::Attachments)?;
        if self.promised != (self.entries, self.groups) {
            return Err(WriteError::Grammar { what: "as many entries and groups as the manifest promised" });
        }
        self.drain()?;
        let blake3 = Hex(*self.digest.finalize().as_bytes());
        let end = End { entries: self.entries, groups: self.groups, seals: self.seals, blake3 };
        self.control(&EndLine { end }, limits::LINE_BYTES_MAX)?;
        self.drain()?;
        Ok(Counts { entries: self.entries, bytes: self.bytes })
    }

    fn control(&mut self, line: &impl Serialize, bytes_max: usize) -> Result<(), WriteError> {
        let start = self.buffer.len();
        serde_json::to_writer(&mut self.buffer, line).map_err(io::Error::from)?;
        if self.buffer.len() - start > bytes_max {
            return Err(WriteError::Limit { which: "line" });
        }
        self.end_line()
    }

    fn end_line(&mut self) -> Result<(), WriteError> {
        self.buffer.push(b'\n');
        if self.buffer.len() >= BUFFER_BYTES { self.drain() } else { Ok(()) }
    }

    fn drain(&mut self) -> Result<(), WriteError> {
        self.digest.update(&self.buffer);
        self.bytes += self.buffer.len() as u64;
        at_most(self.bytes, limits::PAYLOAD_BYTES_MAX, "payload")?;
        self.out.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}

fn at_most(count: u64, most: u64, which: &'static str) -> Result<(), WriteError> {
    if count > most { Err(WriteError::Limit { which }) } else { Ok(()) }
}

//! Reads what is behind the header, in one pass and in constant memory, and hands it to a [`Sink`]. Every limit is kept while
//! the bytes stream. The sink must be able to forget: whether a bundle is whole is known only at its end.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use age::DecryptError;
use age::x25519::Identity;
use redress_journal::{Chain, LogId, Seal, entry_id};

use crate::attachment::{Piece, PieceLine};
use crate::error::{BundleError, ReadError};
use crate::header::Header;
use crate::limits;
use crate::line::{LineReader, read_some};
use crate::manifest::{
    CarriedEntry, END_PREFIX, End, EndLine, GROUP_PREFIX, GroupHead, GroupLine, MANIFEST_PREFIX, Manifest,
    ManifestLine, OtherLine, SEAL_PREFIX, SealLine, is_number,
};

/// A whole age chunk and more, so that reads of the file are few.
const BUFFER_BYTES: usize = 128 * 1024;

/// Takes the content of a bundle as it streams. An error stops the reading and comes back as [`ReadError::Sink`].
pub trait Sink {
    /// Why the sink failed or wants to stop.
    type Error;

    /// First, once.
    fn manifest(&mut self, manifest: Manifest) -> Result<(), Self::Error>;
    /// Before the entries of a group.
    fn group(&mut self, head: &GroupHead) -> Result<(), Self::Error>;
    /// Each entry of the group, in order.
    fn entry(&mut self, entry: &CarriedEntry<'_>) -> Result<(), Self::Error>;
    /// After the entries of a group: the number and the chain value of its last entry.
    fn group_end(&mut self, log: &LogId, last: u64, chain: &Chain) -> Result<(), Self::Error>;
    /// After all groups. Not verified: whose key it needs, the directory knows.
    fn seal(&mut self, seal: &Seal) -> Result<(), Self::Error>;
    /// Pieces of attachments, behind all the rest. Not verified: whether the whole has its BLAKE3 is seen when it is whole.
    fn piece(&mut self, _piece: &Piece<'_>) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// What was in a bundle that was read to its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Entries.
    pub entries: u64,
    /// Groups of entries.
    pub groups: u64,
    /// Seals.
    pub seals: u64,
    /// Pieces of attachments.
    pub pieces: u64,
    /// Lines of a kind that this version does not know.
    pub skipped: u64,
}

/// Decrypts, unpacks and checks what stands behind the header. `input` is positioned there; the caller has run
/// [`crate::verify_rest`] over it and trusts the header's sender.
pub fn read<S: Sink>(
    header: &Header,
    input: impl Read,
    identities: &[Identity],
    sink: &mut S,
) -> Result<Summary, ReadError<S::Error>> {
    let plain = decrypt(BufReader::with_capacity(BUFFER_BYTES, input), header.keys.len(), identities)?;
    let mut unpacker = zstd::stream::read::Decoder::with_buffer(BufReader::with_capacity(BUFFER_BYTES, plain))
        .map_err(BundleError::Io)?
        .single_frame();
    unpacker.window_log_max(limits::WINDOW_LOG_MAX).map_err(BundleError::Io)?;
    let lines = LineReader::new(unpacker, limits::payload_bytes_max(header.size));
    let mut text = Text { lines, sink, seen: Summary::default(), promised: (0, 0) };
    text.read_all()?;
    let Text { lines, seen, .. } = text;
    let mut behind = lines.finish()?.finish();
    if read_some(&mut behind, &mut [0])? != 0 {
        return Err(BundleError::ContentDamaged.into());
    }
    Ok(seen)
}

/// What an age file begins with.
const AGE_VERSION: &[u8] = b"age-encryption.org/v1\n";

type Whole<R> = io::Chain<Cursor<Vec<u8>>, R>;

/// Opens an age file that is encrypted to `keys` recipients, as the bundle's header says.
fn decrypt<R: BufRead>(
    mut input: R,
    keys: usize,
    identities: &[Identity],
) -> Result<age::stream::StreamReader<Whole<R>>, BundleError> {
    let (age_header, recipients) = age_header(&mut input)?;
    if recipients != keys {
        return Err(BundleError::Format { line: 0, what: "encrypted to others than the header names" });
    }
    let whole = Cursor::new(age_header).chain(input);
    let decryptor = age::Decryptor::new_buffered(whole).map_err(|error| match error {
        DecryptError::Io(error) => BundleError::from_stream(error),
        _ => BundleError::ContentDamaged,
    })?;
    let identities = identities.iter().map(|identity| identity as &dyn age::Identity);
    decryptor.decrypt(identities).map_err(|error| match error {
        DecryptError::NoMatchingKeys => BundleError::NotForUs,
        _ => BundleError::ContentDamaged,
    })
}

/// The header of an age file and the number of its recipients. It has no length of its own and ends with its line of the
/// authentication code, so it is read line by line, and never further than its limit.
fn age_header(input: &mut impl BufRead) -> Result<(Vec<u8>, usize), BundleError> {
    let (mut header, mut recipients) = (Vec::new(), 0);
    let mut input = input.take(limits::AGE_HEADER_BYTES_MAX as u64);
    loop {
        let start = header.len();
        input.read_until(b'\n', &mut header).map_err(BundleError::from_stream)?;
        let line = &header[start..];
        if !AGE_VERSION.starts_with(&header[..header.len().min(AGE_VERSION.len())]) {
            return Err(BundleError::ContentDamaged);
        }
        if !line.ends_with(b"\n") {
            let endless = input.limit() == 0;
            return Err(if endless { BundleError::Limit { which: "age_header" } } else { BundleError::ContentDamaged });
        }
        if line.starts_with(b"--- ") {
            return Ok((header, recipients));
        }
        recipients += usize::from(line.starts_with(b"-> ") && !is_grease(line));
    }
}

/// Writers of age files add a stanza that is nobody's now and then, so that readers stay used to strangers.
fn is_grease(stanza: &[u8]) -> bool {
    stanza.split(u8::is_ascii_whitespace).nth(1).is_some_and(|kind| kind.ends_with(b"-grease"))
}

/// The kinds of control lines after the manifest, in the order in which they may come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Group,
    Seal,
    Other,
    End,
}

impl Kind {
    fn of(line: &[u8]) -> Self {
        if line.starts_with(GROUP_PREFIX) {
            Self::Group
        } else if line.starts_with(SEAL_PREFIX) {
            Self::Seal
        } else if line.starts_with(END_PREFIX) {
            Self::End
        } else {
            Self::Other
        }
    }
}

/// The text of a bundle while it is read.
struct Text<'s, R, S> {
    lines: LineReader<R>,
    sink: &'s mut S,
    seen: Summary,
    /// Entries and groups that the manifest announced.
    promised: (u64, u64),
}

impl<R: Read, S: Sink> Text<'_, R, S> {
    fn read_all(&mut self) -> Result<(), ReadError<S::Error>> {
        self.read_manifest()?;
        let (mut stage, mut others) = (Kind::Group, 0);
        loop {
            let line = self.lines.next(limits::LINE_BYTES_MAX)?;
            let kind = Kind::of(line.bytes);
            if kind < stage {
                return Err(line.error("out of order").into());
            }
            stage = kind;
            match kind {
                Kind::Group => {
                    let GroupLine { group } = line.parse()?;
                    if let Some(what) = group.fault() {
                        return Err(line.error(what).into());
                    }
                    self.read_group(&group)?;
                }
                Kind::Seal => {
                    let SealLine { seal } = line.parse()?;
                    if !is_number(seal.seq) {
                        return Err(line.error("a seal has no such number").into());
                    }
                    count(&mut self.seen.seals, limits::SEALS_MAX, "seals")?;
                    self.sink.seal(&seal).map_err(ReadError::Sink)?;
                }
                Kind::Other => {
                    count(&mut others, limits::OTHER_LINES_MAX, "other_lines")?;
                    let Ok(PieceLine { attachment }) = line.parse() else {
                        let OtherLine = line.parse()?;
                        self.seen.skipped += 1;
                        continue;
                    };
                    self.seen.pieces += 1;
                    self.sink.piece(&attachment).map_err(ReadError::Sink)?;
                }
                Kind::End => {
                    let EndLine { end } = line.parse()?;
                    return Ok(self.check_end(&end)?);
                }
            }
        }
    }

    fn read_manifest(&mut self) -> Result<(), ReadError<S::Error>> {
        let line = self.lines.next(limits::MANIFEST_BYTES_MAX)?;
        if !line.bytes.starts_with(MANIFEST_PREFIX) {
            return Err(line.error("not a manifest").into());
        }
        let ManifestLine::<Manifest> { manifest } = line.parse()?;
        if let Some(which) = manifest.excess() {
            return Err(BundleError::Limit { which }.into());
        }
        if let Some(what) = manifest.fault() {
            return Err(line.error(what).into());
        }
        self.promised = (manifest.entries, manifest.groups);
        self.sink.manifest(manifest).map_err(ReadError::Sink)
    }

    fn read_group(&mut self, head: &GroupHead) -> Result<(), ReadError<S::Error>> {
        self.seen.groups += 1;
        self.seen.entries = self.seen.entries.saturating_add(head.count);
        if self.seen.entries > self.promised.0 || self.seen.groups > self.promised.1 {
            return Err(self.lines.error("more than the manifest promised").into());
        }
        self.sink.group(head).map_err(ReadError::Sink)?;
        let mut chain = head.prev;
        for offset in 0..head.count {
            let body = self.lines.next(limits::LINE_BYTES_MAX)?.bytes;
            let seq = head.from + offset;
            let id = entry_id(&head.log, seq, body);
            chain = chain.next(&id);
            let entry = CarriedEntry { log: &head.log, seq, id, chain, body };
            self.sink.entry(&entry).map_err(ReadError::Sink)?;
        }
        self.sink.group_end(&head.log, head.from + (head.count - 1), &chain).map_err(ReadError::Sink)
    }

    fn check_end(&mut self, end: &End) -> Result<(), BundleError> {
        let seen = (self.seen.entries, self.seen.groups, self.seen.seals);
        if seen != (end.entries, end.groups, end.seals) || self.promised != (seen.0, seen.1) {
            return Err(self.lines.error("counts differ"));
        }
        if self.lines.digest_before_line() != end.blake3.0 {
            return Err(self.lines.error("digest differs"));
        }
        Ok(())
    }
}

fn count(counter: &mut u64, most: u64, which: &'static str) -> Result<(), BundleError> {
    *counter += 1;
    if *counter > most { Err(BundleError::Limit { which }) } else { Ok(()) }
}

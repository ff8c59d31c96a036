//! Anything at all through all layers of a reader: header, verification, decryption, lines. It must not panic and must not
//! exceed a limit, and what is accepted must say the same to a reader of plain JSON.

use std::convert::Infallible;
use std::io::Read;

use age::x25519::Identity;
use redress_bundle::{
    BundleError, CarriedEntry, GroupHead, Header, Manifest, ReadError, Sink, Summary, limits, read, verify_rest,
};
use redress_journal::{Chain, LogId, Seal};
use serde_json::Value;

use super::Forger;

/// What came out of a bundle, whole or not.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Entries, groups, seals.
    pub lines: (u64, u64, u64),
    /// Bytes of entries.
    pub bytes: u64,
    manifests: u64,
    left: u64,
}

impl Sink for Counts {
    type Error = Infallible;

    fn manifest(&mut self, manifest: Manifest) -> Result<(), Infallible> {
        self.manifests += 1;
        assert!(manifest.entries <= limits::ENTRIES_MAX && manifest.groups <= limits::GROUPS_MAX);
        assert!(manifest.have.0.len() <= limits::LOGS_MAX && manifest.outcomes.len() <= limits::OUTCOMES_MAX);
        Ok(())
    }

    fn group(&mut self, head: &GroupHead) -> Result<(), Infallible> {
        assert_eq!(
            (self.manifests, self.left),
            (1, 0),
            "a group after its manifest and after the whole group before it"
        );
        assert!(head.last().is_some_and(|last| last <= limits::NUMBER_MAX));
        self.lines.1 += 1;
        self.left = head.count;
        Ok(())
    }

    fn entry(&mut self, entry: &CarriedEntry<'_>) -> Result<(), Infallible> {
        assert!((1..=limits::LINE_BYTES_MAX).contains(&entry.body.len()));
        self.lines.0 += 1;
        self.left -= 1;
        self.bytes += entry.body.len() as u64;
        Ok(())
    }

    fn group_end(&mut self, _: &LogId, _: u64, _: &Chain) -> Result<(), Infallible> {
        assert_eq!(self.left, 0, "as many entries as the group promised");
        Ok(())
    }

    fn seal(&mut self, seal: &Seal) -> Result<(), Infallible> {
        assert!((1..=limits::NUMBER_MAX).contains(&seal.seq));
        self.lines.2 += 1;
        Ok(())
    }
}

/// Everything that a reader does with a file, in the order of FORMAT.md; and what came out until it ended.
pub fn read_any(file: &[u8], identity: &Identity) -> (Result<Summary, BundleError>, Counts) {
    let mut counts = Counts::default();
    let outcome = read_all(file, identity, &mut counts);
    let most = limits::RATIO_FREE_BYTES + limits::RATIO_MAX * file.len() as u64;
    assert!(counts.bytes <= most.min(limits::PAYLOAD_BYTES_MAX), "{} bytes out of {}", counts.bytes, file.len());
    if let Ok(summary) = &outcome {
        assert_eq!(counts.lines, (summary.entries, summary.groups, summary.seals));
        assert_read_alike(&file[limits::HEADER_BYTES..], identity, summary);
    }
    (outcome, counts)
}

fn read_all(file: &[u8], identity: &Identity, counts: &mut Counts) -> Result<Summary, BundleError> {
    let mut input = file;
    let header = Header::read(&mut input, file.len() as u64);
    assert!(
        file.len() - input.len() <= limits::HEADER_BYTES,
        "nothing behind the header is read before it is verified"
    );
    let header = header?;
    verify_rest(&header, &mut &*input)?;
    read(&header, input, std::slice::from_ref(identity), counts).map_err(|error| match error {
        ReadError::Bundle(error) => error,
        ReadError::Sink(never) => match never {},
    })
}

/// An auditor with stock tools sees as many lines of each kind.
fn assert_read_alike(rest: &[u8], identity: &Identity, summary: &Summary) {
    let packed = age::decrypt(identity, rest).expect("what was read can be decrypted");
    let mut text = String::new();
    let mut unpacker = zstd::Decoder::new(packed.as_slice()).expect("a decoder");
    unpacker.read_to_string(&mut text).expect("what was read can be unpacked");
    let (mut entries_left, mut kinds) = (0, Counts::default());
    for line in text.split_terminator('\n') {
        if entries_left > 0 {
            entries_left -= 1;
            kinds.lines.0 += 1;
            continue;
        }
        let line: Value = serde_json::from_str(line).expect("control lines are JSON");
        let keys = line.as_object().expect("control lines are objects");
        let (kind, value) = keys.iter().next().expect("control lines have a kind");
        assert_eq!(keys.len(), 1, "one key in {line}");
        match kind.as_str() {
            "manifest" => kinds.manifests += 1,
            "group" => {
                kinds.lines.1 += 1;
                entries_left = value["count"].as_u64().expect("a count");
            }
            "seal" => kinds.lines.2 += 1,
            _ => kinds.left += 1,
        }
    }
    assert_eq!((kinds.manifests, kinds.lines), (1, (summary.entries, summary.groups, summary.seals)));
    assert_eq!(kinds.left, summary.pieces + summary.skipped + 1, "pieces, lines that are skipped, and the end");
}

/// Takes any bytes as one of the layers of a bundle, chosen by the first byte, with everything around them right: the whole
/// file, the age file, the zstd frame, or the text.
pub fn fuzz_bundle(data: &[u8]) {
    let Some((layer, bytes)) = data.split_first() else { return };
    let (forger, identity) = Forger::of_vectors();
    let file = match layer % 4 {
        0 => bytes.to_vec(),
        1 => forger.with_rest(bytes),
        2 => forger.with_packed(bytes),
        _ => forger.with_text(bytes),
    };
    let _ = read_any(&file, &identity);
}

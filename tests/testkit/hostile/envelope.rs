//! Faults of the age file and of the zstd frame in it, behind a header that is right and signed.

use std::io::Write;

use age::x25519::Identity;

use super::Fault;
use super::forger::{Forger, ended, pack};

const DAMAGED: &str = "bundle_damaged";

pub(super) const FAULTS: &[Fault] = &[
    // age
    Fault::new(DAMAGED, "age-no-age-file", |forger| forger.with_rest(&pack(&forger.good_text()))),
    Fault::new(DAMAGED, "age-nothing", |forger| forger.with_rest(b"")),
    Fault::new(DAMAGED, "age-armoured", |forger| {
        forger.with_rest(
            b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCg==\n-----END AGE ENCRYPTED FILE-----\n",
        )
    }),
    Fault::new(DAMAGED, "age-version-2", |forger| aged(forger, |age| age[20] = b'2')),
    Fault::new("bundle_limit", "age-header-of-endless-stanzas", |forger| {
        forger.with_rest(&[b"age-encryption.org/v1\n".as_slice(), &b"-> x\nAAAA\n".repeat(5_000)].concat())
    }),
    Fault::new("bundle_limit", "age-header-of-one-endless-line", |forger| {
        forger.with_rest(&[b"age-encryption.org/v1\n-> ".as_slice(), &[b'x'; 20_000]].concat())
    }),
    Fault::new(DAMAGED, "age-header-without-end", |forger| {
        forger.with_rest(b"age-encryption.org/v1\n-> X25519 AAAA\n")
    }),
    Fault::new(DAMAGED, "age-header-changed", |forger| {
        aged(forger, |age| {
            let at = age.windows(4).position(|part| part == b"--- ").expect("an end of the header") + 4;
            age[at] = if age[at] == b'A' { b'B' } else { b'A' };
        })
    }),
    Fault::new(DAMAGED, "age-chunk-changed", |forger| aged(forger, |age| *age.last_mut().expect("an age file") ^= 1)),
    Fault::new(DAMAGED, "age-chunk-cut", |forger| aged(forger, |age| age.truncate(age.len() - 1))),
    Fault::new(DAMAGED, "age-without-chunks", |forger| {
        aged(forger, |age| {
            let at = age.windows(4).position(|part| part == b"--- ").expect("an end of the header");
            let end = age[at..].iter().position(|byte| *byte == b'\n').expect("a line") + at;
            age.truncate(end + 1);
        })
    }),
    Fault::new(DAMAGED, "age-a-byte-behind", |forger| aged(forger, |age| age.push(0))),
    Fault::new("bundle_format", "age-encrypted-to-one-more", |forger| {
        let stranger = Identity::generate().to_public();
        let both = [&forger.reader as &dyn age::Recipient, &stranger];
        forger.with_rest(&encrypted(both.into_iter(), &pack(&forger.good_text())))
    }),
    Fault::new("bundle_not_for_us", "age-encrypted-to-another-than-it-says", |forger| {
        let stranger = Identity::generate().to_public();
        forger.with_rest(&age::encrypt(&stranger, &pack(&forger.good_text())).expect("encrypting into memory"))
    }),
    // zstd
    Fault::new(DAMAGED, "zstd-not-compressed", |forger| forger.with_packed(&forger.good_text())),
    Fault::new(DAMAGED, "zstd-nothing", |forger| forger.with_packed(b"")),
    Fault::new("bundle_format", "zstd-empty-frame", |forger| forger.with_packed(&pack(b""))),
    Fault::new(DAMAGED, "zstd-cut", |forger| packed(forger, |frame| frame.truncate(frame.len() - 1))),
    Fault::new(DAMAGED, "zstd-a-byte-behind", |forger| packed(forger, |frame| frame.push(0))),
    Fault::new(DAMAGED, "zstd-second-frame-empty", |forger| packed(forger, |frame| frame.extend(pack(b"")))),
    Fault::new(DAMAGED, "zstd-second-frame-with-text", |forger| packed(forger, |frame| frame.extend(pack(b"{}\n")))),
    Fault::new("bundle_format", "zstd-text-in-two-frames", |forger| {
        let text = forger.good_text();
        let (one, two) = text.split_at(text.len() / 2);
        forger.with_packed(&[pack(one), pack(two)].concat())
    }),
    Fault::new("bundle_format", "zstd-frame-to-be-skipped-in-front", |forger| {
        let skipped = [b"\x50\x2a\x4d\x18\x04\0\0\0none".as_slice(), &pack(&forger.good_text())].concat();
        forger.with_packed(&skipped)
    }),
    Fault::new(DAMAGED, "zstd-window-of-256-mib", |forger| {
        let mut wide = zstd::stream::write::Encoder::new(Vec::new(), 3).expect("a level that there is");
        wide.window_log(28).expect("a window that there is");
        wide.write_all(&forger.good_text()).and_then(|()| wide.flush()).expect("compressing into memory");
        forger.with_packed(&wide.finish().expect("compressing into memory"))
    }),
    // Bombs: what is small on the stick and has no end.
    Fault::new("bundle_limit", "bomb-of-lines-to-be-skipped", |forger| {
        forger.text_of((0, 0), &format!("{{\"x\":\"{}\"}}\n", " ".repeat(1_000_000)).repeat(30))
    }),
    Fault::new("bundle_limit", "bomb-of-entries", |forger| {
        let [_, group, ..] = forger.lines();
        let group = group.replace("\"count\":1", "\"count\":60");
        forger.text_of((60, 1), &(group + &format!("{{\"x\":\"{}\"}}\n", " ".repeat(1_000_000)).repeat(60)))
    }),
    Fault::new("bundle_limit", "bomb-of-one-line", |forger| {
        forger.text_of((0, 0), &format!("{{\"x\":\"{}\"}}\n", " ".repeat(1 << 20)))
    }),
    Fault::new("bundle_limit", "bomb-of-one-line-without-end", |forger| {
        forger.with_text(forger.manifest_of(&serde_json::json!([]), (0, 0)) + "{\"x\":\"" + &" ".repeat(20 << 20))
    }),
    Fault::new("bundle_limit", "bomb-of-a-manifest", |forger| {
        let manifest = forger.manifest_of(&serde_json::json!([]), (0, 0));
        forger.with_text(ended(&manifest.replace("0.1.0", &"0".repeat(17 << 20)), (0, 0, 0)))
    }),
    Fault::new("bundle_limit", "bomb-of-little-lines", |forger| {
        forger.text_of((0, 0), &"{\"x\":1}\n".repeat(1_000_001))
    }),
];

/// The good text in an age file that is changed before it is signed.
fn aged(forger: &Forger, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut age = forger.encrypt(&pack(&forger.good_text()));
    change(&mut age);
    forger.with_rest(&age)
}

/// The good text in a frame that is changed before it is encrypted.
fn packed(forger: &Forger, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut frame = pack(&forger.good_text());
    change(&mut frame);
    forger.with_packed(&frame)
}

fn encrypted<'a>(recipients: impl Iterator<Item = &'a dyn age::Recipient>, plain: &[u8]) -> Vec<u8> {
    let encryptor = age::Encryptor::with_recipients(recipients).expect("recipients");
    let mut file = Vec::new();
    let mut out = encryptor.wrap_output(&mut file).expect("encrypting into memory");
    out.write_all(plain).expect("encrypting into memory");
    out.finish().expect("encrypting into memory");
    file
}

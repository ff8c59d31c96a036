//! Faults of the first 4096 bytes, and of what they promise about the rest.

use redress_bundle::limits::RECIPIENTS_MAX;
use redress_journal::SigningKey;

use super::Fault;
use super::forger::{Forger, pack, page};

const DAMAGED: &str = "bundle_damaged";
const SIGNATURE: &str = "bundle_signature";

pub(super) const FAULTS: &[Fault] = &[
    Fault::new("not_a_bundle", "holiday-photo", |_| b"\xff\xd8\xff\xe0\0\x10JFIF".repeat(600)),
    Fault::new("not_a_bundle", "spaces-before-the-header", |forger| [b" ", good(forger).as_slice()].concat()),
    Fault::new("bundle_truncated", "empty-file", |_| Vec::new()),
    Fault::new("bundle_truncated", "one-byte-cut", |forger| {
        let mut file = good(forger);
        file.pop();
        file
    }),
    Fault::new("bundle_truncated", "rest-missing", |forger| good(forger)[..4096].to_vec()),
    Fault::new(DAMAGED, "a-byte-behind-the-file", |forger| [good(forger).as_slice(), b"\n"].concat()),
    Fault::new(DAMAGED, "content-of-another-bundle", |forger| {
        let (one, mut other) = (good(forger), good(forger));
        other.resize(one.len(), 0);
        [&one[..4096], &other[4096..]].concat()
    }),
    // The signature, and what happens without it.
    Fault::new(SIGNATURE, "signature-by-another-key", |forger| {
        let stranger = SigningKey::from_seed(&[9; 32]).verifying_key();
        forger.header_with(&forger.key.verifying_key().to_string(), &stranger.to_string())
    }),
    Fault::new(SIGNATURE, "signature-of-zeros", |forger| signed_as(forger, |_| "0".repeat(128))),
    Fault::new(SIGNATURE, "sender-key-that-signs-everything", |forger| {
        // The neutral point as key and as signature: verified without care, it holds for every message.
        let (key, zeros) = (format!("01{}", "0".repeat(62)), "0".repeat(64));
        let rest = forger.encrypt(&pack(&forger.good_text()));
        let signed = serde_json::to_string(&forger.fields(&rest)).expect("header fields serialise");
        let signed = signed.replace(&forger.key.verifying_key().to_string(), &key);
        let open = signed.strip_suffix('}').expect("an object");
        page(&format!("{open},\"signature\":\"{key}{zeros}\"}}"), &rest)
    }),
    Fault::new(SIGNATURE, "re-targeted-to-another-office", |forger| {
        forger.header_after_signing(&forger.to.to_string(), "01900000-0000-7000-8000-00000000bad0")
    }),
    Fault::new(SIGNATURE, "re-targeted-to-another-key", |forger| {
        let own = redress_bundle::key_id(&forger.reader).to_string();
        forger.header_after_signing(&own, "0123456789abcdef")
    }),
    Fault::new(SIGNATURE, "replayed-under-another-number", |forger| {
        forger.header_after_signing(
            &format!("\"number\":{}", forger.number),
            &format!("\"number\":{}", forger.number + 1),
        )
    }),
    Fault::new(SIGNATURE, "replayed-as-of-another-epoch", |forger| {
        forger.header_after_signing(&forger.from.epoch.to_string(), "00000000-0000-0000-0000-0000000000e9")
    }),
    Fault::new(SIGNATURE, "signature-of-another-purpose", |forger| {
        signed_as(forger, |signed| forger.key.sign("redress seal v1", signed.as_bytes()).to_string())
    }),
    Fault::new(DAMAGED, "downgraded-without-signature", |forger| {
        let rest = forger.encrypt(&pack(&forger.good_text()));
        page(&serde_json::to_string(&forger.fields(&rest)).expect("header fields serialise"), &rest)
    }),
    Fault::new(DAMAGED, "signature-is-empty", |forger| signed_as(forger, |_| String::new())),
    Fault::new(DAMAGED, "signature-is-not-last", |forger| {
        signed_as(forger, |signed| {
            format!("{}\",\"newer\":\"1", forger.key.sign("redress bundle v1", signed.as_bytes()))
        })
    }),
    Fault::new(DAMAGED, "signature-stands-twice", |forger| {
        forger.header_with("\"suite\"", &format!("\"signature\":\"{}\",\"suite\"", "0".repeat(128)))
    }),
    Fault::new(DAMAGED, "signature-in-capitals", |forger| {
        let file = good(forger);
        let line = String::from_utf8_lossy(&file[..4096]).trim_end().to_owned();
        let (head, digits) = line.rsplit_once("\":\"").expect("a signature");
        page(&format!("{head}\":\"{}", digits.to_uppercase()), &file[4096..])
    }),
    // The format, older and newer.
    Fault::new(DAMAGED, "downgraded-to-format-0", |forger| forger.header_with("\"redress\":1", "\"redress\":0")),
    Fault::new("bundle_newer", "format-2", |forger| forger.header_with("\"redress\":1", "\"redress\":2")),
    Fault::new(DAMAGED, "format-is-text", |forger| forger.header_with("\"redress\":1", "\"redress\":\"1\"")),
    Fault::new(DAMAGED, "format-is-a-fraction", |forger| forger.header_with("\"redress\":1", "\"redress\":1.0")),
    Fault::new(DAMAGED, "format-stands-twice", |forger| forger.header_with("\"suite\"", "\"redress\":1,\"suite\"")),
    Fault::new(DAMAGED, "downgraded-suite", |forger| forger.header_with("ed25519-x25519-blake3-zstd", "none")),
    // Numbers that cannot be.
    Fault::new(DAMAGED, "number-0", |forger| number(forger, "0")),
    Fault::new(DAMAGED, "number-negative", |forger| number(forger, "-1")),
    Fault::new(DAMAGED, "number-fraction", |forger| number(forger, "3.0")),
    Fault::new(DAMAGED, "number-in-powers-of-ten", |forger| number(forger, "3e0")),
    Fault::new(DAMAGED, "number-is-text", |forger| number(forger, "\"3\"")),
    Fault::new(DAMAGED, "number-greatest", |forger| number(forger, "18446744073709551615")),
    Fault::new(DAMAGED, "number-too-great-for-a-number", |forger| number(forger, "18446744073709551616")),
    Fault::new("bundle_limit", "size-greatest", |forger| size(forger, "18446744073709551615")),
    Fault::new("bundle_limit", "size-over-1-gib", |forger| size(forger, "1073737729")),
    Fault::new("bundle_truncated", "size-1-gib-in-a-small-file", |forger| size(forger, "1073737728")),
    Fault::new(DAMAGED, "size-0", |forger| size(forger, "0")),
    Fault::new(DAMAGED, "size-negative", |forger| size(forger, "-4096")),
    Fault::new(DAMAGED, "part-0-of-2", |forger| part(forger, "0", "2")),
    Fault::new(DAMAGED, "part-1-of-1", |forger| part(forger, "1", "1")),
    Fault::new(DAMAGED, "part-3-of-2", |forger| part(forger, "3", "2")),
    Fault::new(DAMAGED, "part-1-of-greatest", |forger| part(forger, "1", "18446744073709551615")),
    Fault::new(DAMAGED, "part-1-of-1001", |forger| part(forger, "1", "1001")),
    Fault::new(DAMAGED, "keys-none", |forger| keys(forger, 0)),
    Fault::new(DAMAGED, "keys-too-many", |forger| keys(forger, RECIPIENTS_MAX + 1)),
    Fault::new(DAMAGED, "created-at-too-long", |forger| forger.header_with("+08:00", &"+08:00".repeat(6))),
    // JSON that two readers could read in two ways.
    Fault::new(DAMAGED, "key-stands-twice", |forger| forger.header_with("\"number\"", "\"number\":1,\"number\"")),
    Fault::new(DAMAGED, "key-stands-twice-in-other-spelling", |forger| {
        forger.header_with("\"number\"", "\"n\\u0075mber\":1,\"number\"")
    }),
    Fault::new(DAMAGED, "unknown-key-stands-twice", |forger| {
        forger.header_with("\"suite\"", "\"newer\":1,\"newer\":2,\"suite\"")
    }),
    Fault::new(DAMAGED, "space-between-words", |forger| forger.header_with(",\"suite\"", ", \"suite\"")),
    Fault::new(DAMAGED, "nested-too-deep", |forger| {
        forger.header_with("\"suite\"", &format!("\"newer\":{}{},\"suite\"", "[".repeat(900), "]".repeat(900)))
    }),
    Fault::new(DAMAGED, "not-ascii", |forger| forger.header_with("2026-03-15T", "2026年3月")),
    Fault::new(DAMAGED, "field-missing", |forger| {
        forger.header_with("\"created_at\":\"2026-03-15T09:30:00+08:00\",", "")
    }),
    Fault::new(DAMAGED, "field-of-another-type", |forger| {
        forger.header_with("\"keys\":[", "\"newer\":1,\"keys\":[[],")
    }),
    // The padding.
    Fault::new(DAMAGED, "padding-of-tabs", |forger| padded(forger, b'\t')),
    Fault::new(DAMAGED, "padding-of-zeros", |forger| padded(forger, 0)),
    Fault::new(DAMAGED, "padding-of-line-feeds", |forger| padded(forger, b'\n')),
    Fault::new(DAMAGED, "padding-with-a-second-object", |forger| {
        let mut file = good(forger);
        file[4000..4002].copy_from_slice(b"{}");
        file
    }),
    Fault::new(DAMAGED, "no-line-feed-at-byte-4096", |forger| {
        let mut file = good(forger);
        file[4095] = b' ';
        file
    }),
];

fn good(forger: &Forger) -> Vec<u8> {
    forger.with_text(forger.good_text())
}

/// A bundle with whatever stands for a signature.
fn signed_as(forger: &Forger, signature: impl Fn(&str) -> String) -> Vec<u8> {
    let rest = forger.encrypt(&pack(&forger.good_text()));
    let signed = serde_json::to_string(&forger.fields(&rest)).expect("header fields serialise");
    let open = signed.strip_suffix('}').expect("an object");
    page(&format!("{open},\"signature\":\"{}\"}}", signature(&signed)), &rest)
}

fn number(forger: &Forger, number: &str) -> Vec<u8> {
    forger.header_with(&format!("\"number\":{}", forger.number), &format!("\"number\":{number}"))
}

fn size(forger: &Forger, size: &str) -> Vec<u8> {
    let rest = forger.encrypt(&pack(&forger.good_text()));
    let signed = serde_json::to_string(&forger.fields(&rest)).expect("header fields serialise");
    let signed = signed.replace(&format!("\"size\":{}", rest.len()), &format!("\"size\":{size}"));
    page(&forger.sign(&signed), &rest)
}

fn part(forger: &Forger, part: &str, of: &str) -> Vec<u8> {
    forger.header_with("\"sender_key\"", &format!("\"part\":{{\"number\":{part},\"of\":{of}}},\"sender_key\""))
}

fn keys(forger: &Forger, count: usize) -> Vec<u8> {
    let own = format!("\"{}\"", redress_bundle::key_id(&forger.reader));
    forger.header_with(&own, &vec![own.as_str(); count].join(","))
}

fn padded(forger: &Forger, with: u8) -> Vec<u8> {
    let mut file = good(forger);
    let end = file[..4096].iter().rposition(|byte| *byte == b'}').expect("an object") + 1;
    file[end..4095].fill(with);
    file
}

//! Faults of the text inside a bundle whose envelope is right in everything: what somebody who holds a good key can send.

use redress_bundle::limits;
use serde_json::json;
use uuid::Uuid;

use super::Fault;
use super::forger::{Forger, ended};

const FORMAT: &str = "bundle_format";
const LIMIT: &str = "bundle_limit";

pub(super) const FAULTS: &[Fault] = &[
    // Sections: which there are, how many, and in what order.
    Fault::new(FORMAT, "sections-no-manifest", |forger| {
        forger.lines_as(|[_, group, entry, seal, _]| vec![group, entry, seal])
    }),
    Fault::new(FORMAT, "sections-two-manifests", |forger| {
        forger.lines_as(|[manifest, group, entry, seal, _]| vec![manifest, manifest, group, entry, seal])
    }),
    Fault::new(FORMAT, "sections-manifest-at-the-end", |forger| {
        forger.lines_as(|[manifest, group, entry, seal, _]| vec![manifest, group, entry, seal, manifest])
    }),
    Fault::new(FORMAT, "sections-group-twice", |forger| {
        forger.lines_as(|[manifest, group, entry, seal, _]| vec![manifest, group, entry, group, entry, seal])
    }),
    Fault::new(FORMAT, "sections-seal-before-groups", |forger| {
        forger.lines_as(|[manifest, group, entry, seal, _]| vec![manifest, seal, group, entry])
    }),
    Fault::new(FORMAT, "sections-other-before-seals", |forger| {
        forger.lines_as(|[manifest, group, entry, seal, other]| vec![manifest, group, entry, other, seal])
    }),
    Fault::new(FORMAT, "sections-entry-without-group", |forger| {
        forger.lines_as(|[manifest, _, entry, seal, _]| vec![manifest, entry, seal])
    }),
    Fault::new(FORMAT, "sections-seal-missing", |forger| {
        forger.lines_as(|[manifest, group, entry, _, _]| vec![manifest, group, entry])
    }),
    Fault::new(FORMAT, "sections-one-entry-too-many", |forger| {
        forger.lines_as(|[manifest, group, entry, seal, _]| vec![manifest, group, entry, entry, seal])
    }),
    Fault::new(FORMAT, "sections-group-in-disguise-by-a-space", |forger| {
        disguised(forger, "{ \"group\":", "{\"group\":")
    }),
    Fault::new(FORMAT, "sections-group-in-disguise-by-an-escape", |forger| {
        disguised(forger, "{\"\\u0067roup\":", "{\"group\":")
    }),
    Fault::new(FORMAT, "sections-group-in-disguise-by-a-first-key", |forger| {
        disguised(forger, "{\"x\":1,\"group\":", "{\"group\":")
    }),
    Fault::new(FORMAT, "sections-group-with-a-second-key", |forger| {
        forger.lines_as_text(|text| text.replacen("{\"group\":{", "{\"group\":{\"x\":1},\"group\":{", 1))
    }),
    Fault::new(FORMAT, "sections-manifest-with-a-second-kind", |forger| {
        forger.lines_as_text(|text| text.replacen("{\"manifest\":{", "{\"manifest\":{},\"seal\":{", 1))
    }),
    Fault::new(FORMAT, "sections-other-line-is-no-json", |forger| {
        forger.text_with("{\"other\":{\"x\":[1,2]}}", "{other lines}")
    }),
    Fault::new(FORMAT, "sections-other-line-without-a-kind", |forger| {
        forger.text_with("{\"other\":{\"x\":[1,2]}}", "{}")
    }),
    // The end.
    Fault::new(FORMAT, "end-missing", |forger| forger.with_text(forger.lines().concat())),
    Fault::new(FORMAT, "end-without-line-feed", |forger| {
        let mut text = forger.good_text();
        text.pop();
        forger.with_text(text)
    }),
    Fault::new(FORMAT, "end-twice", |forger| behind(forger, &last_line(forger))),
    Fault::new(FORMAT, "end-with-an-empty-line-behind", |forger| behind(forger, "\n")),
    Fault::new(FORMAT, "end-with-a-space-behind", |forger| behind(forger, " ")),
    Fault::new(FORMAT, "end-with-a-line-behind", |forger| behind(forger, "{\"other\":1}\n")),
    Fault::new(FORMAT, "end-counts-one-entry-more", |forger| {
        forger.with_text(ended(&forger.lines().concat(), (2, 1, 1)))
    }),
    Fault::new(FORMAT, "end-counts-no-group", |forger| forger.with_text(ended(&forger.lines().concat(), (1, 0, 1)))),
    Fault::new(FORMAT, "end-counts-no-seal", |forger| forger.with_text(ended(&forger.lines().concat(), (1, 1, 0)))),
    Fault::new(FORMAT, "end-digest-of-another-text", |forger| {
        let end = last_line(forger);
        forger.with_text(forger.lines().concat().replace("predecessor", "predecessors") + &end)
    }),
    Fault::new(FORMAT, "end-digest-in-capitals", |forger| {
        let end = last_line(forger);
        let (head, digest) = end.split_once("\"blake3\":\"").expect("an end line");
        let (digest, tail) = digest.split_at(64);
        forger.with_text(format!("{}{head}\"blake3\":\"{}{tail}", forger.lines().concat(), digest.to_uppercase()))
    }),
    // Promises.
    Fault::new(FORMAT, "promise-fewer-entries", |forger| forger.text_with("\"entries\":1", "\"entries\":0")),
    Fault::new(FORMAT, "promise-more-entries", |forger| forger.text_with("\"entries\":1", "\"entries\":2")),
    Fault::new(FORMAT, "promise-fewer-groups", |forger| forger.text_with("\"groups\":1", "\"groups\":0")),
    Fault::new(LIMIT, "promise-of-too-many-entries", |forger| forger.text_with("\"entries\":1", "\"entries\":5000001")),
    Fault::new(LIMIT, "promise-of-endless-entries", |forger| {
        forger.text_with("\"entries\":1", "\"entries\":18446744073709551615")
    }),
    Fault::new(LIMIT, "promise-of-too-many-groups", |forger| forger.text_with("\"groups\":1", "\"groups\":100001")),
    // Counts.
    Fault::large(LIMIT, "counts-of-logs", |forger| {
        let line =
            |number| json!({"device": Uuid::from_u128(number), "epoch": Uuid::nil(), "office": Uuid::nil(), "upto": 1});
        let lines: Vec<_> = (0..=limits::LOGS_MAX as u128).map(line).collect();
        forger.with_text(ended(&forger.manifest_of(&json!(lines), (0, 0)), (0, 0, 0)))
    }),
    Fault::large(LIMIT, "counts-of-ranges", |forger| {
        let ranges: Vec<_> = (2..limits::RANGES_MAX + 3).map(|at| [2 * at, 2 * at]).collect();
        let mut have = forger.have();
        have[0]["above"] = json!(ranges);
        forger.with_text(ended(&forger.manifest_of(&have, (0, 0)), (0, 0, 0)))
    }),
    Fault::new(LIMIT, "counts-of-outcomes", |forger| {
        let outcome = json!({"log": forger.log(), "seq": 2, "outcome": "waiting", "reason": "x"}).to_string();
        let many = vec![outcome.as_str(); limits::OUTCOMES_MAX + 1].join(",");
        forger.lines_as_text(|text| text.replacen("\"outcomes\":[", &format!("\"outcomes\":[{many},"), 1))
    }),
    Fault::new(LIMIT, "counts-of-devices-seen", |forger| {
        let many =
            vec!["{\"device\":\"00000000-0000-0000-0000-0000000000d2\",\"number\":7}"; limits::SEEN_MAX + 1].join(",");
        forger.lines_as_text(|text| text.replacen("\"seen\":[", &format!("\"seen\":[{many},"), 1))
    }),
    Fault::new(LIMIT, "counts-of-totals", |forger| {
        let many: String = (0..=limits::TOTALS_MAX).map(|at| format!("\"{at}\":1,")).collect();
        forger.lines_as_text(|text| text.replacen("\"totals\":{", &format!("\"totals\":{{{many}"), 1))
    }),
    Fault::new(LIMIT, "counts-of-letters-in-a-version", |forger| forger.text_with("0.1.0", &"0".repeat(257))),
    Fault::new(LIMIT, "counts-of-letters-in-a-reason", |forger| forger.text_with("predecessor", &"x".repeat(257))),
    // Numbers that cannot be.
    Fault::new(FORMAT, "numbers-entries-negative", |forger| forger.text_with("\"entries\":1", "\"entries\":-1")),
    Fault::new(FORMAT, "numbers-entries-fraction", |forger| forger.text_with("\"entries\":1", "\"entries\":1.0")),
    Fault::new(FORMAT, "numbers-entries-in-powers-of-ten", |forger| {
        forger.text_with("\"entries\":1", "\"entries\":1e0")
    }),
    Fault::new(FORMAT, "numbers-entries-with-a-zero-in-front", |forger| {
        forger.text_with("\"entries\":1", "\"entries\":01")
    }),
    Fault::new(FORMAT, "numbers-entries-are-text", |forger| forger.text_with("\"entries\":1", "\"entries\":\"1\"")),
    Fault::new(FORMAT, "numbers-group-from-0", |forger| forger.text_with("\"from\":1", "\"from\":0")),
    Fault::new(FORMAT, "numbers-group-from-the-greatest", |forger| {
        forger.text_with("\"from\":1", "\"from\":18446744073709551615")
    }),
    Fault::new(FORMAT, "numbers-group-from-beyond-what-a-store-keeps", |forger| {
        forger.text_with("\"from\":1", &format!("\"from\":{}", limits::NUMBER_MAX + 1))
    }),
    Fault::new(FORMAT, "numbers-group-of-none", |forger| forger.text_with("\"count\":1", "\"count\":0")),
    Fault::new(FORMAT, "numbers-group-of-the-greatest", |forger| {
        forger.text_with("\"count\":1", "\"count\":18446744073709551615")
    }),
    Fault::new(FORMAT, "numbers-seal-of-0", |forger| forger.text_with("\"seq\":1,\"chain\"", "\"seq\":0,\"chain\"")),
    Fault::new(FORMAT, "numbers-seal-of-the-greatest", |forger| {
        forger.text_with("\"seq\":1,\"chain\"", "\"seq\":18446744073709551615,\"chain\"")
    }),
    Fault::new(FORMAT, "numbers-outcome-of-0", |forger| forger.text_with("\"seq\":2", "\"seq\":0")),
    Fault::new(FORMAT, "numbers-outcome-of-the-greatest", |forger| {
        forger.text_with("\"seq\":2", "\"seq\":9223372036854775808")
    }),
    Fault::new(FORMAT, "numbers-seen-the-greatest", |forger| {
        forger.text_with("\"number\":7", "\"number\":18446744073709551615")
    }),
    Fault::new(FORMAT, "numbers-have-the-greatest", |forger| have(forger, "\"upto\":18446744073709551615")),
    Fault::new(FORMAT, "numbers-have-negative", |forger| have(forger, "\"upto\":-1")),
    Fault::new(FORMAT, "numbers-have-a-range-that-runs-backwards", |forger| forger.text_with("[[5,6]]", "[[6,5]]")),
    Fault::new(FORMAT, "numbers-have-a-range-from-0", |forger| forger.text_with("[[5,6]]", "[[0,6]]")),
    Fault::new(FORMAT, "numbers-have-ranges-that-overlap", |forger| forger.text_with("[[5,6]]", "[[5,9],[8,12]]")),
    Fault::new(FORMAT, "numbers-have-a-range-of-three", |forger| forger.text_with("[[5,6]]", "[[5,6,7]]")),
    Fault::new(FORMAT, "numbers-have-a-range-to-the-greatest", |forger| {
        forger.text_with("[[5,6]]", "[[5,18446744073709551615]]")
    }),
    // What could be read in two ways.
    Fault::new(FORMAT, "twice-a-log-in-have", |forger| {
        let have = forger.have()[0].clone();
        forger.with_text(ended(&forger.manifest_of(&json!([have, have]), (0, 0)), (0, 0, 0)))
    }),
    Fault::new(FORMAT, "twice-a-key-in-the-manifest", |forger| {
        forger.text_with("\"groups\":1", "\"groups\":1,\"groups\":1")
    }),
    Fault::new(FORMAT, "twice-a-key-in-other-spelling", |forger| {
        forger.text_with("\"groups\":1", "\"groups\":1,\"grou\\u0070s\":1")
    }),
    Fault::new(FORMAT, "twice-a-key-that-nobody-knows", |forger| {
        forger.text_with("\"groups\":1", "\"groups\":1,\"newer\":1,\"newer\":2")
    }),
    Fault::new(FORMAT, "twice-a-total", |forger| {
        forger.text_with("\"complaints\":1", "\"complaints\":1,\"complaints\":2")
    }),
    Fault::new(FORMAT, "twice-a-key-in-a-group", |forger| forger.text_with("\"count\":1", "\"count\":1,\"count\":1")),
    Fault::new(FORMAT, "twice-a-key-in-a-seal", |forger| {
        forger.text_with("\"seq\":1,\"chain\"", "\"seq\":1,\"seq\":1,\"chain\"")
    }),
    Fault::new(FORMAT, "twice-a-key-in-another-line", |forger| forger.text_with("{\"x\":[1,2]}", "{\"x\":1,\"x\":2}")),
    Fault::new(FORMAT, "space-in-the-manifest", |forger| forger.text_with("\"groups\":1", "\"groups\": 1")),
    Fault::new(FORMAT, "false-beginning-of-a-log", |forger| {
        let start = redress_journal::Chain::start(&forger.log()).to_string();
        forger.text_with(&start, &"0".repeat(64))
    }),
    // Letters.
    Fault::new(FORMAT, "letters-not-utf-8-in-the-manifest", |forger| odd_bytes(forger, "0.1.0", b"\xff\xfe")),
    Fault::new(FORMAT, "letters-not-utf-8-in-an-entry", |forger| odd_bytes(forger, "缺斤", b"\xe7\xbc")),
    Fault::new(FORMAT, "letters-in-too-many-bytes", |forger| odd_bytes(forger, "缺斤", b"\xc0\xaf")),
    Fault::new(FORMAT, "letters-half-a-pair", |forger| forger.text_with("0.1.0", "\\ud800")),
    Fault::new(FORMAT, "letters-half-a-pair-in-bytes", |forger| odd_bytes(forger, "缺斤", b"\xed\xa0\x80")),
    Fault::new(FORMAT, "letters-mark-of-byte-order", |forger| {
        forger.text_with("{\"manifest\"", "\u{feff}{\"manifest\"")
    }),
    Fault::new(FORMAT, "letters-carriage-returns", |forger| {
        forger.with_text(ended(&forger.lines().concat().replace('\n', "\r\n"), (1, 1, 1)))
    }),
    Fault::new(FORMAT, "letters-zero-byte-between-lines", |forger| forger.text_with("{\"seal\"", "\0{\"seal\"")),
    Fault::new(FORMAT, "letters-a-raw-zero-byte-in-a-text", |forger| forger.text_with("0.1.0", "\0")),
    Fault::new(FORMAT, "letters-hex-with-a-sign", |forger| {
        let start = redress_journal::Chain::start(&forger.log()).to_string();
        forger.text_with(&start, &format!("+{}", &start[1..]))
    }),
    // Nesting.
    Fault::new(FORMAT, "nesting-17-deep-in-an-entry", |forger| nested(forger, "12800", 16)),
    Fault::new(FORMAT, "nesting-100000-deep-in-an-entry", |forger| nested(forger, "12800", 100_000)),
    Fault::new(FORMAT, "nesting-100000-deep-in-another-line", |forger| nested(forger, "[1,2]", 100_000)),
    Fault::new(FORMAT, "nesting-100000-deep-in-the-manifest", |forger| nested(forger, "[[5,6]]", 100_000)),
    Fault::new(FORMAT, "nesting-without-end", |forger| forger.text_with("[1,2]", &"[".repeat(10))),
    Fault::new(FORMAT, "nesting-closed-too-often", |forger| forger.text_with("12800}", "12800}}}")),
    Fault::new(FORMAT, "nesting-a-line-that-is-a-list", |forger| {
        forger.text_with("{\"other\":{\"x\":[1,2]}}", "[1,2]")
    }),
    Fault::new(FORMAT, "nesting-a-text-without-end", |forger| forger.text_with("12800}", "\"12800}")),
];

impl Forger {
    /// The good text, changed before its true end line was made.
    fn lines_as_text(&self, change: impl FnOnce(&str) -> String) -> Vec<u8> {
        self.with_text(ended(&change(&self.lines().concat()), (1, 1, 1)))
    }
}

/// A group in the place where lines of unknown kinds stand, dressed up as one.
fn disguised(forger: &Forger, dressed: &str, plain: &str) -> Vec<u8> {
    let [manifest, group, entry, seal, _] = forger.lines();
    let text = [&manifest, &group, &entry, &seal, &group.replacen(plain, dressed, 1)].map(String::as_str).concat();
    forger.with_text(ended(&text, (1, 1, 1)))
}

fn behind(forger: &Forger, more: &str) -> Vec<u8> {
    forger.with_text([forger.good_text().as_slice(), more.as_bytes()].concat())
}

/// The true end line.
fn last_line(forger: &Forger) -> String {
    let text = String::from_utf8(forger.good_text()).expect("the good text is text");
    text[forger.lines().concat().len()..].to_owned()
}

fn have(forger: &Forger, upto: &str) -> Vec<u8> {
    forger.lines_as_text(|text| {
        text.replacen("\"upto\":1", upto, 1).replace(",\"above\":[[5,6]]", "").replace("\"above\":[[5,6]],", "")
    })
}

fn nested(forger: &Forger, place: &str, depth: usize) -> Vec<u8> {
    forger.text_with(place, &("[".repeat(depth) + &"]".repeat(depth)))
}

/// Bytes that are no text, and an end line that is true of them.
fn odd_bytes(forger: &Forger, place: &str, odd: &[u8]) -> Vec<u8> {
    let text = forger.lines().concat();
    let (head, tail) = text.split_once(place).expect("the place is in the text");
    let text = [head.as_bytes(), odd, tail.as_bytes()].concat();
    let digest = blake3::hash(&text).to_hex();
    let end = format!("{{\"end\":{{\"entries\":1,\"groups\":1,\"seals\":1,\"blake3\":\"{digest}\"}}}}\n");
    forger.with_text([text.as_slice(), end.as_bytes()].concat())
}

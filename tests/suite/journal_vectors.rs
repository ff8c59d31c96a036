//! Golden entries: ids, chains and seals are pinned byte for byte, because a journal outlives every program that reads it.
//! The values under `vectors/journal` come from a second program; see the README there.

use redress_journal::{Body, Chain, Change, Draft, EntryId, LogId, Seal, Signature, SigningKey, entry_id};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

const LINES: &str = include_str!("../vectors/journal/entries.jsonl");
const COMPLAINT: Uuid = Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_000c);
const OPERATOR: Uuid = Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_00f1);

#[derive(Deserialize)]
struct Golden {
    what: String,
    #[serde(flatten)]
    log: LogId,
    seq: u64,
    body: String,
    id: EntryId,
    chain: Chain,
    seal: Signature,
}

impl Golden {
    fn seal(&self) -> Seal {
        Seal { log: self.log, seq: self.seq, chain: self.chain, signature: self.seal }
    }
}

fn golden() -> Vec<Golden> {
    LINES.lines().map(|line| serde_json::from_str(line).expect("the vectors are well formed")).collect()
}

fn key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

fn flipped(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[bit / 8] ^= 1 << (bit % 8);
    bytes
}

#[test]
fn every_golden_entry_has_its_id() {
    for line in golden() {
        assert_eq!(entry_id(&line.log, line.seq, line.body.as_bytes()), line.id, "{}", line.what);
    }
}

#[test]
fn every_golden_log_has_its_chain() {
    let mut before: Option<(LogId, Chain)> = None;
    for line in golden() {
        let chain = before.filter(|(log, _)| *log == line.log).map_or(Chain::start(&line.log), |(_, chain)| chain);
        let chain = chain.next(&line.id);
        assert_eq!(chain, line.chain, "{}", line.what);
        before = Some((line.log, chain));
    }
}

#[test]
fn every_golden_head_has_its_seal() {
    for line in golden() {
        assert_eq!(Seal::sign(&key(), line.log, line.seq, line.chain), line.seal(), "{}", line.what);
        assert!(line.seal().verify(&key().verifying_key()), "{}", line.what);
    }
}

#[test]
fn a_seal_holds_for_nothing_but_what_it_signed() {
    let (line, verifier) = (&golden()[0], key().verifying_key());
    let seal = line.seal();
    let other_log = LogId { epoch: Uuid::from_u128(1), ..line.log };
    let altered = [
        ("log", Seal { log: other_log, ..seal }),
        ("number", Seal { seq: line.seq + 1, ..seal }),
        ("chain", Seal { chain: Chain::start(&line.log), ..seal }),
    ];
    for (what, seal) in altered {
        assert!(!seal.verify(&verifier), "{what}");
    }
    assert!(!seal.verify(&SigningKey::from_seed(&[8; 32]).verifying_key()), "another key");
    for bit in 0..512 {
        let bytes = flipped(&seal.signature.to_bytes(), bit).try_into().expect("64 bytes stay 64");
        let forged = Seal { signature: Signature::from_bytes(bytes).expect("any 64 bytes"), ..seal };
        assert!(!forged.verify(&verifier), "bit {bit}");
    }
}

#[test]
fn a_signature_for_one_purpose_is_worth_nothing_for_another() {
    let signature = key().sign("redress seal v1", b"message");
    assert!(key().verifying_key().verify("redress seal v1", b"message", &signature));
    assert!(!key().verifying_key().verify("redress header v1", b"message", &signature));
    assert!(!key().verifying_key().verify("redress seal", b" v1\0message", &signature));
}

#[test]
fn one_changed_bit_of_place_or_body_is_another_entry() {
    let line = &golden()[0];
    let body = line.body.as_bytes();
    for bit in 0..body.len() * 8 {
        assert_ne!(entry_id(&line.log, line.seq, &flipped(body, bit)), line.id, "body, bit {bit}");
    }
    for bit in 0..64 {
        assert_ne!(entry_id(&line.log, line.seq ^ (1 << bit), body), line.id, "number, bit {bit}");
    }
    let id = |uuid: Uuid, bit| Uuid::from_slice(&flipped(uuid.as_bytes(), bit)).expect("16 bytes stay 16");
    for bit in 0..128 {
        let logs = [
            LogId { device: id(line.log.device, bit), ..line.log },
            LogId { epoch: id(line.log.epoch, bit), ..line.log },
            LogId { office: id(line.log.office, bit), ..line.log },
        ];
        assert!(logs.iter().all(|log| entry_id(log, line.seq, body) != line.id), "place, bit {bit}");
    }
}

fn fields(json: Value) -> Change {
    Change::Set(json.as_object().cloned().unwrap_or_else(Map::new))
}

fn draft(was: &[&Golden], change: Change) -> Draft {
    Draft {
        kind: "complaint",
        id: COMPLAINT,
        was: was.iter().map(|line| line.id).collect(),
        change,
        op: OPERATOR,
        at: "2026-03-02T09:15:00+08:00".into(),
    }
}

#[test]
fn what_the_program_writes_is_byte_for_byte_what_it_wrote_at_first() {
    let line = golden();
    let new =
        json!({"facts": "缺斤少两，要求“退一赔三”\n", "goods_name": "玉米种子", "dispute_fen": 12800, "urgent": true});
    let table = [
        (0, draft(&[], fields(new))),
        (1, draft(&[&line[0]], fields(json!({"facts": "出苗率低", "dispute_fen": null})))),
        (3, draft(&[&line[1]], Change::Withdraw("重复登记".into()))),
        (4, draft(&[&line[3]], Change::Restore("不是同一件事".into()))),
        (5, draft(&[&line[1], &line[4]], fields(json!({"facts": "以县里为准"})))),
    ];
    for (at, draft) in table {
        let written = String::from_utf8(draft.to_body()).expect("JSON is UTF-8");
        assert_eq!(written, line[at].body, "{}", line[at].what);
    }
}

#[test]
fn what_was_written_is_read_back_as_it_was_meant() {
    let line = golden();
    let read = |at: usize| Body::read(line[at].body.as_bytes()).expect("a body");
    assert_eq!((read(0).kind.as_ref(), read(0).id, read(0).op), ("complaint", COMPLAINT, OPERATOR));
    assert_eq!(read(1).was, [line[0].id]);
    assert_eq!(read(3).withdraw.as_deref(), Some("重复登记"));
    assert_eq!(read(3).set_text(), "{}");
    assert_eq!(read(4).restore.as_deref(), Some("不是同一件事"));
    assert_eq!(read(5).was, [line[1].id, line[4].id]);
}

#[test]
fn a_newer_body_is_read_but_not_understood_and_rubbish_is_neither() {
    let line = golden();
    let newer = line.iter().find(|line| line.what.contains("newer")).expect("there is one");
    assert!(!Body::read(newer.body.as_bytes()).expect("its envelope can be read").is_understood());
    for rubbish in ["", "not JSON", "[]", "{}", r#"{"v":1}"#, "{\"v\":1,\"kind\":\"\u{0}"] {
        assert!(Body::read(rubbish.as_bytes()).is_err(), "{rubbish:?}");
    }
    let long = format!("{{\"v\":1,\"pad\":\"{}\"}}", "x".repeat(redress_journal::entry::BODY_BYTES_MAX));
    assert_eq!(Body::read(long.as_bytes()).err(), Some(redress_journal::BodyError::TooLong));
}

#[test]
fn ids_are_read_from_either_case_and_refused_at_any_other_length() {
    let line = &golden()[0];
    let text = line.id.to_string();
    assert_eq!(text.to_uppercase().parse(), Ok(line.id));
    for wrong in [&text[1..], "", "g", &format!("{text}0"), &format!("{}é", &text[2..])] {
        assert!(wrong.parse::<EntryId>().is_err(), "{wrong}");
    }
}

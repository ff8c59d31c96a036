//! Makes bundles by hand, layer by layer, as FORMAT.md says and without the writer's help: so that the page and the code
//! cannot err together, and so that each layer can be wrong while everything around it is right.

use age::x25519::{Identity, Recipient};
use redress_bundle::{Destination, GroupHead, HeaderFields, Hex, Origin, key_id};
use redress_journal::{Chain, LogId, Seal, SigningKey, entry_id};
use serde_json::{Value, json};
use uuid::Uuid;

/// Who writes, for whom.
pub struct Forger {
    /// Office, device, epoch.
    pub from: Origin,
    /// The office that it is for.
    pub to: Uuid,
    /// Number of the bundle.
    pub number: u64,
    /// The device's key.
    pub key: SigningKey,
    /// The key that it is encrypted to.
    pub reader: Recipient,
}

/// An entry that every reader takes.
const BODY: &str = r#"{"v":1,"kind":"complaint","id":"01900000-0000-7000-8000-00000000000a","set":{"facts":"缺斤少两","amount_fen":12800},"op":"01900000-0000-7000-8000-0000000000ff","at":"2026-03-15T09:30:00+08:00"}"#;

impl Forger {
    /// The one whose bundles stand in `vectors/bundle`: always the same keys.
    pub fn of_vectors() -> (Self, Identity) {
        let identity: Identity = include_str!("../../vectors/bundle/good-small.key").trim().parse().expect("a key");
        let office = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);
        let forger = Self {
            from: Origin { office, device: Uuid::from_u128(0xd1), epoch: Uuid::from_u128(0xe1) },
            to: Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0002),
            number: 3,
            key: SigningKey::from_seed(&[7; 32]),
            reader: identity.to_public(),
        };
        (forger, identity)
    }

    /// The forger's own log.
    pub fn log(&self) -> LogId {
        LogId { device: self.from.device, epoch: self.from.epoch, office: self.from.office }
    }

    /// What a true header says before these bytes.
    pub fn fields(&self, rest: &[u8]) -> HeaderFields {
        HeaderFields {
            redress: 1,
            suite: "ed25519-x25519-blake3-zstd".to_owned(),
            from: self.from,
            number: self.number,
            to: Destination { office: self.to },
            keys: vec![key_id(&self.reader)],
            size: rest.len() as u64,
            blake3: Hex(*blake3::hash(rest).as_bytes()),
            created_at: "2026-03-15T09:30:00+08:00".to_owned(),
            sender_key: self.key.verifying_key(),
            join: None,
            succeeds: None,
            certificate: None,
            part: None,
        }
    }

    /// The header's line: these bytes of JSON with the signature over them.
    pub fn sign(&self, signed: &str) -> String {
        let signature = self.key.sign("redress bundle v1", signed.as_bytes());
        let open = signed.strip_suffix('}').expect("an object");
        format!("{open},\"signature\":\"{signature}\"}}")
    }

    /// Signs these header fields and puts the rest behind them.
    pub fn signed(&self, fields: &HeaderFields, rest: &[u8]) -> Vec<u8> {
        page(&self.sign(&text_of(fields)), rest)
    }

    /// A bundle whose header has one place changed before it was signed.
    pub fn header_with(&self, from: &str, to: &str) -> Vec<u8> {
        let rest = self.encrypt(&pack(&self.good_text()));
        page(&self.sign(&changed(&text_of(&self.fields(&rest)), from, to)), &rest)
    }

    /// A bundle whose header has one place changed after it was signed.
    pub fn header_after_signing(&self, from: &str, to: &str) -> Vec<u8> {
        let rest = self.encrypt(&pack(&self.good_text()));
        page(&changed(&self.sign(&text_of(&self.fields(&rest))), from, to), &rest)
    }

    /// A bundle with a good signature and any bytes behind the header.
    pub fn with_rest(&self, rest: &[u8]) -> Vec<u8> {
        self.signed(&self.fields(rest), rest)
    }

    /// An age file for the reader.
    pub fn encrypt(&self, plain: &[u8]) -> Vec<u8> {
        age::encrypt(&self.reader, plain).expect("encrypting into memory")
    }

    /// A bundle with any compressed bytes inside.
    pub fn with_packed(&self, packed: &[u8]) -> Vec<u8> {
        self.with_rest(&self.encrypt(packed))
    }

    /// A bundle with any text inside.
    pub fn with_text(&self, text: impl AsRef<[u8]>) -> Vec<u8> {
        self.with_packed(&pack(text.as_ref()))
    }

    /// A text with a line of each kind, all of it true, and its end.
    pub fn good_text(&self) -> Vec<u8> {
        ended(&self.lines().concat(), (1, 1, 1))
    }

    /// The good text, with one place changed before its true end line was made.
    pub fn text_with(&self, from: &str, to: &str) -> Vec<u8> {
        self.with_text(ended(&changed(&self.lines().concat(), from, to), (1, 1, 1)))
    }

    /// The good text with its lines arranged anew; all counts stay what they are.
    pub fn lines_as(&self, arrange: impl Fn(&[String; 5]) -> Vec<&String>) -> Vec<u8> {
        let lines = self.lines();
        self.with_text(ended(&arrange(&lines).into_iter().cloned().collect::<String>(), (1, 1, 1)))
    }

    /// Manifest, group, entry, seal, and a line of another kind.
    pub fn lines(&self) -> [String; 5] {
        let log = self.log();
        let start = Chain::start(&log);
        let chain = start.next(&entry_id(&log, 1, BODY.as_bytes()));
        let manifest = self.manifest_of(&self.have(), (1, 1));
        let group = json_line("group", &GroupHead { log, from: 1, prev: start, count: 1 });
        let seal = json_line("seal", &Seal::sign(&self.key, log, 1, chain));
        [manifest, group, format!("{BODY}\n"), seal, "{\"other\":{\"x\":[1,2]}}\n".to_owned()]
    }

    /// A manifest with this `have` and promise of entries and groups.
    pub fn manifest_of(&self, have: &Value, (entries, groups): (u64, u64)) -> String {
        let outcome = json!({"log": self.log(), "seq": 2, "outcome": "waiting", "reason": "predecessor"});
        let manifest = json!({
            "have": have, "entries": entries, "groups": groups, "outcomes": [outcome], "program": "0.1.0",
            "understands": {"format": 1, "entry": 1}, "seen": [{"device": Uuid::from_u128(0xd2), "number": 7}],
            "totals": {"complaints": 1},
        });
        json_line("manifest", &manifest)
    }

    /// Entry 1 of the log, and 5 to 6 above a hole.
    pub fn have(&self) -> Value {
        let mut line = json!(self.log());
        line["upto"] = 1.into();
        line["above"] = json!([[5, 6]]);
        json!([line])
    }

    /// A text whose manifest promises so much, with these lines and a true end behind it.
    pub fn text_of(&self, (entries, groups): (u64, u64), lines: &str) -> Vec<u8> {
        self.with_text(ended(&(self.manifest_of(&json!([]), (entries, groups)) + lines), (entries, groups, 0)))
    }
}

/// A control line.
pub fn json_line(kind: &str, value: &impl serde::Serialize) -> String {
    format!("{{\"{kind}\":{}}}\n", serde_json::to_string(value).expect("plain values serialise"))
}

/// Puts a true end line behind some text.
pub fn ended(text: &str, (entries, groups, seals): (u64, u64, u64)) -> Vec<u8> {
    let digest = blake3::hash(text.as_bytes()).to_hex();
    let end = json!({"entries": entries, "groups": groups, "seals": seals, "blake3": digest.as_str()});
    (text.to_owned() + &json_line("end", &end)).into_bytes()
}

/// Exactly one frame of zstd.
pub fn pack(text: &[u8]) -> Vec<u8> {
    zstd::encode_all(text, 3).expect("compressing into memory")
}

/// The header's page with the rest behind it.
pub fn page(line: &str, rest: &[u8]) -> Vec<u8> {
    [format!("{line:<4095}\n").as_bytes(), rest].concat()
}

fn text_of(fields: &HeaderFields) -> String {
    serde_json::to_string(fields).expect("header fields serialise")
}

/// The first place changed; a table with a mistake in it is told at once.
fn changed(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from} is not in {text}");
    text.replacen(from, to, 1)
}

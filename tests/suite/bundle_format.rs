//! The bundle file, against FORMAT.md: what is written is read back, and whatever is cut, flipped, forged or too big is refused.
//! Forged bundles are made here by hand, so that the page and the code cannot err together.

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use age::secrecy::ExposeSecret;
use age::x25519::Identity;
use redress_bundle::{
    BundleError, CarriedEntry, Destination, GroupHead, Header, HeaderFields, Hex, JoinRequest, LastSeen, Manifest,
    Meta, Origin, Outcome, OutcomeKind, PayloadWriter, ReadError, Sink, Summary, WriteError, Written, key_id, limits,
    read, verify_rest, write,
};
use redress_journal::{Chain, LogId, Seal, SigningKey, entry_id};
use serde_json::{Value, json};
use uuid::Uuid;

const STATION: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);
const COUNTY: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0002);
const LOG: LogId = LogId { device: Uuid::from_u128(0xd1), epoch: Uuid::from_u128(0xe1), office: STATION };
const RELAYED: LogId = LogId { device: Uuid::from_u128(0xd2), epoch: Uuid::from_u128(0xe2), office: STATION };
const BODIES: [&str; 3] = [
    r#"{"v":1,"kind":"complaint","id":"01900000-0000-7000-8000-00000000000a","set":{"facts":"缺斤少两","amount_fen":12800}}"#,
    r#"{"v":1,"kind":"step","id":"01900000-0000-7000-8000-00000000000b","set":{"at":[{"a":[1,2]}],"text":"\"}{"}}"#,
    r#"{"v":9,  "kind":"from a newer program","unknown":null}"#,
];

fn sender() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

fn origin() -> Origin {
    Origin { office: STATION, device: LOG.device, epoch: LOG.epoch }
}

fn meta<'a>(key: &'a SigningKey, recipients: &'a [age::x25519::Recipient]) -> Meta<'a> {
    Meta {
        from: origin(),
        number: 3,
        to: Destination { office: COUNTY },
        created_at: "2026-03-15T09:30:00+08:00".to_owned(),
        join: None,
        succeeds: None,
        certificate: None,
        part: None,
        recipients,
        key,
    }
}

fn manifest() -> Manifest {
    let mut manifest = Manifest { entries: 4, groups: 2, program: "0.1.0".to_owned(), ..Manifest::default() };
    manifest.have.insert(LOG, 1, 3);
    manifest.have.insert(RELAYED, 5, 5);
    let reason = "entry_unreadable".to_owned();
    manifest.outcomes.push(Outcome { log: RELAYED, seq: 2, outcome: OutcomeKind::Quarantined, reason });
    manifest.seen = vec![LastSeen { device: RELAYED.device, number: 12 }];
    manifest.totals.insert("complaints".to_owned(), 1);
    manifest
}

/// The chain after each of the three bodies in the first log.
fn chains() -> Vec<Chain> {
    let mut chain = Chain::start(&LOG);
    let numbered = BODIES.iter().zip(1..);
    numbered
        .map(|(body, seq)| {
            chain = chain.next(&entry_id(&LOG, seq, body.as_bytes()));
            chain
        })
        .collect()
}

fn seal() -> Seal {
    Seal::sign(&sender(), LOG, 3, chains()[2])
}

fn relayed_head() -> GroupHead {
    GroupHead { log: RELAYED, from: 5, prev: Chain([9; 32]), count: 1 }
}

fn fill(payload: &mut PayloadWriter<'_>) -> Result<(), WriteError> {
    payload.manifest(&manifest())?;
    payload.group(&GroupHead { log: LOG, from: 1, prev: Chain::start(&LOG), count: 3 })?;
    for body in BODIES {
        payload.entry(body.as_bytes())?;
    }
    payload.group(&relayed_head())?;
    payload.entry(BODIES[0].as_bytes())?;
    payload.seal(&seal())
}

fn small_bundle(identity: &Identity) -> (Written, Vec<u8>) {
    let mut file = Cursor::new(Vec::new());
    let written =
        write(&mut file, &meta(&sender(), &[identity.to_public()]), fill).expect("the sample is within all limits");
    (written, file.into_inner())
}

/// Writes down everything that comes out of a bundle.
#[derive(Default)]
struct Notes {
    manifests: Vec<Manifest>,
    heads: Vec<GroupHead>,
    entries: Vec<(LogId, u64, Chain, Vec<u8>)>,
    ends: Vec<(LogId, u64, Chain)>,
    seals: Vec<Seal>,
    stop_at_entry: Option<u64>,
}

#[derive(Debug, PartialEq)]
struct Stopped;

impl Sink for Notes {
    type Error = Stopped;

    fn manifest(&mut self, manifest: Manifest) -> Result<(), Stopped> {
        self.manifests.push(manifest);
        Ok(())
    }

    fn group(&mut self, head: &GroupHead) -> Result<(), Stopped> {
        self.heads.push(*head);
        Ok(())
    }

    fn entry(&mut self, entry: &CarriedEntry<'_>) -> Result<(), Stopped> {
        assert_eq!(entry.id, entry_id(entry.log, entry.seq, entry.body));
        self.entries.push((*entry.log, entry.seq, entry.chain, entry.body.to_vec()));
        if self.stop_at_entry == Some(entry.seq) { Err(Stopped) } else { Ok(()) }
    }

    fn group_end(&mut self, log: &LogId, last: u64, chain: &Chain) -> Result<(), Stopped> {
        self.ends.push((*log, last, *chain));
        Ok(())
    }

    fn seal(&mut self, seal: &Seal) -> Result<(), Stopped> {
        self.seals.push(*seal);
        Ok(())
    }
}

/// Everything a reader does with a file, in the order of FORMAT.md.
fn accept(file: &[u8], identity: &Identity, notes: &mut Notes) -> Result<Summary, ReadError<Stopped>> {
    let header = Header::read(&mut &file[..], file.len() as u64)?;
    verify_rest(&header, &mut &file[limits::HEADER_BYTES..])?;
    read(&header, &file[limits::HEADER_BYTES..], std::slice::from_ref(identity), notes)
}

fn refusal(file: &[u8], identity: &Identity) -> BundleError {
    match accept(file, identity, &mut Notes::default()) {
        Ok(_) => panic!("the bundle was accepted"),
        Err(ReadError::Sink(stopped)) => panic!("the sink does not stop: {stopped:?}"),
        Err(ReadError::Bundle(error)) => error,
    }
}

/// Signs these header fields as FORMAT.md says, without the writer's help, and puts the rest behind them.
fn signed_file(fields: &HeaderFields, rest: &[u8]) -> Vec<u8> {
    let signed = serde_json::to_string(fields).expect("header fields serialise");
    let signature = sender().sign("redress bundle v1", signed.as_bytes());
    let open = signed.strip_suffix('}').expect("an object");
    let mut file = format!("{:<4095}\n", format!("{open},\"signature\":\"{signature}\"}}")).into_bytes();
    file.extend_from_slice(rest);
    file
}

fn forge_fields(identity: &Identity, rest: &[u8]) -> HeaderFields {
    HeaderFields {
        redress: 1,
        suite: "ed25519-x25519-blake3-zstd".to_owned(),
        from: origin(),
        number: 3,
        to: Destination { office: COUNTY },
        keys: vec![key_id(&identity.to_public())],
        size: rest.len() as u64,
        blake3: Hex(*blake3::hash(rest).as_bytes()),
        created_at: "2026-03-15T09:30:00+08:00".to_owned(),
        sender_key: sender().verifying_key(),
        join: None,
        succeeds: None,
        certificate: None,
        part: None,
    }
}

fn encrypt(identity: &Identity, plain: &[u8]) -> Vec<u8> {
    age::encrypt(&identity.to_public(), plain).expect("encrypting into memory")
}

/// A bundle with a good signature and any compressed bytes inside.
fn forge_packed(identity: &Identity, packed: &[u8]) -> Vec<u8> {
    let rest = encrypt(identity, packed);
    signed_file(&forge_fields(identity, &rest), &rest)
}

/// A bundle with a good signature and any text inside.
fn forge(identity: &Identity, text: &[u8]) -> Vec<u8> {
    forge_packed(identity, &zstd::encode_all(text, 3).expect("compressing into memory"))
}

/// Puts a true end line behind some text.
fn ended(text: &str, entries: u64, groups: u64, seals: u64) -> Vec<u8> {
    let digest = blake3::hash(text.as_bytes()).to_hex();
    let end = json!({"end": {"entries": entries, "groups": groups, "seals": seals, "blake3": digest.as_str()}});
    format!("{text}{end}\n").into_bytes()
}

fn manifest_line(entries: u64, groups: u64) -> String {
    format!("{}\n", json!({"manifest": {"have": [], "entries": entries, "groups": groups, "a newer field": [1]}}))
}

fn group_line(from: u64, prev: &Chain, count: u64) -> String {
    let head = GroupHead { log: LOG, from, prev: *prev, count };
    format!("{{\"group\":{}}}\n", serde_json::to_string(&head).expect("a group head serialises"))
}

/// The text inside a bundle.
fn text_of(file: &[u8], identity: &Identity) -> Vec<u8> {
    let packed = age::decrypt(identity, &file[limits::HEADER_BYTES..]).expect("the bundle is for this key");
    zstd::decode_all(packed.as_slice()).expect("the bundle is whole")
}

#[test]
fn what_is_written_is_read_back_byte_for_byte() {
    let identity = Identity::generate();
    let (written, file) = small_bundle(&identity);
    let mut notes = Notes::default();
    let summary = accept(&file, &identity, &mut notes).unwrap();

    assert_eq!(summary, Summary { entries: 4, groups: 2, seals: 1, ..Summary::default() });
    assert_eq!((written.entries, written.size_bytes), (4, file.len() as u64));
    assert_eq!(notes.manifests, [manifest()]);
    let chains = chains();
    for (at, body) in BODIES.iter().enumerate() {
        assert_eq!(notes.entries[at], (LOG, at as u64 + 1, chains[at], body.as_bytes().to_vec()));
    }
    assert_eq!(notes.heads[1], relayed_head());
    let relayed_chain = relayed_head().prev.next(&entry_id(&RELAYED, 5, BODIES[0].as_bytes()));
    assert_eq!(notes.ends, [(LOG, 3, chains[2]), (RELAYED, 5, relayed_chain)]);
    assert_eq!(notes.seals, [seal()]);
    assert!(notes.seals[0].verify(&sender().verifying_key()));
}

#[test]
fn the_header_says_who_sends_what_to_whom_and_both_sides_show_the_same_code() {
    let identity = Identity::generate();
    let (written, file) = small_bundle(&identity);
    let header = Header::read(&mut file.as_slice(), file.len() as u64).unwrap();

    assert_eq!(header, written.header);
    assert_eq!((header.from, header.to.office, header.number), (origin(), COUNTY, 3));
    assert_eq!(header.sender_key, sender().verifying_key());
    assert!(header.names_a_key_of(&[identity]));
    assert!(!header.names_a_key_of(&[Identity::generate()]));
    assert_eq!(header.compare_code(), written.header.compare_code());
    assert_eq!(header.compare_code().len(), 9);
    assert_eq!((&file[..13], file[4095]), (b"{\"redress\":1,".as_slice(), b'\n'));
}

#[test]
fn a_header_made_by_hand_as_the_page_says_is_accepted_also_with_a_newer_field() {
    let identity = Identity::generate();
    let rest = encrypt(&identity, &zstd::encode_all(ended(&manifest_line(0, 0), 0, 0, 0).as_slice(), 3).unwrap());
    let mut fields = serde_json::to_value(forge_fields(&identity, &rest)).unwrap();
    assert!(accept(&signed_file(&forge_fields(&identity, &rest), &rest), &identity, &mut Notes::default()).is_ok());

    fields["newer"] = json!({"a": 1});
    let redress = fields.as_object_mut().unwrap().remove("redress").unwrap();
    let signed = format!("{{\"redress\":{redress},{}", &fields.to_string()[1..]);
    let signature = sender().sign("redress bundle v1", signed.as_bytes());
    let line = format!("{},\"signature\":\"{signature}\"}}", signed.strip_suffix('}').unwrap());
    let file = [format!("{line:<4095}\n").as_bytes(), &rest].concat();
    assert!(accept(&file, &identity, &mut Notes::default()).is_ok());
}

/// Hard case I.10: any byte flipped in a bundle, refused.
#[test]
fn every_flipped_byte_is_refused() {
    let identity = Identity::generate();
    let (_, mut file) = small_bundle(&identity);
    for at in 0..file.len() {
        for bit in [0x01, 0x20, 0x80] {
            file[at] ^= bit;
            let error = refusal(&file, &identity);
            let expected: &[&str] = match at {
                0..11 => &["not_a_bundle"],
                11..4096 => &["bundle_damaged", "bundle_signature", "bundle_newer"],
                _ => &["bundle_damaged"],
            };
            assert!(expected.contains(&error.code()), "byte {at}: {error}");
            file[at] ^= bit;
        }
    }
}

/// Hard cases 30 and I.10: any byte cut from a bundle, refused, with the numbers to say so.
#[test]
fn every_cut_length_is_refused_as_incomplete() {
    let identity = Identity::generate();
    let (_, file) = small_bundle(&identity);
    for length in 0..file.len() {
        let full = if length < 4096 { 4096 } else { file.len() as u64 };
        match refusal(&file[..length], &identity) {
            BundleError::Truncated { have, want } => assert_eq!((have, want), (length as u64, full)),
            other => panic!("cut at {length}: {other}"),
        }
    }
}

#[test]
fn content_changed_after_it_was_verified_is_still_refused() {
    let identity = Identity::generate();
    let (written, file) = small_bundle(&identity);
    let rest = &file[limits::HEADER_BYTES..];
    let read_rest = |rest: &[u8]| read(&written.header, rest, std::slice::from_ref(&identity), &mut Notes::default());
    for at in 0..rest.len() {
        let mut flipped = rest.to_vec();
        flipped[at] ^= 1;
        assert!(read_rest(&flipped).is_err(), "byte {at}");
        assert!(read_rest(&rest[..at]).is_err(), "cut at {at}");
    }
    assert!(read_rest(&[rest, b"x"].concat()).is_err());
}

#[test]
fn a_byte_too_many_is_refused_in_the_file_and_in_the_stream() {
    let identity = Identity::generate();
    let (written, mut file) = small_bundle(&identity);
    file.push(0);
    assert!(matches!(refusal(&file, &identity), BundleError::TooLong { .. }));
    let rest = verify_rest(&written.header, &mut &file[limits::HEADER_BYTES..]);
    assert!(matches!(rest, Err(BundleError::TooLong { .. })));
}

#[test]
fn a_flipped_byte_of_the_text_itself_is_refused_although_everything_around_it_is_good() {
    let identity = Identity::generate();
    let text = text_of(&small_bundle(&identity).1, &identity);
    for at in 0..text.len() {
        let mut flipped = text.clone();
        flipped[at] ^= 1;
        refusal(&forge(&identity, &flipped), &identity);
    }
    accept(&forge(&identity, &text), &identity, &mut Notes::default()).unwrap();
}

/// Hard case 75: the signature covers sender, receiver, number and content.
#[test]
fn a_header_of_another_bundle_or_with_a_changed_field_is_refused() {
    let identity = Identity::generate();
    let (_, one) = small_bundle(&identity);
    let (_, two) = small_bundle(&identity);
    let swapped = [&one[..4096], &two[4096..]].concat();
    let error = refusal(&swapped, &identity);
    assert!(matches!(error, BundleError::ContentDamaged | BundleError::TooLong { .. } | BundleError::Truncated { .. }));

    let text = String::from_utf8(one[..4096].to_vec()).unwrap();
    for (from, to) in [
        ("\"number\":3", "\"number\":4".to_owned()),
        (&COUNTY.to_string(), RELAYED.office.to_string()),
        ("2026-03-15", "2026-03-16".to_owned()),
    ] {
        let changed = [text.replace(from, &to).as_bytes(), &one[4096..]].concat();
        assert!(matches!(refusal(&changed, &identity), BundleError::BadSignature), "{from}");
    }
}

/// Hard case 46: said in words, before anything else is looked at.
#[test]
fn a_newer_format_is_told_before_its_form_or_signature_is_looked_at() {
    let identity = Identity::generate();
    let file = format!("{:<4095}\n anything", "{\"redress\":2,\"quite\":[\"different\"]}");
    assert!(matches!(refusal(file.as_bytes(), &identity), BundleError::NewerFormat { version: 2 }));
    for odd in
        ["{\"redress\":01,", "{\"redress\":0,", "{\"redress\":-1,", "{\"redress\":99999999999,", "{\"redress\":1}"]
    {
        assert_eq!(refusal(format!("{odd:<4095}\n").as_bytes(), &identity).code(), "bundle_damaged", "{odd}");
    }
}

/// Hard cases 39 and 45: holiday photos and empty files on the same stick.
#[test]
fn a_file_of_another_kind_is_told_from_a_damaged_bundle() {
    let identity = Identity::generate();
    assert_eq!(refusal(&[0xff; 9000], &identity).code(), "not_a_bundle");
    assert_eq!(refusal(b"PK\x03\x04", &identity).code(), "not_a_bundle");
    assert_eq!(refusal(b"", &identity).code(), "bundle_truncated");
}

#[test]
fn a_bundle_opens_for_each_of_its_recipients_and_for_nobody_else() {
    let (county, escrow) = (Identity::generate(), Identity::generate());
    let mut file = Cursor::new(Vec::new());
    write(&mut file, &meta(&sender(), &[county.to_public(), escrow.to_public()]), fill).unwrap();
    for identity in [&county, &escrow] {
        assert_eq!(accept(file.get_ref(), identity, &mut Notes::default()).unwrap().entries, 4);
    }
    assert!(matches!(refusal(file.get_ref(), &Identity::generate()), BundleError::NotForUs));
}

#[test]
fn as_many_recipients_as_allowed_fit_into_both_headers() {
    let identities: Vec<Identity> = (0..limits::RECIPIENTS_MAX).map(|_| Identity::generate()).collect();
    let (key, own) = (sender(), Identity::generate().to_public());
    let recipients: Vec<_> = identities.iter().map(Identity::to_public).collect();
    let request = JoinRequest { invitation: Uuid::from_u128(1), secret: &[5; 32], ticket: None, recipient: &own };
    let mut file = Cursor::new(Vec::new());
    write(&mut file, &Meta { join: Some(request), ..meta(&key, &recipients) }, fill).unwrap();
    accept(file.get_ref(), &identities[limits::RECIPIENTS_MAX - 1], &mut Notes::default()).unwrap();

    let one_more = [recipients.as_slice(), &[own]].concat();
    let error = write(&mut Cursor::new(Vec::new()), &meta(&key, &one_more), fill).unwrap_err();
    assert!(matches!(error, WriteError::Limit { which: "recipients" }));
}

#[test]
fn a_request_to_join_is_proven_by_the_secret_of_its_invitation_only() {
    let identity = Identity::generate();
    let (key, own) = (sender(), Identity::generate().to_public());
    let recipients = [identity.to_public()];
    let request = JoinRequest { invitation: Uuid::from_u128(1), secret: &[5; 32], ticket: None, recipient: &own };
    let mut file = Cursor::new(Vec::new());
    write(&mut file, &Meta { join: Some(request), ..meta(&key, &recipients) }, fill).unwrap();
    let file = file.into_inner();
    let header = Header::read(&mut file.as_slice(), file.len() as u64).unwrap();

    assert_eq!(header.join.as_ref().unwrap().recipient, own.to_string());
    assert!(header.join_is_proven_by(&[5; 32]));
    assert!(!header.join_is_proven_by(&[6; 32]));
    assert!(!small_bundle(&identity).0.header.join_is_proven_by(&[5; 32]));
}

/// Hard case 70: one bad record does not stop the others.
#[test]
fn an_entry_that_means_nothing_is_handed_on_as_it_is() {
    let identity = Identity::generate();
    let text = manifest_line(1, 1) + &group_line(1, &Chain::start(&LOG), 1) + "{not JSON at all}\n";
    let mut notes = Notes::default();
    accept(&forge(&identity, &ended(&text, 1, 1, 0)), &identity, &mut notes).unwrap();
    assert_eq!(notes.entries[0].3, b"{not JSON at all}");
}

#[test]
fn an_entry_that_looks_like_a_control_line_is_an_entry() {
    let identity = Identity::generate();
    let body = "{\"end\":{\"entries\":0,\"groups\":0,\"seals\":0,\"blake3\":\"\"}}";
    let text = format!("{}{}{body}\n", manifest_line(1, 1), group_line(1, &Chain::start(&LOG), 1));
    let summary = accept(&forge(&identity, &ended(&text, 1, 1, 0)), &identity, &mut Notes::default()).unwrap();
    assert_eq!(summary.entries, 1);
}

/// Hard case 46: what a later version adds behind the seals does not stop an older reader.
#[test]
fn attachments_and_unknown_lines_behind_the_seals_are_skipped_and_counted() {
    let identity = Identity::generate();
    let text =
        manifest_line(0, 0) + "{\"attachment\":{\"blake3\":\"00\",\"bytes\":\"AAAA\"}}\n{\"from the future\":1}\n";
    let summary = accept(&forge(&identity, &ended(&text, 0, 0, 0)), &identity, &mut Notes::default()).unwrap();
    assert_eq!(summary, Summary { skipped: 2, ..Summary::default() });
}

/// Hard case 74, the grammar: who holds a good key can still send nonsense.
#[test]
fn a_text_that_breaks_the_grammar_is_refused() {
    let identity = Identity::generate();
    let start = Chain::start(&LOG);
    let seal = format!("{{\"seal\":{}}}\n", serde_json::to_string(&seal()).unwrap());
    let one = |group: String| manifest_line(1, 1) + &group + "{}\n";
    let deep = format!("{{\"x\":{}{}}}\n", "[".repeat(16), "]".repeat(16));
    let good = ended(&manifest_line(0, 0), 0, 0, 0);
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", Vec::new(), "bundle_format"),
        ("no manifest", ended("", 0, 0, 0), "bundle_format"),
        ("two manifests", ended(&manifest_line(0, 0).repeat(2), 1, 0, 0), "bundle_format"),
        ("no end", manifest_line(0, 0).into_bytes(), "bundle_format"),
        ("end without line feed", good[..good.len() - 1].to_vec(), "bundle_format"),
        ("something behind the end", [&good, b"{}\n".as_slice()].concat(), "bundle_format"),
        ("an empty line behind the end", [&good, b"\n".as_slice()].concat(), "bundle_format"),
        ("wrong count at the end", ended(&one(group_line(1, &start, 1)), 2, 1, 0), "bundle_format"),
        ("fewer than promised", ended(&manifest_line(1, 1), 0, 0, 0), "bundle_format"),
        (
            "more groups than promised",
            ended(&(manifest_line(1, 0) + &group_line(1, &start, 1) + "{}\n"), 1, 1, 0),
            "bundle_format",
        ),
        (
            "more entries than promised",
            ended(&(manifest_line(0, 1) + &group_line(1, &start, 1) + "{}\n"), 1, 1, 0),
            "bundle_format",
        ),
        ("too many promised", ended(&manifest_line(limits::ENTRIES_MAX + 1, 1), 0, 0, 0), "bundle_limit"),
        ("a count that overflows", ended(&one(group_line(2, &start, u64::MAX)), 1, 1, 0), "bundle_format"),
        ("an empty group", ended(&one(group_line(1, &start, 0)), 1, 1, 0), "bundle_format"),
        ("a group from number 0", ended(&one(group_line(0, &start, 1)), 1, 1, 0), "bundle_format"),
        ("a false beginning", ended(&one(group_line(1, &Chain([1; 32]), 1)), 1, 1, 0), "bundle_format"),
        (
            "a group behind seals",
            ended(&(manifest_line(1, 1) + &seal + &group_line(1, &start, 1) + "{}\n"), 1, 1, 1),
            "bundle_format",
        ),
        ("a seal behind others", ended(&(manifest_line(0, 0) + "{\"x\":1}\n" + &seal), 0, 0, 1), "bundle_format"),
        ("nested too deep", ended(&(manifest_line(0, 0) + &deep), 0, 0, 0), "bundle_format"),
        ("a line that is no object", ended(&(manifest_line(0, 0) + "[]\n"), 0, 0, 0), "bundle_format"),
        ("not UTF-8", [manifest_line(0, 0).as_bytes(), b"{\"\xff\":1}\n"].concat(), "bundle_format"),
        (
            "an endless line",
            ended(&format!("{}{{\"x\":\"{}\"}}\n", manifest_line(0, 0), "x".repeat(1 << 20)), 0, 0, 0),
            "bundle_limit",
        ),
    ];
    for (what, text, code) in cases {
        let error = refusal(&forge(&identity, &text), &identity);
        assert_eq!(error.code(), code, "{what}: {error}");
    }
}

/// Hard case 74: bounded decompression.
#[test]
fn a_bomb_is_refused_before_it_fills_anything() {
    let identity = Identity::generate();
    let line = format!("{{\"x\":\"{}\"}}\n", " ".repeat(1_000_000));
    let file = forge(&identity, &ended(&(manifest_line(0, 0) + &line.repeat(40)), 0, 0, 0));
    assert!(file.len() < 20_000);
    assert!(matches!(refusal(&file, &identity), BundleError::Limit { which: "payload" }));
}

#[test]
fn exactly_one_frame_with_an_ordinary_window_is_accepted() {
    let identity = Identity::generate();
    let text = ended(&manifest_line(0, 0), 0, 0, 0);
    let packed = zstd::encode_all(text.as_slice(), 3).unwrap();
    accept(&forge_packed(&identity, &packed), &identity, &mut Notes::default()).unwrap();

    let (first, second) = text.split_at(10);
    let frames = [zstd::encode_all(first, 3).unwrap(), zstd::encode_all(second, 3).unwrap()].concat();
    refusal(&forge_packed(&identity, &frames), &identity);
    refusal(&forge_packed(&identity, &[&packed, b"x".as_slice()].concat()), &identity);
    refusal(
        &forge_packed(&identity, &[packed.clone(), zstd::encode_all(b"".as_slice(), 3).unwrap()].concat()),
        &identity,
    );
    refusal(&forge_packed(&identity, &packed[..packed.len() - 1]), &identity);

    let mut wide = zstd::stream::write::Encoder::new(Vec::new(), 3).unwrap();
    wide.window_log(28).unwrap();
    wide.write_all(&text).unwrap();
    wide.flush().unwrap();
    assert_eq!(refusal(&forge_packed(&identity, &wide.finish().unwrap()), &identity).code(), "bundle_damaged");
}

#[test]
fn an_endless_age_header_is_refused() {
    let identity = Identity::generate();
    for stanzas in ["-> x\nAAAA\n".repeat(20_000), "-> ".to_owned() + &"x".repeat(200_000)] {
        let rest = format!("age-encryption.org/v1\n{stanzas}").into_bytes();
        let file = signed_file(&forge_fields(&identity, &rest), &rest);
        assert!(matches!(refusal(&file, &identity), BundleError::Limit { which: "age_header" }));
    }
    let rest = b"no age file".to_vec();
    assert_eq!(refusal(&signed_file(&forge_fields(&identity, &rest), &rest), &identity).code(), "bundle_damaged");
}

#[test]
fn a_header_with_impossible_fields_is_refused_although_it_is_signed() {
    let identity = Identity::generate();
    let fields = forge_fields(&identity, b"");
    for impossible in [
        HeaderFields { suite: "none".to_owned(), ..fields.clone() },
        HeaderFields { number: 0, ..fields.clone() },
        HeaderFields { keys: vec![], ..fields.clone() },
        HeaderFields { created_at: "x".repeat(41), ..fields.clone() },
        HeaderFields { created_at: "晨".to_owned(), ..fields.clone() },
    ] {
        assert_eq!(refusal(&signed_file(&impossible, b""), &identity).code(), "bundle_damaged");
    }
    let huge = HeaderFields { size: u64::MAX, ..fields };
    assert!(matches!(refusal(&signed_file(&huge, b""), &identity), BundleError::Limit { which: "file" }));
}

#[test]
fn a_sink_that_stops_ends_the_reading_with_its_own_error() {
    let identity = Identity::generate();
    let (_, file) = small_bundle(&identity);
    let mut notes = Notes { stop_at_entry: Some(2), ..Notes::default() };
    assert!(matches!(accept(&file, &identity, &mut notes), Err(ReadError::Sink(Stopped))));
    assert_eq!(notes.entries.len(), 2);
}

#[test]
fn the_writer_makes_nothing_that_a_reader_would_refuse() {
    let identity = Identity::generate();
    let (key, recipients) = (sender(), [identity.to_public()]);
    let code = |fill: &dyn Fn(&mut PayloadWriter<'_>) -> Result<(), WriteError>| {
        write(&mut Cursor::new(Vec::new()), &meta(&key, &recipients), fill).map_err(|error| error.code()).unwrap_err()
    };
    let one = Manifest { entries: 1, groups: 1, ..Manifest::default() };
    let head = GroupHead { log: LOG, from: 1, prev: Chain::start(&LOG), count: 1 };
    let body_is = |body: &[u8]| {
        code(&|payload| {
            payload.manifest(&one)?;
            payload.group(&head)?;
            payload.entry(body)
        })
    };

    assert_eq!(code(&|_| Ok(())), "bundle_format");
    assert_eq!(code(&|payload| payload.manifest(&one)), "bundle_format");
    assert_eq!(code(&|payload| payload.group(&head)), "bundle_format");
    assert_eq!(code(&|payload| payload.manifest(&one).and_then(|()| payload.entry(b"{}"))), "bundle_format");
    assert_eq!(code(&|payload| payload.manifest(&one).and_then(|()| payload.group(&head))), "bundle_format");
    assert_eq!(body_is(b"{\n}"), "bundle_format");
    assert_eq!(body_is(b"[]"), "bundle_format");
    assert_eq!(body_is(format!("{{\"x\":\"{}\"}}", "x".repeat(1 << 20)).as_bytes()), "bundle_limit");
    let nobody = write(&mut Cursor::new(Vec::new()), &meta(&key, &[]), fill).map_err(|error| error.code());
    assert_eq!(nobody.unwrap_err(), "bundle_no_recipient");
}

#[test]
fn an_audit_needs_only_stock_tools() {
    for tool in ["tail", "age", "zstd"] {
        let found = Command::new("sh").args(["-c", "command -v \"$1\"", "sh", tool]).output().unwrap();
        assert!(found.status.success(), "this test needs the program `{tool}` (packages coreutils, age, zstd)");
    }
    let identity = Identity::generate();
    let folder = tempfile::tempdir().unwrap();
    let (bundle, key) = (folder.path().join("audit.redress"), folder.path().join("key.txt"));
    let (_, file) = small_bundle(&identity);
    std::fs::write(&bundle, &file).unwrap();
    std::fs::write(&key, identity.to_string().expose_secret()).unwrap();
    let pipe = "tail -c +4097 \"$1\" | age -d -i \"$2\" | zstd -d";
    let audit = Command::new("sh").args(["-c", pipe, "sh"]).args([&bundle, &key]).output().unwrap();

    let message = String::from_utf8_lossy(&audit.stderr);
    let lines: Vec<&str> = std::str::from_utf8(&audit.stdout).unwrap().lines().collect();
    assert_eq!(lines.len(), 1 + 2 + 4 + 1 + 1, "{message}");
    let values: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(values[0]["manifest"]["entries"], 4);
    assert_eq!(values[1]["group"]["from"], 1);
    assert_eq!(lines[2..5], BODIES);
    assert_eq!(values[8]["end"]["seals"], 1);
}

fn vector(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/bundle").join(name)
}

fn vector_identity() -> Identity {
    let text = std::fs::read_to_string(vector("good-small.key")).expect("the vectors are part of the source");
    text.trim().parse().expect("an age identity")
}

/// Hard case 51: a bundle of every released version is read for good. The file name is the fault.
#[test]
fn the_stored_bundles_are_read_or_refused_as_their_names_say() {
    let cases = [
        ("good-small.redress", None),
        ("cut-in-header.redress", Some("bundle_truncated")),
        ("cut-in-content.redress", Some("bundle_truncated")),
        ("flipped-in-content.redress", Some("bundle_damaged")),
        ("flipped-in-header.redress", Some("bundle_signature")),
        ("longer-than-it-says.redress", Some("bundle_damaged")),
        ("for-another-key.redress", Some("bundle_not_for_us")),
        ("from-a-newer-program.redress", Some("bundle_newer")),
        ("nested-too-deep.redress", Some("bundle_format")),
    ];
    let identity = vector_identity();
    for (name, fault) in cases {
        let mut file = Vec::new();
        std::fs::File::open(vector(name)).unwrap().read_to_end(&mut file).unwrap();
        match fault {
            None => assert_eq!(accept(&file, &identity, &mut Notes::default()).unwrap().entries, 4, "{name}"),
            Some(code) => assert_eq!(refusal(&file, &identity).code(), code, "{name}"),
        }
    }
}

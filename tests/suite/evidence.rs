//! Photos and documents as evidence: taken in, carried behind the records, missed and asked for again, and erased.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::{GenericImageView, ImageFormat};
use redress_app::contract::{BundleOutcome, Exported, MergeReport};
use redress_bundle::{Attachments, Hex, Manifest};
use redress_store::{Identity, Store};
use redress_tests::pictures::{bomb, document, photo, picture_as, with_notes};
use redress_tests::{Desk, PASSPHRASE, Typed, World, signed_bundle};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };
const SIZE: (u32, u32) = (640, 480);

fn add_form(complaint: &str, name: &str, bytes: &[u8]) -> Value {
    let about = json!({"complaint": complaint, "name": name, "note": "发芽情况", "taken_on": "2026-11-01"});
    json!({"about": about, "content": STANDARD.encode(bytes)})
}

/// Adds a file to a complaint; gives the id of its record.
fn add(desk: &mut Desk, complaint: &str, name: &str, bytes: &[u8]) -> String {
    let added = desk.tell("evidence.add", add_form(complaint, name, bytes));
    added["id"].as_str().expect("a record has an id").to_owned()
}

fn refusal(desk: &mut Desk, complaint: &str, name: &str, bytes: &[u8]) -> String {
    desk.refused("evidence.add", add_form(complaint, name, bytes))
}

fn content(desk: &mut Desk, id: &str) -> Vec<u8> {
    let got = desk.tell("evidence.get", json!({"id": id, "small": false}));
    STANDARD.decode(got["content"].as_str().unwrap_or_default()).expect("base64")
}

/// The states of a complaint's evidence, and whether the other side has it.
fn states(desk: &mut Desk, complaint: &str) -> Vec<(String, bool)> {
    let page = desk.page(complaint);
    let state = |item: &Value| {
        (item["state"].as_str().unwrap_or_default().to_owned(), item["confirmed"].as_bool().unwrap_or(false))
    };
    page["evidence"].as_array().into_iter().flatten().map(state).collect()
}

fn is(state: &str, confirmed: bool) -> (String, bool) {
    (state.to_owned(), confirmed)
}

/// Exports records, with or without photos.
fn export(desk: &mut Desk, folder: &Path, without: bool) -> Exported {
    let asked = json!({"out": folder, "office": null, "without_attachments": without});
    serde_json::from_value(desk.tell("bundle.export", asked)).expect("what the contract says")
}

/// The store of a desk, looked at from outside the program.
fn with_store<T>(desk: &mut Desk, look: impl FnOnce(&mut Store) -> T) -> T {
    desk.lock();
    let (mut store, _) = Store::open(&desk.dir, None, PASSPHRASE).expect("the desk has closed its store");
    let seen = look(&mut store);
    drop(store);
    desk.unlock();
    seen
}

fn kept(desk: &mut Desk) -> u64 {
    let report = desk.tell("check", json!({}));
    assert_eq!(report["ok"], true, "{report}");
    report["attachments"].as_u64().expect("a count")
}

/// A county, a station that it knows, and a complaint there with one photo.
fn scene(seed: u64) -> (World, String, String) {
    let mut world = World::acquainted(1, seed);
    let complaint = world.stations[0].register(&SEEDS);
    let id = add(&mut world.stations[0], &complaint, "IMG_0001.jpg", &photo(seed, SIZE));
    (world, complaint, id)
}

#[test]
fn a_photo_reaches_the_county_byte_for_byte_and_is_known_to_be_there() {
    let (mut world, complaint, id) = scene(701);
    assert_eq!(states(&mut world.stations[0], &complaint), [is("here", false)]);
    let report = world.round_trip();
    assert_eq!((report.attachments, report.attachments_missing, report.attachments_damaged), (1, 0, 0));
    let bytes = content(&mut world.stations[0], &id);
    assert!(image::load_from_memory(&bytes).expect("a picture").dimensions() == SIZE);
    assert_eq!(content(&mut world.county, &id), bytes);
    assert_eq!(states(&mut world.county, &complaint), [is("here", true)], "the station says that it has it");
    assert_eq!(states(&mut world.stations[0], &complaint), [is("here", true)]);
    let stick = world.stick("again");
    let again = export(&mut world.stations[0], &stick, false);
    assert_eq!((again.attachments, again.attachments_left), (0, 0), "what is confirmed is not sent again");
}

#[test]
fn merging_the_same_photo_again_changes_nothing() {
    let (mut world, _, _) = scene(702);
    let stick = world.stick("twice");
    let written = export(&mut world.stations[0], &stick, false);
    world.county.merge(&[&stick]);
    let before = world.county.look();
    // Another bundle, with the same photo, because nobody has confirmed the first one.
    let second = export(&mut world.stations[0], &stick, false);
    assert_eq!((written.attachments, second.attachments), (1, 1));
    let report = world.county.merge(&[&stick]);
    assert_eq!((report.attachments, report.attachments_damaged, report.new_entries), (0, 0, 0));
    assert_eq!(kept(&mut world.county), 1);
    assert_eq!(world.county.look().rows, before.rows);
}

/// Features, line 56: the same photo in many cases costs one copy.
#[test]
fn the_same_photo_in_two_cases_is_kept_and_carried_once() {
    let (mut world, complaint, id) = scene(703);
    let stick = world.stick("once");
    let station = &mut world.stations[0];
    let again = station.tell("evidence.add", add_form(&complaint, "copy.jpg", &photo(703, SIZE)));
    assert_eq!((again["id"].as_str(), again["known"].as_bool()), (Some(id.as_str()), Some(true)), "the same case");
    let other = station.register(&Typed { consumer: "赵小豆", ..SEEDS });
    let second = add(station, &other, "IMG_0001.jpg", &photo(703, SIZE));
    assert_ne!(id, second);
    assert_eq!(kept(station), 1);
    assert_eq!(export(station, &stick, false).attachments, 1);
    let report = world.round_trip();
    assert_eq!(report.attachments, 1);
    assert_eq!(content(&mut world.county, &second), content(&mut world.county, &id));
}

/// Hard case 72: what is missing shows a placeholder, stops no record, and is asked for until it comes.
#[test]
fn a_photo_that_is_missing_stops_no_record_and_comes_with_the_next_bundle() {
    let (mut world, complaint, id) = scene(704);
    let stick = world.stick("records");
    let written = export(&mut world.stations[0], &stick, true);
    assert_eq!((written.attachments, written.attachments_left), (0, 1));
    let report = world.county.merge(&[&stick]);
    assert_eq!((report.new_complaints, report.attachments, report.attachments_missing), (1, 0, 1));
    assert_eq!(states(&mut world.county, &complaint), [is("missing", true)], "the station has said that it has it");
    assert_eq!(world.county.refused("evidence.get", json!({"id": id, "small": true})), "evidence_missing");
    world.carry_out(0);
    assert_eq!(
        states(&mut world.stations[0], &complaint),
        [is("here", false)],
        "every record is confirmed, not the photo"
    );
    assert_eq!(world.stations[0].page(&complaint)["confirmed"], true);
    let report = world.carry_in(0);
    assert_eq!((report.new_entries, report.attachments, report.attachments_missing), (0, 1, 0));
    assert_eq!(states(&mut world.county, &complaint), [is("here", true)]);
}

/// Hard case 36: records always go before photos, and as many photos as there is room for.
#[test]
fn on_a_stick_that_is_too_small_records_travel_now_and_photos_the_next_time() {
    let (mut world, complaint, _) = scene(705);
    for seed in 0..3 {
        add(&mut world.stations[0], &complaint, "more.jpg", &photo(7050 + seed, SIZE));
    }
    let stick = world.stick("small");
    let one = u64::try_from(photo(705, SIZE).len()).unwrap_or(0);
    world.stations[0].host.set_free_bytes(Some((1 << 20) + 2 * one));
    let written = export(&mut world.stations[0], &stick, false);
    assert!((1..4).contains(&written.attachments), "{written:?}");
    assert_eq!(written.attachments + written.attachments_left, 4);
    world.stations[0].host.set_free_bytes(Some(100_000));
    let without = export(&mut world.stations[0], &stick, false);
    assert_eq!((without.attachments, without.attachments_left), (0, 4));
    assert!(without.entries > 0);
    world.stations[0].host.set_free_bytes(None);
    let report = world.county.merge(&[&stick]);
    assert_eq!((report.refused, report.attachments), (0, written.attachments));
    assert_eq!(report.attachments_missing, written.attachments_left);
    world.carry_out(0);
    let rest = world.carry_in(0);
    assert_eq!((rest.attachments, rest.attachments_missing), (written.attachments_left, 0));
}

/// A photo whose bytes never came is whole again when somebody has the file: it is the same item, and nothing is there twice.
#[test]
fn a_missing_photo_that_somebody_adds_again_is_there() {
    let (mut world, complaint, id) = scene(721);
    let stick = world.stick("records");
    export(&mut world.stations[0], &stick, true);
    world.county.merge(&[&stick]);
    assert_eq!(states(&mut world.county, &complaint)[0].0, "missing");
    let again = world.county.tell("evidence.add", add_form(&complaint, "again.jpg", &photo(721, SIZE)));
    assert_eq!((again["id"].as_str(), again["known"].as_bool()), (Some(id.as_str()), Some(true)));
    assert_eq!(states(&mut world.county, &complaint), [is("here", true)]);
    assert_eq!(kept(&mut world.county), 1);
}

/// Hard case 36: a bundle is written on the PC first, and the PC may be fuller than the stick.
#[test]
fn on_a_pc_that_is_nearly_full_records_travel_and_photos_stay() {
    let (mut world, _, _) = scene(720);
    let (stick, station) = (world.stick("roomy"), &mut world.stations[0]);
    station.host.set_free_bytes_in(&station.dir, 50_000);
    let written = export(station, &stick, false);
    assert_eq!((written.attachments, written.attachments_left), (0, 1));
    assert!(written.entries > 0);
}

#[test]
fn a_lost_stick_with_photos_heals_itself() {
    let (mut world, complaint, id) = scene(706);
    let lost = world.stick("lost");
    export(&mut world.stations[0], &lost, false);
    let second = add(&mut world.stations[0], &complaint, "IMG_0002.jpg", &photo(7061, SIZE));
    let report = world.round_trip();
    assert_eq!((report.attachments, report.attachments_missing), (2, 0));
    content(&mut world.county, &id);
    content(&mut world.county, &second);
}

/// Bytes, and the BLAKE3 that they claim to have.
type Claimed<'a> = ([u8; 32], &'a [u8]);

/// A bundle with a good signature whose writer brings these attachments and says this of its own.
fn bundle(path: &Path, (from, to): (&Identity, &Identity), number: u64, parts: (Option<Attachments>, &[Claimed<'_>])) {
    signed_bundle(path, (from, to), number, |payload| {
        payload.manifest(&Manifest { attachments: parts.0.clone(), ..Manifest::default() })?;
        parts.1.iter().try_for_each(|(digest, bytes)| payload.attachment(Hex(*digest), bytes))
    });
}

/// Hard case 72: what changed on the way is thrown away and stays missing; what nobody named is not kept.
#[test]
fn bytes_that_are_not_what_they_claim_to_be_are_thrown_away_and_asked_for_again() {
    let (mut world, complaint, id) = scene(707);
    let stick = world.stick("bad");
    export(&mut world.stations[0], &stick, true);
    world.county.merge(&[&stick]);
    let whole = content(&mut world.stations[0], &id);
    let digest = *blake3::hash(&whole).as_bytes();
    let mut flipped = whole.clone();
    flipped[1000] ^= 1;
    let (station, county) = (world.stations[0].identity(), world.county.identity());
    let stranger = b"nobody has named these bytes".as_slice();
    let parts: [Claimed<'_>; 3] =
        [(digest, &flipped), (*blake3::hash(stranger).as_bytes(), stranger), ([7; 32], &whole)];
    bundle(&stick.join("bad.redress"), (&station, &county), 900, (Some(Attachments::default()), &parts));
    let report = world.county.merge(&[stick.join("bad.redress")]);
    assert_eq!((report.refused, report.attachments, report.attachments_damaged), (0, 0, 2));
    assert_eq!(report.attachments_missing, 1);
    assert_eq!(kept(&mut world.county), 0);
    bundle(&stick.join("good.redress"), (&station, &county), 901, (Some(Attachments::default()), &[(digest, &whole)]));
    assert_eq!(world.county.merge(&[stick.join("good.redress")]).attachments, 1);
    assert_eq!(states(&mut world.county, &complaint)[0].0, "here");
}

/// FORMAT.md: a program that knows nothing of attachments would throw them away each time.
#[test]
fn an_office_whose_program_knows_nothing_of_photos_is_sent_records_alone() {
    let (mut world, _, _) = scene(708);
    let stick = world.stick("old");
    let (station, county) = (world.stations[0].identity(), world.county.identity());
    bundle(&stick.join("old.redress"), (&county, &station), 900, (None, &[]));
    world.stations[0].merge(&[stick.join("old.redress")]);
    let written = export(&mut world.stations[0], &stick, false);
    assert_eq!((written.attachments, written.entries > 0), (0, true));
    bundle(&stick.join("new.redress"), (&county, &station), 901, (Some(Attachments::default()), &[]));
    world.stations[0].merge(&[stick.join("new.redress")]);
    assert_eq!(export(&mut world.stations[0], &stick, false).attachments, 1);
}

#[test]
fn a_photo_of_many_pieces_arrives_whole() {
    let mut world = World::acquainted(1, 709);
    let complaint = world.stations[0].register(&SEEDS);
    let large = document(9 << 20);
    let id = add(&mut world.stations[0], &complaint, "检测报告.pdf", &large);
    assert_eq!(world.round_trip().attachments, 1);
    assert_eq!(content(&mut world.county, &id), large, "a document is kept as it is");
}

/// Hard case 67: whoever takes a case over gets its photos too.
#[test]
fn a_case_that_is_handed_over_takes_its_photos_along() {
    let mut world = World::acquainted(2, 710);
    let complaint = world.stations[0].register(&SEEDS);
    let id = add(&mut world.stations[0], &complaint, "IMG_0001.jpg", &photo(710, SIZE));
    let to = world.stations[1].office.clone();
    world.stations[0].offer(&complaint, &to);
    world.round_trip();
    assert_eq!(states(&mut world.stations[1], &complaint)[0].0, "here");
    assert_eq!(content(&mut world.stations[1], &id), content(&mut world.stations[0], &id));
    world.county.look();
    world.stations[1].look();
}

/// What is erased is gone with its bytes, at the station and wherever its records went, and no old stick brings it back.
#[test]
fn erasing_a_person_removes_the_photos_everywhere_unless_another_case_has_them() {
    let (mut world, complaint, id) = scene(711);
    let shared = photo(7111, SIZE);
    add(&mut world.stations[0], &complaint, "shared.jpg", &shared);
    let other = world.stations[0].register(&Typed { consumer: "赵小豆", ..SEEDS });
    add(&mut world.stations[0], &other, "shared.jpg", &shared);
    world.stations[0].accept(&complaint, "2026-11-04");
    world.stations[0].mediate(&complaint, "2026-11-05");
    let old = world.stick("old");
    world.stations[0].export(&old);
    world.round_trip();
    let bytes = content(&mut world.county, &id);
    let form = json!({"records": [complaint], "ground": "request", "reason": "本人要求删除"});
    world.stations[0].tell("person.erase", form);
    world.round_trip();
    world.county.merge(&[&old]);
    for desk in [&mut world.stations[0], &mut world.county] {
        assert_eq!(kept(desk), 1, "the one that another case has");
        let everything = with_store(desk, |store| store.every_value().expect("a store can be read"));
        assert!(!everything.windows(64).any(|part| part == &bytes[2000..2064]));
        assert_eq!(states(desk, &complaint), [is("erased", false), is("erased", false)]);
        assert_eq!(desk.refused("evidence.get", json!({"id": id, "small": false})), "evidence_erased");
        assert_eq!(states(desk, &other)[0].0, "here");
        desk.look();
    }
}

#[test]
fn what_was_added_by_mistake_leaves_the_file_is_not_carried_and_can_be_brought_back() {
    let (mut world, complaint, id) = scene(712);
    let station = &mut world.stations[0];
    let without = json!({"id": id, "seen": [], "reason": " "});
    assert_eq!(station.refused("evidence.withdraw", without), "invalid_input");
    assert_eq!(
        station.refused("evidence.withdraw", json!({"id": complaint, "seen": [], "reason": "错"})),
        "record_missing"
    );
    station.tell("evidence.withdraw", json!({"id": id, "seen": [], "reason": "拍错了"}));
    assert_eq!(states(station, &complaint), []);
    let taken = station.page(&complaint)["evidence_withdrawn"].clone();
    assert_eq!((&taken[0]["id"], &taken[0]["withdrawn"]), (&json!(id), &json!("拍错了")));
    let report = world.round_trip();
    assert_eq!((report.attachments, report.attachments_missing), (0, 0));
    let station = &mut world.stations[0];
    let restored = |id: &str, reason: &str| json!({"id": id, "seen": taken[0]["heads"], "reason": reason});
    assert_eq!(station.refused("evidence.restore", restored(&id, "")), "invalid_input");
    assert_eq!(station.refused("evidence.restore", restored(&complaint, "错")), "record_missing");
    station.tell("evidence.restore", restored(&id, "没有拍错"));
    assert_eq!(station.page(&complaint)["evidence_withdrawn"], json!([]));
    assert_eq!(world.round_trip().attachments, 1);
    assert_eq!(states(&mut world.county, &complaint), [is("here", true)]);
}

/// What it shows is often said later than it is put in; long numbers stay hidden, and are kept.
#[test]
fn what_a_photo_shows_is_said_afterwards_and_travels() {
    let (mut world, complaint, id) = scene(720);
    let station = &mut world.stations[0];
    let say =
        |item: &Value, note: &str, on: &str| json!({"id": id, "seen": item["heads"], "note": note, "taken_on": on});
    let shown = |desk: &mut Desk| desk.page(&complaint)["evidence"][0].clone();
    let first = shown(station);
    assert_eq!((&first["note"], &first["taken_on"]), (&json!("发芽情况"), &json!("2026-11-01")));
    let refused = station.ask("evidence.amend", say(&first, "收据", "2026-02-30")).expect_err("no day");
    assert_eq!((refused.code.as_str(), refused.fields[0].field.as_str()), ("invalid_input", "taken_on"));
    station.tell("evidence.amend", say(&first, "收据，电话 19900000001", "2026-11-02"));
    let second = shown(station);
    assert_eq!((&second["note"], &second["taken_on"]), (&json!("收据，电话 199****0001"), &json!("2026-11-02")));
    let entries = station.look().entries.len();
    station.tell("evidence.amend", say(&second, "收据，电话 199****0001", "2026-11-02"));
    assert_eq!(station.look().entries.len(), entries, "what is the same is not written");
    station.tell("evidence.amend", say(&second, "收据，电话 199****0001", ""));
    world.round_trip();
    let there = shown(&mut world.county);
    assert_eq!((&there["note"], &there["taken_on"], &there["state"]), (&second["note"], &json!(null), &json!("here")));
    let whole = world.county.tell("complaint.reveal", json!({"id": complaint, "reason": "核对"}));
    assert_eq!(whole["evidence"][0]["note"], "收据，电话 19900000001");
    assert_eq!(world.county.refused("evidence.amend", say(&json!({"heads": ["nothing"]}), "x", "")), "record_changed");
    let of_a_complaint = json!({"id": complaint, "seen": [], "note": "x", "taken_on": ""});
    assert_eq!(world.county.refused("evidence.amend", of_a_complaint), "record_missing");
}

/// Hard case 72: a case whose photos have not come is incomplete, and whoever looks at the whole sees how many there are.
#[test]
fn photos_that_have_not_come_are_counted_on_the_first_page_and_on_the_board() {
    let mut world = World::acquainted(2, 721);
    let (stick, twice) = (world.stick("records"), photo(7210, SIZE));
    for station in &mut world.stations {
        let complaint = station.register(&SEEDS);
        add(station, &complaint, "a.jpg", &twice);
    }
    let complaint = world.stations[1].register(&SEEDS);
    add(&mut world.stations[1], &complaint, "b.jpg", &photo(7211, SIZE));
    for station in &mut world.stations {
        assert_eq!(station.tell("home.today", json!({}))["attachments_missing"], 0);
        export(station, &stick, true);
    }
    world.county.merge(&[&stick]);
    let on_the_board = |county: &mut Desk| -> Vec<u64> {
        let board = county.tell("office.list", json!({}));
        let rows = board.as_array().into_iter().flatten();
        rows.filter(|row| row["kind"] != "county").filter_map(|row| row["attachments_missing"].as_u64()).collect()
    };
    assert_eq!(on_the_board(&mut world.county), [1, 2]);
    assert_eq!(world.county.tell("home.today", json!({}))["attachments_missing"], 2, "one photo of two cases is one");
    world.carry_out(0);
    world.carry_in(0);
    assert_eq!(on_the_board(&mut world.county), [0, 1], "whichever office brought it");
    world.round_trip();
    world.round_trip();
    assert_eq!(on_the_board(&mut world.county), [0, 0]);
    assert_eq!(world.county.tell("home.today", json!({}))["attachments_missing"], 0);
}

#[test]
fn an_import_that_is_taken_back_and_brought_again_has_its_photos_still() {
    let (mut world, complaint, id) = scene(713);
    world.round_trip();
    let import = world.county.tell("import.list", json!({}))[0]["id"].as_str().unwrap_or_default().to_owned();
    world.county.tell("import.undo", json!({"id": import, "reason": "看看"}));
    assert_eq!(world.county.refused("complaint.get", json!({"id": complaint})), "record_missing");
    world.county.tell("import.redo", json!({"id": import, "reason": "看过了"}));
    assert_eq!(states(&mut world.county, &complaint)[0].0, "here");
    content(&mut world.county, &id);
}

/// Issue 2: whoever finds the PC finds nothing, and what is backed up is whole.
#[test]
fn photos_lie_in_the_encrypted_store_alone_and_in_its_backups() {
    let (mut world, _, id) = scene(714);
    let bytes = content(&mut world.stations[0], &id);
    let out = world.stick("backup");
    let station = &mut world.stations[0];
    let made = station.tell("backup.make", json!({"out": out}));
    station.lock();
    let copy = Path::new(made["path"].as_str().unwrap_or_default()).to_owned();
    for folder in [&station.dir, &copy] {
        for file in fs::read_dir(folder).expect("a folder").flatten().filter(|file| file.path().is_file()) {
            let raw = fs::read(file.path()).expect("a file");
            assert!(!raw.windows(32).any(|part| part == &bytes[2000..2032]), "{}", file.path().display());
        }
    }
    let restored = json!({"path": copy, "operator": null, "passphrase": PASSPHRASE, "dir": null});
    station.tell("backup.restore", restored);
    assert_eq!(content(station, &id), bytes);
}

/// Bad input: each has words of its own, and nothing is written.
#[test]
fn a_file_that_is_no_evidence_is_refused_with_its_reason() {
    let mut world = World::of(1, 715);
    let station = &mut world.stations[0];
    let complaint = station.register(&SEEDS);
    let good = photo(715, SIZE);
    let mut no_end = document(5000);
    no_end.truncate(4000);
    let table: [(&str, &[u8], &str); 11] = [
        ("empty.jpg", b"", "evidence_empty"),
        ("letter.docx", b"PK\x03\x04 a letter", "evidence_not_image"),
        ("renamed.jpg", b"this is a text that calls itself a photo", "evidence_not_image"),
        ("animation.gif", b"GIF89a\x01\0\x01\0\0\0\0", "evidence_not_image"),
        ("cut.jpg", &good[..200], "evidence_damaged"),
        ("none.pdf", b"this is no PDF at all", "evidence_pdf_invalid"),
        ("cut.pdf", &no_end, "evidence_pdf_invalid"),
        ("photo.pdf", &good, "evidence_pdf_invalid"),
        ("large.pdf", &document(11 << 20), "evidence_pdf_large"),
        ("bomb.png", &bomb(60_000, 60_000), "evidence_pixels"),
        ("bomb-wide.png", &bomb(2_000_000_000, 1), "evidence_pixels"),
    ];
    for (name, bytes, code) in table {
        assert_eq!(refusal(station, &complaint, name, bytes), code, "{name}");
    }
    let huge = "A".repeat((64 << 20) / 3 * 4 + 8);
    let form = json!({"about": {"complaint": complaint, "name": "huge.jpg"}, "content": huge});
    assert_eq!(station.refused("evidence.add", form), "evidence_too_large");
    assert_eq!(states(station, &complaint), []);
    assert_eq!(kept(station), 0);
}

/// Features, line 58: a photo as a telephone makes it is kept below a size that seventy stations can carry.
#[test]
fn a_photo_is_kept_upright_and_scaled_without_place_or_telephone() {
    let mut world = World::of(1, 716);
    let station = &mut world.stations[0];
    let complaint = station.register(&SEEDS);
    let notes = "GPS 36.9573N 118.0972E Telephone-X";
    let taken = with_notes(&photo(716, (3000, 1500)), 6, notes);
    let id = add(station, &complaint, "IMG_0716.jpg", &taken);
    let bytes = content(station, &id);
    let shown = image::load_from_memory(&bytes).expect("a picture");
    assert_eq!(shown.dimensions(), (1024, 2048), "it was held on its side");
    let red = shown.get_pixel(800, 200).0;
    assert!(red[0] > 180 && red[2] < 90, "its left upper quarter stands right above: {red:?}");
    assert!(!bytes.windows(4).any(|part| part == b"Exif" || part == b"GPS "));
    assert!(bytes.len() < taken.len());
    let small = station.tell("evidence.get", json!({"id": id, "small": true}));
    let small = STANDARD.decode(small["content"].as_str().unwrap_or_default()).expect("base64");
    assert_eq!(image::load_from_memory(&small).expect("a picture").dimensions(), (160, 320));
    // Telephones put a short film behind a photo: 40 MB, of which the photo stays.
    let with_film = [photo(7162, SIZE), vec![0; 40 << 20]].concat();
    let id = add(station, &complaint, "MVIMG_0716.jpg", &with_film);
    assert!(content(station, &id).len() < 1 << 20);
    for (format, name) in [(ImageFormat::Png, "a.png"), (ImageFormat::WebP, "b.webp")] {
        let id = add(station, &complaint, name, &picture_as(format, 7161, SIZE));
        assert_eq!(image::guess_format(&content(station, &id)).ok(), Some(ImageFormat::Jpeg));
    }
}

/// What a photo shows is masked nowhere: who looks at it in full is noted, and who may only read does not see it.
#[test]
fn a_full_look_at_a_photo_is_noted_and_names_of_files_hide_long_numbers() {
    let (mut world, complaint, id) = scene(717);
    let station = &mut world.stations[0];
    add(station, &complaint, "/sdcard/19900000001 身份证.jpg", &photo(7171, SIZE));
    let page = station.page(&complaint);
    assert_eq!(page["evidence"][1]["name"], "199****0001 身份证.jpg");
    let text = page.to_string();
    assert!(!text.contains("sdcard") && !text.contains("19900000001"), "{text}");
    station.tell("evidence.get", json!({"id": id, "small": true}));
    let views = |desk: &mut Desk| desk.tell("view.list", json!({})).as_array().cloned().unwrap_or_default();
    assert_eq!(views(station).len(), 0, "a small picture is no look");
    content(station, &id);
    let noted = views(station);
    assert_eq!((noted.len(), noted[0]["kind"].as_str()), (1, Some("attachment")));
    assert_eq!(noted[0]["title"], "王小麦 · 某农资店 · 玉米种子");
    let out = world.stick("paper");
    let saved = world.stations[0].tell("evidence.save", json!({"id": id, "out": out, "reason": "移送法院"}));
    let path = saved["path"].as_str().unwrap_or_default();
    assert_eq!(fs::read(path).expect("a file"), content(&mut world.stations[0], &id));
    let second = world.stations[0].tell("evidence.save", json!({"id": id, "out": out, "reason": "再来一份"}));
    assert_ne!(second["path"], saved["path"], "nothing is overwritten");
}

#[test]
fn whoever_gave_a_case_away_adds_no_photos_to_it() {
    let mut world = World::acquainted(2, 718);
    let complaint = world.stations[0].register(&SEEDS);
    let to = world.stations[1].office.clone();
    let transfer = world.stations[0].offer(&complaint, &to);
    world.round_trip();
    world.stations[1].answer(&transfer, true);
    world.round_trip();
    assert_eq!(refusal(&mut world.stations[0], &complaint, "a.jpg", &photo(718, SIZE)), "case_handed_over");
    add(&mut world.stations[1], &complaint, "a.jpg", &photo(718, SIZE));
    assert_eq!(world.round_trip().attachments, 1);
    assert_eq!(states(&mut world.county, &complaint)[0].0, "here");
}

/// Hard case 72: what was kept aside named no photo when its bundle came. The stick may be the last place where it is.
#[test]
fn photos_that_are_missing_are_found_on_a_stick_that_was_merged_before() {
    let (mut world, complaint, id) = scene(722);
    let stick = world.stick("kept");
    let device = world.stations[0].identity().device.to_string();
    export(&mut world.stations[0], &stick, false);
    let county = &mut world.county;
    county.tell("device.revoke", json!({"device": device, "reason": "电脑失窃", "point": null}));
    let report = county.merge(&[&stick]);
    assert_eq!((report.refused, report.new_complaints, report.attachments), (0, 0, 0));
    county.tell("device.reinstate", json!({"device": device, "reason": "找到了"}));
    assert_eq!(states(county, &complaint)[0].0, "missing");
    let again = county.merge(&[&stick]);
    assert_eq!(again.bundles[0].outcome, BundleOutcome::AlreadyMerged);
    assert_eq!((again.new_entries, again.attachments, again.attachments_missing), (0, 1, 0));
    assert_eq!(content(county, &id), content(&mut world.stations[0], &id));
    let rows = world.county.look().rows;
    assert_eq!(world.county.merge(&[&stick]).attachments, 0, "nothing is missing any more");
    assert_eq!(world.county.look().rows, rows);
}

/// The report of a merge adds up over several bundles.
#[test]
fn photos_of_several_stations_are_counted_together() {
    let mut world = World::acquainted(2, 719);
    for (number, seed) in [(0, 1), (1, 2)] {
        let complaint = world.stations[number].register(&SEEDS);
        add(&mut world.stations[number], &complaint, "a.jpg", &photo(seed, SIZE));
    }
    let report: MergeReport = world.round_trip();
    assert_eq!((report.attachments, report.attachments_missing), (2, 0));
}

//! Hard case 77: the county's key is changed or lost. Old bundles stay readable, two of three envelopes give the escrow key
//! back, and a wrong key is named.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use age::secrecy::ExposeSecret;
use redress_bundle::limits::HEADER_BYTES;
use redress_tests::{Desk, Typed, World};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };
const PHONE: Typed<'_> = Typed { received_on: "2026-11-03", consumer: "赵小豆", goods: "手机" };

fn problem(desk: &mut Desk, bundle: &Path) -> Option<(String, Value)> {
    let report = desk.merge(&[bundle]);
    report.bundles[0].problem.as_ref().map(|problem| (problem.code.clone(), json!(problem.params)))
}

fn export(world: &mut World, stick: &str) -> PathBuf {
    let stick = world.stick(stick);
    PathBuf::from(world.stations[0].export(&stick).path)
}

fn shares(county: &mut Desk) -> Vec<String> {
    let made = county.tell("escrow.create", json!({}));
    let shares = made["shares"].as_array().cloned().unwrap_or_default();
    shares.iter().map(|share| share["text"].as_str().unwrap_or_default().to_owned()).collect()
}

fn restore(county: &mut Desk, shares: &[&str], out: Option<&Path>) -> Result<Value, String> {
    county.ask("escrow.restore", json!({"shares": shares, "out": out})).map_err(|error| error.code)
}

/// A county whose key was changed after somebody had put a copy of its store away; and a bundle for the new key.
fn rotated(seed: u64) -> (World, Desk, PathBuf, Vec<String>) {
    let mut world = World::acquainted(1, seed);
    let envelopes = shares(&mut world.county);
    world.carry_out(0);
    let old_copy = world.what_if(1);
    world.county.tell("county.rotate_key", json!({}));
    world.carry_out(0);
    world.stations[0].register(&SEEDS);
    let bundle = export(&mut world, "new-key");
    (world, old_copy, bundle, envelopes)
}

#[test]
fn a_bundle_made_for_the_old_key_merges_after_the_key_was_changed() {
    let mut world = World::acquainted(1, 51);
    let complaint = world.stations[0].register(&SEEDS);
    let old = export(&mut world, "old-key");
    let before = world.county.tell("key.list", json!({}));
    let after = world.county.tell("county.rotate_key", json!({}));
    assert_ne!(before["key_id"], after["key_id"]);
    assert_eq!(after["former"][0]["key_id"], before["key_id"], "it is kept for reading");
    assert_eq!(world.county.merge(&[&old]).refused, 0);
    world.county.page(&complaint);
    world.carry_out(0);
    let second = world.stations[0].register(&PHONE);
    let new = export(&mut world, "new-key");
    let header = fs::read(&new).expect("a bundle");
    let names = |id: &Value| {
        let id = id.as_str().unwrap_or_default().as_bytes();
        header[..HEADER_BYTES].windows(id.len()).any(|part| part == id)
    };
    assert!(names(&after["key_id"]) && !names(&before["key_id"]), "the station has learnt the new key");
    world.county.lock();
    world.county.unlock();
    assert_eq!(world.county.merge(&[&new]).refused, 0);
    world.county.page(&second);
    world.round_trip();
    world.county.look();
}

#[test]
fn a_bundle_for_another_key_of_this_office_says_both_keys() {
    let (mut world, mut old_copy, bundle, _) = rotated(52);
    let (code, params) = problem(&mut old_copy, &bundle).expect("it has no such key");
    assert_eq!(code, "bundle_other_key");
    let new_key = world.county.tell("key.list", json!({}))["key_id"].clone();
    let made_for = params["made_for"].as_str().unwrap_or_default().to_owned();
    assert!(made_for.contains(new_key.as_str().unwrap_or("-")), "{made_for}");
    assert_eq!(params["have"], old_copy.tell("key.list", json!({}))["key_id"]);
}

#[test]
fn any_two_of_three_shares_open_what_was_made_for_the_county_and_one_opens_nothing() {
    let (_world, mut old_copy, bundle, envelopes) = rotated(53);
    let [one, two, three] = [0, 1, 2].map(|at| envelopes[at].as_str());
    assert_eq!(restore(&mut old_copy, &[one], None), Err("shares_too_few".to_owned()));
    assert_eq!(restore(&mut old_copy, &[two, two], None), Err("share_twice".to_owned()));
    assert_eq!(problem(&mut old_copy, &bundle).map(|(code, _)| code).as_deref(), Some("bundle_other_key"));
    let mut sets = Vec::new();
    for pair in [[one, two], [three, one], [two, three]] {
        sets.push(restore(&mut old_copy, &pair, None).expect("two of one set")["keys"]["former"].clone());
    }
    assert_eq!(sets[0].as_array().map(Vec::len), Some(1), "the key is kept once");
    assert!(sets.iter().all(|keys| *keys == sets[0]), "every pair gives the same key");
    assert_eq!(problem(&mut old_copy, &bundle), None, "with it the bundle merges");
}

#[test]
fn a_share_is_read_as_it_was_meant_and_a_wrong_one_is_named() {
    let mut world = World::acquainted(1, 54);
    let envelopes = shares(&mut world.county);
    let others = shares(&mut world.county);
    let county = &mut world.county;
    let sloppy = envelopes[0].to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    restore(county, &[&sloppy, &envelopes[2]], None).expect("small letters and blanks do not matter");
    assert_eq!(restore(county, &[&envelopes[0], &others[1]], None), Err("shares_of_different_sets".to_owned()));
    let mut mistyped = envelopes[1].clone().into_bytes();
    mistyped[7] = if mistyped[7] == b'7' { b'8' } else { b'7' };
    let mistyped = String::from_utf8(mistyped).expect("letters and digits");
    let error = county
        .ask("escrow.restore", json!({"shares": [envelopes[0], mistyped], "out": null}))
        .expect_err("its checksum is wrong");
    assert_eq!((error.code.as_str(), error.params["place"].as_str()), ("share_invalid", "2"));
    for nonsense in ["", "AAAA", "0000-0000", "山高水长"] {
        assert!(restore(county, &[&envelopes[0], nonsense], None).is_err(), "{nonsense}");
    }
}

/// Opens a bundle with nothing but a key file and the tools of any Debian; none when `age` has no key for it.
fn opened(bundle: &Path, key_file: &Path) -> Option<String> {
    let pipe = "set -e; tail -c +4097 \"$1\" > \"$3\"; age -d -i \"$2\" \"$3\" > \"$4\"; zstd -d -c \"$4\"";
    let work = tempfile::tempdir().expect("a temporary folder");
    let [sealed, packed] = ["sealed.age", "packed.zst"].map(|name| work.path().join(name));
    let tools = Command::new("sh").args(["-c", pipe, "sh"]).args([bundle, key_file, &sealed, &packed]).output();
    let tools = tools.expect("this test needs the programs `sh`, `tail`, `age` and `zstd`");
    if tools.status.success() {
        return Some(String::from_utf8(tools.stdout).expect("lines of JSON"));
    }
    let said = String::from_utf8_lossy(&tools.stderr);
    assert!(said.contains("no identity matched"), "age refuses, and nothing else went wrong: {said}");
    assert!(tools.stdout.is_empty());
    None
}

#[test]
fn stock_tools_open_a_bundle_with_an_exported_audit_key_or_the_escrow_key_and_with_no_other() {
    let mut world = World::acquainted(1, 55);
    let envelopes = shares(&mut world.county);
    world.carry_out(0);
    world.stations[0].register(&SEEDS);
    let bundle = export(&mut world, "audit");
    let (at_county, at_station) = (world.stick("keys"), world.stick("station-keys"));
    let written = world.county.tell("key.export_audit", json!({"out": at_county}));
    let text = opened(&bundle, Path::new(written["path"].as_str().unwrap_or_default())).expect("the county's key");
    assert!(text.starts_with(r#"{"manifest":"#) && text.contains("玉米种子"));
    let escrow = restore(&mut world.county, &[&envelopes[0], &envelopes[1]], Some(&at_county)).expect("two shares");
    assert!(opened(&bundle, Path::new(escrow["path"].as_str().unwrap_or_default())).is_some());
    let other = world.stations[0].tell("key.export_audit", json!({"out": at_station}));
    assert_eq!(opened(&bundle, Path::new(other["path"].as_str().unwrap_or_default())), None);
    let stranger = at_station.join("stranger.age-key");
    fs::write(&stranger, age::x25519::Identity::generate().to_string().expose_secret()).expect("a key file");
    assert_eq!(opened(&bundle, &stranger), None, "nor with a key that was made just now");
    assert_eq!(world.county.refused("key.export_audit", json!({"out": at_county})), "file_name_taken");
    assert_eq!(world.county.tell("key.list", json!({}))["exports"].as_array().map(Vec::len), Some(2));
}

#[test]
fn only_the_county_changes_its_key_and_makes_shares() {
    let mut world = World::acquainted(1, 56);
    for command in ["county.rotate_key", "escrow.create"] {
        assert_eq!(world.stations[0].refused(command, json!({})), "not_county");
    }
    assert_eq!(world.stations[0].refused("escrow.restore", json!({"shares": [], "out": null})), "not_county");
}

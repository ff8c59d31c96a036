//! A forgotten passphrase: by the printed card or with the county's help, without any colleague's, never without a trace.

use std::fs;
use std::path::{Path, PathBuf};

use redress_store::county_slot;
use redress_tests::{Desk, PASSPHRASE, Typed, World};
use serde_json::{Value, json};

const NEW: &str = "另外 四个 词儿 在此";
const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };

fn card(desk: &mut Desk) -> Vec<String> {
    let made = desk.tell("card.make", json!({}));
    made["groups"].as_array().expect("groups").iter().map(|group| group.as_str().expect("digits").to_owned()).collect()
}

fn by_card(desk: &Desk, code: &str) -> Value {
    json!({"dir": desk.dir, "operator": "站员1", "code": code, "passphrase": NEW})
}

fn by_county(desk: &Desk, answer: &Path) -> Value {
    by_county_as("站员1", desk, answer)
}

fn by_county_as(operator: &str, desk: &Desk, answer: &Path) -> Value {
    json!({"dir": desk.dir, "path": answer, "operator": operator, "passphrase": NEW})
}

/// Stations that know the county and have signed in since: the county can help them.
fn acquainted(stations: usize, seed: u64) -> World {
    let mut world = World::acquainted(stations, seed);
    for station in &mut world.stations {
        station.lock();
        station.unlock();
    }
    world
}

fn request(desk: &mut Desk, out: &Path) -> (PathBuf, String) {
    let made = desk.tell("recovery.request", json!({"dir": desk.dir, "out": out}));
    (PathBuf::from(made["path"].as_str().expect("a text")), made["compare_code"].as_str().expect("a text").to_owned())
}

fn answer(county: &mut Desk, request: &Path, out: &Path) -> PathBuf {
    let made = county.tell("recovery.answer", json!({"path": request, "out": out}));
    PathBuf::from(made["path"].as_str().expect("a text"))
}

fn access(desk: &mut Desk, name: &str) -> Value {
    let people = desk.tell("operator.list", json!({}));
    let person = people.as_array().expect("a list").iter().find(|one| one["name"] == name).cloned().unwrap_or_default();
    person["access"].clone()
}

#[test]
fn the_card_sets_a_new_passphrase_and_the_journal_says_so_at_the_county_too() {
    let mut world = acquainted(1, 851);
    let id = world.stations[0].register(&SEEDS);
    let groups = card(&mut world.stations[0]);
    let desk = &mut world.stations[0];
    desk.tell("operator.add", json!({"name": "周登记", "role": "clerk", "passphrase": PASSPHRASE}));
    desk.lock();
    let ways = desk.tell("access.ways", json!({"dir": desk.dir}));
    assert_eq!((&ways["card_made_on"], &ways["county"]), (&json!("2026-11-23"), &json!(true)));
    desk.tell("access.by_card", by_card(desk, &groups.join(" ")));
    assert_eq!(desk.page(&id)["input"]["consumer_name"], "王小麦");
    let said = access(desk, "站员1");
    assert_eq!(
        (&said["way"], &said["by"], &said["at"]),
        (&json!("card"), &json!("站员1"), &json!("2026-11-23T09:00:00+08:00"))
    );
    let old = json!({"dir": desk.dir, "operator": "站员1", "passphrase": PASSPHRASE});
    assert_eq!(desk.refused("store.open", old), "passphrase_wrong");
    desk.sign_in("周登记", PASSPHRASE);
    desk.sign_in("站员1", NEW);
    let report = world.carry_in(0);
    assert!(report.new_entries >= 3, "the recovery travels: {report:?}");
}

#[test]
fn a_typing_error_on_a_card_is_said_with_its_group_and_another_card_opens_nothing() {
    let mut world = World::of(2, 852);
    let other = card(&mut world.stations[1]).join(" ");
    let desk = &mut world.stations[0];
    assert_eq!(desk.refused("access.by_card", by_card(desk, &other)), "card_none");
    let old = card(desk).join(" ");
    let groups = card(desk);
    desk.lock();
    let mut wrong = groups.clone();
    let digit = wrong[6].remove(2);
    wrong[6].insert(2, if digit == '3' { '4' } else { '3' });
    let error = desk.ask("access.by_card", by_card(desk, &wrong.join(" "))).unwrap_err();
    let field = &error.fields[0];
    assert_eq!(
        (field.field.as_str(), field.code.as_str(), field.params["group"].as_str()),
        ("code", "card_group", "7")
    );
    let short = desk.ask("access.by_card", by_card(desk, &groups[..9].join(" "))).unwrap_err();
    assert_eq!(short.fields[0].code, "card_length");
    assert_eq!(desk.refused("access.by_card", by_card(desk, &other)), "card_wrong", "of another store");
    assert_eq!(desk.refused("access.by_card", by_card(desk, &old)), "card_wrong", "a newer card was made");
    let nobody = json!({"dir": desk.dir, "operator": "没有这人", "code": groups.join(""), "passphrase": NEW});
    assert_eq!(desk.refused("access.by_card", nobody), "invalid_input");
    let spaces = json!({"dir": desk.dir, "operator": "站员1", "code": groups.join(""), "passphrase": "          "});
    assert_eq!(desk.refused("access.by_card", spaces), "passphrase_weak");
    desk.tell("access.by_card", by_card(desk, &groups.join("")));
}

#[test]
fn trying_cards_slows_down_as_trying_passphrases_does() {
    let mut world = World::of(2, 853);
    let other = card(&mut world.stations[1]).join(" ");
    let desk = &mut world.stations[0];
    let own = card(desk).join(" ");
    desk.lock();
    for _ in 0..4 {
        assert_eq!(desk.refused("access.by_card", by_card(desk, &other)), "card_wrong");
    }
    assert_eq!(desk.refused("access.by_card", by_card(desk, &own)), "passphrase_wait");
    desk.host.pass_seconds(300);
    desk.tell("access.by_card", by_card(desk, &own));
}

#[test]
fn the_county_opens_a_store_once_and_both_sides_keep_who_when_and_how() {
    let mut world = acquainted(1, 854);
    let (stick, back) = (world.stick("ask"), world.stick("back"));
    let id = world.stations[0].register(&SEEDS);
    world.stations[0].lock();
    let (asked, code) = request(&mut world.stations[0], &stick);
    let seen = world.county.tell("recovery.read", json!({"path": asked}));
    assert_eq!((&seen["office_name"], &seen["compare_code"]), (&json!("第1联络站"), &json!(code)));
    let answered = answer(&mut world.county, &asked, &back);
    let views = world.county.tell("view.list", json!({}));
    assert_eq!((&views[0]["operator"], &views[0]["reason"]), (&json!("孙主任"), &json!("recovery")));

    let desk = &mut world.stations[0];
    desk.tell("access.by_county", by_county(desk, &answered));
    assert_eq!(desk.page(&id)["input"]["consumer_name"], "王小麦");
    let said = access(desk, "站员1");
    assert_eq!((&said["way"], &said["agreed_by"]), (&json!("county"), &json!("孙主任")));
    desk.lock();
    assert_eq!(desk.refused("access.by_county", by_county(desk, &answered)), "recovery_none", "it opens once");
    desk.sign_in("站员1", NEW);
    desk.look_with(NEW);
    world.carry_in(0);
}

#[test]
fn a_station_that_has_just_joined_and_was_never_locked_can_be_helped_and_learns_new_keys_when_it_merges() {
    let mut world = World::of(1, 859);
    let made_for = |world: &World| county_slot(&world.stations[0].dir).expect("key slots").expect("a slot").1;
    let first = made_for(&world);
    let desk = &mut world.stations[0];
    let ways = desk.tell("access.ways", json!({"dir": desk.dir}));
    assert_eq!(ways["county"], json!(true), "the invitation has told the county's key");
    world.round_trip();
    world.county.tell("county.rotate_key", json!({}));
    world.carry_out(0);
    let second = made_for(&world);
    assert_ne!(first, second, "a new key of the county has a new slot");
    world.county.tell("escrow.create", json!({}));
    world.carry_out(0);
    assert_eq!(made_for(&world).len(), second.len() + 1, "and so has the escrow key");
}

/// The county's PC burnt down; what came back is an old copy, and two envelopes.
#[test]
fn with_two_envelopes_a_county_that_lost_its_key_helps_a_station_and_with_one_it_does_not() {
    let mut world = World::acquainted(1, 860);
    let (stick, back) = (world.stick("ask"), world.stick("back"));
    let made = world.county.tell("escrow.create", json!({}));
    let share = |at: usize| made["shares"][at]["text"].clone();
    let mut old_copy = world.what_if(1);
    world.county.tell("county.rotate_key", json!({}));
    world.carry_out(0);
    let id = world.stations[0].register(&SEEDS);
    world.stations[0].lock();
    let (asked, _) = request(&mut world.stations[0], &stick);
    let ask = json!({"path": asked, "out": back});
    assert_eq!(old_copy.refused("recovery.answer", ask.clone()), "recovery_not_ours");
    assert_eq!(old_copy.refused("escrow.restore", json!({"shares": [share(0)], "out": null})), "shares_too_few");
    assert_eq!(old_copy.refused("recovery.answer", ask), "recovery_not_ours", "one envelope opens nothing");
    old_copy.tell("escrow.restore", json!({"shares": [share(2), share(0)], "out": null}));
    let answered = answer(&mut old_copy, &asked, &back);
    let desk = &mut world.stations[0];
    desk.tell("access.by_county", by_county(desk, &answered));
    assert_eq!(desk.page(&id)["input"]["consumer_name"], "王小麦");
}

#[test]
fn an_answer_is_of_use_to_nobody_but_the_pc_that_asked() {
    let mut world = acquainted(2, 855);
    let (stick, back) = (world.stick("ask"), world.stick("back"));
    let (first, _) = request(&mut world.stations[0], &stick);
    let to_first = answer(&mut world.county, &first, &back);
    let (second, _) = request(&mut world.stations[0], &stick);
    assert_ne!(first, second);
    let desk = &mut world.stations[0];
    assert_eq!(
        desk.refused("access.by_county", by_county(desk, &to_first)),
        "recovery_other",
        "a newer request was made"
    );
    let text = fs::read_to_string(&to_first).unwrap();
    let newer: Value = serde_json::from_str(&fs::read_to_string(&second).unwrap()).unwrap();
    let mut forged: Value = serde_json::from_str(&text).unwrap();
    forged["id"] = newer["id"].clone();
    let path = back.join("forged.answer");
    fs::write(&path, forged.to_string()).unwrap();
    assert_eq!(desk.refused("access.by_county", by_county(desk, &path)), "recovery_invalid", "sealed for another key");
    for junk in ["", "{}", "[]", "a photo"] {
        fs::write(&path, junk).unwrap();
        assert_eq!(desk.refused("access.by_county", by_county(desk, &path)), "recovery_invalid");
        assert_eq!(world.county.refused("recovery.read", json!({"path": path})), "recovery_invalid");
    }
    let other = &mut world.stations[1];
    let elsewhere = by_county_as("站员2", other, &to_first);
    assert_eq!(other.refused("access.by_county", elsewhere), "recovery_none");
}

#[test]
fn another_county_cannot_answer_and_a_changed_request_changes_the_code_that_is_compared() {
    let (mut world, mut elsewhere) = (acquainted(1, 856), World::of(0, 857));
    let (stick, back) = (world.stick("ask"), world.stick("back"));
    let (asked, code) = request(&mut world.stations[0], &stick);
    assert_eq!(elsewhere.county.refused("recovery.answer", json!({"path": asked, "out": back})), "recovery_not_ours");
    assert_eq!(world.stations[0].refused("recovery.answer", json!({"path": asked, "out": back})), "not_county");
    let mut changed: Value = serde_json::from_str(&fs::read_to_string(&asked).unwrap()).unwrap();
    let thief = world.stick("thief");
    let (own, _) = request(&mut world.stations[0], &thief);
    let of_thief: Value = serde_json::from_str(&fs::read_to_string(own).unwrap()).unwrap();
    changed["reply_to"] = of_thief["reply_to"].clone();
    fs::write(&asked, changed.to_string()).unwrap();
    let seen = world.county.tell("recovery.read", json!({"path": asked}));
    assert_ne!(seen["compare_code"], json!(code), "the office reads another code by phone");
}

#[test]
fn no_key_and_no_name_stands_in_what_is_carried_for_a_recovery() {
    let mut world = acquainted(1, 858);
    let (stick, back) = (world.stick("ask"), world.stick("back"));
    let (asked, _) = request(&mut world.stations[0], &stick);
    let answered = answer(&mut world.county, &asked, &back);
    for path in [asked, answered] {
        let text = fs::read_to_string(path).unwrap();
        for word in ["站员1", "孙主任", "第1联络站", "AGE-SECRET-KEY"] {
            assert!(!text.contains(word), "{word}");
        }
    }
}

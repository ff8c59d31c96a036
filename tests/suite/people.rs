//! The people at one PC: each with a passphrase of their own; forgotten ones, wrong ones, and those who leave.

use std::fs;

use redress_store::Store;
use redress_tests::{Desk, PASSPHRASE, Typed, World};
use serde_json::{Value, json};

const OTHER: &str = "另外 四个 词儿 在此";
const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };

fn add(desk: &mut Desk, name: &str, role: &str, passphrase: &str) -> String {
    let added = desk.tell("operator.add", json!({"name": name, "role": role, "passphrase": passphrase}));
    added["id"].as_str().expect("an id").to_owned()
}

fn person(desk: &mut Desk, name: &str) -> Value {
    let people = desk.tell("operator.list", json!({}));
    people.as_array().expect("a list").iter().find(|one| one["name"] == name).cloned().unwrap_or_default()
}

fn at_door(desk: &mut Desk, name: &str, passphrase: &str) -> Result<Value, redress_app::AppError> {
    desk.ask("store.open", json!({"dir": desk.dir, "operator": name, "passphrase": passphrase}))
}

/// What the door says of a wrong passphrase or a right one.
fn code_at_door(desk: &mut Desk, name: &str, passphrase: &str) -> String {
    at_door(desk, name, passphrase).map_or_else(|error| error.code, |_| "open".to_owned())
}

#[test]
fn two_people_sign_in_with_their_own_passphrases_and_every_entry_names_its_writer() {
    let mut world = World::of(1, 811);
    let desk = &mut world.stations[0];
    add(desk, "周登记", "clerk", OTHER);
    let listed = desk.tell("app.state", json!({}));
    assert_eq!(redress_store::facts(&desk.dir).unwrap().operators, ["站员1", "周登记"], "{listed}");
    assert_eq!(code_at_door(desk, "周登记", PASSPHRASE), "passphrase_wrong", "a colleague's opens nothing");
    desk.sign_in("周登记", OTHER);
    let id = desk.register(&SEEDS);
    assert_eq!(desk.page(&id)["timeline"][0]["operator"], "周登记");
    desk.sign_in("站员1", PASSPHRASE);
    desk.host.pass_seconds(60);
    desk.accept(&id, "2026-11-03");
    assert_eq!(desk.page(&id)["timeline"][1]["operator"], "站员1");
}

#[test]
fn a_passphrase_is_changed_with_the_old_one_and_the_old_one_opens_nothing_afterwards() {
    let mut world = World::of(1, 812);
    let desk = &mut world.stations[0];
    let change = |old: &str, new: &str| json!({"old": old, "new": new});
    assert_eq!(desk.refused("passphrase.change", change(OTHER, OTHER)), "passphrase_wrong");
    for weak in ["短", "          ", "\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}", "aaaaaaaaaaaa"]
    {
        assert_eq!(desk.refused("passphrase.change", change(PASSPHRASE, weak)), "passphrase_weak", "{weak:?}");
    }
    desk.tell("passphrase.change", change(PASSPHRASE, OTHER));
    assert_eq!(code_at_door(desk, "站员1", PASSPHRASE), "passphrase_wrong");
    desk.sign_in("站员1", OTHER);
}

#[test]
fn a_supervisor_gives_a_colleague_a_new_passphrase_and_the_journal_says_so() {
    let mut world = World::of(1, 813);
    let desk = &mut world.stations[0];
    let clerk = add(desk, "周登记", "clerk", PASSPHRASE);
    assert_eq!(person(desk, "周登记")["access"], Value::Null);
    desk.tell("operator.reset", json!({"id": clerk, "passphrase": OTHER}));
    let access = person(desk, "周登记")["access"].clone();
    assert_eq!((&access["way"], &access["by"]), (&json!("supervisor"), &json!("站员1")));
    assert_eq!(code_at_door(desk, "周登记", PASSPHRASE), "passphrase_wrong");
    desk.sign_in("周登记", OTHER);
    let supervisor = person(desk, "站员1")["id"].clone();
    let tried = json!({"id": supervisor, "passphrase": OTHER});
    assert_eq!(desk.refused("operator.reset", tried), "role_forbidden", "not the other way round");
    desk.sign_in("站员1", PASSPHRASE);
    assert_eq!(desk.refused("operator.reset", json!({"id": supervisor, "passphrase": OTHER})), "reset_self");
    desk.look();
}

#[test]
fn who_leaves_cannot_sign_in_and_stays_in_the_history() {
    let mut world = World::of(1, 814);
    let desk = &mut world.stations[0];
    let clerk = add(desk, "周登记", "clerk", OTHER);
    desk.sign_in("周登记", OTHER);
    let id = desk.register(&SEEDS);
    desk.sign_in("站员1", PASSPHRASE);
    desk.tell("operator.retire", json!({"id": clerk}));
    assert_eq!(desk.page(&id)["timeline"][0]["operator"], "周登记");
    assert_eq!(person(desk, "周登记")["retired_on"], "2026-11-23");
    assert_eq!(redress_store::facts(&desk.dir).unwrap().operators, ["站员1"]);
    assert_eq!(code_at_door(desk, "周登记", OTHER), "passphrase_wrong");
    desk.sign_in("站员1", PASSPHRASE);
    assert_eq!(desk.refused("operator.reset", json!({"id": clerk, "passphrase": OTHER})), "operator_gone");
    add(desk, "周登记", "clerk", OTHER);
    world.round_trip();
    assert_eq!(world.county.page(&id)["timeline"][0]["operator"], "周登记", "the county reads the name too");
}

#[test]
fn an_office_always_keeps_a_supervisor_who_can_sign_in() {
    let mut world = World::of(1, 815);
    let desk = &mut world.stations[0];
    let own = person(desk, "站员1")["id"].as_str().unwrap().to_owned();
    let demote = json!({"id": own, "name": "站员1", "role": "clerk"});
    assert_eq!(desk.refused("operator.amend", demote.clone()), "last_supervisor");
    assert_eq!(desk.refused("operator.retire", json!({"id": own})), "retire_self");
    add(desk, "吴站长", "supervisor", OTHER);
    desk.sign_in("吴站长", OTHER);
    desk.tell("operator.retire", json!({"id": own}));
    let last = person(desk, "吴站长")["id"].clone();
    assert_eq!(
        desk.refused("operator.amend", json!({"id": last, "name": "吴站长", "role": "reader"})),
        "last_supervisor"
    );
}

#[test]
fn a_new_name_shows_at_the_door_and_no_two_people_share_one() {
    let mut world = World::of(1, 816);
    let desk = &mut world.stations[0];
    let clerk = add(desk, "周登记", "clerk", OTHER);
    let field = |error: redress_app::AppError| (error.fields[0].field.clone(), error.fields[0].code.clone());
    let same = desk.ask("operator.add", json!({"name": " 周登记 ", "role": "reader", "passphrase": OTHER}));
    assert_eq!(same.map_err(field), Err(("name".to_owned(), "name_taken".to_owned())));
    let none = desk.ask("operator.add", json!({"name": "　", "role": "reader", "passphrase": OTHER}));
    assert_eq!(none.map_err(field), Err(("name".to_owned(), "required".to_owned())));
    desk.tell("operator.amend", json!({"id": clerk, "name": "周调解", "role": "mediator"}));
    desk.sign_in("周调解", OTHER);
    assert_eq!(desk.tell("app.state", json!({}))["operator"]["role"], "mediator");
}

#[test]
fn wrong_passphrases_slow_down_also_after_a_restart_and_never_for_ever() {
    let mut world = World::of(1, 817);
    let desk = &mut world.stations[0];
    for _ in 0..3 {
        assert_eq!(code_at_door(desk, "站员1", "不对的口令啊"), "passphrase_wrong");
    }
    let waits: Vec<String> = (0..9)
        .map(|_| {
            let error = at_door(desk, "站员1", "不对的口令啊").unwrap_err();
            assert_eq!(error.code, "passphrase_wrong_wait");
            let refused = at_door(desk, "站员1", PASSPHRASE).unwrap_err();
            assert_eq!(
                (refused.code.as_str(), &refused.params["seconds"]),
                ("passphrase_wait", &error.params["seconds"])
            );
            desk.host.pass_seconds(error.params["seconds"].parse().unwrap());
            error.params["seconds"].clone()
        })
        .collect();
    assert_eq!(waits, ["5", "10", "20", "40", "80", "160", "300", "300", "300"], "it grows, and not for ever");
    let mut again = Desk::closed(desk.host.clone(), desk.dir.clone());
    assert_eq!(code_at_door(&mut again, "站员1", "不对的口令啊"), "passphrase_wrong_wait", "a restart forgets nothing");
    desk.host.pass_seconds(300);
    assert_eq!(code_at_door(desk, "站员1", PASSPHRASE), "open");
    assert_eq!(code_at_door(desk, "站员1", "不对的口令啊"), "passphrase_wrong", "the right one ends it");
    desk.unlock();
    desk.look();
}

#[test]
fn a_clock_that_was_set_back_keeps_nobody_out_for_longer_than_the_wait() {
    let mut world = World::of(1, 818);
    let desk = &mut world.stations[0];
    for _ in 0..6 {
        let _ = at_door(desk, "站员1", "不对的口令啊");
        desk.host.pass_seconds(60);
    }
    assert_eq!(code_at_door(desk, "站员1", "不对的口令啊"), "passphrase_wrong_wait");
    desk.host.set_clock("2001-01-01T00:00:00+08:00");
    let refused = at_door(desk, "站员1", PASSPHRASE).unwrap_err();
    assert!(refused.params["seconds"].parse::<u64>().unwrap() <= 300, "{refused:?}");
    desk.host.pass_seconds(300);
    assert_eq!(code_at_door(desk, "站员1", PASSPHRASE), "open");
}

#[test]
fn a_note_of_wrong_passphrases_that_cannot_be_read_keeps_nobody_out() {
    let mut world = World::of(1, 819);
    let desk = &mut world.stations[0];
    desk.lock();
    for bytes in [&b""[..], b"{}", b"{\"wrong\":4294967295,\"at\":9223372036854775807}", b"no note"] {
        fs::write(desk.dir.join("tries.json"), bytes).unwrap();
        let code = code_at_door(desk, "站员1", PASSPHRASE);
        if code != "open" {
            assert_eq!(code, "passphrase_wait");
            desk.host.pass_seconds(300);
            assert_eq!(code_at_door(desk, "站员1", PASSPHRASE), "open");
        }
    }
}

#[test]
fn the_slot_file_holds_no_passphrase_names_its_algorithms_and_a_newer_one_is_left_alone() {
    let mut world = World::of(1, 820);
    let desk = &mut world.stations[0];
    add(desk, "周登记", "clerk", OTHER);
    desk.lock();
    let path = desk.dir.join("keys.json");
    let text = fs::read_to_string(&path).unwrap();
    let slots: Value = serde_json::from_str(&text).unwrap();
    for slot in slots["slots"].as_array().unwrap().iter().filter(|slot| slot["kind"].is_null()) {
        assert_eq!((&slot["kdf"], &slot["wrap"]), (&json!("argon2id-v19"), &json!("xchacha20poly1305")));
    }
    assert!(!text.contains("四个") && !text.contains("山高"));
    let newer = text.replace("\"format\": 1", "\"format\": 2");
    fs::write(&path, &newer).unwrap();
    assert_eq!(Store::open(&desk.dir, None, PASSPHRASE).map(|_| ()).unwrap_err().code(), "store_newer");
    assert_eq!(fs::read_to_string(&path).unwrap(), newer);
    fs::write(&path, text).unwrap();
    desk.unlock();
}

#[test]
fn the_idle_time_is_set_by_a_supervisor_within_reason_and_stays() {
    let mut world = World::of(1, 821);
    let desk = &mut world.stations[0];
    assert_eq!(desk.tell("app.state", json!({}))["lock_after_min"], 15);
    for minutes in [0, 241] {
        assert_eq!(
            desk.refused("settings.put", json!({"lock_after_min": minutes, "backup_folder": null})),
            "invalid_input"
        );
    }
    desk.tell("settings.put", json!({"lock_after_min": 5, "backup_folder": null}));
    desk.lock();
    assert_eq!(desk.tell("app.state", json!({}))["lock_after_min"], 0, "nobody is signed in");
    desk.unlock();
    assert_eq!(desk.tell("app.state", json!({}))["lock_after_min"], 5);
}

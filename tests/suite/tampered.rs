//! A store that somebody edited by hand, with its key and another program: noticed by a check and by every export, which says
//! where and writes nothing; whoever would get it loses nothing.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use redress_cli::{Console, Environment, Exit, run};
use redress_store::{Store, by_hand};
use redress_tests::{Desk, PASSPHRASE, Typed, World};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };

/// Edits the complaints of a store whose program is closed; only its bytes differ, nothing is missing.
fn edit(desk: &mut Desk, from: &str, to: &str) {
    desk.lock();
    let (store, _) = Store::open(&desk.dir, None, PASSPHRASE).expect("nobody else has it open");
    let sql = format!(
        "UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), '{from}', '{to}') AS BLOB)
         WHERE instr(CAST(body AS TEXT), '{from}')"
    );
    by_hand::edit(&store, &sql).expect("whoever has the key may write");
    drop(store);
    desk.unlock();
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).expect("a folder").next().is_none()
}

fn broken(desk: &mut Desk) -> Value {
    desk.tell("check", json!({}))["chains_broken"].clone()
}

#[test]
fn a_journal_edited_by_hand_is_noticed_by_the_next_check_and_export_which_say_whose_and_between_which_numbers() {
    let mut world = World::acquainted(1, 871);
    let (out, late) = (world.stick("out"), world.stick("late"));
    let first = world.stations[0].register(&SEEDS);
    let sealed = world.stations[0].export(&late);
    world.stations[0].register(&Typed { goods: "化肥一袋", ..SEEDS });
    let desk = &mut world.stations[0];
    assert_eq!(broken(desk), json!([]));
    edit(desk, "玉米种子", "大豆种子");
    let found = broken(desk);
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    assert_eq!((&found[0]["office_name"], &found[0]["own"]), (&json!("第1联络站"), &json!(true)));
    let refusal = desk.ask("bundle.export", json!({"out": out})).unwrap_err();
    let said = |name: &str| json!(refusal.params[name].parse::<u64>().unwrap_or(0));
    assert_eq!((refusal.code.as_str(), refusal.params["office"].as_str()), ("journal_edited", "第1联络站"));
    assert_eq!((&said("from"), &said("upto")), (&found[0]["from"], &found[0]["upto"]));
    assert!(is_empty(&out), "nothing was written");
    world.county.merge(&[&sealed.path]);
    let kept = world.county.page(&first);
    assert_eq!(kept["input"]["goods_name"], "玉米种子", "what was carried before the change is what was written");
}

#[test]
fn the_command_line_says_where_a_journal_was_edited_and_writes_no_bundle() {
    let mut world = World::acquainted(1, 872);
    let (out, home) = (world.stick("out"), world.stick("home"));
    let desk = &mut world.stations[0];
    desk.register(&SEEDS);
    edit(desk, "玉米种子", "大豆种子");
    desk.lock();
    let (store, folder) = (desk.dir.display().to_string(), out.display().to_string());
    let checked = told(&home, &["check", "--store", &store]);
    assert_eq!(checked.0, Exit::Differs as u8, "{}", checked.1);
    let spoken = told(&home, &["bundle", "export", "--store", &store, "--out", &folder]);
    assert!(spoken.1.contains("第1联络站"), "in words, with the office: {}", spoken.1);
    let coded = told(&home, &["bundle", "export", "--store", &store, "--out", &folder, "--json"]);
    let error: Value = serde_json::from_str(&coded.2).unwrap_or_else(|error| panic!("{error}: {}", coded.2));
    assert_eq!(error["error"]["code"], "journal_edited");
    for number in ["from", "upto"] {
        let number = error["error"]["params"][number].as_str().expect("a number");
        assert!(spoken.1.contains(number), "{number} in {}", spoken.1);
    }
    assert!(spoken.0 != 0 && coded.0 != 0 && is_empty(&out));
}

/// Runs the program without a window: exit code, everything it said, and what it gave out.
fn told(home: &Path, words: &[&str]) -> (u8, String, String) {
    let home = home.to_str().expect("temporary folders have plain names");
    let env = Environment::default()
        .with("XDG_DATA_HOME", home)
        .with("XDG_CONFIG_HOME", home)
        .with("REDRESS_PASSPHRASE", PASSPHRASE);
    let (mut out, mut err, mut input) = (Vec::new(), Vec::new(), &b""[..]);
    let mut console = Console { input: &mut input, out: &mut out, err: &mut err, secret: None, bars: false };
    let exit = run(words.iter().map(OsString::from), &env, &mut console);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    let (out, err) = (text(out), text(err));
    (exit, format!("{out}{err}"), out)
}

/// The county wants a station's entry to read otherwise. It cannot hand that on, and a check names the station.
#[test]
fn what_the_county_changes_in_a_stations_log_is_noticed_and_handed_on_to_nobody() {
    let mut world = World::acquainted(1, 873);
    let back = world.stick("back");
    let id = world.stations[0].register(&SEEDS);
    world.carry_in(0);
    let mut second = world.second_pc(0);
    let asks = world.stick("asks");
    let asked = second.export(&asks);
    world.county.merge(&[&asked.path]);
    edit(&mut world.county, "玉米种子", "大豆种子");
    let found = broken(&mut world.county);
    assert_eq!((&found[0]["office_name"], &found[0]["own"]), (&json!("第1联络站"), &json!(false)), "{found}");
    let office = world.stations[0].office.clone();
    let refusal = world.county.ask("bundle.export", json!({"out": back, "office": office})).unwrap_err();
    assert_eq!((refusal.code.as_str(), refusal.params["office"].as_str()), ("journal_edited", "第1联络站"));
    assert!(is_empty(&back));
    assert_eq!(world.stations[0].page(&id)["input"]["goods_name"], "玉米种子");
}

//! Packs that the county sends: a calendar that arrives turns what was estimated into what is known, everywhere.

use redress_tests::{Desk, Typed, World};
use serde_json::{Value, json};

const NEXT_YEAR: &str = r#"{"years":[2027,2027],
    "off":{"2027-01-01":"元旦","2027-01-18":"调休","2027-01-19":"调休","2027-01-20":"调休"},"work":{"2027-01-23":"调休"}}"#;

/// A complaint accepted so late in the year that its mediation ends in one whose calendar nobody has.
fn late_case(desk: &mut Desk) -> String {
    let complaint = desk.register(&Typed { received_on: "2026-11-19", consumer: "王小麦", goods: "玉米种子" });
    desk.accept(&complaint, "2026-11-20");
    complaint
}

fn due(desk: &mut Desk, complaint: &str) -> (Value, Value) {
    let page = desk.page(complaint);
    (page["due_on"].clone(), page["due_estimated"].clone())
}

fn file(world: &World, name: &str, content: &str) -> String {
    let path = world.stick("packs").join(name);
    std::fs::write(&path, content).expect("the temporary folder can be written");
    path.display().to_string()
}

#[test]
fn a_calendar_that_arrives_turns_an_estimated_day_into_a_known_one_at_the_county_and_at_the_station() {
    let mut world = World::acquainted(1, 911);
    let here = late_case(&mut world.county);
    let there = late_case(&mut world.stations[0]);
    let estimated = (json!("2027-01-19"), json!(true));
    assert_eq!(due(&mut world.county, &here), estimated);
    assert_eq!(due(&mut world.stations[0], &there), estimated);

    let path = file(&world, "2027.json", NEXT_YEAR);
    let taken = world.county.tell("pack.import", json!({"path": path}));
    assert_eq!(taken, json!({"kind": "calendar", "name": "2027"}));
    let known = (json!("2027-01-21"), json!(false));
    assert_eq!(due(&mut world.county, &here), known);
    assert_eq!(due(&mut world.stations[0], &there), estimated, "nothing has been carried yet");

    world.carry_in(0);
    world.carry_out(0);
    assert_eq!(due(&mut world.stations[0], &there), known);
    assert_eq!(world.stations[0].tell("pack.list", json!({}))["calendar_until"], 2027);
    let computed = json!({"rule": "SD-CA-MEDIATE", "on": "2026-11-20"});
    let computed = world.stations[0].tell("deadline.compute", computed);
    assert_eq!((computed["due"].clone(), computed["estimated"].clone()), known);
    for desk in [&mut world.county, &mut world.stations[0]] {
        assert_eq!(desk.tell("check", json!({}))["ok"], true);
    }
}

#[test]
fn a_corrected_calendar_replaces_the_first_of_its_year_and_can_be_rebuilt_from_the_journal() {
    let mut world = World::acquainted(1, 912);
    let path = file(&world, "2027.json", NEXT_YEAR);
    world.county.tell("pack.import", json!({"path": path}));
    let complaint = late_case(&mut world.county);
    assert_eq!(due(&mut world.county, &complaint).0, "2027-01-21");
    let path =
        file(&world, "2027-corrected.json", &NEXT_YEAR.replace(r#""2027-01-20":"调休""#, r#""2027-01-21":"调休""#));
    world.county.tell("pack.import", json!({"path": path}));
    assert_eq!(due(&mut world.county, &complaint).0, "2027-01-20");
    assert_eq!(world.county.tell("pack.list", json!({}))["sent"].as_array().map(Vec::len), Some(1));
    assert_eq!(world.county.tell("rebuild", json!({}))["ok"], true);
    assert_eq!(due(&mut world.county, &complaint).0, "2027-01-20");
}

#[test]
fn what_is_no_pack_is_refused_and_a_station_sends_none() {
    let mut world = World::acquainted(1, 913);
    let path = file(&world, "list.txt", "张家村 李家村");
    assert_eq!(world.county.refused("pack.import", json!({"path": path})), "pack_invalid");
    assert_eq!(world.county.refused("pack.import", json!({"path": "no such file"})), "path_missing");
    let path = file(&world, "2027.json", NEXT_YEAR);
    assert_eq!(world.stations[0].refused("pack.import", json!({"path": path})), "not_county");
}

const NEW_NATURE: &str = "list,code,parent,label_zh,label_en,from,to\nnature,N20,,预付卡,Prepaid cards,2026-01-01,\n";

fn nature(desk: &mut Desk, code: &str) -> Value {
    let lists = desk.tell("codes.list", json!({}));
    let all = lists["lists"]["nature"].as_array().cloned().unwrap_or_default();
    all.into_iter().find(|one| one["code"] == code).unwrap_or_default()
}

#[test]
fn a_code_list_that_arrives_names_what_was_recorded_with_it_and_can_be_chosen() {
    let mut world = World::acquainted(1, 914);
    let mut form = json!(Typed { received_on: "2026-11-19", consumer: "王小麦", goods: "健身年卡" }.form());
    form["nature"] = json!("N20");
    assert_eq!(world.stations[0].refused("complaint.register", form.clone()), "invalid_input");

    let path = file(&world, "natures.csv", NEW_NATURE);
    let taken = world.county.tell("pack.import", json!({"path": path}));
    assert_eq!(taken, json!({"kind": "codes", "name": "nature"}));
    world.carry_out(0);
    assert_eq!(nature(&mut world.stations[0], "N20")["label_zh"], "预付卡");
    let id = world.stations[0].tell("complaint.register", form)["id"].as_str().unwrap_or_default().to_owned();
    assert_eq!(world.stations[0].page(&id)["input"]["nature"], "N20");

    // Its last day comes: it is no longer offered, and what was recorded keeps its name.
    let path = file(&world, "natures.csv", &NEW_NATURE.replace("2026-01-01,", "2026-01-01,2026-06-30"));
    world.county.tell("pack.import", json!({"path": path}));
    world.carry_in(0);
    world.carry_out(0);
    let over = nature(&mut world.stations[0], "N20");
    assert_eq!((&over["label_zh"], &over["over"]), (&json!("预付卡"), &json!(true)));
    assert_eq!(nature(&mut world.county, "N01")["over"], false);
}

#[test]
fn a_code_of_a_list_that_is_not_here_yet_is_kept_and_stays_when_something_else_is_amended() {
    let mut world = World::acquainted(2, 915);
    let path = file(&world, "natures.csv", NEW_NATURE);
    world.county.tell("pack.import", json!({"path": path}));
    let mut form = json!(Typed { received_on: "2026-11-19", consumer: "王小麦", goods: "健身年卡" }.form());
    form["nature"] = json!("N20");
    let id = world.county.tell("complaint.register", form)["id"].as_str().unwrap_or_default().to_owned();
    let file = json!({"path": file(&world, "fewer.csv", &NEW_NATURE.replace("N20,,预付卡,Prepaid cards", "N21,,其他卡,Cards"))});
    world.county.tell("pack.import", file);
    assert_eq!(nature(&mut world.county, "N20"), Value::Null);
    let page = world.county.page(&id);
    let mut input = page["input"].clone();
    assert_eq!(input["nature"], "N20");
    input["goods_name"] = json!("健身季卡");
    world.county.tell("complaint.amend", json!({"id": id, "seen": page["heads"], "input": input}));
    let after = world.county.page(&id);
    assert_eq!((&after["input"]["nature"], &after["input"]["goods_name"]), (&json!("N20"), &json!("健身季卡")));
}

//! Upkeep of the directory: offices are renamed, moved, handed over and closed by the county, and everybody learns it.

use redress_tests::{Desk, World};
use serde_json::{Value, json};

fn office(desk: &mut Desk, id: &str) -> Value {
    let offices = desk.tell("device.list", json!({}));
    let found = offices.as_array().into_iter().flatten().find(|office| office["id"] == id).cloned();
    found.expect("an office of the directory")
}

fn branch(world: &mut World) -> String {
    let out = world.stick("invitations");
    let form = json!({"kind": "branch", "code": "0200", "name": "果里分会", "out": out});
    let invited = world.county.tell("office.invite", form);
    invited["office"]["id"].as_str().expect("an id is text").to_owned()
}

#[test]
fn a_new_name_another_branch_and_a_new_person_reach_the_station_and_its_case_numbers_stay() {
    let mut world = World::acquainted(1, 81);
    let station = world.stations[0].office.clone();
    let parent = branch(&mut world);
    let form = json!({
        "id": station, "name": "新街联络站", "parent": parent, "contact": "李和平", "phone": "0533-0000001", "note": "换人",
    });
    world.county.tell("office.amend", form);
    let carried = world.county.export_to(&world.stick("back"), &station);
    world.stations[0].merge(&[carried.path]);
    let seen = office(&mut world.stations[0], &station);
    assert_eq!((seen["name"].as_str(), seen["parent_name"].as_str()), (Some("新街联络站"), Some("果里分会")));
    assert_eq!((seen["contact"].as_str(), seen["code"].as_str()), (Some("李和平"), Some("0101")));
    let state = world.stations[0].tell("app.state", json!({}));
    assert_eq!(state["office"]["name"], "新街联络站");
}

#[test]
fn a_closed_office_is_not_invited_its_late_bundle_is_taken_and_it_can_be_opened_again() {
    let mut world = World::acquainted(1, 82);
    let station = world.stations[0].office.clone();
    let closed = json!({"id": station, "on": "2026-11-20", "reason": "撤点"});
    world.county.tell("office.close", closed);
    assert_eq!(office(&mut world.county, &station)["closed_on"], "2026-11-20");
    let again = json!({"kind": "station", "code": "0101", "name": "第1联络站", "out": world.stick("again")});
    assert_eq!(world.county.refused("office.invite", again.clone()), "office_closed");
    world.stations[0].consult("2026-11-05", "网购退货怎么办");
    let report = world.carry_in(0);
    assert_eq!((report.refused, report.new_consultations), (0, 1));
    world.county.tell("office.reopen", json!({"id": station, "reason": "重新设点"}));
    world.county.tell("office.invite", again);
}

#[test]
fn only_the_county_keeps_the_directory_and_nothing_stands_above_itself() {
    let mut world = World::acquainted(1, 83);
    let station = world.stations[0].office.clone();
    let form = |parent: Option<&str>, name: &str| json!({"id": station, "name": name, "parent": parent, "contact": "", "phone": "", "note": ""});
    assert_eq!(world.stations[0].refused("office.amend", form(None, "自己改")), "not_county");
    assert_eq!(world.county.refused("office.amend", form(Some(&station), "第1联络站")), "invalid_input");
    assert_eq!(world.county.refused("office.amend", form(None, " ")), "invalid_input");
    let county = world.county.office.clone();
    let closing = json!({"id": county, "on": "2026-11-20", "reason": "x"});
    assert_eq!(world.county.refused("office.close", closing), "office_is_county");
}

//! The work besides complaints, and what is known of a business: activities and volunteers are written down, amended, taken
//! out, counted and carried; a business's page gathers its cases under all its names.

use redress_tests::{Desk, Typed, World};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_default()
}

/// Writes an activity down; gives its id.
fn activity(desk: &mut Desk, kind: &str, on: &str, more: Value) -> String {
    let mut input = json!({"kind": kind, "on": on, "title": "走访村里的农资店"});
    more.as_object().into_iter().flatten().for_each(|(name, value)| input[name] = value.clone());
    let written = desk.tell("activity.record", json!({"at": {"id": null, "seen": []}, "input": input}));
    text(&written, "id").to_owned()
}

fn list(desk: &mut Desk, filter: Value) -> (Vec<Value>, Option<String>, u64) {
    let mut query = json!({"kind": null, "from": null, "to": null, "after": null, "limit": 50});
    filter.as_object().into_iter().flatten().for_each(|(name, value)| query[name] = value.clone());
    let page = desk.tell("activity.list", query);
    let rows = page["rows"].as_array().cloned().unwrap_or_default();
    (rows, page["next"].as_str().map(str::to_owned), page["total"].as_u64().unwrap_or_default())
}

fn patrols(desk: &mut Desk) -> (i64, i64) {
    let totals = desk.totals("2026-11-01", "2026-11-30");
    totals.activities.iter().find(|row| row.kind == "AC01").map_or((0, 0), |row| (row.count, row.people))
}

#[test]
fn an_activity_is_counted_amended_taken_out_and_brought_back() {
    let mut world = World::of(1, 601);
    let desk = &mut world.stations[0];
    let id = activity(desk, "AC01", "2026-11-05", json!({"people": "３０", "consultations": "4", "place": "新立村"}));
    assert_eq!(patrols(desk), (1, 30));
    let view = desk.tell("activity.get", json!({"id": id}));
    let mut input = view["input"].clone();
    assert_eq!((text(&input, "people"), text(&input, "consultations")), ("30", "4"));
    input["people"] = json!("35");
    desk.tell("activity.record", json!({"at": {"id": id, "seen": view["heads"]}, "input": input}));
    assert_eq!(patrols(desk), (1, 35));
    desk.withdraw(&id, "记重了");
    assert_eq!((patrols(desk), list(desk, json!({})).2), ((0, 0), 0));
    assert_eq!(text(&desk.tell("activity.get", json!({"id": id})), "withdrawn"), "记重了");
    desk.restore(&id, "没有重");
    assert_eq!(patrols(desk), (1, 35));
    assert!(desk.tell("check", json!({}))["ok"].as_bool().unwrap_or(false));
}

#[test]
fn activities_are_listed_newest_first_page_by_page_by_kind_and_day() {
    let mut world = World::of(1, 602);
    let desk = &mut world.stations[0];
    for day in 1..=9 {
        activity(desk, if day % 2 == 0 { "AC03" } else { "AC01" }, &format!("2026-11-0{day}"), json!({}));
    }
    let mut days = Vec::new();
    let mut after = Value::Null;
    loop {
        let (rows, next, total) = list(desk, json!({"limit": 4, "after": after}));
        assert_eq!(total, 9);
        days.extend(rows.iter().map(|row| text(row, "on").to_owned()));
        let Some(next) = next else { break };
        after = json!(next);
    }
    let expected: Vec<String> = (1..=9).rev().map(|day| format!("2026-11-0{day}")).collect();
    assert_eq!(days, expected, "none twice, none left out");
    assert_eq!(list(desk, json!({"kind": "AC03"})).2, 4);
    assert_eq!(list(desk, json!({"from": "11月4日", "to": "2026-11-06"})).2, 3);
    assert_eq!(
        desk.refused("activity.list", json!({"kind": null, "from": null, "to": null, "after": "x", "limit": 4})),
        "bad_payload"
    );
}

#[test]
fn an_activity_names_everything_that_is_wrong() {
    let mut world = World::of(1, 603);
    let desk = &mut world.stations[0];
    let input = json!({"kind": "AC02", "on": "2027-01-01", "title": "", "people": "很多", "setting": "SE77"});
    let error = desk.ask("activity.record", json!({"at": {"id": null, "seen": []}, "input": input})).unwrap_err();
    let wrong: Vec<String> = error.fields.iter().map(|field| format!("{} {}", field.field, field.code)).collect();
    // A day that lies ahead is no mistake: this PC's clock may be wrong.
    let expected = ["business_name required", "title required", "setting code_unknown", "people number_invalid"];
    assert_eq!(wrong, expected);
}

#[test]
fn activities_and_volunteers_travel_to_the_county_and_its_totals_know_the_office() {
    let mut world = World::of(2, 604);
    let patrol = activity(&mut world.stations[0], "AC01", "2026-11-05", json!({"people": "30"}));
    activity(&mut world.stations[1], "AC01", "2026-11-06", json!({"people": "12"}));
    let someone =
        json!({"name": "志愿者甲", "roles": ["VR01", "VR03"], "phone": "199 0000 0031", "since": "2025-03-15"});
    world.stations[0].tell("volunteer.record", json!({"at": {"id": null, "seen": []}, "input": someone}));
    world.round_trip();
    assert_eq!(patrols(&mut world.county), (2, 42));
    let office = world.stations[0].office.clone();
    let query = json!({"from": "2026-11-01", "to": "2026-11-30", "office": office});
    let totals = world.county.tell("report.totals", query);
    assert_eq!(
        (totals["activities"][0]["count"].as_i64(), totals["activities"][0]["people"].as_i64()),
        (Some(1), Some(30))
    );
    let volunteers = world.county.tell("volunteer.list", json!({}));
    assert_eq!((text(&volunteers[0]["input"], "name"), volunteers[0]["serves"].as_bool()), ("志愿者甲", Some(true)));
    assert_eq!(text(&volunteers[0]["input"], "phone"), "199****0031", "in part, as in every list");
    let at_home = world.stations[0].tell("activity.get", json!({"id": patrol}));
    assert_eq!(world.county.tell("activity.get", json!({"id": patrol}))["input"], at_home["input"]);
    for desk in [&mut world.county, &mut world.stations[0]] {
        assert!(desk.tell("check", json!({}))["ok"].as_bool().unwrap_or(false), "rebuilding gives the same rows");
    }
}

#[test]
fn a_volunteer_who_has_left_stands_last_and_can_be_corrected() {
    let mut world = World::of(1, 605);
    let desk = &mut world.stations[0];
    let new = json!({"id": null, "seen": []});
    let left = json!({"name": "志愿者乙", "roles": ["VR02"], "since": "2024-01-01", "until": "2026-10-31"});
    desk.tell("volunteer.record", json!({"at": new, "input": left}));
    desk.tell("volunteer.record", json!({"at": new, "input": {"name": "志愿者丙", "roles": ["VR01"]}}));
    let names = |desk: &mut Desk| -> Vec<(String, bool)> {
        let all = desk.tell("volunteer.list", json!({}));
        let all = all.as_array().cloned().unwrap_or_default();
        all.iter().map(|one| (text(&one["input"], "name").to_owned(), one["serves"] == true)).collect()
    };
    assert_eq!(names(desk), [("志愿者丙".to_owned(), true), ("志愿者乙".to_owned(), false)]);
    let all = desk.tell("volunteer.list", json!({}));
    let mut input = all[1]["input"].clone();
    input["until"] = json!("");
    desk.tell("volunteer.record", json!({"at": {"id": all[1]["id"], "seen": all[1]["heads"]}, "input": input}));
    assert!(names(desk).iter().all(|(_, serves)| *serves));
    desk.withdraw(text(&all[0], "id"), "写错了人");
    assert_eq!(names(desk).len(), 1);
    let nobody = json!({"at": {"id": null, "seen": []}, "input": {"name": "", "roles": []}});
    assert_eq!(desk.refused("volunteer.record", nobody), "invalid_input");
}

#[test]
fn a_business_page_gathers_cases_money_and_talks_under_every_name() {
    let mut world = World::of(1, 606);
    let desk = &mut world.stations[0];
    let agreed = desk.register(&SEEDS);
    desk.accept(&agreed, "2026-11-03");
    desk.mediate(&agreed, "2026-11-04");
    desk.recover(&agreed, "120.50", "2026-11-04");
    let mut other = SEEDS.form();
    other.respondent_name = "新立农资".into();
    desk.tell("complaint.register", json!(other));
    let by_name = |desk: &mut Desk, name: &str| desk.tell("business.get", json!({"id": null, "name": name}));
    let page = by_name(desk, "某农资店");
    assert_eq!(
        (page["complaints"].as_u64(), page["settled"].as_u64(), page["business"].is_null()),
        (Some(1), Some(1), true)
    );

    let (shop, same) = (desk.business("某农资店"), desk.business("新立农资"));
    activity(desk, "AC02", "2026-11-10", json!({"business_name": "新立农资", "title": "约谈进货记录"}));
    activity(desk, "AC02", "2026-11-11", json!({"business_name": "别家", "title": "与他们无关"}));
    let under_another_name = json!({"business_name": "旧招牌", "business": same, "title": "约谈换招牌的事"});
    activity(desk, "AC02", "2026-11-12", under_another_name);
    desk.merge_business(&same, &shop);
    let page = desk.tell("business.get", json!({"id": shop, "name": ""}));
    assert_eq!(
        (page["complaints"].as_u64(), page["open"].as_u64(), page["settled"].as_u64()),
        (Some(2), Some(1), Some(1))
    );
    assert_eq!((page["dispute_fen"].as_i64(), page["recovered_fen"].as_i64()), (Some(40_000), Some(12_050)));
    assert_eq!((page["cases"].as_array().map(Vec::len), page["talks"].as_array().map(Vec::len)), (Some(2), Some(2)));
    assert_eq!(by_name(desk, "新立农资")["name"], "某农资店", "whoever asks for a merged one is led to its survivor");
    desk.unmerge_business(&same);
    assert_eq!(by_name(desk, "新立农资")["complaints"].as_u64(), Some(1));
    assert_eq!(desk.refused("business.get", json!({"id": null, "name": " "})), "record_missing");
}

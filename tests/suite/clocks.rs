//! Clocks that are wrong: said, marked, and never in anybody's way; nothing is ordered by them. (Hard cases 11 to 15.)

use redress_tests::{Desk, Typed, World};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };
const MORNING: &str = "2026-11-23T09:00:00+08:00";

fn is_said(desk: &mut Desk) -> bool {
    desk.tell("home.today", json!({}))["clock_doubtful"] == true
}

/// The marks of doubt in a page's timeline.
fn doubts(page: &Value) -> Vec<bool> {
    page["timeline"].as_array().expect("a list").iter().map(|item| item["clock_doubtful"] == true).collect()
}

/// A case from its receipt to its end, a consultation beside it, and a correction of the money: everything that has a day.
fn works(desk: &mut Desk) -> String {
    let complaint = desk.register(&SEEDS);
    desk.accept(&complaint, "2026-11-04");
    desk.mediate(&complaint, "2026-11-06");
    let loss = desk.recover(&complaint, "1200.50", "2026-11-06");
    desk.tell("loss.reverse", json!({"loss": loss, "on": "2026-11-20", "reason": "录错", "replacement": null}));
    desk.amend(&complaint, |form| form.bought_on = "2026-10-12".into());
    desk.consult("2026-11-05", "网购退货怎么办");
    complaint
}

/// Cases 11 and 13: a dead battery. What people type is taken as they type it.
#[test]
fn a_pc_whose_clock_says_2001_says_so_and_works_on() {
    let mut world = World::acquainted(1, 621);
    world.stations[0].host.set_clock("2001-01-01T00:00:07+08:00");
    assert!(is_said(&mut world.stations[0]));
    let complaint = works(&mut world.stations[0]);
    let page = world.stations[0].page(&complaint);
    assert_eq!((&page["status"], &page["recovered_fen"]), (&json!("performed"), &json!(0)));
    assert_eq!(page["input"]["received_on"], "2026-11-02");
    assert!(doubts(&page).iter().all(|doubt| *doubt), "every entry is marked");
    let report = world.carry_in(0);
    assert_eq!((report.refused, report.new_complaints, report.quarantined), (0, 1, 0));
    assert_eq!(world.county.page(&complaint)["due_on"], page["due_on"]);
    assert!(doubts(&world.county.page(&complaint)).iter().all(|doubt| *doubt), "the county sees the marks too");
    assert!(!is_said(&mut world.county));
}

/// Case 11: back by a few days only, which no calendar of the program can tell, but what was written before can.
#[test]
fn a_clock_that_runs_backwards_is_noticed_by_what_was_written_before() {
    let mut world = World::acquainted(1, 622);
    let complaint = world.stations[0].register(&SEEDS);
    world.stations[0].host.set_clock("2026-11-05T08:00:00+08:00");
    assert!(is_said(&mut world.stations[0]));
    world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
    let mut marks = doubts(&world.stations[0].page(&complaint));
    marks.sort_unstable();
    assert_eq!(marks, [false, true], "the later one only");
    let later = Typed { received_on: "2026-11-22", ..SEEDS };
    assert!(!is_said(&mut world.stations[0]), "from then on its own time goes on");
    world.stations[0].host.set_clock("2026-11-02T08:00:00+08:00");
    world.stations[0].register(&later);
}

/// Case 13: only what is wrong whatever the clock says is refused.
#[test]
fn with_a_wrong_clock_other_mistakes_are_still_told() {
    let mut world = World::acquainted(1, 624);
    world.stations[0].host.set_clock("2001-01-01T00:00:07+08:00");
    let mut form = json!(SEEDS.form());
    form["price"] = "12.345".into();
    form["nature"] = "N77".into();
    let error = world.stations[0].ask("complaint.register", form).unwrap_err();
    let mut codes: Vec<&str> = error.fields.iter().map(|field| field.code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["amount_too_precise", "code_unknown"]);
}

/// Case 12: who lives in 2099 wins nothing.
#[test]
fn a_clock_in_the_far_future_decides_nothing() {
    let mut world = World::acquainted(1, 625);
    let complaint = world.stations[0].register(&SEEDS);
    world.round_trip();
    world.stations[0].host.set_clock("2099-06-01T08:00:00+08:00");
    world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
    world.carry_in(0);
    world.county.amend(&complaint, |form| form.goods_name = "小麦种子".into());
    world.round_trip();
    for desk in [&mut world.county, &mut world.stations[0]] {
        assert_eq!(desk.page(&complaint)["input"]["goods_name"], "小麦种子", "who had seen the other's value");
        assert!(desk.decisions().is_empty());
    }
    world.stations[0].host.set_clock(MORNING);
    world.stations[0].amend(&complaint, |form| form.goods_name = "谷子种子".into());
    world.round_trip();
    assert_eq!(world.county.page(&complaint)["input"]["goods_name"], "谷子种子");
}

/// Case 14: what must be done by when follows from the days that people typed.
#[test]
fn due_dates_come_from_typed_days_whatever_the_clock_says() {
    let due = |clock: &str, seed| {
        let mut world = World::of(0, seed);
        world.county.host.set_clock(clock);
        let complaint = world.county.register(&SEEDS);
        let registered = world.county.page(&complaint)["due_on"].clone();
        world.county.host.set_clock(MORNING);
        world.county.accept(&complaint, "2026-11-04");
        let page = world.county.page(&complaint);
        let times: Vec<String> =
            page["timeline"].as_array().expect("a list").iter().map(|item| item["at"].to_string()).collect();
        assert!(times.iter().any(|at| at.contains(&clock[..10])), "what the clock said is kept: {times:?}");
        (registered, page["due_on"].clone())
    };
    let right = due(MORNING, 626);
    assert!(right.0.is_string() && right.1.is_string());
    assert_eq!(due("2001-02-03T04:05:06+08:00", 627), right);
    assert_eq!(due("2099-02-03T04:05:06+08:00", 628), right);
}

/// Case 15: a bundle from tomorrow says that one of two clocks is wrong; it is merged all the same.
#[test]
fn a_bundle_from_more_than_a_day_ahead_asks_both_to_look_at_their_clocks() {
    let mut world = World::acquainted(1, 629);
    for (clock, ahead) in [("2026-11-24T08:00:00+08:00", false), ("2026-11-26T09:00:00+08:00", true)] {
        world.stations[0].host.set_clock(clock);
        world.stations[0].register(&SEEDS);
        let report = world.carry_in(0);
        assert_eq!((report.bundles[0].clock_ahead, report.new_complaints), (ahead, 1), "{clock}");
    }
    assert!(is_said(&mut world.county), "whose of the two it is, is for a person to say");
    world.county.tell("clock.confirm", json!({"day": "2026-11-23"}));
    assert!(!is_said(&mut world.county), "the county's own is right");
    world.stations[0].register(&SEEDS);
    assert!(world.carry_in(0).bundles[0].clock_ahead && !is_said(&mut world.county), "and is not asked about again");
    world.stations[0].host.set_clock(MORNING);
    world.county.host.set_clock("2001-01-01T00:00:07+08:00");
    world.stations[0].register(&SEEDS);
    assert!(world.carry_in(0).bundles[0].clock_ahead, "when it is the county's clock that is wrong");
    assert!(is_said(&mut world.county));
}

/// What the frame says of the clock: what it shows, and what is reckoned with.
fn clock(desk: &mut Desk) -> Value {
    desk.tell("app.state", json!({}))["clock"].clone()
}

/// The complaints that the county's list has as overdue, the board's number of them, and how many home counts.
fn overdue(desk: &mut Desk) -> [u64; 3] {
    let query = json!({"due": "overdue", "open_only": false, "limit": 50});
    let listed = desk.tell("complaint.list", query)["rows"].as_array().map_or(0, Vec::len);
    let board = desk.tell("office.list", json!({}));
    let on_board = board.as_array().into_iter().flatten().filter_map(|row| row["overdue"].as_u64()).sum();
    [listed as u64, on_board, desk.tell("home.today", json!({}))["overdue"].as_u64().unwrap_or(99)]
}

/// Case 15: the county's clock died. What is overdue follows the day that somebody says it is, until the clock is right again;
/// the times in entries stay the clock's, with their marks.
#[test]
fn while_the_clock_is_wrong_what_is_due_is_reckoned_from_the_day_that_somebody_confirms() {
    let mut world = World::acquainted(1, 630);
    let complaint = world.stations[0].register(&SEEDS);
    world.carry_in(0);
    let county = &mut world.county;
    assert_eq!((overdue(county), clock(county)), ([1, 1, 1], Value::Null), "due on the 11th");
    county.host.set_clock("2001-01-01T00:00:07+08:00");
    assert_eq!((overdue(county), clock(county)), ([0, 0, 0], json!({"shows": "2001-01-01", "reckons": null})));
    for (typed, code) in [("", "required"), ("2001-01-01", "date_before_program"), ("不知道", "date_invalid")] {
        let error = county.ask("clock.confirm", json!({"day": typed})).unwrap_err();
        assert_eq!((error.fields[0].field.as_str(), error.fields[0].code.as_str()), ("day", code), "{typed}");
    }
    let state = county.tell("clock.confirm", json!({"day": "2026年11月23日"}));
    assert_eq!((&state["today"], &state["clock"]["reckons"]), (&json!("2026-11-23"), &json!("2026-11-23")));
    assert_eq!(overdue(county), [1, 1, 1], "late, whatever the clock shows");
    county.amend(&complaint, |form| form.goods_name = "水稻种子".into());
    let page = county.page(&complaint);
    assert!(page["timeline"].to_string().contains("2001-01-01T00:00:07"), "an entry says what the clock showed");
    assert!(doubts(&page).contains(&true), "and is marked");
    county.host.set_clock("2001-01-02T08:00:00+08:00");
    county.lock();
    county.unlock();
    assert_eq!(clock(county), json!({"shows": "2001-01-02", "reckons": "2026-11-24"}), "a day later, after a restart");
    county.host.set_clock("2026-11-05T08:00:00+08:00");
    assert_eq!((overdue(county), &clock(county)["reckons"]), ([1, 1, 1], &json!("2026-11-23")), "set, but not right");
    county.host.set_clock("2026-11-24T08:00:00+08:00");
    assert_eq!((overdue(county), clock(county)), ([1, 1, 1], Value::Null), "right again");
    county.host.set_clock("2026-11-02T08:00:00+08:00");
    assert_eq!(clock(county)["reckons"], "2026-11-23", "and wrong again");
}

/// What somebody wrote with the earlier entry before his eyes stands below it, whatever his clock said.
#[test]
fn a_correction_stands_below_what_it_corrects_though_the_clock_went_back() {
    let mut world = World::acquainted(1, 451);
    let typed = Typed { received_on: "2001-01-01", consumer: "王小麦", goods: "玉米种子" };
    let complaint = world.stations[0].register(&typed);
    world.stations[0].host.set_clock("2001-01-01T08:00:00+08:00");
    world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
    let page = world.stations[0].page(&complaint);
    let actions: Vec<&str> =
        page["timeline"].as_array().unwrap().iter().filter_map(|item| item["action"].as_str()).collect();
    assert_eq!(actions, ["created", "amended"]);
}

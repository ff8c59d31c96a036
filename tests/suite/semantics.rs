//! What becomes of two people's work on one thing: both kept, at most one question, nothing shifted silently.

use redress_tests::{Desk, Typed, World};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };
const NOVEMBER: (&str, &str) = ("2026-11-01", "2026-11-30");

/// A county, two stations' worth of nothing else, and a complaint of the station that both know.
fn shared(seed: u64) -> (World, String) {
    let mut world = World::acquainted(1, seed);
    let complaint = world.stations[0].register(&SEEDS);
    world.round_trip();
    (world, complaint)
}

fn input(desk: &mut Desk, complaint: &str, field: &str) -> String {
    desk.page(complaint)["input"][field].as_str().unwrap_or_default().to_owned()
}

fn goods(desk: &mut Desk, complaint: &str) -> String {
    input(desk, complaint, "goods_name")
}

/// Station and county, one after the other.
fn both(world: &mut World) -> [&mut Desk; 2] {
    [&mut world.county, &mut world.stations[0]]
}

/// Keeps a value of the first conflict.
fn keep(desk: &mut Desk, value: &str) {
    assert!(desk.settle(|values| values.iter().position(|one| one == value).expect("one of the values")));
}

fn totals(desk: &mut Desk) -> Value {
    let totals = desk.tell("report.totals", json!({"from": NOVEMBER.0, "to": NOVEMBER.1, "office": null}));
    let names =
        ["complaints", "accepted", "closed", "agreed", "dispute_fen", "recovered_fen", "by_nature", "by_office"];
    names.into_iter().map(|name| (name.to_owned(), totals[name].clone())).collect::<serde_json::Map<_, _>>().into()
}

/// Case 53.
#[test]
fn different_fields_of_one_record_are_both_kept_and_nobody_is_asked() {
    let (mut world, complaint) = shared(201);
    world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
    world.county.amend(&complaint, |form| form.request = "退货".into());
    world.round_trip();
    for desk in both(&mut world) {
        assert_eq!((goods(desk, &complaint), input(desk, &complaint, "request")), ("水稻种子".into(), "退货".into()));
        assert_eq!(desk.to_decide(), [""; 0]);
        desk.look();
    }
}

/// Case 54.
#[test]
fn two_values_of_one_field_are_both_kept_shown_as_one_question_and_the_same_one_is_shown_everywhere() {
    let (mut world, complaint) = shared(202);
    world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
    world.county.amend(&complaint, |form| form.goods_name = "小麦种子".into());
    world.round_trip();
    let mut shown = Vec::new();
    for desk in both(&mut world) {
        assert_eq!(desk.to_decide(), ["conflict"]);
        let page = desk.page(&complaint);
        assert_eq!(page["conflicts"].as_array().unwrap().len(), 1, "marked on the page too");
        assert_eq!(page["conflicts"][0]["versions"][0]["value"], page["input"]["goods_name"]);
        shown.push(goods(desk, &complaint));
        desk.look();
    }
    assert_eq!(shown[0], shown[1]);
}

/// Case 55.
#[test]
fn the_same_value_typed_twice_is_no_question() {
    let (mut world, complaint) = shared(203);
    world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
    world.county.amend(&complaint, |form| form.goods_name = " 水稻种子 ".into());
    assert_eq!(world.round_trip().conflicts, 0);
    for desk in both(&mut world) {
        assert_eq!((goods(desk, &complaint), desk.to_decide().len()), ("水稻种子".into(), 0));
    }
}

/// Case 56: a late change from before the decision is asked about only if it brings a new value.
#[test]
fn an_older_bundle_after_a_decision_asks_again_only_when_it_brings_a_new_value() {
    for (late, asked) in [("水稻种子", false), ("小麦种子", false), ("大豆种子", true)] {
        let (mut world, complaint) = shared(204);
        let opened = world.stations[0].page(&complaint);
        world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
        world.county.amend(&complaint, |form| form.goods_name = "小麦种子".into());
        world.carry_in(0);
        keep(&mut world.county, "小麦种子");
        assert_eq!(world.county.to_decide(), [""; 0]);
        // Typed at the station before it heard of anything, and carried after the decision.
        world.stations[0].amend_from(&opened, |form| form.goods_name = late.into());
        let report = world.carry_in(0);
        if late == "水稻种子" {
            // What the decision has seen already is typed once more by somebody who has not: a value of its own again.
            assert_eq!(report.conflicts, 1);
        } else {
            assert_eq!(report.conflicts, u64::from(asked), "{late}");
        }
    }
}

/// Case 56: the bundle that the decision had already seen comes again, and one that was written before it.
#[test]
fn bundles_from_before_a_decision_change_nothing_about_it() {
    let (mut world, complaint) = shared(205);
    let (old, new) = (world.stick("old"), world.stick("new"));
    world.stations[0].amend(&complaint, |form| form.facts = "出苗率不到两成".into());
    let first = world.stations[0].export(&old).path;
    world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
    let second = world.stations[0].export(&new).path;
    world.county.amend(&complaint, |form| form.goods_name = "小麦种子".into());
    world.county.merge(&[&second]);
    keep(&mut world.county, "小麦种子");
    let before = world.county.look();
    assert_eq!(world.county.merge(&[&first, &second]).conflicts, 0);
    let after = world.county.look();
    assert_eq!((&before.rows, &before.entries, &before.decisions), (&after.rows, &after.entries, &after.decisions));
    assert_eq!(goods(&mut world.county, &complaint), "小麦种子");
}

/// Case 57: decided here and decided there.
#[test]
fn one_conflict_decided_twice_is_settled_when_both_agree_and_asked_once_more_when_they_do_not() {
    for (there, asked) in [("小麦种子", 0), ("水稻种子", 1)] {
        let (mut world, complaint) = shared(206);
        world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
        world.county.amend(&complaint, |form| form.goods_name = "小麦种子".into());
        world.round_trip();
        keep(&mut world.county, "小麦种子");
        keep(&mut world.stations[0], there);
        world.round_trip();
        for desk in both(&mut world) {
            assert_eq!(desk.to_decide().len(), asked, "{there}");
        }
        if asked > 0 {
            keep(&mut world.county, "小麦种子");
            world.round_trip();
        }
        for desk in both(&mut world) {
            assert_eq!((goods(desk, &complaint), desk.to_decide().len()), ("小麦种子".into(), 0));
        }
        world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
        world.round_trip();
        for desk in both(&mut world) {
            assert_eq!(
                (goods(desk, &complaint), desk.to_decide().len()),
                ("水稻种子".into(), 0),
                "a station can object"
            );
        }
    }
}

/// Case 58: withdrawn beside an edit, and settled for the one or the other.
#[test]
fn a_withdrawal_beside_an_edit_is_settled_by_withdrawing_again_or_by_restoring() {
    for restored in [false, true] {
        let (mut world, complaint) = shared(207);
        world.county.withdraw(&complaint, "重复登记");
        world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
        world.round_trip();
        for desk in both(&mut world) {
            assert_eq!(desk.to_decide(), ["withdrawn_and_edited"]);
            assert_eq!(desk.decisions()[0]["note"], "重复登记");
            assert_eq!((totals(desk)["complaints"].clone(), goods(desk, &complaint)), (json!(1), "水稻种子".into()));
        }
        // Settled at the other office than the one that withdrew.
        if restored {
            world.stations[0].restore(&complaint, "不是重复");
        } else {
            world.stations[0].withdraw(&complaint, "确是重复");
        }
        world.round_trip();
        for desk in both(&mut world) {
            assert_eq!(desk.to_decide(), [""; 0]);
            assert_eq!(totals(desk)["complaints"], json!(u32::from(restored)));
            let page = desk.page(&complaint);
            assert_eq!(page["withdrawn"], if restored { Value::Null } else { json!("确是重复") });
            assert_eq!(page["input"]["goods_name"], "水稻种子", "what was typed is there either way");
            desk.look();
        }
    }
}

/// Case 58: nothing is erased, and a restored record counts again.
#[test]
fn a_withdrawn_record_can_be_restored_and_counts_again_with_all_that_belongs_to_it() {
    let (mut world, complaint) = shared(208);
    world.stations[0].accept(&complaint, "2026-11-03");
    world.stations[0].recover(&complaint, "80", "2026-11-04");
    let before = totals(&mut world.stations[0]);
    world.stations[0].withdraw(&complaint, "误录");
    let gone = totals(&mut world.stations[0]);
    assert_eq!((&gone["complaints"], &gone["recovered_fen"], &gone["accepted"]), (&json!(0), &json!(0), &json!(0)));
    world.round_trip();
    world.county.restore(&complaint, "没有误录");
    world.round_trip();
    for desk in both(&mut world) {
        assert_eq!(totals(desk), before);
        desk.look();
    }
}

/// Two steps that cannot both be true, written at two desks.
#[test]
fn steps_that_contradict_each_other_are_settled_by_withdrawing_one() {
    let (mut world, complaint) = shared(209);
    let accepted = world.stations[0].accept(&complaint, "2026-11-04");
    let refused =
        world.county.step(&complaint, "refused", "2026-11-04", &json!({"ground": "RC01", "told_how": "TH02"}));
    world.round_trip();
    for desk in both(&mut world) {
        assert_eq!(desk.to_decide(), ["contradiction"]);
        let named: Vec<String> = desk.decisions()[0]["steps"]
            .as_array()
            .unwrap()
            .iter()
            .map(|step| step["record"].as_str().unwrap().to_owned())
            .collect();
        let mut expected = vec![accepted.clone(), refused.clone()];
        expected.sort_unstable();
        assert_eq!(named, expected);
    }
    world.county.withdraw(&refused, "应当受理");
    world.round_trip();
    for desk in both(&mut world) {
        assert_eq!(desk.to_decide(), [""; 0]);
        assert_eq!(desk.page(&complaint)["status"], "accepted");
        assert_eq!(desk.page(&complaint)["contradictions"], json!([]));
        desk.look();
    }
}

/// A case of the station that is closed and known to both.
fn closed(seed: u64) -> (World, String) {
    let (mut world, complaint) = shared(seed);
    world.stations[0].accept(&complaint, "2026-11-04");
    world.stations[0].recover(&complaint, "120", "2026-11-06");
    world.stations[0].mediate(&complaint, "2026-11-06");
    world.round_trip();
    (world, complaint)
}

/// Case 59.
#[test]
fn what_is_added_after_closing_is_marked_until_somebody_reviews_it_and_the_mark_counts_nothing() {
    let (mut world, complaint) = closed(210);
    let before = totals(&mut world.county);
    assert_eq!(world.county.page(&complaint)["additions"], false);
    world.stations[0].amend(&complaint, |form| form.facts = "出苗率不到两成".into());
    world.round_trip();
    for desk in both(&mut world) {
        assert_eq!(
            (desk.to_decide(), desk.page(&complaint)["additions"].clone()),
            (vec!["addition".to_owned()], json!(true))
        );
        assert_eq!(totals(desk), before, "nothing shifts silently");
    }
    world.county.review(&complaint);
    world.round_trip();
    for desk in both(&mut world) {
        assert_eq!((desk.to_decide(), desk.page(&complaint)["additions"].clone()), (vec![], json!(false)));
        assert_eq!(totals(desk), before);
        assert_eq!(input(desk, &complaint, "facts"), "出苗率不到两成");
        desk.look();
    }
    assert_eq!(world.county.refused("record.review", json!({"id": complaint, "seen": []})), "decision_gone");
}

/// Case 59: who reviewed did not see what was added beside.
#[test]
fn an_addition_beside_a_review_is_shown_again() {
    let (mut world, complaint) = closed(211);
    world.stations[0].amend(&complaint, |form| form.facts = "出苗率不到两成".into());
    world.round_trip();
    world.county.review(&complaint);
    world.stations[0].amend(&complaint, |form| form.request = "只要求退款".into());
    world.round_trip();
    for desk in both(&mut world) {
        assert_eq!(desk.to_decide(), ["addition"], "and no conflict about the mark");
        desk.look();
    }
    world.county.review(&complaint);
    world.round_trip();
    for desk in both(&mut world) {
        assert_eq!(desk.to_decide(), [""; 0]);
    }
}

/// Cases 59 and 61: money added after closing counts in its own month, and is marked.
#[test]
fn money_recovered_after_closing_counts_on_its_own_day_and_is_marked() {
    let (mut world, complaint) = closed(212);
    world.stations[0].host.set_clock("2026-12-05T09:00:00+08:00");
    let october = world.county.totals("2026-10-01", "2026-10-31").recovered_fen;
    world.stations[0].recover(&complaint, "30", "2026-12-03");
    world.round_trip();
    assert_eq!(world.county.to_decide(), ["addition"]);
    assert_eq!(world.county.totals("2026-10-01", "2026-10-31").recovered_fen, october);
    assert_eq!(world.county.totals(NOVEMBER.0, NOVEMBER.1).recovered_fen, 12_000, "the closed month stays as it was");
    assert_eq!(world.county.totals("2026-12-01", "2026-12-31").recovered_fen, 3_000);
}

/// Case 60: looking at things is no change.
#[test]
fn reading_lists_and_pages_writes_nothing_that_travels() {
    let (mut world, complaint) = shared(213);
    let before = world.stations[0].look();
    world.stations[0].page(&complaint);
    world.stations[0].decisions();
    world.stations[0].businesses();
    world.stations[0].transfers();
    let list = json!({
        "status": null, "office": null, "nature": null, "class": null, "from": null, "to": null, "open_only": false,
        "after": null, "limit": 50,
    });
    world.stations[0].tell("complaint.list", list);
    world.stations[0].tell("search", json!({"text": "种子", "limit": 10}));
    world.stations[0].tell("home.today", json!({}));
    before.assert_same(&world.stations[0].look(), "after looking around");
    assert_eq!(world.stations[0].unconfirmed(), 0);
}

/// Case 61: sums change only by lines that say who and why.
#[test]
fn money_is_corrected_by_a_reversal_and_by_nothing_else() {
    let (mut world, complaint) = shared(214);
    let loss = world.stations[0].recover(&complaint, "500", "2026-11-05");
    let station = &mut world.stations[0];
    assert_eq!(
        station.refused("record.withdraw", json!({"id": loss, "seen": [], "reason": "录错"})),
        "loss_needs_reversal"
    );
    let no_reason = json!({"loss": loss, "on": "2026-11-06", "reason": " ", "replacement": null});
    assert_eq!(station.refused("loss.reverse", no_reason), "invalid_input");
    let replacement = json!({
        "complaint": complaint, "kind": "recovered", "route": "station_mediation", "amount": "450", "on": "2026-11-05",
    });
    let corrected = json!({"loss": loss, "on": "2026-11-06", "reason": "录错五十", "replacement": replacement});
    station.tell("loss.reverse", corrected.clone());
    world.round_trip();
    for desk in both(&mut world) {
        let page = desk.page(&complaint);
        let lines = page["ledger"].as_array().unwrap();
        assert_eq!((lines.len(), page["recovered_fen"].as_i64()), (3, Some(45_000)), "every line is still there");
        assert!(lines.iter().all(|line| !line["operator"].as_str().unwrap().is_empty()), "each says who");
        assert_eq!(lines.iter().filter(|line| line["reason"] == "录错五十").count(), 1, "and the reversal why");
        assert_eq!(desk.totals(NOVEMBER.0, NOVEMBER.1).recovered_fen, 45_000);
        assert_eq!(desk.refused("loss.reverse", corrected.clone()), "loss_already_reversed");
        desk.look();
    }
}

/// Case 61: two people correct one recovered loss without knowing of each other. Nothing is counted twice, both amounts are
/// there to be seen, and one reversal settles it everywhere.
#[test]
fn a_loss_that_two_people_corrected_counts_once_and_is_asked_about_until_one_correction_is_taken_back() {
    let (mut world, complaint) = shared(221);
    let loss = world.stations[0].recover(&complaint, "500.00", "2026-11-05");
    world.round_trip();
    let correct = |desk: &mut Desk, yuan: &str| {
        let replacement = json!({"complaint": complaint, "kind": "recovered", "route": "station_mediation",
            "amount": yuan, "on": "2026-11-06", "evidence": "收条"});
        let payload = json!({"loss": loss, "on": "2026-11-06", "reason": "数字记错", "replacement": replacement});
        desk.tell("loss.reverse", payload);
    };
    correct(&mut world.stations[0], "400.00");
    correct(&mut world.county, "450.00");
    world.round_trip();
    let mut counted = Vec::new();
    for desk in both(&mut world) {
        assert_eq!(desk.to_decide(), ["correction"]);
        counted.push(totals(desk)["recovered_fen"].as_i64().unwrap());
        let page = desk.page(&complaint);
        let said = |yuan: i64| page["ledger"].as_array().unwrap().iter().any(|line| line["said_fen"] == yuan * 100);
        assert!(said(400) && said(450), "both are shown: {}", page["ledger"]);
        desk.look();
    }
    assert_eq!(counted[0], counted[1]);
    assert!([40_000, 45_000].contains(&counted[0]), "{counted:?}");
    let page = world.county.page(&complaint);
    let other = page["ledger"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["state"] == "duplicate" && line["reverses"].is_null());
    let other = other.expect("the one that does not count")["id"].clone();
    let payload = json!({"loss": other, "on": "2026-11-07", "reason": "站里的数字对", "replacement": null});
    world.county.tell("loss.reverse", payload);
    world.round_trip();
    for desk in both(&mut world) {
        assert_eq!(desk.to_decide(), [""; 0]);
        assert_eq!(totals(desk)["recovered_fen"], counted[0]);
        desk.look();
    }
}

/// A day before 1970 that comes up again and again is a slip of the finger, and no reason to refuse a bundle.
#[test]
fn consultations_of_a_century_ago_are_merged_in_any_sequence() {
    let mut world = World::acquainted(1, 222);
    for on in ["1926-03-01", "1962-03-01", "1926-03-01", "1962-03-01"] {
        world.stations[0].consult(on, "问保修期");
    }
    let report = world.round_trip();
    assert_eq!((report.refused, report.new_consultations), (0, 4));
    world.county.look();
}

//! Forms while they are typed: how what was written is understood, what is odd, and what blocks nothing.

use redress_tests::{Desk, Typed, World};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };

/// "field code" of each.
fn said(found: &Value) -> Vec<String> {
    let one = |found: &Value| {
        format!("{} {}", found["field"].as_str().expect("a text"), found["code"].as_str().expect("a text"))
    };
    found.as_array().expect("a list").iter().map(one).collect()
}

fn check(desk: &mut Desk, form: &str, input: Value) -> Value {
    desk.tell("form.check", json!({"form": form, "input": input}))
}

#[test]
fn amounts_and_dates_are_understood_as_people_write_them_and_said_back() {
    let mut world = World::of(0, 921);
    let mut form = json!(SEEDS.form());
    form["price"] = "１.5万元".into();
    form["dispute"] = "1,234.5".into();
    form["bought_on"] = "11月1日".into();
    form["received_on"] = "前天".into();
    form["happened_on"] = "20261031".into();
    let check = check(&mut world.county, "complaint", form);
    let understood = ["price", "dispute", "bought_on", "received_on", "happened_on"];
    assert_eq!(
        understood.map(|field| check["understood"][field].as_str().unwrap_or_default().to_owned()),
        ["15,000.00", "1,234.50", "2026-11-01", "2026-11-21", "2026-10-31"]
    );
    assert_eq!((said(&check["errors"]), said(&check["warnings"])), (Vec::<String>::new(), Vec::<String>::new()));
}

#[test]
fn days_are_understood_in_every_form_and_list_as_people_say_them() {
    let mut world = World::of(0, 951);
    let desk = &mut world.county;
    let period = check(desk, "period", json!({"from": "去年3.2", "to": "2026-12-31"}));
    assert_eq!(period["understood"], json!({"from": "2025-03-02", "to": "2026-12-31"}));
    assert_eq!((said(&period["errors"]), said(&period["warnings"])), (Vec::<String>::new(), Vec::<String>::new()));
    let vague = check(desk, "period", json!({"from": "月初", "to": ""}));
    assert_eq!(said(&vague["errors"]), ["from date_ambiguous"]);
    let activity = check(desk, "activity", json!({"on": "大前天", "people": "二十"}));
    assert_eq!(activity["understood"]["on"], "2026-11-20");
    let volunteer =
        check(desk, "volunteer", json!({"since": "去年三月一日", "until": "去年2月1日", "phone": "199****0011"}));
    assert_eq!(volunteer["understood"]["since"], "2025-03-01");
    assert!(said(&volunteer["errors"]).iter().all(|wrong| !wrong.starts_with("phone")), "{volunteer}");
}

#[test]
fn a_wrong_check_digit_warns_and_the_complaint_is_registered_all_the_same() {
    let mut world = World::of(0, 922);
    let desk = &mut world.county;
    let mut form = json!(SEEDS.form());
    form["consumer_id_type"] = "IT01".into();
    form["consumer_id_number"] = "110105194912310021".into();
    form["respondent_uscc"] = "91350100M000100Y44".into();
    let odd = check(desk, "complaint", form.clone());
    assert_eq!(said(&odd["warnings"]), ["consumer_id_number check_check", "respondent_uscc check_check"]);
    assert_eq!(said(&odd["errors"]), Vec::<String>::new());
    desk.tell("complaint.register", form);
}

/// Case 13: a PC whose clock says 2001 does not stop the work.
#[test]
fn a_clock_that_says_2001_warns_of_every_date_and_blocks_none() {
    let mut world = World::of(0, 923);
    let desk = &mut world.county;
    desk.host.set_clock("2001-01-01T08:00:00+08:00");
    let form = json!(SEEDS.form());
    let odd = check(desk, "complaint", form.clone());
    assert_eq!(said(&odd["warnings"]), ["received_on date_in_future"]);
    let id = desk.tell("complaint.register", form)["id"].as_str().expect("an id").to_owned();
    desk.accept(&id, "2026-11-03");
    assert_eq!(desk.page(&id)["due_on"], "2027-01-04");
}

#[test]
fn more_recovered_than_disputed_is_asked_about_and_what_was_recovered_before_counts() {
    let mut world = World::of(0, 924);
    let desk = &mut world.county;
    let id = desk.register(&SEEDS);
    let loss = |amount: &str, kind: &str| json!({"complaint": id, "kind": kind, "route": "settlement", "amount": amount, "on": "2026-11-20"});
    assert_eq!(said(&check(desk, "loss", loss("200", "recovered"))["warnings"]), Vec::<String>::new());
    let over = check(desk, "loss", loss("200.01", "recovered"));
    assert_eq!(said(&over["warnings"]), ["amount loss_over_dispute"]);
    assert_eq!(over["warnings"][0]["params"], json!({"dispute": "200.00", "sum": "200.01"}));
    assert_eq!(said(&check(desk, "loss", loss("500", "punitive"))["warnings"]), Vec::<String>::new());
    desk.recover(&id, "150", "2026-11-05");
    assert_eq!(said(&check(desk, "loss", loss("100", "recovered"))["warnings"]), ["amount loss_over_dispute"]);
    desk.recover(&id, "100", "2026-11-06");
}

#[test]
fn a_step_before_the_receipt_is_said_early_and_so_is_an_amount_that_cannot_be_read() {
    let mut world = World::of(0, 925);
    let desk = &mut world.county;
    let id = desk.register(&SEEDS);
    let step = json!({"complaint": id, "kind": "accepted", "on": "2026-11-01"});
    assert_eq!(said(&check(desk, "step", step)["errors"]), ["on before_received"]);
    let mut form = json!(SEEDS.form());
    form["received_on"] = "someday".into();
    for (typed, code) in [("一大笔钱", "dispute amount_invalid"), ("十几块", "dispute amount_ambiguous")] {
        form["dispute"] = typed.into();
        assert_eq!(
            said(&check(desk, "complaint", form.clone())["errors"]),
            ["received_on date_invalid", code],
            "{typed}"
        );
    }
}

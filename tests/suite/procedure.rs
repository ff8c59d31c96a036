//! The procedure through the program's own commands: whole lives of complaints from their arrival to the archive, the
//! steps that are offered and why the others are not, dates of effect, and what may be completed later.

use redress_tests::{Desk, Typed, World};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };

fn station(seed: u64) -> World {
    World::of(1, seed)
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_default()
}

/// "agreed perform": where a complaint stands and what comes next.
fn standing(desk: &mut Desk, complaint: &str) -> String {
    let page = desk.page(complaint);
    format!("{} {}", text(&page, "status"), text(&page, "next")).trim().to_owned()
}

/// The reason why a step is not offered; "" when it is.
fn why_not(desk: &mut Desk, complaint: &str, kind: &str) -> String {
    let page = desk.page(complaint);
    let offer = page["steps"].as_array().and_then(|all| all.iter().find(|offer| offer["kind"] == kind));
    text(offer.unwrap_or(&Value::Null), "why_not").to_owned()
}

/// The field errors of a step that is refused, as "field code".
fn wrong(desk: &mut Desk, complaint: &str, kind: &str, more: Value) -> Vec<String> {
    let mut form = json!({"complaint": complaint, "kind": kind, "on": "2026-11-20"});
    more.as_object().into_iter().flatten().for_each(|(name, value)| form[name] = value.clone());
    wrong_in(desk.ask("step.record", form))
}

fn wrong_in(answer: Result<Value, redress_app::AppError>) -> Vec<String> {
    let error = answer.expect_err("the form has faults");
    error.fields.iter().map(|field| format!("{} {}", field.field, field.code)).collect()
}

fn amend(desk: &mut Desk, complaint: &str, kind: &str, more: Value) -> Result<Value, redress_app::AppError> {
    let page = desk.page(complaint);
    let steps = page["recorded"].as_array().cloned().unwrap_or_default();
    let step = steps.iter().rev().find(|step| step["input"]["kind"] == kind).expect("the step is recorded");
    let mut input = step["input"].clone();
    more.as_object().into_iter().flatten().for_each(|(name, value)| input[name] = value.clone());
    desk.ask("step.amend", json!({"id": step["id"], "seen": step["heads"], "input": input}))
}

/// Every paper that must lie in the file of this case.
fn whole_file(desk: &mut Desk, complaint: &str) -> Value {
    let page = desk.page(complaint);
    let items = page["file"].as_array().cloned().unwrap_or_default();
    json!(items.iter().filter(|item| item["must"] == true).map(|item| item["code"].clone()).collect::<Vec<_>>())
}

fn archive(desk: &mut Desk, complaint: &str, on: &str) {
    let contents = whole_file(desk, complaint);
    desk.step(complaint, "archived", on, &json!({"contents": contents}));
}

#[test]
fn a_complaint_lives_from_its_arrival_to_the_archive_and_the_county_reads_the_same_life() {
    let mut world = station(501);
    let desk = &mut world.stations[0];
    let complaint = desk.register(&SEEDS);
    let life = [
        ("accepted", "2026-11-03", json!({"told_how": "TH02", "told_on": "2026-11-03"}), "accepted mediate"),
        ("suspended", "2026-11-04", json!({"note": "双方同意送检"}), "suspended resume"),
        ("resumed", "2026-11-10", json!({"note": "收到检测报告"}), "accepted mediate"),
        (
            "mediation",
            "2026-11-11",
            json!({"outcome": "adjourned", "time": "9:30–10:40", "people": "双方到场"}),
            "accepted mediate",
        ),
        (
            "mediation",
            "2026-11-13",
            json!({"outcome": "agreed", "account": "商家同意退款并补偿。"}),
            "accepted mediate",
        ),
        (
            "agreement",
            "2026-11-13",
            json!({
            "agreement_form": "AF01", "mediated_as": "RO01", "performance": "PF02", "perform_by": "2026-12-01", "agreed": "200",
            "signed_consumer_on": "2026-11-13", "signed_respondent_on": "2026-11-14"}),
            "agreed perform",
        ),
        (
            "court_confirmation",
            "2026-11-20",
            json!({"receiver": "县人民法院", "document_number": "调确字第1号"}),
            "agreed perform",
        ),
        ("performed", "2026-11-20", json!({"performance": "PF03", "performed": "100"}), "agreed perform"),
        ("performed", "2026-11-22", json!({"performance": "PF05", "performed": "100"}), "performed visit_back"),
        ("visit_back", "2026-11-23", json!({"satisfaction": "SF01", "told_how": "TH02"}), "performed archive"),
    ];
    for (kind, on, more, then) in life {
        if kind == "court_confirmation" {
            amend(
                desk,
                &complaint,
                "agreement",
                json!({"signed_mediator_on": "2026-11-14", "sealed_on": "2026-11-15"}),
            )
            .unwrap();
        }
        desk.step(&complaint, kind, on, &more);
        assert_eq!(standing(desk, &complaint), then, "after {kind}");
    }
    let agreement = desk.page(&complaint)["agreement"].clone();
    assert_eq!((text(&agreement, "effective_on"), text(&agreement, "confirm_by")), ("2026-11-15", "2026-12-15"));
    archive(desk, &complaint, "2026-11-23");
    assert_eq!(standing(desk, &complaint), "archived");
    let told = desk.page(&complaint);
    world.round_trip();
    let read = world.county.page(&complaint);
    for part in ["status", "recorded", "agreement", "file", "steps"] {
        assert_eq!(read[part], told[part], "{part}");
    }
    assert!(world.county.tell("check", json!({}))["ok"].as_bool().unwrap_or(false));
}

#[test]
fn a_refusal_needs_its_ground_in_words_and_leads_to_the_archive() {
    let mut world = station(502);
    let desk = &mut world.stations[0];
    let complaint = desk.register(&SEEDS);
    assert_eq!(wrong(desk, &complaint, "refused", json!({})), ["ground required"]);
    assert_eq!(wrong(desk, &complaint, "refused", json!({"ground": "RC10"})), ["ground_text required"]);
    desk.step(
        &complaint,
        "refused",
        "2026-11-04",
        &json!({"ground": "RC05", "told_how": "TH05", "told_on": "2026-11-05"}),
    );
    assert_eq!(standing(desk, &complaint), "refused archive");
    assert_eq!(why_not(desk, &complaint, "mediation"), "already_closed");
    archive(desk, &complaint, "2026-11-06");
    assert_eq!(standing(desk, &complaint), "archived");
}

#[test]
fn grounds_and_the_ways_that_remain_open_are_data_with_a_sentence_in_both_languages() {
    let mut world = station(503);
    let lists = world.stations[0].tell("codes.list", json!({}))["lists"].clone();
    assert_eq!(lists["other_route"].as_array().map(Vec::len), Some(5), "the five ways of the law");
    for (grounds, texts) in [("refusal_ground", "refusal_text"), ("termination_ground", "termination_text")] {
        let codes = |list: &str| -> Vec<Value> {
            lists[list].as_array().into_iter().flatten().map(|code| code["code"].clone()).collect()
        };
        assert_eq!(codes(grounds), codes(texts), "every ground has its sentence");
    }
}

#[test]
fn a_transfer_names_who_takes_it_and_what_went_with_it() {
    let mut world = station(504);
    let desk = &mut world.stations[0];
    let complaint = desk.register(&SEEDS);
    assert_eq!(
        wrong(desk, &complaint, "transferred", json!({"pages": "三"})),
        ["receiver required", "pages number_invalid"]
    );
    let letter = json!({"receiver": "县农业农村局", "receiver_contact": "0533-0000000", "enclosures": "2", "pages": "５",
        "reply_by": "2026-12-01", "told_how": "TH02"});
    desk.step(&complaint, "transferred", "2026-11-04", &letter);
    assert_eq!(standing(desk, &complaint), "transferred archive");
    let input = desk.page(&complaint)["recorded"][0]["input"].clone();
    assert_eq!((text(&input, "enclosures"), text(&input, "pages")), ("2", "5"));
}

#[test]
fn a_delegated_case_needs_both_consents_runs_by_the_authorities_rule_and_is_not_passed_on() {
    let mut world = station(505);
    let desk = &mut world.stations[0];
    let complaint = desk.register(&SEEDS);
    let half = json!({"receiver": "县市场监管局", "consent_consumer_on": "2026-11-03"});
    assert_eq!(wrong(desk, &complaint, "delegated", half), ["consent_respondent_on required"]);
    let whole = json!({"receiver": "县市场监管局", "delegator_accepted_on": "2026-10-30",
        "consent_consumer_on": "2026-11-03", "consent_respondent_on": "2026-11-04"});
    desk.step(&complaint, "delegated", "2026-11-04", &whole);
    let page = desk.page(&complaint);
    assert_eq!((text(&page, "status"), text(&page, "due_rule")), ("accepted", "SAMR-MEDIATE"));
    assert_eq!(text(&page, "due_on"), "2026-12-29", "sixty days from the authority's acceptance");
    assert_eq!(why_not(desk, &complaint, "transferred"), "delegated");
    assert_eq!(why_not(desk, &complaint, "accepted"), "already_decided");
    assert_eq!(why_not(desk, &complaint, "mediation"), "");
}

#[test]
fn an_oral_agreement_performed_at_once_is_done_on_the_day_and_needs_no_confirmation() {
    let mut world = station(506);
    let desk = &mut world.stations[0];
    let complaint = desk.register(&SEEDS);
    desk.accept(&complaint, "2026-11-02");
    let loss = json!({"kind": "recovered", "route": "station_mediation", "amount": "200", "on": "2026-11-02"});
    let at_once = json!({"agreement_form": "AF02", "performance": "PF01", "agreed": "200", "loss": loss});
    desk.step(&complaint, "agreement", "2026-11-02", &at_once);
    assert_eq!(standing(desk, &complaint), "performed visit_back");
    let page = desk.page(&complaint);
    assert_eq!(text(&page["agreement"], "effective_on"), "2026-11-02");
    assert_eq!((page["agreement"]["remind"].as_bool(), page["recovered_fen"].as_i64()), (Some(false), Some(20_000)));
    assert_eq!(why_not(desk, &complaint, "performed"), "already_performed");
    let contents = whole_file(desk, &complaint);
    assert!(contents.as_array().unwrap().contains(&json!("FI14")), "an oral agreement is put on record");
}

#[test]
fn a_failed_mediation_ends_with_a_ground_and_is_not_counted_as_settled() {
    let mut world = station(507);
    let desk = &mut world.stations[0];
    let complaint = desk.register(&SEEDS);
    desk.accept(&complaint, "2026-11-03");
    desk.step(&complaint, "mediation", "2026-11-06", &json!({"outcome": "failed", "account": "商家不同意退款。"}));
    assert_eq!(standing(desk, &complaint), "accepted mediate", "another meeting may follow");
    assert_eq!(wrong(desk, &complaint, "terminated", json!({"ground": "RC01"})), ["ground code_unknown"]);
    desk.step(&complaint, "terminated", "2026-11-10", &json!({"ground": "TG03", "told_how": "TH01"}));
    assert_eq!(standing(desk, &complaint), "terminated archive");
    let totals = desk.totals("2026-11-01", "2026-11-30");
    assert_eq!((totals.terminated, totals.agreed, totals.settled), (1, 0, 0));
}

#[test]
fn a_consultation_becomes_a_complaint_once_and_both_know_of_each_other() {
    let mut world = station(508);
    let desk = &mut world.stations[0];
    let consultation = desk.consult("2026-11-02", "种子不出苗找谁");
    let mut form = json!(SEEDS.form());
    form["consultation"] = json!(consultation);
    let complaint = text(&desk.tell("complaint.register", form.clone()), "id").to_owned();
    assert_eq!(text(&desk.tell("consultation.get", json!({"id": consultation})), "complaint"), complaint);
    assert_eq!(desk.refused("complaint.register", form), "consultation_turned");
    desk.accept(&complaint, "2026-11-03");
    assert_eq!(standing(desk, &complaint), "accepted mediate");
}

#[test]
fn a_promise_that_is_broken_can_be_filed_and_a_settlement_to_be_kept_later_is_watched() {
    let mut world = station(509);
    let desk = &mut world.stations[0];
    let broken = desk.register(&SEEDS);
    desk.accept(&broken, "2026-11-03");
    let promise = json!({"agreement_form": "AF02", "performance": "PF02", "perform_by": "2026-11-10"});
    desk.step(&broken, "agreement", "2026-11-04", &promise);
    assert_eq!(why_not(desk, &broken, "archived"), "not_performed");
    desk.step(&broken, "performed", "2026-11-12", &json!({"performance": "PF04", "note": "商家反悔，已告知可以起诉"}));
    assert_eq!(standing(desk, &broken), "agreed archive");

    let settled = desk.register(&SEEDS);
    let later = json!({"performance": "PF02", "perform_by": "2026-11-30", "agreed": "200"});
    desk.step(&settled, "settled", "2026-11-05", &later);
    let page = desk.page(&settled);
    assert_eq!(
        (text(&page, "status"), text(&page, "next"), text(&page, "due_on")),
        ("settled", "perform", "2026-11-30")
    );
    desk.step(&settled, "performed", "2026-11-20", &json!({"performance": "PF05"}));
    assert_eq!(standing(desk, &settled), "settled visit_back");
}

/// The steps that were recorded, and why each kind is not offered then.
type Row<'a> = (&'a [(&'a str, Value)], [&'a str; 15]);

#[test]
fn what_state_offers_which_step_and_why_not_another() {
    let mut world = station(510);
    let desk = &mut world.stations[0];
    let kinds = [
        "accepted",
        "refused",
        "transferred",
        "delegated",
        "mediation",
        "agreement",
        "settled",
        "withdrawn",
        "terminated",
        "suspended",
        "resumed",
        "performed",
        "court_confirmation",
        "visit_back",
        "archived",
    ];
    let table: [Row<'_>; 5] = [
        (
            &[],
            [
                "",
                "",
                "",
                "",
                "not_accepted",
                "not_accepted",
                "",
                "",
                "not_accepted",
                "not_accepted",
                "not_suspended",
                "no_agreement",
                "no_agreement",
                "still_open",
                "still_open",
            ],
        ),
        (
            &[("accepted", json!({}))],
            [
                "already_decided",
                "already_decided",
                "already_decided",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "not_suspended",
                "no_agreement",
                "no_agreement",
                "still_open",
                "still_open",
            ],
        ),
        (
            &[("accepted", json!({})), ("suspended", json!({"note": "送检"}))],
            [
                "already_decided",
                "already_decided",
                "already_decided",
                "",
                "suspended",
                "suspended",
                "",
                "",
                "",
                "already_suspended",
                "",
                "no_agreement",
                "no_agreement",
                "still_open",
                "still_open",
            ],
        ),
        (
            &[("withdrawn", json!({}))],
            [
                "already_closed",
                "already_closed",
                "already_closed",
                "already_closed",
                "already_closed",
                "already_closed",
                "already_closed",
                "already_closed",
                "already_closed",
                "already_closed",
                "already_closed",
                "no_agreement",
                "no_agreement",
                "",
                "",
            ],
        ),
        (&[("withdrawn", json!({})), ("archived", json!({"note": "简易"}))], ["already_archived"; 15]),
    ];
    for (story, reasons) in table {
        let complaint = desk.register(&SEEDS);
        for (kind, more) in story {
            desk.step(&complaint, kind, "2026-11-05", more);
        }
        for (kind, reason) in kinds.iter().zip(reasons) {
            assert_eq!(why_not(desk, &complaint, kind), reason, "{kind} after {story:?}");
            if !reason.is_empty() {
                let form = json!({"complaint": complaint, "kind": kind, "on": "2026-11-06", "ground": "RC01",
                    "receiver": "某局", "consent_consumer_on": "今天", "consent_respondent_on": "今天", "outcome": "agreed",
                    "agreement_form": "AF02", "note": "因故", "satisfaction": "SF01"});
                let code = desk.refused("step.record", if *kind == "terminated" { with_ground(form) } else { form });
                assert_eq!(code, "step_impossible", "{kind} after {story:?}");
            }
        }
    }
}

fn with_ground(mut form: Value) -> Value {
    form["ground"] = json!("TG03");
    form
}

#[test]
fn a_file_is_complete_before_it_is_archived_or_somebody_says_why_not() {
    let mut world = station(511);
    let desk = &mut world.stations[0];
    let complaint = desk.register(&SEEDS);
    desk.accept(&complaint, "2026-11-03");
    desk.mediate(&complaint, "2026-11-04");
    assert_eq!(whole_file(desk, &complaint), json!(["FI01", "FI02", "FI03", "FI07", "FI08", "FI13"]));
    assert_eq!(
        wrong(desk, &complaint, "archived", json!({"contents": ["FI01", "FI08"]})),
        ["contents file_incomplete"]
    );
    assert_eq!(wrong(desk, &complaint, "archived", json!({"contents": ["FI77"]})), ["contents code_unknown"]);
    desk.step(&complaint, "archived", "2026-11-20", &json!({"contents": ["FI01", "FI08"], "note": "小额，用简易卷"}));
    assert_eq!(standing(desk, &complaint), "archived");
}

#[test]
fn a_step_is_not_earlier_than_what_it_follows() {
    let mut world = station(512);
    let desk = &mut world.stations[0];
    let complaint = desk.register(&SEEDS);
    assert_eq!(wrong(desk, &complaint, "accepted", json!({"on": "2026-11-01"})), ["on before_received"]);
    desk.accept(&complaint, "2026-11-04");
    let early = json!({"outcome": "agreed", "on": "2026-11-03"});
    assert_eq!(wrong(desk, &complaint, "mediation", early), ["on before_accepted"]);
    desk.step(&complaint, "agreement", "2026-11-06", &json!({"agreement_form": "AF02"}));
    assert_eq!(wrong(desk, &complaint, "performed", json!({"on": "2026-11-05"})), ["on before_result"]);
}

#[test]
fn a_signature_that_comes_later_is_added_and_the_effect_follows_it() {
    let mut world = station(513);
    let desk = &mut world.stations[0];
    let complaint = desk.register(&SEEDS);
    desk.accept(&complaint, "2026-11-03");
    let paper = json!({"agreement_form": "AF01", "mediated_as": "RO01", "performance": "PF01", "signed_consumer_on": "2026-11-04"});
    desk.step(&complaint, "agreement", "2026-11-04", &paper);
    let agreement = desk.page(&complaint)["agreement"].clone();
    assert_eq!(
        (&agreement["effective_on"], &agreement["missing"]),
        (&Value::Null, &json!(["respondent", "mediator", "seal"]))
    );
    let marks =
        json!({"signed_respondent_on": "2026-11-05", "signed_mediator_on": "2026-11-05", "sealed_on": "2026-11-09"});
    amend(desk, &complaint, "agreement", marks).unwrap();
    let page = desk.page(&complaint);
    assert_eq!(text(&page["agreement"], "effective_on"), "2026-11-09");
    assert_eq!(page["additions"], false, "a paper that is completed shifts nothing");
    amend(desk, &complaint, "agreement", json!({"on": "2026-11-05"})).unwrap();
    assert_eq!(desk.page(&complaint)["additions"], true, "another day of a closed case is reviewed");
    assert_eq!(wrong_in(amend(desk, &complaint, "agreement", json!({"on": "2026-11-01"}))), ["on before_received"]);
    let other = amend(desk, &complaint, "agreement", json!({"kind": "settled"}));
    assert_eq!(other.expect_err("a step does not become another").code, "record_changed");
}

#[test]
fn steps_that_contradict_each_other_wait_in_the_decision_list() {
    let mut world = World::acquainted(1, 514);
    let complaint = world.stations[0].register(&SEEDS);
    world.round_trip();
    world.stations[0].accept(&complaint, "2026-11-03");
    world.county.step(&complaint, "refused", "2026-11-03", &json!({"ground": "RC01"}));
    world.round_trip();
    for desk in [&mut world.county, &mut world.stations[0]] {
        let kinds = desk.page(&complaint)["contradictions"].clone();
        assert_eq!(kinds, json!(["accepted", "refused"]));
        let decisions = desk.tell("decision.list", json!({}));
        assert!(decisions.as_array().unwrap().iter().any(|decision| decision["kind"] == "contradiction"));
    }
}

#[test]
fn the_first_page_reminds_of_the_court_from_the_twentieth_day_on_until_the_thirtieth() {
    let mut world = station(515);
    let desk = &mut world.stations[0];
    let complaint = desk.register(&SEEDS);
    desk.accept(&complaint, "2026-11-02");
    let promise = json!({"agreement_form": "AF02", "performance": "PF02", "perform_by": "2026-12-31"});
    desk.step(&complaint, "agreement", "2026-11-02", &promise);
    let table = [
        ("2026-11-21", None),
        ("2026-11-22", Some("2026-12-02")),
        ("2026-12-02", Some("2026-12-02")),
        ("2026-12-03", None),
    ];
    for (today, reminded) in table {
        desk.host.set_clock(&format!("{today}T09:00:00+08:00"));
        let home = desk.tell("home.today", json!({}));
        assert_eq!(home["tasks"][0]["confirm_by"].as_str(), reminded, "on {today}");
    }
    desk.host.set_clock("2026-11-25T09:00:00+08:00");
    desk.step(&complaint, "court_confirmation", "2026-11-25", &json!({"receiver": "县人民法院"}));
    let home = desk.tell("home.today", json!({}));
    assert!(home["tasks"][0]["confirm_by"].is_null(), "nobody is reminded of what was done");
}

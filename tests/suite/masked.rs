//! Phone, identity number and address: shown in part everywhere, in full after a deliberate click that is noted on this PC and
//! travels nowhere.

use redress_tests::{Desk, PASSPHRASE, Typed, World};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };
const PHONE: &str = "19900000001";
const ADDRESS: &str = "桓台县索镇某某村东街一号";

fn register(desk: &mut Desk) -> String {
    let mut form = SEEDS.form();
    form.consumer_address = ADDRESS.into();
    form.agent_phone = "199 0000 0007".into();
    desk.tell("complaint.register", json!(form))["id"].as_str().expect("an id").to_owned()
}

fn reveal(desk: &mut Desk, id: &str, reason: &str) -> Value {
    desk.tell("complaint.reveal", json!({"id": id, "reason": reason}))
}

#[test]
fn a_page_a_list_and_a_search_show_only_a_part() {
    let mut world = World::of(1, 841);
    let desk = &mut world.stations[0];
    let id = register(desk);
    let page = desk.page(&id);
    assert_eq!(
        (&page["masked"], &page["input"]["consumer_phone"], &page["input"]["consumer_address"]),
        (&json!(true), &json!("199****0001"), &json!("桓台县索镇某****"))
    );
    let found = desk.tell("search", json!({"text": PHONE, "limit": 10}));
    assert_eq!(found[0]["id"], id, "it is found by its number");
    let lists = [
        page,
        found,
        desk.tell("complaint.list", json!({"open_only": false, "limit": 10})),
        desk.tell("home.today", json!({})),
        desk.tell("decision.list", json!({})),
        desk.tell("aside.list", json!({})),
        desk.tell("report.totals", json!({"from": "2026-11-01", "to": "2026-11-30", "office": null})),
    ];
    for list in lists {
        let text = list.to_string();
        assert!(!text.contains(PHONE) && !text.contains("19900000007") && !text.contains("东街一号"), "{text}");
    }
}

/// Regression: a number in the words of a consultation was shown in full where its beginning stands for a title.
#[test]
fn a_number_in_the_words_of_a_consultation_is_masked_in_every_list() {
    let mut world = World::of(1, 849);
    let desk = &mut world.stations[0];
    desk.consult("2026-11-20", "请回电199 0000 0007，问退货");
    let lists = [
        desk.tell("consultation.list", json!({"limit": 10})),
        desk.tell("search", json!({"text": "退货", "limit": 10})),
        desk.tell("person.find", json!({"text": "199 0000 0007"})),
    ];
    for list in lists {
        let text = list.to_string();
        assert!(text.contains("199 **** 0007"), "it is there: {text}");
        assert!(!text.contains("199 0000"), "in part: {text}");
    }
}

#[test]
fn a_full_view_is_noted_with_who_when_what_and_why_and_shown_to_the_supervisor_alone() {
    let mut world = World::of(1, 842);
    let desk = &mut world.stations[0];
    let id = register(desk);
    desk.tell("operator.add", json!({"name": "周登记", "role": "clerk", "passphrase": PASSPHRASE}));
    desk.tell("operator.add", json!({"name": "吴查看", "role": "reader", "passphrase": PASSPHRASE}));
    desk.sign_in("周登记", PASSPHRASE);
    let page = reveal(desk, &id, " 回访 ");
    assert_eq!((&page["masked"], &page["input"]["consumer_phone"]), (&json!(false), &json!(PHONE)));
    assert_eq!(page["input"]["consumer_address"], ADDRESS);
    assert_eq!(desk.refused("view.list", json!({})), "role_forbidden");
    desk.sign_in("吴查看", PASSPHRASE);
    assert_eq!(desk.refused("complaint.reveal", json!({"id": id})), "role_forbidden");
    desk.sign_in("站员1", PASSPHRASE);
    let views = desk.tell("view.list", json!({}));
    assert_eq!(views.as_array().map(Vec::len), Some(1), "refused ones showed nothing: {views}");
    let view = &views[0];
    assert_eq!(
        (&view["operator"], &view["at"], &view["record"], &view["reason"]),
        (&json!("周登记"), &json!("2026-11-23T09:00:00+08:00"), &json!(id), &json!("回访"))
    );
    desk.look();
}

/// Case 60: noting a view is no change of the record.
#[test]
fn looking_changes_no_record_is_never_carried_and_contradicts_nothing() {
    let mut world = World::acquainted(1, 843);
    let id = register(&mut world.stations[0]);
    world.round_trip();
    let before = (world.stations[0].page(&id)["heads"].clone(), world.stations[0].unconfirmed());
    for _ in 0..3 {
        reveal(&mut world.stations[0], &id, "");
        reveal(&mut world.county, &id, "");
    }
    assert_eq!((world.stations[0].page(&id)["heads"].clone(), world.stations[0].unconfirmed()), before);
    let stick = world.stick("views");
    assert_eq!(world.stations[0].export(&stick).entries, 0, "nothing to carry");
    let report = world.round_trip();
    assert_eq!((report.new_entries, report.conflicts), (0, 0));
    assert_eq!(world.stations[0].tell("view.list", json!({})).as_array().map(Vec::len), Some(3));
    assert_eq!(world.county.tell("view.list", json!({})).as_array().map(Vec::len), Some(3));
    assert!(world.county.decisions().is_empty());
}

#[test]
fn a_form_that_was_filled_from_a_masked_page_keeps_what_it_did_not_show() {
    let mut world = World::of(1, 844);
    let desk = &mut world.stations[0];
    let id = register(desk);
    desk.amend(&id, |form| form.facts = "出苗率低于两成".into());
    let page = reveal(desk, &id, "");
    assert_eq!((&page["input"]["consumer_phone"], &page["input"]["facts"]), (&json!(PHONE), &json!("出苗率低于两成")));
    desk.amend(&id, |form| form.consumer_phone = "199 0000 0009".into());
    let page = reveal(desk, &id, "");
    assert_eq!(
        (&page["input"]["consumer_phone"], &page["input"]["consumer_address"]),
        (&json!("19900000009"), &json!(ADDRESS))
    );
    let wrong = desk.page(&id);
    let mut form = wrong["input"].clone();
    form["consumer_phone"] = json!("199****0008");
    let said = json!({"id": id, "seen": wrong["heads"], "input": form});
    assert_eq!(desk.refused("complaint.amend", said), "invalid_input", "stars that nobody showed are no number");
}

#[test]
fn a_complaint_that_comes_from_a_consultation_takes_over_the_number_that_the_form_showed_in_part() {
    let mut world = World::of(1, 845);
    let desk = &mut world.stations[0];
    let asked = json!({
        "asked_on": "2026-11-02", "way": "CW02", "topic": "CT02", "content": "能退吗，电话19900000001",
        "asker_name": "王小麦", "asker_phone": PHONE,
    });
    let consultation = desk.tell("consultation.register", asked)["id"].as_str().unwrap().to_owned();
    let view = desk.tell("consultation.get", json!({"id": consultation}));
    assert_eq!((&view["masked"], &view["input"]["asker_phone"]), (&json!(true), &json!("199****0001")));
    let listed = desk.tell("consultation.list", json!({"limit": 10})).to_string();
    assert!(!listed.contains(PHONE), "{listed}");
    let mut form = SEEDS.form();
    form.consultation = Some(consultation.clone());
    form.consumer_phone = "199****0001".into();
    let id = desk.tell("complaint.register", json!(form))["id"].as_str().unwrap().to_owned();
    assert_eq!(reveal(desk, &id, "")["input"]["consumer_phone"], PHONE);
    let whole = desk.tell("consultation.reveal", json!({"id": consultation, "reason": ""}));
    assert_eq!(whole["input"]["asker_phone"], PHONE);
    assert_eq!(desk.tell("view.list", json!({})).as_array().map(Vec::len), Some(2));
}

fn business(desk: &mut Desk) -> String {
    let form = json!({
        "id": null, "seen": [], "name": "荷叶商行", "uscc": "", "kind": "", "phone": "19900000011", "address": "", "aliases": [],
    });
    desk.tell("business.record", form)["id"].as_str().expect("an id").to_owned()
}

fn businesses(desk: &mut Desk) -> Value {
    desk.tell("business.list", json!({"text": "荷叶", "limit": 5}))
}

#[test]
fn telephones_of_businesses_and_volunteers_are_listed_in_part_and_shown_whole_after_a_click_that_is_noted() {
    let mut world = World::of(1, 846);
    let desk = &mut world.stations[0];
    let shop = business(desk);
    let form = json!({"name": "志愿者甲", "roles": ["VR01"], "phone": "19900000012"});
    let person = desk.tell("volunteer.record", json!({"at": {"id": null, "seen": []}, "input": form}))["id"].clone();
    let lists = [
        businesses(desk),
        desk.tell("volunteer.list", json!({})),
        desk.tell("business.get", json!({"id": shop, "name": ""})),
    ];
    for list in &lists {
        let text = list.to_string();
        assert!(!text.contains("19900000011") && !text.contains("19900000012"), "{text}");
    }
    assert_eq!(lists[0][0]["phone"], "199****0011");
    assert_eq!(lists[1][0]["input"]["phone"], "199****0012");
    let whole = desk.tell("phone.reveal", json!({"id": shop, "reason": "约调解"}));
    assert_eq!(whole["phone"], "19900000011");
    assert_eq!(desk.tell("phone.reveal", json!({"id": person, "reason": ""}))["phone"], "19900000012");
    let views = desk.tell("view.list", json!({}));
    assert_eq!((&views[1]["record"], &views[1]["reason"]), (&json!(shop), &json!("约调解")));
    let complaint = register(desk);
    assert_eq!(desk.refused("phone.reveal", json!({"id": complaint, "reason": ""})), "record_missing");
}

#[test]
fn a_form_that_was_filled_from_a_list_keeps_the_telephone_that_it_did_not_show() {
    let mut world = World::of(1, 847);
    let desk = &mut world.stations[0];
    let shop = business(desk);
    let row = businesses(desk)[0].clone();
    let form = json!({
        "id": shop, "seen": row["heads"], "name": "荷叶商行", "uscc": "", "kind": "", "phone": row["phone"], "address": "东街",
        "aliases": [],
    });
    desk.tell("business.record", form);
    assert_eq!(desk.tell("phone.reveal", json!({"id": shop, "reason": ""}))["phone"], "19900000011");
    let mut complaint = SEEDS.form();
    complaint.respondent_name = "荷叶商行".into();
    complaint.respondent_phone = "199****0011".into();
    let id = desk.tell("complaint.register", json!(complaint))["id"].as_str().expect("an id").to_owned();
    let page = desk.tell("complaint.get", json!({"id": id}));
    assert_eq!((&page["input"]["respondent_phone"], &page["masked"]), (&json!("199****0011"), &json!(true)));
    assert_eq!(reveal(desk, &id, "")["input"]["respondent_phone"], "19900000011");
    let mut amended = page["input"].clone();
    amended["respondent_name"] = "荷叶商行二店".into();
    desk.tell("complaint.amend", json!({"id": id, "seen": page["heads"], "input": amended}));
    assert_eq!(reveal(desk, &id, "")["input"]["respondent_phone"], "19900000011", "what was not touched stays");
    complaint.respondent_name = "别的店".into();
    assert_eq!(desk.refused("complaint.register", json!(complaint)), "invalid_input", "stars that nobody showed");
}

#[test]
fn numbers_that_people_typed_into_texts_are_hidden_in_lists() {
    let mut world = World::of(1, 848);
    let desk = &mut world.stations[0];
    let asked = json!({
        "asked_on": "2026-11-02", "way": "CW02", "topic": "CT02",
        "content": "回电 199 0000 0013，身份证37032119600101002X", "asker_name": "王小麦",
    });
    desk.tell("consultation.register", asked);
    let id = register(desk);
    reveal(desk, &id, "本人来电19900000013核对");
    for list in [
        desk.tell("consultation.list", json!({"limit": 10})),
        desk.tell("search", json!({"text": "回电", "limit": 10})),
        desk.tell("view.list", json!({})),
    ] {
        let text = list.to_string();
        for number in ["199 0000 0013", "19900000013", "37032119600101002X"] {
            assert!(!text.contains(number), "{number} in {text}");
        }
    }
}

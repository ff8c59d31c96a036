//! Finding: two characters, initials in every reading, the end of a number, a day; what was matched; filters.

use redress_tests::{Desk, Typed, World};
use serde_json::{Value, json};

fn form(consumer: &str, phone: &str, business: &str) -> Value {
    let typed = Typed { received_on: "2026-11-02", consumer, goods: "电饭煲" };
    let mut form = json!(typed.form());
    form["consumer_phone"] = phone.into();
    form["respondent_name"] = business.into();
    form
}

/// A county desk with three complaints and a consultation.
fn desk(seed: u64) -> World {
    let mut world = World::of(0, seed);
    let desk = &mut world.county;
    for (consumer, phone, business) in [
        ("张三丰", "19900001234", "桓台荷叶超市"),
        ("单小翠", "19900005678", "曾记面馆"),
        ("王小麦", "19900009012", "荷塘电器行"),
    ] {
        desk.tell("complaint.register", form(consumer, phone, business));
    }
    desk.consult("2026-11-05", "网购的鞋能不能七天内退货");
    world
}

fn titles(desk: &mut Desk, text: &str) -> Vec<String> {
    let hits = desk.tell("search", json!({"text": text, "limit": 10}));
    let title =
        |hit: &Value| hit["title"].as_str().unwrap_or_default().split(' ').next().unwrap_or_default().to_owned();
    hits.as_array().expect("hits").iter().map(title).collect()
}

#[test]
fn people_and_businesses_are_found_by_two_characters_and_by_initials_in_every_reading() {
    let mut world = desk(901);
    for (text, expected) in [
        ("三丰", vec!["张三丰"]),
        ("zsf", vec!["张三丰"]),
        ("ZSF", vec!["张三丰"]),
        ("htdqh", vec!["王小麦"]),
        ("htdqx", vec!["王小麦"]),
        ("sxc", vec!["单小翠"]),
        ("dxc", vec!["单小翠"]),
        ("cjmg", vec!["单小翠"]),
        ("zjmg", vec!["单小翠"]),
        ("荷", vec![]),
        ("zfs", vec![]),
        ("荷叶", vec!["张三丰"]),
    ] {
        assert_eq!(titles(&mut world.county, text), expected, "{text}");
    }
}

#[test]
fn numbers_are_found_by_their_end_and_records_by_their_day() {
    let mut world = desk(902);
    let desk = &mut world.county;
    let list = desk.tell("complaint.list", json!({"open_only": false, "limit": 10}));
    let number = list["rows"].as_array().expect("rows")[2]["number"].as_str().expect("a number").to_owned();
    let tail: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    assert_eq!(titles(desk, "5678"), ["单小翠"]);
    assert_eq!(titles(desk, &number), ["张三丰"]);
    assert_eq!(titles(desk, &tail[tail.len() - 5..]), ["张三丰"]);
    let days: Vec<usize> =
        ["2026-11-02", "11月2日", "20261105", "2026/11/5", "昨天"].map(|day| titles(desk, day).len()).into();
    assert_eq!(days, [3, 3, 1, 1, 0]);
}

#[test]
fn what_was_matched_is_marked_in_the_result() {
    let mut world = desk(903);
    let hits = world.county.tell("search", json!({"text": "zsf", "limit": 10}));
    assert_eq!(hits[0]["title_marks"], json!([{"from": 0, "to": 3}]));
    let hits = world.county.tell("search", json!({"text": "低于三成", "limit": 10}));
    assert_eq!(hits[0]["excerpt_marks"], json!([{"from": 3, "to": 7}]));
    assert_eq!(hits[0]["title_marks"], json!([]));
}

#[test]
fn the_list_is_filtered_by_business_with_all_its_names_and_by_what_is_due() {
    let mut world = desk(904);
    let desk = &mut world.county;
    let business = |name: &str, aliases: &[&str]| json!({"name": name, "uscc": "", "kind": "", "phone": "", "address": "", "aliases": aliases, "seen": []});
    desk.tell("business.record", business("荷叶超市", &["桓台荷叶超市", "荷塘电器行"]));
    let mut listed = |filter: Value| -> Vec<String> {
        let mut query = json!({"open_only": false, "limit": 10});
        filter.as_object().into_iter().flatten().for_each(|(name, value)| query[name] = value.clone());
        let page = desk.tell("complaint.list", query);
        let rows = page["rows"].as_array().expect("rows");
        rows.iter().map(|row| row["consumer_name"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(listed(json!({"business": "荷叶超市"})), ["王小麦", "张三丰"]);
    assert_eq!(listed(json!({"business": "桓台荷叶超市"})), ["王小麦", "张三丰"]);
    assert_eq!(listed(json!({"business": "曾记面馆"})), ["单小翠"]);
    assert_eq!(listed(json!({"business": "没有这家"})), Vec::<String>::new());
    assert_eq!(listed(json!({"due": "overdue"})).len(), 3);
    assert_eq!(listed(json!({"due": "soon"})).len(), 0);
    assert_eq!(listed(json!({"class": "G10"})).len(), 3);
    assert_eq!(listed(json!({"class": "G10-01"})).len(), 3);
    assert_eq!(listed(json!({"class": "G10-02"})).len(), 0);
    let names = desk.tell("business.list", json!({"text": "hycs", "limit": 5}));
    assert_eq!(names[0]["name"], "荷叶超市");
}

#[test]
fn earlier_cases_of_the_phone_or_the_business_are_shown_and_block_nothing() {
    let mut world = desk(905);
    let desk = &mut world.county;
    let mut similar = |phone: &str, respondent: &str| -> Vec<(String, bool, bool)> {
        let found = desk.tell("complaint.similar", json!({"phone": phone, "respondent": respondent}));
        let one = |case: &Value| {
            let is = |name: &str| case[name].as_bool().unwrap_or_default();
            (case["consumer_name"].as_str().unwrap_or_default().to_owned(), is("same_phone"), is("same_business"))
        };
        found.as_array().expect("cases").iter().map(one).collect()
    };
    assert_eq!(similar("199 0000 1234", "曾记面馆"), [("张三丰".into(), true, false), ("单小翠".into(), false, true)]);
    assert_eq!(similar("19900001234", "桓台荷叶超市"), [("张三丰".into(), true, true)]);
    assert_eq!(similar("", "没有这家"), []);
    desk.tell("complaint.register", form("张三丰", "19900001234", "桓台荷叶超市"));
    desk.host.set_clock("2027-03-01T09:00:00+08:00");
    let late = desk.tell("complaint.similar", json!({"phone": "", "respondent": "曾记面馆"}));
    assert_eq!(late, json!([]), "older than ninety days");
}

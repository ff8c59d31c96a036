//! Personal information: one person's copy, and erasure by law that reaches the copies at the county. What remains are the
//! facts that counts and sums are made of, and a chain that still holds.

use std::fs;
use std::path::{Path, PathBuf};

use redress_store::Store;
use redress_tests::{Desk, PASSPHRASE, Typed, World};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "欧阳麦穗", goods: "玉米种子" };
const OTHER: Typed<'_> = Typed { received_on: "2026-11-03", consumer: "赵小豆", goods: "手机" };
/// What must be gone: a name, a telephone, words.
const PERSONAL: [&str; 4] = ["欧阳麦穗", "19900000001", "出苗率低于三成", "地址在村东头"];

/// A closed case of one person, with words in its steps, and another person's case.
fn closed_case(station: &mut Desk) -> (String, String) {
    let complaint = station.register(&SEEDS);
    station.amend(&complaint, |form| form.consumer_address = "地址在村东头".into());
    station.accept(&complaint, "2026-11-04");
    station.step(&complaint, "mediation", "2026-11-05", &json!({"outcome": "agreed", "note": "欧阳麦穗当场同意"}));
    station.step(&complaint, "agreement", "2026-11-06", &json!({"agreement_form": "AF01", "performance": "PF01"}));
    station.recover(&complaint, "1200.50", "2026-11-06");
    let mut other = OTHER.form();
    other.consumer_phone = "199 0000 0002".into();
    other.facts = "屏幕不亮".into();
    let other = station.tell("complaint.register", json!(other));
    (complaint, other["id"].as_str().unwrap_or_default().to_owned())
}

fn erase(desk: &mut Desk, complaint: &str, ground: &str) -> Result<Value, String> {
    let form = json!({"records": [complaint], "ground": ground, "reason": "本人要求删除"});
    desk.ask("person.erase", form).map_err(|error| error.code)
}

/// Every value of every table of a store, as bytes; the search's own tables too.
fn everything(desk: &mut Desk) -> Vec<u8> {
    desk.lock();
    let (store, _) = Store::open(&desk.dir, None, PASSPHRASE).expect("the desk has closed its store");
    let bytes = store.every_value().expect("a store can be read");
    drop(store);
    desk.unlock();
    bytes
}

fn finds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

fn assert_gone(desk: &mut Desk, who: &str) {
    let bytes = everything(desk);
    for text in PERSONAL {
        assert!(!finds(&bytes, text), "{who} still holds {text}");
    }
    assert!(finds(&bytes, "赵小豆"), "{who} holds the other person");
    for text in ["欧阳麦穗", "19900000001"] {
        assert_eq!(desk.tell("search", json!({"text": text, "limit": 9})), json!([]), "{who} finds nobody");
    }
    desk.look();
}

fn sums(desk: &mut Desk) -> Value {
    let mut totals = desk.tell("report.totals", json!({"from": "2026-11-01", "to": "2026-11-30", "office": null}));
    totals["complete"] = Value::Null;
    json!([totals["complaints"], totals["recovered_fen"], totals["by_status"], totals["by_nature"], totals["by_class"]])
}

#[test]
fn what_a_station_erases_is_gone_from_the_county_after_the_next_bundle_and_sums_stay() {
    let mut world = World::acquainted(1, 61);
    let (complaint, _) = closed_case(&mut world.stations[0]);
    world.round_trip();
    assert!(finds(&everything(&mut world.county), PERSONAL[0]));
    let before = (sums(&mut world.stations[0]), sums(&mut world.county));
    let to_decide = world.county.to_decide();
    let done = erase(&mut world.stations[0], &complaint, "request").expect("a closed case");
    assert!(done["entries"].as_u64() >= Some(5), "{done}");
    assert_gone(&mut world.stations[0], "the station");
    world.round_trip();
    assert_gone(&mut world.county, "the county");
    assert_eq!((sums(&mut world.stations[0]), sums(&mut world.county)), before);
    let page = world.county.page(&complaint);
    assert_eq!((page["recovered_fen"].as_i64(), page["input"]["consumer_name"].as_str()), (Some(120_050), Some("")));
    assert_eq!(page["status"], "performed");
    assert!(page["timeline"].as_array().into_iter().flatten().any(|item| item["action"] == "erased"));
    assert_eq!(world.county.to_decide(), to_decide, "nothing new is to be decided");
}

#[test]
fn a_store_of_the_same_office_that_comes_later_never_gets_what_was_erased() {
    let mut world = World::acquainted(1, 62);
    let (complaint, other) = closed_case(&mut world.stations[0]);
    world.round_trip();
    erase(&mut world.stations[0], &complaint, "request").expect("a closed case");
    world.round_trip();
    let invitation = world.invite(1);
    let mut second = world.another_pc(1, &invitation);
    let stick = world.stick("second");
    let joined = second.export(&stick).path;
    world.county.merge(&[Path::new(&joined)]);
    let office = second.office.clone();
    let bundle = world.county.export_to(&stick, &office);
    let report = second.merge(&[Path::new(&bundle.path)]);
    assert_eq!((report.quarantined, report.waiting, report.refused), (0, 0, 0));
    assert_gone(&mut second, "the second PC");
    assert_eq!(second.page(&complaint)["status"], "performed");
    second.page(&other);
}

#[test]
fn an_old_stick_brings_nothing_back_and_a_restored_county_erases_again() {
    let mut world = World::acquainted(1, 63);
    let (complaint, _) = closed_case(&mut world.stations[0]);
    let old = world.stick("old");
    let old_bundle = PathBuf::from(world.stations[0].export(&old).path);
    let mut late = world.what_if(1);
    world.round_trip();
    let mut restored = world.what_if(2);
    erase(&mut world.stations[0], &complaint, "request").expect("a closed case");
    let stick = world.stick("new");
    let bundle = PathBuf::from(world.stations[0].export(&stick).path);
    world.county.merge(&[&bundle]);
    world.county.merge(&[&old_bundle]);
    assert_gone(&mut world.county, "the county");
    restored.merge(&[&bundle]);
    assert_gone(&mut restored, "a county that had everything");
    late.merge(&[&bundle]);
    late.merge(&[&old_bundle]);
    let bytes = everything(&mut late);
    assert!(!finds(&bytes, PERSONAL[0]), "the order came before the entries");
    late.look();
}

/// Regression: the database from before this program's, which opens with the same key, kept what was erased.
#[test]
fn erasing_takes_the_database_of_an_earlier_program_away_once_a_copy_is_there() {
    let mut world = World::acquainted(1, 66);
    let (complaint, _) = closed_case(&mut world.stations[0]);
    let station = &mut world.stations[0];
    let kept = ["store-schema-1.db", "store-schema-1.db.bak", "store-schema-.db", "my-store-schema-1.db"];
    for name in kept {
        fs::copy(station.dir.join("store.db"), station.dir.join(name)).expect("a copy");
    }
    let copies = |station: &Desk| fs::read_dir(station.dir.join("backups")).map_or(0, Iterator::count);
    let before = copies(station);
    erase(station, &complaint, "request").expect("a closed case");
    let left: Vec<bool> = kept.iter().map(|name| station.dir.join(name).exists()).collect();
    assert_eq!(left, [false, true, true, true], "nothing but what this program keeps there");
    assert!(copies(station) > before, "a verified copy stands in its place");
}

#[test]
fn an_open_case_is_not_erased_and_without_a_request_only_after_its_time() {
    let mut world = World::acquainted(1, 64);
    let (complaint, open) = closed_case(&mut world.stations[0]);
    let station = &mut world.stations[0];
    assert_eq!(erase(station, &open, "request"), Err("case_open".to_owned()));
    assert_eq!(erase(station, &complaint, "retention_over"), Err("retention_not_over".to_owned()));
    station.host.set_clock("2029-12-01T09:00:00+08:00");
    erase(station, &complaint, "retention_over").expect("three years have passed");
    assert_eq!(erase(station, &complaint, "request"), Err("nothing_to_erase".to_owned()), "once is enough");
    let without = json!({"records": [complaint], "ground": "request", "reason": " "});
    assert_eq!(station.refused("person.erase", without), "invalid_input");
}

#[test]
fn a_person_gets_a_copy_of_everything_that_is_held_by_name_by_telephone_and_as_a_file() {
    let mut world = World::acquainted(1, 65);
    let (complaint, _) = closed_case(&mut world.stations[0]);
    let out = world.stick("copy");
    let station = &mut world.stations[0];
    for text in ["欧阳麦穗", "199 0000 0001", "19900000001"] {
        let found = station.tell("person.find", json!({"text": text}));
        let found = found.as_array().cloned().unwrap_or_default();
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((found[0]["id"].as_str(), found[0]["role"].as_str()), (Some(complaint.as_str()), Some("consumer")));
        assert_eq!(found[0]["kept_until"], "2029-11-06");
    }
    let copy = station.tell("person.copy", json!({"records": [complaint], "out": out}));
    let file = fs::read_to_string(copy["path"].as_str().unwrap_or_default()).expect("a file");
    assert!(PERSONAL.iter().all(|text| file.contains(text)), "all of it");
    assert!(copy["complaints"][0]["timeline"].as_array().map(Vec::len) >= Some(5), "with its history");
    assert_eq!(station.refused("person.find", json!({"text": "欧"})), "invalid_input");
    assert_eq!(station.tell("person.find", json!({"text": "没有这个人"})), json!([]));
}

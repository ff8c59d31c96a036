//! What is held and not in force: entries that wait, are forced, heal; codes of other lists; imports that are taken back and
//! brought back. (Hard cases 18, 19, 46, 48, 70 and 71.)

use std::fs;
use std::path::{Path, PathBuf};

use redress_journal::{Change, Draft};
use redress_store::{Store, StoreError, by_hand};
use redress_tests::{Desk, PASSPHRASE, Typed, World};
use serde_json::{Value, json};
use uuid::Uuid;

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };

/// The files of an export with one entry in each, in order.
fn one_by_one(desk: &mut Desk, stick: &Path) -> Vec<PathBuf> {
    desk.tell("bundle.export", json!({"out": stick, "office": null, "entries_a_file": 1}));
    let mut files: Vec<PathBuf> =
        fs::read_dir(stick).expect("a stick").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    files
}

/// A complaint and its amendment, each in a file of its own.
fn in_two_files(seed: u64) -> (World, String, [PathBuf; 2]) {
    let mut world = World::acquainted(1, seed);
    let complaint = world.stations[0].register(&SEEDS);
    world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
    let stick = world.stick("parts");
    let files = one_by_one(&mut world.stations[0], &stick);
    (world, complaint, files.try_into().expect("two entries, two files"))
}

fn waiting(desk: &mut Desk) -> Vec<Value> {
    desk.tell("aside.list", json!({}))["waiting"].as_array().cloned().expect("a list")
}

/// Case 18: held with its reason and its age, and in force by itself when what it needs arrives.
#[test]
fn an_amendment_before_its_complaint_waits_and_is_applied_when_the_complaint_comes() {
    let (mut world, complaint, [create, amendment]) = in_two_files(641);
    let report = world.county.merge(&[&amendment]);
    assert_eq!((report.waiting, report.quarantined, report.refused), (1, 0, 0));
    let held = waiting(&mut world.county);
    assert_eq!((&held[0]["reason"], &held[0]["can_force"]), (&json!("predecessor"), &json!(true)));
    assert!(held[0]["since"].is_string() && held[0]["raw"].as_str().unwrap().contains("水稻种子"));
    assert_eq!(world.county.tell("home.today", json!({}))["waiting"], 1);
    world.county.merge(&[&create]);
    assert!(waiting(&mut world.county).is_empty());
    assert_eq!(world.county.page(&complaint)["input"]["goods_name"], "水稻种子");
    assert!(world.county.decisions().is_empty());
}

/// Cases 18 and 19: put in force by hand, with a mark; when the beginning arrives nothing contradicts.
#[test]
fn a_waiting_entry_that_is_forced_is_marked_and_heals_when_its_predecessor_comes() {
    let (mut world, complaint, [create, amendment]) = in_two_files(642);
    world.county.merge(&[&amendment]);
    let entry = waiting(&mut world.county)[0]["entry"].clone();
    assert_eq!(world.county.refused("waiting.force", json!({"entry": entry, "reason": " "})), "invalid_input");
    world.county.tell("waiting.force", json!({"entry": entry, "reason": "电话里核实过"}));
    let page = world.county.page(&complaint);
    assert_eq!((&page["input"]["goods_name"], &page["input"]["facts"]), (&json!("水稻种子"), &json!("")));
    assert!(page["timeline"].to_string().contains("电话里核实过"), "the mark and its reason stand in the story");
    world.county.merge(&[&create]);
    assert!(waiting(&mut world.county).is_empty() && world.county.decisions().is_empty(), "no phantom of a conflict");
    let healed = world.county.page(&complaint);
    assert_eq!((&healed["input"]["goods_name"], &healed["conflicts"]), (&json!("水稻种子"), &json!([])));
    assert_eq!(healed["input"]["facts"], world.stations[0].page(&complaint)["input"]["facts"]);
    for _ in 0..2 {
        world.round_trip();
    }
    let pages = [world.county.page(&complaint), world.stations[0].page(&complaint)];
    assert_eq!(pages[0]["input"], pages[1]["input"]);
}

/// Writes an entry as a program with other lists, or a newer one, would.
fn written_elsewhere(desk: &mut Desk, kind: &'static str, set: &Value) -> Uuid {
    let id = Uuid::from_u128(0x0193_5000_0000_7000_8000_0000_0000_0641);
    desk.lock();
    let (mut store, operator) = Store::open(&desk.dir, None, PASSPHRASE).expect("the desk has closed its store");
    let change = Change::Set(set.as_object().cloned().expect("fields"));
    let draft = Draft { kind, id, was: Vec::new(), change, op: operator, at: "2027-03-01T09:00:00+08:00".to_owned() };
    let office = store.identity().office;
    store.write::<_, StoreError>(|gate| gate.append(office, &draft)).expect("a good write");
    drop(store);
    desk.unlock();
    id
}

/// Case 48: a code of another list keeps what it says, and an amendment of something else does not touch it.
#[test]
fn a_code_that_this_list_does_not_have_is_kept_shown_and_counted() {
    let mut world = World::acquainted(1, 643);
    let set = json!({
        "number": "370321-0101-2026-0900-0", "received_on": "2026-11-09", "channel": "IC99", "consumer_name": "钱大米",
        "consumer_phone": "19900000009", "respondent_name": "某老店", "request": "退款",
        "class": "G77-88", "nature": "N55", "goods_name": "旧目录里的商品", "facts": "按旧目录登记",
    });
    let complaint = written_elsewhere(&mut world.stations[0], "complaint", &set).to_string();
    let report = world.carry_in(0);
    assert_eq!((report.new_complaints, report.waiting, report.quarantined), (1, 0, 0));
    for desk in [&mut world.county, &mut world.stations[0]] {
        let page = desk.page(&complaint);
        let codes = ["channel", "class", "nature"].map(|field| page["input"][field].clone());
        assert_eq!(codes, ["IC99", "G77-88", "N55"]);
        assert_eq!(desk.totals("2026-11-01", "2026-11-30").complaints, 1, "it counts");
    }
    world.county.amend(&complaint, |form| form.facts = "按旧目录登记，补充事实".into());
    world.round_trip();
    let page = world.stations[0].page(&complaint);
    assert_eq!(
        (&page["input"]["class"], &page["input"]["facts"]),
        (&json!("G77-88"), &json!("按旧目录登记，补充事实"))
    );
}

/// Case 46: what only a newer program understands is kept, named, and carried on as it is.
#[test]
fn what_a_newer_program_wrote_is_carried_on_and_waits_everywhere() {
    let mut world = World::acquainted(1, 644);
    written_elsewhere(&mut world.stations[0], "dream", &json!({"of": "将来的功能"}));
    let report = world.carry_in(0);
    assert_eq!((report.waiting, report.quarantined, report.refused), (1, 0, 0));
    let held = waiting(&mut world.county);
    assert_eq!(
        (&held[0]["reason"], &held[0]["kind"], &held[0]["can_force"]),
        (&json!("newer"), &json!("dream"), &json!(false))
    );
    let mut fresh = world.second_pc(0);
    let stick = world.stick("fresh");
    fresh.export(&stick);
    world.county.merge(&[&stick]);
    let back = world.stick("back");
    world.county.export_all(&back);
    fresh.merge(&[&back]);
    assert!(waiting(&mut fresh)[0]["raw"].as_str().unwrap().contains("将来的功能"), "word for word at the next PC");
}

/// Leaves a store as a program leaves it that knows neither volunteers nor what a volunteer is.
const WITHOUT_VOLUNTEERS: &str = r#"
    DELETE FROM volunteer;
    INSERT INTO waiting SELECT place, record, 'newer' FROM journal WHERE instr(CAST(body AS TEXT), '"kind":"volunteer"');
    UPDATE local SET value = CAST(replace(CAST(value AS TEXT), ',"volunteer"', '') AS BLOB) WHERE key = 'understands'"#;

/// Case 46, after the update: what waited for it is in force by itself, one notice says so, and what nobody knows yet waits on.
#[test]
fn what_waited_for_a_newer_program_is_in_force_once_that_program_opens_the_store() {
    let mut world = World::acquainted(1, 648);
    let someone = json!({"name": "志愿者甲", "phone": "19900000031", "roles": ["VR03"]});
    world.stations[0].tell("volunteer.record", json!({"at": {"id": null, "seen": []}, "input": someone}));
    written_elsewhere(&mut world.stations[0], "dream", &json!({"of": "将来的功能"}));
    world.carry_in(0);
    let county = &mut world.county;
    county.lock();
    county.unlock();
    let before = county.look();
    county.lock();
    let (store, _) = Store::open(&county.dir, None, PASSPHRASE).expect("nobody else has it open");
    by_hand::edit(&store, WITHOUT_VOLUNTEERS).expect("whoever has the key may write");
    drop(store);
    county.unlock();
    let notices = county.tell("app.state", json!({}))["notices"].clone();
    assert_eq!(notices, json!([{"code": "newer_applied", "params": {"count": "1"}}]));
    assert_eq!(county.tell("volunteer.list", json!({}))[0]["input"]["name"], "志愿者甲");
    assert_eq!(waiting(county).iter().map(|item| item["kind"].clone()).collect::<Vec<_>>(), ["dream"]);
    before.assert_same(&county.look(), "as if it had never waited");
    county.lock();
    county.unlock();
    assert_eq!(county.tell("app.state", json!({}))["notices"], json!([]), "once");
}

/// The number by which an import can be taken back.
fn newest_import(desk: &mut Desk) -> Value {
    desk.tell("import.list", json!({}))[0]["id"].clone()
}

/// An import is taken back: it counts for nothing, later work stays; brought back, all of it counts again.
#[test]
fn an_import_that_is_taken_back_counts_for_nothing_until_it_is_brought_back_and_later_work_stays() {
    let mut world = World::acquainted(2, 645);
    let wrong = world.stations[0].register(&SEEDS);
    world.carry_in(0);
    let import = newest_import(&mut world.county);
    let merged = world.county.look();
    let later = world.stations[1].register(&Typed { consumer: "赵小豆", goods: "手机", ..SEEDS });
    world.carry_in(1);
    let own = world.county.register(&Typed { consumer: "孙大米", goods: "电饭锅", ..SEEDS });
    let refused = world.county.refused("import.undo", json!({"id": import, "reason": ""}));
    assert_eq!(refused, "invalid_input", "not without a reason");
    let undone = world.county.tell("import.undo", json!({"id": import, "reason": "站点发错了"}));
    assert!(undone["entries"].as_u64() > Some(0), "{undone}");
    assert_eq!(world.county.totals("2026-11-01", "2026-11-30").complaints, 2, "the later ones");
    for complaint in [&later, &own] {
        assert_eq!(world.county.page(complaint)["status"], "registered");
    }
    let aside = world.county.tell("aside.list", json!({}));
    assert_eq!(
        (&aside["undone"][0]["undone_reason"], &aside["undone"][0]["undone_by"]),
        (&json!("站点发错了"), &json!("孙主任"))
    );
    assert!(aside["quarantined"].as_array().unwrap().iter().any(|item| item["reason"] == "undone"));
    world.county.tell("import.redo", json!({"id": import, "reason": "查明没有错"}));
    assert_eq!(world.county.totals("2026-11-01", "2026-11-30").complaints, 3);
    assert_eq!(world.county.page(&wrong)["status"], "registered");
    let after = world.county.look();
    assert!(merged.entries.is_subset(&after.entries), "nothing ever left the journal");
}

/// What was taken back at the county is told to the station, and is not sent again and again.
#[test]
fn a_station_hears_that_its_import_was_taken_back_and_nothing_comes_twice() {
    let mut world = World::acquainted(1, 646);
    let complaint = world.stations[0].register(&SEEDS);
    world.carry_in(0);
    let import = newest_import(&mut world.county);
    world.county.tell("import.undo", json!({"id": import, "reason": "站点发错了"}));
    world.carry_out(0);
    let page = world.stations[0].page(&complaint);
    assert_eq!(page["timeline"][0]["outcome"]["kind"], "quarantined");
    assert_eq!(world.carry_in(0).new_entries, 0);
    world.county.tell("import.redo", json!({"id": import, "reason": "查明没有错"}));
    world.carry_out(0);
    assert_eq!(world.stations[0].page(&complaint)["timeline"][0]["outcome"], Value::Null);
}

/// It waits on for its place, is marked, and nobody is asked for it a second time.
#[test]
fn what_was_put_in_force_is_not_offered_a_second_time() {
    let (mut world, _, [_, amendment]) = in_two_files(648);
    world.county.merge(&[&amendment]);
    let item = waiting(&mut world.county).remove(0);
    assert_eq!((&item["can_force"], &item["forced"]), (&json!(true), &json!(false)));
    let asked = json!({"entry": item["entry"], "reason": "消费者等着答复"});
    world.county.tell("waiting.force", asked.clone());
    let after = waiting(&mut world.county).remove(0);
    assert_eq!((&after["can_force"], &after["forced"]), (&json!(false), &json!(true)));
    assert_eq!(world.county.refused("waiting.force", asked), "cannot_force");
}

/// Long work over the whole journal stops when somebody wants it to, and leaves everything as it was.
#[test]
fn a_check_a_rebuild_and_an_undo_can_be_stopped_and_change_nothing() {
    let mut world = World::acquainted(1, 649);
    world.stations[0].register(&SEEDS);
    world.carry_in(0);
    let import = newest_import(&mut world.county);
    let before = world.county.look();
    world.county.host.cancel(true);
    let undo = json!({"id": import, "reason": "误收"});
    for (command, payload) in [("check", json!({})), ("rebuild", json!({})), ("import.undo", undo.clone())] {
        assert_eq!(world.county.refused(command, payload), "cancelled", "{command}");
    }
    world.county.host.cancel(false);
    world.county.look().assert_same(&before, "stopped");
    world.county.tell("import.undo", undo);
    world.county.host.cancel(true);
    let redo = json!({"id": import, "reason": ""});
    assert_eq!(world.county.refused("import.redo", redo.clone()), "cancelled");
    world.county.host.cancel(false);
    world.county.tell("import.redo", redo);
    world.county.look().assert_same(&before, "undone and brought back");
}

//! Copies on a stick: made by a button and by itself, verified, found again, and brought back beside whatever is there.

use std::fs;
use std::path::{Path, PathBuf};

use redress_tests::{Desk, PASSPHRASE, TestHost, Typed, World, copy_folder};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "欧阳稻穗", goods: "玉米种子" };

fn make(desk: &mut Desk, stick: &Path) -> PathBuf {
    let made = desk.tell("backup.make", json!({"out": stick}));
    PathBuf::from(made["path"].as_str().expect("a path"))
}

fn found(desk: &mut Desk, folder: &Path) -> Vec<Value> {
    desk.tell("backup.find", json!({"path": folder})).as_array().cloned().expect("a list")
}

fn restore(copy: &Path, passphrase: &str) -> Value {
    json!({"path": copy, "operator": null, "passphrase": passphrase, "dir": null})
}

/// A PC on which nothing is installed yet, with witnesses of its own.
fn empty_pc(world: &World, number: u64) -> Desk {
    let folder = world.stick(&format!("pc-{number}"));
    let host = TestHost::new(number, "2026-11-24T09:00:00+08:00", folder.clone());
    host.set_machine(&format!("pc-{number}"));
    Desk::closed(std::sync::Arc::new(host), folder)
}

#[test]
fn a_backup_is_opened_and_counted_and_the_first_screen_says_when_it_was_made() {
    let mut world = World::of(1, 831);
    let stick = world.stick("backup");
    let desk = &mut world.stations[0];
    assert_eq!(desk.tell("home.today", json!({}))["last_backup"], Value::Null);
    desk.register(&SEEDS);
    let copy = make(desk, &stick);
    assert!(copy.starts_with(stick.join("redress-backup")), "{}", copy.display());
    assert_eq!(desk.tell("home.today", json!({}))["last_backup"], "2026-11-23T09:00:00+08:00");
    let listed = found(desk, &stick);
    let first = &listed[0];
    assert_eq!((listed.len(), &first["office_name"], &first["problem"]), (1, &json!("第1联络站"), &Value::Null));
    assert_eq!(first["entries"], desk.tell("check", json!({}))["entries"], "as many as in the store");
    assert_eq!(found(desk, &copy).len(), 1, "the folder itself may be chosen too");
}

#[test]
fn with_a_folder_chosen_copies_are_made_after_carrying_and_on_leaving_and_only_when_something_is_new() {
    let mut world = World::of(1, 832);
    let (stick, out) = (world.stick("backup"), world.stick("out"));
    let desk = &mut world.stations[0];
    desk.tell("settings.put", json!({"lock_after_min": 15, "backup_folder": stick}));
    let copies = || fs::read_dir(stick.join("redress-backup")).map_or(0, Iterator::count);
    desk.export(&out);
    assert_eq!(copies(), 1);
    desk.lock();
    desk.unlock();
    assert_eq!(copies(), 1, "nothing is new");
    desk.register(&SEEDS);
    desk.lock();
    desk.unlock();
    assert_eq!(copies(), 2);
    fs::rename(&stick, stick.with_extension("away")).unwrap();
    desk.register(&SEEDS);
    desk.lock();
    desk.unlock();
    assert_eq!(
        desk.tell("home.today", json!({}))["backup_problem"],
        Value::Null,
        "a stick that is not there is no fault"
    );
    fs::rename(stick.with_extension("away"), &stick).unwrap();
    desk.host.set_free_bytes(Some(10));
    desk.lock();
    desk.unlock();
    assert_eq!(desk.tell("home.today", json!({}))["backup_problem"], "medium_full");
    desk.host.set_free_bytes(None);
    desk.lock();
    desk.unlock();
    assert_eq!((copies(), &desk.tell("home.today", json!({}))["backup_problem"]), (3, &Value::Null));
    let inside = json!({"lock_after_min": 15, "backup_folder": desk.dir.join("backups")});
    assert_eq!(desk.refused("settings.put", inside), "invalid_input", "a copy in the same folder is none");
}

#[test]
fn ten_copies_of_a_store_are_kept_and_nothing_else_on_the_stick_is_touched() {
    let mut world = World::of(2, 833);
    let stick = world.stick("backup");
    let other = make(&mut world.stations[1], &stick);
    fs::create_dir_all(stick.join("redress-backup/照片")).unwrap();
    for _ in 0..12 {
        make(&mut world.stations[0], &stick);
    }
    let names = fs::read_dir(stick.join("redress-backup")).unwrap().count();
    assert_eq!(names, 12, "ten of the first, one of the second, one of somebody else");
    assert!(other.exists());
}

#[test]
fn a_lost_pc_is_replaced_from_its_backup_and_goes_on_under_a_new_life() {
    let mut world = World::acquainted(1, 834);
    let stick = world.stick("backup");
    let id = world.stations[0].register(&SEEDS);
    let copy = make(&mut world.stations[0], &stick);
    let late = world.stations[0].register(&SEEDS);
    world.carry_in(0);
    let mut fresh = empty_pc(&world, 9_341);
    assert_eq!(fresh.refused("backup.restore", restore(&copy, "不对的口令啊")), "passphrase_wrong");
    let state = fresh.tell("backup.restore", restore(&copy, PASSPHRASE));
    assert_eq!((&state["stage"], &state["moved"]), (&json!("open"), &json!(true)));
    assert_eq!(fresh.page(&id)["input"]["consumer_name"], "欧阳稻穗");
    fresh.tell("device.settle", json!({"same_pc": false}));
    let new = fresh.register(&SEEDS);
    fresh.dir = PathBuf::from(state["stores"][0]["dir"].as_str().expect("it is listed"));
    fresh.office.clone_from(&world.stations[0].office);
    world.stations[0] = fresh;
    world.round_trip();
    world.round_trip();
    for complaint in [&id, &late, &new] {
        assert_eq!(world.stations[0].page(complaint)["input"]["goods_name"], "玉米种子");
        assert_eq!(world.county.page(complaint)["input"]["goods_name"], "玉米种子");
    }
    world.stations[0].look();
    world.county.look();
}

#[test]
fn a_restored_store_stands_beside_the_broken_one_and_overwrites_nothing() {
    let mut world = World::of(1, 835);
    let stick = world.stick("backup");
    let desk = &mut world.stations[0];
    let id = desk.register(&SEEDS);
    let copy = make(desk, &stick);
    desk.lock();
    let broken = desk.dir.join("store.db");
    fs::write(&broken, b"this was a database").unwrap();
    let open = json!({"dir": desk.dir, "passphrase": PASSPHRASE});
    assert_eq!(desk.refused("store.open", open), "store_damaged");
    let occupied = json!({"path": copy, "operator": null, "passphrase": PASSPHRASE, "dir": desk.dir});
    assert_eq!(desk.refused("backup.restore", occupied), "store_exists");
    let state = desk.tell("backup.restore", restore(&copy, PASSPHRASE));
    assert_eq!(state["notices"][0]["code"], "store_rewound");
    assert_eq!(desk.page(&id)["input"]["consumer_name"], "欧阳稻穗");
    assert_eq!(fs::read(&broken).unwrap(), b"this was a database");
    let second = desk.tell("backup.restore", restore(&copy, PASSPHRASE));
    assert_eq!(second["stores"].as_array().map(Vec::len), Some(2), "each in a folder of its own: {second}");
}

/// Regression: what stood only in the write-ahead log was left behind, and nobody was told.
#[test]
fn a_disk_that_lost_its_power_is_brought_back_with_what_was_typed_last() {
    let mut world = World::of(1, 839);
    let disk = world.stick("old-disk");
    let id = world.stations[0].register(&SEEDS);
    copy_folder(&world.stations[0].dir, &disk);
    let mut fresh = empty_pc(&world, 9_391);
    fresh.tell("backup.restore", restore(&disk, PASSPHRASE));
    assert_eq!(fresh.page(&id)["input"]["consumer_name"], "欧阳稻穗");
}

#[test]
fn trying_passphrases_on_a_copy_slows_down_as_signing_in_does_and_writes_nothing_into_the_copy() {
    let mut world = World::of(1, 843);
    let stick = world.stick("backup");
    let copy = make(&mut world.stations[0], &stick);
    let before = files(&copy);
    let mut fresh = empty_pc(&world, 9_431);
    for _ in 0..3 {
        assert_eq!(fresh.refused("backup.restore", restore(&copy, "不对的口令啊")), "passphrase_wrong");
    }
    assert_eq!(fresh.refused("backup.restore", restore(&copy, "不对的口令啊")), "passphrase_wrong_wait");
    assert_eq!(fresh.refused("backup.restore", restore(&copy, PASSPHRASE)), "passphrase_wait");
    assert_eq!(files(&copy), before, "a copy is only read");
    fresh.host.pass_seconds(300);
    fresh.tell("backup.restore", restore(&copy, PASSPHRASE));
}

#[test]
fn a_store_that_is_in_use_is_not_copied_under_the_hands_of_whoever_works_in_it() {
    let mut world = World::of(1, 840);
    let dir = world.stations[0].dir.clone();
    let mut fresh = empty_pc(&world, 9_401);
    assert_eq!(fresh.refused("backup.restore", restore(&dir, PASSPHRASE)), "store_locked_by_other");
    world.stations[0].lock();
    fresh.tell("backup.restore", restore(&dir, PASSPHRASE));
}

/// Regression: the counter of copies went back with the store, and each new copy was the lowest on the stick.
#[test]
fn after_a_store_was_brought_back_the_copy_just_made_is_kept_and_the_oldest_goes() {
    let mut world = World::of(1, 841);
    let (stick, image) = (world.stick("backup"), world.stick("image"));
    let desk = &mut world.stations[0];
    make(desk, &stick);
    desk.put_away(&image);
    let copies: Vec<PathBuf> = (0..12).map(|_| make(desk, &stick)).collect();
    desk.bring_back(&image);
    desk.unlock();
    let id = desk.register(&SEEDS);
    let newest = make(desk, &stick);
    assert!(newest.exists(), "the copy that is said to be there: {}", newest.display());
    assert!(copies[11].exists() && !copies[2].exists(), "the oldest goes");
    assert_eq!(fs::read_dir(stick.join("redress-backup")).expect("copies").count(), 10);
    let mut fresh = empty_pc(&world, 9_411);
    fresh.tell("backup.restore", restore(&newest, PASSPHRASE));
    fresh.page(&id);
}

/// Regression: two PCs of a station begin their numbers alike, and so does a database that was put back by hand.
#[test]
fn a_number_that_another_copy_has_stops_no_copy_and_no_merge() {
    let mut world = World::acquainted(1, 842);
    let (stick, image) = (world.stick("backup"), world.stick("image"));
    let mut second = world.second_pc(0);
    let first = make(&mut world.stations[0], &stick);
    let other = make(&mut second, &stick);
    assert!(first != other && first.exists() && other.exists());

    let desk = &mut world.county;
    desk.put_away(&image);
    world.stations[0].register(&SEEDS);
    world.carry_in(0);
    let desk = &mut world.county;
    desk.lock();
    fs::copy(image.join("store.db"), desk.dir.join("store.db")).expect("a database put back by hand");
    desk.unlock();
    assert_eq!(world.carry_in(0).refused, 0);
}

#[test]
fn a_folder_without_a_backup_one_that_was_altered_and_one_of_a_newer_program_are_told_apart() {
    let mut world = World::of(1, 836);
    let (stick, empty) = (world.stick("backup"), world.stick("empty"));
    let desk = &mut world.stations[0];
    let copy = make(desk, &stick);
    assert_eq!(desk.refused("backup.find", json!({"path": empty})), "backup_none");
    assert_eq!(desk.refused("backup.restore", restore(&empty, PASSPHRASE)), "backup_none");
    assert_eq!(desk.refused("backup.find", json!({"path": empty.join("nothing")})), "path_missing");

    let database = copy.join("store.db");
    let whole = fs::read(&database).unwrap();
    let mut flipped = whole.clone();
    flipped[5000] ^= 1;
    fs::write(&database, &flipped).unwrap();
    assert_eq!(found(desk, &stick)[0]["problem"]["code"], "store_damaged");
    assert_eq!(desk.refused("backup.restore", restore(&copy, PASSPHRASE)), "store_damaged");
    assert!(!desk.host_data_dir().join("stores").join("370321-0101").exists(), "nothing half-restored stays");
    fs::write(&database, &whole).unwrap();

    let label = fs::read_to_string(copy.join("backup.json")).unwrap();
    fs::write(copy.join("backup.json"), label.replace("\"redress_backup\": 1", "\"redress_backup\": 2")).unwrap();
    assert_eq!(found(desk, &stick)[0]["problem"]["code"], "store_newer");
    assert_eq!(desk.refused("backup.restore", restore(&copy, PASSPHRASE)), "store_newer");
    fs::write(copy.join("backup.json"), label.replace("370321-0101", "../../away")).unwrap();
    let state = desk.tell("backup.restore", restore(&copy, PASSPHRASE));
    let dir = PathBuf::from(state["stores"][0]["dir"].as_str().expect("under the data folder"));
    assert!(dir.starts_with(desk.host_data_dir().join("stores")), "a label names no way out: {}", dir.display());
}

/// Case 43: pages that went bad hide themselves and nothing else; what is rescued goes on as a store, and into a bundle.
#[test]
fn a_damaged_store_is_rescued_as_far_as_it_can_be_read() {
    let mut world = World::acquainted(1, 838);
    let out = world.stick("rescue");
    let ids: Vec<String> = (0..300).map(|_| world.stations[0].register(&SEEDS)).collect();
    let desk = &mut world.stations[0];
    desk.lock();
    let path = desk.dir.join("store.db");
    let mut bytes = fs::read(&path).unwrap();
    let pages = bytes.len() / 4096;
    let rescue =
        |out: &Path, desk: &Desk| json!({"dir": desk.dir, "operator": null, "passphrase": PASSPHRASE, "out": out});
    let whole = desk.tell("backup.rescue", rescue(&out, desk));
    assert_eq!((&whole["aside"], &whole["lost"]), (&json!(0), &json!(0)), "{whole}");
    let (mut rescues, counts) = (0, |report: &Value| ["entries", "aside", "lost"].map(|name| report[name].as_u64()));
    let all = whole["entries"].as_u64();
    for page in (pages / 3..pages - 1).step_by(pages / 9) {
        let good = bytes[page * 4096 + 100];
        bytes[page * 4096 + 100] ^= 0x55;
        fs::write(&path, &bytes).unwrap();
        match desk.ask("backup.rescue", rescue(&out, desk)) {
            Ok(report) => {
                rescues += 1;
                let [entries, aside, lost] = counts(&report).map(Option::unwrap_or_default);
                assert_eq!(Some(entries + aside + lost), all, "every entry is accounted for: {report}");
                assert!(lost < 20, "one page hides what stood on it: {report}");
                assert!(Path::new(report["path"].as_str().unwrap()).join("store.db").exists());
            }
            // Without the keys of this PC, which stand in one of the pages, nothing goes on but a backup.
            Err(error) => assert_eq!(error.code, "store_damaged"),
        }
        assert!(fs::read(&path).unwrap() == bytes, "the damaged store is only read");
        bytes[page * 4096 + 100] = good;
    }
    assert!(rescues > 4, "most pages cost little: {rescues}");
    let bundle = whole["bundle"].as_str().expect("a bundle for the county").to_owned();
    world.county.merge(&[&bundle]);
    assert_eq!(world.county.page(&ids[299])["input"]["goods_name"], "玉米种子");
    let mut fresh = empty_pc(&world, 9_381);
    let copy = PathBuf::from(whole["path"].as_str().unwrap());
    fresh.tell("backup.restore", restore(&copy, PASSPHRASE));
    assert_eq!(fresh.page(&ids[0])["input"]["goods_name"], "玉米种子");
}

fn proof(desk: &mut Desk) -> Value {
    desk.tell("home.today", json!({}))["backup_proof"].clone()
}

/// Case 78: a backup that nobody has ever brought back is a hope.
#[test]
fn once_a_month_the_newest_copy_is_brought_back_for_a_trial_and_the_first_screen_says_how_it_went() {
    let mut world = World::of(1, 839);
    let stick = world.stick("backup");
    let desk = &mut world.stations[0];
    assert_eq!(proof(desk), json!({"due": false, "at": null, "problem": null}), "there is no copy yet");
    desk.tell("backup.prove", json!({}));
    desk.register(&SEEDS);
    make(desk, &stick);
    assert_eq!(proof(desk)["due"], true);
    let good = desk.tell("backup.prove", json!({}));
    assert_eq!(good, json!({"due": false, "at": "2026-11-23T09:00:00+08:00", "problem": null}));
    assert_eq!(proof(desk), good);
    assert!(!desk.dir.join("trial").exists(), "nothing stays of what was brought back");

    desk.host.set_clock("2026-12-20T09:00:00+08:00");
    assert_eq!(proof(desk)["due"], false, "27 days");
    desk.host.set_clock("2026-12-24T09:00:00+08:00");
    assert_eq!(proof(desk)["due"], true, "31 days");
    desk.register(&SEEDS);
    let newest = make(desk, &stick);
    let whole = fs::read(newest.join("store.db")).unwrap();
    let mut bad = whole.clone();
    bad[5000] ^= 1;
    fs::write(newest.join("store.db"), &bad).unwrap();
    let failed = desk.tell("backup.prove", json!({}));
    assert_eq!(failed["problem"], "store_damaged");
    assert_eq!((&proof(desk)["problem"], &proof(desk)["due"]), (&json!("store_damaged"), &json!(true)), "tried again");
    assert!(fs::read(newest.join("store.db")).unwrap() == bad, "a copy is only read");
    fs::write(newest.join("store.db"), &whole).unwrap();
    assert_eq!(desk.tell("backup.prove", json!({}))["problem"], Value::Null);

    desk.host.set_clock("2026-12-24T10:00:00+08:00");
    fs::rename(&stick, stick.with_extension("away")).unwrap();
    desk.host.set_clock("2027-03-01T09:00:00+08:00");
    assert_eq!(proof(desk)["due"], false, "a stick that is not there is no fault");
    fs::rename(stick.with_extension("away"), &stick).unwrap();
    desk.host.set_clock("2001-01-01T00:00:00+08:00");
    assert_eq!(proof(desk)["due"], true, "a dead clock does not put it off for ever");
    desk.tell("backup.prove", json!({}));
    assert_eq!(proof(desk)["due"], false, "nor has it done at each start");
}

#[test]
fn no_name_stands_in_plain_text_on_a_backup_stick_or_in_what_is_staged() {
    let mut world = World::of(1, 837);
    let (stick, out) = (world.stick("backup"), world.stick("out"));
    let desk = &mut world.stations[0];
    desk.tell("settings.put", json!({"lock_after_min": 15, "backup_folder": stick}));
    desk.register(&SEEDS);
    desk.tell("draft.put", json!({"key": "complaint", "body": {"consumer_name": "欧阳稻穗"}}));
    desk.export(&out);
    let dir = desk.dir.clone();
    for folder in [&stick, &out, &dir] {
        assert_hides(folder, &["欧阳稻穗", "19900000001", "出苗率低于三成", "玉米种子"]);
    }
    desk.lock();
    for folder in [&stick, &out, &dir] {
        assert_hides(folder, &["欧阳稻穗", "19900000001", "出苗率低于三成", "玉米种子"]);
    }
}

/// Looks into every file below a folder, in both ways that a text is usually spelled.
fn assert_hides(folder: &Path, words: &[&str]) {
    let files = files(folder);
    assert!(!files.is_empty(), "nothing to look at in {}", folder.display());
    for file in files {
        let bytes = fs::read(&file).expect("a file");
        for word in words {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for spelled in [word.as_bytes(), &wide] {
                let shown = bytes.windows(spelled.len()).any(|window| window == spelled);
                assert!(!shown, "{word} in {}", file.display());
            }
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

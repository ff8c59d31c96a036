//! The lives of a store: brought back from a backup, copied with its disk, moved to another PC, replaced. Each is noticed where
//! it can be noticed, goes on under a name of its own, and nothing that anybody wrote is lost. (Hard cases 1 to 10 and 42.)

use redress_app::contract::BundleOutcome;
use redress_tests::{Desk, Typed, World};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };
const PHONE: Typed<'_> = Typed { received_on: "2026-11-03", consumer: "赵小豆", goods: "手机" };
const OVEN: Typed<'_> = Typed { received_on: "2026-11-04", consumer: "李高粱", goods: "烤箱" };

/// What the county's board says of the first station.
fn on_board(world: &mut World) -> Value {
    let office = world.stations[0].office.clone();
    let board = world.county.tell("office.list", json!({}));
    board.as_array().expect("a list").iter().find(|row| row["id"] == json!(office)).expect("the office").clone()
}

fn is_moved(desk: &mut Desk) -> bool {
    desk.tell("app.state", json!({}))["moved"] == true
}

/// Every one of these complaints can be read at a desk.
fn assert_reads(desk: &mut Desk, complaints: &[&String]) {
    for complaint in complaints {
        assert_eq!(desk.page(complaint)["status"], "registered");
    }
}

/// Case 1: the witness outside the store remembers; numbers are not given again.
#[test]
fn a_store_that_is_brought_back_goes_on_in_a_new_life_and_gets_its_lost_entries_again() {
    let mut world = World::acquainted(1, 601);
    let copy = world.stick("backup");
    world.stations[0].put_away(&copy);
    let lost = world.stations[0].register(&SEEDS);
    world.carry_in(0);
    world.stations[0].bring_back(&copy);
    assert_eq!(world.stations[0].notices(), ["store_rewound"], "told in one sentence");
    assert_eq!(world.stations[0].refused("complaint.get", json!({"id": lost})), "record_missing");
    let after = world.stations[0].register(&PHONE);
    for _ in 0..2 {
        assert_eq!(world.round_trip().quarantined, 0);
    }
    assert_reads(&mut world.county, &[&lost, &after]);
    assert_reads(&mut world.stations[0], &[&lost, &after]);
    assert_eq!(on_board(&mut world)["lives"], 2, "the county sees two lives of one device");
    assert!(!world.county.to_decide().contains(&"fork".to_owned()), "no number was given twice");
    assert_eq!(world.stations[0].unconfirmed(), 0);
}

/// Case 42: a database that somebody copied back by hand is a store that was brought back.
#[test]
fn a_database_copied_by_hand_is_noticed_like_any_other_copy() {
    let mut world = World::acquainted(1, 602);
    let (dir, copy) = (world.stations[0].dir.clone(), world.stick("by-hand").join("store.db"));
    world.stations[0].lock();
    std::fs::copy(dir.join("store.db"), &copy).unwrap();
    world.stations[0].unlock();
    world.stations[0].register(&SEEDS);
    world.stations[0].lock();
    std::fs::copy(&copy, dir.join("store.db")).unwrap();
    world.stations[0].unlock();
    assert_eq!(world.stations[0].notices(), ["store_rewound"]);
    world.stations[0].look();
}

/// Case 2: everything was brought back, witnesses too. Only the county can notice, and both stories stay.
#[test]
fn a_disk_that_is_brought_back_whole_forks_its_log_and_both_stories_are_kept_and_shown() {
    let mut world = World::acquainted(1, 603);
    let copy = world.stick("image");
    world.stations[0].put_away(&copy);
    let first = world.stations[0].register(&SEEDS);
    world.carry_in(0);
    let fresh = world.stick("fresh-witness");
    world.stations[0].host.forget_witnesses(fresh);
    world.stations[0].bring_back(&copy);
    assert!(world.stations[0].notices().is_empty(), "nothing can be noticed here");
    let second = world.stations[0].register(&PHONE);
    let report = world.carry_in(0);
    assert_eq!((report.new_complaints, report.quarantined, report.refused), (1, 0, 0));
    assert_reads(&mut world.county, &[&first, &second]);
    let decisions = world.county.decisions();
    let fork = decisions.iter().find(|decision| decision["kind"] == "fork").expect("the branch is shown");
    assert!(fork["params"]["after"].as_str().unwrap().parse::<u64>().is_ok(), "{fork}");

    let told = world.carry_out(0);
    assert_eq!(told.notices.iter().map(|notice| notice.code.as_str()).collect::<Vec<_>>(), ["fork_noticed"]);
    let third = world.stations[0].register(&OVEN);
    for _ in 0..2 {
        world.round_trip();
    }
    assert_reads(&mut world.county, &[&first, &second, &third]);
    assert_reads(&mut world.stations[0], &[&first, &second, &third]);
    assert_eq!(world.stations[0].unconfirmed(), 0);
    world.county.review(fork["record"].as_str().unwrap());
    world.round_trip();
    for desk in [&mut world.county, &mut world.stations[0]] {
        assert!(!desk.to_decide().contains(&"fork".to_owned()), "looked at once, settled everywhere");
        desk.look();
    }
}

/// Case 2: a return bundle from the time that was lost says that the county holds more than is here. What is written anew
/// under the same numbers is not taken for confirmed, and is carried in.
#[test]
fn what_is_written_after_a_disk_was_brought_back_is_not_confirmed_by_what_the_county_held_before() {
    let mut world = World::acquainted(1, 611);
    let copy = world.stick("image");
    world.stations[0].put_away(&copy);
    let lost = [SEEDS, OVEN, SEEDS].map(|typed| world.stations[0].register(&typed));
    world.carry_in(0);
    let back = world.stick("back");
    world.county.export_all(&back);
    let fresh = world.stick("fresh-witness");
    world.stations[0].host.forget_witnesses(fresh);
    world.stations[0].bring_back(&copy);
    let anew = world.stations[0].register(&PHONE);
    world.stations[0].merge(&[&back]);
    assert!(world.stations[0].unconfirmed() > 0, "the county has never seen it");
    world.round_trip();
    assert_reads(&mut world.county, &[&lost[0], &lost[1], &lost[2], &anew]);
    world.round_trip();
    assert_reads(&mut world.stations[0], &[&lost[0], &lost[1], &lost[2], &anew]);
    assert_eq!(world.stations[0].unconfirmed(), 0);
}

/// Case 3: two PCs go on from one disk. The copy works at once, and is a device of its own after one answer.
#[test]
fn a_cloned_disk_works_on_as_a_device_of_its_own_after_one_question() {
    let mut world = World::acquainted(1, 604);
    let before = world.stations[0].register(&SEEDS);
    let mut copy = world.cloned(0, "pc-2");
    assert!(is_moved(&mut copy) && copy.notices() == ["store_moved"]);
    let on_copy = copy.register(&PHONE);
    let on_first = world.stations[0].register(&OVEN);
    copy.tell("device.settle", json!({"same_pc": false}));
    assert!(!is_moved(&mut copy) && !is_moved(&mut world.stations[0]));
    let stick = world.stick("both");
    let (one, two) = (world.stations[0].export(&stick), copy.export(&stick));
    let report = world.county.merge(&[&stick]);
    assert!(report.bundles.iter().all(|line| line.outcome == BundleOutcome::Merged), "{:?}", report.bundles);
    assert_eq!((report.new_complaints, report.quarantined), (3, 0));
    assert_ne!(one.file_name, two.file_name);
    let facts = |world: &mut World, path: &str| world.county.tell("bundle.inspect", json!({"path": path}));
    assert_ne!(facts(&mut world, &one.path)["from_device"], facts(&mut world, &two.path)["from_device"]);
    assert!(!world.county.to_decide().contains(&"fork".to_owned()));
    let back = world.stick("back");
    world.county.export_all(&back);
    for desk in [&mut world.stations[0], &mut copy] {
        assert_eq!(desk.merge(&[&back]).refused, 0);
        assert_reads(desk, &[&before, &on_copy, &on_first]);
    }
}

/// Case 4: a new part is no theft; nobody is kept from working, and the device stays what it is.
#[test]
fn a_pc_with_a_new_part_stays_the_same_device_with_one_answer() {
    let mut world = World::acquainted(1, 605);
    world.stations[0].lock();
    world.stations[0].host.set_machine("pc-1 with another board");
    world.stations[0].unlock();
    assert!(is_moved(&mut world.stations[0]));
    let meanwhile = world.stations[0].register(&SEEDS);
    world.stations[0].tell("device.settle", json!({"same_pc": true}));
    world.stations[0].lock();
    world.stations[0].unlock();
    assert!(!is_moved(&mut world.stations[0]) && world.stations[0].notices().is_empty(), "asked once");
    let report = world.round_trip();
    assert_eq!((report.refused, report.quarantined, report.new_complaints), (0, 0, 1));
    assert_reads(&mut world.county, &[&meanwhile]);
    assert_eq!(world.stations[0].unconfirmed(), 0);
}

/// Case 6: the PC is gone, another one was set up, the same matter was typed again; then the old stick turns up.
#[test]
fn a_stick_from_before_a_new_start_is_merged_and_what_was_typed_again_is_proposed_as_one_matter() {
    let mut world = World::acquainted(1, 606);
    let old = world.stations[0].register(&SEEDS);
    let stick = world.stick("old");
    world.stations[0].export(&stick);
    let mut fresh = world.second_pc(0);
    std::mem::swap(&mut world.stations[0], &mut fresh);
    drop(fresh);
    let again = world.stations[0].register(&SEEDS);
    world.round_trip();
    let report = world.county.merge(&[&stick]);
    assert_eq!((report.refused, report.new_complaints, report.conflicts), (0, 1, 0));
    assert_reads(&mut world.county, &[&old, &again]);
    assert_eq!(world.county.to_decide(), ["same_matter"], "proposed, and nothing overwritten");
    world.round_trip();
    assert_reads(&mut world.stations[0], &[&old, &again]);
}

/// Case 5: a county that came back from a backup has forgotten that it let a station in, and does so again. Both are true.
#[test]
fn a_station_that_was_let_in_twice_by_a_restored_county_is_nothing_to_decide() {
    let mut world = World::of(1, 610);
    let kept = world.stick("kept");
    world.county.put_away(&kept);
    world.stations[0].register(&SEEDS);
    world.round_trip();
    world.county.bring_back(&kept);
    world.county.host.set_clock("2026-11-27T09:00:00+08:00");
    world.stations[0].register(&OVEN);
    world.round_trip();
    world.round_trip();
    let asked = world.county.decisions();
    assert!(asked.iter().all(|one| one["kind"] != "conflict"), "{asked:?}");
}

/// Case 8: only one county writes receipts.
#[test]
fn a_copied_county_does_not_become_a_second_one() {
    let mut world = World::acquainted(1, 607);
    let dir = world.stick("laptop");
    world.county.put_away(&dir);
    let host = world.county.host.clone();
    world.county.lock();
    host.set_machine("laptop");
    let mut copy = Desk::open(host, dir);
    assert!(is_moved(&mut copy));
    let (out, office) = (world.stick("out"), world.stations[0].office.clone());
    let writes = [
        ("bundle.export", json!({"out": out, "office": office})),
        ("bundle.export_all", json!({"out": out})),
        ("office.invite", json!({"kind": "station", "code": "0109", "name": "新站", "out": out})),
    ];
    for round in ["before anybody was asked", "after it was said to be a copy"] {
        for (command, payload) in &writes {
            assert_eq!(copy.refused(command, payload.clone()), "county_unsettled", "{command} {round}");
        }
        assert_eq!(copy.refused("device.settle", json!({"same_pc": false})), "county_copied");
        assert!(is_moved(&mut copy), "the question stays open");
    }
    assert_eq!(std::fs::read_dir(&out).expect("a stick").count(), 0);
    assert_eq!(copy.tell("office.list", json!({})).as_array().map(Vec::len), Some(2), "it can be looked at");
    copy.tell("device.settle", json!({"same_pc": true}));
    assert_eq!(copy.export_all(&out).len(), 1, "the county's new PC is the county");
}

/// Case 9: a number needs nobody's leave, and the year and the office stand in it.
#[test]
fn case_numbers_count_on_by_office_and_year_and_carry_a_check_character() {
    let mut world = World::of(2, 608);
    let number = |desk: &mut Desk, on: &str| {
        let form = Typed { received_on: on, ..SEEDS }.form();
        desk.tell("complaint.register", json!(form))["number"].as_str().unwrap().to_owned()
    };
    let mut numbers: Vec<String> = Vec::new();
    for station in 0..2 {
        for on in ["2026-11-02", "2026-11-03", "2025-12-31"] {
            numbers.push(number(&mut world.stations[station], on));
        }
    }
    let body = |text: &str| text[..text.len() - 2].to_owned();
    let expected = ["0101-2026-0001", "0101-2026-0002", "0101-2025-0001", "0102-2026-0001", "0102-2026-0002"];
    for (number, end) in numbers.iter().zip(expected) {
        assert!(body(number).ends_with(end), "{number} counts as {end}");
    }
    let given: std::collections::BTreeSet<&String> = numbers.iter().collect();
    assert_eq!(given.len(), 6);
    for number in &numbers {
        assert!(redress_domain::CaseNo::parse(number).is_ok());
        let last = number.chars().last().unwrap();
        let other = if last == 'A' { 'B' } else { 'A' };
        let slip = format!("{}{other}", &number[..number.len() - 1]);
        assert!(redress_domain::CaseNo::parse(&slip).is_err(), "{slip} has a wrong check character");
    }
}

/// Case 9: what the office gave before its PC was lost, or gives at its other PC, is not given again once it is known.
#[test]
fn a_new_pc_of_an_office_goes_on_counting_where_the_office_was() {
    let mut world = World::acquainted(1, 612);
    let number =
        |desk: &mut Desk| desk.tell("complaint.register", json!(SEEDS.form()))["number"].as_str().unwrap().to_owned();
    let given: Vec<String> = (0..3).map(|_| number(&mut world.stations[0])).collect();
    let mut fresh = world.second_pc(0);
    world.round_trip();
    std::mem::swap(&mut world.stations[0], &mut fresh);
    for _ in 0..2 {
        world.round_trip();
    }
    let next = number(&mut world.stations[0]);
    assert!(!given.contains(&next) && next.contains("-0004-"), "{given:?}, then {next}");
}

/// Case 9: two PCs of one disk gave the same number. Both cases stay as they are and are shown side by side.
#[test]
fn a_number_that_two_pcs_gave_is_shown_and_never_changed() {
    let mut world = World::acquainted(1, 609);
    let mut copy = world.cloned(0, "pc-2");
    let one = world.stations[0].register(&SEEDS);
    let two = copy.register(&Typed { consumer: "孙大米", goods: "电饭锅", ..OVEN });
    let number = world.stations[0].page(&one)["number"].clone();
    assert_eq!(number, copy.page(&two)["number"]);
    copy.tell("device.settle", json!({"same_pc": false}));
    let stick = world.stick("both");
    world.stations[0].export(&stick);
    copy.export(&stick);
    world.county.merge(&[&stick]);
    let decisions = world.county.decisions();
    let shown = decisions.iter().find(|decision| decision["reasons"].to_string().contains("same_number"));
    let shown = shown.unwrap_or_else(|| panic!("the same number is shown: {decisions:?}"));
    assert_eq!((&shown["number"], &shown["other"]["number"]), (&number, &number));
    world.county.tell("link.record", json!({"a": one, "b": two, "same": false, "reason": "两台电脑编了同一个号"}));
    assert!(world.county.decisions().is_empty(), "looked at once");
    for complaint in [&one, &two] {
        assert_eq!(world.county.page(complaint)["number"], number, "never renumbered");
    }
}

/// Case 10: one form saved twice is two records of which each can be found, and they are proposed as one matter.
#[test]
fn a_form_that_is_saved_twice_overwrites_nothing() {
    let mut world = World::of(0, 610);
    let (one, two) = (world.county.register(&SEEDS), world.county.register(&SEEDS));
    assert_ne!(one, two);
    assert_ne!(world.county.page(&one)["number"], world.county.page(&two)["number"]);
    assert_eq!(world.county.to_decide(), ["same_matter"]);
}

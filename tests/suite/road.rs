//! The road itself: what goes back and forth, how often, how late, and what is there before anything is begun. (Hard cases 22,
//! 24, 26 to 28, 40, 44, 52 and 78.)

use std::fs;

use redress_app::contract::{BundleOutcome, Counted};
use redress_store::{Store, by_hand};
use redress_tests::{Desk, PASSPHRASE, Typed, World};
use serde_json::json;

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };

/// Case 22: the return never arrived; everything is sent again, and nothing of it is new.
#[test]
fn a_lost_return_bundle_costs_a_second_sending_and_nothing_else() {
    let mut world = World::acquainted(1, 661);
    world.stations[0].register(&SEEDS);
    world.carry_in(0);
    let lost = world.stick("lost");
    world.county.export_all(&lost);
    let before = world.county.look();
    let again = world.stick("again");
    let exported = world.stations[0].export(&again);
    assert_eq!((exported.entries, exported.complaints), (1, 1), "not confirmed, so sent again");
    let report = world.county.merge(&[&exported.path]);
    assert_eq!((report.new_entries, report.already_had, report.conflicts), (0, 1, 0));
    assert_eq!(world.county.look().rows, before.rows);
    world.carry_out(0);
    assert_eq!(world.stations[0].unconfirmed(), 0);
}

/// Case 24: receipts are not receipted for ever: when nobody has written anything, nothing is carried.
#[test]
fn bundles_about_nothing_but_each_other_carry_nothing() {
    let mut world = World::acquainted(1, 662);
    world.stations[0].register(&SEEDS);
    world.round_trip();
    let entries = (world.county.look().entries, world.stations[0].look().entries);
    for _ in 0..4 {
        let report = world.round_trip();
        assert_eq!((report.new_entries, report.confirmed_now), (0, 0));
    }
    let (stick, back) = (world.stick("there"), world.stick("back"));
    assert_eq!(world.stations[0].export(&stick).entries, 0);
    assert_eq!(world.county.export_all(&back)[0].entries, 0);
    assert_eq!((world.county.look().entries, world.stations[0].look().entries), entries);
}

/// Case 26: twenty sticks on a Monday, in one folder, one of them bad, some from last week; nobody is asked anything.
#[test]
fn a_folder_of_many_bundles_is_merged_unattended_with_one_summary() {
    let mut world = World::acquainted(6, 663);
    let monday = world.stick("monday");
    for _ in 0..3 {
        for station in &mut world.stations {
            station.register(&SEEDS);
            station.export(&monday);
        }
    }
    fs::write(monday.join("broken.redress"), "no bundle").unwrap();
    let report = world.county.merge(&[&monday]);
    assert_eq!((report.bundles.len(), report.new_complaints, report.refused), (19, 18, 1));
    assert!(report.backup.is_some());
    let again = world.county.merge(&[&monday]);
    assert_eq!((again.new_entries, again.refused, again.backup), (0, 1, None), "nothing new, so no copy either");
}

/// Case 27: fourteen months later, everything at once, on the same way as ever.
#[test]
fn a_station_that_was_silent_for_fourteen_months_delivers_everything_at_once() {
    let mut world = World::acquainted(1, 664);
    for month in 1..=12 {
        world.stations[0].host.set_clock(&format!("2027-{month:02}-28T09:00:00+08:00"));
        for day in 1..=9 {
            world.stations[0].register(&Typed { received_on: &format!("2027-{month:02}-{day:02}"), ..SEEDS });
        }
    }
    world.stations[0].host.set_clock("2028-01-31T09:00:00+08:00");
    world.county.host.set_clock("2028-01-31T10:00:00+08:00");
    let report = world.carry_in(0);
    assert_eq!((report.new_complaints, report.waiting, report.quarantined, report.refused), (108, 0, 0, 0));
    assert!(!report.bundles[0].clock_ahead);
    assert_eq!(world.county.totals("2027-01-01", "2027-12-31").complaints, 108);
    world.carry_out(0);
    assert_eq!(world.stations[0].unconfirmed(), 0);
}

/// Case 28: the county carries what one PC of a station wrote to another one, under its author's own seal.
#[test]
fn what_another_carries_is_taken_for_its_authors_seal() {
    let mut world = World::acquainted(1, 665);
    let complaint = world.stations[0].register(&SEEDS);
    world.carry_in(0);
    let mut second = world.second_pc(0);
    let (stick, back) = (world.stick("second"), world.stick("back"));
    second.export(&stick);
    assert_eq!(world.county.merge(&[&stick]).refused, 0);
    world.county.export_all(&back);
    let report = second.merge(&[&back]);
    assert_eq!((report.new_complaints, report.quarantined), (1, 0));
    assert_eq!(second.page(&complaint)["input"], world.stations[0].page(&complaint)["input"]);
}

/// Case 29: what each side holds is said log by log with the log's chain value, so what differs is named by number.
#[test]
fn what_one_side_lacks_is_named_by_number_and_sent() {
    let mut world = World::acquainted(1, 666);
    for day in 1..=3 {
        world.stations[0].register(&Typed { received_on: &format!("2026-11-0{day}"), ..SEEDS });
    }
    let stick = world.stick("parts");
    world.stations[0].tell("bundle.export", json!({"out": stick, "office": null, "entries_a_file": 1}));
    let mut files: Vec<_> = fs::read_dir(&stick).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let report = world.county.merge(&[&files[0], &files[2]]);
    assert_eq!(report.bundles[1].missing_parts, [2]);
    let board = world.county.tell("office.list", json!({}));
    let gaps: u64 = board.as_array().unwrap().iter().filter_map(|row| row["gaps"].as_u64()).sum();
    assert_eq!(gaps, 1);
    world.carry_out(0);
    assert_eq!(world.stations[0].unconfirmed(), 1, "just the one that is missing");
    world.round_trip();
    let (held, sent) = (world.county.look(), world.stations[0].look());
    let office = [world.stations[0].office.parse().unwrap()];
    assert_eq!(held.about(&office), sent.about(&office));
}

/// Runs SQL on the rows of a desk whose program is closed, as a disk or another program might change them.
fn spoil(desk: &mut Desk, sql: &str) {
    desk.lock();
    let (store, _) = Store::open(&desk.dir, None, PASSPHRASE).expect("nobody else has it open");
    by_hand::edit(&store, sql).expect("whoever has the key may write");
    drop(store);
    desk.unlock();
}

/// A station with two complaints, a consultation and 100 yuan, merged at the county and returned.
fn counted_world(seed: u64) -> (World, String) {
    let mut world = World::acquainted(2, seed);
    let station = &mut world.stations[0];
    let complaint = station.register(&SEEDS);
    station.register(&Typed { consumer: "李大豆", ..SEEDS });
    station.accept(&complaint, "2026-11-03");
    station.mediate(&complaint, "2026-11-04");
    station.recover(&complaint, "100", "2026-11-04");
    station.consult("2026-11-05", "种子怎么验");
    world.stations[1].register(&SEEDS);
    for report in [world.round_trip(), world.round_trip()] {
        assert!(report.counts_differ.is_empty(), "{report:?}");
    }
    (world, complaint)
}

/// Case 29: the same logs, other rows: the numbers are named, and whose rows it is, and which; a rebuild sets it right.
#[test]
fn what_counts_differently_is_named_with_the_side_whose_rows_are_wrong_until_that_side_rebuilds() {
    let (mut world, complaint) = counted_world(671);
    let spoiled = format!("UPDATE complaint SET recovered_fen = 5 WHERE uuid = x'{}'", complaint.replace('-', ""));
    spoil(&mut world.county, &spoiled);
    let found = world.carry_in(0).counts_differ;
    assert_eq!(found.len(), 1, "{found:?}");
    let counts: Vec<_> = found[0].counts.iter().map(|count| (count.which, count.here, count.there)).collect();
    assert_eq!(counts, [(Counted::RecoveredFen, 5, 10_000)]);
    assert_eq!((found[0].own_fault, found[0].from_name.as_str()), (true, "第1联络站"));
    let number = world.county.page(&complaint)["number"].clone();
    assert_eq!(
        found[0].records.iter().map(|one| json!([one.id, one.label])).collect::<Vec<_>>(),
        [json!([complaint, number])]
    );
    assert!(world.carry_in(1).counts_differ.is_empty(), "the other station's records are as they were");
    let told = world.carry_out(0).counts_differ;
    assert_eq!(told.iter().map(|one| (one.own_fault, one.records.len())).collect::<Vec<_>>(), [(false, 0)]);
    assert_eq!(told[0].from_name, "桓台县消费者权益保护委员会");
    world.county.tell("rebuild", json!({}));
    assert!(world.carry_in(0).counts_differ.is_empty());
    assert!(world.carry_out(0).counts_differ.is_empty());
}

/// Case 29: a row that is gone is missed, of consultations too.
#[test]
fn a_row_that_is_gone_is_missed_after_a_merge() {
    let (mut world, _) = counted_world(672);
    spoil(&mut world.stations[0], "DELETE FROM consultation; DELETE FROM complaint WHERE consumer_name = '李大豆'");
    let found = world.carry_in(0).counts_differ;
    let counts: Vec<_> = found[0].counts.iter().map(|count| (count.which, count.here, count.there)).collect();
    assert_eq!(counts, [(Counted::Complaints, 2, 1), (Counted::Consultations, 1, 0)]);
    assert_eq!((found.len(), found[0].own_fault), (1, false));
    let own = &world.carry_out(0).counts_differ[0];
    assert_eq!((own.own_fault, own.records.len(), own.more), (true, 2, 0));
}

/// Case 29: nothing is claimed where one side holds more than the other, or has something aside that the other has in force.
#[test]
fn where_the_two_sides_do_not_hold_or_believe_the_same_no_difference_is_claimed() {
    let (mut world, complaint) = counted_world(673);
    let stick = world.stick("late");
    let late = world.stations[0].export(&stick);
    world.stations[0].register(&Typed { consumer: "赵高粱", ..SEEDS });
    world.carry_in(0);
    assert!(world.county.merge(&[&late.path]).counts_differ.is_empty(), "the county holds more by now");
    world.county.amend(&complaint, |form| form.facts = "全部没有出苗".into());
    assert!(world.carry_in(0).counts_differ.is_empty());
    let imports = world.county.tell("import.list", json!({}));
    let brought =
        imports.as_array().and_then(|all| all.iter().find(|one| one["entries"] != 0)).expect("one brought it");
    world.round_trip();
    world.county.tell("import.undo", json!({"id": brought["id"], "reason": "收错了"}));
    assert!(world.carry_in(0).counts_differ.is_empty(), "what was taken back is not counted here, and is there");
    assert!(world.carry_out(0).counts_differ.is_empty());
}

/// Case 40: said before anything is begun.
#[test]
fn a_pc_without_room_for_a_merge_says_so_before_it_begins() {
    let mut world = World::acquainted(1, 667);
    world.stations[0].register(&SEEDS);
    let stick = world.stick("monday");
    world.stations[0].export(&stick);
    let before = world.county.look();
    world.county.host.set_free_bytes(Some(100_000));
    let error = world.county.ask("bundle.merge", json!({"paths": [stick]})).unwrap_err();
    let number = |name: &str| error.params[name].parse::<u64>().unwrap();
    assert_eq!((error.code.as_str(), number("free")), ("disk_low", 100_000));
    assert!(number("need") > 100_000);
    before.assert_same(&world.county.look(), "after a merge that was not begun");
    let copies = world.county.dir.join("backups");
    let kept = |folder: &std::path::Path| fs::read_dir(folder).map_or(0, Iterator::count);
    let copied = kept(&copies);
    world.county.host.set_free_bytes(None);
    assert_eq!(world.county.merge(&[&stick]).new_complaints, 1);
    assert!(kept(&copies) >= copied);
}

/// Case 44: a locked store has no way in.
#[test]
fn nothing_is_merged_written_or_undone_while_the_store_is_locked() {
    let mut world = World::acquainted(1, 668);
    world.stations[0].register(&SEEDS);
    let stick = world.stick("monday");
    world.stations[0].export(&stick);
    world.county.lock();
    for (command, payload) in [
        ("bundle.merge", json!({"paths": [stick]})),
        ("bundle.export_all", json!({"out": stick})),
        ("import.undo", json!({"id": "1", "reason": "x"})),
        ("rebuild", json!({})),
        ("complaint.register", json!(SEEDS.form())),
    ] {
        assert_eq!(world.county.refused(command, payload), "not_signed_in", "{command}");
    }
    world.county.unlock();
    assert_eq!(world.county.merge(&[&stick]).bundles[0].outcome, BundleOutcome::Merged);
}

/// Case 52: the county sees with which version of the program each office works.
#[test]
fn the_board_shows_which_version_each_office_works_with() {
    let mut world = World::acquainted(1, 669);
    let board = world.county.tell("office.list", json!({}));
    let station = board.as_array().unwrap().iter().find(|row| row["id"] == json!(world.stations[0].office)).unwrap();
    assert_eq!(station["program"], env!("CARGO_PKG_VERSION"));
}

/// Case 78: the copy that is made before a merge is a store that opens and holds what was there.
#[test]
fn the_copy_before_a_merge_opens_and_holds_what_was_there_before() {
    let mut world = World::acquainted(1, 670);
    let before = world.county.look();
    world.stations[0].register(&SEEDS);
    let report = world.carry_in(0);
    let name = report.backup.expect("a copy was made");
    let copy = world.county.dir.join("backups").join(name);
    let (mut store, _) = redress_store::Store::open(&copy, None, redress_tests::PASSPHRASE).unwrap();
    let held = redress_tests::Look::at(&mut store);
    assert_eq!((held.entries, held.rows["complaint"].len()), (before.entries, before.rows["complaint"].len()));
}

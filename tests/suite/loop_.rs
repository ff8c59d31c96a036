//! The whole loop through the program's own commands: register, mediate, recover, carry, merge, decide, report; and every
//! bad input with its own code and a state that stays as it was.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use redress_app::contract::{BundleOutcome, MergeReport};
use redress_tests::{Desk, PASSPHRASE, TestHost, Typed, World, copy_folder};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };
const PHONE: Typed<'_> = Typed { received_on: "2026-11-03", consumer: "赵小豆", goods: "手机" };
const NOVEMBER: (&str, &str) = ("2026-11-01", "2026-11-30");

fn recovered(desk: &mut Desk) -> (u64, u64, i64) {
    let totals = desk.totals(NOVEMBER.0, NOVEMBER.1);
    (totals.complaints, totals.consultations, totals.recovered_fen)
}

/// A station's case from its beginning to its end.
fn whole_case(station: &mut Desk) -> String {
    let complaint = station.register(&SEEDS);
    station.accept(&complaint, "2026-11-04");
    station.mediate(&complaint, "2026-11-06");
    station.recover(&complaint, "１，２００．５０", "2026-11-06");
    complaint
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_default()
}

#[test]
fn what_a_station_registers_mediates_and_recovers_arrives_counts_once_and_is_confirmed() {
    let mut world = World::of(2, 1);
    let stick = world.stick("monday");
    let complaint = whole_case(&mut world.stations[0]);
    world.stations[0].consult("2026-11-05", "网购退货怎么办");
    world.stations[1].register(&PHONE);
    let entries = world.stations[0].unconfirmed();
    assert!(entries >= 7, "operator, complaint, three steps, loss, consultation: {entries}");
    for station in &mut world.stations {
        assert!(station.export(&stick).verified);
    }
    assert_eq!(world.stations[0].unconfirmed(), entries, "writing a bundle confirms nothing");

    let report = world.county.merge(&[&stick]);
    assert_eq!((report.new_complaints, report.new_consultations, report.refused, report.quarantined), (2, 1, 0, 0));
    assert_eq!(recovered(&mut world.county), (2, 1, 120_050));
    let page = world.county.page(&complaint);
    assert_eq!((text(&page, "status"), page["recovered_fen"].as_i64()), ("performed", Some(120_050)));
    assert_eq!(unmarked(&page), unmarked(&world.stations[0].page(&complaint)), "the county reads the same story");

    let back = world.stick("back");
    assert_eq!(world.county.export_all(&back).len(), 2);
    let returned = world.stations[0].merge(&[&back]);
    assert_eq!(returned.confirmed_now, entries);
    assert_eq!(world.stations[0].unconfirmed(), 0);
    assert_eq!(world.stations[0].page(&complaint)["confirmed"], true);
}

/// A page's timeline without the marks of what is confirmed, which differ on the two sides of the road.
fn unmarked(page: &Value) -> Vec<Value> {
    let mut timeline = page["timeline"].as_array().cloned().unwrap_or_default();
    timeline.iter_mut().for_each(|item| item["confirmed"] = Value::Null);
    timeline
}

#[test]
fn a_second_import_of_the_same_bundle_changes_nothing_under_any_name() {
    let mut world = World::of(1, 2);
    let stick = world.stick("monday");
    whole_case(&mut world.stations[0]);
    let bundle = PathBuf::from(world.stations[0].export(&stick).path);
    world.county.merge(&[&bundle]);
    let before = (world.county.look(), recovered(&mut world.county));
    let copy = world.stick("copies").join("370321-9999-0001.redress");
    fs::copy(&bundle, &copy).unwrap();
    for paths in [vec![&bundle], vec![&copy], vec![&bundle, &copy, &bundle]] {
        let again = world.county.merge(&paths);
        assert_eq!((again.new_entries, again.new_complaints, again.refused), (0, 0, 0));
        assert!(again.bundles.iter().all(|line| line.outcome == BundleOutcome::AlreadyMerged));
    }
    before.0.assert_same(&world.county.look(), "after the same bundles again");
    assert_eq!(recovered(&mut world.county), before.1);
}

#[test]
fn a_lost_stick_costs_nothing_because_the_next_one_carries_it_all() {
    let mut world = World::of(1, 3);
    let complaint = whole_case(&mut world.stations[0]);
    let lost = world.stick("lost");
    world.stations[0].export(&lost);
    let second = world.stations[0].register(&PHONE);
    let stick = world.stick("tuesday");
    world.stations[0].export(&stick);
    let report = world.county.merge(&[&stick]);
    assert_eq!(report.new_complaints, 2);
    let late = world.county.merge(&[&lost]);
    assert_eq!((late.new_entries, late.refused), (0, 0), "the lost one turns up: everything in it is held");
    assert_eq!(text(&world.county.page(&complaint), "status"), "performed");
    assert_eq!(text(&world.county.page(&second), "status"), "registered");
    let before = world.stations[0].unconfirmed();
    assert!(before > 0);
    world.round_trip();
    assert_eq!(world.stations[0].unconfirmed(), 0);
    let empty = world.stick("wednesday");
    assert_eq!(world.stations[0].export(&empty).entries, 0, "what is confirmed is not sent again");
}

/// Promise 7: a county that lost the newest says less, and the stations send again.
#[test]
fn a_county_that_holds_less_than_before_is_sent_everything_it_lacks() {
    let mut world = World::acquainted(1, 23);
    let mut restored = world.what_if(1);
    let lost = world.stations[0].register(&SEEDS);
    world.round_trip();
    let after = world.stations[0].register(&PHONE);
    let stick = world.stick("after");
    world.stations[0].export(&stick);
    let report = restored.merge(&[&stick]);
    assert_eq!((report.new_complaints, report.quarantined), (1, 0), "what stands above the hole is taken, too");
    assert_eq!(restored.refused("complaint.get", json!({"id": lost})), "record_missing");

    let confirmed_before = world.stations[0].unconfirmed();
    let back = world.stick("back");
    for _ in 0..3 {
        restored.export_all(&back);
    }
    world.stations[0].merge(&[&back]);
    assert!(world.stations[0].unconfirmed() > 0 && confirmed_before > 0, "what was confirmed is open again");
    let again = world.stick("again");
    world.stations[0].export(&again);
    let healed = restored.merge(&[&again]);
    assert_eq!((healed.refused, healed.quarantined, healed.new_complaints), (0, 0, 1));
    for complaint in [&lost, &after] {
        assert_eq!(text(&restored.page(complaint), "status"), "registered");
    }
    let (held, sent) = (restored.look(), world.stations[0].look());
    assert_eq!(
        held.about(&[world.stations[0].office.parse().unwrap()]),
        sent.about(&[world.stations[0].office.parse().unwrap()])
    );
}

#[test]
fn two_offices_that_change_one_field_see_both_values_and_one_decision_settles_it_for_both() {
    let mut world = World::acquainted(1, 4);
    let complaint = world.stations[0].register(&SEEDS);
    world.round_trip();
    world.stations[0].host.set_clock("2026-11-24T10:00:00+08:00");
    world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
    world.county.host.set_clock("2031-01-01T08:00:00+08:00");
    world.county.amend(&complaint, |form| form.goods_name = "小麦种子".into());
    let report = world.round_trip();
    assert_eq!(report.conflicts, 1);

    let expected = [
        ("小麦种子", "桓台县消费者权益保护委员会", "2031-01-01T08:00:00+08:00"),
        ("水稻种子", "第1联络站", "2026-11-24T10:00:00+08:00"),
    ];
    let World { county, stations, .. } = &mut world;
    for desk in [county, &mut stations[0]] {
        let list = desk.decisions();
        assert_eq!(list.len(), 1);
        let conflict = &list[0]["conflict"];
        assert_eq!(text(conflict, "field"), "goods_name");
        let mut versions: Vec<(&str, &str, &str)> = conflict["versions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|version| (text(version, "value"), text(version, "office"), text(version, "at")))
            .collect();
        versions.sort_unstable();
        assert_eq!(versions, expected);
        assert_eq!(desk.page(&complaint)["conflicts"][0]["versions"], conflict["versions"]);
        assert!(
            conflict["versions"].as_array().unwrap().iter().all(|version| !text(version, "operator").is_empty()),
            "{conflict}"
        );
    }
    let shown = |desk: &mut Desk| text(&desk.page(&complaint)["input"], "goods_name").to_owned();
    assert_eq!(shown(&mut world.county), shown(&mut world.stations[0]), "both sides show one provisional value");

    assert!(world.county.settle(|values| values.iter().position(|value| value == "水稻种子").unwrap()));
    assert!(world.county.decisions().is_empty());
    for _ in 0..2 {
        assert_eq!(world.round_trip().conflicts, 0, "what was settled is not asked again");
        assert!(world.stations[0].decisions().is_empty() && world.county.decisions().is_empty());
        assert_eq!(
            (shown(&mut world.county).as_str(), shown(&mut world.stations[0]).as_str()),
            ("水稻种子", "水稻种子")
        );
    }
    let story = world.stations[0].page(&complaint);
    let values: Vec<&Value> = story["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|item| item["fields"].as_array().unwrap())
        .filter(|field| field["field"] == "goods_name")
        .map(|field| &field["value"])
        .collect();
    assert_eq!(values.len(), 4, "every value that was typed is still in the story: {values:?}");
}

#[test]
fn two_who_change_different_fields_are_asked_nothing() {
    let mut world = World::acquainted(1, 5);
    let complaint = world.stations[0].register(&SEEDS);
    world.round_trip();
    world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
    world.county.amend(&complaint, |form| form.dispute = "350".into());
    assert_eq!(world.round_trip().conflicts, 0);
    let World { county, stations, .. } = &mut world;
    for desk in [county, &mut stations[0]] {
        let page = desk.page(&complaint);
        assert_eq!((text(&page["input"], "goods_name"), page["dispute_fen"].as_i64()), ("水稻种子", Some(35_000)));
        assert!(desk.decisions().is_empty());
    }
}

#[test]
fn a_form_that_was_open_for_long_changes_only_what_was_typed_into_it() {
    let mut world = World::of(0, 6);
    let desk = &mut world.county;
    let complaint = desk.register(&SEEDS);
    let opened = desk.page(&complaint);
    desk.amend(&complaint, |form| form.facts = "出苗率不到两成".into());
    desk.amend_from(&opened, |form| form.goods_name = "水稻种子".into());
    let page = desk.page(&complaint);
    assert_eq!((text(&page["input"], "facts"), text(&page["input"], "goods_name")), ("出苗率不到两成", "水稻种子"));
    assert_eq!(page["conflicts"], json!([]), "nobody typed two values into one field");
}

#[test]
fn a_withdrawal_beside_an_edit_keeps_the_record_and_is_to_be_decided_on_both_sides() {
    let mut world = World::acquainted(1, 7);
    let complaint = world.stations[0].register(&SEEDS);
    world.round_trip();
    world.county.withdraw(&complaint, "重复登记");
    world.stations[0].amend(&complaint, |form| form.goods_name = "水稻种子".into());
    world.round_trip();
    let World { county, stations, .. } = &mut world;
    for desk in [county, &mut stations[0]] {
        assert_eq!(desk.decisions()[0]["kind"], "withdrawn_and_edited");
        assert_eq!(desk.totals(NOVEMBER.0, NOVEMBER.1).complaints, 1);
    }
    world.county.withdraw(&complaint, "确是重复");
    world.round_trip();
    let World { county, stations, .. } = &mut world;
    for desk in [county, &mut stations[0]] {
        assert!(desk.decisions().is_empty());
        assert_eq!(desk.totals(NOVEMBER.0, NOVEMBER.1).complaints, 0);
        assert_eq!(text(&desk.page(&complaint), "withdrawn"), "确是重复");
    }
}

#[test]
fn a_reversed_loss_is_taken_back_once_in_its_own_month_whoever_reverses_it() {
    let mut world = World::acquainted(1, 8);
    let complaint = world.stations[0].register(&Typed { received_on: "2026-10-09", ..SEEDS });
    let loss = world.stations[0].recover(&complaint, "500", "2026-10-12");
    world.round_trip();
    let reversal = json!({"loss": loss, "on": "2026-11-20", "reason": "录错", "replacement": null});
    world.stations[0].tell("loss.reverse", reversal.clone());
    world.county.tell("loss.reverse", reversal.clone());
    world.round_trip();
    let World { county, stations, .. } = &mut world;
    for desk in [county, &mut stations[0]] {
        assert_eq!(desk.totals("2026-10-01", "2026-10-31").recovered_fen, 50_000);
        assert_eq!(desk.totals(NOVEMBER.0, NOVEMBER.1).recovered_fen, -50_000);
        assert_eq!(desk.page(&complaint)["recovered_fen"], 0);
        assert_eq!(desk.refused("loss.reverse", reversal.clone()), "loss_already_reversed");
    }
}

/// What came of a merge that took nothing: the codes of its bundles.
fn codes(report: &MergeReport) -> Vec<String> {
    assert_eq!((report.new_entries, report.quarantined, report.waiting), (0, 0, 0));
    report
        .bundles
        .iter()
        .map(|line| {
            assert_eq!(line.outcome, BundleOutcome::Refused, "{}", line.file_name);
            line.problem.as_ref().map(|problem| problem.code.clone()).unwrap_or_default()
        })
        .collect()
}

#[test]
fn a_bundle_cut_at_any_length_is_refused_whole() {
    let mut world = World::of(1, 9);
    whole_case(&mut world.stations[0]);
    let stick = world.stick("good");
    let bundle = fs::read(world.stations[0].export(&stick).path).unwrap();
    let cuts = world.stick("cuts");
    for length in 0..bundle.len() {
        fs::write(cuts.join(format!("{length:06}.redress")), &bundle[..length]).unwrap();
    }
    let before = world.county.look();
    let codes = codes(&world.county.merge(&[&cuts]));
    assert_eq!(codes.len(), bundle.len());
    for (length, code) in codes.iter().enumerate() {
        assert_eq!(code, "bundle_truncated", "{length} bytes");
    }
    before.assert_same(&world.county.look(), "after what was refused");
}

#[test]
fn a_bundle_with_a_byte_changed_anywhere_is_refused_whole() {
    let mut world = World::of(1, 10);
    whole_case(&mut world.stations[0]);
    let stick = world.stick("good");
    let good = world.stations[0].export(&stick).path;
    let bundle = fs::read(&good).unwrap();
    let flips = world.stick("flips");
    for place in 0..bundle.len() {
        let mut flipped = bundle.clone();
        // Each of the eight bits has its turn.
        flipped[place] ^= 1 << (place % 8);
        fs::write(flips.join(format!("{place:06}.redress")), flipped).unwrap();
    }
    let before = world.county.look();
    let report = world.county.merge(&[&flips]);
    assert_eq!(codes(&report).len(), bundle.len());
    for line in &report.bundles {
        let place: usize = line.file_name[..6].parse().unwrap();
        let code = line.problem.as_ref().unwrap().code.as_str();
        let expected: &[&str] = match place {
            0..4096 => &["not_a_bundle", "bundle_damaged", "bundle_signature", "bundle_newer", "bundle_truncated"],
            _ => &["bundle_damaged"],
        };
        assert!(expected.contains(&code), "byte {place}: {code}");
    }
    before.assert_same(&world.county.look(), "after what was refused");
    assert_eq!(world.county.merge(&[&good]).new_complaints, 1, "the whole one is still welcome");
}

#[test]
fn what_is_no_bundle_for_this_desk_says_why_and_changes_nothing() {
    let mut world = World::acquainted(2, 11);
    let mut elsewhere = World::of(1, 12);
    world.stations[0].register(&SEEDS);
    world.county.register(&PHONE);
    let back = world.stick("back");
    let stick = world.stick("own");
    let own = world.stations[0].export(&stick).path;
    let for_first = world.county.export_all(&back)[0].path.clone();
    let stranger = elsewhere.stations[0].export(&world.stick("stranger")).path;
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/bundle");
    let letter = world.stick("letters").join("letter.redress");
    fs::write(&letter, "敬启者：请查收。".repeat(600)).unwrap();
    let newer = vectors.join("from-a-newer-program.redress");
    let before = (world.county.look(), world.stations[1].look());

    assert_eq!(codes(&world.stations[1].merge(&[&for_first])), ["bundle_not_for_us"]);
    assert_eq!(codes(&world.stations[1].merge(&[&own])), ["bundle_not_for_us"]);
    assert_eq!(codes(&world.county.merge(&[&stranger])), ["bundle_unknown_sender"]);
    assert_eq!(codes(&world.county.merge(&[&newer])), ["bundle_newer"]);
    assert_eq!(codes(&world.county.merge(&[&letter])), ["not_a_bundle"]);
    assert_eq!(codes(&world.county.merge(&[&for_first])), ["bundle_own"]);
    for (path, code) in [(world.stick("empty"), "no_bundles"), (back.join("nothing"), "path_missing")] {
        assert_eq!(world.county.refused("bundle.merge", json!({"paths": [path]})), code);
    }
    before.0.assert_same(&world.county.look(), "after what was refused");
    before.1.assert_same(&world.stations[1].look(), "after what was refused");
}

#[test]
fn one_bad_bundle_among_good_ones_stops_none_of_them() {
    let mut world = World::of(2, 13);
    let stick = world.stick("monday");
    world.stations[0].register(&SEEDS);
    world.stations[1].register(&PHONE);
    let first = world.stations[0].export(&stick).path;
    world.stations[1].export(&stick);
    fs::write(stick.join("370321-0000-0001.redress"), "no bundle").unwrap();
    let mut damaged = fs::read(&first).unwrap();
    let last = damaged.len() - 1;
    damaged[last] ^= 1;
    fs::write(&first, damaged).unwrap();
    fs::write(stick.join("holiday.jpg"), "a photo").unwrap();
    let report = world.county.merge(&[&stick]);
    assert_eq!((report.bundles.len(), report.refused, report.new_complaints), (3, 2, 1));
    let read: Vec<PathBuf> = fs::read_dir(&stick).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(read.len(), 4, "reading never changes what lies on a stick");
}

#[test]
fn a_cancelled_merge_keeps_what_was_merged_and_the_rest_follows_later() {
    let mut world = World::of(2, 14);
    let stick = world.stick("monday");
    world.stations[0].register(&SEEDS);
    world.stations[1].register(&PHONE);
    for station in &mut world.stations {
        station.export(&stick);
    }
    world.county.host.cancel(true);
    let report = world.county.merge(&[&stick]);
    assert_eq!((report.cancelled, report.new_entries), (true, 0));
    world.county.host.cancel(false);
    assert_eq!(world.county.merge(&[&stick]).new_complaints, 2);
    assert!(!world.county.host.told().is_empty(), "whoever waits is told how far it is");
}

#[test]
fn what_is_typed_wrong_is_named_field_by_field_and_nothing_is_written() {
    let mut world = World::of(0, 15);
    let desk = &mut world.county;
    let complaint = desk.register(&SEEDS);
    let before = desk.look();
    let mut form = json!(PHONE.form());
    for (field, typed) in [
        ("price", "12.345"),
        ("received_on", "20266-03-02"),
        ("nature", "N77"),
        ("class", "X99"),
        ("bought_on", "2026-02-30"),
        ("consumer_phone", "1990000"),
        ("facts", ""),
    ] {
        form[field] = typed.into();
    }
    let error = desk.ask("complaint.register", form).unwrap_err();
    let mut named: Vec<(&str, &str)> =
        error.fields.iter().map(|field| (field.field.as_str(), field.code.as_str())).collect();
    named.sort_unstable();
    let expected = [
        ("bought_on", "date_invalid"),
        ("class", "code_unknown"),
        ("consumer_phone", "phone_invalid"),
        ("facts", "required"),
        ("nature", "code_unknown"),
        ("price", "amount_too_precise"),
        ("received_on", "date_out_of_range"),
    ];
    assert_eq!((error.code.as_str(), named.as_slice()), ("invalid_input", expected.as_slice()));
    let loss = |amount: &str| json!({"complaint": complaint, "kind": "recovered", "route": "settlement", "amount": amount, "on": "2026-11-20"});
    for (amount, code) in [
        ("12.345", "amount_too_precise"),
        ("0", "amount_not_positive"),
        ("-5", "amount_invalid"),
        ("十元五", "amount_invalid"),
        ("99999999999999999", "amount_too_large"),
    ] {
        let error = desk.ask("loss.record", loss(amount)).unwrap_err();
        assert_eq!((error.fields[0].field.as_str(), error.fields[0].code.as_str()), ("amount", code), "{amount}");
    }
    let step = json!({"complaint": complaint, "kind": "settled", "on": "2026-11-20", "loss": loss("12.345")});
    assert_eq!(desk.ask("step.record", step).unwrap_err().fields[0].field, "loss.amount");
    assert_eq!(
        desk.refused("step.record", json!({"complaint": complaint, "kind": "archived", "on": "2026-11-20"})),
        "step_impossible"
    );
    assert_eq!(desk.refused("complaint.get", json!({"id": "no id"})), "record_missing");
    assert_eq!(desk.refused("complaint.register", json!({"price": 12.345})), "bad_payload");
    assert_eq!(desk.refused("complaint.burn", json!({})), "unknown_command");
    before.assert_same(&desk.look(), "after what was refused");
}

#[test]
fn a_wrong_passphrase_a_damaged_store_and_a_store_in_use_are_told_apart_at_the_door() {
    let mut world = World::of(0, 16);
    world.county.register(&SEEDS);
    let dir = world.county.dir.clone();
    let at_door = |desk: &mut Desk, dir: &Path, passphrase: &str| {
        desk.refused("store.open", json!({"dir": dir, "passphrase": passphrase}))
    };
    let mut other = World::of(0, 17);
    assert_eq!(at_door(&mut other.county, &dir, PASSPHRASE), "store_locked_by_other");
    world.county.lock();
    assert_eq!(world.county.refused("complaint.register", json!(SEEDS.form())), "not_signed_in");
    assert_eq!(at_door(&mut world.county, &dir, "不对的口令"), "passphrase_wrong");
    assert_eq!(at_door(&mut world.county, &dir.join("nowhere"), PASSPHRASE), "store_missing");
    let damaged = world.stick("damaged");
    copy_folder(&dir, &damaged);
    let mut database = fs::read(damaged.join("store.db")).unwrap();
    database[1000] ^= 0xff;
    fs::write(damaged.join("store.db"), database).unwrap();
    assert_eq!(at_door(&mut world.county, &damaged, PASSPHRASE), "store_damaged");
    world.county.unlock();
    assert_eq!(world.county.totals(NOVEMBER.0, NOVEMBER.1).complaints, 1);
}

#[test]
fn a_passphrase_too_short_makes_no_store() {
    let folder = tempfile::tempdir().unwrap();
    let host = std::sync::Arc::new(TestHost::new(1, "2026-11-23T09:00:00+08:00", folder.path().to_owned()));
    let mut app = redress_app::App::new(host);
    let dir = folder.path().join("county");
    let payload = json!({"name": "县", "area_code": "370321", "operator_name": "孙", "passphrase": "短", "dir": dir});
    assert_eq!(app.dispatch("county.create", payload).unwrap_err().code, "passphrase_weak");
    assert!(!dir.exists());
}

#[test]
fn an_invitation_that_was_altered_or_is_too_old_lets_nobody_in() {
    let mut world = World::of(0, 18);
    let out = world.stick("out");
    let invited =
        world.county.tell("office.invite", json!({"kind": "station", "code": "0101", "name": "新城站", "out": out}));
    let path = PathBuf::from(text(&invited, "path"));
    let good = fs::read_to_string(&path).unwrap();
    let dir = world.stick("new").join("store");
    let join = |desk: &mut Desk| {
        desk.refused(
            "office.join",
            json!({"invitation": path, "operator_name": "周", "passphrase": PASSPHRASE, "dir": dir}),
        )
    };
    let mut clerk = World::of(0, 19);
    fs::write(&path, good.replacen("新城站", "新村站", 1)).unwrap();
    assert_eq!(join(&mut clerk.county), "invitation_wrong_signature");
    fs::write(&path, "no invitation").unwrap();
    assert_eq!(join(&mut clerk.county), "invitation_invalid");
    fs::write(&path, &good).unwrap();
    clerk.county.host.set_clock("2029-01-01T08:00:00+08:00");
    assert_eq!(join(&mut clerk.county), "invitation_expired");
    assert!(!dir.exists());
}

/// As root no permission binds, but nobody makes files in the kernel's own folders.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_and_one_that_is_none_are_told_apart() {
    let mut world = World::acquainted(1, 20);
    world.stations[0].register(&SEEDS);
    let stick = world.stick("good");
    world.stations[0].export(&stick);
    let station = &mut world.stations[0];
    let before = (station.unconfirmed(), station.look());
    assert_eq!(station.refused("bundle.export", json!({"out": "/sys", "office": null})), "read_only");
    let file = station.dir.join("keys.json");
    assert_eq!(station.refused("bundle.export", json!({"out": file, "office": null})), "path_missing");
    before.1.assert_same(&station.look(), "after what was refused");
    assert_eq!(station.unconfirmed(), before.0);
    assert_eq!(world.stations[0].export(&stick).complaints, 1, "the next one carries it");
}

/// The device that is always full stands in for the file that would be written next.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_so_and_leaves_everything_as_it_was() {
    let mut world = World::acquainted(1, 21);
    world.stations[0].register(&SEEDS);
    let stick = world.stick("good");
    let bundle = world.stations[0].export(&stick);
    let before = (world.county.look(), world.stations[0].look());

    let next = format!("370321-0101-{:04}.redress", bundle.number + 1);
    fs::create_dir_all(world.stations[0].dir.join("staging")).unwrap();
    symlink("/dev/full", world.stations[0].dir.join("staging").join(next)).unwrap();
    assert_eq!(world.stations[0].refused("bundle.export", json!({"out": stick, "office": null})), "disk_full");
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 1, "nothing half-written is left on the stick");

    fs::create_dir_all(world.county.dir.join("staging")).unwrap();
    symlink("/dev/full", world.county.dir.join("staging").join("incoming-0")).unwrap();
    let report = world.county.merge(&[&bundle.path]);
    assert_eq!(codes(&report), ["disk_full"]);

    before.0.assert_same(&world.county.look(), "after a full disk");
    before.1.assert_same(&world.stations[0].look(), "after a full disk");
    assert_eq!(world.county.merge(&[&bundle.path]).new_complaints, 1);
}

#[test]
fn a_stick_that_keeps_an_unfinished_bundle_is_swept_and_nothing_else_on_it_is_touched() {
    let mut world = World::of(1, 22);
    let stick = world.stick("used");
    fs::write(stick.join("370321-0101-0009.redress.part"), "cut off").unwrap();
    fs::write(stick.join("holiday.part"), "a film").unwrap();
    world.stations[0].export(&stick);
    let mut names: Vec<String> =
        fs::read_dir(&stick).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["370321-0101-0001.redress", "holiday.part"]);
}

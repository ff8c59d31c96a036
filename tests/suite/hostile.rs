//! Hostile files: each fault by itself, in the order of the layers, and anything at all. Each is refused with its own code;
//! an open store stays as it was; nothing is read or made beyond the limits. (Hard cases 70, 74, 75 and I.10.)

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use redress_app::contract::BundleOutcome;
use redress_bundle::{BundleError, Origin, limits};
use redress_journal::SigningKey;
use redress_tests::hostile::{Fault, Forger, faults, folder, fuzz_bundle, mutated, pack, read_any};
use redress_tests::sim::chance::Chance;
use redress_tests::{Typed, World};
use serde_json::json;

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };

/// A county that knows its station, and a forger who has the station's keys.
fn scene(seed: u64) -> (World, Forger) {
    let mut world = World::acquainted(1, seed);
    let (station, county) = (world.stations[0].identity(), world.county.identity());
    let reader: age::x25519::Identity = county.age_secret.parse().expect("a store keeps its key");
    let forger = Forger {
        from: Origin { office: station.office, device: station.device, epoch: station.epoch },
        to: county.office,
        number: 100,
        key: SigningKey::from_seed(&station.signing_seed),
        reader: reader.to_public(),
    };
    (world, forger)
}

/// The vectors by their codes and names.
fn stored() -> BTreeSet<(String, String)> {
    let name = |path: PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let inside = |path: PathBuf| fs::read_dir(path).expect("the vectors are here").flatten().map(|entry| entry.path());
    inside(folder()).flat_map(|code| inside(code.clone()).map(move |file| (name(code.clone()), name(file)))).collect()
}

#[test]
fn every_fault_stands_among_the_vectors_under_its_name() {
    let file = |fault: &Fault| (fault.code.to_owned(), format!("{}.redress", fault.name));
    let expected: Vec<_> = faults().filter(|fault| fault.stored).map(file).collect();
    assert_eq!(stored(), expected.iter().cloned().collect::<BTreeSet<_>>(), "`--bin vectors` makes what is missing");
    assert_eq!(stored().len(), expected.len(), "no name twice");
    for (code, name) in stored() {
        assert!(fs::metadata(folder().join(code).join(&name)).unwrap().len() < 150_000, "{name} is small");
    }
}

#[test]
fn every_stored_hostile_file_is_refused_with_the_code_of_its_folder() {
    let (_, identity) = Forger::of_vectors();
    let said = |file: &[u8]| read_any(file, &identity).0.map_or_else(|error| error.code(), |_| "accepted");
    let wrong: Vec<String> = stored()
        .into_iter()
        .map(|(code, name)| (said(&fs::read(folder().join(&code).join(&name)).unwrap()), code, name))
        .filter(|(said, code, _)| said != code)
        .map(|(said, code, name)| format!("{name}: {said} instead of {code}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_its_fault_each_of_them_would_be_accepted() {
    let (forger, identity) = Forger::of_vectors();
    let summary = read_any(&forger.with_text(forger.good_text()), &identity).0.unwrap();
    assert_eq!((summary.entries, summary.groups, summary.seals, summary.skipped), (1, 1, 1, 1));
}

/// The sender is known and trusted here, so that every layer is reached.
#[test]
fn a_hostile_file_of_a_known_device_is_refused_and_the_open_store_stays_as_it_was() {
    let (mut world, forger) = scene(41);
    let stick = world.stick("hostile");
    for (fault, number) in faults().zip(0..) {
        fs::write(stick.join(format!("{number:03}.redress")), (fault.make)(&forger)).unwrap();
    }
    let before = world.county.look();
    let report = world.county.merge(&[&stick]);
    assert_eq!(report.bundles.len(), faults().count());
    let wrong: Vec<String> = report
        .bundles
        .iter()
        .zip(faults())
        .map(|(line, fault)| (line.problem.as_ref().map_or("accepted", |problem| problem.code.as_str()), fault))
        .filter(|(said, fault)| *said != fault.code)
        .map(|(said, fault)| format!("{}: {said} instead of {}", fault.name, fault.code))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(report.bundles.iter().all(|line| line.outcome == BundleOutcome::Refused));
    assert_eq!((report.new_entries, report.quarantined, report.waiting), (0, 0, 0));
    before.assert_same(&world.county.look(), "after every hostile file");
    assert_eq!(fs::read_dir(world.county.dir.join("staging")).unwrap().count(), 0, "nothing is left in staging");
    world.stations[0].register(&SEEDS);
    assert_eq!(world.carry_in(0).new_complaints, 1, "a good bundle of the same device is still welcome");
}

#[test]
fn a_bomb_is_stopped_by_the_limits_and_hands_out_no_more_than_they_allow() {
    let (forger, identity) = Forger::of_vectors();
    for fault in faults().filter(|fault| fault.name.starts_with("bomb-")) {
        let file = (fault.make)(&forger);
        let (outcome, counts) = read_any(&file, &identity);
        assert!(matches!(outcome, Err(BundleError::Limit { .. })), "{}: {outcome:?}", fault.name);
        let most = limits::RATIO_FREE_BYTES + limits::RATIO_MAX * file.len() as u64;
        assert!(file.len() < 150_000 && counts.bytes <= most, "{}: {} from {}", fault.name, counts.bytes, file.len());
    }
    let (_, counts) = read_any(&forger.with_text(forger.good_text()), &identity);
    assert!(counts.bytes > 0, "the counter counts");
}

/// Limits that must fit together: whatever one of them allows must not be what another one refuses.
const _: () = {
    assert!(limits::RATIO_FREE_BYTES + limits::RATIO_MAX * limits::FILE_BYTES_MAX >= limits::PAYLOAD_BYTES_MAX);
    assert!(limits::MANIFEST_BYTES_MAX >= limits::OUTCOMES_MAX * (limits::WORD_BYTES_MAX + 250));
    assert!(limits::MANIFEST_BYTES_MAX as u64 <= limits::RATIO_FREE_BYTES);
    assert!(limits::ENTRIES_MAX < limits::NUMBER_MAX && limits::NUMBER_MAX < 1 << 53);
};

/// Every vector, good and bad, changed by chance in each of its layers.
#[test]
fn whatever_is_changed_in_a_bundle_no_reader_panics_or_exceeds_a_limit() {
    let (forger, identity) = Forger::of_vectors();
    let mut chance = Chance::new(20_261_126);
    let text = forger.good_text();
    let packed = zstd::encode_all(text.as_slice(), 3).unwrap();
    let age = forger.encrypt(&packed);
    let whole = forger.with_text(&text);
    for (layer, bytes, times) in [(0, whole, 1500), (1, age, 500), (2, packed, 1000), (3, text, 3000)] {
        for _ in 0..times {
            fuzz_bundle(&[&[layer], mutated(&bytes, &mut chance).as_slice()].concat());
        }
    }
    for (code, name) in stored() {
        let file = fs::read(folder().join(&code).join(&name)).unwrap();
        for _ in 0..3 {
            fuzz_bundle(&[&[0], mutated(&file, &mut chance).as_slice()].concat());
        }
        let Ok(packed) = age::decrypt(&identity, file.get(limits::HEADER_BYTES..).unwrap_or_default()) else {
            continue;
        };
        let mut text = Vec::new();
        let unpacked = std::io::Read::read_to_end(
            &mut std::io::Read::take(zstd::Decoder::new(packed.as_slice()).unwrap(), 20_000),
            &mut text,
        );
        if unpacked.is_ok() {
            for _ in 0..3 {
                fuzz_bundle(&[&[3], mutated(&text, &mut chance).as_slice()].concat());
            }
        }
    }
    for layer in 0..4 {
        for length in 0..40 {
            fuzz_bundle(&vec![layer; length]);
        }
    }
}

/// Text that was scrambled by somebody with a good key is refused or kept aside; the bundles beside it are merged, and the
/// store is sound.
#[test]
fn what_a_known_device_scrambles_never_stops_a_merge() {
    let (mut world, mut forger) = scene(42);
    let stick = world.stick("scrambled");
    let mut chance = Chance::new(42);
    for number in 0..300 {
        forger.number = 100 + number;
        let text = mutated(&forger.lines().concat().into_bytes(), &mut chance);
        let digest = blake3::hash(&text).to_hex();
        let end = format!("{{\"end\":{{\"entries\":1,\"groups\":1,\"seals\":1,\"blake3\":\"{digest}\"}}}}\n");
        let file = forger.with_text([text.as_slice(), end.as_bytes()].concat());
        fs::write(stick.join(format!("{number:03}.redress")), file).unwrap();
    }
    let good = world.stations[0].register(&SEEDS);
    world.stations[0].export(&stick);
    let report = world.county.merge(&[&stick]);
    assert_eq!(report.bundles.len(), 301);
    let taken = report.bundles.iter().filter(|line| line.outcome == BundleOutcome::Merged).count();
    assert!((2..300).contains(&taken) && report.refused > 100, "{taken} taken, {} refused", report.refused);
    assert_eq!(world.county.page(&good)["status"], "registered", "the good one is merged");
    world.county.look();
}

/// Cases 23 and 75: signed by a known device and opened by our key, and all the same not for us.
#[test]
fn a_bundle_that_is_meant_for_another_office_is_refused_although_our_key_opens_it() {
    let (mut world, mut forger) = scene(43);
    forger.to = forger.from.office;
    let path = world.stick("astray").join("100.redress");
    fs::write(&path, forger.with_text(forger.good_text())).unwrap();
    let before = world.county.look();
    let report = world.county.merge(&[&path]);
    assert_eq!(report.bundles[0].problem.as_ref().map(|problem| problem.code.as_str()), Some("bundle_not_for_us"));
    let found = world.county.tell("bundle.scan", json!({"paths": [path]}));
    assert_eq!((&found[0]["for_us"], &found[0]["default"]), (&json!(false), &json!(false)));
    before.assert_same(&world.county.look(), "after what was meant for others");
}

/// Case 75: the same content under a new number and a new signature is the same content.
#[test]
fn a_content_that_is_sent_again_under_another_number_is_known() {
    let (mut world, mut forger) = scene(44);
    let stick = world.stick("replayed");
    let rest = forger.encrypt(&pack(&forger.good_text()));
    let mut outcomes = Vec::new();
    for number in [100, 101, 99] {
        forger.number = number;
        let path = stick.join(format!("{number}.redress"));
        fs::write(&path, forger.with_rest(&rest)).unwrap();
        outcomes.push(world.county.merge(&[&path]).bundles[0].outcome);
    }
    assert_eq!(outcomes, [BundleOutcome::Merged, BundleOutcome::AlreadyMerged, BundleOutcome::AlreadyMerged]);
}

/// Cases 21 and 75: an old receipt that turns up again moves no mark, neither forwards nor back.
#[test]
fn an_old_return_bundle_that_turns_up_again_changes_nothing() {
    let mut world = World::acquainted(1, 45);
    let (old, new) = (world.stick("old"), world.stick("new"));
    let home = world.stations[0].office.clone();
    let first = world.county.export_to(&old, &home).path;
    world.stations[0].register(&SEEDS);
    world.carry_in(0);
    let second = world.county.export_to(&new, &home).path;
    assert_eq!(world.stations[0].merge(&[&second]).refused, 0);
    world.stations[0].register(&SEEDS);
    let before = (world.stations[0].unconfirmed(), world.stations[0].look());
    assert!(before.0 > 0);
    for _ in 0..2 {
        let report = world.stations[0].merge(&[&first, &second]);
        assert_eq!((report.refused, report.new_entries, report.confirmed_now), (0, 0, 0));
    }
    assert_eq!(world.stations[0].unconfirmed(), before.0);
    before.1.assert_same(&world.stations[0].look(), "after receipts from before");
}

/// Somebody who says that a device has counted much further than it knows would leave it without numbers.
#[test]
fn a_lie_about_how_far_a_device_has_counted_leaves_it_its_numbers() {
    let mut world = World::acquainted(1, 46);
    let (station, county) = (world.stations[0].identity(), world.county.identity());
    let reader: age::x25519::Identity = station.age_secret.parse().expect("a store keeps its key");
    let forger = Forger {
        from: Origin { office: county.office, device: county.device, epoch: county.epoch },
        to: station.office,
        number: 100,
        key: SigningKey::from_seed(&county.signing_seed),
        reader: reader.to_public(),
    };
    let lie = format!("\"device\":\"{}\",\"number\":{}", station.device, limits::NUMBER_MAX);
    let path = world.stick("lies").join("100.redress");
    fs::write(&path, forger.text_with("\"device\":\"00000000-0000-0000-0000-0000000000d2\",\"number\":7", &lie))
        .unwrap();
    let stick = world.stick("after");
    let before = world.stations[0].export(&stick).number;
    assert_eq!(world.stations[0].merge(&[&path]).refused, 0);
    assert_eq!(world.stations[0].export(&stick).number, before + 1);
}

//! What is carried: files on a stick that is full, old, swapped, write-protected, shared with photos and with other
//! offices' bundles. What lies there is never changed by reading, and never overwritten by writing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use redress_app::contract::{
    BundleFacts, BundleOutcome, CarryPlace, Exported, MediumReaders, MergeReport, ScannedBundle, SignatureState,
};
use redress_app::media::format_of;
use redress_tests::{Desk, Typed, World};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };

/// Every file in a folder with its bytes.
fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.is_file());
    files
        .map(|path| {
            (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), fs::read(&path).expect("a file"))
        })
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    content(folder).into_keys().collect()
}

fn in_parts(desk: &mut Desk, folder: &Path, entries: u32) -> Exported {
    let asked = json!({"out": folder, "office": null, "entries_a_file": entries});
    serde_json::from_value(desk.tell("bundle.export", asked)).expect("what the contract says")
}

fn verified(desk: &mut Desk, path: &Path) -> BundleFacts {
    serde_json::from_value(desk.tell("bundle.verify", json!({"path": path}))).expect("what the contract says")
}

fn scanned(desk: &mut Desk, folder: &Path) -> Vec<ScannedBundle> {
    serde_json::from_value(desk.tell("bundle.scan", json!({"paths": [folder]}))).expect("what the contract says")
}

fn missing(report: &MergeReport) -> Vec<Vec<u64>> {
    report.bundles.iter().map(|bundle| bundle.missing_parts.clone()).collect()
}

/// Case 31: what was interrupted is swept by the next export; whatever else lies on the stick stays as it is.
#[test]
fn leftovers_of_an_interrupted_export_are_swept_and_everything_else_stays_as_it_was() {
    let mut world = World::of(1, 401);
    let stick = world.stick("used");
    let kept =
        ["holiday.jpg", "holiday.part", "letter.docx", "redress.part.txt", "370321-0102-0003.redress", ".hidden"];
    for name in kept {
        fs::write(stick.join(name), name).unwrap();
    }
    fs::create_dir(stick.join("370321-0101-0004.redress.part")).unwrap();
    fs::write(stick.join("370321-0101-0007.redress.part"), "cut off").unwrap();
    fs::write(stick.join("370321-0101-0008-2.redress.part"), "cut off").unwrap();
    let before = content(&stick);
    let written = world.stations[0].export(&stick);
    let mut expected: Vec<&str> = kept.to_vec();
    expected.push(&written.file_name);
    expected.sort_unstable();
    assert_eq!(names(&stick), expected);
    let after = content(&stick);
    assert!(kept.iter().all(|name| before[*name] == after[*name]));
    assert!(stick.join("370321-0101-0004.redress.part").is_dir(), "a folder is nobody's unfinished file");
}

/// Case 31: what lies there under the same name is another bundle and stays, however many there are.
#[test]
fn a_file_with_the_same_name_is_never_overwritten() {
    let mut world = World::acquainted(1, 402);
    let stick = world.stick("used");
    let written = world.stations[0].export(&stick);
    let next = format!("370321-0101-{:04}", written.number + 1);
    let taken: Vec<String> = std::iter::once(format!("{next}.redress"))
        .chain((2..40).map(|number| format!("{next}-{number}.redress")))
        .collect();
    for name in &taken {
        fs::write(stick.join(name), name).unwrap();
    }
    let exported = world.stations[0].export(&stick);
    assert_eq!(exported.file_name, format!("{next}-40.redress"));
    let after = content(&stick);
    assert!(taken.iter().all(|name| after[name] == name.as_bytes()));
    assert_eq!(world.county.merge(&[&exported.path]).refused, 0, "the name says nothing, the content everything");
}

/// Case 35: each part verifies alone, all of them together are the whole, in any order.
#[test]
fn parts_verify_alone_and_merge_in_any_order_to_the_same() {
    let mut world = World::acquainted(1, 403);
    let mut reversed = world.what_if(1);
    for day in 1..=9 {
        world.stations[0].register(&Typed { received_on: &format!("2026-11-0{day}"), ..SEEDS });
    }
    let stick = world.stick("small");
    let exported = in_parts(&mut world.stations[0], &stick, 3);
    assert_eq!((exported.parts, exported.more.len(), exported.complaints), (3, 2, 9));
    let files: Vec<PathBuf> = names(&stick).iter().map(|name| stick.join(name)).collect();
    assert_eq!(files.len(), 3);
    for file in &files {
        let facts = verified(&mut world.county, file);
        assert_eq!((facts.readable, facts.bytes), (true, fs::metadata(file).unwrap().len()));
    }
    assert_eq!(
        scanned(&mut world.county, &stick).iter().map(|found| (found.part, found.parts)).collect::<Vec<_>>(),
        [(1, 3), (2, 3), (3, 3)]
    );
    let forwards: Vec<Vec<Vec<u64>>> = files.iter().map(|file| missing(&world.county.merge(&[file]))).collect();
    assert_eq!(forwards, [[vec![2, 3]], [vec![3]], [vec![]]]);
    for file in files.iter().rev() {
        assert_eq!(reversed.merge(&[file]).refused, 0);
    }
    let (one, other) = (world.county.look(), reversed.look());
    assert_eq!(one.rows["complaint"].len(), 9);
    assert_eq!(
        (&one.rows["complaint"], &one.rows["summary"], &one.have.0.len()),
        (&other.rows["complaint"], &other.rows["summary"], &other.have.0.len())
    );
    assert!(other.rows["waiting"].is_empty());
}

/// Case 35: the part that is not there is named, nothing of it is said to be confirmed, and it heals when it comes.
#[test]
fn a_missing_part_is_named_and_heals_when_it_comes_late_or_by_the_next_bundle() {
    let mut world = World::acquainted(1, 404);
    for day in 1..=6 {
        world.stations[0].register(&Typed { received_on: &format!("2026-11-0{day}"), ..SEEDS });
    }
    let stick = world.stick("small");
    in_parts(&mut world.stations[0], &stick, 2);
    let files: Vec<PathBuf> = names(&stick).iter().map(|name| stick.join(name)).collect();
    let [first, second, third] = files.as_slice() else { panic!("three parts: {files:?}") };
    let report = world.county.merge(&[first, third]);
    assert_eq!((missing(&report), report.new_complaints), (vec![vec![2], vec![2]], 4));
    assert_eq!(world.county.tell("home.today", json!({}))["gaps"], 2, "the hole is counted");
    world.carry_out(0);
    assert_eq!(world.stations[0].unconfirmed(), 2, "what is missing is not confirmed, what stands above it is");
    let mut other = world.what_if(1);
    let report = world.county.merge(&[second]);
    assert_eq!((missing(&report), report.new_complaints), (vec![vec![]], 2));
    let again = world.stick("again");
    let next = world.stations[0].export(&again);
    assert_eq!(other.merge(&[&next.path]).new_complaints, 2, "the next bundle carries it too");
    for county in [&mut world.county, &mut other] {
        assert_eq!(county.tell("home.today", json!({}))["gaps"], 0);
        assert_eq!(county.look().rows["complaint"].len(), 6);
    }
}

/// Case 36: said before anything is written, with both numbers; a bundle in parts goes whole or not at all.
#[test]
fn a_stick_that_is_too_small_is_refused_before_anything_is_written() {
    let mut world = World::acquainted(1, 405);
    for day in 1..=9 {
        world.stations[0].register(&Typed { received_on: &format!("2026-11-0{day}"), ..SEEDS });
    }
    let (stick, measure) = (world.stick("full"), world.stick("measure"));
    fs::write(stick.join("370321-0101-0001.redress.part"), "cut off").unwrap();
    let whole: u64 = {
        in_parts(&mut world.stations[0], &measure, 3);
        content(&measure).values().map(|bytes| bytes.len() as u64).sum()
    };
    for (free, parts) in [(0, 100), (4096, 100), (whole - 200, 3)] {
        world.stations[0].host.set_free_bytes(Some(free));
        let asked = json!({"out": stick, "office": null, "entries_a_file": parts});
        let refused = world.stations[0].ask("bundle.export", asked).unwrap_err();
        assert_eq!(refused.code, "medium_full");
        let number = |name: &str| refused.params[name].parse::<u64>().unwrap();
        assert!(number("free") == free && number("need") > free, "{:?}", refused.params);
        assert_eq!(names(&stick), [""; 0], "nothing half is left, and the leftovers are gone");
    }
    assert_eq!(fs::read_dir(world.stations[0].dir.join("staging")).unwrap().count(), 0);
    world.stations[0].host.set_free_bytes(Some(whole * 2));
    assert_eq!(in_parts(&mut world.stations[0], &stick, 3).parts, 3);
    assert_eq!(world.county.merge(&[&stick]).new_complaints, 9);
}

/// Cases 39 and 45: bundles of many offices, old and new, ours and not, and what else people keep on sticks.
#[test]
fn a_scan_lists_what_is_there_and_takes_by_itself_what_is_new_and_ours() {
    let mut world = World::acquainted(3, 406);
    let mut stranger = World::of(1, 407);
    let stick = world.stick("monday");
    world.stations[0].register(&SEEDS);
    let old = world.stations[0].export(&stick);
    world.county.merge(&[&old.path]);
    world.stations[0].register(&SEEDS);
    let new: Vec<String> = world.stations.iter_mut().map(|station| station.export(&stick).file_name).collect();
    let away = world.county.export_to(&stick, &world.stations[0].office.clone());
    let foreign = stranger.stations[0].export(&world.stick("other"));
    fs::copy(&foreign.path, stick.join("foreign.redress")).unwrap();
    let mut damaged = fs::read(&old.path).unwrap();
    damaged.truncate(5000);
    fs::write(stick.join("CUT.REDRESS"), damaged).unwrap();
    for other in ["holiday.jpg", "redress", "notes.redress.txt", "autorun.inf"] {
        fs::write(stick.join(other), other).unwrap();
    }
    fs::create_dir(stick.join("folder.redress")).unwrap();
    let before = content(&stick);

    let found = scanned(&mut world.county, &stick);
    assert_eq!(found.len(), 7, "{:?}", found.iter().map(|it| &it.file_name).collect::<Vec<_>>());
    let of = |name: &str| found.iter().find(|it| it.file_name == name).unwrap_or_else(|| panic!("{name}"));
    for (name, station) in new.iter().zip(1..) {
        let bundle = of(name);
        assert!(bundle.default && bundle.for_us && !bundle.already_merged && bundle.problem.is_none(), "{bundle:?}");
        assert_eq!(bundle.from_name, format!("第{station}联络站"));
    }
    assert!(of(&old.file_name).already_merged && !of(&old.file_name).default);
    assert!(!of(&away.file_name).for_us && !of(&away.file_name).default);
    assert!(!of("foreign.redress").for_us && !of("foreign.redress").default);
    let cut = of("CUT.REDRESS");
    assert_eq!(
        (cut.problem.as_ref().map(|problem| problem.code.as_str()), cut.default),
        (Some("bundle_truncated"), false)
    );
    let chosen: Vec<&String> = found.iter().filter(|it| it.default).map(|it| &it.path).collect();
    let report = world.county.merge(&chosen);
    assert_eq!((report.bundles.len(), report.refused, report.new_complaints), (3, 0, 1));
    assert!(scanned(&mut world.county, &stick).iter().all(|it| !it.default), "nothing is new any more");
    let back: Vec<ScannedBundle> =
        scanned(&mut world.stations[0], &stick).into_iter().filter(|it| it.default).collect();
    assert_eq!(
        back.iter().map(|it| &it.file_name).collect::<Vec<_>>(),
        [&away.file_name],
        "the station takes only its own"
    );
    assert_eq!(content(&stick), before, "looking and merging change nothing on a stick");
}

/// Case 34: a medium that cannot be written is read all the same.
#[test]
fn a_bundle_on_a_medium_that_cannot_be_written_is_scanned_verified_and_merged() {
    let mut world = World::of(1, 408);
    let stick = world.stick("disc");
    world.stations[0].register(&SEEDS);
    let bundle = PathBuf::from(world.stations[0].export(&stick).path);
    let protect = |readonly: bool| {
        for path in [&bundle, &stick] {
            let mut rights = fs::metadata(path).unwrap().permissions();
            rights.set_readonly(readonly);
            fs::set_permissions(path, rights).unwrap();
        }
    };
    let before = (content(&stick), fs::metadata(&bundle).unwrap().modified().unwrap());
    protect(true);
    assert!(scanned(&mut world.county, &stick)[0].default);
    assert!(verified(&mut world.county, &bundle).readable);
    let report = world.county.merge(&[&stick]);
    protect(false);
    assert_eq!((report.refused, report.new_complaints), (0, 1));
    assert_eq!((content(&stick), fs::metadata(&bundle).unwrap().modified().unwrap()), before);
}

/// Case 32: the stick may leave as soon as the bundle has been copied and checked.
#[test]
fn what_is_merged_is_a_copy_and_nothing_is_kept_of_it() {
    let mut world = World::of(1, 409);
    world.stations[0].register(&SEEDS);
    let stick = world.stick("stick");
    world.stations[0].export(&stick);
    world.county.merge(&[&stick]);
    fs::remove_dir_all(&stick).unwrap();
    assert_eq!(world.county.look().rows["complaint"].len(), 1);
    assert_eq!(fs::read_dir(world.county.dir.join("staging")).unwrap().count(), 0, "nothing is left in staging");
}

/// Case 37: names that every file system and every code page can carry, and that differ by more than the size of letters.
#[test]
fn every_file_that_is_written_has_a_short_plain_name_of_its_own() {
    let mut world = World::acquainted(3, 410);
    let stick = world.stick("all");
    for station in &mut world.stations {
        station.export(&stick);
        station.export(&stick);
        in_parts(station, &stick, 1);
    }
    world.county.export_all(&stick);
    world.county.export_all(&stick);
    let invited = json!({"kind": "station", "code": "0199", "name": "城关镇商业大厦联络站", "out": stick});
    world.county.tell("office.invite", invited);
    let found = names(&stick);
    assert!(found.len() >= 16, "{found:?}");
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-.".contains(letter);
    for name in &found {
        assert!(name.len() <= 40 && name.chars().all(plain) && !name.starts_with('.'), "{name}");
    }
    let mut folded: Vec<String> = found.iter().map(|name| name.to_lowercase()).collect();
    folded.sort_unstable();
    folded.dedup();
    assert_eq!(folded.len(), found.len());
}

/// Case 33: after the stick was taken out and put in again, the whole file is read once more.
#[test]
fn verifying_reads_the_whole_file_and_says_who_sent_what_to_whom() {
    let mut world = World::acquainted(2, 411);
    let stick = world.stick("stick");
    world.stations[0].register(&SEEDS);
    let exported = world.stations[0].export(&stick);
    let path = PathBuf::from(&exported.path);
    for (desk, readable) in [(&mut world.county, true), (&mut world.stations[0], false)] {
        let facts = verified(desk, &path);
        assert_eq!((facts.readable, facts.signature), (readable, SignatureState::Valid));
        assert_eq!((facts.number, &facts.compare_code), (exported.number, &exported.compare_code));
        assert_eq!((facts.from_name.as_str(), facts.to_name.as_str()), ("第1联络站", "桓台县消费者权益保护委员会"));
    }
    let good = fs::read(&path).unwrap();
    let last = good.len() - 1;
    let mut flipped = good.clone();
    flipped[last] ^= 1;
    for (bytes, code) in
        [(&good[..last], "bundle_truncated"), (&flipped[..], "bundle_damaged"), (&good[..100], "bundle_truncated")]
    {
        fs::write(&path, bytes).unwrap();
        assert_eq!(world.county.refused("bundle.verify", json!({"path": path})), code);
    }
    fs::remove_file(&path).unwrap();
    let gone = world.county.refused("bundle.verify", json!({"path": path}));
    assert!(["path_missing", "file_missing"].contains(&gone.as_str()), "{gone}");
}

/// Case 38: by the system's name of a file system.
#[test]
fn a_file_system_is_named_as_people_know_it_and_judged_by_who_reads_it() {
    use MediumReaders::{Apple, Everybody, Linux, Newer, Unknown};
    let judged = [
        ("vfat", "FAT32", Everybody),
        ("msdos", "FAT32", Everybody),
        ("FAT32", "FAT32", Everybody),
        ("FAT", "FAT32", Everybody),
        ("exfat", "exFAT", Everybody),
        ("exFAT", "exFAT", Everybody),
        ("NTFS", "NTFS", Newer),
        ("ntfs3", "NTFS", Newer),
        ("fuseblk", "NTFS / exFAT", Newer),
        ("ext4", "ext4", Linux),
        ("btrfs", "btrfs", Linux),
        ("xfs", "xfs", Linux),
        ("apfs", "APFS", Apple),
        ("hfs", "HFS+", Apple),
        ("hfsplus", "HFS+", Apple),
        ("ReFS", "ReFS", Unknown),
        ("ext", "ext", Unknown),
        (" vfat\n", "FAT32", Everybody),
        ("", "", Unknown),
    ];
    for (told, name, readers) in judged {
        let format = format_of(told);
        assert_eq!((format.name.as_str(), format.readers), (name, readers), "{told:?}");
    }
}

/// Case 38: said in the list of sticks before anything is written, and again with what was written, which is written all
/// the same; a folder of this PC is no stick.
#[test]
fn a_stick_that_others_may_not_read_is_named_before_a_bundle_is_carried_away_on_it() {
    let mut world = World::acquainted(1, 415);
    let (good, bad, folder) = (world.stick("good"), world.stick("bad"), world.stick("folder"));
    let below = bad.join("消保");
    fs::create_dir(&below).unwrap();
    let station = &mut world.stations[0];
    station.host.plug_in(&good, "vfat");
    station.host.plug_in(&bad, "ext4");
    let carried = [(&good, Some("FAT32")), (&bad, Some("ext4")), (&below, Some("ext4")), (&folder, None)];
    for (number, (place, name)) in carried.into_iter().enumerate() {
        station.register(&SEEDS);
        let exported = station.export(place);
        assert!(exported.verified);
        assert_eq!(exported.format.as_ref().map(|format| format.name.as_str()), name);
        let places: Vec<CarryPlace> =
            serde_json::from_value(station.tell("carry.places", json!({}))).expect("what the contract says");
        let formats: Vec<_> = places.iter().filter_map(|place| Some(place.format.as_ref()?.readers)).collect();
        assert_eq!(formats[..2], [MediumReaders::Everybody, MediumReaders::Linux]);
        let last =
            places.iter().find(|listed| Path::new(&listed.path) == place).expect("the folder used last is listed");
        assert_eq!((&last.format, last.removable), (&exported.format, number < 2));
    }
    assert_eq!(names(&bad).len(), 1, "what stands on a stick is the bundle and nothing else");
}

/// Case 25: one importer at a time; the second is told, and leaves everything as it is.
#[test]
fn two_programs_at_one_store_never_merge_at_the_same_time() {
    let mut world = World::of(1, 412);
    let mut second = World::of(0, 413);
    world.stations[0].register(&SEEDS);
    let stick = world.stick("stick");
    world.stations[0].export(&stick);
    let open = json!({"dir": world.county.dir, "passphrase": redress_tests::PASSPHRASE});
    assert_eq!(second.county.refused("store.open", open.clone()), "store_locked_by_other");
    assert_eq!(world.county.merge(&[&stick]).new_complaints, 1, "who was first goes on");
    world.county.lock();
    second.county.lock();
    second.county.tell("store.open", open.clone());
    assert_eq!(world.county.refused("store.open", open), "store_locked_by_other");
    assert_eq!(second.county.merge(&[&stick]).bundles[0].outcome, BundleOutcome::AlreadyMerged);
    second.county.lock();
    world.county.unlock();
    world.county.look();
}

/// Case 16: copies that people and file managers make, all at once.
#[test]
fn copies_of_one_bundle_under_other_names_are_merged_once_and_said_to_be_known() {
    let mut world = World::of(1, 414);
    world.stations[0].register(&SEEDS);
    let stick = world.stick("stick");
    let original = world.stations[0].export(&stick);
    for name in ["370321-0101-0001 - 副本.redress", "copy (2).REDRESS", "370321-0199-0001.redress", "z.redress"] {
        fs::copy(&original.path, stick.join(name)).unwrap();
    }
    let report = world.county.merge(&[&stick]);
    let count = |outcome| report.bundles.iter().filter(|line| line.outcome == outcome).count();
    assert_eq!((count(BundleOutcome::Merged), count(BundleOutcome::AlreadyMerged)), (1, 4));
    assert_eq!((report.new_complaints, report.refused), (1, 0));
    assert!(report.bundles.iter().all(|line| line.from_name == "第1联络站"), "whatever the file is called");
    assert_eq!(world.county.totals("2026-11-01", "2026-11-30").complaints, 1);
    let listed: Value = world.county.tell("import.list", json!({}));
    assert_eq!(listed.as_array().unwrap().len(), 1);
}

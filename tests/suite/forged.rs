//! What a device that is known, and has gone over to the other side, could put into a bundle: the logs of others, public
//! records, entries that were altered after they were sealed. It is kept aside for a person, and changes nothing.

use std::path::{Path, PathBuf};

use redress_app::contract::BundleOutcome;
use redress_bundle::{GroupHead, Manifest};
use redress_journal::{Chain, LogId, PUBLIC, Seal, SigningKey, entry_id};
use redress_store::{Identity, Store};
use redress_tests::{Desk, PASSPHRASE, Typed, World, signed_bundle};
use serde_json::{Value, json};
use uuid::Uuid;

/// One stretch of a log as a forger writes it.
struct Forged {
    what: &'static str,
    log: LogId,
    from: u64,
    prev: Chain,
    seal: Option<Seal>,
    body: Vec<u8>,
}

/// An entry that would let the forger in everywhere, were it believed.
fn body() -> Vec<u8> {
    let device =
        json!({"office": Uuid::from_u128(7), "signing_key": "00".repeat(32), "recipient": "age1", "label": "mine"});
    let id = Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0666);
    json!({"v": 1, "kind": "device", "id": id, "set": device, "op": id, "at": "2026-11-23T09:00:00+08:00"})
        .to_string()
        .into_bytes()
}

fn key(identity: &Identity) -> SigningKey {
    SigningKey::from_seed(&identity.signing_seed)
}

/// A bundle that is perfect but for what it carries.
fn bundle(path: &Path, (from, to): (&Identity, &Identity), number: u64, forged: &Forged) {
    signed_bundle(path, (from, to), number, |payload| {
        payload.manifest(&Manifest { entries: 1, groups: 1, program: "0.1.0".to_owned(), ..Manifest::default() })?;
        payload.group(&GroupHead { log: forged.log, from: forged.from, prev: forged.prev, count: 1 })?;
        payload.entry(&forged.body)?;
        forged.seal.iter().try_for_each(|seal| payload.seal(seal))
    });
}

/// The seal of a stretch of one entry, by whoever has the key.
fn seal(key: &SigningKey, log: LogId, from: u64, prev: Chain) -> Option<Seal> {
    seal_of(key, (log, from, prev), &body())
}

fn seal_of(key: &SigningKey, (log, from, prev): (LogId, u64, Chain), body: &[u8]) -> Option<Seal> {
    Some(Seal::sign(key, log, from, prev.next(&entry_id(&log, from, body))))
}

/// An entry that the forger's own log begins with, in a life of its own.
fn in_own_log(station: &Identity, epoch: u128, body: &Value) -> Forged {
    let log = LogId { device: station.device, epoch: Uuid::from_u128(epoch), office: station.office };
    let (prev, body) = (Chain::start(&log), body.to_string().into_bytes());
    Forged { what: "", log, from: 1, prev, seal: seal_of(&key(station), (log, 1, prev), &body), body }
}

fn forgeries(station: &Identity, county: &Identity, other_office: Uuid) -> Vec<Forged> {
    let log = |device, epoch, office| LogId { device, epoch, office };
    let mine = |office| log(station.device, station.epoch, office);
    let of_county = log(county.device, county.epoch, PUBLIC);
    let fresh = log(station.device, Uuid::from_u128(9), station.office);
    let (start, key) = (Chain::start, key(station));
    let stale = Seal::sign(&key, fresh, 1, start(&fresh));
    let by_first = |what, log: LogId| Forged {
        what,
        log,
        from: 1,
        prev: start(&log),
        seal: seal(&key, log, 1, start(&log)),
        body: body(),
    };
    vec![
        by_first("the directory, written by a station", mine(PUBLIC)),
        by_first("records of another station", mine(other_office)),
        by_first("a log of a device that nobody knows", log(Uuid::from_u128(8), station.epoch, station.office)),
        Forged {
            what: "one more entry of the county's log",
            log: of_county,
            from: 90,
            prev: Chain([1; 32]),
            seal: seal(&key, of_county, 90, Chain([1; 32])),
            body: body(),
        },
        Forged {
            what: "an entry altered after it was sealed",
            log: fresh,
            from: 1,
            prev: start(&fresh),
            seal: Some(stale),
            body: body(),
        },
        Forged {
            what: "an entry that nobody sealed",
            log: fresh,
            from: 2,
            prev: Chain([1; 32]),
            seal: None,
            body: body(),
        },
    ]
}

/// Two stations and their county, which knows both.
fn scene(seed: u64) -> (World, Identity, Identity, Uuid) {
    let mut world = World::acquainted(2, seed);
    let (station, county) = (world.stations[0].identity(), world.county.identity());
    let other = world.stations[1].office.parse().expect("offices have ids");
    (world, station, county, other)
}

#[test]
fn what_a_known_device_forges_is_kept_aside_and_changes_nothing() {
    let (mut world, station, county, other) = scene(31);
    let stick = world.stick("forged");
    let before = world.county.look();
    for (number, forged) in (100..).zip(forgeries(&station, &county, other)) {
        let path: PathBuf = stick.join(format!("{number}.redress"));
        bundle(&path, (&station, &county), number, &forged);
        let report = world.county.merge(&[&path]);
        assert_eq!(
            report.bundles[0].outcome,
            BundleOutcome::Merged,
            "{}: {:?}",
            forged.what,
            report.bundles[0].problem
        );
        assert_eq!((report.new_entries, report.quarantined), (0, 1), "{}", forged.what);
    }
    let after = world.county.look();
    assert_eq!((&after.rows, &after.entries, &after.sealed), (&before.rows, &before.entries, &before.sealed));
    assert_eq!(after.quarantined, 6);
}

#[test]
fn a_genuine_stretch_by_the_same_hand_is_taken() {
    let (mut world, station, county, _) = scene(32);
    let path = world.stick("genuine").join("100.redress");
    let id = Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0777);
    let written = json!({"v": 1, "kind": "business", "id": id, "set": {"name": "某商店"}, "op": id,
        "at": "2026-11-23T09:00:00+08:00"});
    let genuine = in_own_log(&station, 9, &written);
    bundle(&path, (&station, &county), 100, &genuine);
    let report = world.county.merge(&[&path]);
    assert_eq!((report.new_entries, report.quarantined), (1, 0), "so the forgeries fail for what they are");
}

#[test]
fn a_station_believes_only_its_county_about_the_directory() {
    let (mut world, first, _, _) = scene(33);
    let second = world.stations[1].identity();
    let path = world.stick("forged").join("100.redress");
    let log = LogId { device: first.device, epoch: first.epoch, office: PUBLIC };
    let forged = Forged {
        what: "",
        log,
        from: 1,
        prev: Chain::start(&log),
        seal: seal(&key(&first), log, 1, Chain::start(&log)),
        body: body(),
    };
    bundle(&path, (&first, &second), 100, &forged);
    let desk: &mut Desk = &mut world.stations[1];
    let before = desk.look();
    let report = desk.merge(&[&path]);
    assert_eq!((report.new_entries, report.new_complaints), (0, 0));
    assert_eq!(desk.look().rows, before.rows);
    desk.register(&Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" });
}

/// What a station might seal in a log that is its own to write: somebody new in the directory, and changes of what is there.
fn about_the_directory(county: &Identity, supervisor: &str, root: &Value) -> Vec<Value> {
    let stranger = Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0888);
    let entry = |kind: &str, id: &str, set: Value, was: Value| json!({"v": 1, "kind": kind, "id": id, "set": set, "was": was, "op": stranger, "at": "2026-11-23T09:00:00+08:00"});
    let mine = json!({"office": county.office, "signing_key": "11".repeat(32), "recipient": "age1", "label": "mine"});
    let (device, office) = (county.device.to_string(), county.office.to_string());
    vec![
        entry("device", &stranger.to_string(), mine.clone(), json!([])),
        entry("device", &device, mine, json!([])),
        entry("office", &office, json!({"name": "mine", "escrow": "age1"}), json!([])),
        entry("pack", &stranger.to_string(), json!({"name": "calendar"}), json!([])),
        entry("operator", supervisor, json!({"retired_on": "2026-11-23"}), json!([])),
        entry("operator", supervisor, json!({"role": "reader"}), root.clone()),
    ]
}

#[test]
fn what_a_station_writes_about_the_directory_in_its_own_log_is_listed_and_never_in_force() {
    let (mut world, station, county, _) = scene(34);
    let supervisor = world.county.tell("operator.list", json!({}))[0]["id"].as_str().expect("a person").to_owned();
    let root = heads_of(&mut world.county, &supervisor);
    let stick = world.stick("forged");
    let before = world.county.look();
    let forgeries = about_the_directory(&county, &supervisor, &root);
    for (number, forged) in (100..).zip(&forgeries) {
        let path = stick.join(format!("{number}.redress"));
        bundle(&path, (&station, &county), number, &in_own_log(&station, u128::from(number), forged));
        let report = world.county.merge(&[&path]);
        assert_eq!((report.new_entries, report.quarantined), (1, 1), "{forged}");
    }
    let after = world.county.look();
    for table in ["device", "office", "operator", "pack", "decision"] {
        assert_eq!(after.rows.get(table), before.rows.get(table), "{table} is as the county wrote it");
    }
    let aside = world.county.tell("aside.list", json!({}));
    let reasons: Vec<&Value> =
        aside["quarantined"].as_array().expect("a list").iter().map(|it| &it["reason"]).collect();
    assert_eq!(reasons, vec!["misplaced"; forgeries.len()]);
}

fn heads_of(desk: &mut Desk, record: &str) -> Value {
    desk.lock();
    let (store, _) = Store::open(&desk.dir, None, PASSPHRASE).expect("the desk has closed its store");
    let record = store.record(&record.parse().expect("an id")).expect("readable").expect("there");
    let heads: Vec<String> = record.state.heads.iter().map(ToString::to_string).collect();
    drop(store);
    desk.unlock();
    json!(heads)
}

#[test]
fn a_forgery_that_comes_before_the_directory_gives_way_to_it() {
    let (mut world, _, county, _) = scene(35);
    let station = world.stations[1].identity();
    let kept = world.stick("kept");
    world.county.put_away(&kept);
    let person = json!({"name": "县里新来的", "role": "clerk", "passphrase": "荷塘 lotus 1987 fresh"});
    let id = world.county.tell("operator.add", person)["id"].as_str().expect("a person").to_owned();
    world.round_trip();
    world.county.bring_back(&kept);
    let forged = json!({"v": 1, "kind": "business", "id": id, "set": {"name": "mine"}, "op": id,
        "at": "2026-11-23T09:00:00+08:00"});
    let path = world.stick("forged").join("100.redress");
    bundle(&path, (&station, &county), 100, &in_own_log(&station, 77, &forged));
    world.county.merge(&[&path]);
    let named =
        |look: &redress_tests::Look, table: &str, name: &str| look.rows[table].iter().any(|row| row.contains(name));
    assert!(named(&world.county.look(), "business", "mine"), "nobody knows better yet");
    for _ in 0..2 {
        world.round_trip();
    }
    let after = world.county.look();
    assert!(!named(&after, "business", "mine") && named(&after, "operator", "县里新来的"));
}

//! What a device that is known, and has gone over to the other side, could put into a bundle: the logs of others, public
//! records, entries that were altered after they were sealed. It is kept aside for a person, and changes nothing.

use std::fs::File;
use std::path::{Path, PathBuf};

use redress_app::contract::BundleOutcome;
use redress_bundle::{Destination, GroupHead, Manifest, Meta, Origin, WriteError, write};
use redress_journal::{Chain, LogId, PUBLIC, Seal, SigningKey, entry_id};
use redress_store::Identity;
use redress_tests::{Desk, Typed, World};
use serde_json::json;
use uuid::Uuid;

/// One stretch of a log as a forger writes it.
struct Forged {
    what: &'static str,
    log: LogId,
    from: u64,
    prev: Chain,
    seal: Option<Seal>,
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
    let recipient: age::x25519::Identity = to.age_secret.parse().expect("a store keeps its key");
    let meta = Meta {
        from: Origin { office: from.office, device: from.device, epoch: from.epoch },
        number,
        to: Destination { office: to.office },
        created_at: "2026-11-23T09:00:00+08:00".to_owned(),
        join: None,
        succeeds: None,
        certificate: None,
        part: None,
        recipients: &[recipient.to_public()],
        key: &key(from),
    };
    let mut file = File::create(path).expect("the temporary folder can be written");
    write(&mut file, &meta, |payload| -> Result<(), WriteError> {
        payload.manifest(&Manifest { entries: 1, groups: 1, program: "0.1.0".to_owned(), ..Manifest::default() })?;
        payload.group(&GroupHead { log: forged.log, from: forged.from, prev: forged.prev, count: 1 })?;
        payload.entry(&body())?;
        forged.seal.iter().try_for_each(|seal| payload.seal(seal))
    })
    .expect("a bundle within all limits");
}

/// The seal of a stretch of one entry, by whoever has the key.
fn seal(key: &SigningKey, log: LogId, from: u64, prev: Chain) -> Option<Seal> {
    Some(Seal::sign(key, log, from, prev.next(&entry_id(&log, from, &body()))))
}

fn forgeries(station: &Identity, county: &Identity, other_office: Uuid) -> Vec<Forged> {
    let log = |device, epoch, office| LogId { device, epoch, office };
    let mine = |office| log(station.device, station.epoch, office);
    let of_county = log(county.device, county.epoch, PUBLIC);
    let fresh = log(station.device, Uuid::from_u128(9), station.office);
    let (start, key) = (Chain::start, key(station));
    let stale = Seal::sign(&key, fresh, 1, start(&fresh));
    let by_first =
        |what, log: LogId| Forged { what, log, from: 1, prev: start(&log), seal: seal(&key, log, 1, start(&log)) };
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
        },
        Forged {
            what: "an entry altered after it was sealed",
            log: fresh,
            from: 1,
            prev: start(&fresh),
            seal: Some(stale),
        },
        Forged { what: "an entry that nobody sealed", log: fresh, from: 2, prev: Chain([1; 32]), seal: None },
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
    let log = LogId { device: station.device, epoch: Uuid::from_u128(9), office: station.office };
    let genuine = Forged {
        what: "",
        log,
        from: 1,
        prev: Chain::start(&log),
        seal: seal(&key(&station), log, 1, Chain::start(&log)),
    };
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
    };
    bundle(&path, (&first, &second), 100, &forged);
    let desk: &mut Desk = &mut world.stations[1];
    let before = desk.look();
    let report = desk.merge(&[&path]);
    assert_eq!((report.new_entries, report.new_complaints), (0, 0));
    assert_eq!(desk.look().rows, before.rows);
    desk.register(&Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" });
}

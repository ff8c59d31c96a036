//! Hard case 76: a PC is stolen. What it wrote up to a point stays valid, however late it comes, in whatever order and
//! whoever carries it; what came after is kept aside until a person decides; and it is sent nothing new.

use std::path::{Path, PathBuf};

use redress_app::contract::BundleOutcome;
use redress_tests::{Desk, Typed, World};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };
const PHONE: Typed<'_> = Typed { received_on: "2026-11-03", consumer: "赵小豆", goods: "手机" };
const KETTLE: Typed<'_> = Typed { received_on: "2026-11-04", consumer: "林小禾", goods: "电热水壶" };

fn devices(desk: &mut Desk) -> Vec<Value> {
    let offices = desk.tell("device.list", json!({}));
    let all = offices.as_array().cloned().unwrap_or_default().into_iter();
    all.flat_map(|office| office["devices"].as_array().cloned().unwrap_or_default()).collect()
}

fn device(desk: &mut Desk, id: &str) -> Value {
    devices(desk).into_iter().find(|device| device["id"] == id).expect("a device of the directory")
}

/// The id of a desk's device, and how far it has written.
fn own(desk: &mut Desk) -> (String, Value) {
    let device = devices(desk).into_iter().find(|device| device["own"] == true).expect("every PC is known at home");
    (device["id"].as_str().unwrap_or_default().to_owned(), device["points"][0].clone())
}

fn revoke(county: &mut Desk, device: &str, point: &Value) {
    county.tell("device.revoke", json!({"device": device, "reason": "电脑失窃", "point": point}));
}

fn is_there(desk: &mut Desk, complaint: &str) -> bool {
    desk.ask("complaint.get", json!({"id": complaint})).is_ok()
}

/// A station that registered one complaint before the theft and one after; the sticks after each, and the point.
struct Theft {
    world: World,
    device: String,
    point: Value,
    before: String,
    after: String,
    sticks: [PathBuf; 2],
}

impl Theft {
    fn new(seed: u64) -> Self {
        let mut world = World::acquainted(1, seed);
        let (first, second) = (world.stick("first"), world.stick("second"));
        let station = &mut world.stations[0];
        let before = station.register(&SEEDS);
        let (device, point) = own(station);
        let early = PathBuf::from(station.export(&first).path);
        let after = station.register(&PHONE);
        let late = PathBuf::from(station.export(&second).path);
        Self { world, device, point, before, after, sticks: [early, late] }
    }

    fn assert_settled(&self, county: &mut Desk, how: &str) {
        assert!(is_there(county, &self.before), "{how}: what came before the point counts");
        assert!(!is_there(county, &self.after), "{how}: what came after does not");
        assert_eq!(county.totals("2026-11-01", "2026-11-30").complaints, 1, "{how}");
        let aside = county.tell("aside.list", json!({}))["quarantined"].clone();
        let reasons: Vec<&Value> = aside.as_array().into_iter().flatten().map(|item| &item["reason"]).collect();
        assert_eq!(reasons, ["revoked"], "{how}");
        assert_eq!(device(county, &self.device)["revoked"]["barred"], 1, "{how}");
    }
}

#[test]
fn what_a_revoked_device_wrote_up_to_the_point_counts_in_whatever_order_it_comes() {
    let mut theft = Theft::new(41);
    let mut looks = Vec::new();
    let orders: [&[usize]; 3] = [&[0, 1], &[1, 0], &[1]];
    for (number, order) in (1..).zip(orders) {
        let mut county = theft.world.what_if(number);
        revoke(&mut county, &theft.device, &theft.point);
        for at in order {
            let report = county.merge(&[&theft.sticks[*at]]);
            assert_eq!(report.bundles[0].outcome, BundleOutcome::Merged, "its own bundle is taken, too");
            assert!(report.bundles[0].revoked);
        }
        theft.assert_settled(&mut county, &format!("sticks {order:?}"));
        looks.push(county.look());
    }
    let mut county = theft.world.what_if(9);
    county.merge(&[&theft.sticks[1]]);
    assert!(is_there(&mut county, &theft.after), "nobody knows yet");
    revoke(&mut county, &theft.device, &theft.point);
    theft.assert_settled(&mut county, "revoked after the merge");
    looks.push(county.look());
    for look in &looks {
        for table in ["complaint", "barred", "summary"] {
            assert_eq!(look.rows[table], looks[0].rows[table], "{table}");
        }
    }
}

#[test]
fn without_a_point_a_device_is_trusted_up_to_what_the_county_has() {
    let mut theft = Theft::new(42);
    let county = &mut theft.world.county;
    county.merge(&[&theft.sticks[0]]);
    county.tell("device.revoke", json!({"device": theft.device, "reason": "电脑失窃", "point": null}));
    assert!(is_there(county, &theft.before), "nothing that is here is lost");
    let report = county.merge(&[&theft.sticks[1]]);
    assert_eq!((report.quarantined, report.new_complaints), (1, 0));
    let county = &mut theft.world.county;
    assert!(!is_there(county, &theft.after));
}

#[test]
fn moving_the_point_or_trusting_the_device_again_brings_back_what_was_kept_aside() {
    let mut theft = Theft::new(43);
    let last = theft.world.stations[0].register(&KETTLE);
    let third = theft.world.stick("third");
    theft.world.stations[0].export(&third);
    let county = &mut theft.world.county;
    revoke(county, &theft.device, &theft.point);
    county.merge(&[third]);
    let there = |county: &mut Desk| [&theft.before, &theft.after, &last].map(|id| is_there(county, id));
    assert_eq!(there(county), [true, false, false]);
    let mut later = theft.point.clone();
    later["seq"] = json!(later["seq"].as_u64().unwrap_or(0) + 1);
    revoke(county, &theft.device, &later);
    assert_eq!(there(county), [true, true, false]);
    county.tell("device.reinstate", json!({"device": theft.device, "reason": "找到了"}));
    assert_eq!(there(county), [true, true, true]);
    assert_eq!(county.totals("2026-11-01", "2026-11-30").complaints, 3);
    assert_eq!(county.tell("search", json!({"text": "电热水壶", "limit": 10})).as_array().map(Vec::len), Some(1));
    assert_eq!(
        county.refused("device.reinstate", json!({"device": theft.device, "reason": "x"})),
        "device_not_revoked"
    );
    county.look();
}

/// Somebody works on at the station's second PC, which was a copy of the first.
#[test]
fn entries_up_to_the_point_are_taken_through_another_device() {
    let mut world = World::acquainted(1, 44);
    let before = world.stations[0].register(&SEEDS);
    let mut copy = world.clone_of(0);
    let (device, point) = own(&mut world.stations[0]);
    let after = copy.register(&PHONE);
    world.county.tell("device.revoke", json!({"device": device, "reason": "电脑失窃", "point": point}));
    let stick = world.stick("copy");
    let bundle = copy.export(&stick);
    // Its word comes from a device that is not trusted any more: it joins like anybody else.
    let report = world.county.merge(&[&bundle.path]);
    assert_eq!(report.bundles[0].problem.as_ref().map(|problem| problem.code.as_str()), Some("bundle_asks_to_join"));
    world.county.tell("device.reinstate", json!({"device": device, "reason": "先收下副本"}));
    world.county.merge(&[&bundle.path]);
    revoke(&mut world.county, &device, &point);
    assert!(is_there(&mut world.county, &before) && is_there(&mut world.county, &after));
    let late = world.stations[0].register(&KETTLE);
    let own_stick = world.stick("own");
    let own_bundle = world.stations[0].export(&own_stick).path;
    world.county.merge(&[own_bundle]);
    assert!(!is_there(&mut world.county, &late));
}

#[test]
fn a_revocation_travels_and_counts_in_the_very_merge_that_brings_it() {
    let mut theft = Theft::new(45);
    let invitation = theft.world.invite(1);
    let mut second = theft.world.another_pc(1, &invitation);
    let stick = theft.world.stick("second-pc");
    let joined = second.export(&stick).path;
    theft.world.county.merge(&[Path::new(&joined)]);
    revoke(&mut theft.world.county, &theft.device, &theft.point);
    theft.world.county.merge(&[&theft.sticks[1]]);
    let office = second.office.clone();
    let back = theft.world.stick("back");
    let bundle = theft.world.county.export_to(&back, &office);
    second.merge(&[Path::new(&bundle.path)]);
    assert!(is_there(&mut second, &theft.before));
    assert!(!is_there(&mut second, &theft.after), "the revocation came along");
    second.look();
    let stolen = &mut theft.world.stations[0];
    let report = stolen.merge(&[Path::new(&bundle.path)]);
    let code = report.bundles[0].problem.as_ref().map(|problem| problem.code.clone());
    assert_eq!(code.as_deref(), Some("bundle_other_key"), "the stolen PC is sent nothing new");
}

#[test]
fn an_office_whose_only_device_is_revoked_is_sent_nothing() {
    let mut theft = Theft::new(46);
    let office = theft.world.stations[0].office.clone();
    revoke(&mut theft.world.county, &theft.device, &theft.point);
    let back = theft.world.stick("back");
    let refused = theft.world.county.refused("bundle.export", json!({"out": back, "office": office}));
    assert_eq!(refused, "office_revoked");
    assert!(theft.world.county.export_all(&back).is_empty());
}

#[test]
fn what_a_revoked_device_says_that_it_has_confirms_nothing() {
    let mut theft = Theft::new(47);
    let county = &mut theft.world.county;
    county.merge(&[&theft.sticks[1]]);
    revoke(county, &theft.device, &theft.point);
    let heard = device(county, &theft.device)["last_bundle"].clone();
    theft.world.stations[0].register(&KETTLE);
    let third = theft.world.stick("third");
    theft.world.stations[0].export(&third);
    let county = &mut theft.world.county;
    county.merge(&[third]);
    assert_eq!(device(county, &theft.device)["last_bundle"], heard, "its word is not heard any more");
}

#[test]
fn only_a_supervisor_of_the_county_revokes_and_never_the_county_itself() {
    let mut theft = Theft::new(48);
    let form = json!({"device": theft.device, "reason": "电脑失窃", "point": null});
    assert_eq!(theft.world.stations[0].refused("device.revoke", form.clone()), "not_county");
    let county = &mut theft.world.county;
    let (own, _) = own(county);
    assert_eq!(
        county.refused("device.revoke", json!({"device": own, "reason": "x", "point": null})),
        "device_of_county"
    );
    let without_reason = json!({"device": theft.device, "reason": " ", "point": null});
    assert_eq!(county.refused("device.revoke", without_reason), "invalid_input");
    let nonsense = json!({"device": theft.device, "reason": "x", "point": {"epoch": "then", "seq": 1}});
    assert_eq!(county.refused("device.revoke", nonsense), "invalid_input");
    county.tell("device.label", json!({"device": theft.device, "label": "大厅的旧电脑"}));
    assert_eq!(device(county, &theft.device)["label"], "大厅的旧电脑");
}

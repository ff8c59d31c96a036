//! Joining: one trip is enough. Who proves the invitation is let in; anybody else asks, and a person decides by a code that
//! both screens show.

use std::fs;
use std::path::{Path, PathBuf};

use redress_bundle::{Header, HeaderFields};
use redress_journal::SigningKey;
use redress_tests::hostile::{Forger, pack};
use redress_tests::{Desk, Typed, World};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };
const PHONE: Typed<'_> = Typed { received_on: "2026-11-03", consumer: "赵小豆", goods: "手机" };

fn requests(county: &mut Desk) -> Vec<Value> {
    county.tell("join.list", json!({})).as_array().cloned().unwrap_or_default()
}

fn problem(desk: &mut Desk, bundle: &Path) -> Option<String> {
    desk.merge(&[bundle]).bundles[0].problem.as_ref().map(|problem| problem.code.clone())
}

/// A station, and another PC that came with its invitation once more; the other PC's bundle and its code.
fn twice_used(seed: u64) -> (World, Desk, PathBuf, String) {
    let mut world = World::of(0, seed);
    let invitation = world.invite(1);
    let mut first = world.another_pc(1, &invitation);
    let mut second = world.another_pc(2, &invitation);
    let stick = world.stick("joining");
    let joined = PathBuf::from(first.export(&stick).path);
    world.county.merge(&[&joined]);
    second.register(&SEEDS);
    let other = world.stick("other");
    let asked = second.export(&other);
    (world, second, PathBuf::from(asked.path), asked.compare_code)
}

#[test]
fn an_invitation_that_was_used_asks_and_both_screens_show_one_code() {
    let (mut world, mut second, bundle, code) = twice_used(71);
    assert_eq!(problem(&mut world.county, &bundle).as_deref(), Some("bundle_asks_to_join"));
    let asked = requests(&mut world.county);
    assert_eq!(asked.len(), 1);
    assert_eq!((asked[0]["compare_code"].as_str(), asked[0]["reason"].as_str()), (Some(code.as_str()), Some("used")));
    fs::remove_file(&bundle).expect("the stick goes home");
    let answered = world.county.tell("join.answer", json!({"device": asked[0]["device"], "admit": true}));
    assert_eq!(answered["merged"]["new_complaints"], 1, "its bundle had waited: no second trip");
    assert!(requests(&mut world.county).is_empty());
    let back = world.stick("back");
    let bundle = world.county.export_to(&back, &second.office).path;
    assert_eq!(second.merge(&[bundle]).refused, 0);
    assert_eq!(second.unconfirmed(), 0);
}

#[test]
fn whoever_is_refused_stays_outside() {
    let (mut world, mut second, bundle, _) = twice_used(72);
    world.county.merge(&[&bundle]);
    let device = requests(&mut world.county)[0]["device"].clone();
    world.county.tell("join.answer", json!({"device": device, "admit": false}));
    assert_eq!(problem(&mut world.county, &bundle).as_deref(), Some("bundle_join_refused"));
    let stick = world.stick("again");
    let again = PathBuf::from(second.export(&stick).path);
    assert_eq!(problem(&mut world.county, &again).as_deref(), Some("bundle_join_refused"));
    assert!(requests(&mut world.county).is_empty());
    let gone = world.county.refused("join.answer", json!({"device": device, "admit": true}));
    assert_eq!(gone, "request_gone");
}

/// Regression: a file in the name of a device that waits took the place of its request, and the true one was refused.
#[test]
fn another_key_in_the_name_of_a_device_that_asks_is_a_request_of_its_own() {
    let (mut world, _, bundle, code) = twice_used(76);
    world.county.merge(&[&bundle]);
    let bytes = fs::read(&bundle).expect("a bundle");
    let true_one = Header::read(&mut bytes.as_slice(), bytes.len() as u64).expect("a header");
    let reader: age::x25519::Identity = world.county.identity().age_secret.parse().expect("a store keeps its key");
    let forger = Forger {
        from: true_one.from,
        to: true_one.to.office,
        number: true_one.number + 1,
        key: SigningKey::from_seed(&[9; 32]),
        reader: reader.to_public(),
    };
    let rest = forger.encrypt(&pack(&forger.good_text()));
    let forged = world.stick("forged").join("forged.redress");
    let fields = HeaderFields { join: true_one.join.clone(), ..forger.fields(&rest) };
    fs::write(&forged, forger.signed(&fields, &rest)).expect("a stick");
    assert_eq!(problem(&mut world.county, &forged).as_deref(), Some("bundle_asks_to_join"));
    let asked = requests(&mut world.county);
    assert_eq!(asked.len(), 2, "{asked:?}");
    let other = asked.iter().find(|it| it["compare_code"] != code.as_str()).expect("another code");
    let answer = |request: &Value, admit: bool| json!({"device": request["device"], "compare_code": request["compare_code"], "admit": admit});
    let ambiguous = json!({"device": other["device"], "admit": true});
    assert_eq!(world.county.refused("join.answer", ambiguous), "request_gone", "which of the two?");
    world.county.tell("join.answer", answer(other, false));
    assert_eq!(problem(&mut world.county, &forged).as_deref(), Some("bundle_join_refused"));
    let rest = requests(&mut world.county);
    assert_eq!((rest.len(), rest[0]["compare_code"].as_str()), (1, Some(code.as_str())));
    let answered = world.county.tell("join.answer", answer(&rest[0], true));
    assert_eq!(answered["merged"]["new_complaints"], 1, "its own bundle had waited");
}

#[test]
fn a_second_pc_of_an_office_joins_with_an_invitation_of_its_own_and_both_see_each_other() {
    let mut world = World::acquainted(1, 73);
    let first = world.stations[0].register(&SEEDS);
    let invitation = world.invite(1);
    let mut second = world.another_pc(1, &invitation);
    let own = second.register(&PHONE);
    let stick = world.stick("second");
    let bundle = second.export(&stick).path;
    assert_eq!(world.county.merge(&[Path::new(&bundle)]).refused, 0, "the secret proves it");
    world.round_trip();
    let back = world.stick("back");
    let bundle = world.county.export_to(&back, &second.office).path;
    second.merge(&[Path::new(&bundle)]);
    world.stations[0].merge(&[Path::new(&bundle)]);
    for desk in [&mut second, &mut world.stations[0]] {
        desk.page(&first);
        desk.page(&own);
    }
}

#[test]
fn every_bad_invitation_has_a_sentence_of_its_own() {
    let mut world = World::of(0, 74);
    let file = world.invite(1);
    let mut other = World::of(0, 75);
    let text = fs::read_to_string(&file).expect("an invitation is text");
    let folder = world.stick("bad");
    let bad = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).expect("the temporary folder can be written");
        path
    };
    let altered = bad("altered.invite", &text.replacen("第1联络站", "第9联络站", 1));
    let cut = bad("cut.invite", &text[..text.len() / 2]);
    let join = |desk: &mut Desk, path: &Path, dir: &str| {
        let form = json!({"invitation": path, "operator_name": "站员", "passphrase": "long enough words", "dir": folder.join(dir)});
        desk.refused("office.join", form)
    };
    assert_eq!(join(&mut other.county, &altered, "one"), "invitation_wrong_signature");
    assert_eq!(join(&mut other.county, &cut, "two"), "invitation_invalid");
    other.county.host.set_clock("2027-06-01T09:00:00+08:00");
    assert_eq!(join(&mut other.county, &file, "three"), "invitation_expired");
    let mut stranger = world.another_pc(3, &file);
    let stick = world.stick("stranger");
    let bundle = PathBuf::from(stranger.export(&stick).path);
    assert_eq!(
        problem(&mut other.county, &bundle).as_deref(),
        Some("bundle_unknown_sender"),
        "another county's office"
    );
    assert!(requests(&mut other.county).is_empty());
}

//! Hard case 43: a damaged store. Whatever can be made anew is; else what can be read is shown, and nothing is written; what
//! cannot even be opened is said to be damaged. The damaged file itself is never changed.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use redress_app::contract::NAMES;
use redress_app::roles::WHEN_DAMAGED;
use redress_store::{Condition, Store, StoreError, Unlocking};
use redress_tests::pictures::photo;
use redress_tests::{Desk, PASSPHRASE, Typed, World};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::store_gate::{self, reopen};

const PAGE: usize = 4096;
const ENTRIES_ON_A_PAGE_MAX: u64 = 16;

/// The data key, as whoever wraps it for the county gets to see it: deriving it from a passphrase for each page takes long.
fn key_of(dir: &TempDir) -> [u8; 32] {
    let mut seen = [0; 32];
    let mut store = reopen(dir).expect("a good store");
    let wrapped = store.put_county_slot(Vec::new(), |key| {
        seen = *key;
        Err(StoreError::Stopped)
    });
    assert!(wrapped.is_err(), "nothing is kept");
    seen
}

/// What became of a store with one bad page.
#[derive(Debug, Default)]
struct Tally {
    healed: usize,
    read_only: usize,
    unreadable: usize,
    /// Read, but without any entry: the page led to all others of the journal.
    roots: usize,
}

fn database(dir: &TempDir) -> PathBuf {
    dir.path().join("store/store.db")
}

fn put(path: &Path, bytes: &[u8]) {
    let _ = fs::remove_file(path.with_file_name("store.db-wal"));
    fs::write(path, bytes).expect("the database file");
}

#[test]
fn each_page_that_goes_bad_costs_at_most_what_stood_on_it_and_the_damaged_file_stays_as_it_was() {
    let dir = store_gate::filled();
    let (mut whole, path) = (reopen(&dir).expect("a good store"), database(&dir));
    let entries = whole.check(|_| ()).expect("a good store").entries;
    let rows = whole.dump_projections().expect("rows");
    drop(whole);
    let good = fs::read(&path).expect("the database file");
    let key = key_of(&dir);
    let reopen = |dir: &TempDir| Unlocking::by_key(key).open(&dir.path().join("store"));
    let mut tally = Tally::default();
    for page in 0..good.len() / PAGE {
        let mut bytes = good.clone();
        bytes[page * PAGE + 2000] ^= 0x10;
        put(&path, &bytes);
        match reopen(&dir) {
            Ok(mut store) => match store.condition().clone() {
                Condition::Sound => panic!("page {page} is not as it was written, and nobody noticed"),
                Condition::Healed { kept } => {
                    tally.healed += 1;
                    assert_eq!(store.dump_projections().expect("rows"), rows, "page {page}");
                    assert!(store.check(|_| ()).expect("every page").is_ok(), "page {page}");
                    assert!(fs::read(&kept).expect("the damaged file") == bytes, "page {page}");
                    fs::remove_file(kept).expect("it is looked at no more");
                }
                Condition::ReadOnly(rescued) => {
                    tally.read_only += 1;
                    let read = rescued.entries + rescued.aside;
                    assert_eq!(read + rescued.lost, entries, "page {page}: {rescued:?}");
                    tally.roots += usize::from(rescued.lost == entries);
                    let own = rescued.lost <= ENTRIES_ON_A_PAGE_MAX || rescued.lost == entries;
                    assert!(own, "page {page} hides more than stood on it: {rescued:?}");
                    store.dump_projections().expect("what can be read is shown");
                    let write = store.write::<_, StoreError>(|gate| gate.count_up("bundle"));
                    assert_eq!(write.unwrap_err().code(), "store_read_only");
                    drop(store);
                    assert!(fs::read(&path).expect("the database file") == bytes, "page {page}: only read");
                }
            },
            Err(error) => {
                tally.unreadable += 1;
                assert_eq!(error.code(), "store_damaged", "page {page}");
                assert!(fs::read(&path).expect("the database file") == bytes, "page {page}: left as it was");
            }
        }
        assert!(!dir.path().join("store/reading").exists(), "page {page}: nothing is left behind");
    }
    put(&path, &good);
    let store: Store = reopen(&dir).expect("a good store");
    assert_eq!(store.condition(), &Condition::Sound);
    assert!(tally.unreadable < 12 && tally.roots <= 1 && tally.read_only > 0, "most pages cost little: {tally:?}");
    assert!(tally.healed > tally.read_only, "most of a store can be made anew: {tally:?}");
}

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };
const COMPLAINTS: usize = 300;

/// A station with many complaints that its county knows, closed.
fn busy_station(seed: u64) -> (World, Vec<String>) {
    let mut world = World::acquainted(1, seed);
    let desk = &mut world.stations[0];
    let ids = (0..COMPLAINTS).map(|_| desk.register(&SEEDS)).collect();
    desk.lock();
    (world, ids)
}

fn open(desk: &mut Desk) -> Result<Value, String> {
    desk.ask("store.open", json!({"dir": desk.dir, "passphrase": PASSPHRASE})).map_err(|error| error.code)
}

/// Turns one page after the other bad until the store opens as wanted, and leaves it open like that; gives the page, the
/// good file and the state.
fn bad_page(desk: &mut Desk, wanted: impl Fn(&Value) -> bool) -> (usize, Vec<u8>, Value) {
    let path = desk.dir.join("store.db");
    let good = fs::read(&path).expect("the database file");
    for page in (1..good.len() / PAGE).rev() {
        put(&path, &with_bad_page(&good, page));
        match open(desk) {
            Ok(state) if wanted(&state) => return (page, good, state),
            _ => desk.lock(),
        }
        let _ = fs::remove_file(desk.dir.join("store-damaged-1.db"));
    }
    panic!("no page has this effect");
}

fn with_bad_page(good: &[u8], page: usize) -> Vec<u8> {
    let mut bytes = good.to_vec();
    bytes[page * PAGE + 100] ^= 0x55;
    bytes
}

fn loses_some(state: &Value) -> bool {
    state["read_only"]["lost"].as_u64().is_some_and(|lost| lost > 0 && lost <= ENTRIES_ON_A_PAGE_MAX)
}

fn is_healed(state: &Value) -> bool {
    state["notices"].as_array().is_some_and(|notices| notices.iter().any(|notice| notice["code"] == "store_healed"))
}

#[test]
fn a_damaged_store_is_shown_as_far_as_it_can_be_read_and_every_command_that_writes_says_why_not() {
    let (mut world, ids) = busy_station(881);
    let mut nobody = Desk::closed(world.stations[0].host.clone(), world.stick("nobody"));
    let desk = &mut world.stations[0];
    let (page, good, state) = bad_page(desk, loses_some);
    let may = state["may"].as_array().cloned().unwrap_or_default();
    for command in NAMES {
        let asked_at_the_door = nobody.ask(command, json!({})).is_ok_and(|_| true)
            || nobody.ask(command, json!({})).is_err_and(|error| error.code != "not_signed_in");
        if asked_at_the_door {
            continue;
        }
        let reads = WHEN_DAMAGED.contains(command);
        assert_eq!(may.contains(&json!(command)), reads, "{command}");
        let code = desk.ask(command, json!({})).err().map(|error| error.code).unwrap_or_default();
        assert_eq!(code == "store_read_only", !reads, "{command}: {code}");
        assert_ne!(code, "internal", "{command}");
    }
    let readable = ids.iter().filter(|id| desk.ask("complaint.get", json!({"id": id})).is_ok()).count();
    assert!(readable > 0 && readable < COMPLAINTS, "{readable}");
    let found = desk.tell("search", json!({"text": "玉米种子", "limit": 20}));
    assert_eq!(found.as_array().map(Vec::len), Some(20), "the search works too");
    assert_eq!(desk.tell("app.state", json!({}))["read_only"], state["read_only"]);
    desk.lock();
    assert!(!desk.dir.join("reading").exists());
    assert!(fs::read(desk.dir.join("store.db")).expect("the file") == with_bad_page(&good, page), "only read");
}

#[test]
fn what_can_be_read_of_a_damaged_store_reaches_the_county_in_a_rescue_bundle() {
    let (mut world, ids) = busy_station(882);
    let out = world.stick("rescue");
    let desk = &mut world.stations[0];
    let (_, _, state) = bad_page(desk, loses_some);
    let shown = &state["read_only"];
    let rescue = json!({"dir": shown["dir"], "operator": null, "passphrase": PASSPHRASE, "out": out});
    let report = desk.tell("backup.rescue", rescue);
    for count in ["entries", "aside", "lost"] {
        assert_eq!(report[count], shown[count], "{count}: what was shown is what is rescued");
    }
    let bundle = report["bundle"].as_str().expect("a bundle for the county").to_owned();
    let merged = world.county.merge(&[&bundle]);
    assert_eq!(merged.refused, 0, "{merged:?}");
    let arrived = ids.iter().filter(|id| world.county.ask("complaint.get", json!({"id": id})).is_ok()).count();
    assert!(arrived > 0 && arrived < COMPLAINTS, "{arrived}");
}

#[test]
fn a_store_of_which_nothing_is_lost_is_made_anew_with_one_notice_and_goes_on_in_the_same_life() {
    let (mut world, ids) = busy_station(883);
    let desk = &mut world.stations[0];
    let epoch = |desk: &Desk| Store::open(&desk.dir, None, PASSPHRASE).expect("a store").0.identity().epoch;
    let before = epoch(desk);
    let (page, good, state) = bad_page(desk, is_healed);
    assert_eq!(state["read_only"], Value::Null);
    assert_eq!(desk.tell("check", json!({}))["ok"], json!(true));
    let kept = desk.dir.join("store-damaged-1.db");
    assert!(fs::read(&kept).expect("the damaged file is kept") == with_bad_page(&good, page));
    desk.register(&SEEDS);
    desk.lock();
    assert_eq!(epoch(desk), before);
    let state = open(desk).expect("a sound store");
    assert!(!is_healed(&state), "said once");
    world.carry_in(0);
    assert_eq!(world.county.page(&ids[0])["input"]["goods_name"], "玉米种子");
}

#[test]
fn damage_that_is_met_while_somebody_works_turns_the_open_store_into_one_that_is_only_read() {
    let (mut world, _) = busy_station(884);
    let desk = &mut world.stations[0];
    let (page, good, _) = bad_page(desk, loses_some);
    desk.lock();
    let path = desk.dir.join("store.db");
    put(&path, &good);
    assert_eq!(open(desk).expect("a good store")["read_only"], Value::Null);
    fs::write(&path, with_bad_page(&good, page)).expect("the database file");
    assert_eq!(desk.refused("check", json!({})), "store_damaged");
    assert!(loses_some(&desk.tell("app.state", json!({}))));
    assert_eq!(desk.refused("complaint.register", json!({})), "store_read_only");
}

const PHOTOS: usize = 5;
/// A photo of these takes more pages than this.
const STRIDE: usize = 8;

/// A station with a case and its photos, closed.
fn station_with_photos(seed: u64) -> World {
    let mut world = World::acquainted(1, seed);
    let desk = &mut world.stations[0];
    let complaint = desk.register(&SEEDS);
    for number in 0..PHOTOS as u64 {
        let about = json!({"complaint": complaint, "name": "IMG_0001.jpg"});
        let content = STANDARD.encode(photo(seed + number, (640, 480)));
        desk.tell("evidence.add", json!({"about": about, "content": content}));
    }
    desk.lock();
    world
}

/// In what state the store of a closed desk is, and how many photos are there.
fn photos_left(desk: &Desk) -> Option<(Condition, usize)> {
    let (store, _) = Store::open(&desk.dir, None, PASSPHRASE).ok()?;
    let named = store.attachments_named(&[store.identity().office]).expect("the records of photos");
    Some((store.condition().clone(), named.iter().filter(|photo| photo.size.is_some()).count()))
}

/// Turns pages bad until exactly one photo is hit, and nothing else; gives the page.
fn page_of_a_photo(desk: &Desk, good: &[u8], mut pages: impl Iterator<Item = usize>) -> usize {
    let hits = |page: &usize| {
        put(&desk.dir.join("store.db"), &with_bad_page(good, *page));
        let left = photos_left(desk);
        let _ = fs::remove_file(desk.dir.join("store-damaged-1.db"));
        left.is_some_and(|(condition, left)| condition != Condition::Sound && left == PHOTOS - 1)
    };
    pages.find(hits).expect("photos take many pages")
}

/// Two bad sectors cost two photos, and not all that lie between them.
#[test]
fn a_photo_that_cannot_be_read_hides_no_other_one() {
    let mut world = station_with_photos(886);
    let desk = &mut world.stations[0];
    let path = desk.dir.join("store.db");
    let good = fs::read(&path).expect("the database file");
    let pages = good.len() / PAGE;
    let first = page_of_a_photo(desk, &good, (1..pages).step_by(STRIDE));
    let last = page_of_a_photo(desk, &good, (1..pages).rev().step_by(STRIDE));
    put(&path, &with_bad_page(&with_bad_page(&good, first), last));
    let (condition, left) = photos_left(desk).expect("what can be read is shown");
    assert_eq!(left, PHOTOS - 2, "{condition:?}");
    assert!(
        matches!(condition, Condition::ReadOnly(rescued) if rescued.lost == 0),
        "{condition:?}: nobody else has them"
    );
}

/// What the county has said that it has is not lost: the station works on, and is sent it again.
#[test]
fn a_photo_that_cannot_be_read_and_lies_at_the_county_stops_nobody_and_comes_again() {
    let mut world = station_with_photos(887);
    world.stations[0].unlock();
    world.round_trip();
    let desk = &mut world.stations[0];
    desk.lock();
    let good = fs::read(desk.dir.join("store.db")).expect("the database file");
    let page = page_of_a_photo(desk, &good, (1..good.len() / PAGE).rev().step_by(STRIDE));
    put(&desk.dir.join("store.db"), &with_bad_page(&good, page));
    let (condition, _) = photos_left(desk).expect("a store");
    assert!(matches!(condition, Condition::Healed { .. }), "{condition:?}");
    desk.unlock();
    desk.register(&SEEDS);
    world.round_trip();
    let desk = &mut world.stations[0];
    desk.lock();
    assert_eq!(photos_left(desk), Some((Condition::Sound, PHOTOS)));
}

/// Nothing is written over a store that was edited by hand, also when it is damaged besides.
#[test]
fn a_rescue_does_not_wash_an_edited_journal_clean() {
    let (mut world, _) = busy_station(885);
    let desk = &mut world.stations[0];
    let (store, _) = Store::open(&desk.dir, None, PASSPHRASE).expect("a store");
    let sql = "UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), '玉米种子', '大豆种子') AS BLOB)
               WHERE place & 255 = 40 AND instr(CAST(body AS TEXT), '玉米种子')";
    redress_store::by_hand::edit(&store, sql).expect("whoever has the key may write");
    drop(store);
    bad_page(desk, is_healed);
    let report = desk.tell("check", json!({}));
    assert_eq!(report["chains_broken"].as_array().map(Vec::len), Some(1), "{report}");
}

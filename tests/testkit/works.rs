//! Works that may be interrupted: what a process does that is killed at any moment, and what may then be there.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redress_store::{Condition, Store};
use serde_json::{Value, json};

use crate::pictures::photo;
use crate::world::MORNING;
use crate::{Desk, PASSPHRASE, TestHost, Typed, World, copy_folder};

/// Bytes of a page of a database.
const PAGE: usize = 4096;

/// A folder that stands for a PC with its stick.
pub struct Place(PathBuf);

/// One thing that somebody does at a desk.
type Step = fn(&mut Desk, &Place);

/// How a process begins.
#[derive(Clone, Copy)]
pub enum Begin {
    /// It opens the store that is there.
    Open,
    /// It makes a store: the command, and what the form says. That is the first step.
    Make(&'static str, fn(&Place) -> Value),
}

/// A piece of work that may be interrupted.
pub struct Work {
    /// Its name, by which a process is told to do it.
    pub name: &'static str,
    /// Fills a place with what is there before.
    pub prepare: fn(&Place),
    begin: Begin,
    /// What is done then. Each step is one transaction, but for `order`.
    steps: &'static [Step],
    /// What a step writes one after the other: after a kill the first of these groups of parts may be new, and the
    /// others old. Nothing: a step is one transaction.
    pub order: &'static [&'static [&'static str]],
    /// Done again from the beginning whatever was done, because doing it twice is as good as once; else whoever was
    /// interrupted goes on with the first step that was not done.
    pub repeated: bool,
    /// Parts that may hold more when something half done was done again.
    pub grows: &'static [&'static str],
}

/// Everything that is done while the power may fail. A new one is one more entry here and one more test.
pub const WORKS: &[Work] = &[
    Work {
        name: "desk",
        prepare: station,
        begin: Begin::Open,
        steps: &[register, accept, mediate, agree, recover, consult],
        order: &[],
        repeated: false,
        grows: &[],
    },
    Work {
        name: "export",
        prepare: station,
        begin: Begin::Open,
        steps: &[|desk, place| drop(desk.export(&place.stick()))],
        order: &[&["seals"], &["stick"], &["exported"], &["folder"]],
        repeated: true,
        grows: &["stick"],
    },
    Work {
        name: "merge",
        prepare: county,
        begin: Begin::Open,
        steps: &[|desk, place| drop(desk.merge(&[place.incoming()]))],
        order: &[],
        repeated: true,
        grows: &[],
    },
    Work {
        name: "rebuild",
        prepare: county,
        begin: Begin::Open,
        steps: &[|desk, _| drop(desk.tell("rebuild", json!({})))],
        order: &[],
        repeated: true,
        grows: &[],
    },
    Work {
        name: "undo",
        prepare: merged_county,
        begin: Begin::Open,
        steps: &[undo],
        order: &[],
        repeated: false,
        grows: &[],
    },
    Work {
        name: "migrate",
        prepare: earlier_program,
        begin: Begin::Open,
        steps: &[|desk, _| drop(desk.tell("home.today", json!({})))],
        order: &[],
        repeated: true,
        grows: &[],
    },
    Work {
        name: "evidence",
        prepare: station_with_photo,
        begin: Begin::Open,
        steps: &[add_photo, save_photo],
        order: &[],
        repeated: false,
        grows: &[],
    },
    Work {
        name: "heal",
        prepare: damaged_station,
        begin: Begin::Open,
        steps: &[|desk, _| drop(desk.tell("home.today", json!({})))],
        order: &[],
        repeated: true,
        grows: &[],
    },
    Work {
        name: "invite",
        prepare: county,
        begin: Begin::Open,
        steps: &[invite],
        order: &[&["journal", "rows", "heard"], &["invitations", "seals"], &["stick"]],
        repeated: false,
        grows: &["invitations"],
    },
    Work {
        name: "county.create",
        prepare: nobody,
        begin: Begin::Make("county.create", |place| {
            json!({
                "name": "桓台县消费者权益保护委员会", "area_code": "370321", "operator_name": "孙主任",
                "passphrase": PASSPHRASE, "dir": place.store(),
            })
        }),
        steps: &[register],
        order: &[],
        repeated: false,
        grows: &[],
    },
    Work {
        name: "office.join",
        prepare: nobody,
        begin: Begin::Make("office.join", |place| {
            json!({
                "invitation": place.incoming().join("370321-0101.invite"), "operator_name": "站员",
                "passphrase": PASSPHRASE, "dir": place.store(),
            })
        }),
        steps: &[register],
        order: &[],
        repeated: false,
        grows: &[],
    },
];

impl Place {
    /// A place in a folder.
    pub fn new(root: &Path) -> Self {
        Self(root.to_owned())
    }

    /// The folder of all of it.
    pub fn root(&self) -> &Path {
        &self.0
    }

    /// The folder of the store.
    pub fn store(&self) -> PathBuf {
        self.0.join("store")
    }

    /// Where files go.
    pub fn stick(&self) -> PathBuf {
        self.0.join("stick")
    }

    /// Where files come from.
    pub fn incoming(&self) -> PathBuf {
        self.0.join("incoming")
    }
}

impl Work {
    /// A work by its name.
    pub fn named(name: &str) -> &'static Self {
        WORKS.iter().find(|work| work.name == name).unwrap_or_else(|| panic!("no work is called {name}"))
    }

    /// Whether it makes the store that it is done in.
    pub fn makes_its_store(&self) -> bool {
        matches!(self.begin, Begin::Make(..))
    }

    /// How many steps it has.
    pub fn steps(&self) -> usize {
        self.steps.len() + usize::from(self.makes_its_store())
    }

    /// Does the steps from `from` on, and tells after each. The same `attempt` draws the same ids, whatever was drawn
    /// before.
    pub fn run(&self, place: &Place, (from, attempt): (usize, u64), mut after: impl FnMut(&mut Desk)) {
        let host = Arc::new(TestHost::new(0, MORNING, place.root().join("data")));
        let seed = |step: usize| 1_000 * attempt + u64::try_from(step).unwrap_or(0);
        let (mut desk, first) = match self.begin {
            Begin::Make(command, form) if from == 0 => {
                host.reseed(seed(0));
                let mut desk = Desk::begin(host.clone(), place.store(), command, form(place));
                after(&mut desk);
                (desk, 1)
            }
            _ => (Desk::open(host.clone(), place.store()), from),
        };
        for (step, number) in self.steps.iter().zip(usize::from(self.makes_its_store())..) {
            if number >= first {
                host.reseed(seed(number));
                step(&mut desk, place);
                after(&mut desk);
            }
        }
    }
}

fn empty(place: &Place) {
    for folder in [place.stick(), place.incoming()] {
        fs::create_dir_all(folder).expect("a folder of tests");
    }
    fs::write(place.stick().join("holiday.jpg"), "not ours").expect("a folder of tests");
}

fn settle(desk: &mut Desk, place: &Place) {
    desk.lock();
    copy_folder(&desk.dir, &place.store());
}

fn case(desk: &mut Desk, consumer: &str) -> String {
    let complaint = desk.register(&Typed { received_on: "2026-11-02", consumer, goods: "玉米种子" });
    desk.accept(&complaint, "2026-11-04");
    complaint
}

fn station(place: &Place) {
    empty(place);
    let mut world = World::acquainted(1, 501);
    for consumer in ["王小麦", "赵小豆", "李高粱"] {
        case(&mut world.stations[0], consumer);
    }
    settle(&mut world.stations[0], place);
}

/// A county with the bundles of two stations at the door, one of them with something to decide in it.
fn county(place: &Place) {
    empty(place);
    let mut world = World::acquainted(2, 502);
    let complaint = case(&mut world.stations[0], "王小麦");
    world.round_trip();
    world.county.amend(&complaint, |form| form.goods_name = "小麦种子".into());
    world.stations[0].amend(&complaint, |form| form.goods_name = "玉米种子（改）".into());
    case(&mut world.stations[0], "赵小豆");
    for station in &mut world.stations {
        let complaint = case(station, "李高粱");
        station.mediate(&complaint, "2026-11-06");
        station.recover(&complaint, "1200.50", "2026-11-06");
        station.export(&place.incoming());
    }
    settle(&mut world.county, place);
}

/// The same after the bundles were merged.
fn merged_county(place: &Place) {
    county(place);
    let mut desk = Desk::open(Arc::new(TestHost::new(0, MORNING, place.root().join("data"))), place.store());
    desk.merge(&[place.incoming()]);
    desk.lock();
}

/// A store as an earlier program left it.
fn earlier_program(place: &Place) {
    empty(place);
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("old-stores/schema-1/station");
    copy_folder(&kept, &place.store());
}

/// A station, and a photo that somebody brought.
fn station_with_photo(place: &Place) {
    station(place);
    fs::write(place.incoming().join("IMG_0001.jpg"), photo(505, (640, 480))).expect("a folder of tests");
}

fn add_photo(desk: &mut Desk, place: &Place) {
    let about = json!({"complaint": newest(desk), "name": "IMG_0001.jpg"});
    desk.tell("evidence.add", json!({"about": about, "path": place.incoming().join("IMG_0001.jpg")}));
}

fn save_photo(desk: &mut Desk, place: &Place) {
    let complaint = newest(desk);
    let photo = desk.page(&complaint)["evidence"][0]["id"].clone();
    desk.tell("evidence.save", json!({"id": photo, "out": place.stick(), "reason": "移送"}));
}

/// A station whose power failed: a page of its database is bad where everything can be made anew, and what was typed last
/// stands beside the database only.
fn damaged_station(place: &Place) {
    empty(place);
    let mut world = World::acquainted(1, 504);
    let desk = &mut world.stations[0];
    case(desk, "王小麦");
    desk.lock();
    desk.unlock();
    case(desk, "赵小豆");
    copy_folder(&desk.dir, &place.store());
    fs::remove_file(place.store().join("store.db-shm")).expect("an open store has one");
    let tried = place.root().join("tried");
    let good = fs::read(place.store().join("store.db")).expect("the database file");
    let bad = (1..good.len() / PAGE)
        .rev()
        .map(|page| with_bad_page(&good, page))
        .find(|bytes| is_healed(&tried, place, bytes));
    fs::write(place.store().join("store.db"), bad.expect("such a page")).expect("a folder of tests");
    let _ = fs::remove_dir_all(tried);
}

fn with_bad_page(good: &[u8], page: usize) -> Vec<u8> {
    let mut bytes = good.to_vec();
    bytes[page * PAGE + 100] ^= 0x55;
    bytes
}

fn is_healed(tried: &Path, place: &Place, bytes: &[u8]) -> bool {
    let _ = fs::remove_dir_all(tried);
    copy_folder(&place.store(), tried);
    fs::write(tried.join("store.db"), bytes).expect("a folder of tests");
    let opened = Store::open(tried, None, PASSPHRASE);
    opened.is_ok_and(|(store, _)| matches!(store.condition(), Condition::Healed { .. }))
}

/// An invitation, and a folder in which somebody keeps something else.
fn nobody(place: &Place) {
    empty(place);
    let world = World::of(1, 503);
    copy_folder(&world.stick("invitations"), &place.incoming());
    fs::create_dir_all(place.store()).expect("a folder of tests");
    fs::write(place.store().join("notes.txt"), "not ours").expect("a folder of tests");
}

fn register(desk: &mut Desk, _: &Place) {
    desk.register(&Typed { received_on: "2026-11-20", consumer: "钱大米", goods: "玉米种子" });
}

/// The case that this work has registered: the newest.
fn newest(desk: &mut Desk) -> String {
    let list = desk.tell("complaint.list", json!({"open_only": false, "limit": 1}));
    list["rows"][0]["id"].as_str().expect("a case is there").to_owned()
}

fn accept(desk: &mut Desk, _: &Place) {
    let complaint = newest(desk);
    desk.accept(&complaint, "2026-11-20");
}

fn mediate(desk: &mut Desk, _: &Place) {
    let complaint = newest(desk);
    desk.step(&complaint, "mediation", "2026-11-21", &json!({"outcome": "agreed"}));
}

fn agree(desk: &mut Desk, _: &Place) {
    let complaint = newest(desk);
    let form = json!({"agreement_form": "AF01", "performance": "PF01"});
    desk.step(&complaint, "agreement", "2026-11-21", &form);
}

fn recover(desk: &mut Desk, _: &Place) {
    let complaint = newest(desk);
    desk.recover(&complaint, "88.80", "2026-11-21");
}

fn consult(desk: &mut Desk, _: &Place) {
    desk.consult("2026-11-22", "玉米种子怎么退");
}

/// Takes the newest import back.
fn undo(desk: &mut Desk, _: &Place) {
    let imports = desk.tell("import.list", json!({}));
    let open = imports.as_array().into_iter().flatten().find(|import| import["undone_at"].is_null());
    let newest = open.expect("an import is there")["id"].clone();
    desk.tell("import.undo", json!({"id": newest, "reason": "站点发错了"}));
}

fn invite(desk: &mut Desk, place: &Place) {
    let form = json!({"kind": "station", "code": "0117", "name": "第十七联络站", "out": place.stick()});
    desk.tell("office.invite", form);
}

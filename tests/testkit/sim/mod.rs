//! The county simulation: one seed drives offices, people, sticks, PCs and clocks through a history in which everything
//! goes wrong that goes wrong on the road; then the county heals, and the promises are checked.
//!
//! * [`chance`]: from a seed to what happens next · `people`: what is typed · `road`: what is carried
//! * `faults`: what goes wrong · `heal`: everybody exchanges bundles until nobody has anything new · `promises`: what holds

pub mod chance;
mod faults;
mod heal;
mod people;
mod promises;
mod road;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use chance::Chance;
use redress_journal::{EntryId, LogId};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{Desk, PASSPHRASE, TestHost};

/// How large a history is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Stations.
    pub stations: usize,
    /// Town branches.
    pub branches: usize,
    /// Things that happen.
    pub events: usize,
}

impl Size {
    /// Two stations and two dozen events: thousands of these in a run of the tests.
    pub const SHORT: Self = Self { stations: 2, branches: 0, events: 24 };
    /// So many events that one fault meets the traces of another.
    pub const LONG: Self = Self { stations: 2, branches: 1, events: 90 };
    /// The reference county: 70 stations, 9 branches.
    pub const COUNTY: Self = Self { stations: 70, branches: 9, events: 1500 };
}

/// What happened in one history, or in many.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Histories.
    pub histories: u64,
    /// Entries that the county holds in the end.
    pub entries: u64,
    /// Photos and documents that are held in the end.
    pub attachments: u64,
    /// Bundles written.
    pub bundles: u64,
    /// Merges that took something in.
    pub merges: u64,
    /// Bundles refused, rightly.
    pub refused: u64,
    /// Things that stood in the county's decision list in the end.
    pub to_decide: u64,
    /// Rounds of exchange until nobody had anything new.
    pub rounds: u64,
    /// Faults by kind.
    pub faults: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// Adds another one.
    pub fn add(&mut self, other: &Self) {
        self.histories += other.histories;
        self.entries += other.entries;
        self.attachments += other.attachments;
        self.bundles += other.bundles;
        self.merges += other.merges;
        self.refused += other.refused;
        self.to_decide += other.to_decide;
        self.rounds += other.rounds;
        for (kind, count) in &other.faults {
            *self.faults.entry(kind).or_default() += count;
        }
    }
}

/// One entry, wherever it is held.
pub(crate) type Held = BTreeSet<(LogId, u64, EntryId)>;

/// A PC at an office.
pub(crate) struct Actor {
    pub desk: Desk,
    /// 0: the county.
    pub office: usize,
    /// Copies of the store's folder that somebody put away.
    pub backups: Vec<PathBuf>,
}

/// An office, and what its people know of.
pub(crate) struct Office {
    pub code: String,
    pub kind: &'static str,
    pub complaints: Vec<String>,
}

/// A history.
pub struct Simulation {
    chance: Chance,
    folder: TempDir,
    seed: u64,
    hosts: u64,
    offices: Vec<Office>,
    actors: Vec<Actor>,
    /// Every bundle that was ever written and still exists somewhere.
    bundles: Vec<PathBuf>,
    /// Everything that the county ever held, in whatever life.
    county_ever: Held,
    /// Things typed so far: each text is different.
    typed: u64,
    tally: Tally,
    /// Hears what happens, when somebody wants to know.
    listener: Option<fn(&str)>,
}

const MORNING: &str = "2026-11-23T09:00:00+08:00";

/// Runs the history of a seed and checks every promise; panics with the seed when one is broken.
pub fn run(seed: u64, size: Size) -> Tally {
    play(Simulation::begin(seed, size), size)
}

/// The same, told line by line.
pub fn retell(seed: u64, size: Size, listener: fn(&str)) -> Tally {
    let mut simulation = Simulation::begin(seed, size);
    simulation.listener = Some(listener);
    play(simulation, size)
}

fn play(mut simulation: Simulation, size: Size) -> Tally {
    for _ in 0..size.events {
        simulation.something_happens();
    }
    simulation.heal();
    simulation.late_sticks_change_nothing();
    simulation.check_promises();
    simulation.tally.histories = 1;
    simulation.tally
}

fn clipped(value: &Value) -> String {
    const MOST: usize = 2_000;
    value.to_string().chars().take(MOST).collect()
}

/// The folder for a history: in memory where there is such a place, because a history flushes thousands of files.
fn folder() -> TempDir {
    let memory = std::path::Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.or_else(|_| tempfile::tempdir()).expect("a temporary folder")
}

impl Simulation {
    fn begin(seed: u64, size: Size) -> Self {
        let mut simulation = Self {
            chance: Chance::new(seed),
            folder: folder(),
            seed,
            hosts: 0,
            offices: vec![Office { code: "0000".to_owned(), kind: "county", complaints: Vec::new() }],
            actors: Vec::new(),
            bundles: Vec::new(),
            county_ever: Held::new(),
            typed: 0,
            tally: Tally::default(),
            listener: None,
        };
        let dir = simulation.folder.path().join("county");
        let payload = json!({
            "name": "桓台县消费者权益保护委员会", "area_code": "370321", "operator_name": "孙主任",
            "passphrase": PASSPHRASE, "dir": dir,
        });
        let host = simulation.host();
        let desk = Desk::begin(host, dir, "county.create", payload);
        simulation.actors.push(Actor { desk, office: 0, backups: Vec::new() });
        for number in 1..=size.branches {
            simulation.offices.push(Office { code: format!("{number:02}00"), kind: "branch", complaints: Vec::new() });
            simulation.join(simulation.offices.len() - 1);
        }
        for number in 1..=size.stations {
            simulation.offices.push(Office { code: format!("20{number:02}"), kind: "station", complaints: Vec::new() });
            simulation.join(simulation.offices.len() - 1);
        }
        simulation
    }

    /// A host of its own for every PC.
    fn host(&mut self) -> Arc<TestHost> {
        self.hosts += 1;
        let host = TestHost::new(
            self.seed.wrapping_mul(10_000).wrapping_add(self.hosts),
            MORNING,
            self.folder.path().to_owned(),
        );
        host.set_machine(&format!("pc-{}", self.hosts));
        Arc::new(host)
    }

    /// A PC joins an office by an invitation of the county.
    pub(crate) fn join(&mut self, office: usize) {
        let (code, kind) = (self.offices[office].code.clone(), self.offices[office].kind);
        self.actors.iter().take(1).for_each(|county| county.desk.host.set_clock(MORNING));
        let invitations = self.folder.path().join("invitations");
        std::fs::create_dir_all(&invitations).expect("the temporary folder can be written");
        let invited = self.actors[0].desk.tell(
            "office.invite",
            json!({"kind": kind, "code": code, "name": format!("机构{code}"), "out": invitations}),
        );
        let host = self.host();
        let dir = self.folder.path().join(format!("pc-{}", self.hosts));
        let payload = json!({
            "invitation": invited["path"], "operator_name": format!("站员{code}-{}", self.hosts),
            "passphrase": PASSPHRASE, "dir": dir,
        });
        let desk = Desk::begin(host, dir, "office.join", payload);
        self.actors.push(Actor { desk, office, backups: Vec::new() });
    }

    fn something_happens(&mut self) {
        enum Event {
            Typing,
            Carrying,
            Fault,
        }
        match self.chance.weighted(&[(12, Event::Typing as u8), (9, Event::Carrying as u8), (4, Event::Fault as u8)]) {
            0 => self.somebody_types(),
            1 => self.somebody_carries(),
            _ => self.something_goes_wrong(),
        }
    }

    fn some_actor(&mut self) -> usize {
        self.chance.below(self.actors.len())
    }

    fn some_station(&mut self) -> usize {
        1 + self.chance.below(self.actors.len() - 1)
    }

    fn note(&mut self, fault: &'static str) {
        self.tell(|| format!("FAULT {fault}"));
        *self.tally.faults.entry(fault).or_default() += 1;
    }

    /// Runs a command; a refusal must be one of those that can be right here.
    fn ask(&mut self, actor: usize, command: &str, payload: Value) -> Option<Value> {
        const MAY_REFUSE: [&str; 22] = [
            "already_settled",
            "already_undone",
            "business_self",
            "cannot_force",
            "case_handed_over",
            "decision_gone",
            "import_missing",
            "invalid_input",
            "link_self",
            "loss_already_reversed",
            "medium_full",
            "not_county",
            "nothing_to_undo",
            "office_not_joined",
            "office_revoked",
            "record_changed",
            "record_missing",
            "step_impossible",
            "transfer_gone",
            "transfer_not_yours",
            "entry_missing",
            "path_missing",
        ];
        self.tell(|| format!("PC {actor} {command} {}", clipped(&payload)));
        let answer = self.actors[actor].desk.ask(command, payload);
        self.tell(|| format!("   {}", answer.as_ref().map_or_else(|error| error.code.clone(), clipped)));
        match answer {
            Ok(output) => Some(output),
            Err(error) if MAY_REFUSE.contains(&error.code.as_str()) => None,
            Err(error) => panic!("seed {}: {command}: {error:?}", self.seed),
        }
    }

    fn tell(&self, line: impl FnOnce() -> String) {
        if let Some(listener) = self.listener {
            listener(&line());
        }
    }

    fn text(&mut self, what: &str) -> String {
        self.typed += 1;
        format!("{what}{}", self.typed)
    }
}

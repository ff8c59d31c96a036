//! A process is killed while it works, at writes, flushes and renames drawn at random: the store opens, is sound, and is
//! as it was before or after a step, never between. Then the work is done again, and nothing is there twice.
//!
//! The children are `killpoints/desk.rs`, the works `testkit/works.rs`; `killpoints/shim.c` counts and kills. A kill keeps
//! what was written; a power cut loses what was not flushed, all of it or every other piece: each is drawn alike.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use redress_tests::{Kept, Place, Work, copy_folder};
use tempfile::TempDir;

const SEED: u64 = 41;
/// So many children are killed at each work; fewer where a store is made.
const KILLS: usize = 100;
const KILLS_MAKING: usize = 40;
const _: () = assert!(8 * KILLS + 3 * KILLS_MAKING >= 500, "a run has to kill so many");
/// The first and the last calls of a work are always tried.
const ENDS: usize = 3;

/// How a process ends at its last call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// Killed before the call.
    Before,
    /// Killed in the middle of it.
    Half,
    /// The power fails before the call: what was not flushed is lost.
    Dark,
    /// The power fails in the middle of it.
    HalfDark,
    /// The power fails before the call, and every other piece that was not flushed is lost.
    Torn,
}

const ENDINGS: [End; 5] = [End::Before, End::Half, End::Dark, End::HalfDark, End::Torn];

/// Random numbers from a seed.
struct Chance(blake3::OutputReader);

impl Chance {
    fn new(work: &Work) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&SEED.to_be_bytes());
        hasher.update(work.name.as_bytes());
        Self(hasher.finalize_xof())
    }

    fn below(&mut self, end: usize) -> usize {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        u32::from_be_bytes(bytes) as usize % end
    }
}

/// A work that is interrupted again and again.
struct Trial {
    work: &'static Work,
    folder: TempDir,
    shim: PathBuf,
    /// What is kept before the first step, and after each.
    states: Vec<Kept>,
    /// The calls of a child that nobody kills, in order: what is done, and to which file.
    calls: Vec<String>,
}

/// What is there after a kill.
struct Found {
    /// So many steps are done.
    done: usize,
    /// The next one is done in part.
    between: bool,
    kept: Kept,
}

impl Trial {
    fn of(name: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let work = Work::named(name);
        let mut trial = Self { work, shim: shim(folder.path()), folder, states: Vec::new(), calls: Vec::new() };
        (work.prepare)(&trial.place("template"));
        trial.states = trial.undisturbed();
        trial.calls = trial.count();
        trial
    }

    fn place(&self, name: &str) -> Place {
        let root = self.folder.path().canonicalize().expect("a temporary folder").join(name);
        fs::create_dir_all(&root).expect("a temporary folder");
        Place::new(&root)
    }

    fn fresh(&self, name: &str) -> Place {
        let place = self.place(name);
        copy_folder(self.place("template").root(), place.root());
        place
    }

    fn kept(&self, place: &Place) -> Kept {
        let kept = Kept::at(place);
        if self.work.makes_its_store() { kept.without_keys() } else { kept }
    }

    /// Does the work with nobody in its way.
    fn undisturbed(&self) -> Vec<Kept> {
        let place = self.fresh("undisturbed");
        let mut states = vec![self.kept(&place)];
        self.work.run(&place, (0, 0), |desk| {
            desk.lock();
            states.push(self.kept(&place));
            desk.unlock();
        });
        assert_eq!(states.len(), self.work.steps() + 1);
        states
    }

    fn count(&self) -> Vec<String> {
        let place = self.fresh("counted");
        let log = self.folder.path().join("calls");
        let output = self.child(&place).env("KILL_LOG", &log).output().expect("the child starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        self.kept(&place).differences(&self.states[self.work.steps()]).is_empty().then_some(()).expect("the same end");
        let text = fs::read_to_string(log).expect("the shim is loaded and has counted");
        text.lines().map(|line| line.replace(&place.root().display().to_string(), "")).collect()
    }

    fn child(&self, place: &Place) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_killed-desk"));
        command.arg(self.work.name).arg(place.root());
        command.env("LD_PRELOAD", &self.shim).env("KILL_UNDER", place.root());
        command
    }

    /// Points to kill at: the first and the last calls, then each sort of call in its turn.
    fn points(&self, count: usize) -> Vec<(usize, End)> {
        let mut chance = Chance::new(self.work);
        let mut sorts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (call, number) in self.calls.iter().zip(1..) {
            sorts.entry(call).or_default().push(number);
        }
        let ends = (1..=ENDS).flat_map(|near| [near, self.calls.len() + 1 - near]);
        let mut points: BTreeSet<(usize, End)> = ends.map(|call| (call, End::Before)).collect();
        let sorts: Vec<Vec<usize>> = sorts.into_values().collect();
        let most = self.calls.len() * ENDINGS.len();
        for sort in sorts.iter().cycle() {
            if points.len() >= count.min(most / 2) {
                break;
            }
            points.insert((sort[chance.below(sort.len())], ENDINGS[chance.below(ENDINGS.len())]));
        }
        points.into_iter().collect()
    }

    /// Kills so many children, and looks at what each leaves behind.
    fn kill(&self, count: usize) {
        let points = self.points(count);
        let mut killed = 0;
        for (number, (call, end)) in points.iter().enumerate() {
            let name = self.calls.get(call - 1).map_or("", String::as_str);
            let when = format!("{} killed at call {call} of {} ({end:?}: {name})", self.work.name, self.calls.len());
            killed += usize::from(self.interrupt(number, (*call, *end), &when));
        }
        println!("{}: {killed} of {} kills at {} calls", self.work.name, points.len(), self.calls.len());
        assert!(killed >= count, "{}: only {killed} of {} children were killed", self.work.name, points.len());
    }

    /// Says whether the child was killed: one that has fewer calls than the counted one comes to its end.
    fn interrupt(&self, number: usize, (call, end): (usize, End), when: &str) -> bool {
        let place = self.fresh(&format!("killed-{number}"));
        let mut child = self.child(&place);
        child.env("KILL_AT", call.to_string());
        if [End::Half, End::HalfDark].contains(&end) {
            child.env("KILL_HALF", "1");
        }
        match end {
            End::Dark | End::HalfDark => drop(child.env("KILL_LOSE", "1")),
            End::Torn => drop(child.env("KILL_LOSE", "2")),
            End::Before | End::Half => {}
        }
        let output = child.output().expect("the child starts");
        let killed = output.status.signal() == Some(9);
        assert!(killed || output.status.success(), "{when}: {}", String::from_utf8_lossy(&output.stderr));
        let found = self.look(&place, when);
        self.do_it_again(&place, &found, when);
        fs::remove_dir_all(place.root()).expect("a temporary folder");
        killed
    }

    /// Finds the step after which the process was stopped.
    fn look(&self, place: &Place, when: &str) -> Found {
        assert!(unfinished(&place.stick()).len() <= 1, "{when}: {:?}", unfinished(&place.stick()));
        println!("{when}");
        let kept = self.kept(place);
        if let Some(done) = self.states.iter().rposition(|state| *state == kept) {
            return Found { done, between: false, kept };
        }
        for (done, pair) in self.states.windows(2).enumerate() {
            let groups = 1..self.work.order.len();
            if groups.map(|groups| pair[0].with(&self.work.order[..groups].concat(), &pair[1])).any(|it| it == kept) {
                return Found { done, between: true, kept };
            }
        }
        let told: Vec<_> = self.states.iter().map(|state| state.differences(&kept)).collect();
        panic!("{when}: this is the state after no step:\n{}", told.join("\n--\n"));
    }

    fn do_it_again(&self, place: &Place, found: &Found, when: &str) {
        let from = if self.work.repeated { 0 } else { found.done };
        if from < self.work.steps() {
            self.work.run(place, (from, u64::from(found.between)), |_| ());
        }
        let (kept, after) = (self.kept(place), &self.states[self.work.steps()]);
        let grown = kept.with(self.work.grows, after);
        assert!(grown == *after, "{when}, then done again:\n{}", after.differences(&grown));
        for part in self.work.grows {
            let lost: Vec<_> = found.kept.part(part).lines().filter(|line| !kept.part(part).contains(line)).collect();
            assert!(lost.is_empty(), "{when}, then done again: {part} has lost {lost:?}");
        }
        self.assert_swept(place, when);
    }

    /// Nothing half done is left anywhere, and nothing of the user's is gone.
    fn assert_swept(&self, place: &Place, when: &str) {
        assert_eq!(unfinished(&place.stick()), [""; 0], "{when}, then done again");
        assert_eq!(names(&place.store().join("staging")), [""; 0], "{when}, then done again");
        let mut expected = names(&self.place("template").store());
        expected.retain(|name| name != "store.db-wal");
        expected.extend(["keys.json", "lock", "store.db"].map(str::to_owned));
        let ours = ["staging", "backups", "witness.json", "store-schema-1.db"];
        let strange: Vec<_> = names(&place.store())
            .into_iter()
            .filter(|name| !expected.contains(name) && !ours.contains(&name.as_str()))
            .filter(|name| !name.starts_with("store-damaged-"))
            .collect();
        assert!(!names(&place.store().join("backups")).contains(&"unfinished".to_owned()), "{when}, then done again");
        assert!(strange.is_empty(), "{when}, then done again: {strange:?}");
        let gone: Vec<_> = expected.iter().filter(|name| !place.store().join(name).exists()).collect();
        assert!(gone.is_empty(), "{when}, then done again: {gone:?}");
    }
}

/// Compiles the shim.
fn shim(folder: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("killpoints/shim.c");
    let shim = folder.join("shim.so");
    let flags = ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC", "-pthread", "-o"];
    let output = Command::new("cc").args(flags).arg(&shim).arg(source).output().expect("a C compiler is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    shim
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

fn unfinished(folder: &Path) -> Vec<String> {
    names(folder).into_iter().filter(|name| name.ends_with(".part")).collect()
}

#[test]
fn a_desk_that_is_killed_has_each_step_whole_or_not_at_all() {
    Trial::of("desk").kill(KILLS);
}

#[test]
fn an_export_that_is_killed_leaves_a_whole_bundle_or_none_and_the_next_one_sweeps_up() {
    Trial::of("export").kill(KILLS);
}

#[test]
fn a_merge_that_is_killed_has_taken_all_bundles_or_none() {
    Trial::of("merge").kill(KILLS);
}

#[test]
fn a_rebuild_that_is_killed_loses_no_row() {
    Trial::of("rebuild").kill(KILLS);
}

#[test]
fn an_undo_that_is_killed_has_taken_the_whole_import_back_or_nothing_of_it() {
    Trial::of("undo").kill(KILLS);
}

#[test]
fn a_store_of_an_earlier_program_that_is_killed_while_it_is_brought_up_to_date_opens_all_the_same() {
    Trial::of("migrate").kill(KILLS_MAKING);
}

#[test]
fn evidence_that_is_killed_is_there_with_its_record_and_a_copy_of_it_is_whole_or_has_no_name() {
    Trial::of("evidence").kill(KILLS);
}

#[test]
fn a_damaged_store_that_is_killed_while_it_is_made_anew_keeps_what_was_typed_last() {
    Trial::of("heal").kill(KILLS);
}

#[test]
fn an_invitation_that_is_killed_leaves_a_whole_file_or_none_and_can_be_written_again() {
    Trial::of("invite").kill(KILLS);
}

#[test]
fn a_county_that_is_killed_while_it_is_founded_is_there_or_can_be_founded_again() {
    Trial::of("county.create").kill(KILLS_MAKING);
}

#[test]
fn an_office_that_is_killed_while_it_joins_is_there_or_can_join_again() {
    Trial::of("office.join").kill(KILLS_MAKING);
}

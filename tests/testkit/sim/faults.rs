//! What goes wrong: sticks, PCs, clocks, disks, versions, and people who take an import back.

use std::fs;
use std::path::PathBuf;

use redress_journal::{Change, Draft};
use redress_store::{Store, StoreError};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Actor, Simulation};
use crate::{Desk, PASSPHRASE, copy_folder};

type Fault = fn(&mut Simulation);

impl Simulation {
    pub(super) fn something_goes_wrong(&mut self) {
        let faults: [(usize, Fault); 15] = [
            (2, Self::a_stick_is_lost),
            (3, Self::a_bundle_is_damaged),
            (2, Self::a_stick_is_pulled_out),
            (1, Self::a_stick_is_full),
            (3, Self::a_clock_goes_wrong),
            (3, Self::somebody_puts_a_copy_away),
            (3, Self::a_copy_is_brought_back),
            (2, Self::a_whole_disk_is_brought_back),
            (2, Self::a_disk_is_cloned),
            (1, Self::a_pc_dies_and_is_replaced),
            (1, Self::an_office_gets_a_second_pc),
            (2, Self::the_power_fails),
            (2, Self::a_newer_program_writes),
            (2, Self::an_import_is_taken_back),
            (2, Self::a_device_is_revoked),
        ];
        let fault = self.chance.weighted(&faults);
        fault(self);
    }

    fn a_stick_is_lost(&mut self) {
        if !self.bundles.is_empty() {
            let at = self.chance.below(self.bundles.len());
            let lost = self.bundles.swap_remove(at);
            let _ = fs::remove_file(lost);
            self.note("stick lost");
        }
    }

    /// A byte is flipped or the file is cut; whoever merges it refuses it and stays as it was.
    fn a_bundle_is_damaged(&mut self) {
        let Some(bundle) = self.chance.pick(&self.bundles.clone()).cloned() else { return };
        let Ok(mut bytes) = fs::read(&bundle) else { return };
        if self.chance.once_in(2) {
            bytes.truncate(self.chance.below(bytes.len()));
            self.note("bundle cut");
        } else {
            let at = self.chance.below(bytes.len());
            bytes[at] ^= 1 << self.chance.below(8);
            self.note("bundle flipped");
        }
        let damaged = self.folder.path().join("damaged.redress");
        fs::write(&damaged, bytes).expect("the temporary folder can be written");
        let actor = self.some_actor();
        let before = self.chance.once_in(4).then(|| self.actors[actor].desk.look());
        let output = self.ask(actor, "bundle.merge", json!({"paths": [damaged]})).expect("a report");
        // Its header may be whole, and say that its content has been here before.
        let known = output["bundles"][0]["outcome"] == "already_merged";
        assert!(known || output["refused"] == 1, "seed {}: a damaged bundle was not refused: {output}", self.seed);
        assert_eq!(output["new_entries"], 0, "seed {}: a damaged bundle brought something", self.seed);
        if let Some(before) = before {
            before.assert_same(&self.actors[actor].desk.look(), "after a damaged bundle");
        }
    }

    /// Half a file stays behind; it is no bundle and stops nobody.
    fn a_stick_is_pulled_out(&mut self) {
        let Some(bundle) = self.chance.pick(&self.bundles.clone()).cloned() else { return };
        if let Ok(bytes) = fs::read(&bundle) {
            let unfinished = bundle.with_extension("redress.part");
            fs::write(unfinished, &bytes[..bytes.len() / 2]).expect("the temporary folder can be written");
            self.note("stick pulled out");
        }
    }

    /// Nothing is written to a stick that has no room for all of it, and the numbers go on.
    fn a_stick_is_full(&mut self) {
        let actor = self.some_station();
        let written = self.bundles.len();
        self.actors[actor].desk.host.set_free_bytes(Some(100));
        self.exports(actor);
        self.actors[actor].desk.host.set_free_bytes(None);
        assert_eq!(self.bundles.len(), written, "seed {}: a bundle went to a full stick", self.seed);
        self.note("stick full");
    }

    fn a_clock_goes_wrong(&mut self) {
        let year = *self.chance.pick(&["2001", "2026", "2026", "2031", "2099"]).expect("some years");
        let actor = self.some_actor();
        self.actors[actor].desk.host.set_clock(&format!("{year}-12-05T05:05:05+08:00"));
        self.note("clock set");
    }

    fn put_away(&mut self, actor: usize) -> PathBuf {
        self.hosts += 1;
        let copy = self.folder.path().join(format!("copy-{}", self.hosts));
        let actor = &mut self.actors[actor];
        actor.desk.lock();
        copy_folder(&actor.desk.dir, &copy);
        actor.desk.unlock();
        copy
    }

    fn somebody_puts_a_copy_away(&mut self) {
        let actor = self.some_actor();
        let copy = self.put_away(actor);
        self.tell(|| format!("PC {actor} is copied to {}", copy.display()));
        self.actors[actor].backups.push(copy);
    }

    /// The store's folder is replaced by an older copy; the witness outside it remembers.
    fn a_copy_is_brought_back(&mut self) {
        if self.bring_back(|_, _| ()) {
            self.note("copy restored");
        }
    }

    /// Everything of a PC is brought back, witnesses too: only others can notice.
    fn a_whole_disk_is_brought_back(&mut self) {
        let whole = |simulation: &mut Self, actor: usize| {
            simulation.hosts += 1;
            let fresh = simulation.folder.path().join(format!("witness-again-{}", simulation.hosts));
            simulation.actors[actor].desk.host.forget_witnesses(fresh);
        };
        if self.bring_back(whole) {
            self.note("disk restored");
        }
    }

    fn bring_back(&mut self, more: impl Fn(&mut Self, usize)) -> bool {
        let actor = self.some_actor();
        let Some(copy) = self.chance.pick(&self.actors[actor].backups.clone()).cloned() else { return false };
        self.tell(|| format!("PC {actor} is brought back from {}", copy.display()));
        self.remember_county(actor);
        self.actors[actor].desk.lock();
        more(self, actor);
        let desk = &mut self.actors[actor].desk;
        fs::remove_dir_all(&desk.dir).expect("the temporary folder can be written");
        copy_folder(&copy, &desk.dir);
        desk.unlock();
        true
    }

    /// What the county held so far counts as received, although it forgets it now.
    fn remember_county(&mut self, actor: usize) {
        if actor == 0 {
            let held = self.actors[0].desk.look().entries;
            self.county_ever.extend(held);
        }
    }

    /// Two PCs go on from one store; sooner or later somebody answers the question.
    fn a_disk_is_cloned(&mut self) {
        let actor = self.some_station();
        let copy = self.put_away(actor);
        let host = self.host();
        let office = self.actors[actor].office;
        if self.chance.once_in(3) {
            // The fingerprint is the same: nobody notices here.
            host.set_machine("pc-twin");
            self.actors[actor].desk.host.set_machine("pc-twin");
            self.actors[actor].desk.lock();
            self.actors[actor].desk.unlock();
        }
        let mut desk = Desk::open(host, copy);
        if self.chance.once_in(2) {
            desk.tell("device.settle", json!({"same_pc": false}));
        }
        self.actors.push(Actor { desk, office, backups: Vec::new() });
        self.note("disk cloned");
    }

    fn a_pc_dies_and_is_replaced(&mut self) {
        let actor = self.some_station();
        let office = self.actors[actor].office;
        self.actors.remove(actor);
        self.join(office);
        self.note("PC replaced");
    }

    fn an_office_gets_a_second_pc(&mut self) {
        if self.actors.len() < self.offices.len() + 3 {
            let office = 1 + self.chance.below(self.offices.len() - 1);
            self.join(office);
            self.note("second PC");
        }
    }

    /// The files as they are at this moment are all that is left of the program that had them open.
    fn the_power_fails(&mut self) {
        let actor = self.some_actor();
        self.hosts += 1;
        let left = self.folder.path().join(format!("after-{}", self.hosts));
        let before = self.actors[actor].desk.dir.clone();
        copy_folder(&before, &left);
        let host = self.actors[actor].desk.host.clone();
        self.actors[actor].desk.lock();
        self.actors[actor].desk = Desk::open(host, left);
        self.note("power cut");
    }

    /// Something that this program does not know is written by one that does.
    fn a_newer_program_writes(&mut self) {
        let actor = self.some_actor();
        let id = Uuid::from_u128(u128::from(self.typed + 1) << 64 | u128::from(self.hosts));
        let name = self.text("将来");
        let set = Map::from_iter([("name".to_owned(), Value::from(name))]);
        let desk = &mut self.actors[actor].desk;
        desk.lock();
        let (mut store, operator) = Store::open(&desk.dir, None, PASSPHRASE).expect("the desk has closed its store");
        let draft = Draft {
            kind: "dream",
            id,
            was: Vec::new(),
            change: Change::Set(set),
            op: operator,
            at: "2030-01-01T00:00:00+08:00".to_owned(),
        };
        let office = store.identity().office;
        store.write::<_, StoreError>(|gate| gate.append(office, &draft)).expect("a good write");
        drop(store);
        desk.unlock();
        self.note("newer program");
    }

    fn an_import_is_taken_back(&mut self) {
        let actor = self.some_actor();
        let imports = self.ask(actor, "import.list", json!({})).unwrap_or_default();
        let Some(import) = self.chance.pick(&imports.as_array().cloned().unwrap_or_default()).cloned() else { return };
        let command = if import["undone_at"].is_null() { "import.undo" } else { "import.redo" };
        let reason = self.text("撤销");
        if self.ask(actor, command, json!({"id": import["id"], "reason": reason})).is_some() {
            self.note("import undone or redone");
        }
    }

    /// A PC is thought to be stolen: from some point on it is not trusted. Sometimes that turns out to be wrong, or the
    /// point too early.
    fn a_device_is_revoked(&mut self) {
        let devices = self.devices();
        let Some(device) = self.chance.pick(&devices).cloned() else { return };
        let points = device["points"].as_array().cloned().unwrap_or_default();
        let point = self.chance.pick(&points).cloned().filter(|_| self.chance.once_in(2)).map(|mut point| {
            let seq = usize::try_from(point["seq"].as_u64().unwrap_or(0)).unwrap_or(0);
            point["seq"] = json!(self.chance.below(seq + 3));
            point
        });
        let reason = self.text("失窃");
        if !device["revoked"].is_null() && self.chance.once_in(2) {
            self.ask(0, "device.reinstate", json!({"device": device["id"], "reason": reason}));
        } else {
            self.ask(0, "device.revoke", json!({"device": device["id"], "reason": reason, "point": point}));
        }
        self.note("device revoked or trusted again");
    }

    /// The devices that are not the county's own, as the county sees them.
    pub(super) fn devices(&mut self) -> Vec<Value> {
        let offices = self.ask(0, "device.list", json!({})).unwrap_or_default();
        let all = offices.as_array().cloned().unwrap_or_default().into_iter();
        let all = all.filter(|office| office["kind"] != "county");
        all.flat_map(|office| office["devices"].as_array().cloned().unwrap_or_default()).collect()
    }
}

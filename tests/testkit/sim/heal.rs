//! Healing: clocks are set right, questions answered, imports brought back, and everybody exchanges bundles until nobody
//! has anything new.

use std::path::PathBuf;

use redress_app::contract::MergeReport;
use serde_json::{Value, json};

use super::{MORNING, Simulation};

/// More rounds than this mean that something never arrives.
const ROUNDS_MAX: u64 = 8;

/// Whether somebody has something to say after a merge that was not known before.
fn is_news(report: &MergeReport) -> bool {
    report.new_entries > 0 || report.attachments > 0 || !report.notices.is_empty()
}

impl Simulation {
    pub(super) fn heal(&mut self) {
        for actor in 0..self.actors.len() {
            self.actors[actor].desk.host.set_clock(MORNING);
            self.answer_the_question(actor);
            self.bring_imports_back(actor);
        }
        self.exchange();
        // What lies on old sticks may be the last copy of something: it is found, and travels on. A photo that came before
        // what names it is found by looking once more.
        for _ in 0..2 {
            let complete = self.find_old_sticks();
            self.exchange();
            if complete {
                return;
            }
        }
    }

    fn answer_the_question(&mut self, actor: usize) {
        let state = self.ask(actor, "app.state", json!({})).unwrap_or_default();
        if state["moved"] == true {
            let same_pc = self.actors[actor].office == 0;
            self.ask(actor, "device.settle", json!({"same_pc": same_pc}));
        }
    }

    fn bring_imports_back(&mut self, actor: usize) {
        let imports = self.ask(actor, "import.list", json!({})).unwrap_or_default();
        let undone = |import: &&Value| !import["undone_at"].is_null();
        for import in imports.as_array().into_iter().flatten().filter(undone) {
            self.ask(actor, "import.redo", json!({"id": import["id"], "reason": ""}));
        }
    }

    /// Rounds of bundles to the county and back, until a round brings nobody anything.
    fn exchange(&mut self) {
        for round in 1..=ROUNDS_MAX {
            if !self.round() {
                return;
            }
            self.tally.rounds += 1;
            assert!(round < ROUNDS_MAX, "seed {}: the county does not heal", self.seed);
        }
    }

    fn round(&mut self) -> bool {
        let mut news = self.trust_everybody_again();
        let before = self.bundles.len();
        for actor in 1..self.actors.len() {
            self.exports(actor);
        }
        let to_county: Vec<PathBuf> = self.bundles[before..].to_vec();
        news |= self.merge(0, &to_county).is_some_and(|report| is_news(&report));
        let before = self.bundles.len();
        self.county_exports();
        let back: Vec<PathBuf> = self.bundles[before..].to_vec();
        for actor in 1..self.actors.len() {
            news |= self.merge(actor, &back).is_some_and(|report| is_news(&report));
        }
        news
    }

    /// Nothing was stolen after all. A revocation that a restored county had forgotten comes back with the directory.
    fn trust_everybody_again(&mut self) -> bool {
        let revoked: Vec<Value> = self.devices().into_iter().filter(|device| !device["revoked"].is_null()).collect();
        for device in &revoked {
            self.ask(0, "device.reinstate", json!({"device": device["id"], "reason": "找到了"}));
        }
        !revoked.is_empty()
    }

    /// Whether no photo is missing anywhere afterwards.
    fn find_old_sticks(&mut self) -> bool {
        let all = self.bundles.clone();
        let mut complete = true;
        for actor in 0..self.actors.len() {
            let mut order = all.clone();
            self.chance.shuffle(&mut order);
            complete &= self.merge(actor, &order).is_none_or(|report| report.attachments_missing == 0);
        }
        complete
    }

    /// Every stick that was ever written turns up once more, everywhere, in any order: nothing changes any more.
    pub(super) fn late_sticks_change_nothing(&mut self) {
        let before: Vec<_> = self.actors.iter_mut().map(|actor| actor.desk.look()).collect();
        self.find_old_sticks();
        for (actor, before) in self.actors.iter_mut().zip(&before) {
            let after = actor.desk.look();
            before.assert_same(&after, &format!("seed {}: old sticks turned up once more", self.seed));
        }
    }
}

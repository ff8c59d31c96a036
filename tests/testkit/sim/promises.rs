//! What holds after every history, whatever happened (the ten invariants of carrying records by hand).

use std::collections::BTreeSet;

use redress_journal::PUBLIC;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Held, Simulation};
use crate::{Look, PASSPHRASE};

/// What people at a desk see of a complaint; what only marks the road is left out.
const SEEN: [&str; 9] =
    ["number", "status", "next", "due_on", "input", "withdrawn", "recovered_fen", "contradictions", "conflicts"];

impl Simulation {
    pub(super) fn check_promises(&mut self) {
        let looks: Vec<Look> = self.actors.iter_mut().map(|actor| actor.desk.look()).collect();
        let county = &looks[0];
        self.tally.entries = county.entries.len() as u64;
        self.tally.to_decide = county.decisions.len() as u64;
        for (actor, look) in self.actors.iter().zip(&looks).skip(1) {
            let office: Uuid = actor.desk.office.parse().expect("offices have ids");
            self.everybody_holds_the_same(county, look, office);
        }
        for (at, look) in looks.iter().enumerate() {
            let aside = self.ask(at, "aside.list", json!({})).unwrap_or_default();
            assert_eq!(
                look.quarantined, 0,
                "seed {}: PC {at} keeps something aside: {}",
                self.seed, aside["quarantined"]
            );
            self.only_newer_things_wait(at, look);
        }
        self.everybody_says_the_same();
        self.nothing_is_confirmed_that_the_county_never_held(county);
    }

    /// Union: what any PC of an office holds about it, the county holds, and the other way round.
    fn everybody_holds_the_same(&self, county: &Look, look: &Look, office: Uuid) {
        let scope = [office, PUBLIC];
        let (here, there) = (look.about(&scope), county.about(&scope));
        let only_here: Vec<_> = here.difference(&there).collect();
        let only_there: Vec<_> = there.difference(&here).collect();
        assert!(
            only_here.is_empty() && only_there.is_empty(),
            "seed {}: not at the county: {only_here:?}\nnot at the office: {only_there:?}",
            self.seed
        );
        assert_eq!(look.entries.len(), here.len(), "seed {}: an office holds what is not its own", self.seed);
    }

    fn only_newer_things_wait(&mut self, at: usize, look: &Look) {
        let waiting = look.rows.get("waiting").cloned().unwrap_or_default();
        let known: Vec<_> = waiting.iter().filter(|row| !row.contains("newer")).collect();
        assert!(known.is_empty(), "seed {}: PC {at}: {known:?}", self.seed);
    }

    /// A case reads the same at its office and at the county; the road owes nobody anything.
    fn everybody_says_the_same(&mut self) {
        let handed_over: BTreeSet<String> = self
            .ask(0, "transfer.list", json!({}))
            .and_then(|list| list.as_array().cloned())
            .unwrap_or_default()
            .iter()
            .map(|transfer| transfer["complaint"].as_str().unwrap_or_default().to_owned())
            .collect();
        for actor in 1..self.actors.len() {
            let unconfirmed = self.ask(actor, "home.today", json!({})).map(|home| home["unconfirmed"].clone());
            assert_eq!(unconfirmed, Some(json!(0)), "seed {}: PC {actor} is owed an answer", self.seed);
            for id in self.offices[self.actors[actor].office].complaints.clone() {
                if handed_over.contains(&id) {
                    continue;
                }
                let [here, there] = [actor, 0].map(|at| self.as_seen(at, &id));
                assert_eq!(here, there, "seed {}: PC {actor}: complaint {id}", self.seed);
            }
        }
    }

    fn as_seen(&mut self, actor: usize, id: &str) -> Option<Value> {
        let page = self.ask(actor, "complaint.get", json!({"id": id}))?;
        let mut seen = serde_json::Map::new();
        for name in SEEN {
            seen.insert(name.to_owned(), page[name].clone());
        }
        Some(Value::Object(seen))
    }

    fn nothing_is_confirmed_that_the_county_never_held(&mut self, county: &Look) {
        let mut ever: Held = self.county_ever.clone();
        ever.extend(county.entries.iter().copied());
        for actor in &mut self.actors[1..] {
            actor.desk.lock();
            let (store, _) =
                redress_store::Store::open(&actor.desk.dir, None, PASSPHRASE).expect("the desk has closed its store");
            let own = store.identity().county;
            let confirmed = store.confirmed_by(&own).expect("what is confirmed can be read");
            drop(store);
            actor.desk.unlock();
            let wrong: Vec<_> = actor
                .desk
                .look()
                .entries
                .into_iter()
                .filter(|(log, seq, _)| confirmed.contains(log, *seq))
                .filter(|entry| !ever.contains(entry))
                .collect();
            assert!(wrong.is_empty(), "seed {}: confirmed, and never received: {wrong:?}", self.seed);
        }
    }
}

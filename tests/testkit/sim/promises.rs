//! What holds after every history, whatever happened (the ten invariants of carrying records by hand).

use std::collections::BTreeSet;

use redress_journal::PUBLIC;
use redress_store::Store;
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
        self.every_store_that_names_a_photo_has_its_bytes();
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

    /// Byte for byte: the store reads them by their BLAKE3. Bytes that a PC took to its grave before all parts of its bundle
    /// were carried are missing everywhere; nobody keeps them to himself.
    fn every_store_that_names_a_photo_has_its_bytes(&mut self) {
        const TAKES_BYTES_ALONG: [&str; 3] = ["PC replaced", "copy restored", "disk restored"];
        let offices: Vec<Uuid> = self.offices_by_id();
        let (mut here, mut missing) = (BTreeSet::new(), Vec::new());
        for at in 0..self.actors.len() {
            let actor = &mut self.actors[at];
            let own: Uuid = actor.desk.office.parse().expect("offices have ids");
            let scope = if at == 0 { offices.clone() } else { vec![own] };
            actor.desk.lock();
            let (store, _) = Store::open(&actor.desk.dir, None, PASSPHRASE).expect("the desk has closed its store");
            for named in store.attachments_named(&scope).expect("attachments can be listed") {
                let bytes = store.attachment_bytes(&named.blake3).expect("bytes can be read");
                assert_eq!(bytes.is_some(), named.size.is_some(), "seed {}: PC {at}: bytes are damaged", self.seed);
                match bytes {
                    Some(_) => here.extend([named.blake3]),
                    None => missing.push((at, named.blake3)),
                }
            }
            drop(store);
            actor.desk.unlock();
        }
        self.tally.attachments = here.len() as u64;
        let lost = TAKES_BYTES_ALONG.iter().any(|fault| self.tally.faults.contains_key(fault));
        let wrong: Vec<_> = missing.iter().filter(|(_, blake3)| !lost || here.contains(blake3)).collect();
        assert!(wrong.is_empty(), "seed {}: photos that did not arrive: {wrong:?}", self.seed);
    }

    fn offices_by_id(&self) -> Vec<Uuid> {
        let all: BTreeSet<Uuid> =
            self.actors.iter().map(|actor| actor.desk.office.parse().expect("offices have ids")).collect();
        all.into_iter().collect()
    }

    fn nothing_is_confirmed_that_the_county_never_held(&mut self, county: &Look) {
        let mut ever: Held = self.county_ever.clone();
        ever.extend(county.entries.iter().copied());
        for actor in &mut self.actors[1..] {
            actor.desk.lock();
            let (store, _) = Store::open(&actor.desk.dir, None, PASSPHRASE).expect("the desk has closed its store");
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

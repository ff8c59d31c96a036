//! One desk: a program with its store, and the things people do at it, one line each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redress_app::contract::{Exported, MergeReport, Recorded, Registered, Totals};
use redress_app::{App, AppError};
use redress_domain::record::ComplaintInput;
use redress_journal::{Chain, EntryId, Have, LogId, entry_id};
use redress_store::query::decisions::DecisionRow;
use redress_store::receive::Stretch;
use redress_store::{Identity, Store};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{TestHost, copy_folder};

/// Everybody's passphrase in tests.
pub const PASSPHRASE: &str = "山高 水长 路远 人和";

/// A desk that somebody has signed in to.
pub struct Desk {
    app: App,
    /// The world around this desk alone.
    pub host: Arc<TestHost>,
    /// Folder of the store.
    pub dir: PathBuf,
    /// Id of the office.
    pub office: String,
}

/// All of a store that other stores can be compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Rows of every projection.
    pub rows: BTreeMap<String, Vec<String>>,
    /// What is to be decided.
    pub decisions: Vec<DecisionRow>,
    /// What is held.
    pub have: Have,
    /// Every entry of the journal: its place and its id.
    pub entries: BTreeSet<(LogId, u64, EntryId)>,
    /// The last entry of each log that a seal proves.
    pub sealed: BTreeMap<LogId, u64>,
    /// What each other office holds, as far as its bundles say.
    pub heard: BTreeMap<Uuid, Option<Have>>,
    /// Entries that are kept aside.
    pub quarantined: u64,
}

/// A complaint as people type it; the rest of the form stays empty.
pub struct Typed<'a> {
    /// Day of receipt.
    pub received_on: &'a str,
    /// Who complains.
    pub consumer: &'a str,
    /// About what.
    pub goods: &'a str,
}

impl Typed<'_> {
    /// The form with the station's minimum filled in.
    pub fn form(&self) -> ComplaintInput {
        ComplaintInput {
            received_on: self.received_on.into(),
            channel: "IC01".into(),
            consumer_name: self.consumer.into(),
            consumer_phone: "199 0000 0001".into(),
            respondent_name: "某农资店".into(),
            goods_name: self.goods.into(),
            class: "G10-01".into(),
            nature: "N01".into(),
            price: "200".into(),
            dispute: "200".into(),
            facts: "出苗率低于三成".into(),
            request: "退货并赔偿".into(),
            ..ComplaintInput::default()
        }
    }
}

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("the contract's types read what its commands write")
}

impl Desk {
    /// Runs the first command of a desk, which makes its store.
    pub fn begin(host: Arc<TestHost>, dir: PathBuf, command: &str, payload: Value) -> Self {
        let mut app = App::new(host.clone());
        let state = app.dispatch(command, payload).unwrap_or_else(|error| panic!("{command}: {error:?}")).output;
        let office = state["office"]["id"].as_str().expect("somebody is signed in").to_owned();
        Self { app, host, dir, office }
    }

    /// Opens a store that is there, as it is.
    pub fn open(host: Arc<TestHost>, dir: PathBuf) -> Self {
        Self::begin(host, dir.clone(), "store.open", json!({"dir": dir, "passphrase": PASSPHRASE}))
    }

    /// A program at a store that nobody has opened.
    pub fn closed(host: Arc<TestHost>, dir: PathBuf) -> Self {
        Self { app: App::new(host.clone()), host, dir, office: String::new() }
    }

    /// The folder for stores of the user at this desk.
    pub fn host_data_dir(&self) -> PathBuf {
        redress_app::Host::data_dir(&*self.host)
    }

    /// Signs in as somebody; whoever was there is signed out.
    pub fn sign_in(&mut self, operator: &str, passphrase: &str) {
        self.tell("store.open", json!({"dir": self.dir, "operator": operator, "passphrase": passphrase}));
    }

    /// Runs a command and gives what came of it.
    pub fn ask(&mut self, command: &str, payload: Value) -> Result<Value, AppError> {
        self.app.dispatch(command, payload).map(|reply| reply.output)
    }

    /// Runs a command that must go well.
    pub fn tell(&mut self, command: &str, payload: Value) -> Value {
        self.ask(command, payload).unwrap_or_else(|error| panic!("{command}: {error:?}"))
    }

    /// Runs a command that must be refused, and gives the error's code.
    pub fn refused(&mut self, command: &str, payload: Value) -> String {
        match self.ask(command, payload) {
            Ok(output) => panic!("{command} was not refused: {output}"),
            Err(error) => error.code,
        }
    }

    /// Registers a complaint; gives its id.
    pub fn register(&mut self, typed: &Typed<'_>) -> String {
        read::<Registered>(self.tell("complaint.register", json!(typed.form()))).id
    }

    /// Registers a consultation of one person; gives its id.
    pub fn consult(&mut self, on: &str, content: &str) -> String {
        let form = json!({"asked_on": on, "way": "CW02", "topic": "CT02", "content": content});
        read::<Recorded>(self.tell("consultation.register", form)).id
    }

    /// Records a step, with whatever its kind needs besides.
    pub fn step(&mut self, complaint: &str, kind: &str, on: &str, more: &Value) -> String {
        let mut form = json!({"complaint": complaint, "kind": kind, "on": on});
        more.as_object().into_iter().flatten().for_each(|(name, value)| form[name] = value.clone());
        read::<Recorded>(self.tell("step.record", form)).id
    }

    /// Accepts a complaint.
    pub fn accept(&mut self, complaint: &str, on: &str) -> String {
        self.step(complaint, "accepted", on, &json!({}))
    }

    /// Mediates with success, and signs the agreement, performed on the spot.
    pub fn mediate(&mut self, complaint: &str, on: &str) -> String {
        self.step(complaint, "mediation", on, &json!({"outcome": "agreed"}));
        self.step(complaint, "agreement", on, &json!({"agreement_form": "AF01", "performance": "PF01"}))
    }

    /// Records a recovered loss in yuan; gives its id.
    pub fn recover(&mut self, complaint: &str, yuan: &str, on: &str) -> String {
        let form = json!({"complaint": complaint, "kind": "recovered", "route": "station_mediation", "amount": yuan, "on": on});
        read::<Recorded>(self.tell("loss.record", form)).id
    }

    /// The page of a complaint.
    pub fn page(&mut self, complaint: &str) -> Value {
        self.tell("complaint.get", json!({"id": complaint}))
    }

    /// Amends a complaint from what its page shows now.
    pub fn amend(&mut self, complaint: &str, change: impl FnOnce(&mut ComplaintInput)) {
        let page = self.page(complaint);
        self.amend_from(&page, change);
    }

    /// Amends a complaint from a page that was opened earlier.
    pub fn amend_from(&mut self, page: &Value, change: impl FnOnce(&mut ComplaintInput)) {
        let mut form: ComplaintInput = read(page["input"].clone());
        change(&mut form);
        self.tell("complaint.amend", json!({"id": page["id"], "seen": page["heads"], "input": form}));
    }

    /// Takes a complaint out of lists and totals.
    pub fn withdraw(&mut self, record: &str, reason: &str) {
        self.tell("record.withdraw", json!({"id": record, "seen": [], "reason": reason}));
    }

    /// Brings a withdrawn record back.
    pub fn restore(&mut self, record: &str, reason: &str) {
        self.tell("record.restore", json!({"id": record, "seen": [], "reason": reason}));
    }

    /// Agrees with what was added, or changed late.
    pub fn review(&mut self, record: &str) {
        self.tell("record.review", json!({"id": record, "seen": []}));
    }

    /// Says that two complaints are one matter; gives the link's id.
    pub fn link(&mut self, a: &str, b: &str) -> String {
        read::<Recorded>(self.tell("link.record", json!({"a": a, "b": b, "same": true, "reason": "同一事项"}))).id
    }

    /// Offers a case to another office; gives the transfer's id.
    pub fn offer(&mut self, complaint: &str, to: &str) -> String {
        read::<Recorded>(self.tell("transfer.offer", json!({"complaint": complaint, "to": to, "note": "住所在贵处"})))
            .id
    }

    /// Takes a case over, or declines it.
    pub fn answer(&mut self, transfer: &str, accept: bool) {
        self.tell("transfer.answer", json!({"id": transfer, "accept": accept, "note": "收到", "seen": []}));
    }

    /// Takes an offer back.
    pub fn take_back(&mut self, transfer: &str) {
        self.tell("transfer.take_back", json!({"id": transfer, "reason": "弄错了", "seen": []}));
    }

    /// Writes a business down; gives its id.
    pub fn business(&mut self, name: &str) -> String {
        let form = json!({
            "id": null, "seen": [], "name": name, "uscc": "", "kind": "", "phone": "", "address": "", "aliases": [],
        });
        read::<Recorded>(self.tell("business.record", form)).id
    }

    /// Says that one business is another.
    pub fn merge_business(&mut self, loser: &str, survivor: &str) {
        let said = json!({"loser": loser, "survivor": survivor, "reason": "同一家", "seen": []});
        self.tell("business.merge", said);
    }

    /// Says that a business is its own again.
    pub fn unmerge_business(&mut self, id: &str) {
        self.tell("business.unmerge", json!({"id": id, "reason": "看错了", "seen": []}));
    }

    /// The businesses that the list shows.
    pub fn businesses(&mut self) -> Vec<Value> {
        read(self.tell("business.list", json!({"text": "", "limit": 100})))
    }

    /// The transfers, the newest first.
    pub fn transfers(&mut self) -> Vec<Value> {
        read(self.tell("transfer.list", json!({})))
    }

    /// The kinds of what is to be decided, sorted.
    pub fn to_decide(&mut self) -> Vec<String> {
        let text = |decision: &Value| decision["kind"].as_str().unwrap_or_default().to_owned();
        let mut kinds: Vec<String> = self.decisions().iter().map(text).collect();
        kinds.sort_unstable();
        kinds
    }

    /// Settles the first conflict by case number and field, for the value that is chosen from its values in the order
    /// of their writing; gives whether there was one. Nothing in this depends on ids.
    pub fn settle(&mut self, choose: impl Fn(&[Value]) -> usize) -> bool {
        let list = self.decisions();
        let conflicts = list.iter().filter(|decision| decision["kind"] == "conflict");
        let first = conflicts.min_by_key(|it| (it["number"].to_string(), it["conflict"]["field"].to_string()));
        let Some(decision) = first else { return false };
        let conflict = &decision["conflict"];
        let mut versions = conflict["versions"].as_array().cloned().expect("a conflict has versions");
        versions.sort_by_key(|version| version["value"].to_string());
        let values: Vec<Value> = versions.iter().map(|version| version["value"].clone()).collect();
        let kept = &versions[choose(&values)];
        let settled = json!({
            "record": conflict["record"], "field": conflict["field"], "entry": kept["entry"], "seen": decision["heads"],
        });
        self.tell("decision.settle", settled);
        true
    }

    /// The decision list.
    pub fn decisions(&mut self) -> Vec<Value> {
        read(self.tell("decision.list", json!({})))
    }

    /// Writes a station's bundle into a folder.
    pub fn export(&mut self, folder: &Path) -> Exported {
        read(self.tell("bundle.export", json!({"out": folder, "office": null})))
    }

    /// Writes the county's bundle for one office into a folder.
    pub fn export_to(&mut self, folder: &Path, office: &str) -> Exported {
        read(self.tell("bundle.export", json!({"out": folder, "office": office})))
    }

    /// Writes the county's return bundles into a folder.
    pub fn export_all(&mut self, folder: &Path) -> Vec<Exported> {
        read(self.tell("bundle.export_all", json!({"out": folder})))
    }

    /// Merges files or folders.
    pub fn merge<P: AsRef<Path>>(&mut self, paths: &[P]) -> MergeReport {
        let paths: Vec<&Path> = paths.iter().map(AsRef::as_ref).collect();
        read(self.tell("bundle.merge", json!({"paths": paths})))
    }

    /// Totals of a period, all offices.
    pub fn totals(&mut self, from: &str, to: &str) -> Totals {
        read(self.tell("report.totals", json!({"from": from, "to": to, "office": null})))
    }

    /// How many entries of this office the other side has not confirmed.
    pub fn unconfirmed(&mut self) -> u64 {
        self.tell("home.today", json!({}))["unconfirmed"].as_u64().expect("a count")
    }

    /// Closes the store.
    pub fn lock(&mut self) {
        self.tell("store.lock", json!({}));
    }

    /// Opens the store again.
    pub fn unlock(&mut self) {
        self.tell("store.open", json!({"dir": self.dir, "passphrase": PASSPHRASE}));
    }

    /// Copies the closed store to another folder: a backup made by hand.
    pub fn put_away(&mut self, to: &Path) {
        self.lock();
        copy_folder(&self.dir, to);
        self.unlock();
    }

    /// Puts a copy in the place of the store.
    pub fn bring_back(&mut self, from: &Path) {
        self.lock();
        std::fs::remove_dir_all(&self.dir).expect("the temporary folder can be written");
        copy_folder(from, &self.dir);
        self.unlock();
    }

    /// What the user has been told since the store was opened.
    pub fn notices(&mut self) -> Vec<String> {
        let state = self.tell("app.state", json!({}));
        let code = |notice: &Value| notice["code"].as_str().unwrap_or_default().to_owned();
        state["notices"].as_array().into_iter().flatten().map(code).collect()
    }

    /// Who this desk is, with its secrets: what somebody would have who stole the PC and its passphrase.
    pub fn identity(&mut self) -> Identity {
        self.lock();
        let (store, _) = Store::open(&self.dir, None, PASSPHRASE).expect("the desk has closed its store");
        let identity = store.identity().clone();
        drop(store);
        self.unlock();
        identity
    }

    /// Checks the store and looks at all of it, from outside the program.
    pub fn look(&mut self) -> Look {
        self.look_with(PASSPHRASE)
    }

    /// The same where the passphrase is another one.
    pub fn look_with(&mut self, passphrase: &str) -> Look {
        self.lock();
        let (mut store, _) = Store::open(&self.dir, None, passphrase).expect("the desk has closed its store");
        let look = Look::at(&mut store);
        drop(store);
        self.tell("store.open", json!({"dir": self.dir, "passphrase": passphrase}));
        look
    }
}

fn entries(store: &Store, have: &Have) -> BTreeSet<(LogId, u64, EntryId)> {
    let mut all = BTreeSet::new();
    for (log, held) in &have.0 {
        let nothing = Chain::start(log);
        let beginning = (held.upto > 0).then_some((1, held.upto));
        for (first, last) in beginning.into_iter().chain(held.above.iter().copied()) {
            let mut seq = first;
            let stretch = Stretch { log: *log, first, last, before: nothing, after: nothing };
            store
                .for_each_body(&stretch, |body| {
                    all.insert((*log, seq, entry_id(log, seq, body)));
                    seq += 1;
                    Ok::<_, redress_store::StoreError>(())
                })
                .expect("what is held can be read");
        }
    }
    all
}

fn heard(store: &Store) -> BTreeMap<Uuid, Option<Have>> {
    let offices = store.offices().expect("the directory can be read");
    offices.iter().map(|office| (office.id, store.have_of(&office.id).expect("what others have can be read"))).collect()
}

fn sealed(store: &Store, have: &Have) -> BTreeMap<LogId, u64> {
    let newest = |log: &LogId, last: u64| {
        let stretch = Stretch { log: *log, first: 1, last, before: Chain::start(log), after: Chain::start(log) };
        store.seal_of(&stretch).expect("seals can be read").map(|seal| seal.seq)
    };
    have.0.iter().filter_map(|(log, held)| Some((*log, newest(log, held.upto)?))).collect()
}

impl Look {
    /// Checks a store and looks at all of it.
    pub fn at(store: &mut Store) -> Self {
        let checked = store.check(|_| ()).expect("a store can be checked");
        assert!(checked.is_ok(), "{}: {checked:?}", store.dir().display());
        let have = store.have().expect("a store knows what it holds");
        Self {
            rows: store.dump_projections().expect("rows"),
            decisions: store.decisions().expect("decisions"),
            entries: entries(store, &have),
            sealed: sealed(store, &have),
            heard: heard(store),
            quarantined: store.quarantined_count().expect("a count"),
            have,
        }
    }

    /// Fails with the parts that differ, not with everything that is equal.
    pub fn assert_same(&self, other: &Self, when: &str) {
        let mut differing = Vec::new();
        for (table, rows) in &self.rows {
            let others = other.rows.get(table).cloned().unwrap_or_default();
            differing.extend(rows.iter().filter(|row| !others.contains(row)).map(|row| format!("{table} - {row}")));
            differing.extend(others.iter().filter(|row| !rows.contains(row)).map(|row| format!("{table} + {row}")));
        }
        differing.extend(
            (self.decisions != other.decisions).then(|| format!("{:?}\n{:?}", self.decisions, other.decisions)),
        );
        differing.extend((self.have != other.have).then(|| format!("{:?}\n{:?}", self.have, other.have)));
        differing.extend((self.sealed != other.sealed).then(|| format!("{:?}\n{:?}", self.sealed, other.sealed)));
        differing.extend((self.heard != other.heard).then(|| format!("{:?}\n{:?}", self.heard, other.heard)));
        let (one, two) = (&self.entries, &other.entries);
        differing.extend(one.symmetric_difference(two).map(|(log, seq, _)| format!("entry {seq} of {log:?}")));
        assert!(differing.is_empty(), "{when}:\n{}", differing.join("\n"));
        assert_eq!(self.quarantined, other.quarantined, "{when}: what is kept aside");
    }

    /// The entries about some offices.
    pub fn about(&self, offices: &[Uuid]) -> BTreeSet<(LogId, u64, EntryId)> {
        self.entries.iter().filter(|(log, _, _)| offices.contains(&log.office)).copied().collect()
    }
}

//! Erasing what records say of a person. What remains are the facts that counts and sums are made of; the order travels, and
//! every store that it reaches does the same.

use std::collections::{BTreeMap, HashSet};

use redress_domain::record::{ERASURE, can_be_erased};
use redress_domain::{CivilDate, Kind};
use redress_journal::{Change, EntryId, LogId, erased_id};
use redress_store::journal::Record;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Held;
use crate::App;
use crate::contract::{Done, ErasePerson, ErasureGround, PersonErased, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Amendment, Pen, Session, is_seen_at};

/// One order: the log's office, and the entry that is to be written.
struct Order {
    office: Uuid,
    kind: Kind,
    record: Uuid,
    was: Vec<EntryId>,
    entries: Vec<EntryId>,
}

/// `person.erase`. Only a supervisor may, only what is closed, and for want of need only after the time it must be kept.
pub(crate) fn erase(app: &mut App, input: ErasePerson) -> Result<Done<PersonErased>> {
    let (session, host) = app.working()?;
    if input.reason.trim().is_empty() {
        return Err(AppError::field("reason", "required"));
    }
    let today = session.today(host)?;
    let mut orders = Vec::new();
    for id in &input.records {
        let held = Held::require(session, id)?;
        require_ripe(&held, input.ground, today)?;
        for record in records_of(session, &held)? {
            orders.extend(orders_for(session, &record)?);
        }
    }
    if orders.is_empty() {
        return Err(AppError::new("nothing_to_erase"));
    }
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let done = PersonErased {
        records: orders.len() as u64,
        entries: orders.iter().map(|order| order.entries.len() as u64).sum(),
    };
    session.store.write(|gate| -> Result<()> {
        for order in orders {
            let change = Change::Set(fields(&input, &order.entries));
            let amendment = Amendment { id: order.record, was: order.was, change };
            pen.amend(gate, order.office, order.kind, amendment)?;
        }
        Ok(())
    })?;
    session.store.search_catch_up(|_| true)?;
    Done::wrote(done, &[Touched::Complaint, Touched::Consultation, Touched::Bundle, Touched::Step])
}

fn require_ripe(held: &Held, ground: ErasureGround, today: CivilDate) -> Result<()> {
    let number = held.complaint().map(|complaint| complaint.number.as_str()).unwrap_or_default();
    let open = || AppError::new("case_open").with("number", number);
    let until = held.kept_until().ok_or_else(open)?;
    match ground {
        ErasureGround::RetentionOver if today < until => Err(AppError::new("retention_not_over").with("until", until)),
        ErasureGround::RetentionOver | ErasureGround::Request | ErasureGround::Order => Ok(()),
    }
}

/// The record itself and its parts, as far as they can say something of a person.
fn records_of(session: &Session, held: &Held) -> Result<Vec<Record>> {
    let mut ids = vec![held.id()];
    if let Held::Complaint(case) = held {
        ids.extend(case.parts.iter().map(|part| part.id));
        ids.extend(session.store.related_to(&held.id())?);
    }
    let records = ids.iter().map(|id| session.store.record(id)).collect::<std::result::Result<Vec<_>, _>>()?;
    let can = |record: &Record| Kind::parse(&record.kind).is_some_and(can_be_erased);
    Ok(records.into_iter().flatten().filter(can).collect())
}

/// An order stands in the log of the office that the entries are about; at a station that is its own.
fn orders_for(session: &Session, record: &Record) -> Result<Vec<Order>> {
    let Some(kind) = Kind::parse(&record.kind) else { return Ok(Vec::new()) };
    let mut by_office: BTreeMap<Uuid, Vec<EntryId>> = BTreeMap::new();
    let whole =
        record.entries.iter().filter(|entry| erased_id(&entry.body).is_none() && !orders_something(&entry.body));
    for entry in whole.filter(|entry| session.is_county() || entry.log.office == session.office_id()) {
        by_office.entry(entry.log.office).or_default().push(entry.id);
    }
    let order = |(office, entries)| Order { office, kind, record: record.id, was: newest_at(record, &office), entries };
    Ok(by_office.into_iter().map(order).collect())
}

/// The newest entries of a record that an office holds itself: it never gets those of another that had the case.
fn newest_at(record: &Record, office: &Uuid) -> Vec<EntryId> {
    let theirs = |log: &LogId| is_seen_at(log, office);
    let held: HashSet<EntryId> =
        record.entries.iter().filter(|entry| theirs(&entry.log)).map(|entry| entry.id).collect();
    let mut newest = record.heads_within(&record.state.heads, theirs);
    newest.retain(|id| held.contains(id));
    newest
}

/// An order names nobody and stays as it is.
fn orders_something(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    text.contains(&format!("\"{ERASURE}\":"))
}

fn fields(input: &ErasePerson, entries: &[EntryId]) -> Map<String, Value> {
    let order = json!({"ground": input.ground, "reason": input.reason.trim(), "entries": entries});
    Map::from_iter([(ERASURE.to_owned(), order)])
}

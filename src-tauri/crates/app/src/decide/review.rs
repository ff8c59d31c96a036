//! Somebody has looked at what nobody had asked for: an addition after filing, a fork, a late change by a former owner.

use redress_domain::Kind;
use redress_domain::record::{Device, read_map};
use redress_journal::{Change, PUBLIC};
use redress_store::journal::Record;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::list::fork_name;
use crate::App;
use crate::complaint::ADDED_ON;
use crate::contract::{Done, Recorded, ReviewRecord, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Amendment, Pen, Session, parse_id};
use crate::transfer::copy_for;

/// `record.review`.
pub(crate) fn review(app: &mut App, input: ReviewRecord) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let gone = || AppError::new("decision_gone");
    let id = parse_id(&input.id)?;
    let record = session.store.record(&id)?.ok_or_else(gone)?;
    if !input.seen.is_empty() && !record.state.heads.iter().all(|head| input.seen.contains(&head.to_string())) {
        return Err(AppError::new("record_changed"));
    }
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let entries = match Kind::parse(&record.kind) {
        Some(Kind::Device) => vec![seen_forks(session, &record)?],
        Some(Kind::Complaint) => agreed(session, &record)?,
        _ => Vec::new(),
    };
    if entries.is_empty() {
        return Err(gone());
    }
    session.store.write(|gate| -> Result<()> {
        for (office, kind, amendment) in entries {
            pen.amend(gate, office, kind, amendment)?;
        }
        Ok(())
    })?;
    Done::wrote(Recorded { id: id.to_string() }, &[Touched::Decision, Touched::Complaint, Touched::Office])
}

/// The device's record says which forks of its logs somebody has looked at; it belongs to the county.
fn seen_forks(session: &Session, record: &Record) -> Result<(Uuid, Kind, Amendment)> {
    session.require_county()?;
    let mut names = read_map::<Device>(record.state.values()).value.forks_seen;
    for fork in session.store.forks()?.into_iter().filter(|fork| fork.log.device == record.id) {
        let name = fork_name(&fork.log, fork.base);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let set = Map::from_iter([("forks_seen".to_owned(), Value::from(names))]);
    let amendment = Amendment { id: record.id, was: record.state.heads.clone(), change: Change::Set(set) };
    Ok((PUBLIC, Kind::Device, amendment))
}

/// The mark of an addition is taken away by somebody who has seen it; what a former owner changed late goes to the owner.
fn agreed(session: &Session, record: &Record) -> Result<Vec<(Uuid, Kind, Amendment)>> {
    let owner = session.log_for(record)?;
    let mut entries = Vec::new();
    if session.is_county() && owner != record.office {
        for part in session.store.records_of_case(&record.id)? {
            let copy = copy_for(session, &part, &owner)?;
            entries.extend(copy.map(|(kind, amendment)| (owner, kind, amendment)));
        }
    }
    if record.has_addition() {
        let set = Map::from_iter([(ADDED_ON.to_owned(), Value::Null)]);
        let amendment = Amendment { id: record.id, was: record.state.heads.clone(), change: Change::Set(set) };
        entries.push((owner, Kind::Complaint, amendment));
    }
    Ok(entries)
}

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
    let Agreed { office, copies, mark } = match Kind::parse(&record.kind) {
        Some(Kind::Device) => Agreed { office: PUBLIC, copies: Vec::new(), mark: Some(seen_forks(session, &record)?) },
        Some(Kind::Complaint) => agreed(session, &record)?,
        _ => return Err(gone()),
    };
    if copies.is_empty() && mark.is_none() {
        return Err(gone());
    }
    session.store.write(|gate| -> Result<()> {
        for (kind, copy) in copies {
            pen.amend(gate, office, kind, copy)?;
        }
        if let Some(mark) = mark {
            pen.amend_seen(gate, office, &record, mark)?;
        }
        Ok(())
    })?;
    Done::wrote(Recorded { id: id.to_string() }, &[Touched::Decision, Touched::Complaint, Touched::Office])
}

/// The device's record says which forks of its logs somebody has looked at; it belongs to the county.
fn seen_forks(session: &Session, record: &Record) -> Result<Amendment> {
    session.require_county()?;
    let mut names = read_map::<Device>(record.state.values()).value.forks_seen;
    for fork in session.store.forks()?.into_iter().filter(|fork| fork.log.device == record.id) {
        let name = fork_name(&fork.log, fork.base);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let set = Map::from_iter([("forks_seen".to_owned(), Value::from(names))]);
    Ok(Amendment { id: record.id, was: record.state.heads.clone(), change: Change::Set(set) })
}

/// What somebody agrees with who has looked at something.
struct Agreed {
    /// Into whose log that goes.
    office: Uuid,
    /// What a former owner changed late, copied for the owner.
    copies: Vec<(Kind, Amendment)>,
    /// That it has been looked at.
    mark: Option<Amendment>,
}

/// What somebody agrees with who has looked at a case; the mark of an addition is taken away.
fn agreed(session: &Session, record: &Record) -> Result<Agreed> {
    let office = session.log_for(record)?;
    let mut copies = Vec::new();
    if session.is_county() {
        for part in session.store.records_of_case(&record.id)? {
            copies.extend(copy_for(session, &part, &office)?);
        }
    }
    let mark = record.has_addition().then(|| {
        let set = Map::from_iter([(ADDED_ON.to_owned(), Value::Null)]);
        Amendment { id: record.id, was: record.state.heads.clone(), change: Change::Set(set) }
    });
    Ok(Agreed { office, copies, mark })
}

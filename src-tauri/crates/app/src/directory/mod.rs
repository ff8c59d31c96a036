//! The directory: which devices an office has, and how far each is trusted. Written by the county, carried to everybody.

mod amend;
mod close;
mod devices;
mod label;
mod reinstate;
mod revoke;

pub(crate) use amend::amend;
pub(crate) use close::{close, reopen};
pub(crate) use devices::devices;
pub(crate) use label::label;
pub(crate) use reinstate::reinstate;
pub(crate) use revoke::revoke;

use redress_domain::record::{Device, Office, changes, read_map};
use redress_domain::{FieldError, Kind};
use redress_journal::{Change, PUBLIC};
use redress_store::journal::Record;
use uuid::Uuid;

use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::session::{Amendment, Pen, Session, parse_id};

/// The longest reason or label, in characters.
const WORDS_MAX: usize = 200;

/// A device of the directory with its record.
fn device_of(session: &Session, id: &str) -> Result<(Record, Device)> {
    let id = parse_id(id)?;
    let record = session.store.record(&id)?.filter(|record| record.kind == Kind::Device.as_str());
    let record = record.ok_or_else(|| AppError::new("record_missing"))?;
    let device = read_map(record.state.values()).value;
    Ok((record, device))
}

/// Writes what has changed of a device into the directory; gives its id.
fn write_device(session: &mut Session, host: &dyn Host, record: &Record, after: &Device) -> Result<Uuid> {
    let before: Device = read_map(record.state.values()).value;
    let change = Change::Set(changes(&before, after));
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let amendment = Amendment { id: record.id, was: record.state.heads.clone(), change };
    session.store.write(|gate| -> Result<()> {
        pen.amend(gate, PUBLIC, Kind::Device, amendment)?;
        Ok(gate.seal_own_logs()?)
    })?;
    // What came into force again, or went, may have changed every list.
    session.store.search_catch_up(|_| true)?;
    Ok(record.id)
}

/// An office of the directory with its record. The county itself is among them.
fn office_of(session: &Session, id: &str) -> Result<(Record, Office)> {
    let id = parse_id(id)?;
    let record = session.store.record(&id)?.filter(|record| record.kind == Kind::Office.as_str());
    let record = record.ok_or_else(|| AppError::new("record_missing"))?;
    let office = read_map(record.state.values()).value;
    Ok((record, office))
}

/// Writes what has changed of an office into the directory; gives its id.
fn write_office(session: &mut Session, host: &dyn Host, record: &Record, after: &Office) -> Result<Uuid> {
    let before: Office = read_map(record.state.values()).value;
    let change = Change::Set(changes(&before, after));
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let amendment = Amendment { id: record.id, was: record.state.heads.clone(), change };
    session.store.write(|gate| -> Result<()> {
        pen.amend(gate, PUBLIC, Kind::Office, amendment)?;
        Ok(gate.seal_own_logs()?)
    })?;
    Ok(record.id)
}

/// Words that somebody must give.
fn required_words(field: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::field(field, "required"));
    }
    if text.chars().count() > WORDS_MAX {
        return Err(AppError::invalid(vec![FieldError::new(field, "too_long").with("max", WORDS_MAX)]));
    }
    Ok(text.to_owned())
}

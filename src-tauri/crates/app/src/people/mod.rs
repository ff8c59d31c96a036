//! The people who work here: each with a name, a role and a passphrase of their own. What they are is a record and
//! travels; their passphrases are key slots of this PC and do not.

mod add;
mod amend;
mod list;
mod passphrase;
mod retire;

pub(crate) use add::add;
pub(crate) use amend::amend;
pub(crate) use list::list;
pub(crate) use passphrase::{change, reset};
pub(crate) use retire::retire;

use redress_domain::record::{Access, Operator, Role, changes, read_map};
use redress_domain::{FieldError, Kind};
use redress_journal::Change;
use redress_store::journal::Record;
use redress_store::query::directory::OperatorRow;
use redress_store::{Holder, SlotKind};
use uuid::Uuid;

use crate::contract::Touched;
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::session::{Amendment, Pen, Session};

const TOUCHED: &[Touched] = &[Touched::Operator, Touched::State];
/// The names stand in a list that is read at a glance.
const NAME_CHARS_MAX: usize = 40;

/// A name for somebody, unlike those of all others who work here.
fn check_name(session: &Session, typed: &str, own: Option<&Uuid>) -> Result<String> {
    let name = typed.trim();
    if name.is_empty() {
        return Err(AppError::field("name", "required"));
    }
    if name.chars().count() > NAME_CHARS_MAX {
        return Err(AppError::invalid(vec![FieldError::new("name", "too_long").with("max", NAME_CHARS_MAX)]));
    }
    let taken = |row: &OperatorRow| row.name == name && Some(&row.id) != own && !row.retired;
    if session.store.operators_of(&session.office_id())?.iter().any(taken) {
        return Err(AppError::field("name", "name_taken"));
    }
    Ok(name.to_owned())
}

/// Somebody of this office who has not retired.
fn colleague(session: &Session, id: &Uuid) -> Result<(Record, Operator)> {
    let record = session.store.record(id)?.filter(|record| record.kind == Kind::Operator.as_str());
    let record = record.ok_or_else(|| AppError::new("record_missing"))?;
    let operator: Operator = read_map(record.state.values()).value;
    let here = operator.office == Some(session.office_id()) && operator.retired_on.is_none();
    if here { Ok((record, operator)) } else { Err(AppError::new("operator_gone")) }
}

/// Refuses to leave an office without anybody who can lead it on this PC.
fn keep_a_supervisor(session: &Session, without: &Uuid) -> Result<()> {
    let signs_in = signing_in(session)?;
    let leads = |row: &OperatorRow| {
        row.id != *without && !row.retired && row.role == Role::Supervisor.as_str() && signs_in.contains(&row.id)
    };
    let rows = session.store.operators_of(&session.office_id())?;
    if rows.iter().any(leads) { Ok(()) } else { Err(AppError::new("last_supervisor")) }
}

/// A passphrase for somebody without their old one. Written down before it is done: nobody gets in without a trace.
pub(crate) fn set_anew(
    session: &mut Session,
    host: &dyn Host,
    (id, passphrase): (Uuid, &str),
    access: Access,
) -> Result<()> {
    let (record, before) = colleague(session, &id)?;
    let forgotten = Operator { access: None, ..before.clone() };
    let after = Operator { access: Some(access), ..before.clone() };
    write_changes(session, host, &record, (&forgotten, &after))?;
    give_slot(session, host, (id, &before.name), passphrase)
}

/// Those who have a passphrase on this PC.
fn signing_in(session: &Session) -> Result<Vec<Uuid>> {
    let holders = session.store.holders()?.into_iter().filter(|holder| holder.kind == SlotKind::Passphrase);
    Ok(holders.map(|holder| holder.operator).collect())
}

/// Gives somebody a passphrase on this PC.
fn give_slot(session: &mut Session, host: &dyn Host, (id, name): (Uuid, &str), passphrase: &str) -> Result<()> {
    let holder = Holder { operator: id, name: name.to_owned(), kind: SlotKind::Passphrase };
    Ok(session.store.put_slot(&holder, (passphrase.as_bytes(), host.key_cost()), &host.random()?)?)
}

/// Writes what has changed of somebody; nothing when nothing has.
fn write_changes(
    session: &mut Session,
    host: &dyn Host,
    record: &Record,
    (before, after): (&Operator, &Operator),
) -> Result<()> {
    let set = changes(before, after);
    if set.is_empty() {
        return Ok(());
    }
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let office = session.log_for(record)?;
    let amendment = Amendment { id: record.id, was: record.state.heads.clone(), change: Change::Set(set) };
    session.store.write(|gate| -> Result<()> {
        pen.amend(gate, office, Kind::Operator, amendment)?;
        Ok(())
    })
}

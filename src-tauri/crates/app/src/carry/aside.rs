//! What is held and not in force: entries that wait, entries that are kept aside, imports that were taken back; and
//! putting a waiting entry in force all the same.

use redress_domain::Kind;
use redress_domain::record::{Complaint, Step, read};
use redress_journal::{Body, Change, EntryId};
use redress_store::journal::Record;
use redress_store::query::aside::AsideRow;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::imports::views;
use crate::App;
use crate::complaint::{Case, mask_raw, title_of};
use crate::contract::{
    Aside, Done, ForceWaiting, Nothing, QuarantineReason, QuarantinedItem, Recorded, Touched, WaitingItem,
    WaitingReason,
};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Amendment, Names, Pen, Session};

/// `aside.list`.
pub(crate) fn list(app: &mut App, _: Nothing) -> Result<Done<Aside>> {
    let session = app.session()?;
    let names = session.names()?;
    let waiting = session.store.waiting()?.into_iter().map(|row| waiting_item(session, &names, row));
    let aside = session.store.quarantined()?.into_iter().chain(session.store.barred()?).chain(session.store.undone()?);
    let imports = session.store.imports(u32::MAX)?.into_iter().filter(|import| import.undone.is_some());
    Done::read(Aside {
        waiting: waiting.collect::<Result<_>>()?,
        quarantined: aside.map(|row| quarantined_item(&names, row)).collect::<Result<_>>()?,
        undone: views(session, imports.collect())?,
    })
}

fn waiting_item(session: &Session, names: &Names<'_>, row: AsideRow) -> Result<WaitingItem> {
    let body = Body::read(&row.body).ok();
    let kind = body.as_ref().map(|body| body.kind.to_string()).unwrap_or_default();
    let complaint = body.as_ref().and_then(complaint_of);
    let case = complaint.and_then(|id| Case::load(&session.store, &id).ok());
    let reason = match row.reason.as_str() {
        "newer" => WaitingReason::Newer,
        "reference" => WaitingReason::Reference,
        _ => WaitingReason::Predecessor,
    };
    let forced = session.store.record(&row.record)?.is_some_and(|record| is_forced(&record, &row.entry));
    Ok(WaitingItem {
        entry: row.entry.to_string(),
        record: row.record.to_string(),
        title: title(case.as_ref(), body.as_ref()),
        number: case.as_ref().map(|case| case.complaint.number.clone()),
        complaint: case.and(complaint).map(|id| id.to_string()),
        can_force: !forced && reason == WaitingReason::Predecessor && Kind::parse(&kind).is_some(),
        forced,
        kind,
        reason,
        from_name: names.office_of_device(&row.log.device)?,
        since: row.brought.map(|(at, _)| at),
        raw: mask_raw(String::from_utf8_lossy(&row.body).into_owned()),
    })
}

/// Whether an entry in force has seen this one: it says the same, so nobody needs to ask for it a second time.
fn is_forced(record: &Record, waiting: &EntryId) -> bool {
    let seen = |at: &usize| Body::read(&record.entries[*at].body).is_ok_and(|body| body.was.contains(waiting));
    record.state.applied.iter().any(seen)
}

fn complaint_of(body: &Body<'_>) -> Option<Uuid> {
    match Kind::parse(&body.kind)? {
        Kind::Complaint => Some(body.id),
        Kind::Step | Kind::Loss | Kind::Attachment => read::<Step>(body.set_text()).value.complaint,
        _ => None,
    }
}

fn title(case: Option<&Case>, body: Option<&Body<'_>>) -> String {
    let own = || body.map(|body| read::<Complaint>(body.set_text()).value).unwrap_or_default();
    let complaint = case.map_or_else(own, |case| case.complaint.clone());
    title_of(&complaint)
}

fn quarantined_item(names: &Names<'_>, row: AsideRow) -> Result<QuarantinedItem> {
    Ok(QuarantinedItem {
        entry: row.entry.to_string(),
        reason: match row.reason.as_str() {
            "fork" => QuarantineReason::Fork,
            "unsealed" => QuarantineReason::Unsealed,
            "undone" => QuarantineReason::Undone,
            "revoked" => QuarantineReason::Revoked,
            "misplaced" => QuarantineReason::Misplaced,
            "rescued" => QuarantineReason::Rescued,
            _ => QuarantineReason::Unreadable,
        },
        since: row.brought.as_ref().map(|(at, _)| at.clone()),
        from_name: row.brought.map(|(_, office)| names.office(&office)).unwrap_or_default(),
        office_name: names.office(&row.log.office),
        seq: row.seq,
        kind: Body::read(&row.body).map(|body| body.kind.into_owned()).unwrap_or_default(),
        raw: mask_raw(String::from_utf8_lossy(&row.body).into_owned()),
    })
}

/// `waiting.force`. What a waiting entry says is written anew as an entry that stands alone and has seen it, so that
/// nothing contradicts once the missing predecessors arrive. The reason stays in the record.
pub(crate) fn force(app: &mut App, input: ForceWaiting) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let reason = input.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(AppError::field("reason", "required"));
    }
    let waiting = session.store.waiting()?.into_iter().find(|row| row.entry.to_string() == input.entry);
    let row = waiting.ok_or_else(|| AppError::new("entry_missing"))?;
    let record = session.store.record(&row.record)?.ok_or_else(|| AppError::new("entry_missing"))?;
    let kind = Kind::parse(&record.kind).filter(|_| row.reason == "predecessor" && !is_forced(&record, &row.entry));
    let kind = kind.ok_or_else(|| AppError::new("cannot_force"))?;
    let mut fields = record.state.values();
    let said: Map<String, Value> = Body::read(&row.body)
        .ok()
        .and_then(|body| serde_json::from_str(body.set_text()).ok())
        .ok_or_else(|| AppError::new("cannot_force"))?;
    fields.extend(said);
    fields.insert("forced".to_owned(), Value::from(reason));
    let mut was = record.state.heads.clone();
    was.push(row.entry);
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let office = session.log_for(&record)?;
    session.store.write(|gate| -> Result<()> {
        pen.amend(gate, office, kind, Amendment { id: row.record, was, change: Change::Whole(fields) })?;
        Ok(())
    })?;
    Done::wrote(Recorded { id: row.record.to_string() }, &[Touched::Complaint, Touched::Bundle, Touched::Decision])
}

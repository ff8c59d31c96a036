//! Changing a complaint, and taking a record out of lists and totals. What was there before stays in the journal.

use redress_domain::record::{Complaint, ComplaintInput, changes, read_map};
use redress_domain::{CivilDate, Kind};
use redress_journal::Change;
use redress_store::Gate;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::case::Case;
use super::masked::said;
use crate::App;
use crate::contract::{AmendComplaint, Done, Recorded, Registered, RestoreRecord, Touched, WithdrawRecord};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Amendment, Pen, parse_heads, parse_id};
use crate::telephone::of_business;

/// The field that says when something was added after the case had been filed.
pub(crate) const ADDED_ON: &str = "added_on";

/// `complaint.amend`. Only what differs from what the form showed is written. `seen` are the heads that the form was filled from: if somebody
/// else has changed the same field meanwhile, both values are kept and one is chosen later.
pub(crate) fn amend(app: &mut App, input: AmendComplaint) -> Result<Done<Registered>> {
    let (session, host) = app.working()?;
    let id = parse_id(&input.id)?;
    let was = parse_heads(&input.seen)?;
    let case = Case::load(&session.store, &id)?;
    let known = |head: &redress_journal::EntryId| case.record.entries.iter().any(|entry| entry.id == *head);
    if was.is_empty() || !was.iter().all(known) {
        return Err(AppError::new("record_changed"));
    }
    let seen: Complaint = read_map(case.record.values_seen_by(&was)).value;
    let mut typed = said(input.input, &seen);
    of_business(session, &mut typed)?;
    let after =
        typed.apply_to(&seen, session.today(host)?, &*session.store.code_lists()?).map_err(AppError::invalid)?;
    let mut set = changes(&seen, &after);
    let registered = Registered { id: input.id, number: case.complaint.number.clone() };
    if set.is_empty() || ComplaintInput::from(&seen) == typed {
        return Done::wrote(registered, &[]);
    }
    if case.is_filed() {
        set.insert(ADDED_ON.to_owned(), Value::from(session.today(host)?.to_string()));
    }
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let office = session.require_owner(&case)?;
    session.store.write(|gate| -> Result<()> {
        pen.amend_seen(gate, office, &case.record, Amendment { id, was, change: Change::Set(set) })?;
        Ok(())
    })?;
    Done::wrote(registered, &[Touched::Complaint, Touched::Decision, Touched::Draft])
}

/// Marks that something was added after the case had been filed: somebody reviews it, and nothing shifts silently.
pub(crate) fn mark_addition(
    gate: &mut Gate<'_>,
    pen: &Pen,
    case: &Case,
    (office, on): (Uuid, CivilDate),
) -> Result<()> {
    if case.is_filed() {
        let (id, was) = (case.record.id, case.record.state.heads.clone());
        let set = Map::from_iter([(ADDED_ON.to_owned(), Value::from(on.to_string()))]);
        pen.amend_seen(gate, office, &case.record, Amendment { id, was, change: Change::Set(set) })?;
    }
    Ok(())
}

/// `record.withdraw`. A reason is asked for; nothing is erased.
pub(crate) fn withdraw(app: &mut App, input: WithdrawRecord) -> Result<Done<Recorded>> {
    change(app, (&input.id, &input.seen), &input.reason, Change::Withdraw)
}

/// `record.restore`: takes a withdrawal back, with a reason.
pub(crate) fn restore(app: &mut App, input: RestoreRecord) -> Result<Done<Recorded>> {
    change(app, (&input.id, &input.seen), &input.reason, Change::Restore)
}

fn change(
    app: &mut App,
    (id, seen): (&str, &[String]),
    reason: &str,
    change: impl FnOnce(String) -> Change,
) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let reason = reason.trim().to_owned();
    if reason.is_empty() {
        return Err(AppError::field("reason", "required"));
    }
    let change = change(reason);
    let id = parse_id(id)?;
    let record = session.store.record(&id)?.ok_or_else(|| AppError::new("record_missing"))?;
    let kind = Kind::parse(&record.kind).ok_or_else(|| AppError::new("record_missing"))?;
    match kind {
        Kind::Complaint
        | Kind::Consultation
        | Kind::Step
        | Kind::Business
        | Kind::Activity
        | Kind::Volunteer
        | Kind::Link
        | Kind::Attachment => {}
        Kind::Loss if matches!(change, Change::Restore(_)) => {}
        Kind::Loss => return Err(AppError::new("loss_needs_reversal")),
        // These have ways of their own, which ask whoever must be asked.
        Kind::Office | Kind::Device | Kind::Operator | Kind::Department | Kind::Transfer | Kind::Pack => {
            return Err(AppError::new("record_stays").with("kind", kind.as_str()));
        }
    }
    let was = match parse_heads(seen)? {
        seen if seen.is_empty() => record.state.heads.clone(),
        seen => seen,
    };
    let office = session.log_for(&record)?;
    let pen = Pen { operator: session.operator, at: host.now_text() };
    session.store.write(|gate| -> Result<()> {
        pen.amend_seen(gate, office, &record, Amendment { id, was, change })?;
        Ok(())
    })?;
    let touched = &[
        Touched::Complaint,
        Touched::Step,
        Touched::Consultation,
        Touched::Activity,
        Touched::Volunteer,
        Touched::Decision,
    ];
    Done::wrote(Recorded { id: id.to_string() }, touched)
}

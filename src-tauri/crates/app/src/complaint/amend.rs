//! Changing a complaint, and taking a record out of lists and totals. What was there before stays in the journal.

use redress_domain::record::{Complaint, ComplaintInput, changes, read_map};
use redress_domain::{CodeLists, Kind};
use redress_journal::Change;

use super::case::Case;
use crate::App;
use crate::contract::{AmendComplaint, Done, Recorded, Registered, Touched, WithdrawRecord};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Amendment, Pen, parse_heads, parse_id};

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
    let after = input.input.apply_to(&seen, host.today()?, &CodeLists::built_in()).map_err(AppError::invalid)?;
    let set = changes(&seen, &after);
    let registered = Registered { id: input.id, number: case.complaint.number.clone() };
    if set.is_empty() || ComplaintInput::from(&seen) == input.input {
        return Done::wrote(registered, &[]);
    }
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let office = case.record.office;
    session.store.write(|gate| -> Result<()> {
        pen.amend(gate, office, Kind::Complaint, Amendment { id, was, change: Change::Set(set) })?;
        Ok(())
    })?;
    Done::wrote(registered, &[Touched::Complaint, Touched::Decision, Touched::Draft])
}

/// `record.withdraw`. A reason is asked for; nothing is erased.
pub(crate) fn withdraw(app: &mut App, input: WithdrawRecord) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let reason = input.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(AppError::field("reason", "required"));
    }
    let id = parse_id(&input.id)?;
    let record = session.store.record(&id)?.ok_or_else(|| AppError::new("record_missing"))?;
    let kind = Kind::parse(&record.kind).ok_or_else(|| AppError::new("record_missing"))?;
    if kind == Kind::Loss {
        return Err(AppError::new("loss_needs_reversal"));
    }
    let was = match parse_heads(&input.seen)? {
        seen if seen.is_empty() => record.state.heads.clone(),
        seen => seen,
    };
    let pen = Pen { operator: session.operator, at: host.now_text() };
    session.store.write(|gate| -> Result<()> {
        pen.amend(gate, record.office, kind, Amendment { id, was, change: Change::Withdraw(reason) })?;
        Ok(())
    })?;
    let touched = &[Touched::Complaint, Touched::Step, Touched::Consultation, Touched::Decision];
    Done::wrote(Recorded { id: input.id }, touched)
}

//! Recording a step of the procedure, with the recovered loss that may belong to it: both are written or none; and
//! completing a step that was recorded, as when a signature or the seal comes days later.

use redress_domain::record::{Step, StepInput, StepKind, changes, fields, read_map};
use redress_domain::validate::FieldError;
use redress_domain::{CivilDate, Kind, file};
use redress_journal::Change;
use serde_json::{Map, Value};

use super::amend::mark_addition;
use super::case::Case;
use crate::App;
use crate::contract::{AmendStep, Done, Recorded, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Amendment, Pen, parse_id, seen_heads};

const TOUCHED: &[Touched] = &[Touched::Complaint, Touched::Step, Touched::Loss];

/// What is put on the paper afterwards; it changes nothing that was counted when the case was closed.
const AFTERWARDS: [&str; 8] = [
    "signed_consumer_on",
    "signed_respondent_on",
    "signed_mediator_on",
    "sealed_on",
    "told_how",
    "told_on",
    "document_number",
    "note",
];

/// `step.record`. A step that the procedure does not allow now is refused with the reason.
pub(crate) fn record_step(app: &mut App, input: StepInput) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let today = session.today(host)?;
    let valid = input.validate(today, &*session.store.code_lists()?).map_err(AppError::invalid)?;
    let complaint = valid.step.complaint.ok_or_else(|| AppError::new("record_missing"))?;
    let case = Case::load(&session.store, &complaint)?;
    let offer = case.state.offer(input.kind);
    if let Some(reason) = offer.why_not {
        return Err(AppError::new("step_impossible").with("step", input.kind.as_str()).with("reason", reason));
    }
    let wrong = misfits(&case, &valid.step, (&case.steps, today));
    if !wrong.is_empty() {
        return Err(AppError::invalid(wrong));
    }
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let (step_id, loss_id) = (host.new_id()?, host.new_id()?);
    let office = session.require_owner(&case)?;
    session.store.write(|gate| -> Result<()> {
        pen.create(gate, office, Kind::Step, (step_id, fields(&valid.step)))?;
        if let Some(loss) = &valid.loss {
            pen.create(gate, office, Kind::Loss, (loss_id, fields(loss)))?;
        }
        Ok(())
    })?;
    Done::wrote(Recorded { id: step_id.to_string() }, TOUCHED)
}

/// `step.amend`. Only what differs from what the form showed is written; a loss is recorded in the ledger, not here.
pub(crate) fn amend_step(app: &mut App, input: AmendStep) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let id = parse_id(&input.id)?;
    let record = session.store.record(&id)?.filter(|record| record.kind == Kind::Step.as_str());
    let record = record.ok_or_else(|| AppError::new("record_missing"))?;
    let was = seen_heads(&record, &input.seen)?;
    let seen: Step = read_map(record.values_seen_by(&was)).value;
    let same =
        seen.kind == Some(input.input.kind) && seen.complaint.is_some_and(|of| of.to_string() == input.input.complaint);
    if !same || input.input.loss.is_some() {
        return Err(AppError::new("record_changed"));
    }
    let today = session.today(host)?;
    let typed = input.input.validate_onto(&seen, today, &*session.store.code_lists()?).map_err(AppError::invalid)?;
    let case = Case::load(&session.store, &seen.complaint.unwrap_or_default())?;
    let others: Vec<_> = case.steps.iter().filter(|(step, _)| *step != id).cloned().collect();
    let wrong = misfits(&case, &typed.step, (&others, today));
    if !wrong.is_empty() {
        return Err(AppError::invalid(wrong));
    }
    let set = changes(&seen, &typed.step);
    if set.is_empty() {
        return Done::wrote(Recorded { id: input.id }, &[]);
    }
    let office = session.require_owner(&case)?;
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let shifts = shifts_the_file(&case, &set);
    session.store.write(|gate| -> Result<()> {
        pen.amend_seen(gate, office, &record, Amendment { id, was, change: Change::Set(set) })?;
        if shifts { mark_addition(gate, &pen, &case, (office, today)) } else { Ok(()) }
    })?;
    Done::wrote(Recorded { id: input.id }, &[Touched::Complaint, Touched::Step, Touched::Loss, Touched::Decision])
}

/// Whether a change to a step of a closed case is more than a paper that was completed.
fn shifts_the_file(case: &Case, set: &Map<String, Value>) -> bool {
    case.state.offer(StepKind::Archived).why_not == Some("already_archived")
        || set.keys().any(|field| !AFTERWARDS.contains(&field.as_str()))
}

/// A day that cannot be right beside the other steps, and a file that is not complete without a word why.
fn misfits(case: &Case, step: &Step, (others, today): (&[(uuid::Uuid, Step)], CivilDate)) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    let (Some(kind), Some(on)) = (step.kind, step.on) else { return wrong };
    if let Some(code) = case.timetable.day_problem((&case.complaint, others), (kind, on)) {
        wrong.push(FieldError::new("on", code));
    }
    if kind == StepKind::Archived && step.note.is_empty() {
        let contents = file::contents(&case.complaint, others, &case.lists, today);
        let missing = file::missing(&contents, &step.contents);
        if !missing.is_empty() {
            wrong.push(FieldError::new("contents", "file_incomplete").with("count", missing.len()));
        }
    }
    wrong
}

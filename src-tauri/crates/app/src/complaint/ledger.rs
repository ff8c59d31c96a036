//! The ledger of recovered losses: lines are added, never changed. A wrong one is taken back by a reversal that names it.

use redress_domain::record::{Loss, LossInput, fields, read_map};
use redress_domain::{CivilDate, CodeLists, FieldError, Kind};
use uuid::Uuid;

use super::amend::mark_addition;
use super::case::Case;
use crate::App;
use crate::contract::{Done, Recorded, ReverseLoss, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Pen, parse_id};

const TOUCHED: &[Touched] = &[Touched::Complaint, Touched::Loss];

/// `loss.record`.
pub(crate) fn record_loss(app: &mut App, input: LossInput) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let loss = input.validate(session.today(host)?, &*session.store.code_lists()?).map_err(AppError::invalid)?;
    let complaint = loss.complaint.ok_or_else(|| AppError::new("record_missing"))?;
    let case = Case::load(&session.store, &complaint)?;
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let id = host.new_id()?;
    let office = session.require_owner(&case)?;
    let today = session.today(host)?;
    session.store.write(|gate| -> Result<()> {
        pen.create(gate, office, Kind::Loss, (id, fields(&loss)))?;
        mark_addition(gate, &pen, &case, (office, today))
    })?;
    Done::wrote(Recorded { id: id.to_string() }, TOUCHED)
}

/// `loss.reverse`. The replacement, if there is one, is written with the reversal or not at all.
pub(crate) fn reverse_loss(app: &mut App, input: ReverseLoss) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let today = session.today(host)?;
    let id = parse_id(&input.loss)?;
    let record = session.store.record(&id)?.filter(|record| record.kind == Kind::Loss.as_str());
    let record = record.ok_or_else(|| AppError::new("record_missing"))?;
    let loss: Loss = read_map(record.state.values()).value;
    let complaint = loss.complaint.ok_or_else(|| AppError::new("record_missing"))?;
    let case = Case::load(&session.store, &complaint)?;
    let (on, replacement) = validate(&input, complaint, (today, &case.lists))?;
    let reversed = case.ledger().iter().any(|line| line.id == id && line.reversed_by.is_some());
    if reversed || loss.reverses.is_some() {
        return Err(AppError::new("loss_already_reversed"));
    }
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let (reversal_id, replacement_id) = (host.new_id()?, host.new_id()?);
    let office = session.require_owner(&case)?;
    session.store.write(|gate| -> Result<()> {
        let reversal = loss.reversal(id, on, &input.reason);
        pen.create(gate, office, Kind::Loss, (reversal_id, fields(&reversal)))?;
        if let Some(replacement) = &replacement {
            let replacement = Loss { replaces: Some(reversal_id), ..replacement.clone() };
            pen.create(gate, office, Kind::Loss, (replacement_id, fields(&replacement)))?;
        }
        mark_addition(gate, &pen, &case, (office, today))
    })?;
    Done::wrote(Recorded { id: reversal_id.to_string() }, TOUCHED)
}

fn validate(
    input: &ReverseLoss,
    complaint: Uuid,
    (today, lists): (CivilDate, &CodeLists),
) -> Result<(CivilDate, Option<Loss>)> {
    let mut wrong = Vec::new();
    if input.reason.trim().is_empty() {
        wrong.push(FieldError::new("reason", "required"));
    }
    let on = match CivilDate::parse_typed(&input.on, today) {
        Ok(on) => Some(on),
        Err(error) => {
            wrong.push(FieldError::new("on", error.code()));
            None
        }
    };
    let mut replacement = None;
    if let Some(typed) = &input.replacement {
        let whole = LossInput { complaint: complaint.to_string(), ..typed.clone() };
        match whole.validate(today, lists) {
            Ok(loss) => replacement = Some(loss),
            Err(errors) => wrong.extend(errors.into_iter().map(|mut error| {
                error.field = format!("replacement.{}", error.field);
                error
            })),
        }
    }
    match on {
        Some(on) if wrong.is_empty() => Ok((on, replacement)),
        _ => Err(AppError::invalid(wrong)),
    }
}

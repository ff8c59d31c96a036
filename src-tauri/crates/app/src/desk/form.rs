//! `form.check`: what can be said of a form while it is typed. It writes nothing and refuses nothing.

use std::sync::Arc;

use redress_domain::record::{LossInput, LossKind, StepInput};
use redress_domain::{CivilDate, CodeLists, Fen, FieldError, Fields, FormCheck, ledger, mask};
use serde::Serialize;

use crate::App;
use crate::complaint::Case;
use crate::contract::{CheckedForm, Done, TypedForm, TypedPeriod};
use crate::error::{AppError, Result};
use crate::session::{Session, parse_id};

/// `form.check`.
pub(crate) fn check_form(app: &mut App, form: TypedForm) -> Result<Done<CheckedForm>> {
    let today = app.today()?;
    let lists = match app.session() {
        Ok(session) => session.store.code_lists()?,
        Err(_) => Arc::new(CodeLists::built_in()),
    };
    Done::read(match form {
        TypedForm::Complaint { input } => without_masked(&input, input.check(today, &lists))?,
        TypedForm::Consultation { input } => without_masked(&input, input.check(today, &lists))?,
        TypedForm::Step { input } => {
            let mut check = input.check(today, &lists);
            if let Some(case) = case_of(app.session()?, &input.complaint) {
                check.errors.extend(odd_day(&case, &input, today));
                let loss = input.loss.as_ref().and_then(|loss| odd_loss(&case, loss));
                check.warnings.extend(loss.map(|odd| FieldError { field: format!("loss.{}", odd.field), ..odd }));
            }
            check
        }
        TypedForm::Activity { input } => input.check(today, &lists),
        // Whose number comes back as it was shown.
        TypedForm::Volunteer { input } => without_masked(&input, input.check(today, &lists))?,
        TypedForm::Period { input } => period(&input, today, &lists),
        TypedForm::Loss { input } => {
            let mut check: FormCheck = input.check(today, &lists);
            let case = case_of(app.session()?, &input.complaint);
            check.warnings.extend(case.and_then(|case| odd_loss(&case, &input)));
            check
        }
    })
}

/// A list may be asked for days that lie ahead: that is not odd.
fn period(input: &TypedPeriod, today: CivilDate, lists: &CodeLists) -> FormCheck {
    let mut fields = Fields::new(today, lists);
    fields.past_date("from", &input.from);
    fields.past_date("to", &input.to);
    FormCheck { warnings: Vec::new(), ..fields.into_check() }
}

/// What is shown masked stands for what is kept: nothing can be said of it.
fn without_masked(input: &impl Serialize, mut check: FormCheck) -> Result<FormCheck> {
    let typed = serde_json::to_value(input).map_err(AppError::internal)?;
    let is_masked = |found: &FieldError| {
        let shown_in_part = mask::FIELDS.contains(&&*found.field) || found.field == "phone";
        shown_in_part && typed[&found.field].as_str().is_some_and(mask::is_masked)
    };
    check.errors.retain(|error| !is_masked(error));
    check.warnings.retain(|warning| !is_masked(warning));
    Ok(check)
}

/// The complaint that the form is about, when it is here.
fn case_of(session: &Session, complaint: &str) -> Option<Case> {
    Case::load(&session.store, &parse_id(complaint).ok()?).ok()
}

/// A step on a day on which it cannot have happened is refused when it is recorded; it is said early.
fn odd_day(case: &Case, input: &StepInput, today: CivilDate) -> Option<FieldError> {
    let on = CivilDate::parse_typed(&input.on, today).ok()?;
    let problem = case.timetable.day_problem((&case.complaint, &case.steps), (input.kind, on))?;
    Some(FieldError::new("on", problem))
}

/// More cannot usually be recovered than was disputed: a slip of the finger, or a matter to be explained.
fn odd_loss(case: &Case, input: &LossInput) -> Option<FieldError> {
    let amount = Fen::parse_yuan(&input.amount).ok()?;
    let dispute = case.complaint.dispute_fen.filter(|dispute| *dispute > Fen::ZERO)?;
    let recovered = ledger::total(&case.ledger(), LossKind::Recovered)?;
    let sum = recovered.checked_add(amount).filter(|_| input.kind == LossKind::Recovered)?;
    let over = sum > dispute;
    over.then(|| FieldError::new("amount", "loss_over_dispute").with("dispute", dispute).with("sum", sum))
}

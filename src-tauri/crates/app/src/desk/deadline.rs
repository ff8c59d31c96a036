//! `deadline.compute`: the end of a period by the rule that was in force on the day of its event.

use std::sync::Arc;

use redress_domain::deadline::{Confidence, Rule, due_excluding};
use redress_domain::{CivilDate, Rules, Timetable};

use crate::App;
use crate::contract::{Deadline, DeadlineQuery, Done};
use crate::error::{AppError, Result};

/// More days cannot be left out of any period.
const EXCLUDED_DAYS_MAX: u32 = 3_660;

/// `deadline.compute`.
pub(crate) fn deadline(app: &mut App, query: DeadlineQuery) -> Result<Done<Deadline>> {
    let today = app.today()?;
    let on = CivilDate::parse_typed(&query.on, today).map_err(|error| AppError::field("on", error.code()))?;
    if query.excluded_days > EXCLUDED_DAYS_MAX {
        return Err(AppError::field("excluded_days", "number_too_large"));
    }
    // Without a store: what the program itself knows.
    let timetable = match app.session() {
        Ok(session) => session.store.timetable()?,
        Err(_) => Arc::new(Timetable::built_in()),
    };
    let rule = rule(&timetable.rules, query.rule.trim(), on)?;
    let excluded_days = i32::try_from(query.excluded_days).unwrap_or_default();
    let due = due_excluding(rule, on, excluded_days, &timetable.calendar);
    Done::read(Deadline {
        rule: rule.id.to_string(),
        actor: rule.actor.clone(),
        step: rule.step.clone(),
        counted_from: rule.counted_from.clone(),
        on,
        period: rule.period,
        unit: rule.unit,
        due: due.on,
        raw_due: due.raw_on,
        estimated: due.estimated,
        basis: rule.basis.to_string(),
        in_force_from: rule.effective_from,
        in_force_to: rule.effective_to,
        time_not_counted: rule.time_not_counted.clone(),
        extension: rule.extension.clone(),
        checked: rule.confidence == Confidence::Checked,
    })
}

/// The rule as it stood then; names are understood in small letters, too.
fn rule<'a>(rules: &'a Rules, name: &str, on: CivilDate) -> Result<&'a Rule> {
    let name = name.to_ascii_uppercase();
    if let Some(rule) = rules.in_force(&name, on) {
        return Ok(rule);
    }
    let Some(rule) = rules.named(&name).last() else {
        let known: Vec<&str> = rules.all().iter().map(|rule| &*rule.id).collect();
        return Err(AppError::new("deadline_rule_unknown").with("rule", name).with("known", known.join(" ")));
    };
    let day = |day: Option<CivilDate>| day.map_or("…".to_owned(), |day| day.to_string());
    Err(AppError::new("deadline_rule_not_in_force")
        .with("rule", name)
        .with("on", on)
        .with("from", day(rule.effective_from))
        .with("to", day(rule.effective_to)))
}

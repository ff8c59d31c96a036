//! `redress deadline`: when a period ends, and why.

use redress_app::Result;
use redress_app::contract::{Deadline, DeadlineQuery};
use redress_domain::CivilDate;

use crate::answer::Answer;
use crate::args;
use crate::desk::Desk;
use crate::say::Say;
use crate::table::facts;

/// Computes. No store is needed.
pub fn run(desk: &mut Desk, args: args::Deadline) -> Result<Answer> {
    let query = DeadlineQuery { rule: args.rule, on: args.date, excluded_days: args.exclude };
    let deadline: Deadline = desk.call("deadline.compute", query)?;
    Answer::new(&deadline, text(&desk.say, &deadline))
}

fn text(say: &Say, deadline: &Deadline) -> String {
    let unit = serde_json::to_value(deadline.unit).ok();
    let unit = unit.as_ref().and_then(|unit| unit.as_str()).unwrap_or_default();
    let doubt = if deadline.checked { String::new() } else { say.text("deadline.unchecked") };
    let rows = [
        ("due", deadline.due.to_string()),
        ("raw_due", deadline.raw_due.to_string()),
        ("estimated", say.text(if deadline.estimated { "deadline.yes" } else { "deadline.no" })),
        ("basis", format!("{}{doubt}", deadline.basis)),
        ("rule", deadline.rule.clone()),
        ("step", format!("{}：{}", deadline.actor, deadline.step)),
        ("counted_from", format!("{} {}", deadline.on, deadline.counted_from)),
        ("period", say.counted(&format!("deadline.unit.{unit}"), u64::from(deadline.period))),
        ("in_force", in_force(say, (deadline.in_force_from, deadline.in_force_to))),
        ("not_counted", deadline.time_not_counted.clone()),
        ("extension", deadline.extension.clone()),
    ];
    let known = rows.into_iter().filter(|(_, value)| !value.is_empty());
    facts(known.map(|(name, value)| (say.text(&format!("deadline.{name}")), value)).collect::<Vec<_>>())
}

fn in_force(say: &Say, (from, to): (Option<CivilDate>, Option<CivilDate>)) -> String {
    let Some(from) = from else { return String::new() };
    let to = to.map_or_else(|| say.text("deadline.until_now"), |to| to.to_string());
    format!("{from} – {to}")
}

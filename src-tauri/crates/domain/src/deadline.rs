//! Deadlines: rules as data, and the day on which a period ends.
//! It must not know which rule applies to a case (that is `procedure`), nor what day it is today.
//!
//! Counting: the start day is not counted; a last day on a rest day moves to the next working day. What must happen at
//! once is due on the day itself, and a period counted back from an event is not moved at all.

use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

use crate::calendar::Calendar;
use crate::date::CivilDate;
use crate::packs::{self, PackError};

/// The committee's period for deciding on acceptance (Shandong regulation art. 74).
pub const ACCEPT: &str = "SD-CA-ACCEPT";
/// The committee's period for finishing mediation (Shandong regulation art. 74).
pub const MEDIATE: &str = "SD-CA-MEDIATE";

/// Longest period a rule may have, in its own unit.
const PERIOD_MAX: u16 = 3_660;

/// What a period is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "PeriodUnit")]
pub enum Unit {
    /// Working days.
    #[serde(rename = "WD")]
    WorkingDays,
    /// Calendar days.
    #[serde(rename = "CD")]
    CalendarDays,
    /// Months, to the same day.
    #[serde(rename = "M")]
    Months,
    /// Years, to the same day.
    #[serde(rename = "Y")]
    Years,
}

/// Which way a period runs from its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Direction {
    /// It begins with the event.
    #[default]
    #[serde(rename = "")]
    After,
    /// It ends with the event: notice to be given so long before.
    #[serde(rename = "before")]
    Before,
}

/// Whether somebody has compared a rule with the text of the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// The text was found, and says so.
    Checked,
    /// The text was not found: to be looked at by a person, never applied by the program.
    Unchecked,
}

/// One row of the deadline pack.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Stable name, as `SD-CA-ACCEPT`.
    pub id: Arc<str>,
    /// Who must act.
    pub actor: String,
    /// What must be done.
    pub step: String,
    /// The event the period runs from.
    pub counted_from: String,
    /// Length, in `unit`.
    pub period: u16,
    /// What is counted.
    pub unit: Unit,
    /// Which way.
    pub direction: Direction,
    /// By how much it may be extended, in words.
    pub extension: String,
    /// Time that does not count, in words.
    pub time_not_counted: String,
    /// Law and article.
    pub basis: Arc<str>,
    /// First day the rule is in force; `None` as far back as anybody asks.
    pub effective_from: Option<CivilDate>,
    /// Last day the rule is in force; `None` while it still is.
    pub effective_to: Option<CivilDate>,
    /// Whether the text of the law was found.
    pub confidence: Confidence,
}

impl Rule {
    /// Whether the rule is in force for an event on `day`.
    pub fn is_in_force(&self, day: CivilDate) -> bool {
        self.effective_from.is_none_or(|from| from <= day) && self.effective_to.is_none_or(|to| day <= to)
    }
}

#[derive(Deserialize)]
struct Row {
    rule_id: String,
    actor: String,
    step: String,
    counted_from: String,
    period: u16,
    unit: Unit,
    direction: Direction,
    extension: String,
    time_not_counted: String,
    legal_basis: String,
    effective_from: Option<CivilDate>,
    effective_to: Option<CivilDate>,
    confidence: Confidence,
}

/// All rules of a pack. A rule that was changed stands there once for each time it was in force.
#[derive(Debug, Clone)]
pub struct Rules {
    rules: Vec<Rule>,
}

impl Rules {
    /// The rules shipped with the program.
    pub fn built_in() -> Rules {
        Rules::from_csv(packs::DEADLINES).expect("the deadline rules shipped with the program are tested")
    }

    /// Reads a pack; it must hold [`ACCEPT`] and [`MEDIATE`].
    pub fn from_csv(text: &str) -> Result<Rules, PackError> {
        let broken = |e: &dyn std::fmt::Display| PackError::new("deadlines", e);
        let mut rules = Vec::new();
        for row in csv::Reader::from_reader(text.as_bytes()).deserialize::<Row>() {
            let row = row.map_err(|e| broken(&e))?;
            if row.period > PERIOD_MAX {
                return Err(broken(&row.rule_id));
            }
            rules.push(Rule::from(row));
        }
        match [ACCEPT, MEDIATE].into_iter().find(|id| !rules.iter().any(|rule: &Rule| &*rule.id == *id)) {
            Some(missing) => Err(broken(&missing)),
            None => Ok(Rules { rules }),
        }
    }

    /// Every rule, in the pack's order.
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of this name as it stood on the day of the event; `None` when it was not in force then.
    pub fn in_force(&self, id: &str, day: CivilDate) -> Option<&Rule> {
        self.named(id).find(|rule| rule.is_in_force(day))
    }

    /// The rule of this name at every time it was in force.
    pub fn named(&self, id: &str) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| &*rule.id == id)
    }
}

impl From<Row> for Rule {
    fn from(row: Row) -> Rule {
        Rule {
            id: row.rule_id.into(),
            actor: row.actor,
            step: row.step,
            counted_from: row.counted_from,
            period: row.period,
            unit: row.unit,
            direction: row.direction,
            extension: row.extension,
            time_not_counted: row.time_not_counted,
            basis: row.legal_basis.into(),
            effective_from: row.effective_from,
            effective_to: row.effective_to,
            confidence: row.confidence,
        }
    }
}

/// When something is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The last day on which it is still in time.
    pub on: CivilDate,
    /// The last day before it was moved off a rest day.
    pub raw_on: CivilDate,
    /// Whether a year without calendar data was counted Monday to Friday.
    pub estimated: bool,
    /// The rule, where a rule and not an agreed date stands behind it.
    pub rule_id: Option<Arc<str>>,
    /// The rule's law and article.
    pub basis: Option<Arc<str>>,
}

/// The end of the rule's period that starts with the event on `start`.
pub fn due(rule: &Rule, start: CivilDate, calendar: &Calendar) -> Due {
    due_excluding(rule, start, 0, calendar)
}

/// As [`due`], with `excluded_days` calendar days that do not count (testing, for example).
pub fn due_excluding(rule: &Rule, start: CivilDate, excluded_days: i32, calendar: &Calendar) -> Due {
    let (end, mut estimated) = end_of_period(rule, start, calendar);
    let raw_on = end.add_days(excluded_days);
    let mut on = raw_on;
    while may_move(rule) && on < CivilDate::MAX {
        let (working, guessed) = calendar.is_working_day(on);
        estimated |= guessed;
        if working {
            break;
        }
        on = on.add_days(1);
    }
    Due { on, raw_on, estimated, rule_id: Some(rule.id.clone()), basis: Some(rule.basis.clone()) }
}

/// A last day moves off a rest day where a period was given at all, and only forward in time from its event.
fn may_move(rule: &Rule) -> bool {
    rule.period > 0 && rule.direction == Direction::After
}

/// The last day of the period, and whether a year without calendar data was counted on the way.
fn end_of_period(rule: &Rule, start: CivilDate, calendar: &Calendar) -> (CivilDate, bool) {
    let (sign, period) = match rule.direction {
        Direction::After => (1, i32::from(rule.period)),
        Direction::Before => (-1, -i32::from(rule.period)),
    };
    match rule.unit {
        Unit::WorkingDays => nth_working_day(start, (rule.period, sign), calendar),
        Unit::CalendarDays => (start.add_days(period), false),
        Unit::Months => (start.add_months(period), false),
        Unit::Years => (start.add_months(period * 12), false),
    }
}

fn nth_working_day(start: CivilDate, (count, step): (u16, i32), calendar: &Calendar) -> (CivilDate, bool) {
    let (mut day, mut left, mut estimated) = (start, count, false);
    while left > 0 && day < CivilDate::MAX && day > CivilDate::MIN {
        day = day.add_days(step);
        let (working, guessed) = calendar.is_working_day(day);
        estimated |= guessed;
        left -= u16::from(working);
    }
    (day, estimated)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).unwrap()
    }

    fn rule(id: &str) -> Rule {
        Rules::built_in().named(id).next().unwrap().clone()
    }

    #[test]
    fn a_period_into_a_year_without_data_is_estimated() {
        let due = due(&rule(MEDIATE), day("2026-11-20"), &Calendar::built_in());
        assert_eq!((due.on, due.estimated), (day("2027-01-19"), true));
        assert_eq!(due.rule_id.as_deref(), Some(MEDIATE));
    }

    #[test]
    fn excluded_days_push_the_end_back_before_it_leaves_a_rest_day() {
        let due = due_excluding(&rule(MEDIATE), day("2026-07-10"), 4, &Calendar::built_in());
        assert_eq!((due.raw_on, due.on), (day("2026-09-12"), day("2026-09-14")));
    }

    #[test]
    fn what_must_happen_at_once_and_what_is_counted_back_is_not_moved() {
        let calendar = Calendar::built_in();
        let table = [("PM-AGREE-ORAL", "2026-10-03", "2026-10-03"), ("BIZ-PREPAID-30", "2026-11-02", "2026-10-03")];
        for (id, event, expected) in table {
            let due = due(&rule(id), day(event), &calendar);
            assert_eq!((due.on, due.raw_on), (day(expected), day(expected)), "{id}");
        }
    }

    #[test]
    fn a_rule_is_the_one_in_force_on_the_day_of_the_event() {
        let rules = Rules::built_in();
        let table = [
            ("SAMR20-MEDIATE", "2019-12-31", false),
            ("SAMR20-MEDIATE", "2026-04-14", true),
            ("SAMR20-MEDIATE", "2026-04-15", false),
            ("SAMR-MEDIATE", "2026-04-14", false),
            ("SAMR-MEDIATE", "2026-04-15", true),
            (ACCEPT, "2017-06-30", false),
            ("NO-SUCH-RULE", "2026-04-15", false),
        ];
        for (id, on, expected) in table {
            assert_eq!(rules.in_force(id, day(on)).is_some(), expected, "{id} on {on}");
        }
    }

    #[test]
    fn the_two_periods_of_the_committee_are_seven_and_sixty() {
        let (accept, mediate) = (rule(ACCEPT), rule(MEDIATE));
        assert_eq!((accept.period, accept.unit), (7, Unit::WorkingDays));
        assert_eq!((mediate.period, mediate.unit), (60, Unit::CalendarDays));
        assert!(Rules::built_in().all().iter().filter(|r| r.confidence == Confidence::Unchecked).count() < 5);
    }

    #[test]
    fn periods_at_the_ends_of_the_range_end() {
        let long = Rule { period: 3_000, ..rule(ACCEPT) };
        assert_eq!(due(&long, day("2199-12-01"), &Calendar::built_in()).on, CivilDate::MAX);
        let back = Rule { direction: Direction::Before, ..long };
        assert_eq!(due(&back, day("1900-02-01"), &Calendar::built_in()).on, CivilDate::MIN);
    }
}

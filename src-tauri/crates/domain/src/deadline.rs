//! Deadlines: rules as data, and the day on which a period ends.
//! It must not know which rule applies to a case (that is `procedure`), nor what day it is today.
//!
//! Counting: the start day is not counted; a last day on a rest day moves to the next working day.

use serde::Deserialize;
use std::sync::Arc;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
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
    /// Time that does not count, in words.
    pub time_not_counted: String,
    /// Law and article.
    pub basis: Arc<str>,
    /// First day the rule is in force; `None` as far back as anybody asks.
    pub effective_from: Option<CivilDate>,
    /// Last day the rule is in force; `None` while it still is.
    pub effective_to: Option<CivilDate>,
}

#[derive(Deserialize)]
struct Row {
    rule_id: String,
    actor: String,
    step: String,
    counted_from: String,
    period: u16,
    unit: Unit,
    time_not_counted: String,
    legal_basis: String,
    effective_from: Option<CivilDate>,
    effective_to: Option<CivilDate>,
}

/// All rules of a pack.
#[derive(Debug, Clone)]
pub struct Rules {
    rules: Vec<Rule>,
    accept: Rule,
    mediate: Rule,
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
        let find = |id: &str| rules.iter().find(|r| &*r.id == id).cloned().ok_or_else(|| broken(&id));
        let (accept, mediate) = (find(ACCEPT)?, find(MEDIATE)?);
        Ok(Rules { rules, accept, mediate })
    }

    /// The rule of this name.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| &*r.id == id)
    }

    /// The rule for deciding on acceptance.
    pub fn accept(&self) -> &Rule {
        &self.accept
    }

    /// The rule for finishing mediation.
    pub fn mediate(&self) -> &Rule {
        &self.mediate
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
            time_not_counted: row.time_not_counted,
            basis: row.legal_basis.into(),
            effective_from: row.effective_from,
            effective_to: row.effective_to,
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
    let mut estimated = false;
    let raw = match rule.unit {
        Unit::WorkingDays => {
            let mut day = start;
            let mut left = rule.period;
            while left > 0 && day < CivilDate::MAX {
                day = day.add_days(1);
                let (working, guessed) = calendar.is_working_day(day);
                estimated |= guessed;
                left -= u16::from(working);
            }
            day
        }
        Unit::CalendarDays => start.add_days(i32::from(rule.period)),
        Unit::Months => start.add_months(i32::from(rule.period)),
        Unit::Years => start.add_months(i32::from(rule.period) * 12),
    };
    let raw_on = raw.add_days(excluded_days);
    let mut on = raw_on;
    loop {
        let (working, guessed) = calendar.is_working_day(on);
        estimated |= guessed;
        if working || on == CivilDate::MAX {
            break;
        }
        on = on.add_days(1);
    }
    Due { on, raw_on, estimated, rule_id: Some(rule.id.clone()), basis: Some(rule.basis.clone()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).unwrap()
    }

    fn rule(unit: Unit, period: u16) -> Rule {
        Rule { unit, period, ..Rules::built_in().accept().clone() }
    }

    #[test]
    fn the_worked_examples_of_the_field_come_out() {
        let calendar = Calendar::built_in();
        let table = [
            (Unit::WorkingDays, 7, "2025-01-22", "2025-02-07"),
            (Unit::WorkingDays, 7, "2026-02-13", "2026-03-02"),
            (Unit::WorkingDays, 7, "2026-06-18", "2026-06-30"),
            (Unit::WorkingDays, 7, "2026-09-28", "2026-10-13"),
            (Unit::WorkingDays, 15, "2026-10-09", "2026-10-29"),
            (Unit::CalendarDays, 60, "2026-07-10", "2026-09-08"),
            (Unit::CalendarDays, 60, "2026-03-03", "2026-05-06"),
            (Unit::CalendarDays, 60, "2026-08-08", "2026-10-08"),
            (Unit::CalendarDays, 30, "2026-09-01", "2026-10-08"),
        ];
        for (unit, period, start, expected) in table {
            let due = due(&rule(unit, period), day(start), &calendar);
            assert_eq!((due.on, due.estimated), (day(expected), false), "{period} from {start}");
        }
    }

    #[test]
    fn a_period_into_a_year_without_data_is_estimated() {
        let calendar = Calendar::built_in();
        let due = due(Rules::built_in().mediate(), day("2026-11-20"), &calendar);
        assert_eq!((due.on, due.estimated), (day("2027-01-19"), true));
        assert_eq!(due.rule_id.as_deref(), Some(MEDIATE));
    }

    #[test]
    fn excluded_days_push_the_end_back_before_it_leaves_a_rest_day() {
        let due = due_excluding(Rules::built_in().mediate(), day("2026-07-10"), 4, &Calendar::built_in());
        assert_eq!((due.raw_on, due.on), (day("2026-09-12"), day("2026-09-14")));
    }

    #[test]
    fn the_two_periods_of_the_committee_are_seven_and_sixty() {
        let rules = Rules::built_in();
        assert_eq!((rules.accept().period, rules.accept().unit), (7, Unit::WorkingDays));
        assert_eq!((rules.mediate().period, rules.mediate().unit), (60, Unit::CalendarDays));
        assert!(rules.get("PM-CONFIRM").is_some());
    }

    #[test]
    fn periods_at_the_end_of_the_range_end() {
        let due = due(&rule(Unit::WorkingDays, 3_000), day("2199-12-01"), &Calendar::built_in());
        assert_eq!(due.on, CivilDate::MAX);
    }
}

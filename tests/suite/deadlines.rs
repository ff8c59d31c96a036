//! Periods: the worked examples of the field, a walk over two years beside a second way of counting, rules by date.

use redress_domain::deadline::{self, Direction, Rule, Rules, Unit};
use redress_domain::{Calendar, CivilDate, packs};
use redress_tests::TestHost;
use serde_json::{Value, json};

const EXAMPLES: &str = include_str!("../vectors/deadlines/examples.csv");

fn day(text: &str) -> CivilDate {
    CivilDate::parse_iso(text).expect("days of the tests are days")
}

fn period(unit: Unit, period: u16) -> Rule {
    let rules = Rules::built_in();
    let any = rules.all().first().expect("the pack has rules");
    Rule { unit, period, direction: Direction::After, ..any.clone() }
}

/// (unit, length, event, due) of every row.
fn examples() -> Vec<(Unit, u16, CivilDate, CivilDate)> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.splitn(5, ',').collect();
        let unit = if cells[0] == "WD" { Unit::WorkingDays } else { Unit::CalendarDays };
        (unit, cells[1].parse().expect("a number of days"), day(cells[2]), day(cells[3]))
    };
    EXAMPLES.lines().skip(1).filter(|line| !line.trim().is_empty()).map(row).collect()
}

#[test]
fn every_worked_example_of_the_field_comes_out() {
    let calendar = Calendar::built_in();
    let examples = examples();
    assert!(examples.len() >= 9);
    for (unit, length, event, expected) in examples {
        let due = deadline::due(&period(unit, length), event, &calendar);
        assert_eq!((due.on, due.estimated), (expected, false), "{length} from {event}");
    }
}

/// The same question asked the naive way: the holiday lists read as text, one day looked at after the other.
struct Almanac {
    off: Vec<String>,
    work: Vec<String>,
}

impl Almanac {
    fn read() -> Self {
        let pack: Value = serde_json::from_str(packs::WORKING_DAYS).expect("the calendar is JSON");
        let days = |name: &str| pack[name].as_object().expect("days").keys().cloned().collect();
        Self { off: days("off"), work: days("work") }
    }

    fn people_work(&self, at: chrono::NaiveDate) -> bool {
        let text = at.format("%Y-%m-%d").to_string();
        if self.work.contains(&text) {
            return true;
        }
        let weekend = matches!(at.format("%a").to_string().as_str(), "Sat" | "Sun");
        !weekend && !self.off.contains(&text)
    }

    fn due(&self, event: chrono::NaiveDate, working: bool, length: u32) -> (chrono::NaiveDate, chrono::NaiveDate) {
        let mut raw = event;
        let mut counted = 0;
        while counted < length {
            raw = raw.succ_opt().expect("far from the end of time");
            if !working || self.people_work(raw) {
                counted += 1;
            }
        }
        let mut due = raw;
        while !self.people_work(due) {
            due = due.succ_opt().expect("far from the end of time");
        }
        (raw, due)
    }
}

#[test]
fn every_day_of_two_years_agrees_with_counting_one_day_after_the_other() {
    let (calendar, almanac) = (Calendar::built_in(), Almanac::read());
    let kinds = [(Unit::WorkingDays, 7), (Unit::WorkingDays, 15), (Unit::CalendarDays, 60)];
    let mut event = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day");
    let mut walked = 0;
    while event.format("%Y").to_string().as_str() < "2027" {
        for (unit, length) in kinds {
            let due = deadline::due(&period(unit, length), day(&event.to_string()), &calendar);
            let (raw, on) = almanac.due(event, unit == Unit::WorkingDays, u32::from(length));
            assert_eq!((due.raw_on.to_string(), due.on.to_string()), (raw.to_string(), on.to_string()), "{event}");
            let guessed = due.on > day("2026-12-31");
            assert_eq!(due.estimated, guessed, "{length} from {event}");
            walked += 1;
        }
        event = event.succ_opt().expect("far from the end of time");
    }
    assert_eq!(walked, 730 * 3);
}

#[test]
fn every_rule_names_its_law_and_ends_somewhere() {
    let (rules, calendar) = (Rules::built_in(), Calendar::built_in());
    assert!(rules.all().len() >= 38);
    for rule in rules.all() {
        assert!(!rule.basis.is_empty() && !rule.actor.is_empty() && !rule.counted_from.is_empty(), "{}", rule.id);
        let event = rule.effective_from.unwrap_or(day("2026-04-20"));
        let due = deadline::due(rule, event, &calendar);
        match rule.direction {
            Direction::After => assert!(due.on >= due.raw_on && due.raw_on >= event, "{}", rule.id),
            Direction::Before => assert!(due.on < event, "{}", rule.id),
        }
    }
}

#[test]
fn time_that_does_not_count_moves_the_end_and_the_end_still_leaves_a_rest_day() {
    let (rules, calendar) = (Rules::built_in(), Calendar::built_in());
    let mediate = rules.in_force("SAMR-MEDIATE", day("2026-07-10")).expect("in force since April 2026");
    for (excluded, raw, due) in
        [(0, "2026-09-08", "2026-09-08"), (4, "2026-09-12", "2026-09-14"), (23, "2026-10-01", "2026-10-08")]
    {
        let found = deadline::due_excluding(mediate, day("2026-07-10"), excluded, &calendar);
        assert_eq!((found.raw_on, found.on), (day(raw), day(due)), "{excluded} days");
    }
}

#[test]
fn a_program_without_a_store_answers_when_a_period_ends() {
    let host = TestHost::new(1, "2026-11-23T09:00:00+08:00", std::path::PathBuf::new());
    let mut app = redress_app::App::new(std::sync::Arc::new(host));
    let mut ask = |rule: &str, on: &str| app.dispatch("deadline.compute", json!({"rule": rule, "on": on}));
    let found = ask("samr-clue", "2026-10-09").expect("a rule in force").output;
    assert_eq!(found["due"], "2026-10-29");
    assert_eq!(ask("SAMR-CLUE", "2026-04-14").unwrap_err().code, "deadline_rule_not_in_force");
    assert_eq!(ask("SAMR-CLUES", "2026-04-15").unwrap_err().code, "deadline_rule_unknown");
}

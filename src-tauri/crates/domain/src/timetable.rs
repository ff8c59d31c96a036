//! The calendar and the rules that hold in a store: the program's own, with packs laid over them.
//! It must not know where a pack comes from.

use uuid::Uuid;

use crate::agreement;
use crate::calendar::Calendar;
use crate::codes::CodeLists;
use crate::date::CivilDate;
use crate::deadline::Rules;
use crate::procedure::{self, CaseState};
use crate::record::{Complaint, Step, StepKind, words};

words! {
    /// What a pack can hold.
    pub enum PackKind {
        /// Rest days and make-up working days of some years (JSON).
        Calendar = "calendar",
        /// All deadline rules (CSV).
        Deadlines = "deadlines",
        /// Codes of some lists with their labels (CSV); periods are not counted with them.
        Codes = "codes",
    }
}

/// What periods are counted with.
#[derive(Debug, Clone)]
pub struct Timetable {
    /// Which days are working days.
    pub calendar: Calendar,
    /// How long periods are.
    pub rules: Rules,
}

impl Timetable {
    /// What is shipped with the program.
    pub fn built_in() -> Timetable {
        Timetable { calendar: Calendar::built_in(), rules: Rules::built_in() }
    }

    /// The same with a pack over it. A calendar adds or replaces its years, rules replace all; a pack that cannot be
    /// read changes nothing.
    pub fn with(self, kind: PackKind, content: &str) -> Timetable {
        match kind {
            PackKind::Calendar => match Calendar::from_json(content) {
                Ok(years) => Timetable { calendar: self.calendar.with(&years), ..self },
                Err(_) => self,
            },
            PackKind::Deadlines => match Rules::from_csv(content) {
                Ok(rules) => Timetable { rules, ..self },
                Err(_) => self,
            },
            PackKind::Codes => self,
        }
    }
}

impl Timetable {
    /// As [`procedure::derive`].
    pub fn case_state(&self, complaint: &Complaint, steps: &[(Uuid, Step)]) -> CaseState {
        procedure::derive(complaint, steps, &self.calendar, &self.rules)
    }

    /// As [`procedure::day_problem`].
    pub fn day_problem(
        &self,
        case: (&Complaint, &[(Uuid, Step)]),
        step: (StepKind, CivilDate),
    ) -> Option<&'static str> {
        procedure::day_problem(case, step, &self.calendar, &self.rules)
    }

    /// As [`agreement::confirmation`].
    pub fn confirmation(&self, step: &Step) -> Option<agreement::Confirmation> {
        agreement::confirmation(step, &self.calendar, &self.rules)
    }
}

/// What a text is a pack of, and its name among those of its kind; `None` when it is none.
pub fn recognise(content: &str) -> Option<(PackKind, String)> {
    if let Ok(calendar) = Calendar::from_json(content) {
        let (first, last) = (calendar.first_year(), calendar.last_year());
        let name = if first == last { first.to_string() } else { format!("{first}-{last}") };
        return Some((PackKind::Calendar, name));
    }
    let codes = CodeLists::from_csv(content).ok().filter(|codes| codes.fits_over(&CodeLists::built_in()));
    if let Some(codes) = codes {
        return Some((PackKind::Codes, codes.names().collect::<Vec<_>>().join("+")));
    }
    Rules::from_csv(content).ok().map(|_| (PackKind::Deadlines, "rules".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packs;

    const NEXT: &str = r#"{"years":[2027,2027],"off":{"2027-01-01":"元旦"},"work":{"2027-01-09":"调休"}}"#;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).unwrap()
    }

    #[test]
    fn a_calendar_adds_its_years_and_leaves_the_others() {
        let timetable = Timetable::built_in().with(PackKind::Calendar, NEXT);
        let table = [
            ("2027-01-01", (false, false)),
            ("2027-01-09", (true, false)),
            ("2026-10-10", (true, false)),
            ("2028-01-03", (true, true)),
        ];
        for (date, expected) in table {
            assert_eq!(timetable.calendar.is_working_day(day(date)), expected, "{date}");
        }
        let far = NEXT.replace("2027", "2030");
        let gap = Timetable::built_in().with(PackKind::Calendar, &far).calendar;
        assert_eq!((gap.is_working_day(day("2028-05-01")), gap.last_year()), ((true, true), 2030));
    }

    #[test]
    fn packs_are_recognised_and_a_broken_one_changes_nothing() {
        assert_eq!(recognise(NEXT), Some((PackKind::Calendar, "2027".to_owned())));
        assert_eq!(recognise(packs::WORKING_DAYS), Some((PackKind::Calendar, "2007-2026".to_owned())));
        assert_eq!(recognise(packs::DEADLINES), Some((PackKind::Deadlines, "rules".to_owned())));
        let codes = "list,code,parent,label_zh,label_en,from,to\nnature,N20,,预付卡,Prepaid cards,,\n";
        assert_eq!(recognise(codes), Some((PackKind::Codes, "nature".to_owned())));
        assert_eq!(recognise("list,code,parent,label_zh,label_en,from,to\n"), None);
        assert_eq!(recognise("{}"), None);
        let kept = Timetable::built_in().with(PackKind::Deadlines, "rule_id\nX").with(PackKind::Calendar, "[]");
        assert_eq!(kept.rules.all().len(), Rules::built_in().all().len());
    }
}

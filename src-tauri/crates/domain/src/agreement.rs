//! When an agreement takes effect, which marks are still missing on its paper, and until when a court may confirm it.
//! It must not know what day it is, and must not decide anything: what follows from a late paper a person sees.

use serde::Serialize;
use ts_rs::TS;

use crate::calendar::Calendar;
use crate::date::CivilDate;
use crate::deadline::{self, Due, Rules};
use crate::record::{Step, StepKind, words};

/// So many days after the effect the office is reminded that a court may still confirm.
pub const REMIND_AFTER_DAYS: i32 = 20;

/// Written; oral, on record; performed at once, no document.
const WRITTEN: &str = "AF01";
/// The committee for people's mediation: its agreement needs the mediator's signature and the seal, too.
const PEOPLE_MEDIATION: &str = "RO01";
const CONFIRM: &str = "PM-CONFIRM";

words! {
    /// What is put on the paper of an agreement.
    pub enum Mark {
        /// 消费者签字
        Consumer = "consumer",
        /// 商家签字
        Respondent = "respondent",
        /// 调解员签字
        Mediator = "mediator",
        /// 盖章
        Seal = "seal",
    }
}

/// Whether and since when an agreement binds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The day; `None` while a mark is missing.
    pub on: Option<CivilDate>,
    /// The marks that the effect waits for.
    pub missing: Vec<Mark>,
}

/// Until when the parties may together ask a court to confirm their agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// From this day on the office is reminded.
    pub remind_on: CivilDate,
    /// The last day.
    pub due: Due,
}

/// The effect of an agreement or settlement. An oral one and one performed at once bind from the day itself; a written
/// one from the last signature of the two parties; an agreement of people's mediation from the last of both signatures, the
/// mediator's and the seal. A day that somebody wrote down goes before the rule.
pub fn effect(step: &Step) -> Effect {
    if step.effective_on.is_some() {
        return Effect { on: step.effective_on, missing: Vec::new() };
    }
    if step.agreement_form != WRITTEN {
        return Effect { on: step.on, missing: Vec::new() };
    }
    let mut marks = vec![(Mark::Consumer, step.signed_consumer_on), (Mark::Respondent, step.signed_respondent_on)];
    if step.mediated_as == PEOPLE_MEDIATION {
        marks.extend([(Mark::Mediator, step.signed_mediator_on), (Mark::Seal, step.sealed_on)]);
    }
    let missing: Vec<Mark> = marks.iter().filter(|(_, on)| on.is_none()).map(|(mark, _)| *mark).collect();
    let last = marks.iter().filter_map(|(_, on)| *on).max();
    Effect { on: last.filter(|_| missing.is_empty()), missing }
}

/// The period for asking a court to confirm. A settlement has none: it was not mediated.
pub fn confirmation(step: &Step, calendar: &Calendar, rules: &Rules) -> Option<Confirmation> {
    let on = effect(step).on.filter(|_| step.kind == Some(StepKind::Agreement))?;
    let due = deadline::due(rules.in_force(CONFIRM, on)?, on, calendar);
    Some(Confirmation { remind_on: on.add_days(REMIND_AFTER_DAYS), due })
}

/// The agreement as the page of a complaint shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Agreement")]
pub struct AgreementView {
    /// The step that it is.
    pub step: String,
    /// Since when it binds.
    pub effective_on: Option<CivilDate>,
    /// What its effect waits for.
    pub missing: Vec<Mark>,
    /// The last day for asking a court.
    pub confirm_by: Option<CivilDate>,
    /// A year without calendar was counted Monday to Friday.
    pub confirm_estimated: bool,
    /// The law behind that day.
    pub confirm_basis: Option<String>,
    /// The parties should be reminded now.
    pub remind: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<CivilDate> {
        (!text.is_empty()).then(|| CivilDate::parse_iso(&format!("2026-{text}")).unwrap())
    }

    /// Form, in whose name, then the days of agreement, consumer, respondent, mediator, seal.
    fn step(form: &str, name: &str, days: [&str; 5]) -> Step {
        let [on, consumer, respondent, mediator, seal] = days.map(day);
        Step {
            kind: Some(StepKind::Agreement),
            agreement_form: form.into(),
            mediated_as: name.into(),
            on,
            signed_consumer_on: consumer,
            signed_respondent_on: respondent,
            signed_mediator_on: mediator,
            sealed_on: seal,
            ..Step::default()
        }
    }

    #[test]
    fn an_agreement_binds_from_the_last_mark_that_its_kind_needs() {
        let table = [
            ("AF01", "RO01", ["03-02", "03-02", "03-03", "03-04", "03-09"], "03-09", ""),
            ("AF01", "RO01", ["03-02", "03-02", "03-10", "03-04", "03-09"], "03-10", ""),
            ("AF01", "RO01", ["03-02", "03-02", "03-03", "03-04", ""], "", "seal"),
            ("AF01", "RO01", ["03-02", "03-02", "", "", ""], "", "respondent mediator seal"),
            ("AF01", "RO03", ["03-02", "03-02", "03-03", "", ""], "03-03", ""),
            ("AF01", "", ["03-02", "", "03-03", "", ""], "", "consumer"),
            ("AF02", "RO01", ["03-02", "", "", "", ""], "03-02", ""),
            ("AF03", "RO03", ["03-02", "", "", "", ""], "03-02", ""),
            ("", "", ["03-02", "", "", "", ""], "03-02", ""),
        ];
        for (form, name, days, on, missing) in table {
            let effect = effect(&step(form, name, days));
            let waits: Vec<&str> = effect.missing.iter().map(|mark| mark.as_str()).collect();
            assert_eq!((effect.on, waits.join(" ").as_str()), (day(on), missing), "{form} {name} {days:?}");
        }
    }

    #[test]
    fn a_day_that_somebody_wrote_goes_before_the_rule() {
        let written = Step { effective_on: day("03-20"), ..step("AF01", "RO01", ["03-02", "", "", "", ""]) };
        assert_eq!(effect(&written), Effect { on: day("03-20"), missing: vec![] });
    }

    #[test]
    fn a_court_may_be_asked_for_thirty_days_and_a_reminder_comes_after_twenty() {
        let (calendar, rules) = (Calendar::built_in(), Rules::built_in());
        let oral = step("AF02", "RO01", ["09-01", "", "", "", ""]);
        let found = confirmation(&oral, &calendar, &rules).unwrap();
        assert_eq!((Some(found.remind_on), Some(found.due.on)), (day("09-21"), day("10-08")));
        let unsigned = step("AF01", "RO01", ["09-01", "", "", "", ""]);
        assert_eq!(confirmation(&unsigned, &calendar, &rules), None);
        let settled = Step { kind: Some(StepKind::Settled), ..oral };
        assert_eq!(confirmation(&settled, &calendar, &rules), None, "a settlement was not mediated");
    }
}

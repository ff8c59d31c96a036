//! What the steps of a complaint mean together: its status, its next step, what is due, and what contradicts.
//! Pure and independent of the order in which steps arrive; it must not know what day it is, and must stay cheap,
//! because a merge asks it once for every complaint it touches.
//!
//! The order of life: registered -> accepted | delegated | refused | transferred -> mediation -> agreement | settled |
//! withdrawn | terminated -> performed -> visit-back -> archived, with suspended/resumed inside. A settlement or a
//! withdrawal may come before acceptance. A delegated case was accepted by the authority that delegated it.

use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::agreement;
use crate::calendar::Calendar;
use crate::date::CivilDate;
use crate::deadline::{self, Due, Rules};
use crate::record::{Complaint, Step, StepKind, words};

/// A due date this near (calendar days) is "soon".
pub const SOON_DAYS: i32 = 5;

const KINDS: usize = StepKind::ALL.len();
/// Performed on the spot, and an agreement for which no document is made because it was.
const PERFORMED_AT_ONCE: &str = "PF01";
const NO_DOCUMENT: &str = "AF03";
/// To be performed by a day.
const PROMISED: &str = "PF02";
/// Partly performed, not performed: such a step reports, it does not finish.
const NOT_PERFORMED: &str = "PF04";
const NOT_FULLY_PERFORMED: [&str; 2] = ["PF03", NOT_PERFORMED];

words! {
    /// Where a complaint stands.
    pub enum Status {
        /// 已登记
        Registered = "registered",
        /// 已受理
        Accepted = "accepted",
        /// 中止
        Suspended = "suspended",
        /// 不予受理
        Refused = "refused",
        /// 已转办
        Transferred = "transferred",
        /// 已达成协议
        Agreed = "agreed",
        /// 已和解
        Settled = "settled",
        /// 已撤回
        Withdrawn = "withdrawn",
        /// 已终止
        Terminated = "terminated",
        /// 已履行
        Performed = "performed",
        /// 已归档
        Archived = "archived",
    }
}

words! {
    /// What is to be done next.
    pub enum NextStep {
        /// 决定是否受理
        Decide = "decide",
        /// 调解
        Mediate = "mediate",
        /// 恢复
        Resume = "resume",
        /// 督促履行
        Perform = "perform",
        /// 回访
        VisitBack = "visit_back",
        /// 归档
        Archive = "archive",
    }
}

words! {
    /// How a due date looks from today.
    pub enum Urgency {
        /// 逾期
        Overdue = "overdue",
        /// 将到期
        Soon = "soon",
        /// 从容
        Calm = "calm",
        /// Nothing is to be done.
        None = "none",
    }
}

/// Whether a step can be recorded now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct StepOffer {
    /// The step.
    pub kind: StepKind,
    /// Whether it makes sense now.
    pub possible: bool,
    /// Why not: already_decided, already_closed, already_archived, already_suspended, already_performed,
    /// already_recorded, delegated, not_accepted, not_suspended, suspended, no_agreement, still_open, not_performed.
    #[ts(type = "string | null")]
    pub why_not: Option<&'static str>,
}

/// What the steps of one complaint mean.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseState {
    /// Where it stands.
    pub status: Status,
    /// What is to be done next; `None` when nothing is.
    pub next: Option<NextStep>,
    /// When the next step is due, where a period runs.
    pub due: Option<Due>,
    /// The day it was accepted.
    pub accepted_on: Option<CivilDate>,
    /// The day it was closed; `None` while it is open.
    pub closed_on: Option<CivilDate>,
    /// How it ended (agreement, settled, withdrawn, terminated, refused, transferred), also while an agreement waits
    /// to be performed.
    pub result: Option<StepKind>,
    /// The step that ended it so.
    pub result_step: Option<Uuid>,
    /// Every kind of step, in the order of [`StepKind::ALL`].
    pub offers: [StepOffer; KINDS],
    /// Pairs of steps that cannot both be true: a person must decide.
    pub contradictions: Vec<(Uuid, Uuid)>,
}

impl CaseState {
    /// Whether the case is still to be worked on.
    pub fn is_open(&self) -> bool {
        self.closed_on.is_none()
    }

    /// How the due date looks from `today`.
    pub fn urgency(&self, today: CivilDate) -> Urgency {
        match (&self.next, &self.due) {
            (None, _) => Urgency::None,
            (Some(_), Some(due)) if due.on < today => Urgency::Overdue,
            (Some(_), Some(due)) if due.on.day_number() - today.day_number() <= SOON_DAYS => Urgency::Soon,
            (Some(_), _) => Urgency::Calm,
        }
    }

    /// The offer for one kind of step.
    pub fn offer(&self, kind: StepKind) -> StepOffer {
        self.offers[kind as usize]
    }
}

/// What the steps (withdrawn ones left out) of `complaint` mean together.
pub fn derive(complaint: &Complaint, steps: &[(Uuid, Step)], calendar: &Calendar, rules: &Rules) -> CaseState {
    let life = Life::of(complaint, steps);
    let status = life.status();
    let next = life.next(status);
    let due = next.and_then(|next| life.due(next, complaint, calendar, rules));
    CaseState {
        status,
        next,
        due,
        accepted_on: life.accepted_on(),
        closed_on: life.closed_on(),
        result: life.result.map(|(kind, _)| kind),
        result_step: life.result.map(|(_, step)| step.id),
        offers: life.offers(),
        contradictions: life.contradictions(),
    }
}

/// What is wrong with a step of this kind on that day: before_received, before_accepted, before_suspended, before_result,
/// confirm_period_over. A step that was recorded stays, whatever is recorded later.
pub fn day_problem(
    (complaint, steps): (&Complaint, &[(Uuid, Step)]),
    (kind, on): (StepKind, CivilDate),
    calendar: &Calendar,
    rules: &Rules,
) -> Option<&'static str> {
    let life = Life::of(complaint, steps);
    let before = |day: Option<CivilDate>| day.is_some_and(|day| on < day);
    if before(complaint.received_on) {
        return Some("before_received");
    }
    match kind {
        StepKind::Mediation | StepKind::Agreement | StepKind::Terminated | StepKind::Suspended => {
            before(life.accepted_on()).then_some("before_accepted")
        }
        StepKind::Resumed => before(life.suspended_since).then_some("before_suspended"),
        StepKind::CourtConfirmation => {
            let agreement = life.result.map(|(_, step)| step.step)?;
            let period = agreement::confirmation(agreement, calendar, rules);
            let late = period.is_some_and(|period| period.due.on < on).then_some("confirm_period_over");
            before(life.result_day()).then_some("before_result").or(late)
        }
        StepKind::Performed | StepKind::VisitBack | StepKind::Archived => {
            before(life.result_day()).then_some("before_result")
        }
        StepKind::Accepted
        | StepKind::Refused
        | StepKind::Transferred
        | StepKind::Delegated
        | StepKind::Settled
        | StepKind::Withdrawn => None,
    }
}

/// One step on its day; a step without a day counts as of the day the complaint was received.
#[derive(Clone, Copy)]
struct Dated<'a> {
    id: Uuid,
    kind: StepKind,
    day: Option<CivilDate>,
    step: &'a Step,
}

/// The steps of one complaint, read once in order.
struct Life<'a> {
    /// The earliest step of each kind.
    first: [Option<Dated<'a>>; KINDS],
    /// The latest step that ends the case.
    result: Option<(StepKind, Dated<'a>)>,
    /// The day an agreement was carried out.
    performed_on: Option<CivilDate>,
    performed: bool,
    /// The newest step about performance says that there was none.
    broken: bool,
    suspended: bool,
    suspended_since: Option<CivilDate>,
    suspended_days: i32,
}

impl<'a> Life<'a> {
    fn of(complaint: &Complaint, steps: &'a [(Uuid, Step)]) -> Life<'a> {
        let dated = |(id, step): &'a (Uuid, Step)| {
            Some(Dated { id: *id, kind: step.kind?, day: step.on.or(complaint.received_on), step })
        };
        let mut ordered: Vec<Dated> = steps.iter().filter_map(dated).collect();
        ordered.sort_unstable_by_key(|d| (d.day, rank(d.kind), d.id));
        let mut life = Life {
            first: [None; KINDS],
            result: None,
            performed_on: None,
            performed: false,
            broken: false,
            suspended: false,
            suspended_since: None,
            suspended_days: 0,
        };
        for step in ordered {
            life.first[step.kind as usize].get_or_insert(step);
            if ends_case(step.kind) {
                life.result = Some((step.kind, step));
            }
            match step.kind {
                StepKind::Suspended if !life.suspended => {
                    life.suspended = true;
                    life.suspended_since = step.day;
                }
                StepKind::Resumed if life.suspended => {
                    life.suspended = false;
                    life.suspended_days += days_between(life.suspended_since, step.day);
                }
                StepKind::Performed => life.broken = step.step.performance == NOT_PERFORMED,
                _ => {}
            }
        }
        life.find_performance(steps, complaint.received_on);
        life
    }

    /// What was agreed is carried out on the spot, or by the first later step that says so and does not say "in part".
    fn find_performance(&mut self, steps: &[(Uuid, Step)], received_on: Option<CivilDate>) {
        let Some((StepKind::Agreement | StepKind::Settled, agreement)) = self.result else {
            return;
        };
        let at_once = agreement.step.performance == PERFORMED_AT_ONCE || agreement.step.agreement_form == NO_DOCUMENT;
        if at_once {
            self.performed = true;
            self.performed_on = agreement.day;
            return;
        }
        let finishing = steps.iter().map(|(_, step)| step).filter(|step| {
            step.kind == Some(StepKind::Performed) && !NOT_FULLY_PERFORMED.contains(&step.performance.as_str())
        });
        if let Some(day) = finishing.map(|step| step.on.or(received_on)).min() {
            self.performed = true;
            self.performed_on = day;
        }
    }

    fn has(&self, kind: StepKind) -> bool {
        self.first[kind as usize].is_some()
    }

    /// Accepted here, or by the authority that delegated the case.
    fn accepted_on(&self) -> Option<CivilDate> {
        let delegated = self.first[StepKind::Delegated as usize].map(|d| d.step.delegator_accepted_on.or(d.day));
        self.first[StepKind::Accepted as usize].map(|d| d.day).or(delegated).flatten()
    }

    fn is_accepted(&self) -> bool {
        self.has(StepKind::Accepted) || self.has(StepKind::Delegated)
    }

    fn result_day(&self) -> Option<CivilDate> {
        self.result.and_then(|(_, step)| step.day)
    }

    /// Something was promised for later and is still to come.
    fn owes(&self) -> bool {
        match self.result {
            Some((StepKind::Agreement, _)) => !self.performed,
            Some((StepKind::Settled, settled)) => !self.performed && settled.step.performance == PROMISED,
            _ => false,
        }
    }

    fn first_day(&self, kind: StepKind) -> Option<CivilDate> {
        self.first[kind as usize].and_then(|d| d.day)
    }

    fn status(&self) -> Status {
        if self.has(StepKind::Archived) {
            return Status::Archived;
        }
        match self.result.map(|(kind, _)| kind) {
            Some(StepKind::Agreement) if self.performed => Status::Performed,
            Some(StepKind::Agreement) => Status::Agreed,
            Some(StepKind::Settled) => Status::Settled,
            Some(StepKind::Withdrawn) => Status::Withdrawn,
            Some(StepKind::Terminated) => Status::Terminated,
            Some(StepKind::Refused) => Status::Refused,
            Some(StepKind::Transferred) => Status::Transferred,
            _ if self.suspended => Status::Suspended,
            _ if self.is_accepted() => Status::Accepted,
            _ => Status::Registered,
        }
    }

    fn next(&self, status: Status) -> Option<NextStep> {
        match status {
            Status::Registered => Some(NextStep::Decide),
            Status::Accepted => Some(NextStep::Mediate),
            Status::Suspended => Some(NextStep::Resume),
            Status::Agreed | Status::Settled if self.broken && self.owes() => Some(NextStep::Archive),
            Status::Agreed => Some(NextStep::Perform),
            Status::Settled if self.owes() => Some(NextStep::Perform),
            Status::Performed | Status::Settled if !self.has(StepKind::VisitBack) => Some(NextStep::VisitBack),
            Status::Performed | Status::Settled => Some(NextStep::Archive),
            Status::Refused | Status::Transferred | Status::Withdrawn | Status::Terminated => Some(NextStep::Archive),
            Status::Archived => None,
        }
    }

    fn due(&self, next: NextStep, complaint: &Complaint, calendar: &Calendar, rules: &Rules) -> Option<Due> {
        match next {
            NextStep::Decide => {
                let on = complaint.received_on?;
                Some(deadline::due(rules.in_force(deadline::ACCEPT, on)?, on, calendar))
            }
            NextStep::Mediate => {
                let on = self.accepted_on()?;
                Some(deadline::due_excluding(self.mediation_rule(on, rules)?, on, self.suspended_days, calendar))
            }
            NextStep::Perform => self.result.and_then(|(_, agreement)| agreement.step.perform_by).map(agreed_day),
            NextStep::Resume | NextStep::VisitBack | NextStep::Archive => None,
        }
    }

    /// A delegated case is mediated in the authority's name and by its rule, the one in force when it was accepted.
    fn mediation_rule<'r>(&self, accepted_on: CivilDate, rules: &'r Rules) -> Option<&'r deadline::Rule> {
        const BY_DELEGATION: [&str; 2] = ["SAMR-MEDIATE", "SAMR20-MEDIATE"];
        let theirs = BY_DELEGATION.iter().find_map(|id| rules.in_force(id, accepted_on));
        theirs.filter(|_| self.has(StepKind::Delegated)).or_else(|| rules.in_force(deadline::MEDIATE, accepted_on))
    }

    fn closed_on(&self) -> Option<CivilDate> {
        match self.result {
            Some((StepKind::Agreement, _)) if self.performed => self.performed_on,
            Some((StepKind::Agreement, _)) | None => self.first_day(StepKind::Archived),
            Some((_, end)) => end.day,
        }
    }

    fn offers(&self) -> [StepOffer; KINDS] {
        let mut offers = [StepOffer { kind: StepKind::Accepted, possible: true, why_not: None }; KINDS];
        for (offer, kind) in offers.iter_mut().zip(StepKind::ALL) {
            let why_not = self.why_not(*kind);
            *offer = StepOffer { kind: *kind, possible: why_not.is_none(), why_not };
        }
        offers
    }

    /// Why a step of this kind makes no sense now.
    fn why_not(&self, kind: StepKind) -> Option<&'static str> {
        let decided = self.is_accepted() || self.has(StepKind::Refused) || self.has(StepKind::Transferred);
        let delegated = self.has(StepKind::Delegated);
        let ended = self.result.is_some();
        let agreed = matches!(self.result, Some((StepKind::Agreement, _)));
        let settled = matches!(self.result, Some((StepKind::Settled, _)));
        let running = [(ended, "already_closed"), (!self.is_accepted(), "not_accepted")];
        if self.has(StepKind::Archived) {
            return Some("already_archived");
        }
        match kind {
            StepKind::Transferred if delegated && !ended => Some("delegated"),
            StepKind::Accepted | StepKind::Refused | StepKind::Transferred => {
                first_true(&[(ended, "already_closed"), (decided, "already_decided")])
            }
            StepKind::Delegated => first_true(&[(ended, "already_closed"), (delegated, "already_recorded")]),
            StepKind::Mediation | StepKind::Agreement => first_true(&running).or(self.suspended.then_some("suspended")),
            StepKind::Settled | StepKind::Withdrawn => ended.then_some("already_closed"),
            StepKind::Terminated => first_true(&running),
            StepKind::Suspended => first_true(&running).or(self.suspended.then_some("already_suspended")),
            StepKind::Resumed => first_true(&[(ended, "already_closed"), (!self.suspended, "not_suspended")]),
            StepKind::Performed => {
                let done = self.performed || (settled && !self.owes());
                first_true(&[(!agreed && !settled, "no_agreement"), (done, "already_performed")])
            }
            StepKind::CourtConfirmation => {
                first_true(&[(!agreed, "no_agreement"), (self.has(kind), "already_recorded")])
            }
            StepKind::VisitBack => (!ended).then_some("still_open"),
            StepKind::Archived => first_true(&[(!ended, "still_open"), (self.owes() && !self.broken, "not_performed")]),
        }
    }

    /// One pair (smaller id first) for every two kinds that exclude each other, by their earliest steps.
    fn contradictions(&self) -> Vec<(Uuid, Uuid)> {
        const DECISIONS: [StepKind; 3] = [StepKind::Accepted, StepKind::Refused, StepKind::Transferred];
        const ENDINGS: [StepKind; 5] =
            [StepKind::Agreement, StepKind::Settled, StepKind::Withdrawn, StepKind::Terminated, StepKind::Refused];
        // A delegated case was accepted, and may not be passed on again.
        const BY_DELEGATION: [[StepKind; 2]; 2] =
            [[StepKind::Delegated, StepKind::Refused], [StepKind::Delegated, StepKind::Transferred]];
        let mut pairs = Vec::new();
        for group in [&DECISIONS[..], &ENDINGS[..], &BY_DELEGATION[0], &BY_DELEGATION[1]] {
            for (i, one) in group.iter().enumerate() {
                for other in &group[i + 1..] {
                    if let (Some(a), Some(b)) = (self.first[*one as usize], self.first[*other as usize]) {
                        pairs.push((a.id.min(b.id), a.id.max(b.id)));
                    }
                }
            }
        }
        pairs.sort_unstable();
        pairs
    }
}

fn first_true(reasons: &[(bool, &'static str)]) -> Option<&'static str> {
    reasons.iter().find(|(holds, _)| *holds).map(|(_, reason)| *reason)
}

fn days_between(from: Option<CivilDate>, to: Option<CivilDate>) -> i32 {
    match (from, to) {
        (Some(from), Some(to)) => (to.day_number() - from.day_number()).max(0),
        _ => 0,
    }
}

/// A day the parties agreed on is not moved, and no rule stands behind it.
fn agreed_day(on: CivilDate) -> Due {
    Due { on, raw_on: on, estimated: false, rule_id: None, basis: None }
}

fn ends_case(kind: StepKind) -> bool {
    match kind {
        StepKind::Refused
        | StepKind::Transferred
        | StepKind::Agreement
        | StepKind::Settled
        | StepKind::Withdrawn
        | StepKind::Terminated => true,
        StepKind::Accepted
        | StepKind::Delegated
        | StepKind::Mediation
        | StepKind::Suspended
        | StepKind::Resumed
        | StepKind::Performed
        | StepKind::CourtConfirmation
        | StepKind::VisitBack
        | StepKind::Archived => false,
    }
}

/// The order of steps recorded on one day.
fn rank(kind: StepKind) -> u8 {
    match kind {
        StepKind::Accepted => 0,
        StepKind::Delegated => 1,
        StepKind::Refused => 2,
        StepKind::Transferred => 3,
        StepKind::Suspended => 4,
        StepKind::Resumed => 5,
        StepKind::Mediation => 6,
        StepKind::Agreement => 7,
        StepKind::Settled => 8,
        StepKind::Withdrawn => 9,
        StepKind::Terminated => 10,
        StepKind::Performed => 11,
        StepKind::CourtConfirmation => 12,
        StepKind::VisitBack => 13,
        StepKind::Archived => 14,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).unwrap()
    }

    /// "accepted 03-04, agreement 03-20 PF02" -> steps of 2026 numbered from 1.
    fn steps(story: &str) -> Vec<(Uuid, Step)> {
        let step = |(i, told): (usize, &str)| {
            let words: Vec<&str> = told.split_whitespace().collect();
            let step = Step {
                kind: StepKind::parse(words[0]),
                on: Some(day(&format!("2026-{}", words[1]))),
                performance: words.get(2).unwrap_or(&"").to_string(),
                perform_by: (words.get(2) == Some(&"PF02")).then(|| day("2026-05-01")),
                ..Step::default()
            };
            (Uuid::from_u128(i as u128 + 1), step)
        };
        story.split(", ").filter(|told| !told.is_empty()).enumerate().map(step).collect()
    }

    fn state(story: &str) -> CaseState {
        let complaint = Complaint { received_on: Some(day("2026-03-03")), ..Complaint::default() };
        derive(&complaint, &steps(story), &Calendar::built_in(), &Rules::built_in())
    }

    #[test]
    fn steps_give_the_status_the_next_step_its_due_day_and_the_closing_day() {
        let table = [
            ("", "registered", "decide", "2026-03-12", ""),
            ("accepted 03-03", "accepted", "mediate", "2026-05-06", ""),
            ("accepted 03-03, mediation 03-10", "accepted", "mediate", "2026-05-06", ""),
            ("accepted 03-03, suspended 03-10", "suspended", "resume", "", ""),
            ("accepted 03-03, suspended 03-10, resumed 03-20", "accepted", "mediate", "2026-05-12", ""),
            ("accepted 03-03, agreement 03-20 PF02", "agreed", "perform", "2026-05-01", ""),
            ("accepted 03-03, agreement 03-20 PF01", "performed", "visit_back", "", "2026-03-20"),
            ("accepted 03-03, agreement 03-20, performed 04-01", "performed", "visit_back", "", "2026-04-01"),
            ("accepted 03-03, agreement 03-20, performed 04-01 PF03", "agreed", "perform", "", ""),
            ("accepted 03-03, agreement 03-20 PF02, performed 05-09 PF04", "agreed", "archive", "", ""),
            ("settled 03-04", "settled", "visit_back", "", "2026-03-04"),
            ("settled 03-04 PF02", "settled", "perform", "2026-05-01", "2026-03-04"),
            ("settled 03-04 PF02, performed 03-30", "settled", "visit_back", "", "2026-03-04"),
            ("delegated 03-03", "accepted", "mediate", "2026-05-09", ""),
            ("delegated 04-20, suspended 04-21, resumed 04-25", "accepted", "mediate", "2026-06-23", ""),
            ("settled 03-04, visit_back 03-20", "settled", "archive", "", "2026-03-04"),
            ("withdrawn 03-04", "withdrawn", "archive", "", "2026-03-04"),
            ("refused 03-04", "refused", "archive", "", "2026-03-04"),
            ("transferred 03-04", "transferred", "archive", "", "2026-03-04"),
            ("accepted 03-03, terminated 04-30", "terminated", "archive", "", "2026-04-30"),
            ("accepted 03-03, settled 03-09, archived 03-30", "archived", "", "", "2026-03-09"),
        ];
        for (story, status, next, due, closed) in table {
            let state = state(story);
            let text = |date: Option<CivilDate>| date.map(|d| d.to_string()).unwrap_or_default();
            assert_eq!(state.status.as_str(), status, "{story}");
            assert_eq!(state.next.map_or("", NextStep::as_str), next, "{story}");
            assert_eq!(text(state.due.as_ref().map(|d| d.on)), due, "{story}");
            assert_eq!(text(state.closed_on), closed, "{story}");
            assert!(state.contradictions.is_empty(), "{story}");
        }
    }

    #[test]
    fn steps_that_cannot_both_be_true_are_named_once() {
        let pair = |a, b| (Uuid::from_u128(a), Uuid::from_u128(b));
        let table = [
            ("accepted 03-03, refused 03-04", vec![pair(1, 2)]),
            ("refused 03-04, accepted 03-03", vec![pair(1, 2)]),
            ("accepted 03-03, transferred 03-04", vec![pair(1, 2)]),
            ("accepted 03-03, agreement 03-20, settled 03-19", vec![pair(2, 3)]),
            ("accepted 03-03, delegated 03-04", vec![]),
            ("delegated 03-03, transferred 03-04", vec![pair(1, 2)]),
            ("accepted 03-03, agreement 03-20, agreement 03-22", vec![]),
            ("accepted 03-03, refused 03-04, settled 03-05", vec![pair(1, 2), pair(2, 3)]),
        ];
        for (story, expected) in table {
            assert_eq!(state(story).contradictions, expected, "{story}");
        }
    }

    #[test]
    fn the_order_in_which_steps_arrive_does_not_matter() {
        let complaint = Complaint { received_on: Some(day("2026-03-03")), ..Complaint::default() };
        let story =
            "accepted 03-03, suspended 03-10, resumed 03-20, mediation 03-20, agreement 03-20 PF02, settled 03-21";
        let mut steps = steps(story);
        let (calendar, rules) = (Calendar::built_in(), Rules::built_in());
        let expected = derive(&complaint, &steps, &calendar, &rules);
        for turn in 0..steps.len() {
            steps.rotate_left(1);
            steps.swap(0, turn);
            assert_eq!(derive(&complaint, &steps, &calendar, &rules), expected);
        }
    }

    #[test]
    fn only_sensible_steps_are_offered_and_the_others_say_why_not() {
        let table = [
            ("", "accepted refused transferred delegated settled withdrawn"),
            ("accepted 03-03", "delegated mediation agreement settled withdrawn terminated suspended"),
            ("delegated 03-03", "mediation agreement settled withdrawn terminated suspended"),
            ("accepted 03-03, suspended 03-04", "delegated settled withdrawn terminated resumed"),
            ("accepted 03-03, agreement 03-20 PF02", "performed court_confirmation visit_back"),
            ("accepted 03-03, agreement 03-20 PF01", "court_confirmation visit_back archived"),
            (
                "accepted 03-03, agreement 03-20 PF02, performed 05-09 PF04",
                "performed court_confirmation visit_back archived",
            ),
            ("settled 03-04 PF02", "performed visit_back"),
            ("settled 03-04 PF01", "visit_back archived"),
            ("refused 03-04", "visit_back archived"),
            ("settled 03-04, archived 03-09", ""),
        ];
        for (story, expected) in table {
            let state = state(story);
            let possible: Vec<&str> = state.offers.iter().filter(|o| o.possible).map(|o| o.kind.as_str()).collect();
            assert_eq!(possible.join(" "), expected, "{story}");
            assert!(state.offers.iter().all(|o| o.possible == o.why_not.is_none()));
        }
        assert_eq!(state("").offer(StepKind::Mediation).why_not, Some("not_accepted"));
        assert_eq!(state("delegated 03-03").offer(StepKind::Transferred).why_not, Some("delegated"));
    }

    #[test]
    fn a_day_that_cannot_be_right_is_named() {
        let table = [
            ("", "accepted", "03-02", "before_received"),
            ("", "accepted", "03-03", ""),
            ("accepted 03-05", "mediation", "03-04", "before_accepted"),
            ("accepted 03-05, suspended 03-09", "resumed", "03-08", "before_suspended"),
            ("accepted 03-05, agreement 03-20 PF02", "performed", "03-19", "before_result"),
            ("accepted 03-05, agreement 03-20 PF02", "court_confirmation", "03-19", "before_result"),
            ("accepted 03-05, agreement 03-20 PF02", "court_confirmation", "04-20", ""),
            ("accepted 03-05, agreement 03-20 PF02", "court_confirmation", "04-21", "confirm_period_over"),
            ("settled 03-04", "archived", "03-04", ""),
        ];
        let complaint = Complaint { received_on: Some(day("2026-03-03")), ..Complaint::default() };
        let (calendar, rules) = (Calendar::built_in(), Rules::built_in());
        for (story, kind, on, problem) in table {
            let step = (StepKind::parse(kind).unwrap(), day(&format!("2026-{on}")));
            let found = day_problem((&complaint, &steps(story)), step, &calendar, &rules);
            assert_eq!(found.unwrap_or(""), problem, "{story}: {kind} on {on}");
        }
    }

    #[test]
    fn urgency_is_seen_from_today() {
        let table = [("2026-03-13", "overdue"), ("2026-03-12", "soon"), ("2026-03-07", "soon"), ("2026-03-06", "calm")];
        for (today, urgency) in table {
            assert_eq!(state("").urgency(day(today)).as_str(), urgency, "{today}");
        }
        assert_eq!(state("settled 03-04, archived 03-09").urgency(day("2026-04-01")), Urgency::None);
    }
}

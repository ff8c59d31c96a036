//! The sample county keeps what the reference county promises, for any seed.

use redress_domain::case_no::OfficeKind;
use redress_domain::procedure::{Urgency, derive};
use redress_domain::record::{ComplaintInput, ConsultationInput, Loss, LossKind, StepKind};
use redress_domain::{Calendar, CaseNo, CivilDate, CodeLists, Fen, Rules, ledger};
use std::collections::BTreeSet;
use uuid::Uuid;

use super::plan::{self, PlannedComplaint, SamplePlan, plan};

const SEEDS: [u64; 3] = [1, 370_321, u64::MAX];

fn cases(plan: &SamplePlan) -> impl Iterator<Item = &PlannedComplaint> {
    plan.offices.iter().flat_map(|o| &o.complaints)
}

/// The losses with the ids a store would give them.
fn with_ids(case: &PlannedComplaint) -> Vec<(Uuid, Loss)> {
    let id = |i: usize| Uuid::from_u128(i as u128 + 1);
    let losses = case.losses.iter().enumerate();
    losses.map(|(i, p)| (id(i), Loss { reverses: p.reverses.map(id), ..p.loss.clone() })).collect()
}

fn steps_with_ids(case: &PlannedComplaint) -> Vec<(Uuid, redress_domain::record::Step)> {
    case.steps.iter().enumerate().map(|(i, s)| (Uuid::from_u128(i as u128 + 1), s.clone())).collect()
}

#[test]
fn the_totals_are_those_of_the_reference_county_for_any_seed() {
    for seed in SEEDS {
        let plan = plan(seed);
        let offices = |kind| plan.offices.iter().filter(|o| o.kind == kind).count();
        assert_eq!([OfficeKind::County, OfficeKind::Branch, OfficeKind::Station].map(offices), [1, 9, 70]);
        assert_eq!(cases(&plan).count(), plan::COMPLAINTS);
        assert_eq!(plan.offices.iter().map(|o| o.consultations.len()).sum::<usize>(), plan::CONSULTATIONS);
        let lines = cases(&plan).flat_map(|case| ledger::lines(&with_ids(case)));
        let recovered = Fen::sum(lines.filter(|l| l.kind == LossKind::Recovered).map(|l| l.amount_fen));
        assert_eq!(recovered.map(|f| f.to_string()).as_deref(), Some("1,500,000.00"), "seed {seed}");
        let departments = plan.offices.iter().flat_map(|o| &o.departments).map(|d| d.complaints).sum::<u32>();
        assert_eq!(departments, 40_000);
    }
}

#[test]
fn campaigns_and_experience_events_are_those_of_the_reference_county() {
    let plan = plan(SEEDS[0]);
    let activities = |kind: &'static str| plan.offices[0].activities.iter().filter(move |a| a.kind == kind);
    assert_eq!(activities("AC04").count(), 16);
    assert_eq!(activities("AC04").map(|a| a.materials).sum::<u32>(), 100_000);
    assert!(activities("AC04").map(|a| a.units).sum::<u32>() > 300);
    assert!(activities("AC05").count() > 10);
    assert_eq!(activities("AC05").map(|a| a.firms).sum::<u32>(), 11);
}

#[test]
fn the_same_seed_gives_the_same_plan_and_another_seed_another() {
    assert_eq!(plan(7), plan(7));
    assert_ne!(plan(7), plan(8));
}

#[test]
fn every_step_was_possible_when_it_was_recorded_and_nothing_contradicts() {
    let (calendar, rules) = (Calendar::built_in(), Rules::built_in());
    for case in SEEDS.iter().flat_map(|seed| cases(&plan(*seed)).cloned().collect::<Vec<_>>()) {
        let steps = steps_with_ids(&case);
        for known in 0..steps.len() {
            let before = derive(&case.complaint, &steps[..known], &calendar, &rules);
            let kind = steps[known].1.kind.unwrap();
            assert_eq!(before.offer(kind).why_not, None, "{kind:?} after {:?}", &case.steps[..known]);
        }
        let after = derive(&case.complaint, &steps, &calendar, &rules);
        assert!(after.contradictions.is_empty());
    }
}

#[test]
fn days_run_forward_and_stay_within_the_plan() {
    for case in cases(&plan(SEEDS[1])) {
        let received = case.complaint.received_on.unwrap();
        assert!((plan::first_day()..=plan::last_day()).contains(&received));
        assert!(case.complaint.bought_on <= case.complaint.happened_on);
        assert!(case.complaint.happened_on <= Some(received));
        let days: Vec<CivilDate> = case.steps.iter().map(|s| s.on.unwrap()).collect();
        assert!(days.is_sorted() && days.iter().all(|d| (received..=plan::last_day()).contains(d)));
        assert!(case.losses.iter().all(|l| l.loss.on.is_some_and(|on| on >= received && on <= plan::last_day())));
    }
}

#[test]
fn losses_belong_to_agreements_and_settlements_and_stay_within_the_dispute() {
    for case in cases(&plan(SEEDS[1])).filter(|c| !c.losses.is_empty()) {
        let end = case.steps.iter().find(|s| matches!(s.kind, Some(StepKind::Agreement | StepKind::Settled))).unwrap();
        let recovered = ledger::total(&ledger::lines(&with_ids(case)), LossKind::Recovered);
        assert_eq!(recovered, end.agreed_fen);
        assert!(recovered > Some(Fen::ZERO) && recovered <= case.complaint.dispute_fen);
        assert!(recovered < Fen::new(1_500_000), "one case takes the balance: {recovered:?}");
    }
}

#[test]
fn every_record_would_pass_the_forms() {
    let (plan, lists) = (plan(SEEDS[1]), CodeLists::built_in());
    for case in cases(&plan) {
        let read = ComplaintInput::from(&case.complaint).apply_to(&case.complaint, plan::last_day(), &lists);
        assert_eq!(read.as_ref(), Ok(&case.complaint));
    }
    for planned in plan.offices.iter().flat_map(|o| &o.consultations) {
        let read = ConsultationInput::from(&planned.consultation).validate(plan::last_day(), &lists);
        assert_eq!(read.as_ref(), Ok(&planned.consultation));
    }
    let codes = |list, code: &str| code.is_empty() || lists.contains(list, code);
    for step in cases(&plan).flat_map(|c| &c.steps) {
        assert!(codes("mediation_method", &step.method) && codes("agreement_form", &step.agreement_form));
        assert!(codes("performance", &step.performance) && codes("satisfaction", &step.satisfaction));
        assert!(codes("refusal_ground", &step.ground) || codes("termination_ground", &step.ground));
    }
    assert!(plan.offices.iter().flat_map(|o| &o.activities).all(|a| codes("activity", &a.kind)));
}

#[test]
fn numbers_are_right_and_given_once_and_telephones_reach_nobody() {
    let plan = plan(SEEDS[1]);
    let numbers: BTreeSet<&str> = cases(&plan).map(|c| c.complaint.number.as_str()).collect();
    assert_eq!(numbers.len(), plan::COMPLAINTS);
    assert!(numbers.iter().all(|n| CaseNo::parse(n).is_ok()));
    let phones = cases(&plan).flat_map(|c| [&c.complaint.consumer_phone, &c.complaint.respondent_phone]);
    assert!(phones.into_iter().all(|p| p.len() == 11 && p.starts_with("1990000")));
}

#[test]
fn shares_follow_the_published_tables_with_farm_inputs() {
    let plan = plan(SEEDS[1]);
    let percent = |holds: &dyn Fn(&PlannedComplaint) -> bool| cases(&plan).filter(|c| holds(c)).count() * 100 / 4_000;
    let table = [("N09", 34..=39), ("N06", 21..=26), ("N01", 17..=21), ("N03", 3..=6), ("N04", 0..=1)];
    for (nature, expected) in table {
        assert!(expected.contains(&percent(&|c| c.complaint.nature == nature)), "{nature}");
    }
    assert!((50..=56).contains(&percent(&|c| c.complaint.class.starts_with('G'))));
    assert!((5..=9).contains(&percent(&|c| c.complaint.class.starts_with("G10"))));
}

#[test]
fn a_few_reversals_net_out_and_the_first_screen_has_due_work() {
    let (plan, calendar, rules) = (plan(SEEDS[1]), Calendar::built_in(), Rules::built_in());
    let reversals = cases(&plan).flat_map(|c| &c.losses).filter(|l| l.reverses.is_some()).count();
    assert!((3..=30).contains(&reversals), "{reversals}");
    let today = CivilDate::parse_iso("2026-11-23").unwrap();
    let urgencies: Vec<Urgency> =
        cases(&plan).map(|c| derive(&c.complaint, &steps_with_ids(c), &calendar, &rules).urgency(today)).collect();
    for urgency in [Urgency::Overdue, Urgency::Soon, Urgency::Calm] {
        let count = urgencies.iter().filter(|u| **u == urgency).count();
        assert!((2..=150).contains(&count), "{urgency:?}: {count}");
    }
}

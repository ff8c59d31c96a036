//! The page of one complaint.

use redress_domain::agreement::{self, AgreementView};
use redress_domain::ledger::{Line, LineState};
use redress_domain::record::{ComplaintInput, LossKind, StepInput, StepKind};
use redress_domain::{CivilDate, Fen, Kind, file};

use super::case::Case;
use super::masked::mask_page;
use super::timeline::{Told, timeline};
use crate::App;
use crate::carry::outcomes_from;
use crate::contract::{ById, ComplaintPage, Done, LedgerLine, RecordedStep, Reveal, TimelineItem, Touched};
use crate::decide::{conflicts_of, links_of};
use crate::error::{AppError, Result};
use crate::evidence::evidence_of;
use crate::session::parse_id;
use crate::transfer;
use crate::views::note_view;

/// `complaint.get`. Phone, identity number and address are masked.
pub(crate) fn get(app: &mut App, input: ById) -> Result<Done<ComplaintPage>> {
    let mut page = page(app, input)?;
    mask_page(&mut page);
    Done::read(page)
}

/// `complaint.reveal`: the same with everything, noted before it is shown.
pub(crate) fn reveal(app: &mut App, input: Reveal) -> Result<Done<ComplaintPage>> {
    let id = parse_id(&input.id)?;
    let page = page(app, ById { id: input.id })?;
    note_view(app, id, &input.reason)?;
    Done::wrote(page, &[Touched::View])
}

fn page(app: &mut App, input: ById) -> Result<ComplaintPage> {
    let today = app.today()?;
    let session = app.session()?;
    let case = Case::load(&session.store, &parse_id(&input.id)?)?;
    let names = session.names()?;
    let id = case.record.id;
    let standing = session.store.standing(&id, case.record.office)?;
    let counterpart = session.counterpart(&standing.owner);
    let told = Told {
        confirmed: session.store.confirmed_by(&counterpart)?,
        outcomes: outcomes_from(session, &counterpart)?,
        is_sample: redress_store::facts(session.store.dir())?.sample,
    };
    let timeline = timeline(&case, &names, &told)?;
    let ledger = ledger(&case, &timeline);
    let mut conflicts = Vec::new();
    for record in case.records() {
        conflicts.extend(conflicts_of(record, &names, Some(&case))?);
    }
    let lines = case.ledger();
    let recovered = redress_domain::ledger::total(&lines, LossKind::Recovered);
    let due = case.state.due.as_ref();
    let evidence = evidence_of(session, &case, &counterpart)?;
    Ok(ComplaintPage {
        id: input.id,
        masked: false,
        number: case.complaint.number.clone(),
        office: names.office_view(&case.record.office),
        status: case.state.status,
        next: case.state.next,
        due_on: due.map(|due| due.on),
        due_rule: due.and_then(|due| due.rule_id.as_deref().map(str::to_owned)),
        due_basis: due.and_then(|due| due.basis.as_deref().map(str::to_owned)),
        due_estimated: due.is_some_and(|due| due.estimated),
        urgency: case.state.urgency(today),
        input: ComplaintInput::from(&case.complaint),
        price_fen: case.complaint.price_fen.map(Fen::get),
        dispute_fen: case.complaint.dispute_fen.map(Fen::get),
        heads: case.record.state.heads.iter().map(ToString::to_string).collect(),
        confirmed: timeline.iter().all(|item| item.confirmed),
        withdrawn: case.record.state.withdrawn.clone(),
        conflicts,
        timeline,
        steps: case.state.offers.to_vec(),
        recorded: recorded(&case),
        agreement: agreement_of(&case, today),
        file: file::contents(&case.complaint, &case.steps, &case.lists, today),
        ledger,
        recovered_fen: recovered.map(Fen::get).ok_or_else(|| AppError::internal("sum of the ledger"))?,
        evidence: evidence.here,
        evidence_withdrawn: evidence.withdrawn,
        contradictions: contradictions(&case),
        links: links_of(session, &names, &id)?,
        counted: standing.counted && case.record.state.withdrawn.is_none(),
        transfer: transfer::of_case(session, &names, &id, today)?,
        additions: case.record.has_addition(),
        owner_name: names.office(&standing.owner),
    })
}

fn recorded(case: &Case) -> Vec<RecordedStep> {
    let heads = |id| case.parts.iter().find(|part| part.kind == Kind::Step.as_str() && part.id == id);
    let mut steps: Vec<_> = case.steps.iter().collect();
    steps.sort_by_key(|(id, step)| (step.on, *id));
    let view = |(id, step): &(uuid::Uuid, _)| {
        let heads = heads(*id)?.state.heads.iter().map(ToString::to_string).collect();
        Some(RecordedStep { id: id.to_string(), heads, input: StepInput::of(step)? })
    };
    steps.into_iter().filter_map(view).collect()
}

/// The agreement that ended the matter: since when it binds, and until when a court may still confirm it. Nobody is
/// reminded of what was carried out or confirmed.
pub(super) fn agreement_of(case: &Case, today: CivilDate) -> Option<AgreementView> {
    let (id, step) = case.steps.iter().find(|(id, _)| Some(*id) == case.state.result_step)?;
    if !matches!(step.kind, Some(StepKind::Agreement | StepKind::Settled)) {
        return None;
    }
    let effect = agreement::effect(step);
    let period = case.timetable.confirmation(step);
    let open = case.state.closed_on.is_none() && case.state.offer(StepKind::CourtConfirmation).possible;
    Some(AgreementView {
        step: id.to_string(),
        effective_on: effect.on,
        missing: effect.missing,
        remind: open && period.as_ref().is_some_and(|p| (p.remind_on..=p.due.on).contains(&today)),
        confirm_by: period.as_ref().map(|p| p.due.on),
        confirm_estimated: period.as_ref().is_some_and(|p| p.due.estimated),
        confirm_basis: period.and_then(|p| p.due.basis.as_deref().map(str::to_owned)),
    })
}

fn contradictions(case: &Case) -> Vec<StepKind> {
    let kind = |id| case.steps.iter().find(|(step, _)| step == id).and_then(|(_, step)| step.kind);
    let mut kinds: Vec<StepKind> =
        case.state.contradictions.iter().flat_map(|(one, two)| [kind(one), kind(two)]).flatten().collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

fn ledger(case: &Case, timeline: &[TimelineItem]) -> Vec<LedgerLine> {
    case.ledger()
        .iter()
        .filter(|line| line.state != LineState::Invalid)
        .map(|line| ledger_line(line, timeline))
        .collect()
}

fn ledger_line(line: &Line, timeline: &[TimelineItem]) -> LedgerLine {
    let id = line.id.to_string();
    let written = timeline.iter().find(|item| item.record == id);
    LedgerLine {
        kind: line.kind,
        route: line.route,
        amount_fen: line.amount_fen.get(),
        said_fen: line.said_fen.get(),
        state: line.state.into(),
        on: line.on,
        evidence: line.evidence.clone(),
        reverses: line.reverses.map(|other| other.to_string()),
        reversed_by: line.reversed_by.map(|other| other.to_string()),
        reason: line.reason.clone(),
        operator: written.map(|item| item.operator.clone()).unwrap_or_default(),
        at: written.map(|item| item.at.clone()).unwrap_or_default(),
        id,
    }
}

//! Home: what to do today, what has not arrived at the other side, this month's figures.

use redress_domain::procedure::{NextStep, SOON_DAYS, Status, Urgency};
use redress_domain::{Calendar, CivilDate};
use redress_store::query::lists::ComplaintListed;
use redress_store::query::totals::Scope;

use super::case::Case;
use super::get::agreement_of;
use super::list::urgency;
use crate::App;
use crate::backup::{PROBLEM, proof};
use crate::carry::LAST_BACKUP;
use crate::clock;
use crate::contract::{Done, Home, HomeTask, MonthFigures, Nothing};
use crate::decide::open_decisions;
use crate::error::Result;
use crate::report::sum_of;
use crate::session::Session;
use crate::transfer;

const TASKS_MAX: u32 = 20;
/// The stick needs about so many working days to the county and back.
const ROAD_WORKING_DAYS: u32 = 2;

/// `home.today`.
pub(crate) fn today(app: &mut App, _: Nothing) -> Result<Done<Home>> {
    let now = app.host().now();
    let today = app.today()?;
    let session = app.session()?;
    let (overdue, due_soon, open) = session.store.due_counts(today, today.add_days(SOON_DAYS))?;
    let mut rows = session.store.due(TASKS_MAX)?;
    rows.extend(session.store.undated(TASKS_MAX.saturating_sub(u32::try_from(rows.len()).unwrap_or(0)))?);
    let (unconfirmed, unconfirmed_since) = if session.is_county() {
        (0, None)
    } else {
        session.store.unconfirmed(&session.office_id(), &session.county_id())?
    };
    Done::read(Home {
        today: today.to_string(),
        overdue,
        due_soon,
        open,
        carry_by: carry_by(&rows, unconfirmed, (today, &session.store.timetable()?.calendar)),
        tasks: rows.into_iter().map(|row| task(session, row, today)).collect::<Result<_>>()?,
        unconfirmed,
        unconfirmed_since,
        last_export: session.store.last_export()?,
        decisions: open_decisions(session)?,
        waiting: session.store.waiting_count()?,
        quarantined: session.store.quarantined_count()? + session.store.barred_count()?,
        gaps: session.store.missing_entries()?.iter().map(|(_, count)| count).sum(),
        attachments_missing: session.store.attachments_missing()?,
        transfers: transfer::to_answer(session)?,
        last_backup: kept(session, LAST_BACKUP)?,
        backup_problem: kept(session, PROBLEM)?,
        backup_proof: proof(session, now)?,
        clock_doubtful: clock::doubt(session, app.host())?.is_some(),
        month: month(session, today)?,
    })
}

fn kept(session: &Session, key: &str) -> Result<Option<String>> {
    let kept = session.store.local(key)?.and_then(|kept| String::from_utf8(kept).ok());
    Ok(kept.filter(|kept| !kept.is_empty()))
}

/// The working day by which the stick should leave, so that the county sees in time what must be decided.
fn carry_by(rows: &[ComplaintListed], unconfirmed: u64, (today, calendar): (CivilDate, &Calendar)) -> Option<String> {
    let due = rows
        .iter()
        .filter(|row| row.next.as_deref() == Some(NextStep::Decide.as_str()))
        .filter_map(|row| row.due_on)
        .filter(|due| *due >= today)
        .min()
        .filter(|_| unconfirmed > 0)?;
    let (mut day, mut left) = (due, ROAD_WORKING_DAYS);
    while left > 0 && day > today {
        day = day.add_days(-1);
        left -= u32::from(calendar.is_working_day(day).0);
    }
    Some(day.to_string())
}

fn task(session: &Session, row: ComplaintListed, today: CivilDate) -> Result<HomeTask> {
    let urgency: Urgency = urgency(&row, today);
    Ok(HomeTask {
        confirm_by: confirm_by(session, &row, today)?,
        complaint: row.id.to_string(),
        number: row.number,
        consumer_name: row.consumer_name,
        respondent_name: row.respondent_name,
        status: Status::parse(&row.status).unwrap_or(Status::Registered),
        next: row.next.as_deref().and_then(NextStep::parse),
        due_on: row.due_on,
        due_estimated: row.due_estimated,
        urgency,
    })
}

/// Only an agreement that waits to be performed can still be confirmed: such cases are few, and are read for it.
fn confirm_by(session: &Session, row: &ComplaintListed, today: CivilDate) -> Result<Option<CivilDate>> {
    if row.next.as_deref() != Some(NextStep::Perform.as_str()) {
        return Ok(None);
    }
    let agreement = agreement_of(&Case::load(&session.store, &row.id)?, today);
    Ok(agreement.filter(|agreement| agreement.remind).and_then(|agreement| agreement.confirm_by))
}

fn month(session: &Session, today: CivilDate) -> Result<MonthFigures> {
    let from = today.add_days(1 - i32::try_from(today.day()).unwrap_or(1));
    let to = from.add_months(1).add_days(-1);
    let sums = session.store.period_sums(&Scope { from, to, office: None })?;
    Ok(MonthFigures {
        complaints: sum_of(&sums.received).n.unsigned_abs(),
        consultations: sum_of(&sums.consultation).n.unsigned_abs(),
        recovered_fen: sum_of(&sums.recovered_office).fen,
    })
}

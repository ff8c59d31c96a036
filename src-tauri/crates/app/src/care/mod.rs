//! Care around the work: drafts, search, and the check of the store.

mod marks;
mod search;

pub(crate) use search::search;

use redress_store::check::{Broken, Checked};
use serde_json::Value;

use crate::App;
use crate::contract::{BrokenLog, CheckReport, Done, Draft, DraftKey, Nothing, PutDraft, Task, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::Session;

/// A draft is what fits on a form.
const DRAFT_BYTES_MAX: usize = 1024 * 1024;

/// What is counted while a store is looked through.
const ENTRIES: &str = "entries";

/// `draft.put`: what is being typed survives a crash. It stays on this PC.
pub(crate) fn put_draft(app: &mut App, input: PutDraft) -> Result<Done<()>> {
    let (session, host) = app.working()?;
    let body = input.body.to_string();
    if body.len() > DRAFT_BYTES_MAX {
        return Err(AppError::new("draft_too_long"));
    }
    let saved_at = host.now_text();
    session.store.write(|gate| -> Result<()> { Ok(gate.put_draft(&input.key, &body, &saved_at)?) })?;
    Done::wrote((), &[Touched::Draft])
}

/// `draft.get`.
pub(crate) fn get_draft(app: &mut App, input: DraftKey) -> Result<Done<Draft>> {
    let kept = app.session()?.store.draft(&input.key)?;
    let (body, saved_at) =
        kept.map_or((Value::Null, None), |(body, at)| (serde_json::from_str(&body).unwrap_or(Value::Null), Some(at)));
    Done::read(Draft { body, saved_at })
}

/// `draft.drop`.
pub(crate) fn drop_draft(app: &mut App, input: DraftKey) -> Result<Done<()>> {
    let (session, _) = app.working()?;
    session.store.write(|gate| -> Result<()> { Ok(gate.drop_draft(&input.key)?) })?;
    Done::wrote((), &[Touched::Draft])
}

/// `check`: recomputes everything and compares. Changes nothing.
pub(crate) fn check(app: &mut App, _: Nothing) -> Result<Done<CheckReport>> {
    let (session, host) = app.working()?;
    let checked = session.store.check(|done| host.tell(Task::Check, ENTRIES, done))?;
    Done::read(report(session, checked)?)
}

/// `rebuild`: throws every projection away, makes it anew, and checks.
pub(crate) fn rebuild(app: &mut App, _: Nothing) -> Result<Done<CheckReport>> {
    let (session, host) = app.working()?;
    session.store.rebuild(|done| host.tell(Task::Rebuild, ENTRIES, done))?;
    session.store.search_catch_up(|_| true)?;
    let checked = session.store.check(|done| host.tell(Task::Check, ENTRIES, done))?;
    let touched = &[Touched::Complaint, Touched::Consultation, Touched::Decision, Touched::Office];
    Done::wrote(report(session, checked)?, touched)
}

fn report(session: &Session, checked: Checked) -> Result<CheckReport> {
    Ok(CheckReport {
        entries: checked.entries,
        records: checked.records,
        ok: checked.is_ok(),
        chains_broken: checked.chains_broken.iter().map(|broken| broken_log(session, broken)).collect::<Result<_>>()?,
        views_broken: checked.views_broken,
        attachments: checked.attachments,
        attachments_broken: checked.attachments_broken.len() as u64,
        differences: checked.differences,
    })
}

fn broken_log(session: &Session, broken: &Broken) -> Result<BrokenLog> {
    Ok(BrokenLog {
        office_name: session.names()?.office(&broken.log.office),
        own: broken.log.device == session.store.identity().device,
        from: broken.from,
        upto: broken.upto,
    })
}

/// Refuses to sign what somebody changed behind the program's back: nobody would take it, and the change would be lost in
/// the crowd.
pub(crate) fn require_untouched(session: &Session) -> Result<()> {
    session.store.broken_own_log()?.map_or(Ok(()), |broken| Err(edited(session, &broken)?))
}

/// Says where a journal was changed.
pub(crate) fn edited(session: &Session, broken: &Broken) -> Result<AppError> {
    let told = broken_log(session, broken)?;
    Ok(AppError::new("journal_edited").with("office", told.office_name).with("from", told.from).with("upto", told.upto))
}

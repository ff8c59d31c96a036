//! The decision list.

use std::collections::{BTreeMap, BTreeSet};

use redress_domain::ledger::{Line, counted_beside};
use redress_domain::record::{Business, Consultation, Device, Step, StepKind, Transfer, read_map, survivor};
use redress_domain::{Kind, mask};
use redress_journal::{Body, LogId, Versions};
use redress_store::journal::Record;
use redress_store::query::aside::ForkRow;
use redress_store::query::decisions::DecisionRow;
use serde_json::Value;
use uuid::Uuid;

use crate::App;
use crate::business::mergers;
use crate::complaint::{Case, mask_listed_conflict, title_of};
use crate::contract::{
    Decision, DecisionKind, DecisionStep, Done, FieldConflict, Nothing, OtherComplaint, VersionView,
};
use crate::error::Result;
use crate::session::{Names, Session, complaint_of};
use crate::transfer::sees_all;

/// `decision.list`.
pub(crate) fn list(app: &mut App, _: Nothing) -> Result<Done<Vec<Decision>>> {
    let session = app.session()?;
    let names = session.names()?;
    let mut decisions = Vec::new();
    for row in session.store.decisions()? {
        let Some(record) = session.store.record(&row.record)? else { continue };
        decisions.extend(about_record(session, &names, &row, &record)?);
    }
    decisions.extend(forks(session, &names)?);
    decisions.extend(late_edits(session)?);
    decisions.extend(pairs(session)?);
    decisions.extend(circles(session)?);
    Done::read(decisions)
}

/// How many things are to be decided: as many as the list has lines.
pub(crate) fn open_decisions(session: &Session) -> Result<u64> {
    let names = session.names()?;
    let others = forks(session, &names)?.len() + late_edits(session)?.len() + pairs(session)?.len();
    Ok(session.store.decision_count()? + (others + circles(session)?.len()) as u64)
}

fn about_record(session: &Session, names: &Names<'_>, row: &DecisionRow, record: &Record) -> Result<Option<Decision>> {
    let complaint = complaint_of(record).or_else(|| handed_over(record));
    let case = complaint.and_then(|id| Case::load(&session.store, &id).ok());
    let kind = match row.what.as_str() {
        "conflict" => DecisionKind::Conflict,
        "contradiction" => DecisionKind::Contradiction,
        "correction" => DecisionKind::Correction,
        "addition" => DecisionKind::Addition,
        _ => DecisionKind::WithdrawnAndEdited,
    };
    let conflict = match kind {
        DecisionKind::Conflict => {
            let mut all = conflicts_of(record, names, case.as_ref())?.into_iter();
            all.find(|it| it.field == row.field).map(|mut conflict| {
                mask_listed_conflict(&mut conflict);
                conflict
            })
        }
        _ => None,
    };
    let steps = match (kind, &case) {
        (DecisionKind::Contradiction, Some(case)) => contradicting(case, names)?,
        _ => Vec::new(),
    };
    let params = match (kind, &case) {
        (DecisionKind::Correction, Some(case)) => corrections(case),
        _ => BTreeMap::new(),
    };
    Ok(Some(Decision {
        conflict,
        params,
        complaint: complaint.map(|id| id.to_string()),
        number: case.as_ref().map(|case| case.complaint.number.clone()),
        title: title(session, record, case.as_ref()),
        heads: heads(record),
        note: mask::digits_in(
            &withdrawal_reason(record).filter(|_| kind == DecisionKind::WithdrawnAndEdited).unwrap_or_default(),
        ),
        steps,
        ..Decision::new(kind, record.id)
    }))
}

/// The case that a transfer is about.
fn handed_over(record: &Record) -> Option<Uuid> {
    let is_transfer = record.kind == Kind::Transfer.as_str();
    is_transfer.then(|| read_map::<Transfer>(record.state.values()).value.complaint).flatten()
}

impl Decision {
    fn new(kind: DecisionKind, record: Uuid) -> Self {
        Self {
            kind,
            conflict: None,
            complaint: None,
            number: None,
            title: String::new(),
            heads: Vec::new(),
            record: record.to_string(),
            steps: Vec::new(),
            other: None,
            reasons: Vec::new(),
            note: String::new(),
            params: BTreeMap::new(),
        }
    }
}

fn heads(record: &Record) -> Vec<String> {
    record.state.heads.iter().map(ToString::to_string).collect()
}

fn withdrawal_reason(record: &Record) -> Option<String> {
    let bodies = record.state.applied.iter().rev().filter_map(|at| Body::read(&record.entries[*at].body).ok());
    bodies.filter_map(|body| body.withdraw.map(std::borrow::Cow::into_owned)).next()
}

/// What counts of two corrections of one loss, and what does not, in fen.
fn corrections(case: &Case) -> BTreeMap<String, String> {
    let lines = case.ledger();
    let other = lines.iter().find(|line| line.is_second_correction());
    let counted = other.and_then(|other| counted_beside(&lines, other));
    let params = [("counted", counted), ("other", other)];
    let said = |line: &Line| line.said_fen.get().to_string();
    params.into_iter().filter_map(|(name, line)| Some((name.to_owned(), said(line?)))).collect()
}

fn contradicting(case: &Case, names: &Names<'_>) -> Result<Vec<DecisionStep>> {
    let mut ids: Vec<Uuid> = case.state.contradictions.iter().flat_map(|(one, two)| [*one, *two]).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut steps = Vec::new();
    for part in case.parts.iter().filter(|part| ids.contains(&part.id)) {
        let step: Step = read_map(part.state.values()).value;
        let Some(entry) = part.state.applied.first().map(|at| &part.entries[*at]) else { continue };
        let operator = Body::read(&entry.body).map(|body| names.operator(&body.op)).ok().transpose()?;
        steps.push(DecisionStep {
            record: part.id.to_string(),
            kind: step.kind.map_or("", StepKind::as_str).to_owned(),
            on: step.on.map(|on| on.to_string()),
            operator: operator.unwrap_or_default(),
            office: names.office_of_device(&entry.log.device)?,
            heads: heads(part),
        });
    }
    Ok(steps)
}

/// How a fork is named when somebody has looked at it.
pub(crate) fn fork_name(log: &LogId, base: u64) -> String {
    format!("{}:{}:{base}", log.epoch, log.office)
}

/// Logs in which one device wrote two entries with one number, until the county has looked at them.
fn forks(session: &Session, names: &Names<'_>) -> Result<Vec<Decision>> {
    let mut decisions = Vec::new();
    for ForkRow { log, base, entries: (one, two) } in session.store.forks()? {
        let record = session.store.record(&log.device)?;
        let device: Device = record.as_ref().map(|record| read_map(record.state.values()).value).unwrap_or_default();
        if device.forks_seen.contains(&fork_name(&log, base)) {
            continue;
        }
        let params = [("after", base.to_string()), ("here", one.to_string()), ("there", two.to_string())];
        let mut params: BTreeMap<String, String> =
            params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        params.insert("office".to_owned(), names.office_of_device(&log.device)?);
        params.insert("device".to_owned(), log.device.to_string()[..8].to_owned());
        decisions.push(Decision {
            title: names.office_of_device(&log.device)?,
            heads: record.as_ref().map(heads).unwrap_or_default(),
            note: fork_name(&log, base),
            params,
            ..Decision::new(DecisionKind::Fork, log.device)
        });
    }
    Ok(decisions)
}

/// Cases that were handed over and then changed by somebody who did not know: the owner does not see it yet.
fn late_edits(session: &Session) -> Result<Vec<Decision>> {
    if !session.is_county() {
        return Ok(Vec::new());
    }
    let mut decisions = Vec::new();
    let complaints: BTreeSet<Uuid> = session.store.transfers()?.into_iter().map(|row| row.complaint).collect();
    for complaint in complaints {
        let Ok(case) = Case::load(&session.store, &complaint) else { continue };
        let owner = session.store.standing(&complaint, case.record.office)?.owner;
        let is_late = |record: &Record| record.state.withdrawn.is_none() && !sees_all(record, &owner);
        if case.records().any(is_late) {
            decisions.push(Decision {
                complaint: Some(complaint.to_string()),
                number: Some(case.complaint.number.clone()),
                title: title_of(&case.complaint),
                heads: heads(&case.record),
                ..Decision::new(DecisionKind::LateEdit, complaint)
            });
        }
    }
    Ok(decisions)
}

fn pairs(session: &Session) -> Result<Vec<Decision>> {
    let mut decisions = Vec::new();
    for pair in session.store.likely_pairs()? {
        let both = (Case::load(&session.store, &pair.a), Case::load(&session.store, &pair.b));
        let (Ok(one), Ok(two)) = both else { continue };
        let reasons = [
            ("same_number", pair.same_number),
            ("same_phone", pair.same_phone),
            ("same_respondent", pair.same_respondent),
            ("same_amount", pair.same_amount),
        ];
        decisions.push(Decision {
            complaint: Some(pair.a.to_string()),
            number: Some(one.complaint.number.clone()),
            title: title_of(&one.complaint),
            heads: heads(&one.record),
            other: Some(OtherComplaint {
                id: pair.b.to_string(),
                number: two.complaint.number.clone(),
                title: title_of(&two.complaint),
            }),
            reasons: reasons.iter().filter(|(_, holds)| *holds).map(|(name, _)| (*name).to_owned()).collect(),
            ..Decision::new(DecisionKind::SameMatter, pair.a)
        });
    }
    Ok(decisions)
}

/// Businesses that were merged into each other, said once for each circle.
fn circles(session: &Session) -> Result<Vec<Decision>> {
    let rows = session.store.businesses()?;
    let into = mergers(&rows);
    let mut decisions = Vec::new();
    for row in rows.iter().filter(|row| row.merged_into.is_some()) {
        let (stands, circle) = survivor(row.id, |id| into.get(id).copied());
        if circle && stands == row.id {
            decisions.push(Decision { title: row.name.clone(), ..Decision::new(DecisionKind::AliasCycle, row.id) });
        }
    }
    Ok(decisions)
}

fn title(session: &Session, record: &Record, case: Option<&Case>) -> String {
    match (case, Kind::parse(&record.kind)) {
        (Some(case), _) => title_of(&case.complaint),
        (None, Some(Kind::Consultation)) => {
            let content = read_map::<Consultation>(record.state.values()).value.content;
            mask::digits_in(&content).chars().take(40).collect()
        }
        (None, Some(Kind::Business)) => read_map::<Business>(record.state.values()).value.name,
        (None, _) => session.store.office(&record.office).ok().flatten().map(|office| office.name).unwrap_or_default(),
    }
}

/// The fields of a record that have several values.
pub(crate) fn conflicts_of(record: &Record, names: &Names<'_>, case: Option<&Case>) -> Result<Vec<FieldConflict>> {
    let title = case.map(|case| case.complaint.number.clone()).unwrap_or_default();
    let mut conflicts = Vec::new();
    for (field, versions) in record.conflicts() {
        conflicts.push(FieldConflict {
            record: record.id.to_string(),
            kind: record.kind.clone(),
            field: field.to_owned(),
            versions: views(record, versions, names)?,
            provisional: 0,
            complaint: complaint_of(record).or_else(|| handed_over(record)).map(|id| id.to_string()),
            title: title.clone(),
        });
    }
    Ok(conflicts)
}

/// The different values, the provisional one first; of equal values the first stands for all.
fn views(record: &Record, versions: &Versions, names: &Names<'_>) -> Result<Vec<VersionView>> {
    let mut seen: Vec<&Value> = Vec::new();
    let mut views = Vec::new();
    for version in versions.all() {
        if seen.contains(&&version.value) {
            continue;
        }
        seen.push(&version.value);
        let entry = &record.entries[version.entry];
        let body = Body::read(&entry.body).ok();
        views.push(VersionView {
            value: version.value.clone(),
            entry: entry.id.to_string(),
            operator: body.as_ref().map(|body| names.operator(&body.op)).transpose()?.unwrap_or_default(),
            office: names.office_of_device(&entry.log.device)?,
            at: body.map(|body| body.at.into_owned()).unwrap_or_default(),
        });
    }
    Ok(views)
}

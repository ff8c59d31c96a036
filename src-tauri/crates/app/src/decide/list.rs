//! The decision list.

use redress_domain::Kind;
use redress_domain::record::{Complaint, Consultation, Step, read_map};
use redress_journal::{Body, Versions};
use redress_store::journal::Record;
use serde_json::Value;
use uuid::Uuid;

use crate::App;
use crate::complaint::Case;
use crate::contract::{Decision, DecisionKind, Done, FieldConflict, Nothing, VersionView};
use crate::error::Result;
use crate::session::{Names, Session};

/// `decision.list`.
pub(crate) fn list(app: &mut App, _: Nothing) -> Result<Done<Vec<Decision>>> {
    let session = app.session()?;
    let names = session.names()?;
    let mut decisions = Vec::new();
    for row in session.store.decisions()? {
        let Some(record) = session.store.record(&row.record)? else { continue };
        let complaint = complaint_of(&record);
        let case = complaint.and_then(|id| Case::load(&session.store, &id).ok());
        let kind = match row.what.as_str() {
            "conflict" => DecisionKind::Conflict,
            "contradiction" => DecisionKind::Contradiction,
            _ => DecisionKind::WithdrawnAndEdited,
        };
        let conflict = conflicts_of(&record, &names, case.as_ref())?.into_iter().find(|it| it.field == row.field);
        decisions.push(Decision {
            kind,
            conflict: conflict.filter(|_| kind == DecisionKind::Conflict),
            complaint: complaint.map(|id| id.to_string()),
            number: case.as_ref().map(|case| case.complaint.number.clone()),
            title: title(session, &record, case.as_ref()),
            heads: record.state.heads.iter().map(ToString::to_string).collect(),
        });
    }
    Done::read(decisions)
}

/// The complaint that a record belongs to.
fn complaint_of(record: &Record) -> Option<Uuid> {
    match Kind::parse(&record.kind)? {
        Kind::Complaint => Some(record.id),
        Kind::Step | Kind::Loss => read_map::<Step>(record.state.values()).value.complaint,
        _ => None,
    }
}

fn title(session: &Session, record: &Record, case: Option<&Case>) -> String {
    let complaint = |complaint: &Complaint| {
        let parts = [&complaint.consumer_name, &complaint.respondent_name, &complaint.goods_name];
        parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
    };
    match (case, Kind::parse(&record.kind)) {
        (Some(case), _) => complaint(&case.complaint),
        (None, Some(Kind::Consultation)) => {
            read_map::<Consultation>(record.state.values()).value.content.chars().take(40).collect()
        }
        (None, _) => session.store.office(&record.office).ok().flatten().map(|office| office.name).unwrap_or_default(),
    }
}

/// The fields of a record that have several values.
pub(crate) fn conflicts_of(record: &Record, names: &Names<'_>, case: Option<&Case>) -> Result<Vec<FieldConflict>> {
    let title = case.map(|case| case.complaint.number.clone()).unwrap_or_default();
    let mut conflicts = Vec::new();
    for (field, versions) in record.state.conflicts() {
        conflicts.push(FieldConflict {
            record: record.id.to_string(),
            kind: record.kind.clone(),
            field: field.to_owned(),
            versions: views(record, versions, names)?,
            provisional: 0,
            complaint: complaint_of(record).map(|id| id.to_string()),
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

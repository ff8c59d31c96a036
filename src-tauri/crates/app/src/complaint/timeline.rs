//! The story of a case: one line for each entry, oldest first.

use std::collections::HashMap;

use redress_bundle::{Outcome, OutcomeKind};
use redress_domain::record::{ERASURE, StepKind};
use redress_domain::{CivilDate, Kind};
use redress_journal::{Body, Have, LogId};
use redress_store::journal::Record;
use serde_json::{Map, Value};

use super::amend::ADDED_ON;
use super::case::Case;
use crate::clock::{is_doubtful, runs_backwards};
use crate::contract::{Action, EntryOutcome, FieldValue, TimelineItem};
use crate::error::Result;
use crate::session::Names;

/// Of a photo the story tells what people say of it; its name may be anything that a telephone made up.
const EVIDENCE_SHOWN: [&str; 2] = ["note", "taken_on"];

/// The entries of a case in the order in which they were seen to happen.
pub(crate) fn timeline(case: &Case, names: &Names<'_>, told: &Told) -> Result<Vec<TimelineItem>> {
    let mut items: Vec<(String, TimelineItem)> = Vec::new();
    for record in case.records() {
        // What somebody wrote who had seen an entry stands below it, though his clock said that it was earlier.
        let mut not_before = String::new();
        for at in record.state.applied.iter().chain(&record.state.waiting) {
            let Some(item) = item(record, *at, names, told)? else { continue };
            not_before = not_before.max(item.at.clone());
            items.push((not_before.clone(), item));
        }
    }
    items.sort_by(|(one_at, one), (two_at, two)| (one_at, &one.record).cmp(&(two_at, &two.record)));
    Ok(items.into_iter().map(|(_, item)| item).collect())
}

/// What the other side said of the entries.
pub(crate) struct Told {
    pub confirmed: Have,
    pub outcomes: HashMap<(LogId, u64), Outcome>,
    /// Nobody wrote a sample at the time that its entries say.
    pub is_sample: bool,
}

impl Told {
    fn outcome(&self, log: &LogId, seq: u64) -> Option<EntryOutcome> {
        let said = self.outcomes.get(&(*log, seq))?;
        let kind = match said.outcome {
            OutcomeKind::Waiting => "waiting",
            OutcomeKind::Quarantined => "quarantined",
            OutcomeKind::Conflict => "conflict",
            OutcomeKind::SameMatter => "same_matter",
            OutcomeKind::Other => return None,
        };
        Some(EntryOutcome { kind: kind.to_owned(), reason: said.reason.clone() })
    }
}

fn item(record: &Record, at: usize, names: &Names<'_>, told: &Told) -> Result<Option<TimelineItem>> {
    let entry = &record.entries[at];
    let Ok(body) = Body::read(&entry.body) else { return Ok(None) };
    let set: Map<String, Value> = serde_json::from_str(body.set_text()).unwrap_or_default();
    let text = |name: &str| set.get(name).and_then(Value::as_str);
    Ok(Some(TimelineItem {
        entry: entry.id.to_string(),
        record: record.id.to_string(),
        kind: record.kind.clone(),
        action: if set.contains_key(ERASURE) { Action::Erased } else { action(&body) },
        step: text("kind").filter(|_| record.kind == "step").and_then(StepKind::parse),
        on: text("on").or_else(|| text("received_on")).and_then(|day| CivilDate::parse_iso(day).ok()),
        at: body.at.to_string(),
        operator: names.operator(&body.op)?,
        office: names.office_of_device(&entry.log.device)?,
        confirmed: told.confirmed.contains(&entry.log, entry.seq),
        outcome: told.outcome(&entry.log, entry.seq),
        clock_doubtful: !told.is_sample && (is_doubtful(&body.at) || is_before_what_it_had_seen(record, at, &body)),
        fields: set
            .into_iter()
            .filter(|(name, _)| !["complaint", "kind", ADDED_ON, ERASURE].contains(&name.as_str()))
            .filter(|(name, _)| record.kind != Kind::Attachment.as_str() || EVIDENCE_SHOWN.contains(&name.as_str()))
            .map(|(field, value)| FieldValue { field, value })
            .collect(),
    }))
}

/// Whether a PC dated an entry before another one that it had written itself and had seen.
fn is_before_what_it_had_seen(record: &Record, at: usize, body: &Body<'_>) -> bool {
    let log = record.entries[at].log;
    let seen = record.entries.iter().filter(|entry| entry.log.device == log.device && body.was.contains(&entry.id));
    seen.filter_map(|entry| Body::read(&entry.body).ok()).any(|before| runs_backwards(&body.at, &before.at))
}

fn action(body: &Body<'_>) -> Action {
    match (&body.withdraw, &body.restore, body.was.len()) {
        (Some(_), _, _) => Action::Withdrawn,
        (None, Some(_), _) => Action::Restored,
        (None, None, 0) => Action::Created,
        (None, None, 1) => Action::Amended,
        (None, None, _) => Action::SettledConflict,
    }
}

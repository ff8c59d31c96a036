//! What became of the other side's entries that were not simply applied: said in every bundle, for as long as it is so.

use std::collections::HashMap;

use redress_bundle::{Outcome, OutcomeKind};
use redress_journal::LogId;
use redress_store::query::aside::AsideRow;
use uuid::Uuid;

use crate::error::Result;
use crate::session::Session;

/// More than so many are not said; the records themselves are all kept.
const OUTCOMES_MAX: usize = 2_000;

/// What is to be said to an office of the entries of its devices.
pub(crate) fn outcomes_for(session: &Session, office: &Uuid) -> Result<Vec<Outcome>> {
    let devices: Vec<Uuid> = session.store.devices(office)?.into_iter().map(|device| device.id).collect();
    let theirs = |log: &LogId| devices.contains(&log.device);
    let mut outcomes = Vec::new();
    for (rows, outcome) in [
        (session.store.waiting()?, OutcomeKind::Waiting),
        (session.store.quarantined()?, OutcomeKind::Quarantined),
        (session.store.barred()?, OutcomeKind::Quarantined),
        (session.store.undone()?, OutcomeKind::Quarantined),
    ] {
        outcomes.extend(rows.into_iter().filter(|row| theirs(&row.log)).map(|row| said(row, outcome)));
    }
    for row in session.store.decisions()?.into_iter().filter(|row| row.what == "conflict") {
        let Some(record) = session.store.record(&row.record)? else { continue };
        let versions = record.state.fields.get(&row.field).map(|versions| versions.all()).unwrap_or_default();
        let entries = versions.iter().map(|version| &record.entries[version.entry]).filter(|entry| theirs(&entry.log));
        outcomes.extend(entries.map(|entry| Outcome {
            log: entry.log,
            seq: entry.seq,
            outcome: OutcomeKind::Conflict,
            reason: row.field.clone(),
        }));
    }
    outcomes.truncate(OUTCOMES_MAX);
    Ok(outcomes)
}

fn said(row: AsideRow, outcome: OutcomeKind) -> Outcome {
    Outcome { log: row.log, seq: row.seq, outcome, reason: row.reason }
}

/// What an office said of entries that it did not simply apply, by their places.
pub(crate) fn outcomes_from(session: &Session, office: &Uuid) -> Result<HashMap<(LogId, u64), Outcome>> {
    let mut said = HashMap::new();
    for text in session.store.outcomes_of(office)? {
        // What a newer program says in another form is left out; the entries themselves are not touched by it.
        let outcomes: Vec<Outcome> = serde_json::from_str(&text).unwrap_or_default();
        said.extend(outcomes.into_iter().map(|outcome| ((outcome.log, outcome.seq), outcome)));
    }
    Ok(said)
}

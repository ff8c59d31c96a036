//! Keeping one version of a field. The other stays in the journal; the decision is not asked for again.

use redress_journal::Change;
use serde_json::Map;

use crate::App;
use crate::contract::{Done, Recorded, SettleDecision, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Amendment, Pen, parse_heads, parse_id};

/// `decision.settle`.
pub(crate) fn settle(app: &mut App, input: SettleDecision) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let gone = || AppError::new("decision_gone");
    let id = parse_id(&input.record)?;
    let record = session.store.record(&id)?.ok_or_else(gone)?;
    let versions = record.state.fields.get(&input.field).filter(|versions| versions.is_conflict()).ok_or_else(gone)?;
    let chosen = versions.all().iter().find(|version| record.entries[version.entry].id.to_string() == input.entry);
    let value = chosen.ok_or_else(gone)?.value.clone();
    let seen = parse_heads(&input.seen)?;
    if !seen.is_empty() && !record.state.heads.iter().all(|head| seen.contains(head)) {
        return Err(AppError::new("record_changed"));
    }
    let change = Change::Set(Map::from_iter([(input.field.clone(), value)]));
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let was = record.state.heads.clone();
    let office = session.log_for(&record)?;
    session.store.write(|gate| -> Result<()> {
        pen.amend_seen(gate, office, &record, Amendment { id, was, change })?;
        Ok(())
    })?;
    Done::wrote(Recorded { id: input.record }, &[Touched::Decision, Touched::Complaint, Touched::Consultation])
}

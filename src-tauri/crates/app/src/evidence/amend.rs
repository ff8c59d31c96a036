//! What somebody says of a photo after it was added: what it shows, and when it was taken. Its bytes never change.

use redress_domain::Kind;
use redress_domain::mask;
use redress_domain::record::{Attachment, AttachmentInput, changes, read_map};
use redress_journal::Change;

use crate::App;
use crate::complaint::{Case, mark_addition};
use crate::contract::{AmendEvidence, Done, Recorded, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Amendment, Pen, parse_id, seen_heads};

/// `evidence.amend`. Only what differs from what the sheet showed is written.
pub(crate) fn amend(app: &mut App, input: AmendEvidence) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let id = parse_id(&input.id)?;
    let record = session.store.record(&id)?.filter(|record| record.kind == Kind::Attachment.as_str());
    let record = record.ok_or_else(|| AppError::new("record_missing"))?;
    let was = seen_heads(&record, &input.seen)?;
    let seen: Attachment = read_map(record.values_seen_by(&was)).value;
    if seen.digest().is_none() {
        return Err(AppError::new("evidence_erased"));
    }
    let today = session.today(host)?;
    let said = said(&input, &seen).validate(today, &*session.store.code_lists()?).map_err(AppError::invalid)?;
    let after = Attachment { note: said.note, taken_on: said.taken_on, ..seen.clone() };
    let set = changes(&seen, &after);
    if set.is_empty() {
        return Done::wrote(Recorded { id: input.id }, &[]);
    }
    let case = Case::load(&session.store, &seen.complaint.unwrap_or_default())?;
    let office = session.require_owner(&case)?;
    let pen = Pen { operator: session.operator, at: host.now_text() };
    session.store.write(|gate| -> Result<()> {
        pen.amend_seen(gate, office, &record, Amendment { id, was, change: Change::Set(set) })?;
        mark_addition(gate, &pen, &case, (office, today))
    })?;
    Done::wrote(Recorded { id: input.id }, &[Touched::Complaint, Touched::Decision])
}

/// The form as it was meant: words whose numbers were hidden and that came back so stand for what is kept.
fn said(input: &AmendEvidence, seen: &Attachment) -> AttachmentInput {
    let same = mask::digits_in(&seen.note) == input.note;
    AttachmentInput {
        complaint: seen.complaint.unwrap_or_default().to_string(),
        name: seen.name.clone(),
        note: if same { seen.note.clone() } else { input.note.clone() },
        taken_on: input.taken_on.clone(),
    }
}

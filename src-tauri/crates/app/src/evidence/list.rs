//! The evidence of a case, as its page shows it.

use std::collections::HashSet;

use redress_domain::Kind;
use redress_domain::record::{Attachment, read_map};
use redress_store::attachments::Blake3;
use redress_store::journal::Record;
use uuid::Uuid;

use crate::complaint::Case;
use crate::contract::{EvidenceItem, EvidenceState};
use crate::error::Result;
use crate::session::Session;

/// The evidence of a case, in the order in which it was added.
#[derive(Default)]
pub(crate) struct Evidence {
    /// What lies in its file.
    pub here: Vec<EvidenceItem>,
    /// What was taken out of it.
    pub withdrawn: Vec<EvidenceItem>,
}

/// The evidence of a case; `counterpart` is who should have it too.
pub(crate) fn evidence_of(session: &Session, case: &Case, counterpart: &Uuid) -> Result<Evidence> {
    let attachments = case.parts.iter().filter(|part| part.kind == Kind::Attachment.as_str());
    let mut records: Vec<&Record> = attachments.collect();
    if records.is_empty() {
        return Ok(Evidence::default());
    }
    records.sort_by_key(|record| added(record));
    let theirs = session.store.attachments_of(counterpart)?.unwrap_or_default();
    let items = records.into_iter().map(|record| item(session, record, &theirs)).collect::<Result<Vec<_>>>()?;
    let (here, withdrawn) = items.into_iter().partition(|item| item.withdrawn.is_none());
    Ok(Evidence { here, withdrawn })
}

/// The moment that stands in its id; what one PC added within one, by its own count.
fn added(record: &Record) -> (u128, Option<u64>) {
    (record.id.as_u128() >> 80, record.entries.first().map(|entry| entry.seq))
}

fn item(session: &Session, record: &Record, theirs: &HashSet<Blake3>) -> Result<EvidenceItem> {
    let attachment: Attachment = read_map(record.state.values()).value;
    let digest = attachment.digest();
    let state = match &digest {
        None => EvidenceState::Erased,
        Some(blake3) if session.store.holds_attachment(blake3)? => EvidenceState::Here,
        Some(_) => EvidenceState::Missing,
    };
    Ok(EvidenceItem {
        id: record.id.to_string(),
        kind: attachment.kind,
        name: attachment.name,
        media_type: attachment.media_type,
        bytes: attachment.size_bytes,
        note: attachment.note,
        taken_on: attachment.taken_on,
        state,
        confirmed: digest.is_some_and(|blake3| theirs.contains(&blake3)),
        heads: record.state.heads.iter().map(ToString::to_string).collect(),
        withdrawn: record.state.withdrawn.clone(),
    })
}

//! A file becomes evidence: what it is, is found out from its bytes, never from its name.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use redress_domain::Kind;
use redress_domain::record::{Attachment, fields, read_map};
use redress_store::Gate;
use redress_store::attachments::{Blake3, Taken};
use uuid::Uuid;

use super::intake::Intake;
use super::{document, picture};
use crate::App;
use crate::carry::read_patiently;
use crate::complaint::{Case, mark_addition};
use crate::contract::{AddEvidence, Done, EvidenceAdded, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::Pen;

/// The largest file that is looked at: more than any telephone writes for one photo.
const FILE_BYTES_MAX: u64 = 64 << 20;

const TOUCHED: &[Touched] = &[Touched::Complaint, Touched::Bundle];

/// `evidence.add`. The same photo of the same case again is the one that is there.
pub(crate) fn add(app: &mut App, input: AddEvidence) -> Result<Done<EvidenceAdded>> {
    let (session, host) = app.working()?;
    let today = session.today(host)?;
    let attachment = input.about.validate(today, &*session.store.code_lists()?).map_err(AppError::invalid)?;
    let complaint = attachment.complaint.ok_or_else(|| AppError::new("record_missing"))?;
    let case = Case::load(&session.store, &complaint)?;
    let office = session.require_owner(&case)?;
    let intake = intake(&attachment.name, &given(&input)?)?;
    let blake3 = blake3::hash(&intake.bytes);
    let bytes = intake.bytes.len() as u64;
    if let Some(id) = find_same(&case, blake3.as_bytes()) {
        let known = EvidenceAdded { id: id.to_string(), bytes, known: true };
        if session.store.holds_attachment(blake3.as_bytes())? {
            return Done::read(known);
        }
        // It has its record, and its bytes never came or were lost.
        session.store.write(|gate| keep(gate, blake3.as_bytes(), &intake.bytes))?;
        return Done::wrote(known, TOUCHED);
    }
    let attachment = Attachment {
        kind: Some(intake.kind),
        media_type: intake.media_type.to_owned(),
        size_bytes: bytes,
        blake3: blake3.to_hex().to_string(),
        ..attachment
    };
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let id = host.new_id()?;
    session.store.write(|gate| -> Result<()> {
        pen.create(gate, office, Kind::Attachment, (id, fields(&attachment)))?;
        keep(gate, blake3.as_bytes(), &intake.bytes)?;
        mark_addition(gate, &pen, &case, (office, today))
    })?;
    Done::wrote(EvidenceAdded { id: id.to_string(), bytes, known: false }, TOUCHED)
}

fn keep(gate: &mut Gate<'_>, blake3: &Blake3, bytes: &[u8]) -> Result<()> {
    match gate.take_attachment(blake3, bytes)? {
        Taken::New | Taken::Had => Ok(()),
        Taken::Unnamed | Taken::Damaged => Err(AppError::internal("an attachment that nobody names")),
    }
}

/// The bytes of the file: from the window, or from a path.
fn given(input: &AddEvidence) -> Result<Vec<u8>> {
    let too_large = || AppError::new("evidence_too_large").with("max", FILE_BYTES_MAX >> 20);
    match (&input.content, &input.path) {
        (Some(content), _) if content.len() as u64 > FILE_BYTES_MAX / 3 * 4 + 4 => Err(too_large()),
        (Some(content), _) => {
            STANDARD.decode(content).map_err(|error| AppError::new("bad_payload").with("detail", error))
        }
        (None, Some(path)) if fs::metadata(Path::new(path))?.len() > FILE_BYTES_MAX => Err(too_large()),
        (None, Some(path)) => read_patiently(Path::new(path)),
        (None, None) => Err(AppError::field("content", "required")),
    }
}

fn intake(name: &str, bytes: &[u8]) -> Result<Intake> {
    if bytes.is_empty() {
        return Err(AppError::new("evidence_empty"));
    }
    if document::is_meant(name, bytes) { document::read(bytes) } else { picture::read(bytes) }
}

/// The evidence of a case that has these bytes already.
fn find_same(case: &Case, blake3: &[u8; 32]) -> Option<Uuid> {
    let alive = case.parts.iter().filter(|part| part.state.withdrawn.is_none());
    let attachments = alive.filter(|part| part.kind == Kind::Attachment.as_str());
    let mut named = attachments.map(|part| (part.id, read_map::<Attachment>(part.state.values()).value.digest()));
    named.find(|(_, digest)| digest.as_ref() == Some(blake3)).map(|(id, _)| id)
}

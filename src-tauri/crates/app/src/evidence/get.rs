//! The bytes of evidence: shown in the window, or written to a folder. Whoever sees a photo in full has seen what is masked
//! elsewhere, so that it is noted like any full view.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use redress_domain::Kind;
use redress_domain::record::{Attachment, AttachmentKind, read_map};
use redress_store::Store;

use super::picture;
use crate::App;
use crate::carry::write_checked;
use crate::contract::{Done, EvidenceContent, GetEvidence, SaveEvidence, Touched, WrittenFile};
use crate::error::{AppError, Result};
use crate::session::parse_id;
use crate::views::note_view;

/// `evidence.get`. A small picture of a photo is not noted; the whole is.
pub(crate) fn get(app: &mut App, input: GetEvidence) -> Result<Done<EvidenceContent>> {
    let (attachment, bytes) = load(&app.session()?.store, &input.id)?;
    let content = |bytes: &[u8], media_type: String| EvidenceContent {
        id: input.id.clone(),
        media_type,
        content: STANDARD.encode(bytes),
    };
    if input.small && attachment.kind == Some(AttachmentKind::Photo) {
        return Done::read(content(&picture::small(&bytes)?, "image/jpeg".to_owned()));
    }
    note_view(app, parse_id(&input.id)?, "")?;
    Done::wrote(content(&bytes, attachment.media_type), &[Touched::View])
}

/// `evidence.save`: a copy of it in a folder, for whoever must have it on paper or on a disk.
pub(crate) fn save(app: &mut App, input: SaveEvidence) -> Result<Done<WrittenFile>> {
    let (attachment, bytes) = load(&app.session()?.store, &input.id)?;
    let folder = Path::new(input.out.trim());
    if !folder.is_dir() {
        return Err(AppError::new("path_missing").with("path", folder.display()));
    }
    note_view(app, parse_id(&input.id)?, &input.reason)?;
    let place = free_place(folder, &attachment, &input.id);
    write_checked(&place, &bytes)?;
    Done::wrote(WrittenFile { path: place.display().to_string() }, &[Touched::View])
}

/// The record, and its bytes.
fn load(store: &Store, id: &str) -> Result<(Attachment, Vec<u8>)> {
    let record = store.record(&parse_id(id)?)?.filter(|record| record.kind == Kind::Attachment.as_str());
    let record = record.ok_or_else(|| AppError::new("record_missing"))?;
    let attachment: Attachment = read_map(record.state.values()).value;
    let blake3 = attachment.digest().ok_or_else(|| AppError::new("evidence_erased"))?;
    match store.attachment_bytes(&blake3)? {
        Some(bytes) => Ok((attachment, bytes)),
        None if store.holds_attachment(&blake3)? => Err(AppError::new("evidence_broken")),
        None => Err(AppError::new("evidence_missing")),
    }
}

/// A name that no file there has: made of the record's id, because what a telephone called it may be any path.
fn free_place(folder: &Path, attachment: &Attachment, id: &str) -> PathBuf {
    let ending = if attachment.kind == Some(AttachmentKind::Photo) { "jpg" } else { "pdf" };
    let stem = format!("evidence-{}", id.get(..13).unwrap_or("file"));
    let mut place = folder.join(format!("{stem}.{ending}"));
    let mut others = 2_u32..;
    while let (true, Some(number)) = (fs::symlink_metadata(&place).is_ok(), others.next()) {
        place = folder.join(format!("{stem}-{number}.{ending}"));
    }
    place
}

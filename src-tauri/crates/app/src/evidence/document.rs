//! Documents: PDF alone, known by its beginning and its end. It is kept as it is, and never opened by this program.

use redress_domain::record::AttachmentKind;

use super::intake::Intake;
use crate::error::{AppError, Result};

/// A scan of a contract has one or two MiB; whoever needs more sends it another way.
const BYTES_MAX: usize = 10 << 20;

const BEGINNING: &[u8] = b"%PDF-";
const END: &[u8] = b"%%EOF";
/// Some programs write a line or two behind the end.
const BEHIND_END: usize = 1024;

/// Whether a file is a PDF, or at least means to be one.
pub(super) fn is_meant(name: &str, bytes: &[u8]) -> bool {
    bytes.starts_with(BEGINNING) || name.to_lowercase().ends_with(".pdf")
}

/// Takes a PDF in.
pub(super) fn read(bytes: &[u8]) -> Result<Intake> {
    let tail = &bytes[bytes.len().saturating_sub(BEHIND_END)..];
    if !bytes.starts_with(BEGINNING) || !tail.windows(END.len()).any(|part| part == END) {
        return Err(AppError::new("evidence_pdf_invalid"));
    }
    if bytes.len() > BYTES_MAX {
        return Err(AppError::new("evidence_pdf_large").with("max", BYTES_MAX >> 20));
    }
    Ok(Intake { kind: AttachmentKind::Document, media_type: "application/pdf", bytes: bytes.to_vec() })
}

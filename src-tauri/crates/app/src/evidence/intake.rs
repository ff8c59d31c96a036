//! What is made of a file that becomes evidence.

use redress_domain::record::AttachmentKind;

/// What was made of a file.
pub(super) struct Intake {
    pub kind: AttachmentKind,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

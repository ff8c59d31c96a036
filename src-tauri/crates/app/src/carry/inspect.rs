//! What a bundle's header says: readable by anybody, without personal data.

use std::io::{Seek, SeekFrom};
use std::path::Path;

use redress_bundle::limits::HEADER_BYTES;
use redress_bundle::verify_rest;

use super::held;
use super::scan::{file_name, header};
use super::trust::Trust;
use crate::App;
use crate::contract::{BundleFacts, ByPath, Done, SignatureState};
use crate::error::Result;

/// `bundle.verify`: reads the whole file once more, as after taking the stick out and putting it in again.
pub(crate) fn verify(app: &mut App, input: ByPath) -> Result<Done<BundleFacts>> {
    let path = Path::new(input.path.trim());
    let header = header(path)?;
    let mut file = held::open(path)?;
    file.seek(SeekFrom::Start(HEADER_BYTES as u64))?;
    verify_rest(&header, &mut file)?;
    inspect(app, input)
}

/// `bundle.inspect`. Names are known when a store is open.
pub(crate) fn inspect(app: &mut App, input: ByPath) -> Result<Done<BundleFacts>> {
    let path = Path::new(input.path.trim());
    let header = header(path)?;
    let session = app.session.as_ref();
    let name = |office: &uuid::Uuid| -> Result<String> {
        Ok(session.map(|session| session.names()).transpose()?.map(|names| names.office(office)).unwrap_or_default())
    };
    let trusted = match session {
        // Whoever has just written it looks whether it lies there well.
        Some(session) if header.from.device == session.store.identity().device => {
            header.sender_key == session.verifying_key()
        }
        Some(session) => Trust::load(session)?.sender(&header).is_ok(),
        None => false,
    };
    Done::read(BundleFacts {
        file_name: file_name(path),
        format: header.redress,
        from_office: header.from.office.to_string(),
        from_name: name(&header.from.office)?,
        from_device: header.from.device.to_string(),
        to_office: header.to.office.to_string(),
        to_name: name(&header.to.office)?,
        number: header.number,
        created_at: header.created_at.clone(),
        bytes: header.file_bytes(),
        compare_code: header.compare_code(),
        signature: if trusted { SignatureState::Valid } else { SignatureState::UnknownSender },
        readable: match session {
            Some(session) => header.names_a_key_of(&session.age_identities()?),
            None => false,
        },
        entries: None,
    })
}

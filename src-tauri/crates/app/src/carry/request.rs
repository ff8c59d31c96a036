//! Requests to be let in: kept with their bundles while they wait, and answered by a certificate.

use std::fs;
use std::path::{Path, PathBuf};

use redress_bundle::{Certificate, Header};
use redress_domain::Kind;
use redress_domain::record::{Device, fields};
use redress_journal::{Change, PUBLIC, SigningKey, VerifyingKey};
use redress_store::Gate;
use redress_store::join::JoinRequest;
use uuid::Uuid;

use crate::error::{AppError, Result};
use crate::session::{Amendment, Pen, Session};

/// So much of a key tells the files of two requests apart.
const KEY_CHARS: usize = 16;

/// The folder of bundles whose devices wait.
pub(super) fn requests_dir(session: &Session) -> PathBuf {
    session.store.dir().join("requests")
}

pub(super) fn kept_file(dir: &Path, (device, key): (&Uuid, &str)) -> PathBuf {
    let key: String = key.chars().take(KEY_CHARS).collect();
    dir.join(format!("{device}-{key}.{}", super::EXTENSION))
}

/// Notes a request, and keeps its bundle.
pub(super) fn note_request(
    gate: &mut Gate<'_>,
    at: &str,
    (path, head): (&Path, &Header),
    (error, dir): (&AppError, &Path),
) -> Result<()> {
    let Some(join) = &head.join else { return Ok(()) };
    let request = JoinRequest {
        device: head.from.device,
        office: head.from.office,
        key: head.sender_key.to_string(),
        recipient: join.recipient.clone(),
        code: head.compare_code(),
        reason: error.params.get("reason").cloned().unwrap_or_default(),
        number: head.number,
        created_at: head.created_at.clone(),
        asked_at: at.to_owned(),
        refused: false,
    };
    if gate.put_join_request(&request)? {
        fs::create_dir_all(dir)?;
        fs::copy(path, kept_file(dir, (&head.from.device, &request.key)))?;
    }
    Ok(())
}

/// A device's certificate is a record of the directory, written by the county.
pub(super) fn certify(
    gate: &mut Gate<'_>,
    pen: &Pen,
    (office, id): (Uuid, Uuid),
    (key, recipient): (&VerifyingKey, &str),
) -> Result<()> {
    let was = gate.heads(&id)?;
    let identity = gate.identity();
    let own_key = SigningKey::from_seed(&identity.signing_seed);
    let certificate = Certificate::sign(&own_key, identity.device, (id, office), (key, recipient));
    let device = Device {
        office: Some(office),
        signing_key: key.to_string(),
        recipient: recipient.to_owned(),
        admitted_on: pen.at.clone(),
        certified_by: Some(certificate.by),
        certificate: certificate.signature.to_string(),
        ..Device::default()
    };
    let change = Change::Set(fields(&device));
    pen.amend(gate, PUBLIC, Kind::Device, Amendment { id, was, change })?;
    Ok(())
}

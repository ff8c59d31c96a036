//! Letting a device in: by itself when it proves that it was invited, else because a person says so after both sides have
//! compared a code. Its bundle waits beside the store, so that nobody has to travel twice.

use std::fs;
use std::path::{Path, PathBuf};

use redress_bundle::{Certificate, Header};
use redress_domain::Kind;
use redress_domain::record::{Device, fields};
use redress_journal::{Change, PUBLIC, SigningKey, VerifyingKey};
use redress_store::Gate;
use redress_store::join::JoinRequest;
use uuid::Uuid;

use super::merge::merge_paths;
use crate::App;
use crate::contract::{AnswerJoin, Done, JoinAnswered, JoinRequestView, Nothing, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Amendment, Pen, Session, parse_id};

/// So much of a key tells the files of two requests apart.
const KEY_CHARS: usize = 16;

/// `join.list`: whoever waits, the newest first.
pub(crate) fn requests(app: &mut App, _: Nothing) -> Result<Done<Vec<JoinRequestView>>> {
    let session = app.session()?;
    let names = session.names()?;
    let waiting = session.store.join_requests()?.into_iter().filter(|request| !request.refused);
    let view = |request: JoinRequest| JoinRequestView {
        device: request.device.to_string(),
        office_name: names.office(&request.office),
        office_code: names.office_code(&request.office),
        compare_code: request.code,
        reason: request.reason,
        number: request.number,
        created_at: request.created_at,
        asked_at: request.asked_at,
    };
    Done::read(waiting.map(view).collect())
}

/// `join.answer`. Whoever is let in is merged at once from the bundle that asked.
pub(crate) fn answer(app: &mut App, input: AnswerJoin) -> Result<Done<JoinAnswered>> {
    let (session, host) = app.working()?;
    session.require_county()?;
    let device = parse_id(&input.device)?;
    let mut waiting = session.store.join_requests()?;
    waiting.retain(|request| request.device == device && !request.refused);
    if let Some(code) = &input.compare_code {
        waiting.retain(|request| request.code == *code);
    }
    let [request] = waiting.as_slice() else { return Err(AppError::new("request_gone")) };
    let file = kept_file(&requests_dir(session), (&device, &request.key));
    let pen = Pen { operator: session.operator, at: host.now_text() };
    if !input.admit {
        session.store.write(|gate| gate.refuse_join_request((&device, &request.key)))?;
        let _ = fs::remove_file(file);
        return Done::wrote(JoinAnswered { merged: None }, &[Touched::Office]);
    }
    let key: VerifyingKey = request.key.parse().map_err(AppError::internal)?;
    session.store.write(|gate| -> Result<()> {
        certify(gate, &pen, (request.office, device), (&key, &request.recipient))?;
        gate.drop_join_request(&device)?;
        Ok(gate.seal_own_logs()?)
    })?;
    let merged = if file.is_file() { Some(merge_paths(session, host, vec![file.clone()])?) } else { None };
    let _ = fs::remove_file(file);
    let touched = &[Touched::Office, Touched::Bundle, Touched::Complaint, Touched::Consultation, Touched::Decision];
    Done::wrote(JoinAnswered { merged }, touched)
}

/// The folder of bundles whose devices wait.
pub(super) fn requests_dir(session: &Session) -> PathBuf {
    session.store.dir().join("requests")
}

fn kept_file(dir: &Path, (device, key): (&Uuid, &str)) -> PathBuf {
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

//! Letting a device in: by itself when it proves that it was invited, else because a person says so after both sides have
//! compared a code. Its bundle waits beside the store, so that nobody has to travel twice.

use std::fs;

use redress_journal::VerifyingKey;
use redress_store::join::JoinRequest;

use super::merge::merge_paths;
use super::request::{certify, kept_file, requests_dir};
use crate::App;
use crate::contract::{AnswerJoin, Done, JoinAnswered, JoinRequestView, Nothing, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Pen, parse_id};

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

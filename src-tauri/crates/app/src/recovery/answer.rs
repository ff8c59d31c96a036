//! The county's part: looking at a request, and answering it once somebody has asked back by phone.

use std::path::{Path, PathBuf};

use redress_journal::{hex, unhex};
use redress_store::query::directory::OfficeRow;

use super::sealed::{Answer, AnswerContent, FORMAT, Request, SlotContent, open, seal};
use crate::App;
use crate::carry::write_checked;
use crate::contract::{AnswerRecovery, ByPath, Done, RecoveryFile, RecoveryRequestView, Touched};
use crate::error::{AppError, Result};
use crate::session::Session;
use crate::views::note_view;

/// The word in the log of views for a store that was opened for somebody.
const OPENED: &str = "recovery";

/// `recovery.read`.
pub(crate) fn read(app: &mut App, input: ByPath) -> Result<Done<RecoveryRequestView>> {
    let session = app.session()?;
    session.require_county()?;
    let (request, compare_code) = Request::read(Path::new(input.path.trim()))?;
    let (_, office) = look(session, &request)?;
    Done::read(RecoveryRequestView {
        office_name: office.name,
        office_code: office.code,
        made_at: request.made_at,
        compare_code,
    })
}

/// `recovery.answer`. Noted here before the file is written; at the station the journal keeps it.
pub(crate) fn answer(app: &mut App, input: AnswerRecovery) -> Result<Done<RecoveryFile>> {
    let session = app.session()?;
    session.require_county()?;
    let out = PathBuf::from(input.out.trim());
    if !out.is_dir() {
        return Err(AppError::new("path_missing").with("path", out.display()));
    }
    let (request, compare_code) = Request::read(Path::new(input.path.trim()))?;
    let (slot, _) = look(session, &request)?;
    let reply_to: age::x25519::Recipient = request.reply_to.parse().map_err(|_| AppError::new("recovery_invalid"))?;
    let content = AnswerContent { id: request.id, key: slot.key, agreed_by: session.operator_view()?.name };
    let sealed = hex(&seal(&content, &[reply_to])?);
    let answer = Answer { redress_recovery_answer: FORMAT, id: request.id, sealed };
    let bytes = serde_json::to_vec(&answer).map_err(AppError::internal)?;
    note_view(app, slot.device, OPENED)?;
    let path = out.join(format!("redress-{}.answer", compare_code.replace('-', "")));
    write_checked(&path, &bytes)?;
    Done::wrote(RecoveryFile { path: path.display().to_string(), compare_code }, &[Touched::View])
}

/// Whose store it is: the directory says, and the slot, which only that store's own device can have made; never the file.
fn look(session: &Session, request: &Request) -> Result<(SlotContent, OfficeRow)> {
    let sealed = unhex(&request.slot).ok_or_else(|| AppError::new("recovery_invalid"))?;
    let slot: SlotContent =
        open(&sealed, &session.age_identities()?).ok_or_else(|| AppError::new("recovery_not_ours"))?;
    let device = session.store.device(&slot.device)?.ok_or_else(|| AppError::new("recovery_device_unknown"))?;
    if device.revoked {
        return Err(AppError::new("recovery_device_revoked"));
    }
    let office = session.store.office(&device.office)?.ok_or_else(|| AppError::new("recovery_device_unknown"))?;
    Ok((slot, office))
}

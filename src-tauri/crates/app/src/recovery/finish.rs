//! The county's answer has come.

use std::path::Path;

use redress_domain::record::{Access, AccessWay};
use redress_journal::unhex;
use redress_store::Unlocking;

use super::request::{forget, pending};
use super::sealed::{Answer, AnswerContent, FORMAT, open, read_small};
use super::{go_on, operator_by_name};
use crate::App;
use crate::contract::{AppState, Done, RecoverByCounty};
use crate::error::{AppError, Result};
use crate::start::check_passphrase;

/// `access.by_county`.
pub(crate) fn recover_by_county(app: &mut App, input: RecoverByCounty) -> Result<Done<AppState>> {
    let dir = Path::new(&input.dir);
    check_passphrase(input.passphrase.text())?;
    let operator = operator_by_name(dir, &input.operator)?;
    let content = opened(dir, Path::new(input.path.trim()))?;
    app.session = None;
    let store = Unlocking::by_key(content.key).open(dir)?;
    let access = Access { way: Some(AccessWay::County), agreed_by: content.agreed_by.clone() };
    let done = go_on(app, store, (operator, input.passphrase.text()), access)?;
    forget(dir)?;
    Ok(done)
}

fn opened(dir: &Path, answer: &Path) -> Result<AnswerContent> {
    let pending = pending(dir)?.ok_or_else(|| AppError::new("recovery_none"))?;
    let invalid = || AppError::new("recovery_invalid");
    let answer: Answer = serde_json::from_slice(&read_small(answer)?).map_err(|_| invalid())?;
    if answer.redress_recovery_answer != FORMAT {
        return Err(invalid());
    }
    if answer.id != pending.id {
        return Err(AppError::new("recovery_other"));
    }
    let identity: age::x25519::Identity = pending.secret.parse().map_err(AppError::internal)?;
    let content: AnswerContent = open(&unhex(&answer.sealed).ok_or_else(invalid)?, &[identity]).ok_or_else(invalid)?;
    if content.id == pending.id { Ok(content) } else { Err(AppError::new("recovery_other")) }
}

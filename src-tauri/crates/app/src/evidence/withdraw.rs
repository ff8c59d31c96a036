//! Evidence that was added by mistake: it leaves the file with a reason, is not carried any further, and can be brought back.

use redress_domain::Kind;

use crate::App;
use crate::complaint;
use crate::contract::{Done, Recorded, RestoreRecord, WithdrawRecord};
use crate::error::{AppError, Result};
use crate::session::parse_id;

/// `evidence.withdraw`: whoever may add may take back.
pub(crate) fn withdraw(app: &mut App, input: WithdrawRecord) -> Result<Done<Recorded>> {
    require_evidence(app, &input.id)?;
    complaint::withdraw(app, input)
}

/// `evidence.restore`: and bring back what was taken out.
pub(crate) fn restore(app: &mut App, input: RestoreRecord) -> Result<Done<Recorded>> {
    require_evidence(app, &input.id)?;
    complaint::restore(app, input)
}

fn require_evidence(app: &App, id: &str) -> Result<()> {
    let record = app.session()?.store.record(&parse_id(id)?)?;
    let is_evidence = record.is_some_and(|record| record.kind == Kind::Attachment.as_str());
    if is_evidence { Ok(()) } else { Err(AppError::new("record_missing")) }
}

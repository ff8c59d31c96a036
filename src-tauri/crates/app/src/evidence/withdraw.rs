//! Evidence that was added by mistake: it leaves the file with a reason, is not carried any further, and can be brought back.

use redress_domain::Kind;

use crate::App;
use crate::complaint;
use crate::contract::{Done, Recorded, WithdrawRecord};
use crate::error::{AppError, Result};
use crate::session::parse_id;

/// `evidence.withdraw`: whoever may add may take back.
pub(crate) fn withdraw(app: &mut App, input: WithdrawRecord) -> Result<Done<Recorded>> {
    let record = app.session()?.store.record(&parse_id(&input.id)?)?;
    if record.is_none_or(|record| record.kind != Kind::Attachment.as_str()) {
        return Err(AppError::new("record_missing"));
    }
    complaint::withdraw(app, input)
}

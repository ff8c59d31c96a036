//! Somebody leaves.

use redress_domain::record::Operator;

use super::{TOUCHED, colleague, keep_a_supervisor, write_changes};
use crate::App;
use crate::contract::{Done, Recorded, RetireOperator};
use crate::error::{AppError, Result};
use crate::session::parse_id;

/// `operator.retire`. The slot goes first: whatever happens then, the passphrase opens nothing any more.
pub(crate) fn retire(app: &mut App, input: RetireOperator) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let id = parse_id(&input.id)?;
    if id == session.operator {
        return Err(AppError::new("retire_self"));
    }
    let (record, before) = colleague(session, &id)?;
    keep_a_supervisor(session, &id)?;
    session.store.drop_slot(&id)?;
    let after = Operator { retired_on: Some(session.today(host)?), ..before.clone() };
    write_changes(session, host, &record, (&before, &after))?;
    Done::wrote(Recorded { id: input.id }, TOUCHED)
}

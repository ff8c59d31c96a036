//! Another name, or another role. Everything written before keeps pointing to the same person.

use redress_domain::record::{Operator, Role};

use super::{TOUCHED, check_name, colleague, keep_a_supervisor, write_changes};
use crate::App;
use crate::contract::{AmendOperator, Done, Recorded};
use crate::error::Result;
use crate::session::parse_id;

/// `operator.amend`.
pub(crate) fn amend(app: &mut App, input: AmendOperator) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let id = parse_id(&input.id)?;
    let (record, before) = colleague(session, &id)?;
    let name = check_name(session, &input.name, Some(&id))?;
    if input.role != Role::Supervisor {
        keep_a_supervisor(session, &id)?;
    }
    let after = Operator { name: name.clone(), role: Some(input.role), ..before.clone() };
    write_changes(session, host, &record, (&before, &after))?;
    session.store.rename_slot(&id, &name)?;
    Done::wrote(Recorded { id: input.id }, TOUCHED)
}

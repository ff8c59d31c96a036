//! Somebody new at this office.

use redress_domain::Kind;
use redress_domain::record::{Operator, fields};
use redress_journal::PUBLIC;

use super::{TOUCHED, check_name, give_slot};
use crate::App;
use crate::contract::{AddOperator, Done, Recorded};
use crate::error::Result;
use crate::host::HostExt;
use crate::session::Pen;
use crate::start::check_passphrase;

/// `operator.add`. The record comes first: somebody who has no passphrase yet can be given one, a passphrase without a
/// record could not be explained.
pub(crate) fn add(app: &mut App, input: AddOperator) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let name = check_name(session, &input.name, None)?;
    check_passphrase(input.passphrase.text())?;
    let id = host.new_id()?;
    let person = Operator {
        office: Some(session.office_id()),
        name: name.clone(),
        role: Some(input.role),
        ..Operator::default()
    };
    let pen = Pen { operator: session.operator, at: host.now_text() };
    // Who decides at the county is known by name wherever its decisions go.
    let log = if session.is_county() { PUBLIC } else { session.office_id() };
    session.store.write(|gate| -> Result<()> {
        pen.create(gate, log, Kind::Operator, (id, fields(&person)))?;
        Ok(())
    })?;
    give_slot(session, host, (id, &name), input.passphrase.text())?;
    Done::wrote(Recorded { id: id.to_string() }, TOUCHED)
}

//! Who works here.

use redress_domain::record::{Access, Operator, Role, read, read_map};
use redress_journal::Body;
use redress_store::journal::Record;
use uuid::Uuid;

use super::signing_in;
use crate::App;
use crate::contract::{AccessView, Done, Nothing, OperatorListed};
use crate::error::Result;
use crate::session::{Names, Session};

/// `operator.list`: those who work here, then those who did.
pub(crate) fn list(app: &mut App, _: Nothing) -> Result<Done<Vec<OperatorListed>>> {
    let session = app.session()?;
    let names = session.names()?;
    let slots = signing_in(session)?;
    let mut people = Vec::new();
    for row in session.store.operators_of(&session.office_id())? {
        people.extend(view(session, &names, &row.id, slots.contains(&row.id))?);
    }
    people.sort_by_key(|one| one.retired_on.is_some());
    Done::read(people)
}

fn view(session: &Session, names: &Names<'_>, id: &Uuid, signs_in: bool) -> Result<Option<OperatorListed>> {
    let Some(record) = session.store.record(id)? else { return Ok(None) };
    let operator: Operator = read_map(record.state.values()).value;
    Ok(Some(OperatorListed {
        id: id.to_string(),
        role: operator.role.unwrap_or(Role::Reader),
        retired_on: operator.retired_on,
        signs_in,
        is_self: *id == session.operator,
        access: access(&record, names)?,
        heads: record.state.heads.iter().map(ToString::to_string).collect(),
        name: operator.name,
    }))
}

/// The newest entry that says how somebody got a new passphrase.
fn access(record: &Record, names: &Names<'_>) -> Result<Option<AccessView>> {
    for at in record.state.applied.iter().rev() {
        let Ok(body) = Body::read(&record.entries[*at].body) else { continue };
        let said: Option<Access> = read::<Operator>(body.set_text()).value.access;
        if let Some(Access { way, agreed_by }) = said {
            let (by, at) = (names.operator(&body.op)?, body.at.to_string());
            return Ok(Some(AccessView { way, by, at, agreed_by }));
        }
    }
    Ok(None)
}

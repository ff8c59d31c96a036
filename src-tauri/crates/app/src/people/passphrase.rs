//! New passphrases: one's own with the old one, somebody else's by a supervisor, which the journal keeps.

use redress_domain::record::{Access, AccessWay, Operator};
use redress_store::StoreError;

use super::{TOUCHED, colleague, give_slot, write_changes};
use crate::App;
use crate::contract::{ChangePassphrase, Done, Recorded, ResetPassphrase, Touched};
use crate::error::{AppError, Result};
use crate::session::{parse_id, unlock};
use crate::start::check_passphrase;

/// `passphrase.change`.
pub(crate) fn change(app: &mut App, input: ChangePassphrase) -> Result<Done<()>> {
    let (session, host) = app.working()?;
    check_passphrase(input.new.text())?;
    let own = session.operator;
    let dir = session.store.dir().to_owned();
    unlock(host, &dir, || {
        let right = session.store.is_passphrase_of(&own, input.old.text())?;
        if right { Ok(()) } else { Err(StoreError::WrongPassphrase) }
    })?;
    let name = session.operator_view()?.name;
    give_slot(session, host, (own, &name), input.new.text())?;
    Done::wrote((), &[Touched::Operator])
}

/// `operator.reset`. Written down before it is done: nobody gets another's passphrase without a trace.
pub(crate) fn reset(app: &mut App, input: ResetPassphrase) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    check_passphrase(input.passphrase.text())?;
    let id = parse_id(&input.id)?;
    if id == session.operator {
        return Err(AppError::new("reset_self"));
    }
    let (record, before) = colleague(session, &id)?;
    let access = Access { way: Some(AccessWay::Supervisor), agreed_by: String::new() };
    let forgotten = Operator { access: None, ..before.clone() };
    let after = Operator { access: Some(access), ..before.clone() };
    write_changes(session, host, &record, (&forgotten, &after))?;
    give_slot(session, host, (id, &before.name), input.passphrase.text())?;
    Done::wrote(Recorded { id: input.id }, TOUCHED)
}

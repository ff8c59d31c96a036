//! New passphrases: one's own with the old one, somebody else's by a supervisor, which the journal keeps.

use redress_domain::record::{Access, AccessWay};
use redress_store::StoreError;

use super::{TOUCHED, give_slot, set_anew};
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

/// `operator.reset`.
pub(crate) fn reset(app: &mut App, input: ResetPassphrase) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    check_passphrase(input.passphrase.text())?;
    let id = parse_id(&input.id)?;
    if id == session.operator {
        return Err(AppError::new("reset_self"));
    }
    let access = Access { way: Some(AccessWay::Supervisor), agreed_by: String::new() };
    set_anew(session, host, (id, input.passphrase.text()), access)?;
    Done::wrote(Recorded { id: input.id }, TOUCHED)
}

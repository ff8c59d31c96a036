//! A forgotten passphrase: by the card that was printed, or with the county's help. Either opens the store once, for a new
//! passphrase to be set, and the journal keeps who, when and how.

mod answer;
mod card;
mod county_slot;
mod finish;
mod request;
mod sealed;
mod ways;

pub(crate) use answer::{answer, read};
pub(crate) use card::{make_card, recover_by_card};
pub(crate) use county_slot::keep_county_slot;
pub(crate) use finish::recover_by_county;
pub(crate) use request::request;
pub(crate) use ways::ways;

use std::path::Path;

use redress_domain::record::Access;
use redress_store::{Store, operators};
use uuid::Uuid;

use crate::App;
use crate::contract::{AppState, Done, Touched};
use crate::error::{AppError, Result};
use crate::people::set_anew;
use crate::session::Session;
use crate::start::current;

/// The operator of a store by name, as far as its slots tell.
fn operator_by_name(dir: &Path, name: &str) -> Result<Uuid> {
    let known = operators(dir)?.into_iter().find(|(_, known)| known == name.trim());
    known.map(|(id, _)| id).ok_or_else(|| AppError::field("operator_name", "required"))
}

/// Goes on as an operator whose passphrase is set anew in a store that was opened without it.
fn go_on(app: &mut App, store: Store, (operator, passphrase): (Uuid, &str), access: Access) -> Result<Done<AppState>> {
    let mut session = Session::new(store, operator);
    session.arrive(app.host())?;
    set_anew(&mut session, app.host(), (operator, passphrase), access)?;
    session.store.search_catch_up(|_| true)?;
    app.session = Some(session);
    Done::wrote(current(app)?, &[Touched::State, Touched::Operator])
}

//! The recovery card: printed once, kept in a drawer that is locked.

use std::path::Path;

use redress_domain::FieldError;
use redress_domain::record::{Access, AccessWay};
use redress_domain::recovery_code::{GROUPS, RecoveryCode, RecoveryCodeError};
use redress_store::{Holder, SlotKind, Unlocking};
use uuid::Uuid;

use super::{go_on, operator_by_name};
use crate::App;
use crate::contract::{AppState, CardMade, Done, Nothing, RecoverByCard, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::unlock;
use crate::start::check_passphrase;

/// `card.make`. A card that was made before opens nothing any more.
pub(crate) fn make_card(app: &mut App, _: Nothing) -> Result<Done<CardMade>> {
    let (session, host) = app.working()?;
    let code = RecoveryCode::draw(|| host.random().map(u16::from_be_bytes))?;
    let made_on = session.today(host)?.to_string();
    let holder = Holder { operator: Uuid::nil(), name: made_on.clone(), kind: SlotKind::Card };
    session.store.put_slot(&holder, (code.secret(), host.key_cost()), &host.random()?)?;
    let office_name = session.office_view()?.name;
    Done::wrote(CardMade { groups: code.groups(), office_name, made_on }, &[Touched::Operator])
}

/// `access.by_card`.
pub(crate) fn recover_by_card(app: &mut App, input: RecoverByCard) -> Result<Done<AppState>> {
    let dir = Path::new(&input.dir);
    check_passphrase(input.passphrase.text())?;
    if !redress_store::facts(dir)?.has_card {
        return Err(AppError::new("card_none"));
    }
    let code = RecoveryCode::parse(input.code.text()).map_err(typo)?;
    let operator = operator_by_name(dir, &input.operator)?;
    app.session = None;
    let by_card = || Unlocking::by_card(dir, code.secret());
    let unlocking = unlock(app.host(), dir, by_card).map_err(|error| match error.code.as_str() {
        "passphrase_wrong" | "passphrase_wrong_wait" => AppError::new("card_wrong"),
        _ => error,
    })?;
    let store = unlocking.open(dir)?;
    let access = Access { way: Some(AccessWay::Card), agreed_by: String::new() };
    go_on(app, store, (operator, input.passphrase.text()), access)
}

fn typo(error: RecoveryCodeError) -> AppError {
    let wrong = match error {
        RecoveryCodeError::Length(found) => {
            FieldError::new("code", "card_length").with("found", found).with("wanted", GROUPS * 5)
        }
        RecoveryCodeError::Group(group) => FieldError::new("code", "card_group").with("group", group),
    };
    AppError::invalid(vec![wrong])
}

//! Which keys this PC has, by their ids. No secret is among the answers.

use redress_bundle::key_id;
use redress_store::SlotKind;

use super::audit::EXPORTS;
use super::escrow::office_record;
use super::former::former_keys;
use crate::App;
use crate::contract::{Done, EscrowView, FormerKeyView, KeysView, Nothing};
use crate::error::Result;
use crate::session::Session;

/// `key.list`.
pub(crate) fn show(app: &mut App, _: Nothing) -> Result<Done<KeysView>> {
    Done::read(view(app.session()?)?)
}

pub(super) fn view(session: &Session) -> Result<KeysView> {
    let former = former_keys(session)?.into_iter().rev().map(|key| FormerKeyView {
        key_id: key_id(&key.identity.to_public()).to_string(),
        at: key.at,
        escrow: key.escrow,
    });
    let office = office_record(session, &session.county_id())?.unwrap_or_default();
    let escrow = office.escrow.parse::<age::x25519::Recipient>().ok().map(|recipient| EscrowView {
        key_id: key_id(&recipient).to_string(),
        set: office.escrow_set,
        at: office.escrow_on,
    });
    let exports = session.store.local(EXPORTS)?.unwrap_or_default();
    let card = session.store.holders()?.into_iter().find(|holder| holder.kind == SlotKind::Card);
    Ok(KeysView {
        key_id: key_id(&session.age_identity()?.to_public()).to_string(),
        former: former.collect(),
        escrow,
        exports: String::from_utf8_lossy(&exports).lines().rev().map(str::to_owned).collect(),
        card_made_on: card.map(|holder| holder.name),
    })
}

//! The slot that the county can open, with its own keys or with the escrow key from its envelopes. It follows the directory:
//! a new key of the county gets a new slot by itself.

use age::x25519::Recipient;
use redress_store::county_slot;

use super::sealed::{SlotContent, seal};
use crate::error::Result;
use crate::keys::escrow_recipient;
use crate::session::Session;

/// Makes the slot as soon as the county's keys are known, and makes it anew when they have changed or this PC has become
/// another device. The county itself has nobody above it.
pub(crate) fn keep_county_slot(session: &mut Session) -> Result<()> {
    if session.is_county() {
        return Ok(());
    }
    let mut keys: Vec<String> =
        session.store.live_devices(&session.county_id())?.into_iter().map(|device| device.recipient).collect();
    keys.extend(escrow_recipient(session, &session.county_id())?.map(|escrow| escrow.to_string()));
    keys.sort_unstable();
    keys.dedup();
    let recipients: Vec<Recipient> = keys.iter().filter_map(|key| key.parse().ok()).collect();
    let device = session.store.identity().device;
    keys.push(device.to_string());
    let made_for = county_slot(session.store.dir())?.map(|(_, keys)| keys).unwrap_or_default();
    if recipients.is_empty() || made_for == keys {
        return Ok(());
    }
    session.store.put_county_slot(keys, |key| seal(&SlotContent { device, key: *key }, &recipients))
}

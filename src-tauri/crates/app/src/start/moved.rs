//! The answer to the one question that is asked when a store finds itself on another PC. Work goes on meanwhile: a new life
//! of the store began by itself.

use redress_journal::SigningKey;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::create_county::new_identity;
use super::state::current;
use crate::App;
use crate::contract::{AppState, Done, Notice, SettleMoved, Touched};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::keys::{FORMER_AGE, kept_with};
use crate::session::Session;

/// Key of what is kept of the devices that this one was copied from (id and seed of each), until the county has let this one in.
const FORMER: &str = "former_device";

/// `device.settle`.
pub(crate) fn settle_moved(app: &mut App, input: SettleMoved) -> Result<Done<AppState>> {
    let (session, host) = app.working()?;
    // The question stays open: only one county signs what goes back to the stations.
    if !input.same_pc && session.is_county() {
        return Err(AppError::new("county_copied"));
    }
    let surroundings = host.surroundings();
    session.store.write(|gate| -> Result<()> { Ok(gate.settle_moved(&surroundings)?) })?;
    session.notices.retain(|notice| notice.code != "store_moved");
    if !input.same_pc {
        become_another_device(session, host)?;
    }
    Done::wrote(current(app)?, &[Touched::State])
}

/// A copy gets keys of its own. What the former device wrote here and never sent is sealed by its key and carried on.
fn become_another_device(session: &mut Session, host: &dyn Host) -> Result<()> {
    let former = session.store.identity().clone();
    let identity = new_identity(host, former.office, former.county)?;
    // While the county has not heard of the former device either, those before it stay known.
    let is_known = session.store.device(&former.device)?.is_some();
    let kept = if is_known { Vec::new() } else { session.store.local(FORMER)?.unwrap_or_default() };
    let mut kept = Zeroizing::new(kept);
    kept.extend_from_slice(former.device.as_bytes());
    kept.extend_from_slice(&former.signing_seed);
    let secrets = kept_with(session, &former.age_secret, (&host.now_text(), false))?;
    session.store.write(|gate| -> Result<()> {
        gate.become_device(identity)?;
        gate.put_local(FORMER, &kept)?;
        Ok(gate.put_local(FORMER_AGE, &secrets)?)
    })?;
    session.notices.push(Notice::new("device_renewed"));
    Ok(())
}

/// The devices that this one was copied from, the oldest first, with their keys, while the county has not let this one in.
pub(crate) fn former_devices(session: &Session) -> Result<Vec<(Uuid, SigningKey)>> {
    if session.store.device(&session.store.identity().device)?.is_some() {
        return Ok(Vec::new());
    }
    let kept = Zeroizing::new(session.store.local(FORMER)?.unwrap_or_default());
    let one = |part: &[u8]| {
        let (device, seed) = part.split_at_checked(16)?;
        Some((Uuid::from_slice(device).ok()?, SigningKey::from_seed(seed.try_into().ok()?)))
    };
    Ok(kept.chunks_exact(48).filter_map(one).collect())
}

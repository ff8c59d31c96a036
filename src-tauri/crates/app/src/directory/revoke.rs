//! Revoking a device at a point: what it wrote up to there stays valid, however late it comes and whoever carries it.

use redress_domain::record::{Revocation, TrustedPoint};
use uuid::Uuid;

use super::{device_of, required_words, write_device};
use crate::App;
use crate::contract::{Done, PointView, Recorded, RevokeDevice, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::Session;

/// `device.revoke`. For a device that is revoked already the point moves, and what it lets through is in force again.
pub(crate) fn revoke(app: &mut App, input: RevokeDevice) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    session.require_county()?;
    let reason = required_words("reason", &input.reason)?;
    let (record, device) = device_of(session, &input.device)?;
    if device.office == Some(session.county_id()) {
        return Err(AppError::new("device_of_county"));
    }
    let revocation = revocation(session, &record.id, input.point.as_ref())?;
    let mut after = device;
    (after.revoked_at, after.revoked_on, after.revoked_why) = (Some(revocation), host.now_text(), reason);
    let id = write_device(session, host, &record, &after)?;
    Done::wrote(Recorded { id: id.to_string() }, TOUCHED)
}

/// Up to what is held here, life by life; one life up to the point that was named.
fn revocation(session: &Session, device: &Uuid, named: Option<&PointView>) -> Result<Revocation> {
    let mut points = session.store.points_of(device)?;
    if let Some(named) = named {
        let epoch: Uuid = named.epoch.trim().parse().map_err(|_| AppError::field("point", "epoch_invalid"))?;
        let chain = session.store.chain_of(device, &epoch, named.seq)?;
        points.retain(|point| point.epoch != epoch.to_string());
        let chain = chain.map(|chain| chain.to_string()).unwrap_or_default();
        points.push(TrustedPoint { epoch: epoch.to_string(), seq: named.seq, chain });
    }
    let point = points.pop().unwrap_or_default();
    Ok(Revocation { point, also: points })
}

/// What a change of trust makes stale.
pub(super) const TOUCHED: &[Touched] =
    &[Touched::Office, Touched::Bundle, Touched::Complaint, Touched::Consultation, Touched::Decision];

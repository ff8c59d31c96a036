//! Trusting a revoked device again: everything that was kept aside for it is in force, and it is sent bundles.

use super::revoke::TOUCHED;
use super::{device_of, required_words, write_device};
use crate::App;
use crate::contract::{Done, Recorded, ReinstateDevice};
use crate::error::{AppError, Result};
use crate::host::HostExt;

/// `device.reinstate`.
pub(crate) fn reinstate(app: &mut App, input: ReinstateDevice) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    session.require_county()?;
    let reason = required_words("reason", &input.reason)?;
    let (record, mut device) = device_of(session, &input.device)?;
    if device.revoked_at.is_none() {
        return Err(AppError::new("device_not_revoked"));
    }
    (device.revoked_at, device.revoked_on, device.revoked_why) = (None, host.now_text(), reason);
    let id = write_device(session, host, &record, &device)?;
    Done::wrote(Recorded { id: id.to_string() }, TOUCHED)
}

//! What people call a device: "the old PC in the hall".

use super::{device_of, required_words, write_device};
use crate::App;
use crate::contract::{Done, LabelDevice, Recorded, Touched};
use crate::error::Result;

/// `device.label`.
pub(crate) fn label(app: &mut App, input: LabelDevice) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    session.require_county()?;
    let label = required_words("label", &input.label)?;
    let (record, mut device) = device_of(session, &input.device)?;
    device.label = label;
    let id = write_device(session, host, &record, &device)?;
    Done::wrote(Recorded { id: id.to_string() }, &[Touched::Office])
}

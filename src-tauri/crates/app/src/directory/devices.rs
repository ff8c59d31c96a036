//! Offices and their devices, as the county looks at them.

use std::collections::BTreeMap;

use redress_domain::record::{Device, TrustedPoint, read_map};
use redress_store::peers::DeviceRow;
use uuid::Uuid;

use super::office_of;
use crate::App;
use crate::contract::{DeviceView, Done, Nothing, OfficeDevices, PointView, RevokedView};
use crate::error::Result;
use crate::session::{Session, office_kind};

/// `device.list`.
pub(crate) fn devices(app: &mut App, _: Nothing) -> Result<Done<Vec<OfficeDevices>>> {
    let session = app.session()?;
    let (barred, names) = (barred(session)?, session.names()?);
    let mut offices = Vec::new();
    for office in session.store.offices()? {
        let devices = session.store.devices(&office.id)?;
        let devices = devices.iter().map(|device| view(session, device, &barred)).collect::<Result<_>>()?;
        let kind = office_kind(&office);
        let (_, record) = office_of(session, &office.id.to_string())?;
        offices.push(OfficeDevices {
            id: office.id.to_string(),
            code: office.code,
            kind,
            name: office.name,
            parent: record.parent.map(|parent| parent.to_string()),
            parent_name: record.parent.map(|parent| names.office(&parent)).unwrap_or_default(),
            contact: record.contact,
            phone: record.phone,
            closed_on: record.closed_on,
            note: record.note,
            devices,
        });
    }
    Done::read(offices)
}

/// How many entries of each device are kept aside because it was revoked.
fn barred(session: &Session) -> Result<BTreeMap<Uuid, u64>> {
    let mut counts = BTreeMap::new();
    for row in session.store.barred()? {
        *counts.entry(row.log.device).or_default() += 1;
    }
    Ok(counts)
}

fn view(session: &Session, row: &DeviceRow, barred: &BTreeMap<Uuid, u64>) -> Result<DeviceView> {
    let record = session.store.record(&row.id)?;
    let device: Device = record.map(|record| read_map(record.state.values()).value).unwrap_or_default();
    let peer = session.store.heard_from(&row.id)?;
    let revoked = device.revoked_at.map(|revocation| RevokedView {
        at: device.revoked_on,
        reason: device.revoked_why,
        points: revocation.points().map(point_view).collect(),
        barred: barred.get(&row.id).copied().unwrap_or(0),
    });
    Ok(DeviceView {
        id: row.id.to_string(),
        label: row.label.clone(),
        own: row.id == session.store.identity().device,
        former: row.recipient.is_empty(),
        admitted_at: device.admitted_on,
        last_bundle: peer.as_ref().map(|peer| peer.number),
        last_bundle_at: peer.as_ref().map(|peer| peer.created_at.clone()),
        program: peer.map(|peer| peer.program),
        revoked,
        points: session.store.points_of(&row.id)?.iter().rev().map(point_view).collect(),
    })
}

fn point_view(point: &TrustedPoint) -> PointView {
    PointView { epoch: point.epoch.clone(), seq: point.seq }
}

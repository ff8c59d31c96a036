//! Types of the directory: offices and their devices.

use redress_domain::CivilDate;
use redress_domain::case_no::OfficeKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::MergeReport;

/// An office with its devices.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OfficeDevices {
    pub id: String,
    pub code: String,
    pub kind: OfficeKind,
    pub name: String,
    /// The office above it: a branch, or the county.
    pub parent: Option<String>,
    pub parent_name: String,
    /// Whom to ask for there.
    pub contact: String,
    pub phone: String,
    pub closed_on: Option<CivilDate>,
    /// Why it was closed, moved, or handed over the last time.
    pub note: String,
    pub devices: Vec<DeviceView>,
}

/// Renames an office, moves it, or writes down who is to be asked for there. Its code stays: case numbers are made of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AmendOffice {
    pub id: String,
    pub name: String,
    /// The office above it; none: the county.
    pub parent: Option<String>,
    pub contact: String,
    pub phone: String,
    pub note: String,
}

/// Closes an office. What it still sends is taken; it is not waited for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CloseOffice {
    pub id: String,
    /// The day (ISO, or as it is typed).
    pub on: String,
    pub reason: String,
}

/// Opens a closed office again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReopenOffice {
    pub id: String,
    pub reason: String,
}

/// A device of the directory.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DeviceView {
    pub id: String,
    pub label: String,
    /// This very PC.
    pub own: bool,
    /// A device that others were copied from: nothing is sent to it.
    pub former: bool,
    pub admitted_at: String,
    /// The number of its newest bundle that was merged here, and when it was written.
    pub last_bundle: Option<u64>,
    pub last_bundle_at: Option<String>,
    pub program: Option<String>,
    pub revoked: Option<RevokedView>,
    /// How far its entries have come here, life by life; the newest first.
    pub points: Vec<PointView>,
}

/// That a device is revoked.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RevokedView {
    pub at: String,
    pub reason: String,
    /// Up to here it is trusted.
    pub points: Vec<PointView>,
    /// Entries that are kept aside for it here.
    pub barred: u64,
}

/// A point in one life of a device's store.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PointView {
    pub epoch: String,
    pub seq: u64,
}

/// Revokes a device, or moves the point up to which a revoked one is trusted. Without a point: up to what the county has now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RevokeDevice {
    pub device: String,
    pub reason: String,
    /// The last trusted entry: the life of the store, and the number.
    pub point: Option<PointView>,
}

/// Trusts a device again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReinstateDevice {
    pub device: String,
    pub reason: String,
}

/// Says what people call a device.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LabelDevice {
    pub device: String,
    pub label: String,
}

/// A device that asks to be let in and could not prove that it was invited.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct JoinRequestView {
    pub device: String,
    pub office_name: String,
    pub office_code: String,
    /// The other screen shows the same.
    pub compare_code: String,
    /// `used`, `unknown`, `other_office` or `wrong_secret`: what is wrong with its invitation.
    pub reason: String,
    pub number: u64,
    pub created_at: String,
    pub asked_at: String,
}

/// Lets a device in, or not.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnswerJoin {
    pub device: String,
    /// The code of the request that was compared. May be left out while only one request is in this device's name.
    #[serde(default)]
    pub compare_code: Option<String>,
    pub admit: bool,
}

/// What came of it: whoever was let in is merged at once.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct JoinAnswered {
    pub merged: Option<MergeReport>,
}

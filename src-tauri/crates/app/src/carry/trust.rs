//! Whom a bundle may come from, and whose logs may be taken from it. Decided by the directory, never by the bundle.

use std::collections::{HashMap, HashSet};

use redress_bundle::Header;
use redress_domain::record::Device;
use redress_journal::{Body, PUBLIC, Seal, VerifyingKey};
use redress_store::peers::InvitationRow;
use uuid::Uuid;

use crate::error::{AppError, Result};
use crate::session::Session;

/// Code of a bundle whose device asks to be let in.
pub(crate) const ASKS_TO_JOIN: &str = "bundle_asks_to_join";

fn refused(session: &Session) -> Result<HashSet<(Uuid, String)>> {
    let all = session.store.join_requests()?;
    Ok(all.into_iter().filter(|request| request.refused).map(|request| (request.device, request.key)).collect())
}

/// A device as far as trust goes.
#[derive(Debug, Clone)]
struct Known {
    office: Uuid,
    key: VerifyingKey,
    revoked: bool,
    /// Whether bundles can be encrypted to it.
    reachable: bool,
}

/// A device that asks to be let in, and has proven that it was invited.
#[derive(Debug, Clone)]
pub(crate) struct Admission {
    pub device: Uuid,
    pub office: Uuid,
    pub key: VerifyingKey,
    pub recipient: String,
    /// The invitation that it used; none for a copy that goes on as a device of its own.
    pub invitation: Option<Uuid>,
    /// Devices that it was copied from and that nobody here has heard of: their logs come along.
    pub formers: Vec<(Uuid, VerifyingKey)>,
}

/// The directory as it is when a merge begins; it learns as bundles are read.
pub(crate) struct Trust {
    county: Uuid,
    own_office: Uuid,
    own_device: Uuid,
    is_county: bool,
    devices: HashMap<Uuid, Known>,
    invitations: HashMap<Uuid, InvitationRow>,
    /// Offices of the directory.
    offices: HashSet<Uuid>,
    /// Devices that a person has refused, with their keys.
    refused: HashSet<(Uuid, String)>,
}

impl Trust {
    /// Reads the directory.
    pub fn load(session: &Session) -> Result<Self> {
        let (mut devices, mut offices) = (HashMap::new(), HashSet::new());
        for office in session.store.offices()? {
            offices.insert(office.id);
            for device in session.store.devices(&office.id)? {
                let reachable = !device.recipient.is_empty();
                let known = Known { office: device.office, key: device.key, revoked: device.revoked, reachable };
                devices.insert(device.id, known);
            }
        }
        let own = session.store.identity();
        let me = Known { office: own.office, key: session.verifying_key(), revoked: false, reachable: true };
        devices.entry(own.device).or_insert(me);
        Ok(Self {
            county: own.county,
            own_office: own.office,
            own_device: own.device,
            is_county: session.is_county(),
            devices,
            invitations: session.store.invitations()?,
            offices,
            refused: refused(session)?,
        })
    }

    /// Whether the header's sender is known, or has been invited and asks to be let in.
    pub fn sender(&self, header: &Header) -> Result<Option<Admission>> {
        let (office, device) = (header.from.office, header.from.device);
        if device == self.own_device {
            return Err(AppError::new("bundle_own"));
        }
        let unknown = || AppError::new("bundle_unknown_sender").with("device", device);
        if let Some(known) = self.devices.get(&device) {
            if known.key != header.sender_key || known.office != office {
                return Err(unknown());
            }
            // What a revoked device wrote up to its point is taken, whoever carries it: also from itself.
            if known.revoked {
                return Ok(None);
            }
            return Ok(if known.reachable { None } else { self.invited(header, |_| true) });
        }
        if let Some(admission) = self.certified(header).or_else(|| self.successor(header)) {
            return Ok(Some(admission));
        }
        let unused = |row: &InvitationRow| row.used_by.is_none_or(|by| by == device);
        self.invited(header, unused).map(Some).ok_or_else(|| self.asks(header).unwrap_or_else(unknown))
    }

    /// What becomes of a device that asks to be let in and cannot prove that it was invited: a person decides.
    fn asks(&self, header: &Header) -> Option<AppError> {
        let join = header.join.as_ref().filter(|_| self.is_county && self.offices.contains(&header.from.office))?;
        if self.refused.contains(&(header.from.device, header.sender_key.to_string())) {
            return Some(AppError::new("bundle_join_refused"));
        }
        let reason = match self.invitations.get(&join.invitation) {
            None => "unknown",
            Some(row) if row.office != header.from.office => "other_office",
            Some(row) if !header.join_is_proven_by(&row.secret) => "wrong_secret",
            Some(_) => "used",
        };
        Some(AppError::new(ASKS_TO_JOIN).with("reason", reason).with("code", header.compare_code()))
    }

    /// Whether a device has been revoked. What it says that it has confirms nothing.
    pub fn is_revoked(&self, device: &Uuid) -> bool {
        self.devices.get(device).is_some_and(|known| known.revoked)
    }

    /// A device that holds the secret of an invitation to its office.
    fn invited(&self, header: &Header, usable: impl Fn(&InvitationRow) -> bool) -> Option<Admission> {
        let join = header.join.as_ref().filter(|_| self.is_county)?;
        let proven = match self.invitations.get(&join.invitation) {
            Some(row) => row.office == header.from.office && usable(row) && header.join_is_proven_by(&row.secret),
            // Forgotten with the backup that this county was restored from: it knows its own word.
            None => {
                self.devices.get(&self.own_device).is_some_and(|own| header.shows_ticket_of(&self.own_device, &own.key))
            }
        };
        proven.then(|| Admission {
            device: header.from.device,
            office: header.from.office,
            key: header.sender_key,
            recipient: join.recipient.clone(),
            invitation: Some(join.invitation),
            formers: self.unknown_formers(header),
        })
    }

    /// A device that this county took in before it was restored from an older backup: it brings the county's own word.
    fn certified(&self, header: &Header) -> Option<Admission> {
        let own = self.devices.get(&self.own_device).filter(|_| self.is_county)?;
        let certificate = header.certified_by(&self.own_device, &own.key)?;
        Some(Admission {
            device: header.from.device,
            office: header.from.office,
            key: header.sender_key,
            recipient: certificate.recipient.clone(),
            invitation: None,
            formers: self.unknown_formers(header),
        })
    }

    fn unknown_formers(&self, header: &Header) -> Vec<(Uuid, VerifyingKey)> {
        let Some(succession) = header.signed_succession() else { return Vec::new() };
        let first = std::iter::once((succession.device, succession.key));
        let between = succession.between.iter().map(|former| (former.device, former.key));
        first.chain(between).filter(|(device, _)| !self.devices.contains_key(device)).collect()
    }

    /// A copy of a device's store that asks to be a device of its own, with the word of the device it was copied from.
    fn successor(&self, header: &Header) -> Option<Admission> {
        let succession = header.signed_succession().filter(|_| self.is_county)?;
        let former = self.devices.get(&succession.device)?;
        let vouched = former.office == header.from.office && !former.revoked && former.key == succession.key;
        vouched.then(|| Admission {
            device: header.from.device,
            office: header.from.office,
            key: header.sender_key,
            recipient: succession.recipient.clone(),
            invitation: None,
            formers: self.unknown_formers(header),
        })
    }

    /// From now on the device counts as known, and its invitation as used.
    pub fn admit(&mut self, admission: &Admission) {
        let known = |key, reachable| Known { office: admission.office, key, revoked: false, reachable };
        self.devices.insert(admission.device, known(admission.key, true));
        for (device, key) in &admission.formers {
            self.devices.insert(*device, known(*key, false));
        }
        let used = admission.invitation.and_then(|invitation| self.invitations.get_mut(&invitation));
        if let Some(row) = used {
            row.used_by = Some(admission.device);
        }
    }

    /// Learns the certificates in an entry of a public log that the county has sealed.
    pub fn learn(&mut self, body: &[u8]) {
        let Ok(body) = Body::read(body) else { return };
        if body.kind != redress_domain::Kind::Device.as_str() {
            return;
        }
        let device: Device = redress_domain::record::read(body.set_text()).value;
        if let (Some(office), Ok(key)) = (device.office, device.signing_key.parse()) {
            let revoked = device.revoked_at.is_some();
            let reachable = !device.recipient.is_empty();
            self.devices.entry(body.id).or_insert(Known { office, key, revoked, reachable });
        }
    }

    /// Whether a bundle is meant for this office. Who can open it is another question: a key may have moved on.
    pub fn is_for_us(&self, header: &Header) -> bool {
        header.to.office == self.own_office
    }

    /// Whether a seal is genuine, by a device that may write about the log's office.
    pub fn vouches(&self, seal: &Seal) -> bool {
        let Some(device) = self.devices.get(&seal.log.device) else { return false };
        let office = seal.log.office;
        let may_write = device.office == self.county || (office != PUBLIC && device.office == office);
        may_write && seal.verify(&device.key)
    }
}

//! An open store with the person who works on it, and the few things that every use case asks of the two.

use std::collections::HashMap;
use std::path::Path;

use redress_domain::case_no::OfficeKind;
use redress_domain::record::{Role, Step, read_map};
use redress_domain::{CivilDate, Kind, OfficeCode};
use redress_journal::{Change, Draft, EntryId, LogId, PUBLIC, SigningKey, VerifyingKey};
use redress_store::journal::Record;
use redress_store::query::directory::OfficeRow;
use redress_store::{Arrival, Condition, Gate, Store, StoreError, Tries};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::clock;
use crate::complaint::Case;
use crate::contract::{Notice, OfficeView, OperatorView};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};

/// What was damaged and could be made anew was made anew.
const HEALED: &str = "store_healed";
/// What waited for a newer program is in force: this is one.
const UNDERSTOOD: &str = "newer_applied";

/// Somebody signed in at an office.
pub(crate) struct Session {
    pub store: Store,
    pub operator: Uuid,
    /// What was noticed when the store was opened, and has not been shown yet.
    pub notices: Vec<Notice>,
}

impl Session {
    /// Opens the store in a folder. One that was brought back or copied goes on under a new name of its own.
    pub fn open(host: &dyn Host, dir: &Path, operator: Option<&str>, passphrase: &str) -> Result<Self> {
        let (store, operator) = unlock(host, dir, || Store::open(dir, operator, passphrase))?;
        let mut session = Self::new(store, operator);
        match session.store.condition() {
            Condition::ReadOnly(_) => return Ok(session),
            Condition::Healed { kept } => {
                let notice = Notice::new(HEALED).with("path", kept.display());
                session.notices.push(notice);
            }
            Condition::Sound => {}
        }
        session.arrive(host)?;
        session.look_again_at_newer()?;
        session.show_name()?;
        // What was not yet searchable when the program ended; most of the time nothing.
        session.store.search_catch_up(|_| true)?;
        Ok(session)
    }

    /// Whether the store is damaged, so that it is looked at and nothing is written into it.
    pub fn is_read_only(&self) -> bool {
        matches!(self.store.condition(), Condition::ReadOnly(_))
    }

    /// Looks whether the store is damaged, after something could not be read; then it goes on as one that is.
    pub fn look_again(self) -> Result<Self> {
        let Self { store, operator, mut notices } = self;
        let was = store.condition().clone();
        let store = store.look_again()?;
        if let (Condition::Healed { kept }, true) = (store.condition(), was != *store.condition()) {
            notices.push(Notice::new(HEALED).with("path", kept.display()));
        }
        Ok(Self { store, operator, notices })
    }

    /// A session at a store that was just made or opened.
    pub fn new(store: Store, operator: Uuid) -> Self {
        Self { store, operator, notices: Vec::new() }
    }

    /// What is shown before anybody signs in follows the directory, also when a rename was interrupted or came from afar.
    fn show_name(&mut self) -> Result<()> {
        let name = self.store.operator(&self.operator)?.map(|row| row.name).unwrap_or_default();
        if !name.is_empty() {
            self.store.rename_slot(&self.operator, &name)?;
        }
        Ok(())
    }

    /// A program that understands more than the last one puts in force by itself what waited for it.
    fn look_again_at_newer(&mut self) -> Result<()> {
        // Whoever signs in must get in: where nothing can be written, it is looked at the next time.
        let applied = match self.store.look_again_at_newer() {
            Err(StoreError::DiskFull | StoreError::ReadOnly) => 0,
            outcome => outcome?,
        };
        if applied > 0 {
            self.notices.push(Notice::new(UNDERSTOOD).with("count", applied));
        }
        Ok(())
    }

    /// Looks whether the store is where it was and as it was.
    pub fn arrive(&mut self, host: &dyn Host) -> Result<()> {
        let arrival = self.store.arrive(&host.surroundings())?;
        let (code, bundles) = match arrival {
            Arrival::Same => return Ok(()),
            Arrival::Rewound { bundles } => ("store_rewound", bundles),
            Arrival::Moved => ("store_moved", 0),
        };
        let epoch = Uuid::from_bytes(host.random()?);
        self.store.write(|gate| -> Result<()> {
            gate.renew(epoch)?;
            gate.raise("bundle", bundles)?;
            if arrival == Arrival::Moved {
                gate.note_moved()?;
            }
            Ok(())
        })?;
        self.notices.push(Notice::new(code));
        Ok(())
    }

    /// Which day it is, also while the clock is wrong and somebody has said so.
    pub fn today(&self, host: &dyn Host) -> Result<CivilDate> {
        clock::today(self, host)
    }

    /// This office.
    pub fn office_id(&self) -> Uuid {
        self.store.identity().office
    }

    /// The county office.
    pub fn county_id(&self) -> Uuid {
        self.store.identity().county
    }

    /// Whether this is the county office.
    pub fn is_county(&self) -> bool {
        self.office_id() == self.county_id()
    }

    /// Refuses what goes out under the county's name while nobody has said that this is its PC and no copy: what two of them
    /// sign, stations would take for one.
    pub fn require_settled(&self) -> Result<()> {
        if self.is_county() && self.store.is_moved()? {
            return Err(AppError::new("county_unsettled"));
        }
        Ok(())
    }

    /// Refuses what only the county may do.
    pub fn require_county(&self) -> Result<()> {
        if self.is_county() { Ok(()) } else { Err(AppError::new("not_county")) }
    }

    /// The office whose log takes what is written here about a record: at a station always its own; at the county that
    /// of the office that owns the case now. Refused where somebody else owns the case.
    pub fn log_for(&self, record: &Record) -> Result<Uuid> {
        match complaint_of(record) {
            Some(complaint) => {
                let home = self.store.record(&complaint)?.map_or(record.office, |complaint| complaint.office);
                self.require_own(&complaint, home)
            }
            None if self.is_county() => Ok(record.office),
            None => Ok(self.office_id()),
        }
    }

    /// The office that owns a case, if somebody here may go on with it: the owner itself, or the county.
    pub fn require_owner(&self, case: &Case) -> Result<Uuid> {
        self.require_own(&case.record.id, case.record.office)
    }

    fn require_own(&self, complaint: &Uuid, home: Uuid) -> Result<Uuid> {
        let owner = self.store.standing(complaint, home)?.owner;
        if owner == self.office_id() || self.is_county() {
            Ok(owner)
        } else {
            Err(AppError::new("case_handed_over").with("office", self.names()?.office(&owner)))
        }
    }

    /// The office on the other side of the road: the county; at the county whoever a record belongs to.
    pub fn counterpart(&self, record_office: &Uuid) -> Uuid {
        if self.is_county() { *record_office } else { self.county_id() }
    }

    /// The key that signs here.
    pub fn signing_key(&self) -> SigningKey {
        SigningKey::from_seed(&self.store.identity().signing_seed)
    }

    pub fn verifying_key(&self) -> VerifyingKey {
        self.signing_key().verifying_key()
    }

    /// The key that bundles for this PC are encrypted to.
    pub fn age_identity(&self) -> Result<age::x25519::Identity> {
        self.store.identity().age_secret.parse().map_err(AppError::internal)
    }

    /// All keys that bundles for this PC may be encrypted to.
    pub fn age_identities(&self) -> Result<Vec<age::x25519::Identity>> {
        let mut identities = vec![self.age_identity()?];
        identities.extend(crate::keys::former_age_identities(self)?);
        Ok(identities)
    }

    /// An office of the directory by its id text.
    pub fn office_by_text(&self, id: &str) -> Result<OfficeRow> {
        let id = parse_id(id)?;
        self.store.office(&id)?.ok_or_else(|| AppError::new("record_missing"))
    }

    /// Names for showing.
    pub fn names(&self) -> Result<Names<'_>> {
        let offices = self.store.offices()?.into_iter().map(|office| (office.id, office)).collect();
        Ok(Names { session: self, offices })
    }

    /// This office as the window shows it.
    pub fn office_view(&self) -> Result<OfficeView> {
        Ok(self.names()?.office_view(&self.office_id()))
    }

    /// Who is signed in.
    pub fn operator_view(&self) -> Result<OperatorView> {
        let name = self.store.operator(&self.operator)?.map(|row| row.name).unwrap_or_default();
        Ok(OperatorView { id: self.operator.to_string(), name, role: self.role()? })
    }

    /// What they are here. Somebody whose role a newer program gave may look; so may somebody who, as another PC says, no
    /// longer works here: nobody is locked out by what came on a stick.
    pub fn role(&self) -> Result<Role> {
        let row = self.store.operator(&self.operator)?.filter(|row| !row.retired);
        Ok(row.and_then(|row| Role::parse(&row.role)).unwrap_or(Role::Reader))
    }
}

/// Tries a secret, unless too many wrong ones were tried just now.
pub(crate) fn unlock<T>(host: &dyn Host, dir: &Path, attempt: impl FnOnce() -> redress_store::Result<T>) -> Result<T> {
    let now = host.now().timestamp();
    let tries = Tries::read(dir);
    let seconds = tries.wait(dir, now);
    if seconds > 0 {
        return Err(AppError::new("passphrase_wait").with("seconds", seconds).with("tries", tries.wrong));
    }
    match attempt() {
        Err(StoreError::WrongPassphrase) => match tries.note(dir, now) {
            0 => Err(AppError::new("passphrase_wrong")),
            seconds => Err(AppError::new("passphrase_wrong_wait").with("seconds", seconds)),
        },
        outcome => {
            if outcome.is_ok() {
                Tries::forget(dir);
            }
            Ok(outcome?)
        }
    }
}

/// Names of offices and operators.
pub(crate) struct Names<'s> {
    session: &'s Session,
    offices: HashMap<Uuid, OfficeRow>,
}

impl Names<'_> {
    pub fn office(&self, id: &Uuid) -> String {
        self.offices.get(id).map(|office| office.name.clone()).unwrap_or_default()
    }

    pub fn office_code(&self, id: &Uuid) -> String {
        self.offices.get(id).map(|office| office.code.clone()).unwrap_or_default()
    }

    pub fn operator(&self, id: &Uuid) -> Result<String> {
        Ok(self.session.store.operator(id)?.map(|row| row.name).unwrap_or_default())
    }

    /// The name of the office where a device stands.
    pub fn office_of_device(&self, device: &Uuid) -> Result<String> {
        let own = *device == self.session.store.identity().device;
        let office = if own {
            Some(self.session.office_id())
        } else {
            self.session.store.device(device)?.map(|device| device.office)
        };
        Ok(office.map(|office| self.office(&office)).unwrap_or_default())
    }

    pub fn office_view(&self, id: &Uuid) -> OfficeView {
        let county_name = self.office(&self.session.county_id());
        let row = self.offices.get(id);
        OfficeView {
            id: id.to_string(),
            code: row.map(|row| row.code.clone()).unwrap_or_default(),
            kind: row.map_or(OfficeKind::Station, office_kind),
            name: row.map(|row| row.name.clone()).unwrap_or_default(),
            county_name,
            area_code: row.map(|row| row.area_code.clone()).unwrap_or_default(),
        }
    }
}

/// Whether somebody holds a log who has only the logs of one office and the public ones.
pub(crate) fn is_seen_at(log: &LogId, office: &Uuid) -> bool {
    [*office, PUBLIC].contains(&log.office)
}

/// The complaint that a record belongs to.
pub(crate) fn complaint_of(record: &Record) -> Option<Uuid> {
    match Kind::parse(&record.kind)? {
        Kind::Complaint => Some(record.id),
        Kind::Step | Kind::Loss | Kind::Attachment => read_map::<Step>(record.state.values()).value.complaint,
        _ => None,
    }
}

/// The kind of an office's row.
pub(crate) fn office_kind(row: &OfficeRow) -> OfficeKind {
    let from_code = || OfficeCode::parse(&row.code).map_or(OfficeKind::Station, OfficeCode::kind);
    [OfficeKind::County, OfficeKind::Branch, OfficeKind::Station]
        .into_iter()
        .find(|kind| kind.as_str() == row.kind)
        .unwrap_or_else(from_code)
}

/// An id as the window sends it back.
pub(crate) fn parse_id(text: &str) -> Result<Uuid> {
    text.parse().map_err(|_| AppError::new("record_missing"))
}

/// Heads as the window sends them back.
pub(crate) fn parse_heads(texts: &[String]) -> Result<Vec<EntryId>> {
    texts.iter().map(|text| text.parse().map_err(|_| AppError::new("record_changed"))).collect()
}

/// The heads that a form was filled from; those that stand now when it names none.
pub(crate) fn seen_heads(record: &Record, seen: &[String]) -> Result<Vec<EntryId>> {
    let seen = parse_heads(seen)?;
    if !seen.iter().all(|head| record.entries.iter().any(|entry| entry.id == *head)) {
        return Err(AppError::new("record_changed"));
    }
    Ok(if seen.is_empty() { record.state.heads.clone() } else { seen })
}

/// Who writes, and when by this PC's clock.
#[derive(Clone)]
pub(crate) struct Pen {
    pub operator: Uuid,
    pub at: String,
}

impl Pen {
    /// A new record.
    pub fn create(
        &self,
        gate: &mut Gate<'_>,
        office: Uuid,
        kind: Kind,
        (id, fields): (Uuid, Map<String, Value>),
    ) -> Result<EntryId> {
        self.amend(gate, office, kind, Amendment { id, was: Vec::new(), change: Change::Set(fields) })
    }

    /// A further entry of a record.
    pub fn amend(&self, gate: &mut Gate<'_>, office: Uuid, kind: Kind, amendment: Amendment) -> Result<EntryId> {
        let draft = Draft {
            kind: kind.as_str(),
            id: amendment.id,
            was: amendment.was,
            change: amendment.change,
            op: self.operator,
            at: self.at.clone(),
        };
        Ok(gate.append(office, &draft)?)
    }

    /// A further entry of a record in the log of an office that may not hold everything that was seen: then what was seen is
    /// said first as a whole, and the entry stands on that.
    pub fn amend_seen(
        &self,
        gate: &mut Gate<'_>,
        office: Uuid,
        record: &Record,
        amendment: Amendment,
    ) -> Result<EntryId> {
        let kind = Kind::parse(&record.kind).ok_or_else(|| AppError::new("record_missing"))?;
        let theirs = |log: &LogId| is_seen_at(log, &office);
        let foreign = record.entries.iter().any(|entry| amendment.was.contains(&entry.id) && !theirs(&entry.log));
        if !foreign {
            return self.amend(gate, office, kind, amendment);
        }
        let whole = Change::Whole(record.values_seen_by(&amendment.was));
        let was = record.heads_within(&amendment.was, theirs);
        let seen = self.amend(gate, office, kind, Amendment { id: record.id, was, change: whole })?;
        self.amend(gate, office, kind, Amendment { was: vec![seen], ..amendment })
    }
}

/// What a further entry says.
pub(crate) struct Amendment {
    pub id: Uuid,
    pub was: Vec<EntryId>,
    pub change: Change,
}

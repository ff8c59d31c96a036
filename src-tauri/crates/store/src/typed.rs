//! From the bytes of an entry, or from a folded record, to the typed record of its kind.

use redress_domain::Kind;
use redress_domain::record::{
    self, Activity, Attachment, Business, Complaint, Consultation, Department, Device, Link, Loss, Office, Operator,
    Pack, Step, Transfer, Volunteer,
};
use redress_journal::{Body, BodyError, EntryId, erased_id};
use uuid::Uuid;

use crate::erase;
use crate::misplaced;

/// A record of a kind that has a projection.
#[derive(Debug, Clone)]
pub enum Typed {
    /// 投诉.
    Complaint(Box<Complaint>),
    /// A step of the procedure.
    Step(Box<Step>),
    /// A row of the ledger of recovered losses.
    Loss(Box<Loss>),
    /// 咨询.
    Consultation(Box<Consultation>),
    /// 机构.
    Office(Box<Office>),
    /// 设备.
    Device(Box<Device>),
    /// 经办人.
    Operator(Box<Operator>),
    /// Work besides complaints.
    Activity(Box<Activity>),
    /// What a member department reports.
    Department(Box<Department>),
    /// 经营者.
    Business(Box<Business>),
    /// Two complaints that were compared.
    Link(Box<Link>),
    /// A case that is handed over.
    Transfer(Box<Transfer>),
    /// 志愿者.
    Volunteer(Box<Volunteer>),
    /// A calendar or rules.
    Pack(Box<Pack>),
    /// A photo or a document of a case.
    Attachment(Box<Attachment>),
}

impl Typed {
    /// Reads the fields of a record from JSON text. Fields that do not fit their type stay in the journal only.
    pub fn read(kind: Kind, fields: &str) -> Self {
        match kind {
            Kind::Complaint => Self::Complaint(Box::new(record::read(fields).value)),
            Kind::Step => Self::Step(Box::new(record::read(fields).value)),
            Kind::Loss => Self::Loss(Box::new(record::read(fields).value)),
            Kind::Consultation => Self::Consultation(Box::new(record::read(fields).value)),
            Kind::Office => Self::Office(Box::new(record::read(fields).value)),
            Kind::Device => Self::Device(Box::new(record::read(fields).value)),
            Kind::Operator => Self::Operator(Box::new(record::read(fields).value)),
            Kind::Activity => Self::Activity(Box::new(record::read(fields).value)),
            Kind::Department => Self::Department(Box::new(record::read(fields).value)),
            Kind::Business => Self::Business(Box::new(record::read(fields).value)),
            Kind::Link => Self::Link(Box::new(record::read(fields).value)),
            Kind::Pack => Self::Pack(Box::new(record::read(fields).value)),
            Kind::Attachment => Self::Attachment(Box::new(record::read(fields).value)),
            Kind::Transfer => Self::Transfer(Box::new(record::read(fields).value)),
            Kind::Volunteer => Self::Volunteer(Box::new(record::read(fields).value)),
        }
    }
}

/// What an import needs to know of an entry; made beside the writer, on another thread.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The record that it describes.
    pub record: Uuid,
    /// Whether this program knows the entry's version and kind.
    pub understood: bool,
    /// The typed record, when the entry is the first of its record: most are, and then nothing must be folded.
    pub first: Option<Typed>,
    /// Whether it is about the directory, which only public logs tell of.
    pub of_directory: bool,
    /// Entries of the record that it orders to be erased.
    pub erases: Vec<EntryId>,
}

impl Parsed {
    /// Reads an entry's body.
    pub fn read(bytes: &[u8]) -> Result<Self, BodyError> {
        let body = Body::read(bytes)?;
        let kind = Kind::parse(&body.kind).filter(|_| body.is_understood());
        let is_first = erased_id(bytes).is_none()
            && body.was.is_empty()
            && !body.whole
            && body.withdraw.is_none()
            && body.restore.is_none();
        let first = kind.filter(|_| is_first).map(|kind| Typed::read(kind, body.set_text()));
        let erases = kind.map(|_| erase::ordered_by(&body)).unwrap_or_default();
        let of_directory = kind.is_some_and(misplaced::is_of_directory);
        Ok(Self { record: body.id, understood: kind.is_some(), first, of_directory, erases })
    }
}

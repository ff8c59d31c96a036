//! What is held about one person: found, copied for them, and erased when it may no longer be kept.

mod copy;
mod erase;
mod find;

pub(crate) use copy::copy;
pub(crate) use erase::erase;
pub(crate) use find::find;

use redress_domain::CivilDate;
use redress_domain::Kind;
use redress_domain::record::{Complaint, Consultation, RETENTION_YEARS, read_map};
use redress_store::journal::Record;
use uuid::Uuid;

use crate::complaint::Case;
use crate::error::{AppError, Result};
use crate::session::Session;

/// A record in which a person can stand.
enum Held {
    Complaint(Box<Case>),
    Consultation(Box<Record>, Box<Consultation>),
}

impl Held {
    /// The complaint or consultation that a record is, or is a part of.
    fn load(session: &Session, id: &Uuid) -> Result<Option<Self>> {
        let Some(record) = session.store.record(id)? else { return Ok(None) };
        match Kind::parse(&record.kind) {
            Some(Kind::Consultation) => {
                let consultation = read_map(record.state.values()).value;
                Ok(Some(Self::Consultation(Box::new(record), Box::new(consultation))))
            }
            _ => match crate::session::complaint_of(&record) {
                Some(complaint) => {
                    Ok(Case::load(&session.store, &complaint).ok().map(|case| Self::Complaint(Box::new(case))))
                }
                None => Ok(None),
            },
        }
    }

    fn require(session: &Session, id: &str) -> Result<Self> {
        Self::load(session, &crate::session::parse_id(id)?)?.ok_or_else(|| AppError::new("record_missing"))
    }

    fn id(&self) -> Uuid {
        match self {
            Self::Complaint(case) => case.record.id,
            Self::Consultation(record, _) => record.id,
        }
    }

    /// When the matter ended; a consultation ends on its day.
    fn closed_on(&self) -> Option<CivilDate> {
        match self {
            Self::Complaint(case) => case.state.closed_on,
            Self::Consultation(_, consultation) => consultation.asked_on,
        }
    }

    /// Until when it is kept.
    fn kept_until(&self) -> Option<CivilDate> {
        let closed = self.closed_on()?;
        CivilDate::new(closed.year() + RETENTION_YEARS, closed.month(), closed.day().min(28)).ok()
    }

    fn complaint(&self) -> Option<&Complaint> {
        match self {
            Self::Complaint(case) => Some(&case.complaint),
            Self::Consultation(..) => None,
        }
    }
}

//! Renaming and moving an office, and handing it to another person. The code stays: case numbers are made of it.

use redress_domain::FieldError;
use redress_domain::case_no::OfficeKind;

use super::{WORDS_MAX, office_of, required_words, write_office};
use crate::App;
use crate::contract::{AmendOffice, Done, Recorded, Touched};
use crate::error::{AppError, Result};
use crate::session::Session;

/// `office.amend`.
pub(crate) fn amend(app: &mut App, input: AmendOffice) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    session.require_county()?;
    let name = required_words("name", &input.name)?;
    let (record, mut office) = office_of(session, &input.id)?;
    for (field, text) in [("contact", &input.contact), ("phone", &input.phone), ("note", &input.note)] {
        if text.chars().count() > WORDS_MAX {
            let error = FieldError::new(field, "too_long").with("max", WORDS_MAX);
            return Err(AppError::invalid(vec![error]));
        }
    }
    let parent = input.parent.as_deref().filter(|parent| !parent.is_empty());
    office.parent = parent.map(|parent| above(session, parent, &input.id)).transpose()?;
    office.name = name;
    office.contact = input.contact.trim().to_owned();
    office.phone = input.phone.trim().to_owned();
    office.note = input.note.trim().to_owned();
    let id = write_office(session, host, &record, &office)?;
    Done::wrote(Recorded { id: id.to_string() }, &[Touched::Office, Touched::State])
}

/// The office above: a branch or the county, and never the office itself.
fn above(session: &Session, parent: &str, own: &str) -> Result<uuid::Uuid> {
    let (record, office) = office_of(session, parent)?;
    let fits = parent != own && matches!(office.kind, Some(OfficeKind::Branch | OfficeKind::County));
    if fits { Ok(record.id) } else { Err(AppError::field("parent", "parent_invalid")) }
}

//! Closing an office and opening it again. What a closed office still sends is taken; nobody waits for it.

use redress_domain::CivilDate;

use super::{office_of, required_words, write_office};
use crate::App;
use crate::contract::{CloseOffice, Done, Recorded, ReopenOffice, Touched};
use crate::error::{AppError, Result};

/// `office.close`.
pub(crate) fn close(app: &mut App, input: CloseOffice) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    session.require_county()?;
    let reason = required_words("reason", &input.reason)?;
    let on =
        CivilDate::parse_typed(&input.on, session.today(host)?).map_err(|error| AppError::field("on", error.code()))?;
    let (record, mut office) = office_of(session, &input.id)?;
    if record.id == session.county_id() {
        return Err(AppError::new("office_is_county"));
    }
    (office.closed_on, office.note) = (Some(on), reason);
    let id = write_office(session, host, &record, &office)?;
    Done::wrote(Recorded { id: id.to_string() }, &[Touched::Office])
}

/// `office.reopen`.
pub(crate) fn reopen(app: &mut App, input: ReopenOffice) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    session.require_county()?;
    let reason = required_words("reason", &input.reason)?;
    let (record, mut office) = office_of(session, &input.id)?;
    (office.closed_on, office.note) = (None, reason);
    let id = write_office(session, host, &record, &office)?;
    Done::wrote(Recorded { id: id.to_string() }, &[Touched::Office])
}

//! Telephone numbers of businesses and volunteers: in part in every list and page, whole after a deliberate click that is noted.

use redress_domain::record::{Business, ComplaintInput, Volunteer, read_map};
use redress_domain::{Kind, mask};

use crate::App;
use crate::contract::{Done, Reveal, Telephone, Touched};
use crate::error::{AppError, Result};
use crate::session::{Session, parse_id};
use crate::views::note_view;

/// `phone.reveal`, noted before it is shown.
pub(crate) fn reveal(app: &mut App, input: Reveal) -> Result<Done<Telephone>> {
    let id = parse_id(&input.id)?;
    let record = app.session()?.store.record(&id)?.ok_or_else(|| AppError::new("record_missing"))?;
    let phone = match Kind::parse(&record.kind) {
        Some(Kind::Business) => read_map::<Business>(record.state.values()).value.phone,
        Some(Kind::Volunteer) => read_map::<Volunteer>(record.state.values()).value.phone,
        _ => return Err(AppError::new("record_missing")),
    };
    note_view(app, id, &input.reason)?;
    Done::wrote(Telephone { phone }, &[Touched::View])
}

/// A complaint that was filled from what is known of a business gives back its number as it was shown.
pub(crate) fn of_business(session: &Session, input: &mut ComplaintInput) -> Result<()> {
    if mask::is_masked(&input.respondent_phone) {
        let name = input.respondent_name.trim();
        let known = session.store.businesses()?.into_iter().filter(|row| row.name == name);
        known.for_each(|row| kept_if_shown_in_part(&mut input.respondent_phone, &row.phone));
    }
    Ok(())
}

/// A form that was filled from a list gives back the number as it was shown: then the kept one stays.
pub(crate) fn kept_if_shown_in_part(typed: &mut String, kept: &str) {
    if !kept.is_empty() && typed.trim() == mask::phone(kept) {
        kept.clone_into(typed);
    }
}

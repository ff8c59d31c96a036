//! Who looked at somebody's data in full: noted on this PC, shown to its supervisor, never carried.

use redress_domain::record::{Consultation, read_map};
use redress_domain::{FieldError, Kind, mask};
use redress_store::views::View;
use uuid::Uuid;

use crate::App;
use crate::complaint::{Case, title_of};
use crate::contract::{Done, Nothing, ViewListed};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Names, Session, complaint_of};

/// So many are listed, the newest first.
const LISTED: u32 = 500;
const REASON_CHARS_MAX: usize = 200;

/// Notes a look at a record before it is shown.
pub(crate) fn note_view(app: &mut App, record: Uuid, reason: &str) -> Result<()> {
    let reason = reason.trim().to_owned();
    if reason.chars().count() > REASON_CHARS_MAX {
        return Err(AppError::invalid(vec![FieldError::new("reason", "too_long").with("max", REASON_CHARS_MAX)]));
    }
    let (session, host) = app.working()?;
    let view = View { at: host.now_text(), operator: session.operator, record, reason };
    session.store.write(|gate| -> Result<()> { Ok(gate.note_view(&view)?) })
}

/// `view.list`.
pub(crate) fn list(app: &mut App, _: Nothing) -> Result<Done<Vec<ViewListed>>> {
    let session = app.session()?;
    let names = session.names()?;
    Done::read(
        session.store.views(LISTED)?.into_iter().map(|view| listed(session, &names, view)).collect::<Result<_>>()?,
    )
}

fn listed(session: &Session, names: &Names<'_>, view: View) -> Result<ViewListed> {
    let record = session.store.record(&view.record)?;
    let kind = record.as_ref().map(|record| record.kind.clone()).unwrap_or_default();
    let (number, title) = match (Kind::parse(&kind), &record) {
        (Some(Kind::Complaint), Some(_)) => {
            let case = Case::load(&session.store, &view.record)?;
            (case.complaint.number.clone(), title_of(&case.complaint))
        }
        (Some(Kind::Attachment), Some(record)) => match complaint_of(record) {
            Some(complaint) => {
                let case = Case::load(&session.store, &complaint)?;
                (case.complaint.number.clone(), title_of(&case.complaint))
            }
            None => (String::new(), String::new()),
        },
        (Some(Kind::Consultation), Some(record)) => {
            (String::new(), read_map::<Consultation>(record.state.values()).value.asker_name)
        }
        (Some(Kind::Device), _) => (String::new(), names.office_of_device(&view.record)?),
        _ => (String::new(), String::new()),
    };
    Ok(ViewListed {
        at: view.at,
        operator: names.operator(&view.operator)?,
        record: view.record.to_string(),
        kind,
        number,
        title,
        reason: mask::digits_in(&view.reason),
    })
}

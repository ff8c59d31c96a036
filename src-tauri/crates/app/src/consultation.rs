//! Consultations: ten seconds to write down, counted in persons, turned into a complaint in one step.

use redress_domain::record::{Consultation, ConsultationInput, fields, read_map};
use redress_domain::{Kind, mask};
use redress_journal::Body;

use crate::App;
use crate::complaint::{day_of, mask_consultation, parse_cursor};
use crate::contract::{
    ById, ConsultationQuery, ConsultationRow, ConsultationView, Done, Page, Recorded, Reveal, Touched,
};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Pen, parse_id};
use crate::views::note_view;

/// `consultation.register`.
pub(crate) fn register(app: &mut App, input: ConsultationInput) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let consultation =
        input.validate(session.today(host)?, &*session.store.code_lists()?).map_err(AppError::invalid)?;
    let id = host.new_id()?;
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let office = session.office_id();
    session.store.write(|gate| -> Result<()> {
        pen.create(gate, office, Kind::Consultation, (id, fields(&consultation)))?;
        Ok(())
    })?;
    Done::wrote(Recorded { id: id.to_string() }, &[Touched::Consultation, Touched::Draft])
}

/// `consultation.list`.
pub(crate) fn list(app: &mut App, query: ConsultationQuery) -> Result<Done<Page<ConsultationRow>>> {
    let today = app.today()?;
    let session = app.session()?;
    let date = |field: &str, text: &Option<String>| day_of(field, text.as_deref(), today);
    let period = (date("from", &query.from)?, date("to", &query.to)?);
    let limit = query.limit.clamp(1, crate::complaint::PAGE_ROWS_MAX);
    let (rows, total) = session.store.consultations(period, parse_cursor(query.after.as_deref())?, limit)?;
    let full = rows.len() == limit as usize;
    let next = rows.last().filter(|_| full).map(|row| row.cursor.to_string());
    let names = session.names()?;
    let view = |row: redress_store::query::lists::ConsultationListed| ConsultationRow {
        id: row.id.to_string(),
        asked_on: row.asked_on,
        way: row.way,
        asker_name: row.asker_name,
        persons: row.persons,
        topic: row.topic,
        content: mask::digits_in(&row.content),
        complaint: row.complaint.map(|id| id.to_string()),
        office_name: names.office(&row.office),
    };
    Done::read(Page { rows: rows.into_iter().map(view).collect(), next, total })
}

/// `consultation.get`. The phone number is masked.
pub(crate) fn get(app: &mut App, input: ById) -> Result<Done<ConsultationView>> {
    let mut view = view(app, input)?;
    view.masked = mask_consultation(&mut view.input);
    Done::read(view)
}

/// `consultation.reveal`: the same with everything, noted before it is shown.
pub(crate) fn reveal(app: &mut App, input: Reveal) -> Result<Done<ConsultationView>> {
    let id = parse_id(&input.id)?;
    let view = view(app, ById { id: input.id })?;
    note_view(app, id, &input.reason)?;
    Done::wrote(view, &[Touched::View])
}

fn view(app: &mut App, input: ById) -> Result<ConsultationView> {
    let session = app.session()?;
    let record = session.store.record(&parse_id(&input.id)?)?;
    let record = record.filter(|record| record.kind == Kind::Consultation.as_str());
    let record = record.ok_or_else(|| AppError::new("record_missing"))?;
    let consultation: Consultation = read_map(record.state.values()).value;
    let first = record.state.applied.first().and_then(|at| record.entries.get(*at));
    let body = first.and_then(|entry| Body::read(&entry.body).ok());
    Ok(ConsultationView {
        id: input.id,
        masked: false,
        input: ConsultationInput::from(&consultation),
        complaint: consultation.complaint.map(|id| id.to_string()),
        operator: body.as_ref().map(|body| session.names()?.operator(&body.op)).transpose()?.unwrap_or_default(),
        at: body.map(|body| body.at.into_owned()).unwrap_or_default(),
    })
}

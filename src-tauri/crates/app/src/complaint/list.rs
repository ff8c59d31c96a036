//! The list of complaints.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use redress_domain::CivilDate;
use redress_domain::procedure::{SOON_DAYS, Status, Urgency};
use redress_domain::record::survivor;
use redress_journal::Have;
use redress_store::query::lists::{ComplaintFilter, ComplaintListed};
use uuid::Uuid;

use crate::App;
use crate::business::{mergers, names_of};
use crate::contract::{ComplaintQuery, ComplaintRow, Done, Page};
use crate::error::{AppError, Result};
use crate::session::{Session, parse_id};

/// A page may not be longer.
pub(crate) const PAGE_ROWS_MAX: u32 = 200;

/// `complaint.list`.
pub(crate) fn list(app: &mut App, query: ComplaintQuery) -> Result<Done<Page<ComplaintRow>>> {
    let today = app.today()?;
    let session = app.session()?;
    let filter = filter(session, &query, today)?;
    let after = parse_cursor(query.after.as_deref())?;
    let limit = query.limit.clamp(1, PAGE_ROWS_MAX);
    let (rows, total) = session.store.complaints(&filter, after, limit)?;
    let full = rows.len() == limit as usize;
    let next = rows.last().filter(|_| full).map(|row| row.cursor.to_string());
    Done::read(Page { rows: views(session, rows, today)?, next, total })
}

/// Rows as a window shows them.
pub(crate) fn views(session: &Session, rows: Vec<ComplaintListed>, today: CivilDate) -> Result<Vec<ComplaintRow>> {
    let names = session.names()?;
    let mut known = Known::default();
    let mut page = Vec::with_capacity(rows.len());
    for row in rows {
        let office_name = names.office(&row.office);
        let confirmed = is_confirmed(session, &row.id, known.of(session, &row.office)?)?;
        page.push(view(row, office_name, (confirmed, today)));
    }
    Ok(page)
}

/// A day as it was typed into a filter; nothing typed is no bound.
pub(crate) fn day_of(field: &str, text: Option<&str>, today: CivilDate) -> Result<Option<CivilDate>> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    CivilDate::parse_typed(text, today).map(Some).map_err(|error| AppError::field(field, error.code()))
}

fn filter(session: &Session, query: &ComplaintQuery, today: CivilDate) -> Result<ComplaintFilter> {
    let date = |field: &str, text: &Option<String>| day_of(field, text.as_deref(), today);
    Ok(ComplaintFilter {
        status: query.status.map(|status| status.as_str().to_owned()),
        office: query.office.as_deref().map(parse_id).transpose()?,
        nature: query.nature.clone().filter(|code| !code.is_empty()),
        class: query.class.clone().filter(|code| !code.is_empty()),
        from: date("from", &query.from)?,
        to: date("to", &query.to)?,
        open_only: query.open_only,
        respondents: respondents(session, query.business.as_deref())?,
        due: query.due.map(|urgency| due_days(urgency, today)),
    })
}

/// The names under which complaints may stand against a business: its own, its other names, and those of the businesses
/// that turned out to be it.
fn respondents(session: &Session, business: Option<&str>) -> Result<Vec<String>> {
    let Some(wanted) = business.map(str::trim).filter(|name| !name.is_empty()) else { return Ok(Vec::new()) };
    let rows = session.store.businesses()?;
    let into = mergers(&rows);
    let stands_for = |id: Uuid| survivor(id, |id| into.get(id).copied()).0;
    let own: Vec<Uuid> = rows
        .iter()
        .filter(|row| names_of(row).iter().any(|name| name == wanted))
        .map(|row| stands_for(row.id))
        .collect();
    let mut all = vec![wanted.to_owned()];
    all.extend(rows.iter().filter(|row| own.contains(&stands_for(row.id))).flat_map(names_of));
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// The days of what is overdue, due soon, or later than that.
fn due_days(urgency: Urgency, today: CivilDate) -> (CivilDate, CivilDate) {
    match urgency {
        Urgency::Overdue => (CivilDate::MIN, today.add_days(-1)),
        Urgency::Soon => (today, today.add_days(SOON_DAYS)),
        Urgency::Calm | Urgency::None => (today.add_days(SOON_DAYS + 1), CivilDate::MAX),
    }
}

/// The cursor of a page, as it was given out.
pub(crate) fn parse_cursor(text: Option<&str>) -> Result<Option<i64>> {
    text.map(|text| text.parse().map_err(|_| AppError::new("bad_payload").with("detail", "after"))).transpose()
}

/// How a due date looks from today.
pub(crate) fn urgency(row: &ComplaintListed, today: CivilDate) -> Urgency {
    match (&row.next, row.due_on) {
        (None, _) => Urgency::None,
        (Some(_), Some(due)) if due < today => Urgency::Overdue,
        (Some(_), Some(due)) if due.day_number() - today.day_number() <= SOON_DAYS => Urgency::Soon,
        (Some(_), _) => Urgency::Calm,
    }
}

fn view(row: ComplaintListed, office_name: String, (confirmed, today): (bool, CivilDate)) -> ComplaintRow {
    let urgency = urgency(&row, today);
    ComplaintRow {
        id: row.id.to_string(),
        number: row.number,
        received_on: row.received_on,
        consumer_name: row.consumer_name,
        respondent_name: row.respondent_name,
        goods_name: row.goods_name,
        nature: row.nature,
        class: row.class,
        status: Status::parse(&row.status).unwrap_or(Status::Registered),
        due_on: row.due_on,
        urgency,
        dispute_fen: row.dispute_fen,
        recovered_fen: row.recovered_fen,
        office_name,
        conflicts: row.conflicts.unsigned_abs(),
        confirmed,
    }
}

/// What the other sides have, asked once for each office of a page.
#[derive(Default)]
struct Known(HashMap<Uuid, Have>);

impl Known {
    fn of(&mut self, session: &Session, office: &Uuid) -> Result<&Have> {
        let other = session.counterpart(office);
        match self.0.entry(other) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(unknown) => Ok(unknown.insert(session.store.confirmed_by(&other)?)),
        }
    }
}

/// Whether the other side has every entry of the complaint's record.
fn is_confirmed(session: &Session, id: &Uuid, known: &Have) -> Result<bool> {
    let record = session.store.record(id)?;
    Ok(record.is_some_and(|record| record.entries.iter().all(|entry| known.contains(&entry.log, entry.seq))))
}

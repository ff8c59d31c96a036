//! The work besides complaints: activities, written down, listed, amended; and the volunteers of an office. Taking one out
//! and bringing it back is what `record.withdraw` and `record.restore` do for every record.

use redress_domain::record::{Activity, ActivityInput, Volunteer, VolunteerInput, changes, fields, read_map};
use redress_domain::{Kind, mask};
use redress_journal::Change;
use redress_store::query::work::{ActivityFilter, ActivityListed};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::App;
use crate::complaint::PAGE_ROWS_MAX;
use crate::contract::{
    ActivityQuery, ActivityView, ActivityWritten, ById, Done, ListedActivity, Page, Recorded, Touched, VolunteerView,
    VolunteerWritten, Written,
};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::session::{Amendment, Pen, Session, parse_heads, parse_id};
use crate::telephone::kept_if_shown_in_part;

/// `activity.record`: a new one, or what is changed in one.
pub(crate) fn record(app: &mut App, input: ActivityWritten) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let today = session.today(host)?;
    let lists = session.store.code_lists()?;
    let typed = |before: &Activity| input.input.validate_onto(before, today, &lists);
    let id = write((session, host), (Kind::Activity, &input.at), |before: &Activity| {
        typed(before).map_err(AppError::invalid)
    })?;
    Done::wrote(Recorded { id: id.to_string() }, &[Touched::Activity, Touched::Draft, Touched::Decision])
}

/// `volunteer.record`: a new one, or what is changed in one.
pub(crate) fn record_volunteer(app: &mut App, input: VolunteerWritten) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let today = session.today(host)?;
    let lists = session.store.code_lists()?;
    let id = write((session, host), (Kind::Volunteer, &input.at), |before: &Volunteer| {
        let mut said = input.input.clone();
        kept_if_shown_in_part(&mut said.phone, &before.phone);
        said.validate_onto(before, today, &lists).map_err(AppError::invalid)
    })?;
    Done::wrote(Recorded { id: id.to_string() }, &[Touched::Volunteer, Touched::Decision])
}

/// Writes a new record, or what `typed` makes of the one that the form was filled from.
fn write<T: Serialize + DeserializeOwned + Default>(
    (session, host): (&mut Session, &dyn Host),
    (kind, at): (Kind, &Written),
    typed: impl FnOnce(&T) -> Result<T>,
) -> Result<Uuid> {
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let Some(id) = at.id.as_deref().filter(|id| !id.is_empty()) else {
        let (id, office) = (host.new_id()?, session.office_id());
        let value = typed(&T::default())?;
        session.store.write(|gate| pen.create(gate, office, kind, (id, fields(&value))).map(|_| ()))?;
        return Ok(id);
    };
    let id = parse_id(id)?;
    let record = session.store.record(&id)?.filter(|record| record.kind == kind.as_str());
    let record = record.ok_or_else(|| AppError::new("record_missing"))?;
    let was = match parse_heads(&at.seen)? {
        seen if seen.is_empty() => record.state.heads.clone(),
        seen => seen,
    };
    let before: T = read_map(record.values_seen_by(&was)).value;
    let set = changes(&before, &typed(&before)?);
    if set.is_empty() {
        return Ok(id);
    }
    let office = session.log_for(&record)?;
    session.store.write(|gate| -> Result<()> {
        pen.amend_seen(gate, office, &record, Amendment { id, was, change: Change::Set(set) })?;
        Ok(())
    })?;
    Ok(id)
}

/// `activity.list`, the newest first.
pub(crate) fn list(app: &mut App, query: ActivityQuery) -> Result<Done<Page<ListedActivity>>> {
    let today = app.today()?;
    let session = app.session()?;
    let date = |field: &str, text: &Option<String>| crate::complaint::day_of(field, text.as_deref(), today);
    let filter = ActivityFilter {
        kind: query.kind.filter(|kind| !kind.is_empty()),
        from: date("from", &query.from)?,
        to: date("to", &query.to)?,
        after: query.after.as_deref().map(cursor_of).transpose()?,
    };
    let limit = query.limit.clamp(1, PAGE_ROWS_MAX);
    let (rows, total) = session.store.activity_page(&filter, limit)?;
    let next = rows.last().filter(|_| rows.len() == limit as usize).map(|row| format!("{}.{}", row.day, row.id));
    let names = session.names()?;
    Done::read(Page { rows: rows.into_iter().map(|row| listed(row, |id| names.office(id))).collect(), next, total })
}

/// A page begins after the day and the id of the last row of the page before.
fn cursor_of(text: &str) -> Result<(i64, Uuid)> {
    let parts = text.split_once('.').and_then(|(day, id)| Some((day.parse().ok()?, id.parse().ok()?)));
    parts.ok_or_else(|| AppError::new("bad_payload").with("detail", "after"))
}

/// An activity in a list.
pub(crate) fn listed(row: ActivityListed, office: impl Fn(&Uuid) -> String) -> ListedActivity {
    ListedActivity {
        id: row.id.to_string(),
        kind: row.kind,
        on: row.on,
        title: mask::digits_in(&row.title),
        place: row.place,
        business_name: row.business_name,
        people: row.people,
        materials: row.materials,
        firms: row.firms,
        units: row.units,
        office_name: office(&row.office),
    }
}

/// `activity.get`.
pub(crate) fn get(app: &mut App, input: ById) -> Result<Done<ActivityView>> {
    let session = app.session()?;
    let record = session.store.record(&parse_id(&input.id)?)?;
    let record = record.filter(|record| record.kind == Kind::Activity.as_str());
    let record = record.ok_or_else(|| AppError::new("record_missing"))?;
    let activity: Activity = read_map(record.state.values()).value;
    Done::read(ActivityView {
        id: input.id,
        heads: record.state.heads.iter().map(ToString::to_string).collect(),
        input: ActivityInput::from(&activity),
        withdrawn: record.state.withdrawn.clone(),
        office_name: session.names()?.office(&record.office),
    })
}

fn without_phone(input: VolunteerInput) -> VolunteerInput {
    VolunteerInput { phone: mask::phone(&input.phone), ..input }
}

/// `volunteer.list`: those who serve first, by name.
pub(crate) fn volunteers(app: &mut App, _: crate::contract::Nothing) -> Result<Done<Vec<VolunteerView>>> {
    let today = app.today()?;
    let session = app.session()?;
    let names = session.names()?;
    let mut views = Vec::new();
    for id in session.store.volunteers()? {
        let Some(record) = session.store.record(&id)? else { continue };
        let volunteer: Volunteer = read_map(record.state.values()).value;
        views.push(VolunteerView {
            id: id.to_string(),
            heads: record.state.heads.iter().map(ToString::to_string).collect(),
            serves: volunteer.until.is_none_or(|until| today <= until),
            office_name: names.office(&record.office),
            input: without_phone(VolunteerInput::from(&volunteer)),
        });
    }
    views.sort_by_key(|view| !view.serves);
    Done::read(views)
}

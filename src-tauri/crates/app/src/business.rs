//! Businesses: writing them down, saying that two are one, and taking that back. Nothing is moved by a merger: whoever
//! asks for a business is led to the one that stands for it.

use std::collections::{BTreeMap, BTreeSet};

use redress_domain::record::{Business, changes, fields, read_map, survivor};
use redress_domain::{Kind, initials, mask};
use redress_journal::Change;
use redress_store::query::related::BusinessRow;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::App;
use crate::contract::{
    BusinessInput, BusinessKey, BusinessPage, BusinessQuery, BusinessView, Done, MergeBusiness, MergedBusiness,
    Recorded, Touched, UnmergeBusiness,
};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Amendment, Pen, Session, parse_heads, parse_id};
use crate::telephone::kept_if_shown_in_part;

const TOUCHED: &[Touched] = &[Touched::Decision, Touched::Complaint];

/// `business.list`: those that stand for themselves, each with those that were merged into it.
pub(crate) fn list(app: &mut App, input: BusinessQuery) -> Result<Done<Vec<BusinessView>>> {
    let session = app.session()?;
    let rows = session.store.businesses()?;
    let into = mergers(&rows);
    let stands_for = |id: &Uuid| survivor(*id, |id| into.get(id).copied());
    let wanted = input.text.trim();
    let matches = |row: &BusinessRow| {
        let spelled = |name: &str| initials::find(name, wanted).is_some();
        [&row.name, &row.uscc, &row.phone, &row.aliases, &row.address].iter().any(|text| text.contains(wanted))
            || spelled(&row.name)
            || row.aliases.lines().any(spelled)
    };
    let shown: Vec<Uuid> = rows.iter().filter(|row| matches(row)).map(|row| stands_for(&row.id).0).collect();
    let mut views = Vec::new();
    for row in rows.iter().filter(|row| shown.contains(&row.id)).take(input.limit as usize) {
        let merged: Vec<&BusinessRow> =
            rows.iter().filter(|other| other.id != row.id && stands_for(&other.id).0 == row.id).collect();
        views.push(view(session, row, (&merged, stands_for(&row.id).1), &rows)?);
    }
    Done::read(views)
}

/// Which business was merged into which, as far as both are here: one whose survivor is not known yet stands for itself.
pub(crate) fn mergers(rows: &[BusinessRow]) -> BTreeMap<Uuid, Uuid> {
    let known: BTreeSet<Uuid> = rows.iter().map(|row| row.id).collect();
    let merged = rows.iter().filter_map(|row| Some((row.id, row.merged_into?)));
    merged.filter(|(_, into)| known.contains(into)).collect()
}

/// What an office must know of the businesses of others: those into which its own were merged.
pub(crate) fn survivors_for(session: &Session, office: &Uuid) -> Result<BTreeSet<Uuid>> {
    let rows = session.store.businesses()?;
    let into = mergers(&rows);
    let mut survivors = BTreeSet::new();
    for loser in into.keys() {
        let is_theirs = session.store.record(loser)?.is_some_and(|record| record.office == *office);
        let mut next = into.get(loser).filter(|_| is_theirs);
        while let Some(id) = next.filter(|id| survivors.insert(**id)) {
            next = into.get(id);
        }
    }
    Ok(survivors)
}

fn view(
    session: &Session,
    row: &BusinessRow,
    (merged, cycle): (&[&BusinessRow], bool),
    all: &[BusinessRow],
) -> Result<BusinessView> {
    let mut complaints = session.store.complaints_against(&row.name)?;
    for other in merged.iter().filter(|other| other.name != row.name) {
        complaints += session.store.complaints_against(&other.name)?;
    }
    let record = session.store.record(&row.id)?.ok_or_else(|| AppError::new("record_missing"))?;
    let into = row.merged_into.and_then(|into| all.iter().find(|other| other.id == into));
    Ok(BusinessView {
        id: row.id.to_string(),
        name: row.name.clone(),
        uscc: row.uscc.clone(),
        phone: mask::phone(&row.phone),
        address: row.address.clone(),
        aliases: row.aliases.lines().map(str::to_owned).collect(),
        office_name: session.names()?.office(&record.office),
        complaints,
        merged_into: row.merged_into.map(|into| into.to_string()),
        merged_name: into.map(|into| into.name.clone()).unwrap_or_default(),
        merged: merged.iter().map(|other| merged_view(session, other)).collect::<Result<_>>()?,
        cycle,
        heads: record.state.heads.iter().map(ToString::to_string).collect(),
    })
}

fn merged_view(session: &Session, row: &BusinessRow) -> Result<MergedBusiness> {
    let record = session.store.record(&row.id)?;
    let heads = record.map(|record| record.state.heads.iter().map(ToString::to_string).collect());
    Ok(MergedBusiness { id: row.id.to_string(), name: row.name.clone(), heads: heads.unwrap_or_default() })
}

/// The newest cases that a business's page shows.
const CASES_MAX: u32 = 50;

/// `business.get`: by its record, or by a name as a complaint has it; with whatever was merged into it.
pub(crate) fn get(app: &mut App, input: BusinessKey) -> Result<Done<BusinessPage>> {
    let today = app.today()?;
    let session = app.session()?;
    let rows = session.store.businesses()?;
    let into = mergers(&rows);
    let stands_for = |id: &Uuid| survivor(*id, |id| into.get(id).copied());
    let wanted = match input.id.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => Some(parse_id(id)?),
        None => rows.iter().find(|row| goes_by(row, &input.name)).map(|row| row.id),
    };
    let row = wanted.map(|id| stands_for(&id).0).and_then(|id| rows.iter().find(|row| row.id == id));
    let merged: Vec<&BusinessRow> = row.map_or_else(Vec::new, |row| {
        rows.iter().filter(|other| other.id != row.id && stands_for(&other.id).0 == row.id).collect()
    });
    if row.is_none() && input.name.trim().is_empty() {
        return Err(AppError::new("record_missing"));
    }
    let mut names: Vec<String> = row.into_iter().chain(merged.iter().copied()).flat_map(names_of).collect();
    names.push(input.name.trim().to_owned());
    names.retain(|name| !name.is_empty());
    names.sort_unstable();
    names.dedup();
    let ids: Vec<Uuid> = row.into_iter().chain(merged.iter().copied()).map(|row| row.id).collect();
    let sums = session.store.respondent_sums(&names)?;
    let directory = session.names()?;
    let talks = session.store.activities_about(&ids, &names)?;
    let business = row.map(|row| view(session, row, (&merged, stands_for(&row.id).1), &rows)).transpose()?;
    Done::read(BusinessPage {
        name: row.map_or_else(|| input.name.trim().to_owned(), |row| row.name.clone()),
        business,
        complaints: sums.complaints.unsigned_abs(),
        open: sums.open.unsigned_abs(),
        settled: sums.settled.unsigned_abs(),
        ended: sums.ended.unsigned_abs(),
        dispute_fen: sums.dispute_fen,
        recovered_fen: sums.recovered_fen,
        cases: crate::complaint::views(session, session.store.complaints_under(&names, CASES_MAX)?, today)?,
        talks: talks.into_iter().map(|row| crate::activity::listed(row, |id| directory.office(id))).collect(),
        names,
    })
}

/// The names that a business goes by: its own and its other names.
pub(crate) fn names_of(row: &BusinessRow) -> Vec<String> {
    std::iter::once(&*row.name).chain(row.aliases.lines()).map(str::to_owned).collect()
}

fn goes_by(row: &BusinessRow, name: &str) -> bool {
    names_of(row).iter().any(|known| known == name.trim())
}

/// `business.record`: a new one, or what is changed in one.
pub(crate) fn record(app: &mut App, input: BusinessInput) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    if input.name.trim().is_empty() {
        return Err(AppError::field("name", "required"));
    }
    let phone = |kept: &str| {
        let mut said = input.phone.trim().to_owned();
        kept_if_shown_in_part(&mut said, kept);
        said
    };
    let typed = |before: Business| Business {
        name: input.name.trim().to_owned(),
        uscc: input.uscc.trim().to_uppercase(),
        kind: input.kind.clone(),
        phone: phone(&before.phone),
        address: input.address.trim().to_owned(),
        aliases: input.aliases.iter().map(|alias| alias.trim().to_owned()).filter(|alias| !alias.is_empty()).collect(),
        ..before
    };
    let Some(id) = input.id.as_deref().filter(|id| !id.is_empty()) else {
        let (id, office) = (host.new_id()?, session.office_id());
        let pen = Pen { operator: session.operator, at: host.now_text() };
        let business = typed(Business::default());
        session.store.write(|gate| pen.create(gate, office, Kind::Business, (id, fields(&business))).map(|_| ()))?;
        return Done::wrote(Recorded { id: id.to_string() }, TOUCHED);
    };
    amend(app, (id, &input.seen), |before| changes(before, &typed(before.clone())))
}

/// `business.merge`: the loser turns out to be the survivor.
pub(crate) fn merge(app: &mut App, input: MergeBusiness) -> Result<Done<Recorded>> {
    let into = parse_id(&input.survivor)?;
    if input.loser == input.survivor {
        return Err(AppError::new("business_self"));
    }
    if !app.session()?.store.businesses()?.iter().any(|row| row.id == into) {
        return Err(AppError::new("record_missing"));
    }
    let reason = input.reason.trim().to_owned();
    amend(app, (&input.loser, &input.seen), |_| {
        Map::from_iter([
            ("merged_into".to_owned(), Value::from(into.to_string())),
            ("merge_reason".to_owned(), Value::from(reason)),
        ])
    })
}

/// `business.unmerge`: the business is its own again.
pub(crate) fn unmerge(app: &mut App, input: UnmergeBusiness) -> Result<Done<Recorded>> {
    let reason = input.reason.trim().to_owned();
    amend(app, (&input.id, &input.seen), |_| {
        Map::from_iter([("merged_into".to_owned(), Value::Null), ("merge_reason".to_owned(), Value::from(reason))])
    })
}

fn amend(
    app: &mut App,
    (id, seen): (&str, &[String]),
    set: impl FnOnce(&Business) -> Map<String, Value>,
) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let id = parse_id(id)?;
    let record = session.store.record(&id)?.filter(|record| record.kind == Kind::Business.as_str());
    let record = record.ok_or_else(|| AppError::new("record_missing"))?;
    let seen = parse_heads(seen)?;
    let was = if seen.is_empty() { record.state.heads.clone() } else { seen };
    let before: Business = read_map(record.values_seen_by(&was)).value;
    let set = set(&before);
    if set.is_empty() {
        return Done::wrote(Recorded { id: id.to_string() }, &[]);
    }
    let office = session.log_for(&record)?;
    let pen = Pen { operator: session.operator, at: host.now_text() };
    session.store.write(|gate| -> Result<()> {
        pen.amend_seen(gate, office, &record, Amendment { id, was, change: Change::Set(set) })?;
        Ok(())
    })?;
    Done::wrote(Recorded { id: id.to_string() }, TOUCHED)
}

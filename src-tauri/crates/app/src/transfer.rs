//! Handing a case over: an offer, an answer, and the copies that the county makes so that each side sees what concerns it.
//!
//! A station holds its own records and the public ones. So the offer stands in the giver's log, and whenever the county
//! writes a bundle it copies into the log of the office that the bundle goes to what that office does not know yet. A
//! copy says the whole record and has seen everything: it contradicts nobody, and whoever takes the case goes on from it.

use std::collections::HashSet;

use redress_domain::record::{ERASURE, Transfer, TransferState, fields, read_map};
use redress_domain::{CivilDate, Kind};
use redress_journal::{Body, Change, Entry, Fold, fold};
use redress_store::journal::Record;
use redress_store::query::related::TransferRow;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::App;
use crate::business::survivors_for;
use crate::complaint::{Case, title_of};
use crate::contract::{
    AnswerTransfer, Done, Nothing, OfferTransfer, Recorded, TakeBackTransfer, Touched, TransferView,
};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Amendment, Names, Pen, Session, is_seen_at, parse_heads, parse_id};

const TOUCHED: &[Touched] = &[Touched::Complaint, Touched::Decision, Touched::Bundle];

/// `transfer.offer`. The case stays where it is until the other office accepts.
pub(crate) fn offer(app: &mut App, input: OfferTransfer) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let complaint = parse_id(&input.complaint)?;
    let to = parse_id(&input.to)?;
    let case = Case::load(&session.store, &complaint)?;
    let from = session.require_owner(&case)?;
    let open = session
        .store
        .transfers()?
        .into_iter()
        .any(|row| row.complaint == complaint && row.from == from && row.state == TransferState::Offered.as_str());
    if open || to == from || session.store.office(&to)?.is_none() || to == session.county_id() {
        return Err(AppError::field("to", if open { "transfer_open" } else { "required" }));
    }
    let record = Transfer {
        complaint: Some(complaint),
        from: Some(from),
        to: Some(to),
        state: Some(TransferState::Offered),
        after: session.store.standing(&complaint, case.record.office)?.by,
        note: input.note.trim().to_owned(),
        ..Transfer::default()
    };
    let id = host.new_id()?;
    let pen = Pen { operator: session.operator, at: host.now_text() };
    session.store.write(|gate| -> Result<()> {
        pen.create(gate, from, Kind::Transfer, (id, fields(&record)))?;
        Ok(())
    })?;
    Done::wrote(Recorded { id: id.to_string() }, TOUCHED)
}

/// `transfer.answer`: only the office that the case was offered to.
pub(crate) fn answer(app: &mut App, input: AnswerTransfer) -> Result<Done<Recorded>> {
    let state = if input.accept { TransferState::Accepted } else { TransferState::Declined };
    settle(app, (&input.id, &input.seen), (state, &input.note), |row| row.to)
}

/// `transfer.take_back`: only the office that offered it, and only while nobody has accepted.
pub(crate) fn take_back(app: &mut App, input: TakeBackTransfer) -> Result<Done<Recorded>> {
    settle(app, (&input.id, &input.seen), (TransferState::TakenBack, &input.reason), |row| row.from)
}

fn settle(
    app: &mut App,
    (id, seen): (&str, &[String]),
    (state, answer): (TransferState, &str),
    who: impl Fn(&TransferRow) -> Uuid,
) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let gone = || AppError::new("transfer_gone");
    let id = parse_id(id)?;
    let row =
        session.store.transfer(&id)?.filter(|row| row.state == TransferState::Offered.as_str()).ok_or_else(gone)?;
    if who(&row) != session.office_id() {
        return Err(AppError::new("transfer_not_yours"));
    }
    let record = session.store.record(&id)?.ok_or_else(gone)?;
    let seen = parse_heads(seen)?;
    let was = if seen.is_empty() { record.state.heads.clone() } else { seen };
    let set = Map::from_iter([
        ("state".to_owned(), Value::from(state.as_str())),
        ("answer".to_owned(), Value::from(answer.trim())),
    ]);
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let office = session.office_id();
    session.store.write(|gate| -> Result<()> {
        pen.amend_seen(gate, office, &record, Amendment { id, was, change: Change::Set(set) })?;
        Ok(())
    })?;
    Done::wrote(Recorded { id: id.to_string() }, TOUCHED)
}

/// `transfer.list`.
pub(crate) fn list(app: &mut App, _: Nothing) -> Result<Done<Vec<TransferView>>> {
    let today = app.today()?;
    let session = app.session()?;
    let names = session.names()?;
    let rows = session.store.transfers()?;
    Done::read(rows.iter().map(|row| view(session, &names, row, today)).collect::<Result<_>>()?)
}

/// The transfer of a case that is still open, whatever a clock said when it was written; else the newest.
pub(crate) fn of_case(
    session: &Session,
    names: &Names<'_>,
    complaint: &Uuid,
    today: CivilDate,
) -> Result<Option<TransferView>> {
    let all: Vec<TransferRow> =
        session.store.transfers()?.into_iter().filter(|row| row.complaint == *complaint).collect();
    let open = all.iter().find(|row| row.state == TransferState::Offered.as_str());
    open.or(all.first()).map(|row| view(session, names, row, today)).transpose()
}

/// How many cases wait for an answer of this office.
pub(crate) fn to_answer(session: &Session) -> Result<u64> {
    let own = session.office_id();
    let open = |row: &&TransferRow| row.to == own && row.state == TransferState::Offered.as_str();
    Ok(session.store.transfers()?.iter().filter(open).count() as u64)
}

fn view(session: &Session, names: &Names<'_>, row: &TransferRow, today: CivilDate) -> Result<TransferView> {
    let record = session.store.record(&row.id)?.ok_or_else(|| AppError::new("transfer_gone"))?;
    let transfer: Transfer = read_map(record.state.values()).value;
    let first = record.state.applied.first().and_then(|at| Body::read(&record.entries[*at].body).ok());
    let offered_at = first.map(|body| body.at.into_owned()).unwrap_or_default();
    let offered_on = offered_at.get(..10).and_then(|day| CivilDate::parse_iso(day).ok());
    let case = Case::load(&session.store, &row.complaint).ok();
    let state = TransferState::parse(&row.state).unwrap_or(TransferState::Offered);
    let open = state == TransferState::Offered;
    Ok(TransferView {
        id: row.id.to_string(),
        complaint: row.complaint.to_string(),
        number: case.as_ref().map(|case| case.complaint.number.clone()).unwrap_or_default(),
        title: case.map(|case| title_of(&case.complaint)).unwrap_or_default(),
        from_name: names.office(&row.from),
        to_name: names.office(&row.to),
        state,
        note: transfer.note,
        answer: transfer.answer,
        days: offered_on.map_or(0, |day| today.day_number() - day.day_number()),
        offered_at,
        can_answer: open && row.to == session.office_id(),
        can_take_back: open && row.from == session.office_id(),
        heads: record.state.heads.iter().map(ToString::to_string).collect(),
    })
}

/// Copies into an office's log what it must know of the cases that it gave or was given: at the county, before a bundle
/// is written. All transfers of such a case, so that everybody who had it sees one owner; and while the case is offered to
/// the office, its records. And the businesses that stand for such as the office wrote down itself.
pub(crate) fn relay(session: &mut Session, pen: &Pen, office: &Uuid) -> Result<()> {
    if !session.is_county() {
        return Ok(());
    }
    let transfers = session.store.transfers()?;
    let concerns = |row: &&TransferRow| row.from == *office || row.to == *office;
    let cases: HashSet<Uuid> = transfers.iter().filter(concerns).map(|row| row.complaint).collect();
    let mut copies = Vec::new();
    for row in transfers.iter().filter(|row| cases.contains(&row.complaint)) {
        copies.extend(copy_for(session, &row.id, office)?);
        if row.to == *office && row.state == TransferState::Offered.as_str() {
            for record in session.store.records_of_case(&row.complaint)? {
                copies.extend(copy_for(session, &record, office)?);
            }
        }
    }
    for survivor in survivors_for(session, office)? {
        copies.extend(copy_for(session, &survivor, office)?);
    }
    if copies.is_empty() {
        return Ok(());
    }
    session.store.write(|gate| -> Result<()> {
        for (kind, copy) in copies {
            pen.amend(gate, *office, kind, copy)?;
        }
        Ok(())
    })
}

/// A copy of a record for an office's log; none when the office sees the same as is seen here.
pub(crate) fn copy_for(session: &Session, id: &Uuid, office: &Uuid) -> Result<Option<(Kind, Amendment)>> {
    let Some(record) = session.store.record(id)? else { return Ok(None) };
    let Some(kind) = Kind::parse(&record.kind).filter(|_| record.state.withdrawn.is_none()) else { return Ok(None) };
    if sees_all(&record, office) {
        return Ok(None);
    }
    let values = without_orders(&record.state);
    let was = record.heads_within(&record.state.heads, |log| is_seen_at(log, office));
    Ok(Some((kind, Amendment { id: *id, was, change: Change::Whole(values) })))
}

/// Whether an office sees of a record what is seen here: also somebody who has only its logs and the public ones.
pub(crate) fn sees_all(record: &Record, office: &Uuid) -> bool {
    let theirs: Vec<Entry<'_>> = record
        .entries
        .iter()
        .filter(|entry| is_seen_at(&entry.log, office))
        .filter_map(|entry| Some(Entry { id: entry.id, body: Body::read(&entry.body).ok()? }))
        .collect();
    without_orders(&fold(&theirs)) == without_orders(&record.state)
}

/// What a record says. Orders to erase are about the entries of one office, and never the other's concern.
fn without_orders(state: &Fold) -> Map<String, Value> {
    let mut values = state.values();
    values.remove(ERASURE);
    values
}

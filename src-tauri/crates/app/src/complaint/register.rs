//! Registering a complaint: validated as a whole, numbered here without asking anybody, written as one entry.

use redress_domain::record::{Complaint, ComplaintInput, Consultation, fields, read_map};
use redress_domain::{CaseNo, Kind, OfficeCode};
use redress_store::{Gate, case_counter};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::masked::said_after;
use crate::App;
use crate::contract::{Done, Registered, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Amendment, Pen, Session};
use crate::telephone::of_business;

/// `complaint.register`. A consultation that it came from is linked in the same write.
pub(crate) fn register(app: &mut App, input: ComplaintInput) -> Result<Done<Registered>> {
    let (session, host) = app.working()?;
    let mut input = match input.consultation.as_deref().and_then(|id| id.parse().ok()) {
        Some(id) => said_after(input, &consultation(session, &id)?),
        None => input,
    };
    of_business(session, &mut input)?;
    let complaint = input.validate(session.today(host)?, &*session.store.code_lists()?).map_err(AppError::invalid)?;
    let id = host.new_id()?;
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let view = session.office_view()?;
    let office = session.office_id();
    let number = session.store.write(|gate| -> Result<String> {
        let number = next_number(gate, (&view.area_code, &view.code), &complaint)?;
        let numbered = Complaint { number: number.clone(), ..complaint };
        if let Some(consultation) = numbered.consultation {
            link_consultation(gate, &pen, &consultation, &id)?;
        }
        pen.create(gate, office, Kind::Complaint, (id, fields(&numbered)))?;
        Ok(number)
    })?;
    Done::wrote(Registered { id: id.to_string(), number }, &[Touched::Complaint, Touched::Consultation, Touched::Draft])
}

/// The consultation that a complaint comes from, as far as it is known.
fn consultation(session: &Session, id: &Uuid) -> Result<Consultation> {
    let record = session.store.record(id)?.filter(|record| record.kind == Kind::Consultation.as_str());
    Ok(record.map(|record| read_map(record.state.values()).value).unwrap_or_default())
}

/// The next case number of this office in the year of receipt.
fn next_number(gate: &mut Gate<'_>, (area, code): (&str, &str), complaint: &Complaint) -> Result<String> {
    let year = complaint.received_on.map_or(0, redress_domain::CivilDate::year);
    let code = OfficeCode::parse(code).map_err(AppError::internal)?;
    let count = gate.count_up(&case_counter(code, year))?;
    let sequence = u32::try_from(count).map_err(AppError::internal)?;
    Ok(CaseNo::issue(area, &code, year, sequence).map_err(AppError::internal)?.to_string())
}

fn link_consultation(gate: &mut Gate<'_>, pen: &Pen, consultation: &Uuid, complaint: &Uuid) -> Result<()> {
    let known = gate.record(consultation)?.filter(|record| record.kind == Kind::Consultation.as_str());
    let record = known.ok_or_else(|| AppError::new("record_missing"))?;
    let read: Consultation = read_map(record.state.values()).value;
    if read.complaint.is_some() {
        return Err(AppError::new("consultation_turned"));
    }
    let set = Map::from_iter([("complaint".to_owned(), Value::from(complaint.to_string()))]);
    let amendment = Amendment { id: *consultation, was: record.state.heads, change: redress_journal::Change::Set(set) };
    pen.amend(gate, record.office, Kind::Consultation, amendment)?;
    Ok(())
}

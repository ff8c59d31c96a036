//! Finding every record in which a person stands, by name, telephone or number of a document: in every word ever written.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use redress_domain::mask;

use super::Held;
use crate::App;
use crate::complaint::title_of;
use crate::contract::{Done, PersonQuery, PersonRecord, PersonRole};
use crate::error::{AppError, Result};
use crate::session::Names;

/// Fewer characters would find half the county.
const CHARS_MIN: usize = 2;

/// `person.find`.
pub(crate) fn find(app: &mut App, input: PersonQuery) -> Result<Done<Vec<PersonRecord>>> {
    let session = app.working()?.0;
    let text = input.text.trim();
    if text.chars().count() < CHARS_MIN {
        return Err(AppError::field("text", "too_short"));
    }
    let names = session.names()?;
    let mut found = BTreeMap::new();
    for spelling in spellings(text) {
        for record in session.store.records_containing(&spelling)? {
            if let Some(held) = Held::load(session, &record)? {
                found.entry(held.id()).or_insert(held);
            }
        }
    }
    let mut records: Vec<PersonRecord> = found.values().map(|held| view(held, &names, text)).collect();
    records.sort_by_key(|record| Reverse(record.on));
    Done::read(records)
}

/// A telephone is kept as digits, however it is typed.
fn spellings(text: &str) -> Vec<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_number = !digits.is_empty() && text.chars().all(|letter| letter.is_ascii_digit() || " -+".contains(letter));
    if is_number && digits != text { vec![text.to_owned(), digits] } else { vec![text.to_owned()] }
}

fn view(held: &Held, names: &Names<'_>, text: &str) -> PersonRecord {
    let digits = |words: &str| words.chars().filter(char::is_ascii_digit).collect::<String>();
    let is = |value: &str| value == text || (!digits(text).is_empty() && digits(value) == digits(text));
    let (kind, number, title, on, office, role) = match held {
        Held::Complaint(case) => {
            let complaint = &case.complaint;
            let agent = is(&complaint.agent_name) || is(&complaint.agent_phone);
            let consumer =
                is(&complaint.consumer_name) || is(&complaint.consumer_phone) || is(&complaint.consumer_id_number);
            let role = match (consumer, agent) {
                (true, _) => PersonRole::Consumer,
                (false, true) => PersonRole::Agent,
                (false, false) => PersonRole::Mentioned,
            };
            let title = title_of(complaint);
            ("complaint", complaint.number.clone(), title, complaint.received_on, case.record.office, role)
        }
        Held::Consultation(record, consultation) => {
            let asker = is(&consultation.asker_name) || is(&consultation.asker_phone);
            let role = if asker { PersonRole::Asker } else { PersonRole::Mentioned };
            let title = mask::digits_in(&consultation.content);
            ("consultation", String::new(), title, consultation.asked_on, record.office, role)
        }
    };
    PersonRecord {
        id: held.id().to_string(),
        kind: kind.to_owned(),
        number,
        title,
        on,
        role,
        office_name: names.office(&office),
        closed_on: held.closed_on(),
        kept_until: held.kept_until(),
    }
}

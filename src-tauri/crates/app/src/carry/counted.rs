//! Whether both sides count the same. A bundle says what the sender's records come to; where the receiver holds exactly the same
//! logs, and counts something else, one of the two has rows that do not follow from its journal. Which one is found out by
//! counting anew; it is told, and nothing is changed.

use std::collections::BTreeMap;

use redress_bundle::Header;
use redress_journal::Have;
use redress_store::counts::Counts;
use redress_store::{Parsed, Typed};
use uuid::Uuid;

use crate::contract::{CountDiffers, Counted, CountsDiffer, DifferingRecord};
use crate::error::Result;
use crate::session::Session;

/// More records than these are not named.
const NAMED_MAX: usize = 20;

/// What a sender says that it holds, and what that comes to.
pub(crate) struct Said {
    sender: Uuid,
    /// The office whose records are counted.
    about: Uuid,
    number: u64,
    have: Have,
    totals: BTreeMap<String, u64>,
}

impl Said {
    /// What a bundle says of the office that it speaks of: the one that is not the county.
    pub fn of(header: &Header, have: &Have, totals: &BTreeMap<String, u64>, county: Uuid) -> Self {
        let about = if header.from.office == county { header.to.office } else { header.from.office };
        Self {
            sender: header.from.office,
            about,
            number: header.number,
            have: of_office(have, &about),
            totals: totals.clone(),
        }
    }
}

/// The totals that travel with a bundle about an office.
pub(crate) fn totals_of(session: &Session, office: &Uuid) -> Result<BTreeMap<String, u64>> {
    let counts = session.store.counts_of(office)?;
    Ok(counts.iter().flat_map(named).map(|(which, count)| (which.as_str().to_owned(), count)).collect())
}

/// What differs, bundle by bundle, after everything was merged.
pub(crate) fn differing(session: &Session, said: &[Said]) -> Result<Vec<CountsDiffer>> {
    let have = session.store.have()?;
    let mut found = Vec::new();
    for said in said.iter().filter(|said| !said.totals.is_empty() && of_office(&have, &said.about) == said.have) {
        if let Some(counts) = session.store.counts_of(&said.about)? {
            found.extend(explained(session, said, &counts)?);
        }
    }
    Ok(found)
}

fn of_office(have: &Have, office: &Uuid) -> Have {
    Have(have.0.iter().filter(|(log, _)| log.office == *office).map(|(log, held)| (*log, held.clone())).collect())
}

fn named(counts: &Counts) -> [(Counted, u64); 3] {
    [
        (Counted::Complaints, counts.complaints),
        (Counted::Consultations, counts.consultations),
        (Counted::RecoveredFen, counts.recovered_fen),
    ]
}

fn differences(here: &Counts, said: &Said) -> Vec<CountDiffers> {
    let other = |which: Counted| said.totals.get(which.as_str()).copied();
    named(here)
        .into_iter()
        .filter_map(|(which, here)| Some((which, here, other(which)?)))
        .filter(|(_, here, there)| here != there)
        .map(|(which, here, there)| CountDiffers { which, here, there })
        .collect()
}

/// What differs, and on which side: whose rows are not what the journal says. None where that is not to be known.
fn explained(session: &Session, said: &Said, here: &Counts) -> Result<Option<CountsDiffer>> {
    let counts = differences(here, said);
    if counts.is_empty() {
        return Ok(None);
    }
    let recounted = session.store.recount(&said.about)?;
    let own_fault = !recounted.unlike.is_empty();
    // The other side is told of only when it must be that one: the same logs, and no other log has a say in them.
    if !own_fault && (recounted.shared || recounted.counts != *here) {
        return Ok(None);
    }
    let names = session.names()?;
    let more = recounted.unlike.len().saturating_sub(NAMED_MAX) as u64;
    let records = recounted.unlike.iter().take(NAMED_MAX).map(|id| record(session, id)).collect::<Result<_>>()?;
    Ok(Some(CountsDiffer {
        from_name: names.office(&said.sender),
        about_name: names.office(&said.about),
        number: said.number,
        own_fault,
        counts,
        records,
        more,
    }))
}

/// A record by what it says of itself in the journal, which is what its row should say.
fn record(session: &Session, id: &Uuid) -> Result<DifferingRecord> {
    let first = session.store.record(id)?.and_then(|record| {
        let body = record.entries.first().map(|entry| entry.body.clone())?;
        Parsed::read(&body).ok()?.first
    });
    let (complaint, label) = match first {
        Some(Typed::Complaint(complaint)) => (true, complaint.number),
        Some(Typed::Consultation(asked)) => (false, asked.asked_on.map(|on| on.to_string()).unwrap_or_default()),
        _ => (false, String::new()),
    };
    Ok(DifferingRecord { id: id.to_string(), complaint, label })
}

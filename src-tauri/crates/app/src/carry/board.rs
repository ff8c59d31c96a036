//! The county's board: every office with its last bundle, its cases, and what it has not confirmed.

use redress_domain::case_no::OfficeKind;
use redress_store::query::aside::AsideRow;
use uuid::Uuid;

use crate::App;
use crate::contract::{Done, Nothing, OfficeBoardRow};
use crate::error::Result;
use crate::session::{Session, office_kind};

/// `office.list`.
pub(crate) fn board(app: &mut App, _: Nothing) -> Result<Done<Vec<OfficeBoardRow>>> {
    let today = app.today()?;
    let session = app.session()?;
    let numbers = session.store.office_numbers()?;
    let counts = session.store.office_counts(today)?;
    let aside = AsideCounts::of(session)?;
    let mut rows = Vec::new();
    for office in session.store.offices()? {
        let number = numbers.iter().find(|(_, id)| **id == office.id).map(|(number, _)| number);
        let (complaints, overdue) = number.and_then(|number| counts.get(number)).copied().unwrap_or_default();
        let last = session.store.last_import(&office.id)?;
        let kind = office_kind(&office);
        let joined = kind == OfficeKind::County || !session.store.live_devices(&office.id)?.is_empty();
        let unconfirmed = if joined && session.is_county() && kind != OfficeKind::County {
            session.store.unconfirmed(&office.id, &office.id)?.0
        } else {
            0
        };
        rows.push(OfficeBoardRow {
            id: office.id.to_string(),
            code: office.code.clone(),
            kind,
            name: office.name.clone(),
            joined,
            last_bundle: last.as_ref().map(|last| last.number),
            last_bundle_at: last.map(|last| last.created_at),
            complaints,
            overdue,
            unconfirmed,
            program: session.store.program_of(&office.id)?,
            gaps: sum_of(&aside.missing, &office.id),
            attachments_missing: sum_of(&aside.attachments, &office.id),
            waiting: count(&aside.waiting, &office.id),
            quarantined: count(&aside.quarantined, &office.id),
            lives: session.store.lives(&office.id)?,
        });
    }
    Done::read(rows)
}

/// What is held and not in force, by the office that it is about.
struct AsideCounts {
    waiting: Vec<Uuid>,
    quarantined: Vec<Uuid>,
    missing: Vec<(Uuid, u64)>,
    attachments: Vec<(Uuid, u64)>,
}

impl AsideCounts {
    fn of(session: &Session) -> Result<Self> {
        let offices = |rows: Vec<AsideRow>| rows.into_iter().map(|row| row.log.office).collect();
        let mut quarantined: Vec<Uuid> = offices(session.store.quarantined()?);
        quarantined.extend(session.store.barred()?.into_iter().map(|row| row.log.office));
        quarantined.extend(session.store.undone()?.into_iter().map(|row| row.log.office));
        Ok(Self {
            waiting: offices(session.store.waiting()?),
            quarantined,
            missing: session.store.missing_entries()?,
            attachments: session.store.attachments_missing_by_office()?,
        })
    }
}

fn sum_of(counts: &[(Uuid, u64)], office: &Uuid) -> u64 {
    counts.iter().filter(|(about, _)| about == office).map(|(_, count)| count).sum()
}

fn count(offices: &[Uuid], office: &Uuid) -> u64 {
    offices.iter().filter(|about| *about == office).count() as u64
}

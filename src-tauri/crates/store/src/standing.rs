//! Where a case stands among others: who owns it after it was handed over, and whether it counts or another complaint
//! stands for the same matter.

use std::collections::BTreeSet;

use redress_domain::record::{Handover, Ownership, TransferState, ownership};
use rusqlite::Connection;
use uuid::Uuid;

use crate::error::Result;
use crate::journal::{self, uuid_at};

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The office that owns it.
    pub owner: Uuid,
    /// The transfer by which it does; none where the case was registered.
    pub by: Option<Uuid>,
    /// Whether it counts in sums.
    pub counted: bool,
}

/// Whether anything here was ever linked or handed over; while nothing was, every case stands for itself.
pub(crate) fn anything(conn: &Connection) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM link) OR EXISTS (SELECT 1 FROM transfer)")?
        .query_row([], |row| row.get(0))?)
}

/// The standing of a complaint that was registered at `home`, or of which the copies here are `home`'s.
pub(crate) fn standing(
    conn: &Connection,
    complaint: &Uuid,
    home: Uuid,
    has_ledger: &dyn Fn(&Uuid) -> Result<bool>,
) -> Result<Standing> {
    let handovers = handovers(conn, complaint)?;
    let Ownership { owner, by } = ownership(&handovers).unwrap_or(Ownership { owner: home, by: None });
    // A copy of what was only offered counts where it belongs, not where it is looked at.
    let owned = |handover: &Handover| handover.from == home || (handover.accepted && handover.to == home);
    let is_own = handovers.is_empty() || handovers.iter().any(owned);
    let counted = is_own && stands_for_its_matter(conn, complaint, has_ledger)?;
    Ok(Standing { owner, by, counted })
}

fn handovers(conn: &Connection, complaint: &Uuid) -> Result<Vec<Handover>> {
    let mut all =
        conn.prepare_cached("SELECT uuid, from_office, to_office, state, after FROM transfer WHERE complaint = ?1")?;
    let rows = all.query_map([complaint.as_bytes()], |row| {
        let accepted = row.get::<_, String>(3)? == TransferState::Accepted.as_str();
        let after = row.get::<_, Option<[u8; 16]>>(4)?.map(Uuid::from_bytes);
        Ok(Handover { id: uuid_at(row, 0)?, from: uuid_at(row, 1)?, to: uuid_at(row, 2)?, accepted, after })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether there is anything in the ledger of a complaint, as far as it is written.
pub(crate) fn has_ledger(conn: &Connection, complaint: &Uuid) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM loss WHERE complaint = ?1)")?
        .query_row([complaint.as_bytes()], |row| row.get(0))?)
}

/// Of the complaints that are one matter and not withdrawn one counts, with its ledger: the first by id that has anything in
/// its ledger, so that nothing recovered is lost or counted twice; where none has, the first.
fn stands_for_its_matter(
    conn: &Connection,
    complaint: &Uuid,
    has_ledger: &dyn Fn(&Uuid) -> Result<bool>,
) -> Result<bool> {
    let matter = matter(conn, complaint)?;
    if matter.len() == 1 {
        return Ok(true);
    }
    let mut first = None;
    for other in matter {
        let alive = journal::record(conn, &other)?
            .is_some_and(|record| !record.state.applied.is_empty() && record.state.withdrawn.is_none());
        if alive && has_ledger(&other)? {
            return Ok(other == *complaint);
        }
        first = first.or(alive.then_some(other));
    }
    Ok(first.is_none_or(|first| first == *complaint))
}

/// All complaints that are one matter with this one, itself included.
pub(crate) fn matter(conn: &Connection, complaint: &Uuid) -> Result<BTreeSet<Uuid>> {
    let mut linked = conn.prepare_cached(
        "SELECT a, b FROM link WHERE same = 1 AND a = ?1 UNION SELECT a, b FROM link WHERE same = 1 AND b = ?1",
    )?;
    let (mut matter, mut open) = (BTreeSet::from([*complaint]), vec![*complaint]);
    while let Some(next) = open.pop() {
        let pairs = linked.query_map([next.as_bytes()], |row| Ok([uuid_at(row, 0)?, uuid_at(row, 1)?]))?;
        for pair in pairs {
            open.extend(pair?.into_iter().filter(|id| matter.insert(*id)));
        }
    }
    Ok(matter)
}

//! Named totals of what the logs of one office say, to be compared with somebody who holds the same logs.
//!
//! They are read off the rows, so that rows which do not follow from the journal show. Only what no other log has a say in is
//! counted: who owns a case that was handed over, and which complaint stands for a matter, may be known to one side alone.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use uuid::Uuid;

use crate::error::Result;
use crate::journal::uuid_at;
use crate::open::Store;
use crate::write::{Keep, transaction};

/// What the rows of one office come to. Withdrawn records, and cases that were handed over, are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Complaints.
    pub complaints: u64,
    /// Consultations.
    pub consultations: u64,
    /// What was recovered for consumers, in fen.
    pub recovered_fen: u64,
}

/// What a row counts for: whether it is there at all, and what was recovered.
type Share = (bool, i64);

/// What the rows of an office come to when they are made anew from the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recounted {
    /// The totals as they should be.
    pub counts: Counts,
    /// Complaints and consultations whose rows are not what the journal says, in the order of their ids.
    pub unlike: Vec<Uuid>,
    /// Some of what is counted also stands in the log of another office, which only one side may hold.
    pub shared: bool,
}

impl Store {
    /// The totals of an office; none while something of its logs is held here and not in force, because whoever else holds
    /// the same may have it in force.
    pub fn counts_of(&self, office: &Uuid) -> Result<Option<Counts>> {
        let mut aside = self.conn.prepare_cached(include_str!("sql/office_has_aside.sql"))?;
        if aside.exists([office.as_bytes()])? {
            return Ok(None);
        }
        Ok(counts(shares(&self.conn, office)?.iter()))
    }

    /// The totals of an office as the journal says, and the records whose rows say something else. Nothing is changed.
    pub fn recount(&self, office: &Uuid) -> Result<Recounted> {
        let kept = shares(&self.conn, office)?;
        transaction(&self.conn, Keep::Never, || {
            self.project_anew(&mut |_| ())?;
            let anew = shares(&self.conn, office)?;
            let mut shared = self.conn.prepare(include_str!("sql/counted_elsewhere.sql"))?;
            let all: BTreeSet<&(bool, Uuid)> = kept.keys().chain(anew.keys()).collect();
            Ok(Recounted {
                counts: counts(anew.iter()).unwrap_or_default(),
                unlike: all.into_iter().filter(|key| kept.get(key) != anew.get(key)).map(|(_, id)| *id).collect(),
                shared: shared.exists([office.as_bytes()])?,
            })
        })
    }
}

/// What each complaint (true) and each consultation of an office counts for.
fn shares(conn: &Connection, office: &Uuid) -> Result<BTreeMap<(bool, Uuid), Share>> {
    let mut all = conn.prepare_cached(include_str!("sql/office_shares.sql"))?;
    let rows = all.query_map([office.as_bytes()], |row| {
        Ok(((row.get(0)?, uuid_at(row, 1)?), (!row.get::<_, bool>(2)?, row.get(3)?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The sums of shares; none when they come to less than nothing, which no sound store does.
fn counts<'s>(shares: impl Iterator<Item = (&'s (bool, Uuid), &'s Share)>) -> Option<Counts> {
    let (mut counts, mut recovered) = (Counts::default(), 0_i64);
    for ((complaint, _), (alive, fen)) in shares {
        if *alive {
            *(if *complaint { &mut counts.complaints } else { &mut counts.consultations }) += 1;
            recovered = recovered.saturating_add(*fen);
        }
    }
    Some(Counts { recovered_fen: u64::try_from(recovered).ok()?, ..counts })
}

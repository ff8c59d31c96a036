//! What this program understands, kept in the store that it works on. One that understands more than the last looks again at
//! what waits for a newer program: at once and by itself, and only then.

use std::collections::BTreeSet;

use redress_domain::Kind;
use redress_journal::BODY_VERSION;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use crate::apply::At;
use crate::erase::Erasures;
use crate::error::{Result, StoreError};
use crate::journal::{self, log_of, seq_of};
use crate::open::Store;
use crate::typed::Parsed;
use crate::write::{Keep, transaction};

/// Where it stands among what belongs to this PC only.
const KEY: &str = "understands";

/// What a program understands of entries.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Understood {
    /// The newest form of a body.
    entry: u32,
    /// The kinds of records.
    kinds: BTreeSet<String>,
}

impl Understood {
    fn by_this_program() -> Self {
        Self { entry: BODY_VERSION, kinds: Kind::ALL.iter().map(|kind| kind.as_str().to_owned()).collect() }
    }

    /// By the program that worked here last; nothing while none has said so.
    fn by_the_last(conn: &Connection) -> Result<Self> {
        let mut get = conn.prepare_cached("SELECT value FROM local WHERE key = ?1")?;
        let kept: Option<Vec<u8>> = get.query_row([KEY], |row| row.get(0)).optional()?;
        Ok(kept.and_then(|kept| serde_json::from_slice(&kept).ok()).unwrap_or_default())
    }

    fn keep(&self, conn: &Connection) -> Result<()> {
        let text = serde_json::to_vec(self).map_err(|error| StoreError::Refused(error.to_string()))?;
        conn.prepare_cached(
            "INSERT INTO local (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
        )?
        .execute((KEY, text))?;
        Ok(())
    }

    fn has_all_of(&self, other: &Self) -> bool {
        self.entry >= other.entry && self.kinds.is_superset(&other.kinds)
    }
}

impl Store {
    /// Looks again at what waits for a newer program, if this is one; gives how many entries are in force now that were not.
    /// What they bring with them can reach any row (a revocation, an order to erase), so every row is made anew.
    pub fn look_again_at_newer(&mut self) -> Result<u64> {
        self.require_sound()?;
        let (last, own) = (Understood::by_the_last(&self.conn)?, Understood::by_this_program());
        if last == own {
            return Ok(0);
        }
        let waited = newer(&self.conn)?;
        transaction(&self.conn, Keep::OnSuccess, || {
            let orders = carry_out(&self.conn, &waited)?;
            // Rows that a program which understood more has made are not what this one would make.
            if orders.is_some() || !own.has_all_of(&last) {
                self.project_anew(&mut |_| ())?;
            }
            orders.map_or(Ok(()), |mut orders| orders.let_bytes_go(&self.conn))?;
            own.keep(&self.conn)?;
            let waits = newer(&self.conn)?;
            Ok(waited.difference(&waits).count() as u64)
        })
    }
}

/// The places of entries that wait for a newer program.
fn newer(conn: &Connection) -> Result<BTreeSet<i64>> {
    let mut all = conn.prepare_cached("SELECT place FROM waiting WHERE reason = 'newer'")?;
    Ok(all.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Carries out what the entries order that are understood now; none when there are no such entries. Rows are not touched.
fn carry_out(conn: &Connection, waited: &BTreeSet<i64>) -> Result<Option<Erasures>> {
    let (mut orders, mut some) = (Erasures::load(conn)?, false);
    for place in waited {
        let log = journal::log_by_id(conn, log_of(*place))?;
        let body = journal::body_at(conn, log.id, seq_of(*place))?;
        if let Some(parsed) = body.and_then(|body| Parsed::read(&body).ok()).filter(|parsed| parsed.understood) {
            some = true;
            let at = At { log: log.id, seq: seq_of(*place), office: log.log.office, import: 0 };
            orders.carry_out(conn, at, &parsed)?;
        }
    }
    Ok(some.then_some(orders))
}

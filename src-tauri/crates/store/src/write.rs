//! THE write gate. Every change of a store runs through [`Store::write`]: it opens a transaction, hands out a [`Gate`],
//! and commits or rolls back everything. No other code begins a transaction on an open store.

use std::collections::HashSet;

use redress_domain::OfficeCode;
use redress_journal::{Draft, EntryId, LogId, Seal, SigningKey, entry_id};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use crate::apply::{Applied, Applier, At};
use crate::barred;
use crate::error::{Result, StoreError};
use crate::journal::{self, SEQ_MAX};
use crate::open::{self, Identity, Store};
use crate::receive::Stretch;
use crate::search;
use crate::typed::Parsed;
use crate::witness::Sync;

/// So many search rows are brought up to date inside a write; more wait for [`Store::search_catch_up`].
const SEARCH_ROWS_AT_ONCE: u32 = 64;

/// What a write may do.
pub struct Gate<'c> {
    pub(crate) applier: Applier<'c>,
    identity: &'c Identity,
    /// Whether entries of this very life came in from outside, or somebody holds more of it than this store does.
    pub(crate) disturbed: bool,
    /// The logs of which something is kept aside; none while nobody has asked.
    pub(crate) aside: Option<HashSet<LogId>>,
    /// The life, or the device, that begins with this write.
    renewed: Option<Identity>,
}

/// What becomes of what a transaction did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// All of it, unless there was an error: then nothing.
    OnSuccess,
    /// Nothing: it was done to look at it.
    Never,
}

/// A transaction that has begun: a fault of the program itself takes it back, so that the next write finds the store as it was.
struct Open<'c>(&'c Connection);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        let _ = self.0.execute_batch("ROLLBACK");
    }
}

/// The only place where a transaction begins and ends.
pub(crate) fn transaction<T, E: From<StoreError>>(
    conn: &Connection,
    keep: Keep,
    work: impl FnOnce() -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    conn.execute_batch("BEGIN IMMEDIATE").map_err(StoreError::from)?;
    let open = Open(conn);
    let outcome = work();
    std::mem::forget(open);
    let end = if outcome.is_ok() && keep == Keep::OnSuccess { "COMMIT" } else { "ROLLBACK" };
    match conn.execute_batch(end) {
        Ok(()) => outcome,
        Err(error) => {
            // SQLite may have rolled back by itself; then there is nothing left to take back.
            let _ = conn.execute_batch("ROLLBACK");
            outcome.and(Err(StoreError::from(error).into()))
        }
    }
}

impl Store {
    /// Runs one write: all of it or, on any error, nothing of it.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        change: impl FnOnce(&mut Gate<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.require_sound()?;
        let (output, renewed) = transaction(&self.conn, Keep::OnSuccess, || self.run(change))?;
        if let Some(identity) = renewed {
            self.identity = identity;
        }
        self.leave_witness(Sync::Later);
        Ok(output)
    }

    /// As [`Store::write`], for very many entries: with more page cache, and with the write-ahead log folded back once.
    pub fn write_many<T, E: From<StoreError>>(
        &mut self,
        change: impl FnOnce(&mut Gate<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.set_import_cache(true)?;
        let outcome = self.write(change);
        self.set_import_cache(false)?;
        outcome
    }

    /// The value that a counter of this PC gave last; 0 when it has given none.
    pub fn counter(&self, counter: &str) -> Result<u64> {
        count(&self.conn, counter)
    }

    fn run<T, E: From<StoreError>>(
        &self,
        change: impl FnOnce(&mut Gate<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<(T, Option<Identity>), E> {
        let mut gate = Gate {
            applier: Applier::new(&self.conn)?,
            identity: &self.identity,
            disturbed: false,
            aside: None,
            renewed: None,
        };
        let output = change(&mut gate)?;
        gate.applier.flush()?;
        let (renewed, bars) = (gate.renewed.take(), &gate.applier.bars);
        let (perhaps_barred, overtaken) = (bars.are_touched(), bars.are_overtaken());
        drop(gate);
        if overtaken || perhaps_barred && barred::is_outdated(&self.conn)? {
            self.project_anew(&mut |_| ())?;
        }
        search::catch_up(&self.conn, SEARCH_ROWS_AT_ONCE)?;
        Ok((output, renewed))
    }
}

impl Gate<'_> {
    /// Who writes.
    pub fn identity(&self) -> &Identity {
        self.identity
    }

    /// Appends an entry to this device's log about an office; gives its id. Number and entry are one transaction.
    pub fn append(&mut self, office: Uuid, draft: &Draft) -> Result<EntryId> {
        let log = LogId { device: self.identity.device, epoch: self.identity.epoch, office };
        let conn = self.applier.conn;
        let row = journal::ensure_log(conn, &log)?;
        let seq = row.head + 1;
        if seq > SEQ_MAX {
            return Err(StoreError::Refused("a log is full".into()));
        }
        let body = draft.to_body();
        let id = entry_id(&log, seq, &body);
        let parsed = Parsed::read(&body).map_err(|error| StoreError::Refused(error.to_string()))?;
        self.applier.entry(At { log: row.id, seq, office, import: 0 }, parsed, &body)?;
        set_head(conn, row.id, seq, &row.chain.next(&id))?;
        Ok(id)
    }

    /// The heads of a record, for the `was` of the next entry.
    pub fn heads(&mut self, record: &Uuid) -> Result<Vec<EntryId>> {
        self.applier.heads(record)
    }

    /// A record as it stands inside this write.
    pub fn record(&self, id: &Uuid) -> Result<Option<journal::Record>> {
        journal::record(self.applier.conn, id)
    }

    /// What this write has stored so far.
    pub fn applied(&self) -> Applied {
        self.applier.applied
    }

    /// Counts up a counter of this PC and gives the new value; it is never given again.
    pub fn count_up(&mut self, counter: &str) -> Result<u64> {
        let next = count(self.applier.conn, counter)? + 1;
        self.raise(counter, next)?;
        Ok(next)
    }

    /// The value that a counter gave last.
    pub(crate) fn count(&self, counter: &str) -> Result<u64> {
        count(self.applier.conn, counter)
    }

    /// Raises a counter to a value that has been given already.
    pub fn raise(&mut self, counter: &str, value: u64) -> Result<()> {
        let raised = value.max(count(self.applier.conn, counter)?);
        self.applier
            .conn
            .prepare_cached(
                "INSERT INTO local (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
            )?
            .execute((counter_key(counter), raised.to_be_bytes()))?;
        Ok(())
    }

    /// Whether entries of this very life of the store came in from outside, or another device holds more of it than there
    /// is here: the store was restored from a backup or copied, and must not go on under the same name.
    pub fn is_disturbed(&self) -> bool {
        self.disturbed
    }

    /// Begins a new life of this store: its logs are sealed as they are, and what is written from the next write on
    /// stands in logs of its own.
    pub fn renew(&mut self, epoch: Uuid) -> Result<()> {
        let mut identity = self.identity.clone();
        identity.epoch = epoch;
        self.become_device(identity)
    }

    /// Goes on as this device: the logs so far are sealed as they are, by the key that wrote them.
    pub fn become_device(&mut self, identity: Identity) -> Result<()> {
        self.seal_own_logs()?;
        open::save_identity(self.applier.conn, &identity)?;
        self.renewed = Some(identity);
        Ok(())
    }

    pub(crate) fn note_own(&mut self, log: &LogId) {
        self.disturbed |= log.device == self.identity.device && log.epoch == self.identity.epoch;
    }

    /// Whether something of a log is kept aside.
    pub(crate) fn is_partly_aside(&mut self, log: &LogId) -> Result<bool> {
        if self.aside.is_none() {
            let mut all = self.applier.conn.prepare_cached("SELECT DISTINCT device, epoch, office FROM quarantine")?;
            let logs = all.query_map([], |row| {
                let (device, epoch, office) =
                    (journal::uuid_at(row, 0)?, journal::uuid_at(row, 1)?, journal::uuid_at(row, 2)?);
                Ok(LogId { device, epoch, office })
            })?;
            self.aside = Some(logs.collect::<rusqlite::Result<_>>()?);
        }
        Ok(self.aside.as_ref().is_some_and(|logs| logs.contains(log)))
    }

    pub(crate) fn note_aside(&mut self, log: &LogId) -> Result<()> {
        self.is_partly_aside(log)?;
        self.aside.get_or_insert_default().insert(*log);
        Ok(())
    }

    /// Cuts a stretch of a log of this very device in two, with a seal where it is cut; none for any other log.
    pub fn cut_own(&mut self, stretch: &Stretch, last: u64) -> Result<Option<(Stretch, Stretch)>> {
        let conn = self.applier.conn;
        let own = stretch.log.device == self.identity.device && stretch.log.epoch == self.identity.epoch;
        let inside = (stretch.first..stretch.last).contains(&last);
        let Some(row) = journal::find_log(conn, &stretch.log)?.filter(|_| own && inside) else { return Ok(None) };
        let chain = journal::chain_at(conn, &row, last)?;
        let key = SigningKey::from_seed(&self.identity.signing_seed);
        put_seal(conn, row.id, &Seal::sign(&key, row.log, last, chain))?;
        let before = Stretch { last, after: chain, ..*stretch };
        Ok(Some((before, Stretch { first: last + 1, before: chain, ..*stretch })))
    }

    /// Signs the heads of all logs of this device that have moved since they were last signed.
    pub fn seal_own_logs(&mut self) -> Result<()> {
        let conn = self.applier.conn;
        let key = SigningKey::from_seed(&self.identity.signing_seed);
        let own = |log: &LogId| log.device == self.identity.device && log.epoch == self.identity.epoch;
        for row in journal::logs(conn)?.into_iter().filter(|row| own(&row.log) && row.head > 0) {
            if journal::newest_seal(conn, &row, row.head)?.is_none_or(|seal| seal.seq < row.head) {
                put_seal(conn, row.id, &Seal::sign(&key, row.log, row.head, row.chain))?;
            }
        }
        Ok(())
    }
}

/// The counter of the numbers that an office gives to its cases in a year.
pub fn case_counter(office: OfficeCode, year: i32) -> String {
    format!("case:{office}:{year}")
}

fn counter_key(counter: &str) -> String {
    format!("counter:{counter}")
}

fn count(conn: &Connection, counter: &str) -> Result<u64> {
    let last = conn
        .prepare_cached("SELECT value FROM local WHERE key = ?1")?
        .query_row([counter_key(counter)], |row| row.get::<_, [u8; 8]>(0))
        .optional()?;
    Ok(last.map_or(0, u64::from_be_bytes))
}

pub(crate) fn set_head(conn: &Connection, log: i64, head: u64, chain: &redress_journal::Chain) -> Result<()> {
    conn.prepare_cached("UPDATE log SET head = ?2, chain = ?3 WHERE id = ?1")?.execute((log, head, chain.0))?;
    Ok(())
}

pub(crate) fn put_seal(conn: &Connection, log: i64, seal: &Seal) -> Result<()> {
    conn.prepare_cached("INSERT OR IGNORE INTO seal (log, seq, chain, signature) VALUES (?1, ?2, ?3, ?4)")?
        .execute((log, seal.seq, seal.chain.0, seal.signature.to_bytes()))?;
    Ok(())
}

//! What only a person can decide, and what is kept waiting or aside.

use uuid::Uuid;

use crate::error::Result;
use crate::journal::uuid_at;
use crate::open::Store;

/// Something to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// The record that it is about.
    pub record: Uuid,
    /// `conflict`, `contradiction`, `correction`, `addition` or `withdrawn_and_edited`.
    pub what: String,
    /// The field with several values; empty otherwise.
    pub field: String,
    /// Kind of the record.
    pub kind: String,
}

impl Store {
    /// Everything that is to be decided, in a fixed order.
    pub fn decisions(&self) -> Result<Vec<DecisionRow>> {
        let mut all =
            self.conn.prepare_cached("SELECT record, what, field, kind FROM decision ORDER BY record, what, field")?;
        let rows = all.query_map([], |row| {
            Ok(DecisionRow { record: uuid_at(row, 0)?, what: row.get(1)?, field: row.get(2)?, kind: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn count(&self, sql: &str) -> Result<u64> {
        let count: i64 = self.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// How many things are to be decided.
    pub fn decision_count(&self) -> Result<u64> {
        self.count("SELECT count(*) FROM decision")
    }

    /// How many entries wait for a predecessor or a newer program.
    pub fn waiting_count(&self) -> Result<u64> {
        self.count("SELECT count(*) FROM waiting")
    }

    /// How many entries are kept aside.
    pub fn quarantined_count(&self) -> Result<u64> {
        self.count("SELECT count(*) FROM quarantine")
    }

    /// How many entries and records the journal holds.
    pub fn journal_counts(&self) -> Result<(u64, u64)> {
        Ok((self.count("SELECT count(*) FROM journal")?, self.count("SELECT count(DISTINCT record) FROM journal")?))
    }
}

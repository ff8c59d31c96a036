//! What somebody can do to a store who has its key and another program: for tests of whether, and where, it is noticed.
//!
//! It goes past the write gate, and that is the point of it. No use case calls this.

use crate::error::Result;
use crate::open::Store;

/// What keeps raw SQL from the journal.
const GUARDS: &str = "DROP TRIGGER IF EXISTS journal_never_updated; DROP TRIGGER IF EXISTS journal_never_deleted;
                      DROP TRIGGER IF EXISTS seal_never_updated; DROP TRIGGER IF EXISTS seal_never_deleted";

/// Runs SQL on a store, with the guards of the journal taken away.
pub fn edit(store: &Store, sql: &str) -> Result<()> {
    store.conn.execute_batch(GUARDS)?;
    Ok(store.conn.execute_batch(sql)?)
}

//! Bringing a copy back for a trial: a backup that nobody has ever brought back is a hope.

use std::fs;
use std::path::Path;

use crate::damaged::first_fault;
use crate::error::{Result, StoreError};
use crate::files::Temporary;
use crate::open::{DATABASE, Store, connect_file};
use crate::outside::{self, Label};

const TRIAL: &str = "trial";

/// Removes what a trial that was killed left.
pub(crate) fn sweep(dir: &Path) {
    let _ = fs::remove_dir_all(dir.join(TRIAL));
}

impl Store {
    /// Brings a copy of this store back beside it, reads every page, counts, and removes what was brought back. The copy
    /// itself is only read. Gives the number of its entries.
    pub fn prove_copy(&self, copy: &Path) -> Result<u64> {
        let trial = Temporary::at(self.dir().join(TRIAL));
        // Below one folder of ours, so that nothing of it stays whatever interrupts it.
        fs::create_dir_all(trial.path())?;
        let brought_back = trial.path().join("store");
        outside::restore(copy, &brought_back)?;
        let conn = connect_file(&brought_back.join(DATABASE), &self.key)?;
        if let Some(fault) = first_fault(&conn)? {
            return Err(StoreError::Damaged(fault));
        }
        let entries: i64 = conn.query_row("SELECT count(*) FROM journal", [], |row| row.get(0))?;
        let said = Label::read(copy)?.map(|label| label.entries);
        if said.is_some_and(|said| said != entries.unsigned_abs()) {
            return Err(StoreError::Damaged(format!("the copy has {entries} entries, its label says otherwise")));
        }
        Ok(entries.unsigned_abs())
    }
}

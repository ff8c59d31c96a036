//! A case as it is read for its page: the complaint with its steps and losses, folded from their entries.

use redress_domain::procedure::CaseState;
use redress_domain::record::{Complaint, Loss, Step, read_map};
use redress_domain::{Kind, ledger};
use redress_store::Store;
use redress_store::journal::Record;
use uuid::Uuid;

use crate::error::{AppError, Result};

/// A complaint with everything that belongs to it.
pub(crate) struct Case {
    pub record: Record,
    pub complaint: Complaint,
    /// Records of steps and losses.
    pub parts: Vec<Record>,
    pub steps: Vec<(Uuid, Step)>,
    pub losses: Vec<(Uuid, Loss)>,
    pub state: CaseState,
}

impl Case {
    /// Reads the case of a complaint.
    pub fn load(store: &Store, id: &Uuid) -> Result<Self> {
        let record = store.record(id)?.filter(|record| record.kind == Kind::Complaint.as_str());
        let record = record.ok_or_else(|| AppError::new("record_missing"))?;
        let complaint: Complaint = read_map(record.state.values()).value;
        let (mut parts, mut steps, mut losses) = (Vec::new(), Vec::new(), Vec::new());
        for part in store.parts_of(id)? {
            let Some(part) = store.record(&part)? else { continue };
            let alive = part.state.withdrawn.is_none();
            match Kind::parse(&part.kind) {
                Some(Kind::Step) if alive => steps.push((part.id, read_map(part.state.values()).value)),
                Some(Kind::Loss) if alive => losses.push((part.id, read_map(part.state.values()).value)),
                _ => {}
            }
            parts.push(part);
        }
        let state = redress_store::case_state(&complaint, &steps);
        Ok(Self { record, complaint, parts, steps, losses, state })
    }

    /// The ledger, oldest line first.
    pub fn ledger(&self) -> Vec<ledger::Line> {
        ledger::lines(&self.losses)
    }

    /// The complaint's own record and those of its parts.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        std::iter::once(&self.record).chain(&self.parts)
    }
}

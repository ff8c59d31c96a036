//! A case as it is read for its page: the complaint with its steps and losses, folded from their entries.

use std::sync::Arc;

use redress_domain::procedure::CaseState;
use redress_domain::record::{Complaint, Loss, Step, read_map};
use redress_domain::{CodeLists, Kind, Timetable, ledger};
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
    /// What its periods are counted with.
    pub timetable: Arc<Timetable>,
    /// The code lists in force here.
    pub lists: Arc<CodeLists>,
}

/// Who, against whom, about what: how a complaint is named in a list.
pub(crate) fn title_of(complaint: &Complaint) -> String {
    let parts = [&complaint.consumer_name, &complaint.respondent_name, &complaint.goods_name];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
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
        let (timetable, lists) = (store.timetable()?, store.code_lists()?);
        let state = timetable.case_state(&complaint, &steps);
        Ok(Self { timetable, lists, record, complaint, parts, steps, losses, state })
    }

    /// Whether the case is closed: what is written about the matter itself from now on is an addition.
    pub fn is_filed(&self) -> bool {
        self.state.closed_on.is_some()
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

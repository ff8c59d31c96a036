//! A case while it is being projected: a complaint with its steps and its ledger rows, and the rows they make.

use redress_domain::ledger::LineState;
use redress_domain::record::{Complaint, Loss, LossKind, LossRoute, Step, StepKind};
use redress_domain::{CivilDate, Timetable, ledger, procedure};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use crate::error::Result;
use crate::summary::{Cube, Delta, Sign, month_of};

/// A complaint, its steps and its losses as they stand now.
#[derive(Default)]
pub(crate) struct Case {
    /// Rows of this case are in the tables already.
    pub stored: bool,
    pub complaint: Option<Whole>,
    pub steps: Parts<Step>,
    pub losses: Parts<Loss>,
    /// Where ledger rows belong while their complaint is not here.
    pub office: i64,
}

/// The complaint with what is known around it.
pub(crate) struct Whole {
    pub complaint: Box<Complaint>,
    /// The office where it was registered.
    pub home: Uuid,
    /// The local number of the office that owns it.
    pub office: i64,
    pub conflicts: usize,
    pub withdrawn: bool,
    /// No other complaint stands for the same matter.
    pub counted: bool,
}

/// The steps or the losses of a case; those that were withdrawn count nothing but can still be found.
pub(crate) struct Parts<T> {
    pub alive: Vec<(Uuid, T)>,
    pub withdrawn: Vec<(Uuid, T)>,
}

impl<T> Default for Parts<T> {
    fn default() -> Self {
        Self { alive: Vec::new(), withdrawn: Vec::new() }
    }
}

impl<T> Parts<T> {
    /// Puts a part in, in the place of an older state of itself.
    pub fn put(&mut self, id: Uuid, value: T, withdrawn: bool) {
        self.remove(&id);
        let parts = if withdrawn { &mut self.withdrawn } else { &mut self.alive };
        // Many cases have one step or one loss, and wait with it in memory: a vector would begin with room for four.
        if parts.is_empty() {
            parts.reserve_exact(1);
        }
        parts.push((id, value));
    }

    pub fn remove(&mut self, id: &Uuid) {
        self.alive.retain(|(other, _)| other != id);
        self.withdrawn.retain(|(other, _)| other != id);
    }

    pub fn is_empty(&self) -> bool {
        self.alive.is_empty() && self.withdrawn.is_empty()
    }

    pub fn all(&self) -> impl Iterator<Item = &(Uuid, T)> {
        self.alive.iter().chain(&self.withdrawn)
    }
}

/// The row of `complaint`, as far as sums depend on it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    pub office: i64,
    pub received: i32,
    pub nature: String,
    pub class: String,
    pub channel: String,
    pub dispute_fen: i64,
    pub accepted: Option<i32>,
    pub closed: Option<i32>,
    pub result: String,
    pub counted: bool,
}

impl Counted {
    /// What the row of this complaint counts for now.
    pub fn stored(conn: &Connection, complaint: &Uuid) -> Result<Option<(i64, Self)>> {
        let mut get = conn.prepare_cached(
            "SELECT id, office, nature, class, channel, coalesce(dispute_fen, 0), accepted, closed, result, counted
             FROM complaint WHERE uuid = ?1",
        )?;
        let found = get.query_row([complaint.as_bytes()], |row| {
            let id: i64 = row.get(0)?;
            let counted = Self {
                office: row.get(1)?,
                received: i32::try_from(id >> 24).unwrap_or(0),
                nature: row.get(2)?,
                class: row.get(3)?,
                channel: row.get(4)?,
                dispute_fen: row.get(5)?,
                accepted: row.get(6)?,
                closed: row.get(7)?,
                result: row.get(8)?,
                counted: row.get(9)?,
            };
            Ok((id, counted))
        });
        Ok(found.optional()?)
    }

    /// Adds the row to the sums or takes it away. A withdrawn complaint, and one that another stands for, counts nowhere.
    pub fn count(&self, delta: &mut Delta, sign: Sign) {
        if !self.counted {
            return;
        }
        let office = self.office.to_string();
        let month = month_of(self.received);
        delta.add((Cube::Received, month, &office, ""), sign, self.dispute_fen);
        delta.add((Cube::Class, month, &self.nature, &self.class), sign, 0);
        delta.add((Cube::Channel, month, &self.channel, ""), sign, 0);
        if let Some(day) = self.accepted {
            delta.add((Cube::Accepted, month_of(day), &office, ""), sign, 0);
        }
        if let Some(day) = self.closed {
            delta.add((Cube::Closed, month_of(day), &office, &self.result), sign, 0);
        }
    }
}

/// A row of `loss`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LossRow {
    pub uuid: Uuid,
    pub kind: &'static str,
    pub route: &'static str,
    /// 1 for a loss, -1 for its reversal, 0 for what counts nothing.
    pub counts: i64,
    pub amount_fen: i64,
    pub day: i32,
    pub office: i64,
    pub nature: String,
    pub class: String,
}

impl LossRow {
    /// Punitive and mental damages and advances are kept apart from what was recovered.
    fn is_recovered(&self) -> bool {
        self.kind == LossKind::Recovered.as_str()
    }

    /// Adds the row to the sums or takes it away.
    pub fn count(&self, delta: &mut Delta, sign: Sign) {
        let month = month_of(self.day);
        let mut add =
            |cube, a: &str, b: &str| delta.add_counted((cube, month, a, b), sign, (self.counts, self.amount_fen));
        add(Cube::Recovered, self.kind, self.route);
        if !self.is_recovered() {
            return;
        }
        add(Cube::RecoveredOffice, &self.office.to_string(), "");
        add(Cube::RecoveredClass, &self.nature, &self.class);
    }
}

/// Everything that the case makes of itself: what `flush` writes.
pub(crate) struct Rows {
    pub state: Option<procedure::CaseState>,
    pub counted: Option<Counted>,
    pub losses: Vec<LossRow>,
    pub recovered_fen: i64,
    /// One recovered loss was corrected twice, and nobody has looked at it.
    pub corrected_twice: bool,
}

impl Case {
    /// Derives status, dates and ledger from the records, by the domain's rules.
    pub fn rows(&self, timetable: &Timetable) -> Rows {
        let state = self.complaint.as_ref().map(|whole| timetable.case_state(&whole.complaint, &self.steps.alive));
        let lines = ledger::lines(&self.losses.alive);
        let withdrawn = self.complaint.as_ref().is_some_and(|whole| whole.withdrawn);
        let recovered = if withdrawn { None } else { ledger::total(&lines, LossKind::Recovered) };
        let corrected_twice = !withdrawn && ledger::is_corrected_twice(&lines);
        let recovered_fen = recovered.map_or(0, redress_domain::Fen::get);
        let losses = self.loss_rows(lines);
        let counted = self.complaint.as_ref().zip(state.as_ref()).map(|(whole, state)| counted(whole, state));
        Rows { state, counted, losses, recovered_fen, corrected_twice }
    }

    /// Ledger rows; those of a complaint that does not count, and withdrawn ones, count nothing but stay in the table.
    fn loss_rows(&self, lines: Vec<ledger::Line>) -> Vec<LossRow> {
        let whole = self.complaint.as_ref();
        let alive = whole.is_none_or(|whole| !whole.withdrawn && whole.counted);
        let mut rows: Vec<LossRow> = lines
            .into_iter()
            .map(|line| {
                let counts = match (alive, line.state, line.reverses) {
                    (true, LineState::Counted, None) => 1,
                    (true, LineState::Counted, Some(_)) => -1,
                    (false, _, _) | (_, LineState::Duplicate | LineState::Waiting | LineState::Invalid, _) => 0,
                };
                let amount_fen = if counts == 0 { 0 } else { line.amount_fen.get() };
                self.loss_row(line.id, (line.kind, line.route), (counts, amount_fen), line.on)
            })
            .collect();
        rows.extend(self.losses.withdrawn.iter().map(|(id, loss)| {
            let kind = (loss.kind.unwrap_or(LossKind::Recovered), loss.route.unwrap_or(LossRoute::Settlement));
            self.loss_row(*id, kind, (0, 0), loss.on)
        }));
        rows
    }

    fn loss_row(
        &self,
        uuid: Uuid,
        (kind, route): (LossKind, LossRoute),
        (counts, amount_fen): (i64, i64),
        on: Option<CivilDate>,
    ) -> LossRow {
        let whole = self.complaint.as_ref();
        LossRow {
            uuid,
            kind: kind.as_str(),
            route: route.as_str(),
            counts,
            amount_fen,
            day: on.map_or(0, CivilDate::day_number),
            office: whole.map_or(self.office, |whole| whole.office),
            nature: whole.map(|whole| whole.complaint.nature.clone()).unwrap_or_default(),
            class: whole.map(|whole| whole.complaint.class.clone()).unwrap_or_default(),
        }
    }
}

/// The step that closed the case, once it is closed.
fn closing_step(state: &procedure::CaseState) -> Option<StepKind> {
    state.closed_on.and(state.result)
}

fn counted(whole: &Whole, state: &procedure::CaseState) -> Counted {
    let complaint = &whole.complaint;
    Counted {
        office: whole.office,
        // Row ids begin with the day and are not negative: a day before 1970 (a slip of the finger) counts as its first.
        received: complaint.received_on.map_or(0, CivilDate::day_number).max(0),
        nature: complaint.nature.clone(),
        class: complaint.class.clone(),
        channel: complaint.channel.clone(),
        dispute_fen: complaint.dispute_fen.map_or(0, redress_domain::Fen::get),
        accepted: state.accepted_on.map(CivilDate::day_number),
        closed: state.closed_on.map(CivilDate::day_number),
        result: closing_step(state).map(|step| step.as_str().to_owned()).unwrap_or_default(),
        counted: whole.counted && !whole.withdrawn,
    }
}

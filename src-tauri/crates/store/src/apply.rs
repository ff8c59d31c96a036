//! Applying entries: the one path by which an entry, written here or brought by a bundle, reaches the projections.
//!
//! Most entries are the first of their record and go straight into rows. Any other is folded with the record's other
//! entries. A case (a complaint, its steps, its losses) is gathered in memory and written once, at `flush`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use redress_domain::record::{Attachment, Link};
use redress_domain::{Kind, Timetable};
use redress_journal::EntryId;
use rusqlite::{Connection, OptionalExtension, Statement};
use serde_json::Value;
use uuid::Uuid;

use crate::barred::Bars;
use crate::case::{Case, Counted, LossRow, Rows, Whole};
use crate::erase::Erasures;
use crate::error::Result;
use crate::indexes::Indexes;
use crate::journal::{self, Record, place};
use crate::listed;
use crate::query::lists::parts_of;
use crate::standing;
use crate::summary::{Delta, Sign};
use crate::timetable;
use crate::typed::{Parsed, Typed};

/// Cases are written when so many are gathered: memory stays flat however long the import.
const CASES_MAX: usize = 4096;

/// Where an entry goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At {
    pub log: i64,
    pub seq: u64,
    pub office: Uuid,
    /// 0: written here.
    pub import: i64,
}

/// What became of entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Applied {
    /// Entries stored.
    pub entries: u64,
    /// Complaints that were not known before.
    pub complaints: u64,
    /// Consultations that were not known before.
    pub consultations: u64,
    /// Entries that wait.
    pub waiting: u64,
    /// Entries that a revoked device wrote after the point up to which it is trusted, or that stand where they cannot.
    pub barred: u64,
    /// Records that now have something to decide and had nothing before.
    pub conflicts: u64,
}

pub(crate) struct Applier<'c> {
    pub conn: &'c Connection,
    journal_insert: Statement<'c>,
    record_known: Statement<'c>,
    complaint_insert: Statement<'c>,
    step_insert: Statement<'c>,
    loss_insert: Statement<'c>,
    todo_insert: Statement<'c>,
    offices: HashMap<Uuid, i64>,
    next_of_day: HashMap<(&'static str, i32), i64>,
    cases: HashMap<Uuid, Case>,
    orphans: HashSet<Uuid>,
    /// Something was linked or handed over: what a case counts for may depend on others.
    related: bool,
    /// What periods are counted with.
    timetable: Arc<Timetable>,
    /// A pack was put: what is due must be computed anew.
    repack: bool,
    pub indexes: Indexes,
    pub bars: Bars,
    pub erasures: Erasures,
    pub delta: Delta,
    pub applied: Applied,
}

impl<'c> Applier<'c> {
    pub fn new(conn: &'c Connection) -> Result<Self> {
        let mut orphans = conn.prepare_cached("SELECT complaint FROM orphan")?;
        let orphans = orphans.query_map([], |row| journal::uuid_at(row, 0))?.collect::<rusqlite::Result<_>>()?;
        Ok(Self {
            conn,
            journal_insert: conn
                .prepare("INSERT INTO journal (place, record, import, body) VALUES (?1, ?2, ?3, ?4)")?,
            record_known: conn.prepare("SELECT 1 FROM journal WHERE record = ?1 LIMIT 1")?,
            complaint_insert: conn.prepare(include_str!("sql/complaint_insert.sql"))?,
            step_insert: conn.prepare("INSERT INTO step (complaint, uuid, kind, day) VALUES (?1, ?2, ?3, ?4)")?,
            loss_insert: conn.prepare(include_str!("sql/loss_insert.sql"))?,
            todo_insert: conn.prepare("INSERT OR IGNORE INTO search_todo (id) VALUES (?1)")?,
            offices: HashMap::new(),
            next_of_day: HashMap::new(),
            cases: HashMap::new(),
            orphans,
            related: standing::anything(conn)?,
            timetable: timetable::read(conn)?,
            repack: false,
            indexes: Indexes::default(),
            bars: Bars::load(conn)?,
            erasures: Erasures::load(conn)?,
            delta: Delta::default(),
            applied: Applied::default(),
        })
    }

    /// Stores an entry and projects it.
    pub fn entry(&mut self, at: At, mut parsed: Parsed, body: &[u8]) -> Result<()> {
        let stored = self.erasures.as_ordered(self.conn, at, body)?;
        if stored != body {
            parsed = Parsed::read(&stored).unwrap_or(parsed);
        }
        let known = self.record_known.exists([parsed.record.as_bytes()])?;
        self.journal_insert.execute((place(at.log, at.seq), parsed.record.as_bytes(), at.import, stored.as_ref()))?;
        self.applied.entries += 1;
        if self.bars.bar(self.conn, at, &parsed, known)? {
            self.applied.barred += 1;
            return Ok(());
        }
        self.erasures.carry_out(self.conn, at, &parsed)?;
        self.project(at, parsed, known)
    }

    /// Stores an entry whose body cannot be read: it keeps its place, and projects nothing.
    pub fn unreadable(&mut self, at: At, body: &[u8]) -> Result<()> {
        let record = crate::receive::NO_RECORD;
        self.journal_insert.execute((place(at.log, at.seq), record.as_bytes(), at.import, body))?;
        self.applied.entries += 1;
        Ok(())
    }

    /// Projects an entry that is in the journal.
    pub fn project(&mut self, at: At, parsed: Parsed, known: bool) -> Result<()> {
        if !parsed.understood {
            self.applied.waiting += self.wait(place(at.log, at.seq), &parsed.record, "newer")?;
            return Ok(());
        }
        match parsed.first {
            Some(typed) if !known => {
                match &typed {
                    Typed::Complaint(_) => self.applied.complaints += 1,
                    Typed::Consultation(_) => self.applied.consultations += 1,
                    _ => {}
                }
                let (office, offices) = (at.office, Vec::new());
                let whole = Settled { office, offices, conflicts: 0, withdrawn: false, fresh: true };
                self.put(parsed.record, typed, whole)
            }
            _ => self.refold(&parsed.record),
        }
    }

    /// Notes that an entry waits; gives 1 when it was not known to.
    fn wait(&self, place: i64, record: &Uuid, reason: &str) -> Result<u64> {
        let new = self
            .conn
            .prepare_cached("INSERT OR IGNORE INTO waiting (place, record, reason) VALUES (?1, ?2, ?3)")?
            .execute((place, record.as_bytes(), reason))?;
        Ok(u64::try_from(new).unwrap_or(0))
    }

    /// Projects a record anew from all its entries.
    fn refold(&mut self, id: &Uuid) -> Result<()> {
        let Some(record) = journal::record(self.conn, id)? else { return Ok(()) };
        self.note_waiting(&record)?;
        self.note_decisions(&record)?;
        if let Some(kind) = Kind::parse(&record.kind).filter(|_| !record.state.applied.is_empty()) {
            let fields = Value::Object(record.state.values()).to_string();
            let whole = Settled {
                office: record.office,
                offices: record.state.applied.iter().map(|at| record.entries[*at].log.office).collect(),
                conflicts: record.open_questions(),
                withdrawn: record.state.withdrawn.is_some(),
                fresh: false,
            };
            self.touch_former_parents(&record)?;
            self.put(*id, Typed::read(kind, &fields), whole)?;
        }
        Ok(())
    }

    /// A step or loss whose complaint was set twice may stand under the wrong one: both cases are written anew.
    fn touch_former_parents(&mut self, record: &Record) -> Result<()> {
        let parents: HashSet<Uuid> = record
            .entries
            .iter()
            .filter_map(|entry| redress_journal::Body::read(&entry.body).ok())
            .filter_map(|body| serde_json::from_str::<Value>(body.set_text()).ok())
            .filter_map(|set| set.get("complaint")?.as_str()?.parse().ok())
            .collect();
        if parents.len() > 1 && record.kind != Kind::Consultation.as_str() {
            for parent in parents {
                let case = self.case(parent, false)?;
                case.steps.remove(&record.id);
                case.losses.remove(&record.id);
            }
        }
        Ok(())
    }

    fn note_waiting(&mut self, record: &Record) -> Result<()> {
        let waited = self
            .conn
            .prepare_cached("DELETE FROM waiting WHERE record = ?1 AND reason = 'predecessor'")?
            .execute([record.id.as_bytes()])?;
        let mut waits = 0;
        for waiting in &record.state.waiting {
            let entry = &record.entries[*waiting];
            let understood = redress_journal::Body::read(&entry.body).is_ok_and(|body| body.is_understood());
            let reason = if understood { "predecessor" } else { "newer" };
            waits += self.wait(entry.place, &record.id, reason)?;
        }
        self.applied.waiting += waits.saturating_sub(u64::try_from(waited).unwrap_or(0));
        Ok(())
    }

    fn note_decisions(&mut self, record: &Record) -> Result<()> {
        let gone = self
            .conn
            .prepare_cached("DELETE FROM decision WHERE record = ?1 AND what NOT IN ('contradiction', 'correction')")?
            .execute([record.id.as_bytes()])?;
        let mut insert =
            self.conn.prepare_cached("INSERT INTO decision (record, what, field, kind) VALUES (?1, ?2, ?3, ?4)")?;
        let mut some = false;
        for (field, _) in record.conflicts() {
            insert.execute((record.id.as_bytes(), "conflict", field, &record.kind))?;
            some = true;
        }
        if record.has_addition() {
            insert.execute((record.id.as_bytes(), "addition", "", &record.kind))?;
        }
        if record.state.withdrawn_and_edited {
            insert.execute((record.id.as_bytes(), "withdrawn_and_edited", "", &record.kind))?;
            some = true;
        }
        self.applied.conflicts += u64::from(some && gone == 0);
        Ok(())
    }

    fn put(&mut self, id: Uuid, typed: Typed, settled: Settled) -> Result<()> {
        let office = self.office_number(&settled.office)?;
        match typed {
            Typed::Complaint(complaint) => {
                let home = settled.office;
                let case = self.case(id, settled.fresh)?;
                let (conflicts, withdrawn) = (settled.conflicts, settled.withdrawn);
                case.complaint = Some(Whole { complaint, home, office, conflicts, withdrawn, counted: true });
                if self.related {
                    self.touch_matter(&id)?;
                }
            }
            Typed::Step(step) => {
                let Some(parent) = step.complaint else { return Ok(()) };
                self.case(parent, false)?.steps.put(id, *step, settled.withdrawn);
            }
            Typed::Loss(loss) => {
                let Some(parent) = loss.complaint else { return Ok(()) };
                let case = self.case(parent, false)?;
                case.office = office;
                case.losses.put(id, *loss, settled.withdrawn);
                if self.related {
                    self.touch_matter(&parent)?;
                }
            }
            Typed::Consultation(consultation) => {
                let day = consultation.asked_on.map_or(0, redress_domain::CivilDate::day_number);
                let next = self.next_of_day("consultation", day)?;
                let row = listed::ConsultationRow { id, office, withdrawn: settled.withdrawn, fresh_id: next };
                let (rowid, left) = row.put(self.conn, &consultation, &mut self.delta)?;
                for changed in left.into_iter().chain([rowid]) {
                    self.todo_insert.execute([changed | listed::CONSULTATION_BIT])?;
                }
            }
            Typed::Link(link) => self.put_link(&id, &link, settled.withdrawn)?,
            Typed::Transfer(transfer) => {
                let complaint = transfer.complaint;
                listed::put(self.conn, &id, &Typed::Transfer(transfer), settled.withdrawn)?;
                self.related = true;
                if let Some(complaint) = complaint {
                    self.case(complaint, false)?;
                }
            }
            Typed::Pack(_) => {
                listed::put(self.conn, &id, &typed, settled.withdrawn)?;
                self.repack = true;
            }
            Typed::Business(business) => {
                listed::put_business(self.conn, &id, &business, (office, settled.withdrawn))?;
            }
            Typed::Activity(activity) => {
                listed::put_activity(self.conn, &id, &activity, (office, settled.withdrawn))?;
            }
            Typed::Attachment(attachment) => self.put_attachment(&id, &attachment, &settled)?,
            Typed::Volunteer(volunteer) => {
                listed::put_volunteer(self.conn, &id, &volunteer, (office, settled.withdrawn))?;
            }
            other => {
                self.bars.note(&other);
                listed::put(self.conn, &id, &other, settled.withdrawn)?;
            }
        }
        if self.cases.len() < CASES_MAX {
            return Ok(());
        }
        self.indexes.before_batch(self.conn, self.cases.len())?;
        self.flush_cases()
    }

    fn put_attachment(&mut self, id: &Uuid, attachment: &Attachment, settled: &Settled) -> Result<()> {
        let alone = [settled.office];
        let seen_by = if settled.offices.is_empty() { &alone[..] } else { &settled.offices };
        let mut offices: Vec<i64> = seen_by.iter().map(|office| self.office_number(office)).collect::<Result<_>>()?;
        offices.sort_unstable();
        offices.dedup();
        listed::put_attachment(self.conn, id, attachment, (&offices, settled.withdrawn))
    }

    /// A link changes what every complaint of the matter counts for, of the matter as it was and as it is.
    fn put_link(&mut self, id: &Uuid, link: &Link, withdrawn: bool) -> Result<()> {
        self.related = true;
        for complaint in [link.a, link.b].into_iter().flatten() {
            self.touch_matter(&complaint)?;
        }
        listed::put(self.conn, id, &Typed::Link(Box::new(link.clone())), withdrawn)?;
        link.a.map_or(Ok(()), |complaint| self.touch_matter(&complaint))
    }

    fn touch_matter(&mut self, complaint: &Uuid) -> Result<()> {
        for other in standing::matter(self.conn, complaint)? {
            self.case(other, false)?;
        }
        Ok(())
    }

    /// The case of a complaint; loaded from the journal unless nothing of it can be there.
    fn case(&mut self, complaint: Uuid, fresh: bool) -> Result<&mut Case> {
        if !self.cases.contains_key(&complaint) {
            let unknown = fresh && !self.orphans.contains(&complaint);
            let case = if unknown { Case::default() } else { self.load_case(&complaint)? };
            self.cases.insert(complaint, case);
        }
        Ok(self.cases.entry(complaint).or_default())
    }

    fn load_case(&mut self, complaint: &Uuid) -> Result<Case> {
        let mut case = Case::default();
        let stored: bool = self
            .conn
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM complaint WHERE uuid = ?1)")?
            .query_row([complaint.as_bytes()], |row| row.get(0))?;
        let parts = parts_of(self.conn, complaint)?;
        case.stored = stored || !parts.is_empty();
        if !case.stored {
            return Ok(case);
        }
        for part in parts {
            self.load_part(&mut case, complaint, &part)?;
        }
        if let Some(record) = journal::record(self.conn, complaint)?.filter(|record| !record.state.applied.is_empty()) {
            let fields = Value::Object(record.state.values()).to_string();
            if let Typed::Complaint(value) = Typed::read(Kind::Complaint, &fields) {
                case.complaint = Some(Whole {
                    complaint: value,
                    home: record.office,
                    counted: true,
                    office: self.office_number(&record.office)?,
                    conflicts: record.open_questions(),
                    withdrawn: record.state.withdrawn.is_some(),
                });
            }
        }
        Ok(case)
    }

    fn load_part(&mut self, case: &mut Case, complaint: &Uuid, part: &Uuid) -> Result<()> {
        let Some(record) = journal::record(self.conn, part)? else { return Ok(()) };
        let office = self.office_number(&record.office)?;
        let withdrawn = record.state.withdrawn.is_some();
        let fields = Value::Object(record.state.values()).to_string();
        match Kind::parse(&record.kind).map(|kind| Typed::read(kind, &fields)) {
            Some(Typed::Step(step)) if step.complaint == Some(*complaint) => case.steps.put(*part, *step, withdrawn),
            Some(Typed::Loss(loss)) if loss.complaint == Some(*complaint) => {
                case.office = office;
                case.losses.put(*part, *loss, withdrawn);
            }
            _ => {}
        }
        Ok(())
    }

    pub fn office_number(&mut self, office: &Uuid) -> Result<i64> {
        if let Some(number) = self.offices.get(office) {
            return Ok(*number);
        }
        let number = office_number(self.conn, office)?;
        self.offices.insert(*office, number);
        Ok(number)
    }

    /// The next row id of a day: `day << 24 | n`.
    fn next_of_day(&mut self, table: &'static str, day: i32) -> Result<i64> {
        let day = day.max(0);
        let base = i64::from(day) << 24;
        let next = match self.next_of_day.get(&(table, day)) {
            Some(next) => *next,
            None => self
                .conn
                .prepare_cached(&format!("SELECT max(id) FROM {table} WHERE id >= ?1 AND id < ?2"))?
                .query_row((base, base + (1 << 24)), |row| row.get::<_, Option<i64>>(0))?
                .map_or(base, |last| last + 1),
        };
        self.next_of_day.insert((table, day), next + 1);
        Ok(next)
    }

    /// Writes everything that is gathered.
    pub fn flush(&mut self) -> Result<()> {
        if std::mem::take(&mut self.repack) {
            self.flush_cases()?;
            self.timetable = timetable::read(self.conn)?;
            self.touch_open_cases()?;
        }
        self.flush_cases()?;
        self.indexes.put_back(self.conn)?;
        self.erasures.let_bytes_go(self.conn)?;
        self.delta.flush(self.conn)
    }

    /// Every case in which something is still to be done, a few at a time: their periods may end on other days now.
    fn touch_open_cases(&mut self) -> Result<()> {
        let mut open = self.conn.prepare("SELECT uuid FROM complaint WHERE next IS NOT NULL")?;
        let open = open.query_map([], |row| journal::uuid_at(row, 0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        for complaint in open {
            self.case(complaint, false)?;
            if self.cases.len() >= CASES_MAX {
                self.flush_cases()?;
            }
        }
        Ok(())
    }

    /// Writes the cases that are gathered.
    fn flush_cases(&mut self) -> Result<()> {
        let mut cases: Vec<(Uuid, Case)> = self.cases.drain().collect();
        cases.sort_unstable_by_key(|(id, _)| *id);
        if self.related {
            let ledgers = cases.iter().map(|(id, case)| (*id, !case.losses.is_empty())).collect();
            cases.iter_mut().try_for_each(|(id, case)| self.settle_standing(id, case, &ledgers))?;
        }
        cases.iter().try_for_each(|(id, case)| self.flush_case(id, case))
    }

    fn settle_standing(&mut self, id: &Uuid, case: &mut Case, ledgers: &HashMap<Uuid, bool>) -> Result<()> {
        let Some(home) = case.complaint.as_ref().map(|whole| whole.home) else { return Ok(()) };
        let has_ledger =
            |other: &Uuid| ledgers.get(other).map_or_else(|| standing::has_ledger(self.conn, other), |has| Ok(*has));
        let standing = standing::standing(self.conn, id, home, &has_ledger)?;
        let office = self.office_number(&standing.owner)?;
        if let Some(whole) = &mut case.complaint {
            (whole.office, whole.counted) = (office, standing.counted);
        }
        Ok(())
    }

    fn flush_case(&mut self, id: &Uuid, case: &Case) -> Result<()> {
        let rows = case.rows(&self.timetable);
        let former = if case.stored { self.take_former(id)? } else { None };
        // Whoever moves to another row leaves nothing in the search under this one.
        if let Some(rowid) = former {
            self.todo_insert.execute([rowid])?;
        }
        self.note_contradictions(id, case, &rows)?;
        if let (Some(whole), Some(counted)) = (&case.complaint, &rows.counted) {
            let kept = former.filter(|rowid| rowid >> 24 == i64::from(counted.received.max(0)));
            let rowid = match kept {
                Some(rowid) => rowid,
                None => self.next_of_day("complaint", counted.received)?,
            };
            self.insert_complaint(rowid, id, whole, &rows)?;
            counted.count(&mut self.delta, Sign::Add);
            self.todo_insert.execute([rowid])?;
        }
        for (step_id, step) in case.steps.all() {
            let day = step.on.map(redress_domain::CivilDate::day_number);
            let kind = step.kind.map_or("", redress_domain::record::StepKind::as_str);
            self.step_insert.execute((id.as_bytes(), step_id.as_bytes(), kind, day))?;
        }
        for row in &rows.losses {
            self.insert_loss(id, row)?;
            row.count(&mut self.delta, Sign::Add);
        }
        self.note_orphan(id, case)
    }

    fn note_orphan(&mut self, id: &Uuid, case: &Case) -> Result<()> {
        let orphan = case.complaint.is_none() && !(case.steps.is_empty() && case.losses.is_empty());
        if orphan && self.orphans.insert(*id) {
            self.conn.prepare_cached("INSERT INTO orphan (complaint) VALUES (?1)")?.execute([id.as_bytes()])?;
        } else if !orphan && self.orphans.remove(id) {
            self.conn.prepare_cached("DELETE FROM orphan WHERE complaint = ?1")?.execute([id.as_bytes()])?;
        }
        Ok(())
    }

    /// Takes the case's rows away, with what they counted for; gives the complaint's former row id.
    fn take_former(&mut self, id: &Uuid) -> Result<Option<i64>> {
        let former = Counted::stored(self.conn, id)?;
        if let Some((_, counted)) = &former {
            counted.count(&mut self.delta, Sign::Take);
            self.conn.prepare_cached("DELETE FROM complaint WHERE uuid = ?1")?.execute([id.as_bytes()])?;
        }
        let mut find = self.conn.prepare_cached(
            "SELECT uuid, kind, route, counts, amount_fen, day, office, nature, class FROM loss WHERE complaint = ?1",
        )?;
        let losses: Vec<LossRow> =
            find.query_map([id.as_bytes()], listed::loss_row)?.collect::<rusqlite::Result<_>>()?;
        losses.iter().for_each(|row| row.count(&mut self.delta, Sign::Take));
        self.conn.prepare_cached("DELETE FROM loss WHERE complaint = ?1")?.execute([id.as_bytes()])?;
        self.conn.prepare_cached("DELETE FROM step WHERE complaint = ?1")?.execute([id.as_bytes()])?;
        Ok(former.map(|(rowid, _)| rowid))
    }

    fn note_contradictions(&mut self, id: &Uuid, case: &Case, rows: &Rows) -> Result<()> {
        if case.stored {
            self.conn
                .prepare_cached("DELETE FROM decision WHERE record = ?1 AND what IN ('contradiction', 'correction')")?
                .execute([id.as_bytes()])?;
        }
        let contradicts = rows.state.as_ref().is_some_and(|state| !state.contradictions.is_empty());
        let mut insert =
            self.conn.prepare_cached("INSERT INTO decision (record, what, field, kind) VALUES (?1, ?2, '', ?3)")?;
        for (what, there) in [("contradiction", contradicts), ("correction", rows.corrected_twice)] {
            if there {
                insert.execute((id.as_bytes(), what, Kind::Complaint.as_str()))?;
            }
        }
        Ok(())
    }

    fn insert_complaint(&mut self, rowid: i64, id: &Uuid, whole: &Whole, rows: &Rows) -> Result<()> {
        let (Some(state), Some(counted)) = (&rows.state, &rows.counted) else { return Ok(()) };
        let complaint = &whole.complaint;
        let due = state.due.as_ref();
        self.complaint_insert.execute(rusqlite::params![
            rowid,
            id.as_bytes(),
            whole.office,
            complaint.number,
            state.status.as_str(),
            state.next.map(|next| next.as_str()),
            complaint.nature,
            complaint.class,
            complaint.channel,
            complaint.consumer_name,
            complaint.respondent_name,
            complaint.goods_name,
            complaint.dispute_fen.map(redress_domain::Fen::get),
            rows.recovered_fen,
            due.map(|due| due.on.day_number()),
            due.is_some_and(|due| due.estimated),
            counted.accepted,
            counted.closed,
            counted.result,
            whole.conflicts,
            whole.withdrawn,
            counted.counted,
            complaint.consumer_phone,
        ])?;
        Ok(())
    }

    fn insert_loss(&mut self, complaint: &Uuid, row: &LossRow) -> Result<()> {
        self.loss_insert.execute(rusqlite::params![
            complaint.as_bytes(),
            row.uuid.as_bytes(),
            row.kind,
            row.route,
            row.counts,
            row.amount_fen,
            row.day,
            row.office,
            row.nature,
            row.class,
        ])?;
        Ok(())
    }

    /// The heads of a record as they are now.
    pub fn heads(&mut self, record: &Uuid) -> Result<Vec<EntryId>> {
        Ok(journal::record(self.conn, record)?.map(|record| record.state.heads).unwrap_or_default())
    }
}

/// What is known of a record besides its fields.
struct Settled {
    office: Uuid,
    /// The offices about which its entries are; none: `office` alone.
    offices: Vec<Uuid>,
    conflicts: usize,
    withdrawn: bool,
    fresh: bool,
}

/// The small local number of an office.
pub(crate) fn office_number(conn: &Connection, office: &Uuid) -> Result<i64> {
    let mut get = conn.prepare_cached("SELECT id FROM office_number WHERE uuid = ?1")?;
    if let Some(number) = get.query_row([office.as_bytes()], |row| row.get(0)).optional()? {
        return Ok(number);
    }
    conn.prepare_cached("INSERT INTO office_number (uuid) VALUES (?1)")?.execute([office.as_bytes()])?;
    Ok(conn.last_insert_rowid())
}

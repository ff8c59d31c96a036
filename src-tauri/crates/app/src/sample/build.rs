//! Builds the sample county: a store for every office, written, carried and merged through the same code as real work.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redress_domain::case_no::OfficeKind;
use redress_domain::record::fields;
use redress_domain::{CivilDate, Kind};
use redress_store::query::totals::Scope;
use serde_json::{Map, Value};
use uuid::{Builder, Uuid};

use super::plan::{self, PlannedComplaint, PlannedOffice, SamplePlan};
use crate::App;
use crate::carry::{ENTRIES_A_FILE, To, export_to, merge_paths};
use crate::contract::{
    Done, InviteOffice, MergeReport, Nothing, Progress, SampleCreated, StoreListing, Task, Totals, Touched,
};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::report::totals_of;
use crate::session::{Pen, Session};
use crate::start::{Invitation, Joining, NewCounty, enter, found_county, listing, write_invitation};

/// Opens every store of the sample.
pub const PASSPHRASE: &str = "sample-2026";
const SEED: u64 = 370_321;
/// Bundles to the county, and back.
const STICK: &str = "stick";
const RETURN_STICK: &str = "stick-return";
const INVITATIONS: &str = "invitations";

/// What building the sample county did.
#[derive(Debug, Clone)]
pub struct SampleRun {
    /// The county first, then branches and stations.
    pub stores: Vec<StoreListing>,
    /// Opens all of them.
    pub passphrase: String,
    /// The county's merge of all bundles.
    pub first: MergeReport,
    /// The same bundles again.
    pub second: MergeReport,
    /// The county's totals over all eight years after the first merge.
    pub first_totals: Totals,
    /// The same after the second.
    pub totals: Totals,
    /// Bundles of stations.
    pub station_bundles: u64,
    /// Bundles of branches.
    pub branch_bundles: u64,
}

/// `sample.create`: in a folder of its own under the data folder.
pub(crate) fn create(app: &mut App, _: Nothing) -> Result<Done<SampleCreated>> {
    let stores = app.host().data_dir().join("stores");
    let free = (1..).map(|number| stores.join(format!("sample-{number}"))).find(|dir| !dir.exists());
    let dir = free.ok_or_else(|| AppError::new("store_exists"))?;
    let run = build(Arc::clone(&app.host), &dir)?;
    let created = SampleCreated {
        dir: dir.display().to_string(),
        passphrase: run.passphrase,
        stores: run.stores,
        complaints: run.totals.complaints,
        consultations: run.totals.consultations,
        recovered_fen: run.totals.recovered_fen,
    };
    Done::wrote(created, &[Touched::State])
}

/// Builds the sample county in a new folder. It appears there whole or not at all.
pub fn build(host: Arc<dyn Host>, dir: &Path) -> Result<SampleRun> {
    if dir.exists() {
        return Err(AppError::new("store_exists").with("path", dir.display()));
    }
    let unfinished = dir.with_extension("part");
    if unfinished.exists() {
        return Err(AppError::new("store_exists").with("path", unfinished.display()));
    }
    let outcome = Building { host: &*host, dir: &unfinished }.run();
    let done = outcome.and_then(|run| {
        fs::rename(&unfinished, dir)?;
        Ok(run)
    });
    match done {
        Ok(run) => Ok(SampleRun { stores: moved(run.stores, &unfinished, dir), ..run }),
        Err(error) => {
            // The folder was made by this very call, so nothing of anybody else's is in it.
            let _ = fs::remove_dir_all(&unfinished);
            Err(error)
        }
    }
}

fn moved(stores: Vec<StoreListing>, from: &Path, to: &Path) -> Vec<StoreListing> {
    let place = |dir: &str| Path::new(dir).strip_prefix(from).map_or_else(|_| PathBuf::from(dir), |rest| to.join(rest));
    stores.into_iter().map(|store| StoreListing { dir: place(&store.dir).display().to_string(), ..store }).collect()
}

/// A county that is being built in a folder.
pub(super) struct Building<'a> {
    pub host: &'a dyn Host,
    pub dir: &'a Path,
}

impl Building<'_> {
    /// Folders beside the stores; the first holds the bundles to the county.
    pub const FOLDERS: [&'static str; 3] = [STICK, RETURN_STICK, INVITATIONS];

    fn run(&self) -> Result<SampleRun> {
        let plan = plan::plan(SEED);
        for folder in Self::FOLDERS {
            fs::create_dir_all(self.dir.join(folder))?;
        }
        let mut county = self.county(&plan)?;
        let (mut station_bundles, mut branch_bundles) = (0, 0);
        let others = plan.offices.iter().filter(|office| office.kind != OfficeKind::County);
        let total = plan.offices.len() as u64 + 2;
        for (office, done) in others.zip(1..) {
            self.tell("office", (done, total), &office.name)?;
            self.office(&mut county, office)?;
            match office.kind {
                OfficeKind::Station => station_bundles += 1,
                OfficeKind::Branch | OfficeKind::County => branch_bundles += 1,
            }
        }
        self.tell("merge", (total - 1, total), "")?;
        let bundles = self.bundles()?;
        let first = merge_paths(&mut county, self.host, bundles.clone())?;
        let scope = Scope { from: plan::first_day(), to: plan::last_day(), office: None };
        let first_totals = totals_of(&county, &scope)?;
        let second = merge_paths(&mut county, self.host, bundles)?;
        let totals = totals_of(&county, &scope)?;
        self.return_bundles(&mut county)?;
        drop(county);
        self.tell("done", (total, total), "")?;
        let stores = plan.offices.iter().filter_map(|office| listing(&self.store_dir(office))).collect();
        let passphrase = PASSPHRASE.to_owned();
        Ok(SampleRun { stores, passphrase, first, second, first_totals, totals, station_bundles, branch_bundles })
    }

    fn tell(&self, stage: &str, (done, total): (u64, u64), detail: &str) -> Result<()> {
        let (stage, detail) = (stage.to_owned(), detail.to_owned());
        self.host.progress(&Progress { task: Task::Sample, stage, done, total: Some(total), detail });
        if self.host.cancelled() { Err(AppError::new("cancelled")) } else { Ok(()) }
    }

    fn store_dir(&self, office: &PlannedOffice) -> PathBuf {
        self.dir.join(office.code.to_string())
    }

    /// The county office and its own work.
    pub fn county(&self, plan: &SamplePlan) -> Result<Session> {
        let office = plan.offices.iter().find(|office| office.kind == OfficeKind::County);
        let office = office.ok_or_else(|| AppError::internal("a plan without a county"))?;
        let new = NewCounty {
            name: &office.name,
            area_code: plan.area_code,
            operator_name: &office.operator,
            passphrase: PASSPHRASE,
            sample: true,
        };
        let mut session = found_county(self.host, &self.store_dir(office), &new)?;
        self.work(&mut session, office)?;
        Ok(session)
    }

    /// An office joins, works for eight years, and puts its bundle on the stick.
    pub fn office(&self, county: &mut Session, office: &PlannedOffice) -> Result<()> {
        let input = InviteOffice {
            kind: office.kind,
            code: office.code.to_string(),
            name: office.name.clone(),
            out: String::new(),
        };
        let invited = write_invitation(county, self.host, &input, &self.dir.join(INVITATIONS))?;
        let (invitation, _) = Invitation::read(&fs::read(&invited.path)?)?;
        let joining = Joining { operator_name: &office.operator, passphrase: PASSPHRASE, sample: true };
        let mut session = enter(self.host, &self.store_dir(office), &invitation, &joining)?;
        self.work(&mut session, office)?;
        let county = session.county_id();
        let stick = self.dir.join(STICK);
        let to = To { office: &county, folder: &stick, entries_max: ENTRIES_A_FILE, attachments: true };
        export_to(&mut session, self.host, &to)?;
        Ok(())
    }

    fn bundles(&self) -> Result<Vec<PathBuf>> {
        crate::carry::bundles_in(&self.dir.join(STICK))
    }

    fn return_bundles(&self, county: &mut Session) -> Result<()> {
        for office in county.store.offices()? {
            if office.id != county.office_id() {
                let stick = self.dir.join(RETURN_STICK);
                let to = To { office: &office.id, folder: &stick, entries_max: ENTRIES_A_FILE, attachments: true };
                export_to(county, self.host, &to)?;
            }
        }
        Ok(())
    }

    /// Writes what an office did, in the order of the days.
    fn work(&self, session: &mut Session, office: &PlannedOffice) -> Result<()> {
        let mut events = Vec::new();
        let mut numbers = Vec::new();
        for complaint in &office.complaints {
            let year = complaint.complaint.received_on.map_or(0, CivilDate::year);
            numbers.push(format!("case:{}:{year}", office.code));
            self.complaint_events(complaint, &mut events)?;
        }
        let complaints: Vec<Uuid> =
            events.iter().filter(|event| event.kind == Kind::Complaint).map(|event| event.id).collect();
        for planned in &office.consultations {
            let mut consultation = planned.consultation.clone();
            consultation.complaint = planned.became.and_then(|at| complaints.get(at).copied());
            events.push(self.event(Kind::Consultation, consultation.asked_on, fields(&consultation))?);
        }
        for activity in &office.activities {
            events.push(self.event(Kind::Activity, activity.on, fields(activity))?);
        }
        for department in &office.departments {
            // Nothing is written after the plan's last day: the clock would seem to run behind.
            let end = CivilDate::new(department.year, 12, 31).ok().map(|end| end.min(plan::last_day()));
            events.push(self.event(Kind::Department, end, fields(department))?);
        }
        events.sort_by_key(|event| event.on);
        let (operator, own) = (session.operator, session.office_id());
        session.store.write_many(|gate| -> Result<()> {
            for number in &numbers {
                gate.count_up(number)?;
            }
            for event in events {
                let pen = Pen { operator, at: format!("{}T{}+08:00", event.on, event.clock) };
                pen.create(gate, own, event.kind, (event.id, event.fields))?;
            }
            Ok(())
        })?;
        session.store.search_catch_up(|_| true)?;
        Ok(())
    }

    fn complaint_events(&self, planned: &PlannedComplaint, events: &mut Vec<Event>) -> Result<()> {
        let complaint = self.event(Kind::Complaint, planned.complaint.received_on, fields(&planned.complaint))?;
        let id = complaint.id;
        let received = complaint.on;
        events.push(complaint);
        for step in &planned.steps {
            let step = redress_domain::record::Step { complaint: Some(id), ..step.clone() };
            events.push(self.event(Kind::Step, step.on.or(Some(received)), fields(&step))?);
        }
        let mut losses: Vec<Uuid> = Vec::new();
        for planned in &planned.losses {
            let mut loss = planned.loss.clone();
            loss.complaint = Some(id);
            loss.reverses = planned.reverses.and_then(|at| losses.get(at).copied());
            let event = self.event(Kind::Loss, loss.on.or(Some(received)), fields(&loss))?;
            losses.push(event.id);
            events.push(event);
        }
        Ok(())
    }

    fn event(&self, kind: Kind, on: Option<CivilDate>, fields: Map<String, Value>) -> Result<Event> {
        let on = on.unwrap_or_else(plan::first_day);
        let random: [u8; 10] = self.host.random()?;
        let minute = u32::from(random[0]) % 60;
        let hour = 8 + u32::from(random[1]) % 9;
        let millis = u64::try_from(i64::from(on.day_number()) * 86_400_000).unwrap_or(0) + u64::from(hour) * 3_600_000;
        let id = Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
        Ok(Event { kind, id, on, clock: format!("{hour:02}:{minute:02}:00"), fields })
    }
}

/// Something that an office wrote down on a day.
struct Event {
    kind: Kind,
    id: Uuid,
    on: CivilDate,
    clock: String,
    fields: Map<String, Value>,
}

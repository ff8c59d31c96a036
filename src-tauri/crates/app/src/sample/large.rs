//! A county as large as a bench wants it: the stations of the sample with more cases, each of a complaint, one step and
//! one loss. Not shown to users.

use std::fs;
use std::path::{Path, PathBuf};

use redress_domain::case_no::OfficeKind;

use redress_store::Store;

use super::build::{Building, PASSPHRASE};
use super::plan::{self, PlannedOffice, SamplePlan};
use crate::contract::MergeReport;
use crate::error::Result;
use crate::host::Host;
use crate::session::Session;

/// A large county, ready to be merged.
#[derive(Debug, Clone)]
pub struct Large {
    /// The county's store; empty but for its directory.
    pub county: PathBuf,
    /// The folder with the stations' bundles.
    pub stick: PathBuf,
    /// Complaints in them.
    pub complaints: usize,
}

/// Builds stations with `complaints` complaints in all, in a new folder, and exports them.
pub fn build_large(host: &dyn Host, dir: &Path, complaints: usize) -> Result<Large> {
    let building = Building { host, dir };
    let first = plan::plan(0);
    for folder in Building::FOLDERS {
        fs::create_dir_all(dir.join(folder))?;
    }
    let mut county = building.county(&bare(&first))?;
    let stations: Vec<&PlannedOffice> =
        first.offices.iter().filter(|office| office.kind == OfficeKind::Station).collect();
    let mut written = 0;
    let mut pools: Vec<SamplePlan> = Vec::new();
    for (number, station) in stations.iter().enumerate() {
        let share = complaints * (number + 1) / stations.len() - written;
        let mut office = PlannedOffice { complaints: Vec::new(), consultations: Vec::new(), ..(*station).clone() };
        let mut seed = 0;
        while office.complaints.len() < share {
            if pools.len() == seed {
                pools.push(plan::plan(seed as u64));
            }
            let left = share - office.complaints.len();
            office.complaints.extend(cases(&pools[seed], &office).take(left));
            seed += 1;
        }
        written += share;
        building.office(&mut county, &office)?;
    }
    let (county, stick) = (county.store.dir().to_owned(), dir.join(Building::FOLDERS[0]));
    Ok(Large { county, stick, complaints: written })
}

/// The county without anything of its own.
fn bare(plan: &SamplePlan) -> SamplePlan {
    let mut plan = plan.clone();
    for office in &mut plan.offices {
        (office.complaints, office.consultations) = (Vec::new(), Vec::new());
    }
    plan
}

/// The cases of all stations of a plan, cut to a complaint, its last step and one loss.
fn cases<'p>(plan: &'p SamplePlan, station: &PlannedOffice) -> impl Iterator<Item = plan::PlannedComplaint> + use<'p> {
    let code = station.code;
    let stations = plan.offices.iter().filter(move |office| office.kind == OfficeKind::Station && office.code >= code);
    stations.flat_map(|office| &office.complaints).filter(|case| !case.losses.is_empty()).map(|case| {
        let mut case = case.clone();
        case.steps = case.steps.pop().into_iter().collect();
        case.losses.truncate(1);
        case
    })
}

/// The county's desk, signed in.
pub struct LargeDesk(Session);

impl LargeDesk {
    /// Signs in; costs what a passphrase costs.
    pub fn open(large: &Large) -> Result<Self> {
        let (store, operator) = Store::open(&large.county, None, PASSPHRASE)?;
        Ok(Self(Session::new(store, operator)))
    }

    /// Merges all bundles on the stick.
    pub fn merge(&mut self, host: &dyn Host, large: &Large) -> Result<MergeReport> {
        let bundles = crate::carry::bundles_in(&large.stick)?;
        crate::carry::merge_paths(&mut self.0, host, bundles)
    }
}

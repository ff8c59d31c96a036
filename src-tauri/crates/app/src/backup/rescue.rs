//! A damaged store: whatever can still be read goes into a store of its own, and, at a station, into a bundle for the county.

use std::fs;
use std::path::{Path, PathBuf};

use super::restore::begin_anew;
use crate::App;
use crate::carry::{ENTRIES_A_FILE, To, export_to};
use crate::contract::{Done, RescueReport, RescueStore};
use crate::error::{AppError, Result};
use crate::host::Host;
use crate::session::{Session, unlock};

const FOLDER: &str = "redress-rescue";

/// `backup.rescue`. The damaged store is only read.
pub(crate) fn rescue(app: &mut App, input: RescueStore) -> Result<Done<RescueReport>> {
    let (dir, out) = (Path::new(&input.dir), PathBuf::from(input.out.trim()));
    if !out.is_dir() {
        return Err(AppError::new("path_missing").with("path", out.display()));
    }
    app.session = None;
    let host = app.host();
    let (operator, passphrase) = (input.operator.as_deref(), input.passphrase.text());
    let to = free_folder(&out);
    let rescued = unlock(host, dir, || redress_store::rescue(dir, (operator, passphrase), &to))?;
    let mut session = begin(host, &to, (operator, passphrase)).inspect_err(|_| drop(fs::remove_dir_all(&to)))?;
    let bundle = if session.is_county() {
        None
    } else {
        let office = session.county_id();
        let for_county = To { office: &office, folder: &out, entries_max: ENTRIES_A_FILE, attachments: true };
        // Without a county that is known there is nobody to write to; the rescued store is there all the same.
        export_to(&mut session, host, &for_county).ok().map(|exported| exported.path)
    };
    Done::read(RescueReport {
        path: to.display().to_string(),
        entries: rescued.entries,
        aside: rescued.aside,
        lost: rescued.lost,
        bundle,
    })
}

/// Opens what was rescued under a life of its own. Without the keys of this PC, which cannot be made anew, nothing goes on.
fn begin(host: &dyn Host, to: &Path, (operator, passphrase): (Option<&str>, &str)) -> Result<Session> {
    let mut session = Session::open(host, to, operator, passphrase)?;
    begin_anew(&mut session, host)?;
    Ok(session)
}

fn free_folder(out: &Path) -> PathBuf {
    let names = std::iter::once(FOLDER.to_owned()).chain((2_u32..).map(|number| format!("{FOLDER}-{number}")));
    names.map(|name| out.join(name)).find(|folder| !folder.exists()).unwrap_or_else(|| out.join(FOLDER))
}

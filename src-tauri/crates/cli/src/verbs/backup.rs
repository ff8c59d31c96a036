//! `redress backup`, `restore`, `rescue`: copies on another disk, and what a damaged store still gives.

use redress_app::Result;
use redress_app::contract::{AppState, BackupMade, MakeBackup, RescueReport, RescueStore, RestoreBackup};
use serde_json::json;

use crate::answer::Answer;
use crate::args::{Backup, Rescue, Restore};
use crate::desk::{Desk, absolute};
use crate::say::number;

/// Makes a verified copy.
pub fn make(desk: &mut Desk, args: Backup) -> Result<Answer> {
    desk.open()?;
    let out = args.out.as_deref().map(absolute).transpose()?;
    let made: BackupMade = desk.call("backup.make", MakeBackup { out })?;
    let text = desk.say.with("backup.made", &[("entries", &number(made.entries))]);
    Answer::new(&made, format!("{text}\n{}\n", made.path))
}

/// Brings a copy back into a new folder: the one of `--store`, or one under the data folder.
pub fn restore(desk: &mut Desk, args: Restore) -> Result<Answer> {
    let (path, dir) = (absolute(&args.backup)?, desk.named_store()?);
    let (operator, passphrase) = (desk.operator(), desk.passphrase()?.into());
    let state: AppState = desk.call("backup.restore", RestoreBackup { path, operator, passphrase, dir })?;
    let office = state.office.as_ref().map(|office| office.name.clone()).unwrap_or_default();
    Answer::new(&state, desk.say.with("line.restored", &[("office", &office)]) + "\n")
}

/// Reads what can be read of a damaged store.
pub fn rescue(desk: &mut Desk, args: Rescue) -> Result<Answer> {
    let dir = desk.store()?;
    let (operator, passphrase) = (desk.operator(), desk.passphrase()?.into());
    let out = absolute(&args.out)?;
    let report: RescueReport = desk.call("backup.rescue", RescueStore { dir, operator, passphrase, out })?;
    let told = [("entries", number(report.entries)), ("aside", number(report.aside)), ("lost", number(report.lost))];
    let told: Vec<(&str, &str)> = told.iter().map(|(name, count)| (*name, count.as_str())).collect();
    let mut text = format!("{}\n{}\n", desk.say.with("rescue.done", &told), report.path);
    if let Some(bundle) = &report.bundle {
        text += &format!("{}\n", desk.say.with("rescue.bundle", &[("path", bundle)]));
    }
    Answer::new(&json!(report), text)
}

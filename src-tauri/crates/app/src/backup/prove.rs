//! Hard case 78: once a month the newest copy is brought back for a trial, quietly. A copy that cannot be brought back is said
//! on the first screen while the store itself is still there.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, TimeDelta};
use redress_store::outside;

use super::make::last_folder;
use crate::App;
use crate::carry::LAST_BACKUP;
use crate::contract::{BackupProof, Done, Nothing, Progress, Task, Touched};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::session::Session;

/// Key of the time of the last trial.
const PROVED_AT: &str = "backup_proved_at";
/// Key of why it failed; empty when it went well.
const PROBLEM: &str = "backup_proof_problem";
const DAYS_BETWEEN: i64 = 30;

/// `backup.prove`. When nothing is due, or the copies are not at hand, nothing happens.
pub(crate) fn prove(app: &mut App, _: Nothing) -> Result<Done<BackupProof>> {
    let (session, host) = app.working()?;
    let Some(copy) = due(session, host.now())? else { return Done::read(proof(session, host.now())?) };
    host.progress(&Progress { task: Task::Backup, stage: "prove".into(), done: 0, total: None, detail: String::new() });
    let problem = attempt(session, host, &copy).err().map(|error| error.code).unwrap_or_default();
    let at = host.now_text();
    session.store.write(|gate| -> Result<()> {
        gate.put_local(PROVED_AT, at.as_bytes())?;
        Ok(gate.put_local(PROBLEM, problem.as_bytes())?)
    })?;
    Done::wrote(proof(session, host.now())?, &[Touched::Backup])
}

fn attempt(session: &Session, host: &dyn Host, copy: &Path) -> Result<u64> {
    let need: u64 = fs::read_dir(copy)?.flatten().filter_map(|file| Some(file.metadata().ok()?.len())).sum();
    if let Some(free) = host.free_bytes(session.store.dir()).filter(|free| *free < need) {
        return Err(AppError::new("disk_low").with("need", need).with("free", free));
    }
    Ok(session.store.prove_copy(copy)?)
}

/// What is known of the copies, for the first screen.
pub(crate) fn proof(session: &Session, now: DateTime<FixedOffset>) -> Result<BackupProof> {
    let due = !session.is_read_only() && due(session, now)?.is_some();
    Ok(BackupProof { due, at: kept(session, PROVED_AT)?, problem: kept(session, PROBLEM)? })
}

/// The copy that is to be brought back for a trial now; none when the last trial was not long ago or nothing is at hand.
fn due(session: &Session, now: DateTime<FixedOffset>) -> Result<Option<PathBuf>> {
    if kept(session, LAST_BACKUP)?.is_none() {
        return Ok(None);
    }
    let went_well = kept(session, PROBLEM)?.is_none();
    if went_well && kept(session, PROVED_AT)?.is_some_and(|at| is_recent(&at, now)) {
        return Ok(None);
    }
    let folder = last_folder(session)?.filter(|folder| folder.is_dir());
    Ok(folder.and_then(|folder| outside::newest_of(&folder, &session.store.identity().device)))
}

/// Whether a time is less than a month away. A clock that died says that it lies far ahead: then it is tried once more.
fn is_recent(at: &str, now: DateTime<FixedOffset>) -> bool {
    DateTime::parse_from_rfc3339(at).is_ok_and(|at| (now - at).abs() <= TimeDelta::days(DAYS_BETWEEN))
}

fn kept(session: &Session, key: &str) -> Result<Option<String>> {
    let kept = session.store.local(key)?.and_then(|kept| String::from_utf8(kept).ok());
    Ok(kept.filter(|kept| !kept.is_empty()))
}

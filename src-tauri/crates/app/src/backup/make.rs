//! Making a verified copy outside this store's own folder.

use std::path::{Path, PathBuf};

use redress_store::backup::Copied;
use redress_store::outside::Label;

use crate::App;
use crate::carry::LAST_BACKUP;
use crate::contract::{BackupMade, Done, MakeBackup, Progress, Task, Touched};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::session::Session;
use crate::settings::backup_folder;

/// Key of why the last copy that was to be made by itself was not made; empty when it was.
pub(crate) const PROBLEM: &str = "backup_problem";
/// Key of what the last copy held, and where it lies: nothing new needs no new copy.
const MARK: &str = "backup_mark";

/// `backup.make`.
pub(crate) fn make(app: &mut App, input: MakeBackup) -> Result<Done<BackupMade>> {
    let (session, host) = app.working()?;
    let named = input.out.as_deref().map(str::trim).filter(|out| !out.is_empty()).map(PathBuf::from);
    let folder = match named {
        Some(folder) => folder,
        None => backup_folder(session)?.ok_or_else(|| AppError::field("out", "required"))?,
    };
    if !folder.is_dir() {
        return Err(AppError::new("path_missing").with("path", folder.display()));
    }
    let copied = copy(session, host, &folder)?;
    let made = BackupMade { path: copied.path.display().to_string(), entries: copied.entries, at: host.now_text() };
    Done::wrote(made, &[Touched::Backup])
}

/// A copy in the chosen folder, when it is there and something is new. What goes wrong stops nobody's work: it is said on
/// the first screen.
pub(crate) fn by_itself(session: &mut Session, host: &dyn Host) {
    // Not even the note of it may turn what was done before into a failure.
    let _ = attempt(session, host);
}

fn attempt(session: &mut Session, host: &dyn Host) -> Result<()> {
    let Some(folder) = backup_folder(session)?.filter(|folder| folder.is_dir()) else { return Ok(()) };
    let kept = session.store.local(MARK)?.unwrap_or_default();
    if kept == mark(session, &folder)?.as_bytes() {
        return Ok(());
    }
    let problem = copy(session, host, &folder).err().map(|error| error.code).unwrap_or_default();
    session.store.write(|gate| -> Result<()> { Ok(gate.put_local(PROBLEM, problem.as_bytes())?) })
}

fn copy(session: &mut Session, host: &dyn Host, folder: &Path) -> Result<Copied> {
    let need = session.store.copy_bytes()?;
    if let Some(free) = host.free_bytes(folder).filter(|free| *free < need) {
        return Err(AppError::new("medium_full").with("need", need).with("free", free));
    }
    host.progress(&Progress { task: Task::Backup, stage: "copy".into(), done: 0, total: None, detail: String::new() });
    let office = session.office_view()?;
    let at = host.now_text();
    let label = Label {
        stem: format!("{}-{}", office.area_code, office.code),
        office_name: office.name,
        device: session.store.identity().device,
        made_at: at.clone(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        ..Label::default()
    };
    let copied = session.store.back_up_to(folder, &label)?;
    let mark = mark(session, folder)?;
    session.store.write(|gate| -> Result<()> {
        gate.put_local(LAST_BACKUP, at.as_bytes())?;
        gate.put_local(PROBLEM, b"")?;
        Ok(gate.put_local(MARK, mark.as_bytes())?)
    })?;
    Ok(copied)
}

/// The folder in which the last copy was made.
pub(super) fn last_folder(session: &Session) -> Result<Option<PathBuf>> {
    let mark = session.store.local(MARK)?.and_then(|kept| String::from_utf8(kept).ok()).unwrap_or_default();
    Ok(mark.splitn(3, ' ').nth(2).map(PathBuf::from))
}

/// Changes whenever an entry or a bundle came or went.
fn mark(session: &Session, folder: &Path) -> Result<String> {
    let (entries, _) = session.store.journal_counts()?;
    Ok(format!("{entries} {} {}", session.store.counter("bundle")?, folder.display()))
}

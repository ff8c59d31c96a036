//! What is set for this PC, and never carried.

use std::path::{Path, PathBuf};

use crate::App;
use crate::contract::{Done, Nothing, Settings, Touched};
use crate::error::{AppError, Result};
use crate::session::Session;

const BACKUP_FOLDER: &str = "backup_folder";
const LOCK_AFTER: &str = "lock_after_min";
const LOCK_AFTER_MIN: u32 = 15;
/// Longer is not locked at all.
const LOCK_AFTER_MIN_MAX: u32 = 240;

/// `settings.get`.
pub(crate) fn get(app: &mut App, _: Nothing) -> Result<Done<Settings>> {
    Done::read(current(app.session()?)?)
}

/// `settings.put`.
pub(crate) fn put(app: &mut App, input: Settings) -> Result<Done<Settings>> {
    let (session, _) = app.working()?;
    if !(1..=LOCK_AFTER_MIN_MAX).contains(&input.lock_after_min) {
        return Err(AppError::field("lock_after_min", "number_invalid"));
    }
    let folder = input.backup_folder.as_deref().unwrap_or_default().trim();
    let is_own = !folder.is_empty() && Path::new(folder).starts_with(session.store.dir());
    if is_own {
        return Err(AppError::field("backup_folder", "backup_inside"));
    }
    let minutes = input.lock_after_min.to_string();
    session.store.write(|gate| -> Result<()> {
        gate.put_local(BACKUP_FOLDER, folder.as_bytes())?;
        Ok(gate.put_local(LOCK_AFTER, minutes.as_bytes())?)
    })?;
    Done::wrote(current(session)?, &[Touched::Settings, Touched::State])
}

fn current(session: &Session) -> Result<Settings> {
    let folder = backup_folder(session)?.map(|folder| folder.display().to_string());
    Ok(Settings { lock_after_min: lock_after_min(session)?, backup_folder: folder })
}

/// Where copies are made by themselves.
pub(crate) fn backup_folder(session: &Session) -> Result<Option<PathBuf>> {
    let kept = session.store.local(BACKUP_FOLDER)?.and_then(|kept| String::from_utf8(kept).ok());
    Ok(kept.filter(|kept| !kept.is_empty()).map(PathBuf::from))
}

/// The window locks itself after so many idle minutes.
pub(crate) fn lock_after_min(session: &Session) -> Result<u32> {
    let kept = session.store.local(LOCK_AFTER)?.and_then(|kept| String::from_utf8(kept).ok());
    Ok(kept.and_then(|kept| kept.parse().ok()).unwrap_or(LOCK_AFTER_MIN))
}

//! A copy for a person of everything that is held about them: the records and their whole history, on the screen, on paper,
//! and as a file. That it was looked at is noted.

use std::fs;
use std::path::Path;

use super::Held;
use crate::App;
use crate::contract::{CopyPerson, Done, PersonCopy, Reveal, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;

/// `person.copy`.
pub(crate) fn copy(app: &mut App, input: CopyPerson) -> Result<Done<PersonCopy>> {
    let session = app.working()?.0;
    if input.records.is_empty() {
        return Err(AppError::field("records", "required"));
    }
    let (mut complaints, mut consultations) = (Vec::new(), Vec::new());
    let held: Vec<Held> = input.records.iter().map(|id| Held::require(session, id)).collect::<Result<_>>()?;
    let office_name = session.office_view()?.name;
    for one in &held {
        let whole = Reveal { id: one.id().to_string(), reason: input.reason.clone() };
        match one.complaint() {
            Some(_) => complaints.push(crate::complaint::reveal(app, whole)?.output),
            None => consultations.push(crate::consultation::reveal(app, whole)?.output),
        }
    }
    let at = app.host().now_text();
    let mut copy = PersonCopy { at, office_name, complaints, consultations, path: None };
    if let Some(out) = input.out.as_deref().map(str::trim).filter(|out| !out.is_empty()) {
        copy.path = Some(write(Path::new(out), &copy)?);
    }
    Done::wrote(copy, &[Touched::View])
}

/// Writes the copy beside whatever is there; gives the path.
fn write(folder: &Path, copy: &PersonCopy) -> Result<String> {
    if !folder.is_dir() {
        return Err(AppError::new("path_missing").with("path", folder.display()));
    }
    let stamp: String = copy.at.chars().filter(char::is_ascii_digit).take(14).collect();
    let path = folder.join(format!("person-{stamp}.json"));
    if path.exists() {
        return Err(AppError::new("file_name_taken").with("path", path.display()));
    }
    fs::write(&path, serde_json::to_vec_pretty(copy).map_err(AppError::internal)?)?;
    Ok(path.display().to_string())
}

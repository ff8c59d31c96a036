//! What lies in a folder: bundles, old and new, ours and not, beside whatever else is there.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use redress_bundle::{Header, key_id};
use uuid::Uuid;

use super::{EXTENSION, held};
use crate::App;
use crate::contract::{ByPaths, Done, ScannedBundle};
use crate::error::{AppError, Result};
use crate::session::{Names, Session};

/// `bundle.scan`.
pub(crate) fn scan(app: &mut App, input: ByPaths) -> Result<Done<Vec<ScannedBundle>>> {
    let session = app.session()?;
    let names = session.names()?;
    let files = bundle_files(&input.paths)?;
    Done::read(files.iter().map(|file| scanned(session, &names, file)).collect::<Result<_>>()?)
}

/// The bundles among files and folders, each once, in the order of their names. Nothing found is said in words.
pub(crate) fn bundle_files(paths: &[String]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths.iter().map(|path| path.trim()).filter(|path| !path.is_empty()) {
        let path = PathBuf::from(path);
        if path.is_dir() {
            files.extend(bundles_in(&path)?);
        } else if path.is_file() {
            files.push(path);
        } else {
            return Err(AppError::new("path_missing").with("path", path.display()));
        }
    }
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    if files.is_empty() {
        return Err(AppError::new("no_bundles").with("path", paths.join(", ")));
    }
    Ok(files)
}

/// The bundles directly in a folder, by name.
pub(crate) fn bundles_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let ours = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(EXTENSION));
        if ours && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Reads a bundle's header: its form, its length, its signature.
pub(crate) fn header(path: &Path) -> Result<Header> {
    let mut file = held::open(path)?;
    let bytes = file.metadata()?.len();
    Ok(Header::read(&mut file, bytes)?)
}

/// Why none of these keys opens a bundle: it is for somebody else, or for this office and another key.
pub(crate) fn not_readable(header: &Header, office: &Uuid, identities: &[age::x25519::Identity]) -> AppError {
    if header.to.office != *office {
        return AppError::new("bundle_not_for_us");
    }
    let have = identities.first().map(|identity| key_id(&identity.to_public()).to_string()).unwrap_or_default();
    let made_for: Vec<String> = header.keys.iter().map(ToString::to_string).collect();
    AppError::new("bundle_other_key").with("made_for", made_for.join(" ")).with("have", have)
}

fn scanned(session: &Session, names: &Names<'_>, path: &Path) -> Result<ScannedBundle> {
    let mut found = ScannedBundle {
        path: path.display().to_string(),
        file_name: file_name(path),
        from_name: String::new(),
        from_code: String::new(),
        number: 0,
        created_at: String::new(),
        bytes: fs::metadata(path).map_or(0, |facts| facts.len()),
        for_us: false,
        already_merged: false,
        part: 1,
        parts: 1,
        compare_code: String::new(),
        default: false,
        problem: None,
    };
    match header(path) {
        Ok(header) => {
            found.from_name = names.office(&header.from.office);
            found.from_code = names.office_code(&header.from.office);
            found.number = header.number;
            found.created_at = header.created_at.clone();
            let identities = session.age_identities()?;
            let meant = header.to.office == session.office_id();
            found.for_us = meant && header.names_a_key_of(&identities);
            found.problem = (!found.for_us && meant).then(|| not_readable(&header, &session.office_id(), &identities));
            found.already_merged = session.store.import_by_digest(&header.blake3.0)?.is_some();
            (found.part, found.parts) = header.place_in_set();
            found.compare_code = header.compare_code();
            let own = header.from.device == session.store.identity().device;
            found.default = found.for_us && !found.already_merged && !own;
        }
        Err(problem) => found.problem = Some(problem),
    }
    Ok(found)
}

//! Where things are: the project's folder and the build folder.

use std::path::{Path, PathBuf};

use crate::run::Outcome;

/// The project's top folder.
pub fn root() -> Outcome<PathBuf> {
    // Cargo says which clone it runs us for: a build folder that two clones share may hold the other one's build of us.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&here)
        .ancestors()
        .nth(2)
        .map(Path::to_path_buf)
        .ok_or_else(|| "the project's folder was not found".to_owned())
}

/// Where the built programs are: the folder this program itself runs from, so that a target folder set in the
/// environment or in a configuration file is found alike.
pub fn programs() -> Outcome<PathBuf> {
    let myself = std::env::current_exe().map_err(|error| format!("the build folder was not found: {error}"))?;
    myself.parent().map(Path::to_path_buf).ok_or_else(|| "the build folder was not found".to_owned())
}

/// The build folder, for what is kept between runs.
pub fn target() -> Outcome<PathBuf> {
    let programs = programs()?;
    programs.parent().map(Path::to_path_buf).ok_or_else(|| "the build folder was not found".to_owned())
}

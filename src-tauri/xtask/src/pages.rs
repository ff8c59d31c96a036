//! The UI's pages: installed and built only when what they are made from changed.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::place;
use crate::run::{Outcome, npm, run};

/// Kept beside the packages themselves, so that it goes when they go.
const INSTALLED: &str = "node_modules/.redress-installed";
const BUILT: &str = "node_modules/.redress-built";

/// What the pages are not made from.
const NOT_SOURCES: [&str; 2] = ["node_modules", "dist"];

/// Installs the UI's packages exactly as the lock file names them, unless that was done already.
pub fn install() -> Outcome {
    let ui = place::root()?.join("ui");
    let lock =
        fs::read_to_string(ui.join("package-lock.json")).map_err(|error| format!("ui/package-lock.json: {error}"))?;
    if is_stamped(&ui.join(INSTALLED), &lock) {
        println!("the UI's packages are up to date");
        return Ok(());
    }
    run(&mut npm(&["ci", "--no-audit", "--no-fund"])?)?;
    stamp(&ui.join(INSTALLED), &lock)
}

/// Builds the pages into `ui/dist`, unless nothing they are made from changed since the last time.
pub fn build() -> Outcome {
    let ui = place::root()?.join("ui");
    let sources = fingerprint(&ui)?;
    if is_stamped(&ui.join(BUILT), &sources) && ui.join("dist/index.html").exists() {
        println!("the pages are up to date");
        return Ok(());
    }
    run(&mut npm(&["run", "build"])?)?;
    stamp(&ui.join(BUILT), &sources)
}

fn is_stamped(file: &Path, content: &str) -> bool {
    fs::read_to_string(file).is_ok_and(|stamped| stamped == content)
}

fn stamp(file: &Path, content: &str) -> Outcome {
    fs::write(file, content).map_err(|error| format!("{}: {error}", file.display()))
}

/// One number for the names and bytes of every source of the pages.
fn fingerprint(ui: &Path) -> Outcome<String> {
    let mut files = Vec::new();
    collect(ui, &mut files).map_err(|error| format!("{}: {error}", ui.display()))?;
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.strip_prefix(ui).unwrap_or(&file).hash(&mut hasher);
        fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if NOT_SOURCES.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

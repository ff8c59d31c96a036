//! `cargo xtask gen`: the TypeScript types of the contract, written by the program that declares it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::place;
use crate::run::{Outcome, cargo, heading, run};

/// Writes the types into the UI, or with `--check` only compares them.
pub fn generate_or_check(words: &[String]) -> Outcome {
    let redress = cargo(&["run", "--quiet", "--package", "redress-cli", "--"])?;
    match words {
        [] => {
            heading("the contract's types");
            let folder = generated()?;
            write_into(redress, &folder)?;
            println!("written to {}", folder.display());
            Ok(())
        }
        [only] if only == "--check" => check(redress),
        _ => Err("cargo xtask gen takes no word but --check".to_owned()),
    }
}

/// Compares the types in the UI with those that `redress`, a command ready for its arguments, writes now.
pub fn check(redress: Command) -> Outcome {
    let (kept, fresh) = (generated()?, place::target()?.join("xtask-generated"));
    if fresh.exists() {
        fs::remove_dir_all(&fresh).map_err(|error| format!("{}: {error}", fresh.display()))?;
    }
    write_into(redress, &fresh)?;
    let differing = differences(&texts_in(&kept)?, &texts_in(&fresh)?);
    if differing.is_empty() {
        println!("the generated types are up to date");
        return Ok(());
    }
    Err(format!("The generated types are out of date ({}): run `cargo xtask gen`", differing.join(", ")))
}

fn generated() -> Outcome<PathBuf> {
    Ok(place::root()?.join("ui/src/api/generated"))
}

fn write_into(mut redress: Command, folder: &Path) -> Outcome {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    run(redress.args(["contract", "--out"]).arg(folder))
}

fn texts_in(folder: &Path) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let unreadable = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let text = fs::read(entry.path()).map_err(unreadable)?;
        texts.insert(entry.file_name().to_string_lossy().into_owned(), text);
    }
    Ok(texts)
}

/// Names of the files that only one side has or that differ.
fn differences(kept: &BTreeMap<String, Vec<u8>>, fresh: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut names: Vec<&String> = kept.keys().chain(fresh.keys()).collect();
    names.sort();
    names.dedup();
    names.into_iter().filter(|name| kept.get(*name) != fresh.get(*name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::differences;
    use std::collections::BTreeMap;

    #[test]
    fn a_changed_a_missing_and_a_left_over_file_are_named() {
        let side = |files: &[(&str, &str)]| -> BTreeMap<String, Vec<u8>> {
            files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
        };
        let kept = side(&[("a.ts", "1"), ("b.ts", "1"), ("old.ts", "1")]);
        let fresh = side(&[("a.ts", "1"), ("b.ts", "2"), ("new.ts", "1")]);
        assert_eq!(differences(&kept, &fresh), ["b.ts", "new.ts", "old.ts"]);
    }
}

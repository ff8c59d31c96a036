//! What a PC keeps: its store and its stick, in parts that can be compared with those of another moment.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use redress_bundle::{BundleError, Header, verify_rest};
use redress_store::search::Found;
use redress_store::{Store, StoreError, facts};

use crate::{Look, PASSPHRASE, Place};

/// The parts of what a PC keeps, by their names, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept(BTreeMap<&'static str, String>);

/// The only part of a PC without a store, beside its stick.
const NO_STORE: &str = "no store";

/// Longer words than this are ids of entries or keys.
const DRAWN_CHARS: usize = 55;

impl Kept {
    /// Opens the store at a place, checks it, and looks at everything. Fails when a store is there but not sound.
    pub fn at(place: &Place) -> Self {
        let mut parts = BTreeMap::from([("stick", stick(&place.stick()))]);
        match facts(&place.store()) {
            Err(StoreError::Missing) => drop(parts.insert(NO_STORE, String::new())),
            Err(error) => panic!("{}: {error}", place.store().display()),
            Ok(_) => parts.extend(store(place)),
        }
        Self(parts)
    }

    /// The same without what is drawn at random for every new store: its keys, and the ids of entries that name them.
    pub fn without_keys(mut self) -> Self {
        let drawn = |word: &&str| word.len() > DRAWN_CHARS;
        for part in self.0.values_mut() {
            let words = part.split(|letter: char| !letter.is_ascii_alphanumeric());
            for word in words.filter(drawn).map(str::to_owned).collect::<Vec<_>>() {
                *part = part.replace(&word, "~");
            }
        }
        self
    }

    /// The parts with these names from `later`, all others from here.
    pub fn with(&self, names: &[&str], later: &Self) -> Self {
        let mut mixed = self.clone();
        for (name, part) in later.0.iter().filter(|(name, _)| names.contains(name)) {
            mixed.0.insert(name, part.clone());
        }
        mixed
    }

    /// A part; empty when there is none.
    pub fn part(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The lines that differ, for a message.
    pub fn differences(&self, other: &Self) -> String {
        let mut told = Vec::new();
        for name in self.0.keys().chain(other.0.keys().filter(|name| !self.0.contains_key(*name))) {
            let (one, two) = (self.part(name), other.part(name));
            told.extend(one.lines().filter(|line| !two.contains(line)).map(|line| format!("{name} - {line}")));
            told.extend(two.lines().filter(|line| !one.contains(line)).map(|line| format!("{name} + {line}")));
        }
        told.join("\n")
    }
}

fn store(place: &Place) -> Vec<(&'static str, String)> {
    let (mut store, _) = Store::open(&place.store(), None, PASSPHRASE).expect("a store opens after whatever happened");
    store.search_catch_up(|_| true).expect("what signing in does first");
    let look = Look::at(&mut store);
    let lines = |rows: &BTreeMap<String, Vec<String>>| {
        rows.iter().flat_map(|(table, rows)| rows.iter().map(move |row| format!("{table} {row}"))).collect::<Vec<_>>()
    };
    let mut merged: Vec<_> = store.merged_digests().expect("bundles that came").into_iter().collect();
    merged.sort_unstable();
    let folder = store.local("carry_folder").expect("what a PC keeps").unwrap_or_default();
    let found = store.search("玉米种子", 100).expect("a search");
    let found = found.iter().map(|hit| match hit {
        Found::Complaint(row, _) => row.number.clone(),
        Found::Consultation(row, _) => row.content.clone(),
    });
    let mut invitations: Vec<_> = store.invitations().expect("invitations").into_iter().collect();
    invitations.sort_unstable_by_key(|(id, _)| *id);
    let entries: Vec<_> = look.entries.iter().map(|entry| format!("{entry:?}")).collect();
    vec![
        ("journal", format!("{}\n{:?}\n{} aside", entries.join("\n"), look.have, look.quarantined)),
        ("heard", format!("{:?}\n{merged:?}", look.heard)),
        ("rows", format!("{}\n{:?}", lines(&look.rows).join("\n"), look.decisions)),
        ("search", found.collect::<Vec<_>>().join("\n")),
        ("seals", format!("{:?}", look.sealed)),
        ("exported", format!("{:?}", store.last_export().expect("bundles that went"))),
        ("folder", String::from_utf8_lossy(&folder).replace(&place.root().display().to_string(), "")),
        ("invitations", invitations.iter().map(|row| format!("{row:?}")).collect::<Vec<_>>().join("\n")),
    ]
}

/// A line for each file: whole bundles by what they say, everything else by its content. Unfinished files are not told.
fn stick(folder: &Path) -> String {
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (name, path) = (entry.file_name().to_string_lossy().into_owned(), entry.path());
        if name.ends_with(".part") {
            continue;
        }
        let content = match path.extension().and_then(|ending| ending.to_str()) {
            Some("redress") => bundle(&path),
            Some("invite") => "an invitation".to_owned(),
            _ => blake3::hash(&fs::read(&path).expect("a file")).to_hex().to_string(),
        };
        lines.push(format!("{name}: {content}"));
    }
    lines.sort_unstable();
    lines.join("\n")
}

fn bundle(path: &Path) -> String {
    let whole = || {
        let mut file = File::open(path).map_err(BundleError::Io)?;
        let bytes = file.metadata().map_err(BundleError::Io)?.len();
        let header = Header::read(&mut file, bytes)?;
        verify_rest(&header, &mut file)?;
        Ok::<_, BundleError>(header)
    };
    let header = whole().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    format!("number {} from {}", header.number, header.from.office)
}

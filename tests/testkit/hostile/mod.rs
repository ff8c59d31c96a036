//! Hostile bundles: every fault that a file from outside can have, each in a bundle that is right in everything else, and
//! what a reader must say to it. The same faults are stored in `vectors/bundle/hostile/<code>/<name>.redress`, made once by
//! the program `vectors` with the keys of [`Forger::of_vectors`], and made anew in tests with the keys of whoever is known.
//!
//! * `forger`: bundles by hand · `header`, `envelope`, `text`: the faults, layer by layer · [`fuzz_bundle`]: anything at all

mod envelope;
mod forger;
mod fuzz;
mod header;
mod mutate;
mod text;

use std::path::{Path, PathBuf};

pub use forger::{Forger, ended, json_line, pack, page};
pub use fuzz::{Counts, fuzz_bundle, read_any};
pub use mutate::mutated;

/// A fault, and how to make a bundle that has it and no other.
pub struct Fault {
    /// The code of its refusal.
    pub code: &'static str,
    /// What is wrong.
    pub name: &'static str,
    /// Makes it.
    pub make: fn(&Forger) -> Vec<u8>,
    /// Whether it stands among the vectors: it is small.
    pub stored: bool,
}

impl Fault {
    const fn new(code: &'static str, name: &'static str, make: fn(&Forger) -> Vec<u8>) -> Self {
        Self { code, name, make, stored: true }
    }

    /// Too large to be stored, so it is made where it is needed.
    const fn large(code: &'static str, name: &'static str, make: fn(&Forger) -> Vec<u8>) -> Self {
        Self { code, name, make, stored: false }
    }

    /// Where it stands among the vectors.
    pub fn path(&self) -> PathBuf {
        folder().join(self.code).join(format!("{}.redress", self.name))
    }
}

/// The folder of the hostile vectors.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/bundle/hostile")
}

/// All faults.
pub fn faults() -> impl Iterator<Item = &'static Fault> {
    header::FAULTS.iter().chain(envelope::FAULTS).chain(text::FAULTS)
}

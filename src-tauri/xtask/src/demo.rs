//! `cargo xtask demo`: the sample county as real stores, carried, merged twice and reported, without a window.

use crate::run::{Outcome, cargo, heading, run};
use crate::system;

/// Where the sample county goes unless another folder is named.
const FOLDER: &str = "demo-county";

/// Builds the command line and lets it make the sample county; further words go to `redress sample` as they are.
pub fn demo(words: &[String]) -> Outcome {
    system::ensure(system::CORE)?;
    heading("the sample county");
    let mut command = cargo(&["run", "--package", "redress-cli", "--", "sample"])?;
    if !words.iter().any(|word| word == "--dir") {
        command.args(["--dir", FOLDER]);
    }
    run(command.args(words))
}

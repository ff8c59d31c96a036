//! `cargo xtask simulate`: histories of a county in which everything goes wrong, for as long as somebody likes.

use crate::run::{Outcome, cargo, heading, run};
use crate::system;

/// Builds the simulation and runs it; all words go to it as they are.
pub fn simulate(words: &[String]) -> Outcome {
    system::ensure(system::CORE)?;
    heading("the county simulation");
    run(cargo(&["run", "--package", "redress-tests", "--bin", "simulate", "--"])?.args(words))
}

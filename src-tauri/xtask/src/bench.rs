//! `cargo xtask bench NAME`: one budget, measured beside its yardstick in the same run.

use crate::run::{Outcome, cargo, heading, run};
use crate::system;

/// Builds the benches for release and runs the named one; further words, such as `--cases N`, go to it as they are.
pub fn bench(words: &[String]) -> Outcome {
    let Some(name) = words.first() else {
        return Err("Name what to measure, for example: cargo xtask bench merge".to_owned());
    };
    system::ensure(system::CORE)?;
    heading(&format!("bench {name}"));
    run(cargo(&["bench", "--package", "redress-tests", "--bench", "budgets", "--"])?.args(words))
}

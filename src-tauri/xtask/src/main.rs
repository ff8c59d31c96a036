//! The project's own commands: `cargo xtask app | test | demo | bench | simulate | gen`. Each does its own set-up.
//!
//! One file a verb; what they share is in `run` (commands), `system` (packages), `pages` (the UI) and `place` (folders).

mod app;
mod bench;
mod board;
mod demo;
mod gen_types;
mod journeys;
mod pages;
mod place;
mod run;
mod simulate;
mod system;
mod test;

use std::process::ExitCode;

use run::Outcome;

const USAGE: &str = "\
cargo xtask app                           sets up what is missing, builds the program and opens its window
cargo xtask test                          everything a change must pass, down to the journeys through the real window
cargo xtask test --only journeys [NAME]   just the journeys, or those whose file's name contains NAME
cargo xtask demo [--dir DIR]              builds the sample county in demo-county and prints its merge and its report
cargo xtask bench NAME [--cases N]        measures one budget beside its yardstick
cargo xtask simulate [--seconds N | --seed N] [--county]
                                          histories of a county in which everything goes wrong, as long as asked
cargo xtask gen [--check]                 writes (or compares) the TypeScript types of the contract";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match verb(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // The board of `test` has said everything already: its totals stay the very last line.
            if !message.is_empty() {
                eprintln!("{message}");
            }
            ExitCode::FAILURE
        }
    }
}

fn verb(words: &[String]) -> Outcome {
    let Some((verb, rest)) = words.split_first() else {
        return Err(USAGE.to_owned());
    };
    match verb.as_str() {
        "app" => app::app(),
        "test" => test::test(rest),
        "demo" => demo::demo(rest),
        "bench" => bench::bench(rest),
        "simulate" => simulate::simulate(rest),
        "gen" => gen_types::generate_or_check(rest),
        _ => Err(USAGE.to_owned()),
    }
}

//! `cargo xtask test`: everything a change must pass, from formatting to the journeys through the real window.

use std::env::consts::EXE_SUFFIX;
use std::process::Command;

use crate::board::{Board, Tally};
use crate::run::{Outcome, cargo, heading, npm, run, run_reading};
use crate::{gen_types, journeys, pages, place, system};

/// All of the workspace with one choice of features, so that the stages share what they build.
const EVERYTHING: [&str; 3] = ["--workspace", "--features", "redress-desktop/custom-protocol"];

/// Runs every stage, prints the board, and as the very last line how many tests passed and failed.
pub fn test() -> Outcome {
    system::ensure(system::TESTS)?;
    system::ensure_node()?;
    heading("the UI's packages");
    pages::install()?;
    let mut board = Board::default();
    board.stage("formatting", |_| run(&mut cargo(&["fmt", "--all", "--check"])?));
    board.stage("types of the UI", |_| run(&mut npm(&["run", "check"])?));
    board.stage("tests of the UI", |tally| count(&mut npm(&["test"])?, tally));
    // The program embeds the pages: nothing of it can be built, nor linted, before they are there.
    if board.stage("the pages", |_| pages::build()) {
        test_programs(&mut board);
    }
    board.close()
}

fn test_programs(board: &mut Board) {
    board.stage("clippy", |_| {
        run(cargo(&["clippy", "--all-targets"])?
            .args(EVERYTHING)
            .args(["--", "-D", "warnings"]))
    });
    if !board.stage("the programs", |_| {
        run(cargo(&["build", "--bins", "--tests"])?.args(EVERYTHING))
    }) {
        return;
    }
    board.stage("tests of the Rust code", |tally| {
        count(cargo(&["test", "--no-fail-fast"])?.args(EVERYTHING), tally)
    });
    board.stage("generated files", |_| {
        gen_types::check(Command::new(place::programs()?.join(format!("redress{EXE_SUFFIX}"))))
    });
    board.stage("journeys through the window", journeys::run_all);
}

fn count(command: &mut Command, tally: &mut Tally) -> Outcome {
    run_reading(command, |line| tally.add(Tally::of_line(line)))
}

//! `cargo xtask test`: everything a change must pass, from formatting to the journeys through the real window.

use std::env::consts::EXE_SUFFIX;
use std::process::Command;

use crate::board::{Board, Tally};
use crate::run::{Outcome, cargo, heading, npm, run, run_reading};
use crate::{gen_types, journeys, pages, place, system};

/// All of the workspace with one choice of features, so that the stages share what they build.
const EVERYTHING: [&str; 3] = ["--workspace", "--features", "redress-desktop/custom-protocol"];

const JOURNEYS: &str = "journeys through the window";

/// Runs every stage, prints the board, and as the very last line how many tests passed and failed. With
/// `--only journeys [NAME]` it runs just the journeys whose file's name contains `NAME`, and builds what they need.
pub fn test(words: &[String]) -> Outcome {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let board = match words.as_slice() {
        [] => everything()?,
        ["--only", "journeys"] => only_journeys("")?,
        ["--only", "journeys", name] => only_journeys(name)?,
        _ => return Err("cargo xtask test takes no words but --only journeys [NAME]".to_owned()),
    };
    board.close()
}

fn only_journeys(name: &str) -> Outcome<Board> {
    prepare()?;
    let mut board = Board::default();
    let built = board.stage("the pages", |_| pages::build())
        && board.stage("the programs", |_| run(cargo(&["build", "--bins"])?.args(EVERYTHING)));
    if built {
        board.stage(JOURNEYS, |tally| journeys::run_named(name, tally));
    }
    Ok(board)
}

fn prepare() -> Outcome {
    system::ensure(system::TESTS)?;
    system::ensure_node()?;
    heading("the UI's packages");
    pages::install()
}

fn everything() -> Outcome<Board> {
    prepare()?;
    let mut board = Board::default();
    board.stage("formatting", |_| run(&mut cargo(&["fmt", "--all", "--check"])?));
    board.stage("types of the UI", |_| run(&mut npm(&["run", "check"])?));
    board.stage("tests of the UI", |tally| count(&mut npm(&["test"])?, tally));
    board.stage("the screens of the UI", |_| run(&mut npm(&["run", "screens"])?));
    // The program embeds the pages: nothing of it can be built, nor linted, before they are there.
    if board.stage("the pages", |_| pages::build()) {
        test_programs(&mut board);
    }
    Ok(board)
}

fn test_programs(board: &mut Board) {
    board
        .stage("clippy", |_| run(cargo(&["clippy", "--all-targets"])?.args(EVERYTHING).args(["--", "-D", "warnings"])));
    if !board.stage("the programs", |_| run(cargo(&["build", "--bins", "--tests"])?.args(EVERYTHING))) {
        return;
    }
    board.stage("tests of the Rust code", |tally| count(cargo(&["test", "--no-fail-fast"])?.args(EVERYTHING), tally));
    board.stage("generated files", |_| {
        gen_types::check(Command::new(place::programs()?.join(format!("redress{EXE_SUFFIX}"))))
    });
    board.stage(JOURNEYS, |tally| journeys::run_named("", tally));
}

fn count(command: &mut Command, tally: &mut Tally) -> Outcome {
    run_reading(command, |line| tally.add(Tally::of_line(line)))
}

//! The board of a test run: each stage with its time and its outcome, and how many tests passed and failed.

use std::time::{Duration, Instant};

use crate::run::{Outcome, heading};

/// Tests that passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u32,
    pub failed: u32,
}

impl Tally {
    /// Adds another count to this one.
    pub fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Reads a closing line of one of our test runners; other lines count nothing.
    pub fn of_line(line: &str) -> Tally {
        let words: Vec<&str> =
            line.split(|c: char| c.is_whitespace() || c == ';').filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            // cargo test: "test result: ok. 12 passed; 0 failed; 0 ignored; …"
            ["test", "result:", ..] => Self::numbers_before(&words, ["passed", "failed"]),
            // vitest: "Tests  1 failed | 11 passed (12)"
            ["Tests", ..] => Self::numbers_before(&words, ["passed", "failed"]),
            // node --test: "ℹ pass 3", "ℹ fail 0"
            ["ℹ" | "#", "pass", passed] => Tally { passed: passed.parse().unwrap_or(0), failed: 0 },
            ["ℹ" | "#", "fail", failed] => Tally { passed: 0, failed: failed.parse().unwrap_or(0) },
            _ => Tally::default(),
        }
    }

    fn numbers_before(words: &[&str], [passed, failed]: [&str; 2]) -> Tally {
        let before = |name: &str| {
            let pair = words.windows(2).find(|pair| pair[1] == name);
            pair.and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
        };
        Tally { passed: before(passed), failed: before(failed) }
    }
}

/// One stage as it went.
struct Row {
    title: &'static str,
    took: Duration,
    problem: Option<String>,
    tally: Tally,
}

/// All stages of a run.
#[derive(Default)]
pub struct Board {
    rows: Vec<Row>,
}

impl Board {
    /// Runs a stage under its heading and keeps its time and outcome. A stage that fails does not stop the run: who
    /// mends one thing wants to know about the others too. Says whether it went well.
    pub fn stage(&mut self, title: &'static str, work: impl FnOnce(&mut Tally) -> Outcome) -> bool {
        heading(title);
        let mut tally = Tally::default();
        let start = monotonic_now();
        let problem = work(&mut tally).err();
        if let Some(problem) = &problem {
            println!("{problem}");
            // A stage that failed without a failed test still fails the run, and its last line must say so.
            tally.failed = tally.failed.max(1);
        }
        let went_well = problem.is_none();
        self.rows.push(Row { title, took: start.elapsed(), problem, tally });
        went_well
    }

    /// Prints the table of stages and, as the very last line, the totals.
    pub fn close(self) -> Outcome {
        heading("totals");
        let mut total = Tally::default();
        let mut problems = Vec::new();
        for row in self.rows {
            let mark = if row.problem.is_none() { "ok    " } else { "FAILED" };
            println!("{mark}  {:>9}  {}{}", seconds(row.took), row.title, in_words(row.tally));
            total.add(row.tally);
            problems.extend(row.problem.map(|problem| format!("{}: {problem}", row.title)));
        }
        println!();
        for problem in &problems {
            println!("{problem}");
        }
        println!("{} passed, {} failed", total.passed, total.failed);
        if problems.is_empty() { Ok(()) } else { Err(String::new()) }
    }
}

fn seconds(took: Duration) -> String {
    format!("{}.{} s", took.as_secs(), took.subsec_millis() / 100)
}

fn in_words(tally: Tally) -> String {
    if tally == Tally::default() {
        String::new()
    } else {
        format!(" ({} passed, {} failed)", tally.passed, tally.failed)
    }
}

#[expect(clippy::disallowed_methods, reason = "the board shows how long each stage took")]
fn monotonic_now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn the_closing_lines_of_the_three_runners_are_read() {
        let of = |line: &str| (Tally::of_line(line).passed, Tally::of_line(line).failed);
        assert_eq!(of("test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out"), (12, 3));
        assert_eq!(of("      Tests  1 failed | 11 passed (12)"), (11, 1));
        assert_eq!(of("      Tests  11 passed (11)"), (11, 0));
        assert_eq!(of(" Test Files  2 passed (2)"), (0, 0));
        assert_eq!(of("ℹ pass 3"), (3, 0));
        assert_eq!(of("ℹ fail 2"), (0, 2));
        assert_eq!(of("test domain::money ... ok"), (0, 0));
    }
}

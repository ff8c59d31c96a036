//! `cargo xtask simulate`: histories of a county for as long as somebody likes, each from a seed of its own. A history that
//! breaks a promise names its seed; `--seed` plays it again and tells it line by line.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use redress_tests::sim::{Size, Tally, retell, run};

const USAGE: &str = "simulate [--seconds N | --seed N] [--county]";

struct Wanted {
    seconds: u64,
    seed: Option<u64>,
    size: Size,
}

fn wanted(words: &[String]) -> Option<Wanted> {
    let mut wanted = Wanted { seconds: 60, seed: None, size: Size::LONG };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--seconds" => wanted.seconds = words.next()?.parse().ok()?,
            "--seed" => wanted.seed = Some(words.next()?.parse().ok()?),
            "--county" => wanted.size = Size::COUNTY,
            _ => return None,
        }
    }
    Some(wanted)
}

#[expect(clippy::disallowed_methods, reason = "a run that is asked to last so long must look at a clock")]
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some(wanted) = wanted(&words) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    if let Some(seed) = wanted.seed {
        print(&retell(seed, wanted.size, |line| println!("{line}")));
        return ExitCode::SUCCESS;
    }
    let end = Instant::now() + Duration::from_secs(wanted.seconds);
    let (mut tally, mut broken) = (Tally::default(), Vec::new());
    // From where the short histories of the tests end.
    for seed in 1_000_000.. {
        if Instant::now() >= end || broken.len() >= 5 {
            break;
        }
        match catch_unwind(AssertUnwindSafe(|| run(seed, wanted.size))) {
            Ok(one) => tally.add(&one),
            Err(_) => broken.push(seed),
        }
    }
    print(&tally);
    if broken.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("broken promises, play again with --seed: {broken:?}");
    ExitCode::FAILURE
}

fn print(tally: &Tally) {
    println!("histories           {:>9}", tally.histories);
    println!("entries at the end  {:>9}", tally.entries);
    println!("photos at the end   {:>9}", tally.attachments);
    println!("bundles written     {:>9}", tally.bundles);
    println!("merges with news    {:>9}", tally.merges);
    println!("bundles refused     {:>9}", tally.refused);
    println!("rounds of healing   {:>9}", tally.rounds);
    println!("left to decide      {:>9}", tally.to_decide);
    println!("faults");
    for (kind, count) in &tally.faults {
        println!("  {kind:<26}{count:>9}");
    }
}

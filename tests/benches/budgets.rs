//! The budgets of speed and memory, each measured beside its yardstick in the same run. `cargo xtask bench NAME`.
//!
//! A bench prints; it never fails for being slow.

mod host;
mod merge;
mod road;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let outcome = match words.first().map(String::as_str) {
        Some("merge") => merge::run(&words[1..]),
        Some("merge-child") => merge::child(&words[1..]),
        Some("road") => road::run(&words[1..]),
        _ => Err("Known benches: merge [--cases N], road".to_owned()),
    };
    if let Err(message) = outcome {
        eprintln!("{message}");
        std::process::exit(1);
    }
}

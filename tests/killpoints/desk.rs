//! A process that does one of the works at a place, and is killed at it: `killed-desk WORK FOLDER`. Only the tests of
//! `suite/kill_points.rs` start it.

use std::path::Path;

use redress_tests::{Place, Work};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [work, folder] = words.as_slice() else { panic!("killed-desk WORK FOLDER") };
    Work::named(work).run(&Place::new(Path::new(folder)), (0, 0), |_| ());
}

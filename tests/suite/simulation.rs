//! Short histories of a county in which everything goes wrong, many of them. Long ones: `cargo xtask simulate`.

use redress_tests::sim::{Size, Tally, run};

/// Histories of this run. Their seeds are the same everywhere, so that a failure here is a failure for everybody.
const HISTORIES: u64 = 2_000;
const LANES: u64 = 4;

fn lane(lane: u64) -> Tally {
    let mut tally = Tally::default();
    for seed in (0..HISTORIES).filter(|seed| seed % LANES == lane) {
        tally.add(&run(seed, Size::SHORT));
    }
    tally
}

#[test]
fn a_county_heals_whatever_happened_first_lane() {
    assert!(lane(0).merges > 0);
}

#[test]
fn a_county_heals_whatever_happened_second_lane() {
    assert!(lane(1).merges > 0);
}

#[test]
fn a_county_heals_whatever_happened_third_lane() {
    assert!(lane(2).merges > 0);
}

#[test]
fn a_county_heals_whatever_happened_fourth_lane() {
    assert!(lane(3).merges > 0);
}

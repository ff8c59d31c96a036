//! The sample county: eight years of an invented county committee, to try the program and to show it.
//! The plan is pure and seeded, so every machine makes the same county; no person and no business in it is real.

mod build;
mod cases;
mod chance;
mod course;
mod goods;
mod large;
mod names;
pub mod plan;
#[cfg(test)]
mod plan_tests;
mod yearly;

pub(crate) use build::create;
pub use build::{PASSPHRASE, SampleRun, build};
pub use large::{Large, LargeDesk, build_large};

//! Reading: lists, the work of the day, sums, the directory. Nothing here writes.

pub mod aside;
pub mod decisions;
pub mod directory;
pub mod lists;
pub mod related;
pub mod totals;
pub mod work;

//! One test binary over everything. A behaviour is a sentence; a module is a part of the house.

mod backups;
mod bundle_format;
mod command_line;
mod county_keys;
mod deadlines;
mod directory;
mod find;
mod fold;
mod forged;
mod hostile;
mod joining;
mod journal_vectors;
#[cfg(target_os = "linux")]
mod kill_points;
mod loop_;
mod masked;
mod matters;
mod merge_properties;
mod numbers;
mod packs;
mod people;
mod personal;
mod procedure;
mod revocation;
mod roles;
mod semantics;
mod simulation;
mod stick;
mod store_gate;
mod store_sums;
mod tidy;
mod transfers;
mod work;

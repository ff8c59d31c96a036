//! The store: SQLite, encrypted, with the journal as its truth and everything else as a projection of it.
//!
//! This crate alone speaks SQL. It must not know bundles, windows or clocks: entries come in as bytes, times as text.
//!
//! * `create`, [`open`]: a folder with database, key slots and lock · [`write`]: THE gate, through which every change goes
//! * `keys`, `slots`, `tries`: who can open it, and how · `lock`: one program at a time
//! * [`witness`]: a store that was brought back or copied is noticed · [`backup`], [`outside`], `migrate`: copies that are verified · `prove`: bringing one back for a trial · `damaged`, `rescue`: what a damaged one still gives
//! * [`journal`]: logs, entries, records · [`receive`]: stretches of logs from a bundle · [`peers`]: who has what
//! * [`attachments`]: bytes of photos and documents, by their BLAKE3
//! * [`timetable`]: rules and calendar with the county's packs
//! * `apply`, `case`, `listed`, `summary`, `indexes`: from entries to rows · [`query`]: lists and sums · [`search`] · [`check`] · [`counts`] · `understood`: after an update

mod apply;
pub mod attachments;
pub mod backup;
mod barred;
pub mod by_hand;
mod case;
pub mod check;
pub mod counts;
mod create;
mod damaged;
mod erase;
mod error;
mod files;
mod indexes;
pub mod join;
pub mod journal;
mod keys;
mod listed;
mod lock;
mod migrate;
mod misplaced;
pub mod open;
pub mod outside;
pub mod peers;
mod prove;
pub mod query;
pub mod receive;
mod rescue;
#[cfg(test)]
mod schema_tests;
pub mod search;
mod slots;
mod standing;
mod stories;
mod summary;
pub mod timetable;
mod tries;
mod typed;
mod understood;
pub mod undo;
pub mod views;
pub mod witness;
pub mod write;
pub mod yardstick;

pub use apply::Applied;
pub use create::NewStore;
pub use damaged::Condition;
pub use error::{Result, StoreError};
pub use files::digest;
pub use keys::{Holder, KeyCost, SlotKind};
pub use open::{Identity, Store, StoreFacts, facts};
pub use rescue::{Rescued, rescue};
pub use slots::{Unlocking, card_made_on, county_slot, operators};
pub use standing::Standing;
pub use tries::Tries;
pub use typed::{Parsed, Typed};
pub use witness::{Arrival, Surroundings};
pub use write::{Gate, case_counter};

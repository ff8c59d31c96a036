//! Worlds in one line: a county and its stations, each a real store of its own, driven through the program's commands
//! only; a clock to set for every desk, randomness from a seed, sticks to fill, to lose and to spoil; and [`sim`], where all of that happens by chance.
//!
//! It must not reach into stores except to look ([`Desk::look`]), and never write into one behind the program's back.

mod desk;
mod host;
pub mod hostile;
mod kept;
pub mod pictures;
mod signed;
pub mod sim;
mod works;
mod world;

pub use desk::{Desk, Look, PASSPHRASE, Typed};
pub use host::TestHost;
pub use kept::Kept;
pub use signed::signed_bundle;
pub use works::{Place, WORKS, Work};
pub use world::{World, copy_folder};

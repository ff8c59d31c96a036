//! Copies on another disk or a stick: made by a button and by itself, looked through before they are trusted, brought
//! back for a trial now and then, and brought back beside whatever is there.

mod find;
mod make;
mod prove;
mod rescue;
mod restore;

pub(crate) use find::find;
pub(crate) use make::{PROBLEM, by_itself, make};
pub(crate) use prove::{proof, prove};
pub(crate) use rescue::rescue;
pub(crate) use restore::restore;

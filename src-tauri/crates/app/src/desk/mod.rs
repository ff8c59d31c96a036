//! Help while somebody writes: when a period ends, whether a number can be right, what a form says so far.

mod deadline;
mod form;
mod numbers;
mod pack;
mod similar;

pub(crate) use deadline::deadline;
pub(crate) use form::check_form;
pub(crate) use numbers::check_numbers;
pub(crate) use pack::{import_pack, packs};
pub(crate) use similar::similar;

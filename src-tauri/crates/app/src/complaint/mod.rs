//! Complaints: registering, amending, the procedure's steps, the ledger, lists and the page of one complaint.

mod amend;
mod case;
mod get;
mod ledger;
mod list;
mod masked;
mod register;
mod step;
mod timeline;
mod today;

pub(crate) use amend::{ADDED_ON, amend, mark_addition, restore, withdraw};
pub(crate) use case::{Case, title_of};
pub(crate) use get::{get, reveal};
pub(crate) use ledger::{record_loss, reverse_loss};
pub(crate) use list::{PAGE_ROWS_MAX, day_of, list, parse_cursor, views};
pub(crate) use masked::{mask_consultation, mask_listed_conflict, mask_raw};
pub(crate) use register::register;
pub(crate) use step::{amend_step, record_step};
pub(crate) use today::today;

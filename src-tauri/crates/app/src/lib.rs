//! The use cases, one verb a file: validate, build, record. The window and the command line call nothing else.
//!
//! This crate must not know Tauri, terminals or clocks: [`Host`] brings what comes from outside. Every command is
//! declared once, in [`contract`].

mod activity;
mod backup;
mod business;
mod care;
mod carry;
mod clock;
mod complaint;
mod consultation;
pub mod contract;
mod decide;
mod desk;
mod directory;
mod error;
mod evidence;
mod host;
mod keys;
pub mod machine;
pub mod media;
mod people;
mod person;
mod recovery;
mod report;
pub mod roles;
pub mod sample;
mod session;
mod settings;
mod start;
mod telephone;
mod transfer;
mod views;

use std::sync::Arc;

use redress_domain::CivilDate;
use serde::Serialize;
use serde_json::Value;

pub use error::{AppError, Result};
pub use host::Host;
use host::HostExt;
use session::Session;

/// The program behind a window or a command line: at most one open store.
pub struct App {
    host: Arc<dyn Host>,
    session: Option<Session>,
}

/// The answer to a command: its output, and what it changed, so that whoever shows something knows what to show anew.
#[derive(Debug, Clone, Serialize)]
pub struct Reply {
    /// As the contract says.
    pub output: Value,
    /// Nouns of the contract.
    pub touched: Vec<String>,
}

impl App {
    /// A program with no store open.
    pub fn new(host: Arc<dyn Host>) -> Self {
        Self { host, session: None }
    }

    /// Answers a command of the contract.
    pub fn dispatch(&mut self, command: &str, payload: Value) -> Result<Reply> {
        contract::dispatch(self, command, payload)
    }

    /// Looks through the open store. One that cannot even be opened for reading any more is closed.
    pub(crate) fn look_again(&mut self) {
        self.session = self.session.take().and_then(|session| session.look_again().ok());
    }

    pub(crate) fn host(&self) -> &dyn Host {
        &*self.host
    }

    pub(crate) fn session(&self) -> Result<&Session> {
        self.session.as_ref().ok_or_else(|| AppError::new("not_signed_in"))
    }

    /// Which day it is at the open store; without one what the clock shows.
    pub(crate) fn today(&self) -> Result<CivilDate> {
        self.session.as_ref().map_or_else(|| self.host().clock_day(), |session| session.today(self.host()))
    }

    /// The open session, and the host beside it.
    pub(crate) fn working(&mut self) -> Result<(&mut Session, &dyn Host)> {
        let session = self.session.as_mut().ok_or_else(|| AppError::new("not_signed_in"))?;
        Ok((session, &*self.host))
    }
}

//! Where a verb works: the program with at most one open store, the words, and what was said for all commands.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use redress_app::contract::{AppState, OfficeBoardRow, OpenStore};
use redress_app::{App, AppError, Result};
use redress_domain::OfficeCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::args::Common;
use crate::environment::Environment;
use crate::host::ConsoleHost;
use crate::say::Say;

/// The place of work of one run.
pub struct Desk {
    /// The words of the language that is spoken.
    pub say: Arc<Say>,
    /// The outside world.
    pub host: Arc<ConsoleHost>,
    common: Common,
    env: Environment,
    secret: Option<fn(&str) -> io::Result<String>>,
    app: App,
}

impl Desk {
    /// A desk with no store open.
    pub fn new(
        common: Common,
        env: Environment,
        say: Arc<Say>,
        secret: Option<fn(&str) -> io::Result<String>>,
        bars: bool,
    ) -> Self {
        let host = Arc::new(ConsoleHost::new(say.clone(), (env.data_dir(), env.witness_dir()), bars));
        let app = App::new(host.clone());
        Self { say, host, common, env, secret, app }
    }

    /// Whether results are wanted as JSON.
    pub fn json(&self) -> bool {
        self.common.json
    }

    /// Calls a command of the contract.
    pub fn dispatch(&mut self, command: &str, payload: Value) -> Result<Value> {
        let reply = self.app.dispatch(command, payload);
        self.host.finish();
        Ok(reply?.output)
    }

    /// Calls a command of the contract with its own types.
    pub fn call<O: DeserializeOwned>(&mut self, command: &str, input: impl Serialize) -> Result<O> {
        let payload = serde_json::to_value(input).map_err(AppError::internal)?;
        // The payload is ours, so one that does not fit is a fault of the program and not of the caller.
        let output = self.dispatch(command, payload).map_err(|error| match error.code.as_str() {
            "bad_payload" | "unknown_command" => AppError::internal(format!("{command}: {}", error.code)),
            _ => error,
        })?;
        serde_json::from_value(output).map_err(AppError::internal)
    }

    /// Where the program stands before a store is opened.
    pub fn state(&mut self) -> Result<AppState> {
        self.call("app.state", json!({}))
    }

    /// Opens the store that is meant, with the passphrase from the environment or the terminal.
    pub fn open(&mut self) -> Result<AppState> {
        let dir = self.store()?;
        let passphrase = self.passphrase()?;
        self.call(
            "store.open",
            OpenStore { dir, passphrase: passphrase.into(), operator: self.common.operator.clone() },
        )
    }

    /// For JSON lines: opens the store if both it and its passphrase were given; the terminal is never asked.
    pub fn open_if_given(&mut self) -> Result<()> {
        match (self.named_store()?, self.given_passphrase()) {
            (Some(_), Some(_)) => self.open().map(drop),
            _ => Ok(()),
        }
    }

    /// The folder of `--store` or `REDRESS_STORE`, made absolute, because the program remembers it.
    pub fn named_store(&self) -> Result<Option<String>> {
        let named = self.common.store.as_deref().or_else(|| self.env.get("REDRESS_STORE"));
        named.map(absolute).transpose()
    }

    /// The store that was named, or the only one this user has.
    pub fn store(&mut self) -> Result<String> {
        if let Some(dir) = self.named_store()? {
            return Ok(dir);
        }
        let stores = self.state()?.stores;
        match stores.as_slice() {
            [] => Err(AppError::new("store_none")),
            [only] => Ok(only.dir.clone()),
            [first, ..] => Err(AppError::new("store_unclear").with("example", &first.dir)),
        }
    }

    /// Who is meant, when somebody was named.
    pub fn operator(&self) -> Option<String> {
        self.common.operator.clone()
    }

    fn given_passphrase(&self) -> Option<String> {
        self.env.get("REDRESS_PASSPHRASE").map(str::to_owned)
    }

    /// The passphrase from the environment or the terminal.
    pub fn passphrase(&self) -> Result<String> {
        self.given_passphrase().map_or_else(|| self.ask("line.passphrase"), Ok)
    }

    /// A passphrase for a new store: typed twice, because nobody sees it.
    pub fn new_passphrase(&self) -> Result<String> {
        if let Some(given) = self.given_passphrase() {
            return Ok(given);
        }
        let first = self.ask("line.passphrase_new")?;
        if self.ask("line.passphrase_again")? != first {
            return Err(AppError::new("passphrase_differs"));
        }
        Ok(first)
    }

    fn ask(&self, key: &str) -> Result<String> {
        let secret = self.secret.ok_or_else(|| AppError::new("passphrase_needed"))?;
        secret(&self.say.text(key)).map_err(|_| AppError::new("passphrase_needed"))
    }

    /// The id of the office with a code: this one, or one on the county's board.
    pub fn office_id(&mut self, state: &AppState, code: &str) -> Result<String> {
        if OfficeCode::parse(code).is_err() {
            return Err(AppError::field("office", "office_code_invalid"));
        }
        if let Some(own) = state.office.as_ref().filter(|office| office.code == code) {
            return Ok(own.id.clone());
        }
        let board: Vec<OfficeBoardRow> = self.call("office.list", json!({}))?;
        let row = board.into_iter().find(|row| row.code == code);
        row.map(|row| row.id).ok_or_else(|| AppError::field("office", "office_unknown"))
    }
}

/// A path that stays right wherever the program is started next.
pub fn absolute(path: &str) -> Result<String> {
    let path: PathBuf = std::path::absolute(path)?;
    path.into_os_string().into_string().map_err(|_| AppError::new("path_missing"))
}

//! What a verb gives back: the contract's own output, the same in words, and how it ended.

use redress_app::{AppError, Result};
use serde::Serialize;
use serde_json::Value;

use crate::Exit;

/// The result of a verb, before anything is printed.
pub struct Answer {
    /// As the contract says; printed with `--json`.
    pub output: Value,
    /// The same for people, ending in a line end.
    pub text: String,
    /// How it ended.
    pub exit: Exit,
    /// The verb has already written everything itself.
    pub spoken: bool,
}

impl Answer {
    /// A result that went well.
    pub fn new(output: &impl Serialize, text: String) -> Result<Self> {
        let output = serde_json::to_value(output).map_err(AppError::internal)?;
        Ok(Self { output, text, exit: Exit::Ok, spoken: false })
    }

    /// Nothing is left to print.
    pub fn spoken() -> Self {
        Self { output: Value::Null, text: String::new(), exit: Exit::Ok, spoken: true }
    }

    /// The same with another end.
    pub fn ending(self, exit: Exit) -> Self {
        Self { exit, ..self }
    }
}

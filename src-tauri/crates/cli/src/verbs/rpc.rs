//! `redress rpc`: every command of the contract as JSON lines. A line that is refused does not end the run.

use std::io::{BufRead, Read};

use redress_app::{AppError, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Console;
use crate::answer::Answer;
use crate::desk::Desk;

/// Far above any form a person fills in; a longer line is refused instead of filling the memory.
const LINE_BYTES_MAX: u64 = 16 * 1024 * 1024;

#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    id: Value,
    command: String,
    #[serde(default = "nothing")]
    payload: Value,
}

fn nothing() -> Value {
    json!({})
}

/// Answers line by line until the input ends.
pub fn run(desk: &mut Desk, console: &mut Console<'_>) -> Result<Answer> {
    desk.open_if_given()?;
    while let Some(line) = next_line(console.input)? {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let reply = answer(desk, &line);
        let told = writeln!(console.out, "{reply}").and_then(|()| console.out.flush());
        match told {
            Ok(()) => {}
            // Nobody reads any more.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => break,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Answer::spoken())
}

fn answer(desk: &mut Desk, line: &[u8]) -> Value {
    let request: Request = match serde_json::from_slice(line) {
        Ok(request) => request,
        Err(error) => return json!({ "id": null, "error": AppError::new("bad_payload").with("detail", error) }),
    };
    match desk.dispatch(&request.command, request.payload) {
        Ok(output) => json!({ "id": request.id, "ok": output }),
        Err(error) => json!({ "id": request.id, "error": error }),
    }
}

/// The next line without a limit on how many there are, but on how long each is.
pub(super) fn next_line(input: &mut dyn BufRead) -> Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    input.take(LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
    if line.len() as u64 == LINE_BYTES_MAX {
        return Err(AppError::new("line_too_long"));
    }
    Ok((!line.is_empty()).then_some(line))
}

//! `redress validate`: numbers from the input, one a line, each answered with `ok` or the reason.

use redress_app::Result;
use redress_app::contract::{CheckedNumbers, NumbersToCheck};
use redress_domain::checks::Checked;

use super::rpc::next_line;
use crate::Console;
use crate::answer::Answer;
use crate::args::Validate;
use crate::desk::Desk;

/// So many lines are read before they are answered, so that any length of input takes the same memory.
const LINES_AT_ONCE: usize = 1_000;

/// Answers every line; a number that cannot be right is an answer and no error.
pub fn run(desk: &mut Desk, args: Validate, console: &mut Console<'_>) -> Result<Answer> {
    loop {
        let lines = read_lines(console)?;
        if lines.is_empty() {
            return Ok(Answer::spoken());
        }
        let checked: CheckedNumbers = desk.call("number.check", NumbersToCheck { kind: args.kind.into(), lines })?;
        for one in &checked {
            writeln!(console.out, "{}", said(desk, one))?;
        }
    }
}

fn read_lines(console: &mut Console<'_>) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    while lines.len() < LINES_AT_ONCE {
        let Some(line) = next_line(console.input)? else { break };
        lines.push(String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']).to_owned());
    }
    Ok(lines)
}

fn said(desk: &Desk, checked: &Checked) -> String {
    if desk.json() {
        return serde_json::to_string(checked).unwrap_or_default();
    }
    match checked.fault {
        None => "ok".to_owned(),
        Some(fault) => desk.say.text(&format!("fieldErrors.check_{}", fault.as_str())),
    }
}

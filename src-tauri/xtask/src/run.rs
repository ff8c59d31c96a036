//! Runs other programs in plain sight: a heading before, their own output as it comes, a sentence when one fails.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::place;

/// What a step gives, or a sentence that says what went wrong and what to do.
pub type Outcome<T = ()> = Result<T, String>;

/// Prints what comes next, with an empty line before it.
pub fn heading(title: &str) {
    println!("\n── {title}");
}

/// `cargo` with these arguments, in the project's folder.
pub fn cargo(arguments: &[&str]) -> Outcome<Command> {
    // Cargo hands its own path to what it runs; the tools of one toolchain stay together.
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(place::root()?);
    Ok(command)
}

/// `npm` with these arguments, in the UI's folder.
pub fn npm(arguments: &[&str]) -> Outcome<Command> {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(arguments).current_dir(place::root()?.join("ui"));
    Ok(command)
}

/// Runs a command to its end; its output goes straight through.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.stdin(Stdio::null()).status().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", words_of(command))) }
}

/// Runs a command to its end, shows its output line by line as it comes, and hands each line to `read`.
pub fn run_reading(command: &mut Command, mut read: impl FnMut(&str)) -> Outcome {
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| not_started(command, &error))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            read(&line);
        }
    }
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", words_of(command))) }
}

/// What a command prints, or nothing when it cannot be run or fails. For questions to the system.
pub fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command as somebody would type it.
pub fn words_of(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(command.get_program());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` could not be run: {error}", words_of(command))
}

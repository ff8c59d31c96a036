//! The command line over the same use cases as the window.
//!
//! It reads arguments, asks for the passphrase, says what came back in words or as JSON, and turns the outcome into
//! an exit code. It must not have rules of its own: whatever it does is a command of [`redress_app::contract`].

mod answer;
mod args;
mod desk;
mod environment;
mod help;
mod host;
mod say;
mod table;
mod verbs;

use std::any::Any;
use std::ffi::OsString;
use std::io::{self, BufRead, ErrorKind, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use redress_app::AppError;
use serde_json::json;

use answer::Answer;
use args::Cli;
use desk::Desk;
pub use environment::Environment;
use say::Say;

/// How a run ended, as the code the process exits with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Ok = 0,
    /// Refused, because of what was given or how things stand; nothing changed.
    Refused = 1,
    /// The command line itself was not understood.
    Usage = 2,
    /// Something of a merge was refused; the rest was merged.
    PartlyRefused = 3,
    /// A check found differences.
    Differs = 4,
    /// A fault of the program.
    Internal = 70,
}

/// What a run reads and writes.
pub struct Console<'a> {
    /// Lines of `redress rpc`.
    pub input: &'a mut dyn BufRead,
    /// Results.
    pub out: &'a mut dyn Write,
    /// Errors.
    pub err: &'a mut dyn Write,
    /// Asks for something that is not shown; `None` where there is nobody to ask.
    pub secret: Option<fn(&str) -> io::Result<String>>,
    /// Whether progress bars may be drawn on the terminal.
    pub bars: bool,
}

/// Runs one command. `args` are the words after the program's name. Returns the exit code, see [`Exit`].
pub fn run(args: impl IntoIterator<Item = OsString>, env: &Environment, console: &mut Console<'_>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let say = Arc::new(Say::new(args::language(&args, env)));
    let exit = match help::parse(args, &say) {
        Ok(cli) => guarded(cli, env, say, console),
        Err(stop) => stop.tell(console),
    };
    // Whoever reads may stop reading (`redress report | head`): that is no fault of the run.
    match exit {
        Ok(exit) => exit as u8,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Exit::Ok as u8,
        Err(_) => Exit::Internal as u8,
    }
}

/// A panic must still end as an error in words, with the exit code of a fault.
fn guarded(cli: Cli, env: &Environment, say: Arc<Say>, console: &mut Console<'_>) -> io::Result<Exit> {
    let json = cli.common.json;
    let work = || {
        let mut desk = Desk::new(cli.common, env.clone(), say.clone(), console.secret, console.bars);
        verbs::run(&mut desk, cli.verb, console)
    };
    let answer = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(answer) => answer,
        Err(panic) => Err(AppError::internal(panic_text(panic.as_ref()))),
    };
    tell(answer, json, &say, console)
}

fn tell(answer: redress_app::Result<Answer>, json: bool, say: &Say, console: &mut Console<'_>) -> io::Result<Exit> {
    let exit = match answer {
        Ok(answer) if json && !answer.spoken => {
            writeln!(console.out, "{}", answer.output)?;
            answer.exit
        }
        Ok(answer) => {
            console.out.write_all(answer.text.as_bytes())?;
            answer.exit
        }
        Err(error) => {
            if json {
                writeln!(console.out, "{}", json!({ "error": error }))?;
            } else {
                console.err.write_all(say.error(&error).as_bytes())?;
            }
            if error.code == "internal" { Exit::Internal } else { Exit::Refused }
        }
    };
    console.out.flush()?;
    console.err.flush()?;
    Ok(exit)
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("panic")
}

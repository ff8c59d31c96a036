//! The program `redress`: hands the process to [`redress_cli::run`]. It must not decide anything.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use redress_cli::{Console, Environment, run};

fn main() -> ExitCode {
    let mut console = Console {
        input: &mut io::stdin().lock(),
        out: &mut io::stdout(),
        err: &mut io::stderr(),
        secret: io::stdin().is_terminal().then_some(ask),
        bars: io::stderr().is_terminal(),
    };
    ExitCode::from(run(std::env::args_os().skip(1), &Environment::of_process(), &mut console))
}

/// Asks on the terminal itself, so that the answer is neither shown nor part of what is piped.
fn ask(prompt: &str) -> io::Result<String> {
    rpassword::prompt_password(prompt)
}

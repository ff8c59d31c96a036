//! Help and usage errors in the language that is spoken: the words of [`crate::args`] with the sentences of `words/`.

use std::ffi::OsString;
use std::io;

use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};
use serde_json::json;

use crate::args::Cli;
use crate::say::Say;
use crate::{Console, Exit};

/// Why no command is run: help was asked for, or the words were not understood.
pub struct Stop {
    text: String,
    /// With `--json`: the code of a usage error.
    fault: Option<serde_json::Value>,
    exit: Exit,
}

impl Stop {
    /// Help goes to the results, an error to the errors, or as JSON to the results.
    pub fn tell(&self, console: &mut Console<'_>) -> io::Result<Exit> {
        match (&self.fault, self.exit) {
            (Some(fault), _) => writeln!(console.out, "{fault}")?,
            (None, Exit::Ok) => console.out.write_all(self.text.as_bytes())?,
            (None, _) => console.err.write_all(self.text.as_bytes())?,
        }
        Ok(self.exit)
    }
}

/// Understands the words after the program's name.
pub fn parse(args: Vec<OsString>, say: &Say) -> Result<Cli, Stop> {
    let json = args.iter().any(|arg| arg == "--json");
    let words = std::iter::once(OsString::from("redress")).chain(args);
    command(say)
        .try_get_matches_from(words)
        .and_then(|matches| Cli::from_arg_matches(&matches))
        .map_err(|error| stop(&error, json, say))
}

fn stop(error: &clap::Error, json: bool, say: &Say) -> Stop {
    let shown = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    let text = error.render().to_string();
    if shown {
        let asked = error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
        return Stop { text, fault: None, exit: if asked { Exit::Ok } else { Exit::Usage } };
    }
    let sentence = usage_sentence(error, say);
    let fault = json!({ "error": { "code": "usage", "params": { "detail": sentence }, "fields": [] } });
    let text = format!("{}\n{}\n", say.with("line.error", &[("text", &sentence)]), say.text("usage.advice"));
    Stop { text, fault: json.then_some(fault), exit: Exit::Usage }
}

fn usage_sentence(error: &clap::Error, say: &Say) -> String {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let key = match error.kind() {
        ErrorKind::MissingRequiredArgument => "usage.missing",
        ErrorKind::MissingSubcommand => "usage.missing_command",
        ErrorKind::UnknownArgument | ErrorKind::TooManyValues => "usage.unknown",
        ErrorKind::InvalidSubcommand => "usage.unknown_command",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "usage.value",
        ErrorKind::ArgumentConflict => "usage.conflict",
        ErrorKind::InvalidUtf8 => "usage.no_text",
        _ => "usage.other",
    };
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => context(ContextKind::InvalidSubcommand),
        _ => context(ContextKind::InvalidArg),
    };
    let (value, prior) = (context(ContextKind::InvalidValue), context(ContextKind::PriorArg));
    say.with(key, &[("what", &what), ("value", &value), ("prior", &prior)])
}

/// The command line with every explanation in the language that is spoken.
fn command(say: &Say) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).global(true);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let root = Cli::command().arg(help).arg(version).after_help(say.text("help.after"));
    explained(root, "help.redress", say)
}

fn explained(command: Command, path: &str, say: &Say) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let template = format!("{{about}}\n\n{}{{usage}}\n\n{{all-args}}{{after-help}}\n", say.text("help.usage"));
    let mut command = command
        .about(say.text(&format!("{path}.about")))
        .help_template(template)
        .subcommand_help_heading(say.text("help.commands"))
        .subcommand_value_name(say.text("help.command"))
        .mut_args(|arg| explained_arg(arg, path, say));
    for name in names {
        command = command.mut_subcommand(&name, |sub| explained(sub, &format!("{path}.{name}"), say));
    }
    command
}

/// The general explanation of an argument, unless its command has its own.
fn explained_arg(arg: Arg, path: &str, say: &Say) -> Arg {
    let id = arg.get_id().to_string();
    let own = format!("{path}.{id}");
    let key = if say.knows(&own) { own } else { format!("help.args.{id}") };
    let heading = if arg.is_positional() { "help.arguments" } else { "help.options" };
    let hides = arg.get_action().takes_values();
    arg.help(say.text(&key)).help_heading(say.text(heading)).hide_possible_values(hides)
}

#[cfg(test)]
mod tests {
    use super::command;
    use crate::say::{Say, Tongue};

    fn unexplained(command: &clap::Command, found: &mut Vec<String>) {
        let texts = command.get_arguments().map(|arg| (arg.get_id().to_string(), arg.get_help()));
        let about = std::iter::once((command.get_name().to_owned(), command.get_about()));
        for (name, text) in texts.chain(about) {
            let text = text.map(ToString::to_string).unwrap_or_default();
            if text.is_empty() || text.starts_with("help.") {
                found.push(format!("{}: {name}", command.get_name()));
            }
        }
        command.get_subcommands().for_each(|sub| unexplained(sub, found));
    }

    #[test]
    fn every_word_is_explained_in_both_languages() {
        for tongue in [Tongue::Zh, Tongue::En] {
            let command = command(&Say::new(tongue));
            let mut found = Vec::new();
            unexplained(&command, &mut found);
            assert_eq!(found, Vec::<String>::new(), "{tongue:?}");
            command.debug_assert();
        }
    }
}

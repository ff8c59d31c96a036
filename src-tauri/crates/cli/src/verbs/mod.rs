//! One file a verb: calls the contract, says what came back.

mod backup;
mod bundle_export;
mod bundle_inspect;
mod bundle_merge;
mod check;
mod contract;
mod deadline;
mod device;
mod evidence;
mod key;
mod office_create;
mod office_invite;
mod office_join;
mod report;
mod rpc;
mod sample;
mod search;
mod status;
mod validate;

use redress_app::Result;

use crate::Console;
use crate::answer::Answer;
use crate::args::{BundleVerb, OfficeVerb, Verb};
use crate::desk::Desk;

/// Does what the words say.
pub fn run(desk: &mut Desk, verb: Verb, console: &mut Console<'_>) -> Result<Answer> {
    match verb {
        Verb::Office(OfficeVerb::Create(args)) => office_create::run(desk, args),
        Verb::Office(OfficeVerb::Invite(args)) => office_invite::run(desk, args),
        Verb::Office(OfficeVerb::Join(args)) => office_join::run(desk, args),
        Verb::Status => status::run(desk),
        Verb::Bundle(BundleVerb::Export(args)) => bundle_export::run(desk, args),
        Verb::Bundle(BundleVerb::Merge(args)) => bundle_merge::run(desk, args),
        Verb::Bundle(BundleVerb::Inspect(args)) => bundle_inspect::run(desk, args),
        Verb::Device(verb) => device::run(desk, verb),
        Verb::Key(verb) => key::run(desk, verb),
        Verb::Evidence(verb) => evidence::run(desk, verb),
        Verb::Search(args) => search::run(desk, args),
        Verb::Deadline(args) => deadline::run(desk, args),
        Verb::Validate(args) => validate::run(desk, args, console),
        Verb::Report(args) => report::run(desk, args),
        Verb::Check => check::run(desk, "check"),
        Verb::Rebuild => check::run(desk, "rebuild"),
        Verb::Backup(args) => backup::make(desk, args),
        Verb::Restore(args) => backup::restore(desk, args),
        Verb::Rescue(args) => backup::rescue(desk, args),
        Verb::Rpc => rpc::run(desk, console),
        Verb::Contract(args) => contract::run(desk, args),
        Verb::Sample(args) => sample::run(desk, args),
    }
}

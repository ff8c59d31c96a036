//! `redress bundle inspect`: what a bundle says about itself, without taking anything in.

use redress_app::Result;
use redress_app::contract::{BundleFacts, ByPath, SignatureState};

use crate::answer::Answer;
use crate::args::Inspect;
use crate::desk::{Desk, absolute};
use crate::say::{minute, number, size};
use crate::table::facts;

/// Reads a bundle's header. Names, signature and recipient need a store that knows the offices.
pub fn run(desk: &mut Desk, args: Inspect) -> Result<Answer> {
    let path = absolute(&args.file)?;
    let known = desk.named_store()?.is_some();
    if known {
        desk.open()?;
    }
    let bundle: BundleFacts = desk.call("bundle.inspect", ByPath { path })?;
    let say = &desk.say;
    let unknown = || "—".to_owned();
    let signature = match bundle.signature {
        _ if !known => unknown(),
        SignatureState::Valid => say.text("line.signature_valid"),
        SignatureState::UnknownSender => say.text("errors.bundle_unknown_sender"),
        SignatureState::Invalid => say.text("errors.bundle_signature"),
    };
    let readable = if bundle.readable { "line.for_us" } else { "line.not_for_us" };
    let readable = if known { say.text(readable) } else { unknown() };
    let text = facts([
        (say.text("head.file"), bundle.file_name.clone()),
        (say.text("merge.from"), named(&bundle.from_name, &bundle.from_office)),
        (say.text("head.to"), named(&bundle.to_name, &bundle.to_office)),
        (say.text("merge.number"), bundle.number.to_string()),
        (say.text("merge.created"), minute(&bundle.created_at)),
        (say.text("merge.size"), size(bundle.bytes)),
        (say.text("head.entries"), bundle.entries.map_or_else(unknown, number)),
        (say.text("head.format"), bundle.format.to_string()),
        (say.text("head.compare_code"), bundle.compare_code.clone()),
        (say.text("head.signature"), signature),
        (say.text("head.readable"), readable),
    ]);
    Answer::new(&bundle, text)
}

/// An office's name where it is known, else its id.
fn named(name: &str, id: &str) -> String {
    if name.is_empty() { id.to_owned() } else { name.to_owned() }
}

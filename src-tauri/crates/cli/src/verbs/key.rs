//! `redress key`: the keys that read bundles, the county's escrow key in three envelopes, and a key file for the stock tools.

use redress_app::Result;
use redress_app::contract::{EscrowRestored, EscrowShares, ExportAudit, KeysView, RestoreEscrow, WrittenFile};
use serde_json::json;

use crate::answer::Answer;
use crate::args::KeyVerb;
use crate::desk::{Desk, absolute};
use crate::say::plain;

/// Does what is asked of the keys.
pub fn run(desk: &mut Desk, verb: KeyVerb) -> Result<Answer> {
    desk.open()?;
    match verb {
        KeyVerb::Show => {
            let keys: KeysView = desk.call("key.list", json!({}))?;
            Answer::new(&keys, shown(desk, &keys))
        }
        KeyVerb::Rotate => {
            let keys: KeysView = desk.call("county.rotate_key", json!({}))?;
            let text = format!("{}\n{}", desk.say.text("line.key_rotated"), shown(desk, &keys));
            Answer::new(&keys, text)
        }
        KeyVerb::ExportAudit(args) => {
            let file: WrittenFile = desk.call("key.export_audit", ExportAudit { out: absolute(&args.out)? })?;
            let written = desk.say.with("line.written", &[("path", &file.path)]);
            Answer::new(&file, format!("{written}\n{}\n", desk.say.text("line.key_file_next")))
        }
        KeyVerb::Split => split(desk),
        KeyVerb::Restore(args) => {
            let out = args.out.as_deref().map(absolute).transpose()?;
            let restored: EscrowRestored = desk.call("escrow.restore", RestoreEscrow { shares: args.shares, out })?;
            let mut text = format!("{}\n", desk.say.with("line.key_restored", &[("set", &restored.set)]));
            if let Some(path) = &restored.path {
                text += &format!("{}\n", desk.say.with("line.written", &[("path", path)]));
            }
            Answer::new(&restored, text)
        }
    }
}

fn shown(desk: &Desk, keys: &KeysView) -> String {
    let say = &desk.say;
    let mut lines = vec![(say.text("head.key"), keys.key_id.clone())];
    for former in &keys.former {
        let head = if former.escrow { "head.key_escrow" } else { "head.key_former" };
        lines.push((say.text(head), format!("{} {}", former.key_id, former.at)));
    }
    lines.extend(
        keys.escrow.iter().map(|escrow| (say.text("head.escrow_set"), format!("{} {}", escrow.set, escrow.at))),
    );
    lines.iter().map(|(head, value)| format!("  {head}  {}\n", plain(value))).collect()
}

/// The shares are said once, and kept nowhere.
fn split(desk: &mut Desk) -> Result<Answer> {
    let made: EscrowShares = desk.call("escrow.create", json!({}))?;
    let say = &desk.say;
    let mut text = format!("{}\n", say.with("line.key_split", &[("set", &made.set)]));
    for share in &made.shares {
        text += &format!("  {} {}-{}\n    {}\n", say.text("head.share"), made.set, share.number, share.text);
    }
    text += &format!("{}\n", say.text("line.key_split_next"));
    Answer::new(&made, text)
}

//! `redress office invite`: an invitation file for a branch or a station.

use redress_app::Result;
use redress_app::contract::{InviteOffice, Invited};

use crate::answer::Answer;
use crate::args::Invite;
use crate::desk::{Desk, absolute};
use crate::table::facts;

/// Writes an invitation.
pub fn run(desk: &mut Desk, args: Invite) -> Result<Answer> {
    desk.open()?;
    let input = InviteOffice { kind: args.kind.into(), code: args.code, name: args.name, out: absolute(&args.out)? };
    let invited: Invited = desk.call("office.invite", input)?;
    let say = &desk.say;
    let lines = facts([
        (say.text("head.office"), format!("{} · {}", invited.office.code, invited.office.name)),
        (say.text("head.file"), invited.path.clone()),
        (say.text("head.compare_code"), invited.compare_code.clone()),
    ]);
    let text = format!("{}\n{lines}{}\n", say.text("office.invitedTitle"), say.text("line.invited_next"));
    Answer::new(&invited, text)
}

//! `redress office join`: becomes the office of an invitation, in a new store.

use redress_app::Result;
use redress_app::contract::{AppState, ByPath, InvitationView, JoinOffice};

use super::status::office_lines;
use crate::answer::Answer;
use crate::args::Join;
use crate::desk::{Desk, absolute};
use crate::table::facts;

/// Joins. The invitation is read first, so that a bad one is refused before a passphrase is asked for.
pub fn run(desk: &mut Desk, args: Join) -> Result<Answer> {
    let path = absolute(&args.invitation)?;
    let invitation: InvitationView = desk.call("invitation.read", ByPath { path: path.clone() })?;
    let input = JoinOffice {
        invitation: path,
        operator_name: args.operator,
        dir: desk.named_store()?,
        passphrase: desk.new_passphrase()?.into(),
    };
    let state: AppState = desk.call("office.join", input)?;
    let office = office_lines(desk, &state)?;
    let say = &desk.say;
    let code = facts([(say.text("head.compare_code"), invitation.compare_code)]);
    let text = format!("{}\n{office}{code}{}\n", say.text("line.joined"), say.text("line.joined_next"));
    Answer::new(&state, text)
}

//! `redress office create`: a county office in a new store.

use redress_app::Result;
use redress_app::contract::{AppState, CreateCounty};

use super::status::office_lines;
use crate::answer::Answer;
use crate::args::Create;
use crate::desk::Desk;

/// Sets up a county office.
pub fn run(desk: &mut Desk, args: Create) -> Result<Answer> {
    let input = CreateCounty {
        name: args.name,
        area_code: args.area,
        operator_name: args.operator,
        dir: desk.named_store()?,
        passphrase: desk.new_passphrase()?.into(),
    };
    let state: AppState = desk.call("county.create", input)?;
    let next = desk.say.text("line.created_next");
    let text = format!("{}\n{}{next}\n", desk.say.text("line.created"), office_lines(desk, &state)?);
    Answer::new(&state, text)
}

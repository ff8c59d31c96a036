//! `redress contract`: the types of the contract for the window. It needs no store.

use std::fs;
use std::path::Path;

use redress_app::Result;
use redress_app::contract::typescript;
use serde_json::json;

use crate::answer::Answer;
use crate::args::Contract;
use crate::desk::{Desk, absolute};

/// Writes `index.ts` into a folder.
pub fn run(desk: &mut Desk, args: Contract) -> Result<Answer> {
    let folder = absolute(&args.out)?;
    fs::create_dir_all(&folder)?;
    let file = Path::new(&folder).join("index.ts");
    fs::write(&file, typescript())?;
    let path = file.to_string_lossy();
    Answer::new(&json!({ "path": path }), desk.say.with("line.written", &[("path", &path)]) + "\n")
}

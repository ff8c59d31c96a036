//! `redress bundle export`: writes a bundle, or one for every office, and reads each back.

use redress_app::contract::{ExportAll, ExportBundle, Exported};
use redress_app::{AppError, Result};

use crate::answer::Answer;
use crate::args::Export;
use crate::desk::{Desk, absolute};
use crate::say::{Say, number, size};
use crate::table::{Table, left, right};

/// Exports. A bundle that does not read back as it was written is an error, whatever else went well.
pub fn run(desk: &mut Desk, args: Export) -> Result<Answer> {
    let state = desk.open()?;
    let out = absolute(&args.out)?;
    let exported: Vec<Exported> = if args.all {
        desk.call("bundle.export_all", ExportAll { out })?
    } else {
        let office = args.office.map(|code| desk.office_id(&state, &code)).transpose()?;
        vec![desk.call("bundle.export", ExportBundle { out, office, entries_a_file: None })?]
    };
    if exported.iter().any(|bundle| !bundle.verified) {
        return Err(AppError::new("verify_failed"));
    }
    let text = format!("{}\n{}\n", shown(&desk.say, &exported), desk.say.text("carry.safeText"));
    match exported.as_slice() {
        [one] if !args.all => Answer::new(one, text),
        all => Answer::new(&all, text),
    }
}

fn shown(say: &Say, exported: &[Exported]) -> String {
    let mut table = Table::new([
        left(say.text("head.to")),
        right(say.text("merge.number")),
        right(say.text("merge.newEntries")),
        right(say.text("totals.cases")),
        right(say.text("merge.size")),
        left(say.text("head.compare_code")),
        left(say.text("head.file")),
    ]);
    for bundle in exported {
        table.row([
            bundle.to_name.clone(),
            bundle.number.to_string(),
            number(bundle.entries),
            number(bundle.complaints),
            size(bundle.bytes),
            bundle.compare_code.clone(),
            bundle.path.clone(),
        ]);
    }
    table.render()
}

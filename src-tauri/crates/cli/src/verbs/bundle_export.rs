//! `redress bundle export`: writes a bundle, or one for every office, and reads each back.

use redress_app::contract::{ExportAll, ExportBundle, Exported, MediumFormat, MediumReaders};
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
    let without_attachments = Some(args.without_photos);
    let exported: Vec<Exported> = if args.all {
        desk.call("bundle.export_all", ExportAll { out, without_attachments })?
    } else {
        let office = args.office.map(|code| desk.office_id(&state, &code)).transpose()?;
        vec![desk.call("bundle.export", ExportBundle { out, office, entries_a_file: None, without_attachments })?]
    };
    if exported.iter().any(|bundle| !bundle.verified) {
        return Err(AppError::new("verify_failed"));
    }
    let text = format!(
        "{}\n{}{}\n{}",
        shown(&desk.say, &exported),
        attachments(&desk.say, &exported),
        desk.say.text("carry.safeText"),
        readers(&desk.say, &exported),
    );
    match exported.as_slice() {
        [one] if !args.all => Answer::new(one, text),
        all => Answer::new(&all, text),
    }
}

/// How the stick is formatted, and a word of warning when the PC at the other end may not read it.
fn readers(say: &Say, exported: &[Exported]) -> String {
    let format = exported.first().and_then(|bundle| bundle.format.as_ref());
    format.map(|format| sentence(say, format) + "\n").unwrap_or_default()
}

fn sentence(say: &Say, format: &MediumFormat) -> String {
    let name = if format.name.is_empty() { "?" } else { &format.name };
    let key = match format.readers {
        MediumReaders::Everybody => "line.format",
        MediumReaders::Newer => "carry.readers.newer",
        MediumReaders::Linux => "carry.readers.linux",
        MediumReaders::Apple => "carry.readers.apple",
        MediumReaders::Unknown => "carry.readers.unknown",
    };
    say.with(key, &[("format", name)])
}

/// Which photos travel, and which stay for the next time.
fn attachments(say: &Say, exported: &[Exported]) -> String {
    let travel = exported.iter().map(|bundle| bundle.attachments).sum();
    let stay = exported.iter().map(|bundle| bundle.attachments_left).sum();
    let lines = [("carry.attachments", travel), ("carry.attachmentsLeft", stay)];
    lines.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| say.counted(key, count) + "\n").collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say::Tongue;

    #[test]
    fn whatever_a_stick_is_formatted_with_there_is_a_sentence_that_names_it() {
        use MediumReaders::{Apple, Everybody, Linux, Newer, Unknown};
        for tongue in [Tongue::Zh, Tongue::En] {
            for readers in [Everybody, Newer, Linux, Apple, Unknown] {
                let said = sentence(&Say::new(tongue), &MediumFormat { name: "NTFS".to_owned(), readers });
                assert!(said.contains("NTFS") && !said.contains('{'), "{said}");
            }
        }
    }
}

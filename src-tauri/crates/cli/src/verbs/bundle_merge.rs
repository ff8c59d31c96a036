//! `redress bundle merge`: takes in bundles, files or whole folders.

use redress_app::Result;
use redress_app::contract::{BundleOutcome, ByPaths, MergeReport, MergedBundle};

use crate::Exit;
use crate::answer::Answer;
use crate::args::Merge;
use crate::desk::{Desk, absolute};
use crate::say::{Say, number};
use crate::table::{Table, left, right};

/// Merges. What was refused does not harm the rest, but shows in the exit code.
pub fn run(desk: &mut Desk, args: Merge) -> Result<Answer> {
    let paths = args.paths.iter().map(|path| absolute(path)).collect::<Result<Vec<_>>>()?;
    desk.open()?;
    let report: MergeReport = desk.call("bundle.merge", ByPaths { paths })?;
    let text = bundles(&desk.say, &report.bundles) + "\n" + &summary(&desk.say, &report);
    let exit = if report.refused > 0 { Exit::PartlyRefused } else { Exit::Ok };
    Ok(Answer::new(&report, text)?.ending(exit))
}

fn bundles(say: &Say, bundles: &[MergedBundle]) -> String {
    let mut table = Table::new([
        left(say.text("merge.from")),
        right(say.text("merge.number")),
        right(say.text("merge.newEntries")),
        right(say.text("merge.had")),
        right(say.text("head.waiting")),
        right(say.text("head.quarantined")),
        left(say.text("merge.outcome")),
    ]);
    for bundle in bundles {
        let from = match (bundle.from_code.as_str(), bundle.from_name.as_str()) {
            ("", "") => bundle.file_name.clone(),
            (code, name) => format!("{code} {name}"),
        };
        table.row([
            from,
            bundle.number.to_string(),
            number(bundle.new_entries),
            number(bundle.already_had),
            number(bundle.waiting),
            number(bundle.quarantined),
            outcome(say, bundle),
        ]);
    }
    table.render()
}

fn outcome(say: &Say, bundle: &MergedBundle) -> String {
    let text = match bundle.outcome {
        BundleOutcome::Merged => say.text("merge.outcomes.merged"),
        BundleOutcome::AlreadyMerged => say.text("merge.outcomes.already_merged"),
        BundleOutcome::Refused => say.text("merge.outcomes.refused"),
    };
    match &bundle.problem {
        Some(problem) => say.with("line.field", &[("field", &text), ("text", &say.happened(problem))]),
        None => text,
    }
}

/// What is new and what became of the rest, one sentence a line.
pub fn summary(say: &Say, report: &MergeReport) -> String {
    let merged = report.bundles.iter().filter(|bundle| bundle.outcome != BundleOutcome::Refused).count();
    let key = if report.new_entries == 0 { "line.merged_nothing" } else { "line.merged" };
    let mut lines = vec![say.with(
        key,
        &[
            ("bundles", &number(merged as u64)),
            ("entries", &number(report.new_entries)),
            ("complaints", &number(report.new_complaints)),
            ("consultations", &number(report.new_consultations)),
        ],
    )];
    let before = report.bundles.iter().filter(|bundle| bundle.outcome == BundleOutcome::AlreadyMerged).count();
    let counted = [
        ("line.merged_before", before as u64),
        ("merge.alreadyHad", report.already_had),
        ("merge.waiting", report.waiting),
        ("merge.quarantined", report.quarantined),
        ("line.conflicts", report.conflicts),
        ("line.refused", report.refused),
        ("merge.attachments", report.attachments),
        ("merge.attachmentsDamaged", report.attachments_damaged),
        ("merge.attachmentsMissing", report.attachments_missing),
        ("merge.confirmedNow", report.confirmed_now),
    ];
    lines.extend(counted.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| say.counted(key, count)));
    lines.into_iter().map(|line| line + "\n").collect()
}

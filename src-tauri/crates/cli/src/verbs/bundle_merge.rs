//! `redress bundle merge`: takes in bundles, files or whole folders.

use redress_app::Result;
use redress_app::contract::{BundleOutcome, ByPaths, CountDiffers, Counted, CountsDiffer, MergeReport, MergedBundle};

use crate::Exit;
use crate::answer::Answer;
use crate::args::Merge;
use crate::desk::{Desk, absolute};
use crate::say::{Say, money, number};
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
    lines.extend(report.counts_differ.iter().flat_map(|found| differs(say, found)));
    lines.into_iter().map(|line| line + "\n").collect()
}

/// Both sides hold the same and count differently: what, on whose side, which records, and what to do.
fn differs(say: &Say, found: &CountsDiffer) -> Vec<String> {
    let comma = say.text("action.listComma");
    let counts: Vec<String> = found.counts.iter().map(|count| differing(say, count)).collect();
    let (happened, advice) = if found.own_fault {
        ("merge.differs.own", "merge.differs.ownAdvice")
    } else {
        ("merge.differs.other", "merge.differs.otherAdvice")
    };
    let (from, about) = (found.from_name.as_str(), found.about_name.as_str());
    let (bundle, counts) = (found.number.to_string(), counts.join(&comma));
    let params = [("from", from), ("about", about), ("number", &bundle), ("counts", &counts)];
    let mut lines = vec![say.with(happened, &params)];
    lines.extend(found.records.iter().map(|record| match (record.complaint, record.label.as_str()) {
        (_, "") => format!("  {}", record.id),
        (true, number) => format!("  {number}"),
        (false, day) => format!("  {}", say.with("merge.differs.consultation", &[("day", day)])),
    }));
    if found.more > 0 {
        lines.push(format!("  {}", say.counted("merge.differs.more", found.more)));
    }
    lines.push(say.with("line.advice", &[("text", &say.with(advice, &[("from", from)]))]));
    lines
}

fn differing(say: &Say, count: &CountDiffers) -> String {
    let shown = |count: u64| i64::try_from(count).map_or_else(|_| number(count), money);
    let (here, there) = match count.which {
        Counted::Complaints | Counted::Consultations => (number(count.here), number(count.there)),
        Counted::RecoveredFen => (shown(count.here), shown(count.there)),
    };
    let what = say.text(&format!("merge.differs.what.{}", count.which.as_str()));
    say.with("merge.differs.count", &[("what", &what), ("here", &here), ("there", &there)])
}

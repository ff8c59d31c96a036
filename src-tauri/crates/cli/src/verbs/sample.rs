//! `redress sample`: builds the sample county as real stores, merges its bundles twice, and shows that the second
//! merge changes nothing. The result is printed in both languages.

use std::path::Path;

use redress_app::Result;
use redress_app::contract::{StoreListing, Totals};
use redress_app::sample::{SampleRun, build};
use redress_domain::case_no::OfficeKind;
use serde_json::json;

use super::bundle_merge::summary;
use super::report::{self, Length, Whose};
use crate::answer::Answer;
use crate::args;
use crate::desk::{Desk, absolute};
use crate::say::{Say, Tongue, money, number, plain};
use crate::table::{Table, left};

/// Builds the county in a folder of its own.
pub fn run(desk: &mut Desk, args: args::Sample) -> Result<Answer> {
    let dir = absolute(&args.dir)?;
    let built = build(desk.host.clone(), Path::new(&dir));
    desk.host.finish();
    let sample = built?;
    let text = [Tongue::Zh, Tongue::En].map(|tongue| told(&Say::new(tongue), &sample)).join("\n");
    let output = json!({
        "dir": dir,
        "stores": sample.stores,
        "passphrase": sample.passphrase,
        "first": sample.first,
        "second": sample.second,
        "first_totals": sample.first_totals,
        "totals": sample.totals,
        "station_bundles": sample.station_bundles,
        "branch_bundles": sample.branch_bundles,
    });
    Answer::new(&output, text + &opening(&desk.say, &sample, &dir))
}

fn told(say: &Say, sample: &SampleRun) -> String {
    let bundles = [
        ("stations", &*number(sample.station_bundles)),
        ("branches", &*number(sample.branch_bundles)),
        ("stores", &*number(sample.stores.len() as u64)),
    ];
    let county = sample.stores.iter().find(|store| store.office_kind == OfficeKind::County);
    let name = county.map_or_else(|| say.text("totals.allOffices"), |county| county.office_name.clone());
    let title = |key| format!("━━ {} ━━\n", say.text(key));
    [
        title("sample.title"),
        say.with("sample.carried", &bundles) + "\n\n",
        title("sample.first"),
        summary(say, &sample.first) + &committee(say, &sample.first_totals) + "\n",
        title("sample.second"),
        summary(say, &sample.second) + &committee(say, &sample.totals) + "\n",
        title("sample.report"),
        report::text(say, &Whose { name, single: false }, &sample.totals, Length::Brief),
    ]
    .concat()
}

/// The committee's own figures in one sentence.
fn committee(say: &Say, totals: &Totals) -> String {
    say.with(
        "sample.committee",
        &[
            ("complaints", &number(totals.complaints)),
            ("consultations", &number(totals.consultations)),
            ("yuan", &money(totals.recovered_fen)),
        ],
    ) + "\n"
}

/// How to look at the stores that were left: one of each kind of office, and where the others are.
fn opening(say: &Say, sample: &SampleRun, dir: &str) -> String {
    let mut table = Table::new([left(say.text("head.office")), left(say.text("head.open_with"))]);
    let first_of = |kind| sample.stores.iter().find(|store| store.office_kind == kind);
    let shown: Vec<&StoreListing> =
        [OfficeKind::County, OfficeKind::Branch, OfficeKind::Station].into_iter().filter_map(first_of).collect();
    for store in &shown {
        table.row([store.office_name.clone(), format!("redress --store {} status", quoted(&store.dir))]);
    }
    let more = sample.stores.len().saturating_sub(shown.len());
    let more = say.with("sample.more", &[("count", &number(more as u64)), ("dir", dir)]);
    format!(
        "\n━━ {} ━━\n{}\n{}{more}\n",
        say.text("sample.open"),
        say.with("sample.passphrase", &[("passphrase", &sample.passphrase)]),
        table.render()
    )
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let harmless = |c: char| c.is_alphanumeric() || "/._-\\:".contains(c);
    if path.chars().all(harmless) { path.to_owned() } else { format!("'{}'", plain(&path.replace('\'', r"'\''"))) }
}

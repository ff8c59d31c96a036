//! What is carried: bundles to sticks, sticks to PCs, in whatever order, as often as somebody likes, to whomever.

use std::path::{Path, PathBuf};

use redress_app::contract::{BundleOutcome, MergeReport};
use serde_json::json;

use super::Simulation;

impl Simulation {
    pub(super) fn somebody_carries(&mut self) {
        match self.chance.below(8) {
            0..=2 => {
                let actor = self.some_station();
                self.exports(actor);
            }
            3 => self.county_exports(),
            4 | 5 => self.county_merges_some(),
            _ => {
                let actor = self.some_station();
                self.merges_some(actor);
            }
        }
    }

    /// One of a handful of sticks; what lies on it stays there.
    pub(super) fn stick(&mut self) -> PathBuf {
        let stick = self.folder.path().join(format!("stick-{}", self.chance.below(5)));
        std::fs::create_dir_all(&stick).expect("the temporary folder can be written");
        stick
    }

    pub(super) fn exports(&mut self, actor: usize) {
        let stick = self.stick();
        let entries_a_file = if self.chance.once_in(4) { json!(1 + self.chance.below(4)) } else { json!(null) };
        let form = json!({"out": stick, "office": null, "entries_a_file": entries_a_file});
        if let Some(exported) = self.ask(actor, "bundle.export", form) {
            let first = Path::new(exported["path"].as_str().expect("a bundle has a path")).to_owned();
            let more = exported["more"].as_array().cloned().unwrap_or_default();
            let more = more.iter().filter_map(|name| name.as_str()).map(|name| stick.join(name));
            let paths: Vec<PathBuf> = std::iter::once(first).chain(more).collect();
            self.tally.bundles += paths.len() as u64;
            self.bundles.extend(paths);
        }
    }

    pub(super) fn county_exports(&mut self) {
        let stick = self.stick();
        let written = self.ask(0, "bundle.export_all", json!({"out": stick})).unwrap_or_default();
        for bundle in written.as_array().into_iter().flatten() {
            self.tally.bundles += 1;
            self.bundles.push(PathBuf::from(bundle["path"].as_str().expect("a bundle has a path")));
        }
    }

    fn county_merges_some(&mut self) {
        let mut few = Vec::new();
        for _ in 0..=self.chance.below(3) {
            few.extend(self.chance.pick(&self.bundles.clone()).cloned());
        }
        self.merge(0, &few);
    }

    fn merges_some(&mut self, actor: usize) {
        let mut few = Vec::new();
        for _ in 0..=self.chance.below(2) {
            // The newest ones travel most; any old one may turn up.
            let recent = self.bundles.len().saturating_sub(8);
            let from = if self.chance.once_in(5) { 0 } else { recent };
            few.extend(self.chance.pick(&self.bundles[from..]).cloned());
        }
        self.merge(actor, &few);
    }

    /// Merges files at a PC. Whatever is refused must be refused for a reason that can be right.
    pub(super) fn merge(&mut self, actor: usize, files: &[PathBuf]) -> Option<MergeReport> {
        const RIGHTLY: [&str; 5] =
            ["bundle_own", "bundle_not_for_us", "bundle_other_key", "bundle_unknown_sender", "bundle_asks_to_join"];
        if files.is_empty() {
            return None;
        }
        let output = self.ask(actor, "bundle.merge", json!({"paths": files}))?;
        let report: MergeReport = serde_json::from_value(output).expect("a report");
        for bundle in report.bundles.iter().filter(|bundle| bundle.outcome == BundleOutcome::Refused) {
            let code = bundle.problem.as_ref().map(|problem| problem.code.clone()).unwrap_or_default();
            assert!(RIGHTLY.contains(&code.as_str()), "seed {}: {}: {code}", self.seed, bundle.file_name);
        }
        assert!(report.counts_differ.is_empty(), "seed {}: {:?}", self.seed, report.counts_differ);
        self.tally.refused += report.refused;
        self.tally.merges += u64::from(report.new_entries > 0);
        Some(report)
    }
}

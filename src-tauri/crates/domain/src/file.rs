//! The file of a case (卷宗): which papers must lie in it, and which as needed, by what happened.
//! It must not know whether they do: that is said by whoever files the case.

use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::codes::CodeLists;
use crate::date::CivilDate;
use crate::record::{Complaint, Step, StepKind};

/// One line of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FileItem {
    /// Code of list `file_item`.
    pub code: String,
    /// 必须; otherwise 按需.
    pub must: bool,
}

/// What happened, as far as papers follow from it.
struct Papers {
    mediated: bool,
    agent: bool,
    result: Option<StepKind>,
    written: bool,
    delegated: bool,
    confirmed: bool,
}

/// The table of contents in the order of the file: every line of the list that this case must or may have.
pub fn contents(complaint: &Complaint, steps: &[(Uuid, Step)], lists: &CodeLists, on: CivilDate) -> Vec<FileItem> {
    let papers = Papers::of(complaint, steps);
    let line = |code: &str| papers.must(code).map(|must| FileItem { code: code.to_owned(), must });
    lists.codes("file_item", on).filter_map(line).collect()
}

impl Papers {
    fn of(complaint: &Complaint, steps: &[(Uuid, Step)]) -> Papers {
        let has = |kind| steps.iter().any(|(_, step)| step.kind == Some(kind));
        let ended = [
            StepKind::Agreement,
            StepKind::Settled,
            StepKind::Refused,
            StepKind::Transferred,
            StepKind::Terminated,
            StepKind::Withdrawn,
        ];
        Papers {
            mediated: has(StepKind::Mediation) || has(StepKind::Agreement),
            agent: !complaint.agent_name.is_empty(),
            result: ended.into_iter().find(|kind| has(*kind)),
            written: steps.iter().any(|(_, step)| step.agreement_form == "AF01"),
            delegated: has(StepKind::Delegated),
            confirmed: has(StepKind::CourtConfirmation),
        }
    }

    /// Whether a paper must be there; `None` for one that this case cannot have. A code of a newer list is as needed.
    fn must(&self, code: &str) -> Option<bool> {
        let only = |applies: bool| applies.then_some(true);
        let agreed = self.result == Some(StepKind::Agreement);
        let settled = self.result == Some(StepKind::Settled);
        match code {
            "FI01" | "FI13" => Some(true),
            "FI02" | "FI03" | "FI07" => Some(self.mediated),
            "FI04" => Some(self.agent),
            "FI08" => only(agreed && self.written),
            "FI11" if self.confirmed => Some(true),
            "FI11" => agreed.then_some(false),
            "FI14" => only(agreed && !self.written),
            "FI15" => only(settled && self.written),
            "FI21" => only(self.result == Some(StepKind::Refused)),
            "FI22" => only(self.result == Some(StepKind::Transferred)),
            "FI23" => only(self.result == Some(StepKind::Terminated)),
            "FI24" => only(self.result == Some(StepKind::Withdrawn)),
            "FI25" => only(self.delegated),
            _ => Some(false),
        }
    }
}

/// The papers that must be there and were not found.
pub fn missing(contents: &[FileItem], found: &[String]) -> Vec<String> {
    contents.iter().filter(|item| item.must && !found.contains(&item.code)).map(|item| item.code.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "mediation, agreement AF01" -> the codes that must be in the file.
    fn must(story: &str, complaint: &Complaint) -> String {
        let step = |told: &str| {
            let mut words = told.split_whitespace();
            let kind = words.next().and_then(StepKind::parse);
            (Uuid::nil(), Step { kind, agreement_form: words.next().unwrap_or("").to_owned(), ..Step::default() })
        };
        let steps: Vec<(Uuid, Step)> = story.split(", ").map(step).collect();
        let on = CivilDate::parse_iso("2026-11-23").unwrap();
        let contents = contents(complaint, &steps, &CodeLists::built_in(), on);
        contents.into_iter().filter(|item| item.must).map(|item| item.code).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_must_lie_in_the_file_follows_from_what_happened() {
        let plain = Complaint::default();
        let table = [
            ("accepted, mediation, agreement AF01", "FI01 FI02 FI03 FI07 FI08 FI13"),
            ("accepted, mediation, agreement AF02", "FI01 FI02 FI03 FI14 FI07 FI13"),
            ("accepted, agreement AF01, court_confirmation", "FI01 FI02 FI03 FI07 FI08 FI11 FI13"),
            ("refused", "FI01 FI21 FI13"),
            ("transferred", "FI01 FI22 FI13"),
            ("accepted, mediation, terminated", "FI01 FI02 FI03 FI07 FI23 FI13"),
            ("withdrawn", "FI01 FI24 FI13"),
            ("settled AF01", "FI01 FI15 FI13"),
            ("delegated, mediation, agreement AF01", "FI01 FI25 FI02 FI03 FI07 FI08 FI13"),
        ];
        for (story, codes) in table {
            let mut expected: Vec<&str> = codes.split(' ').collect();
            expected.sort_unstable();
            let found = must(story, &plain);
            let mut found: Vec<&str> = found.split(' ').collect();
            found.sort_unstable();
            assert_eq!(found, expected, "{story}");
        }
        let by_agent = Complaint { agent_name: "某代理人".into(), ..Complaint::default() };
        assert!(must("refused", &by_agent).contains("FI04"));
    }

    #[test]
    fn a_paper_that_must_be_there_and_was_not_found_is_named() {
        let item = |code: &str, must| FileItem { code: code.into(), must };
        let contents = [item("FI01", true), item("FI05", false), item("FI07", true)];
        assert_eq!(missing(&contents, &["FI01".into()]), ["FI07"]);
    }
}

//! Code lists: stable codes with labels in two languages, some of them dated.
//! It must not drop a code it does not know: a newer program's code keeps its text.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

use crate::date::CivilDate;
use crate::initials;
use crate::packs::{self, PackError};

/// The language of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// 中文
    Zh,
    /// English
    En,
}

#[derive(Debug, Clone, Deserialize)]
struct Row {
    list: String,
    code: String,
    parent: String,
    label_zh: String,
    label_en: String,
    from: Option<CivilDate>,
    to: Option<CivilDate>,
}

impl Row {
    fn in_force(&self, on: CivilDate) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }
}

/// All lists of a pack, in the pack's order. Lists: nature, class, channel, request, evidence, respondent_type, id_type,
/// agreement_form, performance, refusal_ground, termination_ground, mediation_method, route, activity, consultation_way,
/// consultation_topic, satisfaction, town, told_how, other_route (the ways of the law that remain open), refusal_text and
/// termination_text (a ground in a sentence), file_item, volunteer_role, setting, review_result.
#[derive(Debug, Clone)]
pub struct CodeLists {
    lists: BTreeMap<String, Vec<Row>>,
}

/// One code as a window shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "Code")]
pub struct CodeView {
    /// The stable code.
    pub code: String,
    /// The code above it in the same list; `None` at the top.
    pub parent: Option<String>,
    /// Chinese label.
    pub label_zh: String,
    /// English label.
    pub label_en: String,
    /// The pinyin initials of the Chinese label, a group of possible letters for each character: "d j".
    #[serde(default)]
    pub initials: String,
    /// It can no longer be chosen; what was recorded with it keeps its name.
    #[serde(default)]
    pub over: bool,
}

/// Every list with the labels of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "CodeLists")]
pub struct CodeListsView {
    /// Codes by the name of their list.
    pub lists: BTreeMap<String, Vec<CodeView>>,
}

impl CodeLists {
    /// The lists shipped with the program.
    pub fn built_in() -> CodeLists {
        CodeLists::from_csv(packs::CATEGORIES).expect("the code lists shipped with the program are tested")
    }

    /// Reads a pack with the columns list, code, parent, label_zh, label_en, from, to.
    pub fn from_csv(text: &str) -> Result<CodeLists, PackError> {
        let mut lists: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        for row in csv::Reader::from_reader(text.as_bytes()).deserialize::<Row>() {
            let row = row.map_err(|e| PackError::new("categories", e))?;
            lists.entry(row.list.clone()).or_default().push(row);
        }
        Ok(CodeLists { lists })
    }

    /// The same with a pack over it: a code of the pack replaces the rows that the code had, a new code stands at the end of
    /// its list. No code goes: one that is over has a last day.
    pub fn with(mut self, pack: CodeLists) -> CodeLists {
        for (name, rows) in pack.lists {
            let list = self.lists.entry(name).or_default();
            let place = |code: &str| list.iter().position(|row| row.code == code).unwrap_or(list.len());
            let mut all: Vec<(usize, Row)> = rows.into_iter().map(|row| (place(&row.code), row)).collect();
            let is_new = |row: &Row| all.iter().any(|(_, other)| other.code == row.code);
            let kept: Vec<_> =
                list.iter().enumerate().filter(|(_, row)| !is_new(row)).map(|(n, row)| (n, row.clone())).collect();
            all.extend(kept);
            all.sort_by_key(|(at, _)| *at);
            *list = all.into_iter().map(|(_, row)| row).collect();
        }
        self
    }

    /// The names of the lists, for a pack that holds a few.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }

    /// Whether every code has both labels and stands below one that is there: what a pack must keep to, laid over `base`.
    pub fn fits_over(&self, base: &CodeLists) -> bool {
        let known = |list: &str, code: &str| code.is_empty() || self.contains(list, code) || base.contains(list, code);
        let whole = |row: &Row| {
            [&row.list, &row.code, &row.label_zh, &row.label_en].iter().all(|text| !text.trim().is_empty())
                && known(&row.list, &row.parent)
        };
        !self.lists.is_empty() && self.lists.values().flatten().all(whole)
    }

    fn rows(&self, list: &str) -> &[Row] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }

    /// Whether the list has the code, at any time.
    pub fn contains(&self, list: &str, code: &str) -> bool {
        self.rows(list).iter().any(|row| row.code == code)
    }

    /// The label a code had on a day; where none was in force then, its newest; an unknown code keeps its text.
    pub fn label<'a>(&'a self, list: &str, code: &'a str, on: CivilDate, lang: Lang) -> &'a str {
        let mut candidates = self.rows(list).iter().filter(|row| row.code == code);
        let newest = candidates.clone().next_back();
        match (candidates.find(|row| row.in_force(on)).or(newest), lang) {
            (Some(row), Lang::Zh) => &row.label_zh,
            (Some(row), Lang::En) => &row.label_en,
            (None, _) => code,
        }
    }

    /// The code above `code` in the list.
    pub fn parent(&self, list: &str, code: &str) -> Option<&str> {
        let row = self.rows(list).iter().find(|row| row.code == code)?;
        (!row.parent.is_empty()).then_some(row.parent.as_str())
    }

    /// The codes of a list that can be chosen on a day, in the pack's order.
    pub fn codes(&self, list: &str, on: CivilDate) -> impl Iterator<Item = &str> {
        self.rows(list).iter().filter(move |row| row.in_force(on)).map(|row| row.code.as_str())
    }

    /// Every list with the labels of one day; behind those that can be chosen, the codes that are over.
    pub fn view(&self, on: CivilDate) -> CodeListsView {
        let view = |(row, over): (&Row, bool)| CodeView {
            code: row.code.clone(),
            parent: (!row.parent.is_empty()).then(|| row.parent.clone()),
            label_zh: row.label_zh.clone(),
            label_en: row.label_en.clone(),
            initials: initials::groups(&row.label_zh),
            over,
        };
        let list = |rows: &Vec<Row>| {
            let in_force = rows.iter().filter(|row| row.in_force(on));
            let named = |code: &str| rows.iter().any(|row| row.code == code && row.in_force(on));
            let is_newest = |at: usize| !rows[at + 1..].iter().any(|later| later.code == rows[at].code);
            let over =
                rows.iter().enumerate().filter(|(at, row)| !named(&row.code) && is_newest(*at)).map(|(_, row)| row);
            in_force.map(|row| (row, false)).chain(over.map(|row| (row, true))).map(view).collect()
        };
        CodeListsView { lists: self.lists.iter().map(|(name, rows)| (name.clone(), list(rows))).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).unwrap()
    }

    #[test]
    fn a_dated_label_is_the_one_of_its_years() {
        let lists = CodeLists::built_in();
        let table = [
            ("nature", "N08", "2023-12-31", "人格尊严"),
            ("nature", "N08", "2024-01-01", "人格权益"),
            ("class", "S01", "2023-06-01", "生活、社会服务类"),
            ("class", "S01", "2026-06-01", "生活及社会服务类"),
            ("class", "G10-01", "2026-06-01", "种子、种苗"),
            ("nature", "N77", "2026-06-01", "N77"),
            ("no_such_list", "N01", "2026-06-01", "N01"),
        ];
        for (list, code, on, label) in table {
            assert_eq!(lists.label(list, code, day(on), Lang::Zh), label, "{code} on {on}");
        }
    }

    #[test]
    fn every_list_has_codes_once_a_day_with_both_labels_and_known_parents() {
        let lists = CodeLists::built_in();
        let names = "nature class channel request evidence respondent_type id_type agreement_form performance \
            refusal_ground termination_ground mediation_method route activity consultation_way consultation_topic \
            satisfaction town told_how other_route refusal_text termination_text file_item volunteer_role setting \
            review_result";
        for on in [day("2019-01-01"), day("2026-11-23")] {
            let view = lists.view(on);
            for name in names.split_whitespace() {
                let codes = view.lists.get(name).unwrap_or_else(|| panic!("{name} is missing"));
                let mut seen: Vec<&str> = codes.iter().map(|c| c.code.as_str()).collect();
                seen.sort_unstable();
                seen.dedup();
                assert_eq!(seen.len(), codes.len(), "{name}");
                for code in codes {
                    assert!(!code.label_zh.is_empty() && !code.label_en.is_empty(), "{}", code.code);
                    assert!(code.parent.as_ref().is_none_or(|p| seen.contains(&p.as_str())), "{}", code.code);
                }
            }
            assert_eq!(view.lists.len(), names.split_whitespace().count());
        }
        assert_eq!(lists.parent("class", "G10-01"), Some("G10"));
        assert_eq!(lists.codes("nature", day("2026-01-01")).count(), 10);
    }

    #[test]
    fn a_pack_changes_labels_adds_codes_at_the_end_and_takes_none_away() {
        const PACK: &str = "list,code,parent,label_zh,label_en,from,to\n\
            nature,N03,,价格,Price,,2026-12-31\n\
            nature,N03,,价格欺诈,Price fraud,2027-01-01,\n\
            nature,N20,,预付卡,Prepaid cards,2027-01-01,\n\
            class,G05-30,G05,扫地机器人,Robot vacuums,,\n";
        let pack = CodeLists::from_csv(PACK).unwrap();
        assert!(pack.fits_over(&CodeLists::built_in()));
        let lists = CodeLists::built_in().with(pack);
        let (before, after) = (day("2026-06-01"), day("2027-06-01"));
        assert_eq!(lists.label("nature", "N03", before, Lang::Zh), "价格");
        assert_eq!(lists.label("nature", "N03", after, Lang::Zh), "价格欺诈");
        let natures: Vec<&str> = lists.codes("nature", after).collect();
        assert_eq!((natures.len(), natures.get(2), natures.last()), (11, Some(&"N03"), Some(&"N20")));
        assert_eq!(lists.codes("nature", before).count(), 10);
        let still = lists.view(before).lists["nature"].last().map(|code| (code.code.clone(), code.over));
        assert_eq!(still, Some(("N20".to_owned(), true)));
        assert_eq!(lists.parent("class", "G05-30"), Some("G05"));
        for broken in ["nature,N30,,,No label,,", "class,G77-01,G77,无,None,,", ",N30,,无,None,,"] {
            let pack = CodeLists::from_csv(&format!("list,code,parent,label_zh,label_en,from,to\n{broken}\n")).unwrap();
            assert!(!pack.fits_over(&CodeLists::built_in()), "{broken}");
        }
    }

    #[test]
    fn a_label_comes_with_the_letters_it_is_found_by() {
        let view = CodeLists::built_in().view(day("2026-06-01"));
        let class = view.lists["class"].iter().find(|code| code.code == "G05-04").unwrap();
        assert_eq!((&*class.label_zh, &*class.initials), ("空调器类产品", "k dt q l c p"));
    }

    #[test]
    fn a_damaged_pack_is_an_error() {
        assert!(CodeLists::from_csv("list,code\nnature").is_err());
    }
}

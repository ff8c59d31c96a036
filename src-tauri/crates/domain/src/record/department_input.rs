//! What the county types for a member department's year.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Department;
use crate::codes::CodeLists;
use crate::date::CivilDate;
use crate::validate::{FieldError, Fields, SHORT_TEXT_MAX};

/// The first year anybody reports: the Consumer Protection Law is of 1993.
const YEAR_MIN: u32 = 1993;

/// The department form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DepartmentInput {
    pub department: String,
    pub year: String,
    pub complaints: String,
}

impl DepartmentInput {
    /// The record, or everything that is wrong.
    pub fn validate(&self, today: CivilDate, lists: &CodeLists) -> Result<Department, Vec<FieldError>> {
        let mut fields = Fields::new(today, lists);
        let department = fields.required_text("department", &self.department, SHORT_TEXT_MAX);
        fields.require("year", &self.year);
        let year = fields.count("year", self.year.trim().trim_end_matches('年')).unwrap_or_default();
        let this_year = today.year().unsigned_abs();
        if !self.year.trim().is_empty() && !(YEAR_MIN..=this_year).contains(&year) {
            fields.error("year", if year > this_year { "date_in_future" } else { "date_out_of_range" });
        }
        fields.require("complaints", &self.complaints);
        let complaints = fields.count("complaints", &self.complaints).unwrap_or_default();
        fields.finish(Department { department, year: year as i32, complaints, ..Department::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_ahead_and_a_missing_count_are_both_named() {
        let today = CivilDate::parse_iso("2026-11-23").unwrap();
        let input =
            DepartmentInput { department: "教体局".into(), year: "2027年".into(), complaints: String::new() };
        let errors = input.validate(today, &CodeLists::built_in()).unwrap_err();
        let codes: Vec<(&str, &str)> = errors.iter().map(|e| (e.field.as_str(), e.code.as_str())).collect();
        assert_eq!(codes, [("year", "date_in_future"), ("complaints", "required")]);
    }
}

//! What a clerk types for a volunteer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Volunteer;
use super::complaint_input::date_text;
use crate::codes::CodeLists;
use crate::date::CivilDate;
use crate::validate::{FieldError, Fields, FormCheck, NOTE_MAX, SHORT_TEXT_MAX};

/// The volunteer form; "" is not given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct VolunteerInput {
    pub name: String,
    pub roles: Vec<String>,
    pub phone: String,
    pub unit: String,
    pub since: String,
    pub until: String,
    pub note: String,
}

impl VolunteerInput {
    /// The record, or everything that is wrong. Required: the name and at least one role.
    pub fn validate_onto(
        &self,
        before: &Volunteer,
        today: CivilDate,
        lists: &CodeLists,
    ) -> Result<Volunteer, Vec<FieldError>> {
        let mut fields = Fields::new(today, lists);
        let volunteer = self.read(before, &mut fields);
        fields.finish(volunteer)
    }

    /// What can be said while it is typed.
    pub fn check(&self, today: CivilDate, lists: &CodeLists) -> FormCheck {
        let mut fields = Fields::new(today, lists);
        self.read(&Volunteer::default(), &mut fields);
        fields.into_check()
    }

    fn read(&self, before: &Volunteer, fields: &mut Fields) -> Volunteer {
        let volunteer = Volunteer {
            name: fields.required_text("name", &self.name, SHORT_TEXT_MAX),
            roles: fields.codes("roles", "volunteer_role", &self.roles, &before.roles),
            phone: fields.phone("phone", &self.phone),
            unit: fields.text("unit", &self.unit, SHORT_TEXT_MAX),
            since: fields.past_date("since", &self.since),
            until: fields.any_date("until", &self.until),
            note: fields.text("note", &self.note, NOTE_MAX),
            ..before.clone()
        };
        if volunteer.roles.is_empty() {
            fields.error("roles", "required");
        }
        if let (Some(since), Some(until)) = (volunteer.since, volunteer.until)
            && until < since
        {
            fields.error("until", "date_before_start");
        }
        volunteer
    }
}

impl From<&Volunteer> for VolunteerInput {
    fn from(v: &Volunteer) -> VolunteerInput {
        VolunteerInput {
            name: v.name.clone(),
            roles: v.roles.clone(),
            phone: v.phone.clone(),
            unit: v.unit.clone(),
            since: date_text(v.since),
            until: date_text(v.until),
            note: v.note.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_volunteer_has_a_name_and_a_role() {
        let today = CivilDate::parse_iso("2026-11-23").unwrap();
        let lists = CodeLists::built_in();
        let wrong = |input: &VolunteerInput| -> Vec<String> {
            let errors = input.validate_onto(&Volunteer::default(), today, &lists).err().unwrap_or_default();
            errors.into_iter().map(|e| format!("{} {}", e.field, e.code)).collect()
        };
        assert_eq!(wrong(&VolunteerInput::default()), ["name required", "roles required"]);
        let whole = VolunteerInput {
            name: "志愿者甲".into(),
            roles: vec!["VR01".into(), "VR03".into(), "VR01".into()],
            since: "2025-03-01".into(),
            until: "2025-02-01".into(),
            ..VolunteerInput::default()
        };
        assert_eq!(wrong(&whole), ["until date_before_start"]);
        let served = VolunteerInput { until: String::new(), ..whole };
        let volunteer = served.validate_onto(&Volunteer::default(), today, &lists).unwrap();
        assert_eq!(volunteer.roles, ["VR01", "VR03"]);
        assert_eq!(VolunteerInput::from(&volunteer).since, "2025-03-01");
    }
}

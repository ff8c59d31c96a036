//! What a clerk types for an activity.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::Activity;
use super::complaint_input::date_text;
use crate::codes::CodeLists;
use crate::date::CivilDate;
use crate::validate::{FieldError, Fields, FormCheck, LONG_TEXT_MAX, NOTE_MAX, SHORT_TEXT_MAX};

/// Kinds that are about one business: a talk, a trusted-consumption review.
pub const ABOUT_A_BUSINESS: [&str; 2] = ["AC02", "AC14"];

/// The activity form; "" is not given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ActivityInput {
    pub kind: String,
    pub on: String,
    pub until: String,
    pub title: String,
    pub place: String,
    pub setting: String,
    pub people: String,
    pub materials: String,
    pub firms: String,
    pub units: String,
    pub consultations: String,
    pub complaints: String,
    pub posts: String,
    pub business_name: String,
    pub business: Option<String>,
    pub attended: String,
    pub content: String,
    pub result: String,
    pub review_result: String,
    pub follow_up_by: String,
}

impl ActivityInput {
    /// The record, or everything that is wrong. Required: kind, day, title; for a talk and a review the business.
    pub fn validate(&self, today: CivilDate, lists: &CodeLists) -> Result<Activity, Vec<FieldError>> {
        self.validate_onto(&Activity::default(), today, lists)
    }

    /// As [`ActivityInput::validate`], for one that was recorded before: codes it already has, and fields this program does
    /// not know, stay.
    pub fn validate_onto(
        &self,
        before: &Activity,
        today: CivilDate,
        lists: &CodeLists,
    ) -> Result<Activity, Vec<FieldError>> {
        let mut fields = Fields::new(today, lists);
        let activity = self.read(before, &mut fields);
        fields.finish(activity)
    }

    /// What can be said while it is typed.
    pub fn check(&self, today: CivilDate, lists: &CodeLists) -> FormCheck {
        let mut fields = Fields::new(today, lists);
        self.read(&Activity::default(), &mut fields);
        fields.into_check()
    }

    fn read(&self, before: &Activity, fields: &mut Fields) -> Activity {
        fields.require("kind", &self.kind);
        fields.require("on", &self.on);
        if ABOUT_A_BUSINESS.contains(&self.kind.trim()) {
            fields.require("business_name", &self.business_name);
        }
        let business = self.business.as_deref().map(str::trim).filter(|id| !id.is_empty());
        let mut activity = Activity {
            kind: fields.code("kind", "activity", &self.kind, &before.kind),
            on: fields.past_date("on", &self.on),
            until: fields.past_date("until", &self.until),
            title: fields.required_text("title", &self.title, SHORT_TEXT_MAX),
            place: fields.text("place", &self.place, SHORT_TEXT_MAX),
            setting: fields.code("setting", "setting", &self.setting, &before.setting),
            business_name: fields.text("business_name", &self.business_name, SHORT_TEXT_MAX),
            business: business.and_then(|id| fields.id("business", id)),
            attended: fields.text("attended", &self.attended, NOTE_MAX),
            content: fields.text("content", &self.content, LONG_TEXT_MAX),
            result: fields.text("result", &self.result, LONG_TEXT_MAX),
            review_result: fields.code("review_result", "review_result", &self.review_result, &before.review_result),
            follow_up_by: fields.any_date("follow_up_by", &self.follow_up_by),
            ..before.clone()
        };
        if let (Some(on), Some(until)) = (activity.on, activity.until)
            && until < on
        {
            fields.error("until", "date_before_start");
        }
        self.read_counts(&mut activity, fields);
        activity
    }

    fn read_counts(&self, to: &mut Activity, fields: &mut Fields) {
        let mut count = |name: &str, text: &str| fields.count(name, text).unwrap_or_default();
        to.people = count("people", &self.people);
        to.materials = count("materials", &self.materials);
        to.firms = count("firms", &self.firms);
        to.units = count("units", &self.units);
        to.consultations = count("consultations", &self.consultations);
        to.complaints = count("complaints", &self.complaints);
        to.posts = count("posts", &self.posts);
    }
}

impl From<&Activity> for ActivityInput {
    fn from(a: &Activity) -> ActivityInput {
        let count = |number: u32| if number == 0 { String::new() } else { number.to_string() };
        ActivityInput {
            kind: a.kind.clone(),
            on: date_text(a.on),
            until: date_text(a.until),
            title: a.title.clone(),
            place: a.place.clone(),
            setting: a.setting.clone(),
            people: count(a.people),
            materials: count(a.materials),
            firms: count(a.firms),
            units: count(a.units),
            consultations: count(a.consultations),
            complaints: count(a.complaints),
            posts: count(a.posts),
            business_name: a.business_name.clone(),
            business: a.business.map(|id: Uuid| id.to_string()),
            attended: a.attended.clone(),
            content: a.content.clone(),
            result: a.result.clone(),
            review_result: a.review_result.clone(),
            follow_up_by: date_text(a.follow_up_by),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(input: &ActivityInput) -> Vec<String> {
        let today = CivilDate::parse_iso("2026-11-23").unwrap();
        let errors = input.validate(today, &CodeLists::built_in()).err().unwrap_or_default();
        errors.into_iter().map(|e| format!("{} {}", e.field, e.code)).collect()
    }

    #[test]
    fn a_talk_names_its_business_and_a_campaign_need_not() {
        let campaign = ActivityInput {
            kind: "AC04".into(),
            on: "2026-03-15".into(),
            title: "3·15宣传".into(),
            materials: "１２００".into(),
            ..ActivityInput::default()
        };
        assert_eq!(wrong(&campaign), Vec::<String>::new());
        let talk = ActivityInput { kind: "AC02".into(), until: "2026-03-14".into(), ..campaign };
        assert_eq!(wrong(&talk), ["business_name required", "until date_before_start"]);
        assert_eq!(wrong(&ActivityInput::default()), ["kind required", "on required", "title required"]);
    }

    #[test]
    fn an_activity_read_back_into_its_form_is_the_same() {
        let json = r#"{"kind":"AC77","on":"2026-03-15","title":"宣传","people":300,"later":1}"#;
        let before = crate::record::read::<Activity>(json).value;
        let today = CivilDate::parse_iso("2026-11-23").unwrap();
        let again = ActivityInput::from(&before).validate_onto(&before, today, &CodeLists::built_in()).unwrap();
        assert_eq!(again, before);
    }
}

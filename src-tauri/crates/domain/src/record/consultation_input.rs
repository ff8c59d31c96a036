//! What a clerk types into the consultation form.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Consultation;
use super::complaint_input::date_text;
use crate::codes::CodeLists;
use crate::date::CivilDate;
use crate::validate::{FieldError, Fields, FormCheck, LONG_TEXT_MAX, NOTE_MAX, SHORT_TEXT_MAX};

/// The consultation form; "" is not given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ConsultationInput {
    pub asked_on: String,
    pub way: String,
    pub asker_name: String,
    pub asker_phone: String,
    /// "" is one.
    pub persons: String,
    pub topic: String,
    pub content: String,
    pub answer: String,
    pub basis: String,
}

impl ConsultationInput {
    /// The record, or everything that is wrong. Required: day, way, topic, content.
    pub fn validate(&self, today: CivilDate, lists: &CodeLists) -> Result<Consultation, Vec<FieldError>> {
        let mut fields = Fields::new(today, lists);
        let consultation = self.read(&mut fields);
        fields.finish(consultation)
    }

    /// What can be said while it is typed.
    pub fn check(&self, today: CivilDate, lists: &CodeLists) -> FormCheck {
        let mut fields = Fields::new(today, lists);
        self.read(&mut fields);
        fields.into_check()
    }

    fn read(&self, fields: &mut Fields) -> Consultation {
        for (name, text) in [("asked_on", &self.asked_on), ("way", &self.way), ("topic", &self.topic)] {
            fields.require(name, text);
        }
        let persons = fields.count("persons", &self.persons);
        if persons == Some(0) {
            fields.error("persons", "number_invalid");
        }
        Consultation {
            asked_on: fields.past_date("asked_on", &self.asked_on),
            way: fields.code("way", "consultation_way", &self.way, ""),
            asker_name: fields.text("asker_name", &self.asker_name, SHORT_TEXT_MAX),
            asker_phone: fields.phone("asker_phone", &self.asker_phone),
            persons: persons.unwrap_or(1),
            topic: fields.code("topic", "consultation_topic", &self.topic, ""),
            content: fields.required_text("content", &self.content, LONG_TEXT_MAX),
            answer: fields.text("answer", &self.answer, LONG_TEXT_MAX),
            basis: fields.text("basis", &self.basis, NOTE_MAX),
            ..Consultation::default()
        }
    }
}

impl From<&Consultation> for ConsultationInput {
    fn from(c: &Consultation) -> ConsultationInput {
        ConsultationInput {
            asked_on: date_text(c.asked_on),
            way: c.way.clone(),
            asker_name: c.asker_name.clone(),
            asker_phone: c.asker_phone.clone(),
            persons: c.persons_counted().to_string(),
            topic: c.topic.clone(),
            content: c.content.clone(),
            answer: c.answer.clone(),
            basis: c.basis.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_count_of_persons_is_one_person() {
        let today = CivilDate::parse_iso("2026-11-23").unwrap();
        let input = ConsultationInput {
            asked_on: "今天".into(),
            way: "CW02".into(),
            topic: "CT02".into(),
            content: "网购退货怎么办".into(),
            ..ConsultationInput::default()
        };
        assert_eq!(input.validate(today, &CodeLists::built_in()).unwrap().persons, 1);
        let nobody = ConsultationInput { persons: "0".into(), ..input };
        assert_eq!(nobody.validate(today, &CodeLists::built_in()).unwrap_err()[0].code, "number_invalid");
    }
}

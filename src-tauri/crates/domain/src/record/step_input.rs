//! What a clerk types for a step, with the recovered loss that may belong to it: both are recorded or none.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::complaint_input::{date_text, yuan_text};
use super::{Loss, LossInput, MediationOutcome, Step, StepKind};
use crate::codes::CodeLists;
use crate::date::CivilDate;
use crate::validate::{FieldError, Fields, FormCheck, LONG_TEXT_MAX, NOTE_MAX, SHORT_TEXT_MAX};

/// The step form; "" is not given. Which fields a kind needs: [`StepInput::validate`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StepInput {
    pub complaint: String,
    pub kind: StepKind,
    pub on: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub ground: String,
    #[serde(default)]
    pub ground_text: String,
    #[serde(default)]
    pub told_how: String,
    #[serde(default)]
    pub told_on: String,
    #[serde(default)]
    pub receiver: String,
    #[serde(default)]
    pub receiver_contact: String,
    #[serde(default)]
    pub enclosures: String,
    #[serde(default)]
    pub pages: String,
    #[serde(default)]
    pub reply_by: String,
    #[serde(default)]
    pub delegator_accepted_on: String,
    #[serde(default)]
    pub consent_consumer_on: String,
    #[serde(default)]
    pub consent_respondent_on: String,
    #[serde(default)]
    pub time: String,
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub people: String,
    #[serde(default)]
    pub mediator: String,
    #[serde(default)]
    pub recorder: String,
    #[serde(default)]
    pub account: String,
    #[serde(default)]
    pub method: String,
    #[serde(default)]
    #[ts(type = r#""" | "agreed" | "failed" | "adjourned""#)]
    pub outcome: String,
    #[serde(default)]
    pub mediated_as: String,
    #[serde(default)]
    pub agreement_form: String,
    #[serde(default)]
    pub performance: String,
    #[serde(default)]
    pub terms: String,
    #[serde(default)]
    pub perform_by: String,
    /// Yuan.
    #[serde(default)]
    pub agreed: String,
    #[serde(default)]
    pub signed_consumer_on: String,
    #[serde(default)]
    pub signed_respondent_on: String,
    #[serde(default)]
    pub signed_mediator_on: String,
    #[serde(default)]
    pub sealed_on: String,
    #[serde(default)]
    pub effective_on: String,
    /// Yuan.
    #[serde(default)]
    pub performed: String,
    #[serde(default)]
    pub satisfaction: String,
    #[serde(default)]
    pub document_number: String,
    #[serde(default)]
    pub contents: Vec<String>,
    #[serde(default)]
    pub loss: Option<LossInput>,
}

/// A step that was typed right, and its loss.
#[derive(Debug, Clone, PartialEq)]
pub struct ValidStep {
    /// The step.
    pub step: Step,
    /// The loss recorded in the same write.
    pub loss: Option<Loss>,
}

/// Grounds that say nothing by themselves: what they mean here is written beside them.
const OTHER_GROUNDS: [&str; 2] = ["RC10", "TG99"];
/// Performance that was promised for a later day.
const PROMISED: &str = "PF02";

impl StepInput {
    /// The records, or everything that is wrong. Needed: a refusal and a termination their ground (and its words where
    /// the ground is "other"), a transfer its receiver, a delegation its authority and both consents, a mediation its
    /// outcome, an agreement its form (and a day where it is to be performed later), a suspension a note, a visit-back
    /// the satisfaction.
    pub fn validate(&self, today: CivilDate, lists: &CodeLists) -> Result<ValidStep, Vec<FieldError>> {
        self.validate_onto(&Step::default(), today, lists)
    }

    /// As [`StepInput::validate`], for a step that was recorded before: codes it already has, and fields this program does
    /// not know, stay.
    pub fn validate_onto(
        &self,
        before: &Step,
        today: CivilDate,
        lists: &CodeLists,
    ) -> Result<ValidStep, Vec<FieldError>> {
        let mut fields = Fields::new(today, lists);
        let step = self.read(before, &mut fields);
        let complaint = step.complaint;
        let loss = self.loss.as_ref().and_then(|loss| {
            let result = loss.validate_for(complaint, today, lists);
            fields.nested("loss", result)
        });
        if let Some(loss) = &loss
            && loss.complaint != complaint
        {
            fields.error("loss.complaint", "id_invalid");
        }
        fields.finish(ValidStep { step, loss })
    }

    /// What can be said while it is typed.
    pub fn check(&self, today: CivilDate, lists: &CodeLists) -> FormCheck {
        let mut fields = Fields::new(today, lists);
        let step = self.read(&Step::default(), &mut fields);
        if let Some(loss) = &self.loss {
            fields.nest("loss", loss.check_for(step.complaint, today, lists));
        }
        fields.into_check()
    }

    fn read(&self, before: &Step, fields: &mut Fields) -> Step {
        let complaint = fields.id("complaint", &self.complaint);
        fields.require("on", &self.on);
        self.require_by_kind(fields);
        let mut step = Step { complaint, kind: Some(self.kind), ..before.clone() };
        self.read_common(&mut step, before, fields);
        self.read_papers(&mut step, before, fields);
        self.read_agreement(&mut step, before, fields);
        step
    }

    fn require_by_kind(&self, fields: &mut Fields) {
        match self.kind {
            StepKind::Refused | StepKind::Terminated => {
                fields.require("ground", &self.ground)
                    && (!OTHER_GROUNDS.contains(&self.ground.trim())
                        || fields.require("ground_text", &self.ground_text))
            }
            StepKind::Transferred => fields.require("receiver", &self.receiver),
            StepKind::Delegated => {
                let needed = [
                    ("receiver", &self.receiver),
                    ("consent_consumer_on", &self.consent_consumer_on),
                    ("consent_respondent_on", &self.consent_respondent_on),
                ];
                needed.into_iter().fold(true, |all, (name, text)| fields.require(name, text) && all)
            }
            StepKind::Mediation => fields.require("outcome", &self.outcome),
            StepKind::Agreement => {
                fields.require("agreement_form", &self.agreement_form)
                    && (self.performance.trim() != PROMISED || fields.require("perform_by", &self.perform_by))
            }
            StepKind::Suspended => fields.require("note", &self.note),
            StepKind::VisitBack => fields.require("satisfaction", &self.satisfaction),
            StepKind::Accepted
            | StepKind::Settled
            | StepKind::Withdrawn
            | StepKind::Resumed
            | StepKind::Performed
            | StepKind::CourtConfirmation
            | StepKind::Archived => true,
        };
    }

    fn read_common(&self, to: &mut Step, before: &Step, fields: &mut Fields) {
        let grounds = if self.kind == StepKind::Terminated { "termination_ground" } else { "refusal_ground" };
        to.on = fields.past_date("on", &self.on);
        to.note = fields.text("note", &self.note, LONG_TEXT_MAX);
        to.ground = fields.code("ground", grounds, &self.ground, &before.ground);
        to.ground_text = fields.text("ground_text", &self.ground_text, NOTE_MAX);
        to.told_how = fields.code("told_how", "told_how", &self.told_how, &before.told_how);
        to.told_on = fields.past_date("told_on", &self.told_on);
        to.time = fields.text("time", &self.time, SHORT_TEXT_MAX);
        to.place = fields.text("place", &self.place, SHORT_TEXT_MAX);
        to.people = fields.text("people", &self.people, NOTE_MAX);
        to.mediator = fields.text("mediator", &self.mediator, SHORT_TEXT_MAX);
        to.recorder = fields.text("recorder", &self.recorder, SHORT_TEXT_MAX);
        to.account = fields.text("account", &self.account, LONG_TEXT_MAX);
        to.method = fields.code("method", "mediation_method", &self.method, &before.method);
        to.satisfaction = fields.code("satisfaction", "satisfaction", &self.satisfaction, &before.satisfaction);
        to.document_number = fields.text("document_number", &self.document_number, SHORT_TEXT_MAX);
        to.outcome = MediationOutcome::parse(self.outcome.trim());
        if to.outcome.is_none() && !self.outcome.trim().is_empty() {
            fields.error("outcome", "code_unknown");
        }
    }

    /// What goes to another body or comes from it, and what lies in the file.
    fn read_papers(&self, to: &mut Step, before: &Step, fields: &mut Fields) {
        to.receiver = fields.text("receiver", &self.receiver, SHORT_TEXT_MAX);
        to.receiver_contact = fields.text("receiver_contact", &self.receiver_contact, SHORT_TEXT_MAX);
        to.enclosures = fields.count("enclosures", &self.enclosures);
        to.pages = fields.count("pages", &self.pages);
        to.reply_by = fields.any_date("reply_by", &self.reply_by);
        to.delegator_accepted_on = fields.past_date("delegator_accepted_on", &self.delegator_accepted_on);
        to.consent_consumer_on = fields.past_date("consent_consumer_on", &self.consent_consumer_on);
        to.consent_respondent_on = fields.past_date("consent_respondent_on", &self.consent_respondent_on);
        to.contents = fields.codes("contents", "file_item", &self.contents, &before.contents);
    }

    fn read_agreement(&self, to: &mut Step, before: &Step, fields: &mut Fields) {
        to.mediated_as = fields.code("mediated_as", "route", &self.mediated_as, &before.mediated_as);
        to.agreement_form =
            fields.code("agreement_form", "agreement_form", &self.agreement_form, &before.agreement_form);
        to.performance = fields.code("performance", "performance", &self.performance, &before.performance);
        to.terms = fields.text("terms", &self.terms, LONG_TEXT_MAX);
        to.perform_by = fields.any_date("perform_by", &self.perform_by);
        to.agreed_fen = fields.amount("agreed", &self.agreed);
        to.performed_fen = fields.amount("performed", &self.performed);
        to.signed_consumer_on = fields.past_date("signed_consumer_on", &self.signed_consumer_on);
        to.signed_respondent_on = fields.past_date("signed_respondent_on", &self.signed_respondent_on);
        to.signed_mediator_on = fields.past_date("signed_mediator_on", &self.signed_mediator_on);
        to.sealed_on = fields.past_date("sealed_on", &self.sealed_on);
        to.effective_on = fields.past_date("effective_on", &self.effective_on);
    }

    /// The form of a step as it stands now; `None` for a step of a kind that this program does not know.
    pub fn of(step: &Step) -> Option<StepInput> {
        let count = |number: Option<u32>| number.map(|n| n.to_string()).unwrap_or_default();
        Some(StepInput {
            complaint: step.complaint.map(|id| id.to_string()).unwrap_or_default(),
            kind: step.kind?,
            on: date_text(step.on),
            note: step.note.clone(),
            ground: step.ground.clone(),
            ground_text: step.ground_text.clone(),
            told_how: step.told_how.clone(),
            told_on: date_text(step.told_on),
            receiver: step.receiver.clone(),
            receiver_contact: step.receiver_contact.clone(),
            enclosures: count(step.enclosures),
            pages: count(step.pages),
            reply_by: date_text(step.reply_by),
            delegator_accepted_on: date_text(step.delegator_accepted_on),
            consent_consumer_on: date_text(step.consent_consumer_on),
            consent_respondent_on: date_text(step.consent_respondent_on),
            time: step.time.clone(),
            place: step.place.clone(),
            people: step.people.clone(),
            mediator: step.mediator.clone(),
            recorder: step.recorder.clone(),
            account: step.account.clone(),
            method: step.method.clone(),
            outcome: step.outcome.map(|outcome| outcome.as_str().to_owned()).unwrap_or_default(),
            mediated_as: step.mediated_as.clone(),
            agreement_form: step.agreement_form.clone(),
            performance: step.performance.clone(),
            terms: step.terms.clone(),
            perform_by: date_text(step.perform_by),
            agreed: yuan_text(step.agreed_fen),
            signed_consumer_on: date_text(step.signed_consumer_on),
            signed_respondent_on: date_text(step.signed_respondent_on),
            signed_mediator_on: date_text(step.signed_mediator_on),
            sealed_on: date_text(step.sealed_on),
            effective_on: date_text(step.effective_on),
            performed: yuan_text(step.performed_fen),
            satisfaction: step.satisfaction.clone(),
            document_number: step.document_number.clone(),
            contents: step.contents.clone(),
            loss: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPLAINT: &str = "01930000-0000-7000-8000-000000000001";

    fn typed(kind: &str, more: serde_json::Value) -> StepInput {
        let mut json = serde_json::json!({"complaint": COMPLAINT, "kind": kind, "on": "2026-11-20"});
        for (name, value) in more.as_object().unwrap() {
            json[name] = value.clone();
        }
        serde_json::from_value(json).unwrap()
    }

    fn wrong(input: &StepInput) -> Vec<(String, String)> {
        let today = CivilDate::parse_iso("2026-11-23").unwrap();
        let errors = input.validate(today, &CodeLists::built_in()).err().unwrap_or_default();
        errors.into_iter().map(|e| (e.field, e.code)).collect()
    }

    #[test]
    fn each_kind_asks_for_what_it_needs() {
        let nothing = serde_json::json!({});
        let table = [
            ("accepted", None),
            ("refused", Some("ground")),
            ("transferred", Some("receiver")),
            ("mediation", Some("outcome")),
            ("agreement", Some("agreement_form")),
            ("terminated", Some("ground")),
            ("suspended", Some("note")),
            ("performed", None),
            ("visit_back", Some("satisfaction")),
            ("archived", None),
        ];
        for (kind, field) in table {
            let expected: Vec<_> = field.map(|f| (f.to_owned(), "required".to_owned())).into_iter().collect();
            assert_eq!(wrong(&typed(kind, nothing.clone())), expected, "{kind}");
        }
        let later = typed("agreement", serde_json::json!({"agreement_form": "AF01", "performance": "PF02"}));
        assert_eq!(wrong(&later), [("perform_by".to_owned(), "required".to_owned())]);
        let delegated: Vec<String> = wrong(&typed("delegated", nothing)).into_iter().map(|(field, _)| field).collect();
        assert_eq!(delegated, ["receiver", "consent_consumer_on", "consent_respondent_on"]);
    }

    #[test]
    fn the_ground_other_must_be_explained() {
        let other = |kind: &str, ground: &str| typed(kind, serde_json::json!({"ground": ground}));
        for input in [other("refused", "RC10"), other("terminated", "TG99")] {
            assert_eq!(wrong(&input), [("ground_text".to_owned(), "required".to_owned())]);
        }
    }

    #[test]
    fn a_step_read_back_into_its_form_is_the_same_step_and_keeps_the_codes_of_other_programs() {
        let lists = CodeLists::built_in();
        let today = CivilDate::parse_iso("2026-11-23").unwrap();
        let json = r#"{"complaint":"01930000-0000-7000-8000-000000000001","kind":"agreement","on":"2026-11-20",
            "agreement_form":"AF77","told_how":"捎口信","sealed_on":"2026-11-21","agreed_fen":120050,"later":[1]}"#;
        let before = crate::record::read::<Step>(json).value;
        let form = StepInput::of(&before).unwrap();
        assert_eq!(form.validate_onto(&before, today, &lists).unwrap().step, before);
        assert_eq!(form.validate(today, &lists).unwrap_err().len(), 2, "a new step may not use them");
    }

    #[test]
    fn a_ground_belongs_to_its_own_list() {
        assert_eq!(wrong(&typed("refused", serde_json::json!({"ground": "RC01"}))), []);
        assert_eq!(wrong(&typed("terminated", serde_json::json!({"ground": "RC01"})))[0].1, "code_unknown");
    }

    #[test]
    fn a_loss_inside_a_step_belongs_to_its_complaint_and_reports_with_a_prefix() {
        let loss = |amount: &str| serde_json::json!({"loss": {"kind": "recovered", "route": "settlement", "amount": amount, "on": "今天"}});
        let today = CivilDate::parse_iso("2026-11-23").unwrap();
        let valid = typed("settled", loss("300")).validate(today, &CodeLists::built_in()).unwrap();
        assert_eq!(valid.loss.unwrap().complaint, valid.step.complaint);
        assert_eq!(wrong(&typed("settled", loss("0"))), [("loss.amount".to_owned(), "amount_not_positive".to_owned())]);
    }
}

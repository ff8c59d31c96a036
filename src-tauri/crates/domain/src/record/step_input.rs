//! What a clerk types for a step, with the recovered loss that may belong to it: both are recorded or none.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Loss, LossInput, MediationOutcome, Step, StepKind};
use crate::codes::CodeLists;
use crate::date::CivilDate;
use crate::validate::{FieldError, Fields, LONG_TEXT_MAX, NOTE_MAX, SHORT_TEXT_MAX};

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
    pub receiver: String,
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub people: String,
    #[serde(default)]
    pub mediator: String,
    #[serde(default)]
    pub method: String,
    #[serde(default)]
    #[ts(type = r#""" | "agreed" | "failed" | "adjourned""#)]
    pub outcome: String,
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
    pub satisfaction: String,
    #[serde(default)]
    pub document_number: String,
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

impl StepInput {
    /// The records, or everything that is wrong. Needed: a refusal and a termination their ground, a transfer its
    /// receiver, a mediation its outcome, an agreement its form (and a day where it is to be performed later),
    /// a suspension a note, a visit-back the satisfaction.
    pub fn validate(&self, today: CivilDate, lists: &CodeLists) -> Result<ValidStep, Vec<FieldError>> {
        let mut fields = Fields::new(today, lists);
        let complaint = fields.id("complaint", &self.complaint);
        fields.require("on", &self.on);
        self.require_by_kind(&mut fields);
        let mut step = Step { complaint, kind: Some(self.kind), ..Step::default() };
        self.read_common(&mut step, &mut fields);
        self.read_agreement(&mut step, &mut fields);
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

    fn require_by_kind(&self, fields: &mut Fields) {
        match self.kind {
            StepKind::Refused | StepKind::Terminated => fields.require("ground", &self.ground),
            StepKind::Transferred => fields.require("receiver", &self.receiver),
            StepKind::Mediation => fields.require("outcome", &self.outcome),
            StepKind::Agreement => {
                fields.require("agreement_form", &self.agreement_form)
                    && (self.performance.trim() != "PF02" || fields.require("perform_by", &self.perform_by))
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

    fn read_common(&self, to: &mut Step, fields: &mut Fields) {
        let grounds = if self.kind == StepKind::Terminated { "termination_ground" } else { "refusal_ground" };
        to.on = fields.past_date("on", &self.on);
        to.note = fields.text("note", &self.note, LONG_TEXT_MAX);
        to.ground = fields.code("ground", grounds, &self.ground, "");
        to.ground_text = fields.text("ground_text", &self.ground_text, NOTE_MAX);
        to.told_how = fields.text("told_how", &self.told_how, SHORT_TEXT_MAX);
        to.receiver = fields.text("receiver", &self.receiver, SHORT_TEXT_MAX);
        to.place = fields.text("place", &self.place, SHORT_TEXT_MAX);
        to.people = fields.text("people", &self.people, NOTE_MAX);
        to.mediator = fields.text("mediator", &self.mediator, SHORT_TEXT_MAX);
        to.method = fields.code("method", "mediation_method", &self.method, "");
        to.satisfaction = fields.code("satisfaction", "satisfaction", &self.satisfaction, "");
        to.document_number = fields.text("document_number", &self.document_number, SHORT_TEXT_MAX);
        to.outcome = MediationOutcome::parse(self.outcome.trim());
        if to.outcome.is_none() && !self.outcome.trim().is_empty() {
            fields.error("outcome", "code_unknown");
        }
    }

    fn read_agreement(&self, to: &mut Step, fields: &mut Fields) {
        to.agreement_form = fields.code("agreement_form", "agreement_form", &self.agreement_form, "");
        to.performance = fields.code("performance", "performance", &self.performance, "");
        to.terms = fields.text("terms", &self.terms, LONG_TEXT_MAX);
        to.perform_by = fields.any_date("perform_by", &self.perform_by);
        to.agreed_fen = fields.amount("agreed", &self.agreed);
        to.signed_consumer_on = fields.past_date("signed_consumer_on", &self.signed_consumer_on);
        to.signed_respondent_on = fields.past_date("signed_respondent_on", &self.signed_respondent_on);
        to.signed_mediator_on = fields.past_date("signed_mediator_on", &self.signed_mediator_on);
        to.sealed_on = fields.past_date("sealed_on", &self.sealed_on);
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
            ("visit_back", Some("satisfaction")),
            ("archived", None),
        ];
        for (kind, field) in table {
            let expected: Vec<_> = field.map(|f| (f.to_owned(), "required".to_owned())).into_iter().collect();
            assert_eq!(wrong(&typed(kind, nothing.clone())), expected, "{kind}");
        }
        let later = typed("agreement", serde_json::json!({"agreement_form": "AF01", "performance": "PF02"}));
        assert_eq!(wrong(&later), [("perform_by".to_owned(), "required".to_owned())]);
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

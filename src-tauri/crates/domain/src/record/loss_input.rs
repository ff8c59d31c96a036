//! What a clerk types for a recovered loss.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::{Loss, LossKind, LossRoute};
use crate::codes::CodeLists;
use crate::date::CivilDate;
use crate::money::Fen;
use crate::validate::{FieldError, Fields, FormCheck, NOTE_MAX};

/// The loss form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LossInput {
    /// The complaint's id; inside a step, "" is the step's.
    #[serde(default)]
    pub complaint: String,
    pub kind: LossKind,
    pub route: LossRoute,
    /// Yuan, above zero.
    pub amount: String,
    pub on: String,
    #[serde(default)]
    pub evidence: String,
}

impl LossInput {
    /// The record, or everything that is wrong.
    pub fn validate(&self, today: CivilDate, lists: &CodeLists) -> Result<Loss, Vec<FieldError>> {
        self.validate_for(None, today, lists)
    }

    /// As [`LossInput::validate`]; where the input names no complaint it belongs to `complaint`.
    pub(super) fn validate_for(
        &self,
        complaint: Option<Uuid>,
        today: CivilDate,
        lists: &CodeLists,
    ) -> Result<Loss, Vec<FieldError>> {
        let mut fields = Fields::new(today, lists);
        let loss = self.read(complaint, &mut fields);
        fields.finish(loss)
    }

    /// What can be said while it is typed.
    pub fn check(&self, today: CivilDate, lists: &CodeLists) -> FormCheck {
        self.check_for(None, today, lists)
    }

    pub(super) fn check_for(&self, complaint: Option<Uuid>, today: CivilDate, lists: &CodeLists) -> FormCheck {
        let mut fields = Fields::new(today, lists);
        self.read(complaint, &mut fields);
        fields.into_check()
    }

    fn read(&self, complaint: Option<Uuid>, fields: &mut Fields) -> Loss {
        let complaint = match complaint {
            Some(id) if self.complaint.trim().is_empty() => Some(id),
            _ => fields.id("complaint", &self.complaint),
        };
        fields.require("amount", &self.amount);
        let amount_fen = fields.amount("amount", &self.amount);
        if amount_fen == Some(Fen::ZERO) {
            fields.error("amount", "amount_not_positive");
        }
        fields.require("on", &self.on);
        let on = fields.past_date("on", &self.on);
        let evidence = fields.text("evidence", &self.evidence, NOTE_MAX);
        let (kind, route) = (Some(self.kind), Some(self.route));
        Loss { complaint, kind, route, amount_fen, on, evidence, ..Loss::default() }
    }
}

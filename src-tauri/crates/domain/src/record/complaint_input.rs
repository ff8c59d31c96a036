//! What a clerk types into the complaint form, and its way into a record. Amounts and dates are text as typed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::Complaint;
use crate::codes::CodeLists;
use crate::date::CivilDate;
use crate::money::Fen;
use crate::validate::{FieldError, Fields, FormCheck, LONG_TEXT_MAX, NOTE_MAX, SHORT_TEXT_MAX};

/// The complaint form; "" is not given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ComplaintInput {
    pub received_on: String,
    pub channel: String,
    pub external_number: String,
    pub urgent: bool,
    pub consumer_name: String,
    pub consumer_phone: String,
    pub consumer_address: String,
    pub consumer_id_type: String,
    pub consumer_id_number: String,
    pub agent_name: String,
    pub agent_phone: String,
    pub joint_count: String,
    pub consent_notice: bool,
    pub consent_publish: bool,
    pub consent_delegate: bool,
    pub off_site: bool,
    pub respondent_name: String,
    pub respondent_type: String,
    pub respondent_contact: String,
    pub respondent_phone: String,
    pub respondent_address: String,
    pub respondent_uscc: String,
    pub goods_name: String,
    pub goods_brand: String,
    pub goods_model: String,
    pub goods_quantity: String,
    pub goods_unit: String,
    /// Yuan.
    pub price: String,
    pub class: String,
    pub nature: String,
    pub happened_on: String,
    pub bought_on: String,
    /// Yuan.
    pub dispute: String,
    pub facts: String,
    pub request: String,
    pub request_kinds: Vec<String>,
    pub evidence: Vec<String>,
    pub evidence_note: String,
    pub elsewhere: bool,
    pub elsewhere_note: String,
    /// The consultation it came from.
    pub consultation: Option<String>,
}

impl ComplaintInput {
    /// The record of a new complaint, or everything that is wrong.
    pub fn validate(&self, today: CivilDate, lists: &CodeLists) -> Result<Complaint, Vec<FieldError>> {
        self.apply_to(&Complaint::default(), today, lists)
    }

    /// `base` as this input changes it: what the form does not show (number, respondent, fields of newer programs) stays.
    pub fn apply_to(
        &self,
        base: &Complaint,
        today: CivilDate,
        lists: &CodeLists,
    ) -> Result<Complaint, Vec<FieldError>> {
        let mut fields = Fields::new(today, lists);
        let mut complaint = base.clone();
        self.read(&mut complaint, &mut fields);
        fields.finish(complaint)
    }

    /// What can be said while it is typed.
    pub fn check(&self, today: CivilDate, lists: &CodeLists) -> FormCheck {
        let mut fields = Fields::new(today, lists);
        self.read(&mut Complaint::default(), &mut fields);
        fields.into_check()
    }

    fn read(&self, to: &mut Complaint, fields: &mut Fields) {
        self.read_intake(to, fields);
        self.read_consumer(to, fields);
        self.read_respondent(to, fields);
        self.read_goods(to, fields);
        self.read_claim(to, fields);
        for (field, date) in [("happened_on", to.happened_on), ("bought_on", to.bought_on)] {
            if let (Some(date), Some(received)) = (date, to.received_on)
                && date > received
            {
                fields.warn(FieldError::new(field, "after_receipt").with("received", received));
            }
        }
    }

    fn read_intake(&self, to: &mut Complaint, fields: &mut Fields) {
        fields.require("received_on", &self.received_on);
        to.received_on = fields.past_date("received_on", &self.received_on);
        fields.require("channel", &self.channel);
        to.channel = fields.code("channel", "channel", &self.channel, &to.channel);
        to.external_number = fields.text("external_number", &self.external_number, SHORT_TEXT_MAX);
        to.urgent = self.urgent;
        to.off_site = self.off_site;
        to.consultation = self.consultation.as_deref().and_then(|id| fields.id("consultation", id));
    }

    fn read_consumer(&self, to: &mut Complaint, fields: &mut Fields) {
        to.consumer_name = fields.required_text("consumer_name", &self.consumer_name, SHORT_TEXT_MAX);
        fields.require("consumer_phone", &self.consumer_phone);
        to.consumer_phone = fields.phone("consumer_phone", &self.consumer_phone);
        to.consumer_address = fields.text("consumer_address", &self.consumer_address, NOTE_MAX);
        to.consumer_id_type = fields.code("consumer_id_type", "id_type", &self.consumer_id_type, &to.consumer_id_type);
        to.consumer_id_number =
            fields.id_number("consumer_id_number", &self.consumer_id_type, &self.consumer_id_number);
        to.agent_name = fields.text("agent_name", &self.agent_name, SHORT_TEXT_MAX);
        to.agent_phone = fields.phone("agent_phone", &self.agent_phone);
        to.joint_count = fields.count("joint_count", &self.joint_count);
        to.consent_notice = self.consent_notice;
        to.consent_publish = self.consent_publish;
        to.consent_delegate = self.consent_delegate;
    }

    fn read_respondent(&self, to: &mut Complaint, fields: &mut Fields) {
        to.respondent_name = fields.required_text("respondent_name", &self.respondent_name, SHORT_TEXT_MAX);
        to.respondent_type =
            fields.code("respondent_type", "respondent_type", &self.respondent_type, &to.respondent_type);
        to.respondent_contact = fields.text("respondent_contact", &self.respondent_contact, SHORT_TEXT_MAX);
        to.respondent_phone = fields.phone("respondent_phone", &self.respondent_phone);
        to.respondent_address = fields.text("respondent_address", &self.respondent_address, NOTE_MAX);
        to.respondent_uscc = fields.uscc("respondent_uscc", &self.respondent_uscc);
    }

    fn read_goods(&self, to: &mut Complaint, fields: &mut Fields) {
        to.goods_name = fields.required_text("goods_name", &self.goods_name, SHORT_TEXT_MAX);
        to.goods_brand = fields.text("goods_brand", &self.goods_brand, SHORT_TEXT_MAX);
        to.goods_model = fields.text("goods_model", &self.goods_model, SHORT_TEXT_MAX);
        to.goods_quantity = fields.text("goods_quantity", &self.goods_quantity, SHORT_TEXT_MAX);
        to.goods_unit = fields.text("goods_unit", &self.goods_unit, SHORT_TEXT_MAX);
        to.price_fen = fields.amount("price", &self.price);
        fields.require("class", &self.class);
        to.class = fields.code("class", "class", &self.class, &to.class);
        fields.require("nature", &self.nature);
        to.nature = fields.code("nature", "nature", &self.nature, &to.nature);
        to.happened_on = fields.past_date("happened_on", &self.happened_on);
        to.bought_on = fields.past_date("bought_on", &self.bought_on);
        to.dispute_fen = fields.amount("dispute", &self.dispute);
    }

    fn read_claim(&self, to: &mut Complaint, fields: &mut Fields) {
        to.facts = fields.required_text("facts", &self.facts, LONG_TEXT_MAX);
        to.request = fields.required_text("request", &self.request, LONG_TEXT_MAX);
        to.request_kinds = fields.codes("request_kinds", "request", &self.request_kinds, &to.request_kinds);
        to.evidence = fields.codes("evidence", "evidence", &self.evidence, &to.evidence);
        to.evidence_note = fields.text("evidence_note", &self.evidence_note, NOTE_MAX);
        to.elsewhere = self.elsewhere;
        to.elsewhere_note = fields.text("elsewhere_note", &self.elsewhere_note, NOTE_MAX);
    }
}

/// A date as the form shows it again.
pub(super) fn date_text(date: Option<CivilDate>) -> String {
    date.map(|d| d.to_string()).unwrap_or_default()
}

/// An amount as the form shows it again.
pub(super) fn yuan_text(amount: Option<Fen>) -> String {
    amount.map(Fen::to_yuan_plain).unwrap_or_default()
}

impl From<&Complaint> for ComplaintInput {
    fn from(c: &Complaint) -> ComplaintInput {
        ComplaintInput {
            received_on: date_text(c.received_on),
            channel: c.channel.clone(),
            external_number: c.external_number.clone(),
            urgent: c.urgent,
            consumer_name: c.consumer_name.clone(),
            consumer_phone: c.consumer_phone.clone(),
            consumer_address: c.consumer_address.clone(),
            consumer_id_type: c.consumer_id_type.clone(),
            consumer_id_number: c.consumer_id_number.clone(),
            agent_name: c.agent_name.clone(),
            agent_phone: c.agent_phone.clone(),
            joint_count: c.joint_count.map(|n| n.to_string()).unwrap_or_default(),
            consent_notice: c.consent_notice,
            consent_publish: c.consent_publish,
            consent_delegate: c.consent_delegate,
            off_site: c.off_site,
            respondent_name: c.respondent_name.clone(),
            respondent_type: c.respondent_type.clone(),
            respondent_contact: c.respondent_contact.clone(),
            respondent_phone: c.respondent_phone.clone(),
            respondent_address: c.respondent_address.clone(),
            respondent_uscc: c.respondent_uscc.clone(),
            goods_name: c.goods_name.clone(),
            goods_brand: c.goods_brand.clone(),
            goods_model: c.goods_model.clone(),
            goods_quantity: c.goods_quantity.clone(),
            goods_unit: c.goods_unit.clone(),
            price: yuan_text(c.price_fen),
            class: c.class.clone(),
            nature: c.nature.clone(),
            happened_on: date_text(c.happened_on),
            bought_on: date_text(c.bought_on),
            dispute: yuan_text(c.dispute_fen),
            facts: c.facts.clone(),
            request: c.request.clone(),
            request_kinds: c.request_kinds.clone(),
            evidence: c.evidence.clone(),
            evidence_note: c.evidence_note.clone(),
            elsewhere: c.elsewhere,
            elsewhere_note: c.elsewhere_note.clone(),
            consultation: c.consultation.as_ref().map(Uuid::to_string),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> ComplaintInput {
        ComplaintInput {
            received_on: "昨天".into(),
            channel: "IC01".into(),
            consumer_name: " 王小麦 ".into(),
            consumer_phone: "199 0000 0001".into(),
            respondent_name: "某农资店".into(),
            goods_name: "玉米种子".into(),
            class: "G10-01".into(),
            nature: "N01".into(),
            price: "１，２３４．５元".into(),
            facts: "出苗率低".into(),
            request: "赔偿".into(),
            request_kinds: vec!["RQ07".into(), "RQ07".into()],
            ..ComplaintInput::default()
        }
    }

    fn today() -> CivilDate {
        CivilDate::parse_iso("2026-11-23").unwrap()
    }

    #[test]
    fn a_filled_form_becomes_a_record_and_comes_back_normalised() {
        let lists = CodeLists::built_in();
        let complaint = typed().validate(today(), &lists).unwrap();
        assert_eq!(complaint.received_on, Some(today().add_days(-1)));
        assert_eq!(complaint.price_fen, Fen::new(123_450));
        assert_eq!(complaint.request_kinds, ["RQ07"]);
        let shown = ComplaintInput::from(&complaint);
        assert_eq!((shown.consumer_phone.as_str(), shown.price.as_str()), ("19900000001", "1234.50"));
        assert_eq!(shown.validate(today(), &lists).unwrap(), complaint);
    }

    #[test]
    fn an_empty_form_names_exactly_the_minimum() {
        let errors = ComplaintInput::default().validate(today(), &CodeLists::built_in()).unwrap_err();
        let named: Vec<&str> = errors.iter().map(|e| e.field.as_str()).collect();
        let minimum =
            "received_on channel consumer_name consumer_phone respondent_name goods_name class nature facts request";
        assert_eq!(named, minimum.split(' ').collect::<Vec<_>>());
        assert!(errors.iter().all(|e| e.code == "required"));
    }

    #[test]
    fn while_it_is_typed_the_form_hears_what_was_understood_and_what_looks_odd() {
        let odd = ComplaintInput {
            bought_on: "今天".into(),
            dispute: "三百多".into(),
            consumer_id_type: "IT01".into(),
            consumer_id_number: "110105194912310021".into(),
            ..typed()
        };
        let check = odd.check(today(), &CodeLists::built_in());
        let codes =
            |found: &[FieldError]| -> Vec<String> { found.iter().map(|f| format!("{} {}", f.field, f.code)).collect() };
        assert_eq!(codes(&check.errors), ["dispute amount_ambiguous"]);
        assert_eq!(codes(&check.warnings), ["consumer_id_number check_check", "bought_on after_receipt"]);
        assert_eq!(check.understood["received_on"], "2026-11-22");
        assert_eq!(check.understood["price"], "1,234.50");
    }

    #[test]
    fn pasted_line_breaks_and_full_width_digits_become_plain_text() {
        let pasted = ComplaintInput {
            consumer_name: "王\r\n小麦".into(),
            goods_model: "ＡＢ－１２\t（红）".into(),
            facts: "第一行\r\n第二行\u{0}".into(),
            ..typed()
        };
        let complaint = pasted.validate(today(), &CodeLists::built_in()).unwrap();
        assert_eq!((complaint.consumer_name.as_str(), complaint.goods_model.as_str()), ("王 小麦", "AB－12 （红）"));
        assert_eq!(complaint.facts, "第一行\n第二行");
    }

    #[test]
    fn amending_keeps_what_the_form_does_not_show() {
        let lists = CodeLists::built_in();
        let mut base = typed().validate(today(), &lists).unwrap();
        base.number = "370321-0107-2026-0007-C".into();
        base.nature = "N55".into();
        base.extra.insert("later".into(), 1.into());
        let mut input = ComplaintInput::from(&base);
        input.facts = "出苗率低于三成".into();
        let amended = input.apply_to(&base, today(), &lists).unwrap();
        assert_eq!(amended, Complaint { facts: "出苗率低于三成".into(), ..base });
    }
}

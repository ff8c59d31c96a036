//! What of a complaint or a consultation is shown to somebody who has not asked for the whole, and what a form gives back.

use redress_domain::mask;
use redress_domain::record::{Complaint, ComplaintInput, Consultation, ConsultationInput};
use serde_json::Value;

use crate::contract::{ComplaintPage, FieldConflict, FieldValue};

/// The sensitive fields of the form.
fn complaint_fields(input: &mut ComplaintInput) -> [(&'static str, &mut String); 5] {
    [
        ("consumer_phone", &mut input.consumer_phone),
        ("consumer_address", &mut input.consumer_address),
        ("consumer_id_number", &mut input.consumer_id_number),
        ("agent_phone", &mut input.agent_phone),
        ("respondent_phone", &mut input.respondent_phone),
    ]
}

/// Masks the page of a complaint: the form, what entries set, and what contradicts.
pub(crate) fn mask_page(page: &mut ComplaintPage) {
    for (name, value) in complaint_fields(&mut page.input) {
        let shown = mask::field(name, value);
        page.masked |= shown != *value;
        *value = shown;
    }
    page.timeline.iter_mut().flat_map(|item| &mut item.fields).for_each(mask_field);
    page.conflicts.iter_mut().for_each(mask_conflict);
    // A file is often called by a number that somebody has.
    for item in page.evidence.iter_mut().chain(&mut page.evidence_withdrawn) {
        (item.name, item.note) = (mask::digits_in(&item.name), mask::digits_in(&item.note));
    }
}

fn mask_field(field: &mut FieldValue) {
    field.value = masked(&field.field, &field.value);
}

/// A conflict shows enough to tell the values apart.
fn mask_conflict(conflict: &mut FieldConflict) {
    for version in &mut conflict.versions {
        version.value = masked(&conflict.field, &version.value);
    }
}

fn masked(name: &str, value: &Value) -> Value {
    value.as_str().map_or_else(|| value.clone(), |text| Value::from(mask::field(name, text)))
}

/// A conflict in a list, where nobody has opened the case: numbers inside of texts are hidden too.
pub(crate) fn mask_listed_conflict(conflict: &mut FieldConflict) {
    for version in &mut conflict.versions {
        if let Some(text) = version.value.as_str() {
            version.value = Value::from(mask::listed(&conflict.field, text));
        }
    }
}

/// Masks a consultation.
pub(crate) fn mask_consultation(input: &mut ConsultationInput) -> bool {
    let shown = mask::field("asker_phone", &input.asker_phone);
    let hides = shown != input.asker_phone;
    input.asker_phone = shown;
    hides
}

/// What a form said: a masked value that came back stands for what is kept.
pub(crate) fn said(mut input: ComplaintInput, kept: &Complaint) -> ComplaintInput {
    let mut known = ComplaintInput::from(kept);
    let kept = complaint_fields(&mut known).map(|(_, value)| value.clone());
    for ((name, typed), kept) in complaint_fields(&mut input).into_iter().zip(kept) {
        mask::kept_if_masked(name, typed, &kept);
    }
    input
}

/// The same for a complaint that comes from a consultation, whose phone number its form shows.
pub(crate) fn said_after(mut input: ComplaintInput, consultation: &Consultation) -> ComplaintInput {
    mask::kept_if_masked("consumer_phone", &mut input.consumer_phone, &consultation.asker_phone);
    input
}

/// An entry as it was written, with what is sensitive masked in place.
pub(crate) fn mask_raw(raw: String) -> String {
    let Ok(Value::Object(body)) = serde_json::from_str::<Value>(&raw) else { return mask::digits_in(&raw) };
    let mut raw = raw;
    for field in mask::FIELDS {
        if let Some(value) = body.get("set").and_then(|set| set.get(field)).and_then(Value::as_str) {
            raw = raw.replace(&Value::from(value).to_string(), &Value::from(mask::field(field, value)).to_string());
        }
    }
    raw
}

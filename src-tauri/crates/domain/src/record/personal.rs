//! Which fields say nothing of a person. They stay when a record is erased by law, so that counts and sums stay; everything
//! else goes, also what newer programs know and this one does not.

use super::Kind;

/// The field of the entry that orders an erasure.
pub const ERASURE: &str = "erasure";

/// So many years after a case was closed its personal information is no longer needed.
pub const RETENTION_YEARS: i32 = 3;

const COMPLAINT: &[&str] = &[
    "number",
    "received_on",
    "channel",
    "urgent",
    "joint_count",
    "consent_notice",
    "consent_publish",
    "consent_delegate",
    "off_site",
    "respondent_name",
    "respondent",
    "respondent_type",
    "respondent_uscc",
    "goods_name",
    "goods_brand",
    "goods_model",
    "goods_quantity",
    "goods_unit",
    "price_fen",
    "class",
    "nature",
    "happened_on",
    "bought_on",
    "dispute_fen",
    "request_kinds",
    "evidence",
    "elsewhere",
    "consultation",
    "county_number",
    "added_on",
];

const CONSULTATION: &[&str] = &["asked_on", "way", "persons", "topic", "basis", "complaint"];

const STEP: &[&str] = &[
    "complaint",
    "kind",
    "on",
    "ground",
    "told_how",
    "told_on",
    "method",
    "outcome",
    "agreement_form",
    "performance",
    "perform_by",
    "agreed_fen",
    "performed_fen",
    "effective_on",
    "signed_consumer_on",
    "signed_respondent_on",
    "signed_mediator_on",
    "sealed_on",
    "satisfaction",
    "document_number",
];

const TRANSFER: &[&str] = &["complaint", "from", "to", "state", "after"];
/// Without its BLAKE3 nobody knows any more which bytes it named: they go too.
const ATTACHMENT: &[&str] = &["complaint", "kind", "media_type", "size_bytes"];
const LINK: &[&str] = &["a", "b", "different"];

/// Whether records of a kind can be erased: those that are about a person. The ledger names nobody and is never touched.
pub fn can_be_erased(kind: Kind) -> bool {
    kept(kind).is_some()
}

/// Whether a field stays when a record of its kind is erased.
pub fn stays(kind: Kind, field: &str) -> bool {
    field == ERASURE || kept(kind).is_none_or(|fields| fields.contains(&field))
}

fn kept(kind: Kind) -> Option<&'static [&'static str]> {
    match kind {
        Kind::Complaint => Some(COMPLAINT),
        Kind::Consultation => Some(CONSULTATION),
        Kind::Step => Some(STEP),
        Kind::Transfer => Some(TRANSFER),
        Kind::Link => Some(LINK),
        Kind::Attachment => Some(ATTACHMENT),
        Kind::Office
        | Kind::Device
        | Kind::Operator
        | Kind::Loss
        | Kind::Business
        | Kind::Activity
        | Kind::Department
        | Kind::Volunteer
        | Kind::Pack => None,
    }
}

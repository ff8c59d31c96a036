//! The records of the journal, one file a kind: what a record's fields are once its entries are folded.
//!
//! Every field is optional here, because a record is whatever its entries say, and entries come from older and newer
//! programs. What a person must give is said by the `*_input` modules. Nothing here may fail on an unknown field.

mod activity;
mod activity_input;
mod attachment;
mod attachment_input;
mod business;
mod complaint;
mod complaint_input;
mod consultation;
mod consultation_input;
mod department;
mod department_input;
mod device;
mod link;
mod loss;
mod loss_input;
mod office;
mod operator;
mod pack;
mod personal;
mod step;
mod step_input;
mod transfer;
mod volunteer;
mod volunteer_input;

pub use activity::Activity;
pub use activity_input::{ABOUT_A_BUSINESS, ActivityInput};
pub use attachment::{Attachment, AttachmentKind};
pub use attachment_input::AttachmentInput;
pub use business::{Business, survivor};
pub use complaint::Complaint;
pub use complaint_input::ComplaintInput;
pub use consultation::Consultation;
pub use consultation_input::ConsultationInput;
pub use department::Department;
pub use department_input::DepartmentInput;
pub use device::{Device, Revocation, TrustedPoint};
pub use link::Link;
pub use loss::{Loss, LossKind, LossRoute};
pub use loss_input::LossInput;
pub use office::Office;
pub use operator::{Access, AccessWay, Operator, Role};
pub use pack::Pack;
pub use personal::{ERASURE, RETENTION_YEARS, can_be_erased, stays};
pub use step::{MediationOutcome, Step, StepKind};
pub use step_input::{StepInput, ValidStep};
pub use transfer::{Handover, Ownership, Transfer, TransferState, ownership};
pub use volunteer::Volunteer;
pub use volunteer_input::VolunteerInput;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Declares a record: every field public, left out of JSON while it is absent (its default), and a rest `extra` that
/// carries the fields of newer programs along.
macro_rules! record {
    ($(#[$about:meta])* pub struct $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $name {
            $($(#[$doc])* #[serde(skip_serializing_if = "crate::record::is_absent")] pub $field: $type,)*
            /// Fields this program does not know.
            #[serde(flatten)]
            pub extra: serde_json::Map<String, serde_json::Value>,
        }
    };
}
pub(crate) use record;

/// Declares an enum of stable snake_case words with `as_str` and `parse`.
macro_rules! words {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every value, in the order declared.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The stable word, as in JSON.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The value of a stable word; `None` for a word of a newer program.
            pub fn parse(text: &str) -> Option<$name> {
                match text { $($word => Some($name::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use words;

words! {
    /// The kinds of record this program understands.
    pub enum Kind {
        /// 机构
        Office = "office",
        /// 设备
        Device = "device",
        /// 经办人
        Operator = "operator",
        /// 投诉
        Complaint = "complaint",
        /// 咨询
        Consultation = "consultation",
        /// 办理步骤
        Step = "step",
        /// 挽回损失
        Loss = "loss",
        /// 经营者
        Business = "business",
        /// 活动
        Activity = "activity",
        /// 成员单位年度投诉数
        Department = "department",
        /// 同一事项
        Link = "link",
        /// 移交
        Transfer = "transfer",
        /// 志愿者
        Volunteer = "volunteer",
        /// 数据包: calendars, rules
        Pack = "pack",
        /// 证据材料
        Attachment = "attachment",
    }
}

/// A field nobody set.
pub(crate) fn is_absent<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A record read from the JSON object of its fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Read<T> {
    /// What could be read.
    pub value: T,
    /// Fields whose value this program does not understand; they stay raw in the journal.
    pub dropped: Vec<String>,
}

/// Reads a record. A field that does not fit (an enum word of a newer program, a damaged date) is left out and named;
/// `null` is a field that was cleared. What is no JSON object at all reads as an empty record with "" dropped.
pub fn read<T: DeserializeOwned + Default>(set_json: &str) -> Read<T> {
    if let Ok(value) = serde_json::from_str(set_json) {
        return Read { value, dropped: Vec::new() };
    }
    match serde_json::from_str(set_json) {
        Ok(Value::Object(fields)) => read_map(fields),
        _ => Read { value: T::default(), dropped: vec![String::new()] },
    }
}

/// As [`read`], from fields already parsed.
pub fn read_map<T: DeserializeOwned + Default>(mut fields: Map<String, Value>) -> Read<T> {
    fields.retain(|_, value| !value.is_null());
    let mut dropped = Vec::new();
    if let Ok(value) = serde_json::from_value(Value::Object(fields.clone())) {
        return Read { value, dropped };
    }
    fields.retain(|name, value| {
        let alone = Map::from_iter([(name.clone(), value.clone())]);
        let fits = serde_json::from_value::<T>(Value::Object(alone)).is_ok();
        if !fits {
            dropped.push(name.clone());
        }
        fits
    });
    let value = serde_json::from_value(Value::Object(fields)).unwrap_or_default();
    Read { value, dropped }
}

/// The fields of a record as a JSON object, without those that are absent: the `set` of a new record's entry.
pub fn fields<T: Serialize>(record: &T) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// The fields in which `after` differs from `before`; a cleared field is `null`: the `set` of an amendment.
pub fn changes<T: Serialize>(before: &T, after: &T) -> Map<String, Value> {
    let mut before = fields(before);
    let mut changed = Map::new();
    for (name, value) in fields(after) {
        if before.remove(&name).as_ref() != Some(&value) {
            changed.insert(name, value);
        }
    }
    changed.extend(before.into_iter().map(|(name, _)| (name, Value::Null)));
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_record_writes_only_what_was_given() {
        let step = Step { kind: Some(StepKind::Accepted), ..Step::default() };
        assert_eq!(serde_json::to_string(&step).unwrap(), r#"{"kind":"accepted"}"#);
    }

    #[test]
    fn unknown_fields_survive_and_unknown_words_do_not_kill_a_record() {
        let json = r#"{"kind":"blessed","on":"2026-03-02","note":"好","later":[1]}"#;
        let read = read::<Step>(json);
        assert_eq!(read.dropped, ["kind"]);
        assert_eq!((read.value.kind, read.value.note.as_str()), (None, "好"));
        assert_eq!(read.value.extra["later"], serde_json::json!([1]));
    }

    #[test]
    fn a_cleared_field_reads_as_absent() {
        let read = read::<Complaint>(r#"{"facts":null,"price_fen":null,"goods_name":"种子"}"#);
        assert!(read.dropped.is_empty());
        assert_eq!(read.value, Complaint { goods_name: "种子".into(), ..Complaint::default() });
    }

    #[test]
    fn what_is_no_object_reads_as_nothing() {
        for json in ["", "[]", "7", "{"] {
            assert_eq!(read::<Loss>(json), Read { value: Loss::default(), dropped: vec![String::new()] });
        }
    }

    #[test]
    fn changes_name_exactly_what_differs() {
        let before = Complaint { facts: "旧".into(), request: "退货".into(), urgent: true, ..Complaint::default() };
        let after = Complaint { facts: "新".into(), request: "退货".into(), ..Complaint::default() };
        let changed = changes(&before, &after);
        assert_eq!(Value::Object(changed), serde_json::json!({"facts": "新", "urgent": null}));
        assert!(changes(&after, &after).is_empty());
    }

    #[test]
    fn kinds_are_read_back_and_a_newer_kind_is_none() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(*kind));
        }
        assert_eq!(Kind::parse("dream"), None);
    }
}

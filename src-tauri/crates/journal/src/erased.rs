//! What is left of an entry whose body was erased by law: its id, its place in the history of its record, and the fields
//! that say nothing of a person. The log's chain still holds, because it is made of ids.

use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::digest::EntryId;
use crate::entry::Body;

/// How the body of an erased entry begins; a body that this program writes begins otherwise.
const BEGINNING: &[u8] = br#"{"erased":""#;
const DIGITS: usize = 64;

#[derive(Serialize)]
struct Left<'a> {
    erased: EntryId,
    v: u32,
    kind: &'a str,
    id: Uuid,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    was: &'a [EntryId],
    #[serde(skip_serializing_if = "Option::is_none")]
    set: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    whole: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdraw: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    restore: Option<&'a str>,
    op: Uuid,
    at: &'a str,
}

/// The id that an entry had before it was erased; none for a body that is whole.
pub fn erased_id(body: &[u8]) -> Option<EntryId> {
    let digits = body.strip_prefix(BEGINNING)?.get(..DIGITS)?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// The body without what it said of a person: only the fields that `keeps` names stay, and no reasons.
pub fn erase(id: &EntryId, body: &Body<'_>, keeps: impl Fn(&str) -> bool) -> Vec<u8> {
    let fields: Option<Map<String, Value>> = body.set.and_then(|set| serde_json::from_str(set.get()).ok());
    let left = Left {
        erased: *id,
        v: body.v,
        kind: &body.kind,
        id: body.id,
        was: &body.was,
        set: fields.map(|fields| fields.into_iter().filter(|(name, _)| keeps(name)).collect()),
        whole: body.whole,
        withdraw: body.withdraw.as_ref().map(|_| ""),
        restore: body.restore.as_ref().map(|_| ""),
        op: body.op,
        at: &body.at,
    };
    serde_json::to_vec(&left).expect("texts, ids and JSON values always serialise")
}

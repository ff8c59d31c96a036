//! `redress evidence`: adds photos and documents to the file of a case, and writes copies of them.

use redress_app::contract::{AddEvidence, EvidenceAdded, HitKind, SaveEvidence, SearchHit, SearchQuery, WrittenFile};
use redress_app::{AppError, Result};
use redress_domain::record::AttachmentInput;

use crate::answer::Answer;
use crate::args::{AddFiles, EvidenceVerb, SaveFile};
use crate::desk::{Desk, absolute};
use crate::say::{plain, size};

/// Adds or writes.
pub fn run(desk: &mut Desk, verb: EvidenceVerb) -> Result<Answer> {
    desk.open()?;
    match verb {
        EvidenceVerb::Add(args) => add(desk, args),
        EvidenceVerb::Save(args) => save(desk, args),
    }
}

/// One file after the other; what was added before one that is refused stays.
fn add(desk: &mut Desk, args: AddFiles) -> Result<Answer> {
    let complaint = case_id(desk, &args.complaint)?;
    let (mut added, mut text) = (Vec::new(), String::new());
    for file in &args.files {
        let about = AttachmentInput {
            complaint: complaint.clone(),
            name: file.clone(),
            note: args.note.clone(),
            taken_on: String::new(),
        };
        let form = AddEvidence { about, content: None, path: Some(absolute(file)?) };
        let one: EvidenceAdded = desk.call("evidence.add", form)?;
        let key = if one.known { "line.evidence_known" } else { "line.evidence_added" };
        text += &(desk.say.with(key, &[("file", &plain(file)), ("size", &size(one.bytes)), ("id", &one.id)]) + "\n");
        added.push(one);
    }
    Answer::new(&added, text)
}

/// The id of a case; its number does as well.
fn case_id(desk: &mut Desk, case: &str) -> Result<String> {
    let query = SearchQuery { text: case.to_owned(), limit: 10 };
    let is_uuid = case.len() == 36 && case.matches('-').count() == 4;
    if is_uuid {
        return Ok(case.to_owned());
    }
    let hits: Vec<SearchHit> = desk.call("search", query)?;
    let hit = hits.into_iter().find(|hit| hit.kind == HitKind::Complaint && hit.number == case);
    hit.map(|hit| hit.id).ok_or_else(|| AppError::new("record_missing"))
}

fn save(desk: &mut Desk, args: SaveFile) -> Result<Answer> {
    let form = SaveEvidence { id: args.id, out: absolute(&args.out)?, reason: args.reason };
    let written: WrittenFile = desk.call("evidence.save", form)?;
    let text = desk.say.with("line.written", &[("path", &written.path)]) + "\n";
    Answer::new(&written, text)
}

//! Search: windows of two characters, so that every two-character Chinese word is found, then a check of the text itself.

use redress_domain::initials;
use redress_domain::record::{Complaint, Consultation};
use rusqlite::Connection;
use uuid::Uuid;

use crate::error::Result;
use crate::journal::uuid_at;
use crate::listed::CONSULTATION_BIT;
use crate::open::Store;
use crate::query::lists::{ComplaintListed, ConsultationListed};
use crate::typed::Typed;
use crate::write::{Keep, transaction};

/// How many candidates are looked at for one search.
const CANDIDATES_MAX: u32 = 2000;

/// What a search found.
#[derive(Debug, Clone)]
pub enum Found {
    /// A complaint, and the text in which it was found.
    Complaint(Box<ComplaintListed>, String),
    /// A consultation, and the text.
    Consultation(Box<ConsultationListed>, String),
}

/// Lower-case letters, digits and Chinese characters; everything else separates.
fn words(text: &str) -> Vec<Vec<char>> {
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().collect())
        .collect()
}

/// The words of a text as a search compares them.
pub fn words_of(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.into_iter().collect()).collect()
}

/// Each window of two characters as one token, spelled in code points so that no tokenizer changes it.
fn grams(text: &str) -> Vec<String> {
    let mut grams: Vec<String> = words(text)
        .iter()
        .flat_map(|word| {
            let single = (word.len() == 1).then(|| spell(word));
            word.windows(2).map(spell).chain(single).collect::<Vec<_>>()
        })
        .collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

fn spell(letters: &[char]) -> String {
    letters.iter().map(|letter| format!("{:05x}", u32::from(*letter))).collect()
}

fn squeeze(text: &str) -> String {
    words(text).into_iter().flatten().collect()
}

/// What can be found of a record.
struct Findable {
    /// Its fields, one a line (the facts may have several).
    text: String,
    /// Names, which are found by their pinyin initials, too.
    names: Vec<String>,
}

impl Findable {
    /// Every token under which it stands in the index.
    fn tokens(&self) -> String {
        let mut tokens = grams(&self.text);
        tokens.extend(self.names.iter().flat_map(|name| initials::pairs(name)).map(|pair| spell(&pair)));
        tokens.sort_unstable();
        tokens.dedup();
        tokens.join(" ")
    }

    /// Whether every wanted word stands in a line, with or without the marks between, or is a name's initials.
    fn holds(&self, wanted: &[String]) -> bool {
        let squeezed: Vec<String> = self.text.lines().map(squeeze).collect();
        wanted.iter().all(|word| {
            squeezed.iter().any(|line| line.contains(word.as_str()))
                || self.names.iter().any(|name| initials::find(name, word).is_some())
        })
    }
}

fn complaint_text(complaint: &Complaint) -> Findable {
    let text = [
        &complaint.number,
        &complaint.consumer_name,
        &complaint.consumer_phone,
        &complaint.respondent_name,
        &complaint.goods_name,
        &complaint.facts,
        &complaint.request,
        &complaint.external_number,
        &squeeze(&complaint.number),
    ]
    .map(String::as_str)
    .join("\n");
    let names = [&complaint.consumer_name, &complaint.respondent_name, &complaint.agent_name];
    Findable { text, names: names.into_iter().filter(|name| !name.is_empty()).cloned().collect() }
}

fn consultation_text(consultation: &Consultation) -> Findable {
    let text = [&consultation.asker_name, &consultation.asker_phone, &consultation.content, &consultation.answer]
        .map(String::as_str)
        .join("\n");
    Findable { text, names: vec![consultation.asker_name.clone()] }
}

/// The text of a row of the search; none when its record is gone.
fn text_of(conn: &Connection, id: i64) -> Result<Option<Findable>> {
    let table = if id & CONSULTATION_BIT == 0 { "complaint" } else { "consultation" };
    let mut find = conn.prepare_cached(&format!("SELECT uuid FROM {table} WHERE id = ?1"))?;
    let mut rows = find.query([id & !CONSULTATION_BIT])?;
    let Some(uuid) = rows.next()?.map(|row| uuid_at(row, 0)).transpose()? else { return Ok(None) };
    text_of_record(conn, &uuid)
}

fn text_of_record(conn: &Connection, id: &Uuid) -> Result<Option<Findable>> {
    let Some(record) = crate::journal::record(conn, id)? else { return Ok(None) };
    let fields = serde_json::Value::Object(record.state.values()).to_string();
    Ok(match redress_domain::Kind::parse(&record.kind).map(|kind| Typed::read(kind, &fields)) {
        Some(Typed::Complaint(complaint)) => Some(complaint_text(&complaint)),
        Some(Typed::Consultation(consultation)) => Some(consultation_text(&consultation)),
        _ => None,
    })
}

/// Brings up to `limit` rows of the search up to date; gives how many there were.
pub(crate) fn catch_up(conn: &Connection, limit: u32) -> Result<u32> {
    let mut todo = conn.prepare_cached("SELECT id FROM search_todo ORDER BY id LIMIT ?1")?;
    let ids: Vec<i64> = todo.query_map([limit], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut drop = conn.prepare_cached("DELETE FROM search WHERE rowid = ?1")?;
    let mut insert = conn.prepare_cached("INSERT INTO search (rowid, grams) VALUES (?1, ?2)")?;
    let mut done = conn.prepare_cached("DELETE FROM search_todo WHERE id = ?1")?;
    for id in &ids {
        drop.execute([id])?;
        if let Some(findable) = text_of(conn, *id)? {
            insert.execute((id, findable.tokens()))?;
        }
        done.execute([id])?;
    }
    Ok(u32::try_from(ids.len()).unwrap_or(limit))
}

impl Store {
    /// Brings the search up to date in steps, so that records are usable at once behind an import. `goes_on` is asked
    /// between steps with the number of rows done.
    pub fn search_catch_up(&mut self, mut goes_on: impl FnMut(u64) -> bool) -> Result<()> {
        const STEP: u32 = 2000;
        self.require_sound()?;
        let mut done = 0;
        loop {
            let step = transaction(&self.conn, Keep::OnSuccess, || catch_up(&self.conn, STEP))?;
            done += u64::from(step);
            if step < STEP {
                return self.wipe_leftovers();
            }
            if !goes_on(done) {
                return Ok(());
            }
        }
    }

    /// Records that contain every word of `text`, newest first. Words of one character are found at word starts only.
    pub fn search(&self, text: &str, limit: usize) -> Result<Vec<Found>> {
        let tokens = grams(text);
        if tokens.is_empty() {
            return Ok(Vec::new());
        }
        let query = tokens.iter().map(|token| format!("\"{token}\"")).collect::<Vec<_>>().join(" AND ");
        let mut find =
            self.conn.prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT ?2")?;
        let ids = find.query_map((query, CANDIDATES_MAX), |row| row.get::<_, i64>(0))?;
        let wanted = words_of(text);
        let mut found = Vec::new();
        for id in ids {
            let id = id?;
            if let Some(hit) = self.hit(id, &wanted)? {
                found.push(hit);
            }
            if found.len() == limit {
                break;
            }
        }
        Ok(found)
    }

    fn hit(&self, id: i64, wanted: &[String]) -> Result<Option<Found>> {
        let Some(findable) = text_of(&self.conn, id)?.filter(|findable| findable.holds(wanted)) else {
            return Ok(None);
        };
        let text = findable.text;
        Ok(if id & CONSULTATION_BIT == 0 {
            self.complaint_by_cursor(id)?.map(|row| Found::Complaint(Box::new(row), text))
        } else {
            self.consultation_by_cursor(id & !CONSULTATION_BIT)?.map(|row| Found::Consultation(Box::new(row), text))
        })
    }
}

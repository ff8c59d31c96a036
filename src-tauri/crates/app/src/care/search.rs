//! `search`: people, businesses, numbers, words and days, newest first.

use redress_domain::{CivilDate, mask};
use redress_store::Store;
use redress_store::query::lists::ComplaintFilter;
use redress_store::search::{Found, words_of};

use super::marks::marks;
use crate::App;
use crate::contract::{Done, HitKind, SearchHit, SearchQuery};
use crate::error::Result;

const HITS_MAX: u32 = 100;
const EXCERPT_CHARS: usize = 60;
/// What was asked stands for somebody without a name.
const TITLE_CHARS: usize = 30;
/// So much of a line is shown before the word that was found in it.
const EXCERPT_LEAD: usize = 10;

/// `search`. A text that is a day also finds what was received and asked on that day.
pub(crate) fn search(app: &mut App, query: SearchQuery) -> Result<Done<Vec<SearchHit>>> {
    let today = app.today()?;
    let limit = query.limit.clamp(1, HITS_MAX);
    let store = &app.session()?.store;
    let mut found = match CivilDate::parse_typed(&query.text, today) {
        Ok(day) => of_day(store, day, limit)?,
        Err(_) => Vec::new(),
    };
    found.extend(store.search(&query.text, limit as usize)?);
    let wanted = words_of(&query.text);
    let mut hits: Vec<SearchHit> = Vec::new();
    for one in found {
        let hit = hit(one, &wanted);
        if !hits.iter().any(|other| other.id == hit.id) {
            hits.push(hit);
        }
    }
    hits.truncate(limit as usize);
    Done::read(hits)
}

fn of_day(store: &Store, day: CivilDate, limit: u32) -> Result<Vec<Found>> {
    let filter = ComplaintFilter { from: Some(day), to: Some(day), ..ComplaintFilter::default() };
    let (complaints, _) = store.complaints(&filter, None, limit)?;
    let (consultations, _) = store.consultations((Some(day), Some(day)), None, limit)?;
    let complaints = complaints.into_iter().map(|row| Found::Complaint(Box::new(row), String::new()));
    let consultations = consultations.into_iter().map(|row| {
        let content = row.content.clone();
        Found::Consultation(Box::new(row), content)
    });
    Ok(complaints.chain(consultations).collect())
}

fn hit(found: Found, wanted: &[String]) -> SearchHit {
    let (id, kind, number, title, text, on) = match found {
        Found::Complaint(row, text) => {
            let title = format!("{} · {} · {}", row.consumer_name, row.respondent_name, row.goods_name);
            (row.id, HitKind::Complaint, row.number, title, text, row.received_on)
        }
        Found::Consultation(row, text) => {
            let start = || mask::digits_in(&row.content).chars().take(TITLE_CHARS).collect();
            let title = if row.asker_name.is_empty() { start() } else { row.asker_name };
            (row.id, HitKind::Consultation, String::new(), title, text, row.asked_on)
        }
    };
    let excerpt = mask::digits_in(&excerpt(&text, wanted));
    SearchHit {
        id: id.to_string(),
        kind,
        title_marks: marks(&title, wanted, true),
        excerpt_marks: marks(&excerpt, wanted, false),
        number_marks: marks(&number, wanted, false),
        number,
        title,
        excerpt,
        on,
    }
}

/// The line in which a wanted word stands, from a little before it; else the first line.
fn excerpt(text: &str, wanted: &[String]) -> String {
    let place = |line: &str| {
        let lower: Vec<char> = line.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect();
        let word = |word: &String| {
            let word: Vec<char> = word.chars().collect();
            lower.windows(word.len().max(1)).position(|window| window == word)
        };
        wanted.iter().find_map(word)
    };
    let found = text.lines().find_map(|line| Some((line, place(line)?)));
    let (line, at) = found.or_else(|| Some((text.lines().next()?, 0))).unwrap_or_default();
    line.chars().skip(at.saturating_sub(EXCERPT_LEAD)).take(EXCERPT_CHARS).collect()
}

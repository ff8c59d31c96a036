//! `redress search`: people, businesses, numbers, phones.

use redress_app::Result;
use redress_app::contract::{HitKind, SearchHit, SearchQuery};

use crate::answer::Answer;
use crate::args::Search;
use crate::desk::Desk;
use crate::table::{Table, clip, left};

/// Columns of the terminal that a title and an excerpt may take.
const TITLE_MOST: usize = 40;
const EXCERPT_MOST: usize = 48;

/// Finds.
pub fn run(desk: &mut Desk, args: Search) -> Result<Answer> {
    desk.open()?;
    let query = SearchQuery { text: args.text.clone(), limit: args.limit };
    let hits: Vec<SearchHit> = desk.call("search", query)?;
    let say = &desk.say;
    if hits.is_empty() {
        return Answer::new(&hits, say.with("search.nothing", &[("text", &args.text)]) + "\n");
    }
    let mut table = Table::new([
        left(say.text("fields.kind")),
        left(say.text("fields.number")),
        left(say.text("fields.on")),
        left(say.text("head.title")),
        left(say.text("head.excerpt")),
    ]);
    for hit in &hits {
        let kind = match hit.kind {
            HitKind::Complaint => say.text("kind.complaint"),
            HitKind::Consultation => say.text("kind.consultation"),
        };
        let on = hit.on.map(|on| on.to_string()).unwrap_or_default();
        let (title, excerpt) = (clip(&hit.title, TITLE_MOST), clip(&hit.excerpt, EXCERPT_MOST));
        table.row([kind, hit.number.clone(), on, title, excerpt]);
    }
    let found = say.counted("line.found", hits.len() as u64);
    Answer::new(&hits, format!("{}\n{found}\n", table.render()))
}

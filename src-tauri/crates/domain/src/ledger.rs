//! The ledger of recovered losses: which entry counts how much, and exact sums.
//! It must not change an entry: a wrong one is taken back by a reversal that names it.

use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

use crate::date::CivilDate;
use crate::money::Fen;
use crate::record::{Loss, LossKind, LossRoute};

/// Why a line counts what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineState {
    /// Counts in full.
    Counted,
    /// A second reversal of the same loss, or what such a one puts in its place: counts nothing.
    Duplicate,
    /// A reversal, or a replacement, of something that has not arrived yet: counts nothing until it has.
    Waiting,
    /// Cannot be a ledger entry (no amount, below zero without being a reversal, reversal of a reversal).
    Invalid,
}

/// One entry as the ledger counts it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The loss record.
    pub id: Uuid,
    /// What the money is; a reversal has its original's.
    pub kind: LossKind,
    /// The way it was recovered; a reversal has its original's.
    pub route: LossRoute,
    /// What is added to the sums, exact; below zero in a reversal.
    pub amount_fen: Fen,
    /// What was typed, whether it counts or not.
    pub said_fen: Fen,
    /// The day it counts on; a reversal counts on its own.
    pub on: Option<CivilDate>,
    /// What proves it.
    pub evidence: String,
    /// Why it was taken back.
    pub reason: String,
    /// The loss this line takes back.
    pub reverses: Option<Uuid>,
    /// The reversal that this line was written with.
    pub replaces: Option<Uuid>,
    /// The reversal that takes this line back.
    pub reversed_by: Option<Uuid>,
    /// Why it counts what it counts.
    pub state: LineState,
}

/// The ledger lines of a complaint's (or any set of) losses, oldest first, the same for any order of `losses`.
/// Records that are withdrawn must be left out by the caller.
pub fn lines(losses: &[(Uuid, Loss)]) -> Vec<Line> {
    let book = Book::of(losses);
    let mut lines: Vec<Line> = losses.iter().map(|(id, loss)| book.line(*id, loss)).collect();
    lines.sort_by_key(|line| (line.on, line.id));
    lines
}

/// Whether a loss was corrected twice, by people who did not know of each other, and nobody has looked at it: what the
/// second one put in its place counts nothing, and has not been taken back.
pub fn is_corrected_twice(lines: &[Line]) -> bool {
    lines.iter().any(Line::is_second_correction)
}

/// What counts of the loss that a second correction is about; when it was taken back too, what counted last.
pub fn counted_beside<'l>(lines: &'l [Line], second: &Line) -> Option<&'l Line> {
    let about = first_of(lines, second);
    let counts = |line: &&Line| line.state == LineState::Counted && line.replaces.is_some();
    let same = lines.iter().filter(counts).filter(|line| first_of(lines, line) == about);
    same.max_by_key(|line| (line.reversed_by.is_none(), line.on, line.id))
}

/// The loss that was corrected first, of a line that replaces it or what replaced it.
fn first_of(lines: &[Line], line: &Line) -> Uuid {
    let find = |id: Uuid| lines.iter().find(|line| line.id == id);
    let (mut first, mut at) = (line.id, Some(line));
    for _ in lines {
        let Some(original) = at.and_then(|line| find(line.replaces?)).and_then(|reversal| reversal.reverses) else {
            break;
        };
        (first, at) = (original, find(original));
    }
    first
}

impl Line {
    /// Whether this is what a second reversal of one loss put in its place, and nobody has taken it back.
    pub fn is_second_correction(&self) -> bool {
        self.state == LineState::Duplicate && self.reverses.is_none() && self.reversed_by.is_none()
    }
}

/// What the lines must know of each other.
struct Book<'l> {
    losses: HashMap<Uuid, &'l Loss>,
    /// The reversal of each loss that counts.
    reversal_of: HashMap<Uuid, Uuid>,
}

impl<'l> Book<'l> {
    fn of(losses: &'l [(Uuid, Loss)]) -> Self {
        let mut reversal_of: HashMap<Uuid, Uuid> = HashMap::new();
        for (id, loss) in losses {
            if let Some(original) = loss.reverses {
                let first = reversal_of.entry(original).or_insert(*id);
                *first = (*first).min(*id);
            }
        }
        Self { losses: losses.iter().map(|(id, loss)| (*id, loss)).collect(), reversal_of }
    }

    fn line(&self, id: Uuid, loss: &Loss) -> Line {
        match loss.reverses {
            Some(original) => self.reversal_line(id, loss, original),
            None => self.original_line(id, loss),
        }
    }

    fn original_line(&self, id: Uuid, loss: &Loss) -> Line {
        let (amount, state) = self.original(loss);
        Line { reversed_by: self.reversal_of.get(&id).copied(), ..line_of(id, loss, loss, amount, state) }
    }

    /// What a loss that is no reversal counts, before it is reversed.
    fn original(&self, loss: &Loss) -> (Fen, LineState) {
        let Some(amount) = loss.amount_fen.filter(|amount| !amount.is_negative()) else {
            return (Fen::ZERO, LineState::Invalid);
        };
        match self.standing(loss) {
            LineState::Counted => (amount, LineState::Counted),
            state => (Fen::ZERO, state),
        }
    }

    /// Whether a loss stands where the one that it replaces stood, back to the first of them: what corrects a second
    /// correction counts no more than that one.
    fn standing(&self, loss: &Loss) -> LineState {
        let mut at = loss;
        for _ in 0..=self.losses.len() {
            let Some(reversal) = at.replaces else { return LineState::Counted };
            let Some(taken_back) = self.losses.get(&reversal) else { return LineState::Waiting };
            let Some(original) = taken_back.reverses else { return LineState::Counted };
            if self.reversal_of.get(&original) != Some(&reversal) {
                return LineState::Duplicate;
            }
            let Some(before) = self.losses.get(&original) else { return LineState::Counted };
            at = before;
        }
        // They replace each other in a circle, which nobody can have typed.
        LineState::Invalid
    }

    fn reversal_line(&self, id: Uuid, loss: &Loss, original: Uuid) -> Line {
        let (amount, state) = match self.losses.get(&original) {
            None => (Fen::ZERO, LineState::Waiting),
            Some(original) if original.reverses.is_some() => (Fen::ZERO, LineState::Invalid),
            Some(_) if self.reversal_of.get(&original) != Some(&id) => (Fen::ZERO, LineState::Duplicate),
            Some(original) => match self.original(original) {
                (amount, LineState::Counted) => (amount.negated(), LineState::Counted),
                (_, state) => (Fen::ZERO, state),
            },
        };
        line_of(id, loss, self.losses.get(&original).copied().unwrap_or(loss), amount, state)
    }
}

/// A line of `loss` whose kind and route are those of `like`.
fn line_of(id: Uuid, loss: &Loss, like: &Loss, amount_fen: Fen, state: LineState) -> Line {
    Line {
        id,
        kind: like.kind.unwrap_or(LossKind::Recovered),
        route: like.route.unwrap_or(LossRoute::StationMediation),
        amount_fen,
        said_fen: loss.amount_fen.unwrap_or(Fen::ZERO),
        on: loss.on,
        evidence: loss.evidence.clone(),
        reason: loss.reason.clone(),
        reverses: loss.reverses,
        replaces: loss.replaces,
        reversed_by: None,
        state,
    }
}

/// The exact sum of one kind; `None` beyond what an amount can hold.
pub fn total(lines: &[Line], kind: LossKind) -> Option<Fen> {
    Fen::sum(lines.iter().filter(|line| line.kind == kind).map(|line| line.amount_fen))
}

/// Count of entries and exact sum by what `key` says, for the tables of a report.
pub fn totals_by<K: Ord>(lines: &[Line], key: impl Fn(&Line) -> K) -> Option<BTreeMap<K, (u32, Fen)>> {
    let mut totals: BTreeMap<K, (u32, Fen)> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.state == LineState::Counted) {
        let (count, sum) = totals.entry(key(line)).or_insert((0, Fen::ZERO));
        *sum = sum.checked_add(line.amount_fen)?;
        *count += u32::from(line.reverses.is_none());
    }
    Some(totals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn loss(fen: i64, on: &str) -> Loss {
        Loss {
            kind: Some(LossKind::Recovered),
            route: Some(LossRoute::Settlement),
            amount_fen: Fen::new(fen),
            on: CivilDate::parse_iso(on).ok(),
            ..Loss::default()
        }
    }

    fn reversal(of: u128, on: &str) -> Loss {
        Loss { reverses: Some(id(of)), on: CivilDate::parse_iso(on).ok(), ..Loss::default() }
    }

    fn counted(losses: &[(Uuid, Loss)]) -> Vec<(u128, i64, LineState)> {
        lines(losses).iter().map(|l| (l.id.as_u128(), l.amount_fen.get(), l.state)).collect()
    }

    #[test]
    fn of_two_corrections_of_one_loss_only_the_first_counts_until_somebody_has_looked() {
        let mut losses = vec![
            (id(1), loss(50_000, "2026-03-10")),
            (id(2), reversal(1, "2026-05-01")),
            (id(3), replacement(2, 40_000)),
            (id(4), reversal(1, "2026-05-02")),
            (id(5), replacement(4, 45_000)),
        ];
        let sum = |losses: &[(Uuid, Loss)]| total(&lines(losses), LossKind::Recovered).unwrap().get();
        assert_eq!(sum(&losses), 40_000, "once, not twice");
        assert!(is_corrected_twice(&lines(&losses)));
        assert_eq!(
            lines(&losses).iter().map(|line| line.said_fen.get()).max(),
            Some(50_000),
            "and what was typed is shown"
        );
        losses.push((id(6), reversal(5, "2026-05-03")));
        assert_eq!(sum(&losses), 40_000, "taking back what does not count takes nothing away");
        assert!(!is_corrected_twice(&lines(&losses)));
    }

    fn replacement(reversal: u128, fen: i64) -> Loss {
        Loss { replaces: Some(id(reversal)), ..loss(fen, "2026-05-01") }
    }

    /// One office corrects its correction before it hears that another one had corrected the loss first.
    #[test]
    fn what_corrects_a_second_correction_counts_no_more_than_that_one() {
        let mut losses = vec![
            (id(1), loss(50_000, "2026-03-10")),
            (id(2), reversal(1, "2026-05-01")),
            (id(3), replacement(2, 45_000)),
            (id(4), reversal(1, "2026-05-01")),
            (id(5), replacement(4, 40_000)),
            (id(6), reversal(5, "2026-05-02")),
            (id(7), replacement(6, 41_000)),
        ];
        let sum = |losses: &[(Uuid, Loss)]| total(&lines(losses), LossKind::Recovered).unwrap().get();
        assert_eq!(sum(&losses), 45_000, "once, not twice");
        let found = lines(&losses);
        let second = found.iter().find(|line| line.is_second_correction()).expect("it is asked about");
        assert_eq!(second.id, id(7));
        assert_eq!(counted_beside(&found, second).map(|line| line.id), Some(id(3)));
        losses.push((id(8), reversal(7, "2026-05-03")));
        assert_eq!(sum(&losses), 45_000);
        assert!(!is_corrected_twice(&lines(&losses)), "one reversal settles it");
    }

    #[test]
    fn a_second_correction_is_held_against_what_counts_of_the_same_loss_and_of_no_other() {
        let losses = [
            (id(1), loss(50_000, "2026-03-10")),
            (id(2), reversal(1, "2026-05-01")),
            (id(3), replacement(2, 45_000)),
            (id(4), reversal(1, "2026-05-01")),
            (id(5), replacement(4, 40_000)),
            (id(11), loss(900, "2026-03-11")),
            (id(12), reversal(11, "2026-05-01")),
            (id(13), replacement(12, 800)),
        ];
        let lines = lines(&losses);
        let second = lines.iter().find(|line| line.is_second_correction()).expect("one is");
        assert_eq!(counted_beside(&lines, second).map(|line| line.said_fen.get()), Some(45_000));
    }

    #[test]
    fn losses_that_replace_each_other_in_a_circle_count_nothing_and_come_to_an_end() {
        let losses = [(id(1), replacement(2, 500)), (id(2), reversal(1, "2026-05-01"))];
        assert!(lines(&losses).iter().all(|line| line.amount_fen == Fen::ZERO && line.state == LineState::Invalid));
        assert!(counted_beside(&lines(&losses), &lines(&losses)[0]).is_none());
    }

    #[test]
    fn a_replacement_waits_for_the_reversal_that_it_was_written_with() {
        let losses = [(id(3), replacement(2, 40_000))];
        assert_eq!(counted(&losses), [(3, 0, LineState::Waiting)]);
    }

    #[test]
    fn a_reversal_counts_against_its_original_on_its_own_day() {
        let losses = [(id(1), loss(50_000, "2026-03-10")), (id(2), reversal(1, "2026-05-01"))];
        let lines = lines(&losses);
        assert_eq!(total(&lines, LossKind::Recovered), Some(Fen::ZERO));
        assert_eq!((lines[0].reversed_by, lines[1].route), (Some(id(2)), LossRoute::Settlement));
        assert_eq!(lines[1].on, CivilDate::parse_iso("2026-05-01").ok());
    }

    #[test]
    fn a_second_reversal_of_the_same_loss_counts_nothing_whatever_the_order() {
        let mut losses = vec![
            (id(3), reversal(1, "2026-04-01")),
            (id(1), loss(500, "2026-03-10")),
            (id(2), reversal(1, "2026-05-01")),
        ];
        let expected = vec![(1, 500, LineState::Counted), (3, 0, LineState::Duplicate), (2, -500, LineState::Counted)];
        assert_eq!(counted(&losses), expected);
        losses.reverse();
        assert_eq!(counted(&losses), expected);
    }

    #[test]
    fn a_reversal_of_what_has_not_arrived_waits() {
        assert_eq!(counted(&[(id(2), reversal(1, "2026-05-01"))]), [(2, 0, LineState::Waiting)]);
    }

    #[test]
    fn what_cannot_be_an_entry_counts_nothing() {
        let losses = [
            (id(1), loss(-5, "2026-03-10")),
            (id(2), reversal(1, "2026-03-11")),
            (id(3), reversal(2, "2026-03-12")),
            (id(4), Loss::default()),
        ];
        assert!(lines(&losses).iter().all(|l| l.amount_fen == Fen::ZERO && l.state == LineState::Invalid));
    }

    #[test]
    fn totals_by_route_count_entries_and_not_reversals() {
        let losses =
            [(id(1), loss(500, "2026-03-10")), (id(2), loss(300, "2026-03-10")), (id(3), reversal(1, "2026-03-12"))];
        let totals = totals_by(&lines(&losses), |line| line.route).unwrap();
        assert_eq!(totals[&LossRoute::Settlement], (2, Fen::new(300).unwrap()));
    }
}

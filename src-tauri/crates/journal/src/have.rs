//! Have-vectors: which entries somebody holds, per log, as a contiguous beginning and ranges above a hole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::Chain;
use crate::log::LogId;

/// How far one story of a log goes: a fork gives a log more than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tip {
    /// Its last entry.
    pub upto: u64,
    /// The chain value after it.
    pub chain: Chain,
}

/// What is held of one log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Every entry from 1 up to this one is held; 0 for none.
    pub upto: u64,
    /// Ranges (first, last) that are held above a hole, ascending, apart from each other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub above: Vec<(u64, u64)>,
    /// The chain value after `upto`, so that whoever holds the same log can see whether it is the same story.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<Chain>,
    /// Other stories of the log that are held too: after a restore or a copy two entries can have one place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forks: Vec<Tip>,
}

impl Held {
    /// All stories that are held, as far as their chain values are known.
    pub fn tips(&self) -> impl Iterator<Item = Tip> + '_ {
        let first = self.chain.map(|chain| Tip { upto: self.upto, chain });
        first.into_iter().chain(self.forks.iter().copied())
    }

    /// Whether an entry is held.
    pub fn contains(&self, seq: u64) -> bool {
        seq != 0 && (seq <= self.upto || self.above.iter().any(|(first, last)| (*first..=*last).contains(&seq)))
    }

    /// Adds the entries first..=last.
    pub fn insert(&mut self, first: u64, last: u64) {
        if first == 0 || last < first {
            return;
        }
        let upto = self.upto;
        self.above.push((first, last));
        self.normalise();
        self.chain = self.chain.filter(|_| self.upto == upto);
    }

    /// Whether each range lies above the one before it, and all of them above the beginning.
    fn is_ascending(&self) -> bool {
        let mut last = self.upto;
        self.above.iter().all(|range| {
            let ascends = last < range.0 && range.0 <= range.1;
            last = range.1;
            ascends
        })
    }

    fn normalise(&mut self) {
        self.above.sort_unstable();
        let mut ranges: Vec<(u64, u64)> = Vec::with_capacity(self.above.len());
        for (first, last) in self.above.drain(..) {
            if first <= self.upto.saturating_add(1) && ranges.is_empty() {
                self.upto = self.upto.max(last);
            } else if let Some(range) = ranges.last_mut().filter(|range| first <= range.1.saturating_add(1)) {
                range.1 = range.1.max(last);
            } else {
                ranges.push((first, last));
            }
        }
        self.above = ranges;
    }

    /// The ranges within 1..=`head` that are not held.
    pub fn missing(&self, head: u64) -> Vec<(u64, u64)> {
        let mut ranges = Vec::new();
        let mut next = self.upto.saturating_add(1);
        for (first, last) in &self.above {
            if next < *first && next <= head {
                ranges.push((next, head.min(first - 1)));
            }
            next = next.max(last.saturating_add(1));
        }
        if next <= head {
            ranges.push((next, head));
        }
        ranges
    }

    /// The greatest number that is held.
    pub fn highest(&self) -> u64 {
        self.above.last().map_or(self.upto, |range| range.1)
    }

    /// What both hold. Of two stories of one log nothing is known to be common.
    pub fn intersect(&self, other: &Self) -> Self {
        if self.upto == other.upto && self.chain != other.chain && self.chain.is_some() && other.chain.is_some() {
            return Self::default();
        }
        let (mine, theirs) = (self.ranges(), other.ranges());
        let (mut at, mut by) = (0, 0);
        let mut both = Self::default();
        while let (Some(one), Some(two)) = (mine.get(at), theirs.get(by)) {
            let (first, last) = (one.0.max(two.0), one.1.min(two.1));
            if first <= last {
                both.above.push((first, last));
            }
            if one.1 < two.1 { at += 1 } else { by += 1 }
        }
        both.normalise();
        let known = [self, other].into_iter().find(|held| held.upto == both.upto && held.chain.is_some());
        both.chain = known.and_then(|held| held.chain);
        both.forks = self.forks.iter().filter(|tip| other.forks.contains(tip)).copied().collect();
        both
    }

    fn ranges(&self) -> Vec<(u64, u64)> {
        let beginning = (self.upto > 0).then_some((1, self.upto));
        beginning.into_iter().chain(self.above.iter().copied()).collect()
    }
}

/// What one device holds of all logs, as its newest signed bundle says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Line>", into = "Vec<Line>")]
pub struct Have(pub BTreeMap<LogId, Held>);

#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    log: LogId,
    #[serde(flatten)]
    held: Held,
}

impl TryFrom<Vec<Line>> for Have {
    type Error = &'static str;

    fn try_from(lines: Vec<Line>) -> Result<Self, Self::Error> {
        let mut have = Self::default();
        for Line { log, mut held } in lines {
            if !held.is_ascending() {
                return Err("ranges that do not ascend");
            }
            held.normalise();
            if have.0.insert(log, held).is_some() {
                return Err("a log that stands twice");
            }
        }
        Ok(have)
    }
}

impl From<Have> for Vec<Line> {
    fn from(have: Have) -> Self {
        have.0.into_iter().map(|(log, held)| Line { log, held }).collect()
    }
}

impl Have {
    /// Whether an entry is held.
    pub fn contains(&self, log: &LogId, seq: u64) -> bool {
        self.0.get(log).is_some_and(|held| held.contains(seq))
    }

    /// Adds the entries first..=last of a log.
    pub fn insert(&mut self, log: LogId, first: u64, last: u64) {
        self.0.entry(log).or_default().insert(first, last);
    }

    /// What both hold: an entry is only known to an office when each of its live devices has it.
    pub fn intersect(&self, other: &Self) -> Self {
        let logs = self.0.iter().filter_map(|(log, held)| Some((*log, held.intersect(other.0.get(log)?))));
        Self(logs.filter(|(_, held)| held.highest() > 0).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_is_reported_until_it_is_filled() {
        let mut held = Held::default();
        held.insert(1, 3);
        held.insert(6, 9);
        assert_eq!(held.missing(12), [(4, 5), (10, 12)]);
        held.insert(4, 5);
        assert_eq!(held, Held { upto: 9, ..Held::default() });
        assert_eq!(held.missing(9), []);
    }

    #[test]
    fn what_both_hold_is_no_more_than_either() {
        let mut one = Held { upto: 5, above: vec![(8, 12)], ..Held::default() };
        let two = Held { upto: 3, above: vec![(5, 9), (11, 20)], ..Held::default() };
        assert_eq!(one.intersect(&two), Held { upto: 3, above: vec![(5, 5), (8, 9), (11, 12)], ..Held::default() });
        one.insert(6, 7);
        assert_eq!(one.upto, 12);
    }

    #[test]
    fn two_stories_of_one_log_have_nothing_in_common_that_is_known() {
        let one = Held { upto: 5, chain: Some(Chain([1; 32])), ..Held::default() };
        let two = Held { upto: 5, chain: Some(Chain([2; 32])), ..Held::default() };
        assert_eq!(one.intersect(&two), Held::default());
        assert_eq!(one.intersect(&one), one);
        let longer = Held { upto: 9, chain: Some(Chain([3; 32])), ..Held::default() };
        assert_eq!(one.intersect(&longer), one, "the shorter one's chain value is the common one's");
    }

    #[test]
    fn numbers_near_the_end_of_the_range_do_not_overflow() {
        let mut held = Held::default();
        held.insert(u64::MAX - 1, u64::MAX);
        held.insert(u64::MAX, u64::MAX);
        assert!(held.contains(u64::MAX));
        assert_eq!(held.missing(3), [(1, 3)]);
    }
}

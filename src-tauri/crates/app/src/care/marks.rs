//! Which characters of a text a search has matched, so that they can be marked where it is shown.

use redress_domain::initials;

use crate::contract::MatchMark;

/// The places of every wanted word in `text`; with `named`, also where the text reads as the word's pinyin initials.
pub(crate) fn marks(text: &str, wanted: &[String], named: bool) -> Vec<MatchMark> {
    let letters: Vec<char> = text.chars().collect();
    let lower: Vec<char> = letters.iter().map(|c| c.to_lowercase().next().unwrap_or(*c)).collect();
    let mut marked = vec![false; letters.len()];
    for word in wanted {
        let word: Vec<char> = word.chars().collect();
        let places = lower.windows(word.len().max(1)).enumerate().filter(|(_, window)| *window == word);
        let mut found: Vec<(usize, usize)> = places.map(|(at, _)| (at, at + word.len())).collect();
        if found.is_empty() && named {
            found.extend(initials::find(text, &word.iter().collect::<String>()));
        }
        found.into_iter().for_each(|(from, to)| marked[from..to].fill(true));
    }
    runs(&letters, &marked)
}

/// Runs of marked characters, in the units in which a window counts text (UTF-16).
fn runs(letters: &[char], marked: &[bool]) -> Vec<MatchMark> {
    let mut runs: Vec<MatchMark> = Vec::new();
    let mut at = 0;
    for (letter, marked) in letters.iter().zip(marked) {
        let next = at + u32::try_from(letter.len_utf16()).unwrap_or(1);
        match runs.last_mut().filter(|last| last.to == at) {
            Some(last) if *marked => last.to = next,
            _ if *marked => runs.push(MatchMark { from: at, to: next }),
            _ => {}
        }
        at = next;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text, what was searched for, whether it is a name, and what is marked.
    type Row<'a> = (&'a str, &'a [&'a str], bool, &'a [(u32, u32)]);

    #[test]
    fn what_was_matched_is_marked_as_words_or_as_initials() {
        let table: [Row<'_>; 5] = [
            ("张三丰 · 荷叶商行", &["三丰"], true, &[(1, 3)]),
            ("张三丰 · 荷叶商行", &["zsf"], true, &[(0, 3)]),
            ("张三丰 · 荷叶商行", &["zsf"], false, &[]),
            ("𠮷野家 ABC", &["野家", "bc"], true, &[(2, 4), (6, 8)]),
            ("aaa", &["aa"], true, &[(0, 3)]),
        ];
        for (text, wanted, named, expected) in table {
            let wanted: Vec<String> = wanted.iter().map(|word| (*word).to_owned()).collect();
            let found: Vec<(u32, u32)> = marks(text, &wanted, named).iter().map(|mark| (mark.from, mark.to)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}

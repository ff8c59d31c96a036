//! What is shown of a phone number, an identity number or an address to somebody who has not asked for the whole: enough to
//! tell two apart, too little to call, visit or impersonate anybody.

use std::ops::{Range, RangeInclusive};

/// Stands for what is not shown.
const HIDDEN: char = '*';
/// A run of digits this long may be a phone or an identity number, wherever it stands.
const DIGITS_MIN: usize = 7;
const ADDRESS_SHOWN: usize = 6;
const PHONE_SHOWN: (usize, usize) = (3, 4);
/// What stands between the groups of a number that is written in groups.
const SEPARATORS: [char; 7] = [' ', '-', '\u{a0}', '\u{3000}', '\u{2013}', '\u{2014}', '\u{ff0d}'];
/// Digits in the groups of a case number.
const CASE_NUMBER: [usize; 5] = [6, 4, 4, 4, 1];
/// Digits of a mobile and of a landline with its area code, and of the first group of either.
const MOBILE: usize = 11;
const LANDLINE: RangeInclusive<usize> = 10..=12;
const PHONE_START_MIN: usize = 3;

/// Fields of complaints and consultations that are shown masked.
pub const FIELDS: [&str; 6] =
    ["consumer_phone", "consumer_address", "consumer_id_number", "agent_phone", "respondent_phone", "asker_phone"];
/// Fields in which people write what they like, also a number that belongs elsewhere.
const FREE_TEXTS: [&str; 9] =
    ["facts", "request", "content", "answer", "note", "text", "reason", "merge_reason", "title"];

/// A field as it is shown; what is not sensitive stays as it is.
pub fn field(name: &str, value: &str) -> String {
    match name {
        "consumer_phone" | "agent_phone" | "respondent_phone" | "asker_phone" => phone(value),
        "consumer_address" => address(value),
        "consumer_id_number" => id_number(value),
        _ => value.to_owned(),
    }
}

/// Whether a text is what was shown of another one.
pub fn is_masked(text: &str) -> bool {
    text.contains(HIDDEN)
}

/// A field in a list: besides what [`field`] hides, numbers inside of free text.
pub fn listed(name: &str, value: &str) -> String {
    match name {
        "phone" => phone(value),
        _ if FREE_TEXTS.contains(&name) => digits_in(value),
        _ => field(name, value),
    }
}

/// `199****0001`
pub fn phone(text: &str) -> String {
    middle(text, PHONE_SHOWN)
}

/// `370**************2X`
pub fn id_number(text: &str) -> String {
    middle(text, (3, 2))
}

/// The district, without street and door.
pub fn address(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut shown: String = text.chars().take(ADDRESS_SHOWN.min(text.chars().count() / 2)).collect();
    shown.extend([HIDDEN; 4]);
    shown
}

/// Hides the middle. Of a short text less is shown: never more than half of it.
fn middle(text: &str, shown: (usize, usize)) -> String {
    let hidden = hidden(text.chars().count(), shown);
    text.chars().enumerate().map(|(at, letter)| if hidden.contains(&at) { HIDDEN } else { letter }).collect()
}

fn hidden(letters: usize, (before, after): (usize, usize)) -> Range<usize> {
    if letters >= 2 * (before + after) - 3 { before..letters - after } else { 0..letters - letters / 4 }
}

/// Masks what may be a phone or an identity number in a text, as in an excerpt of what was found: a long run of digits, and
/// the groups in which people write a phone number. Case numbers and days stay.
pub fn digits_in(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let runs = runs(&letters);
    let mut at = 0;
    while let Some(rest) = runs.get(at..).filter(|rest| !rest.is_empty()) {
        let (count, is_sensitive) = first_number(&letters, rest);
        if is_sensitive {
            let digits: Vec<usize> = rest[..count].iter().cloned().flatten().collect();
            digits[hidden(digits.len(), PHONE_SHOWN)].iter().for_each(|at| letters[*at] = HIDDEN);
        }
        at += count;
    }
    letters.into_iter().collect()
}

/// Runs of digits by their places.
fn runs(letters: &[char]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in (0..letters.len()).filter(|at| digit(letters[*at]).is_some()) {
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end += 1,
            None => runs.push(at..at + 1),
        }
    }
    runs
}

/// How many runs the first number in the text is written in, and whether it is to be hidden.
fn first_number(letters: &[char], runs: &[Range<usize>]) -> (usize, bool) {
    let goes_on =
        |pair: &[Range<usize>]| pair[0].end + 1 == pair[1].start && SEPARATORS.contains(&letters[pair[0].end]);
    let together = 1 + runs.windows(2).take_while(|pair| goes_on(pair)).count();
    let lengths: Vec<usize> = runs[..together].iter().map(ExactSizeIterator::len).collect();
    if lengths.starts_with(&CASE_NUMBER) {
        return (CASE_NUMBER.len(), false);
    }
    if lengths[0] >= DIGITS_MIN {
        return (1, true);
    }
    let start = |at: usize| letters.get(runs[0].start + at).and_then(|letter| digit(*letter));
    let is_phone = |count: &usize| match (start(0), start(1)) {
        _ if lengths[0] < PHONE_START_MIN => false,
        (Some(1), Some(3..=9)) => lengths[..*count].iter().sum::<usize>() == MOBILE,
        (Some(0), _) => LANDLINE.contains(&lengths[..*count].iter().sum()),
        _ => false,
    };
    (2..=together).find(is_phone).map_or((1, false), |count| (count, true))
}

/// A digit, also a full-width one.
fn digit(letter: char) -> Option<u32> {
    match letter {
        '\u{ff10}'..='\u{ff19}' => Some(u32::from(letter) - 0xff10),
        other => other.to_digit(10),
    }
}

/// What a form gave back: the masked value of what is kept stands for what is kept.
pub fn kept_if_masked(name: &str, typed: &mut String, kept: &str) {
    if !kept.is_empty() && typed.trim() == field(name, kept) {
        kept.clone_into(typed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enough_is_shown_to_tell_two_apart_and_never_more_than_half() {
        assert_eq!(phone("19900000001"), "199****0001");
        assert_eq!(phone("05330000001"), "053****0001");
        assert_eq!(phone("12315"), "****5");
        assert_eq!(id_number("37032119600101002X"), "370*************2X");
        assert_eq!(address("桓台县索镇某某村东街一号"), "桓台县索镇某****");
        assert_eq!(address("索镇"), "索****");
        assert_eq!((phone(""), address(""), id_number("")), (String::new(), String::new(), String::new()));
    }

    #[test]
    fn long_numbers_in_a_text_are_masked_and_case_numbers_are_not() {
        assert_eq!(
            digits_in("电话19900000001，编号 370321-0107-2026-0007-8"),
            "电话199****0001，编号 370321-0107-2026-0007-8"
        );
        assert_eq!(digits_in("37032119600101002X"), "370**********1002X");
        assert_eq!(digits_in(""), "");
    }

    /// Regression: only a number written in one run of plain digits was hidden.
    #[test]
    fn a_phone_number_is_masked_however_it_is_written_and_a_day_is_not() {
        let table = [
            ("199 0000 0001", "199 **** 0001"),
            ("199-0000-0001", "199-****-0001"),
            ("１９９０００００００１", "１９９****０００１"),
            ("（0533）电话 0533-0000001", "（0533）电话 053*-***0001"),
            ("+86 199\u{3000}0000\u{3000}0001。", "+86 199\u{3000}****\u{3000}0001。"),
            ("2026-11-02 199 0000 0001", "2026-11-02 199 **** 0001"),
            ("2026-11-19 10:30 到 2026-01-02", "2026-11-19 10:30 到 2026-01-02"),
            ("370321-0107-2026-0007-8 199 0000 0001", "370321-0107-2026-0007-8 199 **** 0001"),
            ("赔 1200 元 3 袋 2026 年", "赔 1200 元 3 袋 2026 年"),
            ("199 0000", "199 0000"),
        ];
        for (text, masked) in table {
            assert_eq!(digits_in(text), masked);
        }
    }

    #[test]
    fn a_list_hides_numbers_in_free_texts_and_telephones_of_anybody() {
        assert_eq!(listed("facts", "打19900000001"), "打199****0001");
        assert_eq!(listed("phone", "19900000001"), "199****0001");
        assert_eq!(listed("consumer_id_number", "37032119600101002X"), "370*************2X");
        assert_eq!(listed("external_number", "2026110212345678"), "2026110212345678");
        assert!(is_masked(&phone("19900000001")) && !is_masked("19900000001"));
    }

    #[test]
    fn a_masked_value_that_comes_back_is_what_was_kept() {
        for name in FIELDS {
            let kept = "37032119600101002X";
            let mut typed = field(name, kept);
            assert_ne!(typed, kept, "{name}");
            kept_if_masked(name, &mut typed, kept);
            assert_eq!(typed, kept, "{name}");
            let mut other = "19900000002".to_owned();
            kept_if_masked(name, &mut other, kept);
            assert_eq!(other, "19900000002", "{name}");
        }
    }
}

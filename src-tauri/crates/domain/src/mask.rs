//! What is shown of a phone number, an identity number or an address to somebody who has not asked for the whole: enough to
//! tell two apart, too little to call, visit or impersonate anybody.

/// Stands for what is not shown.
const HIDDEN: char = '*';
/// A run of digits this long may be a phone or an identity number, wherever it stands.
const DIGITS_MIN: usize = 7;
const ADDRESS_SHOWN: usize = 6;

/// Fields of complaints and consultations that are shown masked.
pub const FIELDS: [&str; 5] =
    ["consumer_phone", "consumer_address", "consumer_id_number", "agent_phone", "asker_phone"];

/// A field as it is shown; what is not sensitive stays as it is.
pub fn field(name: &str, value: &str) -> String {
    match name {
        "consumer_phone" | "agent_phone" | "asker_phone" => phone(value),
        "consumer_address" => address(value),
        "consumer_id_number" => id_number(value),
        _ => value.to_owned(),
    }
}

/// `199****0001`
pub fn phone(text: &str) -> String {
    middle(text, (3, 4))
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
fn middle(text: &str, (before, after): (usize, usize)) -> String {
    let letters: Vec<char> = text.chars().collect();
    let (before, after) = match letters.len() {
        all if all >= 2 * (before + after) - 3 => (before, after),
        all => (0, all / 4),
    };
    let hidden = before..letters.len() - after;
    letters.iter().enumerate().map(|(at, letter)| if hidden.contains(&at) { HIDDEN } else { *letter }).collect()
}

/// Masks every long run of digits in a text, as in an excerpt of what was found.
pub fn digits_in(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut run = String::new();
    for letter in text.chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            run.push(letter);
            continue;
        }
        masked.push_str(if run.len() >= DIGITS_MIN { phone(&run) } else { run.clone() }.as_str());
        run.clear();
        if letter != '\0' {
            masked.push(letter);
        }
    }
    masked
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

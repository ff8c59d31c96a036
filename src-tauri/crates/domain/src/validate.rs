//! Typed text to values, field by field, gathering every error and not only the first.
//! It must not know records: which field is required is said by the inputs in `record`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use uuid::Uuid;

use crate::codes::CodeLists;
use crate::date::CivilDate;
use crate::digits::{half_width, squeeze};
use crate::money::Fen;

/// Longest name, number or place, in characters.
pub const SHORT_TEXT_MAX: usize = 100;
/// Longest address or note, in characters.
pub const NOTE_MAX: usize = 500;
/// Longest account of the facts, in characters.
pub const LONG_TEXT_MAX: usize = 4_000;
/// Largest number of persons, pieces or cases typed into one field.
pub const COUNT_MAX: u32 = 10_000_000;

/// What is wrong with one field; the window says it in words beside the field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldError {
    /// Name of the field as in the input; "loss.amount" inside a nested input.
    pub field: String,
    /// Stable code: required, too_long, amount_invalid, date_in_future, code_unknown, phone_invalid, …
    pub code: String,
    /// What the sentence needs, as `max`.
    pub params: BTreeMap<String, String>,
}

impl FieldError {
    /// An error without parameters.
    pub fn new(field: &str, code: &str) -> FieldError {
        FieldError { field: field.to_owned(), code: code.to_owned(), params: BTreeMap::new() }
    }

    /// The same error with one more parameter.
    pub fn with(mut self, name: &str, value: impl ToString) -> FieldError {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

/// Collects what is wrong while an input is read.
#[derive(Debug)]
pub struct Fields<'a> {
    today: CivilDate,
    lists: &'a CodeLists,
    errors: Vec<FieldError>,
}

impl<'a> Fields<'a> {
    /// Nothing is wrong yet. `today` bounds dates that cannot lie ahead.
    pub fn new(today: CivilDate, lists: &'a CodeLists) -> Fields<'a> {
        Fields { today, lists, errors: Vec::new() }
    }

    /// Notes an error.
    pub fn error(&mut self, field: &str, code: &str) {
        self.errors.push(FieldError::new(field, code));
    }

    /// Takes over the errors of a nested input under `prefix.`, and its value where it has one.
    pub fn nested<T>(&mut self, prefix: &str, result: Result<T, Vec<FieldError>>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(errors) => {
                let prefixed = errors.into_iter().map(|e| FieldError { field: format!("{prefix}.{}", e.field), ..e });
                self.errors.extend(prefixed);
                None
            }
        }
    }

    /// `value` when nothing was wrong, else all errors.
    pub fn finish<T>(self, value: T) -> Result<T, Vec<FieldError>> {
        if self.errors.is_empty() { Ok(value) } else { Err(self.errors) }
    }

    /// Notes `required` where the text is empty; whether it is there.
    pub fn require(&mut self, field: &str, text: &str) -> bool {
        let given = !text.trim().is_empty();
        if !given {
            self.error(field, "required");
        }
        given
    }

    /// Trimmed text of at most `max` characters.
    pub fn text(&mut self, field: &str, text: &str, max: usize) -> String {
        let trimmed = text.trim();
        if trimmed.chars().count() > max {
            self.errors.push(FieldError::new(field, "too_long").with("max", max));
        }
        trimmed.to_owned()
    }

    /// As [`Fields::text`], and must not be empty.
    pub fn required_text(&mut self, field: &str, text: &str, max: usize) -> String {
        self.require(field, text);
        self.text(field, text, max)
    }

    /// A day up to today; empty is none.
    pub fn past_date(&mut self, field: &str, text: &str) -> Option<CivilDate> {
        let date = self.typed_date(field, text, CivilDate::parse_typed)?;
        if date > self.today {
            self.error(field, "date_in_future");
            return None;
        }
        Some(date)
    }

    /// A day that may lie ahead; empty is none.
    pub fn any_date(&mut self, field: &str, text: &str) -> Option<CivilDate> {
        self.typed_date(field, text, CivilDate::parse_typed_ahead)
    }

    fn typed_date(
        &mut self,
        field: &str,
        text: &str,
        parse: fn(&str, CivilDate) -> Result<CivilDate, crate::date::DateError>,
    ) -> Option<CivilDate> {
        if text.trim().is_empty() {
            return None;
        }
        parse(text, self.today).map_err(|e| self.error(field, e.code())).ok()
    }

    /// An amount typed in yuan; empty is none.
    pub fn amount(&mut self, field: &str, text: &str) -> Option<Fen> {
        if text.trim().is_empty() {
            return None;
        }
        Fen::parse_yuan(text).map_err(|e| self.error(field, e.code())).ok()
    }

    /// A whole number 0..=[`COUNT_MAX`]; empty is none.
    pub fn count(&mut self, field: &str, text: &str) -> Option<u32> {
        let digits = squeeze(text);
        if digits.is_empty() {
            return None;
        }
        let number = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
        match number {
            Some(count) if count <= COUNT_MAX => Some(count),
            Some(_) => {
                self.errors.push(FieldError::new(field, "number_too_large").with("max", COUNT_MAX));
                None
            }
            None => {
                self.error(field, "number_invalid");
                None
            }
        }
    }

    /// A telephone number, normalised; empty stays empty.
    pub fn phone(&mut self, field: &str, text: &str) -> String {
        match normal_phone(text) {
            Some(phone) => phone,
            None => {
                self.error(field, "phone_invalid");
                text.trim().to_owned()
            }
        }
    }

    /// A code of `list`; empty stays empty. `kept` is the code the record already has: a newer program may have put it
    /// there, so it is never refused.
    pub fn code(&mut self, field: &str, list: &str, code: &str, kept: &str) -> String {
        let code = code.trim();
        if !code.is_empty() && code != kept && !self.lists.contains(list, code) {
            self.errors.push(FieldError::new(field, "code_unknown").with("value", code));
        }
        code.to_owned()
    }

    /// Codes of `list`, each once, in their order.
    pub fn codes(&mut self, field: &str, list: &str, codes: &[String], kept: &[String]) -> Vec<String> {
        let mut chosen: Vec<String> = Vec::with_capacity(codes.len());
        for code in codes {
            let keep = kept.iter().find(|k| *k == code).map_or("", String::as_str);
            let code = self.code(field, list, code, keep);
            if !code.is_empty() && !chosen.contains(&code) {
                chosen.push(code);
            }
        }
        chosen
    }

    /// A record's id that must be there.
    pub fn id(&mut self, field: &str, text: &str) -> Option<Uuid> {
        if !self.require(field, text) {
            return None;
        }
        Uuid::try_parse(text.trim()).map_err(|_| self.error(field, "id_invalid")).ok()
    }

    /// A Chinese resident identity number is checked; other papers are kept as text.
    pub fn id_number(&mut self, field: &str, id_type: &str, number: &str) -> String {
        let number = squeeze(number).to_ascii_uppercase();
        if id_type == "IT01" && number.len() == 18 && !resident_id_is_right(&number) {
            self.error(field, "id_number_invalid");
        }
        self.text(field, &number, SHORT_TEXT_MAX)
    }

    /// A unified social credit code, or an old 15-digit registration number; empty stays empty.
    pub fn uscc(&mut self, field: &str, text: &str) -> String {
        let code = squeeze(text).to_ascii_uppercase();
        let old = code.len() == 15 && code.bytes().all(|b| b.is_ascii_digit());
        if !code.is_empty() && !old && !uscc_is_right(&code) {
            self.error(field, "uscc_invalid");
        }
        code
    }
}

/// A telephone number without spaces, hyphens and brackets; `None` when it cannot be one; empty stays empty.
/// Mobile numbers, landlines with area code (and `-extension`), seven or eight digits of a local line, 400/800, 95xxx, 12xxx.
pub fn normal_phone(text: &str) -> Option<String> {
    let folded: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let plus = folded.strip_prefix("+86").unwrap_or(&folded);
    let digits: String = plus.chars().filter(|c| !matches!(c, '-' | '(' | ')')).collect();
    if digits.is_empty() {
        return folded.is_empty().then(String::new);
    }
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let second = digits.as_bytes().get(1).copied().unwrap_or(b'0');
    let fits = match digits.len() {
        11 if digits.starts_with('1') => second >= b'3',
        10..=12 if digits.starts_with('0') => second != b'0',
        13..=16 if digits.starts_with('0') => second != b'0' && plus.matches('-').count() >= 2,
        10 => digits.starts_with("400") || digits.starts_with("800"),
        7 | 8 => (b'2'..=b'8').contains(&digits.as_bytes()[0]),
        3 => matches!(digits.as_str(), "110" | "114" | "119" | "120" | "122"),
        5 => digits.starts_with("95") || digits.starts_with("12") || digits.starts_with("10"),
        6 => digits.starts_with("95") || digits.starts_with("96"),
        _ => false,
    };
    fits.then_some(digits)
}

/// GB 11643: eighteen characters, a real birth date, and the weighted check.
fn resident_id_is_right(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let bytes = number.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let birth = format!("{}-{}-{}", &number[6..10], &number[10..12], &number[12..14]);
    let sum: u32 = WEIGHTS.iter().zip(bytes).map(|(w, b)| w * u32::from(b - b'0')).sum();
    CivilDate::parse_iso(&birth).is_ok() && CHECKS[(sum % 11) as usize] == bytes[17]
}

/// GB 32100: eighteen characters of a reduced alphabet, weights 3^i mod 31.
fn uscc_is_right(code: &str) -> bool {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let values: Option<Vec<usize>> = code.bytes().map(|b| ALPHABET.iter().position(|a| *a == b)).collect();
    let Some(values) = values.filter(|v| v.len() == 18) else {
        return false;
    };
    let mut weight = 1;
    let mut sum = 0;
    for value in &values[..17] {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    (31 - sum % 31) % 31 == values[17]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_are_normalised_or_refused() {
        let table = [
            ("", Some("")),
            ("199 0000 0001", Some("19900000001")),
            ("１９９０００００００１", Some("19900000001")),
            ("+86 199-0000-0001", Some("19900000001")),
            ("0533-0000001", Some("05330000001")),
            ("(0533) 8000000", Some("05338000000")),
            ("010-80000000", Some("01080000000")),
            ("0533-8000000-801", Some("05338000000801")),
            ("8000000", Some("8000000")),
            ("400-000-0000", Some("4000000000")),
            ("12315", Some("12315")),
            ("95000", Some("95000")),
            ("1990000", None),
            ("12000000001", None),
            ("电话不详", None),
            ("199000000011", None),
            ("---", None),
        ];
        for (typed, expected) in table {
            assert_eq!(normal_phone(typed).as_deref(), expected, "{typed}");
        }
    }

    #[test]
    fn identity_and_credit_codes_are_checked_by_their_last_character() {
        assert!(resident_id_is_right("11010519491231002X"));
        assert!(!resident_id_is_right("110105194912310021"));
        assert!(!resident_id_is_right("11010519491331002X"));
        assert!(uscc_is_right("91350100M000100Y43"));
        assert!(!uscc_is_right("91350100M000100Y44"));
        assert!(!uscc_is_right("91350100M000100Y4"));
    }

    #[test]
    fn all_errors_are_gathered_with_their_parameters() {
        let lists = CodeLists::built_in();
        let mut fields = Fields::new(CivilDate::parse_iso("2026-11-23").unwrap(), &lists);
        fields.required_text("name", "  ", 10);
        fields.text("note", "一二三四", 3);
        fields.past_date("on", "2026-11-24");
        fields.amount("price", "1.234");
        fields.count("persons", "十");
        fields.code("nature", "nature", "N77", "");
        fields.code("class", "class", "from-a-newer-program", "from-a-newer-program");
        fields.id("complaint", "7");
        let errors = fields.finish(()).unwrap_err();
        let codes: Vec<(&str, &str)> = errors.iter().map(|e| (e.field.as_str(), e.code.as_str())).collect();
        let expected = [
            ("name", "required"),
            ("note", "too_long"),
            ("on", "date_in_future"),
            ("price", "amount_too_precise"),
            ("persons", "number_invalid"),
            ("nature", "code_unknown"),
            ("complaint", "id_invalid"),
        ];
        assert_eq!(codes, expected);
        assert_eq!(errors[1].params["max"], "3");
    }
}

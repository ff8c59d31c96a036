//! Typed text to values, field by field, gathering every error and not only the first.
//! It must not know records: which field is required is said by the inputs in `record`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use uuid::Uuid;

use crate::checks::{self, CheckFault, CheckKind};
use crate::codes::CodeLists;
use crate::date::CivilDate;
use crate::digits::{half_width, lines, one_line, squeeze};
use crate::money::Fen;

/// Longest name, number or place, in characters.
pub const SHORT_TEXT_MAX: usize = 100;
/// Longest address or note, in characters.
pub const NOTE_MAX: usize = 500;
/// Longest account of the facts, in characters.
pub const LONG_TEXT_MAX: usize = 4_000;
/// The code of the resident identity card in the list of papers.
const RESIDENT_ID: &str = "IT01";
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

/// What can be said of a form while it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct FormCheck {
    /// What must be put right before it can be recorded.
    pub errors: Vec<FieldError>,
    /// What looks wrong and may be right: it is shown, and blocks nothing.
    pub warnings: Vec<FieldError>,
    /// How an amount, a date or a number was understood, by field: "1,234.50", "2026-03-02".
    pub understood: BTreeMap<String, String>,
}

/// Collects what is wrong while an input is read.
#[derive(Debug)]
pub struct Fields<'a> {
    today: CivilDate,
    lists: &'a CodeLists,
    said: FormCheck,
}

impl<'a> Fields<'a> {
    /// Nothing is wrong yet. `today` bounds dates that cannot lie ahead.
    pub fn new(today: CivilDate, lists: &'a CodeLists) -> Fields<'a> {
        Fields { today, lists, said: FormCheck::default() }
    }

    /// Notes an error.
    pub fn error(&mut self, field: &str, code: &str) {
        self.said.errors.push(FieldError::new(field, code));
    }

    /// Notes what looks wrong and may be right.
    pub fn warn(&mut self, warning: FieldError) {
        self.said.warnings.push(warning);
    }

    fn understand(&mut self, field: &str, as_text: impl ToString) {
        self.said.understood.insert(field.to_owned(), as_text.to_string());
    }

    /// Everything that was noted, the value left aside.
    pub fn into_check(self) -> FormCheck {
        self.said
    }

    /// Takes over what was noted of a nested input under `prefix.`.
    pub fn nest(&mut self, prefix: &str, check: FormCheck) {
        let under = |found: FieldError| FieldError { field: format!("{prefix}.{}", found.field), ..found };
        self.said.errors.extend(check.errors.into_iter().map(under));
        self.said.warnings.extend(check.warnings.into_iter().map(under));
        let named = check.understood.into_iter().map(|(field, text)| (format!("{prefix}.{field}"), text));
        self.said.understood.extend(named);
    }

    /// Takes over the errors of a nested input under `prefix.`, and its value where it has one.
    pub fn nested<T>(&mut self, prefix: &str, result: Result<T, Vec<FieldError>>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(errors) => {
                let prefixed = errors.into_iter().map(|e| FieldError { field: format!("{prefix}.{}", e.field), ..e });
                self.said.errors.extend(prefixed);
                None
            }
        }
    }

    /// `value` when nothing was wrong, else all errors.
    pub fn finish<T>(self, value: T) -> Result<T, Vec<FieldError>> {
        if self.said.errors.is_empty() { Ok(value) } else { Err(self.said.errors) }
    }

    /// Notes `required` where the text is empty; whether it is there.
    pub fn require(&mut self, field: &str, text: &str) -> bool {
        let given = !text.trim().is_empty();
        if !given {
            self.error(field, "required");
        }
        given
    }

    /// Trimmed text of at most `max` characters. What fits on one line ([`SHORT_TEXT_MAX`]) loses pasted line breaks.
    pub fn text(&mut self, field: &str, text: &str, max: usize) -> String {
        let clean = if max <= SHORT_TEXT_MAX { one_line(text) } else { lines(text) };
        if clean.chars().count() > max {
            self.said.errors.push(FieldError::new(field, "too_long").with("max", max));
        }
        clean
    }

    /// As [`Fields::text`], and must not be empty.
    pub fn required_text(&mut self, field: &str, text: &str, max: usize) -> String {
        self.require(field, text);
        self.text(field, text, max)
    }

    /// A day up to today; empty is none. A later day is taken with a warning: it may be this PC's clock that is wrong.
    pub fn past_date(&mut self, field: &str, text: &str) -> Option<CivilDate> {
        let date = self.typed_date(field, text, CivilDate::parse_typed)?;
        if date > self.today {
            self.warn(FieldError::new(field, "date_in_future").with("today", self.today));
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
        let date = parse(text, self.today).map_err(|e| self.error(field, e.code())).ok()?;
        self.understand(field, date);
        Some(date)
    }

    /// An amount typed in yuan; empty is none.
    pub fn amount(&mut self, field: &str, text: &str) -> Option<Fen> {
        if text.trim().is_empty() {
            return None;
        }
        let amount = Fen::parse_yuan(text).map_err(|e| self.error(field, e.code())).ok()?;
        self.understand(field, amount);
        Some(amount)
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
                self.said.errors.push(FieldError::new(field, "number_too_large").with("max", COUNT_MAX));
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
            Some(phone) => {
                if phone != text.trim() {
                    self.understand(field, &phone);
                }
                phone
            }
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
            self.said.errors.push(FieldError::new(field, "code_unknown").with("value", code));
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

    /// A Chinese resident identity number is looked at, other papers are kept as text. What cannot be right is warned of
    /// and kept: the paper itself may be misprinted.
    pub fn id_number(&mut self, field: &str, id_type: &str, number: &str) -> String {
        let number = squeeze(number).to_ascii_uppercase();
        if id_type == RESIDENT_ID && !number.is_empty() {
            self.look_at(field, checks::check(CheckKind::ResidentId, &number));
        }
        self.text(field, &number, SHORT_TEXT_MAX)
    }

    /// A unified social credit code, or an old registration number of fifteen digits; empty stays empty. What cannot be
    /// right is warned of and kept.
    pub fn uscc(&mut self, field: &str, text: &str) -> String {
        let code = squeeze(text).to_ascii_uppercase();
        let kind = if code.len() == 15 { CheckKind::OldRegistration } else { CheckKind::Uscc };
        if !code.is_empty() {
            self.look_at(field, checks::check(kind, &code));
        }
        self.text(field, &code, SHORT_TEXT_MAX)
    }

    fn look_at(&mut self, field: &str, result: Result<String, CheckFault>) {
        if let Err(fault) = result {
            self.warn(FieldError::new(field, &format!("check_{}", fault.as_str())));
        }
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
    fn numbers_that_cannot_be_right_are_warned_of_and_kept() {
        let lists = CodeLists::built_in();
        let mut fields = Fields::new(CivilDate::parse_iso("2026-11-23").unwrap(), &lists);
        assert_eq!(fields.id_number("right", "IT01", "11010519491231002x"), "11010519491231002X");
        assert_eq!(fields.id_number("swapped", "IT01", "110105194912310021"), "110105194912310021");
        assert_eq!(fields.id_number("passport", "IT03", "E1234"), "E1234");
        assert_eq!(fields.uscc("code", "91350100M000100Y44"), "91350100M000100Y44");
        assert_eq!(fields.uscc("short", "9135"), "9135");
        let check = fields.into_check();
        let warned: Vec<(&str, &str)> = check.warnings.iter().map(|w| (w.field.as_str(), w.code.as_str())).collect();
        assert_eq!(warned, [("swapped", "check_check"), ("code", "check_check"), ("short", "check_length")]);
        assert_eq!(check.errors, []);
    }

    #[test]
    fn what_was_understood_is_said_and_a_day_ahead_is_only_warned_of() {
        let lists = CodeLists::built_in();
        let mut fields = Fields::new(CivilDate::parse_iso("2001-01-01").unwrap(), &lists);
        assert!(fields.past_date("on", "２０２６/３/2").is_some());
        fields.amount("price", "1.5万元");
        fields.phone("phone", "199 0000 0001");
        fields.phone("plain", "19900000001");
        let check = fields.into_check();
        assert_eq!(check.warnings, [FieldError::new("on", "date_in_future").with("today", "2001-01-01")]);
        let said: Vec<(&str, &str)> = check.understood.iter().map(|(field, text)| (&**field, &**text)).collect();
        assert_eq!(said, [("on", "2026-03-02"), ("phone", "19900000001"), ("price", "15,000.00")]);
    }

    #[test]
    fn all_errors_are_gathered_with_their_parameters() {
        let lists = CodeLists::built_in();
        let mut fields = Fields::new(CivilDate::parse_iso("2026-11-23").unwrap(), &lists);
        fields.required_text("name", "  ", 10);
        fields.text("note", "一二三四", 3);
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
            ("price", "amount_too_precise"),
            ("persons", "number_invalid"),
            ("nature", "code_unknown"),
            ("complaint", "id_invalid"),
        ];
        assert_eq!(codes, expected);
        assert_eq!(errors[1].params["max"], "3");
    }
}

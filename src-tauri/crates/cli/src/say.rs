//! Sentences in the language that is spoken. What the window says, too, comes from the window's own catalogues; what
//! only a command line says is in `words/`, which goes first. It must not know what a sentence is about.

use std::fmt::Write;

use clap::ValueEnum;
use redress_app::AppError;
use redress_domain::codes::Lang;
use redress_domain::{CivilDate, CodeLists, Fen, FieldError};
use serde_json::Value;

const WINDOW: [&str; 2] =
    [include_str!("../../../../ui/src/locales/zh-CN.json"), include_str!("../../../../ui/src/locales/en.json")];
const OWN: [&str; 2] = [include_str!("words/zh-CN.json"), include_str!("words/en.json")];

/// A language that is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tongue {
    /// 中文
    #[value(name = "zh-CN", alias = "zh")]
    Zh,
    /// English
    #[value(name = "en")]
    En,
}

/// The sentences of one language.
pub struct Say {
    tongue: Tongue,
    own: Value,
    window: Value,
    codes: CodeLists,
}

impl Say {
    /// The sentences of a language.
    pub fn new(tongue: Tongue) -> Self {
        let place = match tongue {
            Tongue::Zh => 0,
            Tongue::En => 1,
        };
        let read = |texts: [&str; 2]| {
            serde_json::from_str(texts[place]).expect("the catalogues shipped with the program are tested")
        };
        Self { tongue, own: read(OWN), window: read(WINDOW), codes: CodeLists::built_in() }
    }

    fn find(&self, key: &str) -> Option<&str> {
        lookup(&self.own, key).or_else(|| lookup(&self.window, key))
    }

    /// Whether there is a sentence with this key.
    pub fn knows(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// A sentence without parameters; the key itself where there is none.
    pub fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A sentence with its parameters filled in.
    pub fn with(&self, key: &str, params: &[(&str, &str)]) -> String {
        fill(self.find(key).unwrap_or(key), |name| {
            params.iter().find(|(known, _)| *known == name).map(|(_, value)| plain(value))
        })
    }

    /// A sentence about how many. Where a language tells one from many, the catalogue has both, as in the window.
    pub fn counted(&self, key: &str, count: u64) -> String {
        let template = form(self.find(key).unwrap_or(key), count);
        fill(template, |name| (name == "count").then(|| number(count)))
    }

    /// The word of a code: from the catalogues, else from a code list, else the code.
    pub fn code(&self, catalogue: &str, code: &str, on: Option<CivilDate>) -> String {
        if let Some(text) = self.find(&format!("{catalogue}.{code}")) {
            return text.to_owned();
        }
        let lang = match self.tongue {
            Tongue::Zh => Lang::Zh,
            Tongue::En => Lang::En,
        };
        match on {
            Some(on) => plain(self.codes.label(catalogue, code, on, lang)),
            None => plain(code),
        }
    }

    /// What happened and what to do, and every field that is wrong, each on its line.
    pub fn error(&self, error: &AppError) -> String {
        let mut text = self.with("line.error", &[("text", &self.happened(error))]) + "\n";
        for field in &error.fields {
            let _ = writeln!(text, "  {}", self.field(field));
        }
        if self.knows(&format!("advice.{}", error.code)) {
            let advice = self.of_error("advice", error);
            let _ = writeln!(text, "{}", self.with("line.advice", &[("text", &advice)]));
        }
        if let Some(detail) = error.params.get("detail").filter(|_| error.code == "internal") {
            let _ = writeln!(text, "{}", self.with("line.detail", &[("text", detail)]));
        }
        text
    }

    /// What happened, in one sentence.
    pub fn happened(&self, error: &AppError) -> String {
        if self.knows(&format!("errors.{}", error.code)) {
            return self.of_error("errors", error);
        }
        self.with("errors.unknown", &[("code", &error.code)])
    }

    fn of_error(&self, catalogue: &str, error: &AppError) -> String {
        let params: Vec<(&str, &str)> = error.params.iter().map(|(name, value)| (&**name, &**value)).collect();
        self.with(&format!("{catalogue}.{}", error.code), &params)
    }

    fn field(&self, error: &FieldError) -> String {
        let last = error.field.rsplit('.').next().unwrap_or_default();
        let name = self.find(&format!("fields.{last}")).unwrap_or(&error.field).to_owned();
        let key = format!("fieldErrors.{}", error.code);
        let key = if self.knows(&key) { key } else { "fieldErrors.other".to_owned() };
        let mut params: Vec<(&str, &str)> = vec![("code", &error.code)];
        params.extend(error.params.iter().map(|(name, value)| (&**name, &**value)));
        self.with("line.field", &[("field", &name), ("text", &self.with(&key, &params))])
    }
}

fn lookup<'a>(catalogue: &'a Value, key: &str) -> Option<&'a str> {
    key.split('.').try_fold(catalogue, |at, part| at.get(part))?.as_str()
}

/// The form for so many, of those that a sentence has (`one | many`).
fn form(sentence: &str, count: u64) -> &str {
    match sentence.split_once(" | ") {
        Some((one, _)) if count == 1 => one,
        Some((_, many)) => many,
        None => sentence,
    }
}

/// Fills `{name}` in one pass, so that a value with braces stays as it is; `{'x'}` stands for x itself.
fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            return text + "{" + after;
        };
        let literal = name.strip_prefix('\'').and_then(|name| name.strip_suffix('\''));
        text.push_str(&literal.map(str::to_owned).or_else(|| value(name)).unwrap_or_default());
        rest = behind;
    }
    text + rest
}

/// Text from outside without what could steer a terminal.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A count with separators.
pub fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count that may be negative after corrections.
pub fn signed(count: i64) -> String {
    format!("{}{}", if count < 0 { "-" } else { "" }, number(count.unsigned_abs()))
}

/// Yuan with separators and two decimals.
pub fn money(fen: i64) -> String {
    Fen::new(fen).map_or_else(|| format!("{fen} fen"), |fen| fen.to_string())
}

/// A size in the unit that fits, cut to one decimal.
pub fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1024 => return format!("{bytes} B"),
        1024..1_048_576 => (1024, "KiB"),
        _ => (1_048_576, "MiB"),
    };
    format!("{}.{} {name}", number(bytes / unit), bytes % unit * 10 / unit)
}

/// An instant as people read it: day and minute, by the clock of the PC that wrote it.
pub fn minute(instant: &str) -> String {
    plain(&instant.get(..16).unwrap_or(instant).replace('T', " "))
}

#[cfg(test)]
mod tests {
    use super::{OWN, Say, Tongue, fill, money, number, plain, signed, size};
    use redress_app::AppError;
    use serde_json::Value;

    fn keys(value: &Value, path: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(name, value)| keys(value, &format!("{path}.{name}"), found)),
            _ => found.push(path.to_owned()),
        }
    }

    #[test]
    fn both_languages_have_the_same_sentences() {
        let [zh, en] = OWN.map(|text| {
            let mut found = Vec::new();
            keys(&serde_json::from_str(text).unwrap(), "", &mut found);
            found.sort();
            found
        });
        assert_eq!(zh, en);
    }

    #[test]
    fn one_is_told_from_many_where_the_language_does() {
        let said = |tongue, count| Say::new(tongue).counted("merge.alreadyHad", count);
        assert!(said(Tongue::En, 1).starts_with("1 entry was already here"));
        for (count, beginning) in [(0, "0 entries were"), (2, "2 entries were"), (1_000, "1,000 entries were")] {
            assert!(said(Tongue::En, count).starts_with(beginning), "{}", said(Tongue::En, count));
        }
        for tongue in [Tongue::Zh, Tongue::En] {
            assert!(!said(tongue, 1).contains('|'));
        }
    }

    #[test]
    fn numbers_are_grouped_and_exact() {
        assert_eq!([number(0), number(999), number(1_000), number(4_000_000)], ["0", "999", "1,000", "4,000,000"]);
        assert_eq!(signed(-1_234), "-1,234");
        assert_eq!(money(150_000_000), "1,500,000.00");
        assert_eq!([size(1_023), size(4_096), size(1_600_000)], ["1023 B", "4.0 KiB", "1.5 MiB"]);
    }

    #[test]
    fn a_value_with_braces_stays_as_it_is() {
        let value = |name: &str| (name == "text").then(|| "{text}".to_owned());
        assert_eq!(fill("“{text}” {'@'} {", value), "“{text}” @ {");
    }

    #[test]
    fn text_from_outside_cannot_steer_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\nc"), "a [2Jb c");
    }

    #[test]
    fn an_error_says_what_happened_what_is_wrong_and_what_to_do() {
        let text = Say::new(Tongue::En).error(&AppError::field("area_code", "required"));
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.contains("This is needed"), "{text}");
        let unknown = Say::new(Tongue::Zh).error(&AppError::new("from_the_future"));
        assert!(unknown.contains("from_the_future"), "{unknown}");
    }
}

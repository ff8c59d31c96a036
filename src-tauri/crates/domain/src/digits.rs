//! Full-width text to half-width: what an input method leaves behind in numbers, dates and phones.
//! It must not change anything a person would call a different character.

/// Half-width form of one character: full-width ASCII (U+FF01..U+FF5E) the ideographic space, and the Chinese full stop typed for a point.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '。' => '.',
        other => other,
    }
}

/// Half-width text without any white space.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect()
}

/// Half-width form of a letter or digit; brackets and the like are Chinese punctuation and stay.
fn plain_letter(c: char) -> char {
    let half = half_width(c);
    if half.is_ascii_alphanumeric() { half } else { c }
}

/// Text on one line: line breaks and other white space become one space each, other control characters go.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<String> = text
        .split(char::is_whitespace)
        .map(|word| word.chars().filter(|c| !c.is_control()).map(plain_letter).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Text of several lines, each ended in one way, without other control characters.
pub(crate) fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let clean: String =
        text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).map(plain_letter).collect();
    clean.trim().to_owned()
}

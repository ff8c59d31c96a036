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

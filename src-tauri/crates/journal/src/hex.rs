//! Bytes as hexadecimal digits: the one place that writes and reads them. What such a text stands for is told by the types
//! that use it.

use std::fmt;

/// Lower-case digits, two for each byte.
pub fn hex(bytes: &[u8]) -> String {
    Digits(bytes).to_string()
}

/// Reads what [`hex`] wrote; upper-case digits too. None when it is anything else.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    let pairs = digits.chunks_exact(2);
    if pairs.remainder().is_empty() { pairs.map(byte).collect() } else { None }
}

/// Reads exactly `N` bytes.
pub fn unhex_exact<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() == 2 * N { unhex(text)?.try_into().ok() } else { None }
}

fn byte(pair: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*pair.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

/// Bytes that show as lower-case digits.
pub struct Digits<'b>(pub &'b [u8]);

impl fmt::Display for Digits<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(to, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_and_nothing_else_is_read() {
        assert_eq!((hex(&[0, 0x7f, 0xff]), hex(&[])), ("007fff".to_owned(), String::new()));
        assert_eq!((unhex("007FfF"), unhex("")), (Some(vec![0, 0x7f, 0xff]), Some(Vec::new())));
        assert_eq!(["0", "0g", "+f", " 0", "\u{ff10}0"].map(unhex), [const { None }; 5]);
        assert_eq!((unhex_exact::<2>("0102"), unhex_exact::<2>("010203")), (Some([1, 2]), None));
    }
}

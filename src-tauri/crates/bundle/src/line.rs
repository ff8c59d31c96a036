//! Lines of the text inside a bundle: the cheap checks that every line passes, and a reader that never holds more than one
//! buffer. It knows no grammar and never parses JSON into a tree.

use std::io::Read;
use std::ops::Range;

use serde::Deserialize;

use crate::error::BundleError;
use crate::limits::DEPTH_MAX;
use crate::strict::{self, string_end};

/// Enough for hundreds of ordinary lines; grows only for a longer one.
const BUFFER_BYTES: usize = 256 * 1024;

/// What is wrong with the shape of a line, if anything: it must be one object in UTF-8 without a line feed, with balanced
/// brackets, not too deep. Everything else is for a JSON parser to say.
pub(crate) fn fault(line: &[u8]) -> Option<&'static str> {
    if line.first() != Some(&b'{') {
        return Some("not an object");
    }
    if std::str::from_utf8(line).is_err() {
        return Some("not UTF-8");
    }
    bracket_fault(line)
}

fn bracket_fault(line: &[u8]) -> Option<&'static str> {
    let (mut depth, mut at) = (0_u32, 0_usize);
    while let Some(&byte) = line.get(at) {
        match byte {
            b'"' => match string_end(line, at + 1) {
                Some(end) => at = end,
                None => return Some("a text without end"),
            },
            b'{' | b'[' if depth == DEPTH_MAX => return Some("nested too deep"),
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 1 && at + 1 < line.len() => return Some("something behind the object"),
            b'}' | b']' if depth == 0 => return Some("brackets do not match"),
            b'}' | b']' => depth -= 1,
            b'\n' => return Some("a line feed"),
            _ => {}
        }
        at += 1;
    }
    (depth != 0).then_some("brackets do not match")
}

/// One line without its line feed, checked by [`fault`].
pub(crate) struct Line<'a> {
    pub number: u64,
    pub bytes: &'a [u8],
}

impl<'a> Line<'a> {
    pub fn error(&self, what: &'static str) -> BundleError {
        BundleError::Format { line: self.number, what }
    }

    /// Reads a control line.
    pub fn parse<T: Deserialize<'a>>(&self) -> Result<T, BundleError> {
        if let Some(what) = strict::fault(self.bytes) {
            return Err(self.error(what));
        }
        serde_json::from_slice(self.bytes).map_err(|_| self.error("not what this kind of line holds"))
    }
}

/// Splits a stream into lines, within limits, and hashes it on the way.
pub(crate) struct LineReader<R> {
    input: R,
    buffer: Vec<u8>,
    /// Where the last line began; everything before it is hashed, or is between `hashed` and here.
    line_start: usize,
    hashed: usize,
    next: usize,
    filled: usize,
    digest: blake3::Hasher,
    lines: u64,
    bytes: u64,
    bytes_max: u64,
}

impl<R: Read> LineReader<R> {
    /// Reads at most `bytes_max` bytes from `input`.
    pub fn new(input: R, bytes_max: u64) -> Self {
        Self {
            input,
            buffer: vec![0; BUFFER_BYTES],
            line_start: 0,
            hashed: 0,
            next: 0,
            filled: 0,
            digest: blake3::Hasher::new(),
            lines: 0,
            bytes: 0,
            bytes_max,
        }
    }

    /// The next line, of at most `line_bytes_max` bytes; an error when the text has ended.
    pub fn next(&mut self, line_bytes_max: usize) -> Result<Line<'_>, BundleError> {
        let range = self.find_line(line_bytes_max)?;
        let line = Line { number: self.lines, bytes: &self.buffer[range] };
        match fault(line.bytes) {
            Some(what) => Err(line.error(what)),
            None => Ok(line),
        }
    }

    fn find_line(&mut self, line_bytes_max: usize) -> Result<Range<usize>, BundleError> {
        self.line_start = self.next;
        self.lines += 1;
        let mut searched = self.next;
        loop {
            let found = memchr::memchr(b'\n', &self.buffer[searched..self.filled]).map(|at| searched + at);
            let end = found.unwrap_or(self.filled);
            if end - self.line_start > line_bytes_max {
                return Err(BundleError::Limit { which: "line" });
            }
            if let Some(end) = found {
                self.next = end + 1;
                return Ok(self.line_start..end);
            }
            let unsearched = self.filled - self.line_start;
            if self.fill()? == 0 {
                return Err(self.error("the end is missing"));
            }
            searched = self.line_start + unsearched;
        }
    }

    /// Drops the lines already handed out and reads on. Returns how many bytes came.
    fn fill(&mut self) -> Result<usize, BundleError> {
        self.digest.update(&self.buffer[self.hashed..self.line_start]);
        self.buffer.copy_within(self.line_start..self.filled, 0);
        self.filled -= self.line_start;
        (self.line_start, self.hashed, self.next) = (0, 0, 0);
        if self.filled == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let count = read_some(&mut self.input, &mut self.buffer[self.filled..])?;
        self.filled += count;
        self.bytes += count as u64;
        if self.bytes > self.bytes_max {
            return Err(BundleError::Limit { which: "payload" });
        }
        Ok(count)
    }

    /// An error in the last line.
    pub fn error(&self, what: &'static str) -> BundleError {
        BundleError::Format { line: self.lines, what }
    }

    /// BLAKE3 of everything before the last line.
    pub fn digest_before_line(&mut self) -> [u8; 32] {
        self.digest.update(&self.buffer[self.hashed..self.line_start]);
        self.hashed = self.line_start;
        *self.digest.finalize().as_bytes()
    }

    /// Gives the stream back, which must have ended with the last line.
    pub fn finish(mut self) -> Result<R, BundleError> {
        let trailing = self.next < self.filled || read_some(&mut self.input, &mut [0])? != 0;
        if trailing {
            return Err(BundleError::Format { line: self.lines + 1, what: "something behind the end" });
        }
        Ok(self.input)
    }
}

/// One successful `read`, with the errors of a stream of decoders told apart.
pub(crate) fn read_some(input: &mut impl Read, buffer: &mut [u8]) -> Result<usize, BundleError> {
    loop {
        match input.read(buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            result => return result.map_err(BundleError::from_stream),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_within_texts_do_not_count() {
        assert_eq!(fault(br#"{"a":"[[[{{{\"\\","b":[{}]}"#), None);
        assert_eq!(fault("{\"事实\":\"缺斤少两}\"}".as_bytes()), None);
    }

    #[test]
    fn a_line_that_is_not_one_object_is_told_why() {
        let cases: [(&[u8], &str); 9] = [
            (b"", "not an object"),
            (b"[]", "not an object"),
            (b"{\"\xff\":1}", "not UTF-8"),
            (b"{\"a\":[}", "brackets do not match"),
            (b"{}{}", "something behind the object"),
            (b"{} ", "something behind the object"),
            (b"{\"a", "a text without end"),
            (b"{\"a\\\"}", "a text without end"),
            (b"{\n}", "a line feed"),
        ];
        for (line, what) in cases {
            assert_eq!(fault(line), Some(what), "{}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn sixteen_levels_pass_and_seventeen_do_not() {
        let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
        assert_eq!(fault(nested(16).as_bytes()), None);
        assert_eq!(fault(nested(17).as_bytes()), Some("nested too deep"));
    }

    #[test]
    fn lines_longer_than_the_buffer_are_found_whole_and_hashed_once() {
        let mut text = Vec::new();
        for length in [10, BUFFER_BYTES, 20, 3 * BUFFER_BYTES, 30] {
            text.extend_from_slice(format!("{{\"a\":\"{}\"}}\n", "x".repeat(length)).as_bytes());
        }
        let last = text.len() - b"{\"a\":\"\"}\n".len() - 30;
        let mut lines = LineReader::new(text.as_slice(), u64::MAX);
        for length in [10, BUFFER_BYTES, 20, 3 * BUFFER_BYTES, 30] {
            assert_eq!(lines.next(4 * BUFFER_BYTES).unwrap().bytes.len(), length + 8);
        }
        assert_eq!(lines.digest_before_line(), *blake3::hash(&text[..last]).as_bytes());
        assert!(lines.finish().is_ok());
    }
}

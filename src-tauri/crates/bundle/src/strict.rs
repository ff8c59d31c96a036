//! What every JSON text of a bundle but the entries keeps, so that no two readers see different content in it: compact form, no
//! key twice in one object, and no numbers but whole ones from 0. It knows no grammar.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// What is wrong with a text that is one object, if anything.
pub(crate) fn fault(text: &[u8]) -> Option<&'static str> {
    if !is_compact(text) {
        return Some("space between the words");
    }
    serde_json::from_slice::<Strict>(text).is_err().then_some("not JSON, a key that stands twice, or an odd number")
}

fn is_compact(text: &[u8]) -> bool {
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => match string_end(text, at + 1) {
                Some(end) => at = end,
                None => return false,
            },
            byte if byte.is_ascii_whitespace() => return false,
            _ => {}
        }
        at += 1;
    }
    true
}

/// Index of the quotation mark that ends the text which begins at `at`; none when nothing does, or a line feed comes first.
pub(crate) fn string_end(line: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *line.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            b'\n' => return None,
            _ => at += 1,
        }
    }
}

/// Any JSON value that keeps the rules; nothing of it is kept.
struct Strict;

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Walk)
    }
}

/// Numbers with a sign or a fraction meet no method here, and are refused.
struct Walk;

impl<'de> Visitor<'de> for Walk {
    type Value = Strict;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON with whole numbers and without a key that stands twice")
    }

    fn visit_unit<E: Error>(self) -> Result<Strict, E> {
        Ok(Strict)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Strict, E> {
        Ok(Strict)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Strict, E> {
        Ok(Strict)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Strict, E> {
        Ok(Strict)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Strict, A::Error> {
        while items.next_element::<Strict>()?.is_some() {}
        Ok(Strict)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Strict, A::Error> {
        let mut keys = BTreeSet::new();
        while let Some(key) = fields.next_key::<String>()? {
            if !keys.insert(key) {
                return Err(A::Error::custom("a key stands twice"));
            }
            fields.next_value::<Strict>()?;
        }
        Ok(Strict)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_readers_could_read_in_two_ways_is_told() {
        for good in [r#"{"a":1,"b":{"a":[2,null,true,"x y \" z"]}}"#, "{}", r#"{"a":18446744073709551615}"#] {
            assert_eq!(fault(good.as_bytes()), None, "{good}");
        }
        for odd in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"\u0061":1}"#,
            r#"{"x":[{"a":1,"a":2}]}"#,
            r#"{"a":-1}"#,
            r#"{"a":1.0}"#,
            r#"{"a":18446744073709551616}"#,
            r#"{"a": 1}"#,
            "{\"a\":\t1}",
            r#"{"a":01}"#,
            r#"{"a":"\ud800"}"#,
        ] {
            assert!(fault(odd.as_bytes()).is_some(), "{odd}");
        }
    }
}

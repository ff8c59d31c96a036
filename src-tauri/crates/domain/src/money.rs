//! Money in integer fen, exact. It must not meet a floating point number anywhere.

use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use thiserror::Error;
use ts_rs::TS;

use crate::digits::squeeze;

/// Largest absolute amount in fen: 2^53 - 1, so that a window written in JavaScript counts exactly, too.
pub const FEN_MAX: i64 = (1 << 53) - 1;

const FEN_PER_YUAN: i64 = 100;
/// What people write behind an amount in yuan, the longest first.
const YUAN: [&str; 4] = ["元整", "块钱", "元", "块"];
/// 万: people type "1.5万" and mean 15,000 yuan.
const YUAN_PER_WAN: i64 = 10_000;

/// An amount in fen (1/100 yuan), at most [`FEN_MAX`] either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, TS)]
#[serde(transparent)]
#[ts(type = "number")]
pub struct Fen(i64);

/// Why a typed amount was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AmountError {
    /// Not an amount of money at all, or negative.
    #[error("amount_invalid")]
    Invalid,
    /// Finer than one fen.
    #[error("amount_too_precise")]
    TooPrecise,
    /// Beyond [`FEN_MAX`].
    #[error("amount_too_large")]
    TooLarge,
}

impl AmountError {
    /// The stable code the window turns into a sentence.
    pub fn code(self) -> &'static str {
        match self {
            AmountError::Invalid => "amount_invalid",
            AmountError::TooPrecise => "amount_too_precise",
            AmountError::TooLarge => "amount_too_large",
        }
    }
}

impl Fen {
    /// Nothing.
    pub const ZERO: Fen = Fen(0);

    /// An amount of `fen`; `None` beyond [`FEN_MAX`].
    pub fn new(fen: i64) -> Option<Fen> {
        (-FEN_MAX..=FEN_MAX).contains(&fen).then_some(Fen(fen))
    }

    /// The amount in fen.
    pub fn get(self) -> i64 {
        self.0
    }

    /// Exact sum; `None` beyond [`FEN_MAX`].
    pub fn checked_add(self, other: Fen) -> Option<Fen> {
        self.0.checked_add(other.0).and_then(Fen::new)
    }

    /// The same amount with the other sign.
    pub fn negated(self) -> Fen {
        Fen(-self.0)
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Exact sum of many; `None` when the total is beyond [`FEN_MAX`].
    pub fn sum(amounts: impl IntoIterator<Item = Fen>) -> Option<Fen> {
        let total: i128 = amounts.into_iter().map(|a| i128::from(a.0)).sum();
        i64::try_from(total).ok().and_then(Fen::new)
    }

    /// What a person types for yuan: "1,234.5", "１２３４．５", "¥ 12", "12元", "1.5万".
    /// Never negative: the ledger is corrected by a reversal, not by a sign.
    pub fn parse_yuan(text: &str) -> Result<Fen, AmountError> {
        let squeezed = squeeze(text);
        let bare = squeezed.trim_start_matches(['¥', '￥']);
        let bare = bare.strip_prefix("人民币").unwrap_or(bare);
        let bare = YUAN.iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare);
        let (number, unit) = match bare.strip_suffix('万') {
            Some(number) => (number, YUAN_PER_WAN * FEN_PER_YUAN),
            None => (bare, FEN_PER_YUAN),
        };
        parse_decimal(number, unit)
    }

    /// Plain yuan without separators, as a form field shows it again: "1500000.00".
    pub fn to_yuan_plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

/// Multiplies a decimal text by `unit` fen exactly.
fn parse_decimal(number: &str, unit: i64) -> Result<Fen, AmountError> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole = ungroup(whole)?;
    let digits_only = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits_only(&whole) || !digits_only(fraction) || number.ends_with('.') {
        return Err(AmountError::Invalid);
    }
    let significant = fraction.trim_end_matches('0');
    let mut scale = i128::from(unit);
    let mut fen =
        whole.parse::<i128>().map_err(|_| AmountError::TooLarge)?.checked_mul(scale).ok_or(AmountError::TooLarge)?;
    for digit in significant.bytes() {
        if scale % 10 != 0 {
            return Err(AmountError::TooPrecise);
        }
        scale /= 10;
        fen += i128::from(digit - b'0') * scale;
    }
    i64::try_from(fen).ok().and_then(Fen::new).ok_or(AmountError::TooLarge)
}

/// Removes thousands separators, and refuses those that stand where nobody would put them ("1,23" is more likely 1.23).
fn ungroup(whole: &str) -> Result<String, AmountError> {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    if !whole.contains(',') {
        return Ok(whole.to_owned());
    }
    if first.is_empty() || first.len() > 3 || groups.any(|g| g.len() != 3) {
        return Err(AmountError::Invalid);
    }
    Ok(whole.replace(',', ""))
}

/// Yuan with separators and two decimals: "1,500,000.00".
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fen = self.0.unsigned_abs();
        let yuan = (fen / 100).to_string();
        let mut grouped = String::with_capacity(yuan.len() + yuan.len() / 3);
        for (i, digit) in yuan.chars().enumerate() {
            if i > 0 && (yuan.len() - i).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        write!(f, "{}{grouped}.{:02}", if self.0 < 0 { "-" } else { "" }, fen % 100)
    }
}

impl<'de> Deserialize<'de> for Fen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fen, D::Error> {
        let fen = i64::deserialize(deserializer)?;
        Fen::new(fen).ok_or_else(|| serde::de::Error::custom("amount_too_large"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_amounts_are_read_to_the_fen() {
        let table = [
            ("1,234.5", 123_450),
            ("１２３４．５", 123_450),
            ("¥12", 1_200),
            ("￥ 12.30 元", 1_230),
            ("12元", 1_200),
            ("50块钱", 5_000),
            ("1.5万块", 1_500_000),
            ("12\n元", 1_200),
            ("人民币100元整", 10_000),
            ("12万", 12_000_000),
            ("1.5万", 1_500_000),
            ("0.0001万元", 100),
            ("0", 0),
            ("007", 700),
            ("3.10000", 310),
            ("1,500,000.00", 150_000_000),
            ("90071992547409.91", FEN_MAX),
        ];
        for (text, fen) in table {
            assert_eq!(Fen::parse_yuan(text), Fen::new(fen).ok_or(AmountError::TooLarge), "{text}");
        }
    }

    #[test]
    fn wrong_amounts_say_what_is_wrong() {
        let table = [
            ("", AmountError::Invalid),
            ("元", AmountError::Invalid),
            ("-5", AmountError::Invalid),
            ("1.2.3", AmountError::Invalid),
            ("1,23", AmountError::Invalid),
            (",123", AmountError::Invalid),
            ("5.", AmountError::Invalid),
            (".5", AmountError::Invalid),
            ("$5", AmountError::Invalid),
            ("五百", AmountError::Invalid),
            ("1e3", AmountError::Invalid),
            ("0.001", AmountError::TooPrecise),
            ("1.2345678万", AmountError::TooPrecise),
            ("90071992547409.92", AmountError::TooLarge),
            ("99999999999999999999999999999999999999999999", AmountError::TooLarge),
        ];
        for (text, error) in table {
            assert_eq!(Fen::parse_yuan(text), Err(error), "{text}");
        }
    }

    #[test]
    fn shown_with_separators_and_two_decimals() {
        let table =
            [(150_000_000, "1,500,000.00"), (5, "0.05"), (-123_456, "-1,234.56"), (99_999, "999.99"), (0, "0.00")];
        for (fen, text) in table {
            assert_eq!(Fen(fen).to_string(), text);
        }
        assert_eq!(Fen(123_456).to_yuan_plain(), "1234.56");
    }

    #[test]
    fn sums_are_exact_and_refuse_to_overflow() {
        assert_eq!(Fen::sum([Fen(1), Fen(2), Fen(-4)]), Some(Fen(-1)));
        assert_eq!(Fen(FEN_MAX).checked_add(Fen(1)), None);
        assert_eq!(Fen::new(FEN_MAX + 1), None);
        assert!(serde_json::from_str::<Fen>("9007199254740992").is_err());
    }
}

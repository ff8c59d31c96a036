//! Money in integer fen, exact. It must not meet a floating point number anywhere.

use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use thiserror::Error;
use ts_rs::TS;

use crate::digits::squeeze;
use crate::numerals::{self, NumeralError};

/// Largest absolute amount in fen: 2^53 - 1, so that a window written in JavaScript counts exactly, too.
pub const FEN_MAX: i64 = (1 << 53) - 1;

const FEN_PER_YUAN: i64 = 100;
/// What people write behind an amount in yuan, the longest first.
const YUAN: [&str; 4] = ["块钱", "元", "块", "圆"];
/// What makes an amount one of several: 三百多, 300左右.
const VAGUE: [&str; 12] = ["几", "多", "来", "余", "约", "左右", "大概", "上下", "数", "到", "至", "~"];

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
    /// Can be read as several amounts: 三四百, 三百多, 2万50.
    #[error("amount_ambiguous")]
    Ambiguous,
}

impl AmountError {
    /// The stable code the window turns into a sentence.
    pub fn code(self) -> &'static str {
        match self {
            AmountError::Invalid => "amount_invalid",
            AmountError::TooPrecise => "amount_too_precise",
            AmountError::TooLarge => "amount_too_large",
            AmountError::Ambiguous => "amount_ambiguous",
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

    /// What a person types for yuan: "1,234.5", "１２３４．５", "¥ 12", "12元", "1.5万", "三百", "两万五", "12块5", "3元5角".
    /// Never negative: the ledger is corrected by a reversal, not by a sign.
    pub fn parse_yuan(text: &str) -> Result<Fen, AmountError> {
        let squeezed = squeeze(text);
        let bare = squeezed.trim_start_matches(['¥', '￥']);
        let bare = bare.strip_prefix("人民币").unwrap_or(bare).trim_end_matches(['整', '正']);
        if VAGUE.iter().any(|word| bare.contains(word)) {
            return Err(AmountError::Ambiguous);
        }
        let Some((yuan, word, rest)) = split_at_yuan(bare) else {
            return if bare.contains(['角', '毛', '分']) { parse_change(bare) } else { parse_number(bare) };
        };
        let change = match rest {
            "" => Fen::ZERO,
            // 12块5 is 12.50; after 元 nobody leaves the 角 away.
            digit if word != "元" && digit.chars().count() == 1 => parse_change(&format!("{digit}角"))?,
            change => parse_change(change)?,
        };
        parse_number(yuan)?.checked_add(change).ok_or(AmountError::TooLarge)
    }

    /// Plain yuan without separators, as a form field shows it again: "1500000.00".
    pub fn to_yuan_plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

/// An amount before and after the word for yuan.
fn split_at_yuan(text: &str) -> Option<(&str, &'static str, &str)> {
    YUAN.iter().find_map(|word| text.split_once(word).map(|(yuan, rest)| (yuan, *word, rest)))
}

/// Yuan in figures, with one unit behind them where there is one ("1.5万"), or in words.
fn parse_number(text: &str) -> Result<Fen, AmountError> {
    let is_figures = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b",.".contains(&b));
    if is_figures(text) {
        return parse_decimal(text, FEN_PER_YUAN);
    }
    let mut front = text.chars();
    let unit = front.next_back().and_then(numerals::unit);
    if let (Some(unit), true) = (unit, is_figures(front.as_str())) {
        return parse_decimal(front.as_str(), unit * FEN_PER_YUAN);
    }
    let between_figures = |at: usize| at > 0 && text[..at].ends_with(|c: char| numerals::digit(c).is_some());
    if text.contains('.') || text.find('-').is_some_and(between_figures) {
        return Err(AmountError::Ambiguous);
    }
    let yuan = numerals::whole(text).map_err(|error| match error {
        NumeralError::Invalid => AmountError::Invalid,
        NumeralError::Ambiguous => AmountError::Ambiguous,
    })?;
    let fen = yuan.checked_mul(i128::from(FEN_PER_YUAN)).ok_or(AmountError::TooLarge)?;
    i64::try_from(fen).ok().and_then(Fen::new).ok_or(AmountError::TooLarge)
}

/// What stands behind the yuan: "5角", "5角2分", "零2分".
fn parse_change(text: &str) -> Result<Fen, AmountError> {
    let (jiao, rest) = text.split_once(['角', '毛']).unwrap_or(("", text));
    let fen = rest.strip_suffix('分').unwrap_or(rest);
    if (jiao.is_empty() && fen.len() == rest.len()) || (fen.len() == rest.len() && !rest.is_empty()) {
        return Err(AmountError::Invalid);
    }
    let digit = |text: &str| {
        let text = text.trim_start_matches(['零', '〇']);
        let mut letters = text.chars();
        match (letters.next().and_then(numerals::digit), letters.next()) {
            (Some(digit), None) => Some(i64::from(digit)),
            (None, None) => Some(0),
            _ => None,
        }
    };
    let (jiao, fen) = digit(jiao).zip(digit(fen)).ok_or(AmountError::Invalid)?;
    Ok(Fen(jiao * 10 + fen))
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
            ("三百", 30_000),
            ("一千二百元", 120_000),
            ("两万五", 2_500_000),
            ("3百", 30_000),
            ("1.2千", 120_000),
            ("1.2万", 1_200_000),
            ("人民币叁佰贰拾元整", 32_000),
            ("五百", 50_000),
            ("一百零五块", 10_500),
            ("12块5", 1_250),
            ("三块五毛", 350),
            ("3元5角2分", 352),
            ("三元零五分", 305),
            ("五毛", 50),
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
            ("1e3", AmountError::Invalid),
            ("十元五", AmountError::Invalid),
            ("五百千", AmountError::Invalid),
            ("三四百", AmountError::Ambiguous),
            ("三百多", AmountError::Ambiguous),
            ("300左右", AmountError::Ambiguous),
            ("300-400", AmountError::Ambiguous),
            ("1.2万5", AmountError::Ambiguous),
            ("2万50", AmountError::Ambiguous),
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

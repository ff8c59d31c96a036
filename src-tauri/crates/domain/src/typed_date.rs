//! Days as people say them, to dates: 三月二号, 上周三, 大前天, 三天前. It must not know what day it is today, and it does not
//! guess: the old calendar and words that mean several days are refused with a reason of their own.

use crate::date::{CivilDate, DateError};
use crate::digits::squeeze;
use crate::numerals;

/// On which side of today a day without a year is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// What has happened.
    Behind,
    /// What is promised.
    Ahead,
}

const DAYS: [(&str, i32); 16] = [
    ("今天", 0),
    ("今日", 0),
    ("当天", 0),
    ("昨天", -1),
    ("昨日", -1),
    ("前天", -2),
    ("前日", -2),
    ("大前天", -3),
    ("明天", 1),
    ("明日", 1),
    ("后天", 2),
    ("后日", 2),
    ("大后天", 3),
    ("today", 0),
    ("yesterday", -1),
    ("tomorrow", 1),
];

/// Words of the old calendar. 初 is followed by a digit: 月初 is only vague.
const LUNAR: [&str; 16] = [
    "农历", "阴历", "旧历", "正月", "冬月", "腊月", "闰", "廿", "除夕", "春节", "元宵", "端午", "中秋", "重阳", "大年",
    "清明",
];

/// Words that mean more than one day.
const VAGUE: [&str; 12] =
    ["几", "左右", "前后", "月初", "月中", "月底", "年初", "年底", "年中", "上旬", "中旬", "下旬"];

const WEEK: [&str; 3] = ["星期", "礼拜", "周"];
/// 上, 这 and their like, before a week or a month, with how far they lead.
const NEAR: [(&str, i32); 11] = [
    ("上上个", -2),
    ("上上", -2),
    ("上个", -1),
    ("上", -1),
    ("这个", 0),
    ("这", 0),
    ("本", 0),
    ("下下个", 2),
    ("下下", 2),
    ("下个", 1),
    ("下", 1),
];
const YEARS: [(&str, i32); 4] = [("今年", 0), ("去年", -1), ("前年", -2), ("明年", 1)];

/// Reads what was typed on the day `today`.
pub(crate) fn read(text: &str, today: CivilDate, side: Side) -> Result<CivilDate, DateError> {
    let text = squeeze(text).to_lowercase();
    if let Some((_, days)) = DAYS.iter().find(|(word, _)| *word == text) {
        return Ok(today.add_days(*days));
    }
    if is_lunar(&text) {
        return Err(DateError::Lunar);
    }
    if VAGUE.iter().any(|word| text.contains(word)) {
        return Err(DateError::Ambiguous);
    }
    from_now(&text, today)
        .or_else(|| of_week(&text, today, side))
        .or_else(|| of_month(&text, today))
        .unwrap_or_else(|| by_numbers(&text, today, side))
}

fn is_lunar(text: &str) -> bool {
    let numbered =
        text.split('初').skip(1).any(|after| after.starts_with(|c| numerals::digit(c).is_some() || c == '十'));
    numbered || LUNAR.iter().any(|word| text.contains(word))
}

/// 三天前, 10天后, 两周前.
fn from_now(text: &str, today: CivilDate) -> Option<Result<CivilDate, DateError>> {
    let (count, sign) = match (text.strip_suffix('前'), text.strip_suffix('后')) {
        (Some(count), _) => (count.trim_end_matches('以'), -1),
        (None, Some(count)) => (count.trim_end_matches('以'), 1),
        (None, None) => return None,
    };
    let unit = [("天", 1), ("个星期", 7), ("个礼拜", 7), ("星期", 7), ("周", 7)];
    let (count, days) = unit.iter().find_map(|(word, days)| Some((count.strip_suffix(word)?, *days)))?;
    let count = i32::try_from(small(count)?).ok()?;
    Some(Ok(today.add_days(sign * days * count)))
}

/// 上周三, 这个星期日, 周五. Weeks begin on Monday.
fn of_week(text: &str, today: CivilDate, side: Side) -> Option<Result<CivilDate, DateError>> {
    let (at, word) = WEEK.iter().find_map(|word| Some((text.find(word)?, *word)))?;
    let (before, after) = (&text[..at], &text[at + word.len()..]);
    let weeks = match before {
        "" => None,
        near => Some(NEAR.iter().find(|(word, _)| *word == near)?.1),
    };
    let wanted = match after {
        "" => return Some(Err(DateError::Ambiguous)),
        "末" => return Some(Err(DateError::Ambiguous)),
        "日" | "天" => 6,
        day => i32::try_from(small(day)?).ok().filter(|day| (1..=6).contains(day))? - 1,
    };
    let days = wanted - i32::try_from(today.weekday().num_days_from_monday()).ok()?;
    Some(Ok(today.add_days(match (weeks, side) {
        (Some(weeks), _) => weeks * 7 + days,
        (None, Side::Behind) => {
            if days > 0 {
                days - 7
            } else {
                days
            }
        }
        (None, Side::Ahead) => {
            if days < 0 {
                days + 7
            } else {
                days
            }
        }
    })))
}

/// 上个月5号, 本月二十日.
fn of_month(text: &str, today: CivilDate) -> Option<Result<CivilDate, DateError>> {
    let (near, day) = text.split_once('月')?;
    let months = NEAR.iter().find(|(word, _)| *word == near)?.1;
    if day.is_empty() {
        return Some(Err(DateError::Ambiguous));
    }
    let day = small(day.strip_suffix(['日', '号']).unwrap_or(day))?;
    let first = CivilDate::new(today.year(), today.month(), 1).ok()?.add_months(months);
    Some(CivilDate::new(first.year(), first.month(), day))
}

fn by_numbers(text: &str, today: CivilDate, side: Side) -> Result<CivilDate, DateError> {
    let (year, rest) = match YEARS.iter().find_map(|(word, years)| Some((text.strip_prefix(word)?, *years))) {
        Some((rest, years)) => (Some(today.year() + years), rest),
        None => (None, text),
    };
    match (split_parts(rest).ok_or(DateError::Invalid)?.as_slice(), year) {
        ([year, month, day], None) => CivilDate::new(i32::try_from(*year).unwrap_or(i32::MAX), *month, *day),
        ([month, day], Some(year)) => CivilDate::new(year, *month, *day),
        ([month, day], None) => nearest(today, side, *month, *day),
        _ => Err(DateError::Invalid),
    }
}

/// The day without a year that lies nearest on the side that is meant.
fn nearest(today: CivilDate, side: Side, month: u32, day: u32) -> Result<CivilDate, DateError> {
    let here = CivilDate::new(today.year(), month, day);
    match (here, side) {
        (Ok(date), Side::Behind) if date <= today => Ok(date),
        (Ok(date), Side::Ahead) if date >= today => Ok(date),
        (_, Side::Behind) => CivilDate::new(today.year() - 1, month, day),
        (_, Side::Ahead) => CivilDate::new(today.year() + 1, month, day),
    }
}

/// A number in figures, not longer than any year.
pub(crate) fn figures(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// A number in figures or in words: 2, 二, 三十一.
fn small(text: &str) -> Option<u32> {
    figures(text).or_else(|| u32::try_from(numerals::whole(text).ok()?).ok())
}

/// The numbers of a typed date, two (month, day) or three (year, month, day).
fn split_parts(text: &str) -> Option<Vec<u32>> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(vec![figures(&text[..4])?, figures(&text[4..6])?, figures(&text[6..])?]);
    }
    let bare = text.strip_suffix(['日', '号']).unwrap_or(text);
    if let Some((year, rest)) = bare.split_once('年') {
        let (month, day) = rest.split_once('月')?;
        return Some(vec![numerals::spelled(year)?, small(month)?, small(day)?]);
    }
    if let Some((month, day)) = bare.split_once('月') {
        return Some(vec![small(month)?, small(day)?]);
    }
    let separator = bare.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    bare.split(separator).map(figures).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).unwrap()
    }

    fn said(text: &str, side: Side, today: &str) -> String {
        read(text, day(today), side).map_or_else(|error| error.code().to_owned(), |date| date.to_string())
    }

    #[test]
    fn typed_dates_are_understood() {
        // 2026-03-02 is a Monday.
        let table = [
            ("2026-03-02", "2026-03-02"),
            ("2026/3/2", "2026-03-02"),
            ("2026.3.2", "2026-03-02"),
            ("20260302", "2026-03-02"),
            ("2026年3月2日", "2026-03-02"),
            ("2026年3月2号", "2026-03-02"),
            ("二〇二六年三月二日", "2026-03-02"),
            ("２０２６－０３－０２", "2026-03-02"),
            (" 2026 年 3 月 2 日 ", "2026-03-02"),
            ("3月2日", "2026-03-02"),
            ("3月3日", "2025-03-03"),
            ("三月二号", "2026-03-02"),
            ("十二月三十一号", "2025-12-31"),
            ("2-28", "2026-02-28"),
            ("去年3月2日", "2025-03-02"),
            ("今天", "2026-03-02"),
            ("昨天", "2026-03-01"),
            ("前天", "2026-02-28"),
            ("大前天", "2026-02-27"),
            ("三天前", "2026-02-27"),
            ("10天以前", "2026-02-20"),
            ("两周前", "2026-02-16"),
            ("Yesterday", "2026-03-01"),
            ("上周三", "2026-02-25"),
            ("上星期天", "2026-03-01"),
            ("上上个礼拜五", "2026-02-20"),
            ("周三", "2026-02-25"),
            ("周一", "2026-03-02"),
            ("上个月5号", "2026-02-05"),
            ("本月1日", "2026-03-01"),
            ("2024-02-29", "2024-02-29"),
        ];
        for (typed, expected) in table {
            assert_eq!(said(typed, Side::Behind, "2026-03-02"), expected, "{typed}");
        }
    }

    #[test]
    fn a_day_ahead_without_a_year_is_the_next_one() {
        let table = [
            ("12月1日", "2026-12-01"),
            ("1月5日", "2027-01-05"),
            ("明天", "2026-11-24"),
            ("大后天", "2026-11-26"),
            ("周五", "2026-11-27"),
            ("下周一", "2026-11-30"),
            ("10天后", "2026-12-03"),
        ];
        for (typed, expected) in table {
            assert_eq!(said(typed, Side::Ahead, "2026-11-23"), expected, "{typed}");
        }
    }

    #[test]
    fn wrong_dates_say_what_is_wrong() {
        let table = [
            ("", "date_invalid"),
            ("2月29日", "date_invalid"),
            ("2026-02-29", "date_invalid"),
            ("2026-13-01", "date_invalid"),
            ("2026-3", "date_invalid"),
            ("2026-03-02-01", "date_invalid"),
            ("20266-03-02", "date_out_of_range"),
            ("1899-12-31", "date_out_of_range"),
            ("26-3-2", "date_out_of_range"),
            ("2026-03-0x", "date_invalid"),
            ("周八", "date_invalid"),
            ("上月31号", "date_invalid"),
            ("初三", "date_lunar"),
            ("正月十五", "date_lunar"),
            ("农历八月十五", "date_lunar"),
            ("除夕", "date_lunar"),
            ("上周", "date_ambiguous"),
            ("上个月", "date_ambiguous"),
            ("前几天", "date_ambiguous"),
            ("3月底", "date_ambiguous"),
        ];
        for (typed, expected) in table {
            assert_eq!(said(typed, Side::Behind, "2026-03-02"), expected, "{typed}");
        }
    }
}

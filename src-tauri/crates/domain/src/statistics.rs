//! Arithmetic of reports, in integers only: shares, differences, the same period last year.
//! It must not round twice, and must not meet a floating point number.

use crate::date::CivilDate;

/// A whole, in hundredths of a percent.
const WHOLE: i64 = 10_000;

/// `part` of `total` in hundredths of a percent, rounded half up; 0 of nothing is 0.
pub fn share(part: u64, total: u64) -> i64 {
    if total == 0 {
        return 0;
    }
    let (part, total) = (u128::from(part), u128::from(total));
    let rounded = (part * 2 * u128::from(WHOLE.unsigned_abs()) + total) / (total * 2);
    i64::try_from(rounded).unwrap_or(i64::MAX)
}

/// What is left of a whole, so that a printed column adds up to 100.00: the last row takes the remainder.
/// Meant for rows that together are the total.
pub fn shares_to_whole(parts: &[u64]) -> Vec<i64> {
    let total: u64 = parts.iter().sum();
    let mut shares: Vec<i64> = parts.iter().map(|part| share(*part, total)).collect();
    if total > 0
        && let Some((last, rest)) = shares.split_last_mut()
    {
        *last = WHOLE - rest.iter().sum::<i64>();
    }
    shares
}

/// Hundredths as text: 1234 is "12.34", -5 is "-0.05".
pub fn hundredths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.unsigned_abs();
    format!("{sign}{}.{:02}", value / 100, value % 100)
}

/// `part` of `total` as percent with two decimals: "12.34".
pub fn percent(part: u64, total: u64) -> String {
    hundredths(share(part, total))
}

/// Growth from `before` to `now` in hundredths of a percent, rounded half away from zero; `None` from nothing.
pub fn growth(before: i64, now: i64) -> Option<i64> {
    if before <= 0 {
        return None;
    }
    let (before, change) = (i128::from(before), i128::from(now) - i128::from(before));
    let rounded = (change.abs() * 2 * i128::from(WHOLE) + before) / (before * 2);
    i64::try_from(rounded * change.signum()).ok()
}

/// The same period one year earlier; 29 February becomes 28 February, but a period that ends with a month keeps doing so.
pub fn last_year(from: CivilDate, to: CivilDate) -> (CivilDate, CivilDate) {
    let ends_with_month = to.add_days(1).day() == 1;
    let end = if ends_with_month { to.add_days(1).same_day_last_year().add_days(-1) } else { to.same_day_last_year() };
    (from.same_day_last_year(), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_agree_with_a_published_table() {
        let table = [
            (226_296, "36.77"),
            (145_694, "23.68"),
            (117_136, "19.04"),
            (29_164, "4.74"),
            (25_917, "4.21"),
            (17_313, "2.81"),
            (8_326, "1.35"),
            (7_392, "1.20"),
            (4_334, "0.70"),
        ];
        for (part, expected) in table {
            assert_eq!(percent(part, 615_365), expected);
        }
    }

    #[test]
    fn halves_go_up_and_nothing_of_nothing_is_nothing() {
        assert_eq!(percent(1, 20_000), "0.01");
        assert_eq!(percent(1, 20_001), "0.00");
        assert_eq!(percent(0, 0), "0.00");
        assert_eq!(percent(u64::MAX, u64::MAX), "100.00");
    }

    #[test]
    fn the_last_row_takes_the_remainder() {
        assert_eq!(shares_to_whole(&[1, 1, 1]), [3_333, 3_333, 3_334]);
        assert_eq!(shares_to_whole(&[0, 0]), [0, 0]);
        assert_eq!(shares_to_whole(&[]), [0_i64; 0]);
    }

    #[test]
    fn growth_has_a_sign_and_needs_something_to_grow_from() {
        let table =
            [(100, 106, Some(600)), (100, 94, Some(-600)), (3, 4, Some(3_333)), (0, 5, None), (5, 0, Some(-10_000))];
        for (before, now, expected) in table {
            assert_eq!(growth(before, now), expected);
        }
        assert_eq!(hundredths(-5), "-0.05");
    }

    #[test]
    fn last_years_february_ends_where_it_ends() {
        let day = |text| CivilDate::parse_iso(text).unwrap();
        let table = [
            ("2024-02-29", "2024-02-29", "2023-02-28", "2023-02-28"),
            ("2025-02-01", "2025-02-28", "2024-02-01", "2024-02-29"),
            ("2026-01-01", "2026-11-23", "2025-01-01", "2025-11-23"),
            ("2026-01-01", "2026-12-31", "2025-01-01", "2025-12-31"),
        ];
        for (from, to, from_last, to_last) in table {
            assert_eq!(last_year(day(from), day(to)), (day(from_last), day(to_last)));
        }
    }
}

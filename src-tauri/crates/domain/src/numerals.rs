//! Numbers in Chinese words, as people write amounts and days: 三百, 两万五, 3百, 二〇二六.
//! Whole numbers only; it must not guess where a text can be read in two ways.

/// Why a text is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumeralError {
    /// No number at all.
    Invalid,
    /// Several numbers could be meant: 三四百, 2万50.
    Ambiguous,
}

/// Far more than any amount; keeps the arithmetic from overflowing.
const DIGITS_MAX: usize = 16;

/// A piece of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A digit in words, or figures with their count.
    Number { value: i128, figures: usize },
    /// 零: what follows stands where it says.
    Zero,
    /// 十 百 千 within a section, 万 亿 behind one.
    Unit(i128),
}

/// The value of one digit in words, in the everyday and in the banker's writing.
pub(crate) fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return c.to_digit(10),
    })
}

/// The unit that a character stands for.
pub(crate) fn unit(c: char) -> Option<i64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// Units from here on stand behind a whole section.
const SECTION: i128 = 10_000;

fn parts(text: &str) -> Result<Vec<Part>, NumeralError> {
    let mut parts: Vec<Part> = Vec::new();
    for c in text.chars() {
        let part = match (unit(c), digit(c)) {
            (Some(unit), _) => Part::Unit(unit.into()),
            (None, Some(0)) if !c.is_ascii() => Part::Zero,
            (None, Some(value)) => Part::Number { value: value.into(), figures: usize::from(c.is_ascii()) },
            (None, None) => return Err(NumeralError::Invalid),
        };
        match (parts.last_mut(), part) {
            // Figures go on; digits in words side by side are 三四百, or are read out one by one.
            (Some(Part::Number { value, figures }), Part::Number { value: next, figures: 1 }) if *figures > 0 => {
                if *figures == DIGITS_MAX {
                    return Err(NumeralError::Invalid);
                }
                *value = *value * 10 + next;
                *figures += 1;
            }
            (Some(Part::Number { .. }), Part::Number { .. } | Part::Zero) => return Err(NumeralError::Ambiguous),
            (_, part) => parts.push(part),
        }
    }
    Ok(parts)
}

/// What has been read of a number so far.
#[derive(Default)]
struct Reading {
    /// Finished sections, as the 20,000 of 两万五千.
    total: i128,
    section: i128,
    /// A number whose unit has not come yet, and how many figures it has.
    pending: Option<(i128, usize)>,
    /// The unit before, and the section's unit before: units go down.
    last: Option<i128>,
    last_section: Option<i128>,
    zero: bool,
}

impl Reading {
    fn unit(&mut self, unit: i128) -> Result<(), NumeralError> {
        if unit >= SECTION { self.big_unit(unit) } else { self.small_unit(unit) }
    }

    fn small_unit(&mut self, unit: i128) -> Result<(), NumeralError> {
        let went_up = self.last.is_some_and(|last| last < SECTION && last <= unit);
        let count = match self.pending.take() {
            Some((1..=9, _)) | None if went_up => return Err(NumeralError::Invalid),
            Some((count @ 1..=9, _)) => count,
            Some(_) => return Err(NumeralError::Ambiguous),
            None if unit == 10 => 1,
            None => return Err(NumeralError::Invalid),
        };
        self.section += count * unit;
        (self.last, self.zero) = (Some(unit), false);
        Ok(())
    }

    fn big_unit(&mut self, unit: i128) -> Result<(), NumeralError> {
        if self.last_section.is_some_and(|last| last <= unit) {
            return Err(NumeralError::Invalid);
        }
        self.close()?;
        if self.section == 0 {
            return Err(NumeralError::Invalid);
        }
        self.total += self.section * unit;
        (self.section, self.zero) = (0, false);
        (self.last, self.last_section) = (Some(unit), Some(unit));
        Ok(())
    }

    /// Adds a number without a unit of its own at the end of a section.
    fn close(&mut self) -> Result<(), NumeralError> {
        let Some((count, figures)) = self.pending.take() else {
            return if self.zero { Err(NumeralError::Invalid) } else { Ok(()) };
        };
        let starts = self.section == 0 && self.total == 0;
        let fills = |unit: i128| unit == 10_i128.pow(u32::try_from(figures).unwrap_or(0));
        self.section += match self.last {
            _ if starts => count,
            Some(10) if (1..=9).contains(&count) => count,
            Some(_) if self.zero && (1..=9).contains(&count) => count,
            // 2万5000: the figures fill exactly what is left open.
            Some(last) if figures > 1 && fills(last) => count,
            _ => return Err(NumeralError::Ambiguous),
        };
        Ok(())
    }

    /// The end of the text. 两万五 is 25,000: a last digit counts the next unit down.
    fn end(mut self) -> Result<i128, NumeralError> {
        if let (Some((count @ 1..=9, 0 | 1)), Some(last), false) = (self.pending, self.last, self.zero)
            && last > 10
        {
            return Ok(self.total + self.section + count * last / 10);
        }
        self.close()?;
        Ok(self.total + self.section)
    }
}

/// A whole number in words, in figures, or in both: 一千二百, 3百, 2万5.
pub(crate) fn whole(text: &str) -> Result<i128, NumeralError> {
    let parts = parts(text)?;
    let mut reading = Reading::default();
    for part in &parts {
        match *part {
            Part::Number { value, figures } => reading.pending = Some((value, figures)),
            Part::Zero if reading.zero => return Err(NumeralError::Ambiguous),
            Part::Zero => reading.zero = true,
            Part::Unit(unit) => reading.unit(unit)?,
        }
    }
    match parts.as_slice() {
        [] => Err(NumeralError::Invalid),
        [Part::Zero] => Ok(0),
        _ => reading.end(),
    }
}

/// Digits read out one by one, as years are: 二〇二六.
pub(crate) fn spelled(text: &str) -> Option<u32> {
    let fits = (1..=6).contains(&text.chars().count());
    fits.then(|| text.chars().try_fold(0, |number, c| Some(number * 10 + digit(c)?))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_are_read_as_people_say_them() {
        let table = [
            ("零", 0),
            ("五", 5),
            ("十", 10),
            ("十五", 15),
            ("二十", 20),
            ("三十一", 31),
            ("三百", 300),
            ("3百", 300),
            ("一百五", 150),
            ("一百零五", 105),
            ("一百一十", 110),
            ("一千二百", 1_200),
            ("一千零五十", 1_050),
            ("五千三", 5_300),
            ("两万五", 25_000),
            ("2万5", 25_000),
            ("2万5000", 25_000),
            ("两万零五", 20_005),
            ("一万零五百", 10_500),
            ("十二万三千", 123_000),
            ("一百五十万", 1_500_000),
            ("1万2千3百", 12_300),
            ("两亿三千万", 230_000_000),
            ("叁佰贰拾", 320),
        ];
        for (text, number) in table {
            assert_eq!(whole(text), Ok(number), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_no_number_and_neither_is_nonsense() {
        for text in ["三四百", "2万50", "一百五万", "15百", "一二三", "二〇〇", "10百5"] {
            assert_eq!(whole(text), Err(NumeralError::Ambiguous), "{text}");
        }
        for text in ["", "百", "百三", "五百千", "三百零", "万", "一万二亿", "三百四百", "abc"] {
            assert_eq!(whole(text), Err(NumeralError::Invalid), "{text}");
        }
        assert_eq!(whole("99999999999999999999"), Err(NumeralError::Invalid));
    }

    #[test]
    fn years_are_read_digit_by_digit() {
        assert_eq!((spelled("二〇二六"), spelled("二零二六"), spelled("2026")), (Some(2026), Some(2026), Some(2026)));
        assert_eq!((spelled("二十六"), spelled("")), (None, None));
    }
}

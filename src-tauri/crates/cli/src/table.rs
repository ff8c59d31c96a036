//! Tables for a terminal, aligned by the width that characters take there: a Chinese one takes two columns.

use unicode_width::UnicodeWidthStr;

use crate::say::plain;

const INDENT: &str = "  ";
const GAP: &str = "   ";

/// A heading and the side its cells stand on.
pub struct Column {
    head: String,
    right: bool,
}

/// A column of words.
pub fn left(head: String) -> Column {
    Column { head, right: false }
}

/// A column of figures.
pub fn right(head: String) -> Column {
    Column { head, right: true }
}

/// Rows under headings, with a total below where there is one.
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    total: Option<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub fn new<const N: usize>(columns: [Column; N]) -> Self {
        Self { columns: columns.into(), rows: Vec::new(), total: None }
    }

    /// Adds a row. Cells may come from outside: what could steer the terminal is taken out.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.iter().map(|cell| plain(cell)).collect());
    }

    /// The row below the rule.
    pub fn total<const N: usize>(&mut self, cells: [String; N]) {
        self.total = Some(cells.into());
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Shows only the first `most` rows; returns how many are left out.
    pub fn keep(&mut self, most: usize) -> usize {
        let out = self.rows.len().saturating_sub(most);
        self.rows.truncate(most);
        out
    }

    /// The lines of the table.
    pub fn render(&self) -> String {
        let heads: Vec<String> = self.columns.iter().map(|column| column.head.clone()).collect();
        let all = || std::iter::once(&heads).chain(&self.rows).chain(&self.total);
        let widths: Vec<usize> = (0..heads.len())
            .map(|column| all().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0))
            .collect();
        let rule = widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>().join(GAP);
        let mut text = self.line(&heads, &widths);
        text.push_str(&format!("{INDENT}{rule}\n"));
        self.rows.iter().for_each(|row| text.push_str(&self.line(row, &widths)));
        if let Some(total) = &self.total {
            text.push_str(&format!("{INDENT}{rule}\n"));
            text.push_str(&self.line(total, &widths));
        }
        text
    }

    fn line(&self, cells: &[String], widths: &[usize]) -> String {
        let padded = cells.iter().zip(widths).zip(&self.columns).map(|((cell, width), column)| {
            let space = " ".repeat(width.saturating_sub(cell.width()));
            if column.right { space + cell } else { cell.clone() + &space }
        });
        let line = padded.collect::<Vec<_>>().join(GAP);
        format!("{INDENT}{}\n", line.trim_end())
    }
}

/// Names and what belongs to them, aligned, one pair a line.
pub fn facts(pairs: impl Into<Vec<(String, String)>>) -> String {
    let pairs: Vec<(String, String)> = pairs.into();
    let widest = pairs.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    let line = |(name, value): &(String, String)| {
        let space = " ".repeat(widest - name.width());
        format!("{INDENT}{name}{space}{GAP}{}\n", plain(value))
    };
    pairs.iter().map(line).collect()
}

/// Text cut to `most` columns, with a sign that it was cut.
pub fn clip(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if kept.width() >= most {
            kept.pop();
            break;
        }
    }
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::{Table, clip, facts, left, right};
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn chinese_and_latin_rows_end_in_the_same_column() {
        let mut table = Table::new([left("机构".into()), right("元".into())]);
        table.row(["起凤联络站".into(), "1,500.00".into()]);
        table.row(["Tangshan".into(), "2.00".into()]);
        table.total(["合计".into(), "1,502.00".into()]);
        let text = table.render();
        let ends: Vec<usize> = text.lines().map(UnicodeWidthStr::width).collect();
        assert_eq!(ends, [ends[0]; 6], "{text}");
    }

    #[test]
    fn a_cell_from_outside_stays_on_its_line() {
        let mut table = Table::new([left("a".into())]);
        table.row(["one\ntwo\u{1b}[31m".into()]);
        assert_eq!(table.render().lines().count(), 3);
        assert!(!table.render().contains('\u{1b}'));
    }

    #[test]
    fn long_text_is_cut_by_width() {
        assert_eq!(clip("消费者协会", 7), "消费者…");
        assert_eq!(clip("消费者", 6), "消费者");
    }

    #[test]
    fn facts_stand_in_two_columns() {
        assert_eq!(facts([("机构".into(), "A".into()), ("a".into(), "B".into())]), "  机构   A\n  a      B\n");
    }
}

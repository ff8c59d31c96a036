//! Sums by month, kept in step with the rows they are made of: taken away before a row changes, added after.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::error::Result;

/// Which sum. The texts are keys in the table `summary`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Cube {
    /// Complaints by month of receipt: office; money is the disputed amount.
    Received,
    /// Complaints by month of receipt: nature, class.
    Class,
    /// Complaints by month of receipt: channel.
    Channel,
    /// Complaints by month of acceptance: office.
    Accepted,
    /// Complaints by month of closing: office, result.
    Closed,
    /// Consultations by month: office; "money" is the count of persons.
    Consultation,
    /// Ledger rows by month: kind, route.
    Recovered,
    /// Recovered losses by month: office.
    RecoveredOffice,
    /// Recovered losses by month: nature, class.
    RecoveredClass,
}

impl Cube {
    pub fn key(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Class => "class",
            Self::Channel => "channel",
            Self::Accepted => "accepted",
            Self::Closed => "closed",
            Self::Consultation => "consultation",
            Self::Recovered => "recovered",
            Self::RecoveredOffice => "recovered_office",
            Self::RecoveredClass => "recovered_class",
        }
    }
}

/// Months as `year * 12 + month - 1`, from a day number.
pub(crate) fn month_of(day: i32) -> i32 {
    redress_domain::CivilDate::from_day_number(day).map_or(0, |date| date.month_key())
}

/// A cell whose sums have changed.
struct Changed {
    cube: Cube,
    month: i32,
    a: String,
    b: String,
    n: i64,
    fen: i64,
}

/// Changes of sums that are not written yet.
#[derive(Default)]
pub(crate) struct Delta {
    cells: HashMap<Vec<u8>, Changed>,
    /// The name of a cell, made here so that a known cell costs no memory.
    name: Vec<u8>,
}

/// Whether a row's share is added or taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Add,
    Take,
}

impl Delta {
    /// One row more or less in a cell.
    pub fn add(&mut self, cell: (Cube, i32, &str, &str), sign: Sign, fen: i64) {
        self.add_counted(cell, sign, (1, fen));
    }

    /// As [`Delta::add`], for rows that do not count one.
    pub fn add_counted(&mut self, cell: (Cube, i32, &str, &str), sign: Sign, (n, fen): (i64, i64)) {
        let (cube, month, a, b) = cell;
        self.name_cell(cube, month, (a, b));
        if !self.cells.contains_key(&self.name) {
            let fresh = Changed { cube, month, a: a.to_owned(), b: b.to_owned(), n: 0, fen: 0 };
            self.cells.insert(self.name.clone(), fresh);
        }
        if let Some(changed) = self.cells.get_mut(&self.name) {
            match sign {
                Sign::Add => (changed.n, changed.fen) = (changed.n + n, changed.fen + fen),
                Sign::Take => (changed.n, changed.fen) = (changed.n - n, changed.fen - fen),
            }
        }
    }

    /// The first two have one length in every name, and no text holds the sign between the last two.
    fn name_cell(&mut self, cube: Cube, month: i32, (a, b): (&str, &str)) {
        self.name.clear();
        self.name.push(cube as u8);
        self.name.extend(month.to_be_bytes());
        self.name.extend(a.as_bytes());
        self.name.push(0xff);
        self.name.extend(b.as_bytes());
    }

    /// Writes the changes; cells that come to nothing disappear, so that the table equals a recomputed one.
    pub fn flush(&mut self, conn: &Connection) -> Result<()> {
        let mut add = conn.prepare_cached(
            "INSERT INTO summary (cube, month, a, b, n, fen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (cube, month, a, b) DO UPDATE SET n = n + excluded.n, fen = fen + excluded.fen
             RETURNING n = 0 AND fen = 0",
        )?;
        let mut drop =
            conn.prepare_cached("DELETE FROM summary WHERE cube = ?1 AND month = ?2 AND a = ?3 AND b = ?4")?;
        for (_, cell) in self.cells.drain().filter(|(_, cell)| (cell.n, cell.fen) != (0, 0)) {
            let key = (cell.cube.key(), cell.month, &cell.a, &cell.b);
            let empty: bool = add.query_row((key.0, key.1, key.2, key.3, cell.n, cell.fen), |row| row.get(0))?;
            if empty {
                drop.execute(key)?;
            }
        }
        Ok(())
    }
}

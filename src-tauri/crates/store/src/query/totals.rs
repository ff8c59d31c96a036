//! Sums for a period. Whole months come from the summary rows, any other period from the rows themselves; both give
//! the same numbers, and a test holds them to it.

use std::collections::BTreeMap;

use redress_domain::CivilDate;
use rusqlite::Connection;
use uuid::Uuid;

use crate::error::Result;
use crate::journal::uuid_at;
use crate::open::Store;
use crate::summary::Cube;

/// A count and an amount in fen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Rows.
    pub n: i64,
    /// Fen; for consultations persons.
    pub fen: i64,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.n += other.n;
        self.fen += other.fen;
    }
}

/// Sums of one cube by its two keys.
pub type Cells = BTreeMap<(String, String), Sum>;

/// All sums of a period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeriodSums {
    /// By office; money is disputed.
    pub received: Cells,
    /// By nature and class.
    pub class: Cells,
    /// By channel.
    pub channel: Cells,
    /// By office.
    pub accepted: Cells,
    /// By office and result.
    pub closed: Cells,
    /// By office; money is persons.
    pub consultation: Cells,
    /// By kind and route.
    pub recovered: Cells,
    /// By office.
    pub recovered_office: Cells,
    /// By nature and class.
    pub recovered_class: Cells,
}

/// A period, and an office or all.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// First day.
    pub from: CivilDate,
    /// Last day.
    pub to: CivilDate,
    /// Only this office.
    pub office: Option<Uuid>,
}

impl Scope {
    /// From the first day of a month to the last day of one, all offices.
    fn is_whole_months(&self) -> bool {
        self.office.is_none() && self.from.day() == 1 && self.to.add_days(1).day() == 1
    }
}

const CUBES: [Cube; 9] = [
    Cube::Received,
    Cube::Class,
    Cube::Channel,
    Cube::Accepted,
    Cube::Closed,
    Cube::Consultation,
    Cube::Recovered,
    Cube::RecoveredOffice,
    Cube::RecoveredClass,
];

impl PeriodSums {
    fn cells(&mut self, cube: Cube) -> &mut Cells {
        match cube {
            Cube::Received => &mut self.received,
            Cube::Class => &mut self.class,
            Cube::Channel => &mut self.channel,
            Cube::Accepted => &mut self.accepted,
            Cube::Closed => &mut self.closed,
            Cube::Consultation => &mut self.consultation,
            Cube::Recovered => &mut self.recovered,
            Cube::RecoveredOffice => &mut self.recovered_office,
            Cube::RecoveredClass => &mut self.recovered_class,
        }
    }
}

/// How a cube is made from rows: ?1 first day, ?2 last day, ?3 office number or NULL. Row ids are `day << 24 | n`.
fn source(cube: Cube) -> &'static str {
    match cube {
        Cube::Received => "SELECT office, '', count(*), sum(coalesce(dispute_fen, 0)) FROM complaint
            WHERE id >= ?1 << 24 AND id < (?2 + 1) << 24 AND counted = 1 AND (?3 IS NULL OR office = ?3) GROUP BY 1, 2",
        Cube::Class => "SELECT nature, class, count(*), 0 FROM complaint
            WHERE id >= ?1 << 24 AND id < (?2 + 1) << 24 AND counted = 1 AND (?3 IS NULL OR office = ?3) GROUP BY 1, 2",
        Cube::Channel => "SELECT channel, '', count(*), 0 FROM complaint
            WHERE id >= ?1 << 24 AND id < (?2 + 1) << 24 AND counted = 1 AND (?3 IS NULL OR office = ?3) GROUP BY 1, 2",
        Cube::Accepted => "SELECT office, '', count(*), 0 FROM complaint
            WHERE accepted BETWEEN ?1 AND ?2 AND counted = 1 AND (?3 IS NULL OR office = ?3) GROUP BY 1, 2",
        Cube::Closed => "SELECT office, result, count(*), 0 FROM complaint
            WHERE closed BETWEEN ?1 AND ?2 AND counted = 1 AND (?3 IS NULL OR office = ?3) GROUP BY 1, 2",
        Cube::Consultation => "SELECT office, '', count(*), sum(persons) FROM consultation
            WHERE id >= ?1 << 24 AND id < (?2 + 1) << 24 AND withdrawn = 0 AND (?3 IS NULL OR office = ?3) GROUP BY 1, 2",
        Cube::Recovered => "SELECT kind, route, sum(counts), sum(amount_fen) FROM loss
            WHERE day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR office = ?3) GROUP BY 1, 2",
        Cube::RecoveredOffice => "SELECT office, '', sum(counts), sum(amount_fen) FROM loss
            WHERE kind = 'recovered' AND day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR office = ?3) GROUP BY 1, 2",
        Cube::RecoveredClass => "SELECT nature, class, sum(counts), sum(amount_fen) FROM loss
            WHERE kind = 'recovered' AND day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR office = ?3) GROUP BY 1, 2",
    }
}

fn from_summary(conn: &Connection, scope: &Scope) -> Result<PeriodSums> {
    let mut sums = PeriodSums::default();
    let mut all = conn.prepare_cached(
        "SELECT a, b, sum(n), sum(fen) FROM summary WHERE cube = ?1 AND month BETWEEN ?2 AND ?3 GROUP BY a, b",
    )?;
    for cube in CUBES {
        let rows = all.query_map((cube.key(), scope.from.month_key(), scope.to.month_key()), |row| {
            Ok(((row.get(0)?, row.get(1)?), Sum { n: row.get(2)?, fen: row.get(3)? }))
        })?;
        for row in rows {
            let (key, sum) = row?;
            sums.cells(cube).entry(key).or_default().add(sum);
        }
        sums.cells(cube).retain(|_, sum| *sum != Sum::default());
    }
    Ok(sums)
}

fn from_rows(conn: &Connection, scope: &Scope, office: Option<i64>) -> Result<PeriodSums> {
    let mut sums = PeriodSums::default();
    for cube in CUBES {
        let mut all = conn.prepare_cached(source(cube))?;
        let mut rows = all.query((scope.from.day_number(), scope.to.day_number(), office))?;
        while let Some(row) = rows.next()? {
            let key = (text(row, 0)?, text(row, 1)?);
            sums.cells(cube).entry(key).or_default().add(Sum { n: row.get(2)?, fen: row.get(3)? });
        }
        sums.cells(cube).retain(|_, sum| *sum != Sum::default());
    }
    Ok(sums)
}

fn text(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<String> {
    Ok(match row.get_ref(column)? {
        rusqlite::types::ValueRef::Integer(number) => number.to_string(),
        other => other.as_str()?.to_owned(),
    })
}

/// The work besides complaints in a period, by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivitySum {
    /// Kind code.
    pub kind: String,
    /// How many.
    pub count: i64,
    /// People reached.
    pub people: i64,
    /// Leaflets and other materials.
    pub materials: i64,
    /// Firms.
    pub firms: i64,
    /// Units that took part.
    pub units: i64,
}

/// What a member department handled in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentRow {
    /// The record.
    pub id: Uuid,
    /// Name.
    pub department: String,
    /// Year.
    pub year: i64,
    /// Complaints.
    pub complaints: i64,
}

impl Store {
    /// The sums of a period. Keys that are offices are local numbers: see [`Store::office_numbers`].
    pub fn period_sums(&self, scope: &Scope) -> Result<PeriodSums> {
        if scope.is_whole_months() {
            return from_summary(&self.conn, scope);
        }
        self.period_sums_from_rows(scope)
    }

    /// The same, always counted from the rows.
    pub fn period_sums_from_rows(&self, scope: &Scope) -> Result<PeriodSums> {
        let numbers = self.office_numbers()?;
        let office = scope.office.map(|office| {
            numbers.iter().find(|(_, uuid)| **uuid == office).and_then(|(number, _)| number.parse().ok()).unwrap_or(-1)
        });
        from_rows(&self.conn, scope, office)
    }

    /// The offices behind the local numbers.
    pub fn office_numbers(&self) -> Result<BTreeMap<String, Uuid>> {
        let mut all = self.conn.prepare_cached("SELECT id, uuid FROM office_number")?;
        let rows = all.query_map([], |row| Ok((row.get::<_, i64>(0)?.to_string(), uuid_at(row, 1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Complaints received and money recovered by month (`year * 12 + month - 1`).
    pub fn by_month(&self, scope: &Scope) -> Result<BTreeMap<i32, (Sum, Sum)>> {
        let mut months: BTreeMap<i32, (Sum, Sum)> = BTreeMap::new();
        let mut all = self.conn.prepare_cached(
            "SELECT month, sum(n), sum(fen) FROM summary WHERE cube = ?1 AND month BETWEEN ?2 AND ?3 GROUP BY month",
        )?;
        for (cube, is_money) in [(Cube::Received, false), (Cube::RecoveredOffice, true)] {
            let rows = all.query_map((cube.key(), scope.from.month_key(), scope.to.month_key()), |row| {
                Ok((row.get::<_, i32>(0)?, Sum { n: row.get(1)?, fen: row.get(2)? }))
            })?;
            for row in rows {
                let (month, sum) = row?;
                let cell = months.entry(month).or_default();
                if is_money { cell.1.add(sum) } else { cell.0.add(sum) }
            }
        }
        Ok(months)
    }

    /// Activities in a period, by kind.
    pub fn activities(&self, scope: &Scope) -> Result<Vec<ActivitySum>> {
        let mut all = self.conn.prepare_cached(
            "SELECT kind, count(*), sum(people), sum(materials), sum(firms), sum(units) FROM activity
             WHERE day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR office = ?3) GROUP BY kind ORDER BY kind",
        )?;
        let office = self.number_of(scope.office)?;
        let rows = all.query_map((scope.from.day_number(), scope.to.day_number(), office), |row| {
            Ok(ActivitySum {
                kind: row.get(0)?,
                count: row.get(1)?,
                people: row.get(2)?,
                materials: row.get(3)?,
                firms: row.get(4)?,
                units: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What member departments reported for the years that a period touches.
    pub fn departments(&self, scope: &Scope) -> Result<Vec<DepartmentRow>> {
        let mut all = self.conn.prepare_cached(
            "SELECT uuid, department, year, complaints FROM department WHERE year BETWEEN ?1 AND ?2
             ORDER BY year DESC, department, uuid",
        )?;
        let rows = all.query_map((scope.from.year(), scope.to.year()), |row| {
            Ok(DepartmentRow {
                id: uuid_at(row, 0)?,
                department: row.get(1)?,
                year: row.get(2)?,
                complaints: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Complaints and overdue complaints of every office, by local number.
    pub fn office_counts(&self, today: CivilDate) -> Result<BTreeMap<String, (u64, u64)>> {
        let mut all = self.conn.prepare_cached(
            "SELECT office, count(*), count(*) FILTER (WHERE due < ?1) FROM complaint WHERE withdrawn = 0 GROUP BY office",
        )?;
        let rows = all.query_map([today.day_number()], |row| {
            let at = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
            Ok((row.get::<_, i64>(0)?.to_string(), (at(1)?, at(2)?)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

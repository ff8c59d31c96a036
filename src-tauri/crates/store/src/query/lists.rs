//! Lists of complaints and consultations, newest first, page by page without OFFSET, and what is due.

use redress_domain::CivilDate;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use uuid::Uuid;

use crate::error::Result;
use crate::journal::uuid_at;
use crate::open::Store;

/// A complaint in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComplaintListed {
    /// Where the next page begins: give it as `after`.
    pub cursor: i64,
    /// The record.
    pub id: Uuid,
    /// The office that it belongs to.
    pub office: Uuid,
    /// Case number.
    pub number: String,
    /// Day of receipt.
    pub received_on: Option<CivilDate>,
    /// Status word.
    pub status: String,
    /// Next step word.
    pub next: Option<String>,
    /// Nature code.
    pub nature: String,
    /// Class code.
    pub class: String,
    /// Consumer.
    pub consumer_name: String,
    /// Respondent.
    pub respondent_name: String,
    /// Goods or service.
    pub goods_name: String,
    /// Disputed amount in fen.
    pub dispute_fen: Option<i64>,
    /// Recovered so far in fen.
    pub recovered_fen: i64,
    /// What is due next, on this day.
    pub due_on: Option<CivilDate>,
    /// The calendar of that year is not known yet.
    pub due_estimated: bool,
    /// Fields that somebody must decide.
    pub conflicts: i64,
}

/// Which complaints to list. Absent: all.
#[derive(Debug, Clone, Default)]
pub struct ComplaintFilter {
    /// Status word.
    pub status: Option<String>,
    /// Office.
    pub office: Option<Uuid>,
    /// Nature code.
    pub nature: Option<String>,
    /// Class code: a major class also finds its sub-classes.
    pub class: Option<String>,
    /// First day of receipt.
    pub from: Option<CivilDate>,
    /// Last day of receipt.
    pub to: Option<CivilDate>,
    /// Only those that something is still to be done for.
    pub open_only: bool,
    /// Names of the respondent, any of them; none: all.
    pub respondents: Vec<String>,
    /// First and last day on which the next step is due.
    pub due: Option<(CivilDate, CivilDate)>,
}

/// A consultation in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsultationListed {
    /// Where the next page begins.
    pub cursor: i64,
    /// The record.
    pub id: Uuid,
    /// The office that it belongs to.
    pub office: Uuid,
    /// Day.
    pub asked_on: Option<CivilDate>,
    /// Way code.
    pub way: String,
    /// Who asked; may be empty.
    pub asker_name: String,
    /// Count of persons.
    pub persons: i64,
    /// Topic code.
    pub topic: String,
    /// What was asked.
    pub content: String,
    /// The complaint that it became.
    pub complaint: Option<Uuid>,
}

/// "G10" is a main class, "G10-01" one of its sub-classes.
const MAIN_CLASS_CHARS: usize = 3;
const COMPLAINT: &str = include_str!("../sql/complaint_listed.sql");
const CONSULTATION: &str = include_str!("../sql/consultation_listed.sql");

pub(crate) fn date_of(day: i64) -> Option<CivilDate> {
    i32::try_from(day).ok().and_then(|day| CivilDate::from_day_number(day).ok())
}

fn complaint_listed(row: &Row<'_>) -> rusqlite::Result<ComplaintListed> {
    let cursor: i64 = row.get(0)?;
    Ok(ComplaintListed {
        cursor,
        id: uuid_at(row, 1)?,
        office: uuid_at(row, 2)?,
        number: row.get(3)?,
        received_on: date_of(cursor >> 24),
        status: row.get(4)?,
        next: row.get(5)?,
        nature: row.get(6)?,
        class: row.get(7)?,
        consumer_name: row.get(8)?,
        respondent_name: row.get(9)?,
        goods_name: row.get(10)?,
        dispute_fen: row.get(11)?,
        recovered_fen: row.get(12)?,
        due_on: row.get::<_, Option<i64>>(13)?.and_then(date_of),
        due_estimated: row.get(14)?,
        conflicts: row.get(15)?,
    })
}

fn consultation_listed(row: &Row<'_>) -> rusqlite::Result<ConsultationListed> {
    let cursor: i64 = row.get(0)?;
    Ok(ConsultationListed {
        cursor,
        id: uuid_at(row, 1)?,
        office: uuid_at(row, 2)?,
        asked_on: date_of(cursor >> 24),
        way: row.get(3)?,
        asker_name: row.get(4)?,
        persons: row.get(5)?,
        topic: row.get(6)?,
        content: row.get(7)?,
        complaint: row.get::<_, Option<[u8; 16]>>(8)?.map(Uuid::from_bytes),
    })
}

fn first_of(day: CivilDate) -> i64 {
    i64::from(day.day_number()) << 24
}

impl ComplaintFilter {
    /// The WHERE clause (fixed words only) and its values.
    fn clause(&self, office: Option<i64>) -> (String, Vec<Value>) {
        let mut words = vec!["withdrawn = 0".to_owned()];
        let mut values = Vec::new();
        let mut also = |condition: &str, value: Value| {
            values.push(value);
            words.push(condition.replace('?', &format!("?{}", values.len())));
        };
        if let Some(status) = &self.status {
            also("status = ?", status.clone().into());
        }
        if let Some(office) = office {
            also("office = ?", office.into());
        }
        if let Some(nature) = &self.nature {
            also("nature = ?", nature.clone().into());
        }
        match &self.class {
            Some(class) if class.len() == MAIN_CLASS_CHARS => also("substr(class, 1, 3) = ?", class.clone().into()),
            Some(class) => also("class = ?", class.clone().into()),
            None => {}
        }
        if let Some(from) = self.from {
            also("complaint.id >= ?", first_of(from).into());
        }
        if let Some(to) = self.to {
            also("complaint.id < ?", first_of(to.add_days(1)).into());
        }
        if let Some((from, to)) = self.due {
            also("due >= ?", i64::from(from.day_number()).into());
            also("due <= ?", i64::from(to.day_number()).into());
        }
        if !self.respondents.is_empty() {
            let first = values.len() + 1;
            let places: Vec<String> = (first..first + self.respondents.len()).map(|at| format!("?{at}")).collect();
            words.push(format!("respondent_name IN ({})", places.join(", ")));
            values.extend(self.respondents.iter().map(|name| name.clone().into()));
        }
        if self.due.is_some() {
            words.push("due IS NOT NULL".to_owned());
        }
        if self.open_only {
            words.push("next IS NOT NULL".to_owned());
        }
        (words.join(" AND "), values)
    }
}

impl Store {
    /// The local number of an office; of one that is not known here, a number that nobody has.
    pub(crate) fn number_of(&self, office: Option<Uuid>) -> Result<Option<i64>> {
        let Some(office) = office else { return Ok(None) };
        let mut get = self.conn.prepare_cached("SELECT id FROM office_number WHERE uuid = ?1")?;
        Ok(Some(get.query_row([office.as_bytes()], |row| row.get(0)).optional()?.unwrap_or(-1)))
    }

    /// A page of complaints, newest first, and how many the filter finds in all.
    pub fn complaints(
        &self,
        filter: &ComplaintFilter,
        after: Option<i64>,
        limit: u32,
    ) -> Result<(Vec<ComplaintListed>, u64)> {
        let (clause, mut values) = filter.clause(self.number_of(filter.office)?);
        let total: i64 = self
            .conn
            .prepare_cached(&format!("SELECT count(*) FROM complaint WHERE {clause}"))?
            .query_row(params_from_iter(&values), |row| row.get(0))?;
        values.push(after.unwrap_or(i64::MAX).into());
        let cursor = values.len();
        values.push(i64::from(limit).into());
        let sql = format!(
            "{COMPLAINT} WHERE {clause} AND complaint.id < ?{cursor} ORDER BY complaint.id DESC LIMIT ?{}",
            cursor + 1
        );
        let mut page = self.conn.prepare_cached(&sql)?;
        let rows = page.query_map(params_from_iter(&values), complaint_listed)?.collect::<rusqlite::Result<_>>()?;
        Ok((rows, total.unsigned_abs()))
    }

    /// A complaint's row; none when it is unknown.
    pub fn complaint_row(&self, id: &Uuid) -> Result<Option<ComplaintListed>> {
        let mut get = self.conn.prepare_cached(&format!("{COMPLAINT} WHERE complaint.uuid = ?1"))?;
        Ok(get.query_row([id.as_bytes()], complaint_listed).optional()?)
    }

    /// The newest complaints of a phone number.
    pub fn complaints_of_phone(&self, phone: &str, limit: u32) -> Result<Vec<ComplaintListed>> {
        let sql = format!(
            "{COMPLAINT} WHERE phone = ?1 AND phone <> '' AND withdrawn = 0 ORDER BY complaint.id DESC LIMIT ?2"
        );
        let mut page = self.conn.prepare_cached(&sql)?;
        Ok(page.query_map((phone, limit), complaint_listed)?.collect::<rusqlite::Result<_>>()?)
    }

    /// The newest complaints against a respondent of exactly this name, received on `since` or later.
    pub fn complaints_since(&self, name: &str, since: CivilDate, limit: u32) -> Result<Vec<ComplaintListed>> {
        let sql = format!(
            "{COMPLAINT} WHERE respondent_name = ?1 AND complaint.id >= ?2 AND withdrawn = 0
             ORDER BY complaint.id DESC LIMIT ?3"
        );
        let mut page = self.conn.prepare_cached(&sql)?;
        Ok(page.query_map((name, first_of(since), limit), complaint_listed)?.collect::<rusqlite::Result<_>>()?)
    }

    /// Complaints that something is due for, the most urgent first.
    pub fn due(&self, limit: u32) -> Result<Vec<ComplaintListed>> {
        let sql = format!("{COMPLAINT} WHERE due IS NOT NULL AND withdrawn = 0 ORDER BY due, complaint.id LIMIT ?1");
        let mut page = self.conn.prepare_cached(&sql)?;
        Ok(page.query_map([limit], complaint_listed)?.collect::<rusqlite::Result<_>>()?)
    }

    /// Open complaints without a date, newest first: a visit-back, a file to close.
    pub fn undated(&self, limit: u32) -> Result<Vec<ComplaintListed>> {
        let sql = format!(
            "{COMPLAINT} WHERE due IS NULL AND next IS NOT NULL AND withdrawn = 0 ORDER BY complaint.id DESC LIMIT ?1"
        );
        let mut page = self.conn.prepare_cached(&sql)?;
        Ok(page.query_map([limit], complaint_listed)?.collect::<rusqlite::Result<_>>()?)
    }

    /// How many complaints are due before a day, and how many are open in all.
    pub fn due_counts(&self, today: CivilDate, soon: CivilDate) -> Result<(u64, u64, u64)> {
        let mut count = self.conn.prepare_cached(include_str!("../sql/due_counts.sql"))?;
        Ok(count.query_row((today.day_number(), soon.day_number()), |row| {
            let at = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
            Ok((at(0)?, at(1)?, at(2)?))
        })?)
    }

    /// A page of consultations, newest first, and how many there are in all.
    pub fn consultations(
        &self,
        (from, to): (Option<CivilDate>, Option<CivilDate>),
        after: Option<i64>,
        limit: u32,
    ) -> Result<(Vec<ConsultationListed>, u64)> {
        let low = from.map_or(0, first_of);
        let high = to.map_or(i64::MAX, |day| first_of(day.add_days(1)));
        let total: i64 = self
            .conn
            .prepare_cached("SELECT count(*) FROM consultation WHERE withdrawn = 0 AND id >= ?1 AND id < ?2")?
            .query_row((low, high), |row| row.get(0))?;
        let sql = format!(
            "{CONSULTATION} WHERE withdrawn = 0 AND consultation.id >= ?1 AND consultation.id < ?2
             ORDER BY consultation.id DESC LIMIT ?3"
        );
        let high = high.min(after.unwrap_or(i64::MAX));
        let mut page = self.conn.prepare_cached(&sql)?;
        let rows = page.query_map((low, high, limit), consultation_listed)?.collect::<rusqlite::Result<_>>()?;
        Ok((rows, total.unsigned_abs()))
    }

    /// A consultation's row; none when it is unknown.
    pub fn consultation_row(&self, id: &Uuid) -> Result<Option<ConsultationListed>> {
        let mut get = self.conn.prepare_cached(&format!("{CONSULTATION} WHERE consultation.uuid = ?1"))?;
        Ok(get.query_row([id.as_bytes()], consultation_listed).optional()?)
    }

    /// Rows by their search row ids, in the order given; ids that are gone are left out.
    pub(crate) fn complaint_by_cursor(&self, cursor: i64) -> Result<Option<ComplaintListed>> {
        let mut get = self.conn.prepare_cached(&format!("{COMPLAINT} WHERE complaint.id = ?1 AND withdrawn = 0"))?;
        Ok(get.query_row([cursor], complaint_listed).optional()?)
    }

    pub(crate) fn consultation_by_cursor(&self, cursor: i64) -> Result<Option<ConsultationListed>> {
        let sql = format!("{CONSULTATION} WHERE consultation.id = ?1 AND withdrawn = 0");
        Ok(self.conn.prepare_cached(&sql)?.query_row([cursor], consultation_listed).optional()?)
    }

    /// The newest complaints against a respondent under any of these names.
    pub fn complaints_under(&self, names: &[String], limit: u32) -> Result<Vec<ComplaintListed>> {
        let sql = format!(
            "{COMPLAINT} WHERE respondent_name IN (SELECT value FROM json_each(?1)) AND withdrawn = 0
             ORDER BY complaint.id DESC LIMIT ?2"
        );
        let names = serde_json::to_string(names).unwrap_or_default();
        let mut page = self.conn.prepare_cached(&sql)?;
        Ok(page.query_map((names, limit), complaint_listed)?.collect::<rusqlite::Result<_>>()?)
    }

    /// The steps and the losses of a complaint, by record.
    pub fn parts_of(&self, complaint: &Uuid) -> Result<Vec<Uuid>> {
        parts_of(&self.conn, complaint)
    }
}

/// The records of a complaint's steps, losses and attachments.
pub(crate) fn parts_of(conn: &Connection, complaint: &Uuid) -> Result<Vec<Uuid>> {
    let mut find = conn.prepare_cached(
        "SELECT uuid FROM step WHERE complaint = ?1 UNION ALL SELECT uuid FROM loss WHERE complaint = ?1
         UNION ALL SELECT DISTINCT uuid FROM attachment WHERE complaint = ?1",
    )?;
    Ok(find.query_map([complaint.as_bytes()], |row| uuid_at(row, 0))?.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A filter without an index reads the whole table: seconds in a county's store.
    #[test]
    fn every_filter_of_the_list_finds_its_rows_by_an_index() {
        let conn = Connection::open_in_memory().expect("a database in memory");
        conn.execute_batch(crate::open::PROJECTIONS).expect("the schema");
        let day = CivilDate::MIN;
        let all = ComplaintFilter::default;
        let filters = [
            ("complaint_status", ComplaintFilter { status: Some("accepted".into()), ..all() }),
            ("complaint_nature", ComplaintFilter { nature: Some("N01".into()), ..all() }),
            ("complaint_main_class", ComplaintFilter { class: Some("G10".into()), ..all() }),
            ("complaint_class", ComplaintFilter { class: Some("G10-01".into()), ..all() }),
            ("complaint_respondent", ComplaintFilter { respondents: vec!["a".into(), "b".into()], ..all() }),
            ("complaint_due", ComplaintFilter { due: Some((day, day)), ..all() }),
            ("complaint_open", ComplaintFilter { open_only: true, ..all() }),
            ("PRIMARY KEY", ComplaintFilter { from: Some(day), to: Some(day), ..all() }),
        ];
        for (index, filter) in filters {
            let (clause, values) = filter.clause(None);
            let sql = format!(
                "EXPLAIN QUERY PLAN SELECT id FROM complaint WHERE {clause} ORDER BY complaint.id DESC LIMIT 30"
            );
            let mut plan = conn.prepare(&sql).expect("a query");
            let lines = plan.query_map(params_from_iter(&values), |row| row.get::<_, String>(3)).expect("a plan");
            let lines: Vec<String> = lines.collect::<rusqlite::Result<_>>().expect("a plan");
            assert!(lines[0].starts_with("SEARCH") && lines[0].contains(index), "{index}: {lines:?}");
        }
    }
}

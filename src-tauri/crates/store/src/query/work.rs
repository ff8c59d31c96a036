//! The work besides complaints as it is listed: activities page by page, volunteers, and what was done about a business.

use redress_domain::CivilDate;
use rusqlite::Row;
use uuid::Uuid;

use super::lists::date_of;
use crate::error::Result;
use crate::journal::uuid_at;
use crate::open::Store;

/// An activity in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityListed {
    /// The record.
    pub id: Uuid,
    /// The office that wrote it down.
    pub office: Uuid,
    /// Kind code.
    pub kind: String,
    /// The day as a number: with the id it says where the next page begins.
    pub day: i64,
    /// The day.
    pub on: Option<CivilDate>,
    /// Title.
    pub title: String,
    /// Place.
    pub place: String,
    /// The business it was about.
    pub business_name: String,
    /// People reached.
    pub people: i64,
    /// Leaflets and other materials.
    pub materials: i64,
    /// Firms.
    pub firms: i64,
    /// Units that took part.
    pub units: i64,
}

/// Which activities to list. Absent: all.
#[derive(Debug, Clone, Default)]
pub struct ActivityFilter {
    /// Kind code.
    pub kind: Option<String>,
    /// First day.
    pub from: Option<CivilDate>,
    /// Last day.
    pub to: Option<CivilDate>,
    /// Day and id of the last row of the page before.
    pub after: Option<(i64, Uuid)>,
}

/// How often a business was complained about, and how that ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RespondentSums {
    /// Complaints that count.
    pub complaints: i64,
    /// Not closed yet.
    pub open: i64,
    /// Ended by agreement or settlement.
    pub settled: i64,
    /// Ended by agreement, settlement or termination.
    pub ended: i64,
    /// Disputed, in fen.
    pub dispute_fen: i64,
    /// Recovered, in fen.
    pub recovered_fen: i64,
}

const ACTIVITY: &str = "SELECT a.uuid, n.uuid, a.kind, a.day, a.title, a.place, a.business_name, a.people, a.materials,
    a.firms, a.units FROM activity AS a JOIN office_number AS n ON n.id = a.office";

fn activity_listed(row: &Row<'_>) -> rusqlite::Result<ActivityListed> {
    let day: i64 = row.get(3)?;
    Ok(ActivityListed {
        id: uuid_at(row, 0)?,
        office: uuid_at(row, 1)?,
        kind: row.get(2)?,
        day,
        on: date_of(day).filter(|_| day != 0),
        title: row.get(4)?,
        place: row.get(5)?,
        business_name: row.get(6)?,
        people: row.get(7)?,
        materials: row.get(8)?,
        firms: row.get(9)?,
        units: row.get(10)?,
    })
}

impl Store {
    /// A page of activities, the newest first, and how many there are in all.
    pub fn activity_page(&self, filter: &ActivityFilter, limit: u32) -> Result<(Vec<ActivityListed>, u64)> {
        const WHERE: &str = "(?1 IS NULL OR kind = ?1) AND day BETWEEN ?2 AND ?3";
        let days = (
            filter.from.map_or(i64::MIN, |day| day.day_number().into()),
            filter.to.map_or(i64::MAX, |day| day.day_number().into()),
        );
        let (day, id) = filter.after.unwrap_or((i64::MAX, Uuid::max()));
        let mut all = self.conn.prepare_cached(&format!(
            "{ACTIVITY} WHERE {WHERE} AND (day, a.uuid) < (?4, ?5) ORDER BY day DESC, a.uuid DESC LIMIT ?6"
        ))?;
        let rows = all
            .query_map((&filter.kind, days.0, days.1, day, id.as_bytes(), limit), activity_listed)?
            .collect::<rusqlite::Result<_>>()?;
        let mut count = self.conn.prepare_cached(&format!("SELECT count(*) FROM activity WHERE {WHERE}"))?;
        let total: i64 = count.query_row((&filter.kind, days.0, days.1), |row| row.get(0))?;
        Ok((rows, total.unsigned_abs()))
    }

    /// What was done about a business under any of its records or names, the newest first.
    pub fn activities_about(&self, ids: &[Uuid], names: &[String]) -> Result<Vec<ActivityListed>> {
        let mut all = self
            .conn
            .prepare_cached(&format!("{ACTIVITY} WHERE a.business_name <> '' ORDER BY day DESC, a.uuid DESC"))?;
        let mut by_id = self.conn.prepare_cached("SELECT business FROM activity WHERE uuid = ?1")?;
        let mut about = Vec::new();
        for row in all.query_map([], activity_listed)? {
            let row = row?;
            let business: Option<[u8; 16]> = by_id.query_row([row.id.as_bytes()], |found| found.get(0))?;
            if names.contains(&row.business_name) || business.is_some_and(|id| ids.contains(&Uuid::from_bytes(id))) {
                about.push(row);
            }
        }
        Ok(about)
    }

    /// All volunteers, by name.
    pub fn volunteers(&self) -> Result<Vec<Uuid>> {
        let mut all = self.conn.prepare_cached("SELECT uuid FROM volunteer ORDER BY name, uuid")?;
        Ok(all.query_map([], |row| uuid_at(row, 0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// What came of the complaints against a respondent under any of its names.
    pub fn respondent_sums(&self, names: &[String]) -> Result<RespondentSums> {
        let mut get = self.conn.prepare_cached(include_str!("../sql/respondent_sums.sql"))?;
        let names = serde_json::to_string(names).unwrap_or_default();
        Ok(get.query_row([names], |row| {
            Ok(RespondentSums {
                complaints: row.get(0)?,
                open: row.get(1)?,
                settled: row.get(2)?,
                ended: row.get(3)?,
                dispute_fen: row.get(4)?,
                recovered_fen: row.get(5)?,
            })
        })?)
    }
}

//! What belongs together: complaints of one matter, cases that are handed over, businesses that are one.

use rusqlite::{OptionalExtension, Row};
use uuid::Uuid;

use crate::error::Result;
use crate::journal::uuid_at;
use crate::open::Store;
use crate::standing::{self, Standing};

/// Two complaints may be one matter when they came within so many days of each other.
const DAYS_APART: i64 = 90;
/// Only so far back is looked for pairs: older ones were looked at when they were new.
const DAYS_BACK: i64 = 180;

/// Two complaints that may be one matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairRow {
    /// The one with the smaller id.
    pub a: Uuid,
    /// The other.
    pub b: Uuid,
    /// The same phone number stands in both.
    pub same_phone: bool,
    /// Two PCs gave them one case number.
    pub same_number: bool,
    /// They name the same respondent.
    pub same_respondent: bool,
    /// They are about the same amount.
    pub same_amount: bool,
}

/// A comparison of two complaints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRow {
    /// The link's record.
    pub id: Uuid,
    /// One complaint.
    pub a: Uuid,
    /// The other.
    pub b: Uuid,
    /// They are one matter.
    pub same: bool,
}

/// A case that was offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferRow {
    /// The transfer's record.
    pub id: Uuid,
    /// The case.
    pub complaint: Uuid,
    /// Who offered it.
    pub from: Uuid,
    /// To whom.
    pub to: Uuid,
    /// The word of its state.
    pub state: String,
}

/// A business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusinessRow {
    /// Its record.
    pub id: Uuid,
    /// The local number of the office that keeps it.
    pub office: i64,
    /// Its name.
    pub name: String,
    /// 统一社会信用代码.
    pub uscc: String,
    /// Its phone.
    pub phone: String,
    /// Its address.
    pub address: String,
    /// Other names, one a line.
    pub aliases: String,
    /// The business that it turned out to be.
    pub merged_into: Option<Uuid>,
}

fn link_row(row: &Row<'_>) -> rusqlite::Result<LinkRow> {
    Ok(LinkRow { id: uuid_at(row, 0)?, a: uuid_at(row, 1)?, b: uuid_at(row, 2)?, same: row.get(3)? })
}

fn transfer_row(row: &Row<'_>) -> rusqlite::Result<TransferRow> {
    Ok(TransferRow {
        id: uuid_at(row, 0)?,
        complaint: uuid_at(row, 1)?,
        from: uuid_at(row, 2)?,
        to: uuid_at(row, 3)?,
        state: row.get(4)?,
    })
}

const TRANSFER: &str = "SELECT uuid, complaint, from_office, to_office, state FROM transfer";

impl Store {
    /// Complaints of one phone number that came close to each other, and complaints with one case number, that nobody has
    /// compared yet.
    pub fn likely_pairs(&self) -> Result<Vec<PairRow>> {
        let mut pairs = self.pairs_by_phone()?;
        for twin in self.twins()? {
            match pairs.iter_mut().find(|pair| (pair.a, pair.b) == (twin.a, twin.b)) {
                Some(pair) => pair.same_number = true,
                None => pairs.push(twin),
            }
        }
        // Two that are one matter by way of a third have been compared.
        let mut compared = Vec::new();
        for pair in &pairs {
            compared.push(standing::matter(&self.conn, &pair.a)?.contains(&pair.b));
        }
        let mut compared = compared.into_iter();
        pairs.retain(|_| !compared.next().unwrap_or(false));
        Ok(pairs)
    }

    /// Complaints to which two PCs gave one case number. That can be only where an office has had more than one device or
    /// life of a store, and anywhere else nothing is looked for.
    fn twins(&self) -> Result<Vec<PairRow>> {
        let mut all = self.conn.prepare_cached(
            "SELECT a, b FROM (
                 SELECT min(uuid) AS a, max(uuid) AS b FROM complaint
                 WHERE id >= ((SELECT max(id) FROM complaint) - (?1 << 24)) AND withdrawn = 0 AND number <> ''
                   AND EXISTS (SELECT 1 FROM log JOIN device ON device.uuid = log.device AND device.office = log.office
                               WHERE log.parent IS NULL GROUP BY log.office HAVING count(*) > 1)
                 GROUP BY number HAVING count(*) > 1
             ) AS pair
             WHERE NOT EXISTS (SELECT 1 FROM link WHERE (link.a = pair.a AND link.b = pair.b)
                                                     OR (link.a = pair.b AND link.b = pair.a))
             ORDER BY a, b LIMIT 200",
        )?;
        let rows = all.query_map([DAYS_BACK], |row| {
            let (a, b) = (uuid_at(row, 0)?, uuid_at(row, 1)?);
            Ok(PairRow { a, b, same_phone: false, same_number: true, same_respondent: false, same_amount: false })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn pairs_by_phone(&self) -> Result<Vec<PairRow>> {
        let mut all = self.conn.prepare_cached(
            "SELECT min(one.uuid, two.uuid), max(one.uuid, two.uuid), one.respondent_name = two.respondent_name,
                    one.dispute_fen IS two.dispute_fen
             FROM complaint AS one JOIN complaint AS two ON one.phone = two.phone AND one.id < two.id
             WHERE one.id >= ((SELECT max(id) FROM complaint) - (?1 << 24)) AND one.phone <> ''
               AND two.id >> 24 <= (one.id >> 24) + ?2 AND one.withdrawn = 0 AND two.withdrawn = 0
               AND (one.respondent_name = two.respondent_name OR one.dispute_fen IS two.dispute_fen)
               AND NOT EXISTS (SELECT 1 FROM link WHERE (a = one.uuid AND b = two.uuid) OR (a = two.uuid AND b = one.uuid))
             ORDER BY 1, 2 LIMIT 200",
        )?;
        let rows = all.query_map((DAYS_BACK, DAYS_APART), |row| {
            Ok(PairRow {
                a: uuid_at(row, 0)?,
                b: uuid_at(row, 1)?,
                same_phone: true,
                same_number: false,
                same_respondent: row.get(2)?,
                same_amount: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Transfers of a complaint and comparisons with others.
    pub fn related_to(&self, complaint: &Uuid) -> Result<Vec<Uuid>> {
        let mut all = self.conn.prepare_cached(
            "SELECT uuid FROM transfer WHERE complaint = ?1 UNION SELECT uuid FROM link WHERE a = ?1 OR b = ?1",
        )?;
        Ok(all.query_map([complaint.as_bytes()], |row| uuid_at(row, 0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// The comparisons that a complaint stands in.
    pub fn links_of(&self, complaint: &Uuid) -> Result<Vec<LinkRow>> {
        let mut all =
            self.conn.prepare_cached("SELECT uuid, a, b, same FROM link WHERE a = ?1 OR b = ?1 ORDER BY uuid")?;
        Ok(all.query_map([complaint.as_bytes()], link_row)?.collect::<rusqlite::Result<_>>()?)
    }

    /// Who owns a complaint that was registered at `home`, and whether it counts.
    pub fn standing(&self, complaint: &Uuid, home: Uuid) -> Result<Standing> {
        standing::standing(&self.conn, complaint, home, &|other| standing::has_ledger(&self.conn, other))
    }

    /// All transfers, the newest first.
    pub fn transfers(&self) -> Result<Vec<TransferRow>> {
        let mut all = self.conn.prepare_cached(&format!("{TRANSFER} ORDER BY uuid DESC"))?;
        Ok(all.query_map([], transfer_row)?.collect::<rusqlite::Result<_>>()?)
    }

    /// A transfer.
    pub fn transfer(&self, id: &Uuid) -> Result<Option<TransferRow>> {
        let mut get = self.conn.prepare_cached(&format!("{TRANSFER} WHERE uuid = ?1"))?;
        Ok(get.query_row([id.as_bytes()], transfer_row).optional()?)
    }

    /// The records of a case: the complaint, its steps, its ledger rows.
    pub fn records_of_case(&self, complaint: &Uuid) -> Result<Vec<Uuid>> {
        let mut records = vec![*complaint];
        records.extend(crate::query::lists::parts_of(&self.conn, complaint)?);
        Ok(records)
    }

    /// All businesses, by name.
    pub fn businesses(&self) -> Result<Vec<BusinessRow>> {
        let mut all = self.conn.prepare_cached(
            "SELECT uuid, office, name, uscc, phone, address, aliases, merged_into FROM business ORDER BY name, uuid",
        )?;
        let rows = all.query_map([], |row| {
            Ok(BusinessRow {
                id: uuid_at(row, 0)?,
                office: row.get(1)?,
                name: row.get(2)?,
                uscc: row.get(3)?,
                phone: row.get(4)?,
                address: row.get(5)?,
                aliases: row.get(6)?,
                merged_into: row.get::<_, Option<[u8; 16]>>(7)?.map(Uuid::from_bytes),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many complaints name a respondent exactly so.
    pub fn complaints_against(&self, name: &str) -> Result<u64> {
        let mut count =
            self.conn.prepare_cached("SELECT count(*) FROM complaint WHERE respondent_name = ?1 AND withdrawn = 0")?;
        Ok(count.query_row([name], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }
}

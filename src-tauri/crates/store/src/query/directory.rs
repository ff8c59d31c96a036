//! The directory: offices and operators, and drafts that never leave this PC.

use rusqlite::{OptionalExtension, Row};
use uuid::Uuid;

use crate::error::{Result, StoreError};
use crate::journal::uuid_at;
use crate::open::Store;
use crate::write::Gate;

/// An office of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeRow {
    /// Its id.
    pub id: Uuid,
    /// Four digits: branch and station.
    pub code: String,
    /// `county`, `branch` or `station`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Area code of the county.
    pub area_code: String,
}

/// An operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorRow {
    /// Id.
    pub id: Uuid,
    /// The office.
    pub office: Uuid,
    /// Name.
    pub name: String,
    /// Role word.
    pub role: String,
    /// No longer works here.
    pub retired: bool,
}

fn operator_row(row: &Row<'_>) -> rusqlite::Result<OperatorRow> {
    Ok(OperatorRow {
        id: uuid_at(row, 0)?,
        office: uuid_at(row, 1)?,
        name: row.get(2)?,
        role: row.get(3)?,
        retired: row.get(4)?,
    })
}

fn office_row(row: &Row<'_>) -> rusqlite::Result<OfficeRow> {
    Ok(OfficeRow {
        id: uuid_at(row, 0)?,
        code: row.get(1)?,
        kind: row.get(2)?,
        name: row.get(3)?,
        area_code: row.get(4)?,
    })
}

impl Store {
    /// All offices that are known, by code.
    pub fn offices(&self) -> Result<Vec<OfficeRow>> {
        let mut all =
            self.conn.prepare_cached("SELECT uuid, code, kind, name, area_code FROM office ORDER BY code, uuid")?;
        Ok(all.query_map([], office_row)?.collect::<rusqlite::Result<_>>()?)
    }

    /// An office.
    pub fn office(&self, id: &Uuid) -> Result<Option<OfficeRow>> {
        let mut get =
            self.conn.prepare_cached("SELECT uuid, code, kind, name, area_code FROM office WHERE uuid = ?1")?;
        Ok(get.query_row([id.as_bytes()], office_row).optional()?)
    }

    /// An operator.
    pub fn operator(&self, id: &Uuid) -> Result<Option<OperatorRow>> {
        let mut get =
            self.conn.prepare_cached("SELECT uuid, office, name, role, retired FROM operator WHERE uuid = ?1")?;
        Ok(get.query_row([id.as_bytes()], operator_row).optional()?)
    }

    /// The operators of an office, those who have retired too, in the order in which they came.
    pub fn operators_of(&self, office: &Uuid) -> Result<Vec<OperatorRow>> {
        let mut all = self
            .conn
            .prepare_cached("SELECT uuid, office, name, role, retired FROM operator WHERE office = ?1 ORDER BY uuid")?;
        Ok(all.query_map([office.as_bytes()], operator_row)?.collect::<rusqlite::Result<_>>()?)
    }

    /// A draft: its JSON text and when it was saved.
    pub fn draft(&self, key: &str) -> Result<Option<(String, String)>> {
        let mut get = self.conn.prepare_cached("SELECT body, saved_at FROM draft WHERE key = ?1")?;
        Ok(get.query_row([key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }
}

impl Gate<'_> {
    /// Keeps a draft.
    pub fn put_draft(&mut self, key: &str, body: &str, saved_at: &str) -> Result<()> {
        self.applier
            .conn
            .prepare_cached(
                "INSERT INTO draft (key, body, saved_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (key) DO UPDATE SET body = ?2, saved_at = ?3",
            )?
            .execute((key, body, saved_at))?;
        Ok(())
    }

    /// Drops a draft.
    pub fn drop_draft(&mut self, key: &str) -> Result<()> {
        self.applier.conn.prepare_cached("DELETE FROM draft WHERE key = ?1")?.execute([key])?;
        Ok(())
    }

    /// The record of an office by its code, as far as this write can see.
    pub fn office_by_code(&mut self, code: &str) -> Result<Option<Uuid>> {
        let mut get =
            self.applier.conn.prepare_cached("SELECT uuid FROM office WHERE code = ?1").map_err(StoreError::from)?;
        Ok(get.query_row([code], |row| uuid_at(row, 0)).optional()?)
    }
}

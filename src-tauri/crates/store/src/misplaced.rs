//! Entries that stand where they cannot. The directory (offices, devices, packs, the county's own people) is written in
//! the public logs, and only the county writes those. What a station puts about it into a log of its own keeps its place
//! in the journal, is listed, and is never in force. It does not matter what came first.

use redress_domain::Kind;
use redress_journal::{Body, PUBLIC};
use rusqlite::Connection;
use uuid::Uuid;

use crate::barred;
use crate::error::Result;
use crate::journal::StoredEntry;

/// Whether records of a kind are of the directory, whoever writes about them.
pub(crate) fn is_of_directory(kind: Kind) -> bool {
    match kind {
        Kind::Office | Kind::Device | Kind::Pack => true,
        Kind::Complaint
        | Kind::Consultation
        | Kind::Step
        | Kind::Loss
        | Kind::Business
        | Kind::Operator
        | Kind::Activity
        | Kind::Volunteer
        | Kind::Department
        | Kind::Link
        | Kind::Transfer
        | Kind::Attachment => false,
    }
}

/// Of the entries of one record those that stand where they may.
pub(crate) fn in_place(entries: Vec<StoredEntry>) -> Vec<StoredEntry> {
    let is_public = entries.iter().any(|entry| entry.log.office == PUBLIC);
    let may_stand = |entry: &StoredEntry| entry.log.office == PUBLIC || !(is_public || says_directory(&entry.body));
    entries.into_iter().filter(may_stand).collect()
}

fn says_directory(body: &[u8]) -> bool {
    Body::read(body).ok().and_then(|body| Kind::parse(&body.kind)).is_some_and(is_of_directory)
}

/// Whether a public log tells of a record.
pub(crate) fn is_public(conn: &Connection, record: &Uuid) -> Result<bool> {
    let mut find = conn.prepare_cached(include_str!("sql/record_is_public.sql"))?;
    Ok(find.exists([record.as_bytes()])?)
}

/// Whether a log about an office tells of a record.
pub(crate) fn is_about_an_office(conn: &Connection, record: &Uuid) -> Result<bool> {
    let mut find = conn.prepare_cached(include_str!("sql/record_is_of_office.sql"))?;
    Ok(find.exists([record.as_bytes()])?)
}

/// Bars what goes on, in a log about an office, with a record that a public log tells of.
pub(crate) fn mark(conn: &Connection) -> Result<()> {
    let mut all = conn.prepare(include_str!("sql/public_elsewhere.sql"))?;
    let rows = all.query_map([], |row| Ok((row.get(0)?, crate::journal::uuid_at(row, 1)?)))?;
    for row in rows {
        let (place, record) = row?;
        barred::put(conn, place, &record, barred::MISPLACED)?;
    }
    Ok(())
}

//! The bytes of attachments: kept once for each content, beside the journal and never in it. Only what some record names is
//! kept, and only under the BLAKE3 that it really has. What is named and not here is missing, and nothing else is missed by it.

use std::collections::HashSet;

use redress_journal::hex;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use uuid::Uuid;

use crate::error::Result;
use crate::journal::uuid_at;
use crate::open::Store;
use crate::write::Gate;

/// BLAKE3 of an attachment.
pub type Blake3 = [u8; 32];

/// An attachment that a record names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// BLAKE3 of its bytes.
    pub blake3: Blake3,
    /// How many bytes are here; none: it is missing.
    pub size: Option<u64>,
}

/// What became of bytes that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// They are kept.
    New,
    /// They were here.
    Had,
    /// No record that is in force names them.
    Unnamed,
    /// They are not what they claim to be.
    Damaged,
}

fn named(row: &Row<'_>) -> rusqlite::Result<Named> {
    Ok(Named { blake3: row.get(0)?, size: row.get::<_, Option<i64>>(1)?.map(i64::unsigned_abs) })
}

impl Store {
    /// The attachments that records about these offices name, those of the oldest records first. What was withdrawn is not
    /// carried any further.
    pub fn attachments_named(&self, offices: &[Uuid]) -> Result<Vec<Named>> {
        let places: Vec<String> = (1..=offices.len()).map(|at| format!("?{at}")).collect();
        let mut all = self.conn.prepare(&format!(
            "SELECT named.blake3, length(bytes)
             FROM (SELECT blake3, min(attachment.uuid) AS first FROM attachment, office_number
                   WHERE attachment.office = office_number.id AND office_number.uuid IN ({})
                     AND blake3 IS NOT NULL AND withdrawn = 0 GROUP BY blake3) AS named
             LEFT JOIN attachment_bytes ON attachment_bytes.blake3 = named.blake3 ORDER BY first, named.blake3",
            places.join(", ")
        ))?;
        let rows = all.query_map(params_from_iter(offices.iter().map(Uuid::as_bytes)), named)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The attachments that an office has, as far as all its devices say; none when none of them has ever said.
    pub fn attachments_of(&self, office: &Uuid) -> Result<Option<HashSet<Blake3>>> {
        let mut common: Option<HashSet<Blake3>> = None;
        for said in self.said_of_attachments(office)?.into_iter().flatten() {
            common = Some(common.map_or_else(|| said.clone(), |known| known.intersection(&said).copied().collect()));
        }
        Ok(common)
    }

    /// The attachments that an office lacks, of those that records about `scope` name and whose bytes are here. A program
    /// that knows nothing of attachments would throw them away, and is sent none.
    pub fn attachments_lacking(&self, office: &Uuid, scope: &[Uuid]) -> Result<Vec<(Blake3, u64)>> {
        let said = self.said_of_attachments(office)?;
        if !said.is_empty() && said.iter().all(Option::is_none) {
            return Ok(Vec::new());
        }
        let known = self.attachments_of(office)?.unwrap_or_default();
        let named = self.attachments_named(scope)?.into_iter().filter(|named| !known.contains(&named.blake3));
        Ok(named.filter_map(|named| Some((named.blake3, named.size?))).collect())
    }

    fn said_of_attachments(&self, office: &Uuid) -> Result<Vec<Option<HashSet<Blake3>>>> {
        let mut all = self.conn.prepare_cached(
            "SELECT peer.attachments FROM peer LEFT JOIN device ON device.uuid = peer.device
             WHERE peer.office = ?1 AND device.revoked IS NULL AND peer.device <> ?2",
        )?;
        let own = self.identity.device;
        let rows = all.query_map((office.as_bytes(), own.as_bytes()), |row| row.get::<_, Option<Vec<u8>>>(0))?;
        rows.map(|row| Ok(row?.map(|said| unpacked(&said).collect()))).collect()
    }

    /// How many attachments are named by records here and are missing.
    pub fn attachments_missing(&self) -> Result<u64> {
        let mut count = self.conn.prepare_cached(
            "SELECT count(DISTINCT blake3) FROM attachment WHERE blake3 IS NOT NULL AND withdrawn = 0
             AND NOT EXISTS (SELECT 1 FROM attachment_bytes WHERE attachment_bytes.blake3 = attachment.blake3)",
        )?;
        Ok(count.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// The same by the office that the records are about; offices that miss nothing are not named.
    pub fn attachments_missing_by_office(&self) -> Result<Vec<(Uuid, u64)>> {
        let mut counts = self.conn.prepare_cached(
            "SELECT office_number.uuid, count(DISTINCT blake3)
             FROM attachment JOIN office_number ON office_number.id = attachment.office
             WHERE blake3 IS NOT NULL AND withdrawn = 0
             AND NOT EXISTS (SELECT 1 FROM attachment_bytes WHERE attachment_bytes.blake3 = attachment.blake3)
             GROUP BY office_number.uuid",
        )?;
        let rows = counts.query_map([], |row| Ok((uuid_at(row, 0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether the bytes of an attachment are here.
    pub fn holds_attachment(&self, blake3: &Blake3) -> Result<bool> {
        holds(&self.conn, blake3)
    }

    /// The bytes of an attachment; none when they are missing, or are not what they were.
    pub fn attachment_bytes(&self, blake3: &Blake3) -> Result<Option<Vec<u8>>> {
        let mut get = self.conn.prepare_cached("SELECT bytes FROM attachment_bytes WHERE blake3 = ?1")?;
        let bytes: Option<Vec<u8>> = get.query_row([blake3], |row| row.get(0)).optional()?;
        Ok(bytes.filter(|bytes| blake3::hash(bytes).as_bytes() == blake3))
    }

    /// How many attachments are kept, and which of them are not what they were. One of them at a time is in memory.
    pub(crate) fn check_attachments(&self) -> Result<(u64, Vec<String>)> {
        let mut all = self.conn.prepare("SELECT blake3, bytes FROM attachment_bytes ORDER BY id")?;
        let mut rows = all.query([])?;
        let (mut kept, mut broken) = (0, Vec::new());
        while let Some(row) = rows.next()? {
            let claimed: Blake3 = row.get(0)?;
            let bytes = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
            kept += 1;
            if *blake3::hash(bytes).as_bytes() != claimed {
                broken.push(hex(&claimed));
            }
        }
        Ok((kept, broken))
    }
}

impl Gate<'_> {
    /// Keeps the bytes of an attachment, if some record names them and they are what they claim to be.
    pub fn take_attachment(&mut self, blake3: &Blake3, bytes: &[u8]) -> Result<Taken> {
        let conn = self.applier.conn;
        if *blake3::hash(bytes).as_bytes() != *blake3 {
            return Ok(Taken::Damaged);
        }
        let mut named = conn.prepare_cached("SELECT 1 FROM attachment WHERE blake3 = ?1 AND withdrawn = 0")?;
        if !named.exists([blake3])? {
            return Ok(Taken::Unnamed);
        }
        if holds(conn, blake3)? {
            return Ok(Taken::Had);
        }
        conn.prepare_cached("INSERT INTO attachment_bytes (blake3, bytes) VALUES (?1, ?2)")?
            .execute((blake3, bytes))?;
        Ok(Taken::New)
    }
}

fn holds(conn: &Connection, blake3: &Blake3) -> Result<bool> {
    Ok(conn.prepare_cached("SELECT 1 FROM attachment_bytes WHERE blake3 = ?1")?.exists([blake3])?)
}

/// Removes bytes that a record named which was erased, unless another record names them: one that was taken back may come
/// again, and is asked as well.
pub(crate) fn let_go(conn: &Connection, blake3: &Blake3) -> Result<()> {
    let mut named = conn.prepare_cached("SELECT 1 FROM attachment WHERE blake3 = ?1")?;
    let mut aside = conn.prepare_cached(
        "SELECT 1 FROM journal WHERE place IN (SELECT place FROM undone UNION ALL SELECT place FROM barred)
         AND instr(body, CAST(?1 AS BLOB)) > 0",
    )?;
    if !named.exists([blake3])? && !aside.exists([hex(blake3)])? {
        conn.prepare_cached("DELETE FROM attachment_bytes WHERE blake3 = ?1")?.execute([blake3])?;
    }
    Ok(())
}

/// The attachments that some device which is trusted says it has.
pub(crate) fn held_elsewhere(conn: &Connection) -> Result<HashSet<Blake3>> {
    let mut all = conn.prepare(
        "SELECT peer.attachments FROM peer LEFT JOIN device ON device.uuid = peer.device
         WHERE device.revoked IS NULL AND peer.attachments IS NOT NULL
         AND peer.device <> (SELECT value FROM local WHERE key = 'device')",
    )?;
    let cells = all.query_map([], |row| row.get::<_, Vec<u8>>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(cells.iter().flat_map(|cell| unpacked(cell)).collect())
}

/// As they stand in one cell.
pub(crate) fn packed(said: &[Blake3]) -> Vec<u8> {
    said.concat()
}

pub(crate) fn unpacked(cell: &[u8]) -> impl Iterator<Item = Blake3> {
    cell.chunks_exact(32).filter_map(|bytes| bytes.try_into().ok())
}

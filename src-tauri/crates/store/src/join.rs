//! Devices that asked to be let in and could not prove that they were invited: they wait until a person decides.

use rusqlite::Row;
use uuid::Uuid;

use crate::error::Result;
use crate::journal::uuid_at;
use crate::open::Store;
use crate::write::Gate;

/// More than so many do not wait: whoever asks again later is heard then.
const REQUESTS_MAX: u64 = 200;

/// A request. Whoever writes in the name of a device without having its key makes a request of their own.
#[derive(Debug, Clone)]
pub struct JoinRequest {
    /// The device that asks.
    pub device: Uuid,
    /// The office that it says it stands at.
    pub office: Uuid,
    /// Its signing key, hex.
    pub key: String,
    /// Its age recipient.
    pub recipient: String,
    /// The code of the bundle that asked, shown on both screens.
    pub code: String,
    /// Why it was not let in by itself: a word of the catalogues.
    pub reason: String,
    /// Number of the bundle.
    pub number: u64,
    /// When it was written, by the other PC's clock.
    pub created_at: String,
    /// When it was seen here.
    pub asked_at: String,
    /// Somebody has refused it.
    pub refused: bool,
}

fn request(row: &Row<'_>) -> rusqlite::Result<JoinRequest> {
    Ok(JoinRequest {
        device: uuid_at(row, 0)?,
        office: uuid_at(row, 1)?,
        key: row.get(2)?,
        recipient: row.get(3)?,
        code: row.get(4)?,
        reason: row.get(5)?,
        number: row.get::<_, i64>(6)?.unsigned_abs(),
        created_at: row.get(7)?,
        asked_at: row.get(8)?,
        refused: row.get(9)?,
    })
}

impl Store {
    /// All requests, the newest first; refused ones too.
    pub fn join_requests(&self) -> Result<Vec<JoinRequest>> {
        let mut all = self.conn.prepare_cached(
            "SELECT device, office, key, recipient, code, reason, number, created_at, asked_at, refused
             FROM join_request ORDER BY asked_at DESC, device",
        )?;
        Ok(all.query_map([], request)?.collect::<rusqlite::Result<_>>()?)
    }
}

impl Gate<'_> {
    /// Notes a request; a later one of the same device with the same key takes its place, unless it was refused. Gives
    /// whether it waits.
    pub fn put_join_request(&mut self, request: &JoinRequest) -> Result<bool> {
        let conn = self.applier.conn;
        let waiting: i64 =
            conn.query_row("SELECT count(*) FROM join_request WHERE refused = 0", [], |row| row.get(0))?;
        if waiting.unsigned_abs() >= REQUESTS_MAX {
            return Ok(false);
        }
        let rows = conn
            .prepare_cached(
                "INSERT INTO join_request (device, office, key, recipient, code, reason, number, created_at, asked_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (device, key) DO UPDATE SET
                 office = ?2, recipient = ?4, code = ?5, reason = ?6, number = ?7, created_at = ?8, asked_at = ?9
                 WHERE refused = 0 AND number < ?7",
            )?
            .execute(rusqlite::params![
                request.device.as_bytes(),
                request.office.as_bytes(),
                request.key,
                request.recipient,
                request.code,
                request.reason,
                request.number,
                request.created_at,
                request.asked_at,
            ])?;
        Ok(rows == 1)
    }

    /// The device was let in: nothing in its name waits any more.
    pub fn drop_join_request(&mut self, device: &Uuid) -> Result<()> {
        self.applier.conn.prepare_cached("DELETE FROM join_request WHERE device = ?1")?.execute([device.as_bytes()])?;
        Ok(())
    }

    /// The device with this key is not let in, whatever it sends.
    pub fn refuse_join_request(&mut self, (device, key): (&Uuid, &str)) -> Result<()> {
        self.applier
            .conn
            .prepare_cached("UPDATE join_request SET refused = 1 WHERE device = ?1 AND key = ?2")?
            .execute((device.as_bytes(), key))?;
        Ok(())
    }
}

//! Who else there is: other devices, what they have, bundles that came and went, invitations.

use std::collections::{HashMap, HashSet};

use redress_journal::{Have, LogId, VerifyingKey};
use rusqlite::{OptionalExtension, Row};
use uuid::Uuid;

use crate::attachments::{self, Blake3};
use crate::error::{Result, StoreError};
use crate::journal::{self, LogRow, uuid_at};
use crate::open::Store;
use crate::receive::Stretch;
use crate::stories::{self, Writer};
use crate::write::Gate;

/// A device of the directory.
#[derive(Debug, Clone)]
pub struct DeviceRow {
    /// Its id.
    pub id: Uuid,
    /// The office whose desk it stands on.
    pub office: Uuid,
    /// The key that its seals verify with.
    pub key: VerifyingKey,
    /// Its age recipient (`age1…`).
    pub recipient: String,
    /// What people call it.
    pub label: String,
    /// Whether it has been revoked.
    pub revoked: bool,
}

/// What a device last said of itself.
#[derive(Debug, Clone)]
pub struct LastHeard {
    /// The number of its newest bundle.
    pub number: u64,
    /// When it wrote that, by its own clock.
    pub created_at: String,
    /// The version of its program.
    pub program: String,
}

/// A bundle that was merged.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// Its number here.
    pub id: i64,
    /// The office that wrote it.
    pub office: Uuid,
    /// New entries that it brought.
    pub entries: u64,
    /// When, by whom and why it was undone.
    pub undone: Option<Undone>,
    /// Its number at its sender.
    pub number: u64,
    /// When its sender wrote it, by the sender's clock.
    pub created_at: String,
    /// When it was merged here.
    pub merged_at: String,
}

/// That an import was taken back.
#[derive(Debug, Clone)]
pub struct Undone {
    /// When.
    pub at: String,
    /// By whom.
    pub by: Uuid,
    /// Why.
    pub why: String,
}

/// Where a bundle came from, for the list of merged ones.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// BLAKE3 of the bundle's content.
    pub digest: [u8; 32],
    /// Sender's device, epoch, office.
    pub from: (Uuid, Uuid, Uuid),
    /// Its number.
    pub number: u64,
    /// Sender's time.
    pub created_at: String,
    /// Our time.
    pub merged_at: String,
    /// Which of how many files that belong together.
    pub part: (u64, u64),
}

/// What another device says of itself in its newest bundle.
#[derive(Debug, Clone)]
pub struct Peer {
    /// Its device, epoch, office.
    pub from: (Uuid, Uuid, Uuid),
    /// Number of the bundle.
    pub number: u64,
    /// When it was written.
    pub created_at: String,
    /// Version of its program.
    pub program: String,
    /// What it has.
    pub have: Have,
    /// The number of the newest bundle of this very device that it has merged; 0 when it has merged none.
    pub seen: u64,
    /// What it did with entries of ours that it could not simply apply, as JSON.
    pub outcomes: String,
    /// The attachments whose bytes it has; none where its program knows nothing of them.
    pub attachments: Option<Vec<Blake3>>,
}

/// An invitation that was handed out.
#[derive(Debug, Clone)]
pub struct InvitationRow {
    /// The office it is for.
    pub office: Uuid,
    /// The one-time secret.
    pub secret: [u8; 32],
    /// Last day (ISO).
    pub expires_on: String,
    /// The device that has used it.
    pub used_by: Option<Uuid>,
}

fn device_row(row: &Row<'_>) -> rusqlite::Result<Option<DeviceRow>> {
    let key: String = row.get(2)?;
    let (id, office, recipient) = (uuid_at(row, 0)?, uuid_at(row, 1)?, row.get(3)?);
    let (label, revoked) = (row.get(4)?, row.get::<_, Option<String>>(5)?.is_some());
    Ok(key.parse().ok().map(|key| DeviceRow { id, office, key, recipient, label, revoked }))
}

impl Store {
    /// A device of the directory; none when it is unknown or its key cannot be read.
    pub fn device(&self, id: &Uuid) -> Result<Option<DeviceRow>> {
        let mut get = self.conn.prepare_cached(
            "SELECT uuid, office, signing_key, recipient, label, revoked FROM device WHERE uuid = ?1",
        )?;
        Ok(get.query_row([id.as_bytes()], device_row).optional()?.flatten())
    }

    /// The devices of an office that are not revoked.
    pub fn live_devices(&self, office: &Uuid) -> Result<Vec<DeviceRow>> {
        Ok(self.devices(office)?.into_iter().filter(|device| !device.revoked).collect())
    }

    /// All devices of an office, revoked ones too.
    pub fn devices(&self, office: &Uuid) -> Result<Vec<DeviceRow>> {
        let mut all = self.conn.prepare_cached(
            "SELECT uuid, office, signing_key, recipient, label, revoked FROM device WHERE office = ?1 ORDER BY uuid",
        )?;
        let rows = all.query_map([office.as_bytes()], device_row)?;
        Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// What a device last said of itself.
    pub fn heard_from(&self, device: &Uuid) -> Result<Option<LastHeard>> {
        let mut get = self.conn.prepare_cached("SELECT number, created_at, program FROM peer WHERE device = ?1")?;
        let row = get.query_row([device.as_bytes()], |row| {
            let number = row.get::<_, i64>(0)?.unsigned_abs();
            Ok(LastHeard { number, created_at: row.get(1)?, program: row.get(2)? })
        });
        Ok(row.optional()?)
    }

    /// The digests of all bundles that were merged here.
    pub fn merged_digests(&self) -> Result<HashSet<[u8; 32]>> {
        let mut all = self.conn.prepare_cached("SELECT digest FROM import")?;
        Ok(all.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// All invitations that were handed out, by their ids.
    pub fn invitations(&self) -> Result<HashMap<Uuid, InvitationRow>> {
        let mut all = self.conn.prepare_cached("SELECT id, office, secret, expires_on, used_by FROM invitation")?;
        let rows = all.query_map([], |row| {
            let invitation = InvitationRow {
                office: uuid_at(row, 1)?,
                secret: row.get(2)?,
                expires_on: row.get(3)?,
                used_by: row.get::<_, Option<[u8; 16]>>(4)?.map(Uuid::from_bytes),
            };
            Ok((uuid_at(row, 0)?, invitation))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What every live device of an office has, as far as their bundles say; none when none of them has ever said.
    pub fn have_of(&self, office: &Uuid) -> Result<Option<Have>> {
        let mut all = self.conn.prepare_cached(
            "SELECT peer.have FROM peer LEFT JOIN device ON device.uuid = peer.device
             WHERE peer.office = ?1 AND device.revoked IS NULL AND peer.device <> ?2",
        )?;
        let own = self.identity.device;
        let rows = all.query_map((office.as_bytes(), own.as_bytes()), |row| row.get::<_, String>(0))?;
        let mut common: Option<Have> = None;
        for row in rows {
            let have: Have =
                serde_json::from_str(&row?).map_err(|error| StoreError::Damaged(format!("peer: {error}")))?;
            common = Some(common.map_or_else(|| have.clone(), |known| known.intersect(&have)));
        }
        Ok(common)
    }

    /// The newest bundle of an office that was merged here.
    pub fn last_import(&self, office: &Uuid) -> Result<Option<ImportRow>> {
        let mut get = self.conn.prepare_cached(&format!(
            "SELECT {IMPORT_COLUMNS} FROM import WHERE office = ?1 ORDER BY id DESC LIMIT 1"
        ))?;
        Ok(get.query_row([office.as_bytes()], import_row).optional()?)
    }

    /// The merged bundle with this digest.
    pub fn import_by_digest(&self, digest: &[u8; 32]) -> Result<Option<ImportRow>> {
        let mut get = self.conn.prepare_cached(&format!("SELECT {IMPORT_COLUMNS} FROM import WHERE digest = ?1"))?;
        Ok(get.query_row([digest], import_row).optional()?)
    }

    /// The program version that an office last used.
    pub fn program_of(&self, office: &Uuid) -> Result<Option<String>> {
        let mut get =
            self.conn.prepare_cached("SELECT program FROM peer WHERE office = ?1 ORDER BY number DESC LIMIT 1")?;
        Ok(get.query_row([office.as_bytes()], |row| row.get(0)).optional()?)
    }

    /// All bundles that were merged here, the newest first.
    pub fn imports(&self, limit: u32) -> Result<Vec<ImportRow>> {
        let mut all =
            self.conn.prepare_cached(&format!("SELECT {IMPORT_COLUMNS} FROM import ORDER BY id DESC LIMIT ?1"))?;
        Ok(all.query_map([limit], import_row)?.collect::<rusqlite::Result<_>>()?)
    }

    /// What each device of an office did with entries that it could not simply apply: JSON, as it came.
    pub fn outcomes_of(&self, office: &Uuid) -> Result<Vec<String>> {
        let mut all = self.conn.prepare_cached("SELECT outcomes FROM peer WHERE office = ?1")?;
        Ok(all.query_map([office.as_bytes()], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// The newest bundle of each device of an office that was merged here.
    pub fn newest_merged(&self, office: &Uuid) -> Result<Vec<(Uuid, u64)>> {
        let mut all =
            self.conn.prepare_cached("SELECT device, max(number) FROM import WHERE office = ?1 GROUP BY device")?;
        let rows =
            all.query_map([office.as_bytes()], |row| Ok((uuid_at(row, 0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The parts of a set of files that have not been merged here, given the number of its first file.
    pub fn missing_parts(&self, device: &Uuid, epoch: &Uuid, (first, parts): (u64, u64)) -> Result<Vec<u64>> {
        let mut merged = self.conn.prepare_cached(
            "SELECT part FROM import WHERE device = ?1 AND epoch = ?2 AND number = ?3 + part - 1 AND parts = ?4",
        )?;
        let found: HashSet<u64> = merged
            .query_map((device.as_bytes(), epoch.as_bytes(), first, parts), |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        Ok((1..=parts).filter(|part| !found.contains(part)).collect())
    }

    /// The time that stands in what this device wrote last, by its own clock; of its logs the latest.
    pub fn last_written(&self) -> Result<Option<String>> {
        let mut last = None;
        for row in journal::logs(&self.conn)?.into_iter().filter(|row| row.log.device == self.identity.device) {
            let body = journal::body_at(&self.conn, row.id, row.head)?;
            last = last.max(body.and_then(|body| Some(redress_journal::Body::read(&body).ok()?.at.into_owned())));
        }
        Ok(last)
    }

    /// When this store last wrote a bundle.
    pub fn last_export(&self) -> Result<Option<String>> {
        let mut get = self.conn.prepare_cached("SELECT created_at FROM export ORDER BY number DESC LIMIT 1")?;
        Ok(get.query_row([], |row| row.get(0)).optional()?)
    }

    /// The stretches that an office lacks, of the logs that concern it: its own records and the public ones.
    /// A log of somebody else goes up to its newest seal, because only that can be proven on.
    pub fn lacking(&self, office: &Uuid, scope: &[Uuid]) -> Result<Vec<Stretch>> {
        let known = self.have_of(office)?.unwrap_or_default();
        let own = (self.identity.device, self.identity.epoch);
        let mut stretches = Vec::new();
        for trunk in journal::logs(&self.conn)?.into_iter().filter(|row| scope.contains(&row.log.office)) {
            let held = known.0.get(&trunk.log).cloned().unwrap_or_default();
            let family = journal::family(&self.conn, &trunk)?;
            for row in &family {
                let provable = if (row.log.device, row.log.epoch) == own && row.parent.is_none() {
                    row.head
                } else {
                    journal::newest_seal(&self.conn, row, row.head)?.map_or(0, |seal| seal.seq)
                };
                let writer = Writer::of(&row.log, &self.identity.device);
                let first = stories::first_lacking(&self.conn, row, &family, (&held, provable, writer))?;
                if let Some(first) = first.filter(|first| *first <= provable) {
                    stretches.push(self.stretch(row, first, provable)?);
                }
            }
        }
        stretches.sort_by_key(|stretch| (stretch.log.office != redress_journal::PUBLIC, stretch.log));
        Ok(stretches)
    }

    fn stretch(&self, row: &LogRow, first: u64, last: u64) -> Result<Stretch> {
        let before = journal::chain_at(&self.conn, row, first - 1)?;
        let after = journal::chain_at(&self.conn, row, last)?;
        Ok(Stretch { log: row.log, first, last, before, after })
    }

    /// The story of a log that has this chain value after this entry.
    fn story_of(&self, stretch: &Stretch) -> Result<Option<LogRow>> {
        let Some(trunk) = journal::find_log(&self.conn, &stretch.log)? else { return Ok(None) };
        let family = journal::family(&self.conn, &trunk)?;
        if family.len() == 1 {
            return Ok(Some(trunk));
        }
        for row in family {
            if stretch.last <= row.head && journal::chain_at(&self.conn, &row, stretch.last)? == stretch.after {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// Visits the bodies of a stretch in order.
    pub fn for_each_body<E: From<StoreError>>(
        &self,
        stretch: &Stretch,
        mut visit: impl FnMut(&[u8]) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let Some(row) = self.story_of(stretch)? else { return Ok(()) };
        journal::walk(&self.conn, &row, (stretch.first, stretch.last), |_, _, body| visit(body))
    }

    /// About how many bytes the bodies of a stretch have.
    pub fn bytes_of(&self, stretch: &Stretch) -> Result<u64> {
        let Some(row) = self.story_of(stretch)? else { return Ok(0) };
        let mut sum = self
            .conn
            .prepare_cached("SELECT coalesce(sum(length(body)), 0) FROM journal WHERE place BETWEEN ?1 AND ?2")?;
        let (first, last) = (journal::place(row.id, stretch.first), journal::place(row.id, stretch.last));
        Ok(sum.query_row((first, last), |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// The seal of a stretch's last entry; else the newest below it.
    pub fn seal_of(&self, stretch: &Stretch) -> Result<Option<redress_journal::Seal>> {
        let Some(row) = self.story_of(stretch)? else { return Ok(None) };
        journal::newest_seal(&self.conn, &row, stretch.last)
    }

    /// What an office is known to have of the very entries that are held here: of a log of which it tells another story,
    /// nothing counts until it has said that it holds this one too.
    pub fn confirmed_by(&self, office: &Uuid) -> Result<Have> {
        let mut known = self.have_of(office)?.unwrap_or_default();
        for trunk in journal::logs(&self.conn)? {
            if let Some(held) = known.0.get_mut(&trunk.log) {
                let writer = Writer::of(&trunk.log, &self.identity.device);
                *held = stories::same_story(&self.conn, &trunk, held, writer)?;
            }
        }
        Ok(known)
    }

    /// How many entries about `office`, held here, are not confirmed by `other`, and the time written in the oldest.
    pub fn unconfirmed(&self, office: &Uuid, other: &Uuid) -> Result<(u64, Option<String>)> {
        let known = self.confirmed_by(other)?;
        let (mut count, mut since): (u64, Option<String>) = (0, None);
        for row in journal::logs(&self.conn)?.into_iter().filter(|row| row.log.office == *office) {
            let held = known.0.get(&row.log).cloned().unwrap_or_default();
            for (first, last) in held.missing(row.head) {
                count += last - first + 1;
                let oldest = journal::body_at(&self.conn, row.id, first)?;
                let at = oldest.and_then(|body| Some(redress_journal::Body::read(&body).ok()?.at.into_owned()));
                since = match (since, at) {
                    (Some(one), Some(two)) => Some(one.min(two)),
                    (one, two) => one.or(two),
                };
            }
        }
        Ok((count, since))
    }
}

/// A device writes no more bundles than this between a backup and the day it is brought back to it. Who says more is wrong, and
/// believed would leave it without numbers.
const BUNDLES_FORGOTTEN_MAX: u64 = 100_000;

const IMPORT_COLUMNS: &str = "number, created_at, merged_at, id, office, entries, undone_at, undone_by, undone_why";

pub(crate) fn import_row(row: &Row<'_>) -> rusqlite::Result<ImportRow> {
    let undone = row.get::<_, Option<String>>(6)?.map(|at| -> rusqlite::Result<Undone> {
        let by = row.get::<_, Option<[u8; 16]>>(7)?.map(Uuid::from_bytes).unwrap_or_default();
        Ok(Undone { at, by, why: row.get::<_, Option<String>>(8)?.unwrap_or_default() })
    });
    Ok(ImportRow {
        number: row.get::<_, i64>(0)?.unsigned_abs(),
        created_at: row.get(1)?,
        merged_at: row.get(2)?,
        id: row.get(3)?,
        office: uuid_at(row, 4)?,
        entries: row.get::<_, i64>(5)?.unsigned_abs(),
        undone: undone.transpose()?,
    })
}

/// What a device said last, and the number of that bundle.
struct Words {
    number: u64,
    have: Have,
    attachments: HashSet<Blake3>,
}

impl Gate<'_> {
    /// Notes a bundle that is being merged; gives the import's number here.
    pub fn begin_import(&mut self, import: &NewImport) -> Result<i64> {
        let conn = self.applier.conn;
        let (device, epoch, office) = import.from;
        conn.prepare_cached(
            "INSERT INTO import (digest, device, epoch, office, number, created_at, merged_at, part, parts, entries)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)",
        )?
        .execute(rusqlite::params![
            import.digest,
            device.as_bytes(),
            epoch.as_bytes(),
            office.as_bytes(),
            import.number,
            import.created_at,
            import.merged_at,
            import.part.0,
            import.part.1,
        ])?;
        Ok(conn.last_insert_rowid())
    }

    /// When the bundle with this digest was merged.
    pub fn merged_at(&self, digest: &[u8; 32]) -> Result<Option<String>> {
        let mut get = self.applier.conn.prepare_cached("SELECT merged_at FROM import WHERE digest = ?1")?;
        Ok(get.query_row([digest], |row| row.get(0)).optional()?)
    }

    /// Notes how many entries an import brought.
    pub fn end_import(&mut self, import: i64, entries: u64) -> Result<()> {
        self.applier.conn.prepare_cached("UPDATE import SET entries = ?2 WHERE id = ?1")?.execute((import, entries))?;
        Ok(())
    }

    /// Replaces what a device said it has, unless an older bundle says so. Numbers go on from one life of a store to the next;
    /// when two bundles have one number, the device was brought back and does not know it: then only what both say counts.
    pub fn hear(&mut self, peer: &Peer, digest: &[u8; 32]) -> Result<()> {
        self.note_own_claims(&peer.have)?;
        self.note_own_number(peer.seen)?;
        let Some(former) = self.former_words(&peer.from.0)? else { return self.put_peer(peer) };
        if peer.number > former.number {
            self.put_peer(peer)
        } else if peer.number == former.number && self.number_was_used(peer, digest)? {
            let both =
                |said: &Vec<Blake3>| said.iter().filter(|one| former.attachments.contains(*one)).copied().collect();
            let attachments = peer.attachments.as_ref().map(both);
            self.put_peer(&Peer { have: former.have.intersect(&peer.have), attachments, ..peer.clone() })
        } else {
            Ok(())
        }
    }

    fn former_words(&self, device: &Uuid) -> Result<Option<Words>> {
        let mut get =
            self.applier.conn.prepare_cached("SELECT number, have, attachments FROM peer WHERE device = ?1")?;
        let found = get.query_row([device.as_bytes()], |row| {
            let have = serde_json::from_str(&row.get::<_, String>(1)?).unwrap_or_default();
            let attachments = attachments::unpacked(&row.get::<_, Option<Vec<u8>>>(2)?.unwrap_or_default()).collect();
            Ok(Words { number: row.get::<_, i64>(0)?.unsigned_abs(), have, attachments })
        });
        Ok(found.optional()?)
    }

    /// Whoever has merged a later bundle of this device than it remembers writing shows that it was brought back; its
    /// numbers go on from there.
    fn note_own_number(&mut self, seen: u64) -> Result<()> {
        let counted = self.count("bundle")?;
        if (counted + 1..=counted.saturating_add(BUNDLES_FORGOTTEN_MAX)).contains(&seen) {
            self.disturbed = true;
            self.raise("bundle", seen)?;
        }
        Ok(())
    }

    /// Somebody who holds more of this very life than there is here knows what this store has forgotten.
    fn note_own_claims(&mut self, have: &Have) -> Result<()> {
        let (device, epoch) = (self.identity().device, self.identity().epoch);
        let own = |log: &LogId| log.device == device && log.epoch == epoch;
        for (log, held) in have.0.iter().filter(|(log, _)| own(log)) {
            let head = journal::find_log(self.applier.conn, log)?.map_or(0, |row| row.head);
            if held.highest() > head {
                self.disturbed = true;
            }
        }
        Ok(())
    }

    fn number_was_used(&self, peer: &Peer, digest: &[u8; 32]) -> Result<bool> {
        let mut other = self
            .applier
            .conn
            .prepare_cached("SELECT 1 FROM import WHERE device = ?1 AND number = ?2 AND digest <> ?3")?;
        Ok(other.exists((peer.from.0.as_bytes(), peer.number, digest))?)
    }

    fn put_peer(&mut self, peer: &Peer) -> Result<()> {
        let (device, epoch, office) = peer.from;
        let have = serde_json::to_string(&peer.have).map_err(|error| StoreError::Refused(error.to_string()))?;
        self.applier
            .conn
            .prepare_cached(
                "INSERT INTO peer (device, epoch, office, number, created_at, program, have, outcomes, attachments)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (device) DO UPDATE SET epoch = ?2, office = ?3, number = ?4, created_at = ?5,
                 program = ?6, have = ?7, outcomes = ?8, attachments = ?9",
            )?
            .execute(rusqlite::params![
                device.as_bytes(),
                epoch.as_bytes(),
                office.as_bytes(),
                peer.number,
                peer.created_at,
                peer.program,
                have,
                peer.outcomes,
                peer.attachments.as_deref().map(attachments::packed),
            ])?;
        Ok(())
    }

    /// Notes a bundle that was written.
    pub fn note_export(&mut self, number: u64, office: &Uuid, created_at: &str, entries: u64) -> Result<()> {
        self.applier
            .conn
            .prepare_cached("INSERT INTO export (number, office, created_at, entries) VALUES (?1, ?2, ?3, ?4)")?
            .execute((number, office.as_bytes(), created_at, entries))?;
        Ok(())
    }

    /// Keeps an invitation that is handed out.
    pub fn put_invitation(&mut self, id: &Uuid, invitation: &InvitationRow) -> Result<()> {
        self.applier
            .conn
            .prepare_cached("INSERT INTO invitation (id, office, secret, expires_on) VALUES (?1, ?2, ?3, ?4)")?
            .execute((id.as_bytes(), invitation.office.as_bytes(), invitation.secret, &invitation.expires_on))?;
        Ok(())
    }

    /// Notes that a device has joined with an invitation: it cannot be used again.
    pub fn use_invitation(&mut self, id: &Uuid, device: &Uuid) -> Result<()> {
        self.applier
            .conn
            .prepare_cached("UPDATE invitation SET used_by = ?2 WHERE id = ?1")?
            .execute((id.as_bytes(), device.as_bytes()))?;
        Ok(())
    }

    /// Keeps something for this PC only.
    pub fn put_local(&mut self, key: &str, value: &[u8]) -> Result<()> {
        self.applier
            .conn
            .prepare_cached(
                "INSERT INTO local (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
            )?
            .execute((format!("kept:{key}"), value))?;
        Ok(())
    }
}

impl Store {
    /// Something that was kept for this PC only.
    pub fn local(&self, key: &str) -> Result<Option<Vec<u8>>> {
        let mut get = self.conn.prepare_cached("SELECT value FROM local WHERE key = ?1")?;
        Ok(get.query_row([format!("kept:{key}")], |row| row.get(0)).optional()?)
    }
}

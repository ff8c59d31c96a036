//! Writing a bundle: what I have, and what the other side lacks as far as I know. Writing alone confirms nothing.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use redress_bundle::{Destination, GroupHead, JoinRequest, Manifest, Meta, Origin, PayloadWriter};
use redress_journal::{Have, PUBLIC};
use redress_store::receive::Stretch;
use redress_store::{Parsed, Typed};
use uuid::Uuid;

use super::medium::carry_over;
use super::places::remember_folder;
use crate::App;
use crate::contract::{Done, ExportAll, ExportBundle, Exported, Progress, Task, Touched};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::session::Session;
use crate::start::INVITATION;

/// `bundle.export`.
pub(crate) fn export(app: &mut App, input: ExportBundle) -> Result<Done<Exported>> {
    let (session, host) = app.working()?;
    let folder = folder(&input.out)?;
    let office = match input.office.as_deref().filter(|office| !office.is_empty()) {
        Some(office) if session.is_county() => session.office_by_text(office)?.id,
        Some(_) => return Err(AppError::new("not_county")),
        None if session.is_county() => return Err(AppError::field("office", "required")),
        None => session.county_id(),
    };
    let exported = export_to(session, host, &office, &folder)?;
    remember_folder(session, &folder)?;
    Done::wrote(exported, &[Touched::Bundle])
}

/// `bundle.export_all`: a return bundle for every office that has joined.
pub(crate) fn export_all(app: &mut App, input: ExportAll) -> Result<Done<Vec<Exported>>> {
    let (session, host) = app.working()?;
    session.require_county()?;
    let folder = folder(&input.out)?;
    let mut offices = session.store.offices()?;
    offices.retain(|office| office.id != session.office_id());
    let total = offices.len() as u64;
    let mut written = Vec::new();
    for (office, done) in offices.into_iter().zip(1..) {
        if host.cancelled() {
            return Err(AppError::new("cancelled"));
        }
        if !session.store.live_devices(&office.id)?.is_empty() {
            written.push(export_to(session, host, &office.id, &folder)?);
        }
        let detail = office.name;
        host.progress(&Progress { task: Task::Export, stage: "office".into(), done, total: Some(total), detail });
    }
    remember_folder(session, &folder)?;
    Done::wrote(written, &[Touched::Bundle])
}

fn folder(text: &str) -> Result<PathBuf> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::field("out", "required"));
    }
    let folder = PathBuf::from(text);
    if folder.is_dir() { Ok(folder) } else { Err(AppError::new("path_missing").with("path", text)) }
}

/// Writes the bundle for an office into a folder.
pub(crate) fn export_to(session: &mut Session, host: &dyn Host, office: &Uuid, folder: &Path) -> Result<Exported> {
    let created_at = host.now_text();
    let number = session.store.write(|gate| -> Result<u64> {
        gate.seal_own_logs()?;
        Ok(gate.count_up("bundle")?)
    })?;
    let recipients = recipients(session, office)?;
    let names = session.names()?;
    let name = file_name(session, office, number)?;
    let to_name = names.office(office);
    let staged = session.store.staging()?.join(&name);
    let written = write_staged(session, (office, number), &created_at, (&staged, &recipients));
    let outcome = written.and_then(|(header, complaints)| {
        let path = carry_over(&staged, folder, &name)?;
        Ok((path, header, complaints))
    });
    let _ = fs::remove_file(&staged);
    let (path, written, complaints) = outcome?;
    session
        .store
        .write(|gate| -> Result<()> { Ok(gate.note_export(number, office, &created_at, written.entries)?) })?;
    Ok(Exported {
        path: path.display().to_string(),
        file_name: name,
        to_name,
        bytes: written.size_bytes,
        entries: written.entries,
        complaints,
        number,
        compare_code: written.header.compare_code(),
        verified: true,
    })
}

/// Everybody at the office who must be able to read it.
fn recipients(session: &Session, office: &Uuid) -> Result<Vec<age::x25519::Recipient>> {
    let devices = session.store.live_devices(office)?;
    let recipients: Vec<_> = devices.iter().filter_map(|device| device.recipient.parse().ok()).collect();
    if recipients.is_empty() { Err(AppError::new("office_not_joined")) } else { Ok(recipients) }
}

/// ASCII, short, and different for every office and number.
fn file_name(session: &Session, to: &Uuid, number: u64) -> Result<String> {
    let from = session.office_view()?;
    let back = if session.is_county() {
        let code = session.store.office(to)?.map(|office| office.code).unwrap_or_default();
        format!("-{code}")
    } else {
        String::new()
    };
    Ok(format!("{}-{}{back}-{number:04}.{}", from.area_code, from.code, super::EXTENSION))
}

fn write_staged(
    session: &Session,
    (office, number): (&Uuid, u64),
    created_at: &str,
    (staged, recipients): (&Path, &[age::x25519::Recipient]),
) -> Result<(redress_bundle::Written, u64)> {
    let identity = session.store.identity();
    let key = session.signing_key();
    let own_recipient = session.age_identity()?.to_public();
    let invitation = request(session)?;
    let join =
        invitation.as_ref().map(|(id, secret)| JoinRequest { invitation: *id, secret, recipient: &own_recipient });
    let meta = Meta {
        from: Origin { office: identity.office, device: identity.device, epoch: identity.epoch },
        number,
        to: Destination { office: *office },
        created_at: created_at.to_owned(),
        join,
        recipients,
        key: &key,
    };
    let content = Content::of(session, office)?;
    let mut out = BufWriter::new(File::create(staged)?);
    let mut complaints = 0;
    let written = redress_bundle::write(&mut out, &meta, |payload| content.fill(session, payload, &mut complaints))?;
    let file = out.into_inner().map_err(|error| AppError::from(error.into_error()))?;
    file.sync_all()?;
    Ok((written, complaints))
}

/// The invitation with which this device joined, while the county has not let it in.
fn request(session: &Session) -> Result<Option<(Uuid, [u8; 32])>> {
    if session.is_county() || session.store.device(&session.store.identity().device)?.is_some() {
        return Ok(None);
    }
    let Some(kept) = session.store.local(INVITATION)? else { return Ok(None) };
    let parts =
        kept.split_at_checked(16).and_then(|(id, secret)| Some((Uuid::from_slice(id).ok()?, secret.try_into().ok()?)));
    Ok(parts)
}

/// What goes into a bundle.
struct Content {
    have: Have,
    stretches: Vec<Stretch>,
}

impl Content {
    /// Between a station and the county only the station's own records and the public ones are spoken of; the public
    /// ones are the county's to send.
    fn of(session: &Session, office: &Uuid) -> Result<Self> {
        let subject = if session.is_county() { *office } else { session.office_id() };
        let sent: &[Uuid] = if session.is_county() { &[subject, PUBLIC] } else { &[subject] };
        let stretches = session.store.lacking(office, sent)?;
        let mut have = session.store.have()?;
        have.0.retain(|log, _| [subject, PUBLIC].contains(&log.office));
        Ok(Self { have, stretches })
    }

    fn fill(&self, session: &Session, payload: &mut PayloadWriter<'_>, complaints: &mut u64) -> Result<()> {
        payload.manifest(&Manifest {
            have: self.have.clone(),
            entries: self.stretches.iter().map(count).sum(),
            groups: self.stretches.len() as u64,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            ..Manifest::default()
        })?;
        let mut seals = BTreeMap::new();
        for stretch in &self.stretches {
            let count = count(stretch);
            payload.group(&GroupHead { log: stretch.log, from: stretch.first, prev: stretch.before, count })?;
            session.store.for_each_body(stretch, |body| -> Result<()> {
                *complaints += u64::from(is_new_complaint(body));
                Ok(payload.entry(body)?)
            })?;
            if let Some(seal) = session.store.seal_of(stretch)? {
                seals.insert(stretch.log, seal);
            }
        }
        seals.values().try_for_each(|seal| payload.seal(seal))?;
        Ok(())
    }
}

fn count(stretch: &Stretch) -> u64 {
    stretch.last - stretch.first + 1
}

/// Whether a body is the first of a complaint; told by its beginning, which this program wrote.
fn is_new_complaint(body: &[u8]) -> bool {
    const BEGINNING: &[u8] = br#"{"v":1,"kind":"complaint","#;
    body.starts_with(BEGINNING) && matches!(Parsed::read(body), Ok(Parsed { first: Some(Typed::Complaint(_)), .. }))
}

//! Writing a bundle: what I have, and what the other side lacks as far as I know. Writing alone confirms nothing.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use redress_bundle::{
    Attachments, Certificate, Destination, Former, GroupHead, Hex, JoinRequest, LastSeen, Manifest, Meta, Origin,
    Outcome, Part, PayloadWriter, SuccessionRequest,
};
use redress_domain::record::{Device, read_map};
use redress_journal::{Have, PUBLIC, Seal, entry_id};
use redress_store::check::Broken;
use redress_store::receive::Stretch;
use redress_store::{Parsed, Typed};
use uuid::Uuid;

use super::attachments::{BYTES_A_FILE, Travelling, choose, divide, said};
use super::counted::totals_of;
use super::medium::{carry_over, make_room};
use super::outcomes::outcomes_for;
use super::places::remember_folder;
use super::scan::file_name as file_name_of;
use crate::App;
use crate::backup::by_itself;
use crate::care::{edited, require_untouched};
use crate::contract::{Done, ExportAll, ExportBundle, Exported, Progress, Task, Touched};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::keys::escrow_recipient;
use crate::media::format_at;
use crate::session::{Pen, Session};
use crate::start::{INVITATION, KeptInvitation, former_devices};
use crate::transfer::relay;

/// `bundle.export`.
pub(crate) fn export(app: &mut App, input: ExportBundle) -> Result<Done<Exported>> {
    let (session, host) = app.working()?;
    session.require_settled()?;
    let folder = folder(&input.out)?;
    require_untouched(session)?;
    let office = match input.office.as_deref().filter(|office| !office.is_empty()) {
        Some(office) if session.is_county() => session.office_by_text(office)?.id,
        Some(_) => return Err(AppError::new("not_county")),
        None if session.is_county() => return Err(AppError::field("office", "required")),
        None => session.county_id(),
    };
    let entries_max = input.entries_a_file.map_or(ENTRIES_A_FILE, u64::from);
    let attachments = input.without_attachments != Some(true);
    let exported = export_to(session, host, &To { office: &office, folder: &folder, entries_max, attachments })?;
    remember_folder(session, &folder)?;
    by_itself(session, host);
    Done::wrote(exported, &[Touched::Bundle, Touched::Backup])
}

/// `bundle.export_all`: a return bundle for every office that has joined.
pub(crate) fn export_all(app: &mut App, input: ExportAll) -> Result<Done<Vec<Exported>>> {
    let (session, host) = app.working()?;
    session.require_county()?;
    session.require_settled()?;
    let folder = folder(&input.out)?;
    require_untouched(session)?;
    let mut offices = session.store.offices()?;
    offices.retain(|office| office.id != session.office_id());
    let total = offices.len() as u64;
    let mut written = Vec::new();
    for (office, done) in offices.into_iter().zip(1..) {
        if host.cancelled() {
            return Err(AppError::new("cancelled"));
        }
        if !session.store.live_devices(&office.id)?.is_empty() {
            let attachments = input.without_attachments != Some(true);
            let to = To { office: &office.id, folder: &folder, entries_max: ENTRIES_A_FILE, attachments };
            written.push(export_to(session, host, &to)?);
        }
        let detail = office.name;
        host.progress(&Progress { task: Task::Export, stage: "office".into(), done, total: Some(total), detail });
    }
    remember_folder(session, &folder)?;
    by_itself(session, host);
    Done::wrote(written, &[Touched::Bundle, Touched::Backup])
}

fn folder(text: &str) -> Result<PathBuf> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::field("out", "required"));
    }
    let folder = PathBuf::from(text);
    if folder.is_dir() { Ok(folder) } else { Err(AppError::new("path_missing").with("path", text)) }
}

/// Writes the bundle for an office into a folder; several files when one would be too large.
pub(crate) fn export_to(session: &mut Session, host: &dyn Host, to: &To<'_>) -> Result<Exported> {
    let pen = Pen { operator: session.operator, at: host.now_text() };
    relay(session, &pen, to.office)?;
    session.store.write(|gate| -> Result<()> { Ok(gate.seal_own_logs()?) })?;
    let recipients = recipients(session, to.office)?;
    let plan = Plan::of(session, host, to)?;
    match carry_out(session, host, to, (&plan, &recipients)) {
        // Records never wait for photos: what was reckoned to fit did not, on the medium or on the way to it.
        Err(error) if ["medium_full", "disk_full"].contains(&error.code.as_str()) && plan.travels() > 0 => {
            let plan = Plan::of(session, host, &To { attachments: false, ..*to })?;
            carry_out(session, host, to, (&plan, &recipients))
        }
        outcome => outcome,
    }
}

fn carry_out(
    session: &mut Session,
    host: &dyn Host,
    to: &To<'_>,
    (plan, recipients): (&Plan, &[age::x25519::Recipient]),
) -> Result<Exported> {
    let mut staged = Vec::new();
    let outcome = stage(session, host, to, (&plan.files, recipients), &mut staged)
        .and_then(|()| make_room(host, to.folder, staged.iter().map(|part| part.path.as_path())))
        .and_then(|()| deliver(session, to, &staged));
    staged.iter().for_each(|part| drop(fs::remove_file(&part.path)));
    let format = format_at(&host.carry_places(), to.folder);
    outcome.map(|exported| Exported { attachments: plan.travels(), attachments_left: plan.left, format, ..exported })
}

/// To whom a bundle goes, and where.
pub(crate) struct To<'a> {
    pub office: &'a Uuid,
    pub folder: &'a Path,
    /// At most so many entries in one file.
    pub entries_max: u64,
    /// Whether photos and documents travel too, as far as there is room.
    pub attachments: bool,
}

/// So many entries fit into one file with room to spare: a tenth of what a reader takes.
pub(crate) const ENTRIES_A_FILE: u64 = redress_bundle::limits::ENTRIES_MAX / 10;

impl Exported {
    fn join(&mut self, further: Self) {
        self.bytes += further.bytes;
        self.entries += further.entries;
        self.complaints += further.complaints;
        self.more.push(further.file_name);
    }
}

/// A file that is finished and waits to be carried over.
struct Staged {
    path: PathBuf,
    name: String,
    number: u64,
    created_at: String,
    written: redress_bundle::Written,
    complaints: u64,
}

/// Writes all files of a bundle to the staging folder; those that were finished stand in `staged` also after an error.
fn stage(
    session: &mut Session,
    host: &dyn Host,
    to: &To<'_>,
    (parts, recipients): (&[Content], &[age::x25519::Recipient]),
    staged: &mut Vec<Staged>,
) -> Result<()> {
    let of = parts.len() as u64;
    for (content, part) in parts.iter().zip(1..) {
        let part = (of > 1).then_some(Part { number: part, of });
        let created_at = host.now_text();
        let number = session.store.write(|gate| -> Result<u64> { Ok(gate.count_up("bundle")?) })?;
        // From here on the numbers of this store may be known elsewhere.
        session.store.witness_now();
        let name = file_name(session, to.office, number)?;
        let path = session.store.staging()?.join(&name);
        let written = write_staged(session, (content, part), (to.office, number, &created_at), (&path, recipients));
        let (written, complaints) = written.inspect_err(|_| drop(fs::remove_file(&path)))?;
        staged.push(Staged { path, name, number, created_at, written, complaints });
    }
    Ok(())
}

/// Carries the files over to the medium, one after the other.
fn deliver(session: &mut Session, to: &To<'_>, staged: &[Staged]) -> Result<Exported> {
    let to_name = session.names()?.office(to.office);
    let mut exported: Option<Exported> = None;
    for part in staged {
        let written = &part.written;
        let path = carry_over(&part.path, to.folder, &part.name)?;
        session.store.write(|gate| -> Result<()> {
            Ok(gate.note_export(part.number, to.office, &part.created_at, written.entries)?)
        })?;
        let one = Exported {
            file_name: file_name_of(&path),
            path: path.display().to_string(),
            to_name: to_name.clone(),
            bytes: written.size_bytes,
            entries: written.entries,
            complaints: part.complaints,
            number: part.number,
            compare_code: written.header.compare_code(),
            verified: true,
            format: None,
            parts: staged.len() as u64,
            more: Vec::new(),
            attachments: 0,
            attachments_left: 0,
        };
        match &mut exported {
            None => exported = Some(one),
            Some(first) => first.join(one),
        }
    }
    exported.ok_or_else(|| AppError::internal("a bundle without content"))
}

/// Everybody at the office who must be able to read it.
fn recipients(session: &Session, office: &Uuid) -> Result<Vec<age::x25519::Recipient>> {
    let devices = session.store.live_devices(office)?;
    let mut recipients: Vec<_> = devices.iter().filter_map(|device| device.recipient.parse().ok()).collect();
    if !recipients.is_empty() {
        recipients.extend(escrow_recipient(session, office)?);
        return Ok(recipients);
    }
    let revoked = !session.store.devices(office)?.is_empty();
    Err(AppError::new(if revoked { "office_revoked" } else { "office_not_joined" }))
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
    (content, part): (&Content, Option<Part>),
    (office, number, created_at): (&Uuid, u64, &str),
    (staged, recipients): (&Path, &[age::x25519::Recipient]),
) -> Result<(redress_bundle::Written, u64)> {
    let identity = session.store.identity();
    let key = session.signing_key();
    let own_recipient = session.age_identity()?.to_public();
    let invitation = request(session)?;
    let join = invitation.as_ref().map(|kept| JoinRequest {
        invitation: kept.id,
        secret: &kept.secret.0,
        ticket: kept.ticket,
        recipient: &own_recipient,
    });
    let former = former_devices(session)?;
    let between = former.iter().skip(1).map(|(device, key)| Former { device: *device, key: key.verifying_key() });
    let between: Vec<Former> = between.collect();
    let succeeds = former.first().map(|(device, key)| SuccessionRequest {
        device: *device,
        key,
        recipient: &own_recipient,
        between,
    });
    let meta = Meta {
        from: Origin { office: identity.office, device: identity.device, epoch: identity.epoch },
        number,
        to: Destination { office: *office },
        created_at: created_at.to_owned(),
        join,
        succeeds,
        certificate: certificate(session)?,
        part,
        recipients,
        key: &key,
    };
    let mut out = BufWriter::new(File::create(staged)?);
    let mut complaints = 0;
    let written = redress_bundle::write(&mut out, &meta, |payload| content.fill(session, payload, &mut complaints))?;
    let file = out.into_inner().map_err(|error| AppError::from(error.into_error()))?;
    file.sync_all()?;
    Ok((written, complaints))
}

/// The invitation with which this device joined, while the county has not let it in.
fn request(session: &Session) -> Result<Option<KeptInvitation>> {
    if session.is_county() || session.store.device(&session.store.identity().device)?.is_some() {
        return Ok(None);
    }
    Ok(session.store.local(INVITATION)?.and_then(|kept| KeptInvitation::read(&kept)))
}

/// The county's word for this device, as the directory has it.
fn certificate(session: &Session) -> Result<Option<Certificate>> {
    let Some(record) = session.store.record(&session.store.identity().device)? else { return Ok(None) };
    let device: Device = read_map(record.state.values()).value;
    let signature = device.certificate.parse().ok();
    let given = device.certified_by.zip(signature);
    Ok(given.map(|(by, signature)| Certificate { by, recipient: device.recipient, signature }))
}

/// What goes into the files of a bundle, and how many attachments stay behind.
struct Plan {
    files: Vec<Content>,
    left: u64,
}

impl Plan {
    /// Between a station and the county only the station's own records and the public ones are spoken of.
    fn of(session: &mut Session, host: &dyn Host, to: &To<'_>) -> Result<Self> {
        let subject = if session.is_county() { *to.office } else { session.office_id() };
        let scope = [subject, PUBLIC];
        // A county that was restored from an older backup gets its own directory back from whoever has it.
        let stretches = session.store.lacking(to.office, &scope)?;
        let lacking = session.store.attachments_lacking(to.office, &scope)?;
        let room = room_for_attachments(session, host, to, (&stretches, lacking.is_empty()))?;
        let (travelling, left) = choose(lacking, room);
        let mut have = session.store.have()?;
        have.0.retain(|log, _| scope.contains(&log.office));
        let seen = session.store.newest_merged(to.office)?;
        let plain = Content {
            have,
            stretches: Vec::new(),
            outcomes: outcomes_for(session, to.office)?,
            seen: seen.into_iter().map(|(device, number)| LastSeen { device, number }).collect(),
            totals: totals_of(session, &subject)?,
            said: said(&session.store, &scope)?,
            travelling: Vec::new(),
        };
        let portions = portions(session, stretches, to.entries_max)?.into_iter();
        let mut files: Vec<Content> = portions.map(|stretches| Content { stretches, ..plain.clone() }).collect();
        let mut attachments = divide(travelling, BYTES_A_FILE).into_iter();
        if let Some((last, first)) = files.last_mut().zip(attachments.next()) {
            last.travelling = first;
        }
        files.extend(attachments.map(|travelling| Content { travelling, ..plain.clone() }));
        Ok(Self { files, left })
    }

    /// How many attachments travel.
    fn travels(&self) -> u64 {
        self.files.iter().map(|file| file.travelling.len() as u64).sum()
    }
}

/// How many bytes the records leave to the attachments on the medium, and on this PC, where a bundle is written first; none
/// when nobody says how much room there is.
fn room_for_attachments(
    session: &Session,
    host: &dyn Host,
    to: &To<'_>,
    (stretches, nothing): (&[Stretch], bool),
) -> Result<Option<u64>> {
    if nothing || !to.attachments {
        return Ok(Some(0));
    }
    let places = [to.folder, session.store.dir()];
    let Some(free) = places.into_iter().filter_map(|place| host.free_bytes(place)).min() else { return Ok(None) };
    let records =
        stretches.iter().map(|stretch| session.store.bytes_of(stretch)).sum::<redress_store::Result<u64>>()?;
    Ok(Some(free.saturating_sub(records)))
}

/// What goes into one file.
#[derive(Clone)]
struct Content {
    have: Have,
    stretches: Vec<Stretch>,
    outcomes: Vec<Outcome>,
    seen: Vec<LastSeen>,
    totals: BTreeMap<String, u64>,
    said: Attachments,
    travelling: Vec<Travelling>,
}

impl Content {
    fn fill(&self, session: &Session, payload: &mut PayloadWriter<'_>, complaints: &mut u64) -> Result<()> {
        payload.manifest(&Manifest {
            have: self.have.clone(),
            entries: self.stretches.iter().map(count).sum(),
            groups: self.stretches.len() as u64,
            outcomes: self.outcomes.clone(),
            seen: self.seen.clone(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            totals: self.totals.clone(),
            attachments: Some(self.said.clone()),
            ..Manifest::default()
        })?;
        let mut seals: Vec<Seal> = Vec::new();
        for stretch in &self.stretches {
            let count = count(stretch);
            payload.group(&GroupHead { log: stretch.log, from: stretch.first, prev: stretch.before, count })?;
            let (mut chain, mut next) = (stretch.before, stretch.first);
            session.store.for_each_body(stretch, |body| -> Result<()> {
                chain = chain.next(&entry_id(&stretch.log, next, body));
                next += 1;
                *complaints += u64::from(is_new_complaint(body));
                Ok(payload.entry(body)?)
            })?;
            // Also what others wrote is looked at before it is handed on: whoever gets it would have to refuse it.
            if chain != stretch.after {
                let broken = Broken { log: stretch.log, from: stretch.first, upto: stretch.last };
                return Err(edited(session, &broken)?);
            }
            seals.extend(session.store.seal_of(stretch)?.filter(|seal| !seals.contains(seal)));
        }
        seals.iter().try_for_each(|seal| payload.seal(seal))?;
        for (blake3, _) in &self.travelling {
            // One that has been damaged here would be thrown away there.
            if let Some(bytes) = session.store.attachment_bytes(blake3)? {
                payload.attachment(Hex(*blake3), &bytes)?;
            }
        }
        Ok(())
    }
}

/// Divides stretches among files, in order. Only a log of this very device can be divided: at the cut it needs a seal.
fn portions(session: &mut Session, stretches: Vec<Stretch>, entries_max: u64) -> Result<Vec<Vec<Stretch>>> {
    let most = entries_max.max(1);
    let (mut portions, mut room) = (vec![Vec::new()], most);
    for mut stretch in stretches {
        while count(&stretch) > room {
            let cut = stretch.first + room.max(1) - 1;
            let halves = if room == 0 { None } else { session.store.write(|gate| gate.cut_own(&stretch, cut))? };
            if let Some((before, after)) = halves {
                put(&mut portions, before);
                stretch = after;
            } else if room == most {
                break;
            }
            portions.push(Vec::new());
            room = most;
        }
        room = room.saturating_sub(count(&stretch));
        put(&mut portions, stretch);
    }
    Ok(portions)
}

fn put(portions: &mut [Vec<Stretch>], stretch: Stretch) {
    if let Some(portion) = portions.last_mut() {
        portion.push(stretch);
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

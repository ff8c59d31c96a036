//! Merging bundles: unattended, one transaction for the whole run, the same projection code as for what is typed here.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use redress_bundle::Header;
use redress_store::peers::{NewImport, Peer};
use redress_store::receive::{Incoming, Received, Receiving, Stretch};
use redress_store::{Applied, Gate};
use uuid::Uuid;

use super::attachments::{Assembly, heard};
use super::counted::{Said, differing};
use super::incoming::{Arrived, Message, Reading};
use super::request::{certify, note_request, requests_dir};
use super::scan::{bundle_files, file_name, header};
use super::trust::{ASKS_TO_JOIN, Admission, Trust};
use crate::App;
use crate::backup::by_itself;
use crate::clock::{is_ahead, note_ahead};
use crate::contract::{BundleOutcome, ByPaths, Done, MergeReport, MergedBundle, Notice, Progress, Task, Touched};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::recovery::keep_county_slot;
use crate::session::{Pen, Session};

/// So many parcels may wait between the threads: memory stays flat.
const PARCELS_MAX: usize = 16;

/// A bundle is compressed. Unpacked, indexed, and once more in the write-ahead log, it takes so many times its size.
const GROWTH: u64 = 12;

/// Key of the time of the last verified copy outside the store's own folder.
pub(crate) const LAST_BACKUP: &str = "last_backup";

/// `bundle.merge`.
pub(crate) fn merge(app: &mut App, input: ByPaths) -> Result<Done<MergeReport>> {
    let (session, host) = app.working()?;
    let files = bundle_files(&input.paths)?;
    let report = merge_paths(session, host, files)?;
    // The county may have told new keys; a slot that could not be made for them is made the next time.
    let _ = keep_county_slot(session);
    by_itself(session, host);
    let touched = &[
        Touched::Bundle,
        Touched::Complaint,
        Touched::Consultation,
        Touched::Office,
        Touched::Decision,
        Touched::Department,
    ];
    Done::wrote(report, touched)
}

/// Merges bundles in the order given. Before the first new one a verified copy of the store is made.
pub(crate) fn merge_paths(session: &mut Session, host: &dyn Host, files: Vec<PathBuf>) -> Result<MergeReport> {
    let before = unconfirmed(session)?;
    let merged = session.store.merged_digests()?;
    let backup = copy_first(session, host, &files, &merged)?;
    let Taken { mut report, said, ahead } = receive(session, host, files, merged)?;
    note_ahead(session, host, &ahead)?;
    let tell = |done| {
        host.progress(&Progress {
            task: Task::Merge,
            stage: "search".into(),
            done,
            total: None,
            detail: String::new(),
        });
        true
    };
    tell(0);
    session.store.search_catch_up(tell)?;
    for bundle in report.bundles.iter_mut().filter(|bundle| bundle.parts > 1) {
        bundle.missing_parts = missing_parts(session, Path::new(&bundle.path))?;
    }
    report.attachments_missing = session.store.attachments_missing()?;
    report.confirmed_now = before.saturating_sub(unconfirmed(session)?);
    report.counts_differ = differing(session, &said)?;
    report.backup = backup;
    Ok(report)
}

/// A verified copy of the store, when there is a bundle that was not merged before.
fn copy_first(
    session: &mut Session,
    host: &dyn Host,
    files: &[PathBuf],
    merged: &HashSet<[u8; 32]>,
) -> Result<Option<String>> {
    let is_new = |header: &Header| !merged.contains(&header.blake3.0);
    let new: Vec<u64> = files.iter().filter_map(|file| header(file).ok()).filter(is_new).map(|it| it.size).collect();
    if new.is_empty() {
        return Ok(None);
    }
    make_sure_of_room(session.store.dir(), host, new.iter().sum())?;
    let copied = session.store.back_up().map_err(|error| match AppError::from(error) {
        error if error.code == "disk_full" => error,
        error => AppError::new("backup_failed").with("detail", error.code),
    })?;
    Ok(Some(file_name(&copied.path)))
}

/// Room for the copy that is made first, for the bundles beside the store, and for what they become in it; said before
/// anything is begun.
fn make_sure_of_room(store: &Path, host: &dyn Host, bundles: u64) -> Result<()> {
    let files = std::fs::read_dir(store)?.flatten().filter_map(|entry| entry.metadata().ok());
    let kept: u64 = files.filter(|facts| facts.is_file()).map(|facts| facts.len()).sum();
    let need = kept.saturating_add(bundles.saturating_mul(GROWTH));
    match host.free_bytes(store).filter(|free| *free < need) {
        Some(free) => Err(AppError::new("disk_low").with("need", need).with("free", free)),
        None => Ok(()),
    }
}

fn missing_parts(session: &Session, path: &Path) -> Result<Vec<u64>> {
    let Ok(header) = header(path) else { return Ok(Vec::new()) };
    let (part, parts) = header.place_in_set();
    let first = (header.number + 1).saturating_sub(part);
    Ok(session.store.missing_parts(&header.from.device, &header.from.epoch, (first, parts))?)
}

fn receive(session: &mut Session, host: &dyn Host, files: Vec<PathBuf>, merged: HashSet<[u8; 32]>) -> Result<Taken> {
    let total = files.len() as u64;
    let reading = Reading {
        files,
        staging: session.store.staging()?,
        trust: Trust::load(session)?,
        merged,
        identities: session.age_identities()?,
        office: session.office_id(),
        misses: session.store.attachments_missing()? > 0,
    };
    let names = Directory::load(session)?;
    let requests = requests_dir(session);
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let (out, messages) = sync_channel(PARCELS_MAX);
    let epoch = Uuid::from_bytes(host.random()?);
    thread::scope(|scope| {
        scope.spawn(move || reading.run(&out));
        session.store.write_many(|gate| {
            let (taken, late) = (Taken::default(), Assembly::default());
            let mut writing = Writing { gate, host, pen, names, total, requests, taken, late };
            writing.run(&messages)?;
            drop(messages);
            let Writing { gate, mut taken, late, .. } = writing;
            taken.report.attachments += late.new;
            if gate.is_disturbed() {
                gate.renew(epoch)?;
                taken.report.notices.push(Notice::new("fork_noticed"));
            }
            Ok::<_, AppError>(taken)
        })
    })
}

fn unconfirmed(session: &Session) -> Result<u64> {
    if session.is_county() {
        return Ok(0);
    }
    Ok(session.store.unconfirmed(&session.office_id(), &session.county_id())?.0)
}

/// Names of offices for the report, read before the writing begins.
struct Directory(Vec<(uuid::Uuid, String, String)>);

impl Directory {
    fn load(session: &Session) -> Result<Self> {
        Ok(Self(session.store.offices()?.into_iter().map(|office| (office.id, office.name, office.code)).collect()))
    }

    fn of(&self, office: &uuid::Uuid) -> (String, String) {
        let found = self.0.iter().find(|(id, _, _)| id == office);
        found.map(|(_, name, code)| (name.clone(), code.clone())).unwrap_or_default()
    }
}

/// The writing side of a merge.
struct Writing<'g, 'c, 'h> {
    gate: &'g mut Gate<'c>,
    host: &'h dyn Host,
    pen: Pen,
    names: Directory,
    total: u64,
    /// Where bundles of devices lie that ask to be let in.
    requests: PathBuf,
    taken: Taken,
    /// Attachments of bundles that were merged before.
    late: Assembly,
}

/// What a merge has taken in.
#[derive(Default)]
struct Taken {
    report: MergeReport,
    /// What the senders count.
    said: Vec<Said>,
    /// When the bundles were written that come from more than a day ahead.
    ahead: Vec<String>,
}

/// What happens to the entries of a stretch.
enum Taking {
    /// Into the journal.
    Trusted(Receiving),
    /// Kept aside: nobody who is known has sealed them.
    Aside(Stretch),
}

/// The bundle that is being written.
struct Current {
    arrived: Box<Arrived>,
    import: i64,
    tally: Received,
    applied: Applied,
    assembly: Assembly,
}

impl Writing<'_, '_, '_> {
    /// Takes the bundles as they come. Cancelled between two of them: what was merged before stays.
    fn run(&mut self, messages: &Receiver<Message>) -> Result<()> {
        while let Ok(message) = messages.recv() {
            match message {
                Message::Refused(path, head, error) => self.refuse(&path, head.as_deref(), error)?,
                Message::Known(path, head) => self.note_known(&path, &head)?,
                Message::Broken(error) => return Err(error),
                Message::Begin(arrived) => {
                    if self.host.cancelled() {
                        self.taken.report.cancelled = true;
                        return Ok(());
                    }
                    self.bundle(arrived, messages)?;
                }
                Message::Stretch { .. } | Message::Entries(_) | Message::StretchEnd | Message::Seals(_) => {
                    return Err(AppError::internal("a part of a bundle without its beginning"));
                }
                Message::Piece(piece) => self.late.take(self.gate, piece)?,
                Message::End => self.late.end(),
            }
            self.tell();
        }
        Ok(())
    }

    fn tell(&self) {
        let done = self.taken.report.bundles.len() as u64;
        let detail = self.taken.report.bundles.last().map(|bundle| bundle.from_name.clone()).unwrap_or_default();
        let total = Some(self.total);
        self.host.progress(&Progress { task: Task::Merge, stage: "bundles".into(), done, total, detail });
    }

    fn bundle(&mut self, arrived: Box<Arrived>, messages: &Receiver<Message>) -> Result<()> {
        let header = &arrived.header;
        if let Some(admission) = &arrived.admission {
            self.admit(admission)?;
        }
        let from = (header.from.device, header.from.epoch, header.from.office);
        let import = self.gate.begin_import(&NewImport {
            digest: header.blake3.0,
            from,
            number: header.number,
            created_at: header.created_at.clone(),
            merged_at: self.pen.at.clone(),
            part: header.place_in_set(),
        })?;
        let peer = Peer {
            from,
            number: header.number,
            created_at: header.created_at.clone(),
            program: arrived.manifest.program.clone(),
            have: arrived.manifest.have.clone(),
            seen: self.seen_of_this_device(&arrived),
            outcomes: serde_json::to_string(&arrived.manifest.outcomes).map_err(AppError::internal)?,
            attachments: arrived.manifest.attachments.as_ref().map(heard),
        };
        if !arrived.revoked {
            self.gate.hear(&peer, &header.blake3.0)?;
            let (manifest, county) = (&arrived.manifest, self.gate.identity().county);
            self.taken.said.push(Said::of(header, &manifest.have, &manifest.totals, county));
        }
        let applied = self.gate.applied();
        let mut current =
            Current { arrived, import, tally: Received::default(), applied, assembly: Assembly::default() };
        self.parts(&mut current, messages)?;
        self.gate.end_import(import, current.tally.new)?;
        self.summarize(current);
        Ok(())
    }

    fn parts(&mut self, current: &mut Current, messages: &Receiver<Message>) -> Result<()> {
        let mut receiving: Option<Taking> = None;
        loop {
            let message = messages.recv().map_err(|_| AppError::internal("the reading side has stopped"))?;
            match message {
                Message::Stretch { stretch, trusted: true } => {
                    receiving = Some(Taking::Trusted(self.gate.begin_stretch(stretch, current.import)?));
                }
                Message::Stretch { stretch, trusted: false } => receiving = Some(Taking::Aside(stretch)),
                Message::Entries(parcel) => match &mut receiving {
                    Some(Taking::Trusted(receiving)) => self.take(receiving, parcel, &mut current.tally)?,
                    Some(Taking::Aside(stretch)) => self.distrust(stretch, &parcel, current)?,
                    None => return Err(AppError::internal("entries without their stretch")),
                },
                Message::StretchEnd => {
                    if let Some(Taking::Trusted(mut receiving)) = receiving.take() {
                        self.gate.end_stretch(&mut receiving)?;
                    }
                }
                Message::Seals(seals) => seals.iter().try_for_each(|seal| self.gate.receive_seal(seal))?,
                Message::Piece(piece) => current.assembly.take(self.gate, piece)?,
                Message::End => {
                    current.assembly.end();
                    return Ok(());
                }
                Message::Broken(error) => return Err(error),
                Message::Refused(..) | Message::Known(..) | Message::Begin(_) => {
                    return Err(AppError::internal("a bundle within a bundle"));
                }
            }
        }
    }

    fn take(&mut self, receiving: &mut Receiving, parcel: Vec<Incoming>, tally: &mut Received) -> Result<()> {
        parcel.into_iter().try_for_each(|entry| self.gate.receive(receiving, entry, tally))?;
        Ok(())
    }

    fn distrust(&mut self, stretch: &Stretch, parcel: &[Incoming], current: &mut Current) -> Result<()> {
        let (import, tally) = (current.import, &mut current.tally);
        parcel.iter().try_for_each(|entry| self.gate.distrust(&stretch.log, entry, import, tally))?;
        Ok(())
    }

    /// Lets a device in: its certificate is a record of the directory, written by the county. The device that it was
    /// copied from gets one too, so that its logs can be read; nothing is sent to it.
    fn admit(&mut self, admission: &Admission) -> Result<()> {
        certify(self.gate, &self.pen, (admission.office, admission.device), (&admission.key, &admission.recipient))?;
        for (former, key) in &admission.formers {
            certify(self.gate, &self.pen, (admission.office, *former), (key, ""))?;
        }
        self.gate.drop_join_request(&admission.device)?;
        match &admission.invitation {
            Some(invitation) => Ok(self.gate.use_invitation(invitation, &admission.device)?),
            None => Ok(()),
        }
    }

    /// How far this device had counted its bundles when the sender merged the newest of them.
    fn seen_of_this_device(&self, arrived: &Arrived) -> u64 {
        let own = self.gate.identity().device;
        arrived.manifest.seen.iter().filter(|seen| seen.device == own).map(|seen| seen.number).max().unwrap_or(0)
    }

    fn note_known(&mut self, path: &Path, head: &Header) -> Result<()> {
        let mut known = line(path, Some(head), BundleOutcome::AlreadyMerged);
        known.merged_at = self.gate.merged_at(&head.blake3.0)?;
        self.note(known);
        Ok(())
    }

    fn refuse(&mut self, path: &Path, head: Option<&Header>, error: AppError) -> Result<()> {
        if let Some(head) = head.filter(|_| error.code == ASKS_TO_JOIN) {
            note_request(self.gate, &self.pen.at, (path, head), (&error, self.requests.as_path()))?;
        }
        self.taken.report.refused += 1;
        let mut refused = line(path, head, BundleOutcome::Refused);
        refused.problem = Some(error);
        self.note(refused);
        Ok(())
    }

    fn note(&mut self, mut line: MergedBundle) {
        if let Ok(office) = line.from_name.parse() {
            (line.from_name, line.from_code) = self.names.of(&office);
        }
        self.taken.report.bundles.push(line);
    }

    fn summarize(&mut self, current: Current) {
        let now = self.gate.applied();
        let mut merged = line(&current.arrived.path, Some(&current.arrived.header), BundleOutcome::Merged);
        let created_at = &current.arrived.header.created_at;
        merged.clock_ahead = is_ahead(created_at, self.host.now());
        if merged.clock_ahead {
            self.taken.ahead.push(created_at.clone());
        }
        merged.new_entries = current.tally.new;
        merged.already_had = current.tally.had;
        merged.revoked = current.arrived.revoked;
        merged.quarantined = current.tally.quarantined + now.barred - current.applied.barred;
        merged.waiting = now.waiting - current.applied.waiting;
        merged.conflicts = now.conflicts - current.applied.conflicts;
        self.taken.report.attachments += current.assembly.new;
        self.taken.report.attachments_damaged += current.assembly.damaged;
        self.taken.report.new_entries += merged.new_entries;
        self.taken.report.already_had += merged.already_had;
        self.taken.report.quarantined += merged.quarantined;
        self.taken.report.waiting += merged.waiting;
        self.taken.report.conflicts += merged.conflicts;
        self.taken.report.new_complaints += now.complaints - current.applied.complaints;
        self.taken.report.new_consultations += now.consultations - current.applied.consultations;
        self.note(merged);
    }
}

/// A line of the report; the sender's id stands for its name until the directory is asked.
fn line(path: &Path, head: Option<&Header>, outcome: BundleOutcome) -> MergedBundle {
    MergedBundle {
        path: path.display().to_string(),
        file_name: file_name(path),
        from_name: head.map(|head| head.from.office.to_string()).unwrap_or_default(),
        from_code: String::new(),
        number: head.map_or(0, |head| head.number),
        outcome,
        new_entries: 0,
        already_had: 0,
        waiting: 0,
        quarantined: 0,
        conflicts: 0,
        merged_at: None,
        clock_ahead: false,
        revoked: false,
        part: head.map_or(1, |head| head.place_in_set().0),
        parts: head.map_or(1, |head| head.place_in_set().1),
        missing_parts: Vec::new(),
        problem: None,
    }
}

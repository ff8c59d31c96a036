//! The reading side of a merge, on a thread of its own: staging, checking, decrypting, parsing. It touches no store.
//!
//! Every bundle is read twice: once to see that all of it is sound and sealed, and again to hand its entries over. So
//! the writing side never has to take back what a damaged bundle had begun.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::fs::{self, File};
use std::io::{Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::mpsc::SyncSender;

use redress_bundle::limits::HEADER_BYTES;
use redress_bundle::{BundleError, CarriedEntry, GroupHead, Header, Manifest, Piece, ReadError, Sink, verify_rest};
use redress_journal::{Chain, LogId, PUBLIC, Seal};
use redress_store::Parsed;
use redress_store::receive::{Incoming, Stretch};
use uuid::Uuid;

use super::attachments::ArrivedPiece;
use super::held::{Deed, patiently};
use super::scan::{header, not_readable};
use super::trust::{Admission, Trust};
use crate::error::{AppError, Result};

/// Entries travel in parcels of so many between the threads.
const PARCEL: usize = 256;
/// Or so many bytes, so that the largest entries do not fill the memory.
const PARCEL_BYTES: usize = 1 << 20;
/// Certificates of a whole county are a hundredth of this; what is above it is learned when it has been projected.
const CERTIFICATE_BYTES_MAX: usize = 16 << 20;

/// Seals of one place that are looked at: a writer puts one, and each costs the checking of a signature.
const SEALS_A_PLACE: usize = 4;

/// From the reading side to the writing side, in order.
pub(crate) enum Message {
    /// This bundle cannot be taken.
    Refused(PathBuf, Option<Box<Header>>, AppError),
    /// This bundle was merged before. Pieces of attachments that were missing may follow, and an end.
    Known(PathBuf, Box<Header>),
    /// A sound bundle begins.
    Begin(Box<Arrived>),
    /// A stretch begins; `trusted` says whether its seal holds.
    Stretch { stretch: Stretch, trusted: bool },
    /// Entries of the stretch.
    Entries(Vec<Incoming>),
    /// The stretch is complete.
    StretchEnd,
    /// The seals of the trusted stretches.
    Seals(Vec<Seal>),
    /// A piece of an attachment, behind all entries.
    Piece(ArrivedPiece),
    /// The bundle is complete.
    End,
    /// What was sound at first sight was not at the second: everything must be taken back.
    Broken(AppError),
}

/// A sound bundle.
pub(crate) struct Arrived {
    pub path: PathBuf,
    pub header: Header,
    pub manifest: Manifest,
    pub admission: Option<Admission>,
    /// Its device has been revoked.
    pub revoked: bool,
}

/// What the reading side needs.
pub(crate) struct Reading {
    pub files: Vec<PathBuf>,
    pub staging: PathBuf,
    pub trust: Trust,
    pub merged: HashSet<[u8; 32]>,
    pub identities: Vec<age::x25519::Identity>,
    /// The office at home here.
    pub office: Uuid,
    /// Whether attachments are missing here.
    pub misses: bool,
}

/// The other side does not listen any more: it was cancelled or failed.
struct NobodyListens;

impl Reading {
    /// Reads all bundles, in the order given.
    pub fn run(mut self, out: &SyncSender<Message>) {
        for (number, path) in std::mem::take(&mut self.files).into_iter().enumerate() {
            let staged = self.staging.join(format!("incoming-{number}"));
            let outcome = self.bundle(&path, &staged, out);
            let _ = fs::remove_file(&staged);
            if outcome.is_err() {
                return;
            }
        }
    }

    fn bundle(
        &mut self,
        path: &Path,
        staged: &Path,
        out: &SyncSender<Message>,
    ) -> std::result::Result<(), NobodyListens> {
        let send = |message| out.send(message).map_err(|_| NobodyListens);
        let head = match header(path) {
            Ok(head) => head,
            Err(error) => return send(Message::Refused(path.to_owned(), None, error)),
        };
        if self.merged.contains(&head.blake3.0) {
            send(Message::Known(path.to_owned(), Box::new(head.clone())))?;
            return if self.misses { self.attachments_again(path, staged, (&head, out)) } else { Ok(()) };
        }
        match self.sound(path, staged, &head) {
            Err(error) => send(Message::Refused(path.to_owned(), Some(Box::new(head)), error)),
            Ok((survey, admission)) => {
                self.merged.insert(head.blake3.0);
                let identities = &self.identities;
                let mut hand_over = HandOver { survey: &survey, out, parcel: Vec::new(), parcel_bytes: 0, groups: 0 };
                let manifest = survey.manifest.clone();
                let revoked = self.trust.is_revoked(&head.from.device);
                let arrived = Arrived { path: path.to_owned(), header: head.clone(), manifest, admission, revoked };
                send(Message::Begin(Box::new(arrived)))?;
                match read_into(staged, &head, identities, &mut hand_over) {
                    Ok(()) => send(Message::Seals(survey.seals.clone()))?,
                    Err(ReadError::Sink(stopped)) => return Err(stopped),
                    Err(ReadError::Bundle(error)) => return send(Message::Broken(error.into())),
                }
                send(Message::End)
            }
        }
    }

    /// Looks once more for the attachments of a bundle that was merged before. When it came, what names them may have been
    /// kept aside, or in a part that was not here yet: then they were not kept, and nobody else may have them any more.
    fn attachments_again(
        &self,
        path: &Path,
        staged: &Path,
        (head, out): (&Header, &SyncSender<Message>),
    ) -> std::result::Result<(), NobodyListens> {
        let known = self.trust.is_for_us(head) && matches!(self.trust.sender(head), Ok(None));
        if !known || stage(path, staged, head).is_err() {
            return Ok(());
        }
        match read_into(staged, head, &self.identities, &mut AttachmentsAlone(out)) {
            Err(ReadError::Sink(stopped)) => Err(stopped),
            // It was merged long ago. What cannot be read of it now stays missing, and is asked for as before.
            Ok(()) | Err(ReadError::Bundle(_)) => out.send(Message::End).map_err(|_| NobodyListens),
        }
    }

    /// Looks through the whole bundle: who sent it, whether it is for this PC, whether all of it is there and sealed.
    fn sound(&mut self, path: &Path, staged: &Path, head: &Header) -> Result<(Survey, Option<Admission>)> {
        let admission = self.trust.sender(head)?;
        if !self.trust.is_for_us(head) || !head.names_a_key_of(&self.identities) {
            return Err(not_readable(head, &self.office, &self.identities));
        }
        stage(path, staged, head)?;
        let mut survey = Survey::default();
        match read_into(staged, head, &self.identities, &mut survey) {
            Ok(()) => {}
            Err(ReadError::Bundle(error)) => return Err(error.into()),
            Err(ReadError::Sink(never)) => match never {},
        }
        if let Some(admission) = &admission {
            self.trust.admit(admission);
        }
        survey.judge(&mut self.trust);
        Ok((survey, admission))
    }
}

/// Copies a bundle beside the store and sees that all of it is there.
fn stage(path: &Path, staged: &Path, head: &Header) -> Result<()> {
    patiently(path, Deed::Read, || fs::copy(path, staged))?;
    let mut file = File::open(staged)?;
    let bytes = file.metadata()?.len();
    let again = Header::read(&mut file, bytes)?;
    if again != *head {
        // Another file than a moment ago: nobody has looked yet who sent this one.
        return Err(BundleError::ContentDamaged.into());
    }
    verify_rest(&again, &mut file)?;
    Ok(())
}

fn read_into<S: Sink>(
    staged: &Path,
    head: &Header,
    identities: &[age::x25519::Identity],
    sink: &mut S,
) -> std::result::Result<(), ReadError<S::Error>> {
    let io = |error| ReadError::Bundle(BundleError::Io(error));
    let mut file = File::open(staged).map_err(io)?;
    file.seek(SeekFrom::Start(HEADER_BYTES as u64)).map_err(io)?;
    redress_bundle::read(head, file, identities, sink).map(|_| ())
}

/// What the first look finds.
#[derive(Default)]
struct Survey {
    manifest: Manifest,
    stretches: Vec<Stretch>,
    seals: Vec<Seal>,
    /// Certificates that public logs carry.
    certificates: Vec<(LogId, Vec<u8>)>,
    certificate_bytes: usize,
    /// For each stretch, whether its seal holds.
    trusted: Vec<bool>,
}

impl Survey {
    /// Decides for every stretch whether its seal holds; the county's public logs first, because they name devices. Seals
    /// that do not hold are forgotten, so that they never stand in the way of genuine ones.
    fn judge(&mut self, trust: &mut Trust) {
        let seals = by_place(&self.seals);
        let (public, others): (Vec<usize>, Vec<usize>) =
            (0..self.stretches.len()).partition(|at| self.stretches[*at].log.office == PUBLIC);
        self.trusted = vec![false; self.stretches.len()];
        for at in public.into_iter().chain(others) {
            let stretch = &self.stretches[at];
            let place = (stretch.log, stretch.last, stretch.after.0);
            let sealed = seals.get(&place).is_some_and(|seals| seals.iter().any(|seal| trust.vouches(seal)));
            self.trusted[at] = sealed;
            if sealed && stretch.log.office == PUBLIC {
                let own = self.certificates.iter().filter(|(log, _)| *log == stretch.log);
                own.for_each(|(_, body)| trust.learn(body));
            }
        }
        self.seals.retain(|seal| trust.vouches(seal));
    }

    /// The stretch of a group, by the group's place in the bundle, and whether its seal holds.
    fn stretch(&self, group: usize) -> Option<(Stretch, bool)> {
        Some((*self.stretches.get(group)?, self.trusted.get(group).copied().unwrap_or(false)))
    }
}

/// The log, the number and the chain value that a seal is for.
type Place = (LogId, u64, [u8; 32]);

/// Seals by their places, so that a bundle of many stretches and many seals costs no more than their sum.
fn by_place(seals: &[Seal]) -> HashMap<Place, Vec<Seal>> {
    let mut places: HashMap<Place, Vec<Seal>> = HashMap::new();
    for seal in seals {
        let same = places.entry((seal.log, seal.seq, seal.chain.0)).or_default();
        if same.len() < SEALS_A_PLACE {
            same.push(*seal);
        }
    }
    places
}

impl Sink for Survey {
    type Error = Infallible;

    fn manifest(&mut self, manifest: Manifest) -> std::result::Result<(), Infallible> {
        self.manifest = manifest;
        Ok(())
    }

    fn group(&mut self, head: &GroupHead) -> std::result::Result<(), Infallible> {
        let stretch = Stretch { log: head.log, first: head.from, last: head.from, before: head.prev, after: head.prev };
        self.stretches.push(stretch);
        Ok(())
    }

    fn entry(&mut self, entry: &CarriedEntry<'_>) -> std::result::Result<(), Infallible> {
        const DEVICE: &[u8] = br#""kind":"device""#;
        let is_device = entry.log.office == PUBLIC && entry.body.windows(DEVICE.len()).any(|part| part == DEVICE);
        if is_device && self.certificate_bytes + entry.body.len() <= CERTIFICATE_BYTES_MAX {
            self.certificate_bytes += entry.body.len();
            self.certificates.push((*entry.log, entry.body.to_vec()));
        }
        Ok(())
    }

    fn group_end(&mut self, _: &LogId, last: u64, chain: &Chain) -> std::result::Result<(), Infallible> {
        if let Some(stretch) = self.stretches.last_mut() {
            (stretch.last, stretch.after) = (last, *chain);
        }
        Ok(())
    }

    fn seal(&mut self, seal: &Seal) -> std::result::Result<(), Infallible> {
        self.seals.push(*seal);
        Ok(())
    }
}

/// Hands the entries over at the second look.
struct HandOver<'a> {
    survey: &'a Survey,
    out: &'a SyncSender<Message>,
    parcel: Vec<Incoming>,
    parcel_bytes: usize,
    /// Groups that have begun.
    groups: usize,
}

impl HandOver<'_> {
    fn send(&self, message: Message) -> std::result::Result<(), NobodyListens> {
        self.out.send(message).map_err(|_| NobodyListens)
    }

    fn send_parcel(&mut self) -> std::result::Result<(), NobodyListens> {
        if self.parcel.is_empty() {
            return Ok(());
        }
        self.parcel_bytes = 0;
        let parcel = std::mem::replace(&mut self.parcel, Vec::with_capacity(PARCEL));
        self.send(Message::Entries(parcel))
    }
}

impl Sink for HandOver<'_> {
    type Error = NobodyListens;

    fn manifest(&mut self, _: Manifest) -> std::result::Result<(), NobodyListens> {
        Ok(())
    }

    fn group(&mut self, head: &GroupHead) -> std::result::Result<(), NobodyListens> {
        let found = self.survey.stretch(self.groups).filter(|(stretch, _)| stretch.log == head.log);
        self.groups += 1;
        let Some((stretch, trusted)) = found else { return Ok(()) };
        self.send(Message::Stretch { stretch, trusted })
    }

    fn entry(&mut self, entry: &CarriedEntry<'_>) -> std::result::Result<(), NobodyListens> {
        let parsed = Parsed::read(entry.body).ok();
        self.parcel.push(Incoming { seq: entry.seq, body: entry.body.to_vec(), parsed });
        self.parcel_bytes += entry.body.len();
        let full = self.parcel.len() == PARCEL || self.parcel_bytes >= PARCEL_BYTES;
        if full { self.send_parcel() } else { Ok(()) }
    }

    fn group_end(&mut self, _: &LogId, _: u64, _: &Chain) -> std::result::Result<(), NobodyListens> {
        self.send_parcel()?;
        self.send(Message::StretchEnd)
    }

    fn seal(&mut self, _: &Seal) -> std::result::Result<(), NobodyListens> {
        Ok(())
    }

    fn piece(&mut self, piece: &Piece<'_>) -> std::result::Result<(), NobodyListens> {
        self.send(Message::Piece(ArrivedPiece::of(piece)))
    }
}

/// Hands over nothing but pieces of attachments.
struct AttachmentsAlone<'a>(&'a SyncSender<Message>);

impl Sink for AttachmentsAlone<'_> {
    type Error = NobodyListens;

    fn manifest(&mut self, _: Manifest) -> std::result::Result<(), NobodyListens> {
        Ok(())
    }

    fn group(&mut self, _: &GroupHead) -> std::result::Result<(), NobodyListens> {
        Ok(())
    }

    fn entry(&mut self, _: &CarriedEntry<'_>) -> std::result::Result<(), NobodyListens> {
        Ok(())
    }

    fn group_end(&mut self, _: &LogId, _: u64, _: &Chain) -> std::result::Result<(), NobodyListens> {
        Ok(())
    }

    fn seal(&mut self, _: &Seal) -> std::result::Result<(), NobodyListens> {
        Ok(())
    }

    fn piece(&mut self, piece: &Piece<'_>) -> std::result::Result<(), NobodyListens> {
        self.0.send(Message::Piece(ArrivedPiece::of(piece))).map_err(|_| NobodyListens)
    }
}

//! Attachments on the road: which of them travel, and how they are put together again. Records never wait for them: what does not
//! fit stays for the next time, and what comes incomplete or damaged stays missing and is asked for again.

use redress_bundle::{Attachments, Digest, Hex, Piece, limits};
use redress_store::attachments::{Blake3, Named, Taken};
use redress_store::{Gate, Store};
use uuid::Uuid;

use crate::error::Result;

/// Bytes of attachments in one file: with the records of a full one still below what a reader takes.
pub(crate) const BYTES_A_FILE: u64 = limits::FILE_BYTES_MAX / 2;

/// A stick keeps so much free for what its file system needs.
const KEPT_FREE: u64 = 1 << 20;

/// An attachment that travels, and its bytes.
pub(super) type Travelling = (Blake3, u64);

/// What this store has of the attachments that records about these offices name.
pub(super) fn said(store: &Store, scope: &[Uuid]) -> Result<Attachments> {
    let mut named = store.attachments_named(scope)?;
    named.truncate(limits::ATTACHMENTS_MAX);
    let (have, missing): (Vec<Named>, Vec<Named>) = named.into_iter().partition(|named| named.size.is_some());
    let digests = |all: Vec<Named>| all.into_iter().map(|named| Hex(named.blake3)).collect();
    Ok(Attachments { have: digests(have), missing: digests(missing) })
}

/// What a device said it has, for the store.
pub(super) fn heard(said: &Attachments) -> Vec<Blake3> {
    said.have.iter().map(|digest| digest.0).collect()
}

/// Divides what is lacking into what travels, the oldest first, and how many stay behind for want of room.
pub(super) fn choose(lacking: Vec<Travelling>, room: Option<u64>) -> (Vec<Travelling>, u64) {
    let all = lacking.len();
    let mut room = room.map(|room| room.saturating_sub(KEPT_FREE));
    let mut travelling = Vec::new();
    for (blake3, size) in lacking {
        match room.as_mut().map(|room| (room.checked_sub(carried_bytes(size)), room)) {
            Some((Some(left), room)) => *room = left,
            Some((None, _)) => break,
            None => {}
        }
        travelling.push((blake3, size));
    }
    let stay = all - travelling.len();
    (travelling, stay as u64)
}

/// What an attachment takes in a bundle: in base64, compressed and encrypted it grows a little.
fn carried_bytes(size: u64) -> u64 {
    size + size / 32 + 512
}

/// Divides what travels among files; the first has the records too.
pub(super) fn divide(travelling: Vec<Travelling>, bytes_a_file: u64) -> Vec<Vec<Travelling>> {
    let (mut files, mut room) = (vec![Vec::new()], bytes_a_file);
    for one in travelling {
        if one.1 > room && files.last().is_some_and(|file: &Vec<Travelling>| !file.is_empty()) {
            files.push(Vec::new());
            room = bytes_a_file;
        }
        room = room.saturating_sub(one.1);
        if let Some(file) = files.last_mut() {
            file.push(one);
        }
    }
    files
}

/// A piece on its way from the reading side.
pub(crate) struct ArrivedPiece {
    blake3: Digest,
    size: u64,
    at: u64,
    bytes: Option<Vec<u8>>,
}

impl ArrivedPiece {
    pub fn of(piece: &Piece<'_>) -> Self {
        Self { blake3: piece.blake3, size: piece.size, at: piece.at, bytes: piece.bytes() }
    }
}

/// Puts attachments together from their pieces; never more than one is in memory.
#[derive(Default)]
pub(super) struct Assembly {
    begun: Option<(Digest, Vec<u8>)>,
    /// Attachments that are here now and were not before.
    pub new: u64,
    /// Attachments that came and are not what they claim to be.
    pub damaged: u64,
}

impl Assembly {
    /// Takes the next piece, and the attachment when it is whole.
    pub fn take(&mut self, gate: &mut Gate<'_>, piece: ArrivedPiece) -> Result<()> {
        if piece.at == 0 {
            self.end();
            self.begun = Some((piece.blake3, Vec::new()));
        }
        let (size, at) = (piece.size, piece.at);
        let follows = |(blake3, bytes): &&mut (Digest, Vec<u8>)| *blake3 == piece.blake3 && bytes.len() as u64 == at;
        let Some(((_, whole), bytes)) = self.begun.as_mut().filter(follows).zip(piece.bytes) else {
            self.end();
            return Ok(());
        };
        whole.extend(bytes);
        if whole.len() as u64 == size
            && let Some((blake3, whole)) = self.begun.take()
        {
            match gate.take_attachment(&blake3.0, &whole)? {
                Taken::New => self.new += 1,
                Taken::Damaged => self.damaged += 1,
                Taken::Had | Taken::Unnamed => {}
            }
        }
        Ok(())
    }

    /// What has begun and was not completed is given up.
    pub fn end(&mut self) {
        self.damaged += u64::from(self.begun.take().is_some());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;

    fn photos(count: u8) -> Vec<Travelling> {
        (0..count).map(|number| ([number; 32], MIB)).collect()
    }

    #[test]
    fn as_many_travel_as_there_is_room_for_and_the_oldest_first() {
        let table =
            [(None, 5, 0), (Some(0), 0, 5), (Some(2 * MIB), 0, 5), (Some(4 * MIB), 2, 3), (Some(9 * MIB), 5, 0)];
        for (room, go, stay) in table {
            let (travelling, left) = choose(photos(5), room);
            assert_eq!((travelling.as_slice(), left), (&photos(5)[..go], stay), "{room:?}");
        }
    }

    #[test]
    fn files_are_filled_one_after_the_other_and_each_takes_at_least_one() {
        let sizes = |bytes| divide(photos(5), bytes).iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(sizes(10 * MIB), [5]);
        assert_eq!(sizes(2 * MIB), [2, 2, 1]);
        assert_eq!(sizes(1), [1, 1, 1, 1, 1]);
        assert_eq!(divide(Vec::new(), MIB), [Vec::new()], "records alone are one file");
    }
}

//! A share as it stands on paper: sixteen groups of four letters and digits, with the set that it belongs to and a checksum.
//!
//! 40 bytes: set (3), share (33: its number and 32 bytes), the first 4 bytes of BLAKE3 over a name and what is before.

use bech32::{Bech32, Hrp};
use redress_journal::hex;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::error::{AppError, Result};

pub(super) const SECRET_BYTES: usize = 32;
pub(super) const SET_BYTES: usize = 3;
const SHARE_BYTES: usize = 1 + SECRET_BYTES;
const CHECK_BYTES: usize = 4;
const BYTES: usize = SET_BYTES + SHARE_BYTES + CHECK_BYTES;
const GROUP: usize = 4;
const DOMAIN: &[u8] = b"redress share v1\0";
/// No I, L, O or U: they are mistaken for others. What is mistaken all the same is read as what was meant.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// One share of a set.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(super) struct Share {
    set: [u8; SET_BYTES],
    share: [u8; SHARE_BYTES],
}

impl Share {
    pub fn of(set: [u8; SET_BYTES], share: &[u8]) -> Result<Self> {
        let share = share.try_into().map_err(|_| AppError::internal("a share of another length"))?;
        Ok(Self { set, share })
    }

    /// Which of its set it is.
    pub fn number(&self) -> u8 {
        self.share[0]
    }

    /// The set's name, as it stands on every share of it.
    pub fn set_text(&self) -> String {
        hex(&self.set).to_uppercase()
    }

    /// What the sharing arithmetic needs.
    pub fn bytes(&self) -> &[u8] {
        &self.share
    }

    pub fn text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        bytes[..SET_BYTES].copy_from_slice(&self.set);
        bytes[SET_BYTES..SET_BYTES + SHARE_BYTES].copy_from_slice(&self.share);
        let check = check(&bytes[..SET_BYTES + SHARE_BYTES]);
        bytes[SET_BYTES + SHARE_BYTES..].copy_from_slice(&check);
        let mut text = Zeroizing::new(String::with_capacity(2 * BYTES));
        for (at, five) in fives(&*bytes).enumerate() {
            if at > 0 && at % GROUP == 0 {
                text.push('-');
            }
            text.push(char::from(LETTERS[usize::from(five)]));
        }
        text
    }

    /// Reads what somebody typed from paper: small letters, spaces and dashes do not matter.
    pub fn read(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        let (mut at, mut held, mut bits) = (0, 0_u32, 0);
        for letter in text.chars().filter(|letter| !letter.is_whitespace() && !['-', '—', '－'].contains(letter)) {
            held = (held << 5) | value(letter)?;
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                *bytes.get_mut(at)? = u8::try_from((held >> bits) & 0xff).ok()?;
                at += 1;
            }
        }
        let (said, check_said) = bytes.split_at(SET_BYTES + SHARE_BYTES);
        if at != BYTES || bits != 0 || check(said) != *check_said {
            return None;
        }
        let (set, share) = said.split_at(SET_BYTES);
        Some(Self { set: set.try_into().ok()?, share: share.try_into().ok()? })
    }
}

fn check(said: &[u8]) -> [u8; CHECK_BYTES] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(DOMAIN).update(said);
    let mut check = [0; CHECK_BYTES];
    hasher.finalize_xof().fill(&mut check);
    check
}

/// Bytes five bits at a time; as many as fit without rest.
fn fives(bytes: &[u8]) -> impl Iterator<Item = u8> + '_ {
    (0..bytes.len() * 8 / 5).map(|at| {
        (0..5).fold(0, |five, bit| {
            let bit = at * 5 + bit;
            (five << 1) | ((bytes[bit / 8] >> (7 - bit % 8)) & 1)
        })
    })
}

fn value(letter: char) -> Option<u32> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    LETTERS.iter().position(|known| char::from(*known) == letter).and_then(|at| u32::try_from(at).ok())
}

/// The age key of a secret, in the form that the stock tool reads.
pub(super) fn identity(secret: &[u8; SECRET_BYTES]) -> Result<age::x25519::Identity> {
    let prefix = Hrp::parse("age-secret-key-").map_err(AppError::internal)?;
    let text = Zeroizing::new(bech32::encode::<Bech32>(prefix, secret).map_err(AppError::internal)?);
    Zeroizing::new(text.to_uppercase()).parse().map_err(AppError::internal)
}

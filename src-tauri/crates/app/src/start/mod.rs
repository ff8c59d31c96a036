//! The first screens: where the program stands, setting up, inviting, joining, signing in and out.

mod create_county;
mod invitation;
mod invite;
mod join;
mod moved;
mod open;
mod state;

pub(crate) use create_county::{NewCounty, create_county, found_county};
pub(crate) use invitation::Invitation;
pub(crate) use invite::{invite, read_invitation, write_invitation};
pub(crate) use join::{INVITATION, Joining, KeptInvitation, enter, join};
pub(crate) use moved::{former_devices, settle_moved};
pub(crate) use open::{lock, open};
pub(crate) use state::{codes, current, listing, office_kind_of, state};

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::error::{AppError, Result};

/// A passphrase shorter than this many characters protects nothing.
const PASSPHRASE_CHARS_MIN: usize = 8;

/// Neither does one that repeats fewer different characters.
const PASSPHRASE_DIFFERENT_MIN: usize = 4;

/// Refuses passphrases that are short, or made of spaces or of one key held down.
pub(crate) fn check_passphrase(passphrase: &str) -> Result<()> {
    let different: BTreeSet<char> = passphrase.chars().filter(|letter| !letter.is_whitespace()).collect();
    if passphrase.trim().chars().count() < PASSPHRASE_CHARS_MIN || different.len() < PASSPHRASE_DIFFERENT_MIN {
        return Err(AppError::new("passphrase_weak").with("min", PASSPHRASE_CHARS_MIN));
    }
    Ok(())
}

/// The folder for a new store: the one that was named, or one under the data folder.
pub(crate) fn store_dir(named: Option<&str>, data_dir: &Path, name: &str) -> PathBuf {
    match named.map(str::trim).filter(|named| !named.is_empty()) {
        Some(named) => PathBuf::from(named),
        None => data_dir.join("stores").join(name),
    }
}

//! Putting the escrow key together from two shares: this PC can then read what was made for it, or it is written to a file
//! for the stock tools.

use age::secrecy::ExposeSecret;
use blahaj::Sharks;
use zeroize::Zeroizing;

use super::audit::write_key_file;
use super::escrow::{NEEDED, office_record};
use super::share::{SECRET_BYTES, Share, identity};
use super::{FORMER_AGE, kept_with, show::view};
use crate::App;
use crate::contract::{Done, EscrowRestored, RestoreEscrow, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::Session;

/// `escrow.restore`.
pub(crate) fn restore_escrow(app: &mut App, input: RestoreEscrow) -> Result<Done<EscrowRestored>> {
    let (session, host) = app.working()?;
    session.require_county()?;
    let shares = read_shares(&input.shares)?;
    let key = put_together(&shares)?;
    let set = shares[0].set_text();
    require_known(session, &set, &key)?;
    let at = host.now_text();
    let path = match input.out.as_deref().map(str::trim).filter(|out| !out.is_empty()) {
        Some(out) => Some(write_key_file(session, out, ("escrow", &at), &[&key])?),
        None => None,
    };
    let text = key.to_string();
    let kept = kept_with(session, text.expose_secret(), (&at, true))?;
    let known = session.age_identities()?.iter().any(|held| held.to_public() == key.to_public());
    if !known {
        session.store.write(|gate| gate.put_local(FORMER_AGE, &kept))?;
    }
    Done::wrote(EscrowRestored { set, path, keys: view(session)? }, &[Touched::Office])
}

/// The shares, in the order given; each wrong one is named.
fn read_shares(texts: &[String]) -> Result<Vec<Share>> {
    let mut shares: Vec<Share> = Vec::new();
    for (text, place) in texts.iter().filter(|text| !text.trim().is_empty()).zip(1..) {
        let share = Share::read(text).ok_or_else(|| AppError::new("share_invalid").with("place", place))?;
        if shares.iter().any(|other| other.set_text() != share.set_text()) {
            return Err(AppError::new("shares_of_different_sets")
                .with("one", shares[0].set_text())
                .with("other", share.set_text()));
        }
        if shares.iter().any(|other| other.number() == share.number()) {
            return Err(AppError::new("share_twice").with("number", share.number()));
        }
        shares.push(share);
    }
    if shares.len() < usize::from(NEEDED) {
        return Err(AppError::new("shares_too_few").with("needed", NEEDED));
    }
    Ok(shares)
}

fn put_together(shares: &[Share]) -> Result<age::x25519::Identity> {
    let parts: std::result::Result<Vec<blahaj::Share>, _> =
        shares.iter().map(|share| blahaj::Share::try_from(share.bytes())).collect();
    let parts = parts.map_err(AppError::internal)?;
    let secret = Zeroizing::new(Sharks(NEEDED).recover(parts.as_slice()).map_err(AppError::internal)?);
    let secret: &[u8; SECRET_BYTES] =
        secret.as_slice().try_into().map_err(|_| AppError::internal("a secret of another length"))?;
    identity(secret)
}

/// The set that the directory names must give the key that the directory names.
fn require_known(session: &Session, set: &str, key: &age::x25519::Identity) -> Result<()> {
    let office = office_record(session, &session.county_id())?.unwrap_or_default();
    let contradicts = office.escrow_set == set && office.escrow != key.to_public().to_string();
    if contradicts { Err(AppError::new("shares_wrong_key")) } else { Ok(()) }
}

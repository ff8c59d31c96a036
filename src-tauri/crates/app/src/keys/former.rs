//! Keys that were in use before and still read: a line for each, the secret, when it was put away, and where it came from.

use zeroize::Zeroizing;

use super::FORMER_AGE;
use crate::error::Result;
use crate::session::Session;

/// A key that reads and that nothing is encrypted to by this PC's own word any more.
pub(crate) struct FormerKey {
    pub identity: age::x25519::Identity,
    /// When it was put away; empty for keys that earlier programs kept.
    pub at: String,
    /// Put together from shares.
    pub escrow: bool,
}

const ESCROW: &str = "escrow";

/// All former keys, the oldest first.
pub(crate) fn former_keys(session: &Session) -> Result<Vec<FormerKey>> {
    let kept = Zeroizing::new(session.store.local(FORMER_AGE)?.unwrap_or_default());
    let text = Zeroizing::new(String::from_utf8_lossy(&kept).into_owned());
    Ok(text.lines().filter_map(read).collect())
}

fn read(line: &str) -> Option<FormerKey> {
    let mut words = line.split_ascii_whitespace();
    let identity = words.next()?.parse().ok()?;
    let at = words.next().unwrap_or_default().to_owned();
    Some(FormerKey { identity, at, escrow: words.next() == Some(ESCROW) })
}

/// The former keys themselves.
pub(crate) fn former_age_identities(session: &Session) -> Result<Vec<age::x25519::Identity>> {
    Ok(former_keys(session)?.into_iter().map(|key| key.identity).collect())
}

/// What is to be kept once one more secret has been put away at a time.
pub(crate) fn kept_with(session: &Session, secret: &str, (at, escrow): (&str, bool)) -> Result<Zeroizing<Vec<u8>>> {
    let mut kept = Zeroizing::new(session.store.local(FORMER_AGE)?.unwrap_or_default());
    let origin = if escrow { ESCROW } else { "" };
    kept.extend_from_slice(Zeroizing::new(format!("{secret} {at} {origin}\n")).as_bytes());
    Ok(kept)
}

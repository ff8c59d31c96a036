//! The county's escrow key: every bundle to the county is made for it too. Its secret exists on paper only, in three shares
//! of which any two give it back.

use blahaj::Sharks;
use redress_bundle::key_id;
use redress_domain::Kind;
use redress_domain::record::{Office, changes, read_map};
use redress_journal::{Change, PUBLIC};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::share::{SECRET_BYTES, SET_BYTES, Share, identity};
use crate::App;
use crate::contract::{Done, EscrowShares, Nothing, ShareView, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Amendment, Pen, Session};

/// So many shares give the secret back.
pub(super) const NEEDED: u8 = 2;
const MADE: u8 = 3;

/// `escrow.create`. The shares are shown once and kept nowhere. A new set takes the place of the former one for new bundles.
pub(crate) fn create_escrow(app: &mut App, _: Nothing) -> Result<Done<EscrowShares>> {
    let (session, host) = app.working()?;
    session.require_county()?;
    let secret = Zeroizing::new(host.random::<SECRET_BYTES>()?);
    let set: [u8; SET_BYTES] = host.random()?;
    let recipient = identity(&secret)?.to_public();
    let shares = split(secret.as_slice(), set)?;
    let at = host.now_text();
    let set_text = shares.first().map(|share| share.set.clone()).unwrap_or_default();
    announce(session, &at, (&recipient.to_string(), &set_text))?;
    let shares = EscrowShares { set: set_text, key_id: key_id(&recipient).to_string(), at, shares };
    Done::wrote(shares, &[Touched::Office])
}

fn split(secret: &[u8], set: [u8; SET_BYTES]) -> Result<Vec<ShareView>> {
    let dealt = Sharks(NEEDED).dealer(secret).take(usize::from(MADE));
    dealt
        .map(|one| {
            let share = Share::of(set, &Zeroizing::new(Vec::from(&one)))?;
            Ok(ShareView { number: share.number(), set: share.set_text(), text: share.text().to_string() })
        })
        .collect()
}

/// The directory says from now on whom bundles to the county are made for besides.
fn announce(session: &mut Session, at: &str, (recipient, set): (&str, &str)) -> Result<()> {
    let id = session.county_id();
    let record = session.store.record(&id)?.ok_or_else(|| AppError::new("record_missing"))?;
    let before: Office = read_map(record.state.values()).value;
    let mut after = before.clone();
    (after.escrow, after.escrow_set, after.escrow_on) = (recipient.to_owned(), set.to_owned(), at.to_owned());
    let change = Change::Set(changes(&before, &after));
    let pen = Pen { operator: session.operator, at: at.to_owned() };
    session.store.write(|gate| -> Result<()> {
        pen.amend(gate, PUBLIC, Kind::Office, Amendment { id, was: record.state.heads.clone(), change })?;
        Ok(gate.seal_own_logs()?)
    })
}

/// Whom bundles to an office are made for besides its devices.
pub(crate) fn escrow_recipient(session: &Session, office: &Uuid) -> Result<Option<age::x25519::Recipient>> {
    Ok(office_record(session, office)?.and_then(|office| office.escrow.parse().ok()))
}

pub(super) fn office_record(session: &Session, office: &Uuid) -> Result<Option<Office>> {
    Ok(session.store.record(office)?.map(|record| read_map(record.state.values()).value))
}

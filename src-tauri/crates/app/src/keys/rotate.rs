//! A new reading key for the county. The directory announces it, sealed by the county's signing key, in the next return
//! bundles; the old one is kept for reading, because bundles on the road are made for it.

use age::secrecy::ExposeSecret;
use redress_domain::Kind;
use redress_domain::record::{Device, changes, read_map};
use redress_journal::{Change, PUBLIC};
use zeroize::Zeroizing;

use super::{FORMER_AGE, kept_with, show::view};
use crate::App;
use crate::contract::{Done, KeysView, Nothing, Touched};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::session::{Amendment, Pen, Session};

/// `county.rotate_key`.
pub(crate) fn rotate(app: &mut App, _: Nothing) -> Result<Done<KeysView>> {
    let (session, host) = app.working()?;
    session.require_county()?;
    change_key(session, host)?;
    Done::wrote(view(session)?, &[Touched::Office, Touched::Bundle])
}

fn change_key(session: &mut Session, host: &dyn Host) -> Result<()> {
    let at = host.now_text();
    let mut identity = session.store.identity().clone();
    let kept = kept_with(session, &identity.age_secret, (&at, false))?;
    let fresh = age::x25519::Identity::generate();
    let former = std::mem::replace(&mut identity.age_secret, fresh.to_string().expose_secret().to_owned());
    drop(Zeroizing::new(former));
    let record = session.store.record(&identity.device)?.ok_or_else(|| AppError::new("record_missing"))?;
    let before: Device = read_map(record.state.values()).value;
    let after = Device { recipient: fresh.to_public().to_string(), ..before.clone() };
    let change = Change::Set(changes(&before, &after));
    let pen = Pen { operator: session.operator, at };
    session.store.write(|gate| -> Result<()> {
        let was = record.state.heads.clone();
        pen.amend(gate, PUBLIC, Kind::Device, Amendment { id: record.id, was, change })?;
        gate.put_local(FORMER_AGE, &kept)?;
        Ok(gate.become_device(identity)?)
    })
}

//! Joining: a new store for the office of an invitation, ready for work at once. The first bundle carries the request.

use std::path::Path;

use redress_bundle::Ticket;
use redress_domain::record::{Operator, Role, fields};
use redress_domain::{CivilDate, Kind};
use redress_journal::Chain;
use redress_store::receive::{Incoming, Received};
use redress_store::{Gate, NewStore, Parsed, Store};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::create_county::new_identity;
use super::invitation::{Invitation, PublicLog, Secret};
use super::state::current;
use super::{check_passphrase, store_dir};
use crate::App;
use crate::carry::read_patiently;
use crate::contract::{AppState, Done, JoinOffice, Touched};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::recovery::keep_county_slot;
use crate::session::{Pen, Session};

/// Key of what is kept of the invitation until the county has let this device in.
pub(crate) const INVITATION: &str = "invitation";

/// What is kept of the invitation.
#[derive(Serialize, Deserialize)]
pub(crate) struct KeptInvitation {
    pub id: Uuid,
    pub secret: Secret,
    pub ticket: Option<Ticket>,
}

impl KeptInvitation {
    /// Reads what was kept; earlier programs kept the id and the secret as bare bytes.
    pub fn read(kept: &[u8]) -> Option<Self> {
        serde_json::from_slice(kept).ok().or_else(|| {
            let (id, secret) = kept.split_at_checked(16)?;
            Some(Self { id: Uuid::from_slice(id).ok()?, secret: Chain(secret.try_into().ok()?), ticket: None })
        })
    }
}

/// Who joins.
pub(crate) struct Joining<'a> {
    pub operator_name: &'a str,
    pub passphrase: &'a str,
    pub sample: bool,
}

/// `office.join`.
pub(crate) fn join(app: &mut App, input: JoinOffice) -> Result<Done<AppState>> {
    if input.operator_name.trim().is_empty() {
        return Err(AppError::field("operator_name", "required"));
    }
    check_passphrase(input.passphrase.text())?;
    let (invitation, _) = Invitation::read(&read_patiently(Path::new(input.invitation.trim()))?)?;
    let expires_on = CivilDate::parse_iso(&invitation.expires_on).map_err(|_| AppError::new("invitation_invalid"))?;
    if expires_on < app.today()? {
        return Err(AppError::new("invitation_expired").with("on", expires_on));
    }
    let area = invitation.public.iter().find_map(area_code).unwrap_or_default();
    let name = format!("{area}-{}", invitation.office_code);
    let dir = store_dir(input.dir.as_deref(), &app.host().data_dir(), &name);
    let joining =
        Joining { operator_name: input.operator_name.trim(), passphrase: input.passphrase.text(), sample: false };
    let mut session = enter(app.host(), &dir, &invitation, &joining)?;
    session.arrive(app.host())?;
    // The invitation has told the county's keys. A slot that could not be made is made the next time.
    let _ = keep_county_slot(&mut session);
    app.session = Some(session);
    Done::wrote(current(app)?, &[Touched::State, Touched::Office])
}

fn area_code(log: &PublicLog) -> Option<String> {
    log.bodies.iter().find_map(|body| {
        let body = redress_journal::Body::read(body.as_bytes()).ok()?;
        let office: redress_domain::record::Office = redress_domain::record::read(body.set_text()).value;
        (!office.area_code.is_empty()).then_some(office.area_code)
    })
}

/// Makes the store of an office from its invitation.
pub(crate) fn enter(host: &dyn Host, dir: &Path, invitation: &Invitation, joining: &Joining<'_>) -> Result<Session> {
    let identity = new_identity(host, invitation.office, invitation.county)?;
    let operator = host.new_id()?;
    let new = NewStore {
        identity,
        office_name: &invitation.office_name,
        office_kind: invitation.office_kind.as_str(),
        sample: joining.sample,
        operator: (operator, joining.operator_name),
        passphrase: joining.passphrase,
        cost: host.key_cost(),
        random: host.random()?,
    };
    let pen = Pen { operator, at: host.now_text() };
    let store = Store::create(dir, &new, |store| store.write(|gate| write_beginning(gate, &pen, invitation, joining)))?;
    Ok(Session::new(store, operator))
}

/// What a store begins with: the directory as the county gave it, the first operator, and the invitation itself.
fn write_beginning(gate: &mut Gate<'_>, pen: &Pen, invitation: &Invitation, joining: &Joining<'_>) -> Result<()> {
    for log in &invitation.public {
        take_public_log(gate, log, invitation)?;
    }
    let person = Operator {
        office: Some(invitation.office),
        name: joining.operator_name.to_owned(),
        role: Some(Role::Supervisor),
        ..Operator::default()
    };
    pen.create(gate, invitation.office, Kind::Operator, (pen.operator, fields(&person)))?;
    let kept = KeptInvitation { id: invitation.id, secret: invitation.secret, ticket: Some(invitation.ticket) };
    let kept = serde_json::to_vec(&kept).map_err(AppError::internal)?;
    Ok(gate.put_local(INVITATION, &kept)?)
}

fn take_public_log(gate: &mut Gate<'_>, log: &PublicLog, invitation: &Invitation) -> Result<()> {
    let invalid = || AppError::new("invitation_invalid");
    let stretch = log.stretch().filter(|_| log.seal.verify(&invitation.county_key)).ok_or_else(invalid)?;
    let mut receiving = gate.begin_stretch(stretch, 0)?;
    let mut tally = Received::default();
    for (seq, body) in (1..).zip(&log.bodies) {
        let body = body.as_bytes().to_vec();
        let parsed = Parsed::read(&body).ok();
        gate.receive(&mut receiving, Incoming { seq, body, parsed }, &mut tally)?;
    }
    gate.end_stretch(&mut receiving)?;
    Ok(gate.receive_seal(&log.seal)?)
}

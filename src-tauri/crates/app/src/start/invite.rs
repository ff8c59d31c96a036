//! Inviting an office: its record in the directory, and a signed file to hand over.

use std::path::{Path, PathBuf};

use redress_bundle::Ticket;
use redress_domain::case_no::OfficeKind;
use redress_domain::record::{Office, fields, read_map};
use redress_domain::{FieldError, Kind, OfficeCode};
use redress_journal::{Chain, PUBLIC};
use redress_store::peers::InvitationRow;
use redress_store::receive::Stretch;
use uuid::Uuid;

use super::invitation::{Invitation, PublicLog};
use crate::App;
use crate::carry::read_patiently;
use crate::contract::{ByPath, Done, InvitationView, InviteOffice, Invited, Touched};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::session::{Pen, Session, office_kind};

/// An invitation can be used for so long.
const VALID_DAYS: i32 = 90;

/// `office.invite`. Inviting an office again makes a new file for the same office.
pub(crate) fn invite(app: &mut App, input: InviteOffice) -> Result<Done<Invited>> {
    let (session, host) = app.working()?;
    session.require_county()?;
    session.require_settled()?;
    let out = PathBuf::from(input.out.trim());
    if !out.is_dir() {
        return Err(AppError::new("path_missing").with("path", out.display()));
    }
    Done::wrote(write_invitation(session, host, &input, &out)?, &[Touched::Office])
}

/// Puts the office into the directory, unless it is there, and writes the file.
pub(crate) fn write_invitation(
    session: &mut Session,
    host: &dyn Host,
    input: &InviteOffice,
    out: &Path,
) -> Result<Invited> {
    let office = ensure_office(session, host, input)?;
    let row = InvitationRow {
        office,
        secret: host.random()?,
        expires_on: session.today(host)?.add_days(VALID_DAYS).to_string(),
        used_by: None,
    };
    let id = host.new_id()?;
    session.store.write(|gate| -> Result<()> {
        gate.put_invitation(&id, &row)?;
        Ok(gate.seal_own_logs()?)
    })?;
    let invitation = compose(session, id, &row)?;
    let (text, compare_code) = invitation.seal(&session.signing_key())?;
    let office = session.names()?.office_view(&office);
    let path = out.join(format!("{}-{}.invite", office.area_code, office.code));
    crate::carry::write_checked(&path, text.as_bytes())?;
    Ok(Invited { path: path.display().to_string(), office, compare_code })
}

fn ensure_office(session: &mut Session, host: &dyn Host, input: &InviteOffice) -> Result<Uuid> {
    let code = check(input)?;
    let name = input.name.trim();
    let area_code = session.office_view()?.area_code;
    let id = host.new_id()?;
    let pen = Pen { operator: session.operator, at: host.now_text() };
    if let Some(known) = session.store.offices()?.into_iter().find(|office| office.code == code.to_string()) {
        let record = session.store.record(&known.id)?;
        let office: Office = record.map(|record| read_map(record.state.values()).value).unwrap_or_default();
        if office.closed_on.is_some() {
            return Err(AppError::new("office_closed").with("name", known.name));
        }
        if known.name == name {
            return Ok(known.id);
        }
        return Err(AppError::new("office_code_taken").with("code", code).with("name", known.name));
    }
    session.store.write(|gate| -> Result<Uuid> {
        let parent = code.parent().map(|parent| gate.office_by_code(&parent.to_string())).transpose()?.flatten();
        let record = Office {
            code: Some(code),
            kind: Some(input.kind),
            name: name.to_owned(),
            area_code,
            parent,
            ..Office::default()
        };
        pen.create(gate, PUBLIC, Kind::Office, (id, fields(&record)))?;
        Ok(id)
    })
}

fn check(input: &InviteOffice) -> Result<OfficeCode> {
    let mut wrong = Vec::new();
    if input.name.trim().is_empty() {
        wrong.push(FieldError::new("name", "required"));
    }
    let code = OfficeCode::parse(input.code.trim()).ok().filter(|code| code.kind() == input.kind);
    match code {
        Some(code) if wrong.is_empty() && input.kind != OfficeKind::County => Ok(code),
        _ => {
            if code.is_none() || input.kind == OfficeKind::County {
                wrong.push(FieldError::new("code", "office_code_invalid"));
            }
            Err(AppError::invalid(wrong))
        }
    }
}

fn compose(session: &Session, id: Uuid, row: &InvitationRow) -> Result<Invitation> {
    let office = session.store.office(&row.office)?.ok_or_else(|| AppError::new("record_missing"))?;
    Ok(Invitation {
        redress_invitation: 1,
        id,
        office: row.office,
        office_code: office.code.clone(),
        office_kind: office_kind(&office),
        office_name: office.name,
        county: session.county_id(),
        county_name: session.names()?.office(&session.county_id()),
        county_key: session.verifying_key(),
        secret: Chain(row.secret),
        ticket: Ticket::give(&session.signing_key(), session.store.identity().device, (id, row.office), &row.secret),
        expires_on: row.expires_on.clone(),
        public: public_logs(session)?,
    })
}

fn public_logs(session: &Session) -> Result<Vec<PublicLog>> {
    let mut logs = Vec::new();
    let whole = |stretch: &Stretch| stretch.first == 1;
    for stretch in session.store.lacking(&Uuid::nil(), &[PUBLIC])?.iter().filter(|stretch| whole(stretch)) {
        let mut bodies = Vec::new();
        session.store.for_each_body(stretch, |body| -> Result<()> {
            bodies.push(String::from_utf8(body.to_vec()).map_err(AppError::internal)?);
            Ok(())
        })?;
        if let Some(seal) = session.store.seal_of(stretch)? {
            logs.push(PublicLog { log: stretch.log, bodies, seal });
        }
    }
    Ok(logs)
}

/// `invitation.read`: what a file says, before it is used.
pub(crate) fn read_invitation(_: &mut App, input: ByPath) -> Result<Done<InvitationView>> {
    let (invitation, compare_code) = Invitation::read(&read_patiently(Path::new(input.path.trim()))?)?;
    Done::read(InvitationView {
        office_name: invitation.office_name,
        office_code: invitation.office_code,
        office_kind: invitation.office_kind,
        county_name: invitation.county_name,
        compare_code,
        expires_on: invitation.expires_on,
    })
}

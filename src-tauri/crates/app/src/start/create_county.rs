//! Setting up a county office: its store, its keys, its own place in the directory.

use std::path::Path;

use age::secrecy::ExposeSecret;
use redress_domain::case_no::OfficeKind;
use redress_domain::record::{Device, Office, Operator, Role, fields};
use redress_domain::{Kind, OfficeCode};
use redress_journal::{PUBLIC, SigningKey};
use redress_store::{Gate, Identity, NewStore, Store};
use uuid::Uuid;

use super::state::current;
use super::{check_passphrase, store_dir};
use crate::App;
use crate::contract::{AppState, CreateCounty, Done, Touched};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::session::{Pen, Session};

/// What a county office starts with.
pub(crate) struct NewCounty<'a> {
    pub name: &'a str,
    pub area_code: &'a str,
    pub operator_name: &'a str,
    pub passphrase: &'a str,
    pub sample: bool,
}

/// `county.create`.
pub(crate) fn create_county(app: &mut App, input: CreateCounty) -> Result<Done<AppState>> {
    check(&input)?;
    let new = NewCounty {
        name: input.name.trim(),
        area_code: input.area_code.trim(),
        operator_name: input.operator_name.trim(),
        passphrase: input.passphrase.text(),
        sample: false,
    };
    let dir = store_dir(input.dir.as_deref(), &app.host().data_dir(), &format!("{}-0000", new.area_code));
    let mut session = found_county(app.host(), &dir, &new)?;
    session.arrive(app.host())?;
    app.session = Some(session);
    Done::wrote(current(app)?, &[Touched::State, Touched::Office])
}

fn check(input: &CreateCounty) -> Result<()> {
    let mut wrong = Vec::new();
    let mut require = |field: &str, code: &str, fine: bool| {
        if !fine {
            wrong.push(redress_domain::FieldError::new(field, code));
        }
    };
    let area = input.area_code.trim();
    require("name", "required", !input.name.trim().is_empty());
    require("operator_name", "required", !input.operator_name.trim().is_empty());
    require("area_code", "area_code_invalid", area.len() == 6 && area.bytes().all(|byte| byte.is_ascii_digit()));
    if !wrong.is_empty() {
        return Err(AppError::invalid(wrong));
    }
    check_passphrase(input.passphrase.text())
}

/// Makes the store and the first entries of the directory.
pub(crate) fn found_county(host: &dyn Host, dir: &Path, new: &NewCounty<'_>) -> Result<Session> {
    let office = host.new_id()?;
    let operator = host.new_id()?;
    let identity = new_identity(host, office, office)?;
    let pen = Pen { operator, at: host.now_text() };
    let new_store = NewStore {
        identity: identity.clone(),
        office_name: new.name,
        office_kind: OfficeKind::County.as_str(),
        sample: new.sample,
        operator: (operator, new.operator_name),
        passphrase: new.passphrase,
        cost: host.key_cost(),
        random: host.random()?,
    };
    let store =
        Store::create(dir, &new_store, |store| store.write(|gate| write_directory(gate, &pen, &identity, new)))?;
    Ok(Session::new(store, operator))
}

/// The first entries of the directory: the county office, its device, its operator.
fn write_directory(gate: &mut Gate<'_>, pen: &Pen, identity: &Identity, new: &NewCounty<'_>) -> Result<()> {
    let office = identity.office;
    let record = Office {
        code: Some(OfficeCode::new(0, 0).map_err(AppError::internal)?),
        kind: Some(OfficeKind::County),
        name: new.name.to_owned(),
        area_code: new.area_code.to_owned(),
        ..Office::default()
    };
    pen.create(gate, PUBLIC, Kind::Office, (office, fields(&record)))?;
    let device = certificate(identity, office, &pen.at)?;
    pen.create(gate, PUBLIC, Kind::Device, (identity.device, fields(&device)))?;
    let person = Operator {
        office: Some(office),
        name: new.operator_name.to_owned(),
        role: Some(Role::Supervisor),
        ..Operator::default()
    };
    pen.create(gate, PUBLIC, Kind::Operator, (pen.operator, fields(&person)))?;
    Ok(())
}

/// Keys for a new device at an office.
pub(crate) fn new_identity(host: &dyn Host, office: Uuid, county: Uuid) -> Result<Identity> {
    let secret = age::x25519::Identity::generate();
    Ok(Identity {
        device: host.new_id()?,
        epoch: Uuid::from_bytes(host.random()?),
        office,
        county,
        signing_seed: host.random()?,
        age_secret: secret.to_string().expose_secret().to_owned(),
    })
}

/// The directory's record of this very device.
fn certificate(identity: &Identity, office: Uuid, at: &str) -> Result<Device> {
    let age: age::x25519::Identity = identity.age_secret.parse().map_err(AppError::internal)?;
    Ok(Device {
        office: Some(office),
        signing_key: SigningKey::from_seed(&identity.signing_seed).verifying_key().to_string(),
        recipient: age.to_public().to_string(),
        admitted_on: at.to_owned(),
        ..Device::default()
    })
}

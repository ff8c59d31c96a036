//! Bringing a copy back: beside whatever is there, under a new life of its own.

use std::fs;
use std::path::{Path, PathBuf};

use redress_store::Store;
use redress_store::outside::{self, Label};
use uuid::Uuid;

use crate::App;
use crate::contract::{AppState, Done, Notice, RestoreBackup, Touched};
use crate::error::{AppError, Result};
use crate::host::{Host, HostExt};
use crate::session::{Session, unlock};
use crate::start::current;

const REWOUND: &str = "store_rewound";

/// `backup.restore`. The passphrase is tried before anything is copied.
pub(crate) fn restore(app: &mut App, input: RestoreBackup) -> Result<Done<AppState>> {
    let copy = Path::new(input.path.trim());
    let facts = redress_store::facts(copy).map_err(|error| match AppError::from(error) {
        error if error.code == "store_missing" => AppError::new("backup_none").with("path", copy.display()),
        error => error,
    })?;
    let host = app.host();
    // Counted beside the program: a copy is only read, and the next one is no new beginning for whoever guesses.
    fs::create_dir_all(host.data_dir())?;
    let secret = (input.operator.as_deref(), input.passphrase.text());
    unlock(host, &host.data_dir(), || Store::proves(copy, secret.0, secret.1))?;
    let to = free_folder(app.host(), copy, input.dir.as_deref(), &facts.office_name)?;
    outside::restore(copy, &to)?;
    app.session = None;
    let mut session = Session::open(app.host(), &to, input.operator.as_deref(), input.passphrase.text())?;
    begin_anew(&mut session, app.host())?;
    app.session = Some(session);
    Done::wrote(current(app)?, &[Touched::State, Touched::Backup])
}

/// Where a witness knows more than the copy, a new life has begun already; without one it begins here. Numbers that were
/// given after the copy was made must not be given again.
pub(super) fn begin_anew(session: &mut Session, host: &dyn Host) -> Result<()> {
    if !session.notices.is_empty() {
        return Ok(());
    }
    let epoch = Uuid::from_bytes(host.random()?);
    session.store.write(|gate| -> Result<()> { Ok(gate.renew(epoch)?) })?;
    session.notices.push(Notice::new(REWOUND));
    Ok(())
}

/// A folder that nobody has: the one that was named, or one under the data folder with the office's code.
fn free_folder(host: &dyn Host, copy: &Path, named: Option<&str>, office: &str) -> Result<PathBuf> {
    if let Some(named) = named.map(str::trim).filter(|named| !named.is_empty()) {
        return Ok(PathBuf::from(named));
    }
    let stem = Label::read(copy).ok().flatten().map(|label| label.stem);
    let stem = stem.filter(|stem| is_plain(stem)).unwrap_or_else(|| {
        let name: String = office.chars().filter(char::is_ascii_alphanumeric).collect();
        if name.is_empty() { "restored".to_owned() } else { name }
    });
    let stores = host.data_dir().join("stores");
    let names = std::iter::once(stem.clone()).chain((2_u32..).map(|number| format!("{stem}-{number}")));
    let free = names.map(|name| stores.join(name)).find(|dir| !dir.exists());
    free.ok_or_else(|| AppError::new("store_exists"))
}

/// A label comes from outside: its text names a folder only when it is nothing but a name.
fn is_plain(stem: &str) -> bool {
    !stem.is_empty() && stem.len() <= 40 && stem.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

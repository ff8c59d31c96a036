//! The keys of this PC as a file for the stock tools: whoever has it can read every bundle that was made for this PC.

use std::fs;
use std::path::PathBuf;

use age::secrecy::ExposeSecret;
use zeroize::Zeroizing;

use crate::App;
use crate::contract::{Done, ExportAudit, Touched, WrittenFile};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::Session;

/// Key of the times at which keys were written to files, one a line.
pub(super) const EXPORTS: &str = "audit_exports";

/// `key.export_audit`. Only a supervisor may; that it was done stays in the store.
pub(crate) fn export_audit(app: &mut App, input: ExportAudit) -> Result<Done<WrittenFile>> {
    let (session, host) = app.working()?;
    let keys = session.age_identities()?;
    let keys: Vec<&age::x25519::Identity> = keys.iter().collect();
    let path = write_key_file(session, &input.out, ("audit", &host.now_text()), &keys)?;
    Done::wrote(WrittenFile { path }, &[Touched::Office])
}

/// Writes keys in the form that `age -i` reads; gives the path. A file that is there is never written over.
pub(super) fn write_key_file(
    session: &mut Session,
    out: &str,
    (name, at): (&str, &str),
    keys: &[&age::x25519::Identity],
) -> Result<String> {
    let folder = PathBuf::from(out.trim());
    if !folder.is_dir() {
        return Err(AppError::new("path_missing").with("path", folder.display()));
    }
    let office = session.office_view()?;
    let path = folder.join(format!("{}-{}-{name}.age-key", office.area_code, office.code));
    if path.exists() {
        return Err(AppError::new("file_name_taken").with("path", path.display()));
    }
    let mut text = Zeroizing::new(format!("# {} {at}\n", office.code));
    for key in keys {
        text.push_str(&format!("# public key: {}\n", key.to_public()));
        text.push_str(key.to_string().expose_secret());
        text.push('\n');
    }
    fs::write(&path, text.as_bytes())?;
    let mut exports = session.store.local(EXPORTS)?.unwrap_or_default();
    exports.extend_from_slice(format!("{at}\n").as_bytes());
    session.store.write(|gate| gate.put_local(EXPORTS, &exports))?;
    Ok(path.display().to_string())
}

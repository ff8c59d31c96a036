//! Asking the county: a file that says nothing to anybody but the county, and a key for the answer that never leaves this PC.

use std::fs;
use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret;
use redress_bundle::compare_code;
use redress_journal::hex;
use redress_store::county_slot;

use super::sealed::{FORMAT, Pending, Request};
use crate::App;
use crate::carry::write_checked;
use crate::contract::{Done, RecoveryFile, RequestRecovery};
use crate::error::{AppError, Result};
use crate::host::HostExt;

/// Kept in the store's folder until the answer has come.
const PENDING: &str = "recovery.json";

/// `recovery.request`. A second request makes the answer to the first one worthless.
pub(crate) fn request(app: &mut App, input: RequestRecovery) -> Result<Done<RecoveryFile>> {
    let dir = Path::new(&input.dir);
    let out = PathBuf::from(input.out.trim());
    if !out.is_dir() {
        return Err(AppError::new("path_missing").with("path", out.display()));
    }
    let (slot, _) = county_slot(dir)?.ok_or_else(|| AppError::new("county_slot_none"))?;
    let key = age::x25519::Identity::generate();
    let request = Request {
        redress_recovery: FORMAT,
        id: app.host().new_id()?,
        made_at: app.host().now_text(),
        slot: hex(&slot),
        reply_to: key.to_public().to_string(),
    };
    let pending = Pending { id: request.id, secret: key.to_string().expose_secret().to_owned() };
    let bytes = serde_json::to_vec(&request).map_err(AppError::internal)?;
    let kept = zeroize::Zeroizing::new(serde_json::to_vec(&pending).map_err(AppError::internal)?);
    write_checked(&dir.join(PENDING), &kept)?;
    let compare_code = compare_code(&bytes);
    let path = out.join(format!("redress-{}.recovery", compare_code.replace('-', "")));
    write_checked(&path, &bytes)?;
    Done::read(RecoveryFile { path: path.display().to_string(), compare_code })
}

/// The request that waits for its answer.
pub(super) fn pending(dir: &Path) -> Result<Option<Pending>> {
    match fs::read(dir.join(PENDING)) {
        Ok(bytes) => Ok(serde_json::from_slice(&zeroize::Zeroizing::new(bytes)).ok()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The answer was used: it opens nothing a second time.
pub(super) fn forget(dir: &Path) -> Result<()> {
    Ok(fs::remove_file(dir.join(PENDING))?)
}

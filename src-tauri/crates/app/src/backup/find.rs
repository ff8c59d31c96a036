//! The copies that lie in a folder, as far as they can be looked at without a passphrase.

use std::path::Path;

use redress_domain::case_no::OfficeKind;
use redress_store::StoreError;
use redress_store::outside::{self, Label};

use crate::App;
use crate::contract::{BackupFound, ByPath, Done};
use crate::error::{AppError, Result};
use crate::start::office_kind_of;

/// `backup.find`. The newest first.
pub(crate) fn find(_: &mut App, input: ByPath) -> Result<Done<Vec<BackupFound>>> {
    let folder = Path::new(input.path.trim());
    if !folder.is_dir() {
        return Err(AppError::new("path_missing").with("path", folder.display()));
    }
    let mut found: Vec<BackupFound> = outside::find(folder).iter().map(|copy| look(copy)).collect();
    if found.is_empty() {
        return Err(AppError::new("backup_none").with("path", folder.display()));
    }
    found.sort_by(|one, two| (&two.made_at, &two.path).cmp(&(&one.made_at, &one.path)));
    Done::read(found)
}

fn look(copy: &Path) -> BackupFound {
    let mut found = BackupFound {
        path: copy.display().to_string(),
        office_name: String::new(),
        office_kind: OfficeKind::Station,
        operators: Vec::new(),
        sample: false,
        made_at: String::new(),
        entries: 0,
        problem: None,
    };
    if let Err(error) = look_inside(copy, &mut found) {
        found.problem = Some(error.into());
    }
    found
}

fn look_inside(copy: &Path, found: &mut BackupFound) -> redress_store::Result<()> {
    let facts = redress_store::facts(copy)?;
    found.office_name = facts.office_name;
    found.office_kind = office_kind_of(&facts.office_kind).unwrap_or(OfficeKind::Station);
    found.operators = facts.operators;
    found.sample = facts.sample;
    let Some(label) = Label::read(copy)? else { return Ok(()) };
    found.made_at.clone_from(&label.made_at);
    found.entries = label.entries;
    if label.fits(copy)? { Ok(()) } else { Err(StoreError::Damaged("the copy is not what was written".into())) }
}

//! The bundles that were merged here, and taking one of them back.

use redress_domain::mask;
use redress_store::StoreError;
use redress_store::peers::{ImportRow, Undone};

use crate::App;
use crate::contract::{Done, ImportUndone, ImportView, Nothing, Task, Touched, UndoImport};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Names, Session};

/// So many are listed, the newest first.
const LISTED: u32 = 500;
const TOUCHED: &[Touched] = &[
    Touched::Bundle,
    Touched::Complaint,
    Touched::Consultation,
    Touched::Step,
    Touched::Loss,
    Touched::Decision,
    Touched::Department,
];

/// `import.list`.
pub(crate) fn imports(app: &mut App, _: Nothing) -> Result<Done<Vec<ImportView>>> {
    let session = app.session()?;
    Done::read(views(session, session.store.imports(LISTED)?)?)
}

/// Imports as the window shows them.
pub(crate) fn views(session: &Session, rows: Vec<ImportRow>) -> Result<Vec<ImportView>> {
    let names = session.names()?;
    rows.into_iter().map(|row| view(&names, row)).collect()
}

fn view(names: &Names<'_>, row: ImportRow) -> Result<ImportView> {
    let by = row.undone.as_ref().map(|undone| names.operator(&undone.by)).transpose()?;
    Ok(ImportView {
        id: row.id.to_string(),
        from_name: names.office(&row.office),
        from_code: names.office_code(&row.office),
        number: row.number,
        created_at: row.created_at,
        merged_at: row.merged_at,
        entries: row.entries,
        undone_by: by.unwrap_or_default(),
        undone_reason: row.undone.as_ref().map(|undone| mask::digits_in(&undone.why)).unwrap_or_default(),
        undone_at: row.undone.map(|undone| undone.at),
    })
}

/// `import.undo`. A verified copy of the store is made first.
pub(crate) fn undo(app: &mut App, input: UndoImport) -> Result<Done<ImportUndone>> {
    let (session, host) = app.working()?;
    let (id, why) = (parse(&input.id)?, input.reason.trim().to_owned());
    if why.is_empty() {
        return Err(AppError::field("reason", "required"));
    }
    host.tell(Task::Undo, "backup", 0);
    session.store.back_up()?;
    let undone = Undone { at: host.now_text(), by: session.operator, why };
    let told = |done| host.tell(Task::Undo, "entries", done);
    let touched = session.store.undo_import(id, &undone, told).map_err(|error| refused(error, "already_undone"))?;
    finish(session, touched)
}

/// `import.redo`: brings an import back that was taken back.
pub(crate) fn redo(app: &mut App, input: UndoImport) -> Result<Done<ImportUndone>> {
    let (session, host) = app.working()?;
    let told = |done| host.tell(Task::Undo, "entries", done);
    let touched =
        session.store.redo_import(parse(&input.id)?, told).map_err(|error| refused(error, "nothing_to_undo"))?;
    finish(session, touched)
}

fn finish(session: &mut Session, touched: redress_store::undo::Touched) -> Result<Done<ImportUndone>> {
    session.store.search_catch_up(|_| true)?;
    Done::wrote(ImportUndone { entries: touched.entries, records: touched.records }, TOUCHED)
}

fn refused(error: StoreError, settled: &str) -> AppError {
    match error {
        StoreError::Settled => AppError::new(settled),
        StoreError::RecordMissing => AppError::new("import_missing"),
        other => other.into(),
    }
}

fn parse(id: &str) -> Result<i64> {
    id.parse().map_err(|_| AppError::new("import_missing"))
}

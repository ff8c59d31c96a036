//! Where the program stands, which stores there are, and the code lists.

use std::fs;
use std::path::Path;

use redress_domain::CodeLists;
use redress_domain::case_no::OfficeKind;
use redress_domain::codes::CodeListsView;
use redress_store::Condition;

use crate::App;
use crate::clock;
use crate::contract::{AppState, Done, Nothing, ReadOnly, Stage, StoreListing};
use crate::error::Result;
use crate::roles::permitted;
use crate::session::Session;
use crate::settings::lock_after_min;

/// `app.state`.
pub(crate) fn state(app: &mut App, _: Nothing) -> Result<Done<AppState>> {
    Done::read(current(app)?)
}

/// The state as it is now.
pub(crate) fn current(app: &App) -> Result<AppState> {
    let data_dir = app.host().data_dir();
    let stores = listings(&data_dir);
    let session = app.session.as_ref();
    let stage = match (session, stores.is_empty()) {
        (Some(_), _) => Stage::Open,
        (None, false) => Stage::Locked,
        (None, true) => Stage::First,
    };
    let working = session.filter(|session| !session.is_read_only());
    Ok(AppState {
        stage,
        today: app.today()?.to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        data_dir: data_dir.display().to_string(),
        stores,
        office: session.map(|session| session.office_view()).transpose()?,
        operator: session.map(|session| session.operator_view()).transpose()?,
        lock_after_min: session.map(lock_after_min).transpose()?.unwrap_or_default(),
        may: session.map(permitted).transpose()?.unwrap_or_default(),
        notices: session.map(|session| session.notices.clone()).unwrap_or_default(),
        clock: working.map(|session| clock::doubt(session, app.host())).transpose()?.flatten(),
        moved: session.map(|session| session.store.is_moved()).transpose()?.unwrap_or(false),
        read_only: session.and_then(read_only),
    })
}

fn read_only(session: &Session) -> Option<ReadOnly> {
    let Condition::ReadOnly(rescued) = session.store.condition() else { return None };
    Some(ReadOnly {
        dir: session.store.dir().display().to_string(),
        entries: rescued.entries,
        aside: rescued.aside,
        lost: rescued.lost,
    })
}

/// The stores under the data folder: directly in `stores`, and one level down for the sample county.
fn listings(data_dir: &Path) -> Vec<StoreListing> {
    let mut found = Vec::new();
    for dir in folders(&data_dir.join("stores")) {
        match listing(&dir) {
            Some(store) => found.push(store),
            None => found.extend(folders(&dir).iter().filter_map(|dir| listing(dir))),
        }
    }
    found.sort_by(|one, two| (one.sample, &one.dir).cmp(&(two.sample, &two.dir)));
    found
}

fn folders(dir: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// What a folder says about the store in it; none when there is none.
pub(crate) fn listing(dir: &Path) -> Option<StoreListing> {
    let facts = redress_store::facts(dir).ok()?;
    Some(StoreListing {
        dir: dir.display().to_string(),
        office_name: facts.office_name,
        office_kind: office_kind_of(&facts.office_kind)?,
        operators: facts.operators,
        sample: facts.sample,
    })
}

/// The kind of office that a word means.
pub(crate) fn office_kind_of(word: &str) -> Option<OfficeKind> {
    [OfficeKind::County, OfficeKind::Branch, OfficeKind::Station].into_iter().find(|kind| kind.as_str() == word)
}

/// `codes.list`: labels as they are today. Without a store: what the program itself knows.
pub(crate) fn codes(app: &mut App, _: Nothing) -> Result<Done<CodeListsView>> {
    let today = app.today()?;
    Done::read(match app.session() {
        Ok(session) => session.store.code_lists()?.view(today),
        Err(_) => CodeLists::built_in().view(today),
    })
}

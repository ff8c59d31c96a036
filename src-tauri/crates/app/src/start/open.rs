//! Signing in and out.

use std::path::Path;

use super::state::current;
use crate::App;
use crate::backup::by_itself;
use crate::contract::{AppState, Done, Nothing, OpenStore, Touched};
use crate::error::Result;
use crate::recovery::keep_county_slot;
use crate::session::Session;

/// `store.open`.
pub(crate) fn open(app: &mut App, input: OpenStore) -> Result<Done<AppState>> {
    app.session = None;
    let mut session =
        Session::open(app.host(), Path::new(&input.dir), input.operator.as_deref(), input.passphrase.text())?;
    // Whoever signs in must get in; a slot that could not be made is made the next time.
    let _ = keep_county_slot(&mut session);
    app.session = Some(session);
    Done::wrote(current(app)?, &[Touched::State])
}

/// `store.lock`.
pub(crate) fn lock(app: &mut App, _: Nothing) -> Result<Done<AppState>> {
    if let Ok((session, host)) = app.working() {
        by_itself(session, host);
        // Whoever leaves must be able to leave, too.
        let _ = keep_county_slot(session);
    }
    app.session = None;
    Done::wrote(current(app)?, &[Touched::State])
}

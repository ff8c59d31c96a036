//! Where a bundle can be carried: sticks that are plugged in, and the folder that was used last.

use std::path::Path;

use super::scan::bundles_in;
use crate::App;
use crate::contract::{CarryPlace, Done, Nothing};
use crate::error::Result;
use crate::media::format_at;
use crate::session::Session;

/// Key of the folder that was used last.
const LAST: &str = "carry_folder";

/// `carry.places`.
pub(crate) fn places(app: &mut App, _: Nothing) -> Result<Done<Vec<CarryPlace>>> {
    let mut places = app.host().carry_places();
    if let Some(last) = last_folder(app.session()?)? {
        let known = places.iter().any(|place| Path::new(&place.path) == Path::new(&last));
        if !known && Path::new(&last).is_dir() {
            let format = format_at(&places, Path::new(&last));
            let (path, label) = (last.clone(), last);
            places.push(CarryPlace { path, label, removable: false, free_bytes: None, format, bundles: 0 });
        }
    }
    for place in &mut places {
        place.bundles = bundles_in(Path::new(&place.path)).map_or(0, |found| found.len() as u64);
    }
    Done::read(places)
}

fn last_folder(session: &Session) -> Result<Option<String>> {
    Ok(session.store.local(LAST)?.and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// Keeps the folder for the next time.
pub(crate) fn remember_folder(session: &mut Session, folder: &Path) -> Result<()> {
    let text = folder.display().to_string();
    session.store.write(|gate| -> Result<()> { Ok(gate.put_local(LAST, text.as_bytes())?) })
}

//! `pack.import`: the county takes a calendar or rules into the public scope; the stations get them with the next
//! bundle, and what was estimated is computed anew on both sides.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use redress_domain::record::{Pack, changes, fields, read_map};
use redress_domain::timetable::{PackKind, recognise};
use redress_domain::{Kind, deadline};
use redress_journal::{Change, PUBLIC};

use crate::App;
use crate::contract::{ByPath, Done, Nothing, PackView, Packs, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Amendment, Pen};

/// A calendar of twenty years has 22 KiB.
const PACK_BYTES_MAX: u64 = 256 * 1024;

/// `pack.import`. A pack of a name that is there already replaces its content.
pub(crate) fn import_pack(app: &mut App, input: ByPath) -> Result<Done<PackView>> {
    let (session, host) = app.working()?;
    if !session.is_county() {
        return Err(AppError::new("not_county"));
    }
    let content = read_file(Path::new(input.path.trim()))?;
    let (kind, name) = recognise(&content).ok_or_else(|| AppError::new("pack_invalid"))?;
    let pack = Pack { kind: kind.as_str().to_owned(), name: name.clone(), content, ..Pack::default() };
    let known = session.store.packs()?.into_iter().find(|row| row.kind == pack.kind && row.name == name);
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let new_id = host.new_id()?;
    let record = known.as_ref().map(|row| session.store.record(&row.id)).transpose()?.flatten();
    session.store.write(|gate| -> Result<()> {
        let Some(record) = record else {
            pen.create(gate, PUBLIC, Kind::Pack, (new_id, fields(&pack)))?;
            return Ok(());
        };
        let before: Pack = read_map(record.state.values()).value;
        let set = changes(&before, &Pack { extra: before.extra.clone(), ..pack });
        if !set.is_empty() {
            let amendment = Amendment { id: record.id, was: record.state.heads, change: Change::Set(set) };
            pen.amend(gate, PUBLIC, Kind::Pack, amendment)?;
        }
        Ok(())
    })?;
    Done::wrote(PackView { kind, name }, &[Touched::Pack, Touched::Complaint])
}

fn read_file(path: &Path) -> Result<String> {
    let mut content = String::new();
    let read = File::open(path)?.take(PACK_BYTES_MAX + 1).read_to_string(&mut content);
    match read {
        Ok(_) if content.len() as u64 <= PACK_BYTES_MAX => Ok(content),
        Ok(_) => Err(AppError::new("pack_invalid")),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Err(AppError::new("pack_invalid")),
        Err(error) => Err(error.into()),
    }
}

/// `pack.list`: the packs the county has sent, and the last year whose calendar is known.
pub(crate) fn packs(app: &mut App, _: Nothing) -> Result<Done<Packs>> {
    let store = &app.session()?.store;
    let timetable = store.timetable()?;
    let sent = store.packs()?.into_iter();
    Done::read(Packs {
        calendar_until: timetable.calendar.last_year(),
        rules: timetable.rules.all().len() as u64,
        accept_days: timetable.rules.named(deadline::ACCEPT).last().map_or(0, |rule| rule.period),
        sent: sent.filter_map(|row| Some(PackView { kind: PackKind::parse(&row.kind)?, name: row.name })).collect(),
    })
}

//! What a member department handled in a year: written by the county, shown beside its own totals, never added.

use redress_domain::Kind;
use redress_domain::record::{DepartmentInput, fields};

use crate::App;
use crate::contract::{Done, Recorded, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::Pen;

/// `department.record`.
pub(crate) fn record_department(app: &mut App, input: DepartmentInput) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    session.require_county()?;
    let department = input.validate(session.today(host)?, &*session.store.code_lists()?).map_err(AppError::invalid)?;
    let id = host.new_id()?;
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let office = session.office_id();
    session.store.write(|gate| -> Result<()> {
        pen.create(gate, office, Kind::Department, (id, fields(&department)))?;
        Ok(())
    })?;
    Done::wrote(Recorded { id: id.to_string() }, &[Touched::Department])
}

//! Recording a step of the procedure, with the recovered loss that may belong to it: both are written or none.

use redress_domain::record::{StepInput, fields};
use redress_domain::{CodeLists, Kind};

use super::case::Case;
use crate::App;
use crate::contract::{Done, Recorded, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::Pen;

/// `step.record`. A step that the procedure does not allow now is refused with the reason.
pub(crate) fn record_step(app: &mut App, input: StepInput) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let valid = input.validate(host.today()?, &CodeLists::built_in()).map_err(AppError::invalid)?;
    let complaint = valid.step.complaint.ok_or_else(|| AppError::new("record_missing"))?;
    let case = Case::load(&session.store, &complaint)?;
    let offer = case.state.offer(input.kind);
    if let Some(reason) = offer.why_not {
        return Err(AppError::new("step_impossible").with("step", input.kind.as_str()).with("reason", reason));
    }
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let (step_id, loss_id) = (host.new_id()?, host.new_id()?);
    let office = session.require_owner(&case)?;
    session.store.write(|gate| -> Result<()> {
        pen.create(gate, office, Kind::Step, (step_id, fields(&valid.step)))?;
        if let Some(loss) = &valid.loss {
            pen.create(gate, office, Kind::Loss, (loss_id, fields(loss)))?;
        }
        Ok(())
    })?;
    Done::wrote(Recorded { id: step_id.to_string() }, &[Touched::Complaint, Touched::Step, Touched::Loss])
}

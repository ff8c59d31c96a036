//! Saying of two complaints that they are one matter, or that they are not. Both stay; one matter counts once.

use redress_domain::Kind;
use redress_domain::record::{Link, fields, read_map};
use redress_journal::Body;
use uuid::Uuid;

use crate::App;
use crate::complaint::{Case, title_of};
use crate::contract::{Done, LinkInput, LinkView, Recorded, Touched};
use crate::error::{AppError, Result};
use crate::host::HostExt;
use crate::session::{Names, Pen, Session, parse_id};

/// `link.record`. Withdrawing the link's record takes it back.
pub(crate) fn link(app: &mut App, input: LinkInput) -> Result<Done<Recorded>> {
    let (session, host) = app.working()?;
    let (a, b) = (parse_id(&input.a)?, parse_id(&input.b)?);
    if a == b {
        return Err(AppError::new("link_self"));
    }
    Case::load(&session.store, &a)?;
    Case::load(&session.store, &b)?;
    let record = Link {
        a: Some(a.min(b)),
        b: Some(a.max(b)),
        different: !input.same,
        reason: input.reason.trim().to_owned(),
        ..Link::default()
    };
    let id = host.new_id()?;
    let pen = Pen { operator: session.operator, at: host.now_text() };
    let office = session.office_id();
    session.store.write(|gate| -> Result<()> {
        pen.create(gate, office, Kind::Link, (id, fields(&record)))?;
        Ok(())
    })?;
    Done::wrote(Recorded { id: id.to_string() }, &[Touched::Decision, Touched::Complaint])
}

/// The comparisons of a complaint, as its page shows them.
pub(crate) fn links_of(session: &Session, names: &Names<'_>, complaint: &Uuid) -> Result<Vec<LinkView>> {
    let mut views = Vec::new();
    for row in session.store.links_of(complaint)? {
        let Some(record) = session.store.record(&row.id)? else { continue };
        let link: Link = read_map(record.state.values()).value;
        let other = if row.a == *complaint { row.b } else { row.a };
        let case = Case::load(&session.store, &other).ok();
        let body = record.state.applied.first().and_then(|at| Body::read(&record.entries[*at].body).ok());
        views.push(LinkView {
            id: row.id.to_string(),
            other: other.to_string(),
            number: case.as_ref().map(|case| case.complaint.number.clone()).unwrap_or_default(),
            title: case.map(|case| title_of(&case.complaint)).unwrap_or_default(),
            same: row.same,
            reason: link.reason,
            by: body.as_ref().map(|body| names.operator(&body.op)).transpose()?.unwrap_or_default(),
            at: body.map(|body| body.at.into_owned()).unwrap_or_default(),
            heads: record.state.heads.iter().map(ToString::to_string).collect(),
        });
    }
    Ok(views)
}

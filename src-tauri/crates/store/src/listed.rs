//! Rows of the kinds that stand alone: consultations, the directory, activities, departments.

use redress_domain::record::{
    Activity, Attachment, Business, Consultation, Department, Device, Link, LossKind, LossRoute, Office, Operator,
    Role, Transfer, TransferState, Volunteer,
};
use redress_domain::{CivilDate, OfficeCode};
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use crate::case::LossRow;
use crate::error::{Result, StoreError};
use crate::journal::uuid_at;
use crate::summary::{Cube, Delta, Sign, month_of};
use crate::typed::Typed;

/// Tells consultations from complaints among the row ids of the search.
pub(crate) const CONSULTATION_BIT: i64 = 1 << 62;

pub(crate) fn loss_row(row: &Row<'_>) -> rusqlite::Result<LossRow> {
    let (kind, route): (String, String) = (row.get(1)?, row.get(2)?);
    Ok(LossRow {
        uuid: uuid_at(row, 0)?,
        kind: LossKind::parse(&kind).unwrap_or(LossKind::Recovered).as_str(),
        route: LossRoute::parse(&route).unwrap_or(LossRoute::Settlement).as_str(),
        counts: row.get(3)?,
        amount_fen: row.get(4)?,
        day: row.get(5)?,
        office: row.get(6)?,
        nature: row.get(7)?,
        class: row.get(8)?,
    })
}

/// Where a consultation's row goes.
pub(crate) struct ConsultationRow {
    pub id: Uuid,
    pub office: i64,
    pub withdrawn: bool,
    /// The row id if it is new or has moved to another day.
    pub fresh_id: i64,
}

impl ConsultationRow {
    /// Writes the row in place of its former state; gives its row id, and the one that it left if it moved.
    pub fn put(&self, conn: &Connection, consultation: &Consultation, delta: &mut Delta) -> Result<(i64, Option<i64>)> {
        let former = self.take_former(conn, delta)?;
        let rowid = former.filter(|rowid| rowid >> 24 == self.fresh_id >> 24).unwrap_or(self.fresh_id);
        let persons = i64::from(consultation.persons_counted());
        conn.prepare_cached(include_str!("sql/consultation_put.sql"))?.execute(rusqlite::params![
            rowid,
            self.id.as_bytes(),
            self.office,
            consultation.way,
            consultation.asker_name,
            persons,
            consultation.topic,
            consultation.content,
            consultation.complaint.map(|id| *id.as_bytes()),
            self.withdrawn,
        ])?;
        if !self.withdrawn {
            count(delta, Sign::Add, (rowid, self.office, persons));
        }
        Ok((rowid, former.filter(|left| *left != rowid)))
    }

    fn take_former(&self, conn: &Connection, delta: &mut Delta) -> Result<Option<i64>> {
        let mut get = conn.prepare_cached("SELECT id, office, persons, withdrawn FROM consultation WHERE uuid = ?1")?;
        let former = get
            .query_row([self.id.as_bytes()], |row| {
                Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get::<_, bool>(3)?))
            })
            .optional()?;
        let Some((cells, withdrawn)) = former else { return Ok(None) };
        if !withdrawn {
            count(delta, Sign::Take, cells);
        }
        conn.prepare_cached("DELETE FROM consultation WHERE uuid = ?1")?.execute([self.id.as_bytes()])?;
        Ok(Some(cells.0))
    }
}

pub(crate) fn count(delta: &mut Delta, sign: Sign, (rowid, office, persons): (i64, i64, i64)) {
    let month = month_of(i32::try_from(rowid >> 24).unwrap_or(0));
    delta.add((Cube::Consultation, month, &office.to_string(), ""), sign, persons);
}

/// Writes the row of a record that stands alone.
pub(crate) fn put(conn: &Connection, id: &Uuid, typed: &Typed, withdrawn: bool) -> Result<()> {
    match typed {
        Typed::Office(office) => put_office(conn, id, office),
        Typed::Device(device) => put_device(conn, id, device),
        Typed::Operator(operator) => put_operator(conn, id, operator),
        Typed::Department(department) => put_department(conn, id, department, withdrawn),
        Typed::Link(link) => put_link(conn, id, link, withdrawn),
        Typed::Transfer(transfer) => put_transfer(conn, id, transfer, withdrawn),
        Typed::Pack(pack) => crate::timetable::put(conn, id, pack, withdrawn),
        Typed::Complaint(_)
        | Typed::Step(_)
        | Typed::Loss(_)
        | Typed::Consultation(_)
        | Typed::Business(_)
        | Typed::Activity(_)
        | Typed::Attachment(_)
        | Typed::Volunteer(_) => Ok(()),
    }
}

fn put_link(conn: &Connection, id: &Uuid, link: &Link, withdrawn: bool) -> Result<()> {
    conn.prepare_cached("DELETE FROM link WHERE uuid = ?1")?.execute([id.as_bytes()])?;
    if let (Some(a), Some(b), false) = (link.a, link.b, withdrawn) {
        conn.prepare_cached("INSERT INTO link (uuid, a, b, same) VALUES (?1, ?2, ?3, ?4)")?.execute((
            id.as_bytes(),
            a.as_bytes(),
            b.as_bytes(),
            !link.different,
        ))?;
    }
    Ok(())
}

fn put_transfer(conn: &Connection, id: &Uuid, transfer: &Transfer, withdrawn: bool) -> Result<()> {
    conn.prepare_cached("DELETE FROM transfer WHERE uuid = ?1")?.execute([id.as_bytes()])?;
    if let (Some(complaint), Some(from), Some(to), false) = (transfer.complaint, transfer.from, transfer.to, withdrawn)
    {
        let state = transfer.state.map_or("", TransferState::as_str);
        conn.prepare_cached(
            "INSERT INTO transfer (uuid, complaint, from_office, to_office, state, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            id.as_bytes(),
            complaint.as_bytes(),
            from.as_bytes(),
            to.as_bytes(),
            state,
            transfer.after.map(|after| *after.as_bytes()),
        ))?;
    }
    Ok(())
}

/// Writes the row of a business; a withdrawn one goes.
pub(crate) fn put_business(
    conn: &Connection,
    id: &Uuid,
    business: &Business,
    (office, withdrawn): (i64, bool),
) -> Result<()> {
    conn.prepare_cached("DELETE FROM business WHERE uuid = ?1")?.execute([id.as_bytes()])?;
    if withdrawn {
        return Ok(());
    }
    conn.prepare_cached(
        "INSERT INTO business (uuid, office, name, uscc, phone, address, aliases, merged_into)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(rusqlite::params![
        id.as_bytes(),
        office,
        business.name,
        business.uscc,
        business.phone,
        business.address,
        business.aliases.join("\n"),
        business.merged_into.map(|id| *id.as_bytes()),
    ])?;
    Ok(())
}

fn put_office(conn: &Connection, id: &Uuid, office: &Office) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO office (uuid, code, kind, name, area_code) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (uuid) DO UPDATE SET code = ?2, kind = ?3, name = ?4, area_code = ?5",
    )?
    .execute((
        id.as_bytes(),
        office.code.as_ref().map(OfficeCode::to_string).unwrap_or_default(),
        office.kind.map_or("", redress_domain::case_no::OfficeKind::as_str),
        &office.name,
        &office.area_code,
    ))?;
    Ok(())
}

fn put_device(conn: &Connection, id: &Uuid, device: &Device) -> Result<()> {
    let office = device.office.unwrap_or_default();
    let revoked = device.revoked_at.as_ref().map(serde_json::to_string).transpose();
    let revoked = revoked.map_err(|error| StoreError::Refused(error.to_string()))?;
    conn.prepare_cached(
        "INSERT INTO device (uuid, office, signing_key, recipient, label, revoked) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (uuid) DO UPDATE
         SET office = ?2, signing_key = ?3, recipient = ?4, label = ?5, revoked = ?6",
    )?
    .execute((
        id.as_bytes(),
        office.as_bytes(),
        &device.signing_key,
        &device.recipient,
        &device.label,
        revoked,
    ))?;
    Ok(())
}

fn put_operator(conn: &Connection, id: &Uuid, operator: &Operator) -> Result<()> {
    let office = operator.office.unwrap_or_default();
    conn.prepare_cached(
        "INSERT INTO operator (uuid, office, name, role, retired) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (uuid) DO UPDATE SET office = ?2, name = ?3, role = ?4, retired = ?5",
    )?
    .execute((
        id.as_bytes(),
        office.as_bytes(),
        &operator.name,
        operator.role.map_or("", Role::as_str),
        operator.retired_on.is_some(),
    ))?;
    Ok(())
}

/// Writes the row of an activity; a withdrawn one goes.
pub(crate) fn put_activity(
    conn: &Connection,
    id: &Uuid,
    activity: &Activity,
    (office, withdrawn): (i64, bool),
) -> Result<()> {
    conn.prepare_cached("DELETE FROM activity WHERE uuid = ?1")?.execute([id.as_bytes()])?;
    if withdrawn {
        return Ok(());
    }
    conn.prepare_cached(include_str!("sql/activity_put.sql"))?.execute(rusqlite::params![
        id.as_bytes(),
        office,
        activity.kind,
        activity.on.map_or(0, CivilDate::day_number),
        activity.title,
        activity.place,
        activity.business.map(|id| *id.as_bytes()),
        activity.business_name,
        activity.people,
        activity.materials,
        activity.firms,
        activity.units,
    ])?;
    Ok(())
}

/// Writes the row of a volunteer; a withdrawn one goes.
pub(crate) fn put_volunteer(
    conn: &Connection,
    id: &Uuid,
    volunteer: &Volunteer,
    (office, withdrawn): (i64, bool),
) -> Result<()> {
    conn.prepare_cached("DELETE FROM volunteer WHERE uuid = ?1")?.execute([id.as_bytes()])?;
    if !withdrawn {
        conn.prepare_cached("INSERT INTO volunteer (uuid, office, name) VALUES (?1, ?2, ?3)")?.execute((
            id.as_bytes(),
            office,
            &volunteer.name,
        ))?;
    }
    Ok(())
}

/// Writes the rows of an attachment, one for each office that sees its record. A withdrawn one can still be found.
pub(crate) fn put_attachment(
    conn: &Connection,
    id: &Uuid,
    attachment: &Attachment,
    (offices, withdrawn): (&[i64], bool),
) -> Result<()> {
    conn.prepare_cached("DELETE FROM attachment WHERE uuid = ?1")?.execute([id.as_bytes()])?;
    let Some(complaint) = attachment.complaint else { return Ok(()) };
    let mut insert = conn.prepare_cached(
        "INSERT INTO attachment (uuid, office, complaint, blake3, withdrawn) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for office in offices {
        insert.execute((id.as_bytes(), office, complaint.as_bytes(), attachment.digest(), withdrawn))?;
    }
    Ok(())
}

fn put_department(conn: &Connection, id: &Uuid, department: &Department, withdrawn: bool) -> Result<()> {
    if withdrawn {
        conn.prepare_cached("DELETE FROM department WHERE uuid = ?1")?.execute([id.as_bytes()])?;
        return Ok(());
    }
    conn.prepare_cached(
        "INSERT INTO department (uuid, department, year, complaints) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (uuid) DO UPDATE SET department = ?2, year = ?3, complaints = ?4",
    )?
    .execute((id.as_bytes(), &department.department, department.year, department.complaints))?;
    Ok(())
}

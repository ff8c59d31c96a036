//! An office of the directory. Written by the county only.

use uuid::Uuid;

use super::record;
use crate::case_no::{OfficeCode, OfficeKind};
use crate::date::CivilDate;

record! {
    /// 机构
    pub struct Office {
        code: Option<OfficeCode>,
        kind: Option<OfficeKind>,
        name: String,
        /// The county's six-digit area code.
        area_code: String,
        parent: Option<Uuid>,
        closed_on: Option<CivilDate>,
        /// Why it was closed, moved, or handed to somebody else.
        note: String,
        /// Whom to ask for there, and the telephone of the office.
        contact: String,
        phone: String,
        /// The county only: the age recipient whose secret lies in envelopes, the name of that set of shares, and since when
        /// (RFC 3339).
        escrow: String,
        escrow_set: String,
        escrow_on: String,
    }
}

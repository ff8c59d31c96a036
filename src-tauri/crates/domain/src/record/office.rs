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
    }
}

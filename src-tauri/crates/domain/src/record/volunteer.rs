//! A volunteer of an office: who watches, informs, spreads the word.

use super::record;
use crate::date::CivilDate;

record! {
    /// 志愿者
    pub struct Volunteer {
        name: String,
        /// Codes of list `volunteer_role`: 监督员, 信息员, 宣传员.
        roles: Vec<String>,
        /// Normalised, digits only.
        phone: String,
        /// 所在村居或单位
        unit: String,
        since: Option<CivilDate>,
        /// The last day; `None` while they serve.
        until: Option<CivilDate>,
        note: String,
    }
}

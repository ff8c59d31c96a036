//! An activity with the counts the work report needs.

use super::record;
use crate::date::CivilDate;

record! {
    /// 活动
    pub struct Activity {
        /// Code of list `activity`.
        kind: String,
        on: Option<CivilDate>,
        title: String,
        place: String,
        /// 参与群众人次
        people: u32,
        /// 发放资料份数
        materials: u32,
        /// 企业家数
        firms: u32,
        /// 参与单位数
        units: u32,
        /// 现场咨询人次
        consultations: u32,
        /// 现场投诉件数
        complaints: u32,
        result: String,
    }
}

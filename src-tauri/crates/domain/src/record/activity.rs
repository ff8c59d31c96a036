//! An activity with the counts the work report needs: a patrol, a talk, a campaign, a survey, a review.

use uuid::Uuid;

use super::record;
use crate::date::CivilDate;

record! {
    /// 活动
    pub struct Activity {
        /// Code of list `activity`.
        kind: String,
        on: Option<CivilDate>,
        /// The last day, where it took several.
        until: Option<CivilDate>,
        title: String,
        place: String,
        /// Code of list `setting`: where consumers are met.
        setting: String,
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
        /// 发布或播出篇次
        posts: u32,
        /// The business it was about: whom one talked with, who was reviewed.
        business_name: String,
        business: Option<Uuid>,
        /// Who came: officers, volunteers.
        attended: String,
        content: String,
        result: String,
        /// Code of list `review_result`, for a review.
        review_result: String,
        /// What is to be seen to by then.
        follow_up_by: Option<CivilDate>,
    }
}

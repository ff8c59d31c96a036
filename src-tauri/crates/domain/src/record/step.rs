//! A step of the procedure. What the steps together mean is decided in `procedure`.

use uuid::Uuid;

use super::{record, words};
use crate::date::CivilDate;
use crate::money::Fen;

words! {
    /// What happened.
    pub enum StepKind {
        /// 受理
        Accepted = "accepted",
        /// 不予受理
        Refused = "refused",
        /// 转办
        Transferred = "transferred",
        /// 调解
        Mediation = "mediation",
        /// 达成调解协议
        Agreement = "agreement",
        /// 和解
        Settled = "settled",
        /// 撤回
        Withdrawn = "withdrawn",
        /// 终止
        Terminated = "terminated",
        /// 中止 (testing)
        Suspended = "suspended",
        /// 恢复
        Resumed = "resumed",
        /// 履行
        Performed = "performed",
        /// 司法确认
        CourtConfirmation = "court_confirmation",
        /// 回访
        VisitBack = "visit_back",
        /// 归档
        Archived = "archived",
    }
}

words! {
    /// How one mediation meeting ended.
    pub enum MediationOutcome {
        /// 达成一致
        Agreed = "agreed",
        /// 未达成
        Failed = "failed",
        /// 择日再调
        Adjourned = "adjourned",
    }
}

record! {
    /// 办理步骤
    pub struct Step {
        complaint: Option<Uuid>,
        kind: Option<StepKind>,
        on: Option<CivilDate>,
        note: String,
        /// Code of list `refusal_ground` or `termination_ground`, by kind.
        ground: String,
        ground_text: String,
        /// How the parties were told.
        told_how: String,
        /// The body a complaint was transferred to.
        receiver: String,
        place: String,
        people: String,
        mediator: String,
        /// Code of list `mediation_method`.
        method: String,
        outcome: Option<MediationOutcome>,
        /// Code of list `agreement_form`.
        agreement_form: String,
        /// Code of list `performance`.
        performance: String,
        terms: String,
        perform_by: Option<CivilDate>,
        agreed_fen: Option<Fen>,
        signed_consumer_on: Option<CivilDate>,
        signed_respondent_on: Option<CivilDate>,
        signed_mediator_on: Option<CivilDate>,
        sealed_on: Option<CivilDate>,
        /// Code of list `satisfaction`.
        satisfaction: String,
        document_number: String,
    }
}

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
        /// 受委托调解: an authority delegated the mediation to this office, with the consent of both parties
        Delegated = "delegated",
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
        /// Code of list `told_how`; plain words in older records.
        told_how: String,
        told_on: Option<CivilDate>,
        /// The body a complaint was transferred to, that delegated the mediation, or the court that confirmed.
        receiver: String,
        receiver_contact: String,
        /// 随附材料件数, 页数
        enclosures: Option<u32>,
        pages: Option<u32>,
        /// 请于何日前反馈
        reply_by: Option<CivilDate>,
        /// The day on which the delegating authority had accepted: the period runs from there.
        delegator_accepted_on: Option<CivilDate>,
        consent_consumer_on: Option<CivilDate>,
        consent_respondent_on: Option<CivilDate>,
        /// From when to when a meeting took, as written.
        time: String,
        place: String,
        people: String,
        mediator: String,
        recorder: String,
        /// 调解经过
        account: String,
        /// Code of list `mediation_method`.
        method: String,
        outcome: Option<MediationOutcome>,
        /// Code of list `route`: in whose name was mediated.
        mediated_as: String,
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
        /// 生效日期, where somebody knows better than the rule.
        effective_on: Option<CivilDate>,
        performed_fen: Option<Fen>,
        /// Code of list `satisfaction`.
        satisfaction: String,
        document_number: String,
        /// Codes of list `file_item`: what lies in the file.
        contents: Vec<String>,
    }
}

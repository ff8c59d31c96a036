//! A complaint: who, against whom, about what, and what is asked for. Its status is not here: it follows from its steps.

use uuid::Uuid;

use super::record;
use crate::date::CivilDate;
use crate::money::Fen;

record! {
    /// 投诉
    pub struct Complaint {
        /// The number the office gave ([`crate::CaseNo`] as text).
        number: String,
        /// 收到日期: the period for deciding runs from here.
        received_on: Option<CivilDate>,
        /// Code of list `channel`.
        channel: String,
        /// Number at 12315, 12345 or another body.
        external_number: String,
        /// 紧急: to be handled at once.
        urgent: bool,
        /// 投诉人
        consumer_name: String,
        /// Normalised, digits only.
        consumer_phone: String,
        consumer_address: String,
        /// Code of list `id_type`.
        consumer_id_type: String,
        consumer_id_number: String,
        /// 代理人
        agent_name: String,
        agent_phone: String,
        /// Number of consumers of a joint complaint.
        joint_count: Option<u32>,
        /// 告知事项: the consumer was told how the data is used.
        consent_notice: bool,
        /// 同意公示
        consent_publish: bool,
        /// 同意委托调解
        consent_delegate: bool,
        /// 非现场: no signature on paper is expected.
        off_site: bool,
        /// 被投诉人, as the consumer named it.
        respondent_name: String,
        /// The business record it was recognised as.
        respondent: Option<Uuid>,
        /// Code of list `respondent_type`.
        respondent_type: String,
        respondent_contact: String,
        respondent_phone: String,
        respondent_address: String,
        /// 统一社会信用代码
        respondent_uscc: String,
        goods_name: String,
        goods_brand: String,
        goods_model: String,
        /// Quantity as typed: "2", "半".
        goods_quantity: String,
        goods_unit: String,
        price_fen: Option<Fen>,
        /// Code of list `class`, major or sub.
        class: String,
        /// Code of list `nature`.
        nature: String,
        happened_on: Option<CivilDate>,
        bought_on: Option<CivilDate>,
        /// 争议金额
        dispute_fen: Option<Fen>,
        facts: String,
        request: String,
        /// Codes of list `request`.
        request_kinds: Vec<String>,
        /// Codes of list `evidence`.
        evidence: Vec<String>,
        evidence_note: String,
        /// 是否已由其他部门处理
        elsewhere: bool,
        elsewhere_note: String,
        /// The consultation it came from.
        consultation: Option<Uuid>,
        /// The county's own number, an alias.
        county_number: String,
        /// The day on which something was added after the case was filed, until somebody has reviewed it.
        added_on: Option<CivilDate>,
    }
}

//! A business complained about, with the other names people use for it.

use super::record;

record! {
    /// 经营者
    pub struct Business {
        name: String,
        /// 统一社会信用代码
        uscc: String,
        /// Code of list `respondent_type`.
        kind: String,
        phone: String,
        address: String,
        aliases: Vec<String>,
    }
}

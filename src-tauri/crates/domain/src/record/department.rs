//! What a member department handled in a year: a separate total, never added to the committee's own.

use super::record;

record! {
    /// 成员单位年度投诉数
    pub struct Department {
        /// The department's name.
        department: String,
        year: i32,
        complaints: u32,
    }
}

//! Two complaints that somebody has compared: one matter, which counts once, or two. Both are kept in any case;
//! withdrawing the link takes the judgement back.

use uuid::Uuid;

use super::record;

record! {
    /// 同一事项
    pub struct Link {
        a: Option<Uuid>,
        b: Option<Uuid>,
        /// Somebody looked at both and they are different matters; absent: they are one.
        different: bool,
        reason: String,
    }
}

//! Two complaints that are one matter: counted once, both kept; withdrawing the link takes it back.

use uuid::Uuid;

use super::record;

record! {
    /// 同一事项
    pub struct Link {
        a: Option<Uuid>,
        b: Option<Uuid>,
        reason: String,
    }
}

//! An operator: a person who works on a device. Passphrases are not a record's business.

use uuid::Uuid;

use super::{record, words};

words! {
    /// What an operator may do.
    pub enum Role {
        /// 登记员
        Clerk = "clerk",
        /// 调解员
        Mediator = "mediator",
        /// 负责人
        Supervisor = "supervisor",
        /// 只读
        Reader = "reader",
    }
}

record! {
    /// 经办人
    pub struct Operator {
        office: Option<Uuid>,
        name: String,
        role: Option<Role>,
    }
}

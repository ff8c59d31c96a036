//! An operator: a person who works on a device. Passphrases are not a record's business.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{record, words};
use crate::date::CivilDate;

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

words! {
    /// By what means an operator got a new passphrase without the old one.
    pub enum AccessWay {
        /// A supervisor of the office set it.
        Supervisor = "supervisor",
        /// The recovery card of the store.
        Card = "card",
        /// The county opened the store.
        County = "county",
    }
}

/// A passphrase that was set by somebody who did not know the old one. Who wrote the entry says who; its time says when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Access {
    /// By what means; none for one of a newer program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<AccessWay>,
    /// Who at the county agreed, by name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agreed_by: String,
}

record! {
    /// 经办人
    pub struct Operator {
        office: Option<Uuid>,
        name: String,
        role: Option<Role>,
        /// No longer works here.
        retired_on: Option<CivilDate>,
        /// How they last got a new passphrase without the old one.
        access: Option<Access>,
    }
}

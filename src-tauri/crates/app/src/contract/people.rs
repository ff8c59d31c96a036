//! Types around the people who work here: their roles, their passphrases, and what is set for this PC.

use std::fmt;

use redress_domain::CivilDate;
use redress_domain::record::{AccessWay, Role};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Something nobody may read back: wiped when it is dropped, and never printed.
#[derive(Clone, Default, Deserialize, Serialize, TS, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct Secret(String);

impl Secret {
    /// What was typed.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Secret(…)")
    }
}

/// An operator of this office.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OperatorListed {
    pub id: String,
    pub name: String,
    pub role: Role,
    pub retired_on: Option<CivilDate>,
    /// Has a passphrase on this PC.
    pub signs_in: bool,
    /// Is the one who is signed in.
    pub is_self: bool,
    /// How they last got a new passphrase without the old one.
    pub access: Option<AccessView>,
    pub heads: Vec<String>,
}

/// A passphrase that was set without the old one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AccessView {
    pub way: Option<AccessWay>,
    /// Who set it.
    pub by: String,
    pub at: String,
    /// Who at the county agreed.
    pub agreed_by: String,
}

/// Somebody new, with a passphrase of their own.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AddOperator {
    pub name: String,
    pub role: Role,
    pub passphrase: Secret,
}

/// Another name, or another role.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AmendOperator {
    pub id: String,
    pub name: String,
    pub role: Role,
}

/// Somebody who leaves: what they wrote stays, their passphrase opens nothing any more.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RetireOperator {
    pub id: String,
}

/// Gives somebody of this office a new passphrase on this PC.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ResetPassphrase {
    pub id: String,
    pub passphrase: Secret,
}

/// A new passphrase for whoever is signed in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangePassphrase {
    pub old: Secret,
    pub new: Secret,
}

/// Shows a record in full; who looked, and when, is noted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Reveal {
    pub id: String,
    /// What for; may be left out.
    #[serde(default)]
    pub reason: String,
}

/// A telephone number in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Telephone {
    pub phone: String,
}

/// A look at a record in full.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ViewListed {
    pub at: String,
    pub operator: String,
    pub record: String,
    pub kind: String,
    /// The case number, if it has one.
    pub number: String,
    pub title: String,
    pub reason: String,
}

/// What is set for this PC.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Settings {
    /// The window locks itself after so many idle minutes.
    pub lock_after_min: u32,
    /// A copy is made here by itself whenever the folder or stick is there.
    pub backup_folder: Option<String>,
}

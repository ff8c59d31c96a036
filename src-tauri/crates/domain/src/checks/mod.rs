//! Numbers that carry their own check: whether one can be right, and why not. It must not refuse anything for a form:
//! a paper may be misprinted, so forms warn and go on.

mod area;
mod organisation;
mod registration;
mod resident;

use serde::Serialize;
use ts_rs::TS;

use crate::case_no::{CaseNo, CaseNoError};
use crate::digits::squeeze;
use crate::record::words;
use crate::validate::normal_phone;

pub use organisation::{is_credit_code, is_organisation_code};
pub use registration::is_registration;

words! {
    /// What a number is said to be.
    pub enum CheckKind {
        /// 居民身份证号码, 18 characters, or 15 digits of the first generation (GB 11643)
        ResidentId = "resident-id",
        /// 统一社会信用代码 (GB 32100), with the organisation code inside it (GB 11714)
        Uscc = "uscc",
        /// 组织机构代码 (GB 11714)
        OrganisationCode = "organisation-code",
        /// 工商注册号 of 15 digits, ISO 7064 MOD 11,10
        OldRegistration = "old-registration",
        /// 电话
        Phone = "phone",
        /// 行政区划代码 of six digits (GB/T 2260)
        AreaCode = "area-code",
        /// 案件编号 of this program
        CaseNo = "case-no",
    }
}

words! {
    /// Why a number cannot be right.
    pub enum CheckFault {
        /// Nothing was given.
        Empty = "empty",
        /// Not as many characters as it must have.
        Length = "length",
        /// A character that cannot stand where it stands.
        Character = "character",
        /// No province begins with these digits.
        Area = "area",
        /// The birth date inside it is no day.
        BirthDate = "birth_date",
        /// It has the right form, but its check does not fit: most likely two digits were swapped or one misread.
        Check = "check",
        /// The organisation code inside a credit code does not fit its own check.
        InnerCheck = "inner_check",
        /// It does not have the form of such a number.
        Form = "form",
    }
}

/// The number in its plain form (half-width, without spaces, capital letters), or why it cannot be right.
pub fn check(kind: CheckKind, text: &str) -> Result<String, CheckFault> {
    let plain = squeeze(text).to_ascii_uppercase();
    if plain.is_empty() {
        return Err(CheckFault::Empty);
    }
    match kind {
        CheckKind::ResidentId => resident::check(&plain)?,
        CheckKind::Uscc => organisation::check_credit(&plain)?,
        CheckKind::OrganisationCode => organisation::check(&plain)?,
        CheckKind::OldRegistration => registration::check(&plain)?,
        CheckKind::Phone => return normal_phone(text).ok_or(CheckFault::Form),
        CheckKind::AreaCode => area::check(&plain)?,
        CheckKind::CaseNo => return case_no(&plain),
    }
    Ok(plain)
}

fn case_no(text: &str) -> Result<String, CheckFault> {
    CaseNo::parse(text).map(|number| number.to_string()).map_err(|error| match error {
        CaseNoError::WrongCheck => CheckFault::Check,
        CaseNoError::Invalid | CaseNoError::OfficeCode => CheckFault::Form,
    })
}

/// One line of many that were checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize, TS)]
pub struct Checked {
    /// As it was given.
    pub text: String,
    /// Its plain form, when it can be right.
    pub plain: Option<String>,
    /// Why it cannot be right.
    pub fault: Option<CheckFault>,
}

impl Checked {
    /// Checks one line.
    pub fn of(kind: CheckKind, text: &str) -> Checked {
        let (plain, fault) = match check(kind, text) {
            Ok(plain) => (Some(plain), None),
            Err(fault) => (None, Some(fault)),
        };
        Checked { text: text.to_owned(), plain, fault }
    }
}

/// The value of each character in an alphabet, when all are in it.
fn values_in(alphabet: &[u8], text: &str) -> Option<Vec<u32>> {
    text.bytes().map(|byte| alphabet.iter().position(|letter| *letter == byte)).map(|at| Some(at? as u32)).collect()
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

//! Types around what helps while somebody writes: periods, numbers with a check, forms looked at while they are typed.

use redress_domain::checks::{CheckKind, Checked};
use redress_domain::deadline::Unit;
use redress_domain::procedure::Status;
use redress_domain::record::{ActivityInput, ComplaintInput, ConsultationInput, LossInput, StepInput, VolunteerInput};
use redress_domain::timetable::PackKind;
use redress_domain::{CivilDate, FormCheck};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// When a period ends.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DeadlineQuery {
    /// Name of a rule, as `SD-CA-ACCEPT`.
    pub rule: String,
    /// The day of the event, as people write it.
    pub on: String,
    /// Calendar days that do not count.
    #[serde(default)]
    pub excluded_days: u32,
}

/// The end of a period, and the rule behind it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Deadline {
    pub rule: String,
    /// Who must act, and what must be done.
    pub actor: String,
    pub step: String,
    /// The event, and its day.
    pub counted_from: String,
    pub on: CivilDate,
    pub period: u16,
    pub unit: Unit,
    /// The last day on which it is still in time.
    pub due: CivilDate,
    /// The last day before it was moved off a rest day.
    pub raw_due: CivilDate,
    /// A year without calendar data was counted Monday to Friday.
    pub estimated: bool,
    pub basis: String,
    pub in_force_from: Option<CivilDate>,
    pub in_force_to: Option<CivilDate>,
    pub time_not_counted: String,
    pub extension: String,
    /// The text of the law was found and says so.
    pub checked: bool,
}

/// Numbers of one kind.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NumbersToCheck {
    pub kind: CheckKind,
    pub lines: Vec<String>,
}

/// Numbers that were checked, in the order given.
pub type CheckedNumbers = Vec<Checked>;

/// A form as far as it is typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum TypedForm {
    Complaint { input: ComplaintInput },
    Consultation { input: ConsultationInput },
    Step { input: StepInput },
    Loss { input: LossInput },
    Activity { input: ActivityInput },
    Volunteer { input: VolunteerInput },
    Period { input: TypedPeriod },
}

/// From when to when a list or the totals are wanted, as people write days.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TypedPeriod {
    pub from: String,
    pub to: String,
}

/// What can be said of it.
pub type CheckedForm = FormCheck;

/// What is typed of a complaint so far.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SimilarQuery {
    pub phone: String,
    pub respondent: String,
}

/// An earlier complaint of the same person or against the same business.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SimilarCase {
    pub id: String,
    pub number: String,
    pub received_on: Option<CivilDate>,
    pub consumer_name: String,
    pub respondent_name: String,
    pub goods_name: String,
    pub status: Status,
    pub same_phone: bool,
    pub same_business: bool,
}

/// A pack that the county has sent.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PackView {
    pub kind: PackKind,
    /// "2027" of calendars.
    pub name: String,
}

/// What periods are counted with here.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Packs {
    /// The last year whose calendar is known; later days are estimated.
    pub calendar_until: i32,
    pub rules: u64,
    /// Working days to decide on acceptance, by the newest rule.
    pub accept_days: u16,
    pub sent: Vec<PackView>,
}

//! Types around the work besides complaints: activities and volunteers.

use redress_domain::CivilDate;
use redress_domain::record::{ActivityInput, VolunteerInput};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which record a form was filled from; a new one has no id.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Written {
    pub id: Option<String>,
    /// The heads that the form was filled from.
    pub seen: Vec<String>,
}

/// Writes an activity down, or changes one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActivityWritten {
    pub at: Written,
    pub input: ActivityInput,
}

/// Which activities to list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActivityQuery {
    pub kind: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
    pub limit: u32,
}

/// An activity in a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(rename = "ActivityListed")]
pub struct ListedActivity {
    pub id: String,
    pub kind: String,
    pub on: Option<CivilDate>,
    pub title: String,
    pub place: String,
    pub business_name: String,
    pub people: i64,
    pub materials: i64,
    pub firms: i64,
    pub units: i64,
    pub office_name: String,
}

/// One activity.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActivityView {
    pub id: String,
    pub heads: Vec<String>,
    pub input: ActivityInput,
    /// The reason, when it has been withdrawn.
    pub withdrawn: Option<String>,
    pub office_name: String,
}

/// Writes a volunteer down, or changes one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VolunteerWritten {
    pub at: Written,
    pub input: VolunteerInput,
}

/// A volunteer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VolunteerView {
    pub id: String,
    pub heads: Vec<String>,
    pub input: VolunteerInput,
    /// Still a volunteer today.
    pub serves: bool,
    pub office_name: String,
}

/// A business by its record, or by a name that somebody wrote.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BusinessKey {
    pub id: Option<String>,
    pub name: String,
}

/// A business with everything that is known of it here.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BusinessPage {
    /// Its record with what was merged into it; absent for a name that nobody wrote down as a business yet.
    pub business: Option<super::BusinessView>,
    pub name: String,
    /// The names under which it was complained about.
    pub names: Vec<String>,
    pub complaints: u64,
    pub open: u64,
    /// Ended by agreement or settlement.
    pub settled: u64,
    /// Ended in any way but refused, transferred, withdrawn.
    pub ended: u64,
    pub dispute_fen: i64,
    pub recovered_fen: i64,
    /// The newest cases.
    pub cases: Vec<super::ComplaintRow>,
    /// Talks and reviews, the newest first.
    pub talks: Vec<ListedActivity>,
}

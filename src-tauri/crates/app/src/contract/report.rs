//! Types of the totals.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A period, and one office or all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TotalsQuery {
    pub from: String,
    pub to: String,
    pub office: Option<String>,
}

/// The totals of a period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Totals {
    pub from: String,
    pub to: String,
    pub complaints: u64,
    pub accepted: u64,
    pub refused: u64,
    pub closed: u64,
    pub agreed: u64,
    pub settled: u64,
    pub terminated: u64,
    pub withdrawn: u64,
    pub consultations: u64,
    pub consultation_persons: u64,
    pub dispute_fen: i64,
    pub recovered_fen: i64,
    pub by_kind: Vec<MoneyRow>,
    pub by_route: Vec<MoneyRow>,
    /// The same period of the year before.
    pub previous: PreviousTotals,
    pub by_office: Vec<OfficeTotals>,
    pub by_nature: Vec<CountRow>,
    pub by_class: Vec<CountRow>,
    pub by_channel: Vec<CountRow>,
    pub by_month: Vec<MonthRow>,
    /// Member departments: a total of their own, never added.
    pub departments: Vec<DepartmentTotals>,
    pub department_complaints: u64,
    pub activities: Vec<ActivityRow>,
    pub completeness: Completeness,
}

/// Money by a code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MoneyRow {
    pub code: String,
    pub count: i64,
    pub amount_fen: i64,
}

/// Last year's figures beside this year's.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreviousTotals {
    pub complaints: u64,
    pub consultations: u64,
    pub recovered_fen: i64,
}

/// One office.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct OfficeTotals {
    pub office: String,
    pub code: String,
    pub name: String,
    pub complaints: u64,
    pub closed: u64,
    pub consultations: u64,
    pub recovered_fen: i64,
}

/// Complaints by a code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CountRow {
    pub code: String,
    pub count: u64,
    /// Percent of all complaints, two decimals.
    pub share: String,
    pub recovered_fen: i64,
}

/// One month.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MonthRow {
    /// `2026-03`.
    pub month: String,
    pub complaints: u64,
    pub recovered_fen: i64,
}

/// What one member department handled in a year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(rename = "DepartmentRow")]
pub struct DepartmentTotals {
    pub id: String,
    pub department: String,
    pub year: i64,
    pub complaints: i64,
}

/// Work besides complaints.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActivityRow {
    pub kind: String,
    pub count: i64,
    pub people: i64,
    pub materials: i64,
    pub firms: i64,
    pub units: i64,
}

/// How complete a report is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Completeness {
    pub offices: u64,
    pub reporting: u64,
    /// Names of the offices that have never sent a bundle.
    pub missing: Vec<String>,
    /// The oldest of the newest bundles.
    pub oldest_bundle_at: Option<String>,
}

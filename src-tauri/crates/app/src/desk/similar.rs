//! `complaint.similar`: earlier cases of the same person or against the same business, shown while somebody types.
//! It must not block: the same person may complain twice, and most do not.

use redress_domain::procedure::Status;
use redress_domain::validate::normal_phone;
use redress_store::query::lists::ComplaintListed;

use crate::App;
use crate::contract::{Done, SimilarCase, SimilarQuery};
use crate::error::Result;

/// Complaints against the same business are shown for so long.
const BUSINESS_DAYS: i32 = 90;
const SHOWN: u32 = 5;

/// `complaint.similar`.
pub(crate) fn similar(app: &mut App, query: SimilarQuery) -> Result<Done<Vec<SimilarCase>>> {
    let today = app.today()?;
    let store = &app.session()?.store;
    let phone = normal_phone(&query.phone).unwrap_or_default();
    let name = query.respondent.trim();
    let of_person = if phone.is_empty() { Vec::new() } else { store.complaints_of_phone(&phone, SHOWN)? };
    let since = today.add_days(-BUSINESS_DAYS);
    let of_business = if name.is_empty() { Vec::new() } else { store.complaints_since(name, since, SHOWN)? };
    let is_of = |rows: &[ComplaintListed], row: &ComplaintListed| rows.iter().any(|other| other.id == row.id);
    let mut cases: Vec<SimilarCase> = of_person
        .iter()
        .chain(of_business.iter().filter(|row| !is_of(&of_person, row)))
        .map(|row| view(row, (is_of(&of_person, row), is_of(&of_business, row))))
        .collect();
    cases.sort_by_key(|case| (!(case.same_phone && case.same_business), std::cmp::Reverse(case.received_on)));
    Done::read(cases)
}

fn view(row: &ComplaintListed, (same_phone, same_business): (bool, bool)) -> SimilarCase {
    SimilarCase {
        id: row.id.to_string(),
        number: row.number.clone(),
        received_on: row.received_on,
        consumer_name: row.consumer_name.clone(),
        respondent_name: row.respondent_name.clone(),
        goods_name: row.goods_name.clone(),
        status: Status::parse(&row.status).unwrap_or(Status::Registered),
        same_phone,
        same_business,
    }
}

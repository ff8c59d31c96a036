//! The plan of the sample county: every office with its complaints, consultations, activities and department totals.
//! Pure: the same seed gives the same plan; it writes nothing, gives out no ids and knows no clock.
//!
//! Whoever turns the plan into records sets `Step::complaint`, `Loss::complaint`, `Loss::reverses` and
//! `Consultation::complaint` to the ids it gives out.

use redress_domain::case_no::OfficeKind;
use redress_domain::record::{Activity, Consultation, Department};
use redress_domain::{CaseNo, CivilDate, OfficeCode};
use std::collections::BTreeMap;

use super::cases::{self, Draft, Place};
use super::chance::Chance;
use super::goods::QUESTIONS;
use super::names::{self, TOWNS};
use super::yearly;

pub use super::cases::{PlannedComplaint, PlannedLoss};

/// Complaints in eight years.
pub const COMPLAINTS: usize = 4_000;
/// Consultations in eight years.
pub const CONSULTATIONS: usize = 1_000;
/// Recovered losses of kind `recovered` in eight years, net of reversals: 1,500,000.00 yuan.
pub const RECOVERED_FEN: i64 = 150_000_000;

/// A whole county.
#[derive(Debug, Clone, PartialEq)]
pub struct SamplePlan {
    /// Six-digit area code.
    pub area_code: &'static str,
    /// The county first, then each branch followed by its stations.
    pub offices: Vec<PlannedOffice>,
}

/// One office and everything it recorded, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedOffice {
    /// "0000", "0100", "0107".
    pub code: OfficeCode,
    /// What it is.
    pub kind: OfficeKind,
    /// Its name.
    pub name: String,
    /// An invented person who works there.
    pub operator: String,
    /// Its complaints, numbered in the order they were received.
    pub complaints: Vec<PlannedComplaint>,
    /// Its consultations.
    pub consultations: Vec<PlannedConsultation>,
    /// Its activities.
    pub activities: Vec<Activity>,
    /// Member departments' totals (county only).
    pub departments: Vec<Department>,
}

/// A consultation.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedConsultation {
    /// Without ids.
    pub consultation: Consultation,
    /// Index of the complaint of the same office that it became.
    pub became: Option<usize>,
}

/// The plan's first day.
pub fn first_day() -> CivilDate {
    CivilDate::new(2018, 11, 1).unwrap_or(CivilDate::MIN)
}

/// The plan's last day: nothing in it is later, except days agreed on for performance.
pub fn last_day() -> CivilDate {
    CivilDate::new(2026, 10, 31).unwrap_or(CivilDate::MAX)
}

/// An office while the plan is made.
struct Seat {
    office: PlannedOffice,
    town: &'static str,
    village: &'static str,
    /// How many complaints it gets, relative to the others.
    weight: u32,
}

/// The county of a seed.
pub fn plan(seed: u64) -> SamplePlan {
    let mut seats = seats(seed);
    let mut drafts: Vec<Vec<Draft>> = draw_drafts(seed, &seats);
    balance_all(&mut drafts);
    for (seat, drafts) in seats.iter_mut().zip(&drafts) {
        write_complaints(seed, seat, drafts);
    }
    add_consultations(seed, &mut seats);
    let mut offices: Vec<PlannedOffice> = seats.into_iter().map(|seat| seat.office).collect();
    for office in &mut offices {
        add_yearly(seed, office);
    }
    SamplePlan { area_code: names::AREA_CODE, offices }
}

fn seat(seed: u64, code: (u8, u8), name: String, (town, village): (&'static str, &'static str)) -> Seat {
    let code = OfficeCode::new(code.0, code.1).unwrap_or(OfficeCode::COUNTY);
    let part = u64::from(code.branch()) * 100 + u64::from(code.station());
    let mut chance = Chance::fork(seed.rotate_left(17), part);
    let weight = match code.kind() {
        OfficeKind::County => 240,
        OfficeKind::Branch => 40,
        OfficeKind::Station => 24 + chance.below(50),
    };
    let office = PlannedOffice {
        code,
        kind: code.kind(),
        name,
        operator: names::person(&mut chance),
        complaints: Vec::new(),
        consultations: Vec::new(),
        activities: Vec::new(),
        departments: Vec::new(),
    };
    Seat { office, town, village, weight }
}

fn seats(seed: u64) -> Vec<Seat> {
    let mut seats = vec![seat(seed, (0, 0), names::COUNTY_NAME.to_owned(), ("桓台县", "县消保委接待室"))];
    for (branch, town) in (1..).zip(&TOWNS) {
        seats.push(seat(seed, (branch, 0), names::branch_name(town), (town.name, "分会调解室")));
        for (station, place) in (1..).zip(town.places) {
            seats.push(seat(seed, (branch, station), names::station_name(town, place), (town.name, place)));
        }
    }
    seats
}

/// Drafts by office, each office's in the order received. The last one of every office is recent, and many of these
/// are still open, so that the program has something to show on its first screen.
fn draw_drafts(seed: u64, seats: &[Seat]) -> Vec<Vec<Draft>> {
    let mut chance = Chance::new(seed);
    let places: Vec<usize> = (0..seats.len()).collect();
    let mut days: Vec<Vec<CivilDate>> = seats.iter().map(|_| vec![recent_day(&mut chance)]).collect();
    for _ in seats.len()..COMPLAINTS {
        let office = *chance.weighted(&places, |i| seats[*i].weight);
        days[office].push(busy_day(&mut chance));
    }
    let mut index = 0;
    let mut drafts = Vec::with_capacity(days.len());
    for mut days in days {
        days.sort_unstable();
        let last = days.len() - 1;
        let mut of_office = Vec::with_capacity(days.len());
        for (i, day) in days.into_iter().enumerate() {
            index += 1;
            let recent = day >= last_day().add_days(-RECENT_DAYS);
            let open = recent && chance.percent(if i == last { 45 } else { 10 });
            of_office.push(Draft::draw(seed, index, day, (open, last_day())));
        }
        drafts.push(of_office);
    }
    drafts
}

/// The last weeks of the plan: what is accepted in them falls due in November and December 2026.
const RECENT_DAYS: i32 = 42;

fn recent_day(chance: &mut Chance) -> CivilDate {
    last_day().add_days(-chance.between(4, RECENT_DAYS))
}

/// A day of the eight years: more in later years, in March (15 March) and in the sowing months, fewer on Sundays.
fn busy_day(chance: &mut Chance) -> CivilDate {
    let span = last_day().day_number() - first_day().day_number();
    loop {
        let day = first_day().add_days(chance.between(0, span));
        let by_year = 60 + 5 * (day.year() - 2018).unsigned_abs();
        let by_month = match day.month() {
            3 => 100,
            4 | 6 | 10 => 75,
            1 | 2 => 55,
            _ => 62,
        };
        let by_weekday = if day.weekday().num_days_from_monday() == 6 { 40 } else { 100 };
        if chance.percent(by_year * by_month / 100) && chance.percent(by_weekday) {
            return day;
        }
    }
}

/// Balances the recovered losses of the whole county; every office gives or takes a little.
fn balance_all(drafts: &mut [Vec<Draft>]) {
    let lengths: Vec<usize> = drafts.iter().map(Vec::len).collect();
    let mut all: Vec<Draft> = drafts.iter_mut().flat_map(std::mem::take).collect();
    let order = |draft: &Draft| draft.index.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    all.sort_unstable_by_key(order);
    cases::balance(&mut all, RECOVERED_FEN);
    all.sort_unstable_by_key(|draft| draft.index);
    let mut all = all.into_iter();
    for (office, length) in drafts.iter_mut().zip(lengths) {
        office.extend(all.by_ref().take(length));
    }
}

fn write_complaints(seed: u64, seat: &mut Seat, drafts: &[Draft]) {
    let operator = seat.office.operator.clone();
    let place = Place { kind: seat.office.kind, town: seat.town, village: seat.village, mediator: &operator };
    let mut sequences: BTreeMap<i32, u32> = BTreeMap::new();
    for draft in drafts {
        let mut planned = cases::write(seed, draft, &place, last_day());
        let year = draft.received.year();
        let sequence = sequences.entry(year).or_default();
        *sequence += 1;
        let number = CaseNo::issue(names::AREA_CODE, &seat.office.code, year, *sequence);
        planned.complaint.number = number.map(|n| n.to_string()).unwrap_or_default();
        seat.office.complaints.push(planned);
    }
}

/// Consultations: a third at the county, some at events, a few of them became complaints.
fn add_consultations(seed: u64, seats: &mut [Seat]) {
    let mut chance = Chance::fork(seed, u64::MAX / 3);
    let places: Vec<usize> = (0..seats.len()).collect();
    for _ in 0..CONSULTATIONS {
        let office = if chance.percent(33) { 0 } else { *chance.weighted(&places, |i| seats[*i].weight) };
        let office = &mut seats[office].office;
        let consultation = consultation(&mut chance);
        office.consultations.push(PlannedConsultation { consultation, became: None });
    }
    for seat in seats {
        seat.office.consultations.sort_by_key(|c| c.consultation.asked_on);
        link_to_complaints(&mut chance, &mut seat.office);
    }
}

fn consultation(chance: &mut Chance) -> Consultation {
    let (topic, content, answer, basis) = chance.pick(QUESTIONS);
    let asked_on = busy_day(chance);
    let at_event = asked_on.month() == 3 && asked_on.day() == 15;
    let way = if at_event { "CW03" } else { chance.weighted(&[("CW01", 60), ("CW02", 40)], |w| w.1).0 };
    let named = chance.percent(65);
    Consultation {
        asked_on: Some(asked_on),
        way: way.to_owned(),
        asker_name: if named { names::person(chance) } else { String::new() },
        asker_phone: if named && way == "CW02" { names::phone(chance) } else { String::new() },
        persons: if chance.percent(6) { 2 + chance.below(4) } else { 1 },
        topic: topic.to_owned(),
        content: content.to_owned(),
        answer: answer.to_owned(),
        basis: basis.to_owned(),
        ..Consultation::default()
    }
}

/// Somebody who asked how to complain within the days before a complaint may have come back with it.
fn link_to_complaints(chance: &mut Chance, office: &mut PlannedOffice) {
    let PlannedOffice { complaints, consultations, .. } = office;
    let mut taken = vec![false; complaints.len()];
    for planned in consultations.iter_mut().filter(|c| c.consultation.topic == "CT02") {
        let Some(asked) = planned.consultation.asked_on else {
            continue;
        };
        let soon_after = |on: CivilDate| (asked..=asked.add_days(10)).contains(&on);
        let found = complaints.iter().position(|c| c.complaint.received_on.is_some_and(soon_after));
        if let Some(index) = found.filter(|i| !taken[*i] && chance.percent(60)) {
            taken[index] = true;
            planned.became = Some(index);
            planned.consultation.asker_name.clone_from(&complaints[index].complaint.consumer_name);
        }
    }
}

fn add_yearly(seed: u64, office: &mut PlannedOffice) {
    match office.kind {
        OfficeKind::County => {
            office.activities = yearly::county_activities(seed);
            office.departments = yearly::departments(seed);
        }
        OfficeKind::Branch => {
            let stations = TOWNS[usize::from(office.code.branch()) - 1].places.len() as u32;
            office.activities = yearly::branch_activities(seed, office.code.branch(), stations);
        }
        OfficeKind::Station => {}
    }
}

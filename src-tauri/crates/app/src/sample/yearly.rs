//! What the sample county does in a year beside its cases: campaigns, consumer experience, patrols, training, and the
//! member departments' own totals, which are never added to the committee's.

use redress_domain::CivilDate;
use redress_domain::record::{Activity, Department};

use super::chance::Chance;

/// Leaflets of all campaigns together.
pub(super) const LEAFLETS: u32 = 100_000;
/// Complaints handled by the member departments in eight years.
pub(super) const DEPARTMENT_COMPLAINTS: u32 = 40_000;

const YEARS: std::ops::RangeInclusive<i32> = 2019..=2026;
/// Campaigns in eight years, two a year.
const CAMPAIGNS: u32 = 16;
const UNITS_PER_CAMPAIGN: u32 = 20;

/// Departments and their share of the departments' complaints, in percent.
const DEPARTMENTS: [(&str, u32); 10] = [
    ("县市场监督管理局", 46),
    ("县住房和城乡建设局", 11),
    ("县交通运输局", 9),
    ("县教育和体育局", 8),
    ("县农业农村局", 6),
    ("县文化和旅游局", 5),
    ("县卫生健康局", 5),
    ("县商务局", 4),
    ("县综合行政执法局", 4),
    ("县邮政管理机构", 2),
];

fn day(year: i32, month: u32, day: u32) -> CivilDate {
    CivilDate::new(year, month, day).unwrap_or(CivilDate::MIN)
}

fn activity(kind: &str, on: CivilDate, title: String) -> Activity {
    Activity { kind: kind.to_owned(), on: Some(on), title, ..Activity::default() }
}

/// The county's own activities.
pub(super) fn county_activities(seed: u64) -> Vec<Activity> {
    let mut chance = Chance::fork(seed, u64::MAX);
    let mut activities = campaigns(&mut chance);
    activities.extend(experiences(&mut chance));
    for year in YEARS {
        let title = format!("{year}年联络站工作人员业务培训");
        let people = 70 + chance.below(20);
        activities.push(Activity { people, units: 79, ..activity("AC03", day(year, 4, 20), title) });
        let title = format!("{year}年预付式消费经营者集中约谈");
        activities.push(Activity { firms: 6 + chance.below(6), ..activity("AC02", day(year, 7, 10), title) });
    }
    activities.sort_by_key(|a| a.on);
    activities
}

/// Two campaigns a year; leaflets go up and down, their sum does not.
fn campaigns(chance: &mut Chance) -> Vec<Activity> {
    let mut campaigns = Vec::new();
    for year in YEARS {
        let swing = chance.below(2_000) / 50 * 50;
        let units = chance.below(5);
        let even = LEAFLETS / CAMPAIGNS;
        let spring = activity("AC04", day(year, 3, 15), format!("{year}年3·15国际消费者权益日集中宣传"));
        let autumn = activity("AC04", day(year, 9, 18), format!("{year}年放心消费进乡村宣传"));
        campaigns.push(Activity {
            place: "县文化广场（样例）".to_owned(),
            people: 1_500 + chance.below(900),
            materials: even + swing,
            units: UNITS_PER_CAMPAIGN + units,
            consultations: 20 + chance.below(40),
            complaints: 2 + chance.below(9),
            ..spring
        });
        campaigns.push(Activity {
            place: "各镇集市（样例）".to_owned(),
            people: 900 + chance.below(700),
            materials: even - swing,
            units: UNITS_PER_CAMPAIGN - units,
            consultations: 10 + chance.below(25),
            complaints: chance.below(5),
            ..autumn
        });
    }
    campaigns
}

/// Eleven events, one firm each.
fn experiences(chance: &mut Chance) -> Vec<Activity> {
    const SUBJECTS: [&str; 11] = [
        "供水",
        "供热",
        "公交出行",
        "超市食品安全",
        "银行网点服务",
        "快递投递",
        "农贸市场计量",
        "校外培训",
        "电动自行车销售",
        "养老服务",
        "网络订餐后厨",
    ];
    let event = |(i, subject): (usize, &&str)| {
        let on = day(2019 + (i as i32 * 8 / 11), 5 + (i as u32 % 3) * 2, 16);
        let title = format!("“{subject}”消费体察活动");
        let people = 12 + chance.below(18);
        Activity {
            people, firms: 1, result: "提出改进建议并已反馈".to_owned(), ..activity("AC05", on, title)
        }
    };
    SUBJECTS.iter().enumerate().map(event).collect()
}

/// A branch patrols its stations once a year.
pub(super) fn branch_activities(seed: u64, branch: u8, stations: u32) -> Vec<Activity> {
    let mut chance = Chance::fork(seed, u64::MAX - u64::from(branch));
    let patrol = |year| {
        let on = day(year, 6, 1 + chance.below(25));
        Activity {
            firms: 8 + chance.below(20),
            units: stations,
            ..activity("AC01", on, format!("{year}年度联络站巡访"))
        }
    };
    YEARS.map(patrol).collect()
}

/// Every department in every year; the last row takes what is left of the total.
pub(super) fn departments(seed: u64) -> Vec<Department> {
    let mut chance = Chance::fork(seed, u64::MAX / 2);
    let mut left = DEPARTMENT_COMPLAINTS;
    let mut rows = Vec::new();
    for year in YEARS {
        for (name, percent) in DEPARTMENTS {
            let even = DEPARTMENT_COMPLAINTS / YEARS.count() as u32 * percent / 100;
            let complaints = (even - even / 8 + chance.below(even / 4)).min(left);
            left -= complaints;
            rows.push(Department { department: name.to_owned(), year, complaints, ..Department::default() });
        }
    }
    spread(&mut rows, left);
    rows
}

/// Adds what is missing to the largest department's years, one after the other.
fn spread(rows: &mut [Department], missing: u32) {
    let largest: Vec<usize> = (0..rows.len()).filter(|i| rows[*i].department == DEPARTMENTS[0].0).collect();
    let count = largest.len() as u32;
    for (turn, row) in largest.into_iter().enumerate() {
        rows[row].complaints += missing / count + u32::from((turn as u32) < missing % count);
    }
}

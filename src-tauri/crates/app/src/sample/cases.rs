//! The sample complaints: first drafts with amounts that can still be balanced, then the records with their texts.

use redress_domain::case_no::OfficeKind;
use redress_domain::record::{Complaint, Loss, LossKind, LossRoute, MediationOutcome, Step, StepKind};
use redress_domain::{CivilDate, Fen};

use super::chance::Chance;
use super::course::{Course, Ending};
use super::goods::{CATALOGUE, Goods, NATURES, Nature};
use super::names;

const FEN_PER_YUAN: i64 = 100;

/// A complaint before its texts are written.
pub(super) struct Draft {
    /// Its place in the plan: the seed of its texts.
    pub(super) index: u64,
    pub(super) received: CivilDate,
    pub(super) goods: &'static Goods,
    pub(super) nature: &'static Nature,
    pub(super) course: Course,
    pub(super) price_fen: i64,
    pub(super) dispute_fen: i64,
    /// 0 where nothing was recovered.
    pub(super) recovered_fen: i64,
}

/// Where a complaint is told: what its texts need to know of the office.
pub(super) struct Place<'a> {
    pub(super) kind: OfficeKind,
    pub(super) town: &'a str,
    pub(super) village: &'a str,
    pub(super) mediator: &'a str,
}

impl Draft {
    /// A complaint received on a day; `open` where it is still being mediated on `last_day`.
    pub(super) fn draw(seed: u64, index: u64, received: CivilDate, (open, last_day): (bool, CivilDate)) -> Draft {
        let mut chance = Chance::fork(seed, index);
        let goods = chance.weighted(CATALOGUE, |g| g.weight);
        let nature = chance.weighted(NATURES, |n| n.weight);
        let course = Course::draw(&mut chance, received, open);
        let price_fen = price(&mut chance, goods);
        let dispute_fen = dispute(&mut chance, goods, nature, price_fen);
        let happened = course.paid().is_some_and(|day| day <= last_day);
        let recovered_fen = if happened { recovered(&mut chance, dispute_fen) } else { 0 };
        Draft { index, received, goods, nature, course, price_fen, dispute_fen, recovered_fen }
    }
}

/// Most prices are near the lower end; small ones often end in 90 fen.
fn price(chance: &mut Chance, goods: &Goods) -> i64 {
    let (low, high) = goods.yuan;
    let skew = u64::from(chance.below(1_001));
    let yuan = i64::from(low) + (u64::from(high - low) * skew * skew / 1_000_000) as i64;
    match yuan {
        ..200 if chance.percent(25) => yuan * FEN_PER_YUAN - 10,
        ..200 => yuan * FEN_PER_YUAN,
        _ => yuan / 10 * 10 * FEN_PER_YUAN,
    }
}

/// What is in dispute: the price, a part of it, or, with farm inputs, the harvest as well.
fn dispute(chance: &mut Chance, goods: &Goods, nature: &Nature, price_fen: i64) -> i64 {
    let ten_yuan = 10 * FEN_PER_YUAN;
    match nature.code {
        "N03" | "N04" => (price_fen / 10).max(FEN_PER_YUAN) / FEN_PER_YUAN * FEN_PER_YUAN,
        "N01" | "N02" if goods.is_farm_input() => price_fen + i64::from(chance.below(60)) * ten_yuan,
        "N06" if price_fen > 100 * FEN_PER_YUAN => price_fen * i64::from(chance.pick(&[2, 3, 5, 10])) / 10,
        _ => price_fen,
    }
}

/// What comes back: everything, a part, or nothing in money (repaired, exchanged, an apology).
fn recovered(chance: &mut Chance, dispute_fen: i64) -> i64 {
    match chance.below(100) {
        0..51 => dispute_fen,
        51..83 => {
            let part = dispute_fen * i64::from(chance.between(2, 7)) / 10;
            if part > 100 * FEN_PER_YUAN { part / 1_000 * 1_000 } else { part / FEN_PER_YUAN * FEN_PER_YUAN }
        }
        _ => 0,
    }
}

/// Moves recovered amounts, a little in each of many cases, until they sum to `target_fen` exactly.
pub(super) fn balance(drafts: &mut [Draft], target_fen: i64) {
    let sum = |drafts: &[Draft]| drafts.iter().map(|d| d.recovered_fen).sum::<i64>();
    let mut missing = target_fen - sum(drafts);
    while missing != 0 {
        let before = missing;
        for draft in drafts.iter_mut().filter(|d| d.recovered_fen > 0) {
            let room = if missing > 0 {
                draft.dispute_fen - draft.recovered_fen
            } else {
                draft.recovered_fen / 8 / 1_000 * 1_000
            };
            let moved = room.min(missing.abs()) * missing.signum();
            draft.recovered_fen += moved;
            missing -= moved;
            if missing == 0 {
                return;
            }
        }
        if missing == before {
            missing -= settle_rest(drafts, missing);
        }
    }
}

/// The last resort where no case has room: the largest one takes the rest, in dispute as well as recovered.
fn settle_rest(drafts: &mut [Draft], missing: i64) -> i64 {
    let Some(largest) = drafts.iter_mut().max_by_key(|d| d.recovered_fen) else {
        return missing;
    };
    let moved = missing.max(FEN_PER_YUAN - largest.recovered_fen);
    largest.recovered_fen += moved;
    largest.dispute_fen = largest.dispute_fen.max(largest.recovered_fen);
    moved
}

/// A complaint with its steps and losses in the order they were recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedComplaint {
    /// With its number.
    pub complaint: Complaint,
    /// Without the complaint's id.
    pub steps: Vec<Step>,
    /// The ledger.
    pub losses: Vec<PlannedLoss>,
}

/// A ledger entry.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedLoss {
    /// Without ids.
    pub loss: Loss,
    /// Index of the loss in the same complaint that this one takes back.
    pub reverses: Option<usize>,
}

/// The records of one draft.
pub(super) fn write(seed: u64, draft: &Draft, place: &Place, last_day: CivilDate) -> PlannedComplaint {
    let mut chance = Chance::fork(!seed, draft.index);
    let complaint = complaint(&mut chance, draft, place);
    let mut steps = steps(&mut chance, draft, place);
    steps.retain(|step| step.on.is_some_and(|on| on <= last_day));
    let losses = losses(&mut chance, draft, place, last_day);
    PlannedComplaint { complaint, steps, losses }
}

fn complaint(chance: &mut Chance, draft: &Draft, place: &Place) -> Complaint {
    let goods = draft.goods;
    let respondent_name = names::business(chance, goods.seller);
    let happened = draft.received.add_days(-chance.between(0, 9));
    let bought = happened.add_days(-chance.between(0, 40));
    let (channel, external_number) = channel(chance, draft);
    let (evidence, with_goods) = evidence(chance, goods);
    Complaint {
        received_on: Some(draft.received),
        channel: channel.to_owned(),
        external_number,
        urgent: draft.nature.code == "N02" && chance.percent(30),
        consumer_name: names::person(chance),
        consumer_phone: names::phone(chance),
        consumer_address: format!("{}{}", place.town, place.village),
        consent_notice: true,
        consent_publish: chance.percent(60),
        consent_delegate: chance.percent(40),
        off_site: matches!(channel, "IC02" | "IC04" | "IC06" | "IC07"),
        respondent_type: if goods.class.starts_with("S1") { "RP01" } else { "RP02" }.to_owned(),
        respondent_contact: names::person(chance),
        respondent_phone: names::phone(chance),
        respondent_address: place.town.to_owned(),
        goods_name: goods.name.to_owned(),
        goods_quantity: if with_goods { "1".to_owned() } else { String::new() },
        goods_unit: if with_goods { goods.unit.to_owned() } else { String::new() },
        price_fen: Fen::new(draft.price_fen),
        class: goods.class.to_owned(),
        nature: draft.nature.code.to_owned(),
        happened_on: Some(happened),
        bought_on: Some(bought),
        dispute_fen: Fen::new(draft.dispute_fen),
        facts: facts(draft, &respondent_name, bought),
        request: draft.nature.request.to_owned(),
        request_kinds: vec![draft.nature.request_kind.to_owned()],
        evidence,
        respondent_name,
        ..Complaint::default()
    }
}

fn facts(draft: &Draft, respondent: &str, bought: CivilDate) -> String {
    let Draft { goods, nature, .. } = draft;
    let told = goods.told(nature);
    let verb = if goods.is_service() { "消费" } else { "购买" };
    let yuan = Fen::new(draft.price_fen).map(Fen::to_yuan_plain).unwrap_or_default();
    let day = format!("{}年{}月{}日", bought.year(), bought.month(), bought.day());
    format!("消费者于{day}在{respondent}{verb}（{}），支付{yuan}元。{told}。与经营者协商未果，请求处理。", goods.name)
}

fn channel(chance: &mut Chance, draft: &Draft) -> (&'static str, String) {
    const CHANNELS: [(&str, u32); 9] = [
        ("IC01", 58),
        ("IC02", 20),
        ("IC04", 5),
        ("IC05", 3),
        ("IC06", 6),
        ("IC07", 4),
        ("IC09", 2),
        ("IC03", 1),
        ("IC08", 1),
    ];
    let around_march_15 = draft.received.month() == 3 && (13..=17).contains(&draft.received.day());
    if around_march_15 && chance.percent(60) {
        return ("IC10", String::new());
    }
    let code = chance.weighted(&CHANNELS, |c| c.1).0;
    let external = match code {
        "IC06" => format!("样例12345-{:08}", chance.below(100_000_000)),
        "IC07" => format!("样例12315-{:08}", chance.below(100_000_000)),
        _ => String::new(),
    };
    (code, external)
}

fn evidence(chance: &mut Chance, goods: &Goods) -> (Vec<String>, bool) {
    const SHOP: &[&str] = &["EV02", "EV03", "EV10", "EV11"];
    const SERVICE: &[&str] = &["EV08", "EV09", "EV10", "EV02"];
    let kinds = if goods.is_service() { SERVICE } else { SHOP };
    let mut evidence = vec![chance.pick(kinds).to_owned()];
    let second = chance.pick(kinds);
    if chance.percent(40) && evidence[0] != second {
        evidence.push(second.to_owned());
    }
    (evidence, !goods.is_service())
}

fn step(kind: StepKind, on: CivilDate) -> Step {
    Step { kind: Some(kind), on: Some(on), ..Step::default() }
}

/// Every step of the course in order, those of the future included.
fn steps(chance: &mut Chance, draft: &Draft, place: &Place) -> Vec<Step> {
    let course = &draft.course;
    let mut steps = Vec::new();
    if let Some(on) = course.accepted {
        steps
            .push(Step { told_how: chance.pick(&["TH01", "TH02", "TH03"]).to_owned(), ..step(StepKind::Accepted, on) });
    }
    if let Some((sent, back)) = course.tested {
        steps.push(Step {
            note: "双方同意送检，等待检测结果".to_owned(), ..step(StepKind::Suspended, sent)
        });
        steps.push(Step { note: "收到检测报告".to_owned(), ..step(StepKind::Resumed, back) });
    }
    if let Some(on) = course.adjourned {
        steps.push(mediation(chance, place, on, MediationOutcome::Adjourned));
    }
    ending(chance, draft, place, &mut steps);
    if let Some(on) = course.performed {
        steps.push(Step { performance: "PF05".to_owned(), ..step(StepKind::Performed, on) });
    }
    if let Some(on) = course.confirmed {
        steps.push(step(StepKind::CourtConfirmation, on));
    }
    if let Some(on) = course.visited {
        let satisfaction = chance.weighted(&[("SF01", 78), ("SF02", 15), ("SF03", 3), ("SF04", 4)], |s| s.1).0;
        steps.push(Step { satisfaction: satisfaction.to_owned(), ..step(StepKind::VisitBack, on) });
    }
    if course.ending != Ending::Open {
        steps.push(step(StepKind::Archived, course.archived));
    }
    steps.sort_by_key(|step| step.on);
    steps
}

fn mediation(chance: &mut Chance, place: &Place, on: CivilDate, outcome: MediationOutcome) -> Step {
    Step {
        outcome: Some(outcome),
        place: place.village.to_owned(),
        mediator: place.mediator.to_owned(),
        method: chance.weighted(&[("MM01", 40), ("MM02", 40), ("MM03", 20)], |m| m.1).0.to_owned(),
        ..step(StepKind::Mediation, on)
    }
}

fn ending(chance: &mut Chance, draft: &Draft, place: &Place, steps: &mut Vec<Step>) {
    let on = draft.course.ended;
    match draft.course.ending {
        Ending::Open => {}
        Ending::Refused => {
            let ground = chance.pick(&["RC01", "RC02", "RC05", "RC06", "RC07", "RC09"]).to_owned();
            steps.push(Step { ground, told_how: "TH01".to_owned(), ..step(StepKind::Refused, on) });
        }
        Ending::Transferred => {
            let receiver = chance.pick(RECEIVERS).to_owned();
            steps.push(Step { receiver, told_how: "TH02".to_owned(), ..step(StepKind::Transferred, on) });
        }
        Ending::Withdrawn => {
            steps.push(Step { note: "消费者自愿撤回".to_owned(), ..step(StepKind::Withdrawn, on) });
        }
        Ending::Settled => {
            let agreed_fen = Fen::new(draft.recovered_fen).filter(|a| *a != Fen::ZERO);
            let terms = terms(draft);
            steps.push(Step { terms, agreed_fen, ..step(StepKind::Settled, on) });
        }
        Ending::Terminated => {
            steps.push(mediation(chance, place, on, MediationOutcome::Failed));
            let ground = chance.weighted(&[("TG02", 30), ("TG03", 55), ("TG04", 5), ("TG06", 10)], |g| g.1).0;
            let ground = ground.to_owned();
            steps.push(Step { ground, told_how: "TH01".to_owned(), ..step(StepKind::Terminated, on) });
        }
        Ending::AgreedAtOnce | Ending::AgreedLater => {
            steps.push(mediation(chance, place, on, MediationOutcome::Agreed));
            steps.push(agreement(chance, draft, place));
        }
    }
}

const RECEIVERS: &[&str] =
    &["县市场监督管理局", "县农业农村局", "县住房和城乡建设局", "县教育和体育局", "县交通运输局"];

fn agreement(chance: &mut Chance, draft: &Draft, place: &Place) -> Step {
    let on = draft.course.ended;
    let at_once = draft.course.ending == Ending::AgreedAtOnce;
    let form = match (at_once, chance.below(10)) {
        (true, 0..5) => "AF03",
        (true, 5..8) | (false, 0..2) => "AF02",
        (true, _) | (false, _) => "AF01",
    };
    let signed = (form == "AF01").then_some(on);
    Step {
        agreement_form: form.to_owned(),
        performance: if at_once { "PF01" } else { "PF02" }.to_owned(),
        perform_by: draft.course.perform_by,
        terms: terms(draft),
        agreed_fen: Fen::new(draft.recovered_fen).filter(|a| *a != Fen::ZERO),
        mediator: place.mediator.to_owned(),
        signed_consumer_on: signed,
        signed_respondent_on: signed,
        signed_mediator_on: signed,
        sealed_on: signed,
        ..step(StepKind::Agreement, on)
    }
}

fn terms(draft: &Draft) -> String {
    match Fen::new(draft.recovered_fen) {
        Some(amount) if amount != Fen::ZERO => {
            format!("经营者向消费者支付{}元，双方再无争议。", amount.to_yuan_plain())
        }
        _ if draft.goods.is_service() => "经营者重新提供服务并向消费者道歉，双方再无争议。".to_owned(),
        _ => "经营者为消费者免费修理或者更换，双方再无争议。".to_owned(),
    }
}

/// The ledger of one case. Now and then an amount was typed ten times too large, taken back and written again.
fn losses(chance: &mut Chance, draft: &Draft, place: &Place, last_day: CivilDate) -> Vec<PlannedLoss> {
    let Some(on) = draft.course.paid().filter(|_| draft.recovered_fen > 0) else {
        return Vec::new();
    };
    let route = route(chance, draft.course.ending, place.kind);
    let entry = |kind, fen| Loss {
        kind: Some(kind),
        route: Some(route),
        amount_fen: Fen::new(fen),
        on: Some(on),
        evidence: "收条".to_owned(),
        ..Loss::default()
    };
    let right = PlannedLoss { loss: entry(LossKind::Recovered, draft.recovered_fen), reverses: None };
    let noticed = on.add_days(chance.between(1, 20));
    let mut losses = Vec::new();
    if chance.permille(7) && noticed <= last_day {
        let wrong = entry(LossKind::Recovered, draft.recovered_fen * 10);
        let back = Loss {
            amount_fen: wrong.amount_fen.map(Fen::negated),
            on: Some(noticed),
            evidence: String::new(),
            reason: "金额多录一个零，更正".to_owned(),
            ..wrong.clone()
        };
        losses.push(PlannedLoss { loss: wrong, reverses: None });
        losses.push(PlannedLoss { loss: back, reverses: Some(0) });
    }
    losses.push(right);
    if draft.nature.code == "N05" && chance.percent(40) {
        losses.push(PlannedLoss { loss: entry(LossKind::Punitive, draft.price_fen * 3), reverses: None });
    }
    losses
}

fn route(chance: &mut Chance, ending: Ending, kind: OfficeKind) -> LossRoute {
    if ending == Ending::Settled {
        return LossRoute::Settlement;
    }
    match (kind, chance.below(100)) {
        (OfficeKind::County, 0..30) => LossRoute::Administrative,
        (OfficeKind::County, 30..34) => LossRoute::Judicial,
        (OfficeKind::Branch, 0..12) => LossRoute::Administrative,
        (_, 34..48) => LossRoute::PeopleMediation,
        (OfficeKind::County | OfficeKind::Branch | OfficeKind::Station, _) => LossRoute::StationMediation,
    }
}

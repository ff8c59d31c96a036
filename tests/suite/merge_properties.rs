//! What must hold for any story: offices write, sticks are lost, swapped and brought twice, clocks are wrong, and in the
//! end everybody has everything and says the same. Real stores and real bundles, so few cases, each with much in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use proptest::prelude::*;
use proptest::sample::Index;
use redress_journal::PUBLIC;
use redress_tests::{Desk, Look, Typed, World};
use serde_json::{Value, json};
use uuid::Uuid;

/// Something that happens at a desk.
#[derive(Debug, Clone)]
enum Deed {
    Register {
        day: u8,
        goods: u8,
    },
    Consult {
        day: u8,
    },
    Accept {
        whose: Index,
    },
    Mediate {
        whose: Index,
    },
    Terminate {
        whose: Index,
    },
    Recover {
        whose: Index,
        fen: u32,
    },
    Reverse {
        whose: Index,
    },
    Rename {
        whose: Index,
        goods: u8,
    },
    Rewrite {
        whose: Index,
        facts: u8,
    },
    /// From a page that was opened before anything else happened to the complaint.
    RenameLate {
        whose: Index,
        goods: u8,
    },
    Withdraw {
        whose: Index,
    },
    Settle {
        last: bool,
    },
}

fn some_deed() -> impl Strategy<Value = Deed> {
    let whose = any::<Index>;
    prop_oneof![
        1 => (1..28_u8, 0..4_u8).prop_map(|(day, goods)| Deed::Register { day, goods }),
        1 => (1..28_u8).prop_map(|day| Deed::Consult { day }),
        2 => whose().prop_map(|whose| Deed::Accept { whose }),
        2 => whose().prop_map(|whose| Deed::Mediate { whose }),
        1 => whose().prop_map(|whose| Deed::Terminate { whose }),
        3 => (whose(), 1..500_000_u32).prop_map(|(whose, fen)| Deed::Recover { whose, fen }),
        1 => whose().prop_map(|whose| Deed::Reverse { whose }),
        6 => (whose(), 0..4_u8).prop_map(|(whose, goods)| Deed::Rename { whose, goods }),
        2 => (whose(), 0..4_u8).prop_map(|(whose, facts)| Deed::Rewrite { whose, facts }),
        2 => (whose(), 0..4_u8).prop_map(|(whose, goods)| Deed::RenameLate { whose, goods }),
        1 => whose().prop_map(|whose| Deed::Withdraw { whose }),
        1 => any::<bool>().prop_map(|last| Deed::Settle { last }),
    ]
}

fn goods(number: u8) -> &'static str {
    ["种子", "手机", "化肥", "电视"][usize::from(number % 4)]
}

/// A desk, and what is remembered of it from outside: ids in the order in which they appeared, pages as first opened.
#[derive(Default)]
struct Known {
    complaints: Vec<String>,
    losses: Vec<String>,
    opened: BTreeMap<String, Value>,
    /// Every value is typed once only, so that nothing depends on which of two versions a page shows meanwhile.
    only_once: Option<u32>,
}

impl Known {
    fn goods(&mut self, number: u8) -> String {
        match &mut self.only_once {
            None => goods(number).to_owned(),
            Some(typed) => {
                *typed += 1;
                format!("{}{typed}", goods(number))
            }
        }
    }

    fn complaint(&self, whose: Index) -> Option<String> {
        (!self.complaints.is_empty()).then(|| self.complaints[whose.index(self.complaints.len())].clone())
    }

    /// Does the deed as far as the program allows; what it refuses is not done.
    fn does(&mut self, desk: &mut Desk, deed: &Deed) {
        match deed {
            Deed::Register { day, goods: number } => {
                let received_on = format!("2026-10-{day:02}");
                let typed = Typed { received_on: &received_on, consumer: "王小麦", goods: goods(*number) };
                let id = desk.register(&typed);
                self.opened.insert(id.clone(), desk.page(&id));
                self.complaints.push(id);
            }
            Deed::Consult { day } => drop(desk.consult(&format!("2026-10-{day:02}"), "怎么退货")),
            Deed::Settle { last } => drop(desk.settle(|values| if *last { values.len() - 1 } else { 0 })),
            Deed::Reverse { whose } => {
                if !self.losses.is_empty() {
                    let loss = &self.losses[whose.index(self.losses.len())];
                    let _ = desk.ask(
                        "loss.reverse",
                        json!({"loss": loss, "on": "2026-11-01", "reason": "录错", "replacement": null}),
                    );
                }
            }
            Deed::Accept { whose }
            | Deed::Mediate { whose }
            | Deed::Terminate { whose }
            | Deed::Recover { whose, .. }
            | Deed::Rename { whose, .. }
            | Deed::Rewrite { whose, .. }
            | Deed::RenameLate { whose, .. }
            | Deed::Withdraw { whose } => {
                if let Some(id) = self.complaint(*whose) {
                    self.does_to(desk, deed, &id);
                }
            }
        }
    }

    fn does_to(&mut self, desk: &mut Desk, deed: &Deed, id: &str) {
        let step = |kind: &str, more: Value| {
            let mut form = json!({"complaint": id, "kind": kind, "on": "2026-11-02"});
            more.as_object().into_iter().flatten().for_each(|(name, value)| form[name] = value.clone());
            form
        };
        match deed {
            Deed::Accept { .. } => drop(desk.ask("step.record", step("accepted", json!({})))),
            Deed::Mediate { .. } => drop(desk.ask("step.record", step("mediation", json!({"outcome": "agreed"})))),
            Deed::Terminate { .. } => drop(desk.ask("step.record", step("terminated", json!({"ground": "TG01"})))),
            Deed::Recover { fen, .. } => {
                let amount = format!("{}.{:02}", fen / 100, fen % 100);
                self.losses.push(desk.recover(id, &amount, "2026-11-03"));
            }
            Deed::Rename { goods, .. } => {
                let name = self.goods(*goods);
                desk.amend(id, |form| form.goods_name = name);
            }
            Deed::Rewrite { facts, .. } => {
                let facts = self.goods(*facts);
                desk.amend(id, |form| form.facts = facts);
            }
            Deed::RenameLate { goods, .. } => {
                let name = self.goods(*goods);
                if let Some(page) = self.opened.get(id) {
                    desk.amend_from(page, |form| form.goods_name = name);
                }
            }
            Deed::Withdraw { .. } => desk.withdraw(id, "误录"),
            Deed::Register { .. } | Deed::Consult { .. } | Deed::Settle { .. } | Deed::Reverse { .. } => {}
        }
    }
}

fn office(desk: &Desk) -> Uuid {
    desk.office.parse().expect("offices have ids")
}

/// A round: deeds at each desk, and what becomes of the sticks.
#[derive(Debug, Clone)]
struct Round {
    at_stations: Vec<Vec<Deed>>,
    at_county: Vec<Deed>,
    lost_out: Vec<bool>,
    lost_back: Vec<bool>,
    clocks: Vec<i32>,
}

const STATIONS: usize = 2;

fn some_round() -> impl Strategy<Value = Round> {
    let deeds = || proptest::collection::vec(some_deed(), 1..5);
    let lost = || proptest::collection::vec(proptest::bool::weighted(0.35), STATIONS);
    let clocks = proptest::collection::vec(2027..2190_i32, STATIONS + 1);
    (proptest::collection::vec(deeds(), STATIONS), deeds(), lost(), lost(), clocks).prop_map(
        |(at_stations, at_county, lost_out, lost_back, clocks)| Round {
            at_stations,
            at_county,
            lost_out,
            lost_back,
            clocks,
        },
    )
}

/// The world, what is remembered of its desks, and every bundle that was ever written to the county.
struct Story {
    world: World,
    stations: Vec<Known>,
    county: Known,
    bundles: Vec<PathBuf>,
    rounds: usize,
}

impl Story {
    /// Every station has a complaint that the county knows, so that two offices can change one thing from the start.
    fn begin(seed: u64) -> Self {
        let stations = (0..STATIONS).map(|_| Known::default()).collect();
        let mut story = Self {
            world: World::of(STATIONS, seed),
            stations,
            county: Known::default(),
            bundles: Vec::new(),
            rounds: 0,
        };
        for (known, desk) in story.stations.iter_mut().zip(&mut story.world.stations) {
            known.does(desk, &Deed::Register { day: 1, goods: 0 });
        }
        story.world.round_trip();
        story
    }

    fn set_clocks(&self, years: &[i32]) {
        let desks = self.world.stations.iter().chain([&self.world.county]);
        for (desk, year) in desks.zip(years) {
            desk.host.set_clock(&format!("{year}-05-05T05:05:05+08:00"));
        }
    }

    fn work(&mut self, round: &Round) {
        for ((known, desk), deeds) in self.stations.iter_mut().zip(&mut self.world.stations).zip(&round.at_stations) {
            deeds.iter().for_each(|deed| known.does(desk, deed));
        }
        // The county works on what has arrived.
        let all = self.stations.iter().flat_map(|known| known.complaints.clone());
        let here = |id: &String| self.world.county.ask("complaint.get", json!({"id": id})).is_ok();
        self.county.complaints = all.filter(here).collect();
        for id in &self.county.complaints {
            if !self.county.opened.contains_key(id) {
                self.county.opened.insert(id.clone(), self.world.county.page(id));
            }
        }
        round
            .at_county
            .iter()
            .filter(|deed| !matches!(deed, Deed::Register { .. }))
            .for_each(|deed| self.county.does(&mut self.world.county, deed));
    }

    /// Sticks to the county and back; a lost one is neither merged nor missed.
    fn road(&mut self, lost_out: &[bool], lost_back: &[bool]) {
        self.rounds += 1;
        let out = self.world.stick(&format!("out-{}", self.rounds));
        for (station, lost) in self.world.stations.iter_mut().zip(lost_out) {
            let bundle = PathBuf::from(station.export(&out).path);
            if !lost {
                assert_eq!(self.world.county.merge(&[&bundle]).refused, 0);
            }
            self.bundles.push(bundle);
        }
        let back = self.world.stick(&format!("back-{}", self.rounds));
        let written = self.world.county.export_all(&back);
        for ((station, bundle), lost) in self.world.stations.iter_mut().zip(&written).zip(lost_back) {
            if !lost {
                assert_eq!(station.merge(&[&bundle.path]).refused, 0);
            }
        }
        self.assert_confirmed_is_held();
    }

    /// Promise: the confirmed mark never passes an entry that was not received.
    fn assert_confirmed_is_held(&mut self) {
        for (known, station) in self.stations.iter().zip(&mut self.world.stations) {
            for id in &known.complaints {
                let page = station.page(id);
                let confirmed = entries_of(&page, |item| item["confirmed"] == true);
                if !confirmed.is_empty() {
                    let held = entries_of(&self.world.county.page(id), |_| true);
                    assert!(confirmed.is_subset(&held), "confirmed, but not held by the county: {page}");
                }
            }
        }
    }

    fn heal(&mut self) {
        for _ in 0..3 {
            self.road(&[false; STATIONS], &[false; STATIONS]);
        }
    }
}

/// The entries in a page's timeline, as far as they are wanted.
fn entries_of(page: &Value, wanted: impl Fn(&Value) -> bool) -> BTreeSet<String> {
    let items = page["timeline"].as_array().into_iter().flatten();
    items.filter(|item| wanted(item)).map(|item| item["entry"].to_string()).collect()
}

/// What people at a desk see of a complaint; what only marks the road is left out.
fn as_seen(desk: &mut Desk, id: &str) -> Value {
    let page = desk.page(id);
    let names = [
        "number",
        "status",
        "next",
        "due_on",
        "input",
        "withdrawn",
        "conflicts",
        "ledger",
        "recovered_fen",
        "contradictions",
        "heads",
    ];
    names
        .into_iter()
        .map(|name| (name.to_owned(), page[name].clone()))
        .collect::<serde_json::Map<String, Value>>()
        .into()
}

/// The rows of an office's decisions, apart from which store they stand in.
fn decisions_of(look: &Look, records: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = look
        .decisions
        .iter()
        .filter(|row| records.contains(&row.record.to_string()))
        .map(|row| format!("{row:?}"))
        .collect();
    lines.sort_unstable();
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn after_healing_everybody_holds_every_entry_ever_written_and_says_the_same(
        rounds in proptest::collection::vec(some_round(), 2..5),
        seed in 1..1000_u64,
    ) {
        let mut story = Story::begin(seed);
        for round in &rounds {
            story.work(round);
            story.road(&round.lost_out, &round.lost_back);
        }
        story.heal();
        let county = story.world.county.look();
        prop_assert_eq!(county.quarantined, 0);
        prop_assert!(county.rows["waiting"].is_empty());
        for (known, station) in story.stations.iter().zip(&mut story.world.stations) {
            let own = [office(station), PUBLIC];
            let look = station.look();
            prop_assert_eq!(look.about(&own), county.about(&own));
            prop_assert_eq!(look.entries.len(), look.about(&own).len(), "a station holds nothing of others");
            prop_assert_eq!((look.quarantined, station.unconfirmed()), (0, 0));
            prop_assert_eq!(decisions_of(&look, &known.complaints), decisions_of(&county, &known.complaints));
            for id in &known.complaints {
                prop_assert_eq!(as_seen(station, id), as_seen(&mut story.world.county, id));
            }
        }
    }

    #[test]
    fn any_order_repetition_and_subset_of_bundles_under_any_clock_ends_the_same(
        rounds in proptest::collection::vec(some_round(), 2..4),
        orders in proptest::collection::vec(proptest::collection::vec((any::<Index>(), 1..4_usize), 0..8), 3),
        years in proptest::collection::vec(1970..2190_i32, 3),
        seed in 1..1000_u64,
    ) {
        let mut story = Story::begin(seed);
        let mut desks: Vec<Desk> = (0..3).map(|number| story.world.what_if(number)).collect();
        for round in &rounds {
            story.work(round);
            story.road(&round.lost_out, &round.lost_back);
        }
        let mut looks = Vec::new();
        for ((desk, order), year) in desks.iter_mut().zip(&orders).zip(&years) {
            desk.host.set_clock(&format!("{year}-05-05T05:05:05+08:00"));
            // Some of them, in any order, alone or a few at once, some twice; in the end all.
            for (at, count) in order {
                let few: Vec<&PathBuf> = (0..*count).map(|step| &story.bundles[(at.index(story.bundles.len()) + step) % story.bundles.len()]).collect();
                prop_assert_eq!(desk.merge(&few).refused, 0);
            }
            let mut rest: Vec<&PathBuf> = story.bundles.iter().collect();
            if year % 2 == 0 {
                rest.reverse();
            }
            prop_assert_eq!(desk.merge(&rest).refused, 0);
            looks.push(desk.look());
        }
        for look in &looks[1..] {
            looks[0].assert_same(look, "another order of the same bundles");
        }
    }

    #[test]
    fn whatever_the_clocks_say_while_people_write_the_same_is_settled_and_the_same_is_asked(
        rounds in proptest::collection::vec(some_round(), 2..4),
        seed in 1..1000_u64,
    ) {
        let mut ends = Vec::new();
        for clocks_are_wrong in [false, true] {
            let mut story = Story::begin(seed);
            for (at, known) in (0..).zip(story.stations.iter_mut().chain([&mut story.county])) {
                known.only_once = Some(1000 * at);
            }
            for round in &rounds {
                if clocks_are_wrong {
                    story.set_clocks(&round.clocks);
                }
                story.work(round);
                story.road(&round.lost_out, &round.lost_back);
            }
            story.heal();
            ends.push(timeless(&mut story));
        }
        prop_assert_eq!(&ends[0], &ends[1]);
    }
}

/// What a county says of its complaints, without ids and times, which differ from world to world: of each, what is
/// settled, what is not with all its values, and the sums.
fn timeless(story: &mut Story) -> Vec<Value> {
    let ids: Vec<String> = story.stations.iter().flat_map(|known| known.complaints.clone()).collect();
    let county = &mut story.world.county;
    let mut all: Vec<Value> = ids.iter().map(|id| timeless_page(&county.page(id))).collect();
    let totals = county.totals("2026-10-01", "2026-11-30");
    all.push(json!([totals.complaints, totals.closed, totals.consultations, totals.recovered_fen, totals.dispute_fen]));
    all
}

fn timeless_page(page: &Value) -> Value {
    let mut input = page["input"].clone();
    let mut conflicts: Vec<(String, Vec<String>)> = Vec::new();
    for conflict in page["conflicts"].as_array().into_iter().flatten() {
        let field = conflict["field"].as_str().unwrap_or_default().to_owned();
        let mut values: Vec<String> =
            conflict["versions"].as_array().into_iter().flatten().map(|version| version["value"].to_string()).collect();
        values.sort_unstable();
        // Which of several values is shown meanwhile follows from their ids.
        input[&field] = "to be decided".into();
        conflicts.push((field, values));
    }
    let lines = page["ledger"].as_array().into_iter().flatten();
    let mut ledger: Vec<String> = lines.map(|line| format!("{} {}", line["on"], line["amount_fen"])).collect();
    ledger.sort_unstable();
    json!({
        "number": page["number"], "status": page["status"], "withdrawn": page["withdrawn"], "input": input,
        "conflicts": conflicts, "ledger": ledger, "recovered_fen": page["recovered_fen"],
    })
}

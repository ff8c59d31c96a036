//! What belongs together: complaints that are one matter, which counts once, and businesses that are one. Nothing is moved
//! or lost by saying so, nothing depends on the order in which it is said or heard, and all of it can be taken back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use redress_tests::{Desk, Typed, World};
use serde_json::{Value, json};

const SEEDS: Typed<'_> = Typed { received_on: "2026-11-02", consumer: "王小麦", goods: "玉米种子" };
const AGAIN: Typed<'_> = Typed { received_on: "2026-11-05", consumer: "王小麦", goods: "种子" };
const LATER: Typed<'_> = Typed { received_on: "2026-11-09", consumer: "王晓麦", goods: "玉米种" };

/// All sums of November and of what lies around it.
fn sums(desk: &mut Desk) -> Value {
    let mut sums = desk.tell("report.totals", json!({"from": "2026-11-01", "to": "2026-11-30", "office": null}));
    sums["completeness"] = Value::Null;
    sums
}

fn counts(desk: &mut Desk) -> (u64, i64, i64) {
    let totals = desk.totals("2026-11-01", "2026-11-30");
    (totals.complaints, totals.dispute_fen, totals.recovered_fen)
}

fn is_counted(desk: &mut Desk, ids: &[&String]) -> Vec<bool> {
    ids.iter().map(|id| desk.page(id)["counted"] == true).collect()
}

/// Three stations registered one matter; each complaint with its own step and the second with money. In the order of ids.
fn one_matter(seed: u64) -> (World, [String; 3]) {
    let mut world = World::acquainted(3, seed);
    let mut ids: Vec<String> =
        [SEEDS, AGAIN, LATER].iter().zip(&mut world.stations).map(|(typed, station)| station.register(typed)).collect();
    ids.sort_unstable();
    let [a, b, c] = ids.try_into().expect("three");
    (world, [a, b, c])
}

/// The station at which a complaint was registered.
fn home(world: &mut World, id: &str) -> usize {
    world.stations.iter_mut().position(|desk| desk.ask("complaint.get", json!({"id": id})).is_ok()).expect("one has it")
}

/// Case 62: proposed with its reasons, and proposed no more once somebody has looked at it.
#[test]
fn two_complaints_that_may_be_one_matter_are_proposed_with_the_reasons() {
    let (mut world, [a, b, c]) = one_matter(301);
    let third = home(&mut world, &c);
    world.stations[third].amend(&c, |form| {
        form.respondent_name = "某种业公司".into();
        form.dispute = "350".into();
    });
    world.round_trip();
    let proposed = world.county.decisions();
    assert_eq!(proposed.len(), 1, "the third has another respondent and another amount: {proposed:?}");
    let pair = &proposed[0];
    assert_eq!(
        (&pair["kind"], &pair["complaint"], &pair["other"]["id"]),
        (&json!("same_matter"), &json!(a), &json!(b))
    );
    assert_eq!(pair["reasons"], json!(["same_phone", "same_respondent", "same_amount"]));
    assert_eq!(counts(&mut world.county).0, 3, "a proposal counts nothing away");
    let different = json!({"a": a, "b": b, "same": false, "reason": "两件事"});
    world.county.tell("link.record", different);
    assert_eq!(world.county.to_decide(), [""; 0], "looked at, and found different");
    assert_eq!(counts(&mut world.county).0, 3);
}

/// Case 62: counted once in every sum, both records stay, and all of it comes back.
#[test]
fn a_linked_matter_counts_once_in_every_sum_and_unlinking_restores_every_sum() {
    let (mut world, [a, b, c]) = one_matter(302);
    for (id, yuan) in [(&a, "200"), (&b, "200")] {
        let at = home(&mut world, id);
        world.stations[at].accept(id, "2026-11-10");
        world.stations[at].recover(id, yuan, "2026-11-11");
        world.stations[at].mediate(id, "2026-11-11");
    }
    world.round_trip();
    let before = sums(&mut world.county);
    let link = world.county.link(&b, &a);
    assert_eq!(counts(&mut world.county), (2, 40_000, 20_000));
    let after = sums(&mut world.county);
    for name in ["accepted", "closed", "agreed"] {
        assert_eq!((&before[name], &after[name]), (&json!(2), &json!(1)), "{name}");
    }
    let of = |table: &str, field: &str| -> i64 {
        after[table].as_array().unwrap().iter().map(|row| row[field].as_i64().unwrap()).sum()
    };
    for table in ["by_office", "by_month"] {
        assert_eq!((of(table, "complaints"), of(table, "recovered_fen")), (2, 20_000), "{table}");
    }
    for table in ["by_nature", "by_class", "by_channel"] {
        assert_eq!(of(table, "count"), 2, "{table}");
    }
    assert_eq!((of("by_kind", "amount_fen"), of("by_route", "amount_fen")), (20_000, 20_000));
    assert_eq!(is_counted(&mut world.county, &[&a, &b, &c]), [true, false, true]);
    let page = world.county.page(&b);
    assert_eq!(
        (&page["recovered_fen"], &page["status"]),
        (&json!(20_000), &json!("performed")),
        "the record stays whole"
    );
    assert_eq!((&page["links"][0]["other"], &page["links"][0]["reason"]), (&json!(a), &json!("同一事项")));
    world.county.look();

    world.county.withdraw(&link, "看错了");
    assert_eq!(sums(&mut world.county), before);
    assert_eq!(is_counted(&mut world.county, &[&a, &b, &c]), [true; 3]);
    world.county.look();
}

/// Case 62: nothing that was recovered is lost by a link, and nothing of it counts twice.
#[test]
fn the_money_of_a_matter_counts_wherever_it_was_written_down_and_once() {
    let (mut world, [a, b, c]) = one_matter(303);
    let at = home(&mut world, &b);
    world.stations[at].recover(&b, "150", "2026-11-11");
    world.round_trip();
    world.county.link(&a, &b);
    world.county.link(&b, &c);
    assert_eq!(counts(&mut world.county), (1, 20_000, 15_000), "only the second has a ledger: it stands for all");
    assert_eq!(is_counted(&mut world.county, &[&a, &b, &c]), [false, true, false]);
    let at = home(&mut world, &a);
    world.stations[at].recover(&a, "150", "2026-11-12");
    world.round_trip();
    assert_eq!(counts(&mut world.county), (1, 20_000, 15_000), "the same money, written down at two stations");
    assert_eq!(is_counted(&mut world.county, &[&a, &b, &c]), [true, false, false]);
    world.county.look();
}

/// Case 62: three in a chain are one matter; no further pair of them is proposed; the chain can be cut.
#[test]
fn three_complaints_in_a_chain_of_links_count_once_and_cutting_the_chain_counts_the_rest() {
    let (mut world, [a, b, c]) = one_matter(304);
    world.round_trip();
    assert_eq!(world.county.to_decide(), ["same_matter", "same_matter", "same_matter"]);
    world.county.link(&c, &b);
    let link = world.county.link(&a, &b);
    assert_eq!((counts(&mut world.county).0, world.county.to_decide()), (1, vec![]));
    assert_eq!(is_counted(&mut world.county, &[&a, &b, &c]), [true, false, false]);
    world.county.withdraw(&link, "看错了");
    assert_eq!(is_counted(&mut world.county, &[&a, &b, &c]), [true, true, false]);
    world.county.look();
}

/// Case 62: when the one that counts is withdrawn, another stands for the matter; brought back, it counts again.
#[test]
fn when_the_complaint_that_counts_is_withdrawn_the_next_one_counts() {
    let (mut world, [a, b, c]) = one_matter(305);
    world.round_trip();
    world.county.link(&a, &b);
    world.county.link(&b, &c);
    world.county.withdraw(&a, "撤销登记");
    assert_eq!(
        (counts(&mut world.county).0, is_counted(&mut world.county, &[&a, &b, &c])),
        (1, vec![false, true, false])
    );
    let at = home(&mut world, &b);
    world.stations[at].withdraw(&b, "撤销登记");
    world.round_trip();
    assert_eq!(
        (counts(&mut world.county).0, is_counted(&mut world.county, &[&a, &b, &c])),
        (1, vec![false, false, true])
    );
    world.county.restore(&a, "恢复");
    assert_eq!(
        (counts(&mut world.county).0, is_counted(&mut world.county, &[&a, &b, &c])),
        (1, vec![true, false, false])
    );
    world.county.look();
}

/// Every order of the numbers below `count`.
fn orders(count: usize) -> Vec<Vec<usize>> {
    match count {
        0 => vec![vec![]],
        _ => orders(count - 1)
            .into_iter()
            .flat_map(|order| (0..count).map(move |at| [&order[..at], &[count - 1], &order[at..]].concat()))
            .collect(),
    }
}

/// Cases 17, 62, 71 and I.2: links before their complaints, withdrawals before what they withdraw: bundles of which none
/// contains another, in every order.
#[test]
fn links_and_complaints_in_any_order_of_bundles_end_the_same() {
    let mut world = World::acquainted(1, 306);
    let mut desks: Vec<Desk> = (0..6).map(|number| world.what_if(number)).collect();
    let road = world.stick("road");
    let [first, second, third] = [SEEDS, AGAIN, LATER].map(|typed| world.stations[0].register(&typed));
    world.stations[0].recover(&second, "50", "2026-11-10");
    let mut bundles: Vec<PathBuf> = vec![world.stations[0].export(&road).path.into()];
    world.round_trip();
    world.stations[0].link(&first, &second);
    let cut = world.stations[0].link(&second, &third);
    world.stations[0].withdraw(&first, "误录");
    world.stations[0].recover(&third, "7", "2026-11-12");
    bundles.push(world.stations[0].export(&road).path.into());
    world.round_trip();
    world.stations[0].restore(&first, "没有误录");
    world.stations[0].withdraw(&cut, "看错了");
    bundles.push(world.stations[0].export(&road).path.into());
    let mut ends = Vec::new();
    for (desk, order) in desks.iter_mut().zip(orders(3)) {
        for at in order {
            assert_eq!(desk.merge(&[&bundles[at]]).refused, 0);
            desk.look();
        }
        ends.push((desk.look(), sums(desk)));
    }
    assert!(ends[0].0.rows["waiting"].is_empty());
    assert_eq!(counts(&mut desks[0]), (2, 40_000, 5_700), "one matter of two with the money of one, and the third");
    for (look, sums) in &ends[1..] {
        ends[0].0.assert_same(look, "another order of the same bundles");
        assert_eq!(&ends[0].1, sums);
    }
}

/// Case 71: both complaints are missing when the link is heard of.
#[test]
fn a_link_between_complaints_that_are_not_here_is_kept_and_counts_once_they_are() {
    let mut world = World::acquainted(1, 307);
    let mut late = world.what_if(1);
    let (first, second) = (world.stations[0].register(&SEEDS), world.stations[0].register(&AGAIN));
    let road = world.stick("road");
    let complaints = world.stations[0].export(&road).path;
    world.round_trip();
    world.stations[0].link(&first, &second);
    let link = world.stations[0].export(&road).path;
    assert_eq!(late.merge(&[&link]).refused, 0);
    late.look();
    assert_eq!(late.refused("complaint.get", json!({"id": first})), "record_missing");
    late.merge(&[&complaints]);
    assert_eq!(counts(&mut late).0, 1);
    late.look();
}

fn shown(desk: &mut Desk) -> Vec<(String, Vec<String>, bool)> {
    let text = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let mut all: Vec<_> = desk
        .businesses()
        .iter()
        .map(|row| {
            let mut merged: Vec<String> = row["merged"].as_array().expect("a list").iter().map(text).collect();
            merged.sort_unstable();
            (text(row), merged, row["cycle"] == true)
        })
        .collect();
    all.sort_unstable();
    all
}

fn line(name: &str, merged: &[&str], cycle: bool) -> (String, Vec<String>, bool) {
    (name.to_owned(), merged.iter().map(|name| (*name).to_owned()).collect(), cycle)
}

/// Case 63: transitively, in any order; what was merged cannot be chosen, and what names it lands on the survivor.
#[test]
fn businesses_merged_in_any_order_end_at_the_same_survivor_with_everything_that_names_them() {
    for order in [[0, 1], [1, 0]] {
        let mut world = World::acquainted(1, 308);
        let ids = ["甲店", "乙店", "丙店"].map(|name| world.county.business(name));
        let pairs = [(&ids[0], &ids[1]), (&ids[1], &ids[2])];
        for at in order {
            world.county.merge_business(pairs[at].0, pairs[at].1);
        }
        assert_eq!(shown(&mut world.county), [line("丙店", &["乙店", "甲店"], false)]);
        let complaint = world.stations[0].register(&SEEDS);
        world.stations[0].amend(&complaint, |form| form.respondent_name = "甲店".into());
        world.round_trip();
        assert_eq!(world.county.businesses()[0]["complaints"], 1, "a late one that names the first lands on the last");
        let found = world.county.tell("business.list", json!({"text": "甲店", "limit": 10}));
        assert_eq!(found[0]["name"], "丙店", "whoever looks for the first is led to the last");
        world.county.look();
    }
}

/// Case 66: each can be taken back; what was written meanwhile stays.
#[test]
fn an_unmerged_business_stands_for_itself_again_with_what_was_written_meanwhile() {
    let mut world = World::of(0, 309);
    let [one, two, three] = ["甲店", "乙店", "丙店"].map(|name| world.county.business(name));
    world.county.merge_business(&one, &two);
    world.county.merge_business(&two, &three);
    let form = json!({
        "id": one, "seen": [], "name": "甲店（新址）", "uscc": "", "kind": "", "phone": "", "address": "城西", "aliases": ["老甲"],
    });
    world.county.tell("business.record", form);
    world.county.unmerge_business(&two);
    assert_eq!(shown(&mut world.county), [line("丙店", &[], false), line("乙店", &["甲店（新址）"], false)]);
    world.county.unmerge_business(&one);
    assert_eq!(
        shown(&mut world.county),
        [line("丙店", &[], false), line("乙店", &[], false), line("甲店（新址）", &[], false)]
    );
    let first = world.county.tell("business.list", json!({"text": "老甲", "limit": 10}));
    assert_eq!((&first[0]["address"], &first[0]["aliases"]), (&json!("城西"), &json!(["老甲"])));
    world.county.look();
}

/// Case 64: merged into each other at two offices.
#[test]
fn two_businesses_merged_into_each_other_are_shown_and_the_smallest_id_stands_for_both() {
    let mut world = World::acquainted(1, 310);
    let one = world.stations[0].business("甲店");
    let two = world.stations[0].business("乙店");
    world.round_trip();
    world.stations[0].merge_business(&one, &two);
    world.county.merge_business(&two, &one);
    world.round_trip();
    let (stands, other) = if one < two { ("甲店", "乙店") } else { ("乙店", "甲店") };
    let World { county, stations, .. } = &mut world;
    for desk in [&mut *county, &mut stations[0]] {
        assert_eq!(shown(desk), [line(stands, &[other], true)]);
        assert_eq!(desk.to_decide(), ["alias_cycle"]);
        assert_eq!(desk.decisions()[0]["title"], stands);
        desk.look();
    }
    county.unmerge_business(if one < two { &one } else { &two });
    world.round_trip();
    let World { county, stations, .. } = &mut world;
    for desk in [county, &mut stations[0]] {
        assert_eq!(shown(desk), [line(stands, &[other], false)], "confirmed: no circle any more");
        assert_eq!(desk.to_decide(), [""; 0]);
    }
}

/// Case 63: businesses of two stations; each station sees where its own has gone.
#[test]
fn a_station_is_told_into_which_business_of_another_its_own_was_merged() {
    let mut world = World::acquainted(2, 311);
    let one = world.stations[0].business("甲店");
    let two = world.stations[1].business("乙店");
    world.round_trip();
    world.county.merge_business(&one, &two);
    world.round_trip();
    assert_eq!(shown(&mut world.stations[0]), [line("乙店", &["甲店"], false)]);
    assert_eq!(
        shown(&mut world.stations[1]),
        [line("乙店", &[], false)],
        "a station is given nothing that it need not know"
    );
    // What the county changes in the other station's business reaches that station although a copy went elsewhere.
    let form = json!({
        "id": two, "seen": [], "name": "乙店总店", "uscc": "", "kind": "", "phone": "", "address": "", "aliases": [],
    });
    world.county.tell("business.record", form);
    world.round_trip();
    assert_eq!(shown(&mut world.stations[0]), [line("乙店总店", &["甲店"], false)]);
    assert_eq!(shown(&mut world.stations[1]), [line("乙店总店", &[], false)]);
    world.county.unmerge_business(&one);
    world.round_trip();
    assert!(shown(&mut world.stations[0]).contains(&line("甲店", &[], false)));
    for desk in [&mut world.county].into_iter().chain(&mut world.stations) {
        assert_eq!((desk.to_decide(), desk.tell("home.today", json!({}))["waiting"].clone()), (vec![], json!(0)));
    }
}

/// Cases 63 and 71: a survivor that has not arrived yet hides nobody.
#[test]
fn a_business_whose_survivor_is_not_here_yet_stands_for_itself() {
    let mut world = World::acquainted(1, 312);
    let mut late = world.what_if(1);
    let road = world.stick("road");
    let one = world.stations[0].business("甲店");
    let first = world.stations[0].export(&road).path;
    world.round_trip();
    let two = world.stations[0].business("乙店");
    let second = world.stations[0].export(&road).path;
    world.round_trip();
    world.stations[0].merge_business(&one, &two);
    let third = world.stations[0].export(&road).path;
    late.merge(&[&first, &third]);
    assert_eq!(shown(&mut late), [line("甲店", &[], false)]);
    late.merge(&[&second]);
    assert_eq!(shown(&mut late), [line("乙店", &["甲店"], false)]);
    late.look();
}

/// What happens to a record that names another one when that one is linked, merged, handed over or withdrawn.
#[derive(Debug, PartialEq, Eq)]
enum Rule {
    /// Belongs to the case: counts with it, goes along when it is handed over, stays with its own complaint in a link.
    PartOfCase,
    /// Names a line of the same ledger.
    SameLedger,
    /// Says what two records are to each other: follows both along.
    Relation,
    /// Is read through whatever stands for the one that it names.
    ReadThrough,
    /// Names an office or a device of the directory: neither is ever merged.
    Directory,
}

/// Case 65: every field that names another record has a rule. Who adds one decides here what becomes of it when records
/// are linked, merged or handed over, and writes the test for that rule.
#[test]
fn every_field_that_names_another_record_has_a_rule_for_linking_merging_and_handing_over() {
    let rules = BTreeMap::from([
        ("activity.business", Rule::ReadThrough),
        ("attachment.complaint", Rule::PartOfCase),
        ("business.merged_into", Rule::ReadThrough),
        ("complaint.consultation", Rule::ReadThrough),
        ("complaint.respondent", Rule::ReadThrough),
        ("consultation.complaint", Rule::ReadThrough),
        ("device.certified_by", Rule::Directory),
        ("device.office", Rule::Directory),
        ("link.a", Rule::Relation),
        ("link.b", Rule::Relation),
        ("loss.complaint", Rule::PartOfCase),
        ("loss.replaces", Rule::SameLedger),
        ("loss.reverses", Rule::SameLedger),
        ("office.parent", Rule::Directory),
        ("operator.office", Rule::Directory),
        ("step.complaint", Rule::PartOfCase),
        ("transfer.after", Rule::Relation),
        ("transfer.complaint", Rule::Relation),
        ("transfer.from", Rule::Directory),
        ("transfer.to", Rule::Directory),
    ]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/crates/domain/src/record");
    let found = references(&folder);
    assert_eq!(found, rules.keys().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    // The parts of a case are those whose rows the store finds by their complaint.
    let parts: Vec<&str> = rules.iter().filter(|(_, rule)| **rule == Rule::PartOfCase).map(|(name, _)| *name).collect();
    let known = ["attachment.complaint", "loss.complaint", "step.complaint"];
    assert_eq!(parts, known, "a further part needs its place in a handed-over case");
}

/// `kind.field` of every field of a record whose type is an id.
fn references(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder).expect("the records' folder").flatten() {
        let text = fs::read_to_string(file.path()).expect("a source file");
        let kind = file.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let records = text.split("record! {").skip(1).filter(|part| part.contains("pub struct"));
        for body in records.filter(|_| kind != "mod") {
            let body = body.split("\n}").next().unwrap_or_default();
            let fields = body.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once(": "));
            let names = fields.filter(|(name, kind)| !name.starts_with('/') && kind.contains("Uuid"));
            found.extend(names.map(|(name, _)| format!("{kind}.{name}")));
        }
    }
    found.sort_unstable();
    found
}

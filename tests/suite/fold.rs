//! The fold: what the entries of one record say, in whatever order and however often they arrive.
//! A table of cases, and properties held against a slow fold that is nothing but the definition.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use redress_journal::{Body, Entry, EntryId, Fold, fold};
use serde_json::{Map, Value, json};

/// An entry as a test writes it: its number, what its writer had seen, and what it does.
#[derive(Debug, Clone)]
struct Wrote {
    id: u8,
    was: Vec<u8>,
    does: Does,
}

#[derive(Debug, Clone)]
enum Does {
    Set(Value),
    Whole(Value),
    Withdraw(&'static str),
    Restore(&'static str),
}

fn set(id: u8, was: &[u8], fields: Value) -> Wrote {
    Wrote { id, was: was.to_vec(), does: Does::Set(fields) }
}

fn withdraw(id: u8, was: &[u8], reason: &'static str) -> Wrote {
    Wrote { id, was: was.to_vec(), does: Does::Withdraw(reason) }
}

fn restore(id: u8, was: &[u8], reason: &'static str) -> Wrote {
    Wrote { id, was: was.to_vec(), does: Does::Restore(reason) }
}

fn entry_id(number: u8) -> EntryId {
    EntryId([number; 32])
}

fn body(wrote: &Wrote) -> Vec<u8> {
    let was: Vec<String> = wrote.was.iter().map(|id| entry_id(*id).to_string()).collect();
    let uuid = "01930000-0000-7000-8000-000000000001";
    let mut body =
        json!({"v": 1, "kind": "complaint", "id": uuid, "was": was, "op": uuid, "at": "2001-01-01T00:00:00+08:00"});
    match &wrote.does {
        Does::Set(fields) => body["set"] = fields.clone(),
        Does::Whole(fields) => {
            body["set"] = fields.clone();
            body["whole"] = json!(true);
        }
        Does::Withdraw(reason) => body["withdraw"] = json!(reason),
        Does::Restore(reason) => body["restore"] = json!(reason),
    }
    body.to_string().into_bytes()
}

/// A fold in terms of the entries' own numbers, so that it can be compared whatever the order was.
#[derive(Debug, PartialEq)]
struct State {
    applied: Vec<u8>,
    waiting: Vec<u8>,
    heads: Vec<u8>,
    fields: BTreeMap<String, Vec<(u8, Value)>>,
    conflicts: Vec<String>,
    withdrawn: Option<String>,
    withdrawn_and_edited: bool,
}

fn folded(entries: &[Wrote]) -> State {
    let bodies: Vec<Vec<u8>> = entries.iter().map(body).collect();
    let numbered = entries.iter().zip(&bodies);
    let read: Vec<Entry<'_>> = numbered
        .map(|(wrote, body)| Entry { id: entry_id(wrote.id), body: Body::read(body).expect("a body") })
        .collect();
    in_numbers(entries, &fold(&read))
}

fn in_numbers(entries: &[Wrote], state: &Fold) -> State {
    let numbers = |indexes: &[usize]| indexes.iter().map(|at| entries[*at].id).collect();
    let versions = state.fields.iter().map(|(name, versions)| {
        let all = versions.all().iter().map(|version| (entries[version.entry].id, version.value.clone()));
        (name.clone(), all.collect())
    });
    State {
        applied: numbers(&state.applied),
        waiting: numbers(&state.waiting),
        heads: state.heads.iter().map(|id| id.0[0]).collect(),
        fields: versions.collect(),
        conflicts: state.conflicts().map(|(name, _)| name.to_owned()).collect(),
        withdrawn: state.withdrawn.clone(),
        withdrawn_and_edited: state.withdrawn_and_edited,
    }
}

fn values(state: &State) -> Map<String, Value> {
    state.fields.iter().map(|(name, versions)| (name.clone(), versions[0].1.clone())).collect()
}

struct Case {
    what: &'static str,
    entries: Vec<Wrote>,
    values: Value,
    conflicts: &'static [&'static str],
    heads: &'static [u8],
    waiting: &'static [u8],
}

fn table() -> Vec<Case> {
    let case =
        |what, entries, values, conflicts, heads, waiting| Case { what, entries, values, conflicts, heads, waiting };
    vec![
        case("nothing is an empty record", vec![], json!({}), &[], &[], &[]),
        case(
            "one value is that value",
            vec![set(1, &[], json!({"a": 1, "b": "x"}))],
            json!({"a": 1, "b": "x"}),
            &[],
            &[1],
            &[],
        ),
        case(
            "a later value replaces the one that was seen",
            vec![set(1, &[], json!({"a": 1, "b": 1})), set(2, &[1], json!({"a": 2}))],
            json!({"a": 2, "b": 1}),
            &[],
            &[2],
            &[],
        ),
        case(
            "two equal values are no conflict",
            vec![set(1, &[], json!({"a": 1})), set(2, &[1], json!({"a": 2})), set(3, &[1], json!({"a": 2}))],
            json!({"a": 2}),
            &[],
            &[2, 3],
            &[],
        ),
        case(
            "two different values are a conflict, shown by greatest height, then id",
            vec![set(1, &[], json!({"a": 1})), set(2, &[1], json!({"a": 2})), set(3, &[1], json!({"a": 3}))],
            json!({"a": 3}),
            &["a"],
            &[2, 3],
            &[],
        ),
        case(
            "height goes before id",
            vec![
                set(1, &[], json!({"a": 1})),
                set(9, &[1], json!({"a": 9})),
                set(2, &[1], json!({"b": 2})),
                set(3, &[2], json!({"a": 3})),
            ],
            json!({"a": 3, "b": 2}),
            &["a"],
            &[9, 3],
            &[],
        ),
        case(
            "different fields never conflict",
            vec![set(1, &[], json!({"a": 1, "b": 1})), set(2, &[1], json!({"a": 2})), set(3, &[1], json!({"b": 3}))],
            json!({"a": 2, "b": 3}),
            &[],
            &[2, 3],
            &[],
        ),
        case(
            "a decision settles the heads it names",
            vec![
                set(1, &[], json!({"a": 1})),
                set(2, &[1], json!({"a": 2})),
                set(3, &[1], json!({"a": 3})),
                set(4, &[2, 3], json!({"a": 2})),
            ],
            json!({"a": 2}),
            &[],
            &[4],
            &[],
        ),
        case(
            "a value nobody had seen when it was decided is asked about",
            vec![
                set(1, &[], json!({"a": 1})),
                set(2, &[1], json!({"a": 2})),
                set(3, &[1], json!({"a": 3})),
                set(4, &[2, 3], json!({"a": 2})),
                set(5, &[1], json!({"a": 5})),
            ],
            json!({"a": 2}),
            &["a"],
            &[5, 4],
            &[],
        ),
        case(
            "a late entry with the value that was decided asks nothing",
            vec![
                set(1, &[], json!({"a": 1})),
                set(2, &[1], json!({"a": 2})),
                set(3, &[1], json!({"a": 3})),
                set(4, &[2, 3], json!({"a": 2})),
                set(5, &[1], json!({"a": 2})),
            ],
            json!({"a": 2}),
            &[],
            &[5, 4],
            &[],
        ),
        case(
            "a decision about one field leaves the other conflict open",
            vec![
                set(1, &[], json!({"a": 1, "b": 1})),
                set(2, &[1], json!({"a": 2, "b": 2})),
                set(3, &[1], json!({"a": 3, "b": 3})),
                set(4, &[2, 3], json!({"a": 2})),
            ],
            json!({"a": 2, "b": 3}),
            &["b"],
            &[4],
            &[],
        ),
        case(
            "null clears a field and is a value like others",
            vec![set(1, &[], json!({"a": 1})), set(2, &[1], json!({"a": null})), set(3, &[1], json!({"a": 3}))],
            json!({"a": 3}),
            &["a"],
            &[2, 3],
            &[],
        ),
        case(
            "a field cleared by everybody who set it is clear",
            vec![set(1, &[], json!({"a": 1})), set(2, &[1], json!({"a": null}))],
            json!({"a": null}),
            &[],
            &[2],
            &[],
        ),
        case(
            "an entry waits until everything its writer saw is here",
            vec![set(1, &[], json!({"a": 1})), set(3, &[1, 2], json!({"a": 3})), set(4, &[3], json!({"b": 4}))],
            json!({"a": 1}),
            &[],
            &[1],
            &[3, 4],
        ),
        case(
            "what came twice counts once",
            vec![
                set(1, &[], json!({"a": 1})),
                set(2, &[1], json!({"a": 2})),
                set(1, &[], json!({"a": 1})),
                set(2, &[1, 1], json!({"a": 2})),
            ],
            json!({"a": 2}),
            &[],
            &[2],
            &[],
        ),
        case(
            "two beginnings of one record are both kept",
            vec![set(1, &[], json!({"a": 1})), set(2, &[], json!({"a": 2}))],
            json!({"a": 2}),
            &["a"],
            &[1, 2],
            &[],
        ),
    ]
}

#[test]
fn the_fold_says_what_the_table_says() {
    for case in table() {
        let state = folded(&case.entries);
        assert_eq!(Value::Object(values(&state)), case.values, "values: {}", case.what);
        assert_eq!(state.conflicts, case.conflicts, "conflicts: {}", case.what);
        assert_eq!(state.heads, case.heads, "heads: {}", case.what);
        assert_eq!(state.waiting, case.waiting, "waiting: {}", case.what);
    }
}

#[test]
fn a_conflict_keeps_every_value_with_its_entry() {
    let state =
        folded(&[set(1, &[], json!({"a": 1})), set(2, &[1], json!({"a": 2})), set(3, &[1], json!({"a": null}))]);
    assert_eq!(state.fields["a"], [(3, Value::Null), (2, json!(2))]);
}

#[test]
fn withdrawing_restoring_and_editing_at_once_say_what_the_table_says() {
    let table: &[(&str, Vec<Wrote>, Option<&str>, bool)] = &[
        (
            "a withdrawn record is out, with its reason",
            vec![set(1, &[], json!({"a": 1})), withdraw(2, &[1], "重复")],
            Some("重复"),
            false,
        ),
        (
            "a restored record is back",
            vec![set(1, &[], json!({"a": 1})), withdraw(2, &[1], "重复"), restore(3, &[2], "不是")],
            None,
            false,
        ),
        (
            "withdrawn again after a restore is out again",
            vec![
                set(1, &[], json!({"a": 1})),
                withdraw(2, &[1], "一"),
                restore(3, &[2], "二"),
                withdraw(4, &[3], "三"),
            ],
            Some("三"),
            false,
        ),
        (
            "an edit that did not know of the withdrawal goes to the decision list",
            vec![set(1, &[], json!({"a": 1})), withdraw(2, &[1], "重复"), set(3, &[1], json!({"a": 3}))],
            None,
            true,
        ),
        (
            "an edit that knew of the withdrawal leaves the record out",
            vec![set(1, &[], json!({"a": 1})), withdraw(2, &[1], "重复"), set(3, &[2], json!({"a": 3}))],
            Some("重复"),
            false,
        ),
        (
            "withdrawing once more after seeing both is a decision",
            vec![
                set(1, &[], json!({"a": 1})),
                withdraw(2, &[1], "重复"),
                set(3, &[1], json!({"a": 3})),
                withdraw(4, &[2, 3], "仍是重复"),
            ],
            Some("仍是重复"),
            false,
        ),
        (
            "restoring after seeing both is a decision",
            vec![
                set(1, &[], json!({"a": 1})),
                withdraw(2, &[1], "重复"),
                set(3, &[1], json!({"a": 3})),
                restore(4, &[2, 3], "留着"),
            ],
            None,
            false,
        ),
        (
            "an edit that knew of the edit beside the withdrawal has not decided anything",
            vec![
                set(1, &[], json!({"a": 1})),
                withdraw(2, &[1], "重复"),
                set(3, &[1], json!({"a": 3})),
                set(4, &[2, 3], json!({"b": 4})),
            ],
            None,
            true,
        ),
        (
            "one withdraws again while another restores: somebody must decide",
            vec![
                set(1, &[], json!({"a": 1})),
                withdraw(2, &[1], "一"),
                restore(3, &[2], "二"),
                withdraw(4, &[2], "三"),
            ],
            None,
            true,
        ),
        (
            "two who withdraw at once agree",
            vec![set(1, &[], json!({"a": 1})), withdraw(2, &[1], "甲"), withdraw(3, &[1], "乙")],
            Some("乙"),
            false,
        ),
    ];
    for (what, entries, withdrawn, undecided) in table {
        let state = folded(entries);
        assert_eq!(state.withdrawn.as_deref(), *withdrawn, "{what}");
        assert_eq!(state.withdrawn_and_edited, *undecided, "{what}");
        assert!(state.conflicts.is_empty() || *undecided, "{what}");
    }
}

#[test]
fn a_field_with_an_empty_name_cannot_pass_for_a_withdrawal() {
    let state = folded(&[set(1, &[], json!({"": [true, "gone"], "a": 1}))]);
    assert_eq!((state.withdrawn, state.fields.len()), (None, 1));
}

#[test]
fn what_a_newer_program_wrote_waits_and_so_does_what_stands_on_it() {
    let mut newer = serde_json::from_slice::<Value>(&body(&set(2, &[1], json!({"a": 2})))).expect("a body");
    newer["v"] = json!(2);
    let bodies =
        [body(&set(1, &[], json!({"a": 1}))), newer.to_string().into_bytes(), body(&set(3, &[2], json!({"a": 3})))];
    let read: Vec<Entry<'_>> = (1..)
        .zip(&bodies)
        .map(|(id, body)| Entry { id: entry_id(id), body: Body::read(body).expect("a body") })
        .collect();
    let state = fold(&read);
    assert_eq!((state.applied, state.waiting), (vec![0], vec![1, 2]));
    assert_eq!(state.fields["a"].provisional().value, json!(1));
}

fn whole(id: u8, was: &[u8], fields: Value) -> Wrote {
    Wrote { id, was: was.to_vec(), does: Does::Whole(fields) }
}

#[test]
fn a_copy_of_the_whole_record_contradicts_nobody_and_settles_nothing() {
    let original = set(1, &[], json!({"a": 1, "b": 1}));
    let copy = whole(2, &[1], json!({"a": 1, "b": 1}));
    let beside = set(3, &[1], json!({"a": 2}));
    let state = folded(&[original.clone(), copy.clone(), beside.clone()]);
    assert_eq!((Value::Object(values(&state)), state.conflicts.len()), (json!({"a": 2, "b": 1}), 0));

    let withdrawn = folded(&[original.clone(), copy.clone(), withdraw(4, &[1], "twice")]);
    assert_eq!((withdrawn.withdrawn.as_deref(), withdrawn.withdrawn_and_edited), (Some("twice"), false));

    let other = set(5, &[1], json!({"a": 3}));
    let of_both = whole(6, &[2, 3, 5], json!({"a": 3, "b": 1}));
    let undecided = folded(&[original, copy.clone(), beside, other, of_both.clone()]);
    assert_eq!(undecided.conflicts, ["a"], "nobody has decided by carrying a copy");

    let elsewhere = folded(&[copy, of_both, set(7, &[6], json!({"b": 2}))]);
    assert_eq!((Value::Object(values(&elsewhere)), elsewhere.conflicts.len()), (json!({"a": 3, "b": 2}), 0));
}

/// The definition, word for word, in no hurry: `was` closed over by walking, versions by comparing every pair.
fn by_definition(entries: &[Wrote]) -> State {
    let unique: BTreeMap<u8, &Wrote> = entries.iter().map(|wrote| (wrote.id, wrote)).collect();
    let mut height: BTreeMap<u8, u64> = BTreeMap::new();
    for _ in 0..unique.len() {
        for wrote in unique.values() {
            let seen: Vec<Option<u64>> = wrote.was.iter().map(|id| height.get(id).copied()).collect();
            if matches!(wrote.does, Does::Whole(_)) || seen.iter().all(Option::is_some) {
                height.insert(wrote.id, 1 + seen.into_iter().flatten().max().unwrap_or(0));
            }
        }
    }
    let mut applied: Vec<u8> = height.keys().copied().collect();
    applied.sort_by_key(|id| (height[id], *id));
    let past: BTreeMap<u8, BTreeSet<u8>> = applied.iter().map(|id| (*id, past_of(*id, &unique))).collect();
    let superseded = |id: u8, field: &dyn Fn(&Wrote) -> bool| {
        applied.iter().any(|later| past[later].contains(&id) && field(unique[later]))
    };
    let says = said_anew(&unique, &applied, &past);
    let fields = versions(&says, &past, &applied);
    let conflicts = fields.iter().filter(|(_, all)| all.iter().any(|(_, value)| *value != all[0].1));
    let heads: Vec<u8> = applied.iter().copied().filter(|id| !past.values().any(|past| past.contains(id))).collect();
    let is_about = |wrote: &Wrote| matches!(wrote.does, Does::Withdraw(_) | Does::Restore(_));
    let in_force: Vec<u8> =
        applied.iter().rev().copied().filter(|id| is_about(unique[id]) && !superseded(*id, &is_about)).collect();
    let reason = |id: &u8| match unique[id].does {
        Does::Withdraw(reason) => Some(reason),
        Does::Set(_) | Does::Whole(_) | Does::Restore(_) => None,
    };
    let out: Vec<(u8, &str)> = in_force.iter().filter_map(|id| Some((*id, reason(id)?))).collect();
    let related = |one: u8| out.iter().any(|(id, _)| *id == one || past[id].contains(&one) || past[&one].contains(id));
    let repeats = |id: u8| matches!(unique[&id].does, Does::Whole(_)) && says[&id].is_empty();
    let edited =
        !out.is_empty() && (out.len() < in_force.len() || applied.iter().any(|id| !related(*id) && !repeats(*id)));
    State {
        waiting: unique.keys().copied().filter(|id| !height.contains_key(id)).collect(),
        conflicts: conflicts.map(|(name, _)| name.clone()).collect(),
        withdrawn: out.first().filter(|_| !edited).map(|(_, reason)| (*reason).to_owned()),
        withdrawn_and_edited: edited,
        applied,
        heads,
        fields,
    }
}

/// What each entry sets; of one that says the whole record only what is not said already by what its writer had seen.
fn said_anew(
    unique: &BTreeMap<u8, &Wrote>,
    applied: &[u8],
    past: &BTreeMap<u8, BTreeSet<u8>>,
) -> BTreeMap<u8, Map<String, Value>> {
    let mut says = BTreeMap::new();
    let mut open = applied.to_vec();
    while !open.is_empty() {
        // The oldest first: of whom nobody who is still to be read had been seen.
        let oldest = open.iter().position(|id| open.iter().all(|other| !past[id].contains(other)));
        let id = open.remove(oldest.expect("nobody has seen himself"));
        let said = match &unique[&id].does {
            Does::Set(Value::Object(all)) => all.clone(),
            Does::Whole(Value::Object(all)) => {
                let complete = past[&id].iter().all(|seen| applied.contains(seen));
                let before: Vec<u8> = applied.iter().copied().filter(|other| past[&id].contains(other)).collect();
                let known = versions(&says, past, &before);
                let repeats = |name: &String, value: &Value| {
                    known.get(name).is_some_and(|all| {
                        all[0].1 == *value && (complete || all.iter().all(|(_, other)| other == value))
                    })
                };
                all.iter().filter(|(name, value)| !repeats(name, value)).map(|(n, v)| (n.clone(), v.clone())).collect()
            }
            _ => Map::new(),
        };
        says.insert(id, said);
    }
    says
}

/// The versions of every field, of the entries up to which one looks, given from the lowest to the highest.
fn versions(
    says: &BTreeMap<u8, Map<String, Value>>,
    past: &BTreeMap<u8, BTreeSet<u8>>,
    upto: &[u8],
) -> BTreeMap<String, Vec<(u8, Value)>> {
    let mut fields: BTreeMap<String, Vec<(u8, Value)>> = BTreeMap::new();
    for id in upto.iter().rev() {
        for (name, value) in &says[id] {
            let again = |later: &u8| past[later].contains(id) && says[later].contains_key(name);
            if !upto.iter().any(again) {
                fields.entry(name.clone()).or_default().push((*id, value.clone()));
            }
        }
    }
    fields
}

fn past_of(id: u8, unique: &BTreeMap<u8, &Wrote>) -> BTreeSet<u8> {
    let (mut past, mut open) = (BTreeSet::new(), unique[&id].was.clone());
    while let Some(next) = open.pop() {
        if past.insert(next) {
            open.extend(unique.get(&next).iter().flat_map(|wrote| &wrote.was));
        }
    }
    past
}

/// Up to a dozen entries; each saw some of those before it, and now and then one that never arrives.
fn some_entries() -> impl Strategy<Value = Vec<Wrote>> {
    let fields = proptest::collection::btree_map(
        prop_oneof!["a", "b", "c"],
        prop_oneof![Just(json!(null)), (0..3).prop_map(|n| json!(n))],
        0..3,
    );
    let does = prop_oneof![
        8 => fields.clone().prop_map(|fields| Does::Set(json!(fields))),
        1 => fields.prop_map(|fields| Does::Whole(json!(fields))),
        1 => Just(Does::Withdraw("withdrawn")),
        1 => Just(Does::Restore("restored")),
    ];
    let one = (
        does,
        proptest::collection::vec(any::<prop::sample::Index>(), 0..3),
        proptest::bool::weighted(0.05),
        any::<u8>(),
    );
    proptest::collection::vec(one, 1..12).prop_map(|drawn| {
        let mut entries: Vec<Wrote> = Vec::new();
        for (does, seen, missing, number) in drawn {
            // Ids are hashes: in no order, and never twice.
            let id = (0..=250)
                .map(|step| number.wrapping_add(step))
                .find(|id| *id != 255 && entries.iter().all(|entry| entry.id != *id));
            let mut was: Vec<u8> =
                if entries.is_empty() { vec![] } else { seen.iter().map(|at| at.get(&entries).id).collect() };
            was.extend(missing.then_some(255));
            entries.push(Wrote { id: id.expect("a dozen of 255 numbers"), was, does });
        }
        entries
    })
}

proptest! {
    #[test]
    fn the_fold_is_its_definition(entries in some_entries()) {
        prop_assert_eq!(folded(&entries), by_definition(&entries));
    }

    #[test]
    fn any_order_and_repetition_folds_to_the_same(
        (entries, again) in some_entries().prop_flat_map(|entries| {
            let again = proptest::collection::vec(0..entries.len(), 0..6);
            (Just(entries), again)
        }),
        order in any::<u64>(),
    ) {
        let mut shuffled: Vec<Wrote> = entries.iter().cloned().chain(again.iter().map(|at| entries[*at].clone())).collect();
        shuffle(&mut shuffled, order);
        prop_assert_eq!(folded(&shuffled), folded(&entries));
    }

    #[test]
    fn every_entry_is_applied_or_waits_and_none_is_both(entries in some_entries()) {
        let state = folded(&entries);
        let all: BTreeSet<u8> = entries.iter().map(|wrote| wrote.id).collect();
        let mut kept: Vec<u8> = state.applied.iter().chain(&state.waiting).copied().collect();
        kept.sort_unstable();
        prop_assert_eq!(kept, all.into_iter().collect::<Vec<u8>>());
    }

    #[test]
    fn what_waited_is_applied_once_everything_is_here(entries in some_entries(), seed in any::<u64>()) {
        let whole: Vec<Wrote> = entries.into_iter().map(|mut wrote| { wrote.was.retain(|id| *id != 255); wrote }).collect();
        prop_assert_eq!(folded(&whole).waiting, Vec::<u8>::new());
        let mut part = whole.clone();
        shuffle(&mut part, seed);
        part.truncate(whole.len() / 2);
        let part_state = folded(&part);
        let whole_state = folded(&whole);
        prop_assert!(part_state.applied.iter().all(|id| whole_state.applied.contains(id)));
    }
}

/// Fisher and Yates, from a seed.
fn shuffle<T>(items: &mut [T], mut seed: u64) {
    for at in (1..items.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(at, usize::try_from(seed >> 33).unwrap_or(0) % (at + 1));
    }
}

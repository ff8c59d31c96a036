//! From the entries of one record to its state. Pure, and the same for any order in which the entries came.
//!
//! An entry is *applied* when this program understands it and everything that its writer had seen is applied too, or
//! when it says the whole record; else it waits. A field's versions are the applied entries that set it and that no other such entry had seen. One version,
//! or all equal: settled. Several different ones: a conflict, which is a value here, not an error, and has no winner:
//! the first version is provisional. Of an entry that says the whole record only that counts which is not said already by
//! what its writer had seen.

use std::collections::{BTreeMap, HashMap};

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::digest::EntryId;
use crate::entry::Body;

/// The name under which withdrawals compete with each other; no field of a record can have it.
const WITHDRAWAL: &str = "";

/// An entry of the record, with its id.
#[derive(Debug)]
pub struct Entry<'a> {
    /// Its id, computed from place and body.
    pub id: EntryId,
    /// Its body.
    pub body: Body<'a>,
}

/// One value that a field may have.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Index of the entry in the slice that was folded.
    pub entry: usize,
    /// The value.
    pub value: Value,
}

/// The values that a field may have, the provisional one first. Never empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Versions(Vec<Version>);

impl Versions {
    /// The value to show until somebody decides: of the greatest (height, id).
    pub fn provisional(&self) -> &Version {
        &self.0[0]
    }

    /// Whether there is something to decide.
    pub fn is_conflict(&self) -> bool {
        self.0.iter().any(|version| version.value != self.0[0].value)
    }

    /// All versions, the provisional one first; equal values stand once for each entry that set them.
    pub fn all(&self) -> &[Version] {
        &self.0
    }
}

/// What the entries of a record say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fold {
    /// Applied entries, oldest first by (height, id).
    pub applied: Vec<usize>,
    /// Entries whose predecessors are missing, or that a newer program wrote.
    pub waiting: Vec<usize>,
    /// Applied entries that no applied entry has seen.
    pub heads: Vec<EntryId>,
    /// The fields by name.
    pub fields: BTreeMap<String, Versions>,
    /// The reason of the withdrawal that is in force.
    pub withdrawn: Option<String>,
    /// Somebody withdrew the record while somebody else changed it: the record stays until it is decided.
    pub withdrawn_and_edited: bool,
}

impl Fold {
    /// The provisional value of every field.
    pub fn values(&self) -> Map<String, Value> {
        self.fields.iter().map(|(name, versions)| (name.clone(), versions.provisional().value.clone())).collect()
    }

    /// The fields that have several different values.
    pub fn conflicts(&self) -> impl Iterator<Item = (&str, &Versions)> {
        self.fields
            .iter()
            .filter(|(_, versions)| versions.is_conflict())
            .map(|(name, versions)| (name.as_str(), versions))
    }
}

/// Folds the entries of one record. Entries may come in any order; an entry that comes twice counts once.
pub fn fold(entries: &[Entry<'_>]) -> Fold {
    let graph = Graph::of(entries);
    let mut assignments = assignments(entries, &graph.applied);
    graph.silence_copies(entries, &mut assignments);
    let everything = vec![true; entries.len()];
    let covered = graph.covered(entries, &assignments, &everything);
    let mut fields = BTreeMap::new();
    let mut withdrawals = Vec::new();
    for (name, field) in &assignments.names {
        let versions = graph.versions(*field, &assignments, (&covered, &everything));
        if name.is_empty() {
            withdrawals = versions;
        } else {
            fields.insert(name.clone(), Versions(versions));
        }
    }
    let mut state = Fold {
        heads: graph.heads(entries),
        waiting: graph.waiting.clone(),
        applied: graph.applied.clone(),
        fields,
        ..Fold::default()
    };
    let says_nothing = |at: usize| entries[at].body.whole && assignments.of_entry[at].is_empty();
    settle_withdrawal(&mut state, &withdrawals, (entries, &graph), says_nothing);
    state
}

/// The causal graph of a record's entries.
struct Graph {
    index: HashMap<EntryId, usize>,
    applied: Vec<usize>,
    waiting: Vec<usize>,
    height: Vec<u64>,
    /// Every entry after those that its writer had seen, waiting ones too where something applied stands on them.
    causal: Vec<usize>,
}

impl Graph {
    fn of(entries: &[Entry<'_>]) -> Self {
        let mut index = HashMap::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            index.entry(entry.id).or_insert(at);
        }
        let height = vec![0; entries.len()];
        let mut graph = Self { index, applied: Vec::new(), waiting: Vec::new(), height, causal: Vec::new() };
        graph.apply(entries);
        graph
    }

    /// Applies every entry whose predecessors are all applied, from the roots on, and gives each its height.
    fn apply(&mut self, entries: &[Entry<'_>]) {
        let applied = self.reached(entries, |at| {
            let body = &entries[at].body;
            usize::from(!body.is_understood()) + if body.whole { 0 } else { distinct(&body.was).len() }
        });
        // Only a whole entry can be applied before what its writer had seen.
        let some_are_whole = entries.iter().any(|entry| entry.body.whole);
        self.causal =
            if some_are_whole { self.reached(entries, |at| self.present(entries, at)) } else { applied.clone() };
        let mut is_applied = vec![false; entries.len()];
        applied.iter().for_each(|at| is_applied[*at] = true);
        for at in self.causal.iter().copied().filter(|at| is_applied[*at]) {
            let parents = entries[at].body.was.iter().filter_map(|id| self.index.get(id));
            self.height[at] = 1 + parents.map(|parent| self.height[*parent]).max().unwrap_or(0);
        }
        self.applied = applied;
        self.applied.sort_unstable_by_key(|at| (self.height[*at], entries[*at].id));
        self.waiting = self.index.values().copied().filter(|at| self.height[*at] == 0).collect();
        self.waiting.sort_unstable_by_key(|at| entries[*at].id);
    }

    /// How many of the entries that the writer had seen are here.
    fn present(&self, entries: &[Entry<'_>], at: usize) -> usize {
        distinct(&entries[at].body.was).iter().filter(|id| self.index.contains_key(id)).count()
    }

    fn is_applied(&self, at: usize) -> bool {
        self.height[at] > 0
    }

    /// The entries that are reached from those that miss nothing, each after what it missed.
    fn reached(&self, entries: &[Entry<'_>], misses: impl Fn(usize) -> usize) -> Vec<usize> {
        let own = |at: &usize| self.index.get(&entries[*at].id) == Some(at);
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); entries.len()];
        let mut missing: Vec<usize> = vec![usize::MAX; entries.len()];
        let mut reached = Vec::new();
        for at in (0..entries.len()).filter(own) {
            missing[at] = misses(at);
            let parents = distinct(&entries[at].body.was);
            parents.iter().filter_map(|id| self.index.get(id)).for_each(|parent| children[*parent].push(at));
            if missing[at] == 0 {
                reached.push(at);
            }
        }
        let mut next = 0;
        while let Some(at) = reached.get(next).copied() {
            next += 1;
            for child in &children[at] {
                if missing[*child] > 0 {
                    missing[*child] -= 1;
                    if missing[*child] == 0 {
                        reached.push(*child);
                    }
                }
            }
        }
        reached
    }

    fn parents<'e>(&'e self, entries: &'e [Entry<'_>], at: usize) -> impl Iterator<Item = usize> + 'e {
        entries[at].body.was.iter().filter_map(|id| self.index.get(id).copied())
    }

    fn heads(&self, entries: &[Entry<'_>]) -> Vec<EntryId> {
        let mut seen = vec![false; entries.len()];
        for at in self.causal.iter().rev() {
            if seen[*at] || self.is_applied(*at) {
                self.parents(entries, *at).for_each(|parent| seen[parent] = true);
            }
        }
        self.applied.iter().filter(|at| !seen[**at]).map(|at| entries[*at].id).collect()
    }

    /// Takes from every entry that says the whole record what it only repeats of what its writer had seen: a copy changes
    /// nothing, settles nothing, and competes with nobody who changed what was copied. Where not all that the writer had
    /// seen is here, it says what the missing ones said, and settles what they settled.
    fn silence_copies(&self, entries: &[Entry<'_>], assignments: &mut Assignments) {
        for at in self.causal.iter().copied().filter(|at| entries[*at].body.whole && self.is_applied(*at)) {
            let (past, complete) = self.past(entries, at);
            let covered = self.covered(entries, assignments, &past);
            let mut said = std::mem::take(&mut assignments.of_entry[at]);
            said.retain(|(field, value)| {
                let known = self.versions(*field, assignments, (&covered, &past));
                let repeats = known.first().is_some_and(|version| version.value == *value);
                !(repeats && (complete || known.iter().all(|version| version.value == *value)))
            });
            assignments.of_entry[at] = said;
        }
    }

    /// The entries that the writer of this one had seen, as far as they are here, and whether all of them are applied.
    fn past(&self, entries: &[Entry<'_>], at: usize) -> (Vec<bool>, bool) {
        let (mut past, mut complete, mut open) = (vec![false; entries.len()], true, vec![at]);
        while let Some(next) = open.pop() {
            for id in &entries[next].body.was {
                let known = self.index.get(id).copied();
                complete &= known.is_some_and(|parent| self.is_applied(parent));
                open.extend(known.filter(|parent| !std::mem::replace(&mut past[*parent], true)));
            }
        }
        (past, complete)
    }

    /// For each entry within a part of the graph the set of fields that some later entry there, which had seen it, sets
    /// again. Newest first, one pass.
    fn covered(&self, entries: &[Entry<'_>], assignments: &Assignments, within: &[bool]) -> Vec<FieldSet> {
        let mut covered = vec![FieldSet::new(assignments.names.len()); entries.len()];
        for at in self.causal.iter().rev().filter(|at| within[**at]) {
            let mut below = covered[*at].clone();
            assignments.of_entry[*at].iter().for_each(|(field, _)| below.insert(*field));
            for parent in self.parents(entries, *at) {
                covered[parent].unite(&below);
            }
        }
        covered
    }

    fn versions(
        &self,
        field: usize,
        assignments: &Assignments,
        (covered, within): (&[FieldSet], &[bool]),
    ) -> Vec<Version> {
        let newest_first = self.applied.iter().rev();
        newest_first
            .filter(|at| within[**at] && !covered[**at].contains(field))
            .filter_map(|at| {
                let (_, value) = assignments.of_entry[*at].iter().find(|(name, _)| *name == field)?;
                Some(Version { entry: *at, value: value.clone() })
            })
            .collect()
    }

    /// Notes the entries that `one` had seen, those that have seen it, and itself.
    fn note_related(&self, one: usize, entries: &[Entry<'_>], related: &mut [bool]) {
        let (mut after, mut before) = (vec![false; entries.len()], vec![false; entries.len()]);
        before[one] = true;
        for at in &self.causal {
            after[*at] = *at == one || self.parents(entries, *at).any(|parent| after[parent]);
        }
        for at in self.causal.iter().rev() {
            if before[*at] {
                self.parents(entries, *at).for_each(|parent| before[parent] = true);
            }
        }
        related.iter_mut().enumerate().for_each(|(at, related)| *related |= after[at] || before[at]);
    }
}

fn distinct(ids: &[EntryId]) -> Vec<EntryId> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Which entry sets which field to what; fields are numbered so that sets of them are bits.
struct Assignments {
    names: BTreeMap<String, usize>,
    of_entry: Vec<Vec<(usize, Value)>>,
}

fn assignments(entries: &[Entry<'_>], applied: &[usize]) -> Assignments {
    let mut names = BTreeMap::new();
    let mut of_entry = vec![Vec::new(); entries.len()];
    for at in applied {
        let body = &entries[*at].body;
        let set = body.set.map(RawValue::get).and_then(|text| serde_json::from_str::<Map<String, Value>>(text).ok());
        let fields = set.unwrap_or_default().into_iter().filter(|(name, _)| !name.is_empty());
        for (name, value) in fields.chain(withdrawal(body)) {
            let next = names.len();
            of_entry[*at].push((*names.entry(name).or_insert(next), value));
        }
    }
    Assignments { names, of_entry }
}

fn withdrawal(body: &Body<'_>) -> Option<(String, Value)> {
    let (out, reason) = match (&body.withdraw, &body.restore) {
        (_, Some(reason)) => (false, reason),
        (Some(reason), None) => (true, reason),
        (None, None) => return None,
    };
    Some((WITHDRAWAL.to_owned(), Value::from(vec![Value::from(out), Value::from(reason.as_ref())])))
}

/// A withdrawal is in force unless somebody restored the record or changed it without having seen one: then the record
/// stays until somebody who has seen both withdraws or restores it. A copy that says nothing new is no change.
fn settle_withdrawal(
    state: &mut Fold,
    versions: &[Version],
    (entries, graph): (&[Entry<'_>], &Graph),
    says_nothing: impl Fn(usize) -> bool,
) {
    let (out, restored): (Vec<&Version>, Vec<&Version>) =
        versions.iter().partition(|version| version.value[0] == Value::Bool(true));
    let Some(newest) = out.first() else { return };
    let mut related = vec![false; entries.len()];
    out.iter().for_each(|version| graph.note_related(version.entry, entries, &mut related));
    if !restored.is_empty() || graph.applied.iter().any(|at| !related[*at] && !says_nothing(*at)) {
        state.withdrawn_and_edited = true;
    } else {
        state.withdrawn = newest.value[1].as_str().map(str::to_owned);
    }
}

/// A set of field numbers.
#[derive(Clone)]
struct FieldSet(Vec<u64>);

impl FieldSet {
    fn new(fields: usize) -> Self {
        Self(vec![0; fields.div_ceil(64)])
    }

    fn insert(&mut self, field: usize) {
        self.0[field / 64] |= 1 << (field % 64);
    }

    fn contains(&self, field: usize) -> bool {
        self.0[field / 64] & (1 << (field % 64)) != 0
    }

    fn unite(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| *mine |= theirs);
    }
}

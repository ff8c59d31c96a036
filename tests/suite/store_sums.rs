//! Sums kept step by step equal sums counted from rows, and rows equal rebuilt rows, whatever is written in whatever order.

use proptest::prelude::*;
use proptest::sample::Index;
use redress_domain::CivilDate;
use redress_journal::{Change, EntryId};
use redress_store::{Gate, Store, StoreError};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::store_gate::{OFFICE, draft, fields, months, some_store};

/// One thing that somebody writes.
#[derive(Debug, Clone)]
enum Op {
    Complaint {
        set: Value,
        elsewhere: bool,
    },
    Amend {
        whose: Index,
        set: Value,
        unaware: bool,
    },
    Step {
        whose: Index,
        kind: &'static str,
        on: Value,
    },
    Loss {
        whose: Index,
        fen: i64,
        on: Value,
        kind: &'static str,
    },
    /// A loss whose complaint comes later, as entry `Complaint` under the same id, or never.
    EarlyLoss {
        fen: i64,
        on: Value,
    },
    LateComplaint {
        whose: Index,
        set: Value,
    },
    Reverse {
        whose: Index,
        on: Value,
    },
    Move {
        whose: Index,
        to: Index,
    },
    Consultation {
        set: Value,
    },
    AmendConsultation {
        whose: Index,
        set: Value,
    },
    Withdraw {
        kind: &'static str,
        whose: Index,
    },
    Restore {
        kind: &'static str,
        whose: Index,
    },
}

/// Days from 1968 to 2030, some years closer together than others, and now and then none.
fn some_day() -> impl Strategy<Value = Value> {
    let day = |number: i32| json!(CivilDate::from_day_number(number).expect("a day in range").to_string());
    prop_oneof![
        6 => (20_500..20_700).prop_map(day),
        1 => (-600..600).prop_map(day),
        1 => (600..22_000).prop_map(day),
        1 => Just(Value::Null),
    ]
}

fn some_fields() -> impl Strategy<Value = Value> {
    let nature = prop_oneof![Just("N01"), Just("N02"), Just("")];
    let class = prop_oneof![Just("G10-01"), Just("G10-02"), Just("S01")];
    let fen = prop_oneof![Just(Value::Null), (0..1_000_000_i64).prop_map(|fen| json!(fen))];
    (some_day(), nature, class, prop_oneof![Just("IC01"), Just("IC02")], fen).prop_map(|(day, nature, class, channel, fen)| {
        json!({"received_on": day, "nature": nature, "class": class, "channel": channel, "dispute_fen": fen, "goods_name": "种子"})
    })
}

/// One field or two of a complaint, as an amendment sets.
fn some_change() -> impl Strategy<Value = Value> {
    (
        some_fields(),
        proptest::sample::subsequence(vec!["received_on", "nature", "class", "channel", "dispute_fen"], 1..3),
    )
        .prop_map(|(all, names)| names.into_iter().map(|name| (name.to_owned(), all[name].clone())).collect())
}

fn some_op() -> impl Strategy<Value = Op> {
    let whose = any::<Index>;
    let steps = prop_oneof![
        Just("accepted"),
        Just("refused"),
        Just("mediation"),
        Just("agreement"),
        Just("settled"),
        Just("withdrawn"),
        Just("terminated"),
        Just("archived"),
    ];
    let kind = prop_oneof![Just("recovered"), Just("punitive"), Just("advance")];
    let talk = || {
        (some_day(), 0..5_u32).prop_map(|(day, persons)| json!({"asked_on": day, "persons": persons, "topic": "CT02"}))
    };
    let any_kind = || prop_oneof![Just("complaint"), Just("loss"), Just("step"), Just("consultation")];
    prop_oneof![
        5 => (some_fields(), any::<bool>()).prop_map(|(set, elsewhere)| Op::Complaint { set, elsewhere }),
        4 => (whose(), some_change(), any::<bool>()).prop_map(|(whose, set, unaware)| Op::Amend { whose, set, unaware }),
        4 => (whose(), steps, some_day()).prop_map(|(whose, kind, on)| Op::Step { whose, kind, on }),
        4 => (whose(), 1..900_000_i64, some_day(), kind).prop_map(|(whose, fen, on, kind)| Op::Loss { whose, fen, on, kind }),
        1 => (1..900_000_i64, some_day()).prop_map(|(fen, on)| Op::EarlyLoss { fen, on }),
        1 => (whose(), some_fields()).prop_map(|(whose, set)| Op::LateComplaint { whose, set }),
        3 => (whose(), some_day()).prop_map(|(whose, on)| Op::Reverse { whose, on }),
        1 => (whose(), whose()).prop_map(|(whose, to)| Op::Move { whose, to }),
        2 => talk().prop_map(|set| Op::Consultation { set }),
        1 => (whose(), talk()).prop_map(|(whose, set)| Op::AmendConsultation { whose, set }),
        2 => (any_kind(), whose()).prop_map(|(kind, whose)| Op::Withdraw { kind, whose }),
        1 => (any_kind(), whose()).prop_map(|(kind, whose)| Op::Restore { kind, whose }),
    ]
}

/// What has been written so far, by kind: record, the complaint it belongs to, its first entry.
#[derive(Default)]
struct Written {
    complaints: Vec<(Uuid, Option<EntryId>)>,
    early: Vec<Uuid>,
    losses: Vec<(Uuid, Uuid)>,
    steps: Vec<Uuid>,
    consultations: Vec<Uuid>,
    next: u128,
}

impl Written {
    fn fresh(&mut self) -> Uuid {
        self.next += 1;
        Uuid::from_u128(0x0193_0000_0000_7000_9000_0000_0000_0000 + self.next)
    }

    fn any_of(&self, kind: &str, whose: Index) -> Option<Uuid> {
        let all: Vec<Uuid> = match kind {
            "complaint" => self.complaints.iter().map(|(id, _)| *id).collect(),
            "loss" => self.losses.iter().map(|(id, _)| *id).collect(),
            "step" => self.steps.clone(),
            _ => self.consultations.clone(),
        };
        (!all.is_empty()).then(|| all[whose.index(all.len())])
    }

    /// Does what the operation says; one that has nothing to work on does nothing.
    fn perform(&mut self, gate: &mut Gate<'_>, op: &Op) -> Result<(), StoreError> {
        match op {
            Op::Complaint { set, elsewhere } => {
                let (id, office) = (self.fresh(), if *elsewhere { Uuid::from_u128(0x202) } else { OFFICE });
                let first = gate.append(office, &draft("complaint", id, vec![], fields(set.clone())))?;
                self.complaints.push((id, Some(first)));
            }
            Op::LateComplaint { whose, set } => {
                if !self.early.is_empty() {
                    let id = self.early.swap_remove(whose.index(self.early.len()));
                    let first = gate.append(OFFICE, &draft("complaint", id, vec![], fields(set.clone())))?;
                    self.complaints.push((id, Some(first)));
                }
            }
            Op::Amend { whose, set, unaware } if !self.complaints.is_empty() => {
                let (id, first) = self.complaints[whose.index(self.complaints.len())];
                let was = if *unaware { first.into_iter().collect() } else { gate.heads(&id)? };
                gate.append(OFFICE, &draft("complaint", id, was, fields(set.clone())))?;
            }
            Op::Consultation { set } => {
                let id = self.fresh();
                self.consultations.push(id);
                gate.append(OFFICE, &draft("consultation", id, vec![], fields(set.clone())))?;
            }
            Op::AmendConsultation { whose, set } => {
                if let Some(id) = self.any_of("consultation", *whose) {
                    let was = gate.heads(&id)?;
                    gate.append(OFFICE, &draft("consultation", id, was, fields(set.clone())))?;
                }
            }
            Op::Withdraw { kind, whose } => self.mark(gate, kind, *whose, Change::Withdraw("误录".into()))?,
            Op::Restore { kind, whose } => self.mark(gate, kind, *whose, Change::Restore("误撤".into()))?,
            part => self.perform_part(gate, part)?,
        }
        Ok(())
    }

    /// Steps and losses.
    fn perform_part(&mut self, gate: &mut Gate<'_>, op: &Op) -> Result<(), StoreError> {
        match op {
            Op::Step { whose, kind, on } if !self.complaints.is_empty() => {
                let (id, complaint) = (self.fresh(), self.complaints[whose.index(self.complaints.len())].0);
                self.steps.push(id);
                gate.append(
                    OFFICE,
                    &draft("step", id, vec![], fields(json!({"complaint": complaint, "kind": kind, "on": on}))),
                )?;
            }
            Op::Loss { whose, fen, on, kind } if !self.complaints.is_empty() => {
                let complaint = self.complaints[whose.index(self.complaints.len())].0;
                self.lose(gate, complaint, json!({"kind": kind, "route": "settlement", "amount_fen": fen, "on": on}))?;
            }
            Op::EarlyLoss { fen, on } => {
                let complaint = self.fresh();
                self.early.push(complaint);
                self.lose(
                    gate,
                    complaint,
                    json!({"kind": "recovered", "route": "judicial", "amount_fen": fen, "on": on}),
                )?;
            }
            Op::Reverse { whose, on } if !self.losses.is_empty() => {
                let (loss, complaint) = self.losses[whose.index(self.losses.len())];
                self.lose(
                    gate,
                    complaint,
                    json!({"kind": "recovered", "route": "settlement", "amount_fen": -1, "on": on, "reverses": loss}),
                )?;
            }
            Op::Move { whose, to } if !self.losses.is_empty() && !self.complaints.is_empty() => {
                let at = whose.index(self.losses.len());
                let complaint = self.complaints[to.index(self.complaints.len())].0;
                self.losses[at].1 = complaint;
                let loss = self.losses[at].0;
                let was = gate.heads(&loss)?;
                gate.append(OFFICE, &draft("loss", loss, was, fields(json!({"complaint": complaint}))))?;
            }
            _ => {}
        }
        Ok(())
    }

    fn lose(&mut self, gate: &mut Gate<'_>, complaint: Uuid, mut set: Value) -> Result<(), StoreError> {
        let id = self.fresh();
        self.losses.push((id, complaint));
        set["complaint"] = json!(complaint);
        gate.append(OFFICE, &draft("loss", id, vec![], fields(set)))?;
        Ok(())
    }

    fn mark(
        &mut self,
        gate: &mut Gate<'_>,
        kind: &'static str,
        whose: Index,
        change: Change,
    ) -> Result<(), StoreError> {
        if let Some(id) = self.any_of(kind, whose) {
            let was = gate.heads(&id)?;
            gate.append(OFFICE, &draft(kind, id, was, change))?;
        }
        Ok(())
    }
}

fn assert_sums_agree(store: &Store) {
    for (from, to) in [
        ("2026-02-01", "2026-02-28"),
        ("2026-01-01", "2026-12-31"),
        ("1969-12-01", "1970-01-31"),
        ("1900-01-01", "2199-12-31"),
    ] {
        let scope = months(from, to);
        assert_eq!(
            store.period_sums(&scope).expect("sums"),
            store.period_sums_from_rows(&scope).expect("sums"),
            "{from} to {to}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]
    #[test]
    fn sums_kept_step_by_step_equal_sums_counted_from_rows_and_rebuilt_ones(
        writes in proptest::collection::vec(proptest::collection::vec(some_op(), 1..6), 1..14),
    ) {
        let (mut store, _dir) = some_store();
        let mut written = Written::default();
        for ops in &writes {
            store.write::<_, StoreError>(|gate| ops.iter().try_for_each(|op| written.perform(gate, op))).expect("a good write");
            assert_sums_agree(&store);
        }
        let checked = store.check(|_| ()).expect("a check");
        prop_assert!(checked.is_ok(), "{:?} {:?}", checked.differences, checked.chains_broken);
        let kept = store.dump_projections().expect("rows");
        store.rebuild(|_| ()).expect("a rebuild");
        prop_assert_eq!(store.dump_projections().expect("rows"), kept);
        assert_sums_agree(&store);
    }
}

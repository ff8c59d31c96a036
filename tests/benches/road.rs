//! `bench road`: what waits and what is kept aside must not make a merge dearer than what is simply applied, however much
//! of it there is; and a hundredth that is new must cost about a hundredth.

use std::time::Instant;

use redress_journal::{Chain, LogId, entry_id};
use redress_store::receive::{Incoming, Received, Stretch};
use redress_store::{Identity, KeyCost, NewStore, Parsed, Store, StoreError};
use serde_json::json;
use uuid::Uuid;

const FEW: usize = 20_000;
const MANY: usize = 80_000;

/// What a bundle is made of.
#[derive(Clone, Copy)]
enum Mix {
    Plain,
    HalfWaiting,
    TenthAside,
}

/// Measures each mix at two sizes, and a hundredth that is new.
pub fn run(words: &[String]) -> Result<(), String> {
    if !words.is_empty() {
        return Err("bench road".to_owned());
    }
    let plain = row("all applied", Mix::Plain)?;
    row("half of it waits", Mix::HalfWaiting)?;
    row("a tenth kept aside", Mix::TenthAside)?;
    let folder = tempfile::tempdir().map_err(text)?;
    let mut store = store(folder.path())?;
    let bodies = bodies(MANY + MANY / 100, Mix::Plain);
    let first = receive(&mut store, &bodies, (1, MANY), Mix::Plain)?;
    let second = receive(&mut store, &bodies, (MANY + 1, bodies.len()), Mix::Plain)?;
    println!("a hundredth is new  {second:>8} µs   {} of the first, budget 0.10", hundredths(second, first));
    println!("(all applied: {plain} µs for an entry)");
    Ok(())
}

fn row(name: &str, mix: Mix) -> Result<u64, String> {
    let mut each = Vec::new();
    for size in [FEW, MANY] {
        let folder = tempfile::tempdir().map_err(text)?;
        let mut store = store(folder.path())?;
        let micros = receive(&mut store, &bodies(size, mix), (1, size), mix)?;
        each.push(micros * 100 / size as u64);
    }
    let growth = hundredths(each[1], each[0]);
    println!("{name:<20}{:>6} and {:>6} hundredths of a µs an entry, at {FEW} and {MANY}: {growth}", each[0], each[1]);
    Ok(each[1] / 100)
}

fn store(dir: &std::path::Path) -> Result<Store, String> {
    let identity = Identity {
        device: Uuid::from_u128(1),
        epoch: Uuid::from_u128(2),
        office: Uuid::from_u128(3),
        county: Uuid::from_u128(3),
        signing_seed: [7; 32],
        age_secret: String::new(),
    };
    let new = NewStore {
        identity,
        office_name: "county",
        office_kind: "county",
        sample: false,
        operator: (Uuid::from_u128(4), "clerk"),
        passphrase: "a passphrase of the bench",
        cost: KeyCost { memory_kib: 64, passes: 1 },
        random: [3; 72],
    };
    Store::create(dir, &new, |_| Ok(())).map_err(|error: StoreError| text(error))
}

/// Complaints; with [`Mix::HalfWaiting`] every second one changes a record whose beginning never came.
fn bodies(count: usize, mix: Mix) -> Vec<Vec<u8>> {
    let body = |number: usize| {
        let waits = matches!(mix, Mix::HalfWaiting) && number % 2 == 1;
        let was = if waits { vec![format!("{:064x}", number + 1)] } else { Vec::new() };
        let id = Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0000 + number as u128);
        json!({
            "v": 1, "kind": "complaint", "id": id, "was": was,
            "set": {"received_on": "2026-03-02", "goods_name": "种子", "number": number.to_string(), "facts": "出苗率低".repeat(30)},
            "op": id, "at": "2026-03-02T09:00:00+08:00",
        })
        .to_string()
        .into_bytes()
    };
    (0..count).map(body).collect()
}

/// Receives a part of a log in one transaction; gives the microseconds it took.
fn receive(store: &mut Store, bodies: &[Vec<u8>], (first, last): (usize, usize), mix: Mix) -> Result<u64, String> {
    let log = LogId { device: Uuid::from_u128(8), epoch: Uuid::from_u128(9), office: Uuid::from_u128(10) };
    let mut chains = vec![Chain::start(&log)];
    for (seq, body) in (1..).zip(bodies) {
        chains.push(chains[chains.len() - 1].next(&entry_id(&log, seq, body)));
    }
    let stretch =
        Stretch { log, first: first as u64, last: last as u64, before: chains[first - 1], after: chains[last] };
    let aside = LogId { device: Uuid::from_u128(11), ..log };
    let started = now();
    store
        .write_many::<_, StoreError>(|gate| {
            let mut tally = Received::default();
            let mut receiving = gate.begin_stretch(stretch, 1)?;
            for at in first..=last {
                let body = bodies[at - 1].clone();
                let entry = Incoming { seq: at as u64, parsed: Parsed::read(&body).ok(), body };
                if matches!(mix, Mix::TenthAside) && at % 10 == 0 {
                    gate.distrust(&aside, &entry, 1, &mut tally)?;
                }
                gate.receive(&mut receiving, entry, &mut tally)?;
            }
            gate.end_stretch(&mut receiving)
        })
        .map_err(text)?;
    Ok(u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX))
}

fn hundredths(part: u64, whole: u64) -> String {
    let ratio = part * 100 / whole.max(1);
    format!("{}.{:02}", ratio / 100, ratio % 100)
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> Instant {
    Instant::now()
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

//! The store behind its one gate: all or nothing, rebuilt to the same rows, its faults told apart, nothing in plain text.

use std::fs;
use std::path::Path;

use redress_domain::CivilDate;
use redress_journal::{Change, Draft, EntryId, LogId, entry_id};
use redress_store::join::JoinRequest;
use redress_store::query::totals::{PeriodSums, Scope};
use redress_store::receive::{Incoming, Received, Stretch};
use redress_store::{Condition, Identity, NewStore, Parsed, Result, Store, StoreError, by_hand, facts};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

pub const OFFICE: Uuid = Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0101);
const OPERATOR: Uuid = Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_00f1);
const PASSPHRASE: &str = "山高 水长 路远";

fn identity() -> Identity {
    Identity {
        device: Uuid::from_u128(0xd1),
        epoch: Uuid::from_u128(0xe1),
        office: OFFICE,
        county: Uuid::from_u128(0xc1),
        signing_seed: [7; 32],
        age_secret: "no age key is needed here".into(),
    }
}

fn create_in(dir: &Path) -> Result<Store> {
    let new = NewStore {
        identity: identity(),
        office_name: "新城站",
        office_kind: "station",
        sample: false,
        operator: (OPERATOR, "周站长"),
        passphrase: PASSPHRASE,
        cost: redress_store::KeyCost::STANDARD,
        random: std::array::from_fn(|at| u8::try_from(at).expect("72 is below 256")),
    };
    Store::create(dir, &new, |_| Ok(()))
}

/// An open store in a folder of its own, which goes away with it.
pub fn some_store() -> (Store, TempDir) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    (create_in(&dir.path().join("store")).expect("a new store"), dir)
}

/// Opens it once more.
pub fn reopen(dir: &TempDir) -> Result<Store> {
    Store::open(&dir.path().join("store"), None, PASSPHRASE).map(|(store, _)| store)
}

pub fn draft(kind: &'static str, id: Uuid, was: Vec<EntryId>, change: Change) -> Draft {
    Draft { kind, id, was, change, op: OPERATOR, at: "2026-03-02T09:15:00+08:00".into() }
}

pub fn fields(json: Value) -> Change {
    Change::Set(json.as_object().cloned().expect("fields are an object"))
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0000 + number)
}

fn complaint(received_on: &str) -> Value {
    json!({
        "received_on": received_on, "channel": "IC01", "nature": "N01", "class": "G10-01", "consumer_name": "王小麦",
        "respondent_name": "某农资店", "goods_name": "玉米种子", "dispute_fen": 20_000, "facts": "出苗率低", "request": "赔偿",
    })
}

fn loss(complaint: Uuid, fen: i64, on: &str) -> Value {
    json!({"complaint": complaint, "kind": "recovered", "route": "station_mediation", "amount_fen": fen, "on": on})
}

fn put(store: &mut Store, kind: &'static str, record: Uuid, change: Change) -> EntryId {
    store
        .write::<_, StoreError>(|gate| {
            let was = gate.heads(&record)?;
            gate.append(OFFICE, &draft(kind, record, was, change))
        })
        .expect("a good write")
}

fn date(text: &str) -> CivilDate {
    CivilDate::parse_iso(text).expect("a date")
}

pub fn months(from: &str, to: &str) -> Scope {
    Scope { from: date(from), to: date(to), office: None }
}

fn recovered(sums: &PeriodSums) -> (i64, i64) {
    sums.recovered.values().fold((0, 0), |all, sum| (all.0 + sum.n, all.1 + sum.fen))
}

/// Everything that can be seen of a store: rows, counts, what it holds.
fn seen(store: &Store) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        store.dump_projections().expect("rows"),
        store.journal_counts().expect("counts"),
        store.have().expect("what is held"),
    )
}

#[test]
fn a_write_is_all_or_nothing() {
    let (mut store, _dir) = some_store();
    put(&mut store, "complaint", id(1), fields(complaint("2026-03-02")));
    let before = seen(&store);
    let failed = store.write::<(), StoreError>(|gate| {
        gate.append(
            OFFICE,
            &draft("step", id(2), vec![], fields(json!({"complaint": id(1), "kind": "accepted", "on": "2026-03-03"}))),
        )?;
        gate.append(OFFICE, &draft("loss", id(3), vec![], fields(loss(id(1), 50_000, "2026-03-03"))))?;
        gate.count_up("bundle")?;
        gate.put_draft("complaint", "{}", "2026-03-02T09:15:00+08:00")?;
        Err(StoreError::RecordMissing)
    });
    assert!(matches!(failed, Err(StoreError::RecordMissing)));
    assert_eq!(seen(&store), before);
    assert!(store.draft("complaint").expect("drafts").is_none());
    assert_eq!(store.write::<_, StoreError>(|gate| gate.count_up("bundle")).expect("a count"), 1);
    put(&mut store, "loss", id(3), fields(loss(id(1), 50_000, "2026-03-03")));
    assert!(store.check(|_| ()).expect("a check").is_ok());
}

#[test]
fn a_body_too_long_to_be_read_again_is_refused_before_it_is_written() {
    let (mut store, _dir) = some_store();
    let before = seen(&store);
    let long = fields(json!({"facts": "长".repeat(redress_journal::entry::BODY_BYTES_MAX / 2)}));
    let refused = store.write(|gate| gate.append(OFFICE, &draft("complaint", id(1), vec![], long)));
    assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    assert_eq!(seen(&store), before);
}

#[test]
fn entries_are_numbered_without_holes_and_kept_over_a_restart() {
    let (mut store, dir) = some_store();
    for number in 1..=5 {
        put(&mut store, "complaint", id(number), fields(complaint("2026-03-02")));
    }
    let (before, log) = (seen(&store), LogId { device: identity().device, epoch: identity().epoch, office: OFFICE });
    drop(store);
    let store = reopen(&dir).expect("the store opens again");
    assert_eq!(seen(&store), before);
    assert_eq!(store.have().expect("held").0[&log].upto, 5);
}

#[test]
fn an_amendment_shows_at_once_in_lists_search_and_sums() {
    let (mut store, _dir) = some_store();
    put(&mut store, "complaint", id(1), fields(complaint("2026-03-02")));
    put(&mut store, "complaint", id(1), fields(json!({"received_on": "2026-04-01", "consumer_name": "赵小豆"})));
    let row = store.complaint_row(&id(1)).expect("rows").expect("the row");
    assert_eq!((row.consumer_name.as_str(), row.received_on), ("赵小豆", Some(date("2026-04-01"))));
    assert_eq!(store.search("小豆", 10).expect("search").len(), 1);
    assert!(store.search("小麦", 10).expect("search").is_empty());
    assert!(store.period_sums(&months("2026-03-01", "2026-03-31")).expect("sums").received.is_empty());
    assert_eq!(store.period_sums(&months("2026-04-01", "2026-04-30")).expect("sums").received.len(), 1);
}

#[test]
fn a_withdrawn_complaint_counts_nowhere_and_is_still_there() {
    let (mut store, _dir) = some_store();
    put(&mut store, "complaint", id(1), fields(complaint("2026-03-02")));
    put(&mut store, "loss", id(2), fields(loss(id(1), 50_000, "2026-03-05")));
    put(&mut store, "complaint", id(1), Change::Withdraw("重复登记".into()));
    let sums = store.period_sums(&months("2026-03-01", "2026-03-31")).expect("sums");
    assert_eq!(sums, PeriodSums::default());
    let record = store.record(&id(1)).expect("records").expect("the record");
    assert_eq!(record.state.withdrawn.as_deref(), Some("重复登记"));
    put(&mut store, "complaint", id(1), Change::Restore("不是同一件".into()));
    assert_eq!(recovered(&store.period_sums(&months("2026-03-01", "2026-03-31")).expect("sums")), (1, 50_000));
}

#[test]
fn a_reversal_counts_in_its_own_period_and_the_old_one_stays_as_it_was() {
    let (mut store, _dir) = some_store();
    put(&mut store, "complaint", id(1), fields(complaint("2026-03-02")));
    put(&mut store, "loss", id(2), fields(loss(id(1), 50_000, "2026-03-10")));
    let mut reversal = loss(id(1), -50_000, "2026-05-04");
    reversal["reverses"] = json!(id(2));
    put(&mut store, "loss", id(3), fields(reversal.clone()));
    put(&mut store, "loss", id(4), fields(reversal));
    let sums = |from, to| recovered(&store.period_sums(&months(from, to)).expect("sums"));
    assert_eq!(sums("2026-03-01", "2026-03-31"), (1, 50_000));
    assert_eq!(sums("2026-05-01", "2026-05-31"), (-1, -50_000), "a second reversal of one loss counts nothing");
    assert_eq!(sums("2026-01-01", "2026-12-31"), (0, 0));
    assert_eq!(store.complaint_row(&id(1)).expect("rows").expect("the row").recovered_fen, 0);
}

#[test]
fn a_loss_counts_before_and_after_its_complaint_arrives() {
    let (mut store, _dir) = some_store();
    put(&mut store, "loss", id(2), fields(loss(id(1), 50_000, "2026-03-10")));
    assert_eq!(recovered(&store.period_sums(&months("2026-03-01", "2026-03-31")).expect("sums")), (1, 50_000));
    put(&mut store, "complaint", id(1), fields(complaint("2026-03-02")));
    let sums = store.period_sums(&months("2026-03-01", "2026-03-31")).expect("sums");
    assert_eq!(recovered(&sums), (1, 50_000));
    assert_eq!(sums.recovered_class.keys().next(), Some(&("N01".to_owned(), "G10-01".to_owned())));
    assert!(store.check(|_| ()).expect("a check").is_ok());
}

#[test]
fn the_missing_the_wrong_and_the_damaged_are_told_apart() {
    let (store, dir) = some_store();
    let folder = dir.path().join("store");
    drop(store);
    let open = |folder: &Path, passphrase: &str| Store::open(folder, None, passphrase).map(|_| ()).unwrap_err().code();
    assert_eq!(open(&dir.path().join("nothing"), PASSPHRASE), "store_missing");
    assert_eq!(open(dir.path(), PASSPHRASE), "store_missing");
    assert_eq!(open(&folder, "山高 水长"), "passphrase_wrong");
    assert_eq!(Store::open(&folder, Some("别人"), PASSPHRASE).map(|_| ()).unwrap_err().code(), "passphrase_wrong");
    assert_eq!(create_in(&folder).map(|_| ()).unwrap_err().code(), "store_exists");
    let keys = fs::read(folder.join("keys.json")).unwrap();
    for (what, bytes) in [("emptied", vec![]), ("cut", keys[..keys.len() / 2].to_vec()), ("no JSON", b"keys".to_vec())]
    {
        fs::write(folder.join("keys.json"), bytes).unwrap();
        assert_eq!(open(&folder, PASSPHRASE), "store_damaged", "key slots {what}");
        assert_eq!(create_in(&folder).map(|_| ()).unwrap_err().code(), "store_exists", "key slots {what}");
    }
    fs::remove_file(folder.join("keys.json")).unwrap();
    assert_eq!(open(&folder, PASSPHRASE), "store_damaged", "key slots gone");
    fs::write(folder.join("keys.json"), keys).unwrap();
    assert!(reopen(&dir).is_ok());
}

#[test]
fn a_changed_digit_in_the_key_slots_is_damage_and_no_wrong_passphrase() {
    let (store, dir) = some_store();
    drop(store);
    let path = dir.path().join("store/keys.json");
    let keys = fs::read_to_string(&path).unwrap();
    let parsed: Value = serde_json::from_str(&keys).unwrap();
    for part in ["salt", "nonce", "wrapped"] {
        let digits = parsed["slots"][0][part].as_str().unwrap();
        let first = if digits.starts_with('0') { "1" } else { "0" };
        fs::write(&path, keys.replace(digits, &format!("{first}{}", &digits[1..]))).unwrap();
        assert_eq!(reopen(&dir).map(|_| ()).unwrap_err().code(), "store_damaged", "{part}");
    }
    fs::write(&path, keys).unwrap();
    assert_eq!(facts(&dir.path().join("store")).unwrap().operators, ["周站长"]);
}

/// A store with enough in it for some dozens of pages; closed.
/// A store with 300 complaints, closed.
pub fn filled() -> TempDir {
    let (mut store, dir) = some_store();
    store
        .write::<_, StoreError>(|gate| {
            for number in 0..300 {
                gate.append(OFFICE, &draft("complaint", id(1000 + number), vec![], fields(complaint("2026-03-02"))))?;
            }
            Ok(())
        })
        .expect("a good write");
    dir
}

#[test]
fn a_database_cut_short_or_gone_is_damage_and_never_a_wrong_passphrase_and_nothing_that_was_there_is_lost() {
    let dir = filled();
    let path = dir.path().join("store/store.db");
    let whole = fs::read(&path).unwrap();
    for length in [0, 1, 4095, 4096, whole.len() / 2, whole.len() - 4096, whole.len() - 1] {
        fs::write(&path, &whole[..length]).unwrap();
        let opened = reopen(&dir).map(|store| store.condition().clone());
        match opened {
            Ok(Condition::Sound) => panic!("{length} of {} bytes, and nobody noticed", whole.len()),
            Ok(Condition::Healed { kept }) => {
                assert!(fs::read(&kept).unwrap() == whole[..length], "{length} bytes: the short file is kept");
                fs::remove_file(kept).unwrap();
            }
            Ok(Condition::ReadOnly(_)) => {
                assert!(fs::read(&path).unwrap() == whole[..length], "{length} bytes: the file is left as it was");
            }
            Err(error) => {
                assert_eq!(error.code(), "store_damaged", "{length} of {} bytes", whole.len());
                assert!(fs::read(&path).unwrap() == whole[..length], "{length} bytes: the file is left as it was");
            }
        }
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(reopen(&dir).map(|_| ()).unwrap_err().code(), "store_damaged");
    assert!(!path.exists());
    assert_eq!(create_in(&dir.path().join("store")).map(|_| ()).unwrap_err().code(), "store_exists");
}

#[test]
fn a_second_program_is_locked_out_until_the_first_has_closed() {
    let (store, dir) = some_store();
    assert_eq!(reopen(&dir).map(|_| ()).unwrap_err().code(), "store_locked_by_other");
    drop(store);
    assert!(reopen(&dir).is_ok());
}

#[test]
fn nothing_that_was_typed_stands_in_plain_text_in_any_file() {
    let (mut store, dir) = some_store();
    let mut typed = complaint("2026-03-02");
    typed["consumer_name"] = json!("欧阳稻穗");
    typed["facts"] = json!("ZEBRA CROSSING 缺斤少两");
    put(&mut store, "complaint", id(1), fields(typed));
    store
        .write::<_, StoreError>(|gate| {
            gate.put_draft("complaint", "{\"consumer_name\":\"慕容高粱\"}", "2026-03-02T09:15:00+08:00")
        })
        .expect("a draft");
    assert_no_plain_text(dir.path(), "while it is open");
    drop(store);
    assert_no_plain_text(dir.path(), "after it was closed");
}

fn assert_no_plain_text(dir: &Path, when: &str) {
    let words =
        ["欧阳稻穗", "慕容高粱", "ZEBRA", "缺斤少两", "consumer_name", "CREATE TABLE", "SQLite format 3", PASSPHRASE];
    let mut files = 0;
    for file in fs::read_dir(dir.join("store"))
        .expect("the folder of the store")
        .map(|file| file.expect("an entry of it").path())
        .filter(|path| path.is_file())
    {
        let bytes = fs::read(&file).expect("a file of the store");
        files += 1;
        for word in words {
            let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!found, "{word:?} stands in {} {when}", file.display());
        }
    }
    assert!(files >= 3, "database, key slots and lock were looked at");
}

/// Receives raw bodies as one stretch of a log, as a bundle would bring them.
fn receive(store: &mut Store, log: LogId, bodies: &[String]) -> Received {
    let ids = (1..).zip(bodies).map(|(seq, body)| entry_id(&log, seq, body.as_bytes()));
    let before = redress_journal::Chain::start(&log);
    let after = ids.fold(before, |chain, id| chain.next(&id));
    let last = u64::try_from(bodies.len()).expect("a handful");
    store
        .write::<_, StoreError>(|gate| {
            let mut tally = Received::default();
            let mut receiving = gate.begin_stretch(Stretch { log, first: 1, last, before, after }, 1)?;
            for (seq, body) in (1..).zip(bodies) {
                let incoming =
                    Incoming { seq, body: body.clone().into_bytes(), parsed: Parsed::read(body.as_bytes()).ok() };
                gate.receive(&mut receiving, incoming, &mut tally)?;
            }
            gate.end_stretch(&mut receiving)?;
            Ok(tally)
        })
        .expect("a good write")
}

fn other_log() -> LogId {
    LogId { device: Uuid::from_u128(0xd2), epoch: Uuid::from_u128(0xe2), office: OFFICE }
}

fn raw(version: u32, kind: &str, record: Uuid, was: &[EntryId], set: &Value) -> String {
    json!({"v": version, "kind": kind, "id": record, "was": was, "set": set, "op": OPERATOR, "at": "2026-03-02T09:15:00+08:00"}).to_string()
}

#[test]
fn what_a_newer_program_wrote_is_kept_and_waits_and_a_rebuild_agrees() {
    let (mut store, _dir) = some_store();
    let log = other_log();
    let first = raw(1, "complaint", id(1), &[], &complaint("2026-03-02"));
    let first_id = entry_id(&log, 1, first.as_bytes());
    let newer = raw(2, "complaint", id(1), &[first_id], &json!({"received_on": "2027-01-01"}));
    let newer_id = entry_id(&log, 2, newer.as_bytes());
    let bodies = [
        first,
        newer,
        raw(1, "complaint", id(1), &[newer_id], &json!({"facts": "又补充"})),
        raw(1, "complaint", id(1), &[first_id], &json!({"goods_name": "小麦种子"})),
        raw(1, "dream", id(2), &[], &json!({"of": "a newer program"})),
    ];
    receive(&mut store, log, &bodies);
    let row = store.complaint_row(&id(1)).unwrap().unwrap();
    assert_eq!((row.received_on, row.goods_name.as_str()), (Some(date("2026-03-02")), "小麦种子"));
    assert_eq!(store.waiting_count().unwrap(), 3);
    let before = store.dump_projections().unwrap();
    store.rebuild(|_| ()).unwrap();
    assert_eq!(store.dump_projections().unwrap(), before);
    assert!(store.check(|_| ()).unwrap().is_ok());
}

/// A program that learns to read an order to erase carries it out; one that has learned nothing leaves every row as it is.
#[test]
fn an_order_to_erase_that_waited_for_a_newer_program_is_carried_out_by_it() {
    let (mut store, _dir) = some_store();
    let log = other_log();
    let first = raw(1, "complaint", id(1), &[], &complaint("2026-03-02"));
    let target = entry_id(&log, 1, first.as_bytes());
    receive(&mut store, log, &[first]);
    let order = raw(1, "complaint", id(1), &[target], &json!({"erasure": {"entries": [target]}}));
    let record = id(1).simple();
    let arrived = format!(
        "INSERT INTO journal SELECT max(place) + 1, x'{record}', 1, CAST('{order}' AS BLOB) FROM journal;
         INSERT INTO waiting SELECT max(place), x'{record}', 'newer' FROM journal"
    );
    assert_eq!(store.look_again_at_newer().unwrap(), 0, "from now on it is known what this program understands");
    by_hand::edit(&store, &arrived).expect("whoever has the key may write");
    assert_eq!(store.look_again_at_newer().unwrap(), 0, "the program is the same");
    assert_eq!(store.waiting_count().unwrap(), 1);
    by_hand::edit(&store, "DELETE FROM local WHERE key = 'understands'").expect("whoever has the key may write");
    assert_eq!(store.look_again_at_newer().unwrap(), 1);
    assert_eq!(store.waiting_count().unwrap(), 0);
    let erased = &store.record(&id(1)).unwrap().unwrap().entries[0].body;
    assert!(erased.starts_with(b"{\"erased\":"), "{}", String::from_utf8_lossy(erased));
    let before = store.dump_projections().unwrap();
    store.rebuild(|_| ()).unwrap();
    assert_eq!(store.dump_projections().unwrap(), before);
}

#[test]
fn two_beginnings_of_one_record_are_kept_and_a_rebuild_agrees() {
    let (mut store, _dir) = some_store();
    put(&mut store, "complaint", id(1), fields(complaint("2026-03-02")));
    receive(
        &mut store,
        other_log(),
        &[raw(1, "complaint", id(1), &[], &json!({"received_on": "2026-03-04", "urgent": true}))],
    );
    let before = store.dump_projections().unwrap();
    assert_eq!(store.decision_count().unwrap(), 1);
    store.rebuild(|_| ()).unwrap();
    assert_eq!(store.dump_projections().unwrap(), before);
    assert_eq!(store.record(&id(1)).unwrap().unwrap().entries.len(), 2);
}

#[test]
fn rubbish_keeps_its_place_and_projects_nothing() {
    let (mut store, _dir) = some_store();
    let bodies = ["not JSON".to_owned(), raw(1, "complaint", id(1), &[], &complaint("2026-03-02")), String::new()];
    let tally = receive(&mut store, other_log(), &bodies);
    assert_eq!((tally.new, tally.quarantined), (3, 2));
    assert_eq!(store.have().unwrap().0[&other_log()].upto, 3);
    assert_eq!((store.quarantined_count().unwrap(), store.complaint_row(&id(1)).unwrap().is_some()), (2, true));
    assert_eq!(receive(&mut store, other_log(), &bodies), Received { had: 3, ..Received::default() });
    assert!(store.check(|_| ()).unwrap().is_ok());
}

/// Receives part of a log, with the chain values that the whole log has.
fn receive_part(store: &mut Store, bodies: &[String], first: usize, last: usize) {
    let log = other_log();
    let mut chains = vec![redress_journal::Chain::start(&log)];
    for (seq, body) in (1..).zip(bodies) {
        chains.push(chains[chains.len() - 1].next(&entry_id(&log, seq, body.as_bytes())));
    }
    let seq = |at: usize| u64::try_from(at).expect("a handful");
    store
        .write::<_, StoreError>(|gate| {
            let stretch =
                Stretch { log, first: seq(first), last: seq(last), before: chains[first - 1], after: chains[last] };
            let mut receiving = gate.begin_stretch(stretch, 1)?;
            for at in first..=last {
                let body = bodies[at - 1].clone().into_bytes();
                let incoming = Incoming { seq: seq(at), parsed: Parsed::read(&body).ok(), body };
                gate.receive(&mut receiving, incoming, &mut Received::default())?;
            }
            gate.end_stretch(&mut receiving)
        })
        .expect("a good write");
}

#[test]
fn stretches_of_a_log_make_it_whole_in_whatever_order_and_however_they_overlap() {
    let bodies: Vec<String> =
        (1..=9).map(|number| raw(1, "complaint", id(number), &[], &complaint("2026-03-02"))).collect();
    let orders: &[&[(usize, usize)]] = &[
        &[(1, 9)],
        &[(1, 3), (4, 6), (7, 9)],
        &[(7, 9), (4, 6), (1, 3)],
        &[(4, 9), (1, 6)],
        &[(5, 7), (3, 9), (1, 4)],
        &[(3, 4), (6, 7), (9, 9), (1, 8)],
        &[(2, 3), (3, 5), (8, 9), (1, 2), (5, 8)],
        &[(6, 9), (2, 4), (1, 1), (1, 7)],
    ];
    let mut wholes = Vec::new();
    for order in orders {
        let (mut store, _dir) = some_store();
        for (first, last) in *order {
            receive_part(&mut store, &bodies, *first, *last);
        }
        assert_eq!(
            store.unconfirmed(&OFFICE, &Uuid::nil()).unwrap().0,
            9,
            "{order:?}: the log has one head, at its end"
        );
        assert!(store.check(|_| ()).unwrap().is_ok(), "{order:?}");
        wholes.push((seen(&store), order));
    }
    for (whole, order) in &wholes[1..] {
        assert_eq!(*whole, wholes[0].0, "{order:?}");
    }
}

/// Two stories of one log: they share the first entry, and then one device wrote two different ones in one place.
fn two_stories() -> [Vec<String>; 2] {
    let first = raw(1, "complaint", id(1), &[], &complaint("2026-03-02"));
    let change = |name: &str| raw(1, "complaint", id(1), &[], &json!({"goods_name": name}));
    let more = |number: u128| raw(1, "complaint", id(number), &[], &complaint("2026-03-03"));
    [vec![first.clone(), change("种子"), more(2)], vec![first, change("化肥"), more(3), more(4)]]
}

#[test]
fn two_stories_of_one_log_are_both_applied_whichever_came_first() {
    let [one, two] = two_stories();
    let mut ends = Vec::new();
    for order in [[&one, &two], [&two, &one]] {
        let (mut store, _dir) = some_store();
        let tallies = order.map(|story| receive(&mut store, other_log(), story));
        assert_eq!(tallies[1].had, 1, "the entry that both share");
        assert_eq!(tallies[1].quarantined, 0);
        for number in [2, 3, 4] {
            assert!(store.complaint_row(&id(number)).unwrap().is_some(), "complaint {number}");
        }
        assert_eq!(store.decision_count().unwrap(), 1, "both values of the field that both set");
        assert_eq!(store.forks().unwrap().len(), 1);
        let again = order.map(|story| receive(&mut store, other_log(), story));
        assert_eq!((again[0].new, again[1].new, again[0].quarantined + again[1].quarantined), (0, 0, 0));
        store.rebuild(|_| ()).unwrap();
        assert!(store.check(|_| ()).unwrap().is_ok());
        ends.push((store.have().unwrap(), store.dump_projections().unwrap(), store.decisions().unwrap()));
    }
    assert_eq!(ends[0], ends[1]);
}

#[test]
fn a_third_story_and_one_that_goes_on_find_their_places() {
    let [one, two] = two_stories();
    let third = [&two[..2], &[raw(1, "complaint", id(5), &[], &complaint("2026-03-04"))]].concat();
    let longer = [&one[..], &[raw(1, "complaint", id(6), &[], &complaint("2026-03-05"))]].concat();
    let stories = [one, two, third, longer];
    let mut ends = Vec::new();
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
        let (mut store, _dir) = some_store();
        order.iter().for_each(|at| {
            receive(&mut store, other_log(), &stories[*at]);
        });
        assert_eq!(store.forks().unwrap().len(), 2, "{order:?}");
        assert!(store.check(|_| ()).unwrap().is_ok(), "{order:?}");
        ends.push((store.have().unwrap(), store.dump_projections().unwrap()));
    }
    for end in &ends[1..] {
        assert_eq!(*end, ends[0]);
    }
}

#[test]
fn what_stood_above_a_hole_and_belongs_to_another_story_stops_nobody() {
    let [one, two] = two_stories();
    let mut ends = Vec::new();
    for part_first in [true, false] {
        let (mut store, _dir) = some_store();
        if part_first {
            receive_part(&mut store, &two, 3, 4);
        }
        receive(&mut store, other_log(), &one);
        receive(&mut store, other_log(), &two);
        assert_eq!(store.quarantined_count().unwrap(), 0, "what was kept aside has found its place");
        for number in [2, 3, 4] {
            assert!(store.complaint_row(&id(number)).unwrap().is_some(), "complaint {number}");
        }
        assert!(store.check(|_| ()).unwrap().is_ok());
        ends.push(store.dump_projections().unwrap());
    }
    assert_eq!(ends[0], ends[1]);
}

/// Clones of one PC go on writing, and parts of what two of them wrote come above one hole: they touch or overlap there. A
/// stretch made of both would have a chain value that neither story has.
#[test]
fn clones_above_one_hole_are_each_judged_for_itself_whichever_came_first() {
    let begun = |clone: u128| -> Vec<String> {
        let first = (1..=2).map(|number| raw(1, "complaint", id(number), &[], &complaint("2026-03-02")));
        first.chain((3..=6).map(|n| raw(1, "complaint", id(clone + n), &[], &complaint("2026-03-03")))).collect()
    };
    let (one, two) = (begun(100), begun(200));
    let parts: [[(&Vec<String>, usize, usize); 2]; 6] = [
        [(&one, 3, 4), (&two, 5, 6)],
        [(&two, 5, 6), (&one, 3, 4)],
        [(&one, 3, 4), (&two, 4, 6)],
        [(&two, 4, 6), (&one, 3, 4)],
        [(&one, 5, 6), (&two, 3, 5)],
        [(&one, 3, 6), (&two, 4, 5)],
    ];
    let mut ends = Vec::new();
    for (number, above) in parts.iter().enumerate() {
        for wholes in [[&one, &two], [&two, &one]] {
            let (mut store, _dir) = some_store();
            above.iter().for_each(|(story, first, last)| receive_part(&mut store, story, *first, *last));
            receive_part(&mut store, &one, 1, 2);
            assert!(store.check(|_| ()).unwrap().is_ok(), "{number}: nobody has edited anything");
            for story in wholes {
                receive(&mut store, other_log(), story);
            }
            assert_eq!(store.quarantined_count().unwrap(), 0, "{number}: everything has found its place");
            for record in (1..=2).chain(103..=106).chain(203..=206) {
                assert!(store.complaint_row(&id(record)).unwrap().is_some(), "{number}: complaint {record}");
            }
            assert!(store.check(|_| ()).unwrap().is_ok(), "{number}");
            ends.push(store.dump_projections().unwrap());
        }
    }
    assert!(ends.iter().all(|end| *end == ends[0]), "the order of arrival does not matter");
}

/// Regression: whoever was refused went on taking the room of those who ask.
#[test]
fn those_who_were_refused_take_no_room_from_those_who_ask() {
    let (mut store, _dir) = some_store();
    let asks = |number: u128| JoinRequest {
        device: Uuid::from_u128(number),
        office: OFFICE,
        key: "00".repeat(32),
        recipient: String::new(),
        code: String::new(),
        reason: "unknown".into(),
        number: 1,
        created_at: "2026-03-02T09:15:00+08:00".into(),
        asked_at: "2026-03-02T09:15:00+08:00".into(),
        refused: false,
    };
    let waits = store.write::<_, StoreError>(|gate| {
        (1..=200).try_for_each(|number| gate.put_join_request(&asks(number)).map(drop))?;
        let too_many = gate.put_join_request(&asks(201))?;
        (1..=200).try_for_each(|number| gate.refuse_join_request((&Uuid::from_u128(number), &asks(number).key)))?;
        Ok([too_many, gate.put_join_request(&asks(201))?])
    });
    assert_eq!(waits.expect("a good write"), [false, true]);
}

/// A log of the same device about another office.
fn log_about(office: u128) -> LogId {
    LogId { office: Uuid::from_u128(office), ..other_log() }
}

fn keep_aside(store: &mut Store, log: LogId, body: &str) {
    store
        .write::<_, StoreError>(|gate| {
            let incoming =
                Incoming { seq: 1, body: body.as_bytes().to_vec(), parsed: Parsed::read(body.as_bytes()).ok() };
            gate.distrust(&log, &incoming, 1, &mut Received::default())
        })
        .expect("a good write");
}

fn still_says(store: &Store, text: &str) -> bool {
    let bytes = store.every_value().expect("a store can be read");
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

/// Regression: what was put aside after the order kept every word; the order also took away what it had no right to.
#[test]
fn an_order_to_erase_reaches_what_is_put_aside_before_and_after_it_and_nothing_else() {
    let body = raw(1, "complaint", id(1), &[], &complaint("2026-03-02"));
    let target = entry_id(&other_log(), 1, body.as_bytes());
    let order = |record| raw(1, "complaint", record, &[], &json!({"erasure": {"entries": [target]}}));
    let orders = LogId { device: Uuid::from_u128(0xd3), ..other_log() };
    for before in [true, false] {
        let (mut store, _dir) = some_store();
        if before {
            keep_aside(&mut store, other_log(), &body);
        }
        receive(&mut store, orders, &[order(id(1))]);
        if !before {
            keep_aside(&mut store, other_log(), &body);
        }
        assert!(!still_says(&store, "王小麦"), "put aside before the order: {before}");
        assert_eq!(store.quarantined_count().expect("a count"), 0);
    }
    for (log, record) in [(log_about(0x202), id(1)), (orders, id(2))] {
        let (mut store, _dir) = some_store();
        keep_aside(&mut store, other_log(), &body);
        receive(&mut store, log, &[order(record)]);
        assert!(still_says(&store, "王小麦"), "an order about another office or another record");
    }
}

/// Regression: a copy of an order that stands in another office's log, and came first, made the true order unheard.
#[test]
fn an_order_that_another_office_repeats_first_does_not_hide_the_true_one() {
    let body = raw(1, "complaint", id(1), &[], &complaint("2026-03-02"));
    let target = entry_id(&other_log(), 1, body.as_bytes());
    let order = raw(1, "complaint", id(1), &[target], &json!({"erasure": {"entries": [target]}}));
    let (mut store, _dir) = some_store();
    receive(
        &mut store,
        log_about(0x202),
        &[raw(1, "complaint", id(1), &[], &json!({"erasure": {"entries": [target]}}))],
    );
    receive(&mut store, other_log(), &[body, order]);
    assert!(!still_says(&store, "王小麦"));
    assert!(store.check(|_| ()).expect("a check").is_ok());
}

//! What only raw SQL with the key in hand could try: the schema itself refuses it, or a check finds it.

use redress_journal::{Change, Draft};
use rusqlite::Connection;
use serde_json::json;
use tempfile::TempDir;
use uuid::Uuid;

use crate::open::{DATABASE, connect_file};
use crate::{Identity, NewStore, Store, StoreError};

const OFFICE: Uuid = Uuid::from_u128(0x101);
const PASSPHRASE: &str = "山高 水长 路远";

fn identity() -> Identity {
    Identity {
        device: Uuid::from_u128(0xd1),
        epoch: Uuid::from_u128(0xe1),
        office: OFFICE,
        county: Uuid::from_u128(0xc1),
        signing_seed: [7; 32],
        age_secret: String::new(),
    }
}

fn complaint(number: u128) -> Draft {
    let set =
        json!({"received_on": "2026-03-02", "goods_name": "种子", "dispute_fen": 500, "facts": "出苗率低".repeat(50)});
    Draft {
        kind: "complaint",
        id: Uuid::from_u128(number),
        was: vec![],
        change: Change::Set(set.as_object().cloned().unwrap()),
        op: Uuid::from_u128(0xf1),
        at: "2026-03-02T09:15:00+08:00".into(),
    }
}

/// A store with three complaints, sealed.
fn some_store() -> (Store, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let new = NewStore {
        identity: identity(),
        office_name: "新城站",
        office_kind: "station",
        sample: false,
        operator: (Uuid::from_u128(0xf1), "周站长"),
        passphrase: PASSPHRASE,
        cost: crate::KeyCost::STANDARD,
        random: [3; 72],
    };
    let mut store = Store::create::<StoreError>(dir.path(), &new, |_| Ok(())).unwrap();
    for number in 1..=3 {
        store.write::<_, StoreError>(|gate| gate.append(OFFICE, &complaint(number))).unwrap();
    }
    store.write::<_, StoreError>(|gate| gate.seal_own_logs()).unwrap();
    (store, dir)
}

fn refused(conn: &Connection, sql: &str) -> String {
    conn.execute_batch(sql).unwrap_err().to_string()
}

#[test]
fn journal_and_seals_are_append_only_even_for_raw_sql() {
    let (mut store, _dir) = some_store();
    for table in ["journal", "seal"] {
        let column = if table == "journal" { "import" } else { "seq" };
        let tries = [
            format!("UPDATE {table} SET {column} = {column} + 1"),
            format!("DELETE FROM {table}"),
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"),
        ];
        for sql in tries {
            assert!(refused(&store.conn, &sql).contains("journal_append_only"), "{sql}");
        }
    }
    assert!(store.check(|_| ()).unwrap().is_ok());
}

#[test]
fn a_check_names_the_table_in_which_a_row_was_changed() {
    let (mut store, _dir) = some_store();
    let table = [
        ("UPDATE summary SET n = n + 1 WHERE cube = 'received'", "summary"),
        ("UPDATE complaint SET dispute_fen = 7", "complaint"),
        (
            "INSERT INTO decision (record, what, field, kind) VALUES (x'00', 'conflict', 'facts', 'complaint')",
            "decision",
        ),
    ];
    for (sql, named) in table {
        store.conn.execute_batch(sql).unwrap();
        assert_eq!(store.check(|_| ()).unwrap().differences, [named], "{sql}");
        store.rebuild(|_| ()).unwrap();
        assert!(store.check(|_| ()).unwrap().is_ok(), "a rebuild mends {sql}");
    }
}

#[test]
fn a_check_finds_a_journal_that_was_edited_by_hand() {
    let tampers = [
        "UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), '2026-03-02', '2026-03-03') AS BLOB) WHERE place & 255 = 2",
        "DELETE FROM journal WHERE place & 255 = 2",
        "UPDATE log SET chain = zeroblob(32)",
    ];
    for tamper in tampers {
        let (mut store, _dir) = some_store();
        store.conn.execute_batch("DROP TRIGGER journal_never_updated; DROP TRIGGER journal_never_deleted").unwrap();
        store.conn.execute_batch(tamper).unwrap();
        let broken = store.check(|_| ()).unwrap().chains_broken;
        assert_eq!(broken.len(), 1, "{tamper}");
        assert_eq!(store.broken_own_log().unwrap(), Some(broken[0]), "{tamper}: the next export notices too");
    }
}

/// Drops what keeps raw SQL from the journal, as somebody would who has the key and means it.
fn unguarded(store: &Store) {
    let guards = "DROP TRIGGER journal_never_updated; DROP TRIGGER journal_never_deleted;
                  DROP TRIGGER seal_never_updated; DROP TRIGGER seal_never_deleted";
    store.conn.execute_batch(guards).unwrap();
}

/// Three entries sealed, three more sealed, three that are not: where was the store edited by hand?
#[test]
fn a_check_says_between_which_numbers_a_journal_was_edited() {
    let edit = |seq: u8| {
        format!(
            "UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), '种子', '化肥') AS BLOB) WHERE place & 255 = {seq}"
        )
    };
    let table = [
        (edit(2), (1, 3)),
        (edit(5), (4, 6)),
        (edit(8), (7, 9)),
        ("DELETE FROM journal WHERE place & 255 = 5".to_owned(), (5, 5)),
        ("UPDATE seal SET chain = zeroblob(32) WHERE seq = 6".to_owned(), (4, 6)),
        ("UPDATE seal SET signature = zeroblob(64) WHERE seq = 3".to_owned(), (1, 3)),
    ];
    for (tamper, (from, upto)) in table {
        let (mut store, _dir) = some_store();
        for number in 4..=9 {
            store.write::<_, StoreError>(|gate| gate.append(OFFICE, &complaint(number))).unwrap();
            if number == 6 {
                store.write::<_, StoreError>(|gate| gate.seal_own_logs()).unwrap();
            }
        }
        assert_eq!(store.broken_own_log().unwrap(), None);
        unguarded(&store);
        store.conn.execute_batch(&tamper).unwrap();
        let broken = store.check(|_| ()).unwrap().chains_broken;
        assert_eq!(broken.iter().map(|it| (it.from, it.upto)).collect::<Vec<_>>(), [(from, upto)], "{tamper}");
    }
}

#[test]
fn the_log_of_views_is_only_added_to_and_a_check_finds_where_it_was_changed_or_cut() {
    let (mut store, _dir) = some_store();
    let view = |number: u128| crate::views::View {
        at: "2026-03-02T09:15:00+08:00".into(),
        operator: Uuid::from_u128(0xf1),
        record: Uuid::from_u128(number),
        reason: "回访".into(),
    };
    for number in 1..=4 {
        store.write::<_, StoreError>(|gate| gate.note_view(&view(number))).unwrap();
    }
    assert_eq!(store.views(10).unwrap().first(), Some(&view(4)));
    assert_eq!(store.check(|_| ()).unwrap().views_broken, None);
    for sql in ["UPDATE view_log SET reason = ''", "DELETE FROM view_log", "DELETE FROM view_log WHERE id = 4"] {
        assert!(refused(&store.conn, sql).contains("journal_append_only"), "{sql}");
    }
    store.conn.execute_batch("DROP TRIGGER view_log_never_updated; DROP TRIGGER view_log_never_deleted").unwrap();
    let table = [
        ("DELETE FROM view_log WHERE id = 4", 4),
        ("UPDATE view_log SET operator = zeroblob(16) WHERE id = 2", 2),
        ("DELETE FROM view_log WHERE id = 1", 1),
        ("DELETE FROM view_log", 1),
    ];
    for (sql, first) in table {
        store.conn.execute_batch("SAVEPOINT before").unwrap();
        store.conn.execute_batch(sql).unwrap();
        assert_eq!(store.first_broken_view().unwrap(), Some(first), "{sql}");
        store.conn.execute_batch("ROLLBACK TO before; RELEASE before").unwrap();
    }
    assert!(store.check(|_| ()).unwrap().is_ok());
}

#[test]
fn a_full_disk_rolls_back_the_whole_write_and_says_so() {
    let (mut store, _dir) = some_store();
    let before = (store.dump_projections().unwrap(), store.journal_counts().unwrap());
    let pages: i64 = store.conn.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    store.conn.pragma_update_and_check(None, "max_page_count", pages + 2, |_| Ok(())).unwrap();
    let full = store.write::<(), StoreError>(|gate| {
        (10..500).try_for_each(|number| gate.append(OFFICE, &complaint(number)).map(drop))
    });
    assert!(matches!(full, Err(StoreError::DiskFull)), "{full:?}");
    assert_eq!((store.dump_projections().unwrap(), store.journal_counts().unwrap()), before);
    store.conn.pragma_update_and_check(None, "max_page_count", pages + 1000, |_| Ok(())).unwrap();
    store.write::<_, StoreError>(|gate| gate.append(OFFICE, &complaint(10))).unwrap();
    assert!(store.check(|_| ()).unwrap().is_ok());
}

#[test]
fn a_store_of_a_newer_program_is_refused_and_left_alone() {
    let (store, dir) = some_store();
    store.conn.pragma_update(None, "user_version", crate::open::SCHEMA + 1).unwrap();
    drop(store);
    let refused = Store::open(dir.path(), None, PASSPHRASE).map(|_| ()).unwrap_err();
    let found_is_next = |found, known| found == known + 1 && known == crate::open::SCHEMA;
    assert!(matches!(refused, StoreError::Newer { found, known } if found_is_next(found, known)), "{refused}");
    let again = Store::open(dir.path(), None, PASSPHRASE).map(|_| ()).unwrap_err();
    assert_eq!(again.code(), "store_newer");
}

fn count(store: &Store, sql: &str) -> i64 {
    store.conn.query_row(sql, [], |row| row.get(0)).expect("a count")
}

fn amend(store: &mut Store, number: u128, fields: &serde_json::Value) {
    let set = fields.as_object().cloned().expect("fields");
    let change = Change::Set(set);
    store
        .write::<_, StoreError>(|gate| {
            let was = gate.heads(&Uuid::from_u128(number))?;
            gate.append(OFFICE, &Draft { was, change, ..complaint(number) })
        })
        .expect("a good write");
}

/// Regression: the note that something is to be wiped went before the wiping, and a power cut left it undone for ever.
#[test]
fn a_wipe_after_an_erasure_that_was_interrupted_is_done_at_the_next_start() {
    let (mut store, dir) = some_store();
    amend(&mut store, 1, &json!({"facts": "欧阳麦穗 ".repeat(9000)}));
    let entries: Vec<String> = {
        let record = store.record(&Uuid::from_u128(1)).expect("a record").expect("it is there");
        record.entries.iter().map(|entry| entry.id.to_string()).collect()
    };
    amend(&mut store, 1, &json!({"erasure": {"ground": "request", "reason": "", "entries": entries}}));
    assert!(count(&store, "PRAGMA freelist_count") > 10, "what was erased stands in free pages");
    store.conn.busy_timeout(std::time::Duration::ZERO).expect("nobody waits");
    let reader = connect_file(&dir.path().join(DATABASE), &store.key).expect("the database");
    let mut reading = reader.prepare("SELECT 1 FROM journal").expect("a statement");
    let mut rows = reading.query([]).expect("rows");
    assert!(rows.next().expect("a row").is_some());
    store.search_catch_up(|_| true).expect("a wipe that cannot end stops nobody's work");
    assert!(count(&store, "SELECT count(*) FROM local WHERE key = 'erasure_leftovers'") == 1, "it is not done yet");
    drop(rows);
    drop(reading);
    drop((reader, store));
    let (mut store, _) = Store::open(dir.path(), None, PASSPHRASE).expect("it opens");
    store.search_catch_up(|_| true).expect("what signing in does first");
    assert_eq!(count(&store, "PRAGMA freelist_count"), 0);
    assert_eq!(count(&store, "SELECT count(*) FROM local WHERE key = 'erasure_leftovers'"), 0);
}

/// Regression: a complaint or a consultation that moved to another day left its words in the search under its old row.
#[test]
fn a_record_that_moved_to_another_day_leaves_nothing_in_the_search_when_it_is_erased() {
    let (mut store, _dir) = some_store();
    let asked = json!({"asked_on": "2026-03-02", "asker_name": "欧阳麦穗", "content": "怎么退货"});
    let consultation = Draft {
        kind: "consultation",
        change: Change::Set(asked.as_object().cloned().expect("fields")),
        ..complaint(9)
    };
    store.write::<_, StoreError>(|gate| gate.append(OFFICE, &consultation)).expect("a good write");
    amend(&mut store, 1, &json!({"consumer_name": "欧阳麦穗"}));
    let held =
        format!("SELECT count(*) FROM search WHERE search MATCH '\"{:05x}{:05x}\"'", u32::from('欧'), u32::from('阳'));
    assert_eq!(count(&store, &held), 2);
    amend(&mut store, 1, &json!({"received_on": "2026-03-09"}));
    amend(&mut store, 9, &json!({"asked_on": "2026-03-09"}));
    assert_eq!(count(&store, &held), 2, "each stands there once");
    amend(&mut store, 1, &json!({"consumer_name": ""}));
    amend(&mut store, 9, &json!({"asker_name": ""}));
    assert_eq!(count(&store, &held), 0);
    assert_eq!(count(&store, "SELECT count(*) FROM search"), 4);
}

/// A fault of the program in the middle of a write leaves no half of it, and the next write finds the store as it was.
#[test]
fn a_write_that_panics_is_taken_back_and_the_next_one_goes_on() {
    let (mut store, _dir) = some_store();
    let before = count(&store, "SELECT count(*) FROM journal");
    let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store.write::<(), StoreError>(|gate| {
            gate.append(OFFICE, &complaint(8))?;
            panic!("a fault of the program")
        })
    }));
    assert!(broken.is_err());
    assert_eq!(count(&store, "SELECT count(*) FROM journal"), before);
    store.write::<_, StoreError>(|gate| gate.append(OFFICE, &complaint(8))).expect("the next write");
    assert_eq!(count(&store, "SELECT count(*) FROM journal"), before + 1);
}

/// Every index with the words that made it.
fn indexes(store: &Store) -> Vec<(String, Option<String>)> {
    let mut all = store.conn.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name").unwrap();
    all.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

/// Appends so many complaints in one write; with `then` it fails at its end.
fn add_many(store: &mut Store, numbers: std::ops::Range<u128>, then: Option<StoreError>) {
    let outcome = store.write::<_, StoreError>(|gate| {
        numbers.clone().try_for_each(|number| gate.append(OFFICE, &complaint(number)).map(|_| ()))?;
        then.map_or(Ok(()), Err)
    });
    assert_eq!(count(store, "SELECT count(*) FROM complaint"), if outcome.is_ok() { 3 + 4_200 } else { 3 });
}

#[test]
fn after_very_many_cases_at_once_or_a_write_that_failed_with_them_every_index_stands_as_before() {
    let (mut store, _dir) = some_store();
    let before = indexes(&store);
    add_many(&mut store, 1_000..5_200, Some(StoreError::RecordMissing));
    assert_eq!(indexes(&store), before);
    add_many(&mut store, 1_000..5_200, None);
    assert_eq!(indexes(&store), before);
    store.rebuild(|_| ()).unwrap();
    assert_eq!(indexes(&store), before);
    assert!(store.check(|_| ()).unwrap().is_ok());
    let sound: String = store.conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok", "an index has what its table has");
}

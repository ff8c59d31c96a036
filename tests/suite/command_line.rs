//! The command line as people and scripts meet it: words in, words or JSON and an exit code out.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use redress_cli::{Console, Environment, Exit, run};
use serde_json::{Value, json};
use tempfile::TempDir;

const PASSPHRASE: &str = "seven calm herons";

/// A desk with a folder of its own.
struct Desk {
    folder: TempDir,
    env: Environment,
}

/// What a run left behind.
struct Told {
    exit: u8,
    out: String,
    err: String,
}

impl Told {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {} {}", self.out, self.err))
    }

    fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }

    fn good(self) -> Self {
        assert_eq!(self.exit, Exit::Ok as u8, "{}{}", self.out, self.err);
        self
    }
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let env = Environment::default()
            .with("XDG_DATA_HOME", folder.path().to_str().expect("temporary folders have plain names"))
            .with("XDG_CONFIG_HOME", folder.path().to_str().expect("temporary folders have plain names"))
            .with("REDRESS_PASSPHRASE", PASSPHRASE);
        Self { folder, env }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().expect("temporary folders have plain names").to_owned()
    }

    fn folder(&self, name: &str) -> String {
        std::fs::create_dir_all(self.path(name)).expect("the temporary folder is writable");
        self.path(name)
    }

    fn told(&self, words: &[&str]) -> Told {
        self.told_with(words, "")
    }

    fn told_with(&self, words: &[&str], input: &str) -> Told {
        let (mut out, mut err, mut input) = (Vec::new(), Vec::new(), input.as_bytes());
        let mut console = Console { input: &mut input, out: &mut out, err: &mut err, secret: None, bars: false };
        let exit = run(words.iter().map(OsString::from), &self.env, &mut console);
        Told {
            exit,
            out: String::from_utf8(out).expect("results are text"),
            err: String::from_utf8(err).expect("errors are text"),
        }
    }

    /// A county with one station that has registered a complaint and recovered 500 yuan.
    fn county_and_station(&self) -> (String, String) {
        let (county, station, stick) = (self.path("county"), self.path("station"), self.folder("stick"));
        self.told(&[
            "--store",
            &county,
            "office",
            "create",
            "--name",
            "桓台县消费者权益保护委员会",
            "--area",
            "370321",
            "--operator",
            "何县",
        ])
        .good();
        let invited = self
            .told(&[
                "--json",
                "--store",
                &county,
                "office",
                "invite",
                "--kind",
                "station",
                "--code",
                "0107",
                "--name",
                "起凤联络站",
                "--out",
                &stick,
            ])
            .good()
            .json();
        let invitation = invited["path"].as_str().expect("a path is text");
        self.told(&["--store", &station, "office", "join", invitation, "--operator", "周站"]).good();
        self.register(&station);
        (county, station)
    }

    fn register(&self, store: &str) {
        let complaint = json!({
            "received_on": "2026-03-02", "channel": "IC01", "consumer_name": "林安然",
            "consumer_phone": "19900000001", "respondent_name": "晨光电器行", "goods_name": "电热水壶",
            "class": "G01-01", "nature": "N01", "facts": "烧水三次后漏电，商家不退。", "request": "退款",
        });
        let replies = self.rpc(store, &[("complaint.register", full_form(complaint))]);
        let id = replies[0]["ok"]["id"].as_str().unwrap_or_else(|| panic!("{}", replies[0])).to_owned();
        let loss = json!({
            "complaint": id, "kind": "recovered", "route": "station_mediation", "amount": "500",
            "on": "2026-03-05", "evidence": "收条",
        });
        let replies = self.rpc(store, &[("loss.record", loss)]);
        assert!(replies[0]["ok"]["id"].is_string(), "{}", replies[0]);
    }

    fn rpc(&self, store: &str, calls: &[(&str, Value)]) -> Vec<Value> {
        let lines: String = calls
            .iter()
            .enumerate()
            .map(|(id, (command, payload))| {
                json!({ "id": id, "command": command, "payload": payload }).to_string() + "\n"
            })
            .collect();
        let told = self.told_with(&["--store", store, "rpc"], &lines).good();
        told.out.lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect()
    }

    fn export(&self, store: &str, out: &str) -> PathBuf {
        let told = self.told(&["--json", "--store", store, "bundle", "export", "--out", out]).good().json();
        PathBuf::from(told["path"].as_str().expect("a path is text"))
    }
}

/// The window sends every field of the form; those not named are empty.
fn full_form(filled: Value) -> Value {
    let empty = redress_domain::record::ComplaintInput::default();
    let mut form = serde_json::to_value(empty).expect("a form is JSON");
    for (name, value) in filled.as_object().expect("an object") {
        form[name] = value.clone();
    }
    form
}

#[test]
fn help_is_told_in_both_languages_and_names_the_exit_codes() {
    let desk = Desk::new();
    let zh = desk.told(&["--help"]).good().out;
    assert!(zh.contains("用法：") && zh.contains("退出码") && zh.contains("70"), "{zh}");
    let en = desk.told(&["--lang", "en", "bundle", "merge", "--help"]).good().out;
    assert!(en.contains("Usage: redress bundle merge"), "{en}");
    assert!(!en.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{en}");
}

#[test]
fn the_language_comes_from_the_environment_unless_it_is_named() {
    let mut desk = Desk::new();
    desk.env = desk.env.with("REDRESS_LANG", "en");
    assert!(desk.told(&["status"]).good().out.starts_with("There is no store yet."));
    assert!(desk.told(&["--lang=zh-CN", "status"]).good().out.starts_with("还没有台账。"));
}

#[test]
fn a_command_line_that_is_not_understood_ends_with_2() {
    let desk = Desk::new();
    let table: [(&[&str], &str); 4] = [
        (&["bundle", "merge"], "缺少"),
        (&["no-such-thing"], "no-such-thing"),
        (&["report", "--colour"], "--colour"),
        (&["bundle", "export", "--out", "x", "--all", "--office", "0107"], "不能一起用"),
    ];
    for (words, part) in table {
        let told = desk.told(words);
        assert_eq!((told.exit, told.out.as_str()), (Exit::Usage as u8, ""), "{words:?}");
        assert!(told.err.contains(part), "{}", told.err);
    }
    assert_eq!(desk.told(&["--json", "bundle", "merge"]).code(), "usage");
}

#[test]
fn a_refusal_says_what_happened_and_what_to_do() {
    let desk = Desk::new();
    let told = desk.told(&["check"]);
    assert_eq!((told.exit, told.out.as_str()), (Exit::Refused as u8, ""));
    assert!(told.err.starts_with("出错：还没有台账。\n怎么办："), "{}", told.err);
    let store = desk.path("nowhere");
    assert_eq!(desk.told(&["--json", "--store", &store, "check"]).code(), "store_missing");
    let county = desk.path("county");
    let told = desk.told(&[
        "--lang",
        "en",
        "--store",
        &county,
        "office",
        "create",
        "--name",
        " ",
        "--area",
        "37",
        "--operator",
        "",
    ]);
    assert_eq!(told.exit, Exit::Refused as u8);
    assert_eq!(told.err.lines().filter(|line| line.starts_with("  ")).count(), 3, "{}", told.err);
    assert!(!Path::new(&county).exists());
}

#[test]
fn without_a_passphrase_and_without_a_terminal_nothing_is_opened() {
    let mut desk = Desk::new();
    let (county, _) = desk.county_and_station();
    desk.env = desk.env.with("REDRESS_PASSPHRASE", "");
    assert_eq!(desk.told(&["--json", "--store", &county, "status"]).code(), "passphrase_needed");
    desk.env = desk.env.with("REDRESS_PASSPHRASE", "seven calm heron");
    assert_eq!(desk.told(&["--json", "--store", &county, "status"]).code(), "passphrase_wrong");
}

#[test]
fn what_a_station_carries_is_in_the_countys_report_once() {
    let desk = Desk::new();
    let (county, station) = desk.county_and_station();
    let (there, back) = (desk.folder("there"), desk.folder("back"));
    desk.export(&station, &there);

    let first = desk.told(&["--lang", "en", "--store", &county, "bundle", "merge", &there]).good().out;
    assert!(first.contains("new complaints: 1,"), "{first}");
    let again = desk.told(&["--lang", "en", "--store", &county, "bundle", "merge", &there]).good().out;
    assert!(again.contains("0 new entries"), "{again}");

    let report = ["report", "--from", "2026-01-01", "--to", "2026-12-31"];
    let told = desk.told(&[&["--store", &county], &report[..]].concat()).good().out;
    assert!(told.contains("500.00") && told.contains("全县") && told.contains("0107"), "{told}");
    let office = [&["--json", "--store", &county], &report[..], &["--office", "0107"]].concat();
    assert_eq!(desk.told(&office).good().json()["recovered_fen"], 50_000);
    let nobody = [&["--json", "--store", &county], &report[..], &["--office", "0909"]].concat();
    assert_eq!(desk.told(&nobody).json()["error"]["fields"][0]["code"], "office_unknown");

    let sent = desk.told(&["--json", "--store", &county, "bundle", "export", "--all", "--out", &back]).good().json();
    assert_eq!(sent.as_array().map(Vec::len), Some(1), "{sent}");
    let merged = desk.told(&["--json", "--store", &station, "bundle", "merge", &back]).good().json();
    assert_ne!(merged["confirmed_now"], 0, "{merged}");
    let status = desk.told(&["--json", "--store", &station, "status"]).good().json();
    assert_eq!(status["home"]["unconfirmed"], 0, "{status}");
}

#[test]
fn a_refused_bundle_does_not_harm_the_others_but_shows_in_the_exit_code() {
    let desk = Desk::new();
    let (county, station) = desk.county_and_station();
    let there = desk.folder("there");
    let good = desk.export(&station, &there);
    let mut bytes = std::fs::read(&good).unwrap();
    bytes.pop();
    std::fs::write(good.with_file_name("cut.redress"), bytes).unwrap();
    let told = desk.told(&["--json", "--store", &county, "bundle", "merge", &there]);
    assert_eq!(told.exit, Exit::PartlyRefused as u8, "{}{}", told.out, told.err);
    let report = told.json();
    assert_eq!((&report["refused"], &report["new_complaints"]), (&json!(1), &json!(1)), "{report}");
    let told = desk.told(&["--store", &county, "bundle", "merge", &there]);
    assert!(told.out.contains("同步包不完整"), "{}", told.out);
}

#[test]
fn a_bundle_can_be_looked_at_with_and_without_a_store() {
    let desk = Desk::new();
    let (county, station) = desk.county_and_station();
    let bundle = desk.export(&station, &desk.folder("there"));
    let bundle = bundle.to_str().unwrap();
    assert!(desk.told(&["bundle", "inspect", bundle]).good().out.contains("0107"));
    let facts = desk.told(&["--json", "--store", &county, "bundle", "inspect", bundle]).good().json();
    assert_eq!(facts["readable"], true, "{facts}");
}

#[test]
fn search_finds_two_characters_and_check_and_rebuild_agree() {
    let desk = Desk::new();
    let (_, station) = desk.county_and_station();
    let found = desk.told(&["--store", &station, "search", "电器"]).good().out;
    assert!(found.contains("晨光电器行") && found.contains("找到 1 条"), "{found}");
    assert!(desk.told(&["--store", &station, "search", "没有的"]).good().out.contains("没有找到"));
    for verb in ["check", "rebuild"] {
        assert_eq!(desk.told(&["--json", "--store", &station, verb]).good().json()["ok"], true);
    }
}

#[test]
fn json_lines_go_on_after_a_line_that_was_refused() {
    let desk = Desk::new();
    let lines = "not json\n\n{\"id\":7,\"command\":\"no.such\"}\n{\"id\":\"a\",\"command\":\"app.state\"}";
    let told = desk.told_with(&["rpc"], lines).good();
    let replies: Vec<Value> = told.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(replies.len(), 3, "{}", told.out);
    assert_eq!(replies[0]["error"]["code"], "bad_payload");
    assert_eq!((&replies[1]["id"], &replies[1]["error"]["code"]), (&json!(7), &json!("unknown_command")));
    assert_eq!((&replies[2]["id"], &replies[2]["ok"]["stage"]), (&json!("a"), &json!("first")));
}

#[test]
fn the_contract_is_written_as_one_file() {
    let desk = Desk::new();
    desk.told(&["contract", "--out", &desk.path("generated")]).good();
    let text = std::fs::read_to_string(desk.path("generated/index.ts")).unwrap();
    assert!(text.contains("\"bundle.merge\": { input: ByPaths; output: MergeReport };"), "{text}");
}

#[test]
fn an_only_store_need_not_be_named_and_several_must_be() {
    let desk = Desk::new();
    let create = |name: &str, area: &str| {
        desk.told(&["office", "create", "--name", name, "--area", area, "--operator", "何县"]).good()
    };
    create("甲县消保委", "370321");
    assert!(desk.told(&["status"]).good().out.contains("甲县消保委"));
    create("乙县消保委", "370322");
    assert_eq!(desk.told(&["--json", "status"]).code(), "store_unclear");
}

#[test]
fn deadline_says_when_a_period_ends_and_why_without_any_store() {
    let desk = Desk::new();
    let told = desk.told(&["--json", "deadline", "SD-CA-MEDIATE", "2026-03-03"]).good().json();
    let said = ["due", "raw_due", "estimated", "basis"].map(|name| told[name].clone());
    assert_eq!(said, [json!("2026-05-06"), json!("2026-05-02"), json!(false), json!("山东省消费者权益保护条例第74条")]);
    let far = desk.told(&["--json", "deadline", "SD-CA-MEDIATE", "2026-11-20"]).good().json();
    assert_eq!((far["due"].clone(), far["estimated"].clone()), (json!("2027-01-19"), json!(true)));
    let tested = desk.told(&["--json", "deadline", "SAMR-MEDIATE", "2026-07-10", "--exclude", "4"]).good().json();
    assert_eq!((tested["raw_due"].clone(), tested["due"].clone()), (json!("2026-09-12"), json!("2026-09-14")));
    let words = desk.told(&["--lang", "en", "deadline", "SD-CA-ACCEPT", "2026-02-13"]).good().out;
    assert!(words.contains("2026-03-02") && words.contains("7 working days"), "{words}");
}

#[test]
fn deadline_refuses_a_rule_that_was_not_in_force_and_names_its_time() {
    let desk = Desk::new();
    for (rule, code) in [("SAMR-MEDIATE", "deadline_rule_not_in_force"), ("NO-RULE", "deadline_rule_unknown")] {
        let told = desk.told(&["--json", "deadline", rule, "2026-04-14"]);
        assert_eq!((told.exit, told.code().as_str()), (Exit::Refused as u8, code));
    }
    let told = desk.told(&["--lang", "en", "deadline", "SAMR-MEDIATE", "2026-04-14"]);
    assert!(told.err.contains("2026-04-15"), "{}", told.err);
    assert_eq!(desk.told(&["--json", "deadline", "SD-CA-ACCEPT", "someday"]).code(), "invalid_input");
}

#[test]
fn validate_answers_every_line_with_ok_or_the_reason() {
    let desk = Desk::new();
    let lines = "11010519491231002X\r\n110105194912310021\n\n１１０１０５４９１２３１００２\n";
    let told = desk.told_with(&["--lang", "en", "validate", "resident-id"], lines).good();
    let answers: Vec<&str> = told.out.lines().collect();
    assert_eq!((answers.len(), answers[0], answers[3]), (4, "ok", "ok"), "{}", told.out);
    assert!(answers[1].contains("check") && !answers[2].is_empty(), "{}", told.out);
    let json = desk.told_with(&["--json", "validate", "uscc"], "91350100M000100Y44\n").good().json();
    assert_eq!(json, json!({"text": "91350100M000100Y44", "plain": null, "fault": "check"}));
    assert_eq!(desk.told(&["validate", "shoe-size"]).exit, Exit::Usage as u8);
}

#[test]
fn a_store_is_backed_up_restored_and_rescued_from_the_command_line() {
    let desk = Desk::new();
    let (_, station) = desk.county_and_station();
    let (stick, out, again) = (desk.folder("backups"), desk.folder("rescued"), desk.path("again"));
    let made = desk.told(&["--json", "--store", &station, "backup", "--out", &stick]).good().json();
    let copy = made["path"].as_str().expect("a path is text");
    let restored = desk.told(&["--store", &again, "restore", copy]).good();
    assert!(restored.out.contains("起凤联络站"), "{}", restored.out);
    assert_eq!(desk.told(&["--json", "--store", &again, "restore", copy]).code(), "store_exists");
    let rescued = desk.told(&["--json", "--store", &station, "rescue", "--out", &out]).good().json();
    assert_eq!((&rescued["lost"], &rescued["entries"]), (&json!(0), &made["entries"]));
    assert!(Path::new(rescued["bundle"].as_str().expect("a bundle for the county")).exists());
    let path = rescued["path"].as_str().expect("a path is text");
    assert!(desk.told(&["--store", path, "check"]).good().out.contains('。'));
}

/// Photos by path: added by the case's number, seen as there already, copied into a folder; what is none is refused with words.
#[test]
fn photos_are_added_by_the_number_of_their_case_and_copied_into_a_folder() {
    let desk = Desk::new();
    let (_, station) = desk.county_and_station();
    let number = desk.told(&["--json", "--store", &station, "search", "林安然"]).good().json()[0]["number"].clone();
    let number = number.as_str().expect("a case has a number");
    let (photo, text) = (desk.path("a.jpg"), desk.path("b.jpg"));
    std::fs::write(&photo, redress_tests::pictures::photo(1, (320, 240))).expect("the temporary folder is writable");
    std::fs::write(&text, "no photo").expect("the temporary folder is writable");
    let added = desk.told(&["--json", "--store", &station, "evidence", "add", number, &photo]).good().json();
    let id = added[0]["id"].as_str().expect("a record has an id").to_owned();
    let again = desk.told(&["--lang", "en", "--store", &station, "evidence", "add", number, &photo]).good();
    assert!(again.out.contains("In the file already"), "{}", again.out);
    let refused = desk.told(&["--json", "--store", &station, "evidence", "add", number, &text]);
    assert_eq!((refused.exit, refused.code().as_str()), (Exit::Refused as u8, "evidence_not_image"));
    let out = desk.folder("copies");
    let saved = desk.told(&["--json", "--store", &station, "evidence", "save", &id, "--out", &out]).good().json();
    assert!(Path::new(saved["path"].as_str().expect("a path is text")).is_file());
    let stick = desk.folder("photos-later");
    let told =
        desk.told(&["--lang", "en", "--store", &station, "bundle", "export", "--out", &stick, "--without-photos"]);
    assert!(told.good().out.contains("stay for the next time: 1"));
}

//! The house rules that a program can read: who may depend on whom, sizes, what the pure crates must not touch, words that
//! have no place here, and that every error has a sentence and an advice in both languages. Nothing is compiled for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

const RUST_LINES_MAX: usize = 800;
const VUE_LINES_MAX: usize = 300;
const FUNCTION_LINES_MAX: usize = 70;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files below a folder by their path from the root; what builds leave behind is left out.
fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let entries = fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder == "." { name.clone() } else { format!("{folder}/{name}") };
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && !["target", "node_modules", "dist", ".git", "gen", "demo-county"].contains(&name.as_str()) {
            found.extend(files(&path));
        } else if !is_folder && name != ".git" {
            // In a second working tree that is a file.
            found.push(path);
        }
    }
    found.sort();
    found
}

fn with_ending(folder: &str, endings: &[&str]) -> Vec<String> {
    files(folder).into_iter().filter(|path| endings.iter().any(|ending| path.ends_with(ending))).collect()
}

/// The program's own Rust files, without those that hold only tests.
fn rust_files() -> Vec<String> {
    with_ending("src-tauri", &[".rs"]).into_iter().filter(|path| !path.ends_with("_tests.rs")).collect()
}

/// Rust text up to its own test module.
fn without_tests(source: &str) -> &str {
    source.find("#[cfg(test)]\nmod tests").map_or(source, |at| &source[..at])
}

fn assert_none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}\n  {}", found.join("\n  "));
}

/// A source with comments and the insides of texts turned into spaces: what is left is code. Lines stay lines.
fn code_only(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let length = skipped(rest);
        if length == 0 {
            code.push(letter);
            rest = &rest[letter.len_utf8()..];
        } else {
            code.extend(rest[..length].chars().map(|hidden| if hidden == '\n' { '\n' } else { ' ' }));
            rest = &rest[length..];
        }
    }
    code
}

/// How long the comment, text or character is that begins here; 0 for code.
fn skipped(rest: &str) -> usize {
    let to = |end: &str, from: usize| rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len());
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return to("*/", 2);
    }
    if let Some(hashes) = rest.strip_prefix('r').filter(|raw| raw.trim_start_matches('#').starts_with('"')) {
        let hashes = hashes.len() - hashes.trim_start_matches('#').len();
        return to(&format!("\"{}", "#".repeat(hashes)), hashes + 2);
    }
    if rest.starts_with('"') {
        return quoted(rest);
    }
    // 'x' and '\n' are characters, 'a is a lifetime.
    let mut letters = rest.char_indices();
    match (letters.next(), letters.next(), letters.next()) {
        (Some((_, '\'')), Some((_, '\\')), Some(_)) => to("'", 3),
        (Some((_, '\'')), Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            '"' if !escaped => return at + 1,
            _ => escaped = letter == '\\' && !escaped,
        }
    }
    rest.len()
}

/// Where a function begins and how many lines it has, by matching braces.
fn functions(code: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let is_word = !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
        let body = code[at..].find(['{', ';']).filter(|end| code.as_bytes()[at + *end] == b'{');
        if let Some(open) = body.filter(|_| is_word) {
            let end = closing(&code[at + open..]);
            let lines = code[at..at + open + end].matches('\n').count() + 1;
            found.push((code[..at].matches('\n').count() + 1, lines));
        }
    }
    found
}

/// Length up to the bracket that closes the one at the beginning.
fn closing(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in code.char_indices() {
        match letter {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return at + 1;
        }
    }
    code.len()
}

#[test]
fn the_reader_of_rust_text_hides_texts_and_measures_functions() {
    let source = "fn a<'x>() {\n  let _ = (\"}\\\"{\", '{', r#\"}\"#); // }\n}\nfn b();\nfn c() { }\n";
    let code = code_only(source);
    assert_eq!(code.lines().count(), 5);
    assert_eq!(code.matches('{').count(), 2);
    assert_eq!(functions(&code), [(1, 3), (5, 1)]);
}

/// The dependencies that a manifest names, development ones apart.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut counts = false;
    for line in text(manifest).lines().map(str::trim) {
        if line.starts_with('[') {
            counts = line.ends_with("dependencies]") && !line.contains("dev-dependencies");
        } else if let Some((name, _)) = line.split_once(['.', '=', ' ']).filter(|_| counts && !line.starts_with('#')) {
            found.insert(name.trim().trim_matches('"').to_owned());
        }
    }
    found
}

#[test]
fn crates_depend_only_downwards() {
    let allowed: &[(&str, &[&str])] = &[
        ("crates/domain", &[]),
        ("crates/journal", &[]),
        ("crates/bundle", &["journal"]),
        ("crates/store", &["domain", "journal"]),
        ("crates/app", &["bundle", "domain", "journal", "store"]),
        ("crates/cli", &["app", "domain"]),
        (".", &["app"]),
    ];
    for (krate, below) in allowed {
        let ours: BTreeSet<String> = dependencies(&format!("src-tauri/{krate}/Cargo.toml"))
            .iter()
            .filter_map(|name| name.strip_prefix("redress-").map(str::to_owned))
            .collect();
        let above: Vec<String> = ours.into_iter().filter(|name| !below.contains(&name.as_str())).collect();
        assert_none(&above, &format!("{krate} must not depend on"));
    }
}

#[test]
fn a_crate_exists_because_it_alone_may_use_something() {
    let alone = [("rusqlite", "src-tauri/crates/store/Cargo.toml"), ("tauri", "src-tauri/Cargo.toml")];
    let manifests: Vec<String> =
        files("src-tauri").into_iter().chain(files("tests")).filter(|path| path.ends_with("/Cargo.toml")).collect();
    assert!(manifests.len() >= 8, "{manifests:?}");
    for (library, owner) in alone {
        let users = manifests.iter().filter(|path| {
            let all = dependencies(path);
            all.iter().any(|name| name == library || name.starts_with(&format!("{library}-")))
        });
        assert_eq!(users.collect::<Vec<_>>(), [owner], "only this one may use {library}");
    }
}

#[test]
fn only_one_file_of_the_window_talks_to_tauri() {
    let users: Vec<String> = with_ending("ui/src", &[".ts", ".vue"])
        .into_iter()
        .filter(|path| text(path).contains("@tauri-apps/"))
        .collect();
    assert_eq!(users, ["ui/src/api/tauri.ts"]);
}

#[test]
fn files_and_functions_stay_small_enough_to_read() {
    let mut too_long = Vec::new();
    for path in rust_files() {
        let source = text(&path);
        let own = without_tests(&source);
        let lines = own.lines().count();
        if lines > RUST_LINES_MAX {
            too_long.push(format!("{path}: {lines} lines"));
        }
        let long = functions(&code_only(own)).into_iter().filter(|(_, lines)| *lines > FUNCTION_LINES_MAX);
        too_long.extend(long.map(|(at, lines)| format!("{path}:{at}: a function of {lines} lines")));
    }
    for path in with_ending("ui/src", &[".vue"]) {
        let lines = text(&path).lines().count();
        if lines > VUE_LINES_MAX {
            too_long.push(format!("{path}: {lines} lines"));
        }
    }
    assert_none(&too_long, "too long");
}

#[test]
fn every_rust_file_says_what_it_is_for() {
    let silent: Vec<String> = rust_files()
        .into_iter()
        .chain(with_ending("tests", &[".rs"]))
        .filter(|path| !text(path).starts_with("//!"))
        .collect();
    assert_none(&silent, "these do not begin with //!");
}

#[test]
fn the_pure_crates_know_no_clock_no_floating_point_and_no_files() {
    let everywhere = ["f32", "f64", "SystemTime", "Instant", "Utc", "Local"];
    let pure = ["File", "OpenOptions", "TcpStream", "rand", "getrandom", "Command"];
    let mut found = Vec::new();
    for krate in ["domain", "journal", "bundle"] {
        for path in with_ending(&format!("src-tauri/crates/{krate}/src"), &[".rs"]) {
            let code = code_only(&text(&path));
            let words: BTreeSet<&str> = code.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
            let banned = everywhere.iter().chain(pure.iter().filter(|_| krate != "bundle"));
            found.extend(banned.filter(|word| words.contains(**word)).map(|word| format!("{path}: {word}")));
        }
    }
    assert_none(&found, "not in domain, journal, bundle");
}

/// Spelled apart, so that this file does not hold them.
fn banned_words() -> Vec<String> {
    [
        ("/wo", "rk/"),
        ("/ro", "ot/"),
        ("/tmp/", "spec"),
        ("registry.", "npmjs"),
        ("npm", "mirror"),
        ("static.", "crates.io"),
        ("index.", "crates.io"),
        ("pypi.", "org"),
        ("cla", "ude"),
        ("anth", "ropic"),
        ("open", "ai"),
        ("chat", "gpt"),
        ("co", "pilot"),
        ("as an a", "i "),
        ("language ", "model"),
        ("FIX", "ME"),
        ("XX", "X "),
    ]
    .map(|(one, two)| format!("{one}{two}").to_lowercase())
    .to_vec()
}

#[test]
fn no_file_holds_a_word_that_has_no_place_here() {
    let words = banned_words();
    let mut found = Vec::new();
    for path in files(".") {
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        let text = text.to_lowercase();
        found.extend(words.iter().filter(|word| text.contains(word.as_str())).map(|word| format!("{path}: {word}")));
    }
    assert_none(&found, "these have no place here");
}

#[test]
fn the_lock_file_of_the_window_names_no_server() {
    assert!(!text("ui/package-lock.json").contains("\"resolved\": \"http"));
}

/// The tests of the suite: `module::name`.
fn suite_tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in with_ending("tests/suite", &[".rs"]) {
        let module = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
        let source = text(&path);
        for (at, _) in
            source.match_indices("#[test]").filter(|(at, _)| source[..*at].trim_end_matches(' ').ends_with('\n'))
        {
            let name = source[at..].split_once("fn ").and_then(|(_, rest)| rest.split_once('(')).map(|(name, _)| name);
            found.extend(name.map(|name| format!("{module}::{name}")));
        }
    }
    found
}

/// Hard cases 1 to 81 and the ten invariants stand in the table, in order, and every test that it names is there.
#[test]
fn the_table_of_hard_cases_is_whole_and_names_tests_that_exist() {
    let (table, tests) = (text("tests/README.md"), suite_tests());
    let cell = |line: &str, at: usize| line.split('|').nth(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| ")).collect();
    let numbers: Vec<String> = rows.iter().map(|row| cell(row, 1)).filter(|it| it.contains(char::is_numeric)).collect();
    let expected = (1..=81).map(|case| case.to_string()).chain((1..=10).map(|invariant| format!("I.{invariant}")));
    assert_eq!(numbers, expected.collect::<Vec<_>>());
    let silent: Vec<String> = rows.iter().filter(|row| cell(row, 3).is_empty()).map(|row| (*row).to_owned()).collect();
    assert_none(&silent, "these cases are held by nothing");
    let named = table.split('`').skip(1).step_by(2).filter(|name| name.contains("::"));
    let missing: Vec<String> = named.filter(|name| !tests.contains(*name)).map(str::to_owned).collect();
    assert!(tests.len() > 150, "the reader of tests has gone blind: {}", tests.len());
    assert_none(&missing, "no such tests");
}

#[test]
fn every_todo_names_its_issue() {
    let mark = ["TO", "DO"].concat();
    let mut found = Vec::new();
    for path in rust_files().into_iter().chain(with_ending("ui/src", &[".ts", ".vue"])) {
        let source = text(&path);
        let lines = source.lines().zip(1..).filter(|(line, _)| line.contains(&mark) && !line.contains("issue "));
        found.extend(lines.map(|(line, at)| format!("{path}:{at}: {}", line.trim())));
    }
    assert_none(&found, "say which issue");
}

/// The catalogues: of the window, which the command line reads too, and what only the command line says.
const CATALOGUES: [&str; 2] = ["ui/src/locales", "src-tauri/crates/cli/src/words"];

/// The sentences of a catalogue by their dotted keys.
fn sentences(catalogue: &str, language: &str) -> BTreeMap<String, String> {
    let catalogue: Value = serde_json::from_str(&text(&format!("{catalogue}/{language}.json"))).expect("JSON");
    let mut all = BTreeMap::new();
    gather("", &catalogue, &mut all);
    all
}

fn gather(prefix: &str, value: &Value, all: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
            gather(&key, value, all);
        }),
        Value::String(sentence) => drop(all.insert(prefix.to_owned(), sentence.clone())),
        other => panic!("{prefix} is no sentence: {other}"),
    }
}

/// The `{names}` in a sentence.
fn placeholders(sentence: &str) -> BTreeSet<&str> {
    sentence.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

#[test]
fn both_languages_have_the_same_sentences_with_the_same_placeholders() {
    for catalogue in CATALOGUES {
        let (chinese, english) = (sentences(catalogue, "zh-CN"), sentences(catalogue, "en"));
        let keys = |all: &BTreeMap<String, String>| all.keys().cloned().collect::<BTreeSet<String>>();
        let apart: Vec<String> = keys(&chinese).symmetric_difference(&keys(&english)).cloned().collect();
        assert_none(&apart, &format!("{catalogue}: in one language only"));
        let differ = chinese.iter().filter(|(key, sentence)| placeholders(sentence) != placeholders(&english[*key]));
        assert_none(
            &differ.map(|(key, _)| key.clone()).collect::<Vec<_>>(),
            &format!("{catalogue}: placeholders differ"),
        );
        let empty = chinese.iter().chain(&english).filter(|(_, sentence)| sentence.trim().is_empty());
        assert_none(&empty.map(|(key, _)| key.clone()).collect::<Vec<_>>(), &format!("{catalogue}: empty"));
    }
}

/// Where a code is said, and where its sentence stands.
#[derive(Default)]
struct Codes {
    errors: BTreeSet<String>,
    fields: BTreeSet<String>,
}

/// The codes that these files can say.
fn codes(paths: &[String]) -> Codes {
    let mut codes = Codes::default();
    for path in paths {
        let source = text(path);
        let own = without_tests(&source);
        let of_fields = path.starts_with("src-tauri/crates/domain");
        codes.errors.extend(calls(own, "AppError::new(").iter().filter_map(|arguments| last_text(arguments)));
        for call in ["FieldError::new(", "AppError::field("] {
            codes.fields.extend(calls(own, call).iter().filter_map(|arguments| last_text(arguments)));
        }
        if of_fields {
            codes.fields.extend(calls(own, ".error(").iter().filter_map(|arguments| last_text(arguments)));
        }
        let tables = own
            .match_indices("pub fn code(")
            .filter(|(at, _)| own[*at..].split('{').next().is_some_and(|head| head.contains("'static str")));
        let said = tables.flat_map(|(at, _)| texts(&own[at..at + body_end(&own[at..])]));
        if of_fields { codes.fields.extend(said) } else { codes.errors.extend(said) }
    }
    codes
}

fn body_end(from_fn: &str) -> usize {
    from_fn.find('{').map_or(0, |open| open + closing(&code_only(&from_fn[open..])))
}

/// The arguments of each call, as they stand in the source.
fn calls(source: &str, name: &str) -> Vec<String> {
    let inside = |at: usize| {
        let open = at + name.len() - 1;
        let length = closing(&code_only(&source[open..]));
        source[open + 1..open + length - 1].to_owned()
    };
    source.match_indices(name).map(|(at, _)| inside(at)).collect()
}

/// The last argument, when it is a text.
fn last_text(arguments: &str) -> Option<String> {
    let last = arguments.trim().trim_end_matches(',').rsplit(',').next()?.trim();
    last.strip_prefix('"')?.strip_suffix('"').map(str::to_owned)
}

fn texts(source: &str) -> Vec<String> {
    source.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_error_has_a_sentence_and_an_advice_in_both_languages() {
    let (of_cli, of_all): (Vec<String>, Vec<String>) =
        rust_files().into_iter().partition(|path| path.starts_with("src-tauri/crates/cli"));
    let mut missing = Vec::new();
    let mut said = (0, 0);
    for (paths, catalogues) in [(of_all, &CATALOGUES[..1]), (of_cli, &CATALOGUES[..])] {
        let codes = codes(&paths);
        said = (said.0 + codes.errors.len(), said.1 + codes.fields.len());
        for language in ["zh-CN", "en"] {
            let all: BTreeSet<String> =
                catalogues.iter().flat_map(|catalogue| sentences(catalogue, language).into_keys()).collect();
            let errors = codes.errors.iter().flat_map(|code| [format!("errors.{code}"), format!("advice.{code}")]);
            let fields = codes.fields.iter().map(|code| format!("fieldErrors.{code}"));
            missing
                .extend(errors.chain(fields).filter(|key| !all.contains(key)).map(|key| format!("{language}: {key}")));
        }
    }
    assert!(said.0 > 30 && said.1 > 12, "the reader of codes has gone blind: {said:?}");
    assert_none(&missing, "without words");
}

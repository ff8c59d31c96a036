//! `bench merge`: 70 stations' bundles into an empty county, again, and the same rows by raw inserts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use redress_app::sample::{Large, LargeDesk, PASSPHRASE, build_large};
use redress_store::Store;
use redress_store::yardstick::Yardstick;
use serde_json::{Value, json};

use crate::host::Quiet;

const CASES: usize = 100_000;

/// Builds, merges in a process of its own (so that its peak memory is its own), and measures the yardstick.
pub fn run(words: &[String]) -> Result<(), String> {
    let cases = match words {
        [] => CASES,
        [flag, number] if flag == "--cases" => number.replace('_', "").parse().map_err(|_| "--cases takes a number")?,
        _ => return Err("bench merge [--cases N]".to_owned()),
    };
    let temporary = tempfile::tempdir().map_err(text)?;
    println!("building 70 stations with {cases} complaints …");
    let started = now();
    let large = build_large(&Quiet, temporary.path(), cases).map_err(|error| format!("{error:?}"))?;
    println!("  built and exported in {} s", seconds(started));
    let bytes = folder_bytes(&large.stick)?;
    println!("  bundles: {bytes} bytes, {} bytes a case", bytes / cases.max(1) as u64);
    let first = in_child(&large)?;
    let again = in_child(&large)?;
    let raw = raw(&large.county, &temporary.path().join("raw"))?;
    print(cases, (&first, &again), &raw);
    Ok(())
}

fn print(cases: usize, (first, again): (&Value, &Value), raw: &Value) {
    let millis = |value: &Value| value["millis"].as_u64().unwrap_or(0).max(1);
    let (merge, rest, second, raw_millis) =
        (millis(first), first["search"].as_u64().unwrap_or(0), millis(again), millis(raw));
    println!("first merge     {merge:>8} ms   {} new entries, {} cases/s", first["new"], cases as u64 * 1000 / merge);
    println!("same again      {second:>8} ms   {} new entries", again["new"]);
    println!("raw inserts     {raw_millis:>8} ms   {} rows, same schema, encrypted, one transaction", raw["rows"]);
    println!("ratio to raw        {:>4}       budget 1.60", hundredths(merge, raw_millis));
    println!("again to first      {:>4}       budget 0.03", hundredths(second, merge));
    println!("search behind   {rest:>8} ms   {} cases/s", cases as u64 * 1000 / rest.max(1));
    println!("peak memory     {:>8} MiB", first["peak_kib"].as_u64().unwrap_or(0) / 1024);
}

fn hundredths(part: u64, whole: u64) -> String {
    let ratio = part * 100 / whole.max(1);
    format!("{}.{:02}", ratio / 100, ratio % 100)
}

fn in_child(large: &Large) -> Result<Value, String> {
    let this = std::env::current_exe().map_err(text)?;
    let output = Command::new(this).arg("merge-child").arg(&large.county).arg(&large.stick).output().map_err(text)?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(text)
}

/// Merges in this process and prints what it took.
pub fn child(words: &[String]) -> Result<(), String> {
    let [county, stick] = words else { return Err("merge-child COUNTY STICK".to_owned()) };
    let large = Large { county: PathBuf::from(county), stick: PathBuf::from(stick), complaints: 0 };
    let mut desk = LargeDesk::open(&large).map_err(|error| format!("{error:?}"))?;
    let clock = Clock::start();
    let report = desk.merge(&clock, &large).map_err(|error| format!("{error:?}"))?;
    let (merged, search) = clock.split();
    let line = json!({ "millis": merged, "search": search, "new": report.new_entries, "peak_kib": peak_kib() });
    println!("{line}");
    Ok(())
}

/// Splits the merge from the search that catches up behind it, at the first word about the search.
struct Clock {
    started: Instant,
    search_at: std::sync::Mutex<Option<Instant>>,
}

impl Clock {
    fn start() -> Self {
        Self { started: now(), search_at: std::sync::Mutex::new(None) }
    }

    fn split(&self) -> (u64, u64) {
        let end = now();
        let turn = self.search_at.lock().ok().and_then(|at| *at).unwrap_or(end);
        let millis = |span: std::time::Duration| u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        (millis(turn - self.started), millis(end - turn))
    }
}

impl redress_app::Host for Clock {
    fn now(&self) -> chrono::DateTime<chrono::FixedOffset> {
        Quiet.now()
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), redress_app::AppError> {
        Quiet.fill_random(bytes)
    }

    fn progress(&self, progress: &redress_app::contract::Progress) {
        if progress.stage == "search"
            && let Ok(mut at) = self.search_at.lock()
        {
            at.get_or_insert_with(now);
        }
    }

    fn cancelled(&self) -> bool {
        false
    }

    fn carry_places(&self) -> Vec<redress_app::contract::CarryPlace> {
        Vec::new()
    }

    fn data_dir(&self) -> PathBuf {
        Quiet.data_dir()
    }
}

fn raw(county: &Path, dir: &Path) -> Result<Value, String> {
    let (store, _) = Store::open(county, None, PASSPHRASE).map_err(text)?;
    let yardstick = Yardstick::of(&store).map_err(text)?;
    let blank = yardstick.prepare(dir, [7; 32]).map_err(text)?;
    let started = now();
    yardstick.insert(&blank).map_err(text)?;
    let millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(json!({ "millis": millis, "rows": yardstick.rows() }))
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> Instant {
    Instant::now()
}

fn seconds(started: Instant) -> u64 {
    started.elapsed().as_secs()
}

fn folder_bytes(folder: &Path) -> Result<u64, String> {
    let entries = fs::read_dir(folder).map_err(text)?;
    Ok(entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|facts| facts.len()).sum())
}

/// The most memory this process has held, from the system's own accounts (Linux).
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

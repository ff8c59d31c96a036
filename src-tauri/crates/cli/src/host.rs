//! What the use cases need from outside, on a command line: the clock, randomness, the folder for data, and a
//! progress bar where there is a terminal. It decides nothing.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, FixedOffset, Local};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use redress_app::contract::{CarryPlace, Progress, Task};
use redress_app::{AppError, Host, Result, machine, media};

use crate::say::{Say, plain};
use crate::table::clip;

const BAR: &str = "{msg}  {bar:32}  {human_pos}/{human_len}";
/// Columns of the terminal for what is worked on just now.
const DETAIL_MOST: usize = 32;
const SPINNER: &str = "{msg}  {spinner}  {human_pos}";

/// The outside world of a command line.
pub struct ConsoleHost {
    say: Arc<Say>,
    data_dir: PathBuf,
    witness_dir: PathBuf,
    draws: bool,
    shown: Mutex<Option<Shown>>,
}

/// The bar that is on the terminal now.
struct Shown {
    stage: String,
    bar: ProgressBar,
}

impl ConsoleHost {
    /// A host that keeps stores under one folder and notes how far they have gone in the other, and draws bars if it may.
    pub fn new(say: Arc<Say>, (data_dir, witness_dir): (PathBuf, PathBuf), draws: bool) -> Self {
        Self { say, data_dir, witness_dir, draws, shown: Mutex::new(None) }
    }

    /// Takes the bar off the terminal, so that what is printed stands alone.
    pub fn finish(&self) {
        if let Some(shown) = self.shown.lock().unwrap_or_else(PoisonError::into_inner).take() {
            shown.bar.finish_and_clear();
        }
    }

    /// What goes on, in which stage, and with what just now.
    fn message(&self, progress: &Progress) -> String {
        let stage = format!("stage.{}", progress.stage);
        let stage = if self.say.knows(&stage) { self.say.text(&stage) } else { String::new() };
        let parts = [self.say.text(task_key(progress.task)), stage, clip(&plain(&progress.detail), DETAIL_MOST)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    fn start(&self, progress: &Progress) -> Shown {
        let bar = ProgressBar::with_draw_target(progress.total, ProgressDrawTarget::stderr());
        let template = if progress.total.is_some() { BAR } else { SPINNER };
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        Shown { stage: progress.stage.clone(), bar }
    }
}

fn task_key(task: Task) -> &'static str {
    match task {
        Task::Merge => "task.merge",
        Task::Export => "task.export",
        Task::Sample => "task.sample",
        Task::Rebuild => "task.rebuild",
        Task::Check => "task.check",
        Task::Backup => "task.backup",
        Task::Undo => "task.undo",
    }
}

impl Host for ConsoleHost {
    #[expect(clippy::disallowed_methods, reason = "this is where the time comes in")]
    fn now(&self) -> DateTime<FixedOffset> {
        Local::now().fixed_offset()
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<()> {
        getrandom::fill(bytes).map_err(AppError::internal)
    }

    fn progress(&self, progress: &Progress) {
        if !self.draws {
            return;
        }
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.as_ref().is_none_or(|shown| shown.stage != progress.stage) {
            if let Some(before) = shown.take() {
                before.bar.finish_and_clear();
            }
            *shown = Some(self.start(progress));
        }
        if let Some(shown) = shown.as_ref() {
            shown.bar.set_message(self.message(progress));
            shown.bar.set_position(progress.done);
            if let Some(total) = progress.total {
                shown.bar.set_length(total);
            }
        }
    }

    /// Control-C ends the process: a merge is one transaction, so what was not committed did not happen.
    fn cancelled(&self) -> bool {
        false
    }

    fn carry_places(&self) -> Vec<CarryPlace> {
        media::removable()
    }

    fn data_dir(&self) -> PathBuf {
        self.data_dir.clone()
    }

    fn witness_dir(&self) -> PathBuf {
        self.witness_dir.clone()
    }

    fn machine(&self) -> String {
        machine::fingerprint()
    }
}

//! What the window hears without having asked: how far a long command is, and which records changed.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use redress_app::contract::Progress;
use serde_json::json;
use tauri::{AppHandle, Emitter};

/// Ten pictures a second look like movement; more only keeps the window busy.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(100);

/// Sends `progress` and `changed` events to the window.
pub struct Events {
    app: AppHandle,
    last: Mutex<Option<Shown>>,
}

/// The last progress that was sent.
struct Shown {
    at: Instant,
    stage: String,
}

impl Events {
    /// Events of this program's window.
    pub fn new(app: AppHandle) -> Self {
        Self { app, last: Mutex::new(None) }
    }

    /// Sends a progress, unless one of the same stage was sent less than a tenth of a second ago. The first and the
    /// last of a stage are always sent.
    pub fn progress(&self, progress: &Progress) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let now = monotonic_now();
        let finished = progress.total == Some(progress.done);
        if !finished && !is_due(last.as_ref(), now, &progress.stage) {
            return;
        }
        *last = Some(Shown { at: now, stage: progress.stage.clone() });
        // A window that is closing hears nothing more; the command goes on all the same.
        let _ = self.app.emit("progress", progress);
    }

    /// Tells the window which kinds of record a command changed.
    pub fn changed(&self, touched: &[String]) {
        if !touched.is_empty() {
            let _ = self.app.emit("changed", json!({ "touched": touched }));
        }
    }
}

fn is_due(last: Option<&Shown>, now: Instant, stage: &str) -> bool {
    last.is_none_or(|shown| shown.stage != stage || now.duration_since(shown.at) >= PROGRESS_INTERVAL)
}

#[expect(clippy::disallowed_methods, reason = "spacing events on the screen is the shell's own business")]
fn monotonic_now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::{PROGRESS_INTERVAL, Shown, is_due, monotonic_now};

    #[test]
    fn progress_of_one_stage_is_spaced_and_a_new_stage_shows_at_once() {
        let at = monotonic_now();
        let shown = Shown { at, stage: "verify".to_owned() };
        assert!(is_due(None, at, "verify"));
        assert!(!is_due(Some(&shown), at, "verify"));
        assert!(is_due(Some(&shown), at, "apply"));
        assert!(is_due(Some(&shown), at + PROGRESS_INTERVAL, "verify"));
    }
}

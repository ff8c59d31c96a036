//! The one command of the window: `rpc(command, payload)`, answered by the use cases.
//!
//! Only two kinds of command are answered here: `task.cancel`, which must not wait for what it cancels, and `host.*`,
//! which is about this desktop and no store. Neither waits for the lock. No rule belongs in this file.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use redress_app::{App, Reply};
use serde_json::{Value, json};
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

use crate::host::DesktopHost;

/// The program behind the window: one command at a time works on the store.
pub struct Desk {
    host: Arc<DesktopHost>,
    app: Arc<Mutex<App>>,
}

impl Desk {
    /// A program that keeps its stores under `data_dir`.
    pub fn new(app: AppHandle, folders: (PathBuf, PathBuf)) -> Self {
        let host = Arc::new(DesktopHost::new(app, folders));
        Self { app: Arc::new(Mutex::new(App::new(host.clone()))), host }
    }

    /// Closes the store before the program ends, with whatever belongs to that.
    pub fn close(&self) {
        let _ = dispatch(&self.host, &self.app, "store.lock", json!({}));
    }
}

/// Runs `command` and gives `{output, touched}`, or an error `{code, params, fields}`. The work is done away from the
/// window's own thread, so the window never freezes.
#[tauri::command]
pub async fn rpc(
    window: WebviewWindow,
    desk: State<'_, Desk>,
    command: String,
    payload: Value,
) -> Result<Value, Value> {
    let (host, app) = (desk.host.clone(), desk.app.clone());
    let work = move || match command.as_str() {
        "task.cancel" => {
            host.cancel();
            Ok(untouched(Value::Null))
        }
        "host.pick_folder" => Ok(untouched(pick_folder(&window, &payload))),
        "host.pick_files" => Ok(untouched(pick_files(&window, &payload))),
        _ => dispatch(&host, &app, &command, payload),
    };
    tauri::async_runtime::spawn_blocking(work).await.unwrap_or_else(|error| Err(internal(&error.to_string())))
}

fn dispatch(host: &DesktopHost, app: &Mutex<App>, command: &str, payload: Value) -> Result<Value, Value> {
    // After a panic the store has rolled back what it had not committed, so the next command may go on.
    let mut app = app.lock().unwrap_or_else(PoisonError::into_inner);
    host.begin();
    match catch_unwind(AssertUnwindSafe(|| app.dispatch(command, payload))) {
        Ok(Ok(Reply { output, touched })) => {
            host.changed(&touched);
            Ok(json!({ "output": output, "touched": touched }))
        }
        Ok(Err(error)) => Err(serde_json::to_value(&error).unwrap_or_else(|cause| internal(&cause.to_string()))),
        Err(panic) => Err(internal(panic_text(panic.as_ref()))),
    }
}

fn untouched(output: Value) -> Value {
    json!({ "output": output, "touched": [] })
}

/// The error of a fault in the program itself, with what it said, for a report to its makers.
fn internal(detail: &str) -> Value {
    json!({ "code": "internal", "params": { "detail": detail }, "fields": [] })
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("panic")
}

fn pick_folder(window: &WebviewWindow, payload: &Value) -> Value {
    json!({ "path": file_dialog(window, payload).blocking_pick_folder().and_then(text_of) })
}

fn pick_files(window: &WebviewWindow, payload: &Value) -> Value {
    let files = file_dialog(window, payload).blocking_pick_files().unwrap_or_default();
    json!({ "paths": files.into_iter().filter_map(text_of).collect::<Vec<_>>() })
}

fn file_dialog(window: &WebviewWindow, payload: &Value) -> FileDialogBuilder<tauri::Wry> {
    let title = payload.get("title").and_then(Value::as_str).unwrap_or_default();
    window.dialog().file().set_title(title).set_parent(window)
}

/// A path as the window can send it back. A name that is no text cannot, so it counts as not chosen.
fn text_of(path: FilePath) -> Option<String> {
    path.into_path().ok()?.into_os_string().into_string().ok()
}

#[cfg(test)]
mod tests {
    use super::{internal, panic_text};
    use std::panic::catch_unwind;

    #[test]
    fn a_panic_becomes_an_internal_error_with_its_words() {
        let panic = catch_unwind(|| panic!("two heads, no record")).unwrap_err();
        let error = internal(panic_text(panic.as_ref()));
        assert_eq!(error["code"], "internal");
        assert_eq!(error["params"]["detail"], "two heads, no record");
    }
}

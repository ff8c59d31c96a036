//! The one window. It shows the pages inside the program and never anything from elsewhere.

use tauri::webview::{NewWindowResponse, WebviewWindow, WebviewWindowBuilder};
use tauri::{AppHandle, Manager, Runtime, Url, WebviewUrl};
use tauri_plugin_window_state::StateFlags;

/// The window's label; capabilities refer to it.
pub const LABEL: &str = "main";

const TITLE: &str = "消保台账 Redress";

/// Opens the window on the program's own first page.
pub fn open(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title(TITLE)
        .inner_size(1200.0, 800.0)
        .min_inner_size(960.0, 640.0)
        // Files that are dragged in are the page's: it takes photos, and opens nothing.
        .disable_drag_drop_handler()
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()
}

/// Keeps size, place and "maximised" from one start to the next; a window that would stand outside every screen opens anew.
pub fn keep_state<R: Runtime>() -> tauri::plugin::TauriPlugin<R> {
    let kept = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    tauri_plugin_window_state::Builder::default().with_state_flags(kept).build()
}

/// Shows the window that is already there, also when it was minimised.
pub fn bring_to_front(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    // A window that cannot be raised stays where it is: there is nobody to tell.
    let _ = window.unminimize();
    let _ = window.show();
    let _ = window.set_focus();
}

/// Pages inside the program are served as `tauri://localhost`, on Windows as `http://tauri.localhost`.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => true,
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        "about" => url.path() == "blank",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_own_page;
    use tauri::Url;

    #[test]
    fn the_window_goes_nowhere_but_to_its_own_pages() {
        let own = |text: &str| is_own_page(&Url::parse(text).unwrap());
        assert!(own("tauri://localhost/index.html"));
        assert!(own("http://tauri.localhost/"));
        assert!(!own("https://example.org/"));
        assert!(!own("file:///etc/passwd"));
        assert!(!own("http://localhost:1420/"));
    }
}

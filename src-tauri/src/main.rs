//! The desktop program: opens one window and hands its requests to the use cases.
//!
//! It must stay thin: no rules, no SQL, no files of its own, and no second command beside `rpc`.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod events;
mod host;
mod rpc;
mod window;

use tauri::{Manager, RunEvent};

fn main() {
    let program = tauri::Builder::default()
        // Two programs on one store would take turns at its lock: the second start shows the first one's window.
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| window::bring_to_front(app)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(window::keep_state())
        .setup(|app| {
            let data_dir = app.path().app_data_dir()?;
            let outside = if cfg!(target_os = "linux") {
                app.path().app_config_dir()?
            } else {
                app.path().app_local_data_dir()?
            };
            app.manage(rpc::Desk::new(app.handle().clone(), (data_dir, outside.join("witness"))));
            window::open(app.handle())?;
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![rpc::rpc])
        .build(tauri::generate_context!());
    match program {
        Ok(program) => program.run(|app, event| {
            if let RunEvent::Exit = event {
                app.state::<rpc::Desk>().close();
            }
        }),
        Err(error) => {
            eprintln!("redress: the window could not be opened: {error}");
            std::process::exit(1);
        }
    }
}

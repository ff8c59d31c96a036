//! `cargo xtask app`: from a fresh clone to an open window.

use std::env::consts::EXE_SUFFIX;
use std::process::Command;

use crate::run::{Outcome, cargo, heading, run};
use crate::{pages, place, system};

/// Sets up what is missing, builds the pages and the program, and opens the window until it is closed.
pub fn app() -> Outcome {
    if cfg!(target_os = "linux") && !has_screen() {
        return Err("There is no screen here (DISPLAY and WAYLAND_DISPLAY are not set), so no window can open.\n\
                    `cargo xtask demo` shows the program's work without one."
            .to_owned());
    }
    system::ensure(system::WINDOW)?;
    system::ensure_node()?;
    heading("the UI's packages");
    pages::install()?;
    heading("the pages");
    pages::build()?;
    heading("the program");
    run(&mut cargo(&["build", "--package", "redress-desktop", "--features", "custom-protocol"])?)?;
    heading("the window is open; close it to end");
    run(&mut Command::new(place::programs()?.join(format!("redress-desktop{EXE_SUFFIX}"))))
}

fn has_screen() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

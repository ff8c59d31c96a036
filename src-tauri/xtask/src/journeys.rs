//! Journeys through the real window: a screen nobody sees, the window's driver, and the scripts in `tests/e2e`.

use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::board::Tally;
use crate::place;
use crate::run::{Outcome, cargo, run, run_reading};

/// The driver's version. The newest in the registry is a pre-release of the next major version.
const DRIVER_VERSION: &str = "2.1.0";

/// A little larger than the window, so that all of it can be seen.
const SCREEN: &str = "1280x900x24";

/// Runs the journeys whose file's name contains `name`, with the programs that were just built.
pub fn run_named(name: &str, tally: &mut Tally) -> Outcome {
    let scripts = scripts(name)?;
    let driver = driver()?;
    let screen = Screen::start()?;
    let programs = place::programs()?;
    let shots = match std::env::var_os("REDRESS_SHOTS") {
        Some(folder) => PathBuf::from(folder),
        None => own_folder(name)?,
    };
    let mut node = Command::new("node");
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(scripts);
    node.current_dir(place::root()?);
    node.env("DISPLAY", &screen.display).env_remove("WAYLAND_DISPLAY");
    node.env("REDRESS_APP", programs.join(format!("redress-desktop{EXE_SUFFIX}")));
    node.env("REDRESS_CLI", programs.join(format!("redress{EXE_SUFFIX}")));
    node.env("REDRESS_DRIVER", driver).env("REDRESS_SHOTS", &shots);
    let outcome = run_reading(&mut node, |line| tally.add(Tally::of_line(line)));
    println!("pictures of the window: {}", shots.display());
    outcome
}

/// The folder of pictures in the build folder. A whole run starts it afresh, so that no old picture is taken for new.
fn own_folder(name: &str) -> Outcome<PathBuf> {
    let folder = place::target()?.join("journeys");
    if name.is_empty() && folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    Ok(folder)
}

fn scripts(name: &str) -> Outcome<Vec<PathBuf>> {
    let folder = place::root()?.join("tests/e2e");
    let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let wanted = |path: &Path| {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        file.strip_suffix(".journey.mjs").is_some_and(|title| title.contains(name))
    };
    let mut scripts: Vec<PathBuf> = paths.filter(|path| wanted(path)).collect();
    scripts.sort();
    if scripts.is_empty() {
        Err(format!("no journey named {name:?} was found in {}", folder.display()))
    } else {
        Ok(scripts)
    }
}

/// The window's driver, installed once into the build folder; its version is part of the path.
fn driver() -> Outcome<PathBuf> {
    let folder = place::target()?.join(format!("tools/tauri-driver-{DRIVER_VERSION}"));
    let program = folder.join(format!("bin/tauri-driver{EXE_SUFFIX}"));
    if !program.exists() {
        let mut install = cargo(&["install", "tauri-driver", "--version", DRIVER_VERSION, "--locked", "--root"])?;
        run(install.arg(&folder))?;
    }
    Ok(program)
}

/// A screen that nobody sees; it goes when this value goes.
struct Screen {
    server: Child,
    display: String,
}

impl Screen {
    /// Starts a screen under the first free number, which the server itself finds and tells.
    fn start() -> Outcome<Screen> {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let server = command.spawn().map_err(|error| format!("`Xvfb` could not be run: {error}"))?;
        let mut screen = Screen { server, display: String::new() };
        let mut number = String::new();
        if let Some(output) = screen.server.stdout.take() {
            BufReader::new(output).read_line(&mut number).map_err(|error| format!("`Xvfb` gave no number: {error}"))?;
        }
        if number.trim().is_empty() {
            return Err("`Xvfb` ended before it had a screen".to_owned());
        }
        screen.display = format!(":{}", number.trim());
        Ok(screen)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Nothing to do about a server that has ended already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

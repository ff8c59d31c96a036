//! Debian packages the program and its tests need: what is missing is installed, or named in one command to run.

use std::process::Command;

use crate::run::{Outcome, answer, heading, run};

/// To compile the core: a C toolchain, and Perl for OpenSSL's configuration.
pub const CORE: &[&str] = &["build-essential", "perl"];

/// To build and show the window; the font is for people whose system has no Chinese one.
pub const WINDOW: &[&str] = &["build-essential", "perl", "pkg-config", "libwebkit2gtk-4.1-dev", "fonts-noto-cjk"];

/// To run everything: a screen nobody sees, the window's driver, a browser in which axe looks at the screens, and the stock
/// tools that read a bundle.
pub const TESTS: &[&str] = &[
    "build-essential",
    "perl",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "fonts-noto-cjk",
    "xvfb",
    "webkit2gtk-driver",
    "chromium",
    "age",
    "zstd",
];

/// The oldest Node.js the UI's tools run on.
const NODE_MAJOR_MIN: u32 = 20;

/// Sees to it that these packages are there. On a system without dpkg it says so and goes on.
pub fn ensure(packages: &[&str]) -> Outcome {
    let Some(known) = installed(packages) else {
        println!("This is no Debian system: please see to the like of these packages: {}", packages.join(" "));
        return Ok(());
    };
    let missing: Vec<&str> = packages.iter().copied().filter(|name| !known.iter().any(|it| it == name)).collect();
    if missing.is_empty() { Ok(()) } else { install(&missing) }
}

/// Sees to it that Node.js is there and new enough.
pub fn ensure_node() -> Outcome {
    let version = answer("node", &["--version"]).unwrap_or_default();
    match major_of(&version) {
        Some(major) if major >= NODE_MAJOR_MIN => Ok(()),
        Some(_) => Err(format!("Node.js {} is too old: install version {NODE_MAJOR_MIN} or newer", version.trim())),
        None => Err(format!("Node.js was not found: install version {NODE_MAJOR_MIN} or newer")),
    }
}

fn major_of(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

/// Which of these packages are installed; nothing where there is no dpkg.
fn installed(packages: &[&str]) -> Option<Vec<String>> {
    answer("dpkg-query", &["--version"])?;
    // It fails as soon as one package is unknown, and still lists the others: so its output counts, not its status.
    let listed =
        Command::new("dpkg-query").args(["-W", "-f", "${db:Status-Abbrev} ${Package}\n"]).args(packages).output();
    let listed = String::from_utf8_lossy(&listed.ok()?.stdout).into_owned();
    Some(listed.lines().filter_map(|line| line.strip_prefix("ii ")).map(|name| name.trim().to_owned()).collect())
}

fn install(missing: &[&str]) -> Outcome {
    heading(&format!("system packages: {}", missing.join(" ")));
    let prefix: &[&str] = if answer("id", &["-u"]).is_some_and(|id| id.trim() == "0") {
        &["env"]
    } else if answer("sudo", &["-n", "true"]).is_some() {
        &["sudo", "-n", "env"]
    } else {
        return Err(format!(
            "Some system packages are missing, and this user may not install them. Run this once, then try again:\n\n  \
             sudo apt-get update && sudo apt-get install -y --no-install-recommends {}\n",
            missing.join(" ")
        ));
    };
    run(&mut apt_get(prefix, &["update"]))?;
    run(apt_get(prefix, &["install", "-y", "--no-install-recommends"]).args(missing))
}

fn apt_get(prefix: &[&str], arguments: &[&str]) -> Command {
    let mut words = prefix.iter().chain(&["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]).chain(arguments);
    let mut command = Command::new(words.next().copied().unwrap_or("env"));
    // Another installation may be running: wait for it.
    command.args(words).args(["-o", "DPkg::Lock::Timeout=300"]);
    command
}

#[cfg(test)]
mod tests {
    use super::major_of;

    #[test]
    fn the_version_of_node_is_read() {
        assert_eq!(major_of("v20.20.2\n"), Some(20));
        assert_eq!(major_of(""), None);
    }
}

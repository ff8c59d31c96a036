//! The environment variables a run was given, and the folder that follows from them. It must not look at the process
//! behind the back of a test.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// The folder of the window's stores inside the user's data folder: both programs show the same stores.
const APP_FOLDER: &str = "cn.redress.desktop";

/// Environment variables by name.
#[derive(Debug, Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// Those of this process. One that is no text counts as not set.
    pub fn of_process() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self(std::env::vars_os().filter_map(text).collect())
    }

    /// The same with one more variable.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.insert(name.to_owned(), value.to_owned());
        self
    }

    /// A variable that is set to something.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Where this user's stores are, the same folder as the window's.
    pub fn data_dir(&self) -> PathBuf {
        let home = || self.get("HOME").map(PathBuf::from);
        let base = if cfg!(windows) {
            self.get("APPDATA").map(PathBuf::from)
        } else if cfg!(target_os = "macos") {
            home().map(|home| home.join("Library/Application Support"))
        } else {
            let named = self.get("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
            named.or_else(|| home().map(|home| home.join(".local/share")))
        };
        base.unwrap_or_default().join(APP_FOLDER)
    }

    /// Where it is noted how far the stores had gone: not in the folder that is restored together with them.
    pub fn witness_dir(&self) -> PathBuf {
        let home = || self.get("HOME").map(PathBuf::from);
        let base = if cfg!(windows) {
            self.get("LOCALAPPDATA").map(PathBuf::from)
        } else if cfg!(target_os = "macos") {
            home().map(|home| home.join("Library/Application Support"))
        } else {
            let named = self.get("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
            named.or_else(|| home().map(|home| home.join(".config")))
        };
        base.unwrap_or_default().join(APP_FOLDER).join("witness")
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::Environment;
    use std::path::Path;

    #[test]
    fn stores_lie_where_the_window_keeps_them() {
        let home = Environment::default().with("HOME", "/home/clerk");
        assert_eq!(home.data_dir(), Path::new("/home/clerk/.local/share/cn.redress.desktop"));
        let named = home.clone().with("XDG_DATA_HOME", "/srv/data");
        assert_eq!(named.data_dir(), Path::new("/srv/data/cn.redress.desktop"));
        let relative = home.clone().with("XDG_DATA_HOME", "data");
        assert_eq!(relative.data_dir(), home.data_dir());
    }
}

//! Files that another program holds for a moment: a virus scanner looks at whatever has just been written, and Windows
//! then refuses to open, read or rename it. A moment later it works, so one tries again, a few times and no longer.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::Duration;

use crate::error::{AppError, Result};

/// How long to wait before each further try; together about as long as a scanner takes for a bundle.
const PAUSES: [Duration; 6] = [
    Duration::from_millis(50),
    Duration::from_millis(100),
    Duration::from_millis(200),
    Duration::from_millis(400),
    Duration::from_millis(800),
    Duration::from_millis(1600),
];

/// What is done to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Read,
    Write,
    Rename,
}

/// Does something to a file, and again while another program holds it.
pub(crate) fn patiently<T>(path: &Path, deed: Deed, attempt: impl FnMut() -> io::Result<T>) -> Result<T> {
    let done = persist(attempt, |error| is_held(error, deed), std::thread::sleep);
    done.map_err(|error| if is_held(&error, deed) { named("file_held", path) } else { error.into() })
}

/// Opens a file for reading.
pub(crate) fn open(path: &Path) -> Result<File> {
    patiently(path, Deed::Read, || File::open(path))
}

/// All bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    patiently(path, Deed::Read, || fs::read(path))
}

/// Gives a file that has just been written its name, and looks whether it is still there.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    patiently(to, Deed::Rename, || fs::rename(from, to)).map_err(|error| gone(error, to))?;
    still_there(to)
}

/// A scanner that dislikes a file takes it away as soon as it has been written.
fn still_there(path: &Path) -> Result<()> {
    fs::symlink_metadata(path).map(drop).map_err(|error| gone(error.into(), path))
}

/// Of a file that has just been written: it is not found, and its folder is, so no stick was pulled out.
pub(crate) fn gone(error: AppError, path: &Path) -> AppError {
    let alone = error.code == "path_missing" && path.parent().is_some_and(Path::is_dir);
    if alone { named("file_vanished", path) } else { error }
}

fn named(code: &str, path: &Path) -> AppError {
    AppError::new(code).with("file", path.file_name().unwrap_or_default().to_string_lossy())
}

/// Tries, and again after each pause while what goes wrong may pass.
fn persist<T>(
    mut attempt: impl FnMut() -> io::Result<T>,
    passes: impl Fn(&io::Error) -> bool,
    mut wait: impl FnMut(Duration),
) -> io::Result<T> {
    for pause in PAUSES {
        match attempt() {
            Err(error) if passes(&error) => wait(pause),
            settled => return settled,
        }
    }
    attempt()
}

fn is_held(error: &io::Error, deed: Deed) -> bool {
    let busy = matches!(error.kind(), ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy);
    busy || (cfg!(windows) && error.raw_os_error().is_some_and(|code| says_held(code, deed)))
}

/// Whether a code of Windows says that another program holds the file. These numbers mean other things elsewhere.
fn says_held(code: i32, deed: Deed) -> bool {
    const ACCESS_DENIED: i32 = 5;
    const SHARING_VIOLATION: i32 = 32;
    const LOCK_VIOLATION: i32 = 33;
    match code {
        SHARING_VIOLATION | LOCK_VIOLATION => true,
        // To write may really be forbidden. What could be written may be renamed, unless somebody has it open.
        ACCESS_DENIED => deed == Deed::Rename,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn busy() -> io::Error {
        ErrorKind::ResourceBusy.into()
    }

    /// Fails so many times; gives how it ended, and how long was waited in all.
    fn failing(times: usize, error: fn() -> io::Error) -> (io::Result<usize>, Duration) {
        let (mut tries, mut waited) = (0, Duration::ZERO);
        let attempt = || {
            tries += 1;
            if tries > times { Ok(tries) } else { Err(error()) }
        };
        let ended = persist(attempt, |error| is_held(error, Deed::Rename), |pause| waited += pause);
        (ended, waited)
    }

    /// Hard case 39: the codes of Windows, whatever system this runs on.
    #[test]
    fn a_file_that_another_program_holds_is_told_from_one_that_may_not_be_written() {
        let all = [Deed::Read, Deed::Write, Deed::Rename];
        let held = |code| all.map(|deed| says_held(code, deed));
        assert_eq!(held(32), [true; 3], "a sharing violation");
        assert_eq!(held(33), [true; 3], "a lock violation");
        assert_eq!(held(5), [false, false, true], "access denied");
        for code in [0, 2, 3, 6, 19, 31, 34, 39, 112, -1, i32::MAX] {
            assert_eq!(held(code), [false; 3], "{code}");
        }
        assert!(is_held(&busy(), Deed::Read));
        assert!(!is_held(&ErrorKind::NotFound.into(), Deed::Rename));
        #[cfg(unix)]
        for code in [5, 32, 33] {
            assert!(!is_held(&io::Error::from_raw_os_error(code), Deed::Rename), "{code} means something else here");
        }
    }

    #[test]
    fn a_file_that_is_held_for_a_moment_is_tried_again_with_growing_pauses_and_not_for_ever() {
        assert!(PAUSES.windows(2).all(|pair| pair[0] < pair[1]));
        for times in 0..=PAUSES.len() {
            let (ended, waited) = failing(times, busy);
            assert_eq!(ended.expect("it was let go in time"), times + 1);
            assert_eq!(waited, PAUSES[..times].iter().sum());
        }
        let (ended, waited) = failing(PAUSES.len() + 1, busy);
        assert_eq!(ended.expect_err("it stays held").kind(), ErrorKind::ResourceBusy);
        assert!(waited < Duration::from_secs(5), "nobody waits long in front of a window");
    }

    #[test]
    fn whatever_else_goes_wrong_is_said_at_once() {
        for error in
            [|| ErrorKind::NotFound.into(), || ErrorKind::StorageFull.into(), || ErrorKind::PermissionDenied.into()]
        {
            let (ended, waited) = failing(1, error);
            assert_eq!((ended.expect_err("no second try").kind(), waited), (error().kind(), Duration::ZERO));
        }
    }

    #[test]
    fn a_file_that_vanishes_after_it_was_written_is_said_to_have_vanished() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (from, to) = (folder.path().join("a.part"), folder.path().join("370321-0101-0001.redress"));
        let vanished = rename(&from, &to).expect_err("there is nothing to rename");
        assert_eq!(
            (vanished.code.as_str(), vanished.params["file"].as_str()),
            ("file_vanished", "370321-0101-0001.redress")
        );
        fs::write(&from, "written").expect("the temporary folder can be written");
        rename(&from, &to).expect("it is there");
        assert_eq!(fs::read(&to).expect("a file"), b"written");
        fs::remove_file(&to).expect("a file");
        assert_eq!(still_there(&to).expect_err("it was taken away").code, "file_vanished");
        let pulled = folder.path().join("stick").join("370321-0101-0001.redress");
        assert_eq!(rename(&from, &pulled).expect_err("the whole stick is gone").code, "path_missing");
    }
}

//! Sticks and cards that are plugged in now, and whether the PC at the other end will read them. It asks the system and
//! never changes a medium; least of all does it offer to format one.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use sysinfo::{DiskRefreshKind, Disks};

use crate::contract::{CarryPlace, MediumFormat, MediumReaders};

/// Sticks and cards that are plugged in now, in the system's own order.
pub fn removable() -> Vec<CarryPlace> {
    let disks = mounted().into_iter().filter(is_stick);
    disks.map(|disk| CarryPlace::removable(disk.folder.display().to_string(), disk.free_bytes, &disk.format)).collect()
}

/// Free bytes where a folder lies, by the system's list of disks.
#[cfg(not(unix))]
pub(crate) fn free_bytes(folder: &Path) -> Option<u64> {
    let disks = mounted();
    holding(&disks, folder, |disk| disk.folder.as_path())?.free_bytes
}

/// How the stick is formatted on which a folder lies; none when it lies on no stick.
pub(crate) fn format_at(sticks: &[CarryPlace], folder: &Path) -> Option<MediumFormat> {
    holding(sticks, folder, |stick| Path::new(&stick.path))?.format.clone()
}

/// What of a list of mounted things is nearest above a folder.
fn holding<'a, T>(mounted: &'a [T], folder: &Path, place: impl Fn(&'a T) -> &'a Path) -> Option<&'a T> {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let above = mounted.iter().filter(|one| folder.starts_with(place(one)));
    above.max_by_key(|one| place(one).components().count())
}

/// A disk as the system's list has it.
struct Mounted {
    device: String,
    folder: PathBuf,
    format: String,
    /// The system itself says that it can be pulled out.
    removable: bool,
    free_bytes: Option<u64>,
}

fn mounted() -> Vec<Mounted> {
    let disks = Disks::new_with_refreshed_list_specifics(DiskRefreshKind::nothing().with_storage());
    let text = |text: &OsStr| text.to_string_lossy().into_owned();
    let disks = disks.list().iter().map(|disk| Mounted {
        device: text(disk.name()),
        folder: disk.mount_point().to_owned(),
        format: text(disk.file_system()),
        removable: disk.is_removable(),
        // What has no blocks at all says nothing about room.
        free_bytes: (disk.total_space() > 0).then(|| disk.available_space()),
    });
    disks.collect()
}

/// Where desktops and people of Linux mount sticks; cards in a slot are not called removable there.
const MEDIA_FOLDERS: [&str; 3] = ["/media", "/run/media", "/mnt"];
/// What sticks are formatted with, wherever they are mounted. Elsewhere than on Linux the system's word counts.
const STICK_FORMATS: [&str; 5] = ["vfat", "exfat", "ntfs", "ntfs3", "fuseblk"];
/// The firmware's own partition is vfat too, and a system can run from a stick.
const SYSTEM_FOLDERS: [&str; 3] = ["/boot", "/efi", "/etc"];
const SYSTEM_ROOTS: [&str; 2] = ["/", "/home"];

fn is_stick(disk: &Mounted) -> bool {
    let below = |folders: &[&str]| folders.iter().any(|folder| disk.folder.starts_with(folder));
    if below(&SYSTEM_FOLDERS) || SYSTEM_ROOTS.iter().any(|root| disk.folder == Path::new(root)) {
        return false;
    }
    let likely = below(&MEDIA_FOLDERS) || STICK_FORMATS.contains(&disk.format.as_str());
    disk.removable || (likely && disk.device.starts_with("/dev/"))
}

/// Whom a file system is read by, and what people call it; `told` is the system's own name of it.
pub fn format_of(told: &str) -> MediumFormat {
    use MediumReaders::{Apple, Everybody, Linux, Newer, Unknown};
    let plain = told.trim().to_lowercase();
    let (name, readers) = match plain.as_str() {
        "vfat" | "msdos" | "fat" | "fat12" | "fat16" | "fat32" => ("FAT32", Everybody),
        "exfat" => ("exFAT", Everybody),
        "ntfs" | "ntfs3" => ("NTFS", Newer),
        // Older systems of Linux say only that a helper program reads it.
        "fuseblk" => ("NTFS / exFAT", Newer),
        "ext2" | "ext3" | "ext4" | "btrfs" | "xfs" | "f2fs" | "jfs" | "reiserfs" | "zfs" => (told.trim(), Linux),
        "hfs" | "hfsplus" | "hfs+" => ("HFS+", Apple),
        "apfs" => ("APFS", Apple),
        _ => (told.trim(), Unknown),
    };
    MediumFormat { name: name.to_owned(), readers }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disk(line: &str) -> Mounted {
        let columns: Vec<&str> = line.split(" | ").collect();
        let [device, folder, format, removable] = columns.as_slice() else { panic!("four columns: {line}") };
        let (device, folder, format) = ((*device).to_owned(), PathBuf::from(folder), (*format).to_owned());
        Mounted { device, folder, format, removable: *removable == "usb", free_bytes: None }
    }

    #[test]
    fn sticks_are_told_from_the_systems_own_disks() {
        let sticks = "\
/dev/sdb1 | /media/clerk/KINGSTON 8G | vfat | usb
/dev/mmcblk0p1 | /run/media/clerk/消保委 | exfat | -
/dev/sdd1 | /srv/stick | ntfs3 | -
/dev/sde1 | /srv/backup | ext4 | usb
/dev/sdf1 | /mnt/a | ext4 | -
KINGSTON | /Volumes/KINGSTON | msdos | usb";
        let others = "\
/dev/sda2 | / | ext4 | -
/dev/sda1 | /boot/efi | vfat | -
/dev/sdb2 | / | ext4 | usb
/dev/sdb3 | /home | ext4 | usb
/dev/sda3 | /var | xfs | -
overlay | /mnt/box | overlay | -
Macintosh HD | / | apfs | -
";
        for line in sticks.lines() {
            assert!(is_stick(&disk(line)), "{line}");
        }
        for line in others.lines() {
            assert!(!is_stick(&disk(line)), "{line}");
        }
    }

    #[test]
    fn a_folder_lies_on_the_medium_that_is_nearest_above_it() {
        let place = |path: &str, format: &str| CarryPlace::removable(path.to_owned(), None, format);
        let sticks = [place("/mnt", "ext4"), place("/mnt/stick", "vfat"), place("/media/a", "xfs")];
        let at = |folder: &str| format_at(&sticks, Path::new(folder)).map(|format| format.name);
        assert_eq!(at("/mnt/stick").as_deref(), Some("FAT32"));
        assert_eq!(at("/mnt/stick/2026/十一月").as_deref(), Some("FAT32"));
        assert_eq!(at("/mnt/sticky").as_deref(), Some("ext4"));
        assert_eq!(at("/srv/share"), None);
    }
}

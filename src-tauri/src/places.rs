//! Sticks and cards that are plugged in now: where a bundle can be carried to. Reads the system's list, never a disk.
//!
//! Linux only so far; elsewhere the list is empty and the clerk names the folder.

use redress_app::contract::CarryPlace;

/// Removable media that are mounted now, in the system's own order, with their free space in bytes where the
/// system tells it.
pub fn removable() -> Vec<CarryPlace> {
    system::mounted().into_iter().map(|folder| CarryPlace::removable(folder.path, folder.free_bytes)).collect()
}

/// A mounted medium.
struct Medium {
    path: String,
    free_bytes: Option<u64>,
}

#[cfg(not(target_os = "linux"))]
mod system {
    use super::Medium;

    pub fn mounted() -> Vec<Medium> {
        Vec::new()
    }
}

#[cfg(target_os = "linux")]
mod system {
    use super::Medium;

    /// Where desktops and people mount sticks.
    const MEDIA_FOLDERS: [&str; 3] = ["/media/", "/run/media/", "/mnt/"];
    /// What sticks are formatted with, wherever they are mounted.
    const STICK_FORMATS: [&str; 5] = ["vfat", "exfat", "ntfs", "ntfs3", "fuseblk"];
    /// The firmware's own partition is vfat too.
    const SYSTEM_FOLDERS: [&str; 3] = ["/boot", "/efi", "/etc"];

    pub fn mounted() -> Vec<Medium> {
        let table = std::fs::read_to_string("/proc/mounts").unwrap_or_default();
        media_in(&table).into_iter().map(|path| Medium { free_bytes: free_bytes(&path), path }).collect()
    }

    /// Folders of a mount table (`fstab(5)` lines) that are likely sticks.
    fn media_in(table: &str) -> Vec<String> {
        table.lines().filter_map(medium_of).collect()
    }

    fn medium_of(line: &str) -> Option<String> {
        let mut columns = line.split(' ');
        let device = columns.next()?;
        let path = unescape(columns.next()?);
        let format = columns.next()?;
        if !device.starts_with("/dev/") {
            return None;
        }
        let in_media_folder = MEDIA_FOLDERS.iter().any(|folder| path.starts_with(folder));
        let of_the_system = SYSTEM_FOLDERS.iter().any(|folder| path.starts_with(folder));
        (in_media_folder || (STICK_FORMATS.contains(&format) && !of_the_system)).then_some(path)
    }

    /// The table writes a space, a tab, a line end and a backslash as `\` and three octal digits.
    fn unescape(text: &str) -> String {
        [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
            .iter()
            .fold(text.to_owned(), |path, (written, meant)| path.replace(written, meant))
    }

    fn free_bytes(path: &str) -> Option<u64> {
        let facts = rustix::fs::statvfs(path).ok()?;
        facts.f_bavail.checked_mul(facts.f_frsize)
    }

    #[cfg(test)]
    mod tests {
        use super::media_in;

        #[test]
        fn sticks_are_told_from_the_systems_own_disks() {
            let table = "\
/dev/sda2 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
/dev/sda1 /boot/efi vfat rw 0 0
/dev/sdb1 /media/clerk/KINGSTON\\0408G vfat rw,nosuid 0 0
/dev/sdc1 /run/media/clerk/消保委 exfat rw 0 0
/dev/sdd1 /srv/stick ntfs3 rw 0 0
tmpfs /run/user/1000 tmpfs rw 0 0
overlay /mnt/box overlay rw 0 0
";
            assert_eq!(media_in(table), ["/media/clerk/KINGSTON 8G", "/run/media/clerk/消保委", "/srv/stick"]);
        }

        #[test]
        fn a_table_cut_short_gives_what_can_be_read() {
            assert_eq!(media_in("/dev/sdb1\n\n/dev/sdb1 /mnt/a ext4 rw 0 0\n/dev/sdb2 /media/b"), ["/mnt/a"]);
        }
    }
}

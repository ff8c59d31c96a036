//! What the operating system says about this PC: what tells it from another, and how much room a disk has.
//! Nothing here is secret, and nothing depends on it but a question to the user.

use std::fs;
use std::path::Path;

/// A digest of what stays the same while a PC stays the same PC: the installation's own id, the board, the network cards
/// that are built in. Empty where the system says nothing.
pub fn fingerprint() -> String {
    let mut parts: Vec<String> = FILES.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
    parts.extend(built_in_cards());
    parts.retain(|part| !part.trim().is_empty());
    if parts.is_empty() { String::new() } else { blake3::hash(parts.join("\n").as_bytes()).to_hex()[..32].to_owned() }
}

/// A cloned disk carries its installation's id along; the board does not go with it.
const FILES: [&str; 4] = [
    "/etc/machine-id",
    "/sys/class/dmi/id/board_vendor",
    "/sys/class/dmi/id/board_name",
    "/sys/class/dmi/id/product_name",
];

/// Addresses of network cards on the board's own bus; what is plugged in from outside comes and goes.
fn built_in_cards() -> Vec<String> {
    let mut found: Vec<String> = fs::read_dir("/sys/class/net")
        .into_iter()
        .flatten()
        .flatten()
        .filter(|card| {
            let device = fs::canonicalize(card.path().join("device")).unwrap_or_default();
            let device = device.to_string_lossy().into_owned();
            device.contains("/pci") && !device.contains("/usb")
        })
        .filter_map(|card| fs::read_to_string(card.path().join("address")).ok())
        .collect();
    found.sort();
    found
}

/// Free bytes for this user where a folder lies.
#[cfg(unix)]
pub fn free_bytes(folder: &Path) -> Option<u64> {
    // What has no blocks at all is no disk, and says nothing about room.
    let facts = rustix::fs::statvfs(folder).ok().filter(|facts| facts.f_blocks > 0)?;
    facts.f_bavail.checked_mul(facts.f_frsize)
}

/// Free bytes for this user where a folder lies.
#[cfg(not(unix))]
pub fn free_bytes(folder: &Path) -> Option<u64> {
    crate::media::free_bytes(folder)
}

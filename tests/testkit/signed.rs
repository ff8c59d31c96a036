//! Bundles with a good signature whose writer puts in whatever it likes.

use std::fs::File;
use std::path::Path;

use redress_bundle::{Destination, Meta, Origin, PayloadWriter, WriteError, write};
use redress_journal::SigningKey;
use redress_store::Identity;

/// Writes a bundle from one store to another, with its number and whatever `fill` puts into it.
pub fn signed_bundle(
    path: &Path,
    (from, to): (&Identity, &Identity),
    number: u64,
    fill: impl FnOnce(&mut PayloadWriter<'_>) -> Result<(), WriteError>,
) {
    let recipient: age::x25519::Identity = to.age_secret.parse().expect("a store keeps its key");
    let meta = Meta {
        from: Origin { office: from.office, device: from.device, epoch: from.epoch },
        number,
        to: Destination { office: to.office },
        created_at: "2026-11-23T09:00:00+08:00".to_owned(),
        join: None,
        succeeds: None,
        certificate: None,
        part: None,
        recipients: &[recipient.to_public()],
        key: &SigningKey::from_seed(&from.signing_seed),
    };
    let mut file = File::create(path).expect("the temporary folder can be written");
    write(&mut file, &meta, fill).expect("a bundle within all limits");
}

//! Who wrote a bundle, and for whom.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who wrote a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The office it speaks for.
    pub office: Uuid,
    /// The device that wrote it.
    pub device: Uuid,
    /// The life of that device's store.
    pub epoch: Uuid,
}

/// For whom a bundle is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destination {
    /// The office.
    pub office: Uuid,
}

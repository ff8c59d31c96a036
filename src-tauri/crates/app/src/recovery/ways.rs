//! What can help somebody at the door who has forgotten a passphrase.

use std::path::Path;

use redress_store::{card_made_on, facts};

use super::request::pending;
use crate::App;
use crate::contract::{ByDir, Done, RecoveryWays};
use crate::error::Result;

/// `access.ways`.
pub(crate) fn ways(_: &mut App, input: ByDir) -> Result<Done<RecoveryWays>> {
    let dir = Path::new(&input.dir);
    let facts = facts(dir)?;
    Done::read(RecoveryWays {
        card_made_on: card_made_on(dir)?,
        county: facts.has_county,
        requested: pending(dir)?.is_some(),
        operators: facts.operators,
    })
}

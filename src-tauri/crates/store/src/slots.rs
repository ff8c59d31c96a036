//! The slots of an open store: who can open it from now on. And opening it by other ways than a passphrase.
//!
//! The data key never leaves this crate but into the closure that wraps it for somebody.

use std::path::Path;

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::{Result, StoreError};
use crate::keys::{DataKey, Holder, KeyCost, Slot, SlotFile, SlotKind};
use crate::open::Store;

/// A key that was found without a passphrase: it opens the store once, for a new passphrase to be set.
pub struct Unlocking {
    key: DataKey,
}

impl Unlocking {
    /// By the secret of the recovery card.
    pub fn by_card(dir: &Path, secret: &[u8]) -> Result<Self> {
        Ok(Self { key: SlotFile::read(dir)?.open_card(secret)? })
    }

    /// By the key itself, as the county gave it back.
    pub fn by_key(key: [u8; 32]) -> Self {
        Self { key: Zeroizing::new(key) }
    }

    /// Opens the store.
    pub fn open(self, dir: &Path) -> Result<Store> {
        Store::open_with(dir, self.key)
    }
}

/// The bytes of the slot that the county can open, and the public keys it was made for; none when there is none.
pub fn county_slot(dir: &Path) -> Result<Option<(Vec<u8>, Vec<String>)>> {
    let file = SlotFile::read(dir)?;
    let slot = file.slots.iter().find(|slot| slot.kind == SlotKind::County);
    slot.map(|slot| Ok((slot.sealed_bytes()?, slot.recipients.clone()))).transpose()
}

/// The day on which the recovery card was made; none when there is none.
pub fn card_made_on(dir: &Path) -> Result<Option<String>> {
    let file = SlotFile::read(dir)?;
    Ok(file.slots.iter().find(|slot| slot.kind == SlotKind::Card).map(|slot| slot.name.clone()))
}

/// The operators who have a passphrase here, by their ids and names.
pub fn operators(dir: &Path) -> Result<Vec<(Uuid, String)>> {
    let file = SlotFile::read(dir)?;
    let theirs = file.slots.iter().filter(|slot| slot.kind == SlotKind::Passphrase);
    Ok(theirs.map(|slot| (slot.operator, slot.name.clone())).collect())
}

impl Store {
    /// Who can open this store.
    pub fn holders(&self) -> Result<Vec<Holder>> {
        let file = SlotFile::read(self.dir())?;
        let holder = |slot: &Slot| Holder { operator: slot.operator, name: slot.name.clone(), kind: slot.kind };
        Ok(file.slots.iter().map(holder).collect())
    }

    /// Whether a passphrase is an operator's own.
    pub fn is_passphrase_of(&self, operator: &Uuid, passphrase: &str) -> Result<bool> {
        let file = SlotFile::read(self.dir())?;
        let Some(slot) = file.of_operator(operator) else { return Ok(false) };
        match slot.open(passphrase.as_bytes()) {
            Ok(_) => Ok(true),
            Err(StoreError::WrongPassphrase) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Gives somebody a slot, in the place of the one they had. `random` is salt and nonce.
    pub fn put_slot(&mut self, holder: &Holder, (secret, cost): (&[u8], KeyCost), random: &[u8; 40]) -> Result<()> {
        let slot = Slot::seal(&self.key, holder, (secret, cost), random)?;
        self.change_slots(|file| file.put(slot))
    }

    /// Has the data key wrapped for the county's public keys.
    pub fn put_county_slot<E: From<StoreError>>(
        &mut self,
        recipients: Vec<String>,
        wrap: impl FnOnce(&[u8; 32]) -> std::result::Result<Vec<u8>, E>,
    ) -> std::result::Result<(), E> {
        let slot = Slot::sealed(&wrap(&self.key)?, recipients);
        Ok(self.change_slots(|file| file.put(slot))?)
    }

    /// Shows an operator by another name.
    pub fn rename_slot(&mut self, operator: &Uuid, name: &str) -> Result<()> {
        let known = SlotFile::read(self.dir())?.of_operator(operator).is_some_and(|slot| slot.name != name);
        if !known {
            return Ok(());
        }
        self.change_slots(|file| {
            let theirs = file.slots.iter_mut().filter(|slot| slot.operator == *operator);
            theirs.for_each(|slot| name.clone_into(&mut slot.name));
        })
    }

    /// Takes an operator's slot away: their passphrase opens nothing here any more.
    pub fn drop_slot(&mut self, operator: &Uuid) -> Result<()> {
        self.change_slots(|file| {
            file.slots.retain(|slot| slot.kind != SlotKind::Passphrase || slot.operator != *operator);
        })
    }

    fn change_slots(&self, change: impl FnOnce(&mut SlotFile)) -> Result<()> {
        self.require_sound()?;
        let mut file = SlotFile::read(self.dir())?;
        change(&mut file);
        file.write(self.dir())
    }
}

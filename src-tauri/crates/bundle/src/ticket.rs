//! Tickets: the county's signed word that whoever holds an invitation's secret may join. A county that was restored from a
//! backup older than the invitation knows its own word again.

use redress_journal::{Signature, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::origin::Origin;

const TICKET_DOMAIN: &str = "redress ticket v1";
const HOLDER_DOMAIN: &str = "redress ticket holder v1";

/// The county's word for an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The county's device that gave it.
    pub by: Uuid,
    /// The public half of the key that the invitation's secret is.
    pub key: VerifyingKey,
    /// By the county's device, over invitation, office and `key`.
    pub signature: Signature,
}

/// A ticket, shown by somebody who holds the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownTicket {
    /// The ticket.
    #[serde(flatten)]
    pub ticket: Ticket,
    /// With the invitation's secret as the key, over the joining device's names and keys.
    pub holder: Signature,
}

impl Ticket {
    /// Gives the county's word for an invitation to an office.
    pub fn give(county: &SigningKey, by: Uuid, (invitation, office): (Uuid, Uuid), secret: &[u8; 32]) -> Self {
        let key = SigningKey::from_seed(secret).verifying_key();
        Self { by, key, signature: county.sign(TICKET_DOMAIN, &ticket_message((invitation, office), &key)) }
    }

    /// Shows it with the secret in hand.
    pub(crate) fn show(
        self,
        secret: &[u8; 32],
        from: &Origin,
        (sender_key, recipient): (&VerifyingKey, &str),
    ) -> ShownTicket {
        let holder = SigningKey::from_seed(secret).sign(HOLDER_DOMAIN, &holder_message(from, sender_key, recipient));
        ShownTicket { ticket: self, holder }
    }
}

impl ShownTicket {
    /// Whether the county's device with this key gave the ticket for this invitation, and the device holds its secret.
    pub(crate) fn holds(
        &self,
        (by, county): (&Uuid, &VerifyingKey),
        invitation: Uuid,
        (from, sender_key, recipient): (&Origin, &VerifyingKey, &str),
    ) -> bool {
        let given = ticket_message((invitation, from.office), &self.ticket.key);
        let shown = holder_message(from, sender_key, recipient);
        self.ticket.by == *by
            && county.verify(TICKET_DOMAIN, &given, &self.ticket.signature)
            && self.ticket.key.verify(HOLDER_DOMAIN, &shown, &self.holder)
    }
}

fn ticket_message((invitation, office): (Uuid, Uuid), key: &VerifyingKey) -> Vec<u8> {
    [invitation.as_bytes().as_slice(), office.as_bytes(), &key.to_bytes()].concat()
}

fn holder_message(from: &Origin, sender_key: &VerifyingKey, recipient: &str) -> Vec<u8> {
    let ids = [from.device, from.epoch, from.office].map(Uuid::into_bytes).concat();
    [ids.as_slice(), &sender_key.to_bytes(), recipient.as_bytes()].concat()
}

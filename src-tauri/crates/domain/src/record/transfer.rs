//! A case that is handed from one office to another: by offer and acceptance, with one owner at every moment.

use uuid::Uuid;

use super::{record, words};

words! {
    /// How far a transfer is. Only `Accepted` changes the owner.
    pub enum TransferState {
        /// 待接收
        Offered = "offered",
        /// 已接收
        Accepted = "accepted",
        /// 未接收
        Declined = "declined",
        /// 已收回
        TakenBack = "taken_back",
    }
}

record! {
    /// 移交
    pub struct Transfer {
        complaint: Option<Uuid>,
        from: Option<Uuid>,
        to: Option<Uuid>,
        state: Option<TransferState>,
        note: String,
        answer: String,
    }
}

/// A transfer as far as ownership goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handover {
    /// The transfer's record.
    pub id: Uuid,
    /// Who gives.
    pub from: Uuid,
    /// Who takes.
    pub to: Uuid,
    /// Whether it was accepted.
    pub accepted: bool,
}

/// Who owns a case: the office that first gave it away, and from there along the transfers that were accepted. When an
/// owner gave one case to two, the transfer that was offered first counts, so that there is one owner in every store.
/// None: it was never given away.
pub fn owner(handovers: &[Handover]) -> Option<Uuid> {
    let first = handovers.iter().min_by_key(|handover| handover.id)?;
    let mut owner = first.from;
    let mut left: Vec<&Handover> = handovers.iter().filter(|handover| handover.accepted).collect();
    left.sort_by_key(|handover| handover.id);
    while let Some(at) = left.iter().position(|handover| handover.from == owner) {
        owner = left.remove(at).to;
    }
    Some(owner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handover(id: u128, from: u128, to: u128, accepted: bool) -> Handover {
        Handover { id: Uuid::from_u128(id), from: Uuid::from_u128(from), to: Uuid::from_u128(to), accepted }
    }

    #[test]
    fn a_case_belongs_to_who_offered_it_until_somebody_accepts() {
        assert_eq!(owner(&[]), None);
        assert_eq!(owner(&[handover(1, 10, 20, false)]), Some(Uuid::from_u128(10)));
        assert_eq!(owner(&[handover(1, 10, 20, true)]), Some(Uuid::from_u128(20)));
    }

    #[test]
    fn one_case_given_to_two_has_one_owner_in_whatever_order_the_acceptances_came() {
        let mut both = [handover(1, 10, 20, true), handover(2, 10, 30, true)];
        assert_eq!(owner(&both), Some(Uuid::from_u128(20)));
        both.reverse();
        assert_eq!(owner(&both), Some(Uuid::from_u128(20)));
    }

    #[test]
    fn a_case_that_was_handed_on_and_back_belongs_to_the_last_who_accepted() {
        let there_and_back = [handover(1, 10, 20, true), handover(2, 20, 30, true), handover(3, 30, 10, true)];
        assert_eq!(owner(&there_and_back), Some(Uuid::from_u128(10)));
    }
}

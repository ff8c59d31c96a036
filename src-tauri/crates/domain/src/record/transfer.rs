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
        /// The transfer by which the giver had come to own the case; absent where it was registered there. Which came
        /// first follows from this, and from no clock.
        after: Option<Uuid>,
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
    /// The transfer by which the giver had come to own the case.
    pub after: Option<Uuid>,
}

/// Who owns a case, and by which transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ownership {
    /// The office.
    pub owner: Uuid,
    /// The transfer that it accepted; none where the case was registered.
    pub by: Option<Uuid>,
}

/// Who owns a case: the office that first gave it away, and from there along the transfers that were accepted. When an
/// owner gave one case to two, the transfer with the smallest id counts, so that there is one owner in every store. Whoever
/// knows only the later transfers begins with them. None: it was never given away.
pub fn ownership(handovers: &[Handover]) -> Option<Ownership> {
    let known = |id: Uuid| handovers.iter().any(|handover| handover.id == id);
    let is_first = |handover: &&Handover| handover.after.is_none_or(|after| !known(after));
    let begins_late = |handover: &&Handover| (handover.after.is_none(), handover.id);
    let first = handovers.iter().filter(is_first).min_by_key(begins_late)?;
    let mut now = Ownership { owner: first.from, by: first.after };
    let mut left: Vec<&Handover> = handovers.iter().filter(|handover| handover.accepted).collect();
    left.sort_unstable_by_key(|handover| handover.id);
    while let Some(at) = left.iter().position(|handover| handover.after == now.by && handover.from == now.owner) {
        let next = left.remove(at);
        now = Ownership { owner: next.to, by: Some(next.id) };
    }
    Some(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handover(id: u128, after: Option<u128>, (from, to): (u128, u128), accepted: bool) -> Handover {
        let after = after.map(Uuid::from_u128);
        Handover { id: Uuid::from_u128(id), from: Uuid::from_u128(from), to: Uuid::from_u128(to), accepted, after }
    }

    fn owner(handovers: &[Handover]) -> Option<u128> {
        let mut reversed = handovers.to_vec();
        reversed.reverse();
        assert_eq!(ownership(handovers), ownership(&reversed), "whatever the order");
        ownership(handovers).map(|now| now.owner.as_u128())
    }

    #[test]
    fn a_case_belongs_to_who_offered_it_until_somebody_accepts() {
        assert_eq!(owner(&[]), None);
        assert_eq!(owner(&[handover(1, None, (10, 20), false)]), Some(10));
        assert_eq!(owner(&[handover(1, None, (10, 20), true)]), Some(20));
    }

    #[test]
    fn one_case_given_to_two_has_one_owner_and_what_the_other_gave_on_counts_for_nothing() {
        let both = [handover(1, None, (10, 20), true), handover(2, None, (10, 30), true)];
        assert_eq!(owner(&both), Some(20));
        let further = [both[0], both[1], handover(3, Some(2), (30, 40), true)];
        assert_eq!(owner(&further), Some(20));
        let back = [both[0], both[1], handover(3, Some(1), (20, 10), true)];
        assert_eq!(owner(&back), Some(10), "what did not count does not begin to count when the case comes back");
    }

    #[test]
    fn a_case_that_was_handed_on_and_back_belongs_to_the_last_who_accepted_whatever_the_clocks_made_of_ids() {
        let ids = [[1, 2, 3], [3, 2, 1], [2, 3, 1]];
        for [one, two, three] in ids {
            let there = [handover(one, None, (10, 20), true), handover(two, Some(one), (20, 30), true)];
            assert_eq!(owner(&there), Some(30));
            assert_eq!(owner(&[there[0], there[1], handover(three, Some(two), (30, 10), true)]), Some(10));
        }
    }

    #[test]
    fn who_knows_only_the_later_transfers_begins_with_them() {
        assert_eq!(owner(&[handover(5, Some(4), (20, 30), false)]), Some(20));
        assert_eq!(owner(&[handover(1, None, (10, 20), true), handover(5, Some(4), (30, 10), true)]), Some(10));
    }
}

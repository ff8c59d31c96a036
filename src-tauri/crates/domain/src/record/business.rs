//! A business complained about, with the other names people use for it.

use uuid::Uuid;

use super::record;

record! {
    /// 经营者
    pub struct Business {
        name: String,
        /// 统一社会信用代码
        uscc: String,
        /// Code of list `respondent_type`.
        kind: String,
        phone: String,
        address: String,
        aliases: Vec<String>,
        /// The business that this one turned out to be.
        merged_into: Option<Uuid>,
        merge_reason: String,
    }
}

/// The business that stands for another one, along all mergers. Mergers may come in any order, and may run in a circle when
/// two people merged the same two into each other: then the one with the smallest id stands for all of the circle.
pub fn survivor(id: Uuid, merged_into: impl Fn(&Uuid) -> Option<Uuid>) -> (Uuid, bool) {
    let mut path = vec![id];
    loop {
        let last = path[path.len() - 1];
        let Some(next) = merged_into(&last) else { return (last, false) };
        if let Some(start) = path.iter().position(|seen| *seen == next) {
            return (path[start..].iter().min().copied().unwrap_or(id), true);
        }
        path.push(next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mergers: &[(u128, u128)], id: u128) -> (u128, bool) {
        let into =
            |from: &Uuid| mergers.iter().find(|(one, _)| *one == from.as_u128()).map(|(_, to)| Uuid::from_u128(*to));
        let (survivor, circle) = survivor(Uuid::from_u128(id), into);
        (survivor.as_u128(), circle)
    }

    #[test]
    fn mergers_are_followed_to_the_end() {
        assert_eq!(all(&[(1, 2), (2, 3)], 1), (3, false));
        assert_eq!(all(&[], 7), (7, false));
    }

    #[test]
    fn two_that_were_merged_into_each_other_are_the_one_with_the_smaller_id() {
        let circle = [(4, 5), (5, 4), (6, 5)];
        for id in [4, 5, 6] {
            assert_eq!(all(&circle, id), (4, true));
        }
    }
}

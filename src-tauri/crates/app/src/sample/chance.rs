//! Seeded chance for the sample county (SplitMix64). It must never be used where an attacker guesses.

/// A deterministic stream of numbers.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

impl Chance {
    pub(super) fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    /// An independent stream for one part of the plan, so that a change in one case leaves the others as they are.
    pub(super) fn fork(seed: u64, part: u64) -> Chance {
        let mut mixed = Chance(seed ^ part.wrapping_mul(GAMMA));
        Chance(mixed.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GAMMA);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in `0..bound`; 0 for a bound of 0.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u32
    }

    /// A number in `from..=to`.
    pub(super) fn between(&mut self, from: i32, to: i32) -> i32 {
        from + self.below((to - from).unsigned_abs() + 1) as i32
    }

    /// True in `percent` of a hundred.
    pub(super) fn percent(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// True in `permille` of a thousand.
    pub(super) fn permille(&mut self, permille: u32) -> bool {
        self.below(1_000) < permille
    }

    /// One of `choices`, which must not be empty.
    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u32) as usize]
    }

    /// One of `choices` by its weight; the weights must not all be 0.
    pub(super) fn weighted<'a, T>(&mut self, choices: &'a [T], weight: impl Fn(&T) -> u32) -> &'a T {
        let total: u32 = choices.iter().map(&weight).sum();
        let mut left = self.below(total);
        for choice in choices {
            if left < weight(choice) {
                return choice;
            }
            left -= weight(choice);
        }
        &choices[choices.len() - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_the_published_one() {
        let mut chance = Chance::new(1_234_567);
        assert_eq!(chance.next(), 6_457_827_717_110_365_317);
        assert_eq!(chance.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn a_weight_of_nothing_is_never_chosen() {
        let mut chance = Chance::new(7);
        assert!((0..500).all(|_| *chance.weighted(&[("a", 0), ("b", 3), ("c", 1)], |c| c.1) != ("a", 0)));
        assert!((0..500).all(|_| (3..=5).contains(&chance.between(3, 5))));
    }
}

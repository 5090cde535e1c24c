//! The number sequence behind every choice of a sample: `SplitMix64`.
//!
//! Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014
//! (<https://doi.org/10.1145/2660193.2660195>). A sequence of our own keeps a sample's bytes the
//! same when a random-number crate changes its algorithm.

/// The distance between two states, 2⁶⁴ divided by the golden ratio and made odd.
const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// A deterministic sequence of 64-bit numbers, set by its seed alone.
#[derive(Debug, Clone)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// The sequence of a seed. Different seeds have different first numbers, because the mixing is
    /// a bijection: a first number can serve as an identifier.
    pub fn seeded(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// The next number, brought below `bound`; zero where the bound is zero.
    ///
    /// The remainder favours small numbers by less than one in 2³² for the bounds in use, which no
    /// benchmark can notice.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.draw().checked_rem(bound).unwrap_or(0)
    }

    /// One entry of a list, or the type's default value where the list is empty.
    pub fn pick<T: Copy + Default>(&mut self, from: &[T]) -> T {
        let position = self.position(from.len());
        from.get(position).copied().unwrap_or_default()
    }

    /// A position below `length`; zero where the length is zero.
    pub fn position(&mut self, length: usize) -> usize {
        let bound = u64::try_from(length).unwrap_or(u64::MAX);
        usize::try_from(self.below(bound)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::SplitMix64;

    #[test]
    fn the_sequence_is_the_published_one() {
        // The test vector for this seed on Rosetta Code, "Pseudo-random numbers/Splitmix64".
        let mut sequence = SplitMix64::seeded(1_234_567);
        let drawn: Vec<u64> = (0..5).map(|_| sequence.draw()).collect();
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        );
    }

    #[test]
    fn a_bound_is_kept_and_every_number_below_it_is_drawn() {
        let mut sequence = SplitMix64::seeded(7);
        let mut seen = [false; 6];
        for _ in 0..1_000 {
            seen[sequence.position(6)] = true;
        }
        assert_eq!(seen, [true; 6]);
    }

    #[test]
    fn an_empty_list_gives_the_default() {
        assert_eq!(SplitMix64::seeded(1).pick::<&str>(&[]), "");
        assert_eq!(SplitMix64::seeded(1).below(0), 0);
    }
}

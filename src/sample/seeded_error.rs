//! Faults put into a full sample on purpose, one offer in a thousand.
//!
//! Each gives exactly one validation result under the shapes of CPSV-AP 3.2.0, with or without the
//! subclass axioms of its ontology, so that the count of a validator can be compared with
//! [`Written::seeded_errors`](super::Written::seeded_errors).

use super::sequence::SplitMix64;

/// The number of offers among which one is faulty.
const OFFERS_PER_ERROR: u64 = 1_000;
/// The faulty offer lies among the last so many of its thousand.
const LAST_OF_THE_THOUSAND: u64 = 250;

/// A fault of an offer, named after what breaks the shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SeededError {
    /// No `dct:identifier` (`sh:minCount`).
    MissingIdentifier,
    /// A second `dct:identifier` (`sh:maxCount`).
    SecondIdentifier,
    /// A `dct:title` without a language beside those with one (`sh:datatype`).
    UntaggedTitle,
    /// No `cv:hasCompetentAuthority` (`sh:minCount`).
    MissingAuthority,
    /// A channel that is not said to be a `cv:Channel` (`sh:class`).
    UntypedChannel,
    /// The value of a cost as `xsd:decimal` instead of `xsd:double` (`sh:datatype`).
    DecimalCost,
    /// A processing time in words instead of an `xsd:duration` (`sh:datatype`).
    WordyProcessingTime,
    /// An output without a `dct:title` (`sh:minCount`).
    UntitledOutput,
    /// A second `adms:status` (`sh:maxCount`).
    SecondStatus,
    /// A `dct:language` that nothing describes (`sh:class`).
    UndescribedLanguage,
}

impl SeededError {
    /// All faults, in the order in which they take turns.
    pub const ALL: [Self; 10] = [
        Self::MissingIdentifier,
        Self::SecondIdentifier,
        Self::UntaggedTitle,
        Self::MissingAuthority,
        Self::UntypedChannel,
        Self::DecimalCost,
        Self::WordyProcessingTime,
        Self::UntitledOutput,
        Self::SecondStatus,
        Self::UndescribedLanguage,
    ];

    /// The fault of the offer at a position in the whole sample, counted from zero.
    ///
    /// The place within each thousand is drawn, but late enough that an unfinished thousand has
    /// none: `n` offers of whole towns hold `n / 1000` faults, and a sample of fewer towns stays a
    /// prefix of a larger one.
    pub(super) fn of_offer(position: u64) -> Option<Self> {
        let thousand = position / OFFERS_PER_ERROR;
        let late = SplitMix64::seeded(thousand).below(LAST_OF_THE_THOUSAND);
        let faulty = OFFERS_PER_ERROR - LAST_OF_THE_THOUSAND + late;
        if position % OFFERS_PER_ERROR != faulty {
            return None;
        }
        let turn = usize::try_from(thousand).ok()? % Self::ALL.len();
        Self::ALL.get(turn).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::SeededError;

    #[test]
    fn each_whole_thousand_has_one_fault_and_all_take_turns() {
        for thousand in 0..25 {
            let range = thousand * 1_000..(thousand + 1) * 1_000;
            let faults: Vec<SeededError> = range.filter_map(SeededError::of_offer).collect();
            let turn = usize::try_from(thousand % 10).unwrap();
            assert_eq!(faults, [SeededError::ALL[turn]]);
        }
    }

    #[test]
    fn an_unfinished_thousand_of_whole_towns_has_no_fault() {
        assert!((0..750).all(|position| SeededError::of_offer(position).is_none()));
    }
}

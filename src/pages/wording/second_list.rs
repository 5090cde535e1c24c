//! What the pages of the second list and of what belongs to it say.

/// Everything that these pages say in one language.
pub(in crate::pages) struct SecondListWords {
    /// What the front page says of the second list.
    pub(in crate::pages) verdicts_are: &'static str,
    /// What the list is called in the header and above verdicts.
    pub(in crate::pages) suits: &'static str,
    pub(in crate::pages) by_number: &'static str,
    /// What a reader must know of the verdicts of the editors.
    pub(in crate::pages) is_a_proposal: &'static str,
    /// The choice that leaves everything.
    pub(in crate::pages) any: &'static str,
    pub(in crate::pages) everybody: &'static str,
    pub(in crate::pages) show: &'static str,
    pub(in crate::pages) reset: &'static str,
    pub(in crate::pages) nothing: &'static str,
    pub(in crate::pages) verdicts: &'static str,
    pub(in crate::pages) degree: &'static str,
    pub(in crate::pages) handling: &'static str,
    pub(in crate::pages) reason: &'static str,
    pub(in crate::pages) channel: &'static str,
    pub(in crate::pages) phase: &'static str,
    pub(in crate::pages) from_phase: &'static str,
    pub(in crate::pages) function: &'static str,
    pub(in crate::pages) rule: &'static str,
    pub(in crate::pages) assessor: &'static str,
    pub(in crate::pages) ground: &'static str,
    pub(in crate::pages) argument: &'static str,
    /// What stands before the channels for which the verdict is another.
    pub(in crate::pages) otherwise: &'static str,
    pub(in crate::pages) whole: &'static str,
    pub(in crate::pages) picture: &'static str,
    /// What the picture shows, for those who do not see it.
    pub(in crate::pages) picture_is: &'static str,
    pub(in crate::pages) numbers: &'static str,
    pub(in crate::pages) numbers_are: &'static str,
    pub(in crate::pages) unassessed: &'static str,
    pub(in crate::pages) share: &'static str,
    pub(in crate::pages) all: &'static str,
    pub(in crate::pages) conditions: &'static str,
    pub(in crate::pages) conclusion: &'static str,
    pub(in crate::pages) why: &'static str,
    /// What stands above the number of service types that a rule decides.
    pub(in crate::pages) decides: &'static str,
    /// What a rule without conditions applies to.
    pub(in crate::pages) always: &'static str,
    pub(in crate::pages) phases_are: &'static str,
    pub(in crate::pages) pilots: &'static str,
    pub(in crate::pages) pilots_are: &'static str,
    pub(in crate::pages) co_design: &'static str,
    pub(in crate::pages) co_design_are: &'static str,
    /// What stands in place of an empty list.
    pub(in crate::pages) none_yet: &'static str,
    /// What marks a fact that was proposed.
    pub(in crate::pages) proposed: &'static str,
    /// What stands before and behind the day of a proposal.
    pub(in crate::pages) proposed_on: (&'static str, &'static str),
}

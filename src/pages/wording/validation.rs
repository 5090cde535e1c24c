//! The words of the page to validate data on.

/// What the page to validate data on says.
pub(in crate::pages) struct ValidationWords {
    pub(in crate::pages) lead: &'static str,
    pub(in crate::pages) content: &'static str,
    pub(in crate::pages) syntax: &'static str,
    /// What the button says.
    pub(in crate::pages) validate: &'static str,
    pub(in crate::pages) validated_against: &'static str,
    /// What the two shapes documents are called: the list's own, and CPSV-AP's.
    pub(in crate::pages) shapes_of: [&'static str; 2],
    /// The verdict on data without results, without violations, and with them.
    pub(in crate::pages) verdicts: [&'static str; 3],
    /// What those three mean.
    pub(in crate::pages) meanings: [&'static str; 3],
    /// Said of data that were not validated.
    pub(in crate::pages) refused: &'static str,
    pub(in crate::pages) line: &'static str,
    pub(in crate::pages) column: &'static str,
    pub(in crate::pages) to_the_text: &'static str,
    pub(in crate::pages) triples: fn(usize) -> String,
    /// How many results are not told.
    pub(in crate::pages) omitted: fn(usize) -> String,
    pub(in crate::pages) violations: &'static str,
    pub(in crate::pages) warnings: &'static str,
    pub(in crate::pages) infos: &'static str,
    pub(in crate::pages) findings: &'static str,
    pub(in crate::pages) times: fn(usize) -> String,
    /// What to do about references that dangle.
    pub(in crate::pages) dangling: &'static str,
    pub(in crate::pages) shape: &'static str,
    pub(in crate::pages) resource: &'static str,
    /// Stands for a node that the data give no name.
    pub(in crate::pages) unnamed: &'static str,
    pub(in crate::pages) value: &'static str,
    /// Stands before the address of the interface of the EU Interoperability Test Bed.
    pub(in crate::pages) test_bed: &'static str,
    /// What stands before, between and behind `Content-Type` and `Accept`.
    pub(in crate::pages) send_rdf: [&'static str; 3],
}

//! What the query page says.

/// What the query page says.
pub(in crate::pages) struct QueryWords {
    pub(in crate::pages) examples: &'static str,
    /// Said of a query that was not answered.
    pub(in crate::pages) refused: &'static str,
    /// What stands behind the number of solutions.
    pub(in crate::pages) results: fn(usize) -> &'static str,
    /// What stands before that number where there are more.
    pub(in crate::pages) more_than: &'static str,
    /// That only the first solutions are shown, by their number.
    pub(in crate::pages) first: fn(&str) -> String,
    pub(in crate::pages) yes: &'static str,
    pub(in crate::pages) no: &'static str,
    /// Said of all triples, and of the first lines of them.
    pub(in crate::pages) triples: &'static str,
    pub(in crate::pages) first_triples: &'static str,
    /// What stands before the formats of the whole answer.
    pub(in crate::pages) download: &'static str,
    pub(in crate::pages) permalink: &'static str,
    // With a script
    /// How the editor is used by keyboard.
    pub(in crate::pages) keys: &'static str,
    pub(in crate::pages) stop: &'static str,
    pub(in crate::pages) running: &'static str,
    pub(in crate::pages) stopped: &'static str,
    /// Said where the connection broke before an answer was whole.
    pub(in crate::pages) cut: &'static str,
    pub(in crate::pages) completions: &'static str,
}

//! The answer of a query as pages show it: below the form that asks, and under a question that is asked often.

use super::site::{self, Link, Text};
use super::wording::QueryWords;

/// The solutions that a page shows; the others are in the data.
pub const SHOWN_SOLUTIONS: usize = 1_000;

/// The answer of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownAnswer {
    /// The solutions of a SELECT.
    Solutions(Solutions),
    /// The truth value of an ASK.
    Truth(bool),
    /// The triples of a CONSTRUCT or a DESCRIBE.
    Triples {
        /// They in Turtle, or the first lines of that.
        turtle: String,
        /// Whether those are all.
        is_whole: bool,
    },
}

/// The solutions of a query, as a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Solutions {
    /// The names of the variables.
    pub variables: Vec<String>,
    /// The first solutions, each with a cell for every variable.
    pub rows: Vec<Vec<Cell>>,
    /// How many there are.
    pub total: usize,
    /// Whether those are all: a large answer is not read to its end.
    pub is_counted: bool,
}

/// What a solution binds a variable to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Unbound,
    /// An IRI, with where that leads.
    Link(Link),
    /// A literal.
    Text(Text),
}

impl Solutions {
    /// How many solutions there are, and how many of them are shown where that is not all.
    pub(super) fn count(&self, words: &QueryWords) -> String {
        let (total, shown) = (self.total, self.rows.len());
        let mut count = format!("{} {}", site::grouped(total), (words.results)(total));
        if !self.is_counted {
            count = format!("{} {count}", words.more_than);
        }
        if shown < total || !self.is_counted {
            count = format!("{count}, {}", (words.first)(&site::grouped(shown)));
        }
        count
    }
}

impl Text {
    /// The language tag, to be read beside the text.
    pub(super) fn tag(&self) -> &str {
        self.language.as_deref().unwrap_or_default()
    }
}

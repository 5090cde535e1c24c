//! Limits on a query, before it is parsed and before it is planned, so that no text can end the
//! process or hold a processor for longer than a second by being parsed and planned, and that no
//! string built within one solution can fill the memory. What many solutions take together, and
//! `GROUP_CONCAT` of many, is not bounded here: how many there are shows in the evaluation.
//!
//! spargebra and sparopt are recursive, and some of their steps grow with the cube of the query or
//! double with each level; none of them can be interrupted. What is bounded and why, with times
//! measured on one core for spargebra 0.4.8 and sparopt 0.3.9:
//!
//! | limit | what it prevents |
//! |---|---|
//! | [`length`](Bounds::length) | nothing dramatic: 60,000 IRIs in VALUES (3.7 MB) parse and plan in 40 ms |
//! | [`depth`](Bounds::depth) | recursion: 800 nested groups overflow an 8 MiB stack; 200 nested OPTIONAL plan for 0.8 s, 100 for 0.1 s |
//! | [`reparsing`](Bounds::reparsing) | the parser reads the operand of `!`, and the arguments of REGEX, SUBSTR, REPLACE and `GROUP_CONCAT`, twice at each level: `!(!(` takes 0.8 s at 20 levels and twice that at 21 |
//! | [`operators`](Bounds::operators) | chains, which nest in the algebra and are planned in quadratic time: 2,000 UNION, FILTER, BIND or logical or take 0.1 to 0.2 s, 10,000 take 2 to 5 s |
//! | [`terms`](Bounds::terms) | long flat lists: IN over 400,000 numbers takes 0.45 s |
//! | [`variables`](Bounds::variables) | the head of VALUES, whose variables the parser compares pairwise |
//! | [`patterns`](Bounds::patterns) | the order of joins: 100 patterns of one subject take 0.5 s to plan, 200 take 7 s |
//! | [`planning`](Bounds::planning) | the same work spread over many groups and repeated by OPTIONAL |
//! | [`growth`](Bounds::growth) | strings built of strings: 40 times `CONCAT(?a, ?a)`, 2 kB of text, is 16 TiB; so are REPLACE of nothing, `ENCODE_FOR_URI` and `GROUP_CONCAT` of one another |
//!
//! A list `((…1…))` parses in linear time; it is two patterns for each element, so that 200 levels
//! are a join of 400. Commas (lists of IN, arguments), rows of VALUES, `|` and `/` inside a repeated
//! path are linear: the limits on terms and operators are enough.
//!
//! Within the default limits a query is parsed, checked, planned and dropped on a stack of 256 MiB.

mod algebra;
mod growth;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod strings;
#[cfg(test)]
mod tests;
mod text;
mod token;

use spargebra::{GraphUpdateOperation, Query, Update};

/// Bounds that a query's text and algebra must keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The length of the text, in bytes.
    pub length: usize,
    /// How many brackets `{`, `(` and `[` are open at once, and how many prefix operators (`!`,
    /// `-`, `+`, `^`) stand in a row.
    pub depth: usize,
    /// What the parser reads more than once: each byte inside `n` nested operands that it reads
    /// twice counts 2ⁿ times.
    pub reparsing: usize,
    /// How many operators and keywords of the kinds that nest in the algebra the text holds, and
    /// how many operators the algebra.
    pub operators: usize,
    /// How many terms, names, numbers and variables the text holds.
    pub terms: usize,
    /// How many times the text mentions a variable; the parser compares those of VALUES pairwise.
    pub variables: usize,
    /// How many triple patterns, paths and other operands are joined in one group; also how many
    /// OPTIONAL stand in one group, one after another or one inside another.
    pub patterns: usize,
    /// The steps of planning, estimated, of about half a microsecond: for each group of `n` joined
    /// operands n³, for each OPTIONAL an eighth and for each EXISTS of a filter twice the square of
    /// the operands around it.
    pub planning: usize,
    /// How many times longer than the longest input the strings that the query builds for one
    /// solution become together, estimated; an input is a variable of a triple pattern, or a
    /// kilobyte of a constant. A literal of the register has 100 kB at most, so that 1,000 is
    /// 100 MB for the longest, and 100 kB for titles of a hundred letters.
    pub growth: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            length: 4 << 20,
            depth: 100,
            reparsing: 400_000,
            operators: 2_000,
            terms: 400_000,
            variables: 5_000,
            patterns: 100,
            planning: 1_500_000,
            growth: 1_000,
        }
    }
}

/// Why a query is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BoundsError {
    /// The text is longer than [`Bounds::length`].
    #[error("the query has {length} bytes, the limit is {limit}: send it in parts")]
    TooLong {
        /// Bytes of the text.
        length: usize,
        /// The limit, in bytes.
        limit: usize,
    },
    /// The text nests deeper than [`Bounds::depth`].
    #[error(
        "the query nests deeper than {limit} levels at line {line}, column {column}: \
         remove brackets or prefix operators"
    )]
    TooDeep {
        /// The line of the bracket or operator, from 1.
        line: usize,
        /// Its column in characters, from 1.
        column: usize,
        /// The limit, in levels.
        limit: usize,
    },
    /// The text nests operands that are read twice beyond [`Bounds::reparsing`].
    #[error(
        "the query nests `!`, REGEX, SUBSTR, REPLACE or GROUP_CONCAT too deeply at line {line}, \
         column {column}: compute inner values with BIND"
    )]
    TooEntangled {
        /// The line where the limit is passed, from 1.
        line: usize,
        /// The column where the limit is passed, in characters, from 1.
        column: usize,
    },
    /// The text or its algebra has more operators than [`Bounds::operators`].
    #[error(
        "the query has more than {limit} operators: \
         use VALUES or IN instead of long chains, or send it in parts"
    )]
    TooManyOperators {
        /// The limit.
        limit: usize,
    },
    /// The text holds more terms than [`Bounds::terms`].
    #[error("the query has more than {limit} terms: send it in parts")]
    TooManyTerms {
        /// The limit.
        limit: usize,
    },
    /// The text mentions variables more often than [`Bounds::variables`].
    #[error("the query mentions variables more than {limit} times: send it in parts")]
    TooManyVariables {
        /// The limit.
        limit: usize,
    },
    /// A group joins more than [`Bounds::patterns`].
    #[error(
        "a group of the query joins {count} patterns, the limit is {limit}: \
         divide it with subqueries or send it in parts"
    )]
    TooManyPatterns {
        /// Patterns in the group.
        count: usize,
        /// The limit.
        limit: usize,
    },
    /// The groups together pass [`Bounds::planning`].
    #[error(
        "the query has too many large groups to plan, {steps} steps where the limit is {limit}: \
         send it in parts"
    )]
    TooCostly {
        /// The estimated steps.
        steps: usize,
        /// The limit.
        limit: usize,
    },
    /// A long namespace is used by many names.
    #[error(
        "the names of the query have more than {limit} bytes when they are written out: use shorter prefixes or send it in parts"
    )]
    TooLongNames {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The strings that the query builds pass [`Bounds::growth`].
    #[error(
        "the strings that the query builds for {place} can grow to more than {limit} times its \
         inputs: join fewer in CONCAT and GROUP_CONCAT, and use constants as the replacement of \
         REPLACE, or select the parts and build the strings yourself"
    )]
    GrowsTooMuch {
        /// The variable, with its question mark, or the clause where the limit is passed.
        place: String,
        /// The limit, in inputs.
        limit: usize,
    },
}

impl Bounds {
    /// Checks the text of a query before it is parsed, in one pass without recursion. The text
    /// need not be a query: what is not bounded here, the parser refuses.
    pub fn check_text(&self, text: &str) -> Result<(), BoundsError> {
        if text.len() > self.length {
            return Err(BoundsError::TooLong { length: text.len(), limit: self.length });
        }
        text::check(self, text)
    }

    /// Checks a parsed query before it is planned, without recursion.
    pub fn check_algebra(&self, query: &Query) -> Result<(), BoundsError> {
        let (Query::Select { pattern, base_iri, .. }
        | Query::Construct { pattern, base_iri, .. }
        | Query::Describe { pattern, base_iri, .. }
        | Query::Ask { pattern, base_iri, .. }) = query;
        algebra::check(self, vec![pattern])?;
        growth::check(self, pattern, base_iri.as_ref().map_or(0, |base| base.as_str().len()))
    }

    /// Checks a parsed update before it is planned, without recursion: its operations count together, for what they
    /// take of the planner, and each on its own for the strings that it builds.
    pub fn check_update(&self, update: &Update) -> Result<(), BoundsError> {
        let patterns = update.operations.iter().filter_map(|operation| match operation {
            GraphUpdateOperation::DeleteInsert { pattern, .. } => Some(pattern.as_ref()),
            _ => None,
        });
        let patterns: Vec<_> = patterns.collect();
        let base = update.base_iri.as_ref().map_or(0, |base| base.as_str().len());
        algebra::check(self, patterns.clone())?;
        patterns.into_iter().try_for_each(|pattern| growth::check(self, pattern, base))
    }
}

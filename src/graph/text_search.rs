//! Text search inside a query: `SERVICE eusl:textSearch { … }`.
//!
//! The search is done before the query is evaluated, and its solutions take the place of the SERVICE as VALUES. So it
//! is done once however often a solution needs it, means the same in OPTIONAL, MINUS, EXISTS and subqueries as any
//! table of values, and the planner knows how many solutions it has.

use super::outside::Outside;
use super::published::Graph;
use super::question::{QuestionError, Stop};
use super::refusal::{Refusal, RefusalKind};
use crate::rdf::{Literal, NamedNode};
use crate::sparql::algebra::{operands_mut, parts_mut};
use crate::text_index::{Each, Hit, Search, SearchError};
use crate::vocab::eusl;
use oxigraph::model::Variable;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

/// The most searches in one query, each of which may give ten thousand solutions.
const MOST_SEARCHES: usize = 8;

/// A text search that is not done.
#[derive(Debug, thiserror::Error)]
pub enum TextSearchError {
    /// The pattern is not that of a search.
    #[error(
        "the text search cannot be read: {reason}; write SERVICE eusl:textSearch {{ ?found eusl:words \"bicycles\"@en ; \
         eusl:limit 50 ; eusl:score ?score ; eusl:literal ?literal ; eusl:property ?property }}, where all but eusl:words \
         may be left out"
    )]
    Pattern {
        /// What is wrong with it.
        reason: String,
    },
    /// There are too many of them.
    #[error("a query may have {MOST_SEARCHES} text searches at most; ask in several queries")]
    TooMany,
    /// These data are not indexed.
    #[error("there is no text search over these data; use FILTER(CONTAINS(LCASE(?literal), \"words\"))")]
    NotHere,
    /// The index gives no answer.
    #[error("the text search has no answer: {0}")]
    Search(#[from] SearchError),
    /// Another process, which has the index, told why.
    #[error(transparent)]
    Told(Refusal),
}

impl TextSearchError {
    /// The kind of reason.
    pub fn kind(&self) -> RefusalKind {
        match self {
            Self::Search(SearchError::Behind { .. }) => RefusalKind::Busy,
            Self::Search(SearchError::Index(_)) => RefusalKind::Internal,
            Self::Search(SearchError::Stopped) => RefusalKind::Stopped,
            Self::Told(refusal) => refusal.kind,
            Self::Pattern { .. } | Self::TooMany | Self::NotHere | Self::Search(_) => RefusalKind::NotDone,
        }
    }
}

impl Graph {
    /// The query with the solutions of its text searches in their places.
    pub(super) fn with_searches_done(
        &self,
        mut query: Query,
        outside: &dyn Outside,
        stop: &Stop,
    ) -> Result<Query, QuestionError> {
        let (Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. }) = &mut query;
        let mut patterns = vec![pattern];
        let mut searches = 0;
        while let Some(pattern) = patterns.pop() {
            if let GraphPattern::Service { name, inner, silent } = &*pattern
                && is_search(name)
            {
                searches += 1;
                if searches > MOST_SEARCHES {
                    return Err(TextSearchError::TooMany.into());
                }
                let search = TextSearch::read(inner).map_err(|reason| TextSearchError::Pattern { reason })?;
                let is_stopped = || stop.is_used();
                let found = outside.search(&search.asked, self.revision(), &is_stopped);
                *pattern = solutions(&search, found, *silent)?;
                continue;
            }
            if matches!(pattern, GraphPattern::Service { .. }) {
                continue;
            }
            let (below, mut expressions) = parts_mut(pattern);
            patterns.extend(below);
            while let Some(expression) = expressions.pop() {
                match expression {
                    Expression::Exists(pattern) => patterns.push(pattern),
                    other => expressions.extend(operands_mut(other)),
                }
            }
        }
        Ok(query)
    }
}

/// The solutions of a search as a table of values; one without bindings where it has no answer and is silent
/// (<https://www.w3.org/TR/sparql11-federated-query/#serviceFailure>).
fn solutions(
    search: &TextSearch<'_>,
    found: Result<Vec<Hit>, TextSearchError>,
    silent: bool,
) -> Result<GraphPattern, QuestionError> {
    match found {
        Ok(hits) => Ok(search.values(&hits)),
        Err(error) => match error.kind() {
            RefusalKind::Stopped => Err(QuestionError::Stopped),
            RefusalKind::Busy | RefusalKind::Internal if silent => {
                Ok(GraphPattern::Values { variables: Vec::new(), bindings: vec![Vec::new()] })
            }
            _ => Err(error.into()),
        },
    }
}

/// Whether this is what a text search names in SERVICE.
pub(super) fn is_search(name: &NamedNodePattern) -> bool {
    matches!(name, NamedNodePattern::NamedNode(name) if *name == eusl::TEXT_SEARCH)
}

/// What a search binds its variables to.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Found,
    Score,
    Literal,
    Property,
}

/// A search as a query has it.
struct TextSearch<'q> {
    asked: Search<'q>,
    bound: Vec<(&'q Variable, Part)>,
}

impl<'q> TextSearch<'q> {
    /// Reads the pattern of a search; gives what is wrong with it.
    fn read(pattern: &'q GraphPattern) -> Result<Self, String> {
        let GraphPattern::Bgp { patterns } = pattern else {
            return Err("it holds more than triple patterns".to_owned());
        };
        let mut words = None;
        let asked = Search { text: "", language: None, property: None, limit: None, each: Each::Record };
        let mut search = Self { asked, bound: Vec::new() };
        for (place, triple) in patterns.iter().enumerate() {
            let predicate = predicate(triple)?;
            if patterns.iter().take(place).any(|other| other.predicate == triple.predicate) {
                return Err(format!("it has {predicate} twice"));
            }
            if *predicate == eusl::WORDS {
                words = Some(literal(triple, predicate)?);
            } else {
                search.take(triple, predicate)?;
            }
        }
        let (Some(words), Some(first)) = (words, patterns.first()) else {
            return Err("it has no eusl:words".to_owned());
        };
        search.asked.text = words.value();
        search.asked.language = words.language();
        search.find(subject(first, patterns)?)?;
        Ok(search)
    }

    /// Takes in what a triple pattern other than that of the words says.
    fn take(&mut self, triple: &'q TriplePattern, predicate: &NamedNode) -> Result<(), String> {
        if *predicate == eusl::LIMIT {
            let limit = literal(triple, predicate)?.value().parse();
            // What is no number is refused as a number that is none of the limits.
            self.asked.limit = Some(limit.unwrap_or(0));
            return Ok(());
        }
        let part = [(eusl::SCORE, Part::Score), (eusl::LITERAL, Part::Literal), (eusl::PROPERTY, Part::Property)]
            .into_iter()
            .find_map(|(term, part)| (*predicate == term).then_some(part))
            .ok_or_else(|| format!("it knows no {predicate}"))?;
        match &triple.object {
            TermPattern::Variable(variable) => self.bind(variable, part),
            TermPattern::NamedNode(property) if part == Part::Property => {
                self.asked.property = Some(property.as_str());
                Ok(())
            }
            other => Err(format!("{predicate} takes a variable, not {other}")),
        }
    }

    fn find(&mut self, found: &'q Variable) -> Result<(), String> {
        self.bind(found, Part::Found)?;
        if self.bound.iter().any(|(_, part)| matches!(part, Part::Literal | Part::Property)) {
            self.asked.each = Each::Literal;
        }
        Ok(())
    }

    fn bind(&mut self, variable: &'q Variable, part: Part) -> Result<(), String> {
        if self.bound.iter().any(|(bound, _)| *bound == variable) {
            return Err(format!("{variable} stands for two things in it"));
        }
        self.bound.push((variable, part));
        Ok(())
    }

    /// The solutions, the best first.
    fn values(&self, hits: &[Hit]) -> GraphPattern {
        let solution = |hit: &Hit| self.bound.iter().map(|(_, part)| Some(term(*part, hit))).collect();
        GraphPattern::Values {
            variables: self.bound.iter().map(|(variable, _)| (*variable).clone()).collect(),
            bindings: hits.iter().map(solution).collect(),
        }
    }
}

fn term(part: Part, hit: &Hit) -> GroundTerm {
    match part {
        Part::Found => NamedNode::new_unchecked(&hit.record).into(),
        Part::Property => NamedNode::new_unchecked(&hit.text.property).into(),
        Part::Literal => hit.text.literal().into(),
        Part::Score => Literal::from(f64::from(hit.score)).into(),
    }
}

fn predicate(triple: &TriplePattern) -> Result<&NamedNode, String> {
    match &triple.predicate {
        NamedNodePattern::NamedNode(predicate) => Ok(predicate),
        NamedNodePattern::Variable(variable) => Err(format!("{variable} cannot be a predicate in it")),
    }
}

fn literal<'q>(triple: &'q TriplePattern, predicate: &NamedNode) -> Result<&'q Literal, String> {
    match &triple.object {
        TermPattern::Literal(literal) => Ok(literal),
        other => Err(format!(
            "{predicate} takes a literal, not {other}: the search is done before other patterns bind anything"
        )),
    }
}

/// The variable that all triple patterns are about.
fn subject<'q>(first: &'q TriplePattern, patterns: &[TriplePattern]) -> Result<&'q Variable, String> {
    let TermPattern::Variable(found) = &first.subject else {
        return Err(format!("its subject is {}, and must be a variable", first.subject));
    };
    match patterns.iter().find(|triple| triple.subject != first.subject) {
        Some(other) => Err(format!("it is about {found} and {}", other.subject)),
        None => Ok(found),
    }
}

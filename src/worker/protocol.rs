//! What server and worker say to each other, in frames ([`super::frame`]).
//!
//! Bytes to a worker are a step of the graph, bytes from it a piece of an answer. A worker is never asked two things at
//! once, so nothing carries a number.

use crate::federation::{CallError, Solutions};
use crate::graph::{Answer, ChosenGraphs, Head, QueryResultsFormat, Question, RdfFormat, Refusal};
use crate::text_index::{Each, Hit};
use oxrdf::{Term, TermParseError};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What a server tells a worker.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum ToWorker {
    /// Get ready: the first that is told.
    Start(Start),
    /// Evaluate this.
    Ask(Asked),
    /// The answer is wanted; only after a head that asked for it.
    GoOn(bool),
    /// What a text search found.
    Found(Result<Vec<Hit>, Refusal>),
    /// What another endpoint gave: for each solution the terms in the syntax of N-Triples.
    Solved(Result<Vec<Vec<Option<String>>>, CallError>),
}

/// What a worker tells the server.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum FromWorker {
    /// It shut itself in and waits for questions. What it could not shut is named.
    Ready(Vec<String>),
    /// An answer begins.
    Begin(Begun),
    /// The answer is whole.
    End,
    /// There is no answer, or no more of it.
    Refuse(Refusal),
    /// Search for these literals.
    Search(Searched),
    /// Ask another endpoint.
    Call { endpoint: String, query: String, variables: Vec<String> },
}

/// What a worker needs to know before it gets ready.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Start {
    /// The process that it works for.
    pub server: u32,
    /// Whether the graph is that of a register.
    pub is_of_register: bool,
    /// The memory that a query may take, in bytes.
    pub memory: u64,
}

/// A question, and what it may ask of others.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Asked {
    text: String,
    base: String,
    default_graphs: Vec<String>,
    named_graphs: Vec<String>,
    /// Media types.
    solutions: Option<String>,
    triples: Option<String>,
    /// The endpoints that the query may ask.
    pub allowed: Vec<String>,
    /// Whether the head alone decides if the answer is wanted.
    pub waits_after_head: bool,
}

impl Asked {
    pub(super) fn new(question: &Question, allowed: Vec<String>, waits_after_head: bool) -> Self {
        Self {
            text: question.text.clone(),
            base: question.base.clone(),
            default_graphs: question.graphs.default.clone(),
            named_graphs: question.graphs.named.clone(),
            solutions: question.solutions.map(|format| format.media_type().to_owned()),
            triples: question.triples.map(|format| format.media_type().to_owned()),
            allowed,
            waits_after_head,
        }
    }

    /// The question as it was.
    pub(super) fn into_question(self) -> Question {
        Question {
            text: self.text,
            base: self.base,
            graphs: ChosenGraphs { default: self.default_graphs, named: self.named_graphs },
            solutions: self.solutions.and_then(|media_type| QueryResultsFormat::from_media_type(&media_type)),
            triples: self.triples.and_then(|media_type| RdfFormat::from_media_type(&media_type)),
        }
    }
}

/// The head of an answer. Its syntax is one of the two that the question names.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Begun {
    is_triples: bool,
    revision: u64,
    is_settled: bool,
}

impl From<Head> for Begun {
    fn from(head: Head) -> Self {
        let is_triples = matches!(head.answer, Answer::Triples(_));
        Self { is_triples, revision: head.revision, is_settled: head.is_settled }
    }
}

impl Begun {
    /// The head, for who asked the question; nothing where it answers another.
    pub(super) fn head(self, question: &Question) -> Option<Head> {
        let answer = if self.is_triples {
            question.triples.map(Answer::Triples)
        } else {
            question.solutions.map(Answer::Solutions)
        };
        Some(Head { answer: answer?, revision: self.revision, is_settled: self.is_settled })
    }
}

/// A text search.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Searched {
    pub text: String,
    pub language: Option<String>,
    pub property: Option<String>,
    pub limit: Option<usize>,
    pub each: Each,
    pub at_least: u64,
}

/// Solutions as they are sent.
pub(super) fn written(solutions: &Solutions) -> Vec<Vec<Option<String>>> {
    let term = |term: &Option<Term>| term.as_ref().map(ToString::to_string);
    solutions.iter().map(|solution| solution.iter().map(term).collect()).collect()
}

/// Solutions as they were.
pub(super) fn read(written: Vec<Vec<Option<String>>>) -> Result<Solutions, TermParseError> {
    let term = |term: Option<String>| term.map(|term| Term::from_str(&term)).transpose();
    written.into_iter().map(|solution| solution.into_iter().map(term).collect()).collect()
}

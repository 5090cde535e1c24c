//! Where statements stand in the files they came from.
//!
//! A graph forgets where its triples stood. A [`Locator`] is told what to look for, reads the files once more,
//! and remembers the line of that alone.

use super::lines::WithLines;
use super::{NamedNode, ReadError, Term};
use oxrdf::{Quad, TermRef};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, as its reader called it.
    pub file: Arc<str>,
    /// The line on which the statement ends, from 1, where it is known.
    pub line: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// What is looked for: a triple, or as much of it as is known.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'t> {
    /// The subject.
    pub subject: &'t Term,
    /// The predicate.
    pub property: Option<&'t NamedNode>,
    /// The object; of no use without a predicate.
    pub value: Option<&'t Term>,
}

impl Statement<'_> {
    /// The keys of the statement, the most precise first: the triple, its subject and predicate, its subject.
    fn keys(&self) -> impl Iterator<Item = String> {
        let property = self.property.map(|property| format!("{} {property}", self.subject));
        let triple = self.property.zip(self.value).map(|(property, value)| key(self.subject, property, value));
        [triple, property, Some(self.subject.to_string())].into_iter().flatten()
    }
}

fn key(subject: impl fmt::Display, property: impl fmt::Display, value: impl fmt::Display) -> String {
    format!("{subject} {property} {value}")
}

/// One of several inputs.
#[derive(Clone, Copy, Debug)]
pub struct Input<'i> {
    /// Its number among the inputs, from 1. Its blank node `label` is `input1_label` in what is looked for.
    pub number: usize,
    /// What places call it.
    pub name: &'i str,
    /// Its syntax.
    pub syntax: RdfFormat,
    /// What relative IRIs are resolved against.
    pub base: &'i str,
}

/// Finds the places of statements.
#[derive(Debug, Default)]
pub struct Locator {
    /// What is looked for, in the form of N-Triples, and its first place.
    places: HashMap<String, Option<Place>>,
    /// How many of them have none yet.
    missing: usize,
    /// Labels of blank nodes that are looked for.
    labels: HashSet<String>,
    /// The same by input and by their place among its blank nodes: a node without a label gets another one at
    /// each reading, but comes at the same place.
    ranks: HashMap<(usize, usize), String>,
}

impl Locator {
    /// A locator of statements.
    pub fn new<'t>(sought: impl IntoIterator<Item = Statement<'t>>) -> Self {
        let mut locator = Self::default();
        for statement in sought {
            for term in [Some(statement.subject), statement.value].into_iter().flatten() {
                if let Term::BlankNode(node) = term {
                    locator.labels.insert(node.as_str().to_owned());
                }
            }
            locator.places.extend(statement.keys().map(|key| (key, None)));
        }
        locator.missing = locator.places.len();
        locator
    }

    /// Hears of all terms that the inputs have, in the order in which they came, to know blank nodes again
    /// that have no label.
    pub fn hear_of<'t>(&mut self, terms: impl IntoIterator<Item = TermRef<'t>>) {
        if self.labels.is_empty() {
            return;
        }
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for term in terms {
            let TermRef::BlankNode(node) = term else { continue };
            let Some(number) = input_of(node.as_str()) else { continue };
            let count = counts.entry(number).or_default();
            if self.labels.contains(node.as_str()) {
                self.ranks.insert((number, *count), node.as_str().to_owned());
            }
            *count += 1;
        }
    }

    /// Whether there is nothing left to look for.
    pub fn is_done(&self) -> bool {
        self.missing == 0
    }

    /// Looks through an input, from its start, until everything is found.
    ///
    /// # Errors
    /// The input cannot be read.
    pub fn read(&mut self, input: Input<'_>, text: impl Read) -> Result<(), ReadError> {
        let file = Arc::from(input.name);
        if input.syntax == RdfFormat::NTriples {
            return self.read_n_triples(input, &file, text);
        }
        let mut blank_nodes = BlankNodes { number: input.number, ranks: HashMap::new() };
        for triple in WithLines::new(input.syntax, input.base, text)? {
            if self.is_done() {
                break;
            }
            let (quad, line) = triple?;
            let subject = self.term(quad.subject.into(), &mut blank_nodes);
            let object = self.term(quad.object, &mut blank_nodes);
            let place = || Place { file: Arc::clone(&file), line };
            self.note(&subject, quad.predicate.as_str(), &object, &place);
        }
        Ok(())
    }

    /// Of N-Triples only lines with a subject that is looked for are parsed.
    fn read_n_triples(&mut self, input: Input<'_>, file: &Arc<str>, text: impl Read) -> Result<(), ReadError> {
        let mut text = BufReader::with_capacity(1 << 16, text);
        let mut bytes = Vec::new();
        let mut number = 0;
        while !self.is_done() {
            bytes.clear();
            if text.read_until(b'\n', &mut bytes).map_err(oxrdfio::RdfParseError::Io)? == 0 {
                break;
            }
            number += 1;
            let Ok(line) = str::from_utf8(&bytes) else { continue };
            if !self.may_concern(line, input.number) {
                continue;
            }
            let place = || Place { file: Arc::clone(file), line: Some(number) };
            for quad in RdfParser::from_format(RdfFormat::NTriples).for_slice(line) {
                let Quad { subject, predicate, object, .. } = quad.map_err(oxrdfio::RdfParseError::Syntax)?;
                let [subject, object] = [subject.into(), object].map(|term| of_input(term, input.number));
                self.note(&subject, predicate.as_str(), &object, &place);
            }
        }
        Ok(())
    }

    /// Whether a line of N-Triples may have a subject that is looked for.
    fn may_concern(&self, line: &str, number: usize) -> bool {
        let line = line.trim_start();
        if let Some(blank) = line.strip_prefix("_:") {
            let end = blank.find([' ', '\t', '<']).unwrap_or(blank.len());
            let label = blank.get(..end).unwrap_or(blank);
            return !self.labels.is_empty() && self.labels.contains(&in_input(number, label));
        }
        let subject = line.find('>').and_then(|end| line.get(..=end)).unwrap_or_default();
        subject.contains('\\') || self.places.contains_key(subject)
    }

    /// The term under the name that it has in what is looked for.
    fn term(&self, term: Term, blank_nodes: &mut BlankNodes) -> Term {
        match term {
            Term::BlankNode(_) if self.labels.is_empty() => term,
            Term::BlankNode(node) => {
                let rank = blank_nodes.rank(node.as_str());
                match self.ranks.get(&(blank_nodes.number, rank)) {
                    Some(label) => oxrdf::BlankNode::new_unchecked(label.as_str()).into(),
                    None => of_input(node.into(), blank_nodes.number),
                }
            }
            other => other,
        }
    }

    fn note(&mut self, subject: &Term, property: &str, value: &Term, place: &impl Fn() -> Place) {
        let subject = subject.to_string();
        if !self.places.contains_key(&subject) {
            return;
        }
        let of_property = format!("{subject} <{property}>");
        let triple = format!("{of_property} {value}");
        for key in [subject, of_property, triple] {
            if let Some(known @ None) = self.places.get_mut(&key) {
                *known = Some(place());
                self.missing -= 1;
            }
        }
    }

    /// The place of a statement; where its triple is in no file, that of another one with its property or its
    /// subject.
    pub fn place(&self, statement: Statement<'_>) -> Option<&Place> {
        statement.keys().find_map(|key| self.places.get(&key)?.as_ref())
    }
}

/// The blank nodes of an input, by the order in which they come.
struct BlankNodes {
    number: usize,
    ranks: HashMap<String, usize>,
}

impl BlankNodes {
    fn rank(&mut self, label: &str) -> usize {
        if let Some(known) = self.ranks.get(label) {
            return *known;
        }
        let rank = self.ranks.len();
        self.ranks.insert(label.to_owned(), rank);
        rank
    }
}

/// A blank node of an input under the label that tells its number; other terms as they are.
fn of_input(term: Term, number: usize) -> Term {
    match term {
        Term::BlankNode(node) => oxrdf::BlankNode::new_unchecked(in_input(number, node.as_str())).into(),
        other => other,
    }
}

fn in_input(number: usize, label: &str) -> String {
    format!("input{number}_{label}")
}

/// The number of the input that a label tells.
fn input_of(label: &str) -> Option<usize> {
    label.strip_prefix("input")?.split_once('_')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::{BlankNode, Literal};

    const FILE: &str = "data.ttl";

    fn iri(local: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("http://e/{local}"))
    }

    fn input(syntax: RdfFormat) -> Input<'static> {
        Input { number: 1, name: FILE, syntax, base: "http://e/" }
    }

    /// Where a statement is found in a text, as `file:line`.
    fn found(syntax: RdfFormat, text: &str, statement: Statement<'_>) -> Option<String> {
        let mut locator = Locator::new([statement]);
        locator.read(input(syntax), text.as_bytes()).unwrap();
        locator.place(statement).map(ToString::to_string)
    }

    #[test]
    fn a_triple_is_found_or_else_its_property_or_else_its_subject() {
        let turtle = "@prefix e: <http://e/> .\ne:s a e:T ;\n  e:p \"x\" , \"y\"@EN ,\n 5 .\n";
        let lines = "# \n<http://e/s> <http://e/q> <http://e/o> .\n<http://e/s><http://e/p> \"x\" .\n\
            <http://e/s> <http://e/p> \"y\"@EN .\n";
        let (subject, property) = (Term::from(iri("s")), iri("p"));
        let english = Term::from(Literal::new_language_tagged_literal_unchecked("y", "en"));
        let absent = Term::from(Literal::from("z"));
        let other = iri("absent");
        for (syntax, text, places) in
            [(RdfFormat::Turtle, turtle, ["3", "3", "2"]), (RdfFormat::NTriples, lines, ["4", "3", "2"])]
        {
            let place = |property, value| found(syntax, text, Statement { subject: &subject, property, value });
            let expected = places.map(|line| Some(format!("{FILE}:{line}")));
            assert_eq!(place(Some(&property), Some(&english)), expected[0], "{syntax}");
            assert_eq!(place(Some(&property), Some(&absent)), expected[1], "{syntax}");
            assert_eq!(place(Some(&other), None), expected[2], "{syntax}");
        }
        let unknown = Term::from(iri("unknown"));
        assert_eq!(
            found(RdfFormat::NTriples, lines, Statement { subject: &unknown, property: None, value: None }),
            None
        );
    }

    #[test]
    fn an_iri_that_is_written_with_escapes_is_found() {
        let subject = Term::from(iri("sé"));
        let text =
            "<http://e/a> <http://e/p> 1 .\n<http://e/s\\u00E9> <http://e/p> \"1\" .\n".replace(" 1 ", " \"1\" ");
        let place = found(RdfFormat::NTriples, &text, Statement { subject: &subject, property: None, value: None });
        assert_eq!(place.as_deref(), Some("data.ttl:2"));
    }

    #[test]
    fn blank_nodes_are_known_by_their_label_and_their_input() {
        let text = "_:a <http://e/p> _:b .\n";
        let label = |text: &str| Term::from(BlankNode::new_unchecked(text));
        let (first, second) = (label("input1_a"), label("input2_a"));
        let find = |subject| found(RdfFormat::NTriples, text, Statement { subject, property: None, value: None });
        assert_eq!(find(&first).as_deref(), Some("data.ttl:1"));
        assert_eq!(find(&second), None);
    }

    #[test]
    fn a_blank_node_without_a_label_is_known_by_its_place_among_them() {
        let text = "<http://e/s> <http://e/p> [\n <http://e/q> 1 ] ,\n [\n <http://e/q> 2 ] .\n";
        let labels = ["input1_f00", "input1_ba2"].map(BlankNode::new_unchecked);
        let second = Term::from(labels[1].clone());
        let property = iri("q");
        let statement = Statement { subject: &second, property: Some(&property), value: None };
        let mut locator = Locator::new([statement]);
        locator.hear_of(labels.iter().map(|label| label.as_ref().into()));
        locator.read(input(RdfFormat::Turtle), text.as_bytes()).unwrap();
        assert_eq!(locator.place(statement).unwrap().to_string(), "data.ttl:4");
    }

    #[test]
    fn reading_ends_when_everything_is_found() {
        let subject = Term::from(iri("s"));
        let text = "<http://e/s> <http://e/p> <http://e/o> .\nthis is no line of N-Triples\n";
        for syntax in [RdfFormat::Turtle, RdfFormat::NTriples] {
            let place = found(syntax, text, Statement { subject: &subject, property: None, value: None });
            assert_eq!(place.as_deref(), Some("data.ttl:1"));
        }
    }
}

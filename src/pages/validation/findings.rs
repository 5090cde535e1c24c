//! From a validation report to what its page says.

use super::super::property;
use super::super::publication::local_name;
use super::super::record::Surroundings;
use super::super::site::{Link, Text};
use super::{Example, Finding, Verdict};
use crate::rdf::Term;
use crate::shacl::{self, Report, ResultPath, Severity, ValidationResult};
use crate::vocab::xsd;

/// How many results of a finding a page shows.
pub const EXAMPLES: usize = 5;

/// How many characters of a value a page shows: enough to know it again.
const SHOWN_OF_VALUE: usize = 300;

impl Surroundings<'_> {
    /// What the page says of a report on so many triples. `line_of` tells where a
    /// result stands in the data, as far as it is known.
    pub fn verdict(
        &self,
        report: &Report,
        triples: usize,
        line_of: impl Fn(&ValidationResult) -> Option<u64>,
    ) -> Verdict {
        let finding = |finding: &shacl::Finding<'_>| self.finding(finding, &line_of);
        Verdict {
            triples,
            violations: report.count(Severity::Violation),
            warnings: report.count(Severity::Warning),
            infos: report.count(Severity::Info),
            omitted: report.omitted,
            findings: report.findings().iter().map(finding).collect(),
        }
    }

    /// The shapes that data are validated against, and where they are described.
    pub fn shapes_validated_against(&self) -> Vec<Link> {
        let names = self.language.words().validation.shapes_of;
        let link = |(path, name)| Link {
            href: format!("{}{path}", self.pages),
            label: self.language.text(name),
            notation: None,
        };
        ["shapes", "shapes/cpsv-ap"].into_iter().zip(names).map(link).collect()
    }

    fn finding(&self, found: &shacl::Finding<'_>, line_of: &impl Fn(&ValidationResult) -> Option<u64>) -> Finding {
        let source = found.source;
        let message = found.results.first().and_then(|result| self.best(result.messages()));
        let message = message.unwrap_or_else(|| Text::plain(local_name(source.component.as_str())));
        let path = found.results.first().and_then(|result| result.path());
        let example = |result: &&ValidationResult| self.example(result, &message, line_of);
        Finding {
            severity: source.gravity(),
            is_dangling: found.is_dangling,
            property: self.best(&source.names).or_else(|| self.name_of(path?)),
            path: path.map(text_of),
            shape: self.shape(&source.shape),
            count: found.results.len(),
            examples: found.results.iter().take(EXAMPLES).map(example).collect(),
            message,
        }
    }

    fn example(
        &self,
        result: &ValidationResult,
        shared: &Text,
        line_of: &impl Fn(&ValidationResult) -> Option<u64>,
    ) -> Example {
        let datatype = match &result.value {
            Some(Term::Literal(literal)) if literal.language().is_none() && literal.datatype() != xsd::STRING => {
                let iri = literal.datatype().as_str();
                Some(property::short(iri).unwrap_or_else(|| iri.to_owned()))
            }
            _ => None,
        };
        Example {
            focus: name_in_data(&result.focus),
            value: result.value.as_ref().and_then(value),
            datatype,
            message: self.best(result.messages()).filter(|message| message != shared),
            line: line_of(result),
        }
    }

    /// What people call the property that a path is.
    fn name_of(&self, path: &ResultPath) -> Option<Text> {
        match path {
            ResultPath::Predicate(predicate) => Some(property::name(predicate.as_str(), self.language)),
            _ => None,
        }
    }

    /// A shape with an IRI, and where it is described.
    fn shape(&self, shape: &Term) -> Option<Link> {
        let Term::NamedNode(iri) = shape else { return None };
        let (href, label) = (self.href(iri.as_str()), Text::plain(local_name(iri.as_str())));
        Some(Link { href, label, notation: None })
    }
}

/// A path in the syntax of SPARQL, with prefixes where they are known.
fn text_of(path: &ResultPath) -> String {
    path.map(&|predicate| property::short(predicate.as_str()).unwrap_or_else(|| predicate.to_string())).to_string()
}

/// What the data call a node: its IRI or its label; nothing where they give it no name.
fn name_in_data(node: &Term) -> Option<String> {
    match node {
        Term::NamedNode(iri) => Some(iri.as_str().to_owned()),
        Term::BlankNode(node) => label(node.as_str()).map(|label| format!("_:{label}")),
        Term::Literal(literal) => Some(shown(literal.value())),
    }
}

/// The label of a blank node as it was written: the number of the input stands before it. Nodes without one
/// are named by the parser, with 32 hexadecimal digits.
fn label(label: &str) -> Option<&str> {
    let written = label.strip_prefix("input").and_then(|rest| rest.split_once('_')).map_or(label, |(_, label)| label);
    let is_made_up = written.len() >= 24 && written.bytes().all(|byte| byte.is_ascii_hexdigit());
    (!is_made_up).then_some(written)
}

/// A value as a page shows it.
fn value(value: &Term) -> Option<Text> {
    match value {
        Term::Literal(literal) => {
            Some(Text { value: shown(literal.value()), language: literal.language().map(str::to_owned) })
        }
        node => name_in_data(node).map(Text::plain),
    }
}

/// The beginning of a text.
fn shown(text: &str) -> String {
    let mut characters = text.chars();
    let mut beginning: String = characters.by_ref().take(SHOWN_OF_VALUE).collect();
    if characters.next().is_some() {
        beginning.push('…');
    }
    beginning
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::{BlankNode, NamedNode};

    #[test]
    fn a_node_is_called_what_the_data_call_it() {
        let blank = |label: &str| name_in_data(&BlankNode::new_unchecked(label).into());
        assert_eq!(blank("input1_out"), Some("_:out".to_owned()));
        assert_eq!(blank("input12_a_b"), Some("_:a_b".to_owned()));
        assert_eq!(blank("input1_ff5a4bc7e2a1cc7931c994a10ffd5ef0"), None);
        let iri = NamedNode::new_unchecked("http://a.example/s");
        assert_eq!(name_in_data(&iri.into()), Some("http://a.example/s".to_owned()));
    }

    #[test]
    fn a_long_value_is_cut_between_characters() {
        assert_eq!(shown("é"), "é");
        let long = shown(&"é".repeat(SHOWN_OF_VALUE + 1));
        assert_eq!((long.chars().count(), long.chars().last()), (SHOWN_OF_VALUE + 1, Some('…')));
    }

    #[test]
    fn a_path_is_told_with_prefixes() {
        let predicate = |iri: &str| ResultPath::Predicate(NamedNode::new_unchecked(iri));
        let path = ResultPath::Sequence(vec![
            ResultPath::Inverse(Box::new(predicate("http://purl.org/dc/terms/title"))),
            predicate("http://a.example/p"),
        ]);
        assert_eq!(text_of(&path), "((^dct:title)/<http://a.example/p>)");
    }
}

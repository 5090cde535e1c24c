//! A report as text: what is wrong and how often, the gravest first, with a few examples of each.

use super::report::{Report, ResultPath, ValidationResult};
use super::summary::{Finding, Severity};
use crate::rdf::{Place, Preference, Prefixes, best_literal};
use crate::vocab::{sh, xsd};
use oxrdf::{Literal, Term};
use std::collections::HashSet;
use std::fmt;
use std::io::{self, Write};

/// How a report is put into words.
#[derive(Clone, Debug)]
pub struct Wording {
    /// The languages of the reader; what the engine says itself is English.
    pub languages: Preference,
    /// Prefixes that shorten names of properties and shapes.
    pub prefixes: Prefixes,
    /// How many results of a finding are shown.
    pub examples: usize,
}

/// The longest value that is shown in full, in characters.
const LONGEST_VALUE: usize = 100;

/// How many causes are shown of a value that should have conformed to another shape.
const CAUSES: usize = 3;

/// What is said of references that dangle.
const DANGLING: &str = "These references lead to nothing: the data do not describe what they name. \
    Correct the IRI, or add the description.";

/// Writes the findings of a report; nothing if there are none. `place` tells where a result stands in the files.
///
/// # Errors
/// The writer's.
pub fn write_text<'p>(
    report: &Report,
    wording: &Wording,
    place: &impl Fn(&ValidationResult) -> Option<&'p Place>,
    out: &mut impl Write,
) -> io::Result<()> {
    for finding in report.findings() {
        write_finding(&finding, wording, place, out)?;
    }
    Ok(())
}

fn write_finding<'p>(
    finding: &Finding<'_>,
    wording: &Wording,
    place: &impl Fn(&ValidationResult) -> Option<&'p Place>,
    out: &mut impl Write,
) -> io::Result<()> {
    let kind = if finding.is_dangling { ", dangling reference" } else { "" };
    let count = counted(finding.results.len(), "result", "results");
    write!(out, "{}{kind}, {count}", finding.source.gravity())?;
    if let Some(property) = property(finding, wording) {
        write!(out, ": {property}")?;
    }
    writeln!(out)?;
    if finding.is_dangling {
        writeln!(out, "  {DANGLING}")?;
    }
    if let Some(message) = best_literal(&finding.source.messages, &wording.languages) {
        writeln!(out, "  {}", on_one_line(message.value()))?;
    }
    writeln!(
        out,
        "  {} of {}",
        component(finding.source.component.as_str(), wording),
        shape(&finding.source.shape, wording)
    )?;
    for result in finding.results.iter().take(wording.examples) {
        write_example(result, wording, place(result), out)?;
    }
    let more = finding.results.len().saturating_sub(wording.examples);
    if more > 0 && wording.examples > 0 {
        writeln!(out, "    and {} more", grouped(more))?;
    }
    writeln!(out)
}

fn write_example(
    result: &ValidationResult,
    wording: &Wording,
    place: Option<&Place>,
    out: &mut impl Write,
) -> io::Result<()> {
    write!(out, "    ")?;
    if let Some(place) = place {
        write!(out, "{place}: ")?;
    }
    write!(out, "{}", term(&result.focus, wording))?;
    if let Some(value) = result.value.as_ref().filter(|value| **value != result.focus) {
        write!(out, ", value {}", term(value, wording))?;
    }
    writeln!(out)?;
    if let Some(message) = best_literal(&result.own_messages, &wording.languages) {
        writeln!(out, "      {}", on_one_line(message.value()))?;
    }
    for detail in result.details.iter().take(CAUSES) {
        let path = detail.path().map(|path| format!("{}: ", path_name(path, wording))).unwrap_or_default();
        let message = best_literal(detail.messages(), &wording.languages).map_or("", Literal::value);
        writeln!(out, "      because {path}{}", on_one_line(message))?;
    }
    Ok(())
}

/// The line that counts. `triples` is what was checked, in words; `passes`, whether it may go on.
pub fn tally(report: &Report, triples: &str, passes: bool) -> String {
    let count = |severity, one, many| counted(report.count(severity), one, many);
    let nodes: HashSet<&Term> = report.results.iter().map(|result| &result.focus).collect();
    let verdict = match (report.conforms(), passes) {
        (true, _) => "conforms",
        (false, true) => "conforms, with advice",
        (false, false) => "does not conform",
    };
    let omitted = match report.omitted {
        0 => String::new(),
        more => format!(" ({} not kept)", counted(more, "more result was", "more results were")),
    };
    format!(
        "{triples}, {} with results: {}, {}, {}{omitted}; {verdict}",
        counted(nodes.len(), "node", "nodes"),
        count(Severity::Violation, "violation", "violations"),
        count(Severity::Warning, "warning", "warnings"),
        count(Severity::Info, "info", "infos"),
    )
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Violation => "Violation",
            Self::Warning => "Warning",
            Self::Info => "Info",
        })
    }
}

/// What people call the property of a finding, and its path: `title (dct:title)`.
fn property(finding: &Finding<'_>, wording: &Wording) -> Option<String> {
    let path = finding.results.first().and_then(|result| result.path()).map(|path| path_name(path, wording));
    let name = best_literal(&finding.source.names, &wording.languages).map(|name| on_one_line(name.value()));
    match (name, path) {
        (Some(name), Some(path)) => Some(format!("{name} ({path})")),
        (name, path) => name.or(path),
    }
}

/// A path in the syntax of SPARQL, its predicates shortened.
fn path_name(path: &ResultPath, wording: &Wording) -> String {
    let text = path.map(&|predicate| iri(predicate.as_str(), wording)).to_string();
    let inner = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    inner.filter(|inner| !inner.contains(['(', ')'])).map_or(text.clone(), str::to_owned)
}

/// `sh:minCount` for `sh:MinCountConstraintComponent`; other components as they are.
fn component(component: &str, wording: &Wording) -> String {
    let local = component.strip_prefix(sh::NAMESPACE).and_then(|local| local.strip_suffix("ConstraintComponent"));
    let mut letters = local.unwrap_or_default().chars();
    match letters.next() {
        Some(first) => format!("sh:{}{}", first.to_lowercase(), letters.as_str()),
        None => iri(component, wording),
    }
}

fn shape(shape: &Term, wording: &Wording) -> String {
    match shape {
        Term::NamedNode(name) => iri(name.as_str(), wording),
        _ => "a shape without a name".to_owned(),
    }
}

fn iri(iri: &str, wording: &Wording) -> String {
    wording.prefixes.shorten(iri).unwrap_or_else(|| format!("<{iri}>"))
}

/// A term of the data; a long one is cut.
fn term(term: &Term, wording: &Wording) -> String {
    let text = match term {
        Term::BlankNode(node) => label(node.as_str()).map_or_else(|| "[]".to_owned(), |label| format!("_:{label}")),
        Term::Literal(literal) if literal.language().is_none() && literal.datatype() != xsd::STRING => {
            let value = Literal::from(literal.value());
            format!("{value}^^{}", iri(literal.datatype().as_str(), wording))
        }
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) if !term.is_named_node() => format!("{}…", text.get(..end).unwrap_or(&text)),
        _ => text,
    }
}

/// The label of a blank node as it stands in its file; nothing for one that a parser made, which means nothing to
/// people.
fn label(label: &str) -> Option<&str> {
    let own = label.strip_prefix("input").and_then(|rest| rest.split_once('_')).map_or(label, |(_, own)| own);
    let is_made = own.len() >= 24 && own.bytes().all(|byte| byte.is_ascii_hexdigit());
    (!is_made).then_some(own)
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A count and what is counted.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A number with commas between its thousands.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::read_turtle;
    use crate::shacl::{Limits, Shapes, validate};
    use crate::snapshot::Snapshot;
    use oxrdf::Graph;

    const SHAPES: &str = r#"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .
        @prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        e:Service sh:targetClass e:Service ; sh:property e:Service-title, e:Service-number, e:Service-office .
        e:Service-title sh:path dct:title ; sh:minCount 1 ; sh:severity sh:Warning ;
            sh:name "name"@en, "Name"@de ; sh:message "It has no name."@en, "Ein Name\n fehlt."@de .
        e:Service-number sh:path dct:identifier ; sh:datatype xsd:string ; sh:message "No text." .
        e:Service-office sh:path (e:office [ sh:zeroOrOnePath e:part ]) ; sh:class e:Office ; sh:message "No office." ."#;

    const DATA: &str = r#"@prefix e: <http://e/> . @prefix dct: <http://purl.org/dc/terms/> .
        e:1 a e:Service ; dct:identifier 7 . e:2 a e:Service ; e:office e:nowhere .
        e:3 a e:Service ; dct:title "x" ; e:office e:2 ."#;

    fn report() -> Report {
        let read = |text: &str| read_turtle(text.as_bytes(), "http://e/").unwrap();
        let shapes = Shapes::parse(&read(SHAPES).iter().collect::<Graph>()).unwrap();
        validate(&shapes, &Snapshot::of(read(DATA)), Limits::default()).unwrap()
    }

    fn text(language: &str, examples: usize) -> String {
        let prefixes = Prefixes::new([("e".to_owned(), "http://e/".to_owned())]);
        let wording = Wording { languages: Preference::new([language]), prefixes, examples };
        let place = Place { file: "data.ttl".into(), line: Some(12) };
        let known = |result: &ValidationResult| result.focus.to_string().ends_with("/1>").then_some(&place);
        let mut out = Vec::new();
        write_text(&report(), &wording, &known, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn findings_come_with_property_message_shape_and_examples() {
        let text = text("de-at", 5);
        assert!(
            text.contains(
                "Violation, 1 result: dct:identifier\n  No text.\n  sh:datatype of e:Service-number\n    \
             data.ttl:12: <http://e/1>, value \"7\"^^xsd:integer\n\n"
            ),
            "{text}"
        );
        assert!(text.contains("Warning, 2 results: name (dct:title)\n  It has no name.\n"), "{text}");
        assert!(text.find("Warning").unwrap() > text.rfind("Violation").unwrap(), "the gravest comes first: {text}");
    }

    #[test]
    fn messages_and_names_are_in_the_language_of_the_reader() {
        assert!(text("de", 5).contains("Warning, 2 results: Name (dct:title)\n  Ein Name fehlt.\n"));
    }

    #[test]
    fn references_that_dangle_are_a_finding_of_their_own() {
        let text = text("en", 5);
        assert!(
            text.contains(&format!(
                "Violation, dangling reference, 1 result: (e:office/(e:part)?)\n  {DANGLING}\n  No office.\n"
            )),
            "{text}"
        );
        assert!(text.contains("Violation, 1 result: (e:office/(e:part)?)\n  No office.\n"), "{text}");
    }

    #[test]
    fn only_some_examples_are_shown_and_the_others_counted() {
        let one = text("en", 1);
        assert!(one.contains("    data.ttl:12: <http://e/1>\n    and 1 more\n"), "{one}");
        assert!(!text("en", 0).contains("http://e/1"));
    }

    #[test]
    fn the_last_line_counts() {
        let mut report = report();
        let line = "8 triples, 3 nodes with results: 3 violations, 2 warnings, 0 infos; does not conform";
        assert_eq!(tally(&report, "8 triples", false), line);
        report.results.retain(|result| !result.is_violation());
        assert!(tally(&report, "8 triples", true).ends_with("0 infos; conforms, with advice"));
        report.omitted = 1234;
        assert!(tally(&report, "8 triples", false).contains("0 infos (1,234 more results were not kept); does not"));
        assert!(tally(&Report::default(), "8 triples", true).ends_with("0 infos; conforms"));
    }

    #[test]
    fn a_long_value_is_cut_and_a_label_that_a_parser_made_is_not_shown() {
        let wording = Wording { languages: Preference::default(), prefixes: Prefixes::new([]), examples: 1 };
        let long = term(&Literal::from("é".repeat(500)).into(), &wording);
        assert_eq!(long.chars().count(), LONGEST_VALUE + 1);
        let blank = |label: &str| term(&oxrdf::BlankNode::new_unchecked(label).into(), &wording);
        assert_eq!(blank("input2_office"), "_:office");
        assert_eq!(blank("input1_edd6695dde65e5aed75ef55372ea5388"), "[]");
    }
}

//! A report as a plain JSON object, for programs that know no RDF (`docs/API.md` describes it).

use super::report::{Report, ValidationResult};
use super::summary::Severity;
use crate::rdf::Place;
use oxrdf::{Literal, Term};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes a report of so many triples; `place` tells where a result stands in the files, `passes` what the
/// verdict is.
///
/// # Errors
/// The writer's.
pub fn write_json<'p>(
    report: &Report,
    triples: usize,
    passes: bool,
    place: &impl Fn(&ValidationResult) -> Option<&'p Place>,
    out: &mut impl Write,
) -> io::Result<()> {
    let counts = Counts {
        violation: report.count(Severity::Violation),
        warning: report.count(Severity::Warning),
        info: report.count(Severity::Info),
        omitted: report.omitted,
    };
    let results = Results { report, place };
    serde_json::to_writer(&mut *out, &Whole { conforms: report.conforms(), passes, triples, counts, results })?;
    writeln!(out)
}

#[derive(Serialize)]
struct Whole<R> {
    conforms: bool,
    passes: bool,
    triples: usize,
    counts: Counts,
    results: R,
}

#[derive(Serialize)]
struct Counts {
    violation: usize,
    warning: usize,
    info: usize,
    omitted: usize,
}

/// The results, each made when it is written.
struct Results<'r, P> {
    report: &'r Report,
    place: P,
}

impl<'p, P: Fn(&ValidationResult) -> Option<&'p Place>> Serialize for Results<'_, P> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.report.results.iter().map(|result| One::of(result, (self.place)(result))))
    }
}

/// A result.
#[derive(Serialize)]
struct One<'r> {
    focus: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Encoded<'r>>,
    severity: &'static str,
    component: &'r str,
    shape: String,
    name: BTreeMap<&'r str, &'r str>,
    messages: BTreeMap<&'r str, &'r str>,
    dangling: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<Self>,
}

impl<'r> One<'r> {
    fn of(result: &'r ValidationResult, place: Option<&'r Place>) -> Self {
        Self {
            focus: plain(&result.focus),
            path: result.path().map(ToString::to_string),
            value: result.value.as_ref().map(Encoded::of),
            severity: word(result.source.gravity()),
            component: result.source.component.as_str(),
            shape: plain(&result.source.shape),
            name: by_language(&result.source.names),
            messages: by_language(result.messages()),
            dangling: result.is_dangling,
            file: place.map(|place| &*place.file),
            line: place.and_then(|place| place.line),
            details: result.details.iter().map(|detail| Self::of(detail, None)).collect(),
        }
    }
}

/// A term as the results of SPARQL have it: <https://www.w3.org/TR/sparql11-results-json/#select-encode-terms>.
#[derive(Serialize)]
struct Encoded<'r> {
    r#type: &'static str,
    value: &'r str,
    #[serde(rename = "xml:lang", skip_serializing_if = "Option::is_none")]
    language: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    datatype: Option<&'r str>,
}

impl<'r> Encoded<'r> {
    fn of(term: &'r Term) -> Self {
        let without = |r#type, value| Self { r#type, value, language: None, datatype: None };
        match term {
            Term::NamedNode(iri) => without("uri", iri.as_str()),
            Term::BlankNode(node) => without("bnode", node.as_str()),
            Term::Literal(literal) => {
                let datatype = Some(literal.datatype().as_str())
                    .filter(|_| literal.language().is_none() && literal.datatype() != crate::vocab::xsd::STRING);
                Self { language: literal.language(), datatype, ..without("literal", literal.value()) }
            }
        }
    }
}

/// An IRI as it is, other terms as in N-Triples.
fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(iri) => iri.as_str().to_owned(),
        other => other.to_string(),
    }
}

/// Texts by their language, `""` for those without; one for each.
fn by_language(texts: &[Literal]) -> BTreeMap<&str, &str> {
    texts.iter().map(|text| (text.language().unwrap_or_default(), text.value())).collect()
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Violation => "violation",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::read_turtle;
    use crate::shacl::{Limits, Shapes, validate};
    use crate::snapshot::Snapshot;
    use oxrdf::Graph;
    use serde_json::json;

    #[test]
    fn a_result_has_its_terms_its_texts_and_its_place() {
        let read = |text: &str| read_turtle(text.as_bytes(), "http://e/").unwrap();
        let shapes = r#"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .
            e:S sh:targetClass e:C ; sh:property e:P .
            e:P sh:path e:p ; sh:datatype e:other ; sh:severity sh:Info ; sh:name "name"@en ;
                sh:message "Wrong."@en, "Falsch."@de, "?" ."#;
        let shapes = Shapes::parse(&read(shapes).iter().collect::<Graph>()).unwrap();
        let data = read("<http://e/1> a <http://e/C> ; <http://e/p> 5 .");
        let report = validate(&shapes, &Snapshot::of(data), Limits::default()).unwrap();
        let place = Place { file: "data.ttl".into(), line: Some(3) };
        let mut out = Vec::new();
        write_json(&report, 2, true, &|_| Some(&place), &mut out).unwrap();
        let expected = json!({
            "conforms": false, "passes": true, "triples": 2,
            "counts": { "violation": 0, "warning": 0, "info": 1, "omitted": 0 },
            "results": [{
                "focus": "http://e/1", "path": "<http://e/p>",
                "value": { "type": "literal", "value": "5", "datatype": "http://www.w3.org/2001/XMLSchema#integer" },
                "severity": "info", "component": "http://www.w3.org/ns/shacl#DatatypeConstraintComponent",
                "shape": "http://e/P", "name": { "en": "name" },
                "messages": { "": "?", "de": "Falsch.", "en": "Wrong." },
                "dangling": false, "file": "data.ttl", "line": 3
            }]
        });
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&out).unwrap(), expected);
    }

    #[test]
    fn terms_are_those_of_sparql_results() {
        let value = |term: Term| serde_json::to_value(Encoded::of(&term)).unwrap();
        let tagged = Literal::new_language_tagged_literal_unchecked("x", "nl");
        assert_eq!(value(tagged.into()), json!({ "type": "literal", "value": "x", "xml:lang": "nl" }));
        assert_eq!(value(Literal::from("x").into()), json!({ "type": "literal", "value": "x" }));
        let iri = oxrdf::NamedNode::new_unchecked("http://e/");
        assert_eq!(value(iri.into()), json!({ "type": "uri", "value": "http://e/" }));
    }
}

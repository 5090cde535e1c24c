//! A report as the EU Interoperability Test Bed has it: GITB TRL, a `TAR` with a `BAR` for each result, in XML or
//! JSON.
//!
//! <https://www.itb.ec.europa.eu/specs/tr/>. The counter of assertions holds what is only information.

use crate::rdf::{Literal, Preference, Term, best_literal, writable_in_xml};
use crate::shacl::{Report, Severity, ValidationResult};
use oxsdatatypes::DateTime;
use serde_json::{Map, Value, json};

/// The namespace of reports.
const REPORTS: &str = "http://www.gitb.com/tr/v1/";

/// The namespace of what reports embed.
const CORE: &str = "http://www.gitb.com/core/v1/";

/// The kinds of item, and what a kind is called.
const KINDS: [(Severity, &str); 3] =
    [(Severity::Violation, "error"), (Severity::Warning, "warning"), (Severity::Info, "info")];

/// A report of the Test Bed.
#[derive(Clone, Debug)]
pub(super) struct TestReport<'r> {
    report: &'r Report,
    /// The languages of messages.
    reader: &'r Preference,
    /// The validation type, where one was named.
    profile: Option<&'r str>,
    /// The data, where they are wished for.
    input: Option<&'r str>,
    date: String,
}

/// One result as the Test Bed tells it.
struct Item {
    description: String,
    location: String,
    test: String,
}

impl<'r> TestReport<'r> {
    pub(super) fn new(
        report: &'r Report,
        reader: &'r Preference,
        profile: Option<&'r str>,
        input: Option<&'r str>,
    ) -> Self {
        Self { report, reader, profile, input, date: DateTime::now().to_string() }
    }

    /// The report in JSON.
    pub(super) fn json(&self) -> Value {
        let mut overview = json!({ "validationServiceName": "European Service List" });
        let mut items = Map::new();
        for (severity, kind) in KINDS {
            let of_kind: Vec<Value> = self
                .items(severity)
                .map(|item| json!({ "description": item.description, "location": item.location, "test": item.test }))
                .collect();
            if !of_kind.is_empty() {
                items.insert(kind.to_owned(), of_kind.into());
            }
        }
        if let (Some(profile), Some(overview)) = (self.profile, overview.as_object_mut()) {
            overview.insert("profileID".to_owned(), profile.into());
        }
        if let (Some(note), Some(overview)) = (self.note(), overview.as_object_mut()) {
            overview.insert("note".to_owned(), note.into());
        }
        let mut report = json!({
            "name": "SHACL Validation",
            "date": self.date,
            "result": self.result(),
            "overview": overview,
            "counters": {
                "nrOfAssertions": self.report.count(Severity::Info),
                "nrOfErrors": self.report.count(Severity::Violation),
                "nrOfWarnings": self.report.count(Severity::Warning),
            },
            "reports": items,
        });
        if let (Some(input), Some(report)) = (self.input, report.as_object_mut()) {
            let item = json!({ "name": "input", "type": "string", "embeddingMethod": "STRING", "value": input });
            report.insert("context".to_owned(), json!({ "type": "map", "items": [item] }));
        }
        report
    }

    /// The report in XML. What XML cannot hold stands there as U+FFFD.
    pub(super) fn xml(&self) -> String {
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TestStepReport xmlns=\"{REPORTS}\" xmlns:gitb=\"{CORE}\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"TAR\" name=\"SHACL Validation\">\n"
        );
        xml += &element("date", &self.date);
        xml += &element("result", self.result());
        xml += "<overview>\n";
        xml += &self.profile.map_or_else(String::new, |profile| element("profileID", profile));
        xml += &element("validationServiceName", "European Service List");
        xml += &self.note().map_or_else(String::new, |note| element("note", &note));
        xml += "</overview>\n<counters>\n";
        xml += &element("nrOfAssertions", &self.report.count(Severity::Info).to_string());
        xml += &element("nrOfErrors", &self.report.count(Severity::Violation).to_string());
        xml += &element("nrOfWarnings", &self.report.count(Severity::Warning).to_string());
        xml += "</counters>\n";
        if let Some(input) = self.input {
            xml += "<context type=\"map\"><gitb:item name=\"input\" type=\"string\" embeddingMethod=\"STRING\">";
            xml += &element("gitb:value", input);
            xml += "</gitb:item></context>\n";
        }
        xml += &self.xml_items();
        xml += "</TestStepReport>\n";
        xml
    }

    /// The items in XML; nothing where there are none, since the schema wants one at least.
    fn xml_items(&self) -> String {
        let mut items = String::new();
        for (severity, kind) in KINDS {
            for item in self.items(severity) {
                let parts = [
                    &format!("<{kind} xsi:type=\"BAR\">\n"),
                    &element("description", &item.description),
                    &element("location", &item.location),
                    &element("test", &item.test),
                    &format!("</{kind}>\n"),
                ];
                items.extend(parts.map(String::as_str));
            }
        }
        if items.is_empty() { items } else { format!("<reports>\n{items}</reports>\n") }
    }

    /// The verdict: data fail by violations alone.
    fn result(&self) -> &'static str {
        if self.report.violations().next().is_some() {
            "FAILURE"
        } else if self.report.conforms() {
            "SUCCESS"
        } else {
            "WARNING"
        }
    }

    /// How many results are not told, if any.
    fn note(&self) -> Option<String> {
        let omitted = self.report.omitted;
        (omitted > 0).then(|| format!("{omitted} more results were found than are listed here."))
    }

    fn items(&self, severity: Severity) -> impl Iterator<Item = Item> + use<'_, 'r> {
        let of_severity = move |result: &&ValidationResult| result.source.gravity() == severity;
        self.report.results.iter().filter(of_severity).map(|result| self.item(result))
    }

    fn item(&self, result: &ValidationResult) -> Item {
        let description = best_literal(result.messages(), self.reader).map(Literal::value);
        let path = result.path().map(ToString::to_string);
        let path = path.as_deref().map(|path| path.trim_start_matches('<').trim_end_matches('>'));
        Item {
            description: description.unwrap_or(result.source.component.as_str()).to_owned(),
            location: labelled(&[("Focus node", Some(&text_of(&result.focus))), ("Result path", path)]),
            test: labelled(&[
                ("Shape", Some(&text_of(&result.source.shape))),
                ("Value", result.value.as_ref().map(text_of).as_deref()),
            ]),
        }
    }
}

/// Parts with their labels, as the Test Bed writes them.
fn labelled(parts: &[(&str, Option<&str>)]) -> String {
    let told = parts.iter().filter_map(|(label, value)| {
        let value = value.filter(|value| !value.is_empty())?;
        Some(format!("[{label}] - [{value}]"))
    });
    told.collect::<Vec<_>>().join(" - ")
}

/// A term by its IRI, its text or its label.
fn text_of(term: &Term) -> String {
    match term {
        Term::NamedNode(iri) => iri.as_str().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}

/// An element with a text.
fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>\n", writable_in_xml(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_xml_is_escaped_and_holds_no_character_that_xml_cannot() {
        assert_eq!(element("a", "<b>&\u{1}\r\n"), "<a>&lt;b&gt;&amp;\u{FFFD}&#13;\n</a>\n");
    }

    #[test]
    fn a_part_without_a_value_is_left_out() {
        assert_eq!(labelled(&[("Shape", Some("a")), ("Value", None)]), "[Shape] - [a]");
        assert_eq!(labelled(&[("Shape", Some("a")), ("Value", Some("b"))]), "[Shape] - [a] - [Value] - [b]");
    }
}

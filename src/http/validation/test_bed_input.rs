//! What clients of the EU Interoperability Test Bed send: JSON that holds the data, how they are embedded, and
//! what is wished of the report.
//!
//! <https://www.itb.ec.europa.eu/docs/guides/latest/validatingRDF/>

use super::super::negotiate;
use super::super::problem::{Problem, ProblemType};
use super::super::rdf_text::{RdfText, syntax};
use super::validator::{Against, RuleSet};
use crate::pages::Language;
use crate::rdf::Syntax;
use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

/// The most that shapes of one request may take together, in bytes.
const RULES_LIMIT: usize = 2 << 20;

/// One validation that is asked for. Members that are not known are ignored, as the Test Bed does.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    content_to_validate: Option<String>,
    embedding_method: Option<String>,
    content_syntax: Option<String>,
    validation_type: Option<String>,
    report_syntax: Option<String>,
    #[serde(default)]
    external_rules: Option<Vec<Rules>>,
    locale: Option<String>,
    add_input_to_report: Option<bool>,
    load_imports: Option<bool>,
    report_query: Option<String>,
    content_query: Option<String>,
}

/// Shapes that are sent along.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rules {
    rule_set: String,
    embedding_method: Option<String>,
    rule_syntax: Option<String>,
}

/// A validation that can be done.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub data: RdfText,
    pub against: Against,
    pub report: ReportForm,
    /// The language of messages, where a report has one.
    pub language: Language,
    /// Whether the data are told in a report of the Test Bed.
    pub adds_input: bool,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReportForm {
    /// A SHACL validation report.
    Rdf(Syntax),
    /// A report of the Test Bed in XML, under this media type.
    Xml(&'static str),
    /// A report of the Test Bed in JSON.
    Json,
}

impl ReportForm {
    /// Every form, what a client gets that takes anything in front.
    pub(super) const ALL: [Self; 7] = [
        Self::Rdf(Syntax::RdfXml),
        Self::Rdf(Syntax::JsonLd),
        Self::Rdf(Syntax::Turtle),
        Self::Rdf(Syntax::NTriples),
        Self::Xml("application/xml"),
        Self::Xml("text/xml"),
        Self::Json,
    ];

    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Rdf(syntax) => syntax.media_type(),
            Self::Xml(media_type) => media_type,
            Self::Json => "application/json",
        }
    }

    /// The form that `reportSyntax` names, or else the one that `Accept` wants most.
    fn choose(named: Option<&str>, headers: &HeaderMap) -> Result<Self, Problem> {
        let offers = || Self::ALL.into_iter().map(|form| (form.media_type(), form));
        let Some(named) = named else {
            return negotiate::choose(headers, offers()).ok_or_else(|| {
                let detail = format!("the report is available as {}", Self::media_types());
                Problem::new(ProblemType::NotAcceptable, detail)
            });
        };
        let wanted = super::super::body::essence(named);
        offers()
            .find(|(media_type, _)| *media_type == wanted)
            .map(|(_, form)| form)
            .ok_or_else(|| unknown("reportSyntax", named, &Self::media_types()))
    }

    fn media_types() -> String {
        Self::ALL.map(Self::media_type).join(", ")
    }
}

impl Input {
    /// What is asked for, in terms of this server.
    ///
    /// # Errors
    /// 400 for what is not done here or has an unknown value; it lists the values there are.
    pub(super) fn wish(self, headers: &HeaderMap) -> Result<Wish, Problem> {
        self.refuse_what_is_not_done()?;
        let report = ReportForm::choose(self.report_syntax.as_deref(), headers)?;
        let rule_set = self.validation_type.as_deref().map(rule_set_named).transpose()?;
        let content = self.content_to_validate.ok_or_else(|| {
            Problem::new(ProblemType::BadRequest, "contentToValidate is missing; it holds the data to validate")
        })?;
        let embedded = Embedded { member: "contentToValidate", text: content, method: self.embedding_method };
        let syntax = self.content_syntax.as_deref();
        let data = embedded.rdf("contentToValidate".to_owned(), ("contentSyntax", syntax))?;
        let own = own_rules(self.external_rules.unwrap_or_default())?;
        Ok(Wish {
            data,
            against: Against { rule_set, own },
            report,
            language: self.locale.as_deref().and_then(language_of).unwrap_or(Language::English),
            adds_input: self.add_input_to_report.unwrap_or(false),
        })
    }

    /// Nothing is fetched here, and a report is given as it is.
    fn refuse_what_is_not_done(&self) -> Result<(), Problem> {
        let not_done = [
            (self.content_query.is_some(), "contentQuery", "nothing is fetched here; send the data themselves"),
            (self.load_imports == Some(true), "loadImports", "nothing is fetched here; send what is imported along"),
            (self.report_query.is_some(), "reportQuery", "reports are given as they are; query the report yourself"),
        ];
        match not_done.into_iter().find(|(is_asked, _, _)| *is_asked) {
            Some((_, member, remedy)) => {
                Err(Problem::new(ProblemType::BadRequest, format!("{member} is not done: {remedy}")))
            }
            None => Ok(()),
        }
    }
}

/// A text that stands in JSON.
struct Embedded {
    member: &'static str,
    text: String,
    method: Option<String>,
}

impl Embedded {
    /// The text as RDF in the syntax that is named, or in the one it looks like.
    fn rdf(self, name: String, (member, media_type): (&str, Option<&str>)) -> Result<RdfText, Problem> {
        let text = self.bytes()?;
        let format = match media_type {
            Some(media_type) => {
                syntax::of_media_type(media_type).ok_or_else(|| unknown(member, media_type, &syntax::media_types()))?
            }
            None => syntax::guess(&String::from_utf8_lossy(&text)),
        };
        Ok(RdfText { name, text: text.into(), format })
    }

    /// The bytes that are embedded. Where no method is named, an address is one and Base64 is Base64, since no
    /// RDF looks like either.
    fn bytes(self) -> Result<Vec<u8>, Problem> {
        let member = self.member;
        match self.method.as_deref() {
            Some("STRING") => Ok(self.text.into_bytes()),
            Some("BASE64") => decode(&self.text).ok_or_else(|| {
                Problem::new(ProblemType::BadRequest, format!("{member} is not Base64 (RFC 4648, section 4)"))
            }),
            Some("URL" | "URI") => Err(not_fetched(member)),
            Some(other) => {
                Err(unknown("embeddingMethod", other, "STRING, BASE64 (URL is refused: nothing is fetched here)"))
            }
            None if is_address(&self.text) => Err(not_fetched(member)),
            None => Ok(decode(&self.text).unwrap_or_else(|| self.text.into_bytes())),
        }
    }
}

/// Decodes Base64, which may be broken into lines.
fn decode(text: &str) -> Option<Vec<u8>> {
    let joined: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    STANDARD.decode(joined).ok()
}

fn is_address(text: &str) -> bool {
    let text = text.trim();
    ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme)) && !text.contains(char::is_whitespace)
}

fn not_fetched(member: &str) -> Problem {
    let detail = format!("{member} is an address, and nothing is fetched here; send the text as STRING or BASE64");
    Problem::new(ProblemType::BadRequest, detail)
}

fn unknown(member: &str, given: &str, allowed: &str) -> Problem {
    Problem::new(ProblemType::BadRequest, format!("{member} is {given:?}; it must be one of {allowed}"))
}

fn rule_set_named(name: &str) -> Result<RuleSet, Problem> {
    let allowed = RuleSet::ALL.map(RuleSet::name).join(", ");
    let known = RuleSet::ALL.into_iter().find(|rule_set| rule_set.name() == name);
    known.ok_or_else(|| unknown("validationType", name, &format!("{allowed}; leave it out for both")))
}

/// The shapes that are sent along, within their bound.
fn own_rules(all: Vec<Rules>) -> Result<Vec<RdfText>, Problem> {
    let numbered = (1..).zip(all);
    let own: Result<Vec<RdfText>, Problem> = numbered
        .map(|(number, rules)| {
            let text = Embedded { member: "ruleSet", text: rules.rule_set, method: rules.embedding_method };
            text.rdf(format!("externalRules, number {number}"), ("ruleSyntax", rules.rule_syntax.as_deref()))
        })
        .collect();
    let own = own?;
    if own.iter().map(|rules| rules.text.len()).sum::<usize>() > RULES_LIMIT {
        let detail = format!("externalRules may have {RULES_LIMIT} bytes together");
        return Err(Problem::new(ProblemType::BodyTooLarge, detail));
    }
    Ok(own)
}

/// The interface language of a locale such as `fr` or `fr_FR`.
fn language_of(locale: &str) -> Option<Language> {
    let primary = locale.split(['_', '-']).next().unwrap_or_default().to_ascii_lowercase();
    Language::ALL.into_iter().find(|language| language.data_tags().contains(&primary.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::RdfFormat;

    fn wish(json: &str) -> Result<Wish, Problem> {
        serde_json::from_str::<Input>(json).unwrap().wish(&HeaderMap::new())
    }

    #[test]
    fn what_is_left_out_is_told_by_the_content() {
        let wish = wish(r#"{"contentToValidate": "PGE+IDxiPiA8Yz4gLg==", "locale": "fr_FR", "more": 1}"#).unwrap();
        assert_eq!(wish.data.text, "<a> <b> <c> .");
        assert_eq!((wish.data.format, wish.language), (RdfFormat::Turtle, Language::French));
        assert_eq!((wish.report, wish.against.rule_set), (ReportForm::Rdf(Syntax::RdfXml), None));
    }

    #[test]
    fn an_unknown_value_is_refused_with_those_that_there_are() {
        for (json, member, allowed) in [
            (r#"{"contentToValidate": "", "validationType": "v2"}"#, "validationType", "v3.2.0, service-list"),
            (r#"{"contentToValidate": "", "contentSyntax": "text/csv"}"#, "contentSyntax", "text/turtle"),
            (r#"{"contentToValidate": "", "reportSyntax": "text/csv"}"#, "reportSyntax", "application/rdf+xml"),
            (r#"{"contentToValidate": "", "embeddingMethod": "FILE"}"#, "embeddingMethod", "STRING, BASE64"),
            (r#"{"contentToValidate": "http://a.example/b.ttl"}"#, "contentToValidate", "nothing is fetched"),
            (r#"{"contentToValidate": "x", "embeddingMethod": "URL"}"#, "contentToValidate", "nothing is fetched"),
            (r#"{"contentToValidate": "x", "loadImports": true}"#, "loadImports", "nothing is fetched"),
            (r#"{"contentToValidate": "x", "contentQuery": "x"}"#, "contentQuery", "nothing is fetched"),
            (r#"{"contentToValidate": "%", "embeddingMethod": "BASE64"}"#, "contentToValidate", "Base64"),
            ("{}", "contentToValidate", "missing"),
        ] {
            let problem = wish(json).unwrap_err();
            assert_eq!(problem.kind, ProblemType::BadRequest, "{json}");
            assert!(problem.detail.contains(member) && problem.detail.contains(allowed), "{json}: {}", problem.detail);
        }
    }
}

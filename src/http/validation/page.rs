//! The page to validate data on, and on it what came of them.

use super::super::problem::Problem;
use super::super::rdf_text::{RdfText, syntax};
use super::super::state::App;
use super::validator::Checked;
use crate::graph::RdfFormat;
use crate::pages::{self, Format, Language, Outcome, Refusal, Text, ValidationPage};
use crate::rdf::{Input, Locator};
use crate::shacl::ValidationResult;

/// The page, filled with data in a syntax, and with what came of them.
pub(super) fn page(
    app: &App,
    language: Language,
    (content, format): (&str, RdfFormat),
    outcome: Option<Outcome>,
) -> Result<Vec<u8>, Problem> {
    let site = &app.settings.site;
    let own = format!("{site}{}/validate", language.code());
    let syntaxes =
        syntax::ALL.iter().map(|it| Format { value: it.value.to_owned(), label: it.label.to_owned() }).collect();
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method's path is not general enough")]
    let shapes = app.with_view(language, |view| view.shapes_validated_against());
    let page = ValidationPage {
        canonical: Some(own.clone()),
        action: own,
        endpoint: format!("{site}validate"),
        test_bed: format!("{site}cpsv-ap/api/validate"),
        content: content.to_owned(),
        syntaxes,
        syntax: syntax::value_of(format).to_owned(),
        shapes,
        outcome,
    };
    Ok(pages::validation(&app.site(language, "validate"), &page)?.into_bytes())
}

/// What the page says of a validation of data, with lines where the data are what was sent.
pub(super) fn outcome(
    app: &App,
    language: Language,
    data: Option<&RdfText>,
    checked: &Result<Checked, Problem>,
) -> Outcome {
    match checked {
        Ok(checked) => {
            let locator = locator(app, data, checked);
            let line_of = |result: &ValidationResult| locator.place(result.statement())?.line;
            Outcome::Verdict(app.with_view(language, |view| view.verdict(&checked.report, checked.triples, line_of)))
        }
        Err(problem) => Outcome::Refused(Refusal {
            detail: Text::tagged(&problem.detail, "en"),
            line: problem.position.line,
            column: problem.position.column,
        }),
    }
}

/// Finds where the results that the page shows stand in the data, by a second reading.
fn locator(app: &App, data: Option<&RdfText>, checked: &Checked) -> Locator {
    let findings = checked.report.findings();
    let shown = findings.iter().flat_map(|finding| finding.results.iter().take(pages::EXAMPLES));
    let mut locator = Locator::new(shown.map(|result| result.statement()));
    locator.hear_of(checked.data.terms());
    let Some(data) = data else { return locator };
    let input = Input { number: 1, name: &data.name, syntax: data.format, base: app.base().as_str() };
    if let Err(error) = locator.read(input, &*data.text) {
        // It was read a moment ago, so this is odd, but a report without lines is still one.
        tracing::warn!(cause = %error, "data that were validated cannot be read again");
    }
    locator
}

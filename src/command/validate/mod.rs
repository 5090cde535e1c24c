//! `eusl validate`: files and shapes in, a report out.

mod data;
mod shapes;

use super::options::{FailOn, ReportForm, SettingOptions, Validate};
use super::{Ending, report};
use crate::rdf::{Locator, Place, Preference, Prefixes, Triple, write_turtle};
use crate::shacl::{self, Limits, Report, Severity, ValidationResult, Wording};
use anyhow::Result;
use data::Files;
use oxrdf::NamedNode;
use shapes::Rules;

pub(super) fn run(settings: SettingOptions, options: &Validate) -> Result<Ending> {
    let settings = settings.resolve()?;
    let files = Files::of(options, settings.base.as_str())?;
    let rules = Rules::of(options)?;
    let snapshot = files.read(rules.codes())?;
    let bar = report::progress("checking");
    let limits = Limits { results: options.max_results.unwrap_or(usize::MAX), ..Limits::default() };
    let found = shacl::validate(rules.shapes(), &snapshot, limits)?;
    bar.finish_and_clear();
    let locator = match options.report {
        ReportForm::Text => files.locate(shown(&found, options.examples), &snapshot),
        ReportForm::Json => files.locate(found.results.iter().collect(), &snapshot),
        ReportForm::Turtle => Locator::default(),
    };
    let passes = passes(&found, options.fail_on);
    let checked = Checked { report: found, triples: snapshot.len(), passes, locator };
    drop(snapshot);
    checked.write(options, rules.prefixes())?;
    checked.write_tally(options, !rules.codes().is_empty());
    Ok(if passes { Ending::Done } else { Ending::NotAll })
}

/// What was found, in how many triples and where, and whether it passes.
struct Checked {
    report: Report,
    triples: usize,
    passes: bool,
    locator: Locator,
}

impl Checked {
    fn write(&self, options: &Validate, prefixes: Prefixes) -> Result<()> {
        let place = |result: &ValidationResult| -> Option<&Place> { self.locator.place(result.statement()) };
        report::result(|mut out| match options.report {
            ReportForm::Text => {
                let languages = languages(options.lang.as_deref());
                let wording = Wording { languages, prefixes, examples: options.examples };
                shacl::write_text(&self.report, &wording, &place, &mut out)
            }
            ReportForm::Json => shacl::write_json(&self.report, self.triples, self.passes, &place, &mut out),
            ReportForm::Turtle => {
                let graph: Vec<Triple> = self.report.to_graph().iter().map(oxrdf::TripleRef::into_owned).collect();
                // A report has no name, so nothing comes first.
                write_turtle(&NamedNode::new_unchecked(""), &graph, &prefixes, out)
            }
        })?;
        Ok(())
    }

    /// The line that counts ends the text; beside the other forms it is a word about the work.
    fn write_tally(&self, options: &Validate, with_codes: bool) {
        let with_codes = if with_codes { ", codes that ship included" } else { "" };
        let triples = format!("{}{with_codes}", shacl::counted(self.triples, "triple", "triples"));
        let tally = shacl::tally(&self.report, &triples, self.passes);
        match options.report {
            ReportForm::Text => report::line(&tally),
            ReportForm::Turtle | ReportForm::Json => report::note(&tally),
        }
    }
}

/// Whether nothing was found of the severity or a graver one. What was not kept may have been of any.
fn passes(report: &Report, fail_on: FailOn) -> bool {
    let least = match fail_on {
        FailOn::Violation => Severity::Violation,
        FailOn::Warning => Severity::Warning,
        FailOn::Info => Severity::Info,
    };
    report.omitted == 0 && report.results.iter().all(|result| result.source.gravity() > least)
}

/// The results that the text shows.
fn shown(report: &Report, examples: usize) -> Vec<&ValidationResult> {
    report.findings().into_iter().flat_map(|finding| finding.results.into_iter().take(examples)).collect()
}

/// The reader's languages: the one that is asked for, or else that of the terminal.
fn languages(asked: Option<&str>) -> Preference {
    let of_terminal = || {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
        set.into_iter().find(|locale| !locale.is_empty())
    };
    Preference::new(tags(&asked.map(str::to_owned).or_else(of_terminal).unwrap_or_default()))
}

/// The language tags that serve who speaks a tag or a locale: `de-at` and then `de` for `de_AT.UTF-8`.
fn tags(locale: &str) -> Vec<String> {
    let name = locale.split(['.', '@']).next().unwrap_or_default().replace('_', "-").to_ascii_lowercase();
    if matches!(name.as_str(), "" | "c" | "posix") {
        return Vec::new();
    }
    let language = name.split('-').next().unwrap_or_default().to_owned();
    // Norwegian is written in two ways, and who reads one reads the other.
    let norwegian = ["no", "nn", "nb"].contains(&language.as_str()).then(|| ["nb", "nn", "no"].map(str::to_owned));
    let mut tags = vec![name, language];
    tags.extend(norwegian.into_iter().flatten());
    tags.dedup();
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_read_as_language_tags() {
        assert_eq!(tags("de_AT.UTF-8"), ["de-at", "de"]);
        assert_eq!(tags("sv"), ["sv"]);
        assert_eq!(tags("nn_NO"), ["nn-no", "nn", "nb", "nn", "no"]);
        assert!(["C.UTF-8", "POSIX", ""].into_iter().all(|locale| tags(locale).is_empty()));
    }
}

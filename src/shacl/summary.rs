//! A report for people: results of the same constraint together, the gravest first.

use super::report::{Report, Source, ValidationResult};
use crate::vocab::sh;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Results of one constraint that are of one kind.
#[derive(Clone, Debug)]
pub struct Finding<'r> {
    /// What the results have in common.
    pub source: &'r Source,
    /// Whether their values are references that dangle, see [`ValidationResult::is_dangling`].
    pub is_dangling: bool,
    /// The results, in the order of the report.
    pub results: Vec<&'r ValidationResult>,
}

/// How grave a result is. Severities of other vocabularies count as information.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Wrong, or of no use: it keeps data out.
    Violation,
    /// Right, but somebody will miss something.
    Warning,
    /// Could be better.
    Info,
}

impl Source {
    /// How grave the results are.
    pub fn gravity(&self) -> Severity {
        if self.severity.as_ref() == sh::VIOLATION {
            Severity::Violation
        } else if self.severity.as_ref() == sh::WARNING {
            Severity::Warning
        } else {
            Severity::Info
        }
    }
}

impl Report {
    /// The results grouped by constraint, dangling references apart: the gravest first, and then in the order
    /// in which they come in the report.
    pub fn findings(&self) -> Vec<Finding<'_>> {
        let mut findings: Vec<Finding<'_>> = Vec::new();
        let mut places: BTreeMap<(*const Source, bool), usize> = BTreeMap::new();
        for result in &self.results {
            let key = (Arc::as_ptr(&result.source), result.is_dangling);
            let place = *places.entry(key).or_insert(findings.len());
            if let Some(finding) = findings.get_mut(place) {
                finding.results.push(result);
            } else {
                let (source, is_dangling) = (&*result.source, result.is_dangling);
                findings.push(Finding { source, is_dangling, results: vec![result] });
            }
        }
        findings.sort_by_key(|finding| finding.source.gravity());
        findings
    }

    /// How many of the kept results are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.results.iter().filter(|result| result.source.gravity() == severity).count()
    }
}

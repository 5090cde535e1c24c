//! What editors have checked before they publish a change of the list: `eusl list check`.
//!
//! Each file of this module looks at the tables from one side and names what it finds by table, line,
//! entry and remedy. A finding that has to stand is written into `accepted.csv` with the reason.

mod codes;
mod entries;
mod suitability;
mod wording;

use super::decision_table::DecisionTableError;
use super::tables::Tables;
use crate::import::{Row, Table};
use crate::rdf::ReadError;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The table's file.
    pub file: String,
    /// The row's line, from 1.
    pub line: u64,
    /// The number of the service type, or the name of the rule.
    pub entry: String,
    /// The kind of finding, by which it can be accepted.
    pub kind: &'static str,
    /// What is wrong, and what to do.
    pub text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, entry, kind, text } = self;
        write!(f, "{file}, line {line}: {entry}: {text} [{kind}]")
    }
}

/// Tables that cannot be checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The decision table cannot decide.
    #[error(transparent)]
    DecisionTable(#[from] DecisionTableError),
    /// A code list of the source tree cannot be read.
    #[error(transparent)]
    Codes(#[from] ReadError),
}

/// Everything in the tables that does not fit, in the order of files and lines.
///
/// # Errors
/// [`CheckError`].
pub fn check(tables: &Tables) -> Result<Vec<Finding>, CheckError> {
    let mut findings = Findings::default();
    entries::check(tables, &mut findings);
    wording::check(tables, &mut findings);
    codes::check(tables, &mut findings)?;
    suitability::check(tables, &mut findings)?;
    Ok(without_accepted(findings.0, &tables.accepted))
}

/// What the parts of the check have found so far.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a finding about a row.
    fn add(&mut self, table: &Table, row: &Row, kind: &'static str, text: impl Into<String>) {
        let entry = row.get("number").or_else(|| row.get("rule")).unwrap_or("an entry without a number");
        self.0.push(Finding {
            file: table.file.clone(),
            line: row.line,
            entry: entry.to_owned(),
            kind,
            text: text.into(),
        });
    }
}

/// The findings but for those that are accepted, and the acceptances that accept nothing.
fn without_accepted(mut findings: Vec<Finding>, accepted: &Table) -> Vec<Finding> {
    let mut used = BTreeSet::new();
    findings.retain(|finding| {
        let fits = |row: &&Row| row.get("entry") == Some(&finding.entry) && row.get("finding") == Some(finding.kind);
        let row = accepted.rows.iter().find(fits).filter(|row| row.get("reason").is_some());
        used.extend(row.map(|row| row.line));
        row.is_none()
    });
    let unused = accepted.rows.iter().filter(|row| !used.contains(&row.line));
    findings.extend(unused.map(|row| Finding {
        file: accepted.file.clone(),
        line: row.line,
        entry: row.get("entry").unwrap_or("no entry").to_owned(),
        kind: "accepted",
        text: "there is no such finding, or no reason to accept it; take the row out, or give the reason".to_owned(),
    }));
    findings.sort();
    findings
}

/// The rows of a table by their number.
fn by_number(table: &Table) -> BTreeMap<&str, &Row> {
    table.rows.iter().filter_map(|row| Some((row.get("number")?, row))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of two entries in which nothing is wrong, with one table exchanged.
    pub(super) fn found(table: &str, text: &str) -> Vec<(String, &'static str)> {
        let mut texts = BTreeMap::from([
            ("functions", "number,name@en,parent\n1,Streets,\n2,Cleaning,1\n"),
            ("service-types", "number,name@en,function\n7,Street cleaning,2\n8,Lost umbrellas,\n"),
            (
                "definitions",
                "number,name,definition@en,scope-note@en,proposed,reviewed\n\
                 7,Street cleaning,Roads and squares are swept and washed by machine or by hand.,,2026-01-01,\n\
                 8,Lost umbrellas,Rain gear that somebody found is kept until its owner comes for it.,,2026-01-01,\n",
            ),
            (
                "structure",
                "number,name,function,scope,audience,level,pattern,interactions,channels,proposed\n\
                 7,Street cleaning,,external,resident,municipal,public-works,find-out,telephone,2026-01-01\n\
                 8,Lost umbrellas,2,external,resident,municipal,report,report,telephone,2026-01-01\n",
            ),
            (
                "decision-table",
                "rule,name@en,pattern,suitability,handling,reason,phase,confidence,argument@en,date\n\
                 works,Works,public-works,suitable,answer,,2,low,It stands in a plan.,2026-01-01\n\
                 report,Reports,report,suitable,take-in,,2,low,It is taken in.,2026-01-01\n",
            ),
            ("search-words", "number,name,search-words@en\n8,Lost umbrellas,brolly; left on the bus\n"),
            ("exceptions", "number,name,channel,suitability,handling,reason,phase,confidence,argument@en,date\n"),
            ("accepted", "entry,finding,reason\n"),
        ]);
        texts.insert(table, text);
        let read = |name: &str| Table::of_csv(&format!("{name}.csv"), texts[name]).unwrap();
        let tables = Tables {
            functions: read("functions"),
            service_types: read("service-types"),
            definitions: read("definitions"),
            search_words: read("search-words"),
            structure: read("structure"),
            decision_table: read("decision-table"),
            exceptions: read("exceptions"),
            accepted: read("accepted"),
        };
        check(&tables)
            .unwrap()
            .into_iter()
            .map(|found| (format!("{}:{}", found.file, found.line), found.kind))
            .collect()
    }

    fn at(place: &str, kind: &'static str) -> (String, &'static str) {
        (place.to_owned(), kind)
    }

    #[test]
    fn the_shipped_list_has_no_finding() {
        let findings = check(&Tables::built_in().unwrap()).unwrap();
        let told: Vec<String> = findings.iter().map(Finding::to_string).collect();
        assert_eq!(told, Vec::<String>::new());
    }

    #[test]
    fn a_list_in_which_nothing_is_wrong_has_no_finding() {
        assert_eq!(found("accepted", "entry,finding,reason\n"), []);
    }

    #[test]
    fn what_is_missing_or_there_twice_is_found() {
        let text = "number,name,definition@en,proposed\n\
            7,Street cleaning,Roads and squares are swept and washed by machine or by hand.,2026-01-01\n\
            7,Street cleaning,Roads and squares are swept and washed by machine or by hand.,2026-01-01\n";
        let expected = [
            at("definitions.csv:3", "number-twice"),
            at("definitions.csv:3", "same-definition"),
            at("service-types.csv:3", "missing"),
        ];
        assert_eq!(found("definitions", text), expected);
    }

    #[test]
    fn an_entry_that_the_list_does_not_have_and_another_name_are_found() {
        let text = "number,name,definition@en,proposed\n\
            7,Street sweeping,Roads and squares are swept and washed by machine or by hand.,2026-01-01\n\
            8,Lost umbrellas,Rain gear that somebody found is kept until its owner comes for it.,\n\
            9,Ghosts,Hauntings are looked into by somebody with steady nerves at any hour.,2026-13-01\n";
        let expected = [
            at("definitions.csv:2", "other-name"),
            at("definitions.csv:3", "date"),
            at("definitions.csv:4", "date"),
            at("definitions.csv:4", "unknown-number"),
        ];
        assert_eq!(found("definitions", text), expected);
    }

    #[test]
    fn a_long_name_can_be_accepted_with_a_reason_and_an_acceptance_must_accept_something() {
        let long = format!("number,name@en,function\n7,Street cleaning,2\n8,{},2\n", "Umbrellas ".repeat(9).trim_end());
        assert!(found("service-types", &long).contains(&at("service-types.csv:3", "long-name")));
        let accepted = Finding {
            file: "service-types.csv".to_owned(),
            line: 3,
            entry: "8".to_owned(),
            kind: "long-name",
            text: String::new(),
        };
        let table = |text: &str| Table::of_csv("accepted.csv", text).unwrap();
        let row = table("entry,finding,reason\n8,long-name,It was taken over.\n");
        assert_eq!(without_accepted(vec![accepted.clone()], &row), []);
        let without_reason = table("entry,finding,reason\n8,long-name,\n");
        assert_eq!(without_accepted(vec![accepted], &without_reason).len(), 2);
        assert_eq!(without_accepted(Vec::new(), &row).len(), 1);
    }

    #[test]
    fn a_definition_that_says_no_more_than_the_name_is_found() {
        let text = "number,name,definition@en,proposed\n\
            7,Street cleaning,Street cleaning is the cleaning of the streets.,2026-01-01\n\
            8,Lost umbrellas,rain gear that somebody found is kept until its owner comes for it,2026-01-01\n";
        let expected = [
            at("definitions.csv:2", "repeats-name"),
            at("definitions.csv:2", "length"),
            at("definitions.csv:3", "sentence"),
        ];
        let mut found = found("definitions", text);
        found.sort_by(|one, other| (&one.0, other.1).cmp(&(&other.0, one.1)));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_function_above_itself_an_unknown_one_and_one_that_is_there_twice_are_found() {
        let text = "number,name@en,parent\n1,Streets,2\n2,Cleaning,1\n2,Cleaning,77\n";
        let twice: Vec<_> = found("functions", text).into_iter().filter(|(_, kind)| *kind != "circle").collect();
        assert_eq!(twice, [at("functions.csv:4", "number-twice"), at("functions.csv:4", "unknown-code")]);
        let circle = found("functions", "number,name@en,parent\n1,Streets,2\n2,Cleaning,1\n");
        assert_eq!(circle, [at("functions.csv:2", "circle"), at("functions.csv:3", "circle")]);
        let unknown = found("service-types", "number,name@en,function\n7,Street cleaning,99\n8,Lost umbrellas,\n");
        assert_eq!(unknown, [at("service-types.csv:2", "unknown-code")]);
    }

    #[test]
    fn an_exception_that_is_there_twice_or_has_no_day_is_found() {
        let text = "number,name,channel,suitability,handling,reason,phase,confidence,argument@en,date\n\
            7,Street cleaning,email,partly-suitable,answer,individual-case,2,low,It differs.,soon\n\
            7,Street cleaning,email,partly-suitable,take-in,individual-case,2,low,It differs.,2026-01-01\n";
        let expected = [at("exceptions.csv:2", "date"), at("exceptions.csv:3", "number-twice")];
        assert_eq!(found("exceptions", text), expected);
    }

    #[test]
    fn search_words_that_repeat_the_name_or_each_other_are_found() {
        let text =
            "number,name,search-words@en\n7,Street cleaning,litter; Street cleaning\n8,Lost umbrellas,brolly; Brolly\n";
        let expected = [at("search-words.csv:2", "search-words"), at("search-words.csv:3", "search-words")];
        assert_eq!(found("search-words", text), expected);
    }

    #[test]
    fn a_code_that_does_not_exist_and_an_empty_cell_are_found() {
        let text = "number,name,function,scope,audience,level,pattern,interactions,channels,life-events,proposed\n\
            7,Street cleaning,,external,,municipal,public-works,sing,telephone,MOV,2026-01-01\n\
            8,Lost umbrellas,99,external,resident,municipal,report,report,telephone,XYZ,2026-01-01\n";
        let expected = [
            at("structure.csv:2", "empty"),
            at("structure.csv:2", "unknown-code"),
            at("structure.csv:3", "unknown-code"),
            at("structure.csv:3", "unknown-code"),
        ];
        assert_eq!(found("structure", text), expected);
    }

    #[test]
    fn a_type_that_no_rule_fits_and_a_rule_that_decides_nothing_are_found() {
        let text = "rule,name@en,pattern,suitability,handling,reason,phase,confidence,argument@en,date\n\
            report,Reports,report,suitable,take-in,,2,low,It is taken in.,2026-01-01\n\
            again,Reports,report,suitable,answer,,2,low,It is taken in.,2026-01-01\n";
        let expected = [at("decision-table.csv:3", "never-decides"), at("structure.csv:2", "no-verdict")];
        assert_eq!(found("decision-table", text), expected);
    }

    #[test]
    fn a_conclusion_that_contradicts_itself_is_found() {
        let text = "rule,name@en,pattern,suitability,handling,reason,phase,confidence,argument@en,date\n\
            works,Works,public-works,partly-suitable,answer,,2,low,It stands in a plan.,2026-01-01\n\
            report,Reports,report,not-suitable,handle,emergency,2,low,,2026-01-01\n";
        let expected = [
            at("decision-table.csv:2", "contradiction"),
            at("decision-table.csv:3", "contradiction"),
            at("decision-table.csv:3", "no-argument"),
        ];
        assert_eq!(found("decision-table", text), expected);
    }

    #[test]
    fn an_exception_that_says_what_its_rule_says_or_gives_no_argument_is_found() {
        let text = "number,name,channel,suitability,handling,reason,phase,confidence,argument@en,date\n\
            7,Street cleaning,,suitable,answer,,2,low,It differs.,2026-01-01\n\
            8,Lost umbrellas,,partly-suitable,answer,individual-case,2,low,,2026-01-01\n";
        let expected = [at("exceptions.csv:2", "as-the-rule"), at("exceptions.csv:3", "no-argument")];
        assert_eq!(found("exceptions", text), expected);
    }
}

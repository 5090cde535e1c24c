//! Whether the second list is whole and its verdicts agree with themselves and their rules.

use super::{CheckError, Findings, by_number};
use crate::import::{Row, Table};
use crate::list::decision_table::{CHANNELS, DecisionTable, Verdict};
use crate::list::{Functions, Structure, Tables};
use std::collections::BTreeSet;

pub(super) fn check(tables: &Tables, findings: &mut Findings) -> Result<(), CheckError> {
    let decisions = DecisionTable::of(&tables.decision_table)?;
    let functions = Functions::of(tables);
    verdicts(tables, &decisions, &functions, findings);
    exceptions(tables, &decisions, &functions, findings);
    for table in [&tables.decision_table, &tables.exceptions] {
        for row in &table.rows {
            conclusion(table, row, findings);
        }
    }
    Ok(())
}

/// Every type has a function and a verdict, and every rule decides something.
fn verdicts(tables: &Tables, decisions: &DecisionTable, functions: &Functions, findings: &mut Findings) {
    let argued: BTreeSet<&str> = by_number(&tables.exceptions).into_keys().collect();
    let mut deciding: BTreeSet<&str> = BTreeSet::new();
    for row in &tables.structure.rows {
        let structure = Structure::of(row, functions);
        let number = row.get("number").unwrap_or_default();
        if structure.functions.is_empty() {
            findings.add(&tables.structure, row, "no-function", "it has no function; propose one");
        }
        for channel in std::iter::once(None).chain(CHANNELS.map(Some)) {
            deciding.extend(decisions.decide(&structure, channel).map(|rule| rule.reference.as_str()));
        }
        if decisions.decide(&structure, None).is_none() && !argued.contains(number) {
            let text = "no rule fits it; correct its structure, add a rule, or argue an exception";
            findings.add(&tables.structure, row, "no-verdict", text);
        }
    }
    let idle = tables.decision_table.rows.iter().filter(|row| !deciding.contains(row.get("rule").unwrap_or_default()));
    for row in idle {
        let text = "the rule decides nothing: an earlier one always fits, or no type is of its kind; take it out";
        findings.add(&tables.decision_table, row, "never-decides", text);
    }
}

/// An exception says something else than what would hold without it: for a channel of a type that is argued
/// as a whole the argument for the whole, and otherwise the rule.
fn exceptions(tables: &Tables, decisions: &DecisionTable, functions: &Functions, findings: &mut Findings) {
    let structures = by_number(&tables.structure);
    let is_whole = |row: &&Row| row.get("channel").is_none();
    for row in &tables.exceptions.rows {
        let number = row.get("number").unwrap_or_default();
        let Some(entry) = structures.get(number) else { continue };
        let channel = row.get("channel");
        let whole = tables.exceptions.rows.iter().filter(is_whole).find(|other| other.get("number") == Some(number));
        let (without, ground) = if let Some(whole) = whole.filter(|_| channel.is_some()) {
            (Some(Verdict::of(whole)), "the exception for the whole".to_owned())
        } else {
            let rule = decisions.decide(&Structure::of(entry, functions), channel);
            let ground = rule.map(|rule| format!("the rule {}", rule.reference)).unwrap_or_default();
            (rule.map(|rule| rule.verdict.clone()), ground)
        };
        if without == Some(Verdict::of(row)) {
            let text = format!("it says what {ground} says; take the exception out");
            findings.add(&tables.exceptions, row, "as-the-rule", text);
        }
    }
}

/// A conclusion fits together, and is argued.
fn conclusion(table: &Table, row: &Row, findings: &mut Findings) {
    let verdict = Verdict::of(row);
    let does = |codes: &[&str]| verdict.handling.iter().any(|handling| codes.contains(&handling.as_str()));
    let contradiction = match verdict.suitability.as_str() {
        "suitable" if !verdict.reasons.is_empty() => Some("it is suitable and something holds it back"),
        "suitable" if does(&["transfer", "refer"]) => Some("it is suitable and passed on"),
        "suitable" if verdict.phase.is_none() => Some("it is suitable from no phase on"),
        "partly-suitable" if verdict.reasons.is_empty() => Some("it is partly suitable and nothing holds it back"),
        "partly-suitable" if does(&["handle"]) => Some("it is partly suitable and carried to its end"),
        "not-suitable" if verdict.reasons.is_empty() => Some("it is not suitable and nothing holds it back"),
        "not-suitable" if does(&["answer", "take-in", "handle"]) => Some("it is not suitable and done all the same"),
        _ => None,
    };
    if let Some(contradiction) = contradiction {
        findings.add(table, row, "contradiction", format!("{contradiction}; correct one of the two"));
    }
    if row.get("argument@en").is_none() {
        findings.add(table, row, "no-argument", "it does not say why; give the argument");
    }
}

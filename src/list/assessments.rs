//! The second list: a verdict for every service type, from the rules or from an argument.

use super::decision_table::{CHANNELS, DecisionTable, DecisionTableError, Verdict};
use super::structure::{Functions, Structure};
use super::tables::Tables;
use crate::import::{Row, Table};
use std::collections::BTreeMap;

/// The assessments of all service types as a table: `number`, `name`, `channel` (empty for the service as
/// a whole), `suitability`, `handling`, `reason`, `phase`, `confidence`, `rule` or `argument`, and `date`.
///
/// A channel has a row of its own only where its verdict differs from that of the whole. An exception for
/// a type as a whole takes the place of all rules for that type. A type that no rule fits has no row.
///
/// # Errors
/// [`DecisionTableError`]: a rule is incomplete.
pub fn assessments(tables: &Tables) -> Result<Table, DecisionTableError> {
    let assessor = Assessor {
        decisions: DecisionTable::of(&tables.decision_table)?,
        functions: Functions::of(tables),
        exceptions: Exceptions::of(&tables.exceptions),
    };
    let rows = tables.structure.rows.iter().flat_map(|entry| assessor.assess(entry)).collect();
    Ok(Table { file: tables.structure.file.clone(), rows })
}

/// What a verdict rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Ground {
    Rule(String),
    Argument(String),
}

/// A verdict, what it rests on, and the day that ground was last changed.
struct Conclusion {
    verdict: Verdict,
    ground: Ground,
    date: String,
}

struct Assessor<'a> {
    decisions: DecisionTable,
    functions: Functions,
    exceptions: Exceptions<'a>,
}

impl Assessor<'_> {
    /// The rows of one type: the whole, then each channel that differs from it.
    fn assess(&self, entry: &Row) -> Vec<Row> {
        let Some(whole) = self.conclude(entry, None) else { return Vec::new() };
        let mut rows = vec![row(entry, None, &whole)];
        for channel in CHANNELS {
            if let Some(conclusion) = self.conclude(entry, Some(channel))
                && conclusion.verdict != whole.verdict
            {
                rows.push(row(entry, Some(channel), &conclusion));
            }
        }
        rows
    }

    /// The exception, if there is one, and else what the rules say.
    fn conclude(&self, entry: &Row, channel: Option<&str>) -> Option<Conclusion> {
        let number = entry.get("number").unwrap_or_default();
        if let Some(exception) = self.exceptions.of_type(number, channel) {
            return Some(Conclusion {
                verdict: Verdict::of(exception),
                ground: Ground::Argument(exception.get("argument@en").unwrap_or_default().to_owned()),
                date: exception.get("date").unwrap_or_default().to_owned(),
            });
        }
        let rule = self.decisions.decide(&Structure::of(entry, &self.functions), channel)?;
        let ground = Ground::Rule(rule.reference.clone());
        Some(Conclusion { verdict: rule.verdict.clone(), ground, date: rule.date.clone() })
    }
}

/// The exceptions, by number and channel.
struct Exceptions<'a>(BTreeMap<(&'a str, Option<&'a str>), &'a Row>);

impl<'a> Exceptions<'a> {
    fn of(table: &'a Table) -> Self {
        let keyed = table.rows.iter().filter_map(|row| Some(((row.get("number")?, row.get("channel")), row)));
        Self(keyed.collect())
    }

    /// The exception for a channel, or else for the whole.
    fn of_type(&self, number: &str, channel: Option<&str>) -> Option<&'a Row> {
        let of = |channel| self.0.get(&(number, channel)).copied();
        of(channel).or_else(|| of(None))
    }
}

/// A conclusion as a row, at the line of the type's structure.
fn row(entry: &Row, channel: Option<&str>, conclusion: &Conclusion) -> Row {
    let Conclusion { verdict, ground, date } = conclusion;
    // What a rule makes of an entry is no older than what it was told of the entry.
    let told = entry.get("proposed").into_iter().chain(entry.get("reviewed")).max().unwrap_or_default();
    let mut cells = vec![
        ("number", entry.get("number").unwrap_or_default().to_owned()),
        ("name", entry.get("name").unwrap_or_default().to_owned()),
        ("channel", channel.unwrap_or_default().to_owned()),
        ("suitability", verdict.suitability.clone()),
        ("handling", verdict.handling.join(" ")),
        ("reason", verdict.reasons.join(" ")),
        ("phase", verdict.phase.clone().unwrap_or_default()),
        ("confidence", verdict.confidence.clone()),
    ];
    cells.push(match ground {
        Ground::Rule(rule) => ("rule", rule.clone()),
        Ground::Argument(argument) => ("argument@en", argument.clone()),
    });
    cells.push(("date", date.as_str().max(told).to_owned()));
    let cells = cells.into_iter().filter(|(_, value)| !value.is_empty());
    Row {
        line: entry.line,
        cells: cells.map(|(column, value)| (column.to_owned(), value)).collect(),
        parts: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "rule,pattern,channel,suitability,handling,reason,phase,confidence,date\n\
        counter,identity-document,face-to-face,suitable,handle,,3,low,2026-01-01\n\
        identity,identity-document,,partly-suitable,answer take-in,identity-in-person,3,low,2026-01-01\n";
    const STRUCTURE: &str = "number,name,level,pattern,proposed\n\
        1,Passport,municipal,identity-document,2026-02-01\n\
        2,Poem,municipal,poetry,2026-02-01\n";

    fn rows(exceptions: &str) -> Vec<String> {
        let table = |text: &str| Table::of_csv("table.csv", text).unwrap();
        let tables = Tables {
            structure: table(STRUCTURE),
            decision_table: table(RULES),
            exceptions: table(&format!("number,channel,suitability,argument@en,date\n{exceptions}")),
            ..Tables::default()
        };
        let columns = ["number", "channel", "suitability", "rule", "argument@en", "date"];
        let told = |row: &Row| columns.map(|column| row.get(column).unwrap_or("-").to_owned()).join(" ");
        assessments(&tables).unwrap().rows.iter().map(told).collect()
    }

    #[test]
    fn a_channel_has_a_row_only_where_its_verdict_differs() {
        assert_eq!(
            rows(""),
            ["1 - partly-suitable identity - 2026-02-01", "1 face-to-face suitable counter - 2026-02-01"]
        );
    }

    #[test]
    fn an_exception_for_the_whole_takes_the_place_of_all_rules() {
        assert_eq!(rows("1,,suitable,Because.,2026-03-01\n"), ["1 - suitable - Because. 2026-03-01"]);
    }

    #[test]
    fn an_exception_for_a_channel_leaves_the_rest_to_the_rules() {
        assert_eq!(
            rows("1,email,not-suitable,Because.,2026-03-01\n"),
            [
                "1 - partly-suitable identity - 2026-02-01",
                "1 face-to-face suitable counter - 2026-02-01",
                "1 email not-suitable - Because. 2026-03-01"
            ]
        );
    }
}

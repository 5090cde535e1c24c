//! The decision table: which verdict follows from which structure.
//!
//! Its rows are read from top to bottom and the first that fits decides, as with the hit policy "first"
//! of DMN (<https://www.omg.org/spec/DMN>). An empty cell asks for nothing. A row with a channel is for
//! contacts by that channel alone and stands before the row that it differs from.

use super::structure::Structure;
use crate::import::{Row, Table};

/// The five channels of a single point of contact for which a verdict may differ.
pub const CHANNELS: [&str; 5] = ["face-to-face", "internet", "mobile", "telephone", "email"];

/// The rules, in their order.
#[derive(Clone, Debug, Default)]
pub struct DecisionTable {
    rules: Vec<Rule>,
}

/// One row of the table.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    /// Its name, the last part of its IRI.
    pub reference: String,
    /// What it concludes.
    pub verdict: Verdict,
    /// The day it was last changed, `YYYY-MM-DD`.
    pub date: String,
    conditions: Conditions,
}

/// What a rule asks for: of each list any code will do, and none asks for nothing.
#[derive(Clone, Debug, Default)]
struct Conditions {
    scope: Vec<String>,
    level: Vec<String>,
    pattern: Vec<String>,
    interaction: Vec<String>,
    function: Vec<String>,
    channel: Vec<String>,
}

/// What is concluded of a service type, as a whole or for one channel. All values are codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// How far a single point of contact can deliver it.
    pub suitability: String,
    /// What it does itself.
    pub handling: Vec<String>,
    /// What holds it back.
    pub reasons: Vec<String>,
    /// The Antwoord phase from which this holds; none where no phase changes it.
    pub phase: Option<String>,
    /// How firm the ground is.
    pub confidence: String,
}

/// A table that cannot decide.
#[derive(Debug, thiserror::Error)]
pub enum DecisionTableError {
    /// A row lacks a cell without which it is no rule.
    #[error("{file}, line {line}: the rule has no {column}; give it one")]
    Missing {
        /// The table's file.
        file: String,
        /// The row's line.
        line: u64,
        /// The column.
        column: &'static str,
    },
}

impl DecisionTable {
    /// Reads the rules of a table.
    ///
    /// # Errors
    /// [`DecisionTableError`], with the line.
    pub fn of(table: &Table) -> Result<Self, DecisionTableError> {
        let rules = table.rows.iter().map(|row| {
            let cell = |column: &'static str| {
                row.get(column).map(str::to_owned).ok_or_else(|| DecisionTableError::Missing {
                    file: table.file.clone(),
                    line: row.line,
                    column,
                })
            };
            cell("suitability")?;
            Ok(Rule {
                reference: cell("rule")?,
                verdict: Verdict::of(row),
                date: cell("date")?,
                conditions: Conditions::of(row),
            })
        });
        Ok(Self { rules: rules.collect::<Result<_, _>>()? })
    }

    /// The first rule that fits a structure: for contacts by a channel, or as a whole.
    pub fn decide(&self, structure: &Structure, channel: Option<&str>) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.conditions.fit(structure, channel))
    }

    /// The rules, in the order in which they are tried.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
}

impl Conditions {
    fn of(row: &Row) -> Self {
        let words = |column| row.words(column).map(str::to_owned).collect();
        Self {
            scope: words("scope"),
            level: words("level"),
            pattern: words("pattern"),
            interaction: words("interaction"),
            function: words("function"),
            channel: words("channel"),
        }
    }

    fn fit(&self, structure: &Structure, channel: Option<&str>) -> bool {
        let any = |codes: &[String], value: &str| codes.is_empty() || codes.iter().any(|code| code == value);
        let any_of = |codes: &[String], values: &[String]| values.iter().any(|value| any(codes, value));
        any(&self.scope, &structure.scope)
            && any(&self.level, &structure.level)
            && any(&self.pattern, &structure.pattern)
            && (self.interaction.is_empty() || any_of(&self.interaction, &structure.interactions))
            && (self.function.is_empty() || any_of(&self.function, &structure.functions))
            && (self.channel.is_empty() || channel.is_some_and(|channel| any(&self.channel, channel)))
    }
}

impl Verdict {
    /// The conclusion of a row: of a rule, or of an exception.
    pub(super) fn of(row: &Row) -> Self {
        let words = |column| row.words(column).map(str::to_owned).collect();
        let word = |column| row.words(column).next().map(str::to_owned);
        Self {
            suitability: word("suitability").unwrap_or_default(),
            handling: words("handling"),
            reasons: words("reason"),
            phase: word("phase"),
            confidence: word("confidence").unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "rule,scope,level,pattern,interaction,function,channel,suitability,handling,date\n\
        inside,internal,,,,,,not-suitable,transfer,2026-01-01\n\
        elsewhere,,regional national,,,,,not-suitable,refer,2026-01-01\n\
        counter,,,identity-document,,,face-to-face,suitable,handle,2026-01-01\n\
        identity,,,identity-document,,,,partly-suitable,take-in,2026-01-01\n\
        paid,,,payment,pay,,,suitable,handle,2026-01-01\n\
        booked,,,payment,pay book,,,suitable,handle,2026-01-01\n\
        harbour,,,order,,98,,partly-suitable,transfer,2026-01-01\n\
        order,,,order facility,,,,suitable,handle,2026-01-01\n";

    fn table() -> DecisionTable {
        DecisionTable::of(&Table::of_csv("rules.csv", TABLE).unwrap()).unwrap()
    }

    fn structure(scope: &str, level: &str, pattern: &str, functions: &[&str]) -> Structure {
        Structure {
            scope: scope.to_owned(),
            level: level.to_owned(),
            pattern: pattern.to_owned(),
            interactions: vec!["find-out".to_owned(), "book".to_owned()],
            functions: functions.iter().map(|function| (*function).to_owned()).collect(),
        }
    }

    fn rule(structure: &Structure, channel: Option<&str>) -> String {
        table().decide(structure, channel).map(|rule| rule.reference.clone()).unwrap_or_default()
    }

    #[test]
    fn the_first_rule_that_fits_decides() {
        assert_eq!(rule(&structure("internal", "regional", "order", &[]), None), "inside");
        assert_eq!(rule(&structure("external", "regional", "order", &[]), None), "elsewhere");
        assert_eq!(rule(&structure("external", "municipal", "facility", &[]), None), "order");
    }

    #[test]
    fn a_rule_for_a_channel_says_nothing_of_the_whole_or_of_other_channels() {
        let passport = structure("external", "municipal", "identity-document", &[]);
        assert_eq!(rule(&passport, Some("face-to-face")), "counter");
        assert_eq!(rule(&passport, Some("telephone")), "identity");
        assert_eq!(rule(&passport, None), "identity");
    }

    #[test]
    fn a_function_stands_for_those_below_it() {
        assert_eq!(rule(&structure("external", "municipal", "order", &["98", "95"]), None), "harbour");
        assert_eq!(rule(&structure("external", "municipal", "order", &["95"]), None), "order");
    }

    #[test]
    fn a_rule_fits_where_the_type_has_one_of_its_interactions() {
        assert_eq!(rule(&structure("external", "municipal", "payment", &[]), None), "booked");
    }

    #[test]
    fn what_no_rule_fits_is_not_decided() {
        assert_eq!(rule(&structure("external", "municipal", "care", &[]), None), "");
    }

    #[test]
    fn a_rule_without_a_conclusion_is_refused_with_its_line() {
        let table =
            Table::of_csv("rules.csv", "rule,suitability,date\nfirst,suitable,2026-01-01\nsecond,,x\n").unwrap();
        let error = DecisionTable::of(&table).unwrap_err().to_string();
        assert_eq!(error, "rules.csv, line 3: the rule has no suitability; give it one");
    }
}

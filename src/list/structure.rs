//! What kind of service a type is: the inputs of the decision table.

use super::tables::Tables;
use crate::import::Row;
use std::collections::BTreeMap;

/// Levels of government, from the one nearest to the customer outwards.
const LEVELS: [&str; 5] = ["municipal", "inter-municipal", "regional", "national", "european"];

/// The structure of one service type, as the decision table reads it. All values are codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// External or internal.
    pub scope: String,
    /// The level nearest to the customer at which the type is provided.
    pub level: String,
    /// The delivery pattern.
    pub pattern: String,
    /// What a customer does.
    pub interactions: Vec<String>,
    /// Its function and those above it.
    pub functions: Vec<String>,
}

/// Which function each service type has, and which function stands above each.
#[derive(Clone, Debug, Default)]
pub struct Functions {
    of_type: BTreeMap<String, String>,
    above: BTreeMap<String, String>,
}

impl Functions {
    /// Reads functions and where the types stand: as taken over, or else as proposed in the structure.
    pub fn of(tables: &Tables) -> Self {
        let pairs = |rows: &[Row], key: &str, value: &str| -> BTreeMap<String, String> {
            let of_row = |row: &Row| Some((row.get(key)?.to_owned(), row.get(value)?.to_owned()));
            rows.iter().filter_map(of_row).collect()
        };
        let mut of_type = pairs(&tables.structure.rows, "number", "function");
        of_type.extend(pairs(&tables.service_types.rows, "number", "function"));
        Self { of_type, above: pairs(&tables.functions.rows, "number", "parent") }
    }

    /// The function of a type and those above it, the nearest first.
    pub fn of_type(&self, number: &str) -> Vec<String> {
        let mut functions = Vec::new();
        let mut next = self.of_type.get(number);
        // A function that stands above itself is found by the check (`circle`), and must not hold this up.
        while let Some(function) = next.filter(|function| !functions.contains(*function)) {
            functions.push(function.clone());
            next = self.above.get(function);
        }
        functions
    }
}

impl Structure {
    /// Reads a row of the structure table.
    pub fn of(row: &Row, functions: &Functions) -> Self {
        let word = |column: &str| row.words(column).next().unwrap_or_default().to_owned();
        let nearest = LEVELS.into_iter().find(|level| row.words("level").any(|given| given == *level));
        Self {
            scope: word("scope"),
            level: nearest.unwrap_or_default().to_owned(),
            pattern: word("pattern"),
            interactions: row.words("interactions").map(str::to_owned).collect(),
            functions: functions.of_type(row.get("number").unwrap_or_default()),
        }
    }
}

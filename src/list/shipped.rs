//! The list that ships with the source: what a new register is made with.

use super::assessments::assessments;
use super::decision_table::DecisionTableError;
use super::tables::Tables;
use crate::catalogue::{Base, Submission};
use crate::import::{ImportError, Mapping, RowError, Table, batch, batch_of_turtle};

/// The mappings of the tables, in the order in which they are heard.
const FUNCTIONS: &str = include_str!("../../vocab/mappings/list-functions.rq");
const SERVICE_TYPES: &str = include_str!("../../vocab/mappings/list-service-types.rq");
const DEFINITIONS: &str = include_str!("../../vocab/mappings/list-definitions.rq");
const SEARCH_WORDS: &str = include_str!("../../vocab/mappings/list-search-words.rq");
const STRUCTURE: &str = include_str!("../../vocab/mappings/list-structure.rq");
const RULES: &str = include_str!("../../vocab/mappings/list-decision-table.rq");
const ASSESSMENTS: &str = include_str!("../../vocab/mappings/list-assessments.rq");

/// The lists and the code lists, and what was tried with them by whom.
pub(super) const CODES: [&str; 17] = [
    include_str!("../../vocab/list/lists.ttl"),
    include_str!("../../vocab/list/organisations.ttl"),
    include_str!("../../vocab/list/antwoord.ttl"),
    include_str!("../../vocab/list/pilots.ttl"),
    include_str!("../../vocab/list/co-design.ttl"),
    include_str!("../../vocab/codes/antwoord-phase.ttl"),
    include_str!("../../vocab/codes/audience.ttl"),
    include_str!("../../vocab/codes/channel-type.ttl"),
    include_str!("../../vocab/codes/co-design-method.ttl"),
    include_str!("../../vocab/codes/confidence.ttl"),
    include_str!("../../vocab/codes/delivery-pattern.ttl"),
    include_str!("../../vocab/codes/government-level.ttl"),
    include_str!("../../vocab/codes/handling.ttl"),
    include_str!("../../vocab/codes/interaction.ttl"),
    include_str!("../../vocab/codes/reason.ttl"),
    include_str!("../../vocab/codes/scope.ttl"),
    include_str!("../../vocab/codes/suitability.ttl"),
];

/// The release that the shipped names and numbers are of.
const RELEASE: &str = "4.00";

/// A source tree that was changed into something that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ShippedError {
    /// A table cannot be read.
    #[error(transparent)]
    Row(#[from] RowError),
    /// The decision table cannot decide.
    #[error(transparent)]
    DecisionTable(#[from] DecisionTableError),
    /// A table does not go through its mapping.
    #[error(transparent)]
    Import(#[from] ImportError),
}

/// Everything that a new register starts with, frozen as its first release.
///
/// # Errors
/// [`ShippedError`].
pub fn shipped(base: &Base) -> Result<Submission, ShippedError> {
    let list = submission(base, Tables::built_in()?)?;
    Ok(Submission {
        activity: "make the register with the shipped list".to_owned(),
        release: Some(RELEASE.to_owned()),
        ..list
    })
}

/// What the tables say, with the code lists and all else that ships beside them.
///
/// # Errors
/// [`ShippedError`].
pub fn submission(base: &Base, tables: Tables) -> Result<Submission, ShippedError> {
    let assessments = assessments(&tables)?;
    let codes = batch_of_turtle(
        "https://w3id.org/eu-service-list/source/codes",
        "The shipped lists, codes, organisations and pilots",
        base,
        &CODES,
    )?;
    let mut batches = vec![codes];
    for (mapping, table) in [
        (FUNCTIONS, tables.functions),
        (SERVICE_TYPES, tables.service_types),
        (DEFINITIONS, tables.definitions),
        (SEARCH_WORDS, tables.search_words),
        (STRUCTURE, tables.structure),
        (RULES, numbered(tables.decision_table)),
        (ASSESSMENTS, assessments),
    ] {
        let mapping = Mapping::parse(mapping, base.as_str()).map_err(ImportError::from)?;
        batches.push(batch(&mapping, base, table)?);
    }
    Ok(Submission {
        base: base.to_string(),
        agent: "https://w3id.org/eu-service-list".to_owned(),
        activity: "load the list".to_owned(),
        batches,
        release: None,
    })
}

/// Two invented towns with every kind of record, to be laid over a register in memory.
///
/// # Errors
/// [`ImportError`]: the source tree was changed into something that does not parse.
pub fn demo(base: &Base) -> Result<Submission, ImportError> {
    let batch = batch_of_turtle(
        "https://w3id.org/eu-service-list/source/demo",
        "Demonstration: two invented towns",
        base,
        &[include_str!("../../vocab/list/demo.ttl")],
    )?;
    Ok(Submission {
        base: base.to_string(),
        agent: "https://w3id.org/eu-service-list".to_owned(),
        activity: "show two invented towns".to_owned(),
        batches: vec![batch],
        release: None,
    })
}

/// The rules with their position in a column, since their order says which decides.
fn numbered(mut rules: Table) -> Table {
    for (place, row) in rules.rows.iter_mut().enumerate() {
        row.cells.push(("position".to_owned(), (place + 1).to_string()));
    }
    rules
}

/// The numbers of the shipped service types, ascending.
///
/// # Errors
/// [`RowError`]: the source tree was changed into something that does not parse.
pub fn shipped_numbers() -> Result<Vec<u32>, RowError> {
    let rows = Tables::built_in()?.service_types.rows;
    let mut numbers: Vec<u32> = rows.iter().filter_map(|row| row.get("number")?.parse().ok()).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::register::Location;

    #[test]
    fn every_code_list_of_the_source_tree_is_shipped() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/vocab/codes");
        let elsewhere = CODES.len() - std::fs::read_dir(folder).unwrap().count();
        assert_eq!(elsewhere, 5, "lists, organisations, antwoord, pilots, co-design");
    }

    #[test]
    fn a_new_register_holds_the_list_and_a_second_time_changes_nothing() {
        let base = Base::parse("http://lists.example.eu/").unwrap();
        let catalogue = Catalogue::open(&Location::Memory, &base).unwrap();
        let outcome = catalogue.submit(shipped(&base).unwrap()).unwrap();
        assert_eq!(outcome.rejected, []);
        let overview = catalogue.present().unwrap().overview().unwrap();
        assert_eq!((overview.service_types, overview.functions), (1_519, 113));
        let again = catalogue.submit(Submission { release: None, ..shipped(&base).unwrap() }).unwrap();
        assert_eq!((again.added, again.changed, again.revision), (0, 0, outcome.revision));
        assert_eq!(catalogue.disagreement().unwrap(), 0);
        let demo = catalogue.submit(demo(&base).unwrap()).unwrap();
        assert_eq!(demo.rejected, []);
        assert!(demo.added > 60, "{demo:?}");
    }
}

//! The list that ships with the source: what a new register is made with.

use super::batch::{ImportError, batch, batch_of_turtle};
use super::csv_rows::csv_rows;
use super::mapping::Mapping;
use super::row::{RowError, Table};
use crate::catalogue::{Base, Submission};

/// A table of the list, and its mapping.
struct ShippedTable {
    file: &'static str,
    text: &'static str,
    mapping: &'static str,
}

impl ShippedTable {
    fn read(&self) -> Result<Table, RowError> {
        Ok(Table { file: self.file.to_owned(), rows: csv_rows(self.file, self.text.as_bytes())? })
    }
}

const FUNCTIONS: ShippedTable = ShippedTable {
    file: "vocab/list/functions.csv",
    text: include_str!("../../vocab/list/functions.csv"),
    mapping: include_str!("../../vocab/mappings/list-functions.rq"),
};

const SERVICE_TYPES: ShippedTable = ShippedTable {
    file: "vocab/list/service-types.csv",
    text: include_str!("../../vocab/list/service-types.csv"),
    mapping: include_str!("../../vocab/mappings/list-service-types.rq"),
};

/// The lists and the code lists.
const CODES: [&str; 11] = [
    include_str!("../../vocab/list/lists.ttl"),
    include_str!("../../vocab/codes/antwoord-phase.ttl"),
    include_str!("../../vocab/codes/channel-type.ttl"),
    include_str!("../../vocab/codes/co-design-method.ttl"),
    include_str!("../../vocab/codes/confidence.ttl"),
    include_str!("../../vocab/codes/government-level.ttl"),
    include_str!("../../vocab/codes/handling.ttl"),
    include_str!("../../vocab/codes/interaction.ttl"),
    include_str!("../../vocab/codes/reason.ttl"),
    include_str!("../../vocab/codes/scope.ttl"),
    include_str!("../../vocab/codes/suitability.ttl"),
];

/// The release that the shipped names and numbers are of.
const RELEASE: &str = "4.00";

/// Everything that a new register starts with, frozen as its first release.
///
/// # Errors
/// [`ImportError`]: the source tree was changed into something that does not parse.
pub fn shipped(base: &Base) -> Result<Submission, ImportError> {
    let codes =
        batch_of_turtle("https://w3id.org/eu-service-list/source/codes", "The shipped code lists", base, &CODES)?;
    let mut batches = vec![codes];
    for table in [FUNCTIONS, SERVICE_TYPES] {
        let mapping = Mapping::parse(table.mapping, base.as_str())?;
        batches.push(batch(&mapping, base, table.read()?)?);
    }
    Ok(Submission {
        base: base.to_string(),
        agent: "https://w3id.org/eu-service-list".to_owned(),
        activity: "make the register with the shipped list".to_owned(),
        batches,
        release: Some(RELEASE.to_owned()),
    })
}

/// The numbers of the shipped service types, ascending.
///
/// # Errors
/// [`ImportError`]: the source tree was changed into something that does not parse.
pub fn shipped_numbers() -> Result<Vec<u32>, ImportError> {
    let rows = SERVICE_TYPES.read()?.rows;
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
        assert_eq!(std::fs::read_dir(folder).unwrap().count() + 1, CODES.len());
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
    }
}

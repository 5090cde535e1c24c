//! The tables of the list, as they stand in `vocab/list/`.

use crate::import::{RowError, Table, read_table};
use std::path::Path;

/// The tables that people edit, one row an entry.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// Functions: number, name, the function above.
    pub functions: Table,
    /// Service types: number, name, function, subsets.
    pub service_types: Table,
    /// Definitions and scope notes, with the day they were proposed or reviewed.
    pub definitions: Table,
    /// What callers say and the names do not: phrases parted by semicolons.
    pub search_words: Table,
    /// What kind of service each type is, in codes.
    pub structure: Table,
    /// The rules by which suitability follows from the structure; the first that fits decides.
    pub decision_table: Table,
    /// Where a rule is wrong for one type, and why.
    pub exceptions: Table,
    /// Findings of the check that stand, and why.
    pub accepted: Table,
}

/// Reads the tables that are built in.
macro_rules! built_in {
    ($name:literal) => {
        Table::of_csv(concat!("vocab/list/", $name, ".csv"), include_str!(concat!("../../vocab/list/", $name, ".csv")))?
    };
}

impl Tables {
    /// The tables that ship with the program.
    ///
    /// # Errors
    /// [`RowError`]: the source tree was changed into something that does not parse.
    pub fn built_in() -> Result<Self, RowError> {
        Ok(Self {
            functions: built_in!("functions"),
            service_types: built_in!("service-types"),
            definitions: built_in!("definitions"),
            search_words: built_in!("search-words"),
            structure: built_in!("structure"),
            decision_table: built_in!("decision-table"),
            exceptions: built_in!("exceptions"),
            accepted: built_in!("accepted"),
        })
    }

    /// The tables of a folder such as `vocab/list`, as an editor has just changed them.
    ///
    /// # Errors
    /// [`RowError`]: a table that is missing or no CSV, with its name and line.
    pub fn in_folder(folder: &Path) -> Result<Self, RowError> {
        let table = |name: &str| read_table(&folder.join(name).with_extension("csv"));
        Ok(Self {
            functions: table("functions")?,
            service_types: table("service-types")?,
            definitions: table("definitions")?,
            search_words: table("search-words")?,
            structure: table("structure")?,
            decision_table: table("decision-table")?,
            exceptions: table("exceptions")?,
            accepted: table("accepted")?,
        })
    }
}

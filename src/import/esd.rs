//! esd-toolkit's exports: which file goes through which mapping.

use super::batch::{ImportError, batch};
use super::mapping::Mapping;
use super::row::read_table;
use crate::catalogue::{Base, Submission};
use std::path::PathBuf;

const SERVICES: &str = include_str!("../../vocab/mappings/esd.rq");
const FUNCTIONS: &str = include_str!("../../vocab/mappings/esd-functions.rq");
const NAVIGATION: &str = include_str!("../../vocab/mappings/esd-navigation.rq");
const SUBSETS: &str = include_str!("../../vocab/mappings/esd-subsets.rq");

/// The files of one import, all of the same moment.
#[derive(Clone, Debug, Default)]
pub struct EsdFiles {
    /// The export of the list of all services (CSV).
    pub services: PathBuf,
    /// The functions, mapped to services (XML or CSV).
    pub functions: Option<PathBuf>,
    /// The website navigation, mapped to services (XML or CSV).
    pub navigation: Option<PathBuf>,
    /// A table of entries with a column for each subset (CSV).
    pub subsets: Option<PathBuf>,
}

/// What the files say, to be written together.
///
/// # Errors
/// [`ImportError`]: a file that cannot be read stops all of them.
pub fn esd(files: &EsdFiles, base: &Base) -> Result<Submission, ImportError> {
    let steps = [
        (Some(&files.services), SERVICES),
        (files.functions.as_ref(), FUNCTIONS),
        (files.navigation.as_ref(), NAVIGATION),
        (files.subsets.as_ref(), SUBSETS),
    ];
    let mut submission = Submission {
        base: base.to_string(),
        agent: "http://id.esd.org.uk/".to_owned(),
        activity: "import esd".to_owned(),
        ..Submission::default()
    };
    for (path, mapping) in steps {
        let Some(path) = path else { continue };
        let mapping = Mapping::parse(mapping, base.as_str())?;
        submission.batches.push(batch(&mapping, base, read_table(path)?)?);
    }
    Ok(submission)
}

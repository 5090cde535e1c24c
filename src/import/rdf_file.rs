//! RDF as it stands, without a mapping: a file is a source, and owns what it says.

use crate::catalogue::{Base, Batch, Ownership, split};
use crate::rdf::{FILE_EXTENSIONS, ReadError, file_syntax, read_rdf};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

/// A file of RDF that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RdfFileError {
    /// Its name does not tell its syntax.
    #[error("{}: its name does not tell its syntax; let it end in one of {FILE_EXTENSIONS}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be opened.
    #[error("cannot read {}: {source}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It breaks its syntax.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        source: ReadError,
    },
}

/// What a file of RDF says of records; relative IRIs stand under `base`. The source is the one that is named, or else
/// the name of the file: loaded again, it replaces what it said before, and leaves what others said.
///
/// # Errors
/// See [`RdfFileError`].
pub fn batch_of_file(path: &Path, source: Option<&str>, base: &Base) -> Result<Batch, RdfFileError> {
    let syntax = file_syntax(path).ok_or_else(|| RdfFileError::Syntax { path: path.to_owned() })?;
    let file = File::open(path).map_err(|source| RdfFileError::Open { path: path.to_owned(), source })?;
    let triples = read_rdf(BufReader::new(file), syntax, base.as_str())
        .map_err(|source| RdfFileError::Read { path: path.to_owned(), source })?;
    let title = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let owns = triples.iter().map(|triple| triple.predicate.as_str().to_owned()).collect();
    let (said, rejected) = split(base, &title, triples);
    Ok(Batch {
        source: source.map_or_else(|| format!("file:{}", escaped(&title)), str::to_owned),
        title,
        ownership: Ownership { owns, ..Ownership::default() },
        said,
        rejected,
        is_whole: true,
    })
}

/// A file's name as it stands in an IRI.
fn escaped(name: &str) -> String {
    percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string().replace("%2E", ".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_owns_what_it_says_and_is_a_source_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("my bins.ttl");
        std::fs::write(&path, "<id/bin/1> <a:p> 'x' . <http://other.example/1> <a:q> 'y' .").unwrap();
        let base = Base::parse("http://example.eu/").unwrap();
        let batch = batch_of_file(&path, None, &base).unwrap();
        assert_eq!(batch.source, "file:my%20bins.ttl");
        assert_eq!(batch.said.len(), 1);
        assert_eq!(batch.rejected.len(), 1);
        assert!(batch.ownership.owns.contains("a:p"));
        assert_eq!(batch_of_file(&path, Some("http://bins.example/"), &base).unwrap().source, "http://bins.example/");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let base = Base::parse("http://example.eu/").unwrap();
        for (name, text, told) in
            [("a.csv", "", "ends in"), ("a.ttl", "<a", "a.ttl"), ("b.nq", "<a:s> <a:p> <a:o> <a:g> .", "b.nq")]
        {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            let error = batch_of_file(&path, None, &base).unwrap_err().to_string();
            assert!(error.contains(told) || error.contains(name), "{error}");
        }
        assert!(matches!(batch_of_file(&folder.path().join("no.nt"), None, &base), Err(RdfFileError::Open { .. })));
    }
}

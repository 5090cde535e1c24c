//! The data of `eusl validate`: files, or standard input, as one snapshot; and where a result stands in them.

use super::super::options::{InputSyntax, Validate};
use super::super::report;
use crate::rdf::{self, FILE_EXTENSIONS, Input, Locator, Triple, file_iri, file_syntax};
use crate::shacl::ValidationResult;
use crate::snapshot::{Builder, Snapshot, SnapshotError};
use anyhow::{Context, Result, anyhow, bail};
use oxrdfio::{JsonLdProfileSet, RdfFormat};
use std::fs::File;
use std::io::{Read, stdin};
use std::path::{Path, PathBuf};

/// The files that are checked together.
pub(super) struct Files(Vec<Source>);

/// One of them.
struct Source {
    /// Nothing for standard input.
    path: Option<PathBuf>,
    name: String,
    syntax: RdfFormat,
    base: String,
}

impl Files {
    /// What the options name. Relative IRIs of standard input are resolved against `base`, those of a file
    /// against the file.
    pub(super) fn of(options: &Validate, base: &str) -> Result<Self> {
        let is_input = |path: &PathBuf| path.as_path() == Path::new("-");
        if options.files.iter().filter(|path| is_input(path)).count() > 1 {
            bail!("standard input (-) can be read only once");
        }
        let source = |path: &PathBuf| {
            if is_input(path) {
                let (name, base) = ("standard input".to_owned(), base.to_owned());
                let syntax = options.syntax.map_or(RdfFormat::Turtle, format_of);
                return Ok(Source { path: None, name, syntax, base });
            }
            let syntax = syntax_of(path).or_else(|unknown| options.syntax.map(format_of).ok_or(unknown))?;
            let (name, base) = (path.display().to_string(), file_iri(path));
            Ok(Source { path: Some(path.clone()), name, syntax, base })
        };
        options.files.iter().map(source).collect::<Result<_>>().map(Self)
    }

    /// Everything in them, and some triples more.
    pub(super) fn read(&self, more: &[Triple]) -> Result<Snapshot> {
        let mut builder = Builder::new();
        let bar = report::progress("bytes read");
        for source in &self.0 {
            let read = match &source.path {
                Some(path) => builder.read(&source.name, source.syntax, &source.base, bar.wrap_read(open(path)?)),
                None => builder.read(&source.name, source.syntax, &source.base, bar.wrap_read(stdin())),
            };
            read.map_err(|error| source.explain(error))?;
        }
        for triple in more {
            builder.add(triple)?;
        }
        bar.set_message("sorting");
        let snapshot = builder.finish()?;
        bar.finish_and_clear();
        Ok(snapshot)
    }

    /// Finds the places of results by a second reading.
    pub(super) fn locate(&self, results: Vec<&ValidationResult>, snapshot: &Snapshot) -> Locator {
        let mut locator = Locator::new(results.into_iter().map(ValidationResult::statement));
        locator.hear_of(snapshot.terms());
        let bar = report::progress("bytes looked through for the places");
        for (place, source) in self.0.iter().enumerate() {
            let Some(path) = source.readable_again().filter(|_| !locator.is_done()) else { continue };
            let input = Input { number: place + 1, name: &source.name, syntax: source.syntax, base: &source.base };
            let read = open(path).and_then(|file| Ok(locator.read(input, bar.wrap_read(file))?));
            if let Err(error) = read {
                report::note(&format!("{}: cannot be read again, to tell where results stand: {error:#}", source.name));
            }
        }
        bar.finish_and_clear();
        locator
    }
}

impl Source {
    /// The file, if it gives the same at each reading: a pipe gives nothing twice.
    fn readable_again(&self) -> Option<&Path> {
        self.path.as_deref().filter(|path| path.is_file())
    }

    /// The error with its line, where the parser does not tell it.
    fn explain(&self, error: SnapshotError) -> anyhow::Error {
        let line = match (&error, self.readable_again()) {
            (SnapshotError::Syntax { line: None, .. }, Some(path)) => {
                open(path).ok().and_then(|file| rdf::line_of_error(self.syntax, &self.base, file))
            }
            _ => None,
        };
        match (line, &error) {
            (Some(line), SnapshotError::Syntax { name, error, .. }) => match self.syntax {
                RdfFormat::JsonLd { .. } => anyhow!("{name}: {error}, in the node that ends on line {line}"),
                _ => anyhow!("{name}:{line}: {error}"),
            },
            _ => error.into(),
        }
    }
}

/// Opens a file.
pub(super) fn open(path: &Path) -> Result<impl Read + Send> {
    File::open(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The syntax of a file by its extension.
pub(super) fn syntax_of(path: &Path) -> Result<RdfFormat> {
    file_syntax(path).with_context(|| {
        format!("{}: no RDF syntax has the extension of this file (known: {FILE_EXTENSIONS})", path.display())
    })
}

fn format_of(syntax: InputSyntax) -> RdfFormat {
    match syntax {
        InputSyntax::Turtle => RdfFormat::Turtle,
        InputSyntax::Ntriples => RdfFormat::NTriples,
        InputSyntax::Nquads => RdfFormat::NQuads,
        InputSyntax::Trig => RdfFormat::TriG,
        InputSyntax::Rdfxml => RdfFormat::RdfXml,
        InputSyntax::Jsonld => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
    }
}

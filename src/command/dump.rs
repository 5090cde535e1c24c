//! `eusl dump` and `eusl load`: what is published, or all of the history, as files that other programs read.

use super::keep_options::{Dump, Load};
use super::options::SettingOptions;
use super::{Ending, report, writer};
use crate::catalogue::{Base, Present, Submission};
use crate::config::Settings;
use crate::dump::{ALL, DumpCoding, DumpForm, Wanted, write_dump};
use crate::import::batch_of_file;
use crate::register::{HistoryEnd, Register};
use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

/// `eusl dump FILE`
pub(super) fn write(settings: SettingOptions, dump: &Dump) -> Result<Ending> {
    let settings = settings.resolve()?;
    let register = Register::open_to_read(&settings.data)?;
    let bar = report::progress("writing");
    let said = into_file(&dump.file, |out| {
        if dump.history {
            Ok(told(&register.snapshot()?.dump_history(out)?))
        } else {
            published(&Present::of(&register, &settings.base)?, &settings.base, dump, out)
        }
    })?;
    bar.finish_and_clear();
    report::note(&said);
    Ok(Ending::Done)
}

/// Writes what is published, or a dataset of it, in what the name of the file tells, and says how much it is.
fn published(present: &Present<'_>, base: &Base, dump: &Dump, out: &mut dyn Write) -> Result<String> {
    let (form, coding) = named(&dump.file);
    let unless_named = if form == DumpForm::Csv { "services" } else { ALL };
    let dataset = dump.dataset.clone().unwrap_or_else(|| unless_named.to_owned());
    if form == DumpForm::NQuads && dump.dataset.is_some() {
        bail!("N-Quads hold the history of everything; leave out --dataset, or name a file that ends in .nt");
    }
    let near = if dump.file == Path::new("-") { std::env::temp_dir().join("eusl-dump") } else { dump.file.clone() };
    let written = write_dump(present, base, &Wanted { dataset, form, coding }, &near, out)?;
    let what = match form {
        DumpForm::NQuads => "versions",
        DumpForm::Csv => "rows",
        _ => "records",
    };
    Ok(format!("{written} {what}, revision {}", present.revision()))
}

/// What the name of a file tells of it: N-Triples where it tells nothing.
fn named(file: &Path) -> (DumpForm, Option<DumpCoding>) {
    let extension = |file: &Path| file.extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
    let coding = DumpCoding::ALL.into_iter().find(|coding| coding.extension() == extension(file));
    let plain = if coding.is_some() { file.with_extension("") } else { file.to_owned() };
    let form = DumpForm::ALL.into_iter().find(|form| form.extension() == extension(&plain));
    (form.unwrap_or(DumpForm::NTriples), coding)
}

/// Where a history ends, in words.
fn told(end: &HistoryEnd) -> String {
    let chain =
        end.link.as_ref().map_or_else(|| "the feed is empty".to_owned(), |link| format!("chain ends in {link}"));
    format!("{} revisions, {} versions, {chain}; drafts and tokens are not in it", end.revision, end.versions)
}

/// Lets `write` write into a file that is there whole or not at all, or, for `-`, to standard output.
fn into_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<String>) -> Result<String> {
    if path == Path::new("-") {
        let mut out = BufWriter::new(io::stdout().lock());
        let said = write(&mut out)?;
        out.flush()?;
        return Ok(said);
    }
    let cannot = || format!("cannot write {}", path.display());
    let mut name = path.file_name().with_context(cannot)?.to_owned();
    name.push(format!(".partial-{}", std::process::id()));
    let partial = path.with_file_name(name);
    let mut out = BufWriter::new(File::create(&partial).with_context(cannot)?);
    let written = write(&mut out).and_then(|said| {
        out.flush()?;
        out.get_ref().sync_all()?;
        fs::rename(&partial, path)?;
        Ok(said)
    });
    if written.is_err() {
        // The failure that is told is the first.
        let _ = fs::remove_file(&partial);
    }
    written.with_context(cannot)
}

/// `eusl load FILE…`
pub(super) fn load(settings: SettingOptions, load: &Load) -> Result<Ending> {
    let settings = settings.resolve()?;
    if let [file] = load.files.as_slice()
        && is_history(file)?
    {
        return load_history(&settings, file);
    }
    let mut ending = Ending::Done;
    for file in &load.files {
        if load_rdf(&settings, file, load.source.as_deref())? == Ending::NotAll {
            ending = Ending::NotAll;
        }
    }
    Ok(ending)
}

/// Whether a file begins as a history does.
fn is_history(file: &Path) -> Result<bool> {
    let mut beginning = Vec::new();
    let open = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    open.take(8).read_to_end(&mut beginning)?;
    Ok(beginning == br#"{"head":"#)
}

/// Makes a new register of a history.
fn load_history(settings: &Settings, file: &Path) -> Result<Ending> {
    let lines = BufReader::new(File::open(file)?);
    let bar = report::progress("reading");
    let register = Register::open(&settings.data, settings.base.as_str())?;
    let loaded = register.load_history(lines);
    bar.finish_and_clear();
    let end = loaded.with_context(|| file.display().to_string())?;
    report::line(&told(&end));
    Ok(Ending::Done)
}

/// Writes what a file of RDF says of records.
fn load_rdf(settings: &Settings, file: &Path, source: Option<&str>) -> Result<Ending> {
    let submission = submission(&settings.base, file, source)?;
    let outcome = writer::write(settings, submission)?;
    report::outcome(&outcome);
    Ok(if outcome.rejected.is_empty() { Ending::Done } else { Ending::NotAll })
}

fn submission(base: &Base, file: &Path, source: Option<&str>) -> Result<Submission> {
    let batch = batch_of_file(file, source, base)?;
    Ok(Submission {
        base: base.to_string(),
        agent: batch.source.clone(),
        activity: format!("load {}", batch.title),
        batches: vec![batch],
        release: None,
    })
}

//! The words of the command line.

use super::keep_options::{Backup, Dump, Load, Restore};
use super::query_options::QueryOptions;
use crate::catalogue::Role;
use crate::config::{Given, Settings};
use anyhow::Context;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// Publishes the European Service List as linked data.
///
/// Without a command it serves: it makes the register in ./eusl-data if there is none, fills it
/// with the list that ships with the program, and answers at <http://localhost:7878/>.
#[derive(Debug, Parser)]
#[command(name = "eusl", version, max_term_width = 100)]
pub(super) struct Cli {
    /// What to do; `serve` if nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub settings: SettingOptions,
}

/// What `eusl validate --help` ends with.
const VALIDATE_EXAMPLES: &str = "\
Examples:
  eusl validate services.ttl organisations.ttl
  eusl validate services.nt --shapes my-shapes.ttl --report json
  curl -s https://example.eu/services.ttl | eusl validate -";

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve the list at its IRIs, as pages and over SPARQL
    Serve(Serve),
    /// Bring in a list from the files of its keeper
    Import(Import),
    /// Check RDF files against SHACL shapes: those of CPSV-AP and of the list, or your own
    ///
    /// All files together are one data graph; blank nodes of different files are never one. Without
    /// --shapes they are checked against the shapes that ship with the program, those of CPSV-AP
    /// 3.2.0 and the list's own, and the codes that these know take part, so that they need not be
    /// in your files.
    ///
    /// The report goes to standard output, the gravest first. The exit code is 0 where nothing has
    /// the severity that --fail-on names or a graver one, 1 where something has, and 2 where a file
    /// cannot be read or the shapes cannot be used; a message then tells where and why.
    #[command(after_long_help = VALIDATE_EXAMPLES)]
    Validate(Validate),
    /// Check and load the tables of the list, as its editors change them
    #[command(subcommand)]
    List(List),
    /// Freeze the list as it is under a name
    Release(Release),
    /// Say who may write over the network
    #[command(subcommand)]
    Token(Token),
    /// Write what is published, or all of the history, into a file
    Dump(Dump),
    /// Take in RDF as it stands, or make a new register of a history
    Load(Load),
    /// Hold the register to all that is promised of it
    ///
    /// Every version is digested again, in its RDFC-1.0 form, and the chain along the feed is made again; tables,
    /// links, names, the index of searches, numbers, releases, drafts and sources are held to it, and the graph of the
    /// running server, or the one that a server would make. Nothing is changed, and a server may run meanwhile. What
    /// does not fit is told with its record, its version and what to do. The exit code is 0 where all fits, 1 where
    /// something does not, and 2 where the register cannot be opened.
    Verify,
    /// Copy the register into a directory, also while it is served
    Backup(Backup),
    /// Bring a backup back
    Restore(Restore),
    /// Make a deterministic data set of towns and their offers, for benchmarks
    Sample(Sample),
    /// Answer queries for the server that started this process
    #[command(hide = true)]
    Worker,
}

impl Default for Command {
    fn default() -> Self {
        Self::Serve(Serve::default())
    }
}

/// Settings that every command takes, also as EUSL_… variables or in a TOML file.
#[derive(Debug, Args)]
#[command(next_help_heading = "Settings")]
pub(super) struct SettingOptions {
    /// What our IRIs start with; written into the register when it is made [default: <http://localhost:7878/>]
    #[arg(long, global = true, env = "EUSL_BASE", value_name = "IRI")]
    base: Option<String>,
    /// Where documents and endpoints answer, if that is not the base
    #[arg(long, global = true, env = "EUSL_SITE", value_name = "IRI")]
    site: Option<String>,
    /// The address and port to listen on [default: 127.0.0.1:7878]
    #[arg(long, global = true, env = "EUSL_LISTEN", value_name = "ADDRESS")]
    listen: Option<String>,
    /// The data directory; `:memory:` keeps nothing [default: ./eusl-data]
    #[arg(long, global = true, env = "EUSL_DATA", value_name = "DIRECTORY")]
    data: Option<String>,
    /// A TOML file with any of these settings
    #[arg(long, global = true, env = "EUSL_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// The name of the organisation that publishes the list
    #[arg(long, global = true, env = "EUSL_PUBLISHER", value_name = "NAME")]
    publisher: Option<String>,
    /// Which kind of organisation that is, for data portals: local-authority, national-authority, …
    #[arg(long, global = true, env = "EUSL_PUBLISHER_TYPE", value_name = "TYPE")]
    publisher_type: Option<String>,
    /// The publisher's own site
    #[arg(long, global = true, env = "EUSL_PUBLISHER_HOMEPAGE", value_name = "IRI")]
    publisher_homepage: Option<String>,
    /// A mail address or page where the publisher can be reached
    #[arg(long, global = true, env = "EUSL_PUBLISHER_CONTACT", value_name = "CONTACT")]
    publisher_contact: Option<String>,
    /// The licence of the data [default: CC BY 4.0]
    #[arg(long, global = true, env = "EUSL_LICENCE", value_name = "IRI")]
    licence: Option<String>,
    /// Keep files of everything that is published at /dump, `on` or `off` [default: on]
    #[arg(long, global = true, env = "EUSL_DUMPS", value_name = "ON|OFF")]
    dumps: Option<String>,
    /// Memory for documents that were made, until what they show changes; 0 keeps none [default: 64]
    #[arg(long, global = true, env = "EUSL_CACHE_MEGABYTES", value_name = "MEGABYTES")]
    cache_megabytes: Option<u64>,
    /// What holds the published graph, `mapped` or `oxigraph`: a snapshot that is mapped from a file, or Oxigraph's store
    /// in memory [default: mapped]
    #[arg(long, global = true, env = "EUSL_GRAPH", value_name = "ENGINE")]
    graph: Option<String>,
    #[command(flatten)]
    queries: QueryOptions,
    /// An endpoint that queries may ask with SERVICE; may be given several times [default: none is asked]
    #[arg(long, global = true, env = "EUSL_SERVICE_ALLOW", value_name = "IRI", value_delimiter = ' ')]
    service_allow: Option<Vec<String>>,
    /// The same for an endpoint in your own network: its name may lead to private addresses
    #[arg(long, global = true, env = "EUSL_SERVICE_ALLOW_PRIVATE", value_name = "IRI", value_delimiter = ' ')]
    service_allow_private: Option<Vec<String>>,
}

impl SettingOptions {
    /// Whether a data directory was named on the command line or in the environment.
    pub(super) fn name_data(&self) -> bool {
        self.data.is_some()
    }

    /// Flags and environment, then the file, checked.
    pub(super) fn resolve(self) -> anyhow::Result<Settings> {
        let file = match &self.config {
            Some(path) => Given::from_file(path)?,
            None => Given::default(),
        };
        let flags = Given {
            base: self.base,
            site: self.site,
            listen: self.listen,
            data: self.data,
            publisher: self.publisher,
            publisher_type: self.publisher_type,
            publisher_homepage: self.publisher_homepage,
            publisher_contact: self.publisher_contact,
            licence: self.licence,
            dumps: self.dumps,
            graph: self.graph,
            cache_megabytes: self.cache_megabytes,
            service_allow: self.service_allow,
            service_allow_private: self.service_allow_private,
            ..Given::default()
        };
        Settings::resolve(self.queries.with(flags).or(file)).context("a setting is wrong")
    }
}

/// `eusl serve`
#[derive(Debug, Default, Args)]
pub(super) struct Serve {
    /// Serve these RDF files for queries instead of a register: read-only, in memory, unchecked;
    /// for benchmarks and conformance suites
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub scratch: Vec<PathBuf>,
    /// Show two invented towns beside the list, with offers, departments, opening hours and
    /// assessments of their own; kept in memory only
    #[arg(long, conflicts_with = "scratch")]
    pub demo: bool,
}

/// `eusl list`
#[derive(Debug, Subcommand)]
pub(super) enum List {
    /// Find what is missing, doubled, unclear or contradictory in the tables of the list
    ///
    /// Without a folder the tables that ship with the program are checked. The exit code is 0 where
    /// nothing is found, and 1 where something is.
    Check {
        /// The folder with the tables, such as vocab/list in the source
        #[arg(value_name = "FOLDER")]
        folder: Option<PathBuf>,
    },
    /// Load the tables into a register, as a new version of the program or an editor has them
    ///
    /// They are checked first, and nothing is written where something is found. What others wrote into
    /// the register stays. A running server shows the list when the command ends.
    Load {
        /// The folder with the tables; those that ship with the program if none is given
        #[arg(value_name = "FOLDER")]
        folder: Option<PathBuf>,
    },
}

/// `eusl import`
///
/// Numbers and names that are published stay as they are; the import brings what its mapping
/// lists and reports where the file says other than the list. It ends with one line that counts
/// the entries. A second import of the same files changes nothing. What cannot be brought in is told
/// with its line, the reason and what to do; the rest enters, and the exit code is 1. Beside a
/// running server it hands its work over, so that the server shows it when the command ends.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// `esd`, `govuk`, or a mapping of your own: a SPARQL CONSTRUCT in a file that ends in .rq
    #[arg(value_name = "SOURCE")]
    pub source: String,
    /// The export to read: CSV with a header, or an esd XML download; for govuk, the links that
    /// GOV.UK has to the pages of councils (CSV)
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// esd: the functions list mapped to services
    #[arg(long, value_name = "FILE")]
    pub functions: Option<PathBuf>,
    /// esd: the website navigation list mapped to services
    #[arg(long, value_name = "FILE")]
    pub navigation: Option<PathBuf>,
    /// esd: a table of entries with a column for each subset
    #[arg(long, value_name = "FILE")]
    pub subsets: Option<PathBuf>,
    /// govuk: the local authorities, without which links to them cannot be brought in (CSV)
    #[arg(long, value_name = "FILE")]
    pub authorities: Option<PathBuf>,
}

/// `eusl validate`
#[derive(Debug, Args)]
pub(super) struct Validate {
    /// What to check: RDF whose syntax the extension tells (ttl, nt, nq, trig, rdf, xml, jsonld,
    /// json, n3), or `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Check against the shapes in this file, and not against those that ship; may be given several times
    #[arg(long, value_name = "FILE")]
    pub shapes: Vec<PathBuf>,
    /// With --shapes: let the codes that ship with the program take part, as they do without it
    #[arg(long, requires = "shapes")]
    pub codes: bool,
    /// The form of the report: text for people, RDF in Turtle, or JSON
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    pub report: ReportForm,
    /// The least grave severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t)]
    pub fail_on: FailOn,
    /// Text: how many results of each finding are shown
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub examples: usize,
    /// Text: the language of messages, where the shapes have it [default: that of the terminal]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Keep the first N violations and N other results and only count the rest, where all are too many for memory
    #[arg(long, value_name = "N")]
    pub max_results: Option<usize>,
    /// The syntax of standard input, and of files whose extension tells none [default: turtle,
    /// which includes N-Triples]
    #[arg(long, value_enum)]
    pub syntax: Option<InputSyntax>,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportForm {
    #[default]
    Text,
    Turtle,
    Json,
}

/// From which severity on data fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    #[default]
    Violation,
    Warning,
    Info,
}

/// The syntax of what has no extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum InputSyntax {
    Turtle,
    Ntriples,
    Nquads,
    Trig,
    Rdfxml,
    Jsonld,
}

/// `eusl release`
#[derive(Debug, Args)]
pub(super) struct Release {
    /// The release's name, such as 4.01; its list answers at list/services/NAME
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// `eusl token`
#[derive(Debug, Subcommand)]
pub(super) enum Token {
    /// Make a token and print it, this once
    ///
    /// The token alone goes to standard output. Whoever has it may write as what is said here: keep
    /// it as a password is kept. A client sends it in the header field `Authorization: Bearer …`.
    Add(TokenAdd),
    /// List the tokens that were ever made, and whether they may be used; no secret is in it
    List,
    /// Revoke a token at once and for good
    Revoke {
        /// What follows the first `_` of the token, as `eusl token list` shows it
        #[arg(value_name = "PREFIX")]
        prefix: String,
    },
}

/// `eusl token add`
#[derive(Debug, Args)]
pub(super) struct TokenAdd {
    /// Whose it is, a person or a program; everything written with it bears this name
    #[arg(value_name = "NAME")]
    pub name: String,
    /// What it lets them do: hand in drafts (submit), publish and change too (edit), or deprecate,
    /// withdraw and reinstate as well (manage)
    #[arg(long, value_name = "ROLE", value_parser = role())]
    pub role: Role,
    /// The organisation that they write for
    #[arg(long, value_name = "IRI")]
    pub organisation: Option<String>,
    /// A kind of record that they may write, such as public-service; may be given several times
    /// [default: all, or service-type where --numbers is given]
    #[arg(long = "kind", value_name = "KIND")]
    pub kinds: Vec<String>,
    /// The service types that they may write, as 10000-10999 [default: all]
    #[arg(long, value_name = "A-B", value_parser = numbers)]
    pub numbers: Option<RangeInclusive<u64>>,
    /// The last day on which it may be used, in UTC, as 2027-03-31 [default: it has no end]
    #[arg(long, value_name = "DATE")]
    pub expires: Option<String>,
}

fn role() -> impl TypedValueParser<Value = Role> {
    let names = PossibleValuesParser::new(Role::ALL.map(Role::name));
    names.try_map(|name| Role::named(&name).ok_or("there is no such role"))
}

/// Numbers from one to another, or a single one.
fn numbers(text: &str) -> Result<RangeInclusive<u64>, String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (first.trim().parse(), last.trim().parse()) {
        (Ok(first), Ok(last)) => Ok(first..=last),
        _ => Err("write them as 10000-10999".to_owned()),
    }
}

/// `eusl sample`
#[derive(Debug, Args)]
pub(super) struct Sample {
    /// How many towns, each with 250 offers
    #[arg(long, value_name = "N")]
    pub municipalities: u32,
    /// Describe each offer in full instead of as a link of six triples
    #[arg(long)]
    pub full: bool,
    /// Where to write N-Triples; standard output if not given
    #[arg(value_name = "FILE")]
    pub out: Option<PathBuf>,
}

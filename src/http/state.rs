//! What every handler works with.

use super::asset::{Asset, assets};
use super::attempts::Attempts;
use super::cache::Representations;
use super::problem::{Problem, ProblemType};
use super::queries::{KeptAnswers, Slots, TrustedProxies};
use super::query_threads::QueryThreads;
use super::service_description::Counted;
use super::validation::{Turns, Validator};
use super::vocabulary::{CONTEXT, Shipped};
use crate::catalogue::{Base, Catalogue, Gate, GateError};
use crate::dump::Dumps;
use crate::federation::AllowList;
use crate::graph::{self, Graph, GraphError};
use crate::harvest::dcat::PublisherType;
use crate::list::{StoredQuery, stored_queries};
use crate::pages::{Language, Place, Section, Site, Translation, record::Surroundings};
use crate::profile::Profile;
use crate::rdf::{ContextAddress, JsonLdContext, JsonLdContextError, Preference, Prefixes, ReadError};
use crate::vocab;
use crate::worker::{Pool, PoolSettings};
use std::io;
use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::sync::Semaphore;

/// How the server presents itself and what it lets through.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// Where documents, endpoints and feeds answer; ends with `/`.
    pub site: Base,
    /// The publisher's name, where one was set.
    pub publisher: Option<String>,
    /// Which kind of organisation the publisher is.
    pub publisher_type: Option<PublisherType>,
    /// The publisher's site.
    pub publisher_homepage: Option<String>,
    /// A mail address or a page where the publisher can be reached.
    pub publisher_contact: Option<String>,
    /// The IRI of the licence of the data.
    pub licence: String,
    /// What readers call that licence.
    pub licence_label: String,
    /// The memory for representations that were made, in bytes.
    pub cache: u64,
    /// What a query may take.
    pub queries: QueryLimits,
    /// The memory for answers to queries that were made, in bytes.
    pub kept_answers: u64,
    /// The proxies whose word is believed about whom they forward a request for.
    pub proxies: TrustedProxies,
    /// The endpoints that a query may ask with SERVICE.
    pub services: AllowList,
    /// The processes that queries run in; where there are none they run in this one.
    pub workers: Option<PoolSettings>,
    /// Tells the time that opening hours and the last days of tokens are held against.
    pub clock: fn() -> SystemTime,
}

impl HttpSettings {
    /// A server at a site whose publisher nobody named, without a cache, with the time of the system.
    pub fn of(site: Base, queries: QueryLimits) -> Self {
        Self {
            site,
            publisher: None,
            publisher_type: None,
            publisher_homepage: None,
            publisher_contact: None,
            licence: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
            licence_label: "CC BY 4.0".to_owned(),
            cache: 0,
            queries,
            kept_answers: 0,
            proxies: TrustedProxies::default(),
            services: AllowList::default(),
            workers: None,
            clock: SystemTime::now,
        }
    }
}

/// What a query may take.
#[derive(Clone, Copy, Debug)]
pub struct QueryLimits {
    /// How long one may run.
    pub time: Duration,
    /// How many may run at once.
    pub at_once: usize,
    /// How many of one client may; 0 sets one client no limit of its own.
    pub per_client: usize,
    /// The most that an answer may have, in bytes; 0 sets no limit.
    pub bytes: u64,
    /// From which time on the log tells of one.
    pub slow: Duration,
}

impl Default for QueryLimits {
    /// What the settings are unless they are set.
    fn default() -> Self {
        Self { time: Duration::from_secs(20), at_once: 16, per_client: 4, bytes: 1 << 30, slow: Duration::from_secs(5) }
    }
}

/// How many large answers are made at once; each may hold a whole list in memory several times over.
const LARGE_ANSWERS: usize = 2;

/// A server whose own documents cannot be read: the source tree was changed.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The vocabulary or the shapes.
    #[error("a document that comes with the program cannot be read: {0}")]
    Shipped(#[from] ReadError),
    /// The shapes.
    #[error(transparent)]
    Gate(#[from] GateError),
    /// The JSON-LD context.
    #[error("vocab/context/{CONTEXT}.jsonld cannot be read: {0}")]
    Context(#[from] JsonLdContextError),
    /// The processes for queries.
    #[error("no thread can be made to keep the processes that queries run in: {0}")]
    Workers(io::Error),
    /// The file that they map.
    #[error(transparent)]
    Graph(#[from] GraphError),
}

/// The data that queries are answered from.
#[derive(Clone)]
pub(super) enum Served {
    /// The register and its graph.
    Catalogue(Arc<Catalogue>),
    /// A graph of any files.
    Scratch(Arc<Graph>),
}

impl Served {
    /// The graph that queries are answered from.
    pub(super) fn graph(&self) -> &Graph {
        match self {
            Self::Catalogue(catalogue) => catalogue.graph(),
            Self::Scratch(graph) => graph,
        }
    }

    /// Processes that show the graph, where it is one that others can show.
    fn workers(&self, settings: Option<PoolSettings>) -> Result<Option<Pool>, AppError> {
        let Some(settings) = settings else { return Ok(None) };
        // What is kept in no folder has a file without a name.
        if let Err(error) = self.graph().keep(graph::Place::Unnamed) {
            tracing::warn!(cause = %error, "queries run in the server's own process, where nothing bounds their memory");
            return Ok(None);
        }
        if self.graph().shared(None)?.is_none() {
            return Ok(None);
        }
        let served = self.clone();
        Ok(Some(Pool::new(settings, move |held| served.graph().shared(held)).map_err(AppError::Workers)?))
    }
}

/// The state of the server, shared by all requests.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// What an [`App`] shares.
pub struct Shared {
    pub(super) served: Served,
    pub(super) settings: HttpSettings,
    pub(super) prefixes: Prefixes,
    pub(super) contexts: Contexts,
    pub(super) shipped: [Arc<Shipped>; 3],
    /// Questions that are asked of the list; none of scratch data.
    pub(super) stored_queries: Vec<StoredQuery>,
    /// The dumps of the catalogue.
    pub(super) dumps: Dumps,
    pub(super) representations: Representations,
    pub(super) assets: Vec<Asset>,
    /// Who may make a large answer.
    pub(super) large_answers: Arc<Semaphore>,
    /// Who may run a query.
    pub(super) slots: Slots,
    pub(super) kept_answers: KeptAnswers,
    pub(super) query_threads: QueryThreads,
    /// The processes that queries run in, where they do not run in this one.
    pub(super) workers: Option<Pool>,
    /// What the graph holds, for the description of the endpoint.
    pub(super) counted: Counted,
    pub(super) validator: Validator,
    pub(super) validations: Turns,
    /// Tokens that were shown and cannot be used.
    pub(super) failed_attempts: Attempts,
    /// When the program was built: since then it writes data as it does.
    pub(super) built: SystemTime,
    /// When it was started, with the settings it has.
    pub(super) started: SystemTime,
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// The JSON-LD contexts that documents name.
pub(super) struct Contexts {
    own: JsonLdContext,
    schema_org: JsonLdContext,
}

impl Contexts {
    fn new(site: &Base) -> Result<Self, JsonLdContextError> {
        Ok(Self {
            own: JsonLdContext::new(vocab::CONTEXT, ContextAddress::At(format!("{site}context/{CONTEXT}.jsonld")))?,
            schema_org: JsonLdContext::new(vocab::SCHEMA_ORG_CONTEXT, ContextAddress::Inlined)?,
        })
    }

    /// The context of documents in a profile.
    pub(super) fn of(&self, profile: Profile) -> &JsonLdContext {
        if profile == Profile::SchemaOrg { &self.schema_org } else { &self.own }
    }
}

impl App {
    /// A server of a catalogue, without dumps.
    ///
    /// # Errors
    /// See [`AppError`].
    pub fn of_catalogue(catalogue: Arc<Catalogue>, settings: HttpSettings) -> Result<Self, AppError> {
        Self::with_dumps(catalogue, Dumps::off(), settings)
    }

    /// A server of a catalogue and its dumps.
    ///
    /// # Errors
    /// See [`AppError`].
    pub fn with_dumps(catalogue: Arc<Catalogue>, dumps: Dumps, settings: HttpSettings) -> Result<Self, AppError> {
        let prefixes = catalogue.base().prefixes();
        Self::new(Served::Catalogue(catalogue), prefixes, dumps, settings)
    }

    /// A server of a graph of any files.
    ///
    /// # Errors
    /// See [`AppError`].
    pub fn of_scratch(graph: Graph, settings: HttpSettings) -> Result<Self, AppError> {
        Self::new(Served::Scratch(Arc::new(graph)), Prefixes::new([]), Dumps::off(), settings)
    }

    fn new(served: Served, prefixes: Prefixes, dumps: Dumps, settings: HttpSettings) -> Result<Self, AppError> {
        let (catalogue, gate) = match &served {
            Served::Catalogue(catalogue) => (Some(Arc::clone(catalogue)), catalogue.gate()),
            Served::Scratch(_) => (None, Arc::new(Gate::new()?)),
        };
        let workers = served.workers(settings.workers.clone())?;
        let started = SystemTime::now();
        Ok(Self(Arc::new(Shared {
            served,
            prefixes,
            contexts: Contexts::new(&settings.site)?,
            shipped: Shipped::all()?,
            stored_queries: if catalogue.is_some() { stored_queries() } else { Vec::new() },
            dumps,
            representations: Representations::new(settings.cache, catalogue),
            assets: assets(),
            large_answers: Arc::new(Semaphore::new(LARGE_ANSWERS)),
            slots: Slots::new(settings.queries.at_once, settings.queries.per_client),
            kept_answers: KeptAnswers::new(settings.kept_answers),
            query_threads: QueryThreads::default(),
            workers,
            counted: Counted::default(),
            validator: Validator::of(gate),
            validations: Turns::default(),
            failed_attempts: Attempts::default(),
            built: built().unwrap_or(started),
            started,
            settings,
        })))
    }

    /// The catalogue; a server of scratch data has none.
    pub(super) fn catalogue(&self) -> Result<Arc<Catalogue>, Problem> {
        match &self.served {
            Served::Catalogue(catalogue) => Ok(Arc::clone(catalogue)),
            Served::Scratch(_) => {
                Err(Problem::new(ProblemType::NotFound, "this server has no list; it answers queries at /sparql"))
            }
        }
    }

    /// The graph of scratch data; a server of a catalogue has none.
    pub(super) fn scratch(&self) -> Result<Arc<Graph>, Problem> {
        match &self.served {
            Served::Scratch(graph) => Ok(Arc::clone(graph)),
            Served::Catalogue(_) => Err(Problem::new(ProblemType::NotFound, "this server has no scratch data")),
        }
    }

    /// The base of the data's IRIs.
    pub(super) fn base(&self) -> &Base {
        match &self.served {
            Served::Catalogue(catalogue) => catalogue.base(),
            Served::Scratch(_) => &self.settings.site,
        }
    }

    /// What every page says of the site, in a language, on the page at a path.
    pub(super) fn site(&self, language: Language, path: &str) -> Site {
        let settings = &self.settings;
        let pages = self.pages(language);
        let places = [
            (Section::Services, "list/services"),
            (Section::SecondList, "list/suitability"),
            (Section::Functions, "list/functions"),
            (Section::CodeLists, "list"),
            (Section::Desk, "desk"),
            (Section::Query, "sparql"),
            (Section::Validation, "validate"),
        ];
        let translations =
            Language::ALL.map(|language| Translation { language, href: format!("{}{path}", self.pages(language)) });
        Site {
            title: language.title_of_list().to_owned(),
            publisher: settings.publisher.clone(),
            publisher_homepage: settings.publisher_homepage.clone(),
            publisher_contact: settings.publisher_contact.clone(),
            licence: settings.licence.clone(),
            licence_label: settings.licence_label.clone(),
            base: self.base().to_string(),
            language,
            translations: translations.into(),
            neutral: Some(format!("{}{path}", settings.site)),
            root: settings.site.to_string(),
            navigation: places
                .into_iter()
                .filter(|(section, _)| matches!(self.served, Served::Catalogue(_)) || *section == Section::Query)
                .map(|(section, path)| Place { section, href: format!("{pages}{path}") })
                .collect(),
            home: pages,
        }
    }

    /// What the addresses of pages in a language start with.
    fn pages(&self, language: Language) -> String {
        format!("{}{}/", self.settings.site, language.code())
    }

    /// Fills a page for a reader of a language.
    pub(super) fn with_view<T>(&self, language: Language, fill: impl FnOnce(&Surroundings<'_>) -> T) -> T {
        let (pages, reader) = (self.pages(language), Preference::new(language.data_tags()));
        fill(&Surroundings { base: self.base(), pages: &pages, language, reader: &reader })
    }
}

/// When the running program was written to its file.
fn built() -> io::Result<SystemTime> {
    std::env::current_exe()?.metadata()?.modified()
}

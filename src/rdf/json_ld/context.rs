//! A JSON-LD context: the terms that the writer speaks in, in the order it writes them.

use super::definition::{Ordered, Value};
use super::json::Json;
use std::collections::HashMap;
use std::io;

/// A context to write with, read from its document.
///
/// It is the one source of which key stands for which property, in which shape its values are,
/// and in which order keys stand. <https://www.w3.org/TR/json-ld11/#the-context>
#[derive(Clone, Debug)]
pub struct JsonLdContext {
    address: ContextAddress,
    version: Option<String>,
    /// What the IRIs of names without a term begin with.
    vocabulary: Option<String>,
    pub(super) terms: Vec<Term>,
    pub(super) properties: HashMap<String, usize>,
    pub(super) reverse: HashMap<String, usize>,
    pub(super) classes: HashMap<String, String>,
    pub(super) id: String,
    pub(super) kind: String,
}

/// What the `@context` of a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextAddress {
    /// The IRI where the context can be read.
    At(String),
    /// The context itself, for documents that must stand alone.
    Inlined,
}

/// A context that the writer cannot be driven by.
#[derive(Debug, thiserror::Error)]
pub enum JsonLdContextError {
    /// The document is no JSON object whose `@context` is an object of terms.
    #[error("the JSON-LD context is not an object with \"@context\" and its terms: {0}")]
    Json(#[from] serde_json::Error),
    /// A term says something that the writer does not know how to write by.
    #[error("the term {term:?} of the JSON-LD context has {keyword}, which the writer does not know; leave it out")]
    Unknown {
        /// The term.
        term: String,
        /// The keyword or value that is not known.
        keyword: String,
    },
    /// A term stands for no absolute IRI.
    #[error("the term {term:?} of the JSON-LD context has no absolute IRI; give it an \"@id\" or a \"@reverse\"")]
    NoIri {
        /// The term.
        term: String,
    },
    /// A term could be taken for the prefix of an IRI.
    #[error("the term {term:?} of the JSON-LD context would act as a prefix; define it as an object with an \"@id\"")]
    Prefix {
        /// The term.
        term: String,
    },
    /// Two terms stand for the same thing, so that the writer would have to choose.
    #[error("the terms {first:?} and {second:?} of the JSON-LD context are the same; leave one out")]
    Twice {
        /// The term that comes first.
        first: String,
        /// The term that comes later.
        second: String,
    },
}

/// One term of a context.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) name: String,
    pub(super) meaning: Meaning,
    pub(super) coercion: Coercion,
    pub(super) container: Container,
    /// Whether it was defined by an IRI alone.
    is_short: bool,
}

/// What a term stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// `@id` or `@type`.
    Keyword(String),
    /// A property or class.
    Iri(String),
    /// A property read from its value to its subject.
    Reverse(String),
}

/// What a bare string is as a value of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Coercion {
    /// A string.
    String,
    /// An IRI.
    Iri,
    /// A literal of this datatype.
    Datatype(String),
}

/// In what the values of a term stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// Alone if there is one.
    One,
    /// Always in an array.
    Set,
    /// In the array of one `rdf:List`.
    List,
    /// By language, alone if there is one in that language.
    Language,
    /// By language, always in arrays.
    LanguageSet,
}

impl JsonLdContext {
    /// Whether a name stands for something in this context; JSON-LD leaves out what a name without a meaning says.
    pub fn defines(&self, name: &str) -> bool {
        self.terms.iter().any(|term| term.name == name)
    }

    /// Reads a context document, `{"@context": {…}}`.
    ///
    /// # Errors
    /// See [`JsonLdContextError`].
    pub fn new(document: &str, address: ContextAddress) -> Result<Self, JsonLdContextError> {
        let Ordered(members) = serde_json::from_str(document)?;
        let mut context = Self {
            address,
            version: None,
            vocabulary: None,
            terms: Vec::new(),
            properties: HashMap::new(),
            reverse: HashMap::new(),
            classes: HashMap::new(),
            id: "@id".to_owned(),
            kind: "@type".to_owned(),
        };
        for (name, value) in members {
            match value {
                Value::Version(version) if name == "@version" => context.version = Some(version),
                Value::Iri(iri) if name == "@vocab" => context.vocabulary = Some(iri),
                _ => context.add(Term::new(name, value)?)?,
            }
        }
        Ok(context)
    }

    fn add(&mut self, term: Term) -> Result<(), JsonLdContextError> {
        let place = self.terms.len();
        let earlier = match &term.meaning {
            Meaning::Keyword(keyword) => {
                let key = if keyword == "@id" { &mut self.id } else { &mut self.kind };
                let earlier = std::mem::replace(key, term.name.clone());
                (!earlier.starts_with('@')).then_some(earlier)
            }
            Meaning::Reverse(iri) => self.reverse.insert(iri.clone(), place).and_then(|place| self.name(place)),
            Meaning::Iri(iri) => {
                if term.is_short {
                    self.classes.insert(iri.clone(), term.name.clone());
                }
                self.properties.insert(iri.clone(), place).and_then(|place| self.name(place))
            }
        };
        if let Some(first) = earlier {
            return Err(JsonLdContextError::Twice { first, second: term.name });
        }
        if let Some(first) = self.terms.iter().find(|other| other.name == term.name) {
            return Err(JsonLdContextError::Twice { first: first.name.clone(), second: term.name });
        }
        self.terms.push(term);
        Ok(())
    }

    fn name(&self, place: usize) -> Option<String> {
        self.terms.get(place).map(|term| term.name.clone())
    }

    /// The key or value that stands for a property or class without a term: its name in the
    /// vocabulary of the context if that is plain and no term, or its IRI.
    pub(super) fn name_of<'i>(&self, iri: &'i str) -> &'i str {
        let is_plain = |name: &&str| {
            name.starts_with(|first: char| first.is_ascii_alphabetic())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && self.terms.iter().all(|term| term.name != *name)
        };
        let name = self.vocabulary.as_deref().and_then(|vocabulary| iri.strip_prefix(vocabulary));
        name.filter(is_plain).unwrap_or(iri)
    }

    /// Writes the value of a document's `@context`.
    pub(super) fn write(&self, json: &mut Json) -> io::Result<()> {
        if let ContextAddress::At(iri) = &self.address {
            return json.string(iri);
        }
        json.begin_object();
        if let Some(version) = &self.version {
            json.key("@version")?;
            json.number(version);
        }
        if let Some(vocabulary) = &self.vocabulary {
            json.key("@vocab")?;
            json.string(vocabulary)?;
        }
        for term in &self.terms {
            json.key(&term.name)?;
            term.write(json)?;
        }
        json.end_object();
        Ok(())
    }
}

impl Term {
    fn new(name: String, value: Value) -> Result<Self, JsonLdContextError> {
        let unknown = |keyword: &str| JsonLdContextError::Unknown { term: name.clone(), keyword: keyword.to_owned() };
        let definition = match value {
            Value::Iri(iri) => super::definition::Definition { id: Some(iri), is_short: true, ..Default::default() },
            Value::Definition(definition) => definition,
            Value::Version(version) => return Err(unknown(&version)),
        };
        if name.starts_with('@') {
            return Err(unknown(&name));
        }
        let meaning = match (definition.id, definition.reverse) {
            (Some(keyword), None) if keyword == "@id" || keyword == "@type" => Meaning::Keyword(keyword),
            (Some(iri), None) if iri.contains(':') => Meaning::Iri(iri),
            (None, Some(iri)) if iri.contains(':') => Meaning::Reverse(iri),
            _ => return Err(JsonLdContextError::NoIri { term: name }),
        };
        let coercion = match definition.kind {
            None => Coercion::String,
            Some(kind) if kind == "@id" => Coercion::Iri,
            Some(kind) if kind.contains(':') => Coercion::Datatype(kind),
            Some(kind) => return Err(unknown(&kind)),
        };
        let container: Vec<&str> = definition.container.iter().map(String::as_str).collect();
        let container = match container.as_slice() {
            [] => Container::One,
            ["@set"] => Container::Set,
            ["@list"] => Container::List,
            ["@language"] if coercion == Coercion::String => Container::Language,
            ["@language", "@set"] if coercion == Coercion::String => Container::LanguageSet,
            others => return Err(unknown(&others.join(", "))),
        };
        let ends_as_namespace =
            matches!(&meaning, Meaning::Iri(iri) if iri.ends_with([':', '/', '?', '#', '[', ']', '@']));
        if name.contains(':') || (definition.is_short && ends_as_namespace) {
            return Err(JsonLdContextError::Prefix { term: name });
        }
        Ok(Self { name, meaning, coercion, container, is_short: definition.is_short })
    }

    fn write(&self, json: &mut Json) -> io::Result<()> {
        let (key, iri) = match &self.meaning {
            Meaning::Keyword(iri) | Meaning::Iri(iri) => ("@id", iri),
            Meaning::Reverse(iri) => ("@reverse", iri),
        };
        if self.is_short {
            return json.string(iri);
        }
        json.begin_object();
        json.key(key)?;
        json.string(iri)?;
        if let Coercion::Iri | Coercion::Datatype(_) = &self.coercion {
            json.key("@type")?;
            json.string(if let Coercion::Datatype(datatype) = &self.coercion { datatype } else { "@id" })?;
        }
        self.container.write(json)?;
        json.end_object();
        Ok(())
    }
}

impl Container {
    fn write(self, json: &mut Json) -> io::Result<()> {
        let keyword = match self {
            Self::One => return Ok(()),
            Self::Set => "@set",
            Self::List => "@list",
            Self::Language => "@language",
            Self::LanguageSet => {
                json.key("@container")?;
                json.begin_array();
                for keyword in ["@language", "@set"] {
                    json.item();
                    json.string(keyword)?;
                }
                json.end_array();
                return Ok(());
            }
        };
        json.key("@container")?;
        json.string(keyword)
    }
}

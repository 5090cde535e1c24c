//! What a term is besides its text: its kind, and of a literal its language or datatype.

use hashbrown::HashMap;
use oxrdf::vocab::xsd;
use oxrdf::{BlankNodeRef, LiteralRef, NamedNodeRef, TermRef};

/// The kind of a term in four bytes. Data sets have few languages and datatypes, so a term
/// carries a number and [`Tags`] holds what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Tag(u32);

impl Tag {
    /// An IRI.
    pub(super) const IRI: Self = Self(0);
    /// A blank node.
    pub(super) const BLANK: Self = Self(1);
    /// A literal of the datatype `xsd:string`.
    pub(super) const STRING: Self = Self(2);
    /// How many tags need no entry in [`Tags`].
    const FIXED: u32 = 3;
}

/// The language or datatype behind a tag.
#[derive(Debug)]
enum Meaning {
    Language(Box<str>),
    Datatype(Box<str>),
}

/// The languages and datatypes that occur in a dictionary.
#[derive(Debug)]
pub(super) struct Tags {
    meanings: Vec<Meaning>,
    languages: HashMap<Box<str>, Tag>,
    datatypes: HashMap<Box<str>, Tag>,
}

impl Tags {
    /// No language, and no datatype but `xsd:string`.
    pub(super) fn new() -> Self {
        let datatypes = HashMap::from_iter([(xsd::STRING.as_str().into(), Tag::STRING)]);
        Self { meanings: Vec::new(), languages: HashMap::new(), datatypes }
    }

    /// The tag of a language that occurs, in lower case.
    pub(super) fn language(&self, language: &str) -> Option<Tag> {
        self.languages.get(language).copied()
    }

    /// The tag of a datatype that occurs.
    pub(super) fn datatype(&self, datatype: &str) -> Option<Tag> {
        self.datatypes.get(datatype).copied()
    }

    /// Kind and text of a term, if its language or datatype occurs.
    pub(super) fn split<'t>(&self, term: TermRef<'t>) -> Option<(Tag, &'t str)> {
        match term {
            TermRef::NamedNode(iri) => Some((Tag::IRI, iri.as_str())),
            TermRef::BlankNode(blank) => Some((Tag::BLANK, blank.as_str())),
            TermRef::Literal(literal) => Some((self.of(literal)?, literal.value())),
        }
    }

    /// Kind and text of a term, whose language or datatype is taken up if it is new.
    /// `None` if no number is left for it.
    pub(super) fn split_new<'t>(&mut self, term: TermRef<'t>) -> Option<(Tag, &'t str)> {
        if let TermRef::Literal(literal) = term
            && self.of(literal).is_none()
        {
            self.learn(literal)?;
        }
        self.split(term)
    }

    /// The term of a kind and a text.
    pub(super) fn join<'t>(&'t self, tag: Tag, text: &'t str) -> Option<TermRef<'t>> {
        Some(match tag {
            Tag::IRI => NamedNodeRef::new_unchecked(text).into(),
            Tag::BLANK => BlankNodeRef::new_unchecked(text).into(),
            Tag::STRING => LiteralRef::new_simple_literal(text).into(),
            Tag(number) => match self.meanings.get((number - Tag::FIXED) as usize)? {
                Meaning::Language(language) => LiteralRef::new_language_tagged_literal_unchecked(text, language),
                Meaning::Datatype(iri) => LiteralRef::new_typed_literal(text, NamedNodeRef::new_unchecked(iri)),
            }
            .into(),
        })
    }

    fn of(&self, literal: LiteralRef<'_>) -> Option<Tag> {
        match literal.language() {
            Some(language) => self.language(language),
            None => self.datatype(literal.datatype().as_str()),
        }
    }

    fn learn(&mut self, literal: LiteralRef<'_>) -> Option<()> {
        let tag = Tag(u32::try_from(self.meanings.len()).ok()?.checked_add(Tag::FIXED)?);
        if let Some(language) = literal.language() {
            self.meanings.push(Meaning::Language(language.into()));
            self.languages.insert(language.into(), tag);
        } else {
            let datatype = literal.datatype().as_str();
            self.meanings.push(Meaning::Datatype(datatype.into()));
            self.datatypes.insert(datatype.into(), tag);
        }
        Some(())
    }
}

//! What a term is besides its text: its kind, and of a literal its language or datatype.

use bytemuck::{Pod, Zeroable};
use hashbrown::HashMap;
use oxrdf::vocab::xsd;
use oxrdf::{BlankNodeRef, LiteralRef, NamedNodeRef, TermRef};

/// The kind of a term in four bytes. Data sets have few languages and datatypes, so a term
/// carries a number and [`Tags`] holds what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Pod, Zeroable)]
#[repr(transparent)]
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

    /// The number that stands for the kind.
    pub(super) fn number(self) -> u32 {
        self.0
    }
}

/// The language or datatype behind a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A language tag, in lower case.
    Language(Box<str>),
    /// The IRI of a datatype.
    Datatype(Box<str>),
}

impl Meaning {
    fn of(literal: LiteralRef<'_>) -> Self {
        match literal.language() {
            Some(language) => Self::Language(language.into()),
            None => Self::Datatype(literal.datatype().as_str().into()),
        }
    }
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
            self.learn(&Meaning::of(literal))?;
        }
        self.split(term)
    }

    /// The term of a kind and a text.
    pub(super) fn join<'t>(&'t self, tag: Tag, text: &'t str) -> Option<TermRef<'t>> {
        Some(match tag {
            Tag::IRI => NamedNodeRef::new_unchecked(text).into(),
            Tag::BLANK => BlankNodeRef::new_unchecked(text).into(),
            Tag::STRING => LiteralRef::new_simple_literal(text).into(),
            _ => match self.meaning(tag)? {
                Meaning::Language(language) => LiteralRef::new_language_tagged_literal_unchecked(text, language),
                Meaning::Datatype(iri) => LiteralRef::new_typed_literal(text, NamedNodeRef::new_unchecked(iri)),
            }
            .into(),
        })
    }

    /// The languages and datatypes, in the sequence of their tags.
    pub(super) fn meanings(&self) -> &[Meaning] {
        &self.meanings
    }

    /// The tag of what a tag of `others` stands for, which is taken up if it is new.
    /// `None` if no number is left for it.
    pub(super) fn adopt(&mut self, others: &Self, tag: Tag) -> Option<Tag> {
        match others.meaning(tag) {
            Some(meaning) => self.learn(meaning),
            None => Some(tag),
        }
    }

    /// The tag of a language or datatype, which is taken up if it is new. `None` if no number is left for it.
    pub(super) fn learn(&mut self, meaning: &Meaning) -> Option<Tag> {
        let (known, text) = match meaning {
            Meaning::Language(language) => (&mut self.languages, language),
            Meaning::Datatype(iri) => (&mut self.datatypes, iri),
        };
        if let Some(tag) = known.get(text) {
            return Some(*tag);
        }
        let tag = Tag(u32::try_from(self.meanings.len()).ok()?.checked_add(Tag::FIXED)?);
        known.insert(text.clone(), tag);
        self.meanings.push(meaning.clone());
        Some(tag)
    }

    fn meaning(&self, Tag(number): Tag) -> Option<&Meaning> {
        self.meanings.get(number.checked_sub(Tag::FIXED)? as usize)
    }

    fn of(&self, literal: LiteralRef<'_>) -> Option<Tag> {
        match literal.language() {
            Some(language) => self.language(language),
            None => self.datatype(literal.datatype().as_str()),
        }
    }
}

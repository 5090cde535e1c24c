//! What a catalogue refers to and others keep: codes of the EU's authority tables, media types, standards.
//!
//! The shapes of DCAT-AP demand a class of each, and of a code its name and its list. A catalogue that says both is
//! checked by itself, without fetching twelve tables. Names are given in English alone; the rest is at the IRI.

use crate::harvest::description::{Description, node, plain, text};
use crate::rdf::{Literal, NamedNode, NamedNodeRef};
use crate::vocab::{dct, foaf, rdf, rdfs, skos, spdx};

/// A list of codes that somebody else keeps.
#[derive(Debug)]
pub(super) struct CodeList {
    /// The IRI of its concept scheme.
    scheme: &'static str,
    /// What it is called.
    title: &'static str,
    /// What the IRIs of its codes begin with.
    space: &'static str,
    /// The class of its codes besides `skos:Concept`, where the shapes want one.
    class: Option<NamedNodeRef<'static>>,
}

/// Declares a table of the Publications Office of the EU.
macro_rules! authority {
    ($(#[$doc:meta])* $name:ident, $table:literal, $title:literal, $class:expr) => {
        $(#[$doc])*
        pub(super) const $name: CodeList = CodeList {
            scheme: concat!("http://publications.europa.eu/resource/authority/", $table),
            title: $title,
            space: concat!("http://publications.europa.eu/resource/authority/", $table, "/"),
            class: $class,
        };
    };
}

authority!(
    /// Who may have the data.
    ACCESS_RIGHT, "access-right", "Access right", Some(dct::RIGHTS_STATEMENT)
);
authority!(
    /// How long a distribution is meant to stay.
    AVAILABILITY, "planned-availability", "Planned availability", None
);
authority!(
    /// Continents.
    CONTINENT, "continent", "Continent", Some(dct::LOCATION)
);
authority!(
    /// Countries.
    COUNTRY, "country", "Country", Some(dct::LOCATION)
);
authority!(
    /// Themes of portals.
    DATA_THEME, "data-theme", "Data theme", None
);
authority!(
    /// Where a distribution is in its life.
    DISTRIBUTION_STATUS, "distribution-status", "Distribution status", None
);
authority!(
    /// Types of files.
    FILE_TYPE, "file-type", "File type", Some(dct::MEDIA_TYPE_OR_EXTENT)
);
authority!(
    /// How often something changes.
    FREQUENCY, "frequency", "Frequency", Some(dct::FREQUENCY)
);
authority!(
    /// Languages.
    LANGUAGE, "language", "Language", Some(dct::LINGUISTIC_SYSTEM)
);

/// Kinds of licences, of ADMS.
pub(super) const LICENCE_TYPE: CodeList = CodeList {
    scheme: "http://purl.org/adms/licencetype/1.0",
    title: "Licence type",
    space: "http://purl.org/adms/licencetype/",
    class: None,
};

/// Kinds of publishers, of ADMS.
pub(super) const PUBLISHER_TYPE: CodeList = CodeList {
    scheme: "http://purl.org/adms/publishertype/1.0",
    title: "Publisher type",
    space: "http://purl.org/adms/publishertype/",
    class: None,
};

/// Something that others keep, with as much about it as the shapes demand.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    iri: NamedNode,
    classes: Vec<NamedNodeRef<'static>>,
    names: Vec<Literal>,
    list: Option<&'static CodeList>,
}

impl Reference {
    /// A code with its English name.
    pub(super) fn code(list: &'static CodeList, code: &str, name: &str) -> Self {
        Self::code_named(list, code, vec![text(name, "en")])
    }

    /// A code with names.
    pub(super) fn code_named(list: &'static CodeList, code: &str, names: Vec<Literal>) -> Self {
        let classes = list.class.into_iter().chain([skos::CONCEPT]).collect();
        Self { iri: node(format!("{}{code}", list.space)), classes, names, list: Some(list) }
    }

    /// A list itself.
    pub(super) fn list(list: &'static CodeList) -> Self {
        Self::named(list.scheme, skos::CONCEPT_SCHEME, vec![text(list.title, "en")])
    }

    /// A media type, by its name at IANA.
    pub(super) fn media_type(name: &str) -> Self {
        let iri = format!("https://www.iana.org/assignments/media-types/{name}");
        Self::named(&iri, dct::MEDIA_TYPE, vec![plain(name)])
    }

    /// A standard.
    pub(super) fn standard(iri: &str, name: &str) -> Self {
        Self::named(iri, dct::STANDARD, vec![text(name, "en")])
    }

    /// A page for people.
    pub(super) fn document(address: &str) -> Self {
        Self::named(address, foaf::DOCUMENT, Vec::new())
    }

    /// The algorithm of all checksums here.
    pub(super) fn sha_256() -> Self {
        Self::named(spdx::SHA_256.as_str(), spdx::CHECKSUM_ALGORITHM, vec![plain("SHA-256")])
    }

    fn named(iri: &str, class: NamedNodeRef<'static>, names: Vec<Literal>) -> Self {
        Self { iri: node(iri), classes: vec![class], names, list: None }
    }

    /// Its IRI.
    pub(super) fn iri(&self) -> &NamedNode {
        &self.iri
    }

    /// The list that it is of, as something that is referred to itself.
    pub(super) fn of_list(&self) -> Option<Self> {
        self.list.map(Self::list)
    }

    /// Says what the shapes demand.
    pub(super) fn tell(self, description: &mut Description) {
        let Self { iri, classes, names, list } = self;
        let naming = match (list, classes.as_slice()) {
            (Some(_), _) => skos::PREF_LABEL,
            (None, [class]) if [skos::CONCEPT_SCHEME, dct::STANDARD].contains(class) => dct::TITLE,
            (None, _) => rdfs::LABEL,
        };
        description.say_each(&iri, rdf::TYPE, classes);
        description.say_each(&iri, naming, names);
        if let Some(list) = list {
            description.say(&iri, skos::IN_SCHEME, node(list.scheme));
        }
    }
}

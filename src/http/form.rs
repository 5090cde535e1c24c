//! The forms that a document comes in.

use super::problem::{Problem, ProblemType};
use crate::pages::Alternate;
use crate::rdf::{DataSetSyntax, Syntax};

/// A form of a document: a page for people, or data in one syntax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    Html,
    Rdf(Syntax),
    /// The JSON-LD under the media type of plain JSON, for programs that know no RDF.
    Json,
    /// A table, for spreadsheets (<https://www.rfc-editor.org/rfc/rfc4180>).
    Csv,
    /// A list of versions as Memento has it (<https://www.rfc-editor.org/rfc/rfc7089#section-5>).
    TimeMap,
    /// Triples in graphs; of data sets that are JSON-LD the form is [`Form::Rdf`].
    DataSet(DataSetSyntax),
    /// A feed of what changed (<https://www.rfc-editor.org/rfc/rfc4287>).
    Atom,
    /// A list of pages, or of such lists (<https://www.sitemaps.org/protocol.html>).
    Sitemap,
    /// What crawlers may ask (<https://www.rfc-editor.org/rfc/rfc9309>).
    Robots,
    /// The links of a document (<https://www.rfc-editor.org/rfc/rfc9264>).
    Linkset,
    /// The interfaces of the site (<https://www.rfc-editor.org/rfc/rfc9727>), as a linkset too.
    ApiCatalog,
}

impl Form {
    /// Every form that a document has at an address with the form's extension.
    pub(super) const ALL: &'static [Self] = &[
        Self::Html,
        Self::Rdf(Syntax::Turtle),
        Self::Rdf(Syntax::JsonLd),
        Self::Rdf(Syntax::RdfXml),
        Self::Rdf(Syntax::NTriples),
        Self::Json,
        Self::Csv,
        Self::TimeMap,
        Self::DataSet(DataSetSyntax::TriG),
        Self::DataSet(DataSetSyntax::NQuads),
        Self::Linkset,
    ];

    /// Every form of the document of a record.
    pub(super) const OF_RECORDS: &'static [Self] = &[
        Self::Html,
        Self::Rdf(Syntax::Turtle),
        Self::Rdf(Syntax::JsonLd),
        Self::Rdf(Syntax::RdfXml),
        Self::Rdf(Syntax::NTriples),
        Self::Json,
        Self::Linkset,
    ];

    /// Every form of a document, what a client gets that takes anything in front.
    pub(super) const OF_DOCUMENTS: &'static [Self] = match Self::OF_TABLES {
        [documents @ .., Self::Csv] => documents,
        all => all,
    };

    /// The same with a table, for the second list and what changed of the list.
    pub(super) const OF_TABLES: &'static [Self] = match Self::ALL {
        [tables @ .., Self::TimeMap, Self::DataSet(_), Self::DataSet(_), Self::Linkset] => tables,
        all => all,
    };

    /// The same with a TimeMap, for lists of versions.
    pub(super) const OF_HISTORIES: &'static [Self] = &[
        Self::Html,
        Self::Rdf(Syntax::Turtle),
        Self::Rdf(Syntax::JsonLd),
        Self::Rdf(Syntax::RdfXml),
        Self::Rdf(Syntax::NTriples),
        Self::Json,
        Self::TimeMap,
    ];

    /// The same for what programs come to first: Turtle in front.
    pub(super) const OF_ENTRY_POINTS: &'static [Self] = &[
        Self::Rdf(Syntax::Turtle),
        Self::Rdf(Syntax::JsonLd),
        Self::Rdf(Syntax::RdfXml),
        Self::Rdf(Syntax::NTriples),
        Self::Html,
        Self::Json,
    ];

    /// What the feed comes in. Versions of one record say different things, so each needs a graph of its own.
    pub(super) const OF_FEEDS: &'static [Self] = &[
        Self::DataSet(DataSetSyntax::TriG),
        Self::DataSet(DataSetSyntax::NQuads),
        Self::Rdf(Syntax::JsonLd),
        Self::Html,
    ];

    /// What has no page: what waits to be published, what the endpoint says of itself.
    pub(super) const WITHOUT_PAGE: &'static [Self] = match Self::OF_DOCUMENTS {
        [Self::Html, data @ ..] => data,
        all => all,
    };

    /// What is only a feed of changes.
    pub(super) const OF_CHANGES: &'static [Self] = &[Self::Atom];

    /// What is only a sitemap.
    pub(super) const OF_SITEMAPS: &'static [Self] = &[Self::Sitemap];

    /// What is only the interfaces of the site.
    pub(super) const OF_INTERFACES: &'static [Self] = &[Self::ApiCatalog];

    /// What is only rules for crawlers.
    pub(super) const OF_ROBOTS: &'static [Self] = &[Self::Robots];

    /// The list of dumps: a page, and JSON for programs.
    pub(super) const OF_DUMPS: &'static [Self] = &[Self::Html, Self::Json];

    /// What is only a page.
    pub(super) const PAGE: &'static [Self] = &[Self::Html];

    /// What is only JSON-LD: a context.
    pub(super) const OF_CONTEXTS: &'static [Self] = &[Self::Rdf(Syntax::JsonLd), Self::Json];

    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Rdf(syntax) => syntax.media_type(),
            Self::Json => "application/json",
            Self::Csv => "text/csv",
            Self::TimeMap => "application/link-format",
            Self::Atom => "application/atom+xml",
            Self::Sitemap => "application/xml",
            Self::Robots => "text/plain",
            Self::Linkset | Self::ApiCatalog => "application/linkset+json",
            Self::DataSet(syntax) => syntax.media_type(),
        }
    }

    /// The value of `Content-Type`. Only the types of `text` have the parameter `charset`.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Rdf(Syntax::Turtle) => "text/turtle; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Robots => "text/plain; charset=utf-8",
            Self::ApiCatalog => r#"application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727""#,
            Self::Rdf(_) | Self::Json | Self::TimeMap | Self::DataSet(_) | Self::Sitemap | Self::Linkset => {
                self.media_type()
            }
        }
    }

    pub(super) const fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Rdf(syntax) => syntax.extension(),
            Self::Json => "json",
            Self::Csv => "csv",
            Self::TimeMap => "link",
            Self::Atom => "atom",
            Self::Sitemap => "xml",
            Self::Robots => "txt",
            Self::Linkset | Self::ApiCatalog => "linkset",
            Self::DataSet(syntax) => syntax.extension(),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Rdf(syntax) => syntax.name(),
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::TimeMap => "TimeMap",
            Self::Atom => "Atom",
            Self::Sitemap => "Sitemap",
            Self::Robots => "robots.txt",
            Self::Linkset | Self::ApiCatalog => "Linkset",
            Self::DataSet(syntax) => syntax.name(),
        }
    }

    /// The syntax of a data set; what holds no graphs has none.
    pub(super) const fn data_set_syntax(self) -> Option<DataSetSyntax> {
        match self {
            Self::DataSet(syntax) => Some(syntax),
            Self::Rdf(Syntax::JsonLd) => Some(DataSetSyntax::JsonLd),
            _ => None,
        }
    }

    /// The syntax of triples; what is no RDF, and data sets, have none.
    pub(super) const fn syntax(self) -> Option<Syntax> {
        match self {
            Self::Rdf(syntax) => Some(syntax),
            Self::Json => Some(Syntax::JsonLd),
            _ => None,
        }
    }

    /// Whether it is data, no page.
    pub(super) const fn is_data(self) -> bool {
        !matches!(self, Self::Html)
    }

    /// Whether it is data that may be seen through a profile.
    pub(super) const fn has_profiles(self) -> bool {
        self.syntax().is_some()
    }

    /// The data that stands beside a page: its alternates.
    pub(super) fn beside_page(address: &str) -> Vec<Alternate> {
        let data: Vec<Self> = Self::OF_DOCUMENTS.iter().copied().filter(|form| form.is_data()).collect();
        Self::alternates(&data, address)
    }

    /// Takes a form's extension off the end of a path.
    pub(super) fn of_path(path: &str) -> (&str, Option<Self>) {
        for form in Self::ALL {
            if let Some(stem) = path.strip_suffix(form.extension()).and_then(|path| path.strip_suffix('.'))
                && !stem.is_empty()
            {
                return (stem, Some(*form));
            }
        }
        (path, None)
    }

    /// The form that `?format=` names: by its extension, its media type or its common name.
    pub(super) fn of_format(name: &str, forms: &[Self], address: &str) -> Result<Self, Problem> {
        let name = name.to_ascii_lowercase();
        let is_meant = |form: &&Self| {
            let common = form.name().to_ascii_lowercase().replace(['-', '/'], "");
            [form.extension(), form.media_type(), &common].contains(&name.as_str())
        };
        forms.iter().find(is_meant).copied().ok_or_else(|| {
            let known: Vec<&str> = forms.iter().map(|form| form.extension()).collect();
            let detail = format!("format={name} is not known here; format is one of {}", known.join(", "));
            Problem { offered: Self::alternates(forms, address), ..Problem::new(ProblemType::BadRequest, detail) }
        })
    }

    /// Forms of what stands at an address, of the part of it that a query chooses (`?…`, or nothing).
    pub(super) fn alternates_of(forms: &[Self], address: &str, query: &str) -> Vec<Alternate> {
        let mut alternates = Self::alternates(forms, address);
        for alternate in &mut alternates {
            alternate.href += query;
        }
        alternates
    }

    /// Forms of what stands at an address, each at its own address.
    pub(super) fn alternates(forms: &[Self], address: &str) -> Vec<Alternate> {
        let own_address = |form: &Self| match forms {
            // What has one form only is at its address itself.
            [_] => address.to_owned(),
            _ => format!("{address}.{}", form.extension()),
        };
        let alternate = |form: &Self| Alternate {
            href: own_address(form),
            media_type: form.media_type().to_owned(),
            label: form.name().to_owned(),
        };
        forms.iter().map(alternate).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_is_taken_off_and_a_number_is_none() {
        assert_eq!(Form::of_path("372.ttl"), ("372", Some(Form::Rdf(Syntax::Turtle))));
        assert_eq!(Form::of_path("372.json"), ("372", Some(Form::Json)));
        assert_eq!(Form::of_path("4.00"), ("4.00", None));
        assert_eq!(Form::of_path("4.00.html"), ("4.00", Some(Form::Html)));
        assert_eq!(Form::of_path(".ttl"), (".ttl", None));
    }

    #[test]
    fn no_name_of_a_record_ends_as_the_address_of_a_form_does() {
        let base = crate::catalogue::Base::parse("http://x.example/").unwrap();
        for form in Form::ALL {
            let iri = base.iri(&format!("list/services/a.{}", form.extension()));
            assert_eq!(base.record_of(iri.as_str()), None, "{iri}");
        }
    }

    #[test]
    fn a_format_is_named_in_the_ways_people_do() {
        let named = |name: &str| Form::of_format(name, Form::OF_DOCUMENTS, "http://x.example/doc/a/1");
        for (name, form) in [
            ("ttl", Form::Rdf(Syntax::Turtle)),
            ("turtle", Form::Rdf(Syntax::Turtle)),
            ("text/turtle", Form::Rdf(Syntax::Turtle)),
            ("NTriples", Form::Rdf(Syntax::NTriples)),
            ("rdfxml", Form::Rdf(Syntax::RdfXml)),
            ("jsonld", Form::Rdf(Syntax::JsonLd)),
            ("json", Form::Json),
            ("html", Form::Html),
        ] {
            assert_eq!(named(name).unwrap(), form, "{name}");
        }
        let problem = named("pdf").unwrap_err();
        assert!(problem.detail.contains("html, ttl, jsonld, rdf, nt, json"), "{}", problem.detail);
        assert_eq!(problem.offered.len(), 6);
    }
}

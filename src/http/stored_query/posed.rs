//! A stored query as a request poses it: with the arguments that its address gives.

use super::formats;
use crate::catalogue::{Citation, CitationForm};
use crate::http::answer::blocking;
use crate::http::asked::{Asked, joined_queries};
use crate::http::problem::{Problem, ProblemType};
use crate::http::state::App;
use crate::list::{Arguments, ParameterKind, StoredQuery};
use crate::pages::{Alternate, Language};
use crate::rdf::Term;
use axum::http::HeaderValue;
use std::io;
use std::time::SystemTime;

/// A stored query with arguments, where it is asked.
#[derive(Clone)]
pub(super) struct Posed {
    pub app: App,
    pub query: StoredQuery,
    pub arguments: Arguments,
}

impl Posed {
    /// Reads which question is asked, and with which arguments.
    ///
    /// # Errors
    /// 404 if there is no such question; 400 with the parameters there are for one that there is not, and for a value
    /// that is none.
    pub(super) async fn read(app: App, name: &str, asked: &Asked) -> Result<Self, Problem> {
        let Some(query) = app.stored_queries.iter().find(|query| query.name == name).cloned() else {
            let detail = format!("there is no question {name:?}; {}query lists those there are", app.settings.site);
            return Err(Problem::new(ProblemType::NotFound, detail));
        };
        let given = asked.parameters().filter(|(name, _)| *name != "format");
        let arguments = query.arguments(given).map_err(|error| refused(&query, &error.to_string()))?;
        let posed = Self { app, query, arguments };
        posed.expect_records().await?;
        Ok(posed)
    }

    /// Refuses arguments that name records which there are not: the answer would be empty for a slip.
    async fn expect_records(&self) -> Result<(), Problem> {
        let mut named = Vec::new();
        for (parameter, value) in self.arguments.all() {
            if let (ParameterKind::Reference { .. }, Some(value)) = (parameter.kind, value)
                && let Term::NamedNode(iri) = parameter.kind.term(value, self.app.base())
                && parameter.default != Some(value)
                && self.app.base().record_of(iri.as_str()).is_some()
            {
                named.push((parameter.name, value.to_owned(), iri));
            }
        }
        if named.is_empty() {
            return Ok(());
        }
        let Self { app, query, .. } = self.clone();
        blocking(move || {
            let catalogue = app.catalogue()?;
            let present = catalogue.present()?;
            for (name, value, iri) in named {
                if present.record(iri.as_str())?.is_none() {
                    return Err(refused(&query, &format!("{name}={value} is unknown: there is no record {iri}")));
                }
            }
            Ok(())
        })
        .await
    }

    /// The path of the address, without language.
    pub(super) fn path(&self) -> String {
        format!("query/{}", self.query.name)
    }

    /// What of the address poses the question: `?…`, or nothing where all is asked as it is by default.
    pub(super) fn selection(&self) -> String {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(self.arguments.given()).finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// Where the answer is, in whatever format is asked for.
    pub(super) fn address(&self) -> String {
        format!("{}{}{}", self.app.settings.site, self.path(), self.selection())
    }

    /// Where the answer is in a format.
    pub(super) fn address_in(&self, format: &str) -> String {
        let selection = joined_queries(&self.selection(), &format!("?format={format}"));
        format!("{}{}{selection}", self.app.settings.site, self.path())
    }

    /// The query with the arguments.
    pub(super) fn text(&self) -> String {
        self.query.text(self.app.base(), &self.arguments)
    }

    /// How the answer at a revision is cited.
    pub(super) fn citation(&self, revision: u64, made: SystemTime) -> Citation {
        let given: Vec<String> = self.arguments.given().map(|(name, value)| format!("{name}: {value}")).collect();
        let asked = if given.is_empty() { String::new() } else { format!(" ({})", given.join(", ")) };
        Citation {
            key: format!("{}-r{revision}", self.query.name),
            title: format!("{}{asked}", self.query.question),
            part_of: Language::English.title_of_list().to_owned(),
            publisher: self.app.settings.publisher.clone(),
            revision,
            made,
            address: self.address(),
        }
    }

    /// How the answer is cited, in each form that is made for programs and people to take over.
    pub(super) fn citations(&self) -> Vec<Alternate> {
        let citation = |form: CitationForm| Alternate {
            href: self.address_in(formats::name_of(form)),
            media_type: form.media_type().to_owned(),
            label: form.name().to_owned(),
        };
        CitationForm::ALL.map(citation).into()
    }

    /// A `Link` to the address to be cited, and to the citations (<https://signposting.org/FAIR/>).
    pub(super) fn links(&self) -> Result<HeaderValue, Problem> {
        let mut links = vec![format!("<{}>; rel=\"cite-as\"", self.address())];
        let citations = self.citations().into_iter();
        links.extend(
            citations.map(|Alternate { href, media_type, .. }| {
                format!("<{href}>; rel=\"describedby\"; type=\"{media_type}\"")
            }),
        );
        Ok(HeaderValue::from_str(&links.join(", ")).map_err(io::Error::other)?)
    }
}

/// 400 with what may be asked.
fn refused(query: &StoredQuery, why: &str) -> Problem {
    let known: Vec<String> = query.parameters.iter().map(ToString::to_string).collect();
    let known = match known.as_slice() {
        [] => "it has no parameters but format".to_owned(),
        known => format!("its parameters are format and {}", known.join(", ")),
    };
    Problem::new(ProblemType::BadRequest, format!("{why}; {known}"))
}

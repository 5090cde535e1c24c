//! The formats that the answer to a stored query comes in, and which of them is asked for.

use super::posed::Posed;
use crate::catalogue::CitationForm;
use crate::http::asked::Asked;
use crate::http::form::Form;
use crate::http::negotiate;
use crate::http::problem::{Problem, ProblemType};
use crate::http::sparql;
use crate::list::QueryForm;
use crate::pages::Alternate;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// The answer as a page.
    Page,
    /// The answer as data, in one of the formats of its query's form.
    Data,
    /// How to cite it.
    Citation(CitationForm),
}

/// What `?format=` calls a form of citation.
pub(super) const fn name_of(form: CitationForm) -> &'static str {
    match form {
        CitationForm::Text => "citation",
        CitationForm::BibTex => "bibtex",
        CitationForm::CslJson => "csl",
    }
}

/// Everything there is, what a client gets that takes anything in front: what `?format=` calls it, and its media type.
fn all(form: QueryForm) -> Vec<(&'static str, &'static str, Format)> {
    let data: Vec<(&str, &str)> = match form {
        QueryForm::Select | QueryForm::Ask => sparql::solution_formats().collect(),
        QueryForm::Construct => sparql::triple_formats().collect(),
    };
    let citations = CitationForm::ALL.map(|form| (name_of(form), form.media_type(), Format::Citation(form)));
    std::iter::once((Form::Html.extension(), Form::Html.media_type(), Format::Page))
        .chain(data.into_iter().map(|(name, media_type)| (name, media_type, Format::Data)))
        .chain(citations)
        .collect()
}

/// The format that `?format=` names, or that `Accept` wants most; an address that begins with a language is that of a
/// page.
///
/// # Errors
/// 400 for a format that there is not, and 406 where nothing is accepted, with those there are: solutions are never
/// triples, nor triples solutions.
pub(super) fn choose(posed: &Posed, asked: &Asked) -> Result<Format, Problem> {
    if asked.wants_a_page() {
        return Ok(Format::Page);
    }
    let all = all(posed.query.form);
    let Some(format) = asked.parameter("format") else {
        let offers = all.iter().map(|(_, media_type, format)| (*media_type, *format));
        return negotiate::choose(&asked.headers, offers).ok_or_else(|| Problem::not_acceptable(offered(posed)));
    };
    let named = all.iter().find(|(name, media_type, _)| format == *name || format == *media_type);
    named.map(|(_, _, format)| *format).ok_or_else(|| {
        let mut names: Vec<&str> = all.iter().map(|(name, _, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        let detail = format!("format={format} is not known here; format is one of {}", names.join(", "));
        Problem { offered: offered(posed), ..Problem::new(ProblemType::BadRequest, detail) }
    })
}

/// The answer as data, in each format under its usual media type.
pub(super) fn data(posed: &Posed) -> Vec<Alternate> {
    alternates(posed, |format| format == Format::Data)
}

fn offered(posed: &Posed) -> Vec<Alternate> {
    alternates(posed, |_| true)
}

fn alternates(posed: &Posed, is_wanted: impl Fn(Format) -> bool) -> Vec<Alternate> {
    let mut alternates: Vec<Alternate> = Vec::new();
    for (name, media_type, format) in all(posed.query.form) {
        let href = posed.address_in(name);
        if is_wanted(format) && alternates.iter().all(|known| known.href != href) {
            alternates.push(Alternate { href, media_type: media_type.to_owned(), label: name.to_uppercase() });
        }
    }
    alternates
}

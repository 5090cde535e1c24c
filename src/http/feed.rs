//! The feed as an event stream: `/feed` (the root of its tree), `/feed/{page}` and `/feed/{from}-{to}`.

use super::answer::{Wanted, answer};
use super::asked::{Asked, Variant};
use super::form::Form;
use super::history::InHistory;
use super::problem::{Problem, ProblemType};
use super::representation::{Made, Shows};
use super::state::App;
use crate::catalogue::Present;
use crate::harvest::{Node, Span};
use crate::pages::{self, FeedPage, Language};
use crate::rdf::{Prefixes, write_data_set};
use crate::vocab::{activity, ldes, sh, tree};
use axum::extract::{Path, State};
use axum::response::Response;

/// `GET /feed`
pub(super) async fn get_feed(app: App, asked: Asked, extension: Option<Form>) -> Result<Response, Problem> {
    answer(app, asked, Wanted::new("feed", Form::OF_FEEDS, extension), move |app, _, variant| {
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let node = Node::root(&present)?;
        represent(app, &present, (&node, None), variant)
    })
    .await
}

/// `GET /feed/{page}` and `/feed/{from}-{to}`
pub(super) async fn get_node(
    State(app): State<App>,
    Path(name): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let (name, extension) = Form::of_path(&name);
    let span = Span::parse(name).ok_or_else(|| no_node(name))?;
    answer(app, asked, Wanted::new(format!("feed/{span}"), Form::OF_FEEDS, extension), move |app, _, variant| {
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let node = Node::below_root(&present, span)?.ok_or_else(|| no_node(&span.to_string()))?;
        represent(app, &present, (&node, Some(span)), variant)
    })
    .await
}

/// A node of the tree in a variant.
fn represent(
    app: &App,
    present: &Present<'_>,
    (node, span): (&Node, Option<Span>),
    variant: Variant,
) -> Result<Made, Problem> {
    let Some(syntax) = variant.form.data_set_syntax() else {
        return page(app, present, (node, span), variant.language);
    };
    let quads = node.quads(&app.settings.site, present.base());
    Ok(of_node(node, write_data_set(&quads, syntax, &prefixes(app))?, present))
}

/// The page of a node; that of the root has the newest changes.
fn page(
    app: &App,
    present: &Present<'_>,
    (node, span): (&Node, Option<Span>),
    language: Language,
) -> Result<Made, Problem> {
    let newest = Span::newest(present.feed_end()?);
    let shown = if span.is_none() { Node::below_root(present, newest)? } else { None };
    let entries = shown.as_ref().unwrap_or(node).members();
    let mut names = present.names(entries.iter().map(|entry| entry.name.iri.as_str()))?;
    names.extend(present.agents_of(entries.iter().map(|entry| &entry.version))?);
    let path = span.map_or_else(|| "feed".to_owned(), |span| format!("feed/{span}"));
    let data: Vec<Form> = Form::OF_FEEDS.iter().copied().filter(|form| form.is_data()).collect();
    let alternates = Form::alternates(&data, &format!("{}{path}", app.settings.site));
    let body = app.with_view(language, |view| {
        let address = format!("{}feed", view.pages);
        let is_inner = span.is_some_and(|span| !span.is_page());
        let page = FeedPage {
            canonical: Some(format!("{}{path}", view.pages)),
            changes: pages::feed_rows(entries, &names, view),
            parts: if is_inner { pages::feed_parts(&address, node.children()) } else { Vec::new() },
            pagination: pages::feed_pagination(&address, span.unwrap_or(newest).first(), newest.first()),
            alternates,
        };
        pages::feed(&app.site(language, &path), &page)
    })?;
    // It names records as they are called now, and leads to the newest changes.
    Ok(Made::of_catalogue(body, present))
}

/// What is full never changes, so anybody may keep it for good; the rest is another with each commit.
fn of_node(node: &Node, body: Vec<u8>, present: &Present<'_>) -> Made {
    let past = InHistory { is_final: node.is_full(), ..InHistory::default() };
    Made { shows: Shows::Feed { until: node.until }, past, moment: node.moment, ..Made::of_catalogue(body, present) }
}

/// The prefixes of documents, and those of streams.
fn prefixes(app: &App) -> Prefixes {
    let streams =
        [("as", activity::NAMESPACE), ("ldes", ldes::NAMESPACE), ("sh", sh::NAMESPACE), ("tree", tree::NAMESPACE)];
    app.prefixes.with(streams)
}

fn no_node(name: &str) -> Problem {
    let detail = format!("the feed has no page {name:?} so far; /feed leads to those there are");
    Problem::new(ProblemType::NotFound, detail)
}

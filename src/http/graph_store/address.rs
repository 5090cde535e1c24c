//! Which graph a request means.

use crate::catalogue::Base;
use crate::http::problem::{Problem, ProblemType};
use crate::rdf::NamedNode;
use axum::http::Uri;

/// The path of the graph store.
pub(super) const PATH: &str = "graph-store";

/// What the address of a request identifies
/// (<https://www.w3.org/TR/sparql11-http-rdf-update/#graph-identification>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Identified {
    /// The default graph: `?default`.
    Default,
    /// A named graph: `?graph=` with its IRI, or the address itself.
    Named(NamedNode),
    /// The store and none of its graphs.
    Store,
}

impl Identified {
    /// Reads an address. A graph that is identified directly has the IRI of its address at this site.
    ///
    /// # Errors
    /// Several graphs, or an IRI that is none.
    pub(super) fn by(address: &Uri, site: &Base) -> Result<Self, Problem> {
        let mut found: Vec<Self> = Vec::new();
        for (name, value) in form_urlencoded::parse(address.query().unwrap_or_default().as_bytes()) {
            match name.as_ref() {
                "default" => found.push(Self::Default),
                "graph" => found.push(Self::Named(graph_name(&value)?)),
                _ => {}
            }
        }
        if let Some((_, path)) = address.path().split_once("/graph-store/").filter(|(_, path)| !path.is_empty()) {
            found.push(Self::Named(graph_name(&format!("{site}{PATH}/{path}"))?));
        }
        let mut found = found.into_iter();
        match (found.next(), found.next()) {
            (None, _) => Ok(Self::Store),
            (Some(one), None) => Ok(one),
            (Some(_), Some(_)) => Err(bad("the address must identify one graph: by ?graph=, or by ?default")),
        }
    }
}

fn graph_name(iri: &str) -> Result<NamedNode, Problem> {
    NamedNode::new(iri).map_err(|error| bad(&format!("{iri:?} cannot name a graph: {error}; write an absolute IRI")))
}

pub(super) fn bad(detail: &str) -> Problem {
    Problem::new(ProblemType::BadRequest, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identified(address: &str) -> Option<Identified> {
        let site = Base::parse("http://town.example.eu/lists/").unwrap();
        Identified::by(&address.parse().unwrap(), &site).ok()
    }

    #[test]
    fn a_graph_is_identified_by_its_iri_by_its_address_or_as_the_default_one() {
        let named = |iri: &str| Some(Identified::Named(NamedNode::new(iri).unwrap()));
        assert_eq!(identified("/graph-store?graph=http%3A%2F%2Fa.example%2Fg"), named("http://a.example/g"));
        assert_eq!(identified("/graph-store?graph=http://a.example/%2531"), named("http://a.example/%31"));
        assert_eq!(identified("/graph-store/a/b"), named("http://town.example.eu/lists/graph-store/a/b"));
        assert_eq!(identified("/lists/graph-store/a"), named("http://town.example.eu/lists/graph-store/a"));
        assert_eq!(identified("/graph-store?default"), Some(Identified::Default));
        assert_eq!(identified("/graph-store?other=1"), Some(Identified::Store));
    }

    #[test]
    fn several_graphs_and_names_that_are_none_are_refused() {
        for address in [
            "/graph-store?graph=http://a.example/&default",
            "/graph-store?default&default",
            "/graph-store?graph=g",
            "/graph-store?graph=",
            "/graph-store/a?default",
        ] {
            assert_eq!(identified(address), None, "{address}");
        }
    }
}

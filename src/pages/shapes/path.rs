//! Paths as text, in the syntax that SPARQL writes them in
//! ([SPARQL 1.1, 9.1](https://www.w3.org/TR/sparql11-query/#pp-language)).

use super::super::property;
use super::super::statements::{Statements, node};
use crate::rdf::{NamedNodeRef, Term};
use crate::vocab::sh;

/// How deep paths within paths are written.
const DEEPEST: u8 = 8;

/// What stands for a path that is none, or lies too deep.
const UNREADABLE: &str = "…";

/// Paths that put a sign behind another: zero or more, one or more, zero or one.
const REPEATED: [(NamedNodeRef<'static>, &str); 3] =
    [(sh::ZERO_OR_MORE_PATH, "*"), (sh::ONE_OR_MORE_PATH, "+"), (sh::ZERO_OR_ONE_PATH, "?")];

/// A path as text; IRIs of known vocabularies stand with their prefix.
pub(in crate::pages) fn text(statements: &Statements<'_>, path: &Term) -> String {
    write(statements, path, 0).text
}

/// A written path, and whether it needs parentheses within another.
struct Written {
    text: String,
    is_whole: bool,
}

fn write(statements: &Statements<'_>, path: &Term, depth: u8) -> Written {
    let whole = |text: String| Written { text, is_whole: true };
    if let Term::NamedNode(property) = path
        && statements.list(path).is_none()
    {
        let iri = property.as_str();
        return whole(property::short(iri).unwrap_or_else(|| format!("<{iri}>")));
    }
    let Some(subject) = node(path).filter(|_| depth < DEEPEST) else {
        return whole(UNREADABLE.to_owned());
    };
    let within = |inner: &Term| write(statements, inner, depth + 1).in_another();
    let join = |members: Vec<&Term>, sign: &str| match members.as_slice() {
        [] => whole(UNREADABLE.to_owned()),
        members => Written {
            text: members.iter().map(|member| within(member)).collect::<Vec<_>>().join(sign),
            is_whole: members.len() == 1,
        },
    };
    if let Some(members) = statements.list(path) {
        return join(members, " / ");
    }
    if let Some(list) = statements.values(&subject, sh::ALTERNATIVE_PATH).next() {
        return join(statements.list(list).unwrap_or_default(), " | ");
    }
    if let Some(inverse) = statements.values(&subject, sh::INVERSE_PATH).next() {
        return whole(format!("^{}", within(inverse)));
    }
    for (property, sign) in REPEATED {
        if let Some(inner) = statements.values(&subject, property).next() {
            return whole(format!("{}{sign}", within(inner)));
        }
    }
    whole(UNREADABLE.to_owned())
}

impl Written {
    fn in_another(self) -> String {
        if self.is_whole { self.text } else { format!("({})", self.text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::{Triple, read_turtle};

    fn written(path: &str) -> String {
        let text = format!(
            "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
             <shape> sh:path {path} ."
        );
        let triples: Vec<Triple> = read_turtle(text.as_bytes(), "http://example.org/").unwrap();
        let of_shape = triples.iter().find(|triple| triple.predicate == sh::PATH).unwrap();
        super::text(&Statements::new(&triples), &of_shape.object)
    }

    // The forms and their SPARQL twins are those of SHACL, 2.3.1.
    #[test]
    fn a_path_is_written_as_sparql_writes_it() {
        for (turtle, sparql) in [
            ("skos:broader", "skos:broader"),
            ("<p>", "<http://example.org/p>"),
            ("( skos:broader skos:prefLabel )", "skos:broader / skos:prefLabel"),
            ("[ sh:inversePath skos:broader ]", "^skos:broader"),
            ("[ sh:alternativePath ( skos:prefLabel skos:altLabel ) ]", "skos:prefLabel | skos:altLabel"),
            ("[ sh:zeroOrMorePath skos:broader ]", "skos:broader*"),
            ("[ sh:oneOrMorePath ( skos:broader <p> ) ]", "(skos:broader / <http://example.org/p>)+"),
            (
                "( [ sh:alternativePath ( skos:broader <p> ) ] skos:notation )",
                "(skos:broader | <http://example.org/p>) / skos:notation",
            ),
            ("[ sh:zeroOrOnePath [ sh:inversePath skos:broader ] ]", "^skos:broader?"),
        ] {
            assert_eq!(written(turtle), sparql, "{turtle}");
        }
    }

    #[test]
    fn what_is_no_path_and_what_leads_back_to_itself_ends() {
        assert_eq!(written("[ sh:name \"x\" ]"), UNREADABLE);
        assert_eq!(written("\"x\""), UNREADABLE);
        let circle = written("_:a . _:a sh:inversePath _:a");
        assert_eq!(circle, format!("{}{UNREADABLE}", "^".repeat(usize::from(DEEPEST))));
    }
}

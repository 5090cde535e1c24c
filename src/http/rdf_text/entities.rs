//! Entities of RDF/XML, which a parser writes out wherever they are named: a short text can grow without end.

use super::super::problem::{Problem, ProblemType};
use super::RdfText;
use crate::graph::RdfFormat;

/// How many bytes entities may grow to, at most.
const MOST: usize = 64 << 20;

/// Holds RDF/XML to entities that name no others and cannot grow beyond a bound, as those that shorten IRIs do.
///
/// # Errors
/// A problem that says what is wrong.
pub(in super::super) fn entities_are_bounded(data: &RdfText) -> Result<(), Problem> {
    let refuse = |reason| Err(Problem::new(ProblemType::RdfSyntax, format!("{}: {reason}", data.name)));
    if data.format != RdfFormat::RdfXml {
        return Ok(());
    }
    let text = &*data.text;
    let values: Vec<&[u8]> = after_each(text, b"<!ENTITY").map(value).collect();
    if values.iter().any(|value| value.contains(&b'&') || value.contains(&b'%')) {
        return refuse("an entity names another; write its value out");
    }
    let longest = values.iter().map(|value| value.len()).max().unwrap_or(0);
    let named = text.split(|byte| *byte == b'&').count();
    if longest.saturating_mul(named) > MOST {
        return refuse("its entities would grow too long; write them out");
    }
    Ok(())
}

/// What follows each place where a word stands.
fn after_each<'t>(text: &'t [u8], word: &'static [u8]) -> impl Iterator<Item = &'t [u8]> {
    let places = text.windows(word.len()).enumerate().filter(move |(_, window)| *window == word);
    places.filter_map(move |(place, _)| text.get(place + word.len()..))
}

/// The value of a declaration: what stands between its first quotation mark and the next of the same kind.
fn value(declaration: &[u8]) -> &[u8] {
    let opening = declaration.iter().position(|byte| matches!(byte, b'"' | b'\''));
    let Some((mark, value)) = opening.and_then(|place| declaration.get(place..)).and_then(<[u8]>::split_first) else {
        return declaration;
    };
    value.split(|byte| byte == mark).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> bool {
        let data = RdfText { name: "data".to_owned(), format: RdfFormat::RdfXml, text: text.to_owned().into() };
        entities_are_bounded(&data).is_ok()
    }

    #[test]
    fn entities_that_shorten_iris_are_taken_and_those_that_grow_are_not() {
        assert!(check("<!DOCTYPE a [<!ENTITY owl 'http://www.w3.org/2002/07/owl#'>]><a b=\"&owl;Class\"/>"));
        assert!(!check("<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><a>&b;</a>"));
        assert!(!check("<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '>&a;&a;&a;'>]><a>&b;</a>"));
        let long = format!("<!DOCTYPE a [<!ENTITY a '{}'>]><a>{}</a>", "a".repeat(100_000), "&a;".repeat(1_000));
        assert!(!check(&long));
    }
}

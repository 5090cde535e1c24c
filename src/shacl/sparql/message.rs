//! Messages with placeholders for the values of a solution
//! ([SHACL, 5.3.2](https://www.w3.org/TR/shacl/#sparql-constraints-validation)).

use oxrdf::TermRef;

/// How long a message, and a value in it, may become, in characters about.
const LONGEST: usize = 20_000;

/// The template with each `{?name}` and `{$name}` replaced by the value of that variable. A
/// placeholder whose variable has no value stays, and so does whatever looks like one and is none.
/// What is longer than [`LONGEST`] is cut there.
pub fn fill(template: &str, value_of: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, from_brace)) = rest.find('{').and_then(|at| rest.split_at_checked(at)) {
        filled.push_str(before);
        if filled.len() > LONGEST {
            filled.push('…');
            return filled;
        }
        let value = placeholder(from_brace).and_then(|(name, behind)| Some((value_of(name)?, behind)));
        rest = if let Some((value, behind)) = value {
            filled.extend(value.chars().take(LONGEST));
            behind
        } else {
            filled.push('{');
            from_brace.get(1..).unwrap_or_default()
        };
    }
    filled.push_str(rest);
    filled
}

/// The name in the placeholder that a text begins with, and what stands behind it.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix("{?").or_else(|| text.strip_prefix("{$"))?;
    let (name, behind) = inside.split_once('}')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_name.then_some((name, behind))
}

/// A term as people read it in a message: an IRI as it is, of a literal its text, a blank node with
/// its label.
pub fn readable(term: TermRef<'_>) -> String {
    match term {
        TermRef::NamedNode(iri) => iri.as_str().to_owned(),
        TermRef::BlankNode(node) => node.to_string(),
        TermRef::Literal(literal) => literal.value().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::{BlankNodeRef, LiteralRef, NamedNodeRef};

    fn value_of(name: &str) -> Option<String> {
        match name {
            "this" => Some("http://example.eu/1".to_owned()),
            "value" => Some("{?this}".to_owned()),
            _ => None,
        }
    }

    #[test]
    fn placeholders_of_both_signs_are_filled_once() {
        assert_eq!(fill("{$this} has {?value}!", value_of), "http://example.eu/1 has {?this}!");
        assert_eq!(fill("{?this}{?this}", value_of), "http://example.eu/1http://example.eu/1");
    }

    #[test]
    fn what_is_no_placeholder_or_has_no_value_stays() {
        for text in ["", "{", "{?", "{?}", "{? this}", "{this}", "{?other} and {$other}", "{{?", "é{ü}", "{?this"] {
            assert_eq!(fill(text, value_of), text);
        }
        assert_eq!(fill("{{?this}}", value_of), "{http://example.eu/1}");
    }

    #[test]
    fn terms_are_written_without_brackets_quotes_tags_and_types() {
        assert_eq!(readable(NamedNodeRef::new_unchecked("http://e/").into()), "http://e/");
        assert_eq!(readable(LiteralRef::new_language_tagged_literal_unchecked("a \"b\"", "en").into()), "a \"b\"");
        assert_eq!(readable(BlankNodeRef::new_unchecked("b1").into()), "_:b1");
    }
}

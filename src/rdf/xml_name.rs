//! What XML can name and hold: the limits of RDF/XML.
//!
//! A predicate stands as the name of an element, so its IRI must end in an XML name; a text may
//! not hold most control characters, in whatever way they are written.

use crate::vocab::rdf;

/// Whether a predicate can stand in RDF/XML, where it must be written as a qualified name.
///
/// An IRI that ends in `/`, `#` or a digit alone after one of these cannot, nor can the names that
/// the syntax keeps for itself, such as `rdf:li`.
/// <https://www.w3.org/TR/rdf-syntax-grammar/#propertyElementURIs>
pub fn has_qualified_name(predicate: &str) -> bool {
    split(predicate).is_some()
}

/// The first character of a text that no XML 1.0 document can hold, not even as a reference.
///
/// <https://www.w3.org/TR/xml/#charsets>
pub fn unwritable_in_xml(text: &str) -> Option<char> {
    text.chars().find(|char| !is_character(*char))
}

/// A text as it stands in XML, in an element or an attribute, with U+FFFD for what no document can hold.
///
/// A carriage return stands as a reference, since a parser turns a bare one into a line feed; `>` too, since `]]>` may
/// not stand in a text.
pub fn writable_in_xml(text: &str) -> String {
    let mut writable = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => writable.push_str("&amp;"),
            '<' => writable.push_str("&lt;"),
            '>' => writable.push_str("&gt;"),
            '"' => writable.push_str("&quot;"),
            '\r' => writable.push_str("&#13;"),
            _ if is_character(char) => writable.push(char),
            _ => writable.push(char::REPLACEMENT_CHARACTER),
        }
    }
    writable
}

/// Namespace and local name of an IRI: the longest local name there is.
///
/// Nothing if the IRI has no such parts, or if the syntax keeps the name for itself.
pub(super) fn split(iri: &str) -> Option<(&str, &str)> {
    if is_reserved(iri) {
        return None;
    }
    let local_start = iri.char_indices().rev().take_while(|(_, char)| is_name_char(*char)).last()?.0;
    let (_, tail) = iri.split_at_checked(local_start)?;
    let (offset, _) = tail
        .char_indices()
        .find(|(offset, char)| is_name_start(*char) && !is_reserved_namespace(iri, local_start + offset))?;
    iri.split_at_checked(local_start + offset).filter(|(namespace, _)| !namespace.is_empty())
}

/// Whether a text is a name without a colon, <https://www.w3.org/TR/xml-names/#NT-NCName>.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(is_name_start) && text.chars().all(is_name_char)
}

/// Names that mean something else in RDF/XML than the IRI they spell.
fn is_reserved(iri: &str) -> bool {
    const RESERVED: [&str; 12] = [
        "RDF",
        "Description",
        "ID",
        "about",
        "parseType",
        "resource",
        "nodeID",
        "datatype",
        "li",
        "aboutEach",
        "aboutEachPrefix",
        "bagID",
    ];
    iri.strip_prefix(rdf::NAMESPACE).is_some_and(|local| RESERVED.contains(&local))
}

/// Namespaces that no document may declare, <https://www.w3.org/TR/xml-names/#ns-decl>.
fn is_reserved_namespace(iri: &str, end: usize) -> bool {
    matches!(iri.get(..end), Some("http://www.w3.org/2000/xmlns/" | "http://www.w3.org/XML/1998/namespace"))
}

/// <https://www.w3.org/TR/xml/#NT-Char>
const fn is_character(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// <https://www.w3.org/TR/xml/#NT-NameStartChar>, without the colon.
const fn is_name_start(char: char) -> bool {
    matches!(char,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// <https://www.w3.org/TR/xml/#NT-NameChar>, without the colon.
const fn is_name_char(char: char) -> bool {
    is_name_start(char)
        || matches!(char, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_local_name_is_as_long_as_it_can_be() {
        assert_eq!(split("http://purl.org/dc/terms/title"), Some(("http://purl.org/dc/terms/", "title")));
        assert_eq!(split("http://e/n#2nd-name"), Some(("http://e/n#2", "nd-name")));
        assert_eq!(split("urn:x:naïef"), Some(("urn:x:", "naïef")));
        assert_eq!(split("http://e/%20x"), Some(("http://e/%20", "x")));
    }

    #[test]
    fn an_iri_that_ends_in_no_name_has_none() {
        for iri in ["http://e/", "http://e/n#", "http://e/n/007", "http://e/n/-", "http://e/(x)"] {
            assert!(!has_qualified_name(iri), "{iri}");
        }
    }

    #[test]
    fn names_of_the_syntax_itself_are_none() {
        assert!(!has_qualified_name("http://www.w3.org/1999/02/22-rdf-syntax-ns#li"));
        assert!(!has_qualified_name("http://www.w3.org/1999/02/22-rdf-syntax-ns#Description"));
        assert!(has_qualified_name("http://www.w3.org/1999/02/22-rdf-syntax-ns#_1"));
        assert_eq!(split("http://www.w3.org/2000/xmlns/ab"), Some(("http://www.w3.org/2000/xmlns/a", "b")));
        assert!(!has_qualified_name("http://www.w3.org/2000/xmlns/a"));
    }

    #[test]
    fn a_text_is_escaped_and_holds_no_character_that_xml_cannot() {
        assert_eq!(writable_in_xml("<b a=\"c\">&\u{1}\r\n"), "&lt;b a=&quot;c&quot;&gt;&amp;\u{FFFD}&#13;\n");
    }

    #[test]
    fn control_characters_are_found_and_white_space_is_none() {
        assert_eq!(unwritable_in_xml("a\tb\r\nc\u{85}\u{1F600}"), None);
        assert_eq!(unwritable_in_xml("a\u{0}"), Some('\u{0}'));
        assert_eq!(unwritable_in_xml("a\u{B}\u{C}"), Some('\u{B}'));
        assert_eq!(unwritable_in_xml("\u{FFFE}"), Some('\u{FFFE}'));
        assert_eq!(unwritable_in_xml("x\u{1F}"), Some('\u{1F}'));
    }
}

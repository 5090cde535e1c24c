//! From a filled template to a document that is HTML, whatever characters its texts hold.

use super::PageError;
use askama::Template;
use std::fmt::{self, Write};

/// What stands where a text holds a character that HTML cannot.
const REPLACEMENT: &str = "\u{FFFD}";

/// A whole HTML document.
///
/// Characters are replaced on the way out, behind all templates, so that no text can pass by.
pub(super) fn document(template: &impl Template) -> Result<String, PageError> {
    let mut document = Document(String::new());
    template.render_into(&mut document)?;
    Ok(document.0)
}

/// A JSON text as it may stand in a `script` element: nothing in it can end the element or begin
/// a comment, and it says the same
/// ([HTML, 4.12.1.3](https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements)).
pub(super) fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// A document that shows what HTML cannot hold as U+FFFD.
struct Document(String);

impl Write for Document {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut between = "";
        for clean in text.split(cannot_stand_in_html) {
            self.0.push_str(between);
            self.0.push_str(clean);
            between = REPLACEMENT;
        }
        Ok(())
    }
}

/// Whether a character is an error in an HTML document: controls other than the tab and line
/// breaks, and the code points that are no characters
/// ([HTML, 13.2.3.5](https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream)).
fn cannot_stand_in_html(character: char) -> bool {
    let point = u32::from(character);
    let is_noncharacter = point & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&point);
    is_noncharacter || (character.is_control() && !matches!(character, '\t' | '\n' | '\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut document = Document(String::new());
        document.write_str(text).unwrap();
        document.0
    }

    #[test]
    fn every_control_character_but_the_tab_and_line_breaks_is_replaced() {
        let controls = (0..=0x1F_u8).chain(0x7F..=0x9F).map(char::from);
        for control in controls.filter(|control| !"\t\n\r".contains(*control)) {
            assert_eq!(written(&format!("a{control}é")), "a\u{FFFD}é", "{control:?}");
        }
        assert_eq!(written("a\tb\r\nc\n"), "a\tb\r\nc\n");
    }

    #[test]
    fn code_points_that_are_no_characters_are_replaced() {
        for point in ['\u{FDD0}', '\u{FDEF}', '\u{FFFE}', '\u{FFFF}', '\u{1FFFE}', '\u{10FFFF}'] {
            assert_eq!(written(&format!("{point}")), "\u{FFFD}", "{point:?}");
        }
    }

    #[test]
    fn all_other_text_stays_as_it_is() {
        for text in ["", " ~", "\u{A0}\u{AD}\u{200B}", "Övergivna fordon", "\u{FDCF}\u{FDF0}\u{FFFD}", "𝔘\u{10FFFD}"]
        {
            assert_eq!(written(text), text);
        }
    }

    #[test]
    fn no_json_text_can_end_the_script_that_it_stands_in() {
        let json = serde_json::json!({ "name": "</script><!-- a & b --><SCRIPT>" });
        let escaped = in_script(&json.to_string());
        assert!(!escaped.contains(['<', '>', '&']), "{escaped}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).unwrap(), json);
    }

    #[test]
    fn replacements_stand_at_the_places_of_what_they_replace() {
        assert_eq!(written("\u{1}a\u{2}\u{3}b\u{9F}"), "\u{FFFD}a\u{FFFD}\u{FFFD}b\u{FFFD}");
    }
}

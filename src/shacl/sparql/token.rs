//! The tokens of a query's text, as far as they tell which clauses it has and where they stand.
//! The algebra does not keep places, and a clause must be refused whatever the parser makes of it.

/// A token with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub kind: Kind<'a>,
    /// The byte where it starts.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// A word that is no prefixed name: a keyword, the name of a function, `a`, `true` or `false`.
    Word(&'a str),
    /// The name of a variable, without its sign.
    Variable(&'a str),
    /// `{`
    Open,
    /// `}`
    Close,
    /// Anything else: IRIs, prefixed names, literals, punctuation.
    Other,
}

impl Token<'_> {
    /// Whether the token is this keyword, in any case.
    pub(super) fn is_keyword(&self, keyword: &str) -> bool {
        matches!(self.kind, Kind::Word(word) if word.eq_ignore_ascii_case(keyword))
    }
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// The place of a byte of a text.
pub(super) fn place(text: &str, byte: usize) -> Place {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or(before);
    Place { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
}

/// The tokens of a text, without comments and white space. The text need not be a query: what is
/// not closed ends with the text, and the parser refuses it.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = token(rest);
        let end = start + length;
        if let Some(kind) = kind {
            found.push(Token { kind, start, end });
        }
        start = end;
    }
    found
}

/// The first token of a text that is not empty, and its length in bytes, one at least.
fn token(text: &str) -> (Option<Kind<'_>>, usize) {
    let first = text.chars().next().unwrap_or(' ');
    match first {
        '#' => (None, text.find(['\n', '\r']).unwrap_or(text.len())),
        '{' => (Some(Kind::Open), 1),
        '}' => (Some(Kind::Close), 1),
        '"' | '\'' => (Some(Kind::Other), string_length(text, first)),
        '<' => (Some(Kind::Other), iri_length(text).unwrap_or(1)),
        '?' | '$' => {
            let name = leading(text.get(1..).unwrap_or_default(), |c| c.is_alphanumeric() || c == '_' || c == '·');
            let kind = if name.is_empty() { Kind::Other } else { Kind::Variable(name) };
            (Some(kind), 1 + name.len())
        }
        '@' => (Some(Kind::Other), 1 + leading(text.get(1..).unwrap_or_default(), is_name_character).len()),
        c if c.is_alphanumeric() || c == '_' || c == ':' => name(text),
        c if c.is_whitespace() => (None, c.len_utf8()),
        c => (Some(Kind::Other), c.len_utf8()),
    }
}

/// A word, a prefixed name, a blank node or a number.
fn name(text: &str) -> (Option<Kind<'_>>, usize) {
    let mut length = 0;
    let mut has_colon = false;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        has_colon |= character == ':';
        if character == '\\' && has_colon {
            length += 1 + characters.next().map_or(0, char::len_utf8);
        } else if is_name_character(character) || (has_colon && character == '%') {
            length += character.len_utf8();
        } else {
            break;
        }
    }
    if has_colon {
        return (Some(Kind::Other), length.max(1));
    }
    let word = leading(text, |c| c.is_alphanumeric() || c == '_');
    (Some(Kind::Word(word)), word.len().max(1))
}

fn is_name_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | ':' | '·')
}

fn leading(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// The length of a string with its quotation marks, one or three at each end.
fn string_length(text: &str, quote: char) -> usize {
    let long: String = [quote; 3].iter().collect();
    let is_long = text.starts_with(&long);
    let close = if is_long { long.as_str() } else { long.get(..1).unwrap_or_default() };
    let mut at = close.len();
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(close) {
            return at + close.len();
        }
        let mut characters = rest.chars();
        let character = characters.next().unwrap_or(' ');
        at += character.len_utf8();
        if character == '\\' {
            at += characters.next().map_or(0, char::len_utf8);
        }
    }
    text.len()
}

/// The length of an IRI with its brackets; nothing where `<` is an operator.
fn iri_length(text: &str) -> Option<usize> {
    let inside = text.get(1..)?;
    let end = inside.find(|c: char| c <= ' ' || "<>\"{}|^`".contains(c))?;
    inside.get(end..)?.starts_with('>').then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let word = |token: Token<'static>| match token.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        };
        let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
        tokens(text).into_iter().filter_map(word).collect()
    }

    #[test]
    fn keywords_inside_names_strings_comments_and_iris_are_no_words() {
        for text in [
            "ex:minus minus: _:minus ?minus $minus @minus <minus> <http://e/MINUS#MINUS>",
            "\"minus\" 'minus' \"\"\"a \" minus \"\"\" '''it's minus''' \"\\\" minus\"",
            "# minus\n ex:a%20minus ex:a\\-minus ex:a.minus minus-er:x",
        ] {
            assert_eq!(words(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn keywords_beside_operators_and_brackets_are_words() {
        assert_eq!(words("{?a ?b ?c}MINUS{?a<?b}"), ["MINUS"]);
        assert_eq!(words("FILTER(?a < 5 && ?b>3)values"), ["FILTER", "5", "3", "values"]);
        assert_eq!(words("\"\"MINUS ''minus"), ["MINUS", "minus"]);
    }

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let text = "SELECT\n  é MINUS";
        assert_eq!(place(text, text.find("MINUS").unwrap()), Place { line: 2, column: 5 });
        assert_eq!(place(text, 0), Place { line: 1, column: 1 });
    }
}

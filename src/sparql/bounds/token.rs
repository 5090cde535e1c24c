//! Where the tokens of SPARQL end that may contain brackets and operators
//! ([SPARQL 1.1, 19.8](https://www.w3.org/TR/sparql11-query/#sparqlGrammar)).

/// The length in bytes of the string at the beginning of `rest`, with its quotes, or nothing if
/// what begins there is not a whole string.
pub(super) fn string_end(rest: &[u8]) -> Option<usize> {
    let quote = *rest.first()?;
    let long = [quote; 3];
    if rest.starts_with(&long)
        && let Some(length) = inside(rest.get(3..)?, &long)
    {
        return Some(3 + length + 3);
    }
    inside(rest.get(1..)?, &[quote]).map(|length| 1 + length + 1)
}

/// The bytes before `closing`, which may span lines if it is three quotes.
fn inside(content: &[u8], closing: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = content.get(at..)?;
        if rest.starts_with(closing) {
            return Some(at);
        }
        match rest.first()? {
            b'\\' => at += escape(rest)?,
            b'\n' | b'\r' if closing.len() == 1 => return None,
            _ => at += 1,
        }
    }
}

/// The length of the escape sequence at the beginning of `rest`, or nothing if it is not one.
fn escape(rest: &[u8]) -> Option<usize> {
    let digits = match rest.get(1)? {
        b't' | b'b' | b'n' | b'r' | b'f' | b'"' | b'\'' | b'\\' => return Some(2),
        b'u' => 4,
        b'U' => 8,
        _ => return None,
    };
    let code = std::str::from_utf8(rest.get(2..2 + digits)?).ok()?;
    let is_hex = code.bytes().all(|digit| digit.is_ascii_hexdigit());
    let code = u32::from_str_radix(code, 16).ok().filter(|_| is_hex)?;
    char::from_u32(code).map(|_| 2 + digits)
}

/// The length in bytes of the IRI in angle brackets at the beginning of `rest`, or nothing if what
/// begins there has a character that no IRI has.
pub(super) fn iri_end(rest: &[u8]) -> Option<usize> {
    for (at, byte) in rest.iter().enumerate().skip(1) {
        match byte {
            b'>' => return Some(at + 1),
            0..=b' ' | b'<' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`' => return None,
            _ => {}
        }
    }
    None
}

/// The length in bytes of the language tag at the beginning of `rest`, with its `@`; a hyphen after
/// it is an operator.
pub(super) fn language_end(rest: &[u8]) -> usize {
    let mut at = 1;
    loop {
        let hyphens = rest.iter().skip(at).take_while(|byte| **byte == b'-').count();
        // Two hyphens stand before a direction, and only one before a subtag.
        let subtag = rest.iter().skip(at + hyphens).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if subtag == 0 || hyphens > 2 || (hyphens == 0 && at > 1) {
            return at;
        }
        at += hyphens + subtag;
    }
}

/// The length in bytes of the word at the beginning of `rest`, and whether it is a prefixed name or
/// the label of a blank node. A prefix with a hyphen or a dot counts as several words.
pub(super) fn word_end(rest: &[u8]) -> (usize, bool) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
    let word = rest.iter().take_while(|byte| is_plain(**byte)).count();
    if rest.get(word) != Some(&b':') {
        return (word, false);
    }
    let mut at = word + 1;
    while let Some(byte) = rest.get(at) {
        match byte {
            b'\\' if rest.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 2,
            b':' | b'%' => at += 1,
            // A local name does not begin with a hyphen: that one is an operator.
            b'-' | b'.' if at > word + 1 => at += 1,
            byte if is_plain(*byte) => at += 1,
            _ => break,
        }
    }
    (at, true)
}

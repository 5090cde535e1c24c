//! The files of a form: <https://www.rfc-editor.org/rfc/rfc7578>, in the framing of
//! <https://www.rfc-editor.org/rfc/rfc2046#section-5.1>.

use std::borrow::Cow;

/// A file of a form.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'b> {
    /// Its media type, `text/plain` where it names none.
    pub(super) content_type: Cow<'b, str>,
    /// What is in it.
    pub(super) content: &'b [u8],
}

/// The files in a body; nothing where it is not framed as its media type says.
pub(super) fn parts<'b>(content_type: &str, body: &'b [u8]) -> Option<Vec<Part<'b>>> {
    let delimiter = format!("\r\n--{}", boundary(content_type)?);
    let delimiter = delimiter.as_bytes();
    // The first line break of a delimiter belongs to it; at the begin of the body there is none.
    let (_, mut rest) = match body.strip_prefix(delimiter.get(2..)?) {
        Some(rest) => (body, rest),
        None => split(body, delimiter)?,
    };
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let (_, after_line) = split(rest, b"\r\n")?;
        let (part, after) = split(after_line, delimiter)?;
        parts.push(read(part)?);
        rest = after;
    }
    Some(parts)
}

/// The boundary that a media type names, which may be quoted.
fn boundary(content_type: &str) -> Option<&str> {
    let value = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"'))
    })?;
    (1..=70).contains(&value.len()).then_some(value)
}

fn read(part: &[u8]) -> Option<Part<'_>> {
    // A part without fields begins with the empty line after them.
    let (fields, content) = match part.strip_prefix(b"\r\n") {
        Some(content) => (&[][..], content),
        None => split(part, b"\r\n\r\n")?,
    };
    let fields = String::from_utf8_lossy(fields);
    let content_type = fields.split("\r\n").find_map(|field| {
        let (name, value) = field.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-type").then(|| value.trim().to_owned())
    });
    Some(Part { content_type: content_type.map_or(Cow::Borrowed("text/plain"), Cow::Owned), content })
}

/// What stands before the first place of `mark`, and what after it.
fn split<'b>(text: &'b [u8], mark: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let place = text.windows(mark.len()).position(|window| window == mark)?;
    Some((text.get(..place)?, text.get(place + mark.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Option<Vec<(String, String)>> {
        let parts = parts("multipart/form-data; charset=utf-8; Boundary=\"x y\"", body.as_bytes())?;
        let text = |part: Part<'_>| (part.content_type.into_owned(), String::from_utf8(part.content.to_vec()).unwrap());
        Some(parts.into_iter().map(text).collect())
    }

    #[test]
    fn files_have_their_types_and_contents() {
        let body = "before\r\n--x y\r\nContent-Disposition: form-data; name=\"a\"\r\ncontent-type: text/turtle\r\n\r\n\
                    <a> <b> <c> .\r\n\r\n--x y  \r\n\r\nplain\r\n--x y--\r\nafter";
        let expected = [("text/turtle", "<a> <b> <c> .\r\n"), ("text/plain", "plain")];
        assert_eq!(read(body).unwrap(), expected.map(|(kind, text)| (kind.to_owned(), text.to_owned())));
        assert_eq!(read("--x y--").unwrap(), []);
    }

    #[test]
    fn a_body_that_is_cut_or_framed_otherwise_is_refused() {
        for body in ["", "<a> <b> <c> .", "--x y\r\nA: b\r\n\r\ntext", "--x y\r\nA: b\r\n--x y--", "--other--"] {
            assert_eq!(read(body), None, "{body}");
        }
        assert_eq!(parts("multipart/form-data", b"--x--"), None);
    }
}

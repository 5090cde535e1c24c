//! What the graph says to a query, read to be shown on a page.
//!
//! A page shows the beginning of a large answer, so no more than that and a bounded count is read of one. What the
//! connection to a program would break off at is a problem here: nothing of a cut answer is shown.

use super::problem::{Problem, ProblemType};
use super::queries::{self, AnswerTooLarge, Client};
use super::representation::REVISION;
use super::state::App;
use crate::graph::{QueryResultsFormat, Question, RdfFormat};
use crate::pages::record::Surroundings;
use crate::pages::{Cell, Language, Link, SHOWN_SOLUTIONS, ShownAnswer, Solutions, Text};
use crate::register::Listed;
use axum::body::{Body, HttpBody};
use axum::http::{HeaderMap, header};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::io;
use std::pin::pin;

/// The most that is read of solutions to count them, in bytes.
const COUNTED: usize = 16 << 20;

/// The most that is shown of triples, in bytes of Turtle.
const SHOWN_TURTLE: usize = 128 << 10;

/// An answer, as far as it is read.
#[derive(Debug)]
pub(super) enum Answered {
    /// Of a SELECT.
    Solutions(Bindings),
    /// Of an ASK.
    Truth(bool),
    /// Of a CONSTRUCT or a DESCRIBE: whole lines of Turtle, and whether they are all.
    Triples(String, bool),
}

/// The solutions of a SELECT.
#[derive(Debug)]
pub(super) struct Bindings {
    variables: Vec<String>,
    /// Those that were read.
    solutions: Vec<BTreeMap<String, Bound>>,
    /// Whether those are all.
    is_whole: bool,
}

/// What a solution binds a variable to.
#[derive(Debug, Deserialize)]
pub(super) struct Bound {
    r#type: String,
    value: String,
    #[serde(rename = "xml:lang")]
    language: Option<String>,
}

/// An answer, and the revision that it shows.
#[derive(Debug)]
pub(super) struct AnsweredAt {
    pub answered: Answered,
    pub revision: u64,
}

/// Asks the graph a question of a client, in the syntaxes that are read here, within the bounds that hold for every query.
///
/// # Errors
/// Those of [`queries::respond`], and that the answer broke off.
pub(super) async fn ask(app: &App, question: Question, client: Client) -> Result<AnsweredAt, Problem> {
    let question = Question {
        base: app.base().to_string(),
        solutions: Some(QueryResultsFormat::Json),
        triples: Some(RdfFormat::Turtle),
        ..question
    };
    // The answer is wanted whether or not the client has the page that it goes into.
    let (parts, body) = queries::respond(app, question, client, &HeaderMap::new()).await?.into_parts();
    let revision = parts.headers.get(REVISION).and_then(|revision| revision.to_str().ok()?.parse().ok());
    let revision = revision.ok_or_else(|| io::Error::other("an answer of the graph names no revision"))?;
    let is_turtle = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/"));
    let answered = if is_turtle {
        let (turtle, is_whole) = read(body, SHOWN_TURTLE).await?;
        Answered::Triples(lines(turtle, is_whole), is_whole)
    } else {
        let (json, is_whole) = read(body, COUNTED).await?;
        of_json(&json, is_whole).map_err(io::Error::other)?
    };
    Ok(AnsweredAt { answered, revision })
}

/// Reads a body up to a bound, and says whether that was all of it. What is left stops the query.
async fn read(body: Body, most: usize) -> Result<(Vec<u8>, bool), Problem> {
    let mut body = pin!(body);
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let frame = frame.map_err(broken_off)?;
        if let Ok(data) = frame.into_data() {
            bytes.extend_from_slice(&data);
        }
        if bytes.len() > most {
            return Ok((bytes, false));
        }
    }
    Ok((bytes, true))
}

/// Why an answer broke off.
fn broken_off(error: axum::Error) -> Problem {
    if let Ok(error) = error.into_inner().downcast::<AnswerTooLarge>() {
        return (*error).into();
    }
    let detail = "the answer broke off before it was whole; make the query more selective or add a LIMIT";
    Problem::new(ProblemType::QueryTimeout, detail)
}

/// The text of a document, without the line that it is cut in.
fn lines(mut text: Vec<u8>, is_whole: bool) -> String {
    if !is_whole {
        text.truncate(text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1));
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Reads solutions or a truth value, <https://www.w3.org/TR/sparql11-results-json/>.
fn of_json(json: &[u8], is_whole: bool) -> serde_json::Result<Answered> {
    #[derive(Deserialize)]
    struct Document {
        head: Head,
        results: Option<Results>,
        boolean: Option<bool>,
    }
    #[derive(Deserialize)]
    struct Head {
        #[serde(default)]
        vars: Vec<String>,
    }
    #[derive(Deserialize)]
    struct Results {
        bindings: Vec<BTreeMap<String, Bound>>,
    }
    let document: Document =
        if is_whole { serde_json::from_slice(json) } else { serde_json::from_slice(&ended(json)) }?;
    Ok(match document.results {
        Some(results) => {
            Answered::Solutions(Bindings { variables: document.head.vars, solutions: results.bindings, is_whole })
        }
        None => Answered::Truth(document.boolean.unwrap_or_default()),
    })
}

/// The beginning of a document of solutions, ended behind the last of them that is whole.
fn ended(json: &[u8]) -> Vec<u8> {
    /// How deep a solution lies: in the array of bindings, in the object of results, in that of the document.
    const SOLUTION: usize = 3;
    let (mut depth, mut in_string, mut is_escaped, mut end) = (0_usize, false, false, 0);
    for (place, byte) in json.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if *byte == b'}' && depth == SOLUTION && !in_string {
            end = place + 1;
        }
    }
    [json.get(..end).unwrap_or_default(), b"]}}"].concat()
}

impl Answered {
    /// The answer as a page in a language shows it, with the names of our own records.
    ///
    /// # Errors
    /// The register's.
    pub(super) fn shown(self, app: &App, language: Language) -> Result<ShownAnswer, Problem> {
        Ok(match self {
            Self::Solutions(bindings) => {
                let names = match app.catalogue() {
                    Ok(catalogue) => catalogue.present()?.names(bindings.shown_iris())?,
                    Err(_) => BTreeMap::new(),
                };
                ShownAnswer::Solutions(app.with_view(language, |view| bindings.table(app, view, &names)))
            }
            Self::Truth(truth) => ShownAnswer::Truth(truth),
            Self::Triples(turtle, is_whole) => ShownAnswer::Triples { turtle, is_whole },
        })
    }
}

impl Bindings {
    /// The IRIs in the solutions that are shown.
    fn shown_iris(&self) -> impl Iterator<Item = &str> {
        let shown = self.solutions.iter().take(SHOWN_SOLUTIONS).flat_map(BTreeMap::values);
        shown.filter(|bound| bound.is_iri()).map(|bound| bound.value.as_str())
    }

    /// The first solutions as a table. Records of ours are shown by those of the names that they have.
    fn table(&self, app: &App, view: &Surroundings<'_>, names: &BTreeMap<String, Listed>) -> Solutions {
        let cell = |bound: &Bound| bound.cell(app, view, names);
        let cells = |solution: &BTreeMap<String, Bound>| {
            self.variables.iter().map(|variable| solution.get(variable).map_or(Cell::Unbound, cell)).collect()
        };
        Solutions {
            variables: self.variables.clone(),
            rows: self.solutions.iter().take(SHOWN_SOLUTIONS).map(cells).collect(),
            total: self.solutions.len(),
            is_counted: self.is_whole,
        }
    }
}

impl Bound {
    fn is_iri(&self) -> bool {
        self.r#type == "uri"
    }

    fn cell(&self, app: &App, view: &Surroundings<'_>, names: &BTreeMap<String, Listed>) -> Cell {
        if !self.is_iri() {
            let blank = if self.r#type == "bnode" { "_:" } else { "" };
            return Cell::Text(Text { value: format!("{blank}{}", self.value), language: self.language.clone() });
        }
        // Our own records are known by kind and reference too, which stand beside their name or for it.
        let own = self.value.strip_prefix(view.base.as_str()).and_then(|path| path.strip_prefix("id/"));
        let name = names.get(&self.value).and_then(|listed| view.best(&listed.names.as_ref()?.values));
        let (label, notation) = match (name, own) {
            (Some(name), own) => (name, own.map(str::to_owned)),
            (None, Some(own)) => (Text::plain(own), None),
            (None, None) => {
                (Text::plain(app.prefixes.shorten(&self.value).unwrap_or_else(|| self.value.clone())), None)
            }
        };
        Cell::Link(Link { href: view.href(&self.value), label, notation })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;
    use http_body::Frame;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    const TWO: &str = r#"{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"}]\"{"}},{"a":{"type":"uri","value":"http://x.example/"}}]}}"#;

    fn read_of(json: &str, is_whole: bool) -> Vec<String> {
        let Ok(Answered::Solutions(bindings)) = of_json(json.as_bytes(), is_whole) else { panic!("{json}") };
        assert_eq!(bindings.is_whole, is_whole);
        bindings.solutions.iter().flat_map(BTreeMap::values).map(|bound| bound.value.clone()).collect()
    }

    #[test]
    fn of_a_document_that_is_cut_anywhere_the_whole_solutions_are_read() {
        let first = TWO.find(",{\"a\"").unwrap();
        let second = TWO.find("]}}").unwrap();
        assert_eq!(read_of(TWO, true), ["}]\"{", "http://x.example/"]);
        for cut in first..second {
            assert_eq!(read_of(&TWO[..cut], false), ["}]\"{"], "{}", &TWO[..cut]);
        }
        assert_eq!(read_of(&TWO[..second], false).len(), 2);
    }

    /// A body of these frames.
    struct Frames(std::vec::IntoIter<io::Result<&'static str>>);

    impl HttpBody for Frames {
        type Data = Bytes;
        type Error = io::Error;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
            Poll::Ready(self.0.next().map(|frame| frame.map(|text| Frame::data(Bytes::from_static(text.as_bytes())))))
        }
    }

    #[tokio::test]
    async fn of_an_answer_that_breaks_off_nothing_is_read() {
        let cut = || Err(io::Error::other("the answer was cut"));
        let body = |frames: Vec<io::Result<&'static str>>| Body::new(Frames(frames.into_iter()));
        let whole = read(body(vec![Ok("one "), Ok("two")]), 100).await.unwrap();
        assert_eq!(whole, (b"one two".to_vec(), true));
        let problem = read(body(vec![Ok("one "), Ok("two"), cut()]), 100).await.unwrap_err();
        assert_eq!(problem.kind, ProblemType::QueryTimeout);
        let beginning = read(body(vec![Ok("one "), Ok("two"), cut()]), 5).await.unwrap();
        assert_eq!(beginning, (b"one two".to_vec(), false), "what is not wanted any more is not waited for");
    }

    #[test]
    fn of_turtle_that_is_cut_whole_lines_are_shown() {
        assert_eq!(lines("a .\nb \u{e9}".as_bytes()[..7].to_vec(), false), "a .\n");
        assert_eq!(lines(b"a .\nb .".to_vec(), true), "a .\nb .");
    }
}

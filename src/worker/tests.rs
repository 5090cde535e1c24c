//! What is sent arrives as it was, and what is no frame does not.

use super::frame::{Frame, Frames, ServerEnd, WorkerEnd};
use super::protocol::{Asked, ToWorker, read, written};
use crate::federation::CallError;
use crate::graph::{
    ChosenGraphs, Engine, Graph, GraphError, Head, QueryResultsFormat, Question, QuestionError, RdfFormat, Receiver,
    Refusal, RefusalKind, Stop, TextSearchError,
};
use oxrdf::vocab::xsd;
use oxrdf::{BlankNode, Literal, NamedNode};
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// What each end makes of what comes through a socket, until that is closed or broken. The server's end reads it in two parts.
async fn received(sent: &[u8]) -> [Vec<Result<Frame<ToWorker>, io::Error>>; 2] {
    let (mut other, own) = UnixStream::pair().unwrap();
    other.write_all(sent).unwrap();
    drop(other);
    let mut worker = WorkerEnd::new(own);
    let of_worker = std::iter::from_fn(|| worker.receive().transpose()).take(9);
    let of_worker = of_worker.collect();
    let (mut other, own) = UnixStream::pair().unwrap();
    let mut server = ServerEnd::new(own).unwrap();
    let (first, second) = sent.split_at(sent.len() / 2);
    other.write_all(first).unwrap();
    let second = second.to_vec();
    let late = tokio::spawn(async move {
        tokio::task::yield_now().await;
        other.write_all(&second).unwrap();
    });
    let mut of_server = Vec::new();
    while of_server.len() < 9
        && let Some(frame) = server.receive().await.transpose()
    {
        of_server.push(frame);
    }
    late.await.unwrap();
    [of_worker, of_server]
}

#[tokio::test]
async fn frames_arrive_in_their_order_and_pieces_as_one() {
    let mut frames = Frames::default();
    frames.bytes(b"a step").unwrap();
    frames.message(&ToWorker::GoOn(true)).unwrap();
    frames.extend(b"one ");
    frames.extend(&vec![b'p'; 70_000]);
    let (one, mut other) = UnixStream::pair().unwrap();
    let mut server = ServerEnd::new(one).unwrap();
    let read = std::thread::spawn(move || {
        let mut sent = Vec::new();
        other.read_to_end(&mut sent).unwrap();
        sent
    });
    server.send(&mut frames).await.unwrap();
    assert_eq!(frames.len(), 0, "what was sent is not sent again");
    drop(server);
    for end in received(&read.join().unwrap()).await {
        let [step, message, piece] = <[_; 3]>::try_from(end).unwrap().map(Result::unwrap);
        assert!(matches!(step, Frame::Bytes(bytes) if bytes == b"a step"));
        assert!(matches!(message, Frame::Message(ToWorker::GoOn(true))));
        assert!(matches!(piece, Frame::Bytes(bytes) if bytes.starts_with(b"one ppp") && bytes.len() == 70_004));
    }
}

#[tokio::test]
async fn what_is_no_frame_is_refused_and_a_cut_one_is_none() {
    for cut in [&b""[..], &[9], &[9, 0, 0, 0, 1], &[9, 0, 0, 0, 1, 1, 2, 3]] {
        assert!(received(cut).await.iter().all(Vec::is_empty), "{cut:?}");
    }
    for broken in [&[255, 255, 255, 255, 1][..], &[1, 0, 0, 0, 7, 0], &[2, 0, 0, 0, 0, b'{', b'}']] {
        assert!(received(broken).await.iter().all(|end| end[0].is_err()), "{broken:?}");
    }
}

#[test]
fn a_question_is_the_same_on_the_other_side_with_every_format() {
    let solutions =
        [QueryResultsFormat::Json, QueryResultsFormat::Xml, QueryResultsFormat::Csv, QueryResultsFormat::Tsv];
    let json_ld = RdfFormat::JsonLd { profile: oxrdfio::JsonLdProfileSet::empty() };
    let triples = [RdfFormat::Turtle, RdfFormat::NTriples, RdfFormat::RdfXml, json_ld, RdfFormat::N3];
    for (solutions, triples) in solutions.iter().cycle().zip(triples) {
        let question = Question {
            text: "ASK {\n}".to_owned(),
            base: "http://a.example/".to_owned(),
            graphs: ChosenGraphs { default: vec!["g:1".to_owned()], named: vec!["g:2".to_owned(), "g:3".to_owned()] },
            solutions: Some(*solutions),
            triples: Some(triples),
        };
        let sent = serde_json::to_vec(&Asked::new(&question, Vec::new(), true)).unwrap();
        let heard = serde_json::from_slice::<Asked>(&sent).unwrap().into_question();
        assert_eq!(format!("{heard:?}"), format!("{question:?}"));
    }
}

#[test]
fn solutions_are_the_same_on_the_other_side() {
    let terms: [oxrdf::Term; 5] = [
        NamedNode::new_unchecked("http://a.example/\u{e9}").into(),
        BlankNode::new_unchecked("b1").into(),
        Literal::new_simple_literal("a \"quoted\"\nline \\ \u{1f6b2}").into(),
        Literal::new_language_tagged_literal_unchecked("fiets", "nl-be").into(),
        Literal::new_typed_literal("007", xsd::INTEGER).into(),
    ];
    let solutions = vec![terms.iter().cloned().map(Some).collect(), vec![None, Some(terms[0].clone())], Vec::new()];
    assert_eq!(read(written(&solutions)).unwrap(), solutions);
    assert!(read(vec![vec![Some("no term".to_owned())]]).is_err());
}

/// Takes no byte.
struct Nobody;

impl Write for Nobody {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Receiver for Nobody {
    fn begin(&mut self, _: Head) -> io::Result<bool> {
        Ok(true)
    }
}

/// An error of each kind that evaluating gives.
fn errors() -> Vec<QuestionError> {
    let graph = Graph::build::<GraphError>(Engine::default(), 1, []).unwrap();
    let asked = |text: &str, graphs: &[&str]| {
        let graphs =
            ChosenGraphs { default: graphs.iter().map(|graph| (*graph).to_owned()).collect(), named: Vec::new() };
        let solutions = Some(QueryResultsFormat::Csv);
        let question = Question { text: text.to_owned(), graphs, solutions, ..Question::default() };
        graph.answer(&question, &Stop::new(), &mut Nobody).unwrap_err()
    };
    let search = "SELECT * { SERVICE <https://w3id.org/eu-service-list/def#textSearch>";
    vec![
        asked("SELECT * {\n ?s ?p }", &[]),
        asked(&format!("SELECT * {}", "{".repeat(5_000)), &[]),
        asked("ASK {}", &["no iri"]),
        asked("ASK {}", &["g:1"]),
        asked("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", &[]),
        asked(&format!("{search} {{ ?s <x:p> 1 }} }}"), &[]),
        asked("CONSTRUCT WHERE { ?s ?p ?o }", &[]),
        asked("SELECT * { ?s ?p ?o }", &[]),
        QuestionError::Call(CallError::TooManyCalls { limit: 3 }),
        QuestionError::Call(CallError::Unreachable { endpoint: "http://a.example/".to_owned(), reason: "gone".into() }),
        QuestionError::Stopped,
    ]
}

#[test]
fn an_error_is_of_the_same_kind_with_the_same_words_on_the_other_side() {
    let mut kinds = Vec::new();
    for error in errors() {
        let sent = serde_json::to_vec(&Refusal::from(&error)).unwrap();
        let heard = QuestionError::from(serde_json::from_slice::<Refusal>(&sent).unwrap());
        assert_eq!(
            (heard.kind(), heard.to_string(), heard.position()),
            (error.kind(), error.to_string(), error.position())
        );
        kinds.push(error.kind());
    }
    let expected = [
        RefusalKind::Syntax,
        RefusalKind::TooLarge,
        RefusalKind::BadRequest,
        RefusalKind::NotDone,
        RefusalKind::NotDone,
        RefusalKind::NotDone,
        RefusalKind::NotAcceptable,
        RefusalKind::Internal,
        RefusalKind::TooLarge,
        RefusalKind::ServiceFailed,
        RefusalKind::Stopped,
    ];
    assert_eq!(kinds, expected);
    let [Some((2, _)), None] = [errors()[0].position(), errors()[1].position()] else { panic!("the place is lost") };
}

#[test]
fn what_another_endpoint_or_the_text_index_failed_at_is_the_same_on_the_other_side() {
    let endpoint = "http://a.example/".to_owned();
    for error in [
        CallError::NotAllowed { endpoint: endpoint.clone() },
        CallError::TooLarge { endpoint: endpoint.clone(), limit: 10 },
        CallError::Unreachable { endpoint: endpoint.clone(), reason: "its name has no address".into() },
        CallError::Late { endpoint: endpoint.clone(), time: Duration::from_millis(1500) },
        CallError::Status { endpoint, status: 503, said: "busy".to_owned() },
        CallError::Stopped,
    ] {
        let sent = serde_json::to_vec(&ToWorker::Solved(Err(error.clone()))).unwrap();
        let Ok(ToWorker::Solved(Err(heard))) = serde_json::from_slice(&sent) else { panic!("{error}") };
        assert_eq!(heard, error);
    }
    let refusal = Refusal::from(&TextSearchError::NotHere);
    let told = TextSearchError::Told(refusal.clone());
    assert_eq!((told.kind(), told.to_string()), (RefusalKind::NotDone, TextSearchError::NotHere.to_string()));
}

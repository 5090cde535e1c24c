//! Calls to endpoints that answer well, badly, late, too much or not at all.

use super::allow_list::AllowList;
use super::{CallError, CallLimits, Calls};
use endpoint::{Asked, Endpoint, JSON, answer, send};
use oxrdf::{Literal, Term, Variable};
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

#[path = "../../tests/support/endpoint.rs"]
pub(crate) mod endpoint;

const QUERY: &str = "SELECT ?x WHERE { ?x ?y ?z }";
const ONE: &str = r#"{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}"#;

fn own(endpoint: &Endpoint) -> AllowList {
    AllowList::new(&[], std::slice::from_ref(&endpoint.iri), "http://lists.example/").unwrap()
}

fn calls(list: AllowList, limits: CallLimits) -> Calls {
    Calls::new(list, limits, Instant::now() + Duration::from_mins(1))
}

fn ask(calls: &Calls, iri: &str) -> Result<usize, CallError> {
    let solutions = calls.ask(iri, QUERY, &[Variable::new_unchecked("x")], &|| false)?;
    Ok(solutions.len())
}

/// What an endpoint's answer becomes under small limits.
fn outcome(limits: CallLimits, write: impl Fn(&Asked, &mut TcpStream) + Send + Sync + 'static) -> CallError {
    let endpoint = Endpoint::new(write);
    let error = ask(&calls(own(&endpoint), limits), &endpoint.iri).unwrap_err();
    let port = endpoint.iri.rsplit(':').next().unwrap().trim_end_matches("/sparql").to_owned();
    let told = error.to_string().replace(&endpoint.iri, "");
    assert!(!told.contains("127.0.0.1") && !told.contains(&port), "tells an address: {told}");
    error
}

#[test]
fn a_query_goes_out_as_a_form_with_a_name_and_nothing_else_that_tells_of_the_client() {
    let endpoint = Endpoint::with_solutions(ONE);
    let calls = calls(own(&endpoint), CallLimits::default());
    let solutions = calls.ask(&endpoint.iri, QUERY, &[Variable::new_unchecked("x")], &|| false).unwrap();
    assert_eq!(*solutions, [[Some(Term::from(Literal::new_simple_literal("1")))]]);
    let [asked] = &endpoint.asked()[..] else { panic!() };
    assert_eq!(asked.query, QUERY);
    let mut lines = asked.head.lines();
    assert_eq!(lines.next(), Some("POST /sparql HTTP/1.1"));
    let mut fields: Vec<_> = lines.map(|line| line.split(':').next().unwrap().to_lowercase()).collect();
    fields.sort();
    assert_eq!(fields, ["accept", "content-length", "content-type", "host", "user-agent"]);
    assert!(asked.head.contains("eusl/") && asked.head.contains("(+http://lists.example/)"), "{}", asked.head);
}

#[test]
fn the_same_question_is_asked_once_in_a_query_also_where_it_failed() {
    let endpoint = Endpoint::new(|_, connection| send(connection, &answer("500 Broken", "text/plain", "no")));
    let calls = calls(own(&endpoint), CallLimits::default());
    let (first, second) = (ask(&calls, &endpoint.iri), ask(&calls, &endpoint.iri));
    assert!(first.is_err() && first == second);
    assert_eq!(endpoint.asked().len(), 1);
}

#[test]
fn an_endpoint_that_is_not_listed_is_not_connected_to() {
    let (listed, other) = (Endpoint::with_solutions(ONE), Endpoint::with_solutions(ONE));
    let calls = calls(own(&listed), CallLimits::default());
    assert!(matches!(ask(&calls, &other.iri), Err(CallError::NotAllowed { .. })));
    assert!(matches!(ask(&Calls::default(), &listed.iri), Err(CallError::NotAllowed { .. })));
    assert!(listed.asked().is_empty() && other.asked().is_empty());
}

#[test]
fn a_refusal_is_told_with_its_status_and_what_it_says() {
    let error = outcome(CallLimits::default(), |_, connection| {
        send(connection, &answer("400 Bad Request", "text/plain", "line 3:\u{1b}[2J no such prefix"));
    });
    let CallError::Status { status: 400, said, .. } = &error else { panic!("{error}") };
    assert_eq!(said, "line 3:\\u{1b}[2J no such prefix");
    let page = outcome(CallLimits::default(), |_, connection| {
        send(connection, &answer("503 Busy", "text/html", "<h1>Busy</h1>"));
    });
    assert!(page.to_string().ends_with("the status 503"), "{page}");
}

#[test]
fn a_redirect_is_not_followed() {
    let target = Endpoint::with_solutions(ONE);
    let location = target.iri.clone();
    for status in ["301 Moved", "303 See Other", "307 Temporary", "308 Permanent"] {
        let location = location.clone();
        let error = outcome(CallLimits::default(), move |_, connection| {
            let head = format!("HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
            send(connection, &head);
        });
        assert!(matches!(error, CallError::Status { .. }), "{status}: {error}");
    }
    assert!(target.asked().is_empty());
}

#[test]
fn what_is_no_answer_is_refused() {
    let cases: [(&str, String, &str); 6] = [
        ("no HTTP", "220 mail.example ready\r\n".to_owned(), "no HTTP"),
        ("nothing", String::new(), "connection"),
        ("a page", answer("200 OK", "text/html", "<h1>Hello</h1>"), "text/html"),
        ("another format", answer("200 OK", "text/csv", "x\r\n1\r\n"), "text/csv"),
        ("garbage", answer("200 OK", JSON, "\u{0}\u{1}garbage"), "cannot be read"),
        ("half", answer("200 OK", JSON, ONE).replace("Length: ", "Length: 9"), "connection"),
    ];
    for (name, text, expected) in cases {
        let error = outcome(CallLimits::default(), move |_, connection| send(connection, &text));
        assert!(error.to_string().contains(expected) && error.is_of_the_endpoint(), "{name}: {error}");
    }
}

#[test]
fn an_answer_is_taken_up_to_its_bounds() {
    let limits = CallLimits { bytes: 1 << 20, ..CallLimits::default() };
    let endless = outcome(limits, |_, connection| {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nConnection: close\r\n\r\n");
        send(connection, &head);
        // It ends when the other side hangs up.
        while connection.write_all(&[b' '; 4096]).is_ok() {}
    });
    assert!(matches!(endless, CallError::TooLarge { limit: 1, .. }), "{endless}");
    let limits = CallLimits { solutions: 1, ..CallLimits::default() };
    let many = outcome(limits, |_, connection| {
        let two = ONE.replace("[{", "[{},{");
        send(connection, &answer("200 OK", JSON, &two));
    });
    assert!(matches!(many, CallError::TooManySolutions { limit: 1, .. }), "{many}");
    let header = outcome(CallLimits::default(), |_, connection| {
        send(connection, "HTTP/1.1 200 OK\r\n");
        while connection.write_all(b"X-Filler: 0123456789012345678901234567890123456789\r\n").is_ok() {}
    });
    assert!(matches!(header, CallError::Unreadable { .. }), "{header}");
}

#[test]
fn the_bounds_are_those_of_all_calls_of_a_query() {
    let endpoint = Endpoint::with_solutions(ONE);
    let ask = |calls: &Calls, query: &str| {
        calls.ask(&endpoint.iri, query, &[Variable::new_unchecked("x")], &|| false).map(|solutions| solutions.len())
    };
    let two = calls(own(&endpoint), CallLimits { calls: 2, ..CallLimits::default() });
    assert_eq!((ask(&two, "a"), ask(&two, "b")), (Ok(1), Ok(1)));
    assert_eq!(ask(&two, "c"), Err(CallError::TooManyCalls { limit: 2 }));
    let bytes = calls(own(&endpoint), CallLimits { bytes: ONE.len() as u64 + 1, ..CallLimits::default() });
    assert_eq!(ask(&bytes, "a"), Ok(1));
    assert!(matches!(ask(&bytes, "b"), Err(CallError::TooLarge { .. })));
    let solutions = calls(own(&endpoint), CallLimits { solutions: 1, ..CallLimits::default() });
    assert_eq!(ask(&solutions, "a"), Ok(1));
    assert!(matches!(ask(&solutions, "b"), Err(CallError::TooManySolutions { limit: 1, .. })));
}

#[test]
fn an_endpoint_that_keeps_silent_or_drips_is_left() {
    let limits = CallLimits { time: Duration::from_millis(300), ..CallLimits::default() };
    let start = Instant::now();
    let silent = outcome(limits, |_, _| thread::sleep(Duration::from_secs(20)));
    assert!(matches!(silent, CallError::Late { .. }), "{silent}");
    let dripping = outcome(limits, |_, connection| {
        send(connection, &format!("HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nContent-Length: 9999\r\n\r\n"));
        while connection.write_all(b" ").is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    assert!(matches!(dripping, CallError::Late { .. }), "{dripping}");
    assert!(start.elapsed() < Duration::from_secs(10), "it was waited for");
}

#[test]
fn a_query_that_is_stopped_or_out_of_time_waits_for_nobody() {
    let endpoint = Endpoint::new(|_, _| thread::sleep(Duration::from_secs(20)));
    let start = Instant::now();
    let variables = [Variable::new_unchecked("x")];
    let stopped = AtomicBool::new(false);
    let by_token = thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(200));
            stopped.store(true, Ordering::Relaxed);
        });
        let calls = calls(own(&endpoint), CallLimits::default());
        calls.ask(&endpoint.iri, QUERY, &variables, &|| stopped.load(Ordering::Relaxed))
    });
    assert_eq!(by_token, Err(CallError::Stopped));
    let soon = Instant::now() + Duration::from_millis(200);
    let by_time = Calls::new(own(&endpoint), CallLimits::default(), soon);
    assert_eq!(ask(&by_time, &endpoint.iri), Err(CallError::Stopped));
    assert_eq!(by_time.ask(&endpoint.iri, "another", &variables, &|| false), Err(CallError::Stopped));
    assert!(start.elapsed() < Duration::from_secs(10), "it was waited for");
}

#[test]
fn after_a_failure_the_endpoint_can_be_asked_again() {
    let endpoint = Endpoint::new(|asked, connection| match asked.query.as_str() {
        "late" => thread::sleep(Duration::from_secs(20)),
        _ => send(connection, &answer("200 OK", JSON, ONE)),
    });
    let calls = calls(own(&endpoint), CallLimits { time: Duration::from_millis(500), ..CallLimits::default() });
    assert!(calls.ask(&endpoint.iri, "late", &[Variable::new_unchecked("x")], &|| false).is_err());
    assert_eq!(ask(&calls, &endpoint.iri), Ok(1));
}

/// Resolves every name to these addresses, one list after the other, and the last for ever.
#[derive(Debug)]
struct Names(Mutex<Vec<Vec<SocketAddr>>>);

impl Names {
    fn new(answers: &[&[&str]], port: u16) -> Self {
        let address = |ip: &&str| SocketAddr::new(ip.parse().unwrap(), port);
        let mut answers: Vec<Vec<_>> = answers.iter().map(|ips| ips.iter().map(address).collect()).collect();
        answers.reverse();
        Self(Mutex::new(answers))
    }
}

impl Resolver for Names {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut answers = self.0.lock().unwrap();
        let addresses = if answers.len() > 1 { answers.pop().unwrap() } else { answers[0].clone() };
        let mut resolved = self.empty();
        for address in addresses {
            resolved.push(address);
        }
        Ok(resolved)
    }
}

/// A list with one endpoint whose name leads to the port of another.
fn named(list: fn(&str) -> AllowList, answers: &[&[&str]], target: &Endpoint) -> (String, AllowList) {
    let port: u16 = target.iri.rsplit(':').next().unwrap().trim_end_matches("/sparql").parse().unwrap();
    let iri = format!("http://data.example:{port}/sparql");
    let list = list(&iri).resolved_by(Names::new(answers, port));
    (iri, list)
}

#[test]
fn a_name_that_leads_to_a_private_address_is_not_connected_to() {
    let public = |iri: &str| AllowList::new(&[iri.to_owned()], &[], "").unwrap();
    let target = Endpoint::with_solutions(ONE);
    for addresses in [&["127.0.0.1"][..], &["::ffff:127.0.0.1"], &["8.8.8.8", "127.0.0.1"], &["127.0.0.1", "8.8.8.8"]] {
        let (iri, list) = named(public, &[addresses], &target);
        let error = ask(&calls(list, CallLimits::default()), &iri).unwrap_err();
        assert!(matches!(error, CallError::RefusedAddress { .. }), "{addresses:?}: {error}");
        assert!(!error.to_string().contains("127.0.0.1"), "{error}");
    }
    assert!(target.asked().is_empty());
}

#[test]
fn a_name_that_means_another_address_the_second_time_is_connected_to_at_the_first() {
    let own = |iri: &str| AllowList::new(&[], &[iri.to_owned()], "").unwrap();
    let target = Endpoint::with_solutions(ONE);
    let (iri, list) = named(own, &[&["127.0.0.1"], &["169.254.169.254"]], &target);
    let calls = calls(list, CallLimits::default());
    assert_eq!(ask(&calls, &iri), Ok(1), "the address that was checked is the one that was used");
    assert_eq!(target.asked().len(), 1);
    let other = calls.ask(&iri, "another", &[Variable::new_unchecked("x")], &|| false);
    assert!(matches!(other, Err(CallError::RefusedAddress { .. })), "a link-local address is nobody's own: {other:?}");
}

use super::*;
use crate::graph::{Engine, GraphError, Head, QueryResultsFormat, RdfFormat};
use crate::rdf::Triple;
use oxrdf::NamedNode;
use std::io::{self, Write};

/// What an answer says, and its head.
#[derive(Default)]
struct Heard(Vec<u8>, Option<Head>);

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Receiver for Heard {
    fn begin(&mut self, head: Head) -> io::Result<bool> {
        self.1 = Some(head);
        Ok(true)
    }
}

fn node(name: &str, number: usize) -> NamedNode {
    NamedNode::new_unchecked(format!("a:{name}{number}"))
}

/// 2,000 things, ten of each town, every tenth with a part that has a name, all of one class.
fn graph(engine: Engine) -> Graph {
    let mut triples = Vec::new();
    for number in 0..2_000 {
        let thing = node("thing", number);
        triples.push(Triple::new(thing.clone(), node("class", 0), node("all", 0)));
        triples.push(Triple::new(thing.clone(), node("town", 0), node("town", number / 10)));
        if number % 10 == 0 {
            triples.push(Triple::new(thing, node("part", 0), node("part", number)));
            triples.push(Triple::new(node("part", number), node("name", 0), node("name", number)));
        }
    }
    Graph::build::<GraphError>(engine, 1, triples.into_iter().map(Ok)).unwrap()
}

fn ask(graph: &Graph, text: &str) -> Option<(Result<(), QuestionError>, Heard)> {
    let question = Question {
        text: format!("PREFIX : <a:> {text}"),
        solutions: Some(QueryResultsFormat::Tsv),
        triples: Some(RdfFormat::NTriples),
        ..Question::default()
    };
    let mut heard = Heard::default();
    graph.answer_briefly(&question, &mut heard).map(|result| (result, heard))
}

/// How many lines a brief answer has, the head of solutions left out.
fn lines(graph: &Graph, text: &str) -> Option<usize> {
    let (result, Heard(bytes, head)) = ask(graph, text)?;
    result.unwrap_or_else(|error| panic!("{text}: {error}"));
    let all = String::from_utf8(bytes).unwrap().lines().count();
    Some(all - usize::from(matches!(head.unwrap().answer, Answer::Solutions(_))))
}

#[test]
fn what_is_asked_of_one_thing_or_of_few_is_brief() {
    let graph = graph(Engine::Mapped);
    for (text, expected) in [
        ("DESCRIBE :thing10", 3),
        ("DESCRIBE ?part { :thing10 :part0 ?part }", 1),
        ("CONSTRUCT { ?t ?p ?o . ?o ?q ?r } { BIND(:thing10 AS ?t) ?t ?p ?o OPTIONAL { ?o ?q ?r } }", 4),
        ("SELECT ?t ?name { ?t :town0 :town7 ; :class0 ?c OPTIONAL { ?t :part0 [ :name0 ?name ] } } ORDER BY ?t", 10),
        ("SELECT * { ?t :town0 :town7 OPTIONAL { ?t :part0 ?p OPTIONAL { ?p :name0 ?n FILTER(isIRI(?n)) } } }", 10),
        ("SELECT * { ?t :town0 :town7 FILTER(STRENDS(STR(?t), '3') || ?t IN (:thing75, :thing76)) }", 3),
        ("SELECT (COUNT(DISTINCT ?t) AS ?n) { ?t :town0 :town7 ; :town0/^:town0 :thing71 }", 1),
        ("SELECT ?c (COUNT(*) AS ?n) { ?t :town0 :town7 ; :class0 ?c } GROUP BY ?c HAVING(COUNT(*) > 9)", 1),
        ("SELECT * { ?t :town0 :town7 . ?u :town0 :town8 }", 100),
        ("SELECT * { ?t :town0 :town7 OPTIONAL { ?t :class0 ?c . ?u :town0 :town8 } }", 100),
        ("SELECT * { VALUES ?t { :thing1 :thing2 :none } ?t :town0 ?town }", 2),
        ("SELECT * { :thing10 (:part0|:name0)+ ?x }", 2),
        ("SELECT * { ?t :class0 :all0 ; :town0 ?town } LIMIT 5", 5),
        ("SELECT * { ?s ?p ?o } LIMIT 100", 100),
        ("SELECT (1 AS ?one) {}", 1),
        ("SELECT * { :none :town0 ?town }", 0),
    ] {
        assert_eq!(lines(&graph, text), Some(expected), "{text}");
    }
    assert!(matches!(ask(&graph, "ASK { ?t :class0 :all0 }"), Some((Ok(()), _))));
    assert!(matches!(ask(&graph, "ASK { ?t :class0"), Some((Err(QuestionError::Syntax(_)), _))));
}

#[test]
fn what_may_do_much_between_two_looks_at_the_data_is_not_brief() {
    let graph = graph(Engine::Mapped);
    for text in [
        // Multiplied without a look.
        "SELECT * { VALUES ?t { :thing1 :thing2 } VALUES ?t { :thing1 :thing1 } ?t :town0 ?town }",
        "SELECT * { { ?t :town0 :town7 } UNION { ?t :town0 :town8 } }",
        "SELECT * { ?t :town0 :town7 MINUS { ?t :town0 :town8 } }",
        "SELECT * { ?t :town0 :town7 FILTER EXISTS { ?u :town0 :town8 } }",
        "SELECT * { ?t :town0 :town7 { SELECT ?u { ?u :town0 :town8 } } }",
        "SELECT * { GRAPH ?g { ?t :town0 :town7 } }",
        "SELECT * FROM :g { ?t :town0 :town7 }",
        "SELECT * { SERVICE <http://a.example/> { ?t :town0 :town7 } }",
        // Calls what is costly, what makes something long, or what has another value each time.
        "SELECT * { ?t :town0 :town7 FILTER REGEX(STR(?t), '7') }",
        "SELECT (CONCAT(STR(?t), STR(?t)) AS ?x) { ?t :town0 :town7 }",
        "SELECT * { ?t :town0 :town7 } ORDER BY RAND()",
        &format!("SELECT * {{ ?t :town0 :town7 FILTER(?t IN ({}:thing70)) }}", ":thing1, ".repeat(40)),
        &format!("SELECT * {{ ?t :town0 :town7 {} }}", "; :class0 ?c ".repeat(12)),
        &format!("SELECT * {{ ?t :town0 :town7 FILTER({}true) }}", "!".repeat(9)),
        &format!("SELECT * {{ ?t {}:class0 ?c }} LIMIT 1", ":town0/".repeat(12)),
        // Another value, put in before, would make other solutions.
        "SELECT * { ?t :town0 :town7 OPTIONAL { ?t :part0 ?p } OPTIONAL { ?p :name0 ?n } }",
        "SELECT * { ?t :town0 :town7 OPTIONAL { ?p :name0 ?n OPTIONAL { ?t :part0 ?p } } }",
        "SELECT * { ?t :town0 :town7 OPTIONAL { ?t :part0 ?p OPTIONAL { ?p :name0 ?n FILTER(?t = :thing70) } ?p ?q ?r } }",
        "SELECT * { ?t :town0 :town7 OPTIONAL { { ?t :part0 ?p FILTER(BOUND(?t)) } } ?t ?q ?r }",
        "SELECT * { ?t :town0 :town7 OPTIONAL { ?t :part0* ?p } }",
        // Is put in order by the engine.
        "CONSTRUCT { ?t a :x } { ?t :town0 :town7 } ORDER BY ?t",
        "DESCRIBE ?p { :thing10 :part0 ?p } ORDER BY ?p",
        "SELECT ?t { SELECT ?t { ?t :town0 :town7 } ORDER BY ?t }",
        // Begins with much, or comes to it.
        "SELECT * { ?t :town0 :town7 OPTIONAL { ?u :town0 :town8 . ?v :town0 :town9 } }",
        "SELECT * { ?t :class0 :all0 ; :town0 ?town }",
        "SELECT * { ?t :class0 :all0 ; :town0 ?town } LIMIT 101",
        "SELECT * { ?t :class0 :all0 } ORDER BY ?t LIMIT 5",
        "SELECT * { ?t :town0 :town7 ; :class0 ?c . ?u :class0 ?c }",
        "SELECT (COUNT(*) AS ?n) { ?t :town0 :town7 ; :class0/^:class0 ?u }",
        "SELECT * { ?t :class0 ?c FILTER(?t = :thing1) } LIMIT 5",
    ] {
        assert!(lines(&graph, text).is_none(), "{text}");
    }
    assert!(lines(&self::graph(Engine::Oxigraph), "DESCRIBE :thing10").is_none(), "of a store that is not fixed");
}

#[test]
fn what_is_found_is_never_more_than_what_was_read() {
    let graph = graph(Engine::Mapped);
    let mut answered = 0;
    for steps in 1..12 {
        let chain: Vec<String> = (0..steps).map(|step| format!("?t{step} :town0/^:town0 ?t{} . ", step + 1)).collect();
        let found = lines(&graph, &format!("SELECT * {{ BIND(:thing1 AS ?t0) {} }}", chain.concat()));
        answered += usize::from(found.is_some());
        assert!(found.is_none_or(|found| found == 10_usize.pow(steps) && found < STEPS), "{steps} steps: {found:?}");
    }
    assert_eq!(answered, 2, "10 and 100 solutions, and no thousand");
}

#[test]
fn the_deepest_brief_query_takes_little_stack() {
    let graph = graph(Engine::Mapped);
    let depth = BOUNDS.depth - 1;
    let optional = format!("{}{}", "OPTIONAL { ?t :class0 ?c ".repeat(depth), "}".repeat(depth));
    let optionals: Vec<String> = (0..9).map(|number| format!("OPTIONAL {{ ?t :class0 ?c{number} }} ")).collect();
    let path = format!("{}:class0{}", "(^".repeat(depth / 2), ")+".repeat(depth / 2));
    let texts = [
        format!("SELECT * {{ ?t :town0 :town7 {optional} }}"),
        format!("SELECT * {{ ?t :town0 :town7 FILTER({}BOUND(?t){}) }}", "(".repeat(depth - 2), ")".repeat(depth - 2)),
        format!("SELECT * {{ :thing1 {path} ?x }} LIMIT 1"),
        format!("SELECT * {{ ?t :town0 :town7 FILTER(true{}) }}", " && true".repeat(14)),
        format!("SELECT * {{ ?t :town0 :town7 {} }}", optionals.concat()),
    ];
    let work = move || {
        for text in texts {
            assert!(lines(&graph, &text).is_some(), "{text}");
        }
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(work).unwrap().join().unwrap();
}

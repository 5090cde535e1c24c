use super::*;

const PREBOUND: [&str; 4] = ["this", "shapesGraph", "currentShape", "lang"];

fn refusal(text: &str) -> Refusal {
    let prefixes = [("e".to_owned(), "http://e/".to_owned())];
    let form = if text.trim_start().starts_with("ASK") { Form::Ask } else { Form::Select };
    match Query::parse(text, &prefixes, &PREBOUND, form) {
        Ok(_) => panic!("{text} is read"),
        Err(refusal) => refusal,
    }
}

fn is_read(text: &str) -> bool {
    let prefixes = [("e".to_owned(), "http://e/".to_owned()), ("minus".to_owned(), "http://m/".to_owned())];
    Query::parse(text, &prefixes, &PREBOUND, Form::Select).is_ok()
}

#[test]
fn a_syntax_error_names_the_place_in_the_text_of_its_author() {
    let text = "SELECT $this\nWHERE {\n  $this e:p ?x . FILTER ?x }";
    let Refusal::Syntax { place, .. } = refusal(text) else { panic!() };
    // The parser reads as much as a keyword beyond the place, here up to the end.
    assert_eq!((place.line, place.column.clamp(25, 29)), (3, place.column));
    let text = "SELECT $this {\n $this $PATH ?x . FILTER ?x }";
    let long = "<http://example.eu/a/long/iri>/<http://example.eu/another/long/iri>";
    let Err(Refusal::Syntax { place, .. }) = Query::parse_along(text, long, &[], &PREBOUND, Form::Select) else {
        panic!()
    };
    assert_eq!((place.line, place.column.clamp(26, 30)), (2, place.column));
}

#[test]
fn clauses_that_cannot_be_prebound_are_refused_wherever_they_stand() {
    for (keyword, text) in [
        ("MINUS", "SELECT $this { FILTER NOT EXISTS { $this ?p ?o minus { ?o ?q ?r } } }"),
        ("MINUS", "SELECT $this { MINUS { ?o ?q ?r } }"),
        ("VALUES", "SELECT $this { $this ?p ?o } VALUES ?o { 1 }"),
        ("VALUES", "SELECT $this { VALUES ?o { } FILTER (false) }"),
        ("SERVICE", "SELECT $this { { SELECT $this $lang { SERVICESILENT<http://e> { ?a ?b ?c } } } }"),
        ("FROM", "SELECT $this FROM <http://e> { $this ?p ?o }"),
        ("FROM", "SELECT $this FROM NAMED<http://e> { $this ?p ?o }"),
        ("LATERAL", "SELECT $this { $this ?p ?o LATERAL { ?o ?q ?r } }"),
    ] {
        let Refusal::Clause { keyword: found, place, .. } = refusal(text) else { panic!("{text}") };
        let at = text.to_ascii_uppercase().find(keyword).unwrap() + 1;
        assert_eq!((found, place), (keyword, Place { line: 1, column: at }), "{text}");
    }
}

#[test]
fn names_and_strings_with_such_words_are_read() {
    for text in [
        "SELECT $this { $this minus:values ?minus . ?minus e:MINUS \"MINUS { }\"@minus . } # MINUS",
        "SELECT $this { $this e:p ?this_is . BIND (?this_is AS ?thisis) }",
        "SELECT $this { $this <http://e/AS%20$this> _:service }",
        "PREFIX x: <http://x/> SELECT * { $this x:p ?o }",
        "SELECT $this { { SELECT $this $lang { $this e:p $lang } } }",
        "SELECT $this { { SELECT * { $this e:p $lang } } }",
    ] {
        assert!(is_read(text), "{text}");
    }
}

#[test]
fn a_given_variable_is_not_assigned() {
    for (variable, text) in [
        ("this", "SELECT (1 AS $this) { }"),
        ("this", "SELECT $this { BIND(1AS?this) }"),
        ("lang", "SELECT $this { $this ?p ?o FILTER EXISTS { BIND (?o AS ?lang) } }"),
        ("currentShape", "SELECT $this { $this ?p ?o . BIND (?o AS $currentShape) }"),
        ("lang", "SELECT $this { $this ?p ?o } GROUP BY $this (?o AS ?lang)"),
    ] {
        let Refusal::Reassigned { variable: found, .. } = refusal(text) else { panic!("{text}") };
        assert_eq!(found, variable, "{text}");
    }
    assert!(is_read("SELECT $this (?o AS ?value) { $this ?p ?o }"));
}

#[test]
fn a_subquery_returns_what_is_given_and_the_refusal_names_its_place() {
    let inner = "SELECT $this { $this ?p ?o { SELECT $this $lang ?o { $this ?p ?o . $this e:p $lang } } \n FILTER EXISTS { { SELECT ?o { $this ?p ?o } } } }";
    let Refusal::Subquery { variables, place } = refusal(inner) else { panic!() };
    assert_eq!((variables.as_str(), place), ("$this, $lang", Place { line: 2, column: 20 }));
    let Refusal::Subquery { place, .. } = refusal("ASK { { SELECT * { FILTER ($this = 1) } } }") else { panic!() };
    assert_eq!(place, Place { line: 1, column: 9 });
}

#[test]
fn a_query_selects_the_focus_node_and_has_the_form_that_is_asked_for() {
    assert_eq!(
        refusal("PREFIX x: <http://x/>\nSELECT ?x { ?x ?p $this }"),
        Refusal::ThisNotSelected { place: Place { line: 2, column: 1 } }
    );
    assert!(matches!(refusal("SELECT * { FILTER ($this = 1) }"), Refusal::ThisNotSelected { .. }));
    let text = "CONSTRUCT { $this ?p ?o } WHERE { { SELECT $this { $this ?p ?o } } }";
    assert!(matches!(refusal(text), Refusal::Form { found: "CONSTRUCT", .. }));
    let asked = Query::parse("SELECT $this { }", &[], &PREBOUND, Form::Ask);
    assert!(matches!(asked, Err(Refusal::Form { found: "SELECT", expected: Form::Ask, .. })));
}

#[test]
fn a_path_stands_for_its_variable_as_a_predicate_alone() {
    let read = |text| Query::parse_along(text, "^<http://e/p>/<http://e/q>*", &[], &PREBOUND, Form::Select);
    assert!(read("SELECT $this { $this $PATH ?value . ?value ?PATH $this }").is_ok());
    for text in ["SELECT $this $PATH { $this $PATH ?x }", "SELECT $this { $this ?p ?x FILTER (?p = $PATH) }"] {
        assert!(matches!(read(text), Err(Refusal::PathMisplaced { .. })), "{text}");
    }
    assert!(matches!(refusal("SELECT $this { $this $PATH ?x }"), Refusal::PathMisplaced { .. }));
    let replaced = with_path("$this $PATH ?x # $PATH\n. '$PATH' ?PATHS", "<http://e/p>");
    assert_eq!(replaced, "$this (<http://e/p>) ?x # $PATH\n. '$PATH' ?PATHS");
}

#[test]
fn a_namespace_that_is_no_iri_is_named() {
    let refused = Query::parse("SELECT $this { }", &[("e".to_owned(), "no iri".to_owned())], &[], Form::Select);
    assert!(matches!(refused, Err(Refusal::Prefix { prefix, .. }) if prefix == "e"));
}

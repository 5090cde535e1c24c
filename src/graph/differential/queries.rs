//! Random queries over such data.

use proptest::prelude::*;
use proptest::sample::select;

/// Data as [`dataset`](super::dataset) takes them, without blank nodes.
pub(in crate::graph) fn quads() -> impl Strategy<Value = Vec<(u8, u8, u8, u8)>> {
    prop::collection::vec((0_u8..4, 0_u8..3, 0_u8..6, 0_u8..5), 4..40)
}

/// The same, a third of the time with a blank node among the objects.
pub(in crate::graph) fn quads_with_blank_nodes() -> impl Strategy<Value = Vec<(u8, u8, u8, u8)>> {
    prop_oneof![2 => quads(), 1 => prop::collection::vec((0_u8..4, 0_u8..3, 0_u8..7, 0_u8..5), 4..40)]
}

/// A variable, some more often than others.
pub(in crate::graph) fn variable() -> impl Strategy<Value = String> {
    select(vec!["?a", "?a", "?a", "?b", "?b", "?c", "?d"]).prop_map(str::to_owned)
}

fn term() -> impl Strategy<Value = String> {
    prop_oneof![
        20 => variable(),
        1 => select(vec!["<x:0>", "<x:1>", "<x:9>"]).prop_map(str::to_owned),
        1 => select(vec!["_:n", "[]"]).prop_map(str::to_owned),
    ]
}

fn predicate() -> impl Strategy<Value = String> {
    prop_oneof![
        20 => select(vec!["<p:0>", "<p:1>", "<p:2>"]),
        4 => select(vec!["<p:0>/<p:1>", "^<p:0>/<p:1>", "<p:0>/<p:1>/<p:2>", "(<p:0>|<p:1>)/<p:2>"]),
        1 => select(vec!["<p:0>+", "<p:0>|<p:1>", "!<p:0>", "(<p:0>/<p:1>)+"]),
        2 => select(vec!["<p:0>*", "<p:1>?", "<p:0>/<p:1>*", "<p:0>*/<p:1>", "<p:0>*/<p:1>?"]),
        1 => Just("?e"),
    ]
    .prop_map(str::to_owned)
}

fn triple() -> impl Strategy<Value = String> {
    let object = prop_oneof![12 => term(), 1 => select(vec!["4", "5"]).prop_map(str::to_owned)];
    (term(), predicate(), object).prop_map(|(s, p, o)| format!("{s} {p} {o} . "))
}

/// The condition of a filter.
pub(in crate::graph) fn condition() -> impl Strategy<Value = String> {
    let other = prop_oneof![2 => variable(), 1 => select(vec!["<x:1>", "4"]).prop_map(str::to_owned)];
    prop_oneof![
        (variable(), select(vec!["=", "!=", "<", ">="]), other)
            .prop_map(|(a, operator, b)| format!("{a} {operator} {b}")),
        variable().prop_map(|a| format!("BOUND({a})")),
        variable().prop_map(|a| format!("!BOUND({a})")),
        variable().prop_map(|a| format!("isIRI({a})")),
    ]
}

/// One or two triple patterns, with paths among them.
pub(in crate::graph) fn triples() -> impl Strategy<Value = String> {
    prop::collection::vec(triple(), 1..3).prop_map(|triples| triples.concat())
}

/// The inside of a group, with EXISTS over groups of its own.
pub(in crate::graph) fn group() -> impl Strategy<Value = String> {
    triples().prop_recursive(3, 12, 2, |inner| {
        let exists = (select(vec!["EXISTS", "NOT EXISTS"]), inner.clone())
            .prop_map(|(word, body)| format!("{word} {{ {body} }}"));
        let item = prop_oneof![
            4 => triples(),
            8 => exists.clone().prop_map(|e| format!("FILTER {e} ")),
            2 => (condition(), exists.clone()).prop_map(|(c, e)| format!("FILTER({c} && {e}) ")),
            1 => (condition(), exists.clone()).prop_map(|(c, e)| format!("FILTER({c} || {e}) ")),
            1 => exists.clone().prop_map(|e| format!("FILTER(!({e})) ")),
            1 => (exists, variable()).prop_map(|(e, v)| format!("BIND({e} AS {v}) ")),
            2 => condition().prop_map(|c| format!("FILTER({c}) ")),
            2 => inner.clone().prop_map(|g| format!("OPTIONAL {{ {g} }} ")),
            1 => inner.clone().prop_map(|g| format!("MINUS {{ {g} }} ")),
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{ {a} }} UNION {{ {b} }} ")),
            1 => inner.clone().prop_map(|g| format!("{{ {g} }} ")),
            1 => (inner.clone(), variable(), variable())
                .prop_map(|(g, a, b)| format!("{{ SELECT DISTINCT {a} {b} {{ {g} }} }} ")),
            1 => inner.clone().prop_map(|g| format!("GRAPH <g:0> {{ {g} }} ")),
            1 => inner.clone().prop_map(|g| format!("GRAPH ?g {{ {g} }} ")),
            1 => inner.clone().prop_map(|g| format!("LATERAL {{ {g} }} ")),
            1 => (variable(), select(vec!["<x:0> <x:1>", "<x:9>", "UNDEF <x:0>", "4"]))
                .prop_map(|(v, rows)| format!("VALUES {v} {{ {rows} }} ")),
            1 => (select(vec!["<x:0>", "<x:9>", "?a", "?a + 1", "4"]), variable())
                .prop_map(|(e, v)| format!("BIND({e} AS {v}) ")),
        ];
        (triples(), prop::collection::vec(item, 1..3)).prop_map(|(start, items)| start + &items.concat())
    })
}

/// Triple patterns that mostly have matches, between the same few variables.
fn likely_triples() -> impl Strategy<Value = String> {
    let likely = select(vec![
        "?a <p:0> ?b . ",
        "?a <p:1> ?c . ",
        "?b <p:2> ?c . ",
        "?a ?e ?b . ",
        "?a ?e ?a . ",
        "?c ?b ?d . ",
        "?a <p:0> <x:1> . ",
        "?a <p:0>/<p:1> ?c . ",
        "?b <p:1> [] . ",
        "?c <p:1> _:n . ",
        "?b <p:2> 4 . ",
        "?c ?e ?x . ",
    ]);
    prop::collection::vec(likely, 1..3).prop_map(|triples| triples.concat())
}

/// The inside of a group that is hardly more than triple patterns.
fn plain_group() -> impl Strategy<Value = String> {
    let item = prop_oneof![
        2 => likely_triples().prop_map(|t| format!("{{ {t}}} ")),
        2 => (select(vec!["EXISTS", "NOT EXISTS"]), likely_triples()).prop_map(|(word, t)| format!("FILTER {word} {{ {t}}} ")),
        1 => likely_triples().prop_map(|t| format!("{{ {t}FILTER NOT EXISTS {{ ?b ?e ?c }} }} ")),
        1 => select(vec!["FILTER(?a = <x:0>) ", "FILTER(sameTerm(<x:1>, ?b)) ", "FILTER(?a != ?b) ", "FILTER(?b = <x:9>) "])
            .prop_map(str::to_owned),
        1 => select(vec!["BIND(?a AS ?k) ", "BIND(<x:1> AS ?k) ", "BIND(<x:9> AS ?k) ", "{ BIND(<x:0> AS ?a) } "])
            .prop_map(str::to_owned),
        1 => (likely_triples(), variable(), variable()).prop_map(|(t, v, w)| format!("{{ SELECT {v} {w} {{ {t}}} }} ")),
    ];
    let items = prop::collection::vec(item, 0..3);
    (items, likely_triples()).prop_map(|(items, triples)| triples + &items.concat())
}

/// A SELECT that counts, groups or makes distinct.
fn counting() -> impl Strategy<Value = String> {
    let column = || select(vec!["?a", "?a", "?b", "?b", "?c", "?e", "?k"]);
    let head = select(vec![
        "SELECT (COUNT(*) AS ?n) { $g }",
        "SELECT (COUNT($v) AS ?n) (COUNT(DISTINCT $w) AS ?m) { $g }",
        "SELECT $v (COUNT(*) AS ?n) { $g } GROUP BY $v",
        "SELECT $v $w (COUNT(*) AS ?n) (COUNT(DISTINCT ?b) AS ?m) { $g } GROUP BY $v $w HAVING(COUNT(*) > 1)",
        "SELECT ?i (COUNT($w) AS ?n) { $g BIND($v AS ?i) } GROUP BY ?i",
        "SELECT $v { $g } GROUP BY $v",
        "SELECT $v (SUM(?b) AS ?n) { $g } GROUP BY $v",
        "SELECT DISTINCT $v { $g }",
        "SELECT DISTINCT $v $w { $g }",
        "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT $v $w { $g } }",
        "SELECT $v (COUNT($w) AS ?n) { SELECT DISTINCT $v $w { $g } } GROUP BY $v",
        "SELECT (COUNT(DISTINCT *) AS ?n) { $g }",
        "SELECT $c { $g }",
        "SELECT $v $c { $g } GROUP BY $v",
        "SELECT $v (COUNT($w) AS ?n) { $g } GROUP BY $v HAVING(COUNT(DISTINCT $w) > 0 && COUNT(*) < 4)",
        "SELECT $c { SELECT DISTINCT $v $w { $g } }",
        "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { $t } }",
        "SELECT (COUNT(DISTINCT *) AS ?n) { $t }",
    ]);
    // Some of these are the same count, and in any order.
    let counts = prop::collection::vec(
        select(vec!["COUNT(*)", "COUNT($v)", "COUNT(DISTINCT $v)", "COUNT(DISTINCT $w)", "COUNT($w)"]),
        1..5,
    );
    let counts = counts.prop_map(|counts| {
        let named = counts.iter().enumerate().map(|(place, count)| format!("({count} AS ?n{place}) "));
        named.collect::<String>()
    });
    let without_variables = select(vec![
        "<x:0> <p:0> <x:1>",
        "<x:1> <p:1> []",
        "<x:9> <p:0> <x:1>",
        "<x:0> <p:0> <x:1> . <x:0> <p:1> 4",
        "<x:0> ?e <x:1>",
    ]);
    (head, counts, column(), column(), plain_group(), without_variables).prop_map(
        |(head, counts, v, w, group, triples)| {
            head.replace("$c", &counts).replace("$v", v).replace("$w", w).replace("$g", &group).replace("$t", triples)
        },
    )
}

/// A whole SELECT with counts in it, at the top or inside.
pub(in crate::graph) fn counting_query() -> impl Strategy<Value = String> {
    let place = select(vec![
        "$s",
        "$s",
        "$s",
        "$s",
        "$s",
        "$s",
        "SELECT * { $t { $s } }",
        "SELECT * { $t OPTIONAL { { $s } } }",
        "SELECT * { $t MINUS { { $s } } }",
        "SELECT * { { $t } UNION { { $s } } }",
        "SELECT * { $t FILTER EXISTS { ?a ?e ?b { $s } } }",
        "SELECT * { $t LATERAL { { $s } } }",
        "SELECT * { GRAPH <g:0> { { $s } } }",
        "SELECT * { GRAPH ?g { { $s } } }",
        "SELECT (SUM(?n) AS ?sum) { { $s } }",
    ]);
    (place, counting(), likely_triples())
        .prop_map(|(place, inner, triples)| place.replace("$s", &inner).replace("$t", &triples))
}

/// A SELECT with an order that leaves nothing open but solutions that are the same, and perhaps a page of it.
pub(in crate::graph) fn ordered_query() -> impl Strategy<Value = String> {
    let key = select(vec![
        "?a",
        "DESC(?a)",
        "?b",
        "DESC(?b)",
        "?c",
        "DESC(?c)",
        "STR(?a)",
        "DESC(STR(?b))",
        "(?a = ?b)",
        "(1 / ?b)",
        "(?b + ?c)",
        "isIRI(?b)",
        "EXISTS { ?b ?e ?c }",
    ]);
    let keys = prop::collection::vec(key, 0..3).prop_map(|keys| keys.join(" "));
    let columns = select(vec!["?a ?b", "?a ?b ?c", "DISTINCT ?a ?b", "DISTINCT ?a ?b ?c"]);
    let page = select(vec!["", "", "LIMIT 1", "LIMIT 3", "LIMIT 7 OFFSET 2", "OFFSET 3", "LIMIT 0", "LIMIT 100"]);
    let body = || prop_oneof![4 => plain_group(), 1 => group()];
    let of_solutions = (columns, body(), keys, page.clone()).prop_map(|(columns, group, keys, page)| {
        let last = columns.trim_start_matches("DISTINCT ");
        format!("SELECT {columns} {{ {group} }} ORDER BY {keys} {last} {page}")
    });
    let of_groups = select(vec![
        "SELECT ?a (COUNT(*) AS ?n) { $g } GROUP BY ?a ORDER BY DESC(?n) ?a",
        "SELECT ?b (COUNT(DISTINCT ?c) AS ?n) (?n AS ?m) { $g } GROUP BY ?b ORDER BY ?m DESC(?b)",
        "SELECT ?a ?b (COUNT(?c) AS ?n) { $g } GROUP BY ?a ?b ORDER BY ?b DESC(?n) ?a",
        "SELECT ?a (COUNT(*) AS ?n) { $g } GROUP BY ?a HAVING(COUNT(*) > 1) ORDER BY ?n ?a",
        "SELECT ?a (COUNT(*) * 2 AS ?n) { $g } GROUP BY ?a ORDER BY ?n ?a",
        "SELECT (?a AS ?k) { $g } GROUP BY ?a ORDER BY DESC(?k)",
        "SELECT ?b (?b AS ?k) (COUNT(*) + 1 AS ?n) { $g } GROUP BY ?b ORDER BY ?k",
        "SELECT DISTINCT ?b { $g } ORDER BY DESC(?b)",
    ]);
    let of_groups = (of_groups, body(), page).prop_map(|(query, group, page)| query.replace("$g", &group) + " " + page);
    prop_oneof![3 => of_solutions, 2 => of_groups]
}

/// A SELECT of patterns, OPTIONAL and conditions, as programs ask for one thing and what is said of it.
pub(in crate::graph) fn brief_query() -> impl Strategy<Value = String> {
    let optional = likely_triples().prop_recursive(2, 6, 2, |inner| {
        let test = prop_oneof![2 => Just(String::new()), 1 => condition().prop_map(|c| format!("FILTER({c}) "))];
        (likely_triples(), inner.clone(), test.clone(), test)
            .prop_map(|(triples, inner, own, of_inner)| format!("{triples}{own}OPTIONAL {{ {inner}{of_inner}}} "))
    });
    let start = select(vec![
        "",
        "",
        "?a <p:0>* <x:1> . ",
        "<x:0> (<p:0>|^<p:1>)+ ?b . ",
        "BIND(<x:0> AS ?a) ",
        "BIND(<x:9> AS ?b) ",
        "VALUES ?a { <x:0> <x:1> <x:9> } ",
        "VALUES (?a ?c) { (<x:0> <x:1>) (<x:1> 4) } ",
    ]);
    let optionals = prop::collection::vec(optional, 0..3);
    let test = prop_oneof![1 => Just(String::new()), 1 => condition().prop_map(|c| format!("FILTER({c}) "))];
    let head = select(vec![
        "SELECT * { $g }",
        "SELECT DISTINCT ?a ?c { $g }",
        "SELECT ?b (COUNT(*) AS ?n) { $g } GROUP BY ?b",
    ]);
    (head, start, likely_triples(), optionals, test).prop_map(|(head, start, triples, optionals, test)| {
        let optionals: Vec<String> = optionals.iter().map(|inner| format!("OPTIONAL {{ {inner}}} ")).collect();
        head.replace("$g", &format!("{start}{triples}{}{test}", optionals.concat()))
    })
}

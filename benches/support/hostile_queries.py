"""Queries that a public endpoint must survive, by name: some too large to read, most small and never at an end.

Those of the first half are refused by limits on the text wherever there are such limits, and end processes where there are
none. Those of the second half look harmless and take all the time or memory they are given.
"""

TITLE = "<http://purl.org/dc/terms/title>"
PRODUCT = "?a ?b ?c . ?d ?e ?f"
SHORT = "?s a ?t"


def queries(endpoint):
    """All of them; the endpoint's own address is for those that make it ask itself."""
    return too_large() | products() | joins() | strings() | evaluation() | outside(endpoint)


def too_large():
    """Texts that nest or go on beyond what a parser or a planner should be given."""
    found = {}
    for depth in (400, 1_600, 20_000):
        found[f"groups nested, {depth}"] = "SELECT ?s " + "{ " * depth + SHORT + " }" * depth
    for depth in (800, 20_000):
        found[f"parentheses nested, {depth}"] = f"SELECT ?s {{ {SHORT} FILTER{'(' * depth}?s != ?t{')' * depth} }}"
    for depth in (1_600, 20_000):
        found[f"negations in a row, {depth}"] = f"ASK {{ {SHORT} FILTER({'!' * depth}(?s = ?t)) }}"
        found[f"minus signs in a row, {depth}"] = f"SELECT ({'- ' * depth}1 AS ?n) {{}}"
    for count in (1_000, 20_000):
        found[f"unions in a row, {count}"] = "SELECT ?s { " + " UNION ".join([f"{{ {SHORT} }}"] * count) + " }"
        found[f"disjunctions in a row, {count}"] = f"ASK {{ {SHORT} FILTER({' || '.join(['?s = ?t'] * count)}) }}"
    for count in (1_000, 10_000):
        found[f"steps of a path, {count}"] = f"ASK {{ ?s {'/'.join([TITLE] * count)} ?o }}"
        found[f"choices of a path, {count}"] = f"ASK {{ ?s ({'|'.join(f'<urn:{n}>' for n in range(count))})+ ?o }}"
    for depth in (200, 2_000, 20_000):
        found[f"lists nested, {depth}"] = "ASK { ?s ?p " + "(" * depth + " 7 " + ")" * depth + " }"
    for count in (1_000, 4_000):
        found[f"patterns in a row, {count}"] = "ASK { " + " ".join(f"?v{n} {TITLE} ?v{n + 1} ." for n in range(count)) + " }"
        found[f"patterns of one subject, {count}"] = "ASK { ?s " + " ; ".join(f"?p{n} ?o{n}" for n in range(count)) + " }"
    found["blank nodes nested"] = "ASK { ?s ?p " + f"[ {TITLE} " * 5_000 + "1" + " ]" * 5_000 + " }"
    found["conditions nested"] = "SELECT (" + "IF(true, " * 3_000 + "1" + ", 2)" * 3_000 + " AS ?n) {}"
    found["repetitions nested"] = "ASK { ?s " + "(" * 1_500 + TITLE + ")*" * 1_500 + " ?o }"
    found["optionals nested"] = "SELECT * { " + "OPTIONAL { ?s ?p ?o " * 400 + "}" * 400 + " }"
    found["subqueries nested"] = "SELECT * { " + "{ SELECT * { " * 300 + SHORT + "} ORDER BY ?s }" * 300 + " }"
    found["negated property set"] = f"SELECT * {{ ?s !({'|'.join(f'<urn:{n}>' for n in range(9_000))}) ?o }} ORDER BY ?o"
    found["prefixes"] = "".join(f"PREFIX p{n}: <urn:{n}:>\n" for n in range(20_000)) + "ASK {}"
    found["names of a table"] = "SELECT * { VALUES (" + " ".join(f"?v{n}" for n in range(8_000)) + ") { } }"
    found["one long number"] = "SELECT (" + "9" * 900_000 + " + 1 AS ?n) {}"
    found["patterns of one subject, 90"] = "SELECT * { ?s " + " ; ".join(f"?p{n} ?o{n}" for n in range(90)) + " }"
    found["patterns in a ring, 60"] = "SELECT * { " + " ".join(f"?v{n} ?p{n} ?v{(n + 1) % 60} ." for n in range(60)) + " }"
    found["optionals nested, 45"] = "SELECT * { " + "OPTIONAL { ?s ?p ?o " * 45 + "}" * 45 + " }"
    found["subqueries nested, 40"] = "SELECT * { " + "{ SELECT * { " * 40 + SHORT + "} ORDER BY ?s }" * 40 + " }"
    found["numbers of IN"] = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER(?o IN ({','.join(map(str, range(90_000)))})) }}"
    return found


def products():
    """Patterns that have no variable in common, and what makes all of their solutions be kept."""
    return {
        "product counted": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "product sorted": f"SELECT * {{ {PRODUCT} }} ORDER BY ?f ?a ?c",
        "product streamed": f"SELECT * {{ {PRODUCT} }}",
        "product sorted by a text": f"SELECT ?a {{ {PRODUCT} }} ORDER BY CONCAT(STR(?c), STR(?f)) DESC(?a)",
        "product sorted, one wanted": f"SELECT ?a {{ {PRODUCT} }} ORDER BY ?c ?f LIMIT 1",
        "product sorted, far into it": f"SELECT ?a {{ {PRODUCT} }} ORDER BY ?c ?f OFFSET 900000000 LIMIT 10",
        "product passed over": f"SELECT ?a {{ {PRODUCT} }} OFFSET 900000000000 LIMIT 1",
        "product without repetitions": f"SELECT DISTINCT ?a ?f {{ {PRODUCT} }}",
        "product counted without repetitions": f"SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?f))) AS ?n) {{ {PRODUCT} }}",
        "product grouped": f"SELECT ?a ?d (COUNT(*) AS ?n) {{ {PRODUCT} }} GROUP BY ?a ?d HAVING (COUNT(*) > 1)",
        "product in one text": f"SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?all) {{ {PRODUCT} }}",
        "product in many texts": f"SELECT ?a (GROUP_CONCAT(STR(?f)) AS ?all) {{ {PRODUCT} }} GROUP BY ?a",
        "product of tables": "SELECT (COUNT(*) AS ?n) { " + tables(4, 600) + " }",
        "product of tables sorted": "SELECT * { " + tables(2, 9_000) + " } ORDER BY DESC(?v0 + ?v1)",
        "tables with gaps": "SELECT (COUNT(*) AS ?n) { " + gaps("?x ?y", 3_000) + gaps("?y ?z", 3_000) + gaps("?z ?x", 3_000) + " }",
        "product constructed": f"CONSTRUCT {{ ?a ?e ?f . ?d ?b ?c }} WHERE {{ {PRODUCT} }}",
        "product constructed with blank nodes": f"CONSTRUCT {{ [] ?b [ ?e ?c ] }} WHERE {{ {PRODUCT} }}",
        "product described": "DESCRIBE ?a ?c ?d ?f WHERE { ?a ?b ?c . ?d ?e ?f }",
        "product of optionals": "SELECT (COUNT(*) AS ?n) { OPTIONAL { ?a ?b ?c } OPTIONAL { ?d ?e ?f } OPTIONAL { ?g ?h ?i } }",
        "product taken away": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?x ?y ?z MINUS { ?a ?e ?f . ?x ?h ?i } }",
        "product of subqueries": f"SELECT * {{ {{ SELECT * {{ {PRODUCT} }} ORDER BY ?a }} {{ SELECT * {{ ?g ?h ?i }} ORDER BY ?g }} }}",
        "product asked": f"ASK {{ {PRODUCT} FILTER(STR(?c) = CONCAT(STR(?f), 'no')) }}",
    }


def tables(count, rows):
    numbers = " ".join(map(str, range(rows)))
    return " ".join(f"VALUES ?v{n} {{ {numbers} }}" for n in range(count))


def gaps(names, rows):
    """A table whose join has no key, since some of its values are missing."""
    return f"VALUES ({names}) {{ {' '.join(f'({n} UNDEF) (UNDEF {n})' for n in range(rows))} }} "


def joins():
    """Patterns that are joined, with far more solutions than triples."""
    same = "?a a ?t . ?b a ?t . ?c a ?t"
    union = " UNION ".join(f"{{ ?a ?p ?b . ?c ?p ?d{n} . ?e ?p ?f }}" for n in range(90))
    inner = "?x ?y ?z"
    for level in range(5):
        inner = f"?x{level} ?y{level} ?z{level} FILTER NOT EXISTS {{ {inner} FILTER(?z{level} != ?z) }}"
    return {
        "one class, three times": f"SELECT (COUNT(*) AS ?n) {{ {same} }}",
        "one class, three times, compared": f"SELECT (COUNT(*) AS ?n) {{ {same} FILTER(STR(?a) < STR(?b) && STR(?b) < STR(?c)) }}",
        "one class, twice, sorted": "SELECT * { ?a a ?t . ?b a ?t } ORDER BY ?b ?a",
        "one property, many unions": f"SELECT (COUNT(*) AS ?n) {{ {union} }}",
        "same value anywhere": "SELECT DISTINCT ?a ?b { ?a ?p ?v . ?b ?q ?v . ?c ?r ?v . ?d ?s ?v }",
        "optionals of one property": "SELECT * { ?s ?p ?o " + " ".join(f"OPTIONAL {{ ?s{n} ?p ?o }}" for n in range(12)) + " } ORDER BY ?s0",
        "chain of optionals": "SELECT * { ?v0 ?p ?v1 " + " ".join(f"OPTIONAL {{ ?v{n} ?p{n} ?v{n + 1} }}" for n in range(1, 60)) + " }",
        "any two that a path connects": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:none>)+ ?b }",
        "any two that are alike": "SELECT (COUNT(*) AS ?n) { ?a (a/^a)+ ?b }",
        "any two, either way": "SELECT ?a ?b { ?a ((!<urn:none>|!^<urn:none>)*)* ?b } ORDER BY ?b",
        "paths one after another": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:n>)* ?b . ?b (!<urn:n>)* ?c . ?c (!<urn:n>)* ?d }",
        "nested absence": f"SELECT (COUNT(*) AS ?n) {{ {inner} }}",
        "existence for each of a product": f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} FILTER EXISTS {{ ?a ?x ?y . ?d ?z ?y }} }}",
        "existence in the order": "SELECT ?a { ?a ?b ?c . ?d ?e ?f } ORDER BY (EXISTS { ?a ?x ?f . ?g ?h ?i FILTER(?i = ?c) })",
    }


def strings():
    """Values that grow, or that are made anew for each of very many solutions."""
    doubled = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40))
    replaced = " ".join(f'BIND(REPLACE(?v{n}, ".", "$0$0$0$0$0$0$0$0$0$0") AS ?v{n + 1})' for n in range(11))
    aggregates = " ".join(f"(GROUP_CONCAT(?o; SEPARATOR='{n}') AS ?a{n})" for n in range(400))
    copied = ", ".join(["STR(?o)"] * 900)
    return {
        "text doubled forty times": f'SELECT (STRLEN(?v40) AS ?n) {{ BIND("eight by" AS ?v0) {doubled} }}',
        "text times ten, eleven times": f'SELECT (STRLEN(?v11) AS ?n) {{ BIND("x" AS ?v0) {replaced} }}',
        "text of all texts": "SELECT (GROUP_CONCAT(?all) AS ?n) { { SELECT ?p (GROUP_CONCAT(STR(?o)) AS ?all) { ?s ?p ?o . ?s ?q ?r . ?s ?t ?u } GROUP BY ?p } }",
        "four hundred texts of each group": f"SELECT ?p {aggregates} {{ ?s ?p ?o }} GROUP BY ?p",
        "nine hundred copies": f"SELECT (CONCAT({copied}) AS ?t) {{ ?s ?p ?o }} ORDER BY DESC(?t)",
        "wide solutions": "SELECT * { ?s ?p ?o " + " ".join(f"BIND(CONCAT(STR(?s), '{n}') AS ?v{n})" for n in range(300)) + " } ORDER BY ?v7",
        "new datatypes": f"SELECT DISTINCT (STRDT(STR(?c), IRI(CONCAT(STR(?a), STR(?f)))) AS ?v) {{ {PRODUCT} }}",
        "new language tags": f"SELECT DISTINCT (STRLANG(CONCAT(STR(?c), STR(?f)), 'en') AS ?v) {{ {PRODUCT} }}",
        "new blank nodes": f"SELECT DISTINCT (BNODE() AS ?v) {{ {PRODUCT} }}",
        "new names, sorted": f"SELECT (UUID() AS ?v) {{ {PRODUCT} }} ORDER BY ?v",
        "chance, sorted": f"SELECT ?a {{ {PRODUCT} }} ORDER BY RAND()",
        "digests": f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} FILTER(STRENDS(SHA512(CONCAT(SHA512(STR(?c)), SHA512(STR(?f)))), '000000')) }}",
        "expression that is large": 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(REGEX(STR(?o), "((([a-z]{0,60}){0,60}){0,60})*x")) }',
        "expression that is long": f"""SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER(REGEX(STR(?o), "{'|'.join(f'(a{n}.*b)' for n in range(9_000))}")) }}""",
        "another expression for each": f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} FILTER(REGEX(STR(?c), CONCAT('(', ENCODE_FOR_URI(STR(?f)), '){{0,40}}x'))) }}",
        "expression with classes": 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(REGEX(STR(?o), "^(\\\\p{L}\\\\w*\\\\s*){1,200}(\\\\p{Lu}|\\\\d){200}$", "i")) }',
    }


def evaluation():
    """Work that a single pass over the data makes much of."""
    keys = " ".join(f"SUBSTR(STR(?o), {n})" for n in range(1, 200))
    template = " ".join(f"?s <urn:{n}> ?o ." for n in range(900))
    return {
        "two hundred keys of an order": f"SELECT ?s {{ ?s ?p ?o . ?s ?q ?r }} ORDER BY {keys}",
        "nine hundred triples for each": f"CONSTRUCT {{ {template} }} WHERE {{ ?s ?p ?o . ?s ?q ?r }}",
        "three hundred counts": "SELECT ?s " + " ".join(f"(COUNT(DISTINCT CONCAT(STR(?o), '{n}')) AS ?n{n})" for n in range(300)) + " { ?s ?p ?o . ?s ?q ?r } GROUP BY ?s",
        "every value in every group": "SELECT ?t (COUNT(DISTINCT ?o) AS ?n) (SAMPLE(?z) AS ?m) { ?s a ?t . ?x a ?t . ?s ?p ?o . ?x ?q ?z } GROUP BY ?t",
        "all described": "DESCRIBE ?s ?o { ?s ?p ?o . ?o ?q ?r . ?x ?p ?y }",
        "three hundred comparisons for each": "SELECT (COUNT(*) AS ?n) { " + PRODUCT + " FILTER(" + " || ".join(f"CONTAINS(STR(?c), '{n}x{n}')" for n in range(300)) + ") }",
    }


def outside(endpoint):
    """What makes a server ask others, itself above all, or its index."""
    nested = SHORT
    for _ in range(20):
        nested = f"SERVICE <{endpoint}> {{ {nested} }}"
    words = 'SERVICE eusl:textSearch { ?found%d eusl:words "%s" ; eusl:literal ?l%d ; eusl:score ?s%d . }'
    searches = " ".join(words % (n, "e" if n % 2 else "service waste permit", n, n) for n in range(8))
    prefix = "PREFIX eusl: <https://w3id.org/eu-service-list/def#> "
    return {
        "service that is this one": f"SELECT * {{ SERVICE <{endpoint}> {{ {PRODUCT} }} }}",
        "service in a service": f"SELECT * {{ {nested} }}",
        "service of an address in the data": "SELECT * { ?s ?p ?o SERVICE ?o { ?x ?y ?z } }",
        "service within the machine": "SELECT * { SERVICE <http://169.254.169.254/latest/> { ?x ?y ?z } }",
        "eight searches at once": f"{prefix}SELECT (COUNT(*) AS ?n) {{ {searches} }}",
        "search with many words": prefix + "SELECT * { " + words % (0, "ab " * 60, 0, 0) + " ?x ?y ?z . ?u ?v ?w }",
    }

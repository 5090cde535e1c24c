"""Uses the endpoint as a graph, with rdflib's SPARQLStore: by query, by pattern, and by going from node to node."""

import sys

from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

site, base = sys.argv[1], sys.argv[2]
EUSL = Namespace("https://w3id.org/eu-service-list/def#")
entry = URIRef(f"{base}id/service-type/372")

for method in ["GET", "POST", "POST_FORM"]:
    graph = Graph(SPARQLStore(f"{site}sparql", method=method))
    types = graph.query("SELECT ?s { ?s a ?type }", initBindings={"type": EUSL.ServiceType})
    assert len(list(types)) == 1519, method
print("SPARQLStore finds 1519 service types by GET, by POST and by a form")

graph = Graph(SPARQLStore(f"{site}sparql"))
counted = int(next(iter(graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))).n)
assert len(graph) == counted, len(graph)
assert len(set(graph.subjects(RDF.type, EUSL.ServiceType))) == 1519
assert (entry, SKOS.prefLabel, Literal("Abandoned vehicles", lang="en")) in graph
print(f"SPARQLStore is a graph of {counted} triples")

siblings = {sibling for function in graph.objects(entry, SKOS.broader) for sibling in graph.subjects(SKOS.broader, function)}
assert len(siblings) > 10 and entry in siblings, len(siblings)
print(f"SPARQLStore goes from 372 to its {len(siblings)} siblings")

document = graph.query(f"CONSTRUCT WHERE {{ <{entry}> ?p ?o }}").graph
assert set(document) == set(graph.triples((entry, None, None))) and len(document) > 20
assert graph.query(f"ASK {{ <{entry}> a <{EUSL.ServiceType}> }}").askAnswer is True
print("SPARQLStore constructs and asks")

"""Reads documents and asks queries as researchers do, with rdflib and SPARQLWrapper."""

import sys

import rdflib
from rdflib.compare import isomorphic

site = sys.argv[1]
PATHS = ["doc/service-type/372", "doc/function/40", "doc/channel-type/telephone", "list/channel-type", "list/services/4.00"]

entry = rdflib.URIRef(f"{site}id/service-type/372")
graph = rdflib.Graph().parse(str(entry))
assert (entry, rdflib.SKOS.prefLabel, rdflib.Literal("Abandoned vehicles", lang="en")) in graph
print(f"rdflib follows {entry} to {len(graph)} triples")

for path in PATHS:
    turtle = rdflib.Graph().parse(f"{site}{path}.ttl")
    n_triples = rdflib.Graph().parse(f"{site}{path}.nt")
    assert len(turtle) > 5 and isomorphic(turtle, n_triples), path
print(f"rdflib finds Turtle and N-Triples of {len(PATHS)} documents isomorphic")

try:
    from SPARQLWrapper import JSON, SPARQLWrapper
except ImportError:
    print("SKIPPED: SPARQLWrapper is not installed")
    sys.exit()

endpoint = SPARQLWrapper(f"{site}sparql")
endpoint.setReturnFormat(JSON)
endpoint.setQuery("SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/eu-service-list/def#ServiceType> }")
count = endpoint.queryAndConvert()["results"]["bindings"][0]["n"]["value"]
assert count == "1519", count
print("SPARQLWrapper counts 1519 service types")

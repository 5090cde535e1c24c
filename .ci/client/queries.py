"""Asks queries as researchers do, with SPARQLWrapper."""

import sys

from SPARQLWrapper import JSON, TURTLE, SPARQLWrapper

site, base = sys.argv[1], sys.argv[2]
endpoint = SPARQLWrapper(f"{site}sparql")

endpoint.setReturnFormat(JSON)
endpoint.setQuery("SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/eu-service-list/def#ServiceType> }")
count = endpoint.queryAndConvert()["results"]["bindings"][0]["n"]["value"]
assert count == "1519", count
print("SPARQLWrapper counts 1519 service types")

endpoint.setReturnFormat(TURTLE)
endpoint.setQuery(f"CONSTRUCT WHERE {{ <{base}id/service-type/372> ?p ?o }}")
assert b"Abandoned vehicles" in endpoint.queryAndConvert()
print("SPARQLWrapper constructs an entry in Turtle")

"""Writes as an organisation's own programs do: rdflib changes a document that it got and sends it back, SPARQLWrapper
and rdflib's store send updates, and every write is seen by whoever reads next.

Usage: writing.py SITE BASE TOKEN, where TOKEN may publish and withdraw."""
import sys

import requests
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore
from SPARQLWrapper import JSON, POST, SPARQLWrapper

site, base, token = sys.argv[1:]
bearer = {"Authorization": f"Bearer {token}"}
turtle = {"Content-Type": "text/turtle"}
thing, document = URIRef(f"{base}id/workshop/ci"), f"{site}doc/workshop/ci"


def check(holds, what):
    if not holds:
        sys.exit(f"FAILED: {what}")


def read():
    answer = requests.get(document, headers={"Accept": "text/turtle"})
    answer.raise_for_status()
    return Graph().parse(data=answer.text, format="turtle"), answer.headers["ETag"]


def ask(pattern):
    endpoint = SPARQLWrapper(f"{site}sparql")
    endpoint.setQuery(f"ASK {{ {pattern} }}")
    endpoint.setReturnFormat(JSON)
    return endpoint.query().convert()["boolean"]


graph = Graph()
graph.add((thing, RDF.type, URIRef("http://a.example/Workshop")))
graph.add((thing, SKOS.prefLabel, Literal("Workshop", lang="en")))
body = graph.serialize(format="turtle").encode()
refused = requests.put(document, data=body, headers=turtle)
check(refused.status_code == 401, f"without a token it is {refused.status_code}")
made = requests.put(document, data=body, headers=bearer | turtle | {"If-None-Match": "*"})
check(made.status_code == 201, f"a new record is {made.status_code}: {made.text}")

graph, etag = read()
graph.add((thing, SKOS.definition, Literal("Where things are made.", lang="en")))
body = graph.serialize(format="turtle").encode()
for status in (204, 412):
    sent = requests.put(document, data=body, headers=bearer | turtle | {"If-Match": etag})
    check(sent.status_code == status, f"sent with {etag} it is {sent.status_code}, not {status}: {sent.text}")
check(ask(f'<{thing}> <{SKOS.definition}> "Where things are made."@en'), "SPARQL shows the definition")

update = SPARQLWrapper(f"{site}update")
update.setMethod(POST)
for name, value in bearer.items():
    update.addCustomHttpHeader(name, value)
update.setQuery(f'INSERT DATA {{ <{thing}> <{SKOS.altLabel}> "Atelier"@fr }}')
check(update.query().response.status in (200, 204), "SPARQLWrapper's update is taken")
store = SPARQLUpdateStore(f"{site}sparql", f"{site}update", headers=bearer, autocommit=True)
store.update(f'DELETE {{ ?thing <{SKOS.altLabel}> ?name }} WHERE {{ ?thing <{SKOS.altLabel}> ?name FILTER(?name = "Atelier"@fr) }}')
check(not ask(f"<{thing}> <{SKOS.altLabel}> ?name"), "rdflib's store took the name away again")

broken = requests.post(f"{site}doc/service-type", data=b"<> a <https://w3id.org/eu-service-list/def#ServiceType> .",
                       headers=bearer | turtle | {"Accept-Language": "nl"})
check(broken.status_code == 422 and broken.json()["violations"], f"what breaks the shapes is {broken.status_code}")
check(any(each["language"] == "nl" for each in broken.json()["violations"]), "its messages are in Dutch")

graph, etag = read()
gone = requests.delete(document, headers=bearer | {"If-Match": etag}, params={"reason": "The test is over"})
check(gone.status_code == 204, f"a withdrawal is {gone.status_code}: {gone.text}")
left = requests.get(document, headers={"Accept": "text/turtle"})
check(left.status_code == 410, f"what is withdrawn is {left.status_code}")
left = Graph().parse(data=left.text, format="turtle")
check((thing, SKOS.prefLabel, Literal("Workshop", lang="en")) in left, "what is left has its name")
versions = requests.get(f"{document}/versions", headers={"Accept": "text/turtle"})
history = Graph().parse(data=versions.text, format="turtle")
check("The test is over" in versions.text and len(set(history.subjects(DCTERMS.isVersionOf))) == 5,
      "the history has five versions and the reason")
print("rdflib, SPARQLWrapper and requests write, are refused, and read what they wrote")

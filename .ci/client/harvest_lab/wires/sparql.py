"""The endpoint, read with SPARQLWrapper."""

import state
from rdflib import Graph
from SPARQLWrapper import JSON, RDFXML, SPARQLWrapper

NAME = "SPARQL (SPARQLWrapper)"
AT = "sparql"
SEEN = state.by_value


def carried(model):
    """Everything, and of what is withdrawn what is left."""
    return set(model.entries)


def read(site, _model):
    """Everything as one graph. It comes as RDF/XML, which SPARQLWrapper hands to rdflib."""
    endpoint = SPARQLWrapper(f"{site.url}sparql")
    endpoint.setQuery("CONSTRUCT WHERE { ?s ?p ?o }")
    endpoint.setReturnFormat(RDFXML)
    graph = Graph().parse(data=endpoint.query().response.read(), format="xml")
    return {iri: state.of_triples(triples, names=state.names(triples)) for iri, triples in state.by_record(graph, site).items()}


def holds(site, model):
    """A SELECT counts what the model counts."""
    endpoint = SPARQLWrapper(f"{site.url}sparql")
    endpoint.setQuery("SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/eu-service-list/def#WithdrawnRecord> }")
    endpoint.setReturnFormat(JSON)
    counted = int(endpoint.query().convert()["results"]["bindings"][0]["n"]["value"])
    gone = sum(entry.gone for entry in model.entries.values())
    assert counted == gone, f"{counted} records are withdrawn, and not {gone}"
    yield f"{gone} withdrawn"

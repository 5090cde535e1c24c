"""The endpoint, read with Comunica."""

import state
from rdflib import Graph

NAME, AT, NODE_NEEDS = "SPARQL (Comunica)", "sparql", ["@comunica/query-sparql", "rdf-string-ttl"]
SEEN = state.by_value


def carried(model):
    """Everything, and of what is withdrawn what is left."""
    return set(model.entries)


def read(site, _model):
    """Everything as one graph."""
    with site.node("comunica.mjs", f"{site.url}sparql") as comunica:
        graph = Graph().parse(data=comunica.stdout.read(), format="nt")
    assert comunica.returncode == 0, f"Comunica ends with {comunica.returncode}"
    return {iri: state.of_triples(triples, names=state.names(triples)) for iri, triples in state.by_record(graph, site).items()}


def holds(_site, _model):
    """Nothing else."""
    return ()

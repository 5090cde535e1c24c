"""The documents of the entries, by content negotiation with rdflib, and what their histories tell. This is the wire
that the others are held against, beside the model."""

import random

import rdflib
import state

NAME = "documents (rdflib)"
AT = "list/services"
PROV, PAV = rdflib.Namespace("http://www.w3.org/ns/prov#"), rdflib.Namespace("http://purl.org/pav/")
ACCEPTED = ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"]
UNTOUCHED = 150


def carried(model):
    """All that was touched, and some of the rest."""
    untouched = random.Random(1).sample(sorted(model.untouched), UNTOUCHED)
    return set(model.touched()) | set(untouched)


def read(site, model):
    """Each document in one of its forms by turns, and the versions of its entry."""
    return {iri: of_document(site, iri, ACCEPTED[n % len(ACCEPTED)], model.entries[iri].gone)
            for n, iri in enumerate(sorted(carried(model)))}


def of_document(site, iri, accept, gone):
    """What a document says of its own entry. Of what is withdrawn it is 410, with RDF."""
    answer = site.get(site.document(iri), 410 if gone else 200, Accept=accept)
    media_type = answer.headers["content-type"].partition(";")[0]
    assert media_type == accept, f"{iri} asked for {accept} is {media_type}"
    graph = rdflib.Graph().parse(data=answer.content, format=media_type, publicID=answer.url)
    own = {t for t in graph if str(t[0]).partition("#")[0] == iri}
    moments = history(site, iri)
    return state.of_triples(own, names=state.names(own), versions=len(moments), changed=state.to_the_second(moments[-1]))


def history(site, iri):
    """The moments of its versions."""
    moments, page = {}, f"{site.document(iri)}/versions.nt?page=1"
    while page:
        answer = site.get(page)
        graph = rdflib.Graph().parse(data=answer.content, format="nt")
        for version, number in graph.subject_objects(PAV.version):
            moments[int(number)] = str(graph.value(version, PROV.generatedAtTime))
        page = answer.links.get("next", {}).get("url")
    assert sorted(moments) == list(range(1, len(moments) + 1)), f"{iri} has the versions {sorted(moments)}"
    return [moments[number] for number in sorted(moments)]


def holds(site, model):
    """What waits as a draft is nowhere."""
    for iri in model.hidden:
        site.get(site.document(iri), 404)
    yield f"{len(model.hidden)} drafts are not to be seen"

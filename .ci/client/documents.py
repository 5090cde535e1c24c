"""Reads every document in every form with rdflib, and a sample of them through every profile."""

import functools
import re
import sys
import time

import rdflib
import rdflib.compare
from catalogue import EUSL, RDF_FORMS, Catalogue, sample, thinned
from rdflib.plugins.shared.jsonld import context

site, base = sys.argv[1], sys.argv[2]
catalogue = Catalogue(site, base)
begun = time.monotonic()

# rdflib fetches the JSON-LD context anew for each document; here the first fetch serves for all.
context.source_to_json = functools.cache(context.source_to_json)


def read(address):
    """The triples that rdflib finds at an address, with the headers that it sends."""
    try:
        return set(rdflib.Graph().parse(address))
    except Exception as error:
        raise AssertionError(f"rdflib cannot read {address}") from error


def same(iri, found, expected, where):
    """Documents have no blank nodes, so they are isomorphic if their triples are equal."""
    lost, new = sorted(expected - found)[:3], sorted(found - expected)[:3]
    assert found == expected, f"{iri} {where} differs from N-Triples: lost {lost}, new {new}"


def check_forms(iri):
    """All forms of a document say the same, and so does what its IRI leads to."""
    address = catalogue.address(iri)
    expected = read(f"{address}.nt")
    assert any(str(subject) == iri for subject, _, _ in expected), f"{address}.nt does not speak of {iri}"
    blank = [term for triple in expected for term in triple if isinstance(term, rdflib.BNode)]
    assert not blank, f"{address}.nt has blank nodes"
    for form in RDF_FORMS:
        if form != "nt":
            same(iri, read(f"{address}.{form}"), expected, f"as .{form}")
    same(iri, read(iri), expected, "dereferenced")
    return len(expected)


def check_plain(iri):
    """A form has its media type, and plain JSON the bytes of JSON-LD."""
    address = catalogue.address(iri)
    answers = {form: catalogue.get(f"{address}.{form}") for form in [*RDF_FORMS, "json"]}
    for form, media_type in {**RDF_FORMS, "json": "application/json"}.items():
        found = answers[form].headers["Content-Type"]
        assert found.split(";")[0] == media_type, f"{address}.{form} is {found}"
    assert answers["json"].content == answers["jsonld"].content, f"{address}: .json differs from .jsonld"
    for form, media_type in RDF_FORMS.items():
        negotiated = catalogue.get(address, Accept=media_type)
        assert negotiated.content == answers[form].content, f"{address} for {media_type} differs from .{form}"


def check_profile(iri, token):
    """A profile is the same in each form, and speaks its own language only."""
    address = catalogue.address(iri)
    view = read(f"{address}.nt?profile={token}")
    for form in RDF_FORMS:
        same(iri, read(f"{address}.{form}?profile={token}"), view, f"as {token} in .{form}")
    assert view, f"{address} is empty as {token}"
    terms = {str(p) for _, p, _ in view} | {str(o) for _, p, o in view if p == rdflib.RDF.type}
    assert not any(term.startswith(EUSL) for term in terms), f"{address} as {token} has terms of ours"
    if token == "schema-org":
        foreign = {term for term in terms if not term.startswith("http://schema.org/")} - {str(rdflib.RDF.type)}
        assert not foreign, f"{address} as schema-org has {foreign}"
    else:
        assert view <= read(f"{address}.nt"), f"{address} as {token} says what the whole does not"


def check_accept_profile(iri, token):
    """The header `Accept-Profile` chooses as the parameter does, with the IRI that the answer names."""
    by_name = catalogue.get(f"{catalogue.address(iri)}.ttl?profile={token}")
    profile = by_name.links.get("profile", {}).get("url")
    assert profile, f"{by_name.url} has no Link rel=profile"
    headers = {"Accept": "text/turtle", "Accept-Profile": f"<{profile}>"}
    by_header = catalogue.get(catalogue.address(iri), **headers)
    assert by_header.content == by_name.content, f"Accept-Profile: <{profile}> differs from ?profile={token}"


def finish(line):
    print(f"rdflib {line} ({time.monotonic() - begun:.0f} s)", flush=True)


entry = rdflib.URIRef(f"{base}id/service-type/372")
assert (entry, rdflib.SKOS.prefLabel, rdflib.Literal("Abandoned vehicles", lang="en")) in read(str(entry))

records = catalogue.records()
things = rdflib.Graph().parse(data=catalogue.get(
    f"{site}sparql?format=turtle&query=CONSTRUCT+WHERE+%7B+%3Fs+a+%3Fclass+%7D").content, format="turtle")
unlisted = {str(s) for s in things.subjects() if str(s).startswith(base) and "#" not in s} - set(records)
assert not unlisted, f"no list leads to {sorted(unlisted)[:5]}"
finish(f"finds {len(records)} records in the lists, which are all that /sparql knows")

read_all = thinned(records)
triples = sum(check_forms(iri) for iri in read_all)
finish(f"reads {len(read_all)} documents alike in {len(RDF_FORMS)} forms and by IRI: {triples} triples")

chosen = sample(records)
for iri in chosen:
    check_plain(iri)
finish(f"gets the right media types, and the same bytes by Accept and as .json, for a sample of {len(chosen)}")

# What is no concept and no offer has no view in some of them.
WITHOUT_VIEW = re.compile(r"/id/(assessment|pilot|co-design|organisation)/")
for token in ["cpsv-ap", "skos", "schema-org"]:
    for iri in (iri for iri in chosen if not WITHOUT_VIEW.search(iri)):
        check_profile(iri, token)
    check_accept_profile(str(entry), token)
    finish(f"reads a sample of {len(chosen)} through the profile {token} in {len(RDF_FORMS)} forms")

for address in ["def", "shapes"]:
    n_triples = rdflib.Graph().parse(f"{site}{address}.nt")
    for form in RDF_FORMS:
        other = rdflib.Graph().parse(f"{site}{address}.{form}")
        assert rdflib.compare.isomorphic(other, n_triples), f"{site}{address}.{form} differs from N-Triples"
    finish(f"reads /{address} alike in {len(RDF_FORMS)} forms: {len(n_triples)} triples")

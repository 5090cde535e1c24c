"""Reads pages as search engines do, with extruct: an entry is a DefinedTerm, a list a DefinedTermSet."""

import sys
import time

import extruct
import rdflib
from catalogue import LANGUAGES, SKOS, Catalogue, sample

site, base = sys.argv[1], sys.argv[2]
catalogue = Catalogue(site, base)
begun = time.monotonic()


def names(value):
    """The strings of a JSON-LD name: plain, several, or with languages."""
    if isinstance(value, str):
        return {value}
    parts = value.values() if isinstance(value, dict) else value
    return set().union(*(names(part) for part in parts))


def described(address):
    """The one description that a page carries as JSON-LD."""
    found = extruct.extract(catalogue.get(address, Accept="text/html").text, syntaxes=["json-ld"])["json-ld"]
    assert len(found) == 1, f"{address} carries {len(found)} blocks of JSON-LD"
    assert "schema.org" in str(found[0].get("@context")), f"{address} is not described with schema.org"
    return found[0]


def check(iri, language):
    """The page says what the thing is, which one, and how it is called."""
    address = catalogue.address(iri).replace(site, f"{site}{language}/", 1) if language else catalogue.address(iri)
    found = described(address)
    labels = set(catalogue.n_triples(iri).objects(rdflib.URIRef(iri), SKOS.prefLabel))
    expected = "DefinedTerm" if "/id/" in iri else "DefinedTermSet"
    # Many readers look for this key as it is written, and know no alias of it.
    assert "@type" in found, f"{address} is described without @type, with {sorted(found)[:4]}"
    types = found["@type"]
    assert expected in ([types] if isinstance(types, str) else types), f"{address} is a {types}"
    assert found.get("@id", iri) == iri, f"{address} describes {found['@id']}"
    right = {str(label) for label in labels if label.language == (language or "en")} or set(map(str, labels))
    assert right & names(found["name"]), f"{address} is called {found['name']}, not one of {right}"


def is_concept(iri):
    """Whether it is a code, an entry or a list: schema.org has no class for the rest."""
    types = set(catalogue.n_triples(iri).objects(rdflib.URIRef(iri), rdflib.RDF.type))
    return bool(types & {SKOS.Concept, SKOS.ConceptScheme})


chosen = [iri for iri in sample(catalogue.records()) if is_concept(iri)]
for iri in chosen:
    check(iri, None)
print(f"extruct finds a sample of {len(chosen)} entries and lists, with their names ({time.monotonic() - begun:.0f} s)")

entry, code, scheme = f"{base}id/service-type/372", f"{base}id/channel-type/telephone", f"{base}list/services"
for language in LANGUAGES:
    for iri in [entry, code, scheme]:
        check(iri, language)
print(f"extruct finds an entry, a code and a list in {len(LANGUAGES)} languages")

"""Follows every IRI of ours that any document or page emits, as a browser does: none may lead nowhere."""

import html.parser
import re
import sys
import time
import urllib.parse

import rdflib
from catalogue import EUSL, LANGUAGES, Catalogue, sample, thinned

site, base = sys.argv[1], sys.argv[2]
catalogue = Catalogue(site, base)
catalogue.session.headers["Accept"] = "text/html,application/xhtml+xml,*/*;q=0.8"
begun = time.monotonic()


class Page(html.parser.HTMLParser):
    """What a page links to, and the places in it that a link can name."""

    def __init__(self, text):
        super().__init__()
        self.links, self.places = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.links |= {found[name] for name in ("href", "src", "action") if found.get(name)}
        self.places |= {found[name] for name in ("id", "name") if found.get(name)}


def page(address):
    """A page, its links made absolute."""
    answer = catalogue.get(address)
    assert answer.headers["Content-Type"].startswith("text/html"), f"{address} is no page for a browser"
    read = Page(answer.text)
    read.links = {urllib.parse.urljoin(answer.url, link) for link in read.links}
    return read


def ours(iris):
    return {iri for iri in iris if iri.startswith((base, site, EUSL.rstrip("#")))}


def iris_of(triples):
    return {str(term) for triple in triples for term in triple if isinstance(term, rdflib.URIRef)}


def check_thing(iri):
    """A thing answers 303 to its document, on the site and nowhere else."""
    if "/id/" in iri:
        # The site stands in for the base here: where they are two, a proxy stands between them.
        answer = catalogue.session.head(site + iri.removeprefix(base), allow_redirects=False, timeout=30)
        assert answer.status_code == 303, f"{iri} answers {answer.status_code}"
        location = answer.headers["Location"]
        assert location == catalogue.address(iri), f"{iri} leads to {location}"


def check_link(address):
    """An address answers HEAD with 200, after redirections if need be."""
    answer = catalogue.session.head(address, allow_redirects=True, timeout=30)
    assert answer.status_code == 200, f"{address} answers {answer.status_code}"
    assert answer.url.startswith(site), f"{address} leads away to {answer.url}"


def check_term(iri, definitions, vocabulary):
    """A term of the vocabulary is defined, has a place on its page, and is found by `/resolve`."""
    assert rdflib.URIRef(iri) in definitions, f"{iri} is not defined in {site}def"
    resolved = f"{site}resolve?iri={urllib.parse.quote(iri, safe='')}"
    check_link(resolved)
    location = catalogue.session.head(resolved, allow_redirects=False, timeout=30).headers.get("Location", resolved)
    if "#" in iri:
        name = iri.rpartition("#")[2]
        assert name in vocabulary.places, f"{site}def has no place #{name}"
        assert location.endswith(f"def#{name}"), f"{resolved} leads to {location}"


def finish(line):
    print(f"{line} ({time.monotonic() - begun:.0f} s)", flush=True)


records = catalogue.records()
documents = {iri: catalogue.n_triples(iri) for iri in records}
emitted = ours(iri for triples in documents.values() for iri in iris_of(triples))
finish(f"{len(documents)} documents in N-Triples name {len(emitted)} IRIs of ours")

chosen = sample(records)
fronts = ["", "list", "sparql", "def", "shapes", "desk", "pilots", "co-design", "query"]
pages = [catalogue.address(iri) for iri in thinned(records)] + [site + front for front in fronts]
for language in LANGUAGES:
    pages += [f"{site}{language}/{front}" for front in fronts]
    pages += [catalogue.address(iri).replace(site, f"{site}{language}/", 1) for iri in chosen]
links = ours({link for address in pages for link in page(address).links})
finish(f"{len(pages)} pages (all in one language, a sample in all {len(LANGUAGES)}) name {len(links)} addresses of ours")

terms = {iri for iri in emitted | links if iri.startswith(EUSL.rstrip("#"))}
parts = {iri for iri in emitted if "#" in iri} - terms
for part in parts:
    record = part.partition("#")[0]
    assert (rdflib.URIRef(part), None, None) in documents[record], f"{record} says nothing of its part {part}"
for thing in emitted - terms - parts:
    check_thing(thing)
    assert thing in documents, f"{thing} is in no list"
finish(f"{len(emitted - terms)} IRIs of things and parts lead to documents that speak of them")

vocabulary, definitions = page(f"{site}def"), set(rdflib.Graph().parse(f"{site}def.ttl").subjects())
for term in terms | {str(term) for term in definitions if term.startswith(EUSL)}:
    check_term(term, definitions, vocabulary)
finish(f"{len(terms)} terms of the vocabulary in use, and all others, are at {site}def and found by /resolve")

# The forms, languages and profiles of a document have addresses of their own: all those of the
# sample are asked for, and of the other records the plain one.
known, in_sample = ({catalogue.address(iri) for iri in iris} for iris in (records, chosen))
variant = re.compile(rf"{re.escape(site)}(?:(?:{'|'.join(LANGUAGES)})/)?(doc/[^?#]*?)(?:\.[a-z]+)?(?:\?.*)?")
asked = set(known)
for link in {link.partition("#")[0] for link in links - terms}:
    about = variant.fullmatch(link)
    if not about or site + about[1] not in known - in_sample:
        asked.add(link)
for link in sorted(asked):
    check_link(link)
finish(f"{len(asked)} addresses in pages answer: all but the forms and languages of documents outside the sample")

for iri in chosen:
    answer = catalogue.session.get(f"{site}resolve", params={"iri": iri}, timeout=30)
    assert answer.ok and answer.url.startswith(catalogue.address(iri)), f"/resolve?iri={iri} ends at {answer.url}"
finish(f"/resolve finds a sample of {len(chosen)} IRIs")

"""The catalogue as harvesters take it: dcat_ap.py SITE BASE

Walks the pages by their links in each form, follows the IRI of every dataset, holds what was read against SEMIC's shapes
of DCAT-AP 3.0.1 and CPSV-AP 3.2.0 with pySHACL, and lets CKAN's own parser read it where that is installed.
"""

import pathlib
import sys
import time

import pyshacl
import rdflib
import requests
from catalogue import LANGUAGES, RDF_FORMS
from rdflib.namespace import DCAT, DCTERMS, RDF, SH

site, base = sys.argv[1], sys.argv[2]
HYDRA = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
official = pathlib.Path(__file__).resolve().parents[3] / "shared" / "data" / "cpsv-ap" / "official"
closure = pathlib.Path(__file__).resolve().parents[2] / "vocab" / "closure"
# Most harvesters stop here.
MOST_BYTES = 50 * 10**6

# Results that stay: what the shapes file, the path and the focus node have in them, and why it is so.
EXPLAINED = [
    ("recommended", "bbox", "/authority/", "the geometry of a code is kept with the EU's table"),
    ("recommended", "centroid", "/authority/", "the geometry of a code is kept with the EU's table"),
    ("recommended", "contactPoint", base, "this server's operator set no contact"),
    ("recommended", "type", f"{base}catalog#publisher", "this server's operator set no kind of publisher"),
    ("mdr-vocabularies", "publisher", base, "the publisher is no institution of the EU"),
    ("mdr-vocabularies", "algorithm", "-checksum", "SPDX has http, the shape wants https"),
]

begun = time.monotonic()
session = requests.Session()


def finish(line):
    print(f"{line} ({time.monotonic() - begun:.0f} s)", flush=True)


def read(answer):
    """The triples of an answer, by its media type alone."""
    media_type = answer.headers["Content-Type"].split(";")[0]
    return rdflib.Graph().parse(data=answer.content, format=media_type, publicID=answer.url)


def fetched(address):
    """What a harvester does: HEAD, then GET, with no Accept to speak of."""
    head = session.head(address, headers={"Accept": "*/*"}, timeout=30)
    answer = session.get(address, headers={"Accept": "*/*"}, timeout=60)
    assert head.status_code == answer.status_code == 200, f"{address}: {head.status_code}, {answer.status_code}"
    assert head.headers["Content-Type"] == answer.headers["Content-Type"], address
    assert int(head.headers.get("Content-Length", len(answer.content))) < MOST_BYTES, address
    return answer


def walked(address):
    """The pages from an address on, each with the graph in it."""
    pages, media_types = {}, set()
    while address:
        assert address not in pages, f"{address} comes twice"
        answer = fetched(address)
        media_types.add(answer.headers["Content-Type"])
        graph = pages[address] = read(answer)
        views = list(graph.subjects(RDF.type, HYDRA.PartialCollectionView))
        assert len(views) == 1, f"{address} has {len(views)} views"
        address = graph.value(views[0], HYDRA.next)
        address = address and str(address)
    assert len(media_types) == 1, f"the form changes on the way: {media_types}"
    return pages


def datasets(graph):
    return sorted(str(iri) for iri in graph.subjects(RDF.type, DCAT.Dataset))


def results(data, shapes):
    """What pySHACL finds: path and focus node of each result."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    return {
        (str(report.value(result, SH.resultPath)), str(report.value(result, SH.focusNode)))
        for result in report.objects(None, SH.result)
    }


def check_dcat_ap(data, told):
    """What DCAT-AP finds in data is explained."""
    found, folder = 0, official / "dcat-ap/releases/3.0.1/html/shacl"
    for name in ["shapes", "range", "shapes_recommended", "mdr-vocabularies.shape"]:
        for path, focus in results(data, rdflib.Graph().parse(folder / f"{name}.ttl")):
            is_explained = any(file in name and end in path and of in focus for file, end, of, _ in EXPLAINED)
            assert is_explained, f"{told}: {name}: {path} of {focus}"
            found += 1
    return found


whole = read(fetched(f"{site}catalog?page=all"))
expected = datasets(whole)
for form in RDF_FORMS:
    pages = walked(f"{site}catalog.{form}")
    met = sorted(iri for graph in pages.values() for iri in datasets(graph))
    assert met == expected, f".{form}: {len(met)} on the pages, {len(expected)} on the whole"
pages = walked(f"{site}catalog")
assert sorted(iri for graph in pages.values() for iri in datasets(graph)) == expected
assert session.get(f"{site}catalog?page={len(pages) + 1}", timeout=30).status_code == 404
assert not any(isinstance(term, rdflib.BNode) for triple in whole for term in triple), "blank nodes"
finish(f"rdflib meets {len(expected)} datasets once each on {len(pages)} pages in {len(RDF_FORMS)} forms")

for iri in expected[:50]:
    dataset = rdflib.URIRef(iri)
    alone = read(session.get(iri, headers={"Accept": "*/*"}, timeout=30))
    assert set(alone.predicate_objects(dataset)) == set(whole.predicate_objects(dataset)), iri
    assert [str(value) for value in whole.objects(dataset, DCTERMS.identifier)] == [iri]
    assert {title.language for title in whole.objects(dataset, DCTERMS.title)} == set(LANGUAGES), iri
for address in {str(url) for url in whole.objects(None, DCAT.downloadURL)}:
    head = session.head(address, timeout=30)
    size = whole.value(whole.value(None, DCAT.downloadURL, rdflib.URIRef(address)), DCAT.byteSize)
    assert head.status_code == 200 and head.headers["Content-Length"] == str(size), f"{address}: {head.headers}"
finish("the IRI of a dataset leads to what the catalogue says of it, and each file is there in its size")

void = read(fetched(f"{site}.well-known/void"))
counts = [int(count) for count in void.objects(rdflib.URIRef(f"{base}void#data-set"), VOID.triples)]
asked = session.get(f"{site}sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}, headers={"Accept": "text/csv"}, timeout=60)
assert counts == [int(asked.text.split()[1])], f"VoID counts {counts}, the endpoint {asked.text.split()[1:]}"
finish(f"VoID counts the {counts[0]} triples that the endpoint has")

if official.is_dir():
    found = sum(check_dcat_ap(graph, address) for address, graph in [*pages.items(), ("the whole", whole)])
    finish(f"pySHACL finds nothing against DCAT-AP 3.0.1 in {len(pages)} pages and the whole that is not explained ({found} results)")
    graph = session.get(f"{site}sparql", params={"query": "CONSTRUCT WHERE { ?s ?p ?o }"}, headers={"Accept": "application/n-triples"}, timeout=120)
    described = whole + rdflib.Graph().parse(data=graph.content, format="nt")
    for file in closure.glob("*.ttl"):
        described.parse(file)
    found = results(described, rdflib.Graph().parse(official / "cpsv-ap/releases/3.2.0/shacl/cpsv-ap-SHACL.ttl"))
    assert not found, f"CPSV-AP: {sorted(found)[:5]}"
    finish("pySHACL finds nothing against CPSV-AP 3.2.0 in the catalogue with the published graph")
else:
    print(f"SKIPPED: {official} is absent (the shapes of DCAT-AP)")

try:
    from ckanext.dcat.processors import RDFParser
except ImportError:
    print("SKIPPED: ckanext-dcat is not installed")
else:
    address, guids = f"{site}catalog", []
    while address:
        answer = fetched(address)
        parser = RDFParser(profiles=["euro_dcat_ap_3"])
        parser.parse(answer.text, _format=answer.headers["Content-Type"].split(";")[0])
        for dataset in parser.datasets():
            guids += [extra["value"] for extra in dataset["extras"] if extra["key"] == "uri"]
            assert dataset["title"] and dataset["resources"], dataset
        address = parser.next_page()
    assert sorted(guids) == expected, f"CKAN meets {len(guids)} of {len(expected)} datasets"
    finish(f"ckanext-dcat meets all {len(guids)} datasets by their IRIs")

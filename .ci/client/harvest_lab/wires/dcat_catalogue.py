"""The DCAT-AP catalogue, page by page, as CKAN takes it: HEAD, GET, then ckanext-dcat's parser."""

import json

from ckanext.dcat.processors import RDFParser
from rdflib import DCAT, DCTERMS, RDF, Graph, Namespace, URIRef

from wires import dumps

NAME, AT = "DCAT-AP catalogue (ckanext-dcat)", "catalog"
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
LARGEST = 50 * 1024 * 1024
PROFILES = ["euro_dcat_ap_3"]


def carried(_model):
    """No entries: its datasets are held against what `holds` expects."""
    return set()


def read(_site, _model):
    """Nothing of single entries."""
    return {}


def pages(site):
    """The pages as ckanext-dcat's harvester goes through them: the parser of each and the datasets that it finds."""
    address, first = f"{site.url}catalog", None
    while address:
        head = site.session.head(address, timeout=60)
        assert head.status_code == 200, f"HEAD {address} is {head.status_code}"
        assert int(head.headers.get("Content-Length", 0)) <= LARGEST, f"{address} is too big for CKAN"
        answer = site.get(address)
        media_type = answer.headers["Content-Type"].split(";", 1)[0]
        assert media_type == head.headers["Content-Type"].split(";", 1)[0], f"{address} is another type to GET"
        first = first or media_type
        assert media_type == first, f"{address} is {media_type}, and CKAN takes all pages for {first}"
        parser = RDFParser(profiles=PROFILES)
        parser.parse(answer.content.decode("utf-8"), _format=media_type)
        yield address, parser
        address = parser.next_page()


def holds(site, model):
    datasets, seen, graph = {}, [], Graph()
    for address, parser in pages(site):
        assert address not in seen and len(seen) < 1000, f"the pages lead in a circle to {address}"
        seen.append(address)
        for triple in parser.g.triples((None, None, None)):
            graph.add(triple)
        for dataset in parser.datasets():
            guid = next(extra["value"] for extra in dataset["extras"] if extra["key"] == "uri")
            assert guid not in datasets, f"{guid} stands on two pages"
            datasets[guid] = dataset
    yield f"{len(datasets)} datasets on {len(seen)} pages"
    yield described(datasets, graph)
    yield distributions(site, datasets)
    yield divided(model, datasets)
    yield by_udata(site, set(datasets))
    whole = site.get("catalog?page=all", Accept="text/turtle")
    at_once = set(map(str, Graph().parse(data=whole.content, format="turtle").subjects(RDF.type, DCAT.Dataset)))
    assert at_once == set(datasets), f"in one piece it has {sorted(at_once ^ set(datasets))[:3]} more or less"
    yield "the same in one piece"


def described(datasets, graph):
    """What CKAN shows of a dataset is there, and its identifiers stay."""
    for guid, dataset in datasets.items():
        assert dataset["title"] and dataset["notes"], f"{guid} has no title or description in CKAN"
        assert dataset["resources"], f"{guid} has no distribution in CKAN"
        identifiers = list(graph.objects(URIRef(guid), DCTERMS.identifier))
        assert len(identifiers) == 1, f"{guid} has the identifiers {identifiers}"
    return "each with title, description, distributions and one identifier"


def distributions(site, datasets):
    """What CKAN is told of each file is true: its size, its checksum and its media type."""
    files = [resource for dataset in datasets.values() for resource in dataset["resources"] if resource.get("download_url")]
    assert files, "no distribution has a dcat:downloadURL"
    for file in files:
        address = file["download_url"]
        head = site.session.head(address, timeout=60)
        assert head.status_code == 200, f"HEAD {address} is {head.status_code}"
        length, media_type = int(head.headers["Content-Length"]), head.headers["Content-Type"].partition(";")[0]
        assert file["size"] == length, f"{address} has {length} bytes, and not {file['size']}"
        told = [file.get(key, "").rpartition("media-types/")[2] for key in ("mimetype", "compress_format")]
        assert media_type in told, f"{address} is {media_type}, and not {told}"
        assert file["hash"] == dumps.digest(head), f"{address} has the checksum {dumps.digest(head)}, and not {file['hash']}"
    return f"{len(files)} files with size, media type and checksum as told"


def divided(model, datasets):
    """Each organisation that offers something has a dataset, whose name ends the IRI."""
    authority = URIRef("http://data.europa.eu/m8g/hasCompetentAuthority")
    offering = {str(o) for e in model.entries.values() if not e.gone for _, p, o in e.triples if p == authority}
    ends = {guid.rpartition("/")[2].rpartition("#")[2] for guid in datasets}
    wanted = {"services", "suitability", "public-services"} | {f"organisation-{iri.rpartition('/')[2]}" for iri in offering}
    missing = {name for name in wanted if name not in ends}
    assert not missing, f"there is no dataset {sorted(missing)[:3]} ({json.dumps(sorted(ends)[:5])}, …)"
    return f"one for each of {len(offering)} organisations"


def by_udata(site, wanted):
    """udata's rule: follow the one node that is typed as a page of a collection, and take what `dcat:dataset` and types tell."""
    address, found, seen = f"{site.url}catalog", set(), set()
    while address and address not in seen:
        seen.add(address)
        graph = Graph().parse(data=site.get(address, **{"User-Agent": "uData/0.1 dcat"}).content, format="turtle")
        found.update(map(str, graph.subjects(RDF.type, DCAT.Dataset)))
        views = list(graph.subjects(RDF.type, HYDRA.PartialCollectionView))
        assert len(views) == 1, f"{address} has {len(views)} pagination nodes"
        address = graph.value(views[0], HYDRA.next) and str(graph.value(views[0], HYDRA.next))
    assert found == wanted, f"udata finds {sorted(found ^ wanted)[:3]} more or less"
    return f"udata finds the same on {len(seen)} pages"

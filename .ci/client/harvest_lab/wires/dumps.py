"""The dumps: every syntax and coding with a reader of its own, their checksums, and downloads that go on where they
were cut off."""

import base64
import csv
import gzip
import hashlib
import io
import pathlib
import subprocess
import tempfile

import rdflib
import state
import zstandard

NAME, AT = "dumps", "dump/all.nt"
FORMATS = {"nt": "nt", "ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
DECODERS = {"gz": gzip.decompress, "zst": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data)}
DATASETS = ["services", "suitability", "public-services"]
COUNTRIES = ["nld", "deu", "swe", "nor", "fra"]
LARGEST = 50_000_000
PATIENCE = 600  # seconds for a set of dumps to be made in the background, which rests between two


def carried(model):
    """Everything, and of what is withdrawn what is left."""
    return set(model.entries)


def wait(site):
    """Returns when the dumps show the present revision, and tells which it is."""
    revision = int(site.get("doc/service-type/372.nt").headers["EUSL-Revision"])

    def is_present():
        head = site.session.head(f"{site.url}dump/all.nt", timeout=60)
        assert head.status_code in (200, 503), f"HEAD of a dump is {head.status_code}"
        return head.status_code == 200 and int(head.headers["EUSL-Revision"]) >= revision

    assert site.within(PATIENCE, is_present), f"after {PATIENCE} s the dumps do not show revision {revision}"
    return revision


def digest(answer):
    """The SHA-256 that the header tells of a file, in hexadecimal digits."""
    (told,) = [part for part in answer.headers["Repr-Digest"].split(",") if part.strip().startswith("sha-256=")]
    return base64.b64decode(told.strip().removeprefix("sha-256=").strip(":")).hex()


def parts(site, name):
    """The files that one is cut into, in their order, each as large as its header tells and with its checksum."""
    address = f"{site.url}dump/{name}"
    while address:
        answer = site.get(address, **{"Accept-Encoding": "identity"})
        assert len(answer.content) == int(answer.headers["Content-Length"]) <= LARGEST, f"{address} has {len(answer.content)} bytes"
        assert hashlib.sha256(answer.content).hexdigest() == digest(answer), f"{address} has not the checksum told of it"
        yield address, answer.content
        address = answer.links.get("next", {}).get("url")


def graph(site, dataset, extension="nt"):
    """What a dataset says in one syntax, its parts together."""
    read = rdflib.Graph()
    for address, data in parts(site, f"{dataset}.{extension}"):
        read.parse(data=data, format=FORMATS[extension], publicID=address)
    return read


def read(site, _model):
    """Everything as N-Triples."""
    wait(site)
    triples = graph(site, "all")
    return {iri: state.of_triples(of, names=state.names(of)) for iri, of in state.by_record(triples, site).items()}


def holds(site, model):
    revision, whole = wait(site), set(graph(site, "all"))
    for extension in sorted(set(FORMATS) - {"nt"}):
        other = set(graph(site, "all", extension))
        assert other == whole, f"all.{extension} lacks {list(whole - other)[:2]} and says besides {list(other - whole)[:2]}"
    yield f"{len(FORMATS)} syntaxes of {len(whole)} triples say the same at revision {revision}"
    yield datasets(site, model)
    yield codings(site)
    yield tables(site, model)
    yield history(site, model)
    yield resumed(site)


def datasets(site, model):
    """The three datasets are all that is there, each record in one and as it is; those of countries and organisations are
    within the third."""
    three = [state.by_record(graph(site, name), site) for name in DATASETS]
    for one, other in ((0, 1), (0, 2), (1, 2)):
        shared = set(three[one]) & set(three[other])
        assert not shared, f"{sorted(shared)[:3]} stand in two datasets"
    together = {iri: frozenset(triples) for dataset in three for iri, triples in dataset.items()}
    there = {iri: entry.triples for iri, entry in model.entries.items() if not entry.gone}
    wrong = [iri for iri in sorted(together | there) if together.get(iri) != there.get(iri)]
    assert not wrong, f"in the datasets {wrong[:3]} are not as they should be"
    towns = {iri for iri in there if "/id/organisation/lab-" in iri}
    of_countries = [set(state.by_record(graph(site, f"public-services-{code}"), site)) for code in COUNTRIES]
    assert towns <= set().union(*of_countries) <= set(three[2]), "the datasets of countries are not what their towns have"
    for town in sorted(towns):
        own = state.by_record(graph(site, f"organisation-{town.rpartition('/')[2]}", "ttl"), site)
        wanted = {iri for iri, triples in there.items() if rdflib.URIRef(town) in {o for _, _, o in triples}} | {town}
        assert wanted == set(own), f"the dataset of {town} lacks {sorted(wanted - set(own))[:3]} and has {sorted(set(own) - wanted)[:3]} too many"
    return f"three datasets, {len(COUNTRIES)} countries and {len(towns)} organisations divide it"


def codings(site):
    """Decompressed, a file is the plain one."""
    names = [f"{dataset}.{extension}" for dataset in ("all", *DATASETS) for extension in FORMATS] + ["history.nq", "services.csv"]
    for name in names:
        plain = [data for _, data in parts(site, name)]
        for coding, decode in DECODERS.items():
            assert [decode(data) for _, data in parts(site, f"{name}.{coding}")] == plain, f"{name}.{coding} is not {name} compressed"
    return f"{len(names) * len(DECODERS)} compressed files are the plain ones"


def tables(site, model):
    """One row for each service type, by Python's csv; no cell that a spreadsheet would run."""
    text = b"".join(data for _, data in parts(site, "services.csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    by_iri = {row["iri"]: row for row in rows}
    kind = f"{site.url}id/service-type/"
    there = {iri for iri, entry in model.entries.items() if iri.startswith(kind) and not entry.gone}
    assert there == set(by_iri) and len(rows) == len(there), f"the table has other rows: {sorted(there ^ set(by_iri))[:3]}"
    for iri in sorted(there):
        for thing, kind_of, name in model.entries[iri].triples:
            if (thing, kind_of) == (rdflib.URIRef(iri), rdflib.SKOS.prefLabel):
                cell = by_iri[iri][f"name_{name.language}"]
                assert cell.removeprefix("'") == str(name), f"the row of {iri} has {cell!r} in place of {name!r}"
    risky = [cell for row in rows for cell in row.values() if cell and cell[0] in "=+-@\t\r"]
    assert not risky, f"a spreadsheet would run {risky[:3]}"
    return f"{len(rows)} rows of CSV"


def history(site, model):
    """Each entry has as many graphs in the history as versions."""
    read = rdflib.Dataset()
    for _, data in parts(site, "history.nq"):
        read.parse(data=data, format="nquads")
    counts = {}
    for version in read.subjects(rdflib.DCTERMS.isVersionOf):
        iri = str(next(read.objects(version, rdflib.DCTERMS.isVersionOf)))
        counts[iri] = counts.get(iri, 0) + 1
        assert len(read.graph(version)), f"the history has nothing in the graph {version}"
    wrong = {iri for iri, entry in model.entries.items() if counts.get(iri) != entry.versions}
    assert not wrong, f"the history has other numbers of versions of {sorted(wrong)[:3]} ({[counts.get(iri) for iri in sorted(wrong)[:3]]})"
    return f"{sum(counts.values())} versions in the history"


def resumed(site):
    """curl goes on where a download was cut off, and HEAD tells what GET would."""
    address = f"{site.url}dump/all.nt.gz"
    head = site.session.head(address, timeout=60)
    size, checksum = int(head.headers["Content-Length"]), digest(head)
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder, "dump")
        target.write_bytes(site.get(address, 206, Range=f"bytes=0-{size // 3}").content)
        mark = len(site.proxy.log)
        subprocess.run(["curl", "-sSf", "-C", "-", "-o", target, address], check=True)
        assert hashlib.sha256(target.read_bytes()).hexdigest() == checksum, f"{address} is broken where the download went on"
        (request,) = site.proxy.asked_since(mark)
        assert request.status == 206 and request.size == size - size // 3 - 1, f"curl got {request}"
    return "curl goes on with the rest of a download"

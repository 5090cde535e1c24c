"""The dumps: every syntax and coding with a reader of its own, their checksums, and downloads that go on where they
were cut off."""

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

NAME, AT = "dumps", "dump"
FORMATS = {"n-triples": "nt", "turtle": "turtle", "rdf-xml": "xml", "json-ld": "json-ld"}
DECODERS = {None: bytes, "gzip": gzip.decompress, "zstandard": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data)}
LARGEST = 50_000_000
PATIENCE = 400  # seconds for a set of dumps to be made in the background, which rests between two


def carried(model):
    """Everything, and of what is withdrawn what is left."""
    return set(model.entries)


def manifest(site):
    """What the dumps of the present revision are, once they are there."""
    revision = int(site.get("doc/service-type/372.nt").headers["EUSL-Revision"])
    told = {}

    def is_present():
        told.update(site.get("dump", Accept="application/json").json())
        return told["revision"] >= revision

    assert site.within(PATIENCE, is_present), f"after {PATIENCE} s the dumps have revision {told['revision']}, not {revision}"
    return told


def parts(told, dataset, form, coding=None):
    """The files that one dataset is cut into, in their order."""
    files = [f for f in told["files"] if (f["dataset"], f["form"], f["coding"]) == (dataset, form, coding)]
    assert files, f"there is no dump of {dataset} as {form} with coding {coding}"
    return sorted(files, key=lambda file: file["part"])


def fetched(site, file):
    """The bytes of a file, which must be as many and have the checksum that is told of it."""
    answer = site.get(f"dump/{file['name']}", **{"Accept-Encoding": "identity"})
    data = answer.content
    assert len(data) == file["bytes"] <= LARGEST, f"{file['name']} has {len(data)} bytes, and not {file['bytes']}"
    assert hashlib.sha256(data).hexdigest() == file["sha256"], f"{file['name']} has not the checksum told of it"
    return DECODERS[file["coding"]](data)


def graph(site, told, dataset, form):
    """What a dataset says in one syntax, its parts together."""
    read = rdflib.Graph()
    for file in parts(told, dataset, form):
        read.parse(data=fetched(site, file), format=FORMATS[form], publicID=f"{site.url}dump/{file['name']}")
    return read


def read(site, _model):
    """Everything as N-Triples."""
    triples = graph(site, manifest(site), "all", "n-triples")
    return {iri: state.of_triples(of, names=state.names(of)) for iri, of in state.by_record(triples, site).items()}


def holds(site, model):
    told = manifest(site)
    whole = set(graph(site, told, "all", "n-triples"))
    for form in sorted(set(FORMATS) - {"n-triples"}):
        other = set(graph(site, told, "all", form))
        assert other == whole, f"all as {form} lacks {list(whole - other)[:2]} and says besides {list(other - whole)[:2]}"
    yield f"{len(FORMATS)} syntaxes of {len(whole)} triples say the same"
    yield datasets(site, told, whole, model)
    yield codings(site, told)
    yield tables(site, told, model)
    yield history(site, told, model)
    yield resumed(site, told)


def datasets(site, told, whole, model):
    """The three datasets are everything that is there, each record in one; those of countries and organisations are
    within the third."""
    three = [state.by_record(graph(site, told, name, "n-triples"), site) for name in ("services", "suitability", "public-services")]
    for one, other in ((0, 1), (0, 2), (1, 2)):
        shared = set(three[one]) & set(three[other])
        assert not shared, f"{sorted(shared)[:3]} stand in two datasets"
    there = {iri for iri, entry in model.entries.items() if not entry.gone}
    missing = there - set().union(*three)
    assert not missing, f"{sorted(missing)[:3]} stand in no dataset"
    said = {triple for dataset in three for triples in dataset.values() for triple in triples}
    assert said <= whole, f"a dataset says {list(said - whole)[:2]}, which all does not"
    divisions = sorted({f["dataset"] for f in told["files"]} - {"all", "history", "services", "suitability", "public-services"})
    for name in divisions:
        form = next(form for form in FORMATS for file in told["files"] if (file["dataset"], file["form"]) == (name, form))
        outside = set(state.by_record(graph(site, told, name, form), site)) - set(three[2])
        assert not outside, f"{name} has {sorted(outside)[:3]}, which public-services has not"
    return f"{len(divisions)} divisions lie within the three datasets"


def codings(site, told):
    """Decompressed, a file is the plain one."""
    coded = [file for file in told["files"] if file["coding"]]
    for file in coded:
        (plain,) = [f for f in told["files"] if f["coding"] is None and all(f[key] == file[key] for key in ("dataset", "form", "part"))]
        assert fetched(site, file) == fetched(site, plain), f"{file['name']} is not {plain['name']} compressed"
    return f"{len(coded)} compressed files are the plain ones"


def tables(site, told, model):
    """One row for each service type, by Python's csv; no cell that a spreadsheet would run."""
    text = b"".join(fetched(site, file) for file in parts(told, "services", "csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    kind = f"{site.url}id/service-type/"
    by_iri = {iri: row for row in rows for iri in row.values() if iri and iri.startswith(kind) and iri in model.entries}
    there = {iri for iri, entry in model.entries.items() if iri.startswith(kind) and not entry.gone}
    assert there <= set(by_iri), f"the table lacks {sorted(there - set(by_iri))[:3]}"
    for iri in sorted(there):
        for name in (n for n in state.names(model.entries[iri].triples)):
            cells = {cell.removeprefix("'") for cell in by_iri[iri].values() if cell}
            assert name.removeprefix("'") in cells, f"the row of {iri} lacks the name {name!r}"
    risky = [cell for row in rows for cell in row.values() if cell and cell[0] in "=+-@\t\r"]
    assert not risky, f"a spreadsheet would run {risky[:3]}"
    return f"{len(rows)} rows of CSV"


def history(site, told, model):
    """Each entry has as many graphs in the history as versions."""
    read = rdflib.Dataset()
    for file in parts(told, "history", "n-quads"):
        read.parse(data=fetched(site, file), format="nquads")
    counts = {}
    for version in read.subjects(rdflib.DCTERMS.isVersionOf):
        iri = str(next(read.objects(version, rdflib.DCTERMS.isVersionOf)))
        counts[iri] = counts.get(iri, 0) + 1
        assert len(read.graph(version)), f"the history has nothing in the graph {version}"
    wrong = {iri for iri, entry in model.entries.items() if counts.get(iri) != entry.versions}
    assert not wrong, f"the history has other numbers of versions of {sorted(wrong)[:3]} ({[counts.get(iri) for iri in sorted(wrong)[:3]]})"
    return f"{sum(counts.values())} versions in the history"


def resumed(site, told):
    """curl goes on where a download was cut off, and HEAD tells what GET would."""
    file = max((f for f in told["files"] if f["coding"]), key=lambda file: file["bytes"])
    address = f"{site.url}dump/{file['name']}"
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder, "dump")
        target.write_bytes(site.get(address, 206, Range=f"bytes=0-{file['bytes'] // 3}").content)
        mark = len(site.proxy.log)
        subprocess.run(["curl", "-sSf", "-C", "-", "-o", target, address], check=True)
        assert hashlib.sha256(target.read_bytes()).hexdigest() == file["sha256"], f"{file['name']} is broken where the download went on"
        (request,) = site.proxy.asked_since(mark)
        assert request.status == 206 and request.size < file["bytes"], f"curl got {request}"
    head = site.session.head(address, timeout=60)
    assert int(head.headers["Content-Length"]) == file["bytes"] and head.status_code == 200, head.headers
    return f"curl goes on in the middle of {file['name']}"

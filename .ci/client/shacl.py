"""Validates real files with pySHACL, with pyshacl-turbo and with the product: shacl.py COMMAND...

COMMAND takes files, `--shapes FILE` and `--report turtle`, as `eusl validate` does. All must give the same results:
focus node, path, component, value. A difference that docs/SHACL.md explains is in EXPLAINED; one that is not there,
and an explanation of nothing, fails. Files are those of ../shared/data/cpsv-ap that rdflib parses; all are given the
N-Triples that it writes, so that they read the same.
"""

import collections
import logging
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import warnings

import pyshacl
import rdflib
from rdflib.namespace import RDF, SH
from rdflib.util import guess_format

try:
    import pyshacl_turbo
except ImportError:
    pyshacl_turbo = None

# Literals stay as they are written, and what the libraries warn of does not stop them.
rdflib.NORMALIZE_LITERALS = False
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

root = pathlib.Path(__file__).resolve().parents[3] / "shared" / "data" / "cpsv-ap"
command = sys.argv[1:]

OFFICIAL = "official/cpsv-ap/releases/3.2.0/shacl/cpsv-ap-SHACL.ttl"
# That of 3.0.1 names property shapes that it does not have.
DCAT_AP = "official/dcat-ap/releases/3.0.0/shacl/dcat-ap-SHACL.ttl"
FLEMISH = "flanders/ipdc-lpdc/shacl/instantie-shape.ttl"
FLEMISH_CONCEPTS = "flanders/ipdc-lpdc/shacl/concept-shape.ttl"
NORWEGIAN = "norway/cpsv-ap-no/shacl/CPSV-AP-NO_shacl_shapes_v1.ttl"

# Shapes, and the files they are laid on: all whose path has this in it.
PAIRS = [
    (OFFICIAL, r""),
    (DCAT_AP, r"^official/(dcat-ap|cpsv-ap|adms)/|norway/cpsv-ap-no/examples/exKatalog"),
    (FLEMISH, r"^flanders/app-lpdc/.*/instances-concepts/"),
    (FLEMISH_CONCEPTS, r"^flanders/app-lpdc/.*/instances-concepts/"),
    (NORWEGIAN, r"^norway/(cpsv-ap-no/examples|service-catalog|fdk-public-service-harvester)/|minimal|Lunas|publisher"),
]

# Engine, shapes, file, difference (as regular expressions), and the reason that docs/SHACL.md gives.
EXPLAINED = [
    (r"pySHACL", r"", r"/concept-from-ldes-stream", r"^no report: product .* subtag .*; other has one$", "language tags"),
    (r"turbo", r"norway/", r"", r"^no report: product has one; other .* sh:propertye ", "properties it does not know"),
]


def short(term):
    """A term as it is compared: blank nodes are all alike."""
    return "_" if isinstance(term, rdflib.BNode) else term.n3()


def path(graph, node):
    """A path by its structure, with blank nodes taken apart."""
    if node is None or isinstance(node, rdflib.URIRef):
        return node and node.n3()
    if (node, RDF.first, None) in graph:
        return [path(graph, member) for member in graph.items(node)]
    parts = sorted(graph.predicate_objects(node))
    return [(str(name).split("#")[1], path(graph, inner)) for name, inner in parts if str(name).startswith(str(SH))]


def results(graph):
    """The results of a report, each with how often it is there."""
    counts = collections.Counter()
    for report in graph.subjects(RDF.type, SH.ValidationReport):
        for result in graph.objects(report, SH.result):
            focus, value = graph.value(result, SH.focusNode), graph.value(result, SH.value)
            where = path(graph, graph.value(result, SH.resultPath))
            component = str(graph.value(result, SH.sourceConstraintComponent)).rsplit("#", 1)[-1]
            counts[f"{short(focus)} {where} {component} {'' if value is None else short(value)}"] += 1
    return counts


class Document:
    """A file that parses: its graph, and a copy of it in N-Triples."""

    def __init__(self, file, folder):
        self.graph = rdflib.Graph().parse(file, format=guess_format(str(file)), publicID="http://example.org/")
        self.path = str(pathlib.Path(folder) / f"{len(os.listdir(folder))}.nt")
        self.graph.serialize(self.path, format="nt", encoding="utf-8")


def read(file, folder):
    """A document, or nothing if the file does not parse."""
    try:
        return Document(file, folder)
    except Exception:
        return None


def of_product(data, shapes):
    """What the product says: its report, or nothing and why there is none."""
    arguments = [*command, data.path, "--shapes", shapes.path, "--report", "turtle", "--fail-on", "info"]
    run = subprocess.run(arguments, capture_output=True, timeout=600)
    if run.returncode not in (0, 1):
        return None, run.stderr.decode().strip().splitlines()[-1]
    report = results(rdflib.Graph().parse(data=run.stdout, format="turtle"))
    assert (run.returncode == 0) == (not report), f"{data.path}: exit code {run.returncode}"
    return report, ""


def of_pyshacl(data, shapes):
    """What pySHACL says."""
    try:
        _, report, _ = pyshacl.validate(data.graph, shacl_graph=shapes.graph, inplace=True)
        return results(report), ""
    except Exception as error:  # whatever it is, there is no report
        return None, f"{type(error).__name__}: {error}".splitlines()[0]


def of_turbo(data, shapes):
    """What pyshacl-turbo says."""
    try:
        _, report, _ = pyshacl_turbo.validate(data.path, shacl_graph=shapes.path, serialize_report_graph="nt")
        return results(rdflib.Graph().parse(data=report, format="nt")), ""
    except Exception as error:
        return None, f"{type(error).__name__}: {error}".splitlines()[0]


def differences(ours, theirs):
    """A line for each result that both do not have equally often."""
    if ours[0] is None or theirs[0] is None:
        both = ours[0] is None and theirs[0] is None
        return [] if both else [f"no report: product {ours[1] or 'has one'}; other {theirs[1] or 'has one'}"]
    ours, theirs = ours[0], theirs[0]
    keys = sorted(key for key in ours | theirs if ours[key] != theirs[key])
    return [f"product {ours[key]}, other {theirs[key]}: {key}" for key in keys]


def main(folder):
    begun, used = time.monotonic(), set()
    files = sorted(file for file in root.rglob("*") if file.suffix in (".ttl", ".rdf", ".nt"))
    engines = [("pySHACL", of_pyshacl)] + ([("pyshacl-turbo", of_turbo)] if pyshacl_turbo else [])
    shapes = {name: Document(root / name, folder) for name, _ in PAIRS}
    tally = collections.defaultdict(collections.Counter)
    for file in files:
        name, data = str(file.relative_to(root)), None
        for shapes_name, pattern in PAIRS:
            if not re.search(pattern, name):
                continue
            data = data or read(file, folder)
            if data is None:
                break
            ours = of_product(data, shapes[shapes_name])
            for engine, validate in engines:
                count = tally[engine, shapes_name]
                found = differences(ours, validate(data, shapes[shapes_name]))
                count["files"] += 1
                count["results"] += sum((ours[0] or {}).values())
                count["files that differ"] += bool(found)
                for line in found:
                    reason = next((row for row in EXPLAINED if matches(row, engine, shapes_name, name, line)), None)
                    used.add(reason)
                    count["explained" if reason else "unexplained"] += 1
                    if reason is None:
                        print(f"{engine} | {shapes_name} | {name} | {line}", flush=True)
    for (engine, shapes_name), count in sorted(tally.items()):
        print(f"{engine}, {shapes_name}: {dict(count)}")
    idle = [row for row in EXPLAINED if row not in used]
    assert not idle, f"nothing differs so any more: {idle}"
    unexplained = sum(count["unexplained"] for count in tally.values())
    assert not unexplained, f"{unexplained} differences that docs/SHACL.md does not explain"
    parsed = tally["pySHACL", OFFICIAL]["files"]
    print(f"the product says of {parsed} files what the others say ({time.monotonic() - begun:.0f} s)")


def matches(row, *told):
    """Whether an explanation is of a difference."""
    return all(re.search(pattern, text) for pattern, text in zip(row, told))


if not root.is_dir():
    print(f"SKIPPED: {os.path.relpath(root)} is absent")
else:
    with tempfile.TemporaryDirectory() as folder:
        main(folder)

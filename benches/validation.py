#!/usr/bin/env python3
"""Validates the same files with several SHACL engines, in turn, each run a process of its own.

usage: validation.py EUSL PYTHON ROUNDS SHAPES DATA.nt [DATA.nt ...]

EUSL is the product's binary, PYTHON one that has the packages `shacl`, `pyshacl-turbo`, `pyrudof` and `pyshacl`
(those it lacks are left out). Prints for each engine the least and the median processor time of the whole process
with all its children (seconds, parsing and a report included), its wall time, its peak memory, and how many
results it gave. An engine that needs longer than LIMIT seconds is not asked about larger files.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

LIMIT = int(os.environ.get("LIMIT", "120"))

EUSL = [("eusl", ["--report", "turtle"])]
PEERS = {
    "shacl": """
import shacl
report = shacl.validate(data, shapes)
count, text = len(report.results() if callable(report.results) else report.results), str(report)
""",
    "pyshacl-turbo": """
import pyoxigraph, pyshacl_turbo
store = pyoxigraph.Store()
store.bulk_load(path=data, format=pyoxigraph.RdfFormat.N_TRIPLES)
conforms, graph, text = pyshacl_turbo.validate(store, shacl_graph=shapes, advanced=False)
count = text.count("Constraint Violation in")
""",
    "pyrudof": """
import pyrudof
session = pyrudof.Rudof(pyrudof.RudofConfig())
session.read_data(data, format=pyrudof.RDFFormat.NTriples)
session.read_shacl(shapes)
report = session.validate_shacl()
count, text = len(report), str(report)
""",
    "pyshacl": """
import pyshacl
conforms, graph, text = pyshacl.validate(data, data_graph_format="nt", shacl_graph=shapes, advanced=False)
count = text.count("Constraint Violation in")
""",
}
PROLOGUE = "import sys\ndata, shapes = sys.argv[1:]\n"
EPILOGUE = "\nprint(count)\n"


def run(command):
    """Processor seconds, wall seconds, peak memory in MB, output; nothing if it took too long or failed."""
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        child = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            if time.perf_counter() - started > LIMIT:
                child.kill()
                os.wait4(child.pid, 0)
                return None
            time.sleep(0.002)
        child.returncode = status
        output.seek(0)
        text = output.read().decode()
        wall = time.perf_counter() - started
        return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, text


def engines(eusl, python):
    """Names, and how each is called with data and shapes."""
    for name, options in EUSL:
        yield name, lambda data, shapes: [eusl, "validate", data, "--shapes", shapes, *options]
    for name, script in PEERS.items():
        text = PROLOGUE + script + EPILOGUE
        yield name, lambda data, shapes, text=text: [python, "-c", text, data, shapes]


def results(name, text):
    if name.startswith("eusl"):
        return text.count("sh:ValidationResult")
    return text.strip().splitlines()[-1] if text.strip() else "failed"


def main():
    eusl, python, rounds, shapes, *files = sys.argv[1:]
    late = set()
    for data in files:
        print(f"\n{pathlib.Path(data).name}")
        measured = {name: [] for name, _ in engines(eusl, python)}
        for _ in range(int(rounds)):
            for name, command in engines(eusl, python):
                if name not in late:
                    outcome = run(command(data, shapes))
                    if outcome is None:
                        late.add(name)
                    else:
                        measured[name].append(outcome)
        for name, runs in measured.items():
            if not runs:
                print(f"{name:16} not run, or longer than {LIMIT} s")
                continue
            cpu = [one[0] for one in runs]
            wall, memory = min(one[1] for one in runs), max(one[2] for one in runs)
            print(
                f"{name:16} CPU {min(cpu):7.2f} (median {statistics.median(cpu):7.2f}) s, wall {wall:7.2f} s,"
                f" {memory:6.0f} MB, results {results(name, runs[0][3])}"
            )


if __name__ == "__main__":
    main()

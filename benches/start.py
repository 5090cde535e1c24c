#!/usr/bin/env python3
"""From the start of a server to its first answer, the memory that it takes, and what a write costs, in a large register.

    benches/start.py DIRECTORY --base IRI [--eusl PROGRAM] [--snapshot PATTERN] [--queries FOLDER] [--rounds N] [--writes N]

DIRECTORY is a register that no server uses, `--snapshot` matches the graph's file in it, and `--queries` has .rq files that are asked before
memory is looked at for the second time. A start is measured from the program's beginning to an answer about the data: with the
file there and in the system's cache, with it there and not in that cache, and without it, when it is made of the register. Memory is that of all
processes, pages that they share counted once (PSS), and what they have for themselves.

A write is a PUT of one record over HTTP with a token, synced, in turn with a bare SQLite transaction that writes the same
text (WAL, synchronous=FULL) in the same directory. docs/BENCHMARKS.md keeps what it printed.
"""

import argparse
import http.client
import os
import pathlib
import re
import sqlite3
import statistics
import subprocess
import time
import urllib.parse
import urllib.request

from support import machine, peers

PORT = 7945
# Asks something of the data that no statistics answer beforehand.
FIRST = "SELECT ?s ?o { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o } LIMIT 1"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
# Seconds between two writes in which nothing happens, so that each stands alone.
PAUSE = 0.005


def serve(chosen):
    """A server, and the seconds until it answered a query about the data."""
    listen = ["--listen", f"127.0.0.1:{PORT}", "--site", f"http://localhost:{PORT}/", "--dumps", "off"]
    command = [chosen.eusl, "serve", "--data", chosen.directory, "--base", chosen.base, *listen, *chosen.arguments.split()]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        try:
            status, body = peers.ask(endpoint(), FIRST)
            if status == 200 and b'"bindings":[{' in body.replace(b" ", b""):
                return process, time.perf_counter() - begun
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.005)
    raise SystemExit(f"eusl ended with {process.returncode}: {' '.join(map(str, command))}")


def endpoint():
    return f"http://127.0.0.1:{PORT}/sparql"


def end(process):
    process.terminate()
    process.wait()


def snapshots(chosen):
    return [path for path in pathlib.Path(chosen.directory).rglob(chosen.snapshot) if path.is_file()]


def forget(paths):
    """Takes files out of the system's cache."""
    for path in paths:
        with open(path, "rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def memory(process):
    pids = machine.family(process.pid)
    told = [machine.own(pid) for pid in pids]
    return f"{machine.proportional(pids):.0f} MiB PSS, {sum(own for own, _, _ in told):.0f} MiB of their own, in {len(pids)} processes"


def starts(chosen):
    register = [path for path in pathlib.Path(chosen.directory).iterdir() if path.is_file()]
    kinds = {
        "snapshot there": lambda: None,
        "snapshot there, nothing in the system's cache": lambda: forget(register + snapshots(chosen)),
        "no snapshot": lambda: [path.unlink() for path in snapshots(chosen)],
    }
    # Whatever is missing is made first.
    end(serve(chosen)[0])
    time.sleep(1)
    for name, prepare in kinds.items():
        taken, told = [], []
        for _ in range(chosen.rounds):
            prepare()
            process, seconds = serve(chosen)
            taken.append(seconds)
            told.append(memory(process))
            if not snapshots(chosen):
                time.sleep(5)
            end(process)
        print(f"{name}: {' / '.join(f'{seconds:.2f}' for seconds in taken)} s; then {told[-1]}", flush=True)


def after_queries(chosen):
    """Memory when every worker that was needed has read what queries make it read."""
    process, _ = serve(chosen)
    status, body = peers.ask(endpoint(), COUNT)
    print(f"{re.search(rb'(?<=.value.:.)[0-9]+', body.replace(b' ', b''))[0].decode()} triples; snapshot {sum(path.stat().st_size for path in snapshots(chosen)) / 2**20:.0f} MiB")
    if chosen.queries:
        for path in sorted(pathlib.Path(chosen.queries).glob("*.rq")):
            status, _ = peers.ask(endpoint(), path.read_text(), "application/sparql-results+json, application/n-triples")
            if status != 200:
                print(f"{path.stem}: {status}")
        print(f"after {chosen.queries}: {memory(process)}")
    return process


def token(chosen):
    command = [chosen.eusl, "--data", chosen.directory, "token", "add", f"bench-{time.time():.0f}", "--role", "manage"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return re.search(r"eusl_\S+", told)[0]


def writes(chosen, process):
    """PUT of one record after another, in turn with bare transactions of the same text."""
    secret, url = token(chosen), urllib.parse.urlsplit(endpoint())
    # After its start a server still has work to do, such as an index of texts.
    while machine.busy(process.pid, 2) > 0.05:
        pass
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/n-triples", "If-Match": "*"}
    bare = sqlite3.connect(pathlib.Path(chosen.directory) / "bare.sqlite", isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    bare.execute("CREATE TABLE IF NOT EXISTS bare (text TEXT)")
    ours, theirs = [], []
    for number, (path, text) in enumerate(records(chosen)):
        changed = re.sub(r'"([^"]*)"@', lambda found: f'"{found[1]} {number}"@', text, count=1)
        ours.append(timed(lambda: put(connection, path, changed, headers)))
        time.sleep(PAUSE)
        theirs.append(timed(lambda: bare.execute("INSERT INTO bare (text) VALUES (?)", [changed])))
        time.sleep(PAUSE)
    for name, times in {"PUT of a record": ours, "bare transaction": theirs}.items():
        print(f"{name}: median {statistics.median(times):.2f}, 99 of 100 {sorted(times)[len(times) * 99 // 100]:.2f}, most {max(times):.1f} ms ({len(times)})")
    print(f"above the bare transaction: {statistics.median(ours) - statistics.median(theirs):.2f} ms")


def timed(action):
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1000


def put(connection, path, text, headers):
    connection.request("PUT", path, text.encode(), headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 204:
        raise SystemExit(f"PUT {path}: {answer.status} {body[:300]}")


def records(chosen):
    """Addresses and texts of records of one class, from all over the register."""
    _, body = peers.ask(endpoint(), f"SELECT ?s {{ ?s a <{chosen.of_class}> }}", "text/csv")
    iris = sorted(line for line in body.decode().split() if "/id/" in line and "#" not in line)
    for iri in iris[:: max(1, len(iris) // chosen.writes)][: chosen.writes]:
        address = f"/doc/{iri.split('/id/', 1)[1]}"
        request = urllib.request.Request(f"http://127.0.0.1:{PORT}{address}", headers={"Accept": "application/n-triples"})
        shown = urllib.request.urlopen(request, timeout=60).read().decode().splitlines(keepends=True)
        # A document also shows some of its neighbours.
        yield address, "".join(line for line in shown if line.startswith((f"<{iri}>", f"<{iri}#")))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory")
    parser.add_argument("--base", required=True)
    parser.add_argument("--eusl", default="target/release/eusl")
    parser.add_argument("--arguments", default="", help="further ones of `eusl serve`")
    parser.add_argument("--snapshot", default="*.snapshot*")
    parser.add_argument("--queries")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--writes", type=int, default=200)
    parser.add_argument("--of-class", default="http://purl.org/vocab/cpsv#PublicService", help="of the records that are written")
    chosen = parser.parse_args()
    print(machine.described())
    if chosen.rounds:
        starts(chosen)
    process = after_queries(chosen)
    try:
        if chosen.writes:
            writes(chosen, process)
            print(f"after the writes: {memory(process)}")
    finally:
        end(process)
    print(machine.described())


main()

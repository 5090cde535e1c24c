#!/usr/bin/env python3
"""Times queries on several SPARQL endpoints in one run, in turn, over kept-open connections.

usage: queries.py FOLDER ROUNDS NAME=URL [NAME=URL ...]

FOLDER holds .rq files. Each query is asked once unmeasured, then ROUNDS times on each endpoint,
endpoints in turn; one slower than five seconds is measured by its first answer. Prints the least and the median time in milliseconds, the number of bytes of each
answer's body, and whether the answers have as many solutions (JSON) or triples (N-Triples).
"""
import http.client
import json
import pathlib
import statistics
import sys
import time
import urllib.parse

ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
LIMIT = 60
# A query slower than this (milliseconds) is measured by its first answer alone.
SLOW = 5_000


class Endpoint:
    def __init__(self, name, url):
        self.name, self.url, self.connection = name, urllib.parse.urlsplit(url), None

    def ask(self, query):
        """Milliseconds and the size of the answer, or None if there was none."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=LIMIT)
        headers = {"Content-Type": "application/sparql-query", "Accept": ACCEPT}
        start = time.perf_counter()
        try:
            self.connection.request("POST", self.url.path, query.encode(), headers)
            response = self.connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException):
            self.connection = None
            return None
        took = (time.perf_counter() - start) * 1000
        return (took, size(body)) if response.status == 200 else None


def size(body):
    """How many solutions or triples a body holds."""
    if body.lstrip()[:1] == b"{":
        answer = json.loads(body)
        return len(answer["results"]["bindings"]) if "results" in answer else 1
    return sum(1 for line in body.splitlines() if line.strip())


def main():
    folder, rounds = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    endpoints = [Endpoint(*argument.split("=", 1)) for argument in sys.argv[3:]]
    print("| query | " + " | ".join(f"{e.name} min | median | size" for e in endpoints) + " |")
    print("|---|" + "---|" * 3 * len(endpoints))
    for path in sorted(folder.glob("*.rq")):
        query = path.read_text()
        asked = {e.name: [] for e in endpoints}
        for e in endpoints:
            first = e.ask(query)
            slow = first and first[0] > SLOW
            asked[e.name] = [first] if slow or not first else []
        for _ in range(rounds):
            for e in endpoints:
                if not asked[e.name] or asked[e.name][0] is not None and asked[e.name][0][0] <= SLOW:
                    asked[e.name].append(e.ask(query))
        cells = []
        for e in endpoints:
            answers = [answer for answer in asked[e.name] if answer]
            if not answers:
                cells.append(f"none in {LIMIT} s | – | –")
                continue
            times = [took for took, _ in answers]
            cells.append(f"{min(times):.2f} | {statistics.median(times):.2f} | {answers[-1][1]}")
        print(f"| {path.stem} | " + " | ".join(cells) + " |", flush=True)


main()

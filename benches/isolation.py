#!/usr/bin/env python3
"""What it costs that queries run in processes of their own: latency of small ones, and throughput beside `oxigraph serve`.

    benches/isolation.py DATA.nt [--eusl PROGRAM] [--oxigraph PROGRAM] [--rounds N]

DATA.nt is made by `gen_services.py`. Ours is served with workers and with `--workers 0`, without its cache of answers, and as it is without
any option; `oxigraph serve` in memory and from disk. Prints for each server the median and the 99th of a hundred latencies of queries that need no work, over one
connection, all servers in turn; then answers a second of DESCRIBE of any service and of the titles of any municipality's services in one
language, for one client and for eight, with the processor time that an answer took: any of 5,000 queries by chance. Needs wrk. docs/BENCHMARKS.md keeps what it printed.
"""

import argparse
import contextlib
import http.client
import pathlib
import re
import statistics
import subprocess
import tempfile
import time
import urllib.parse

from support import machine, peers

PORT = 7940
# Latencies of one query on one server in one round.
IN_A_ROW = 500
SECONDS = 4
ID = "https://services.example.eu/id/"
EMPTY = {
    "ASK {}": "ASK {{ FILTER({} > 0) }}",
    "one value": "SELECT ({} AS ?n) {{}}",
    "one triple": f"SELECT ?t {{{{ <{ID}service/{{}}> a ?t }}}}",
    # Not among those that the server answers itself.
    "an expression": "ASK {{ FILTER REGEX('{}', '1') }}",
}
POINTS = {
    "DESCRIBE": ("application/n-triples", lambda n: f"DESCRIBE <{ID}service/{n * 7 % 10_000}>"),
    "titles of a town": (
        "application/sparql-results+json",
        lambda n: f"SELECT ?s ?t {{ ?s <http://data.europa.eu/m8g/hasCompetentAuthority> <{ID}org/municipality/{n % 270}> ;"
        f' <http://purl.org/dc/terms/title> ?t FILTER(LANGMATCHES(LANG(?t),"nl")) }} ORDER BY ?t # {n}',
    ),
}
# One request after the other, in an order that chance decides, so that rounds do not repeat one another.
SCRIPT = """
local paths = {PATHS}
math.randomseed(os.time())
request = function() return wrk.format("GET", paths[math.random(#paths)]) end
"""


def servers(chosen, running):
    def keep(server):
        running.callback(server.end)
        return server

    data, unkept = ["--scratch", chosen.data], ["--answer-cache-megabytes", "0"]
    yield keep(peers.eusl(chosen.eusl, PORT, [*data, *unkept], "eusl, workers"))
    yield keep(peers.eusl(chosen.eusl, PORT + 1, [*data, *unkept, "--workers", "0"], "eusl, in process"))
    yield keep(peers.eusl(chosen.eusl, PORT + 4, data, "eusl, workers, answers kept"))
    if chosen.oxigraph:
        yield keep(peers.oxigraph_in_memory(chosen.oxigraph, PORT + 2, chosen.data))
        yield keep(peers.oxigraph_on_disk(chosen.oxigraph, PORT + 3, chosen.data, chosen.folder))


def latencies(server, template, numbers):
    """Milliseconds of queries one after the other on one connection."""
    url, taken = urllib.parse.urlsplit(server.endpoint), []
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
    headers = peers.FORM | {"Accept": "application/sparql-results+json"}
    for number in numbers:
        body = peers.form(template.format(number))
        begun = time.perf_counter()
        connection.request("POST", url.path, body, headers)
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - begun) * 1000)
        assert answer.status == 200, f"{server.name}: {answer.status}"
    connection.close()
    return taken


def small(chosen, running):
    """Latency of queries that need no work."""
    heads = " | ".join(f"{name}, p50 | p99" for name in EMPTY)
    print(f"\n| milliseconds | {heads} |\n|---|{'---|' * (2 * len(EMPTY))}")
    taken, number = {}, 1
    for round_ in range(chosen.rounds + 1):
        for name, template in EMPTY.items():
            for server in running:
                times = latencies(server, template, range(number, number + IN_A_ROW))
                # The first round is not kept.
                taken.setdefault((server.name, name), []).extend(times if round_ else [])
                number += IN_A_ROW
    for server in running:
        cells = []
        for name in EMPTY:
            times = sorted(taken[server.name, name])
            cells.append(f"{statistics.median(times):.3f} | {times[len(times) * 99 // 100]:.2f}")
        print(f"| {server.name} | {' | '.join(cells)} |", flush=True)


def points(chosen, running, folder):
    """Answers a second, and processor microseconds of an answer, of all processes of the server."""
    cases = [(name, clients) for name in POINTS for clients in [1, 8]]
    heads = " | ".join(f"{name}, {clients} client{'s' * (clients > 1)}" for name, clients in cases)
    print(f"\n| answers a second (µs of processor each) | {heads} |\n|---|{'---|' * len(cases)}")
    seen = {}
    for round_ in range(chosen.rounds):
        for name, clients in cases:
            for server in running:
                seen.setdefault((server.name, name, clients), []).append(rate(server, name, clients, folder))
    for server in running:
        cells = []
        for name, clients in cases:
            rates, spent = zip(*seen[server.name, name, clients])
            cells.append(f"{statistics.median(rates):,.0f} ({min(rates):,.0f}–{max(rates):,.0f}; {statistics.median(spent):.0f})")
        print(f"| {server.name} | {' | '.join(cells)} |", flush=True)


def rate(server, name, clients, folder):
    accept, query = POINTS[name]
    url = urllib.parse.urlsplit(server.endpoint)
    script = pathlib.Path(folder) / f"{server.process.pid}-{name.replace(' ', '-')}.lua"
    paths = ",".join(f'"{url.path}?query={urllib.parse.quote(query(n))}"' for n in range(5_000))
    script.write_text(SCRIPT.replace("PATHS", paths))
    before = machine.cpu(machine.family(server.process.pid))
    command = ["wrk", "-t1", f"-c{clients}", f"-d{SECONDS}s", "-s", script, "-H", f"Accept: {accept}", f"http://127.0.0.1:{url.port}/"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    after = machine.cpu(machine.family(server.process.pid))
    assert "Non-2xx" not in told, f"{server.name}: {told}"
    count = int(re.search(r"(\d+) requests in", told)[1])
    spent = sum(seconds - before.get(pid, 0) for pid, seconds in after.items())
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), spent / count * 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--eusl", default="target/release/eusl")
    parser.add_argument("--oxigraph")
    parser.add_argument("--folder", default="target/benches", help="where a loaded database stays")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    pathlib.Path(chosen.folder).mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as running, tempfile.TemporaryDirectory() as folder:
        started = list(servers(chosen, running))
        print(machine.described())
        small(chosen, started)
        points(chosen, started, folder)
        print(machine.described())


main()

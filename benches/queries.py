#!/usr/bin/env python3
"""Times queries on our server, `oxigraph serve` and Virtuoso over the same data, in one run and in turn.

    benches/queries.py DATA.nt QUERIES --eusl 'PROGRAM ARGUMENTS' [--oxigraph PROGRAM] [--virtuoso FOLDER] [--rounds N]

DATA.nt and QUERIES are what `gen_services.py` makes and a folder of .rq files. Every server is started here, loaded and
ended. `--eusl` is the program and what `eusl serve` is given beside data and address, such as an option that keeps no
answers: the same text is asked again and again, and no cache of answers may say it. FOLDER holds `virtuoso-t` and
`isql-vt`; loaded databases stay in `--folder` for a second run.

Each query is asked once unmeasured on each server, then in rounds, servers in turn, in an order shuffled anew for each, over
connections that stay open. A
server that needs longer than `--limit` seconds for a query is started anew and not asked that again. Prints for each query
the least and the median milliseconds of each server, how many times as long as ours the median of another is, how many
solutions or triples all gave, and where a server gave others; last the geometric means. Docs/BENCHMARKS.md keeps it.
"""

import argparse
import contextlib
import hashlib
import http.client
import json
import math
import pathlib
import random
import shlex
import statistics
import time
import urllib.parse

from support import machine, peers

SOLUTIONS = "application/sparql-results+json"
# What Virtuoso calls N-Triples when it is asked for triples alone, and the others too.
TRIPLES = "application/n-triples"
PORT = 7940
# A query slower than this (milliseconds) is measured five times at most.
SLOW = 3_000
# Whoever is asked next finds the processor's caches as the one before left them, so the order is another in each round.
CHANCE = random.Random(1)


class Client:
    """One connection to a server that stays open."""

    def __init__(self, server, limit):
        self.server, self.limit, self.connection = server, limit, None

    def ask(self, query):
        """Milliseconds and the answer's body; nothing if there was none in time."""
        kept = self.connection is not None
        try:
            return self.ask_once(query)
        except TimeoutError:
            self.connection = None
        except (OSError, http.client.HTTPException):
            # A server may have closed a connection while others were asked.
            self.connection = None
            return self.ask(query) if kept else None

    def ask_once(self, query):
        url = urllib.parse.urlsplit(self.server.endpoint)
        if self.connection is None:
            self.connection = http.client.HTTPConnection(url.hostname, url.port, timeout=self.limit)
        headers = peers.FORM | {"Accept": accepted(query)}
        begun = time.perf_counter()
        self.connection.request("POST", peers.target(url), peers.form(query), headers)
        answer = self.connection.getresponse()
        body = answer.read()
        taken = (time.perf_counter() - begun) * 1000
        return (taken, body) if answer.status == 200 else None


def accepted(query):
    return TRIPLES if " DESCRIBE " in query or " CONSTRUCT " in query else SOLUTIONS


def values(query, body):
    """What tells one answer from another: the one value of a count, the solutions, or the number of triples.

    Datatypes are left out, since Virtuoso gives some numbers another, and so is the order.
    """
    if accepted(query) == TRIPLES:
        return f"{sum(1 for line in body.splitlines() if line.strip() and not line.startswith(b'#'))} triples"
    found = [sorted((name, term["value"]) for name, term in one.items()) for one in json.loads(body)["results"]["bindings"]]
    if len(found) == 1 and len(found[0]) == 1:
        return found[0][0][1]
    digest = hashlib.sha256(json.dumps(sorted(found)).encode()).hexdigest()
    return f"{len(found)} solutions ({digest[:4]})" if found else "no solutions"


def measure(clients, query, rounds):
    """Times and the answer of each server that gave one."""
    answers = {}
    for client in clients:
        first = client.ask(query)
        if first is None:
            client.server.restart()
        else:
            answers[client] = first
    times = {client: [] for client in answers}
    for _ in range(rounds):
        for client in CHANCE.sample(list(answers), len(answers)):
            if answers[client][0] < SLOW or len(times[client]) < 5:
                if answer := client.ask(query):
                    times[client].append(answer[0])
    return times, {client: values(query, body) for client, (_, body) in answers.items()}


def row(name, clients, times, answers, ratios):
    """A line of the table; the ratios of the medians are kept for the means."""
    ours = statistics.median(times[clients[0]])
    cells = []
    for client in clients:
        if not times.get(client):
            cells += [f"none in {client.limit} s", "–"] + ([f"over {client.limit * 1000 / ours:,.0f}"] if client != clients[0] else [])
            continue
        median = statistics.median(times[client])
        cells += [f"{min(times[client]):.2f}", f"{median:.2f}"]
        if client != clients[0]:
            ratios.setdefault(client, {})[name] = (median / ours, min(times[client]) / min(times[clients[0]]))
            cells.append(f"{median / ours:.2f}")
    expected = answers[clients[0]]
    others = [f"{client.server.name}: {answers[client]}" for client in answers if answers[client] != expected]
    return f"| {name} | {' | '.join(cells)} | {'; '.join([expected] + others)} |"


def means(clients, ratios, count):
    for client in clients[1:]:
        of_medians, of_minima = zip(*ratios[client].values())
        behind = [name for name, (ratio, _) in ratios[client].items() if ratio <= 1]
        print(
            f"{client.server.name}: {count - len(behind)} of {count} take longer than ours; geometric mean of {len(of_medians)} ratios"
            f" {geometric(of_medians):.2f} (medians), {geometric(of_minima):.2f} (minima)" + (f"; sooner: {', '.join(behind)}" if behind else "")
        )


def geometric(numbers):
    return math.exp(statistics.fmean(math.log(number) for number in numbers))


def servers(chosen, running):
    """Those that were asked for, ours first; each is ended with the run."""

    def keep(server):
        running.callback(server.end)
        return server

    program, *arguments = shlex.split(chosen.eusl)
    yield keep(peers.eusl(program, PORT, ["--scratch", chosen.data, *arguments]))
    if chosen.oxigraph:
        yield keep(peers.oxigraph_in_memory(chosen.oxigraph, PORT + 1, chosen.data))
        yield keep(peers.oxigraph_on_disk(chosen.oxigraph, PORT + 2, chosen.data, chosen.folder))
    if chosen.virtuoso:
        yield keep(peers.virtuoso(chosen.virtuoso, PORT + 3, chosen.data, chosen.folder))


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("queries", type=pathlib.Path)
    parser.add_argument("--eusl", default="target/release/eusl")
    parser.add_argument("--oxigraph")
    parser.add_argument("--virtuoso")
    parser.add_argument("--folder", default="target/benches", help="where loaded databases stay")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--limit", type=float, default=30, help="seconds that a query may take")
    return parser.parse_args()


def main():
    chosen, ratios = options(), {}
    pathlib.Path(chosen.folder).mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as running:
        clients = [Client(server, chosen.limit) for server in servers(chosen, running)]
        print(machine.described())
        names = [client.server.name for client in clients]
        heads = [f"{name}, least | median" + (" | times" if place else "") for place, name in enumerate(names)]
        print(f"| query | {' | '.join(heads)} | answers |\n|---|{'---|' * (3 * len(names))}")
        paths = sorted(chosen.queries.glob("*.rq"))
        for path in paths:
            times, answers = measure(clients, path.read_text(), chosen.rounds)
            print(row(path.stem, clients, times, answers, ratios), flush=True)
        means(clients, ratios, len(paths))
        print(machine.described())


main()

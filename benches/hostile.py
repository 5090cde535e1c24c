#!/usr/bin/env python3
"""Holds a running server to it that nobody can hurt it: hostile queries, clients of bad manners, and the others meanwhile.

    benches/hostile.py SITE PID [--limit SECONDS] [--minutes N] [--clients N]

SITE is where a register is served (http://127.0.0.1:7878/), PID the process, `--limit` its `--query-seconds`. First only two
good clients ask, one for documents of entries and one small queries about them, each at its own steady pace. Then hostile
clients join them for so many minutes and ask, in an order shuffled anew each time, everything in `support/hostile_queries.py` and
`support/hostile_manners.py`. Every client has an address of its own (127.0.0.…). On a machine of its own a client would wait for no hostile one and for no
process of the server, so hostile ones run with a lower priority, and good ones with a higher where that is allowed (root).

Prints how each hostile request ended, and the longest it took; whether any lasted longer than its limit and a second; what
the good clients saw before and during; memory, threads and processes of the server, seen every 0.2 s; what its processes still do
two seconds after the last hostile client left; and whether it is the process that it was. Ends with 1 if something did not hold.
"""

import argparse
import collections
import contextlib
import http.client
import multiprocessing
import os
import random
import re
import statistics
import sys
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass

from support import machine
from support.hostile_manners import MANNERS, asked
from support.hostile_queries import queries
from support.peers import FORM, form

# Requests of a good client in a second.
PACE = 25


@dataclass(frozen=True)
class Place:
    host: str
    port: int
    path: str


def main():
    chosen = options()
    url = urllib.parse.urlsplit(chosen.site)
    place = Place(url.hostname, url.port, "/sparql")
    born, entries = machine.started(chosen.pid), entries_of(chosen.site)
    print(machine.described())
    good = [Good(place, entries, documents, "127.0.0.2"), Good(place, entries, small_queries, "127.0.0.3")]
    time.sleep(chosen.before)
    for client in good:
        client.turn("during")
    watch = machine.Watch(chosen.pid)
    endings = hostile(chosen, place)
    for client in good:
        client.turn("after")
    time.sleep(2)
    # The good ones go on, so that what they cost is told beside it.
    busy = machine.busy(chosen.pid, 3)
    seen = {client.name: client.end() for client in good}
    idle = machine.busy(chosen.pid, 3)
    watch.end()
    report(chosen, endings, seen)
    print(f"{watch.told()}\ntwo seconds after the last hostile client left: {busy:.2f} cores busy, with the good ones gone {idle:.2f}")
    lives = alive(chosen.pid, born)
    print("the process is the one that it was" if lives else "THE PROCESS IS NOT THE ONE THAT IT WAS")
    print(machine.described())
    sys.exit(0 if lives and all(holds(chosen, endings, seen, idle)) else 1)


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site")
    parser.add_argument("pid", type=int)
    parser.add_argument("--limit", type=float, default=20, help="seconds that a query may take there")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--before", type=float, default=60, help="seconds that good clients are alone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="what the names of the hostile requests match")
    return parser.parse_args()


def alive(pid, born):
    try:
        return machine.started(pid) == born and machine.fields(pid)[0] != "Z"
    except OSError:
        return False


# Good clients


def entries_of(site):
    """The numbers of the entries of the list."""
    request = urllib.request.Request(f"{site}list/services", headers={"Accept": "application/n-triples"})
    listed = urllib.request.urlopen(request, timeout=60).read().decode()
    return sorted(set(re.findall(r"<([^<> ]*id/service-type/\d+)>", listed)))


def documents(place, iri, number):
    return "GET", "/doc/" + iri.split("/id/", 1)[1], None, {"Accept": "text/turtle"}


def small_queries(place, iri, number):
    """Three of a kind, each asked of another entry each time, with a number that no cache has seen."""
    kinds = [
        f"SELECT ?name {{ <{iri}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?name }} # {number}",
        f"ASK {{ <{iri}> ?p ?o FILTER(?o = {number}) }}",
        f"SELECT ?p (COUNT(*) AS ?n) {{ <{iri}> ?p ?o }} GROUP BY ?p # {number}",
    ]
    return "POST", place.path, form(kinds[number % 3]), FORM | {"Accept": "application/sparql-results+json"}


class Good:
    """A client in a process of its own that asks at a steady pace and keeps how long each answer took, by turn."""

    def __init__(self, place, entries, requests, source):
        self.name = requests.__name__.replace("_", " ")
        self.pipe, other = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=self.run, args=(place, entries, requests, source, other), daemon=True)
        self.process.start()

    def turn(self, name):
        self.pipe.send(name)

    def end(self):
        self.pipe.send(None)
        seen = self.pipe.recv()
        self.process.join()
        return seen

    @staticmethod
    def run(place, entries, requests, source, pipe):
        with contextlib.suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, -10)
        taken, failed = collections.defaultdict(list), collections.defaultdict(collections.Counter)
        turn, number, connection = "before", 0, None
        next_one = time.perf_counter()
        while turn:
            begun = time.perf_counter()
            connection, status = once(connection, place, source, requests(place, entries[number * 7 % len(entries)], number))
            taken[turn].append((time.perf_counter() - begun) * 1000)
            if status != 200:
                failed[turn][status] += 1
            number += 1
            # One that had to wait does not make up for it: the pace is a client's, not a flood's.
            next_one = max(next_one + 1 / PACE, time.perf_counter())
            time.sleep(max(0.0, next_one - time.perf_counter()))
            if pipe.poll():
                turn = pipe.recv()
        pipe.send((dict(taken), dict(failed)))


def once(connection, place, source, request):
    """One request on a connection that is kept, and its status."""
    method, path, body, headers = request
    if connection is None:
        connection = http.client.HTTPConnection(place.host, place.port, timeout=60, source_address=(source, 0))
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return None, type(error).__name__
    return connection, answer.status


# Hostile clients


def hostile(chosen, place):
    """What each hostile request came to, by name."""
    asks = {name: (asked, query) for name, query in queries(f"{chosen.site}sparql").items()}
    asks |= {name: (manner, None) for name, manner in MANNERS.items()}
    asks = {name: ask for name, ask in asks.items() if re.search(chosen.only, name)}
    end, place_in_order, order = time.monotonic() + chosen.minutes * 60, multiprocessing.Value("q", 0), []
    chance = random.Random(chosen.seed)
    for _ in range(1000):
        order += chance.sample(sorted(asks), len(asks))
    told = multiprocessing.Queue()
    clients = [
        multiprocessing.Process(target=assail, args=(chosen, place, f"127.0.0.{10 + n}", asks, order, place_in_order, end, told))
        for n in range(chosen.clients)
    ]
    for client in clients:
        client.start()
    endings, open_ones = collections.defaultdict(list), len(clients)
    while open_ones:
        one = told.get()
        if one is None:
            open_ones -= 1
        else:
            endings[one[0]].append(one[1])
    for client in clients:
        client.join()
    return endings


def assail(chosen, place, source, asks, order, place_in_order, end, told):
    os.nice(5)
    while time.monotonic() < end:
        with place_in_order.get_lock():
            name = order[place_in_order.value]
            place_in_order.value += 1
        ask, query = asks[name]
        try:
            outcome = ask(place, source, chosen.limit, query) if query else ask(place, source, chosen.limit)
        except OSError as error:
            outcome = type(error).__name__
        told.put((name, outcome))
        time.sleep(0.05)
    told.put(None)


# What it came to


def late(chosen, outcome):
    return outcome.is_timed and outcome.seconds > chosen.limit + 1


def report(chosen, endings, seen):
    print(f"\n| hostile request | asked | ends | longest, s | most bytes |\n|---|---|---|---|---|")
    for name, all_of_it in endings.items():
        outcomes = [one for one in all_of_it if not isinstance(one, str)]
        ends = collections.Counter(one if isinstance(one, str) else one.end for one in all_of_it)
        told = ", ".join(f"{end} ({count})" if len(ends) > 1 else end for end, count in ends.most_common())
        mark = " **late**" if any(late(chosen, one) for one in outcomes) else ""
        longest, most = (max((getattr(one, what) for one in outcomes), default=0) for what in ["seconds", "size"])
        print(f"| {name} | {len(all_of_it)} | {told} | {longest:.1f}{mark} | {most:,} |")
    print("\n| good client | requests | p50, ms | p99 | most | failed |\n|---|---|---|---|---|---|")
    for name, (taken, failed) in seen.items():
        for turn, times in taken.items():
            wrong = ", ".join(f"{status}: {count}" for status, count in failed.get(turn, {}).items()) or "none"
            print(f"| {name}, {turn} | {len(times)} | {statistics.median(times):.2f} | {percentile(times, 99):.2f} | {max(times):.1f} | {wrong} |")
    print()


def percentile(numbers, share):
    return sorted(numbers)[min(len(numbers) - 1, len(numbers) * share // 100)]


def holds(chosen, endings, seen, idle):
    """Says what did not hold, and gives whether each thing did."""
    outcomes = [(name, one) for name, all_of_it in endings.items() for one in all_of_it]
    lasted = sorted({name for name, one in outcomes if not isinstance(one, str) and late(chosen, one)})
    unsaid = sorted({name for name, one in outcomes if isinstance(one, str) or not one.is_honest})
    taken, failed = seen["documents"]
    ratio = percentile(taken["during"], 99) / percentile(taken["before"], 99)
    print(f"{len(outcomes)} hostile requests of {len(endings)} kinds in {chosen.minutes:g} minutes by {chosen.clients} clients")
    print(f"longer than {chosen.limit:g} s and a second: {', '.join(lasted) or 'none'}")
    print(f"without an honest end: {', '.join(unsaid) or 'none'}")
    print(f"documents of entries: 99 of 100 within {ratio:.2f} times what is usual")
    return not lasted, not unsaid, ratio <= 2, not failed, idle < 0.05


main()

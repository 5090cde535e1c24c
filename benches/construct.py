"""A CONSTRUCT of everything, from two endpoints in turn: first byte, whole, bytes, and how far each server's memory grows.

usage: construct.py TIMES NAME=ENDPOINT=PID ...
"""
import http.client
import sys
import threading
import time
import urllib.parse

QUERY = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def resident(pid):
    """The resident memory of a process, in MB."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


class Watch(threading.Thread):
    """Looks at a process's memory until told to end."""

    def __init__(self, pid):
        super().__init__()
        self.pid, self.most, self.ended = pid, resident(pid), False
        self.start()

    def run(self):
        while not self.ended:
            self.most = max(self.most, resident(self.pid))
            time.sleep(0.05)


def ask(endpoint):
    url = urllib.parse.urlparse(endpoint)
    connection = http.client.HTTPConnection(url.netloc, timeout=600)
    start = time.perf_counter()
    connection.request("POST", url.path, QUERY, {"Content-Type": "application/sparql-query", "Accept": "application/n-triples"})
    answer = connection.getresponse()
    count = len(answer.read(1))
    first = time.perf_counter() - start
    while chunk := answer.read(1 << 20):
        count += len(chunk)
    return first * 1000, time.perf_counter() - start, count


print("| server | first byte, ms | whole, s | bytes | memory before, MB | most, MB |\n|---|---|---|---|---|---|")
for _ in range(int(sys.argv[1])):
    for peer in sys.argv[2:]:
        name, endpoint, pid = peer.split("=")
        before, watch = resident(pid), Watch(pid)
        first, whole, count = ask(endpoint)
        watch.ended = True
        watch.join()
        print(f"| {name} | {first:.1f} | {whole:.2f} | {count} | {before:.0f} | {watch.most:.0f} |", flush=True)

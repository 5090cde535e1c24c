"""Servers that benchmarks ask: each started on a port of its own over the same data, and ended with the benchmark.

The peers are `oxigraph serve` (from PyPI) and Virtuoso (the programs of Debian's `virtuoso-opensource-7-bin`). What is loaded
and where a server keeps it stands in a folder that the caller gives.
"""

import http.client
import os
import pathlib
import subprocess
import time
import urllib.parse
import urllib.request

# What a server may need until it answers for the first time, seconds; the largest data set is read in that time.
PATIENCE = 900
# The graph that Virtuoso keeps the data in. Its own few thousand triples stand in others.
GRAPH = "http://benchmark.example/"
# Pages of eight kibibytes that Virtuoso may keep in memory: 2.7 GiB, far more than the data need.
BUFFERS = 340_000
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
VIRTUOSO = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = {sql}
DirsAllowed = {data}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
CheckpointInterval = 0
[HTTPServer]
ServerPort = {port}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000000
"""


class Server:
    """A running server: its name, the process, and the address of its endpoint."""

    def __init__(self, name, endpoint, command, environment=None, after_start=None):
        self.name, self.endpoint, self.command, self.environment = name, endpoint, command, environment
        self.after_start, self.process = after_start, None
        self.start()

    def start(self):
        """Starts it, waits until it answers, and gives the seconds that took."""
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            self.command, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.wait()
        if self.after_start:
            self.after_start()
        return time.perf_counter() - begun

    def wait(self):
        """Asks until there is an answer."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise SystemExit(f"{self.name} ended with {self.process.returncode}: {' '.join(self.command)}")
            try:
                if ask(self.endpoint, "ASK {}", timeout=60)[0] == 200:
                    return
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.005)
        raise SystemExit(f"{self.name} did not answer in {PATIENCE} s")

    def end(self):
        """Ends it at once: what it kept is thrown away or read only."""
        self.process.kill()
        self.process.wait()

    def restart(self):
        """Ends what it is still busy with."""
        self.end()
        return self.start()


def ask(endpoint, query, accept="application/sparql-results+json", timeout=PATIENCE):
    """Status and body of a query's answer, over a connection of its own.

    The query is the field of a form, since Virtuoso waits for ever where it is the body itself.
    """
    url = urllib.parse.urlsplit(endpoint)
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=timeout)
    connection.request("POST", target(url), form(query), FORM | {"Accept": accept})
    answer = connection.getresponse()
    return answer.status, answer.read()


def target(url):
    """What a request names of an address that was split."""
    return url.path + (f"?{url.query}" if url.query else "")


def form(query):
    """The body of a request that asks the query."""
    return urllib.parse.urlencode({"query": query}).encode()


def eusl(program, port, arguments, name="eusl"):
    """Our own, with the arguments of `eusl serve`."""
    listen = ["--listen", f"127.0.0.1:{port}", "--site", f"http://localhost:{port}/"]
    return Server(name, f"http://localhost:{port}/sparql", [program, "serve", *arguments, *listen])


def oxigraph_on_disk(program, port, data, folder):
    """`oxigraph load` into the folder, if that was not done before, then `oxigraph serve`."""
    place = pathlib.Path(folder) / "oxigraph"
    if not place.exists():
        subprocess.run([program, "load", "--location", place, "--file", data], check=True, stderr=subprocess.DEVNULL)
    command = [program, "serve-read-only", "--location", str(place), "--bind", f"127.0.0.1:{port}"]
    return Server("oxigraph on disk", f"http://localhost:{port}/query", command)


def oxigraph_in_memory(program, port, data):
    """`oxigraph serve` without a place, which the data are sent to."""

    def load():
        with open(data, "rb") as body:
            headers = {"Content-Type": "application/n-triples", "Content-Length": str(os.path.getsize(data))}
            request = urllib.request.Request(f"http://localhost:{port}/store?default", body, headers, method="PUT")
            urllib.request.urlopen(request, timeout=PATIENCE).read()

    command = [program, "serve", "--bind", f"127.0.0.1:{port}"]
    return Server("oxigraph in memory", f"http://localhost:{port}/query", command, after_start=load)


def virtuoso(programs, port, data, folder):
    """Virtuoso with a database of its own in the folder, filled by its bulk loader if that was not done before."""
    programs, data = pathlib.Path(programs), pathlib.Path(data).resolve()
    place = pathlib.Path(folder).resolve() / "virtuoso"
    new = not place.exists()
    place.mkdir(exist_ok=True)
    sql = port + 1
    (place / "virtuoso.ini").write_text(
        VIRTUOSO.format(
            folder=place, port=port, sql=sql, data=data.parent, buffers=BUFFERS, dirty=BUFFERS * 3 // 4
        )
    )
    # A kill leaves the lock of the process that held it.
    (place / "virtuoso.lck").unlink(missing_ok=True)
    environment = os.environ | {"LD_LIBRARY_PATH": libraries(programs)}
    command = [str(programs / "virtuoso-t"), "+foreground", "+configfile", str(place / "virtuoso.ini")]

    def load():
        statements = f"ld_dir('{data.parent}', '{data.name}', '{GRAPH}'); rdf_loader_run(); checkpoint;"
        isql = [str(programs / "isql-vt"), str(sql), "dba", "dba", f"EXEC={statements}"]
        subprocess.run(isql, env=environment, check=True, stdout=subprocess.DEVNULL)

    # Without the graph it would also tell what its own hold.
    endpoint = f"http://localhost:{port}/sparql?{urllib.parse.urlencode({'default-graph-uri': GRAPH})}"
    server = Server("Virtuoso", endpoint, command, environment)
    if new:
        load()
    return server


def libraries(programs):
    """Where the libraries stand that a package unpacked beside its programs (`dpkg -x`) brought; nothing if it is installed."""
    root = programs.parent.parent
    return ":".join(str(place) for place in root.glob("**/x86_64-linux-gnu"))

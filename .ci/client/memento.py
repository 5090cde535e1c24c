"""Time travel with LANL's Memento client, and the promises of a history held against what is served:
memento.py BINARY PORT. Starts a server of its own, which it writes to."""

import datetime
import hashlib
import re
import subprocess
import sys
import tempfile
import time

import rdflib
import requests
from memento_client import MementoClient

BINARY, PORT = sys.argv[1], sys.argv[2]
SITE = f"http://localhost:{PORT}/"
DOCUMENT = f"{SITE}doc/function/40"
THING = f"{SITE}id/function/40"
NAMES = ["Streets", "Streets and squares", "Roads"]


def token(folder):
    """A token that may write, from the command line beside the running server."""
    command = [BINARY, "token", "add", "memento", "--role", "manage", "--data", folder, "--base", SITE]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]


def own(address):
    """The canonical lines of what a record itself says."""
    lines = requests.get(f"{address}.nt", timeout=30).text.splitlines(keepends=True)
    return [line for line in lines if line.startswith((f"<{THING}>", f"<{THING}#"))]


def write(secret, name):
    """Gives the record another name, which makes its next version."""
    is_name = re.compile(rf'<{re.escape(THING)}> <[^>]*#prefLabel> ".*"@en \.')
    lines = [line for line in own(DOCUMENT) if not is_name.match(line)]
    lines.append(f'<{THING}> <http://www.w3.org/2004/02/skos/core#prefLabel> "{name}"@en .\n')
    fields = {"Authorization": f"Bearer {secret}", "Content-Type": "application/n-triples", "If-Match": "*"}
    answer = requests.put(DOCUMENT, "".join(lines).encode(), headers=fields, params={"reason": name}, timeout=30)
    assert answer.status_code == 204, f"PUT answers {answer.status_code}: {answer.text}"
    time.sleep(1.1)


def travel(moments):
    """The client finds each version by a moment within its time, and the first and last by moments outside."""
    # It does not know that a document may be its own TimeGate (RFC 7089, 4.1.1), and would ask LANL's for it.
    client = MementoClient(timegate_uri="", check_native_timegate=False)
    second = datetime.timedelta(seconds=1)
    journeys = [(moment, number) for number, moment in enumerate(moments, 1)]
    journeys += [(moments[0] - 365 * 86400 * second, 1), (moments[-1] + 365 * 86400 * second, len(moments))]
    for moment, number in journeys:
        found = client.get_memento_info(DOCUMENT, moment)
        assert found["timegate_uri"] == DOCUMENT, found
        closest = found["mementos"]["closest"]
        assert closest["uri"] == [f"{DOCUMENT}/v/{number}"], f"{moment} leads to {closest}"
        assert closest["datetime"] == moments[number - 1], closest
        assert found["mementos"]["first"]["uri"] == [f"{DOCUMENT}/v/1"], found
        assert found["mementos"]["last"]["uri"] == [f"{DOCUMENT}/v/{len(moments)}"], found
        if 1 < number < len(moments):
            assert found["mementos"]["prev"]["uri"] == [f"{DOCUMENT}/v/{number - 1}"], found
            assert found["mementos"]["next"]["uri"] == [f"{DOCUMENT}/v/{number + 1}"], found


def mapped():
    """The moments of the versions that the TimeMap lists."""
    answer = requests.get(f"{DOCUMENT}/versions", headers={"Accept": "application/link-format"}, timeout=30)
    assert answer.headers["content-type"] == "application/link-format", answer.headers
    links = re.findall(r'<([^>]*)>; rel="([^"]*)"(?:; datetime="([^"]*)")?', answer.text)
    mementos = [(address, moment) for address, relations, moment in links if "memento" in relations.split()]
    assert [address for address, _ in mementos] == [f"{DOCUMENT}/v/{n}" for n in range(1, len(mementos) + 1)], mementos
    return [datetime.datetime.strptime(moment, "%a, %d %b %Y %H:%M:%S GMT") for _, moment in mementos]


def proven(number):
    """A version's checksum is that of what it says, and all syntaxes say the same."""
    graphs = [rdflib.Graph().parse(f"{DOCUMENT}/v/{number}.{form}") for form in ("ttl", "nt", "rdf")]
    assert all(set(graphs[0]) == set(graph) for graph in graphs), f"version {number} differs between syntaxes"
    spdx = rdflib.Namespace("http://spdx.org/rdf/terms#")
    (told,) = graphs[0].objects(None, spdx.checksumValue)
    counted = hashlib.sha256("".join(own(f"{DOCUMENT}/v/{number}")).encode()).hexdigest()
    assert str(told) == counted, f"version {number} tells the checksum {told}, and says what has {counted}"


with tempfile.TemporaryDirectory() as folder:
    command = [BINARY, "--data", folder, "--base", SITE, "--listen", f"127.0.0.1:{PORT}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert "listening" in server.stdout.readline()
            secret = token(folder)
            time.sleep(1.1)
            for name in NAMES:
                write(secret, name)
            moments = mapped()
            assert len(moments) == len(NAMES) + 1, moments
            travel(moments)
            for number in range(1, len(moments) + 1):
                proven(number)
        finally:
            server.terminate()
print(f"Memento's client finds each of {len(moments)} versions by its moment, and their checksums hold")

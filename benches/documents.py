#!/usr/bin/env python3
"""CPU a request of documents: kept, known to the client, and made anew, beside the limit and a peer.

    cargo build --release && cargo build --release --example static
    benches/documents.py [--import "ARGUMENTS OF eusl import"] [--rounds N] [--oxigraph PROGRAM]

"Any of all entries" and DESCRIBE ask for one of all entries at random, the others for one.
Prints microseconds of server CPU a request (user and system, of the whole process), the median of
all rounds, which take their turns; then latency under 64 clients and memory over a million requests.
Needs wrk. docs/BENCHMARKS.md keeps what it printed.
"""

import argparse, os, re, shutil, statistics, subprocess, tempfile, time, urllib.parse, urllib.request

TARGET = os.environ.get("CARGO_TARGET_DIR", "target") + "/release"
SCRIPT = """
local paths = {PATHS}
math.randomseed(os.time())
request = function() return wrk.format("GET", paths[math.random(#paths)]) end
"""
TICK = os.sysconf("SC_CLK_TCK")


def fetch(url, accept="*/*", data=None, kind=None):
    headers = {"Accept": accept} | ({"Content-Type": kind} if kind else {})
    return urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=120)


def start(port, *command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            fetch(f"http://localhost:{port}/")
        except urllib.error.HTTPError:
            pass
        except OSError:
            time.sleep(0.1)
            continue
        return process
    raise SystemExit(f"{command[0]} did not start")


def cpu(process):
    fields = open(f"/proc/{process.pid}/stat").read().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory(process):
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{process.pid}/status").read())[1]) / 1024


def wrk(url, headers, clients=16, seconds=4, script=None):
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", url] + (["-s", script] if script else [])
    for header in headers:
        command += ["-H", header]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in out or "If-None-Match" in str(headers), out
    return int(re.search(r"(\d+) requests in", out)[1]), out


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--import", dest="importing", metavar="ARGUMENTS", help="such as 'esd services.csv'")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=4)
    options.add_argument("--oxigraph", default=shutil.which("oxigraph"))
    options.add_argument("--requests", type=int, default=1_000_000, help="for the look at memory; 0 leaves it out")
    chosen = options.parse_args()
    running, folder = [], tempfile.mkdtemp()
    try:
        measure(chosen, running, folder)
    finally:
        for process in running:
            process.kill()
        shutil.rmtree(folder, ignore_errors=True)


def measure(chosen, running, folder):
    def serve(port, *command):
        running.append(start(port, *command))
        return running[-1]

    def script(name, paths):
        path = f"{folder}/{name}.lua"
        quoted = ", ".join(f'"{each}"' for each in paths)
        open(path, "w").write(SCRIPT.replace("PATHS", quoted))
        return path

    eusl = lambda port, data, *more: serve(
        port, f"{TARGET}/eusl", "--base", "http://localhost:7901/", "--data", data, "--listen", f"127.0.0.1:{port}", *more
    )
    warm = eusl(7901, f"{folder}/warm")
    if chosen.importing:
        command = [f"{TARGET}/eusl", "--base", "http://localhost:7901/", "--data", f"{folder}/warm", "import"]
        subprocess.run(command + chosen.importing.split(), check=False)
    shutil.copytree(f"{folder}/warm", f"{folder}/cold", ignore=shutil.ignore_patterns("lock", "*.sock", "socket"))
    cold = eusl(7902, f"{folder}/cold", "--cache-megabytes", "0")
    listed = fetch("http://localhost:7901/list/services", "application/n-triples").read().decode()
    entries = sorted(set(re.findall(r"id/service-type/\d+(?=>)", listed)))
    documents = script("documents", ["/" + entry.replace("id/", "doc/") for entry in entries])
    queries = [urllib.parse.quote(f"DESCRIBE <http://localhost:7901/{entry}>") for entry in entries]
    describe = script("describe", ["/query?query=" + query for query in queries])
    turtle = ["Accept: text/turtle"]
    sizes = []
    for entry in entries[::10]:
        sizes.append(len(fetch("http://localhost:7901/" + entry.replace("id/", "doc/"), "text/turtle").read()))
    size = int(statistics.mean(sizes))
    one = "http://localhost:7901/doc/service-type/372"
    tag = fetch(one, "text/turtle").headers["ETag"]
    static = serve(7903, f"{TARGET}/examples/static", "7903", str(size))
    cases = [
        ("static bytes", static, "http://localhost:7903/static", [], None),
        ("entry, kept", warm, one, turtle, None),
        ("entry, kept, as a page", warm, one, ["Accept: text/html"], None),
        ("entry, 304", warm, one, turtle + [f"If-None-Match: {tag}"], None),
        ("any of all entries, kept", warm, "http://localhost:7901/", turtle, documents),
        ("any of all entries, made anew", cold, "http://localhost:7902/", turtle, documents),
    ]
    if chosen.oxigraph:
        construct = urllib.parse.urlencode({"query": "CONSTRUCT WHERE { ?s ?p ?o }"})
        data = fetch(f"http://localhost:7901/sparql?{construct}", "application/n-triples").read()
        print(f"{data.count(10)} triples")
        open(f"{folder}/data.nt", "wb").write(data)
        place = ["--location", f"{folder}/oxigraph"]
        subprocess.run([chosen.oxigraph, "load", *place, "--file", f"{folder}/data.nt"], check=True, capture_output=True)
        in_memory = serve(7904, chosen.oxigraph, "serve", "--bind", "127.0.0.1:7904")
        fetch("http://localhost:7904/store?default", data=data, kind="application/n-triples")
        on_disk = serve(7905, chosen.oxigraph, "serve", *place, "--bind", "127.0.0.1:7905")
        cases.append(("oxigraph serve in memory, DESCRIBE", in_memory, "http://localhost:7904/", turtle, describe))
        cases.append(("oxigraph serve on disk, DESCRIBE", on_disk, "http://localhost:7905/", turtle, describe))
    print(f"{size} bytes on average, {chosen.rounds} rounds of {chosen.seconds} s, 16 clients\n")
    spent = {name: [] for name, *_ in cases}
    for _ in range(chosen.rounds):
        for name, process, url, headers, paths in cases:
            before = cpu(process)
            count, _ = wrk(url, headers, seconds=chosen.seconds, script=paths)
            spent[name].append((cpu(process) - before) / count * 1e6)
    limit = statistics.median(spent["static bytes"])
    for name, values in spent.items():
        median = statistics.median(values)
        print(f"{name:36} {median:7.1f} µs ({min(values):.1f}–{max(values):.1f})  {median / limit:5.2f} × static")
    for name, process, url, headers, paths in cases:
        count, out = wrk(url, headers, clients=64, seconds=chosen.seconds, script=paths)
        shares = dict(re.findall(r"(50|99)%\s+(\S+)", out))
        rate = count / chosen.seconds
        print(f"{name}, 64 clients: {rate:.0f} a second, median {shares['50']}, 99 % within {shares['99']}")
    if chosen.requests:
        done, seen = 0, [memory(warm)]
        while done < chosen.requests:
            done += wrk("http://localhost:7901/", turtle, clients=64, seconds=10, script=documents)[0]
            seen.append(memory(warm))
        print(f"\n{done} requests: {', '.join(f'{mib:.0f}' for mib in seen)} MiB resident")


main()

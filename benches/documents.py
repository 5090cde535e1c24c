#!/usr/bin/env python3
"""CPU a request of documents: kept, known to the client, and made anew, beside the limit and a peer.

    cargo build --release && cargo build --release --example static
    benches/documents.py [--rounds N] [--oxigraph PROGRAM]

Prints microseconds of server CPU a request (user and system, of the whole process), the median of
all rounds, which take their turns; then latency under 64 clients and memory over a million requests.
Needs wrk. docs/BENCHMARKS.md keeps what it printed.
"""

import argparse, os, re, shutil, statistics, subprocess, tempfile, time, urllib.parse, urllib.request

TARGET = os.environ.get("CARGO_TARGET_DIR", "target") + "/release"
IRI = "http://localhost:7901/id/service-type/372"
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


def wrk(url, headers, clients=16, seconds=4, latency=False):
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", url] + ["--latency"] * latency
    for header in headers:
        command += ["-H", header]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in out or "If-None-Match" in str(headers), out
    return int(re.search(r"(\d+) requests in", out)[1]), out


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
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

    base = ["--base", "http://localhost:7901/"]
    warm = serve(7901, f"{TARGET}/eusl", "--data", f"{folder}/warm", "--listen", "127.0.0.1:7901", *base)
    cold = serve(7902, f"{TARGET}/eusl", "--data", f"{folder}/cold", "--listen", "127.0.0.1:7902", "--cache-megabytes", "0", *base)
    turtle = ["Accept: text/turtle"]
    document = "http://localhost:7901/doc/service-type/372"
    answer = fetch(document, "text/turtle")
    size, tag = len(answer.read()), answer.headers["ETag"]
    static = serve(7903, f"{TARGET}/examples/static", "7903", str(size))
    cases = [
        ("static bytes", static, "http://localhost:7903/static", []),
        ("entry, kept", warm, document, turtle),
        ("entry, kept, as a page", warm, document, ["Accept: text/html"]),
        ("entry, 304", warm, document, turtle + [f"If-None-Match: {tag}"]),
        ("entry, made anew", cold, "http://localhost:7902/doc/service-type/372", turtle),
    ]
    if chosen.oxigraph:
        construct = urllib.parse.urlencode({"query": "CONSTRUCT WHERE { ?s ?p ?o }"})
        data = fetch(f"http://localhost:7901/sparql?{construct}", "application/n-triples").read()
        describe = urllib.parse.urlencode({"query": f"DESCRIBE <{IRI}>"})
        for port, name, place in [(7904, "in memory", []), (7905, "on disk", ["--location", f"{folder}/oxigraph"])]:
            peer = serve(port, chosen.oxigraph, "serve", *place, "--bind", f"127.0.0.1:{port}")
            fetch(f"http://localhost:{port}/store?default", data=data, kind="application/n-triples")
            cases.append((f"oxigraph serve {name}, DESCRIBE", peer, f"http://localhost:{port}/query?{describe}", turtle))
    print(f"{size} bytes, tag {tag}, {chosen.rounds} rounds of {chosen.seconds} s, 16 clients\n")
    spent = {name: [] for name, *_ in cases}
    for _ in range(chosen.rounds):
        for name, process, url, headers in cases:
            before = cpu(process)
            count, _ = wrk(url, headers, seconds=chosen.seconds)
            spent[name].append((cpu(process) - before) / count * 1e6)
    limit = statistics.median(spent["static bytes"])
    for name, values in spent.items():
        median = statistics.median(values)
        print(f"{name:36} {median:7.1f} µs ({min(values):.1f}–{max(values):.1f})  {median / limit:5.2f} × static")
    for name, process, url, headers in cases[:2] + cases[4:5]:
        _, out = wrk(url, headers, clients=64, seconds=chosen.seconds, latency=True)
        shares = {share: time for share, time in re.findall(r"(50|99)%\s+(\S+)", out)}
        print(f"\n{name}, 64 clients: median {shares['50']}, 99 % within {shares['99']}", end="")
    print()
    if chosen.requests:
        done, seen = 0, [memory(warm)]
        while done < chosen.requests:
            done += wrk(document, turtle, clients=64, seconds=10)[0]
            seen.append(memory(warm))
        print(f"\n{done} requests: {', '.join(f'{mib:.0f}' for mib in seen)} MiB resident")


main()

#!/usr/bin/env python3
"""What the feed costs in a small register and in a large one, and a full page beside the limit.

    cargo build --release && cargo build --release --example static
    benches/feed.py SMALL LARGE [--rounds N]

SMALL and LARGE are data directories with the same base, http://localhost:7878/. Prints the median time of a request for
the root, the last page and a full page, each answered from the cache and made anew, in both registers, in turn, and how
many times as long the large one takes; then the rate of a full page beside that of as many static bytes. Needs wrk.
docs/BENCHMARKS.md keeps what it printed.
"""

import argparse, http.client, os, re, statistics, subprocess, time

TARGET = os.environ.get("CARGO_TARGET_DIR", "target") + "/release"
REQUESTS = 300
running = []


def start(port, path, *command):
    running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    for _ in range(3000):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=120).request("GET", path)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{command[0]} did not start")


def serve(port, data, *more):
    base = "http://localhost:7878/"
    listen = ["--listen", f"127.0.0.1:{port}", "--site", f"http://localhost:{port}/"]
    start(port, "/feed", f"{TARGET}/eusl", "--data", data, "--base", base, *listen, "--dumps", "off", *more)


def get(connection, path):
    connection.request("GET", path, headers={"Accept": "application/n-quads"})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, f"{path}: {answer.status}"
    return body.decode()


def median(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    get(connection, path)
    taken = []
    for _ in range(REQUESTS):
        begun = time.perf_counter()
        get(connection, path)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken) * 1e6


def rate(url, accept):
    command = ["wrk", "-t1", "-c16", "-d4s", "-H", f"Accept: {accept}", url]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])


def fetch(port, path):
    return get(http.client.HTTPConnection("127.0.0.1", port, timeout=120), path)


def newest(port):
    """The path of the last page: the one to which no upper bound leads."""
    numbers = [int(number) for number in re.findall(r"/feed/(\d+)>", fetch(port, "/feed"))]
    return f"/feed/{max(numbers)}"


def measure(chosen):
    ports = {("small", "kept"): 7911, ("small", "anew"): 7912, ("large", "kept"): 7913, ("large", "anew"): 7914}
    for (size, how), port in ports.items():
        # Two servers cannot have one directory, so those without a cache read a copy.
        data = getattr(chosen, size)
        if how == "anew":
            subprocess.run(["cp", "-r", "--reflink=auto", data, f"{data}-anew"], check=True)
            data += "-anew"
        serve(port, data, *(["--cache-megabytes", "0"] if how == "anew" else []))
    paths = {size: {"root": "/feed", "last page": newest(ports[size, "kept"]), "full page": "/feed/3"} for size in ["small", "large"]}
    taken = {}
    for _ in range(chosen.rounds):
        for (size, how), port in ports.items():
            for name, path in paths[size].items():
                taken.setdefault((name, how, size), []).append(median(port, path))
    for name in ["root", "last page", "full page"]:
        for how in ["kept", "anew"]:
            small, large = (statistics.median(taken[name, how, size]) for size in ["small", "large"])
            lengths = [len(fetch(ports[size, how], paths[size][name])) for size in ["small", "large"]]
            print(f"{name:10} {how}: {small:7.0f} µs ({lengths[0]} bytes), {large:7.0f} µs ({lengths[1]} bytes), ratio {large / small:.2f}")
    size = len(fetch(7913, "/feed/3").encode())
    start(7915, "/static", f"{TARGET}/examples/static", "7915", str(size))
    rates = [(rate("http://localhost:7913/feed/3", "application/n-quads"), rate("http://localhost:7915/static", "*/*")) for _ in range(chosen.rounds)]
    page, static = (statistics.median(each) for each in zip(*rates))
    print(f"full page of {size} bytes: {page:.0f} a second, static {static:.0f}, share {page / static:.0%}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("small")
    options.add_argument("large")
    options.add_argument("--rounds", type=int, default=5)
    try:
        measure(options.parse_args())
    finally:
        for process in running:
            process.kill()


main()

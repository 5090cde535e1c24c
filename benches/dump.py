"""Dumps of everything: by commands in turn, with time, peak memory and bytes; or by a server in the background.

usage: dump.py TIMES NAME=COMMAND ...     each COMMAND writes the file that it names last, which is removed before
       dump.py --server PID SITE          while the server makes its next set: seconds, files, bytes, memory before and at most

  dump.py 3 'eusl=eusl --base B --data D dump out/eusl.nt' \\
            'oxigraph=oxigraph dump --location L --graph default --format nt --file out/oxigraph.nt'

What a command needs idle is its peak with an empty register: subtract it. The files are read once at the end to count triples.
"""
import json
import os
import shlex
import sys
import time
import urllib.error
import urllib.request


def run(command):
    """Seconds and peak memory in MB of a command that must succeed."""
    words = shlex.split(command)
    start = time.perf_counter()
    child = os.posix_spawnp(words[0], words, os.environ)
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, used.ru_maxrss / 1024, words[-1]


def commands(times, named):
    print("| command | seconds | peak memory, MB | bytes | lines |\n|---|---|---|---|---|")
    for _ in range(times):
        for name, command in (each.split("=", 1) for each in named):
            file = shlex.split(command)[-1]
            if os.path.exists(file):
                os.remove(file)
            seconds, peak, file = run(command)
            with open(file, "rb") as written:
                lines = sum(chunk.count(b"\n") for chunk in iter(lambda: written.read(1 << 20), b""))
            print(f"| {name} | {seconds:.2f} | {peak:.0f} | {os.path.getsize(file)} | {lines} |", flush=True)


def resident(pid):
    """The resident memory of a process, in MB, without what of it is files."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssAnon")) / 1024


def newest(site):
    """The manifest of the newest set; nothing before the first."""
    try:
        with urllib.request.urlopen(f"{site}dump.json") as answer:
            return json.load(answer)
    except urllib.error.HTTPError:
        return None


def server(pid, site):
    before, most, start, was = resident(pid), 0, time.perf_counter(), newest(site)
    while (now := newest(site)) is None or now == was:
        for _ in range(20):
            most = max(most, resident(pid))
            time.sleep(0.05)
    seconds = time.perf_counter() - start
    bytes_ = sum(file["bytes"] for file in now["files"])
    print("| seconds | files | bytes | memory before, MB | at most, MB |\n|---|---|---|---|---|")
    print(f"| {seconds:.0f} | {len(now['files'])} | {bytes_} | {before:.0f} | {most:.0f} |")


if sys.argv[1] == "--server":
    server(sys.argv[2], sys.argv[3])
else:
    commands(int(sys.argv[1]), sys.argv[2:])

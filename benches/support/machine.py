"""The machine that numbers are measured on, and the processes of a server on it, as Linux tells them in /proc."""

import contextlib
import datetime
import os
import pathlib
import re
import threading
import time

TICK = os.sysconf("SC_CLK_TCK")
# Seconds between two looks at a server's processes, and between two at what they share, which takes longer to tell.
LOOK, SHARED_LOOK = 0.2, 2.0


def described():
    """Date, processor, memory and load, for the head of a table."""
    processor = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    total, free = (kibibytes(pathlib.Path("/proc/meminfo").read_text(), name) / 2**20 for name in ["MemTotal", "MemAvailable"])
    load = ", ".join(f"{number:.2f}" for number in os.getloadavg())
    return (
        f"{datetime.datetime.now():%Y-%m-%d %H:%M}: {os.cpu_count()} cores ({processor[1] if processor else 'unknown'}),"
        f" {total:.0f} GiB of memory ({free:.0f} available), load average {load}"
    )


def kibibytes(text, name):
    """A number of the lines `Name: 123 kB`; nothing is 0."""
    found = re.search(rf"^{name}:\s+(\d+)", text, re.MULTILINE)
    return int(found[1]) if found else 0


def family(pid):
    """A process and all that descend from it. A child hangs on the thread that made it."""
    found, open_ones = [], [pid]
    while open_ones:
        one = open_ones.pop()
        found.append(one)
        for children in pathlib.Path(f"/proc/{one}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                open_ones += [int(child) for child in children.read_text().split()]
    return found


def fields(pid):
    """The numbers of /proc/PID/stat after the name, the state first."""
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()


def started(pid):
    """When a process began, in ticks since the machine did: with its number it names the process for good."""
    return int(fields(pid)[19])


def cpu(pids):
    """Processor seconds of each process that is there, user and system."""
    spent = {}
    for pid in pids:
        with contextlib.suppress(OSError):
            told = fields(pid)
            spent[pid] = (int(told[11]) + int(told[12])) / TICK
    return spent


def busy(pid, seconds):
    """Cores that the server and its processes keep busy, over so many seconds from now."""
    before, begun = cpu(family(pid)), time.monotonic()
    time.sleep(seconds)
    after = cpu(family(pid))
    return sum(spent - before.get(one, 0) for one, spent in after.items()) / (time.monotonic() - begun)


def own(pid):
    """MiB that a process has for itself, MiB of files that it has mapped, and its threads."""
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return (
        (kibibytes(text, "RssAnon") + kibibytes(text, "RssShmem")) / 1024,
        kibibytes(text, "RssFile") / 1024,
        kibibytes(text, "Threads"),
    )


def proportional(pids):
    """MiB that processes take together, each shared page counted once among those that share it (PSS)."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            total += kibibytes(pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(), "Pss")
    return total / 1024


class Watch(threading.Thread):
    """Looks at a server and its processes until it is told to end, and keeps the most of everything."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.ended = pid, threading.Event()
        self.own = self.largest = self.root = self.shared = 0.0
        self.threads = self.processes = 0
        self.seen = set()
        self.start()

    def run(self):
        next_shared = 0.0
        while not self.ended.wait(LOOK):
            pids = family(self.pid)
            self.look(pids)
            if time.monotonic() >= next_shared:
                self.shared = max(self.shared, proportional(pids))
                next_shared = time.monotonic() + SHARED_LOOK

    def look(self, pids):
        found = {}
        for pid in pids:
            with contextlib.suppress(OSError):
                found[pid] = own(pid)
        self.seen.update(found)
        self.processes = max(self.processes, len(found))
        self.threads = max(self.threads, sum(threads for _, _, threads in found.values()))
        self.own = max(self.own, sum(mine for mine, _, _ in found.values()))
        self.root = max(self.root, found.get(self.pid, (0,))[0])
        self.largest = max(self.largest, *(mine for pid, (mine, _, _) in found.items() if pid != self.pid), 0)

    def end(self):
        self.ended.set()
        self.join()

    def told(self):
        return (
            f"at most {self.processes} processes ({len(self.seen)} in all), {self.threads} threads; memory of their own {self.own:.0f} MiB"
            f" at most (the server {self.root:.0f}, the largest other {self.largest:.0f}), PSS {self.shared:.0f} MiB"
        )

"""Makes random changes over HTTP, then reads every wire with a client of others, and holds what each says of every
entry against what was written: what it says now, when it changed, and whether it is gone.

Usage: harvest_lab.py BINARY PORT [--node FOLDER] [--seed N] [--changes N] [--wires NAME,…] [--absent-ok]
PORT and the next one must be free. FOLDER has the node_modules of the clients that run on Node.
"""

import argparse
import importlib
import pathlib
import sys
import time
import traceback

from changes import Author
from model import Model
from site_under_test import Site

# Those that change something themselves come before the dumps, which take a while to follow.
WIRES = ["documents", "sparql", "comunica", "event_stream", "oai_pmh", "atom", "sitemap", "schema_org", "dumps", "dcat_catalogue"]
SHOWN = 12


def installed(name, node_folder):
    """The module of a wire, if its client is there."""
    try:
        wire = importlib.import_module(f"wires.{name}")
    except ModuleNotFoundError as error:
        print(f"SKIPPED: {error.name} is not installed (for {name})")
        return None
    for package in getattr(wire, "NODE_NEEDS", []):
        if not pathlib.Path(node_folder, "node_modules", package).is_dir():
            print(f"SKIPPED: {package} is not installed (for {name})")
            return None
    return wire


def look_at(wire, site, model, author):
    """Reads one wire and tells how it differs, as sentences; prints what was compared."""
    begun, carried, wrong = time.monotonic(), wire.carried(model), []
    try:
        wrong += model.compare(wire.NAME, wire.read(site, model), carried, getattr(wire, "SEEN", frozenset))
        seen = list(wire.holds(site, model))
        if hasattr(wire, "interrupted"):
            seen += wire.interrupted(site, model, author.change)
    except Exception as error:
        if not isinstance(error, AssertionError):
            traceback.print_exc()
        return [*wrong, f"{wire.NAME}: {error}"]
    gone = sum(model.entries[iri].gone for iri in carried)
    told = "; ".join([f"{len(carried)} entries, {gone} of them withdrawn", *seen])
    print(f"{wire.NAME}: {told} ({time.monotonic() - begun:.0f} s)" if not wrong else f"{wire.NAME}: {len(wrong)} differences", flush=True)
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("port", type=int)
    parser.add_argument("--node", default="")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--wires", default=",".join(WIRES))
    parser.add_argument("--absent-ok", action="store_true", help="a wire that is not served is no failure")
    asked = parser.parse_args()

    with Site(asked.binary, asked.port, asked.node) as site:
        model = Model(site)
        author = Author(site, model, asked.seed)
        author.change(asked.changes)
        done = ", ".join(f"{count} × {deed}" for deed, count in sorted(author.told.items()))
        print(f"{asked.changes} changes by chance (--seed {asked.seed}): {done}", flush=True)
        wrong = []
        for wire in filter(None, (installed(name, asked.node) for name in asked.wires.split(","))):
            if site.serves(wire.AT):
                wrong += look_at(wire, site, model, author)
            elif asked.absent_ok:
                print(f"ABSENT: nothing at {site.url}{wire.AT} (for {wire.NAME})")
            else:
                wrong.append(f"{wire.NAME}: nothing stands at {site.url}{wire.AT}")
        for sentence in wrong[:SHOWN]:
            print(f"FAILED: {sentence}")
        if wrong:
            print(f"FAILED: {len(wrong)} differences; the server's log ends with\n{site.last_log()}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()

"""The event stream (LDES), replicated with ldes-client."""

import json
import tempfile
import threading
import time

import state
from proxy import Hold
from rdflib import RDF, XSD, Literal, Namespace, URIRef

NAME, AT, NODE_NEEDS = "LDES (ldes-client)", "feed", ["ldes-client"]
AS = Namespace("https://www.w3.org/ns/activitystreams#")
# After how many pages the client is stopped, and how long it is quiet when it has done what it can.
PAGES, QUIET = 6, 0.5


def carried(model):
    """Everything there ever was."""
    return set(model.entries)


class Member:
    """A member as the client hands it out: an activity, and in a graph what the entry says from then on. Where it is
    materialised the entry stands in the activity's place."""

    def __init__(self, line):
        told = json.loads(line)
        self.iri, self.says, activity = URIRef(told["id"]), set(), {}
        for *triple, graph in told["quads"]:
            s, p, o = map(term, triple)
            if graph:
                self.says.add((s, p, o))
            elif s == self.iri:
                activity.setdefault(p, o)
        self.kind = activity[RDF.type].removeprefix(AS)
        self.of, self.published = str(activity.get(AS.object, self.iri)), str(activity[AS.published])


def term(told):
    """A term as rdflib has it."""
    if isinstance(told, str):
        return URIRef(told)
    text, language, datatype = told
    return Literal(text, lang=language or None, datatype=None if language or datatype == str(XSD.string) else URIRef(datatype))


def replicate(site, order="none", folder="", *flags):
    """All members that the client hands out in one run."""
    with site.node("event_stream.mjs", f"{site.url}feed", order, folder, *flags) as client:
        members = [Member(line) for line in client.stdout if line.startswith("{")]
    assert client.returncode == 0, f"ldes-client ends with {client.returncode}"
    return members


def read(site, _model):
    """The last of each entry's members, in the order of time, and how many it had."""
    members = replicate(site, "ascending")
    moments = [member.published for member in members]
    assert moments == sorted(moments), "the members do not come in the order of time"
    return last_states(members)


def last_states(members):
    """What members in their order say of each entry."""
    told, seen = {}, set()
    for member in members:
        assert member.iri not in seen, f"{member.iri} comes twice"
        seen.add(member.iri)
        versions = told[member.of].versions + 1 if member.of in told else 1
        assert member.kind in ({"Create"} if versions == 1 else {"Update", "Delete"}), f"version {versions} of {member.of} is {member.kind}"
        gone = member.kind == "Delete"
        told[member.of] = state.State(
            triples=None if gone else frozenset(member.says), names=None if gone else state.names(member.says),
            changed=state.to_the_second(member.published), gone=gone, versions=versions)
    return told


def holds(site, model):
    with tempfile.TemporaryDirectory() as folder:
        members = replicate(site, "none", folder)
        mark = len(site.proxy.log)
        again = replicate(site, "none", folder)
        asked = [request.path for request in site.proxy.asked_since(mark)]
    assert not again, f"{len(again)} members come anew where nothing changed"
    closed = [path for path in asked if "immutable" in site.get(path[1:]).headers.get("Cache-Control", "")]
    assert not closed, f"the second run fetches what is closed: {closed[:5]}"
    yield f"{len(members)} members; a second run makes {len(asked)} requests, none of a closed page"

    newest = {member.of: member for member in replicate(site, "none", "", "lastVersionOnly", "materialize")}
    there = {iri: member.says for iri, member in newest.items() if member.kind != "Delete"}
    wanted = {iri: entry.triples for iri, entry in model.entries.items() if not entry.gone}
    assert there == wanted, f"materialised, {[iri for iri in there | wanted if there.get(iri) != wanted.get(iri)][:3]} differ"
    yield f"{len(there)} newest versions, materialised"


def interrupted(site, model, change):
    """Stopped between two pages again and again, with changes before it goes on: in the end it has every version once."""
    members, stops, ended = [], 0, False
    with tempfile.TemporaryDirectory() as folder:
        while not ended:
            lines, ended = run_until_held(site, folder)
            members += map(Member, lines)
            stops += not ended
            change(2)
        # What was there when it was stopped is taken up first, and the root asked again only in the run after that.
        members += replicate(site, "none", folder) + replicate(site, "none", folder)
    told = last_states(sorted(members, key=lambda member: member.published))
    wrong = model.compare(NAME, told, carried(model))
    assert not wrong, f"stopped {stops} times, {len(wrong)} differences: {wrong[:3]}"
    yield f"stopped {stops} times among changes it loses and doubles nothing"


def run_until_held(site, folder):
    """What a run prints that is killed where it waits for a page, and whether it came to its end before."""
    lines, site.proxy.hold = [], Hold("/feed", PAGES)
    hold = site.proxy.hold
    with site.node("event_stream.mjs", f"{site.url}feed", "none", folder) as client:
        reader = threading.Thread(target=lambda: lines.extend(line for line in client.stdout if line.startswith("{")))
        reader.start()
        while client.poll() is None and not hold.reached.wait(0.1):
            pass
        printed = -1
        while hold.reached.is_set() and printed < len(lines):
            printed = len(lines)
            time.sleep(QUIET)
        client.kill()
        reader.join()
    site.proxy.hold = None
    hold.released.set()
    return lines, not hold.reached.is_set()

"""What the lab knows of every entry without asking a harvesting interface: what stood in the register at the start,
and what it wrote since."""

import dataclasses
import datetime

import rdflib
import state
from state import State


@dataclasses.dataclass
class Entry:
    """What an entry should say, and between which moments it last changed; of an untouched one those are unknown."""

    triples: frozenset
    versions: int | None = None
    gone: bool = False
    window: tuple | None = None
    changed: str | None = None

    def expected(self):
        """The same as a state. Of what is withdrawn something is left, which the documents tell."""
        return State(None if self.gone else self.triples, state.names(self.triples), self.changed, self.gone, self.versions)


class Model:
    """All entries by IRI."""

    def __init__(self, site):
        query = {"query": "CONSTRUCT WHERE { ?s ?p ?o }"}
        answer = site.session.get(f"{site.url}sparql", params=query, headers={"Accept": "application/n-triples"}, timeout=120)
        records = state.by_record(rdflib.Graph().parse(data=answer.content, format="nt"), site)
        # The endpoint spells numbers in its own way; how they were written the documents tell.
        for iri, triples in records.items():
            if any(isinstance(o, rdflib.Literal) and o.datatype in state.NUMBERS for _, _, o in triples):
                document = rdflib.Graph().parse(data=site.get(f"{site.document(iri)}.nt").content, format="nt")
                records[iri] = {triple for triple in document if str(triple[0]).partition("#")[0] == iri}
        self.entries = {iri: Entry(frozenset(triples), versions=1) for iri, triples in records.items()}
        self.untouched = set(self.entries)
        self.remains, self.hidden = {}, set()

    def touched(self):
        """The IRIs of the entries that were changed or made."""
        return sorted(set(self.entries) - self.untouched)

    def write(self, iri, triples, begun, gone=False):
        """Notes a write that was acknowledged: what the entry says from now on."""
        ended = datetime.datetime.now(datetime.UTC)
        before = self.entries.get(iri)
        versions = before.versions + 1 if before else 1
        self.entries[iri] = Entry(frozenset(triples), versions, gone, (begun, ended))
        self.untouched.discard(iri)
        self.remains.pop(iri, None)

    def learn(self, told):
        """Takes from a reading what only the server knows: the second of a change, which must lie within the window of
        the write, and what is left of what is withdrawn. What is known already is left."""
        for iri, of_wire in told.items():
            entry = self.entries.get(iri)
            if entry is None:
                continue
            if entry.changed is None and of_wire.changed is not None:
                if entry.window:
                    moment = datetime.datetime.fromisoformat(f"{of_wire.changed}+00:00")
                    second = datetime.timedelta(seconds=1)
                    assert entry.window[0] - second <= moment <= entry.window[1], f"{iri} changed at {moment}, not in {entry.window}"
                entry.changed = of_wire.changed
            if entry.gone and of_wire.triples is not None:
                self.remains.setdefault(iri, of_wire.triples)

    def expected(self, iri):
        """What a wire should say of an entry."""
        wanted = self.entries[iri].expected()
        if wanted.gone:
            wanted.triples = self.remains.get(iri)
        return wanted

    def compare(self, wire, told, carried, seen=frozenset):
        """Holds a reading against the model: exactly the entries that are carried, each as it should be. Returns
        sentences that name the wire, the entry and the difference. Triples are compared as `seen` shows them."""
        wrong = [f"{wire}: {iri} should not be there" for iri in sorted(set(told) - carried)]
        wrong += [f"{wire}: {iri} is missing" for iri in sorted(carried - set(told))]
        for iri in sorted(carried & set(told)):
            wrong += [f"{wire}: {iri} {difference}" for difference in state.differences(self.expected(iri), told[iri], seen)]
        self.learn(told)
        return wrong

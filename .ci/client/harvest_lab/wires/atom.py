"""The Atom feed of changes, read with feedparser through all its pages."""

import feedparser
import state

NAME, AT = "Atom (feedparser)", "changes.atom"


def carried(model):
    """Everything there ever was."""
    return set(model.entries)


def pages(site, address):
    """The feeds from an address on, newest first, each as feedparser has it."""
    while address:
        feed = feedparser.parse(site.get(address).content)
        assert not feed.bozo, f"{address}: {feed.bozo_exception}"
        yield feed
        address = next((link.href for link in feed.feed.links if link.rel in ("next", "prev-archive")), None)


def entries(site, path="changes.atom"):
    """All entries, newest first."""
    return [entry for feed in pages(site, site.url + path) for entry in feed.entries]


def of_entry(entry, site):
    """The IRI of what an entry of the feed tells a version of, and the number of the version."""
    thing, number = entry.id.rsplit("/v/", 1)
    return thing.replace(f"{site.url}doc/", f"{site.url}id/", 1), int(number)


def read(site, model):
    """Each version once, the newest telling when its entry changed."""
    told = {}
    for entry in entries(site):
        iri, number = of_entry(entry, site)
        known = told.get(iri)
        if known is None:
            told[iri] = state.State(changed=state.to_the_second(entry.updated), versions=number)
            known, told[iri].left = told[iri], number
        assert number == known.left, f"version {number} of {iri} stands where {known.left} should"
        known.left -= 1
    short = [iri for iri, known in told.items() if known.left]
    assert not short, f"the first versions of {short[:3]} are missing"
    return told


def holds(site, model):
    every = entries(site)
    assert len({entry.id for entry in every}) == len(every), "an id stands twice"
    moments = [entry.updated for entry in every]
    assert moments == sorted(moments, reverse=True), "the entries are not in the order of time"
    newest = {}
    for entry in every:
        newest.setdefault(of_entry(entry, site)[0], entry)
    for iri in model.touched():
        names = state.names(model.entries[iri].triples)
        assert any(name in newest[iri].title for name in names), f"{iri} is called {newest[iri].title!r}, and not one of {sorted(names)}"
    reasons = {f"Change {number}" for number in range(1, 4)}
    told = {entry.get("summary", "") for entry in every}
    assert all(any(reason in text for text in told) for reason in reasons), "the feed does not tell why"
    yield f"{len(every)} changes, each once and with a name"
    yield narrowed(site, model, every)


def narrowed(site, model, every):
    """Narrowed to an organisation it has what that organisation offers; in a language it has names in it."""
    authority = "http://data.europa.eu/m8g/hasCompetentAuthority"
    offers = {}
    for iri, entry in model.entries.items():
        for s, p, o in entry.triples:
            if str(p) == authority and str(s) == iri:
                offers.setdefault(str(o), set()).add(iri)
    owner = max(sorted(offers), key=lambda iri: len(offers[iri]))
    name = owner.rpartition("/")[2]
    got = {of_entry(entry, site)[0] for entry in entries(site, f"changes.atom?organisation={name}")}
    assert offers[owner] <= got, f"of {owner} the feed lacks {sorted(offers[owner] - got)[:3]}"
    strangers = {iri for iri in got if "/service-type/" in iri}
    assert not strangers and len(got) < len(every), f"of {owner} the feed has {sorted(strangers)[:3]}"
    return f"{len(got)} entries of one organisation alone"

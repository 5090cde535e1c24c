"""The Atom feed of changes, read with feedparser through all its pages."""

import feedparser
import state

NAME, AT = "Atom (feedparser)", "changes.atom"


def carried(model):
    """Everything there ever was."""
    return set(model.entries)


def pages(site, address):
    """The feeds from an address on, newest first, each as feedparser has it: the newest entries, then the archives."""
    while address:
        feed = feedparser.parse(site.get(address).content)
        assert not feed.bozo, f"{address}: {feed.bozo_exception}"
        yield feed
        address = next((link.href for link in feed.feed.links if link.rel == "prev-archive"), None)


def entries(site, path="changes.atom"):
    """All entries, newest first. What an archive has already may stand among the newest too (RFC 5005)."""
    told = {}
    for feed in pages(site, site.url + path):
        assert len({entry.id for entry in feed.entries}) == len(feed.entries), "an id stands twice in one feed"
        for entry in feed.entries:
            known = told.setdefault(entry.id, entry)
            assert (known.updated, known.title) == (entry.updated, entry.title), f"{entry.id} is not the same in an archive"
    return list(told.values())


def of_entry(entry, site):
    """The IRI of what an entry of the feed tells a version of, and the number of the version."""
    thing, number = entry.id.rsplit("/v/", 1)
    return thing.replace(f"{site.url}doc/", f"{site.url}id/", 1), int(number)


def read(site, _model):
    """Each version once, the newest telling when its entry changed."""
    told, numbers = {}, {}
    for entry in entries(site):
        iri, number = of_entry(entry, site)
        if iri not in told:
            kinds = {category.term for category in entry.tags}
            told[iri] = state.State(changed=state.to_the_second(entry.updated), versions=number, gone="Delete" in kinds)
        numbers.setdefault(iri, []).append(number)
    for iri, listed in numbers.items():
        assert listed == list(range(len(listed), 0, -1)), f"of {iri} the versions {listed} are told"
    return told


def holds(site, model):
    every = entries(site)
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

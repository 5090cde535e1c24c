"""OAI-PMH, harvested with oaipmh-scythe."""

import datetime

import rdflib
import state
from lxml import etree
from oaipmh_scythe import Scythe
from oaipmh_scythe.config import HTTPConfig
from oaipmh_scythe.exceptions import NoRecordsMatch
from oaipmh_scythe.iterator import OAIResponseIterator

NAME, AT = "OAI-PMH (oaipmh-scythe)", "oai?verb=Identify"
DC = "{http://purl.org/dc/elements/1.1/}"
RDF_ROOT = f"{{{rdflib.RDF}}}RDF"


def carried(model):
    """Everything there ever was."""
    return set(model.entries)


def listed(site, prefix, **arguments):
    """All records of a list; none where none match."""
    with Scythe(f"{site.url}oai") as client:
        try:
            yield from client.list_records(metadata_prefix=prefix, **arguments)
        except NoRecordsMatch:
            return


def of_record(record, site):
    """The IRI of an entry and what a record in RDF says of it."""
    iri = entry_of(record.header, site)
    changed = state.to_the_second(record.header.datestamp)
    if record.header.deleted:
        return iri, state.State(changed=changed, gone=True)
    graph = rdflib.Graph()
    for root in record.xml.iter(RDF_ROOT):
        graph.parse(data=etree.tostring(root, encoding="unicode", with_tail=False), format="xml")
    own = {t for t in graph if str(t[0]).partition("#")[0] == iri}
    return iri, state.of_triples(own, names=state.names(own), changed=changed)


def entry_of(header, site):
    """The IRI that an identifier stands for."""
    identifier = header.identifier
    if identifier.startswith("oai:"):
        identifier = site.url + identifier.split(":", 2)[2]
    return identifier


def read(site, _model):
    """Every record in RDF, each once."""
    told = {}
    for record in listed(site, "rdf"):
        iri, what = of_record(record, site)
        assert iri not in told, f"{iri} comes twice"
        told[iri] = what
    return told


def holds(site, model):
    titles = dublin_core(site, model)
    yield f"{titles} in Dublin Core"
    yield sets(site, model)
    yield windows(site)
    with Scythe(f"{site.url}oai", http_config=HTTPConfig(http_method="POST")) as client:
        identify = client.identify()
        assert identify.deletedRecord == "persistent" and identify.protocolVersion == "2.0", identify.xml
        assert identify.baseURL == f"{site.url}oai", identify.baseURL
    yield "asked by POST as well"


def dublin_core(site, model):
    """Names in Dublin Core are those of the entries."""
    count = 0
    for record in listed(site, "oai_dc"):
        iri, entry = entry_of(record.header, site), model.entries[entry_of(record.header, site)]
        assert bool(record.header.deleted) == entry.gone, f"{iri} has a header that is {'deleted' if record.header.deleted else 'not deleted'}"
        if not entry.gone:
            told = {title.text for title in record.xml.iter(f"{DC}title")}
            names = state.names(entry.triples)
            assert told <= names and bool(told) == bool(names), f"in Dublin Core {iri} is called {told}, and not {names}"
            count += 1
    return count


def sets(site, model):
    """The three sets that each entry is in one of, and that of each organisation has what it offers."""
    with Scythe(f"{site.url}oai") as client:
        specs = [each.setSpec for each in client.list_sets()]
    in_sets = {spec: {entry_of(r.header, site) for r in listed(site, "oai_dc", set_=spec)} for spec in specs}
    three = [in_sets[spec] for spec in specs if spec in ("services", "suitability", "public-services")]
    assert len(three) == 3 and sum(map(len, three)) == len(model.entries), f"the sets {specs[:8]} are not all entries"
    authority = rdflib.URIRef("http://data.europa.eu/m8g/hasCompetentAuthority")
    for iri, entry in model.entries.items():
        for owner in (str(o) for s, p, o in entry.triples if p == authority and str(s) == iri):
            ours = [spec for spec in specs if spec.endswith(f"organisation-{owner.rpartition('/')[2]}")]
            assert ours and iri in in_sets[ours[0]], f"{iri} is not in the set of {owner}"
    return f"{len(specs)} sets"


def windows(site):
    """Lists from one moment and until another fit together, and hold what changed in between."""
    moments = sorted({record.header.datestamp for record in listed(site, "oai_dc")})
    middle = moments[len(moments) // 2]
    before = (datetime.datetime.fromisoformat(middle) - datetime.timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    later = [r.header for r in listed(site, "oai_dc", from_=middle)]
    earlier = [r.header for r in listed(site, "oai_dc", until=before)]
    assert all(header.datestamp >= middle for header in later) and all(header.datestamp < middle for header in earlier)
    every = [r.header.identifier for r in listed(site, "oai_dc")]
    assert sorted(h.identifier for h in later + earlier) == sorted(every), "from and until do not divide the list"
    assert not list(listed(site, "oai_dc", from_="2100-01-01")), "something is from after 2100"
    return f"{len(later)} changed from {middle} on"


def interrupted(site, model, change):
    """A harvest among changes, taken up by its token after every page with another client: no entry is lost, and none
    comes twice in the same state."""
    seen, last, pages, query = set(), {}, 0, {"verb": "ListRecords", "metadataPrefix": "rdf"}
    while query:
        with Scythe(f"{site.url}oai") as client:
            page = OAIResponseIterator(client, query)
            for record in page.oai_response.xml.iter("{http://www.openarchives.org/OAI/2.0/}record"):
                iri, what = of_record(client.class_mapping["ListRecords"](record), site)
                assert (iri, what.changed, what.triples) not in seen, f"{iri} comes twice in the same state"
                seen.add((iri, what.changed, what.triples))
                last[iri] = what
            token = page.resumption_token and page.resumption_token.token
        query = {"verb": "ListRecords", "resumptionToken": token} if token else None
        pages += 1
        change(1)
    newest = max(what.changed for what in last.values())
    last.update(of_record(record, site) for record in listed(site, "rdf", from_=f"{newest}Z"))
    wrong = model.compare(NAME, last, carried(model))
    assert not wrong, f"among changes there are {len(wrong)} differences: {wrong[:3]}"
    yield f"{pages} pages, each with a client of its own, among changes lose and double nothing"

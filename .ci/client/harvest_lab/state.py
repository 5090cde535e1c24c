"""What is known of an entry, and how two readings of it are compared."""

import dataclasses
import decimal

import rdflib

# Lexical forms are compared as they were written: "007" is not "7".
rdflib.NORMALIZE_LITERALS = False

NAME_PROPERTIES = (rdflib.SKOS.prefLabel, rdflib.DCTERMS.title, rdflib.FOAF.name)
NUMBERS = (rdflib.XSD.integer, rdflib.XSD.decimal, rdflib.XSD.double, rdflib.XSD.float)
WITHDRAWN = rdflib.URIRef("https://w3id.org/eu-service-list/def#WithdrawnRecord")


@dataclasses.dataclass
class State:
    """What a wire says of one entry. None is what it does not carry."""

    triples: frozenset | None = None  # what the entry and its parts say now
    names: frozenset | None = None  # names, or some of them, without their languages
    changed: str | None = None  # when it last changed: YYYY-MM-DDThh:mm:ss in UTC
    gone: bool | None = None  # whether it is withdrawn
    versions: int | None = None  # how many versions it has had


def of_triples(triples, **known):
    """The state that triples about one entry tell."""
    gone = any(p == rdflib.RDF.type and o == WITHDRAWN for _, p, o in triples)
    return State(triples=frozenset(triples), gone=gone, **known)


def names(triples):
    """The names that triples about one entry tell, those of its parts excepted."""
    return frozenset(str(o) for s, p, o in triples if p in NAME_PROPERTIES and "#" not in s)


def by_record(triples, site):
    """Triples by the record that they belong to: that of their subject, or whose part it is."""
    records = {}
    for triple in triples:
        iri = str(triple[0]).partition("#")[0]
        assert iri.startswith((f"{site.url}id/", f"{site.url}list/")), f"{triple} is said of no record"
        records.setdefault(iri, set()).add(triple)
    return records


def to_the_second(moment):
    """A moment of xsd:dateTime in UTC, without fractions of its second."""
    assert moment.endswith(("Z", "+00:00")), f"{moment} is not in UTC"
    return moment[:19]


def by_value(triples):
    """Triples with numbers spelt in one way: the store of the endpoint keeps 1.5 where 1.50 was written."""
    return frozenset((s, p, one_spelling(o)) for s, p, o in triples)


def one_spelling(term):
    """A number in the shortest spelling of its value; anything else as it is."""
    if not isinstance(term, rdflib.Literal) or term.datatype not in NUMBERS:
        return term
    return rdflib.Literal(format(decimal.Decimal(str(term)).normalize(), "f"), datatype=term.datatype)


def differences(expected, told, seen=frozenset):
    """How a reading differs from what is expected, in sentences; what either does not know is passed over."""
    if None not in (expected.gone, told.gone) and expected.gone != told.gone:
        yield f"is {'withdrawn' if told.gone else 'there'}, and should be {'withdrawn' if expected.gone else 'there'}"
    if None not in (expected.triples, told.triples):
        wanted, had = seen(expected.triples), seen(told.triples)
        yield from (f"lacks {written(triple)}" for triple in sorted(wanted - had)[:3])
        yield from (f"says besides {written(triple)}" for triple in sorted(had - wanted)[:3])
    if None not in (expected.names, told.names) and not (told.names <= expected.names and bool(told.names) == bool(expected.names)):
        yield f"is called {sorted(told.names)}, and should be {sorted(expected.names)}"
    if None not in (expected.changed, told.changed) and expected.changed != told.changed:
        yield f"changed at {told.changed}, and should have at {expected.changed}"
    if None not in (expected.versions, told.versions) and expected.versions != told.versions:
        yield f"has {told.versions} versions, and should have {expected.versions}"


def written(triple):
    """A triple as N-Triples."""
    return " ".join(term.n3() for term in triple)

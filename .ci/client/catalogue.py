"""What a server publishes, found as a reader finds it: from `/list` to the lists to their entries, the second list,
and what was tried by whom."""

import re

import rdflib
import requests

EUSL = "https://w3id.org/eu-service-list/def#"
SKOS = rdflib.SKOS
RDF_FORMS = {
    "nt": "application/n-triples",
    "ttl": "text/turtle",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
LANGUAGES = ["en", "nl", "de", "sv", "nb", "fr"]

# Lexical forms are compared as they were written: "007" is not "7".
rdflib.NORMALIZE_LITERALS = False


class Catalogue:
    """The records of one server: their IRIs start with `base`, their documents answer at `site`."""

    def __init__(self, site, base):
        self.site, self.base = site, base
        self.session = requests.Session()

    def address(self, iri):
        """The document about a thing; a list is a document itself."""
        path = iri.removeprefix(self.base)
        return self.site + (f"doc/{path.removeprefix('id/')}" if path.startswith("id/") else path)

    def get(self, address, **headers):
        """The answer to a GET, which must be 200 (redirections are followed)."""
        answer = self.session.get(address, headers=headers, timeout=30)
        assert answer.status_code == 200, f"{address} answers {answer.status_code}"
        return answer

    def n_triples(self, iri):
        """The triples of a record's document, read from N-Triples."""
        return rdflib.Graph().parse(data=self.get(f"{self.address(iri)}.nt").content, format="nt")

    def lists(self):
        """The IRIs of the lists and code lists that `/list` links to."""
        page = self.get(f"{self.site}list").text
        language = f"(?:(?:{'|'.join(LANGUAGES)})/)?"
        paths = set(re.findall(rf'href="{re.escape(self.site)}{language}(list/[^"?#]+)"', page))
        assert len(paths) > 10, f"{self.site}list links to {len(paths)} lists"
        return sorted(self.base + path for path in paths)

    def records(self):
        """The IRIs of all records: the lists and their entries, the assessments, pilots, co-design and who is behind them."""
        records = set(self.lists())
        for scheme in sorted(records):
            entries = self.n_triples(scheme).subjects(SKOS.inScheme, rdflib.URIRef(scheme))
            records.update(str(entry) for entry in entries)
        assessed = rdflib.Graph().parse(data=self.get(f"{self.site}list/suitability.nt?assessor=all").content, format="nt")
        records.update(str(s) for s in assessed.subjects(rdflib.URIRef(f"{EUSL}assesses")) if "#" not in s)
        records.update(self.told_on("pilots", "pilot") | self.told_on("co-design", "co-design"))
        organisations = rdflib.Graph().parse(data=self.get(
            f"{self.site}sparql?format=turtle&query=CONSTRUCT+WHERE+%7B+%3Fs+a+%3Fclass+%7D").content, format="turtle")
        records.update(str(s) for s in organisations.subjects() if s.startswith(f"{self.base}id/organisation/") and "#" not in s)
        return sorted(records)

    def told_on(self, page, kind):
        """The IRIs of a kind that a page links to."""
        links = re.findall(rf'href="[^"]*/(?:id|doc)/{kind}/([^"?#./]+)"', self.get(f"{self.site}{page}").text)
        assert links, f"{self.site}{page} links to no {kind}"
        return {f"{self.base}id/{kind}/{name}" for name in links}


def thinned(records):
    """All records, but of the assessments, which are made by rule and alike, every tenth."""
    assessments = [iri for iri in records if "/id/assessment/" in iri]
    return sorted(set(records) - set(assessments) | set(assessments[::10]))


def sample(records):
    """All lists, codes and every tenth of the kinds that have more than a hundred records."""
    chosen, kinds = [], {}
    for iri in records:
        kind = kinds.setdefault(iri.rpartition("/")[0], [])
        kind.append(iri)
    for of_kind in kinds.values():
        chosen += of_kind[::10] if len(of_kind) > 100 else of_kind
    return sorted(chosen)

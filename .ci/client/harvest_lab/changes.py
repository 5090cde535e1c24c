"""Random changes over HTTP, as editors and towns make them; each is noted in the model when it is acknowledged."""

import datetime
import json
import random

import rdflib
from rdflib import DCTERMS, FOAF, RDF, SKOS, Literal, Namespace, URIRef

EUSL = Namespace("https://w3id.org/eu-service-list/def#")
CV = Namespace("http://data.europa.eu/m8g/")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
STATUS = URIRef("http://www.w3.org/ns/adms#status")
CODE = Namespace("http://publications.europa.eu/resource/authority/concept-status/")
AREA = Namespace("http://publications.europa.eu/resource/authority/atu/")
# Names with all that a syntax may trip over.
WORDS = ["Straßen & Plätze", 'the "blue" bin', "a < b > c", "back\\slash", "=SUM(1)", "naïve 東京 🚲", "tab\there", "d'été"]
LANGUAGES = ["en", "nl", "de", "sv", "nb", "fr"]


def lines(triples):
    """Triples as N-Triples."""
    return "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in triples)


class Author:
    """Makes changes. The same seed makes the same sequence."""

    def __init__(self, site, model, seed):
        self.site, self.model, self.random = site, model, random.Random(seed)
        self.made, self.count = {"service-type": [], "organisation": [], "public-service": []}, 0
        self.told = {}
        self.deeds = {
            self.new_service_type: 12, self.new_organisation: 5, self.new_public_service: 14, self.rename: 20,
            self.translate: 12, self.define: 10, self.move: 6, self.update_several: 6, self.deprecate: 6,
            self.supersede: 5, self.withdraw: 12, self.reinstate: 8, self.draft: 4,
        }
        # Something to change must be there first, and so many towns that have offers that the catalogue has pages.
        for make, times in ((self.new_service_type, 2), (self.new_organisation, 25), (self.new_public_service, 50)):
            for _ in range(times):
                make()

    def change(self, times=1):
        """Makes changes, each of a kind chosen by chance among those that are possible now."""
        for _ in range(times):
            while not self.random.choices(list(self.deeds), list(self.deeds.values()))[0]():
                pass

    def send(self, method, address, body=None, media_type=None, condition=None, statuses=(201, 204), **query):
        """A write, which must be taken. Every one has a reason of its own."""
        self.count += 1
        headers = {"Authorization": f"Bearer {self.site.token}"}
        headers |= {"Content-Type": media_type} if media_type else {}
        headers |= dict([condition]) if condition else {}
        begun = datetime.datetime.now(datetime.UTC)
        body = body.encode() if isinstance(body, str) else body
        answer = self.site.session.request(
            method, address, data=body, headers=headers, params={"reason": f"Change {self.count}", **query}, timeout=60)
        assert answer.status_code in statuses, f"change {self.count}: {method} {address} is {answer.status_code}: {answer.text}"
        return answer, begun

    def put(self, iri, triples):
        """Puts a whole record."""
        new = iri not in self.model.entries
        body = lines(sorted(triples))
        condition = ("If-None-Match", "*") if new else ("If-Match", "*")
        _, begun = self.send("PUT", self.site.document(iri), body, "application/n-triples", condition)
        self.model.write(iri, triples, begun)

    def patch(self, iri, removed, added):
        """Patches a record with SPARQL Update."""
        update = f"DELETE DATA {{ {lines(removed)} }} ; INSERT DATA {{ {lines(added)} }}"
        _, begun = self.send("PATCH", self.site.document(iri), update, "application/sparql-update", ("If-Match", "*"))
        self.model.write(iri, (self.model.entries[iri].triples - set(removed)) | set(added), begun)
        return True

    def tell(self, deed):
        """Counts what was done."""
        self.told[deed] = self.told.get(deed, 0) + 1
        return True

    def text(self, what):
        """A text that was not there before."""
        return f"{what} {self.count}: {self.random.choice(WORDS)}"

    def some(self, *kinds, of_ours=True, status=None):
        """An entry that is there, of a kind and perhaps with a status; ours, or one that came with the register."""
        ours = [iri for kind in kinds for iri in self.made[kind]]
        others = [] if of_ours else [iri for kind in kinds for iri in self.original(kind)]
        for wanted in self.random.choice([(ours, others), (others, ours)]):
            there = [iri for iri in wanted if not self.model.entries[iri].gone and (
                status is None or (URIRef(iri), STATUS, CODE[status]) in self.model.entries[iri].triples)]
            if there:
                return self.random.choice(there)
        return None

    def original(self, kind):
        """The entries of a kind that came with the register, in a fixed order."""
        start = f"{self.site.url}id/{kind}/"
        return sorted(iri for iri in self.model.entries if iri.startswith(start) and iri not in self.made.get(kind, []))

    def new_service_type(self):
        """Takes a number and gives it to a new entry of the list."""
        answer, _ = self.send("POST", f"{self.site.url}doc/service-type", status="reserved")
        iri = answer.headers["Location"].replace("/draft/", "/id/")
        number, thing = iri.rpartition("/")[2], URIRef(iri)
        self.put(iri, {
            (thing, RDF.type, EUSL.ServiceType), (thing, RDF.type, SKOS.Concept), (thing, STATUS, CODE.CURRENT),
            (thing, SKOS.notation, Literal(number)), (thing, DCTERMS.identifier, Literal(number)),
            (thing, SKOS.prefLabel, Literal(self.text("Service"), lang="en")),
            (thing, SKOS.inScheme, URIRef(f"{self.site.url}list/services")),
        })
        self.made["service-type"].append(iri)
        return self.tell("new service type")

    def new_organisation(self):
        """A town."""
        iri, triples = self.town("Town")
        self.put(iri, triples)
        self.made["organisation"].append(iri)
        return self.tell("new organisation")

    def town(self, what):
        """The IRI of a town to come, and what it will say."""
        iri = f"{self.site.url}id/organisation/lab-{self.count}"
        thing, name = URIRef(iri), Literal(self.text(what), lang=self.random.choice(LANGUAGES))
        return iri, {
            (thing, RDF.type, CV.PublicOrganisation), (thing, RDF.type, FOAF.Agent), (thing, DCTERMS.title, name),
            (thing, SKOS.prefLabel, name), (thing, FOAF.name, name), (thing, DCTERMS.identifier, Literal(f"lab-{self.count}")),
            (thing, DCTERMS.spatial, AREA[self.random.choice(["NLD", "DEU", "SWE", "NOR", "FRA"])]),
        }

    def new_public_service(self):
        """What a town offers, with a part: what it costs."""
        town = self.some("organisation")
        if not town:
            return False
        iri = f"{self.site.url}id/public-service/lab-{self.count}"
        thing, cost = URIRef(iri), URIRef(f"{iri}#cost")
        (area,) = [o for _, p, o in self.model.entries[town].triples if p == DCTERMS.spatial]
        euro = URIRef("http://publications.europa.eu/resource/authority/currency/EUR")
        amount = Literal(f"{self.count}.50", datatype=rdflib.XSD.double)
        self.put(iri, {
            (thing, RDF.type, CPSV.PublicService), (thing, DCTERMS.identifier, Literal(f"lab-{self.count}")),
            (thing, DCTERMS.title, Literal(self.text("Offer"), lang="en")), (thing, DCTERMS.spatial, area),
            (thing, DCTERMS.description, Literal(self.text("What it is"), lang="en")),
            (thing, CV.hasCompetentAuthority, URIRef(town)), (thing, CV.hasCost, cost),
            (thing, EUSL.serviceType, URIRef(self.random.choice(self.original("service-type")))),
            (cost, RDF.type, CV.Cost), (cost, DCTERMS.identifier, Literal(f"lab-{self.count}-cost")),
            (cost, CV.hasValue, amount), (cost, CV.currency, euro),
        })
        self.made["public-service"].append(iri)
        return self.tell("new public service")

    def rename(self):
        """Another name in place of one."""
        iri = self.some("service-type", "organisation", "public-service", of_ours=False)
        thing = URIRef(iri)
        names = sorted(t for t in self.model.entries[iri].triples if t[0] == thing and t[1] in (SKOS.prefLabel, DCTERMS.title, FOAF.name))
        language = self.random.choice(names)[2].language
        removed = [t for t in names if t[2].language == language]
        name = Literal(self.text("Renamed"), lang=language)
        self.patch(iri, removed, sorted({(thing, p, name) for _, p, _ in removed}))
        return self.tell("rename")

    def translate(self):
        """A name in a language that it has none in."""
        iri = self.some("service-type", "public-service", of_ours=False)
        thing = URIRef(iri)
        names = [t for t in self.model.entries[iri].triples if t[0] == thing and t[1] in (SKOS.prefLabel, DCTERMS.title)]
        missing = [language for language in LANGUAGES if language not in {o.language for _, _, o in names}]
        if not names or not missing:
            return False
        name = Literal(self.text("Translated"), lang=self.random.choice(missing))
        key = "prefLabel" if names[0][1] == SKOS.prefLabel else "title"
        patch = json.dumps({key: {name.language: str(name)}})
        _, begun = self.send("PATCH", self.site.document(iri), patch, "application/merge-patch+json", ("If-Match", "*"))
        self.model.write(iri, self.model.entries[iri].triples | {(thing, names[0][1], name)}, begun)
        return self.tell("translation")

    def define(self):
        """A note more, by a whole record."""
        iri = self.some("service-type", of_ours=False)
        note = (URIRef(iri), SKOS.scopeNote, Literal(self.text("Note"), lang="en"))
        others = {t for t in self.model.entries[iri].triples if t[1] != SKOS.scopeNote}
        self.put(iri, others | {note})
        return self.tell("note")

    def move(self):
        """Another place among the functions."""
        iri = self.some("service-type", of_ours=False)
        removed = [t for t in self.model.entries[iri].triples if t[1] == SKOS.broader]
        place = (URIRef(iri), SKOS.broader, URIRef(self.random.choice(self.original("function"))))
        if place in removed:
            return False
        self.patch(iri, removed, [place])
        return self.tell("move")

    def update_several(self):
        """Several records in one revision."""
        chosen = sorted({self.some("service-type", of_ours=False) for _ in range(3)})
        notes = {iri: (URIRef(iri), SKOS.editorialNote, Literal(self.text("Together"), lang="en")) for iri in chosen}
        removed = {iri: {t for t in self.model.entries[iri].triples if t[1] == SKOS.editorialNote} for iri in chosen}
        former = [triple for iri in sorted(removed) for triple in removed[iri]]
        update = f"DELETE DATA {{ {lines(former)} }} ; INSERT DATA {{ {lines(notes.values())} }}"
        _, begun = self.send("POST", f"{self.site.url}update", update, "application/sparql-update")
        for iri, note in notes.items():
            self.model.write(iri, (self.model.entries[iri].triples - removed[iri]) | {note}, begun)
        return self.tell("update of several")

    def set_status(self, iri, code, more=()):
        """Another status, and with it whatever replaces the entry."""
        removed = [t for t in self.model.entries[iri].triples if t[1] in (STATUS, DCTERMS.isReplacedBy)]
        return self.patch(iri, removed, [(URIRef(iri), STATUS, CODE[code]), *more])

    def deprecate(self):
        """No longer to be used."""
        iri = self.some("service-type", of_ours=False, status="CURRENT")
        if not iri:
            return False
        self.set_status(iri, "DEPRECATED")
        return self.tell("deprecation")

    def supersede(self):
        """Another takes its place."""
        iri, other = self.some("service-type", status="CURRENT"), self.random.choice(self.original("service-type"))
        if not iri or self.model.entries[other].gone:
            return False
        self.set_status(iri, "DEPRECATED", [(URIRef(iri), DCTERMS.isReplacedBy, URIRef(other))])
        return self.tell("supersession")

    def withdraw(self):
        """Away with it. Entries of the list are deprecated first."""
        iri = self.some("public-service") if self.random.random() < 0.6 else self.some("service-type", status="DEPRECATED")
        if not iri:
            return False
        _, begun = self.send("DELETE", self.site.document(iri), condition=("If-Match", "*"))
        self.model.write(iri, self.model.entries[iri].triples, begun, gone=True)
        return self.tell("withdrawal")

    def reinstate(self):
        """What was withdrawn or deprecated holds again."""
        gone = [iri for kind in self.made.values() for iri in kind if self.model.entries[iri].gone]
        iri = self.random.choice(gone) if gone and self.random.random() < 0.7 else self.some("service-type", status="DEPRECATED")
        if not iri:
            return False
        thing = URIRef(iri)
        status = {(thing, STATUS, CODE.CURRENT)} if "service-type" in iri else set()
        self.put(iri, {t for t in self.model.entries[iri].triples if t[1] not in (STATUS, DCTERMS.isReplacedBy)} | status)
        return self.tell("reinstatement")

    def draft(self):
        """What waits to be published is nobody's business yet."""
        iri, triples = self.town("Hidden")
        body = lines(sorted(triples | {(URIRef(iri), STATUS, CODE.CANDIDATE)}))
        self.send("PUT", self.site.document(iri), body, "application/n-triples", ("If-None-Match", "*"), statuses=(202,))
        self.model.hidden.add(iri)
        return self.tell("draft")

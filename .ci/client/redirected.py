"""Dereferences IRIs of a base that is not the site, and looks for addresses that lead to a wrong host."""

import re
import sys
import urllib.parse

import rdflib
from catalogue import RDF_FORMS, Catalogue, sample

site, base, status = sys.argv[1:4]
catalogue = Catalogue(site, base)
PROFILES = ["cpsv-ap", "skos", "schema-org"]
LOCAL = re.compile(r"""https?://(?:localhost|127\.0\.0\.1|\[::1\]|evil\.example)[^\s"'<>\\]*""")
FORGED = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}


def check_hosts(address, **headers):
    """No header and no octet of an answer names a host but the base's and the site's."""
    answer = catalogue.session.get(address, headers={**FORGED, **headers}, allow_redirects=False, timeout=30)
    assert answer.status_code < 500, f"{address} answers {answer.status_code}"
    said = "\n".join(answer.headers.values()) + "\n" + urllib.parse.unquote(answer.text)
    # IRIs are written in parts on pages, for narrow screens.
    said = said.replace("<wbr>", "")
    assert "evil.example" not in said, f"{address} believes the Host header"
    wrong = {found for found in LOCAL.findall(said) if not (found + "/").startswith((base, site))}
    assert not wrong, f"{address} ({headers}) names {sorted(wrong)[:3]}"
    # Documents are the site's, things the base's.
    things = {found for found in LOCAL.findall(said) if found.startswith(f"{site}id/")}
    documents = {found for found in LOCAL.findall(said) if found.startswith(f"{base}doc/")}
    assert not things | documents, f"{address} ({headers}) mixes base and site: {sorted(things | documents)[:3]}"
    location = answer.headers.get("Location")
    assert location is None or location.startswith(site), f"{address} leads to {location}"
    for link in re.findall(r"<([^>]*)>", answer.headers.get("Link", "")):
        assert not link.startswith("/"), f"{address} has the relative link {link}"
    return location


def check_rdflib(path):
    """What rdflib finds at an IRI of the base is what the document says, under IRIs of the base."""
    found = rdflib.Graph().parse(base + path)
    expected = catalogue.n_triples(base + path)
    assert (rdflib.URIRef(base + path), None, None) in found, f"{base + path} does not speak of itself"
    assert set(found) == set(expected), f"{base + path} differs from its document"


paths = ["id/service-type/372", "id/function/40", "id/channel-type/telephone", "list/channel-type", "list/services"]
for path in paths:
    check_rdflib(path)
print(f"rdflib follows {len(paths)} IRIs by {status}")

if status == "303":  # What the site answers does not depend on how the proxy redirects.
    addresses = [site, *(site + path for path in ("list", "def", "shapes", "sparql", "context/v1.jsonld", "nothing"))]
    for iri in sample(catalogue.records())[::4]:
        address = catalogue.address(iri)
        addresses += [site + iri.removeprefix(base), address, f"{site}nl/{address.removeprefix(site)}"]
        addresses += [f"{address}.{form}" for form in [*RDF_FORMS, "json", "html"]]
        addresses += [f"{address}.ttl?profile={profile}" for profile in PROFILES]
        addresses += [f"{site}resolve?{urllib.parse.urlencode({'iri': iri})}"]
    addresses += [f"{site}sparql?query=" + urllib.parse.quote("SELECT * { ?s ?p ?o } LIMIT 2000")]
    for address in addresses:
        check_hosts(address)
        check_hosts(address, Accept="text/html")
    print(f"{len(addresses)} answers of the site name no host but the base's and the site's, whatever Host says")

"""robots.txt and the sitemaps that it names, read with urllib's and ElementTree's parsers as a crawler does."""

import urllib.robotparser
import xml.etree.ElementTree as ElementTree

import state

NAME, AT = "sitemap", "robots.txt"
SITEMAP, XHTML = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/1999/xhtml}"
MOST = 50_000
LANGUAGES = {"en", "nl", "de", "sv", "nb", "fr"}


def carried(model):
    """What is there."""
    return {iri for iri, entry in model.entries.items() if not entry.gone}


def robots(site):
    """What robots.txt says."""
    parser = urllib.robotparser.RobotFileParser()
    parser.parse(site.get("robots.txt").text.splitlines())
    return parser


def pages(site):
    """The `url` elements of all sitemaps of the index."""
    (index,) = robots(site).site_maps()
    for listed in ElementTree.fromstring(site.get(index).content).iter(f"{SITEMAP}loc"):
        urls = list(ElementTree.fromstring(site.get(listed.text).content).iter(f"{SITEMAP}url"))
        assert 0 < len(urls) <= MOST, f"{listed.text} has {len(urls)} pages"
        yield from urls


def of_page(site, url):
    """The IRI of the entry whose document a `url` element tells, and its address without a language."""
    path = url.find(f"{SITEMAP}loc").text.removeprefix(site.url)
    language, _, rest = path.partition("/")
    path = rest if language in LANGUAGES else path
    return site.url + (f"id/{path.removeprefix('doc/')}" if path.startswith("doc/") else path)


def read(site, model):
    """What has a page. Pages that are of no entry are left out. Their moments are those of the pages, which show neighbours
    as well: `holds` looks at them."""
    return {iri: state.State(gone=False) for iri in (of_page(site, url) for url in pages(site)) if iri in model.entries or "/id/" in iri}


def holds(site, model):
    for url in pages(site):
        iri, told = of_page(site, url), url.findtext(f"{SITEMAP}lastmod")
        changed = iri in model.entries and model.entries[iri].changed
        assert not changed or state.to_the_second(told) >= changed, f"the page of {iri} changed at {told}, before what it shows"
        languages = {link.get("hreflang") for link in url.iter(f"{XHTML}link")}
        assert languages >= LANGUAGES, f"{url.findtext(f'{SITEMAP}loc')} has pages in {languages}"
    yield "each in six languages"
    rules = robots(site)
    assert not rules.can_fetch("any", f"{site.url}sparql?query=x"), "robots.txt lets crawlers query"
    kept = [iri for iri in sorted(carried(model)) if not rules.can_fetch("any", site.document(iri))]
    assert not kept, f"robots.txt keeps crawlers from {kept[:3]}"
    yield "robots.txt lets crawlers read the documents, and not query"

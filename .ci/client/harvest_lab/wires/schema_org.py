"""What search engines read in the pages of entries, extracted with extruct."""

import extruct
import state

NAME, AT = "schema.org (extruct)", "list/services"
PAGES = 40


def carried(model):
    """Some of what was touched and is there."""
    return set([iri for iri in model.touched() if not model.entries[iri].gone][:PAGES])


def read(site, model):
    """The names in the JSON-LD of each page."""
    told = {}
    for iri in sorted(carried(model)):
        page = site.get(site.document(iri), Accept="text/html")
        (tree,) = extruct.extract(page.text, base_url=page.url, syntaxes=["json-ld"])["json-ld"]
        things = [thing for thing in tree.get("@graph", [tree]) if thing.get("@id") == iri]
        assert things, f"the page of {iri} tells nothing of it in terms of schema.org"
        told[iri] = state.State(names=frozenset(texts(things[0]["name"])), gone=False)
    return told


def texts(values):
    """The texts among values of JSON-LD."""
    return [each["@value"] if isinstance(each, dict) else each for each in (values if isinstance(values, list) else [values])]


def holds(_site, _model):
    """Nothing else."""
    return ()

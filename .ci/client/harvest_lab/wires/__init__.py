"""One module for each way in which the list can be harvested. Each has

* NAME; and where its client runs on Node, NODE_NEEDS: the packages without which it is skipped, as it is without those
  of Python that it imports;
* AT: a path below the site that answers where the wire is served;
* SEEN, where triples are not compared as they were written: what shows those of both sides alike;
* `carried(model)`: the IRIs of the entries that the wire should carry;
* `read(site, model)`: what it says, as a State for each IRI, read with a client of others;
* `holds(site, model)`: what else is promised of the wire; yields what was seen to hold, and fails with an assertion.

Those that can be interrupted have `interrupted(site, model, change)` as well, which yields like `holds`; `change()` makes
a random change.
"""

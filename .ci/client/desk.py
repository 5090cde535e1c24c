"""The desk by keyboard alone, in Chromium: desk.py SITE ORGANISATION [QUERY [DEPARTMENT]].

Types words at `/desk?for=ORGANISATION`, goes on with Enter and Tab alone, and holds the card to its
promises: it names the department to transfer to and says whether that is open.
"""

import re
import sys

from browser import Browser, executable

OPENING = r"\b(open until|open\b|closed)"


def check(browser, site, organisation, query, department):
    browser.open(f"{site}desk?for={organisation}")
    assert browser.focused()["id"] == "q", "the search has no focus"
    browser.type(query)
    browser.follow()
    if not browser.value("!!document.getElementById('entry')"):
        # Several entries: the first link among the results is the best.
        browser.tab_to(lambda focused: "type=" in focused["href"])
        browser.follow()
    to_do = browser.value("document.getElementById('do').parentElement.innerText")
    assert department in to_do, f"no {department!r} in: {to_do}"
    assert re.search(OPENING, to_do), f"neither open nor closed in: {to_do}"
    assert "+" in to_do, f"no telephone number in: {to_do}"
    # From the search on, Tab goes to the card: to the entry itself.
    entry = browser.tab_to(lambda focused: "/doc/service-type/" in focused["href"])
    print(f"{query!r} at {organisation}: {entry['text']}: {' '.join(to_do.split())}")

    # What Tab comes to first is a link past the header, and that link leads there.
    browser.open(f"{site}desk?for={organisation}")
    browser.tab_to(lambda focused: focused["href"] == "#content", back=True)
    is_first = "document.querySelector('a[href], button, input, select') === document.activeElement"
    assert browser.value(is_first), "something comes before the skip link"
    browser.press("Enter")
    browser.press("Tab")
    assert browser.value("location.hash") == "#content", "the skip link was not followed"
    is_past = "document.getElementById('content').contains(document.activeElement)"
    assert browser.value(is_past), f"past the header is {browser.focused()}"

    # Nobody's desk: the proposal says that it is one, and the town is chosen with the keyboard.
    browser.open(f"{site}desk?q={query.replace(' ', '+')}")
    to_do = browser.value("document.getElementById('do').parentElement.innerText")
    assert "nobody has reviewed it" in to_do, f"a proposal that does not say so: {to_do}"
    chooser = browser.tab_to(lambda focused: focused["id"] == "for")
    if chooser["tag"] == "INPUT":
        browser.type(organisation)
    browser.tab_to(lambda focused: focused["tag"] == "BUTTON")
    browser.follow()
    chosen = browser.value("location.search")
    assert "for=" in chosen and "type=" in chosen, f"choosing an organisation led to {chosen}"

    width = browser.value("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"the page is {width} pixels too wide"


def main(site, organisation, query="abandoned bicycle", department="Street cleaning"):
    chromium = executable()
    if not chromium:
        print("SKIPPED: chromium is not installed (for desk.py)")
        return
    browser = Browser(chromium)
    try:
        browser.call("Emulation.setLocaleOverride", locale="en-GB")
        browser.call("Network.setExtraHTTPHeaders", headers={"Accept-Language": "en"})
        check(browser, site, organisation, query, department)
    finally:
        browser.close()
    print("the desk serves whoever has a keyboard alone")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The query page in Chromium, with its script and without: query_page.py SITE AXE.

Types a query, runs it, reads the table and downloads it as CSV; sees an error marked at its place, an answer that breaks off
left out, a query stopped, and Back lead to the query before. axe (AXE is its axe.min.js) finds nothing on the page, empty, with an
answer or with an error, in light and dark, at 320 and 1280 pixels. No policy is violated and nothing is asked of elsewhere.
"""

import csv
import itertools
import os
import re
import sys
import tempfile
import time
import urllib.parse

from browser import Browser, executable

QUERY = 'SELECT ?type ?name { ?type a eusl:ServiceType ; skos:notation "372" ; skos:prefLabel ?name }'
NAME = "Abandoned vehicles"
WRONG = "SELECT * {\n  ?type a eusl:ServiceType ;;\n    skos:notation ?number ?name .\n  FILTER(?number = \"372\")\n}\nLIMIT 10 # ten"
MANY = "SELECT ?type ?name { ?type skos:prefLabel ?name }"
EDITOR = "document.querySelector('.editor').shadowRoot.querySelector('.cm-content')"
TABLE = "document.querySelector('#answer table')"
STATUS = "document.querySelector('[role=status]').textContent"


def address(site, query):
    return f"{site}en/sparql?{urllib.parse.urlencode({'query': query})}"


def replace(browser, text):
    """Types a text over what the editor has, by keyboard."""
    browser.value(f"{EDITOR}.focus()")
    browser.press("a", control=True)
    browser.call("Input.insertText", text=text)


def run(browser, text):
    replace(browser, text)
    browser.press("Enter", control=True)


def download(browser, folder):
    """The rows of the CSV that the page offers."""
    browser.call("Page.setDownloadBehavior", behavior="allow", downloadPath=folder)
    browser.value("[...document.querySelectorAll('#answer a[download]')].find(a => a.textContent === 'CSV').click()")
    for _ in range(100):
        found = [name for name in os.listdir(folder) if not name.endswith(".crdownload")]
        if found:
            path = os.path.join(folder, found[0])
            with open(path, encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            os.remove(path)
            return rows
        time.sleep(0.1)
    raise AssertionError("no CSV arrived")


def with_script(browser, site, folder):
    browser.open(f"{site}en/sparql")
    browser.until(f"!!{EDITOR}", "the editor")
    assert browser.value("document.getElementById('query').hidden"), "the text field is still shown"
    assert "Ctrl+Enter" in browser.value(f"{EDITOR}.getAttribute('aria-description')"), "the keys are not described"

    # Words are completed from the data: a class by what people call it, with its prefix declared.
    replace(browser, "SELECT * { ?s a service")
    browser.press(" ", control=True)
    first = "document.querySelector('.editor').shadowRoot.querySelector('.cm-tooltip-autocomplete li')"
    browser.until(f"{first}?.textContent.includes('eusl:ServiceType')", "a completion")
    assert re.search(r"\d", browser.value(f"{first}.textContent")), "the completion has no count"
    time.sleep(0.2)
    browser.press("Enter")
    written = browser.value("document.getElementById('query').value")
    assert written.startswith("PREFIX eusl: <https://w3id.org/eu-service-list/def#>\n"), written
    assert written.endswith("?s a eusl:ServiceType"), written

    # A query is typed and run; the page stays, and its address is that of the answer.
    browser.value("window.stayed = true")
    run(browser, QUERY)
    browser.until(f"!!{TABLE}", "a table")
    assert browser.value("window.stayed"), "the page was left"
    table = browser.value(f"{TABLE}.innerText")
    assert NAME in table and browser.value(f"{TABLE}.caption.textContent") == "1 result", table
    assert browser.value(STATUS) == "1 result", browser.value(STATUS)
    assert browser.value("location.href") == address(site, QUERY), browser.value("location.href")
    rows = download(browser, folder)
    assert rows[0] == ["type", "name"] and rows[1][1] == NAME and len(rows) == 2, rows

    # What cannot be read is marked at its place, which the cursor is at, and told.
    run(browser, WRONG)
    browser.until("!!document.querySelector('#refusal [data-line]')", "an error")
    line = browser.value("document.querySelector('#refusal [data-line]').dataset.line")
    marked = browser.value(
        "document.querySelector('.editor').shadowRoot.querySelector('.cm-unreadable-line')?.textContent ?? ''"
    )
    assert marked == WRONG.split("\n")[int(line) - 1], f"line {line}: {marked!r} is marked"
    assert browser.value(f"{EDITOR}.getAttribute('aria-invalid')") == "true"
    assert not browser.value(f"!!{TABLE}"), "the table of another query is still shown"
    print(f"marked: {marked.strip()!r}")

    # Of an answer that breaks off nothing is shown.
    browser.call("Fetch.enable", patterns=[{"urlPattern": "*query=*", "requestStage": "Response"}])
    run(browser, MANY)
    paused = wait_for(browser, "Fetch.requestPaused")
    browser.call("Fetch.failRequest", requestId=paused["requestId"], errorReason="ConnectionClosed")
    browser.call("Fetch.disable")
    browser.until(f"{STATUS}.startsWith('The answer did not arrive whole')", "that the answer was cut")
    assert browser.value("document.getElementById('answer').children.length") == 0, "a cut answer is shown"

    # Back leads to the query before, with its answer.
    browser.value("history.go(-2)")
    browser.until(f"!!{TABLE} && document.getElementById('query').value === {QUERY!r}", "the query before")

    # Tab is no trap: it goes on to the button.
    browser.value(f"{EDITOR}.focus()")
    browser.press("Tab")
    assert browser.focused()["tag"] == "BUTTON", browser.focused()


def stopped(browser, site):
    browser.open(f"{site}en/sparql")
    browser.until(f"!!{EDITOR}", "the editor")
    run(browser, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(?c != ?f) }")
    browser.until("!document.querySelector('.stop').hidden", "a button to stop")
    browser.value("document.querySelector('.stop').click()")
    browser.until(f"{STATUS}.startsWith('Stopped')", "that the query was stopped")
    assert browser.value("document.querySelector('.stop').hidden")


def without_script(browser, site, folder):
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(f"{site}en/sparql")
    assert not browser.value("!!document.querySelector('.editor')"), "the script ran"
    browser.value("document.getElementById('query').select(), document.getElementById('query').focus()")
    browser.call("Input.insertText", text=QUERY)
    browser.tab_to(lambda focused: focused["tag"] == "BUTTON")
    browser.follow()
    assert NAME in browser.value(f"{TABLE}.innerText")
    assert browser.value("location.href") == address(site, QUERY), browser.value("location.href")
    assert browser.value("document.getElementById('query').value") == QUERY
    rows = download(browser, folder)
    assert rows[1][1] == NAME, rows
    browser.open(address(site, WRONG))
    assert browser.value("document.getElementById('refusal').innerText.includes('line')")
    browser.call("Emulation.setScriptExecutionDisabled", value=False)


def wait_for(browser, event):
    for _ in range(100):
        for seen in browser.events:
            if seen["method"] == event:
                browser.events.remove(seen)
                return seen["params"]
        browser.value("1")
        time.sleep(0.1)
    raise AssertionError(f"no {event}")


def accessible(browser, site, axe, pictures):
    pages = [("empty", f"{site}en/sparql"), ("results", address(site, MANY)), ("error", address(site, WRONG))]
    pages.append(("triples", address(site, "DESCRIBE <" + site + "id/service-type/372>")))
    for (name, at), scheme, width in itertools.product(pages, ["light", "dark"], [320, 1280]):
        browser.show(at, scheme, width)
        browser.until(f"!!{EDITOR}", "the editor")
        found = browser.obstacles(axe)
        assert not found, f"{name}, {scheme}, {width}: " + "\n".join(found)
        if pictures:
            browser.picture(os.path.join(pictures, f"{name}-{scheme}-{width}.png"))
    browser.call("Emulation.clearDeviceMetricsOverride")


def nothing_forbidden(browser, site):
    """No policy was violated in all of this, and nothing was asked of elsewhere."""
    browser.value("1")
    issues = [seen["params"]["issue"] for seen in browser.events if seen["method"] == "Audits.issueAdded"]
    violations = [issue for issue in issues if issue["code"] == "ContentSecurityPolicyIssue"]
    assert not violations, violations[:3]
    asked = [seen["params"]["request"]["url"] for seen in browser.events if seen["method"] == "Network.requestWillBeSent"]
    elsewhere = [url for url in asked if not url.startswith((site, "data:"))]
    assert len(asked) > 20 and not elsewhere, (len(asked), elsewhere[:3])
    failed = [seen["params"]["exceptionDetails"] for seen in browser.events if seen["method"] == "Runtime.exceptionThrown"]
    assert not failed, failed[:3]


def main(site, axe, pictures=None):
    chromium = executable()
    if not chromium or not os.path.exists(axe):
        print(f"SKIPPED: {'axe-core' if chromium else 'chromium'} is not installed (for query_page.py)")
        return
    with open(axe, encoding="utf-8") as file:
        axe = file.read()
    browser = Browser(chromium)
    try:
        browser.call("Emulation.setLocaleOverride", locale="en-GB")
        for domain in ["Audits", "Network", "Runtime"]:
            browser.call(f"{domain}.enable")
        with tempfile.TemporaryDirectory() as folder:
            with_script(browser, site, folder)
            stopped(browser, site)
            without_script(browser, site, folder)
        accessible(browser, site, axe, pictures)
        nothing_forbidden(browser, site)
    finally:
        browser.close()
    print("the query page serves whoever has a script and whoever has none")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The desk by keyboard alone, in Chromium: desk.py SITE ORGANISATION [QUERY [DEPARTMENT]].

Types words at `/desk?for=ORGANISATION`, goes on with Enter and Tab alone, and holds the card to its
promises: it names the department to transfer to and says whether that is open. Chromium is spoken to through
a pair of pipes (--remote-debugging-pipe), so nothing needs to be installed beside it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "chrome"]
OPENING = r"\b(open until|open\b|closed)"
KEYS = {"Tab": 9, "Enter": 13}
SHIFT = 8
MOST_TABS = 40


class Browser:
    """One page of a Chromium without a window."""

    def __init__(self, executable):
        self.folder = tempfile.mkdtemp()
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe"]
        # Chromium reads commands from descriptor 3 and writes to 4, whatever numbers the pipes have here.
        shell = f'exec 3<&{theirs_in} 4>&{theirs_out}; exec "$@"'
        self.process = subprocess.Popen(
            ["bash", "-c", shell, "-", executable, *flags, f"--user-data-dir={self.folder}", "about:blank"],
            pass_fds=[theirs_in, theirs_out],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in), os.close(theirs_out)
        self.out, self.input = ours_out, os.fdopen(ours_in, "rb")
        self.number, self.session, self.rest = 0, None, b""
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self.session = attached["sessionId"]
        self.call("Page.enable")

    def call(self, method, **parameters):
        """Sends a command and returns its result."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def read(self):
        while b"\0" not in self.rest:
            piece = self.input.read1(1 << 16)
            if not piece:
                raise RuntimeError("Chromium went away")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def value(self, expression):
        """The value of a JavaScript expression; the page itself runs none."""
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def open(self, address):
        self.value("document.documentElement.dataset.left = '1'")
        self.call("Page.navigate", url=address)
        self.wait()

    def wait(self):
        """Waits until another document than the one that was left is there."""
        for _ in range(100):
            state = "document.readyState === 'complete' && !document.documentElement.dataset.left"
            try:
                if self.value(state):
                    return
            except RuntimeError:
                pass
            time.sleep(0.1)
        raise RuntimeError("the page did not arrive in ten seconds")

    def press(self, key, shift=False):
        code, modifiers = KEYS[key], SHIFT if shift else 0
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ["keyDown", "keyUp"]:
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                modifiers=modifiers,
                **text,
            )

    def type(self, text):
        for character in text:
            self.call("Input.dispatchKeyEvent", type="char", text=character)

    def follow(self):
        """Presses Enter where it leads to another page."""
        self.value("document.documentElement.dataset.left = '1'")
        self.press("Enter")
        self.wait()

    def focused(self):
        """What has the focus: its tag, its text and its address."""
        return self.value(
            "(e => ({tag: e.tagName, id: e.id, text: e.innerText || '', href: e.getAttribute('href') || '',"
            " outline: getComputedStyle(e).outlineStyle}))(document.activeElement)"
        )

    def tab_to(self, is_there, back=False):
        """Presses Tab until something has the focus; every stop on the way shows that it has it."""
        for _ in range(MOST_TABS):
            self.press("Tab", shift=back)
            focused = self.focused()
            if focused["tag"] != "BODY":
                assert focused["outline"] != "none", f"the focus on {focused} is not to be seen"
            if is_there(focused):
                return focused
        raise AssertionError(f"not reached by {MOST_TABS} tabs")

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


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
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not executable:
        print("SKIPPED: chromium is not installed (for desk.py)")
        return
    browser = Browser(executable)
    try:
        browser.call("Emulation.setLocaleOverride", locale="en-GB")
        browser.call("Network.setExtraHTTPHeaders", headers={"Accept-Language": "en"})
        check(browser, site, organisation, query, department)
    finally:
        browser.close()
    print("the desk serves whoever has a keyboard alone")


if __name__ == "__main__":
    main(*sys.argv[1:])

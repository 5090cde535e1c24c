"""A page in Chromium, for the tests that look at pages as people do.

Chromium is spoken to through a pair of pipes (--remote-debugging-pipe), so nothing needs to be installed beside it.
"""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "chrome"]
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "a": 65}
CONTROL, SHIFT = 2, 8
MOST_TABS = 40


def executable():
    """The Chromium that is installed; none where none is."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


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
        self.number, self.session, self.rest, self.events = 0, None, b"", []
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
            if "method" in answer:
                self.events.append(answer)
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
        """The value of a JavaScript expression, or of what it promises; a page runs nothing for it."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression[:200]}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def until(self, expression, what):
        """Waits until an expression holds."""
        for _ in range(100):
            if self.value(expression):
                return
            time.sleep(0.1)
        raise AssertionError(f"not within ten seconds: {what}")

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

    def press(self, key, shift=False, control=False):
        code, modifiers = KEYS[key], (SHIFT if shift else 0) | (CONTROL if control else 0)
        text = {"text": "\r"} if key == "Enter" and not control else {}
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

    def show(self, address, scheme, width):
        """Opens a page in a colour scheme, light or dark, and a width in pixels."""
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.open(address)

    def obstacles(self, axe):
        """What keeps people from using the page that is open, as sentences: what axe finds (its source is given), and
        that it is wider than the window."""
        self.value(axe)
        found = self.value(
            "axe.run(document).then(found => found.violations.map(it => [it.id, it.help,"
            " ...it.nodes.slice(0, 3).map(node => node.html.slice(0, 200) + ' ' + node.failureSummary)].join('\\n  ')))"
        )
        wide = self.value("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return found + ([f"it is {wide} pixels too wide"] if wide > 0 else [])

    def picture(self, path):
        """Writes what the whole page looks like."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 4000), "scale": 1}
        data = self.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

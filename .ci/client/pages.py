#!/usr/bin/env python3
"""Holds pages to what axe knows of obstacles, light and dark, at 320 and 1280 pixels.

Usage: pages.py SITE AXE, where AXE is axe-core's axe.min.js. The query page has a script of its own.
"""

import itertools
import os
import sys

from browser import Browser, executable

PATHS = ["en/", "nl/list/services", "de/doc/service-type/372", "sv/list/suitability", "nb/catalog", "fr/catalog/services"]
PATHS += ["en/dump", "de/feed", "en/feed/1", "en/feed/1-16", "en/query", "fr/validate", "nl/desk"]


def main(site, axe):
    chromium = executable()
    if not chromium or not os.path.exists(axe):
        print(f"SKIPPED: {'axe-core' if chromium else 'chromium'} is not installed (for pages.py)")
        return
    with open(axe, encoding="utf-8") as file:
        axe = file.read()
    browser, failed = Browser(chromium), []
    try:
        for path, scheme, width in itertools.product(PATHS, ["light", "dark"], [320, 1280]):
            browser.show(site + path, scheme, width)
            failed += [f"{path}, {scheme}, {width}: {found}" for found in browser.obstacles(axe)]
    finally:
        browser.close()
    assert not failed, "\n".join(failed)
    print(f"axe finds nothing on {len(PATHS)} pages, light and dark, narrow and wide")


main(*sys.argv[1:])

#!/usr/bin/env python3
"""Text search beside the FILTER that finds the same, over a server of a register.

usage: text_search.py ENDPOINT [TIMES]

Each pair is asked in turn over one connection; median, least and greatest milliseconds of each, and how many solutions."""
import http.client
import statistics
import sys
import time
import urllib.parse

SEARCH = """SELECT (COUNT(*) AS ?n) {{ SERVICE eusl:textSearch {{ ?s eusl:words "{words}"@nl ; eusl:property dct:title }} }}"""
FILTER = """SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s dct:title ?t FILTER(LANG(?t) = "nl" && {conditions}) }}"""
CONDITION = 'REGEX(?t, "(^|[^a-z]){word}([^a-z]|$)", "i")'
CONTAINS = 'CONTAINS(LCASE(STR(?t)), "{word}")'


def ask(connection, path, query):
    """The milliseconds of an answer and its number."""
    start = time.perf_counter()
    headers = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
    connection.request("POST", path, query, headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    if answer.status != 200:
        sys.exit(f"{answer.status}: {body}")
    return (time.perf_counter() - start) * 1000, int(body.split()[-1])


def main():
    url = urllib.parse.urlparse(sys.argv[1])
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 11
    connection = http.client.HTTPConnection(url.netloc, timeout=600)
    print("| words | form | solutions | median ms | least | greatest |\n|---|---|---|---|---|---|")
    for words in sys.argv[3:] or ["controle geluid", "geluid"]:
        forms = [("search", SEARCH.format(words=words))]
        for name, condition in (("CONTAINS", CONTAINS), ("REGEX", CONDITION)):
            conditions = " && ".join(condition.format(word=word) for word in words.split())
            forms.append((name, FILTER.format(conditions=conditions)))
        taken = {name: [] for name, _ in forms}
        counts = {}
        for _ in range(times):
            for name, query in forms:
                milliseconds, counts[name] = ask(connection, url.path, query)
                taken[name].append(milliseconds)
        for name, _ in forms:
            some = taken[name]
            numbers = " | ".join(f"{value:.1f}" for value in (statistics.median(some), min(some), max(some)))
            print(f"| {words} | {name} | {counts[name]} | {numbers} |")


main()

"""Ways of asking that hold a server up: those who read slowly, go away, or never say all of it.

Each is a function of an address (host, port, path), of the address that it asks from and of the seconds that a query may take, and
gives an `Outcome`.
"""

import http.client
import json
import socket
import time
import urllib.parse
from dataclasses import dataclass

from support.peers import FORM, form

ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
BUSY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
# Beyond this many seconds after its limit nothing is waited for.
GRACE = 15


@dataclass
class Outcome:
    """How a request ended: in which way, after how many seconds, with how many bytes, and whether that is honest."""

    end: str
    seconds: float
    size: int = 0
    is_honest: bool = True
    # Whether the time is that of a query, which has a limit.
    is_timed: bool = True


def asked(place, source, limit, query):
    """A query asked as it should be, its answer read as it comes."""
    connection = http.client.HTTPConnection(place.host, place.port, timeout=limit + GRACE, source_address=(source, 0))
    begun, size = time.perf_counter(), 0
    try:
        connection.request("POST", place.path, form(query), FORM | {"Accept": "application/sparql-results+json, application/n-triples;q=0.9"})
        begun = time.perf_counter()
        answer = connection.getresponse()
    except TimeoutError:
        return Outcome("no answer", time.perf_counter() - begun, is_honest=False)
    except (OSError, http.client.HTTPException) as error:
        return Outcome(f"no answer: {type(error).__name__}", time.perf_counter() - begun, is_honest=False)
    head = b""
    try:
        while part := answer.read1(1 << 16):
            size += len(part)
            head = head or part
        ending = "whole"
    except TimeoutError:
        return Outcome(f"{answer.status}, never at its end", time.perf_counter() - begun, size, is_honest=False)
    except (OSError, http.client.HTTPException):
        ending = "broken off"
    finally:
        connection.close()
    return told(answer, head, ending, time.perf_counter() - begun, size)


def told(answer, head, ending, seconds, size):
    """An answer is honest if a failure says that it is one: by status and problem, or by a body that is broken off."""
    if answer.status == 200:
        return Outcome(f"200 {ending}", seconds, size)
    name = "without a problem"
    if answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        name = json.loads(head).get("type", "").rsplit("/", 1)[-1]
    return Outcome(f"{answer.status} {name}", seconds, size, is_honest=answer.status in range(400, 600) and name != "without a problem")


def opened(place, source, receive=None):
    """A connection to write bytes on, with a small window where it is to be read slowly."""
    one = socket.socket(socket.AF_INET)
    if receive:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    one.bind((source, 0))
    one.settimeout(30)
    one.connect((place.host, place.port))
    return one


def request(place, query, length=None):
    body = form(query)
    head = (
        f"POST {place.path} HTTP/1.1\r\nHost: {place.host}:{place.port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Accept: application/sparql-results+json\r\nContent-Length: {length or len(body)}\r\n\r\n"
    )
    return head.encode() + body


def reads_slowly(place, source, limit, query=ENDLESS, pause=1.0):
    """Reads a byte a second until the time of the query is over, and then all that the server still has for it."""
    begun = time.perf_counter()
    with opened(place, source, receive=4096) as one:
        one.sendall(request(place, query))
        size = 0
        try:
            while time.perf_counter() - begun < limit + 1.5:
                if not (part := one.recv(1)):
                    return Outcome("ended while it was read slowly", time.perf_counter() - begun, size)
                size += len(part)
                time.sleep(pause)
            # What stands in the buffers of the system is a few megabytes; more comes from a query that still runs.
            while part := one.recv(1 << 16):
                size += len(part)
                if size > 64 << 20:
                    return Outcome("still written after its time", time.perf_counter() - begun, size, is_honest=False)
        except TimeoutError:
            return Outcome("held open after its time", time.perf_counter() - begun, size, is_honest=False)
        except OSError:
            return Outcome("cut off", limit, size, is_timed=False)
    return Outcome("broken off in its time", limit, size, is_timed=False)


def does_not_read(place, source, limit):
    return reads_slowly(place, source, limit, pause=limit + 2)


def goes_at_once(place, source, limit):
    """Sends a query without end and is gone before anything can have come."""
    with opened(place, source) as one:
        one.sendall(request(place, BUSY))
    return Outcome("gone", 0, is_timed=False)


def goes_after_a_second(place, source, limit):
    with opened(place, source) as one:
        one.sendall(request(place, "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a ?c"))
        time.sleep(1)
    return Outcome("gone", 1, is_timed=False)


def goes_while_it_reads(place, source, limit):
    """Leaves when the first kilobytes of an endless answer are there."""
    with opened(place, source) as one:
        one.sendall(request(place, ENDLESS))
        size = 0
        try:
            while size < 100_000 and (part := one.recv(1 << 14)):
                size += len(part)
        except OSError:
            pass
    return Outcome("gone", 0, size, is_timed=False)


def closes_one_way(place, source, limit):
    """Says that it will send no more, and waits: it is still there, so it gets an answer or is cut off."""
    begun = time.perf_counter()
    with opened(place, source) as one:
        one.sendall(request(place, BUSY))
        one.shutdown(socket.SHUT_WR)
        return last_words(one, begun, limit)


def says_half(place, source, limit):
    """Half of a body, and then nothing."""
    begun = time.perf_counter()
    with opened(place, source) as one:
        whole = request(place, BUSY, length=10_000)
        one.sendall(whole)
        return last_words(one, begun, limit, is_timed=False)


def says_half_of_the_head(place, source, limit):
    begun = time.perf_counter()
    with opened(place, source) as one:
        one.sendall(request(place, BUSY)[:60])
        return last_words(one, begun, limit, is_timed=False)


def says_a_letter_a_second(place, source, limit):
    begun = time.perf_counter()
    with opened(place, source) as one:
        try:
            for letter in request(place, BUSY):
                one.sendall(bytes([letter]))
                time.sleep(1)
                if time.perf_counter() - begun > limit + GRACE:
                    return Outcome("listened to for too long", time.perf_counter() - begun, is_honest=False, is_timed=False)
        except OSError:
            return Outcome("cut off", time.perf_counter() - begun, is_timed=False)
        return last_words(one, begun, limit, is_timed=False)


def asks_fifty_at_once(place, source, limit):
    """Fifty queries on one connection before the first is answered, and then goes."""
    with opened(place, source) as one:
        one.sendall(request(place, BUSY) * 50)
        time.sleep(2)
    return Outcome("gone", 2, is_timed=False)


def opens_many(place, source, limit):
    """A hundred connections with a query each; all go after two seconds."""
    ones = []
    try:
        for _ in range(100):
            ones.append(opened(place, source))
            ones[-1].sendall(request(place, BUSY))
        time.sleep(2)
    except OSError:
        return Outcome("cut off", 0, is_timed=False)
    finally:
        for one in ones:
            one.close()
    return Outcome("gone", 2, is_timed=False)


def says_too_much(place, source, limit):
    """Goes on sending a body long after the largest that is read."""
    begun = time.perf_counter()
    with opened(place, source) as one:
        try:
            one.sendall(request(place, "ASK {} #" + "x" * 20_000_000))
        except OSError:
            return Outcome("cut off", time.perf_counter() - begun, is_timed=False)
        return last_words(one, begun, limit, is_timed=False)


def says_nonsense(place, source, limit):
    begun = time.perf_counter()
    with opened(place, source) as one:
        one.sendall(bytes(range(256)) * 100)
        return last_words(one, begun, limit, is_timed=False)


def asks_in_the_address(place, source, limit):
    """A query of a hundred kilobytes in the address."""
    begun = time.perf_counter()
    with opened(place, source) as one:
        query = urllib.parse.quote(BUSY + "#" + "x" * 100_000)
        one.sendall(f"GET {place.path}?query={query} HTTP/1.1\r\nHost: {place.host}\r\n\r\n".encode())
        return last_words(one, begun, limit)


def last_words(one, begun, limit, is_timed=True):
    """Waits for the end of a connection and tells the status of what came."""
    one.settimeout(limit + GRACE)
    heard = b""
    try:
        while part := one.recv(1 << 16):
            heard = (heard + part)[:4096]
            # An answer on a connection that stays open ends with its body; its head is enough here.
            if b"\r\n\r\n" in heard:
                break
        end = heard.split(b"\r\n")[0].decode("latin-1").removeprefix("HTTP/1.1 ") or "closed without a word"
    except TimeoutError:
        return Outcome("held open", time.perf_counter() - begun, is_honest=False, is_timed=is_timed)
    except OSError:
        end = "cut off"
    return Outcome(end, time.perf_counter() - begun, len(heard), is_timed=is_timed)


MANNERS = {
    "reads a byte a second": reads_slowly,
    "does not read": does_not_read,
    "goes at once": goes_at_once,
    "goes after a second": goes_after_a_second,
    "goes while it reads": goes_while_it_reads,
    "closes its half": closes_one_way,
    "says half of a body": says_half,
    "says half of a head": says_half_of_the_head,
    "says a letter a second": says_a_letter_a_second,
    "asks fifty on one connection": asks_fifty_at_once,
    "opens a hundred connections": opens_many,
    "says too much": says_too_much,
    "says nonsense": says_nonsense,
    "asks in a long address": asks_in_the_address,
}

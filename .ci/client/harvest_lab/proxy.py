"""A proxy in front of the server: it keeps a log of what clients ask, and can make one wait, so that a client can be
stopped between two pages."""

import dataclasses
import http.client
import http.server
import threading

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding"}


@dataclasses.dataclass(frozen=True)
class Request:
    """One request and how it was answered. `path` has the query."""

    method: str
    path: str
    status: int
    size: int


class Hold:
    """Lets `after` requests below a path pass and makes the next wait, until it is released."""

    def __init__(self, below, after):
        self.below, self.left = below, after
        self.reached, self.released = threading.Event(), threading.Event()
        self.lock = threading.Lock()

    def pass_by(self, path):
        """Returns when the request may go on."""
        if not path.startswith(self.below):
            return
        with self.lock:
            self.left -= 1
            waits = self.left < 0
        if waits:
            self.reached.set()
            self.released.wait()


class Proxy(http.server.ThreadingHTTPServer):
    """Listens at `port` and asks the server at `behind`."""

    daemon_threads = True

    def __init__(self, port, behind):
        super().__init__(("127.0.0.1", port), Handler)
        self.behind, self.log, self.hold = behind, [], None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """A client that was stopped is no error."""

    def asked_since(self, mark):
        """The requests since the log had `mark` entries."""
        return self.log[mark:]


class Handler(http.server.BaseHTTPRequestHandler):
    """Passes one connection's requests on."""

    protocol_version = "HTTP/1.1"
    # Heads and bodies are sent apart: they must not wait for each other.
    disable_nagle_algorithm = True

    def pass_on(self):
        hold = self.server.hold
        if hold:
            hold.pass_by(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        behind = http.client.HTTPConnection("127.0.0.1", self.server.behind, timeout=120)
        behind.request(self.command, self.path, body or None, dict(self.headers.items()))
        answer = behind.getresponse()
        content = answer.read()
        behind.close()
        self.server.log.append(Request(self.command, self.path, answer.status, len(content)))
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        if answer.getheader("Content-Length") is None and self.command != "HEAD" and answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = pass_on

    def log_message(self, *_):
        """Requests are in the proxy's log."""

"""The server that the lab starts, behind a proxy, with a register of its own and a token that may do everything."""

import os
import pathlib
import subprocess
import tempfile
import time

import requests
from proxy import Proxy


class Site:
    """A running server. `url` is its address and what its IRIs start with; it ends in a slash."""

    def __init__(self, binary, port, node_folder):
        self.url, self.node_folder = f"http://localhost:{port}/", node_folder
        self.folder = tempfile.TemporaryDirectory(prefix="harvest-lab-")
        self.settings = ["--data", f"{self.folder.name}/data", "--base", self.url]
        command = [binary, *self.settings, "--listen", f"127.0.0.1:{port + 1}"]
        self.server_log = open(f"{self.folder.name}/log", "w+", encoding="utf-8")
        self.server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.server_log, text=True)
        assert "listening" in self.server.stdout.readline(), self.last_log()
        self.proxy = Proxy(port, port + 1)
        self.token = self.run(binary, "token", "add", "harvest-lab", "--role", "manage").split()[-1]
        self.session = requests.Session()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()
        self.proxy.shutdown()
        self.server_log.close()
        self.folder.cleanup()

    def run(self, binary, *arguments):
        """What a command on the register prints."""
        return subprocess.run([binary, *arguments, *self.settings], check=True, capture_output=True, text=True).stdout

    def node(self, script, *arguments):
        """Starts a script of the lab with Node, among the packages of the folder: as standard input it is resolved
        from the folder where it runs. Its output is read line by line."""
        with open(pathlib.Path(__file__).parent / "wires" / script, encoding="utf-8") as source:
            command = ["node", "--input-type=module", "-", *arguments]
            quiet = os.environ | {"LOG_LEVEL": "warn"}
            return subprocess.Popen(command, stdin=source, stdout=subprocess.PIPE, cwd=self.node_folder, env=quiet, text=True)

    def last_log(self):
        """The end of the server's log."""
        with open(self.server_log.name, encoding="utf-8") as log:
            return "".join(log.readlines()[-20:])

    def document(self, iri):
        """The address of the document about a thing; a list is one itself."""
        return iri.replace(f"{self.url}id/", f"{self.url}doc/", 1)

    def get(self, path, status=200, **headers):
        """The answer to a GET of an address or of a path below the site, which must have the status."""
        address = path if path.startswith("http") else self.url + path
        answer = self.session.get(address, headers=headers, timeout=120)
        assert answer.status_code == status, f"{address} answers {answer.status_code}, not {status}: {answer.text[:300]}"
        return answer

    def serves(self, path):
        """Whether there is anything at a path."""
        return self.session.get(self.url + path, stream=True, timeout=120).status_code != 404

    def within(self, seconds, holds):
        """Waits until something holds, and tells whether it came to."""
        ends = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > ends:
                return False
            time.sleep(0.2)
        return True

"""A preview server in a process of its own, and a browser's side of it."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Browser:
    """Asks one server. `address` is the one it printed."""

    port: int
    process: subprocess.Popen[str]
    address: str

    def get(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers with names in lower case, body; nothing is normalised on the way."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, headers=dict(headers or {}))
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body

    @contextmanager
    def events(self) -> Iterator[Iterator[dict[str, Any]]]:
        """The states that the server tells, as they come."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", "/_publish/events")
        answer = connection.getresponse()
        assert answer.getheader("content-type", "").startswith("text/event-stream")
        try:
            yield (json.loads(line[5:]) for line in iter(answer.readline, b"") if line.startswith(b"data:"))
        finally:
            answer.close()
            connection.close()


@contextmanager
def serving(root: Path, *options: str) -> Iterator[Browser]:
    """`publish serve` in `root` on a free port; ended by Ctrl-C, which must be clean."""
    command = [sys.executable, "-m", "publisher", "-C", str(root), "serve", "--port", "0", *options]
    quiet = {**os.environ, "NO_COLOR": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=quiet)
    assert process.stdout and process.stderr
    line = process.stdout.readline()
    if "http://" not in line:
        raise AssertionError(line + process.stderr.read())
    address = line.split()[1]
    try:
        yield Browser(int(address.split(":")[2].split("/")[0]), process, address)
    finally:
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=20)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors, errors
    assert out == ""
